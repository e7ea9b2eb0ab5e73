from collections.abc import Iterator
from typing import cast

from inroad.contract.versions import DEFAULT_VERSIONS, VERSIONS, VerifiedWith
from inroad.sdk.client import Client
from inroad.sdk.flow import Resource


def stated(resource: object) -> Iterator[VerifiedWith]:
    for name in dir(resource):
        inside = getattr(resource, name)
        if isinstance(inside, VerifiedWith):
            yield inside
        elif isinstance(inside, Resource):
            yield from stated(cast("object", inside))


def test_a_resource_is_sent_a_version_it_was_verified_with() -> None:
    with Client() as client:
        ranges = set(stated(client))

    assert {each.line for each in ranges} <= set(VERSIONS)
    assert [each for each in ranges if not each.first <= DEFAULT_VERSIONS[each.line] <= each.last] == []
