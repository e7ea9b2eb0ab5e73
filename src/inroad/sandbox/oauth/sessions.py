"""Members signed in to the emulated LinkedIn with a browser."""

import hmac
from datetime import timedelta

from inroad.sandbox.oauth.state import Session, Sessions
from inroad.sandbox.world import Member, World

COOKIE = "inroad_sandbox_member"
"""Cookies of one host are shared by all its ports, so the name keeps clear of the service's."""

SESSION_LIFE = timedelta(days=365)  # UNCONFIRMED: long enough that token expiry, not this, decides


def member_with(world: World, *, email: str, password: str) -> Member | None:
    """Return the member whom e-mail (in any case) and password name."""
    wanted = email.strip().casefold()
    member = next((m for m in world.members.values() if m.email.casefold() == wanted), None)
    if member is None or not hmac.compare_digest(member.password.encode(), password.encode()):
        return None
    return member


def begin_session(world: World, member: Member) -> str:
    """Sign a member in and return the cookie's value."""
    cookie = world.new_secret(32)
    world.state(Sessions).sessions[cookie] = Session(
        member_id=member.id, created_at=world.clock.now(), form_token=world.new_secret(24)
    )
    return cookie


def session_of(world: World, cookie: str | None) -> tuple[Session, Member] | None:
    """Return the living session behind a cookie, and its member."""
    session = world.state(Sessions).sessions.get(cookie or "")
    if session is None or world.clock.now() >= session.created_at + SESSION_LIFE:
        return None
    member = world.members.get(session.member_id)
    return None if member is None else (session, member)


def end_session(world: World, cookie: str | None) -> None:
    """Sign out; an unknown cookie is nothing to end."""
    world.state(Sessions).sessions.pop(cookie or "", None)
