"""Connecting members of the sandbox's LinkedIn, on both databases, over the real SDK."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from inroad.common.secret import Secret
from inroad.sandbox.app import create_app
from inroad.sandbox.oauth.tokens import revoke_consent
from inroad.sandbox.world import App as WorldApp
from inroad.sandbox.world import Member, Organization, Role, World
from inroad.sdk.errors import Unauthorized
from inroad.sdk.transport import MountedTransport
from inroad.service.accounts.passwords import Passwords
from inroad.service.connections.model import App, Author
from inroad.service.errors import (
    ConnectionExpired,
    ConsentRefused,
    InvalidInput,
    LinkError,
    Missing,
    NotAllowed,
    StateRefused,
)
from inroad.service.settings import Settings
from inroad.service.who import Who
from inroad.service.wiring import Services

CALLBACK = "http://localhost:8000/connect/callback"
SANDBOX = "http://sandbox.test"
OPENID, SHARE = "Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn"
COMMUNITY = "Community Management API"
ORGANIZATIONS = 120  # more than one page of the list
WEAK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def world() -> World:
    world = World()
    world.clock.frozen_at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    world.apps["demo-app"] = WorldApp(
        client_id="demo-app",
        client_secret="demo-secret",
        name="Demo app",
        products=[OPENID, SHARE, COMMUNITY],
        redirect_urls=[CALLBACK],
    )
    world.apps["small-app"] = WorldApp(
        client_id="small-app",
        client_secret="small-secret",
        name="Small app",
        products=[OPENID, SHARE],
        redirect_urls=[CALLBACK],
        grants=["authorization_code"],
    )
    world.members["ada"] = Member(id="ada", email="ada@example.test", first_name="Ada", last_name="Okafor")
    world.members["bo"] = Member(id="bo", email="bo@example.test", first_name="Bo", last_name="Lind")
    for number in range(ORGANIZATIONS):
        role = ("ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "ANALYST")[number % 3]
        world.organizations[9000 + number] = Organization(
            id=9000 + number, name=f"Works {number:03}", roles=[Role(member="ada", role=role)]
        )
    return world


@dataclass(frozen=True)
class Browser:
    """A person in front of the sandbox's consent page."""

    http: httpx2.AsyncClient

    async def answer(self, url: str, *, email: str = "ada@example.test", step: str = "allow") -> dict[str, str]:
        """Sign in where asked, press the button, and return the callback's query."""
        page = await self.http.get(url)
        if page.status_code == 200 and 'name="password"' in page.text:
            await self.http.post(url, data={"step": "sign_in", "email": email, "password": "demo-password"})
            page = await self.http.get(url)
        if page.status_code == 200:
            found = re.search(r'name="form_token" value="([^"]+)"', page.text)
            assert found, page.text
            page = await self.http.post(url, data={"step": step, "form_token": found[1]})
        assert page.status_code in {302, 303}, page.text
        target = page.headers["location"]
        assert target.startswith(CALLBACK + "?")
        return dict(parse_qsl(urlsplit(target).query))


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Browser]:
    transport = httpx2.ASGITransport(app=create_app(world))
    async with httpx2.AsyncClient(transport=transport, base_url=SANDBOX) as http:
        yield Browser(http)


@pytest.fixture
async def services(settings: Settings, world: World) -> AsyncIterator[Services]:
    transport = MountedTransport(httpx2.ASGITransport(app=create_app(world)))
    settings = replace(settings, linkedin_url=SANDBOX)
    async with Services.open(settings, clock=world.clock, transport=transport, passwords=WEAK) as opened:
        yield opened


@pytest.fixture
async def who(services: Services) -> Who:
    token = (await services.accounts.create_first_run_link()).rpartition("/")[2]
    signed_in = await services.accounts.redeem_link(
        token,
        email="owner@example.test",
        name="Olu Owner",
        password=Secret("correct horse battery"),
        request_id="r-0",
        address="192.0.2.1",
    )
    view = await services.accounts.session_of(signed_in.cookie)
    assert view is not None
    return view.who(request_id="r-1", address="192.0.2.1")


async def register(services: Services, who: Who, name: str = "demo") -> App:
    products = {"demo": [OPENID, SHARE, COMMUNITY], "small": [OPENID, SHARE]}[name]
    return await services.connections.register_app(
        who,
        name=f"{name.title()} app",
        client_id=f"{name}-app",
        client_secret=Secret(f"{name}-secret"),
        products=products,
    )


async def connect(services: Services, who: Who, visitor: Browser, app: App, email: str = "ada@example.test") -> str:
    url = await services.connections.begin_connect(who, app_id=app.id)
    connected = await services.connections.finish_connect(who, await visitor.answer(url, email=email))
    return connected.connection.connection.id


async def audited(services: Services) -> list[tuple[str, str | None]]:
    async with services.db.read() as tx:
        rows = await tx.execute(text("SELECT action, after FROM audit_entries ORDER BY workspace_id, seq"))
        return [(row.action, row.after) for row in rows]


def names(authors: list[Author]) -> list[str]:
    return [author.name for author in authors]


async def test_member_and_every_organization_with_a_posting_role_become_authors(
    services: Services, who: Who, visitor: Browser
) -> None:
    app = await register(services, who)
    url = await services.connections.begin_connect(who, app_id=app.id, return_path="/compose")
    connected = await services.connections.finish_connect(who, await visitor.answer(url))
    authors = await services.connections.authors(who)
    assert connected.return_path == "/compose"
    assert names(authors) == ["Ada Okafor"] + [
        f"Works {number:03}" for number in range(ORGANIZATIONS) if number % 3 != 2
    ]
    assert {author.problem for author in authors} == {None}
    assert {author.role for author in authors} == {"", "ADMINISTRATOR", "CONTENT_ADMINISTRATOR"}


async def test_consent_is_asked_for_all_scopes_at_once_with_a_long_state(services: Services, who: Who) -> None:
    app = await register(services, who)
    query = parse_qs(urlsplit(await services.connections.begin_connect(who, app_id=app.id)).query)
    assert query["scope"] == [
        "openid profile r_organization_social rw_organization_admin w_member_social w_organization_social"
    ]
    assert len(query["state"][0]) >= 43  # 256 bits in base64url
    assert query["redirect_uri"] == [CALLBACK]
    assert "code_challenge" not in query


async def test_client_works_with_the_member_s_token(services: Services, who: Who, visitor: Browser) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    client = await services.connections.client_for(connection_id)
    assert (await client.userinfo.get()).name == "Ada Okafor"


async def test_connecting_again_renews_the_same_connection(services: Services, who: Who, visitor: Browser) -> None:
    app = await register(services, who)
    first = await connect(services, who, visitor, app)
    authors = {author.urn: author.id for author in await services.connections.authors(who)}
    second = await connect(services, who, visitor, app)
    assert first == second
    assert {author.urn: author.id for author in await services.connections.authors(who)} == authors
    assert len(await services.connections.list_connections(who)) == 1


async def test_two_members_and_two_apps_are_connections_of_their_own(
    services: Services, who: Who, visitor: Browser
) -> None:
    await connect(services, who, visitor, await register(services, who))
    visitor.http.cookies.clear()
    await connect(services, who, visitor, await register(services, who, "small"), email="bo@example.test")
    views = await services.connections.list_connections(who)
    assert [(view.app.name, view.connection.member_name) for view in views] == [
        ("Demo app", "Ada Okafor"),
        ("Small app", "Bo Lind"),
    ]


async def test_organization_that_the_member_does_not_administer_any_more_says_so(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    app = await register(services, who)
    connection_id = await connect(services, who, visitor, app)
    [lost] = [author for author in await services.connections.authors(who) if author.name == "Works 000"]
    world.organizations[9000].roles[0].state = "REVOKED"
    await services.connections.refresh_authors(who, connection_id)
    assert "Works 000" not in names(await services.connections.authors(who))
    async with services.db.read() as tx:
        kept = await services.connections.author(tx, lost.id)
    assert kept is not None
    assert kept.problem == "the connected member does not administer this page any more"


async def test_app_without_organization_scopes_connects_the_member_alone(
    services: Services, who: Who, visitor: Browser
) -> None:
    await connect(services, who, visitor, await register(services, who, "small"))
    assert names(await services.connections.authors(who)) == ["Ada Okafor"]


# The callback's state


async def test_unknown_state_is_refused_and_audited(services: Services, who: Who) -> None:
    await register(services, who)
    with pytest.raises(
        StateRefused,
        match=r"^LinkedIn came back with a state that this service did not hand out; nothing was connected$",
    ):
        await services.connections.finish_connect(who, {"state": "made-up", "code": "AQ1"})
    assert (await audited(services))[-1] == ("refuse_callback", '{"address":"192.0.2.1","reason":"unknown"}')


async def test_callback_without_state_is_refused(services: Services, who: Who) -> None:
    with pytest.raises(StateRefused) as caught:
        await services.connections.finish_connect(who, {"code": "AQ1"})
    assert caught.value.reason == "unknown"


async def test_replayed_callback_is_refused_and_the_connection_stays(
    services: Services, who: Who, visitor: Browser
) -> None:
    app = await register(services, who)
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    await services.connections.finish_connect(who, params)
    with pytest.raises(
        StateRefused, match=r"^this answer from LinkedIn was used already; nothing was connected again$"
    ):
        await services.connections.finish_connect(who, params)
    assert len(await services.connections.list_connections(who)) == 1


async def test_state_of_another_session_is_refused_and_still_works_in_its_own(
    services: Services, who: Who, visitor: Browser
) -> None:
    app = await register(services, who)
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    with pytest.raises(
        StateRefused,
        match=r"^this connection was begun in another browser or session; nothing was connected$",
    ):
        await services.connections.finish_connect(replace(who, session_id="another"), params)
    await services.connections.finish_connect(who, params)


async def test_state_older_than_ten_minutes_is_refused(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    app = await register(services, who)
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    world.clock.advance(timedelta(minutes=10))
    with pytest.raises(StateRefused, match=r"^connecting took longer than 10 minutes; nothing was connected$"):
        await services.connections.finish_connect(who, params)


async def test_two_callbacks_at_once_connect_once(services: Services, who: Who, visitor: Browser) -> None:
    app = await register(services, who)
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    ends = await asyncio.gather(
        *(services.connections.finish_connect(who, params) for _ in range(3)), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ends) == ["Connected", "StateRefused", "StateRefused"]


async def test_state_text_is_not_in_the_database(services: Services, who: Who) -> None:
    app = await register(services, who)
    url = await services.connections.begin_connect(who, app_id=app.id)
    state = parse_qs(urlsplit(url).query)["state"][0]
    async with services.db.read() as tx:
        rows = (await tx.execute(text("SELECT * FROM connect_states"))).all()
    assert len(rows) == 1
    assert state not in str(rows)


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/\\evil.example", "compose", "/a\nb", ""])
async def test_return_path_stays_on_this_service(services: Services, who: Who, path: str) -> None:
    app = await register(services, who)
    with pytest.raises(InvalidInput, match="a return path begins with one / and stays on this service"):
        await services.connections.begin_connect(who, app_id=app.id, return_path=path)


async def test_api_key_cannot_connect(services: Services, who: Who) -> None:
    app = await register(services, who)
    with pytest.raises(NotAllowed, match="an API key cannot connect"):
        await services.connections.begin_connect(replace(who, session_id=None), app_id=app.id)


# Refusals of LinkedIn


async def test_declined_consent_is_told_in_words(services: Services, who: Who, visitor: Browser) -> None:
    app = await register(services, who)
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id), step="deny")
    with pytest.raises(
        ConsentRefused, match=r"^the consent at LinkedIn was declined; nothing was connected$"
    ) as caught:
        await services.connections.finish_connect(who, params)
    assert caught.value.error == "user_cancelled_authorize"
    assert (await audited(services))[-1] == ("refuse_consent", '{"error":"user_cancelled_authorize"}')


async def test_scope_that_the_app_lacks_is_named_with_the_product_that_grants_it(
    services: Services, who: Who, visitor: Browser
) -> None:
    app = await services.connections.register_app(
        who,
        name="Small app",
        client_id="small-app",
        client_secret=Secret("small-secret"),
        products=[OPENID, SHARE, COMMUNITY],  # more than LinkedIn gave it
    )
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    with pytest.raises(ConsentRefused) as caught:
        await services.connections.finish_connect(who, params)
    assert str(caught.value) == (
        'the app "Small app" does not have the scope r_organization_social, which comes with Advertising API or'
        " Community Management API; nothing was connected"
    )
    assert caught.value.fix == (
        "add the product to the app in LinkedIn's developer portal, or take it off the app's products here"
    )


async def test_replayed_code_is_told_in_words(services: Services, who: Who, visitor: Browser) -> None:
    app = await register(services, who)
    used = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    await services.connections.finish_connect(who, used)
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    with pytest.raises(ConsentRefused, match=r"^LinkedIn did not accept the code that it sent \(.*expired") as caught:
        await services.connections.finish_connect(who, {**params, "code": used["code"]})
    assert caught.value.fix == "start again with Connect LinkedIn: a code works once"


async def test_wrong_client_secret_is_told_in_words(services: Services, who: Who, visitor: Browser) -> None:
    app = await services.connections.register_app(
        who, name="Demo app", client_id="demo-app", client_secret=Secret("wrong"), products=[OPENID, SHARE, COMMUNITY]
    )
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))
    with pytest.raises(
        ConsentRefused,
        match=r'^LinkedIn does not accept the client secret of the app "Demo app"; nothing was connected$',
    ):
        await services.connections.finish_connect(who, params)


async def test_app_that_cannot_tell_who_the_member_is_is_refused(services: Services, who: Who) -> None:
    with pytest.raises(InvalidInput, match="none of these products tells who the member is"):
        await services.connections.register_app(
            who, name="Share", client_id="share", client_secret=Secret("x"), products=[SHARE]
        )


# Tokens


async def test_token_sixty_one_days_old_names_who_must_connect_again(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who, "small"))
    world.clock.advance(timedelta(days=61))
    with pytest.raises(ConnectionExpired) as caught:
        await services.connections.client_for(connection_id)
    assert str(caught.value) == (
        "the connection of Ada Okafor ended on 2027-01-22 09:00 UTC; LinkedIn gave no refresh token for it"
    )
    assert caught.value.fix == "Ada Okafor must connect LinkedIn again, on the Connections page"
    [view] = await services.connections.list_connections(who)
    assert view.state == "expired"
    assert view.authors[0].problem == "the LinkedIn connection has expired"


async def test_token_near_its_end_is_refreshed_once_for_many_callers(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.clock.advance(timedelta(days=55))
    clients = await asyncio.gather(*(services.connections.client_for(connection_id) for _ in range(8)))
    assert (await clients[0].userinfo.get()).name == "Ada Okafor"
    assert [action for action, _ in await audited(services)].count("refresh_token") == 1
    [view] = await services.connections.list_connections(who)
    assert view.access_expires_at == datetime(2027, 3, 18, 9, 0, tzinfo=UTC)  # 55 + 60 days
    assert view.refresh_expires_at == datetime(2027, 11, 23, 9, 0, tzinfo=UTC)  # unchanged


async def test_refreshed_token_is_used_although_the_first_is_over(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.clock.advance(timedelta(days=100))
    client = await services.connections.client_for(connection_id)
    assert (await client.userinfo.get()).name == "Ada Okafor"


async def test_answer_without_refresh_token_does_not_overwrite_the_one_that_is_kept(
    services: Services, who: Who, visitor: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    from inroad.sandbox.oauth import token_endpoint

    whole = token_endpoint._to_answer
    monkeypatch.setattr(
        token_endpoint,
        "_to_answer",
        lambda token: {**whole(token), "refresh_token": "", "refresh_token_expires_in": 0},
    )
    world.clock.advance(timedelta(days=55))
    await services.connections.client_for(connection_id)
    [view] = await services.connections.list_connections(who)
    assert view.renews_itself
    assert view.refresh_expires_at == datetime(2027, 11, 23, 9, 0, tzinfo=UTC)


async def test_refused_refresh_falls_back_on_a_token_that_still_works_and_is_shown(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.apps["demo-app"].grants.remove("refresh_token")
    world.clock.advance(timedelta(days=55))
    client = await services.connections.client_for(connection_id)
    assert (await client.userinfo.get()).name == "Ada Okafor"
    [view] = await services.connections.list_connections(who)
    assert (view.state, view.refusal) == ("refused", "invalid_request")
    await services.connections.client_for(connection_id)
    assert [action for action, _ in await audited(services)].count("refuse_refresh") == 1  # it rests for an hour


async def test_refused_refresh_of_a_token_that_is_over_names_who_must_connect_again(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.apps["demo-app"].grants.remove("refresh_token")
    world.clock.advance(timedelta(days=61))
    with pytest.raises(ConnectionExpired, match=r"^LinkedIn refused to renew the connection of Ada Okafor") as caught:
        await services.connections.client_for(connection_id)
    assert caught.value.fix == "Ada Okafor must connect LinkedIn again, on the Connections page"


async def test_lease_of_a_process_that_died_is_taken_over(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.clock.advance(timedelta(days=55))
    async with services.db.write() as tx:
        now = world.clock.now().timestamp() * 1000
        await tx.execute(
            text("UPDATE grants SET lease_holder = 'dead', lease_until = :until"), {"until": int(now) + 60_000}
        )
    await services.connections.client_for(connection_id)  # the old token still works: nobody waits
    assert "refresh_token" not in [action for action, _ in await audited(services)]
    world.clock.advance(timedelta(seconds=60))
    await services.connections.client_for(connection_id)
    assert "refresh_token" in [action for action, _ in await audited(services)]


async def test_revoked_token_surfaces_and_is_noted(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    revoke_consent(world, client_id="demo-app", member_id="ada")
    world.clock.advance(timedelta(hours=1))
    client = await services.connections.client_for(connection_id)
    with pytest.raises(Unauthorized) as caught:
        await client.userinfo.get()
    await services.connections.note_refusal(connection_id, caught.value.code or "401")
    [view] = await services.connections.list_connections(who)
    assert (view.state, view.refusal) == ("refused", "REVOKED_ACCESS_TOKEN")


# Disconnecting


async def test_disconnecting_forgets_the_tokens_and_revokes_them(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.clock.advance(timedelta(hours=1))  # or the SDK would take the 401 for a token that settles
    client = await services.connections.client_for(connection_id)
    gone = await services.connections.disconnect(who, connection_id)
    assert gone.is_revoked
    assert gone.advice == (
        "the keys are forgotten here; LinkedIn confirmed that the access is over. Ada Okafor can check and end it at"
        " https://www.linkedin.com/psettings/permitted-services"
    )
    assert await services.connections.authors(who) == []
    with pytest.raises(Unauthorized):
        await client.userinfo.get()
    with pytest.raises(ConnectionExpired, match=r"^the connection of Ada Okafor was disconnected$"):
        await services.connections.client_for(connection_id)
    with pytest.raises(Missing):
        await services.connections.disconnect(who, connection_id)


async def test_connection_of_another_workspace_is_missing(services: Services, who: Who, visitor: Browser) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    async with services.db.write() as tx:
        await tx.execute(text("INSERT INTO workspaces (id, name, created_at) VALUES ('other', 'Other', 0)"))
        await tx.execute(
            text(
                "INSERT INTO memberships (workspace_id, person_id, role, created_at)"
                " VALUES ('other', :person, 'owner', 0)"
            ),
            {"person": who.person_id},
        )
    elsewhere = replace(who, workspace_id="other")
    assert await services.connections.list_connections(elsewhere) == []
    with pytest.raises(Missing, match=r"^there is no such connection in this workspace$"):
        await services.connections.disconnect(elsewhere, connection_id)


async def test_stranger_sees_nothing(services: Services, who: Who) -> None:
    stranger = replace(who, person_id="someone")
    for call in (
        services.connections.list_connections(stranger),
        services.connections.authors(stranger),
        services.connections.list_apps(stranger),
        services.audit.list_entries(stranger),
    ):
        with pytest.raises(NotAllowed):
            await call


# What must never be seen


async def test_tokens_and_secrets_are_in_no_row_log_or_error(
    services: Services,
    who: Who,
    visitor: Browser,
    world: World,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.clock.advance(timedelta(days=55))
    await services.connections.client_for(connection_id)
    world.apps["demo-app"].grants.remove("refresh_token")
    world.clock.advance(timedelta(days=61))
    with pytest.raises(ConnectionExpired) as caught:
        await services.connections.client_for(connection_id)
    seen = [repr(caught.value), caplog.text, "".join(capsys.readouterr()), repr(services)]
    async with services.db.read() as tx:
        for table in ("apps", "grants", "connections", "authors", "audit_entries", "connect_states"):
            seen += [str(tuple(row)) for row in await tx.execute(text(f"SELECT * FROM {table}"))]
    from inroad.sandbox.oauth.state import Tokens

    tokens = world.state(Tokens)
    secrets = ["demo-secret", *tokens.access, *tokens.refresh]
    assert len(secrets) >= 4
    for secret in secrets:
        assert secret not in "\n".join(seen)


async def test_audit_chain_holds_after_all_of_it(services: Services, who: Who, visitor: Browser) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    await services.connections.disconnect(who, connection_id)
    assert [action for action, _ in await audited(services)] == [
        "create_owner",
        "sign_in",
        "register_app",
        "connect_account",
        "disconnect_account",
    ]
    assert await services.audit.verify(who.workspace_id) is None


async def test_unreachable_linkedin_is_told_in_words(
    services: Services, who: Who, visitor: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = await register(services, who)
    params = await visitor.answer(await services.connections.begin_connect(who, app_id=app.id))

    from inroad.sdk.errors import ConnectionFailed

    async def broken(*_: object, **__: object) -> None:
        raise ConnectionFailed("no connection to sandbox.test", sent=False)

    monkeypatch.setattr(MountedTransport, "send", broken)
    with pytest.raises(LinkError, match=r"^LinkedIn gave no usable answer") as caught:
        await services.connections.finish_connect(who, params)
    assert caught.value.fix == "try again in a moment"


async def test_post_of_a_connected_author_goes_out_through_the_wired_rooms(
    services: Services, who: Who, visitor: Browser, world: World
) -> None:
    await connect(services, who, visitor, await register(services, who))
    [ada, *_] = await services.connections.authors(who)
    world.clock.advance(timedelta(hours=1))
    planned = await services.publishing.schedule_post(who, author_id=ada.id, text="We opened our second workshop.")
    await services.engine.drain()
    page = await services.publishing.post(who, planned.post.id)
    assert page.view.post.state == "published"
    assert (page.view.link or "").startswith(f"{SANDBOX}/feed/update/urn:li:share:")


@pytest.mark.parametrize("dialect", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_two_processes_refresh_a_token_once(services: Services, who: Who, visitor: Browser, world: World) -> None:
    connection_id = await connect(services, who, visitor, await register(services, who))
    world.clock.advance(timedelta(days=100))  # the access token is over: whoever is second has to wait
    transport = MountedTransport(httpx2.ASGITransport(app=create_app(world)))
    async with Services.open(services.settings, clock=world.clock, transport=transport, passwords=WEAK) as second:
        clients = await asyncio.gather(
            *(each.connections.client_for(connection_id) for each in (services, second, services, second))
        )
    assert [(await client.userinfo.get()).name for client in clients] == ["Ada Okafor"] * 4
    assert [action for action, _ in await audited(services)].count("refresh_token") == 1
