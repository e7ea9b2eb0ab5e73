"""The service as a whole: its keys, its given app, its worker."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from inroad.common.secret import Secret
from inroad.service.accounts.model import SignedIn, hash_of
from inroad.service.accounts.passwords import Passwords
from inroad.service.connections import store
from inroad.service.connections.model import place_of
from inroad.service.errors import ConfigurationError, SealBroken, WrongRootKey
from inroad.service.settings import GivenApp, Settings
from inroad.service.who import Who
from inroad.service.wiring import Services
from inroad.testing import ManualClock

WEAK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
GIVEN = GivenApp(
    client_id="given-app",
    client_secret=Secret("given-secret"),
    products=("Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn"),
)


@pytest.fixture
async def services(settings: Settings, clock: ManualClock) -> AsyncIterator[Services]:
    async with Services.open(settings, clock=clock, passwords=WEAK) as opened:
        yield opened


async def make_owner(services: Services, email: str = "owner@example.test") -> Who:
    token = (await services.accounts.create_first_run_link()).rpartition("/")[2]
    password = Secret("correct horse battery")
    signed_in = await services.accounts.redeem_link(
        token, email=email, name="Olu Owner", password=password, request_id="r", address="192.0.2.1"
    )
    view = await services.accounts.session_of(signed_in.cookie)
    assert view is not None
    return view.who(request_id="r", address="192.0.2.1")


async def register(services: Services, who: Who, client_id: str, secret: str) -> str:
    app = await services.connections.register_app(
        who, name=client_id, client_id=client_id, client_secret=Secret(secret)
    )
    return app.id


async def secret_of(services: Services, who: Who, app_id: str) -> str:
    async with services.db.read() as tx:
        place = place_of("client_secret", table="apps", workspace_id=who.workspace_id, row_id=app_id)
        return (await services.vault.unseal(tx, place, await store.client_secret(tx, app_id))).reveal()


# Keys


async def test_wrong_root_key_is_told_in_words_and_nothing_is_changed(
    settings: Settings, clock: ManualClock, tmp_path: Path
) -> None:
    async with Services.open(settings, clock=clock, passwords=WEAK) as services:
        who = await make_owner(services)
        app_id = await register(services, who, "app", "secret")
    other = replace(settings, root_key=Secret("b3RoZXIga2V5IG90aGVyIGtleSBvdGhlciBrZXkgISE="))
    with pytest.raises(
        WrongRootKey,
        match=r"^the root key in INROAD_ROOT_KEY \([0-9a-f]{8}\) is not the one that this database was sealed with",
    ) as caught:
        async with Services.open(other, clock=clock):
            pass
    assert caught.value.fix == "put the right key back from your copy; nothing was changed"
    async with Services.open(settings, clock=clock) as services:
        assert await secret_of(services, who, app_id) == "secret"


async def test_lost_root_key_is_not_replaced(settings: Settings, clock: ManualClock) -> None:
    async with Services.open(settings, clock=clock):
        pass
    settings.root_key_file.unlink()
    with pytest.raises(WrongRootKey, match="is missing, and the database was sealed with it"):
        async with Services.open(settings, clock=clock):
            pass
    assert not settings.root_key_file.exists()


async def test_blob_that_was_moved_between_rows_does_not_open(services: Services) -> None:
    who = await make_owner(services)
    one = await register(services, who, "one", "first secret")
    two = await register(services, who, "two", "second secret")
    async with services.db.write() as tx:
        await tx.execute(
            text("UPDATE apps SET client_secret = (SELECT client_secret FROM apps WHERE id = :one) WHERE id = :two"),
            {"one": one, "two": two},
        )
    assert await secret_of(services, who, one) == "first secret"
    with pytest.raises(SealBroken) as caught:
        await services.connections.begin_connect(who, app_id=two)
    assert str(caught.value) == (
        f"the sealed value in apps.client_secret of {two} was changed, or was copied there from another place"
    )


async def test_rotation_wraps_the_data_keys_again_and_everything_still_opens(services: Services) -> None:
    who = await make_owner(services)
    app_id = await register(services, who, "one", "first secret")
    async with services.db.read() as tx:
        before = await store.workspace_key(tx, who.workspace_id)
    assert await services.vault.rotate_key() == 2
    async with services.db.read() as tx:
        after = await store.workspace_key(tx, who.workspace_id)
        newest = await store.newest_kek(tx)
    assert before is not None
    assert after is not None
    assert newest is not None
    assert (after.id, after.kek_id) == (before.id, newest.id)
    assert after.wrapped != before.wrapped
    assert await secret_of(services, who, app_id) == "first secret"


async def test_rotation_goes_on_under_load(services: Services) -> None:
    who = await make_owner(services)

    async def seal_many(part: int) -> list[tuple[str, str]]:
        return [
            (
                await register(services, who, f"app-{part}-{number}", f"secret {part} {number}"),
                f"secret {part} {number}",
            )
            for number in range(5)
        ]

    parts, *_ = await asyncio.gather(
        asyncio.gather(*(seal_many(part) for part in range(4))),
        services.vault.rotate_key(),
        services.vault.rotate_key(),
        services.vault.rotate_key(),
    )
    for app_id, secret in [pair for part in parts for pair in part]:
        assert await secret_of(services, who, app_id) == secret


# The given app


async def test_new_workspace_starts_with_the_app_of_the_settings(settings: Settings, clock: ManualClock) -> None:
    async with Services.open(replace(settings, linkedin_app=GIVEN), clock=clock, passwords=WEAK) as services:
        who = await make_owner(services)
        [app] = await services.connections.list_apps(who)
        assert (app.client_id, app.products) == ("given-app", frozenset(GIVEN.products))
        assert await secret_of(services, who, app.id) == "given-secret"


async def test_changed_secret_of_the_settings_is_taken_over_once(settings: Settings, clock: ManualClock) -> None:
    async with Services.open(replace(settings, linkedin_app=GIVEN), clock=clock, passwords=WEAK) as services:
        who = await make_owner(services)
    changed = replace(GIVEN, client_secret=Secret("changed-secret"))
    for _ in range(2):
        async with Services.open(replace(settings, linkedin_app=changed), clock=clock, passwords=WEAK) as services:
            [app] = await services.connections.list_apps(who)
            assert await secret_of(services, who, app.id) == "changed-secret"
            actions = [entry.action for entry in await services.audit.list_entries(who, subject=f"app:{app.id}")]
    assert actions == ["change_app", "register_app"]


# The whole


async def test_owners_made_at_once_are_one(services: Services) -> None:
    links = [await services.accounts.create_first_run_link() for _ in range(2)]
    async with services.db.write() as tx:  # as if two processes had made them in the same moment
        await tx.execute(
            text(
                "INSERT INTO sign_in_links (id, token_hash, kind, created_at, expires_at)"
                " SELECT 'twin', :hash, kind, created_at, expires_at FROM sign_in_links"
            ),
            {"hash": hash_of(Secret(links[0].rpartition("/")[2]))},
        )

    async def redeem(link: str, email: str) -> SignedIn:
        return await services.accounts.redeem_link(
            link.rpartition("/")[2],
            email=email,
            name="Olu Owner",
            password=Secret("correct horse battery"),
            request_id="r",
            address="192.0.2.1",
        )

    ends = await asyncio.gather(
        redeem(links[0], "one@example.test"), redeem(links[1], "two@example.test"), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ends) == ["LinkRefused", "SignedIn"]


async def test_error_of_the_database_shows_no_values(services: Services) -> None:
    statement = text("INSERT INTO workspaces (id, name, created_at) VALUES (:id, 'W', :name)")
    with pytest.raises(DBAPIError) as caught:
        async with services.db.write() as tx:
            await tx.execute(statement, {"id": "a value", "name": None})
    assert "a value" not in str(caught.value)


async def test_starting_again_keeps_everything(settings: Settings, clock: ManualClock) -> None:
    async with Services.open(settings, clock=clock, passwords=WEAK) as services:
        await make_owner(services)
    async with Services.open(settings, clock=clock, passwords=WEAK) as services:
        assert await services.accounts.has_owner()
        password = Secret("correct horse battery")
        await services.accounts.sign_in("owner@example.test", password, request_id="r", address="192.0.2.1")


async def test_worker_says_that_it_works_and_stops_when_cancelled(services: Services) -> None:
    assert not services.is_working()
    worker = asyncio.create_task(services.run_worker())
    while not services.is_working():  # noqa: ASYNC110 - it takes a turn of the loop or two
        await asyncio.sleep(0)
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker
    assert not services.is_working()


async def test_changed_audit_entry_is_found(services: Services) -> None:
    who = await make_owner(services)
    assert await services.audit.verify(who.workspace_id) is None
    async with services.db.write() as tx:
        await tx.execute(text("UPDATE audit_entries SET after = '{}' WHERE action = 'create_owner'"))
    broken = await services.audit.verify(who.workspace_id)
    assert broken is not None
    assert broken.problem == "entry 1 was changed"


async def test_concurrent_deeds_make_one_chain(services: Services) -> None:
    who = await make_owner(services)
    await asyncio.gather(*(register(services, who, f"app-{number}", "secret") for number in range(20)))
    assert await services.audit.verify(who.workspace_id) is None
    assert len(await services.audit.list_entries(who)) == 22


async def test_data_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings.from_environment(
        {"INROAD_DATA_DIR": str(tmp_path / "file" / "data"), "INROAD_ROOT_KEY_FILE": str(tmp_path / "root.key")}
    )
    with pytest.raises(ConfigurationError, match=r"INROAD_DATA_DIR: .* cannot be made: Not a directory"):
        async with Services.open(settings):
            pass
