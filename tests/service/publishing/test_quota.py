"""The ledger of calls."""

import asyncio
from datetime import timedelta

import pytest

from inroad.contract.limits import Quota
from inroad.service.publishing.quota import Call, learn, refund, reserve, set_cap

DAY = timedelta(days=1)


pytestmark = pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def call(member: str = "urn:li:person:a", *, per_app: int | None = None, per_member: int | None = None) -> Call:
    return Call("app1", member, "posts.CREATE", Quota(per_app=per_app, per_member=per_member))


async def ask(db, clock, *calls: Call, **more) -> list[bool]:
    async with db.write() as tx:
        return await reserve(tx, calls, now=clock.now(), **more)


async def test_calls_fit_until_the_members_cap(db, clock) -> None:
    ada = call(per_member=2)

    assert await ask(db, clock, ada, ada, ada) == [True, True, False]
    assert await ask(db, clock, ada) == [False]


async def test_all_counters_are_taken_or_none(db, clock) -> None:
    ada, bo = call("a", per_app=3, per_member=2), call("b", per_app=3, per_member=2)

    assert await ask(db, clock, ada, ada, ada) == [True, True, False]
    assert await ask(db, clock, bo, bo) == [True, False]  # the refused call of Ada took nothing of the app's


async def test_counters_start_again_with_the_utc_day(db, clock) -> None:
    ada = call(per_member=1)
    today = await ask(db, clock, ada, ada)
    clock.advance(DAY)

    assert (today, await ask(db, clock, ada, ada)) == ([True, False], [True, False])


async def test_refund_goes_back_to_the_day_it_was_taken_from(db, clock) -> None:
    ada, taken_at = call(per_member=1), clock.now()
    await ask(db, clock, ada)
    clock.advance(DAY)
    await ask(db, clock, ada)
    async with db.write() as tx:
        await refund(tx, ada, reserved_at=taken_at)

    assert await ask(db, clock, ada) == [False]


async def test_refunded_call_may_be_made_again(db, clock) -> None:
    ada = call(per_member=1)
    await ask(db, clock, ada)
    async with db.write() as tx:
        await refund(tx, ada, reserved_at=clock.now())

    assert await ask(db, clock, ada, ada) == [True, False]


async def test_cap_is_learned_from_linkedin_and_holds_on_later_days(db, clock) -> None:
    ada = call()
    assert await ask(db, clock, *[ada] * 5) == [True] * 5
    async with db.write() as tx:
        await learn(tx, ada, level="APPLICATION_AND_MEMBER", now=clock.now())
    today = await ask(db, clock, ada)
    clock.advance(DAY)
    tomorrow = await ask(db, clock, *[ada] * 5)
    clock.advance(8 * DAY)
    much_later = await ask(db, clock, *[ada] * 5)

    assert today == [False]
    assert tomorrow == [True] * 4 + [False]
    assert much_later == [True] * 5


async def test_limit_of_the_application_closes_it_for_all_members(db, clock) -> None:
    await ask(db, clock, call("a"))
    async with db.write() as tx:
        await learn(tx, call("a"), level="APPLICATION", now=clock.now())

    assert await ask(db, clock, call("b")) == [False]


async def test_limit_of_a_member_leaves_others_alone(db, clock) -> None:
    await ask(db, clock, call("a"))
    async with db.write() as tx:
        await learn(tx, call("a"), level="MEMBER", now=clock.now())

    assert await ask(db, clock, call("a"), call("b")) == [False, True]


async def test_cap_set_by_hand_holds_at_once_and_is_not_unlearned(db, clock) -> None:
    ada = call()
    await ask(db, clock, ada)
    async with db.write() as tx:
        await set_cap(tx, app_id="app1", scope="member", endpoint="posts.CREATE", cap=3, now=clock.now())
    assert await ask(db, clock, ada, ada, ada) == [True, True, False]
    async with db.write() as tx:
        await learn(tx, ada, level="MEMBER", now=clock.now())
    clock.advance(DAY)

    assert await ask(db, clock, *[ada] * 4) == [True, True, True, False]


async def test_background_calls_leave_a_reserve_to_publishing(db, clock) -> None:
    ada = call(per_member=10)

    assert (await ask(db, clock, *[ada] * 10, priority="background")).count(True) == 8
    assert (await ask(db, clock, *[ada] * 3)).count(True) == 2


async def test_many_workers_together_never_exceed_a_cap(db, clock) -> None:
    ada = call(per_member=25)
    answers = await asyncio.gather(*[ask(db, clock, ada, ada) for _ in range(20)])

    assert sum(answer.count(True) for answer in answers) == 25
