from typing import Any

import pytest

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.resources.posts import Posts, poll

ADA = Urn("person", "Kq7_dTz3Rm")


@pytest.mark.parametrize(
    ("question", "options", "reason"),
    [
        ("", ["Oil", "Wax"], "question has 1 to 140 characters, got 0"),
        ("x" * 141, ["Oil", "Wax"], "question has 1 to 140 characters, got 141"),
        ("Which?", ["Oil"], "2 to 4 options, got 1"),
        ("Which?", ["a", "b", "c", "d", "e"], "2 to 4 options, got 5"),
        ("Which?", ["Oil", ""], "option has 1 to 30 characters, got 0"),
        ("Which?", ["Oil", "x" * 31], "option has 1 to 30 characters, got 31"),
    ],
)
def test_a_poll_that_linkedin_refuses_is_refused(question: str, options: list[str], reason: str) -> None:
    with pytest.raises(InvalidArgument, match=reason):
        poll(question, *options)


def test_a_poll_is_sent_without_what_linkedin_counts(steps: Any, answer: Any) -> None:
    content = poll("x" * 140, "a", "b", "c", "y" * 30, duration="ONE_DAY")

    asked, _ = steps(
        Posts.create.flow(None, author=ADA, content=content), answer(201, None, {"x-restli-id": "urn:li:ugcPost:7"})
    )

    assert b'"options":[{"text":"a"},{"text":"b"},{"text":"c"},{"text":"' in asked[0].content
    assert b'"settings":{"duration":"ONE_DAY","voteSelectionType":"SINGLE_VOTE"}' in asked[0].content
