"""People, sessions, links and keys, on both databases."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from inroad.common.secret import Secret
from inroad.service.accounts.actions import Accounts, SessionRules
from inroad.service.accounts.gate import MembershipGate
from inroad.service.accounts.model import SignedIn
from inroad.service.accounts.passwords import Passwords
from inroad.service.audit.actions import Audit
from inroad.service.audit.model import INSTALLATION
from inroad.service.database import Database
from inroad.service.errors import (
    InvalidInput,
    LinkRefused,
    Missing,
    NotAllowed,
    SignInRefused,
    TooManyAttempts,
)
from inroad.service.who import Who
from inroad.testing import ManualClock

PASSWORD = Secret("correct horse battery")
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
FROM = {"request_id": "r-1", "address": "192.0.2.7"}


@pytest.fixture
def accounts(db: Database, clock: ManualClock) -> Accounts:
    return make_accounts(db, clock)


def make_accounts(db: Database, clock: ManualClock, hasher: PasswordHasher = WEAK) -> Accounts:
    gate = MembershipGate()
    rules = SessionRules(idle=timedelta(hours=168), longest=timedelta(days=30))
    return Accounts(
        db,
        Audit(db, clock, gate),
        gate,
        clock,
        public_url="http://localhost:8000",
        rules=rules,
        passwords=Passwords(hasher),
    )


async def become_owner(accounts: Accounts) -> SignedIn:
    token = (await accounts.create_first_run_link()).rpartition("/")[2]
    return await accounts.redeem_link(token, email="Ada@Example.test", name="Ada Okafor", password=PASSWORD, **FROM)


async def who_of(accounts: Accounts, signed_in: SignedIn) -> Who:
    view = await accounts.session_of(signed_in.cookie)
    assert view is not None
    return view.who(request_id="r-2", address="192.0.2.7")


async def test_first_run_link_creates_the_owner_and_signs_in(accounts: Accounts) -> None:
    signed_in = await become_owner(accounts)
    view = await accounts.session_of(signed_in.cookie)
    assert view is not None
    assert (view.person.email, view.person.name, view.role) == ("ada@example.test", "Ada Okafor", "owner")
    assert view.workspace.name == "Ada Okafor's workspace"


async def test_first_run_link_works_once(accounts: Accounts) -> None:
    token = (await accounts.create_first_run_link()).rpartition("/")[2]
    await accounts.redeem_link(token, email="ada@example.test", name="Ada", password=PASSWORD, **FROM)
    with pytest.raises(LinkRefused, match=r"^this link was used already$"):
        await accounts.redeem_link(token, email="eve@example.test", name="Eve", password=PASSWORD, **FROM)


async def test_new_first_run_link_replaces_the_old_one(accounts: Accounts) -> None:
    old = (await accounts.create_first_run_link()).rpartition("/")[2]
    await accounts.create_first_run_link()
    with pytest.raises(LinkRefused, match=r"^this link is unknown; a newer one may have taken its place$"):
        await accounts.check_link(old, kind="first_run")


async def test_first_run_link_expires(accounts: Accounts, clock: ManualClock) -> None:
    token = (await accounts.create_first_run_link()).rpartition("/")[2]
    clock.advance(timedelta(hours=24))
    with pytest.raises(LinkRefused, match=r"^this link is too old$"):
        await accounts.redeem_link(token, email="ada@example.test", name="Ada", password=PASSWORD, **FROM)


async def test_no_first_run_link_is_made_once_there_is_an_owner(accounts: Accounts) -> None:
    await become_owner(accounts)
    with pytest.raises(NotAllowed, match="has an owner already; sign in instead"):
        await accounts.create_first_run_link()


async def test_short_password_is_refused_and_the_link_still_works(accounts: Accounts) -> None:
    token = (await accounts.create_first_run_link()).rpartition("/")[2]
    with pytest.raises(InvalidInput, match=r"^a password has at least 12 characters, got 5$"):
        await accounts.redeem_link(token, email="ada@example.test", name="Ada", password=Secret("short"), **FROM)
    await accounts.check_link(token, kind="first_run")


async def test_sign_in_link_signs_in_once(accounts: Accounts) -> None:
    await become_owner(accounts)
    token = (await accounts.create_sign_in_link()).rpartition("/")[2]
    signed_in = await accounts.redeem_sign_in_link(token, **FROM)
    assert await accounts.session_of(signed_in.cookie) is not None
    with pytest.raises(LinkRefused, match=r"^this link was used already$"):
        await accounts.redeem_sign_in_link(token, **FROM)


async def test_sign_in_link_does_not_create_an_owner(accounts: Accounts) -> None:
    with pytest.raises(Missing, match=r"^nobody owns this installation yet$"):
        await accounts.create_sign_in_link()


async def test_right_password_signs_in_whatever_the_case_of_the_address(accounts: Accounts) -> None:
    await become_owner(accounts)
    signed_in = await accounts.sign_in(" ADA@example.test ", PASSWORD, **FROM)
    assert await accounts.session_of(signed_in.cookie) is not None


async def test_wrong_password_and_unknown_address_get_the_same_words(accounts: Accounts) -> None:
    await become_owner(accounts)
    words = []
    for email in ("ada@example.test", "nobody@example.test"):
        with pytest.raises(SignInRefused) as caught:
            await accounts.sign_in(email, Secret("wrong password here"), **FROM)
        words.append(str(caught.value))
    assert words == ["the e-mail address or the password is wrong"] * 2


async def test_refused_sign_in_is_audited_without_what_was_typed(accounts: Accounts, db: Database) -> None:
    with pytest.raises(SignInRefused):
        await accounts.sign_in("nobody@example.test", Secret("wrong password here"), **FROM)
    async with db.read() as tx:
        statement = text("SELECT action, subject, after FROM audit_entries WHERE workspace_id = :chain")
        rows = (await tx.execute(statement, {"chain": INSTALLATION})).all()
    assert [tuple(row) for row in rows] == [("refuse_sign_in", "person:unknown", '{"address":"192.0.2.7"}')]


async def test_eleventh_attempt_on_an_account_waits_even_with_the_right_password(
    accounts: Accounts, clock: ManualClock
) -> None:
    await become_owner(accounts)
    for _ in range(10):
        with pytest.raises(SignInRefused):
            await accounts.sign_in("ada@example.test", Secret("wrong password here"), **FROM)
    with pytest.raises(TooManyAttempts, match=r"^too many attempts to sign in; try again in 15 minutes$"):
        await accounts.sign_in("ada@example.test", PASSWORD, **FROM)
    clock.advance(timedelta(minutes=15))
    await accounts.sign_in("ada@example.test", PASSWORD, **FROM)


async def test_attempts_are_limited_for_accounts_that_do_not_exist_too(accounts: Accounts) -> None:
    for _ in range(10):
        with pytest.raises(SignInRefused):
            await accounts.sign_in("nobody@example.test", Secret("wrong password here"), **FROM)
    with pytest.raises(TooManyAttempts):
        await accounts.sign_in("nobody@example.test", Secret("wrong password here"), **FROM)


async def test_attempts_from_one_address_are_limited_across_accounts(accounts: Accounts) -> None:
    for number in range(50):
        with pytest.raises(SignInRefused):
            await accounts.sign_in(f"person{number}@example.test", Secret("wrong password here"), **FROM)
    with pytest.raises(TooManyAttempts):
        await accounts.sign_in("another@example.test", Secret("wrong password here"), **FROM)


async def test_password_is_hashed_again_when_the_parameters_change(
    accounts: Accounts, db: Database, clock: ManualClock
) -> None:
    await become_owner(accounts)
    stronger = make_accounts(db, clock, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    await stronger.sign_in("ada@example.test", PASSWORD, **FROM)
    async with db.read() as tx:
        kept = (await tx.execute(text("SELECT password_hash FROM people"))).scalar_one()
    assert kept.startswith("$argon2id$v=19$m=16,t=2,p=1$")


async def test_sign_in_rotates_the_session(accounts: Accounts) -> None:
    first = await become_owner(accounts)
    second = await accounts.sign_in("ada@example.test", PASSWORD, previous_cookie=first.cookie, **FROM)
    assert await accounts.session_of(first.cookie) is None
    assert await accounts.session_of(second.cookie) is not None


async def test_session_lives_while_it_is_used_and_ends_at_its_bound(accounts: Accounts, clock: ManualClock) -> None:
    signed_in = await become_owner(accounts)
    for _ in range(5):
        clock.advance(timedelta(days=5, hours=23))
        assert await accounts.session_of(signed_in.cookie) is not None
    clock.advance(timedelta(days=1))
    assert await accounts.session_of(signed_in.cookie) is None


async def test_idle_session_ends(accounts: Accounts, clock: ManualClock) -> None:
    signed_in = await become_owner(accounts)
    clock.advance(timedelta(days=7))
    assert await accounts.session_of(signed_in.cookie) is None


async def test_sign_out_ends_the_session(accounts: Accounts) -> None:
    signed_in = await become_owner(accounts)
    await accounts.sign_out(signed_in.cookie, request_id="r-9")
    assert await accounts.session_of(signed_in.cookie) is None


async def test_session_on_another_device_can_be_revoked(accounts: Accounts) -> None:
    here = await become_owner(accounts)
    there = await accounts.sign_in("ada@example.test", PASSWORD, **FROM)
    who = await who_of(accounts, here)
    assert {session.id for session in await accounts.list_sessions(who)} == {here.session.id, there.session.id}
    await accounts.revoke_session(who, there.session.id)
    assert await accounts.session_of(there.cookie) is None


async def test_csrf_token_belongs_to_the_session(accounts: Accounts) -> None:
    one = await become_owner(accounts)
    two = await accounts.sign_in("ada@example.test", PASSWORD, **FROM)
    views = [await accounts.session_of(signed_in.cookie) for signed_in in (one, one, two)]
    tokens = [view.csrf_token.reveal() for view in views if view is not None]
    assert tokens[0] == tokens[1] != tokens[2]


async def test_cookie_and_key_texts_are_nowhere_in_the_database(accounts: Accounts, db: Database) -> None:
    signed_in = await become_owner(accounts)
    issued = await accounts.issue_api_key(
        await who_of(accounts, signed_in), name="CI", scopes=frozenset({"posts.read"})
    )
    found = []
    async with db.read() as tx:
        for table in ("sessions", "api_keys", "audit_entries", "people"):
            found += [str(row) for row in await tx.execute(text(f"SELECT * FROM {table}"))]
    for secret in (signed_in.cookie, issued.text, PASSWORD):
        assert secret.reveal() not in "\n".join(found)


async def test_api_key_speaks_for_its_person_within_its_scopes(accounts: Accounts, db: Database) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    issued = await accounts.issue_api_key(owner, name="CI", scopes=frozenset({"posts.read"}))
    who = await accounts.who_of_api_key(issued.text, **FROM)
    assert who is not None
    assert (who.person_id, who.workspace_id) == (owner.person_id, owner.workspace_id)
    async with db.read() as tx:
        await MembershipGate().check(tx, who, "posts.read")
        with pytest.raises(NotAllowed, match=r"^this API key does not include posts.write$"):
            await MembershipGate().check(tx, who, "posts.write")


async def test_stranger_is_refused_by_the_gate(accounts: Accounts, db: Database) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    stranger = Who(person_id="someone", workspace_id=owner.workspace_id, **FROM)
    async with db.read() as tx:
        with pytest.raises(NotAllowed, match=r"^you are not a member of this workspace$"):
            await MembershipGate().check(tx, stranger, "posts.read")


async def test_revoked_and_expired_api_keys_do_not_count(accounts: Accounts, clock: ManualClock) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    short = await accounts.issue_api_key(owner, name="short", scopes=frozenset({"posts.read"}), life=timedelta(hours=1))
    revoked = await accounts.issue_api_key(owner, name="revoked", scopes=frozenset({"posts.read"}))
    await accounts.revoke_api_key(owner, revoked.key.id)
    clock.advance(timedelta(hours=1))
    assert await accounts.who_of_api_key(short.text, **FROM) is None
    assert await accounts.who_of_api_key(revoked.text, **FROM) is None


async def test_api_key_cannot_make_api_keys(accounts: Accounts) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    issued = await accounts.issue_api_key(owner, name="CI", scopes=frozenset({"keys.manage"}))
    who = await accounts.who_of_api_key(issued.text, **FROM)
    assert who is not None
    with pytest.raises(NotAllowed, match=r"^an API key cannot make API keys$"):
        await accounts.issue_api_key(who, name="more", scopes=frozenset({"keys.manage"}))


async def test_unknown_scope_is_named(accounts: Accounts) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    with pytest.raises(InvalidInput, match=r"got posts.burn$"):
        await accounts.issue_api_key(owner, name="CI", scopes=frozenset({"posts.read", "posts.burn"}))


VERIFIER = "a-verifier-of-at-least-forty-three-characters-xyz"
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


async def test_cli_code_becomes_an_api_key(accounts: Accounts) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    code = await accounts.create_cli_code(owner, challenge=CHALLENGE, port=40123)
    issued = await accounts.redeem_cli_code(code, verifier=VERIFIER, **FROM)
    who = await accounts.who_of_api_key(issued.text, **FROM)
    assert who is not None
    assert who.scopes == {"posts.read", "posts.write", "connections.read"}


async def test_cli_code_works_once(accounts: Accounts) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    code = await accounts.create_cli_code(owner, challenge=CHALLENGE, port=40123)
    await accounts.redeem_cli_code(code, verifier=VERIFIER, **FROM)
    with pytest.raises(LinkRefused, match="unknown, used or too old"):
        await accounts.redeem_cli_code(code, verifier=VERIFIER, **FROM)


async def test_stolen_cli_code_is_worth_nothing_and_is_used_up(accounts: Accounts) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    code = await accounts.create_cli_code(owner, challenge=CHALLENGE, port=40123)
    with pytest.raises(LinkRefused, match=r"^this login code was made for another command line$"):
        await accounts.redeem_cli_code(code, verifier="x" * 43, **FROM)
    with pytest.raises(LinkRefused, match="unknown, used or too old"):
        await accounts.redeem_cli_code(code, verifier=VERIFIER, **FROM)


async def test_old_cli_code_is_refused(accounts: Accounts, clock: ManualClock) -> None:
    owner = await who_of(accounts, await become_owner(accounts))
    code = await accounts.create_cli_code(owner, challenge=CHALLENGE, port=40123)
    clock.advance(timedelta(minutes=5))
    with pytest.raises(LinkRefused, match="unknown, used or too old"):
        await accounts.redeem_cli_code(code, verifier=VERIFIER, **FROM)
