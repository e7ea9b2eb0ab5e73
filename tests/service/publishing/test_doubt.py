"""Answers that were lost: found out by evidence, or decided by a person, never guessed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from inroad.service.errors import InvalidInput
from inroad.service.publishing.actions import TooLate

CREATES = {"method": "POST", "path": "/rest/posts"}
LISTS = {"method": "GET", "path": "/rest/posts"}
AUTHORS = ["jonas", "northwind"]


@pytest.mark.parametrize("author", AUTHORS)
@pytest.mark.parametrize(
    "fault",
    [
        {"name": "answer_lost"},
        {"name": "error_after", "status": 500},
        {"name": "error_after", "status": 504},
        {"name": "error_before", "status": 503},
        {"name": "connection_reset", "bytes": 0},
    ],
    ids=lambda fault: f"{fault['name']}-{fault.get('status', '')}",
)
async def test_one_lost_answer_leaves_exactly_one_post(house, author, fault) -> None:
    house.linkedin.fault(**fault, **CREATES)
    view = await house.plan("Once only", author=author)
    await house.live(minutes=5)
    (live,) = house.live_posts("Once only")
    page = await house.page(view)

    assert page.view.post.state == "published"
    assert page.view.post.urn == live.urn
    assert "answer_lost" in [line.step for line in page.timeline]


async def test_post_of_an_organization_is_found_by_listing_without_a_second_send(house) -> None:
    house.linkedin.fault("answer_lost", **CREATES)
    view = await house.plan("Listed", author="northwind")
    await house.live(minutes=1)
    page = await house.page(view)
    confirmed = next(line for line in page.timeline if line.step == "confirmed")

    assert page.attempts == 1
    assert confirmed.detail["how"] == "listing"
    assert page.view.post.proof == "equal"


async def test_post_of_a_member_is_found_by_sending_the_same_bytes_again(house) -> None:
    house.linkedin.fault("answer_lost", **CREATES)
    view = await house.plan("Resent")
    await house.live(seconds=40)
    waiting = await house.state(view)
    await house.live(minutes=1)
    page = await house.page(view)
    sent = [line.detail for line in page.timeline if line.step == "sent"]
    confirmed = next(line for line in page.timeline if line.step == "confirmed")

    assert waiting == "verifying"
    assert [(detail["attempt"], detail["resend"]) for detail in sent] == [(1, False), (2, True)]
    assert sent[0]["sha256"] == sent[1]["sha256"]
    assert (confirmed.detail["how"], confirmed.detail["read"]) == ("duplicate", False)


async def test_post_that_was_not_carried_out_is_proved_absent_before_it_is_sent_again(house) -> None:
    house.linkedin.fault("error_before", status=503, **CREATES)
    view = await house.plan("Absent", author="northwind")
    await house.live(minutes=2)
    steps = await house.steps(view)

    assert steps.count("looked") == 3
    assert steps.index("absent") < len(steps) - 1 - steps[::-1].index("sent")
    assert await house.state(view) == "published"


async def test_slow_listing_does_not_lead_to_a_duplicate(house) -> None:
    house.linkedin.fault("listing_lag", number=300)
    house.linkedin.fault("answer_lost", **CREATES)
    view = await house.plan("Lagging", author="northwind")
    await house.live(minutes=10)

    assert len(house.live_posts("Lagging")) == 1
    assert await house.state(view) == "published"


async def test_two_lost_answers_of_a_member_wait_for_a_person(house) -> None:
    house.linkedin.fault("answer_lost", times=2, **CREATES)
    view = await house.plan("Unsure")
    await house.live(minutes=10)
    page = await house.page(view)

    assert page.needs_decision
    assert page.view.post.reason == (
        "the answers to the post and to its repetition were lost, and this connection may not read posts"
    )
    assert len(house.live_posts("Unsure")) == 1


async def test_service_that_was_down_too_long_does_not_send_again(house) -> None:
    house.linkedin.fault("answer_lost", **CREATES)
    view = await house.plan("Down", author="jonas")
    await house.engine.drain()
    house.linkedin.advance(hours=1)  # LinkedIn's guard against duplicates has long forgotten the first
    house.restart()
    await house.publishing.recover()
    await house.live(minutes=5)

    assert await house.state(view) == "needs_review"
    assert len(house.live_posts("Down")) == 1


async def test_listing_tells_even_after_a_long_time(house) -> None:
    house.linkedin.fault("answer_lost", **CREATES)
    view = await house.plan("Down", author="northwind")
    await house.engine.drain()
    house.linkedin.advance(hours=30)
    house.restart()
    await house.publishing.recover()
    await house.live(minutes=5)

    assert await house.state(view) == "published"
    assert len(house.live_posts("Down")) == 1


@pytest.mark.parametrize("author", AUTHORS)
async def test_named_duplicate_that_is_nowhere_is_no_proof(house, author) -> None:
    house.linkedin.world.switches["duplicates.urn"] = "phantom"
    house.linkedin.fault("listing_lag", number=7200)
    house.linkedin.fault("answer_lost", **CREATES)
    view = await house.plan("Ghost", author=author)
    await house.live(minutes=15)
    page = await house.page(view)

    assert (page.view.post.state, page.view.post.urn) == ("needs_review", None)
    assert len(house.live_posts("Ghost")) == 1


async def test_resend_that_names_a_post_of_another_effect_was_never_published(house) -> None:
    first = await house.plan("Same words")
    await house.live(seconds=1)
    house.linkedin.fault("error_before", status=503, **CREATES)
    second = await house.plan("Same words")
    await house.live(minutes=2)
    page = await house.page(second)

    assert page.view.post.state == "failed"
    assert (await house.page(first)).view.post.urn in (page.view.post.reason or "")


@pytest.mark.parametrize("author", AUTHORS)
async def test_killed_process_leaves_exactly_one_post(house, author) -> None:
    view = await house.plan("Killed", author=author, wait=timedelta(minutes=10))
    await house.live(minutes=6)
    async with house.db.write() as tx:  # marked sent by a process that then died, before or after the bytes
        await tx.execute(
            text(
                "UPDATE effects SET state = 'sent', attempts = 1, lease_owner = 'dead', fence = 1, sent_at = :at"
                " WHERE kind = 'post'"
            ),
            {"at": int(house.linkedin.now().timestamp() * 1000)},
        )
        await tx.execute(text("UPDATE posts SET state = 'sending'"))
    house.restart()
    doubts = await house.publishing.recover()
    await house.live(minutes=10)

    assert doubts == 1
    assert await house.state(view) == "published"
    assert len(house.live_posts("Killed")) == 1


async def test_cancel_of_a_post_in_doubt_is_refused(house) -> None:
    house.linkedin.fault("answer_lost", **CREATES)
    view = await house.plan("Doubt")
    await house.engine.drain()

    with pytest.raises(TooLate, match="it is sent, and LinkedIn's answer was lost"):
        await house.publishing.cancel_post(house.who, view.post.id)


async def test_created_post_that_is_nowhere_needs_a_person(house) -> None:
    house.linkedin.fault("phantom_201", number=1)
    view = await house.plan("Phantom", author="northwind")
    await house.live(minutes=5)
    page = await house.page(view)

    assert page.view.post.state == "needs_review"
    assert page.view.post.proof == "missing"
    assert "there is no such post" in (page.view.post.reason or "")


async def test_settling_token_is_waited_for(house) -> None:
    author = house.connections.by_id["jonas"]
    house.connections.by_id["jonas"] = replace(author, issued_at=house.linkedin.now())
    house.connections.clients["c-member"] = house.linkedin.async_client(
        scopes=("openid", "profile", "w_member_social"), member="q7Hd_2-LkZ"
    )
    house.linkedin.fault("token_settling", calls=2, seconds=60)
    view = await house.plan("Settling")
    await house.live(minutes=5)

    assert await house.state(view) == "published"
    assert len(house.live_posts("Settling")) == 1


class TestDecisions:
    async def unsure(self, house, words: str):
        house.linkedin.fault("answer_lost", times=2, **CREATES)
        view = await house.plan(words)
        await house.live(minutes=10)
        assert await house.state(view) == "needs_review"
        return view

    async def test_it_is_there(self, house) -> None:
        view = await self.unsure(house, "There")
        (live,) = house.live_posts("There")
        link = f"https://www.linkedin.com/feed/update/{live.urn}/?utm_source=share"
        decided = await house.publishing.resolve_review(house.who, view.post.id, "it_is_there", urn=link)

        assert (decided.post.state, decided.post.urn) == ("published", live.urn)
        assert (await house.page(view)).timeline[-1].detail["decision"] == "it_is_there"

    async def test_it_is_there_needs_the_address(self, house) -> None:
        view = await self.unsure(house, "There")

        with pytest.raises(InvalidInput, match="the post's address or URN is needed"):
            await house.publishing.resolve_review(house.who, view.post.id, "it_is_there", urn="over there")

    async def test_post_of_another_effect_is_not_accepted(self, house) -> None:
        other = await house.plan("Other")
        await house.live(seconds=1)
        view = await self.unsure(house, "There")

        with pytest.raises(InvalidInput, match="is another post of this service already"):
            await house.publishing.resolve_review(
                house.who, view.post.id, "it_is_there", urn=(await house.page(other)).view.post.urn
            )

    async def test_send_again(self, house) -> None:
        house.linkedin.fault("error_before", times=2, status=503, **CREATES)
        view = await house.plan("Again")
        await house.live(minutes=10)
        before = house.live_posts("Again")
        await house.publishing.resolve_review(house.who, view.post.id, "send_again")
        await house.live(minutes=1)

        assert before == []
        assert len(house.live_posts("Again")) == 1
        assert await house.state(view) == "published"

    async def test_drop(self, house) -> None:
        view = await self.unsure(house, "Dropped")
        await house.publishing.resolve_review(house.who, view.post.id, "drop")
        await house.live(hours=1)

        assert await house.state(view) == "cancelled"
        assert len(house.live_posts("Dropped")) == 1
