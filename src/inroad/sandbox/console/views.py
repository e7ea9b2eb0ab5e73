"""The pages of the console: what each shows, from the world as it stands."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from inroad.sandbox.console.acting import REACTIONS, remember, visitor_of
from inroad.sandbox.console.calls import call_shown, is_of_linkedin, is_trouble
from inroad.sandbox.console.charts import charts_of_member, charts_of_page
from inroad.sandbox.console.feed import feed, posts_of, record, shown
from inroad.sandbox.console.overview import (
    app_rows,
    changed_switches,
    clock_face,
    member_rows,
    organization_rows,
)
from inroad.sandbox.console.paging import paged
from inroad.sandbox.console.people import member_card, member_named, organization_card, organization_named
from inroad.sandbox.console.render import page
from inroad.sandbox.journal import Journal
from inroad.sandbox.resources.metrics.state import note_visit
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.world import World

POSTS_PER_PAGE = 20
ROWS_PER_PAGE = 50


async def show_feed(request: Request) -> Response:
    """Answer the feed, newest first."""
    world = _world(request)
    posts = paged(request, feed(world), size=POSTS_PER_PAGE)
    return _page(
        request,
        "feed.html",
        place="feed",
        pages=posts,
        posts=[shown(world, p, viewer=_viewer(request)) for p in posts.items],
        members=[member_card(world, m) for m in list(world.members.values())[:6]],
        organizations=[organization_card(world, o) for o in list(world.organizations.values())[:6]],
        profile=world.switches.profile,
    )


async def show_post(request: Request) -> Response:
    """Answer one post by any of its three URNs."""
    world = _world(request)
    urn = request.path_params["urn"].rstrip("/")
    post = world.state(Posts).named(urn)
    if post is None:
        return _missing(request, "There is no such post", f"No post of this world is named {urn}.")
    if post.deleted_at is not None:
        return _missing(request, "This post was deleted", f"{post.urn} went away on {post.deleted_at:%d %b %Y}.")
    note_visit(world, post.urn)
    view = shown(world, post, alone=True, viewer=_viewer(request))
    return _page(request, "post.html", place="feed", post=view, record=record(post))


async def show_member(request: Request) -> Response:
    """Answer a member's profile and posts."""
    world = _world(request)
    member = member_named(world, request.path_params["name"])
    if member is None:
        return _missing(request, "There is no such member", "The console lists the members of this world.")
    posts = paged(request, posts_of(world, f"urn:li:person:{member.id}"), size=POSTS_PER_PAGE)
    roles = [
        (organization_card(world, o), r.role.replace("_", " ").capitalize())
        for o in world.organizations.values()
        for r in o.roles
        if r.member == member.id and r.state == "APPROVED"
    ]
    return _page(
        request,
        "member.html",
        place="feed",
        member=member,
        card=member_card(world, member),
        charts=charts_of_member(world, member),
        roles=roles,
        pages=posts,
        posts=[shown(world, p, viewer=_viewer(request)) for p in posts.items],
    )


async def show_organization(request: Request) -> Response:
    """Answer an organization's page and posts."""
    world = _world(request)
    organization = organization_named(world, request.path_params["name"])
    if organization is None:
        return _missing(request, "There is no such page", "The console lists the organizations of this world.")
    note_visit(world, f"urn:li:organization:{organization.id}")
    posts = paged(request, posts_of(world, f"urn:li:organization:{organization.id}"), size=POSTS_PER_PAGE)
    return _page(
        request,
        "organization.html",
        place="feed",
        organization=organization,
        card=organization_card(world, organization),
        charts=charts_of_page(world, organization),
        pages=posts,
        posts=[shown(world, p, viewer=_viewer(request)) for p in posts.items],
    )


async def show_overview(request: Request) -> Response:
    """Answer the machine room: clock, profile, apps, members, pages."""
    world = _world(request)
    return _page(
        request,
        "overview.html",
        place="console",
        profile=world.switches.profile,
        switches=changed_switches(world),
        apps=app_rows(world),
        members=paged(request, member_rows(world), size=ROWS_PER_PAGE, parameter="members"),
        organizations=paged(request, organization_rows(world), size=ROWS_PER_PAGE, parameter="organizations"),
        posts=len(feed(world)),
    )


async def show_journal(request: Request) -> Response:
    """Answer the calls that LinkedIn would have seen, newest first."""
    world, journal = _world(request), _journal(request)
    only_trouble = request.query_params.get("only") == "trouble"
    entries = [e for e in journal.entries() if is_of_linkedin(e) and (is_trouble(e) or not only_trouble)]
    calls = paged(request, entries[::-1], size=ROWS_PER_PAGE)
    return _page(
        request,
        "journal.html",
        place="journal",
        pages=calls,
        calls=[call_shown(world, e) for e in calls.items],
        only_trouble=only_trouble,
    )


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


def _journal(request: Request) -> Journal:
    journal: Journal = request.app.state.journal
    return journal


def _page(request: Request, template: str, *, place: str, status: int = 200, **values: Any) -> Response:
    world = _world(request)
    visitor = visitor_of(world, request)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    answer = page(
        template,
        status=status,
        place=place,
        clock=clock_face(world),
        visitor=visitor,
        here=here,
        reactions=REACTIONS,
        **values,
    )
    if visitor.is_new and visitor.member is not None:
        remember(answer, visitor, visitor.member.id)
    return answer


def _viewer(request: Request) -> str:
    return visitor_of(_world(request), request).urn


def _missing(request: Request, title: str, advice: str) -> Response:
    return _page(request, "missing.html", place="", status=404, heading=title, advice=advice)
