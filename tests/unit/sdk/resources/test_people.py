from typing import Any

import pytest

from inroad.common.urn import person
from inroad.sdk.errors import InvalidArgument, UnexpectedResponse
from inroad.sdk.flow import Response
from inroad.sdk.resources.people import People
from inroad.sdk.resources.validation_status import MAX_VALIDATIONS, ValidationStatuses
from inroad.sdk.resources.verification_report import VerificationReports

TOO_MANY = [person(f"m{number}") for number in range(MAX_VALIDATIONS + 1)]


@pytest.mark.parametrize(
    "flow",
    [
        lambda: People.get.flow(object(), "urn:li:organization:7"),
        lambda: People.batch_get.flow(object(), []),
        lambda: ValidationStatuses.retrieve.flow(object(), TOO_MANY),
        lambda: VerificationReports.get.flow(object(), verified_within_days=0),
    ],
)
def test_what_cannot_be_asked_is_refused(flow: Any) -> None:
    with pytest.raises(InvalidArgument):
        next(flow())


@pytest.mark.parametrize("key", ["AAA", "(x:AAA)", "(id:)", "List(a)"])
def test_a_key_that_is_no_members_is_unexpected(key: str) -> None:
    flow = People.batch_get.flow(object(), [person("AAA")])
    next(flow)

    with pytest.raises(UnexpectedResponse):
        flow.send(Response(200, {}, b'{"results": {"%s": {"id": "AAA"}}}' % key.encode()))
