"""From the plan to the proof, against a sandbox in this process."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from sqlalchemy import text

from inroad.service.errors import InvalidInput, Missing
from inroad.service.publishing.actions import NotReady, TooLate

HOUR = timedelta(hours=1)
CREATES = {"method": "POST", "path": "/rest/posts"}


async def test_scheduled_post_goes_out_at_its_time_with_evidence_of_each_step(house) -> None:
    view = await house.plan("We opened our second workshop. #wood", author="northwind", wait=HOUR)
    await house.live(minutes=59)
    before = house.live_posts("We opened our second workshop. #wood")
    await house.live(minutes=2)
    (live,) = house.live_posts("We opened our second workshop. #wood")
    page = await house.page(view)

    assert before == []
    assert page.view.post.state == "published"
    assert page.view.post.urn == live.urn
    assert page.view.post.published_at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert page.view.link == f"https://www.linkedin.com/feed/update/{live.urn}"
    assert [(line.step, f"{line.at:%H:%M}") for line in page.timeline] == [
        ("scheduled", "09:00"),
        ("preparing", "09:55"),
        ("prepared", "09:55"),
        ("sent", "10:00"),
        ("confirmed", "10:00"),
        ("read_back", "10:00"),
    ]
    details = {line.step: line.detail for line in page.timeline}
    assert details["prepared"]["sha256"] == details["sent"]["sha256"] == page.body_sha256
    assert details["confirmed"]["request_id"] == page.request_id
    assert page.request_id
    assert details["read_back"]["outcome"] == page.view.post.proof == "equal"


async def test_post_of_a_member_says_why_it_is_not_read_back(house) -> None:
    view = await house.plan("Hello")
    await house.live(seconds=1)
    page = await house.page(view)

    assert page.view.post.proof == "unreadable"
    assert page.timeline[-1].step == "not_read_back"
    assert page.timeline[-1].detail["why"] == ("the connection has no r_member_social, so the post cannot be read back")


async def test_pictures_are_uploaded_ahead_and_go_out_with_their_texts(house) -> None:
    media = [(await house.picture("a.jpg"), "A bench"), (await house.picture("b.png", form="PNG"), "A lamp")]
    view = await house.plan("Two pictures", author="northwind", media=media, wait=HOUR)
    await house.live(minutes=57)
    prepared = await house.state(view)
    await house.live(minutes=4)
    (live,) = house.live_posts("Two pictures")

    assert prepared == "prepared"
    assert [image.alt_text for image in live.content.images] == ["A bench", "A lamp"]
    assert (await house.page(view)).view.post.proof == "equal"


async def test_picture_in_processing_is_waited_for_by_rescheduling(house) -> None:
    house.linkedin.fault("slow_media", number=40)
    view = await house.plan("Slow", author="northwind", media=[(await house.picture(), "A bench")], wait=HOUR)
    await house.live(minutes=55, seconds=30)
    waiting = await house.state(view)
    await house.live(minutes=6)

    assert waiting == "preparing"
    assert await house.state(view) == "published"


async def test_upload_that_breaks_off_starts_again_and_keeps_finished_pictures(house) -> None:
    media = [(await house.picture("a.jpg"), "A bench"), (await house.picture("b.png", form="PNG"), "A lamp")]
    house.linkedin.fault("error_before", method="POST", path="/rest/images*", skip=1, status=503)
    view = await house.plan("Broken", author="northwind", media=media)
    await house.live(minutes=2)

    assert await house.state(view) == "published"
    assert (await house.steps(view)).count("uploaded") == 2


async def test_unreadable_picture_is_given_a_grace(house) -> None:
    house.linkedin.world.switches["image.member_read"] = "403"
    view = await house.plan("Grace", media=[(await house.picture(), "A bench")])
    await house.live(minutes=1)

    assert "taken_as_available" in await house.steps(view)
    assert await house.state(view) == "published"


async def test_cancel_holds_to_the_last_moment(house) -> None:
    view = await house.plan("Never", wait=HOUR)
    await house.live(minutes=59, seconds=59)
    await house.publishing.cancel_post(house.who, view.post.id)
    await house.live(minutes=5)

    assert await house.state(view) == "cancelled"
    assert house.live_posts("Never") == []


async def test_published_post_cannot_be_cancelled_or_moved(house) -> None:
    view = await house.plan("Out")
    await house.live(seconds=1)

    with pytest.raises(TooLate, match="it is published already"):
        await house.publishing.cancel_post(house.who, view.post.id)
    with pytest.raises(TooLate, match="it is published already"):
        await house.publishing.reschedule_post(house.who, view.post.id, local_time=None, zone="UTC")
    assert await house.state(view) == "published"


async def test_moved_post_goes_out_at_its_new_time(house) -> None:
    view = await house.plan("Later", wait=HOUR)
    await house.live(minutes=57)
    moved = await house.publishing.reschedule_post(
        house.who, view.post.id, local_time=datetime.fromisoformat("2026-11-23T13:00"), zone="Europe/Berlin"
    )
    await house.live(hours=2)
    early = house.live_posts("Later")
    await house.live(minutes=4)

    assert moved.post.due_at == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert (early, len(house.live_posts("Later"))) == ([], 1)


async def test_paused_workspace_sends_nothing_until_it_is_resumed(house) -> None:
    view = await house.plan("Paused", wait=HOUR)
    await house.publishing.pause_publishing(house.who)
    await house.live(minutes=70)
    held = house.live_posts("Paused")
    await house.publishing.resume_publishing(house.who)
    await house.live(minutes=1)

    assert held == []
    assert await house.state(view) == "published"


async def test_refused_post_fails_in_linkedins_words_and_can_be_planned_anew(house) -> None:
    house.connections.clients["c-member"] = house.linkedin.async_client(
        scopes=("openid", "profile"), member="q7Hd_2-LkZ"
    )
    view = await house.plan("Refused")
    await house.live(seconds=1)
    failed = (await house.page(view)).view.post
    house.connections.clients["c-member"] = house.linkedin.async_client(
        scopes=("openid", "profile", "w_member_social"), member="q7Hd_2-LkZ"
    )
    await house.publishing.reschedule_post(house.who, view.post.id, local_time=None, zone="UTC")
    await house.live(seconds=1)

    assert failed.state == "failed"
    assert "403 ACCESS_DENIED: Not enough permissions to access: partnerApiPostsExternal.CREATE" in (
        failed.reason or ""
    )
    assert await house.state(view) == "published"
    assert len(house.live_posts("Refused")) == 1


async def test_connection_that_ends_before_the_time_fails_the_post_unless_it_is_renewed(house) -> None:
    author = house.connections.by_id["jonas"]
    house.connections.by_id["jonas"] = replace(author, usable_until=house.linkedin.now() + timedelta(minutes=58))
    lost, saved = await house.plan("Lost", wait=HOUR), await house.plan("Saved", wait=2 * HOUR)
    await house.live(minutes=61)
    house.connections.by_id["jonas"] = author
    await house.live(minutes=61)

    assert (await house.state(lost), await house.state(saved)) == ("failed", "published")
    assert "connect LinkedIn again" in ((await house.page(lost)).view.post.reason or "")


async def test_real_duplicate_is_refused_with_the_reason(house) -> None:
    first, second = await house.plan("Twice"), await house.plan("Twice")
    await house.live(minutes=2)
    states = {await house.state(first), await house.state(second)}

    assert states == {"published", "failed"}
    assert len(house.live_posts("Twice")) == 1
    loser = first if await house.state(first) == "failed" else second
    assert "LinkedIn already has this post" in ((await house.page(loser)).view.post.reason or "")


async def test_day_limit_parks_the_post_until_midnight_utc(house) -> None:
    house.linkedin.fault("throttle_member_day", **CREATES)
    view = await house.plan("Parked")
    await house.live(hours=14, minutes=59)
    parked = await house.state(view)
    (counter,) = [
        c for c in await house.publishing.quota_today(house.who) if (c.scope, c.endpoint) == ("member", "posts.CREATE")
    ]
    await house.live(minutes=10)

    assert parked == "prepared"
    assert (counter.used, counter.cap) == (1, 1)
    assert await house.state(view) == "published"


async def test_burst_limit_is_waited_out(house) -> None:
    house.linkedin.fault("throttle_burst", times=2, **CREATES)
    view = await house.plan("Burst")
    await house.live(minutes=5)

    assert (await house.steps(view)).count("put_off") == 2
    assert await house.state(view) == "published"
    assert len(house.live_posts("Burst")) == 1


async def test_known_quota_is_never_exceeded(house) -> None:
    author = house.connections.by_id["jonas"]
    house.connections.by_id["jonas"] = replace(author, products=frozenset({"Share on LinkedIn"}))
    views = [await house.plan(f"Post {number}", wait=HOUR) for number in range(152)]
    await house.live(minutes=61)
    states = [await house.state(view) for view in views]
    await house.live(hours=15)
    afterwards = [await house.state(view) for view in views]

    assert (states.count("published"), states.count("prepared")) == (150, 2)
    assert afterwards.count("published") == 152


async def test_plan_with_errors_is_not_kept(house) -> None:
    with pytest.raises(NotReady) as refusal:
        await house.plan("x" * 3001)

    assert str(refusal.value) == "the text has 3,001 characters; LinkedIn takes 3,000"
    assert await house.publishing.list_posts(house.who) == []


async def test_plan_with_warnings_is_kept_and_shows_them(house) -> None:
    view = await house.plan("Hello", media=[(await house.picture(), "")], wait=HOUR)

    assert [finding.message for finding in view.findings] == ["bench.jpg has no alternative text"]


async def test_preflight_finds_a_time_in_a_gap(house) -> None:
    (finding,) = await house.publishing.preflight(
        house.who,
        author_id="jonas",
        text="Hello",
        local_time=datetime.fromisoformat("2027-03-28T02:30"),
        zone="Europe/Berlin",
    )

    assert (finding.severity, finding.where, finding.fix) == ("error", "time", "choose 01:59 or 03:00")


@pytest.mark.parametrize(("fold", "taken"), [(0, "the first one counts"), (1, "the second one counts")])
async def test_preflight_says_which_of_two_times_counts(house, fold: Literal[0, 1], taken: str) -> None:
    findings = await house.publishing.preflight(
        house.who,
        author_id="jonas",
        text="Hello",
        local_time=datetime.fromisoformat("2027-10-31T02:30"),
        zone="Europe/Berlin",
        fold=fold,
    )

    (finding,) = [finding for finding in findings if finding.where == "time"]
    assert finding.severity == "warning"
    assert taken in finding.message


async def test_authors_posts_and_pictures_of_another_workspace_are_not_there(house) -> None:
    view, picture = await house.plan("Ours", wait=HOUR), await house.picture()
    house.who = replace(house.who, workspace_id="w2")

    with pytest.raises(Missing):
        await house.page(view)
    with pytest.raises(Missing):
        await house.plan("Theirs")
    with pytest.raises(Missing):
        await house.publishing.media_file(house.who, picture)
    with pytest.raises(Missing):
        await house.publishing.cancel_post(house.who, view.post.id)
    assert await house.publishing.list_posts(house.who) == []


async def test_every_deed_has_its_audit_entry(house) -> None:
    await house.picture()
    view = await house.plan("Audited", wait=HOUR)
    await house.publishing.cancel_post(house.who, view.post.id)
    async with house.db.read() as tx:
        rows = await tx.execute(text("SELECT action FROM audit_entries ORDER BY seq"))

    assert [row.action for row in rows] == ["store_media", "schedule_post", "cancel_post"]


async def test_planned_instant_follows_a_change_of_clock_rules(house) -> None:
    view = await house.publishing.schedule_post(
        house.who,
        author_id="jonas",
        text="Rules",
        local_time=datetime.fromisoformat("2026-12-01T09:00"),
        zone="Europe/Berlin",
    )
    async with house.db.write() as tx:  # as it was worked out under other rules
        await tx.execute(text("UPDATE posts SET due_at = due_at + 3600000"))
        await tx.execute(text("UPDATE jobs SET run_at = run_at + 3600000"))
    house.restart()
    await house.publishing.recover()
    page = await house.page(view)

    assert page.view.post.due_at == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert page.timeline[-1].detail["why"] == "the clock rules of Europe/Berlin changed"


async def test_post_without_a_job_is_adopted(house) -> None:
    view = await house.plan("Forgotten", wait=HOUR)
    async with house.db.write() as tx:
        await tx.execute(text("DELETE FROM jobs"))
    await house.engine.drain()
    house.linkedin.advance(minutes=1)
    await house.engine.drain()
    await house.live(minutes=61)

    assert await house.state(view) == "published"


async def test_decision_about_a_post_that_needs_none_is_refused(house) -> None:
    view = await house.plan("Fine", wait=HOUR)

    with pytest.raises(TooLate, match="does not wait for a decision"):
        await house.publishing.resolve_review(house.who, view.post.id, "drop")


async def test_unknown_zone_is_a_clear_error(house) -> None:
    with pytest.raises(InvalidInput, match="there is no time zone 'Mars/Olympus'"):
        await house.publishing.schedule_post(house.who, author_id="jonas", text="Hello", zone="Mars/Olympus")


@pytest.mark.postgres
@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
class TestOnPostgres:
    async def test_post_with_a_picture_goes_out(self, house) -> None:
        view = await house.plan("Large", author="northwind", media=[(await house.picture(), "A bench")], wait=HOUR)
        await house.live(minutes=61)

        assert (await house.page(view)).view.post.proof == "equal"
        assert [one.post.id for one in await house.publishing.list_posts(house.who)] == [view.post.id]

    async def test_lost_answer_is_found_out_and_a_review_decided(self, house) -> None:
        house.linkedin.fault("answer_lost", times=3, **CREATES)
        listed, unsure = await house.plan("Listed", author="northwind"), await house.plan("Unsure")
        await house.live(minutes=10)
        states = (await house.state(listed), await house.state(unsure))
        (live,) = house.live_posts("Unsure")
        await house.publishing.resolve_review(house.who, unsure.post.id, "it_is_there", urn=live.urn)

        assert states == ("published", "needs_review")
        assert await house.state(unsure) == "published"

    async def test_post_is_moved_cancelled_and_held(self, house) -> None:
        view = await house.plan("Held", wait=HOUR)
        await house.publishing.pause_publishing(house.who)
        await house.live(minutes=61)
        await house.publishing.reschedule_post(house.who, view.post.id, local_time=None, zone="UTC")
        await house.live(minutes=1)
        await house.publishing.cancel_post(house.who, view.post.id)
        await house.publishing.resume_publishing(house.who)
        await house.live(minutes=61)

        assert await house.state(view) == "cancelled"
        assert house.live_posts("Held") == []
