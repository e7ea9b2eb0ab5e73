"""As whom a person at the console acts, and how their forms prove that they come from here.

A cookie holds a secret and the member's id; a form's token is made of that secret, so that no other page can send one.
There is no script: every deed is a form, answered with a way back.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from inroad.sandbox.console.people import Card, member_card
from inroad.sandbox.oauth import sessions
from inroad.sandbox.resources.social.deeds import comment_on, react, withdraw
from inroad.sandbox.resources.social.entity import Entity, entity_in
from inroad.sandbox.resources.social.state import ReactionType, Social, reaction_of
from inroad.sandbox.world import Member, World

COOKIE: Final = "inroad_sandbox_acting"
MAX_TEXT: Final = 1_250
MEMBERS_OFFERED: Final = 50

REACTIONS: Final[tuple[tuple[ReactionType, str], ...]] = (
    ("LIKE", "Like"),
    ("PRAISE", "Celebrate"),
    ("APPRECIATION", "Support"),
    ("EMPATHY", "Love"),
    ("INTEREST", "Insightful"),
    ("ENTERTAINMENT", "Funny"),
)
"""What the API calls a reaction, and what people call it."""

_KINDS: Final[Mapping[str, ReactionType]] = {kind: kind for kind, _ in REACTIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who looks at the console's pages."""

    member: Member | None  # None in a world without members
    card: Card | None
    others: tuple[Member, ...]
    secret: str
    is_new: bool

    @property
    def token(self) -> str:
        """What this visitor's forms carry."""
        return hashlib.sha256(f"form\0{self.secret}".encode()).hexdigest()

    @property
    def urn(self) -> str:
        """The visitor's URN in the world, empty without a member."""
        return "" if self.member is None else f"urn:li:person:{self.member.id}"


def visitor_of(world: World, request: Request) -> Visitor:
    """Return who looks at the page: the member chosen last, or the world's first."""
    secret, _, chosen = request.cookies.get(COOKIE, "").partition(".")
    member = world.members.get(chosen) or next(iter(world.members.values()), None)
    return Visitor(
        member=member,
        card=None if member is None else member_card(world, member),
        others=tuple(world.members.values())[:MEMBERS_OFFERED],
        secret=secret or secrets.token_urlsafe(24),
        is_new=not secret,
    )


def remember(response: Response, visitor: Visitor, member_id: str) -> None:
    """Set the visitor's cookie."""
    response.set_cookie(COOKIE, f"{visitor.secret}.{member_id}", path="/", httponly=True, samesite="strict")


async def act_as(request: Request) -> Response:
    """Take another member's part, on the consent page too: it answers for whoever is signed in there."""
    form, visitor, world = await _form(request)
    if not _is_ours(form, visitor):
        return _back("/feed/")
    answer = _back(_place(form))
    member = world.members.get(str(form.get("member", "")))
    if member is not None:
        remember(answer, visitor, member.id)
        answer.set_cookie(
            sessions.COOKIE,
            sessions.begin_session(world, member),
            path="/oauth",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return answer


async def react_to(request: Request) -> Response:
    """React to a post or a comment, or take the same reaction back."""
    form, visitor, world = await _form(request)
    entity = _entity(world, form)
    kind = _KINDS.get(str(form.get("kind", "")))
    if _is_ours(form, visitor) and visitor.member is not None and entity is not None and kind is not None:
        earlier = reaction_of(world, entity.key, visitor.urn)
        if earlier is not None and earlier.type == kind:
            withdraw(world, entity, actor=visitor.urn)
        else:
            react(world, entity, actor=visitor.urn, kind=kind)
    return _back(_place(form))


async def comment(request: Request) -> Response:
    """Comment on a post, or reply to a comment."""
    form, visitor, world = await _form(request)
    entity, text = _entity(world, form), str(form.get("text", "")).replace("\r\n", "\n").strip()
    is_fit = bool(text) and len(text) <= MAX_TEXT and visitor.member is not None
    if _is_ours(form, visitor) and is_fit and entity is not None:
        is_closed = world.state(Social).thread(entity.post.urn).is_closed
        if not is_closed:
            comment_on(world, entity, actor=visitor.urn, text=text)
    return _back(_place(form))


async def _form(request: Request) -> tuple[FormData, Visitor, World]:
    world: World = request.app.state.world
    return await request.form(max_files=0, max_fields=10), visitor_of(world, request), world


def _is_ours(form: FormData, visitor: Visitor) -> bool:
    sent = str(form.get("token", ""))
    return not visitor.is_new and hmac.compare_digest(sent.encode(), visitor.token.encode())


def _entity(world: World, form: FormData) -> Entity | None:
    return entity_in(world, str(form.get("entity", "")))


def _place(form: FormData) -> str:
    """Return where to go back to: a place of the console and nowhere else."""
    place = str(form.get("back", ""))
    is_ours = place.startswith(("/feed/", "/in/", "/company/")) and not any(sign in place for sign in "\\\r\n")
    return place if is_ours else "/feed/"


def _back(place: str) -> Response:
    return RedirectResponse(place, status_code=303)
