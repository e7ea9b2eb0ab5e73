"""The testing kit, used as its users do."""

from datetime import timedelta

import httpx2
import pytest

import inroad


def test_a_post_goes_from_the_client_into_the_world(linkedin):
    client = linkedin.client()

    urn = client.posts.create(author=client.userinfo.get().urn, text="Brackets (stay) whole")

    assert (linkedin.posts[0].urn, linkedin.posts[0].text) == (str(urn), "Brackets (stay) whole")


async def test_the_async_client_reaches_the_same_world(linkedin):
    client = linkedin.async_client()

    urn = await client.posts.create(author=(await client.userinfo.get()).urn, text="Hello")

    assert linkedin.posts[0].urn == str(urn)


async def test_the_blocking_client_works_inside_a_running_loop(linkedin):
    assert linkedin.client().userinfo.get().urn.kind == "person"


def test_two_sandboxes_know_nothing_of_each_other(linkedin):
    from inroad.testing import LinkedIn

    before = len(linkedin.posts)
    with LinkedIn() as other:
        client = other.client()
        client.posts.create(author=client.userinfo.get().urn, text="Hello")

    assert len(linkedin.posts) == before


def test_the_clock_moves_tokens_to_their_end(linkedin):
    client = linkedin.client(linkedin.token().access.reveal())
    linkedin.advance(days=61)

    with pytest.raises(inroad.Unauthorized) as refused:
        client.userinfo.get()

    assert refused.value.code == "EXPIRED_ACCESS_TOKEN"


def test_a_lost_answer_is_an_unknown_outcome_and_the_post_is_there(linkedin):
    client = linkedin.client()
    author = client.userinfo.get().urn
    linkedin.fault("answer_lost", method="POST", path="/rest/posts")

    with pytest.raises(inroad.ConnectionFailed) as lost:
        client.posts.create(author=author, text="Did it arrive?")

    assert lost.value.sent is None
    assert linkedin.posts[0].text == "Did it arrive?"


def test_calls_tell_what_they_used(linkedin):
    linkedin.client().userinfo.get()

    (call,) = [c for c in linkedin.calls if c["url"] == "/v2/userinfo"]
    assert (call["method"], call["status"]) == ("GET", 200)


@pytest.mark.linkedin(profile="guide")
def test_the_marker_chooses_the_profile(linkedin):
    assert linkedin.world.switches.profile == "guide"


@pytest.mark.linkedin(
    seed='[[members]]\nid = "sBx7kQ2mWa"\nemail = "ada@example.test"\nfirst_name = "Ada"\nlast_name = "Okafor"'
)
def test_the_marker_brings_a_seed(linkedin):
    assert list(linkedin.world.members) == ["sBx7kQ2mWa"]


def test_other_clients_reach_the_same_world_over_a_port(linkedin):
    token = linkedin.token()

    answer = httpx2.get(f"{linkedin.url}/v2/userinfo", headers={"Authorization": f"Bearer {token.access.reveal()}"})

    assert answer.json()["sub"] == next(iter(linkedin.world.members))


def test_the_clock_is_the_clients_too(linkedin):
    linkedin.clock.freeze()
    token = linkedin.token()

    assert token.expires_at - linkedin.now() == timedelta(days=60)


def test_another_sandbox_of_the_process_starts_with_the_untouched_seed():
    from inroad.testing import LinkedIn

    with LinkedIn() as first:
        first.world.members.clear()
        first.world.organizations[90210001].roles.clear()
        first.advance(days=75)

    with LinkedIn() as second:
        assert len(second.world.members) == 3
        assert second.world.organizations[90210001].roles != []
        assert second.world.clock.offset_seconds == 0
