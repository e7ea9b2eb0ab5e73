"""Access and refresh tokens: issued, looked up, refreshed, ended.

Sources, learn.microsoft.com /linkedin/shared/authentication/: "Refresh Tokens with OAuth 2.0",
programmatic-refresh-tokens; "Authorization Code Flow", authorization-code-flow; "Client Credential Flow",
client-credentials-flow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from inroad.sandbox.call import Grant
from inroad.sandbox.oauth.state import AccessToken, Codes, Consent, RefreshToken, Settling, Tokens
from inroad.sandbox.world import App, World

ACCESS_LIFE = timedelta(days=60)
REFRESH_LIFE = timedelta(days=365)
APPLICATION_LIFE = timedelta(minutes=30)  # UNCONFIRMED: read in one old sample only

ProblemCode: TypeAlias = Literal[
    "EMPTY_ACCESS_TOKEN", "INVALID_ACCESS_TOKEN", "REVOKED_ACCESS_TOKEN", "EXPIRED_ACCESS_TOKEN", "RESTRICTED_MEMBER"
]


@dataclass(frozen=True, slots=True)
class TokenProblem:
    """Why a token opens nothing; `code` is the one that LinkedIn's 401 carries."""

    code: ProblemCode


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A fresh token as its owner receives it. `refresh_token` is None where the app gets none."""

    access_token: str
    expires_in: int
    scopes: tuple[str, ...]
    refresh_token: str | None = None
    refresh_token_expires_in: int | None = None


def issue(world: World, *, client_id: str, member_id: str | None, scopes: Iterable[str] = ()) -> IssuedToken:
    """Issue an access token, and a refresh token where the app's `grants` name `refresh_token`.

    A member's consent becomes `scopes`, so earlier tokens of another scope set end here (see `consent_to`).
    Without a member it is an application's token, which lives 30 minutes and holds no member scopes.

    Raises:
        ValueError: no such app or member in this world.
    """
    app = world.apps.get(client_id)
    if app is None:
        raise ValueError(f"no app {client_id!r} in this world")
    if member_id is None:
        text = _new_access_token(
            world, client_id, None, sorted(set(scopes)), authorized_at=world.clock.now(), life=APPLICATION_LIFE
        )
        return IssuedToken(access_token=text, expires_in=_seconds(APPLICATION_LIFE), scopes=())
    if member_id not in world.members:
        raise ValueError(f"no member {member_id!r} in this world")
    consent = consent_to(world, client_id=client_id, member_id=member_id, scopes=scopes)
    text = _new_access_token(
        world, client_id, member_id, consent.scopes, authorized_at=consent.authorized_at, life=ACCESS_LIFE
    )
    consent.access_tokens.append(text)
    return IssuedToken(
        access_token=text,
        expires_in=_seconds(ACCESS_LIFE),
        scopes=tuple(consent.scopes),
        refresh_token=_new_refresh_token(world, app, member_id, consent),
        refresh_token_expires_in=_seconds(REFRESH_LIFE) if "refresh_token" in app.grants else None,
    )


def refresh(world: World, app: App, text: str) -> IssuedToken | None:
    """Return a new access token for a refresh token, None when that is unknown, another app's, expired or revoked.

    The refresh token comes back unchanged with the seconds that are left; the access token never outlives it.
    """
    tokens = world.state(Tokens)
    found = tokens.refresh.get(text)
    now = world.clock.now()
    if found is None or found.client_id != app.client_id or found.revoked or now >= found.expires_at:
        return None
    consent = tokens.consents[_pair(found.client_id, found.member_id)]
    left = found.expires_at - now
    life = min(ACCESS_LIFE, left)
    access = _new_access_token(
        world, app.client_id, found.member_id, found.scopes, authorized_at=consent.authorized_at, life=life
    )
    consent.access_tokens.append(access)
    return IssuedToken(
        access_token=access,
        expires_in=_seconds(life),
        scopes=tuple(found.scopes),
        refresh_token=text,
        refresh_token_expires_in=_seconds(left),
    )


def look_up(world: World, text: str) -> Grant | TokenProblem:
    """Return whom a bearer token speaks for, or why it speaks for nobody. A call counts against a settling fault."""
    if not text:
        return TokenProblem("EMPTY_ACCESS_TOKEN")
    token = world.state(Tokens).access.get(text)
    if token is None or token.client_id not in world.apps:
        return TokenProblem("INVALID_ACCESS_TOKEN")
    problem = _problem(world, token)
    if problem is not None:
        return TokenProblem(problem)
    member = world.members.get(token.member_id) if token.member_id is not None else None
    if token.member_id is not None and member is None:
        return TokenProblem("INVALID_ACCESS_TOKEN")
    return Grant(app=world.apps[token.client_id], member=member, scopes=frozenset(token.scopes))


def consent_to(world: World, *, client_id: str, member_id: str, scopes: Iterable[str]) -> Consent:
    """Write down what a member allows an app, and return it.

    Another scope set than before ends every earlier token of this member and app ("Access Token Scopes and
    Lifetime", authorization-code-flow). UNCONFIRMED: that refresh tokens end with them; a live refresh with
    the old set would show it.
    """
    consents = world.state(Tokens).consents
    wanted = sorted(set(scopes))
    found = consents.get(_pair(client_id, member_id))
    if found is not None and found.scopes == wanted:
        return found
    if found is not None:
        _end_tokens(world, found, "other_scopes")
    made = Consent(scopes=wanted, authorized_at=world.clock.now())
    consents[_pair(client_id, member_id)] = made
    return made


def consent_of(world: World, client_id: str, member_id: str) -> Consent | None:
    """Return what the member allows the app now."""
    return world.state(Tokens).consents.get(_pair(client_id, member_id))


def is_remembered(world: World, *, client_id: str, member_id: str, scopes: Iterable[str]) -> bool:
    """Tell whether the consent page may be skipped: same permissions, and an access token that still lives."""
    consent = consent_of(world, client_id, member_id)
    if consent is None or consent.scopes != sorted(set(scopes)):
        return False
    access = world.state(Tokens).access
    now = world.clock.now()
    return any(not access[text].ended and now < access[text].expires_at for text in consent.access_tokens)


def revoke_consent(world: World, *, client_id: str, member_id: str) -> bool:
    """End a member's consent, its tokens and its codes, as a member does in LinkedIn's settings. False: none was."""
    for code in world.state(Codes).codes.values():
        if (code.client_id, code.member_id) == (client_id, member_id):
            code.used = True
    consent = world.state(Tokens).consents.pop(_pair(client_id, member_id), None)
    if consent is not None:
        _end_tokens(world, consent, "revoked")
    return consent is not None


def revoke(world: World, app: App, text: str) -> None:
    """End one token of the app; a refresh token takes the access tokens beside it along. Others are left alone."""
    tokens = world.state(Tokens)
    access, refreshing = tokens.access.get(text), tokens.refresh.get(text)
    if access is not None and access.client_id == app.client_id:
        access.ended = "revoked"
    if refreshing is not None and refreshing.client_id == app.client_id:
        revoke_consent(world, client_id=refreshing.client_id, member_id=refreshing.member_id)
        refreshing.revoked = True


def restrict_member(world: World, member_id: str, *, restricted: bool = True) -> None:
    """Let LinkedIn restrict a member's account, or lift that: their tokens answer 401 RESTRICTED_MEMBER."""
    members = world.state(Tokens).restricted_members
    if restricted and member_id not in members:
        members.append(member_id)
    elif not restricted and member_id in members:
        members.remove(member_id)


def settle_tokens(world: World, *, calls: int = 0, seconds: float = 0.0) -> None:
    """Plan the settling fault: tokens issued from now on are refused as revoked for so many calls, or so long.

    Zero and zero switch it off. Seen at LinkedIn from July to September 2024 (tomasvotava/fastapi-sso#196).
    """
    world.state(Tokens).settling = Settling(calls=calls, seconds=seconds)


def _problem(world: World, token: AccessToken) -> ProblemCode | None:
    now = world.clock.now()
    if token.ended == "other_scopes" and world.switches["oauth.old_scope_tokens"] == "INVALID_ACCESS_TOKEN":
        return "INVALID_ACCESS_TOKEN"  # UNCONFIRMED: which of two codes tokens of an earlier scope set give
    if token.ended:
        return "REVOKED_ACCESS_TOKEN"
    if now >= token.expires_at:
        return "EXPIRED_ACCESS_TOKEN"
    if token.member_id in world.state(Tokens).restricted_members:
        return "RESTRICTED_MEMBER"
    return "REVOKED_ACCESS_TOKEN" if _is_settling(token, now) else None


def _is_settling(token: AccessToken, now: datetime) -> bool:
    if token.unsettled_calls > 0:
        token.unsettled_calls -= 1
        return True
    return token.settled_at is not None and now < token.settled_at


def _new_access_token(
    world: World,
    client_id: str,
    member_id: str | None,
    scopes: list[str],
    *,
    authorized_at: datetime,
    life: timedelta,
) -> str:
    tokens, now = world.state(Tokens), world.clock.now()
    text = "AQV" + world.new_secret(366)  # about 490 characters, as LinkedIn's today
    tokens.access[text] = AccessToken(
        client_id=client_id,
        member_id=member_id,
        scopes=list(scopes),
        authorized_at=authorized_at,
        created_at=now,
        expires_at=now + life,
        unsettled_calls=tokens.settling.calls,
        settled_at=now + timedelta(seconds=tokens.settling.seconds) if tokens.settling.seconds else None,
    )
    return text


def _new_refresh_token(world: World, app: App, member_id: str, consent: Consent) -> str | None:
    if "refresh_token" not in app.grants:
        return None
    now = world.clock.now()
    text = "AQW" + world.new_secret(366)
    world.state(Tokens).refresh[text] = RefreshToken(
        client_id=app.client_id,
        member_id=member_id,
        scopes=list(consent.scopes),
        created_at=now,
        expires_at=now + REFRESH_LIFE,
    )
    consent.refresh_tokens.append(text)
    return text


def _end_tokens(world: World, consent: Consent, how: Literal["revoked", "other_scopes"]) -> None:
    tokens = world.state(Tokens)
    for text in consent.access_tokens:
        tokens.access[text].ended = tokens.access[text].ended or how
    for text in consent.refresh_tokens:
        tokens.refresh[text].revoked = True


def _pair(client_id: str, member_id: str) -> str:
    return f"{client_id} {member_id}"


def _seconds(life: timedelta) -> int:
    return life // timedelta(seconds=1)
