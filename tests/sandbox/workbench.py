"""A small resource of our own, and a sandbox around it: for holding the pipeline without LinkedIn's resources."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx2

from inroad.sandbox.app import create_app
from inroad.sandbox.call import Answer
from inroad.sandbox.oauth.tokens import issue
from inroad.sandbox.records import LONG, STRING, Enum, Field, Record, UrnOf, invalid_field_values
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import App, Member, World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THING = Record(
    "Thing",
    (
        Field("owner", UrnOf("person")),
        Field("name", STRING),
        Field("colour", Enum("RED", "BLUE"), required=False),
        Field("weight", LONG, required=False),
        Field("madeAt", LONG, read_only=True),
    ),
)
CALLS = []


def _echo(call):
    CALLS.append(call)
    return Answer(
        body={
            "method": call.method,
            "key": call.key,
            "parents": list(call.parent_keys),
            "keys": list(call.keys),
            "params": dict(call.params),
            "body": call.body,
            "version": call.version,
            "protocol": call.protocol,
        }
    )


def _create(call):
    CALLS.append(call)
    return Answer.created("urn:li:share:7")


def _create_pair(call):
    return Answer.created("(a:x y,b:2)", {"a": "x y", "b": 2})


def _own(call):
    owner = call.body.get("owner")
    if isinstance(owner, str) and owner != call.person_urn(call.member.id):
        raise invalid_field_values(["/owner"])


def _found(call):
    items = [{"id": n, "name": f"thing {n}", "owner": "urn:li:person:a"} for n in range(3)]
    return Answer(body={"elements": items, "paging": {"start": 0, "count": 10, "links": []}})


def _fails(call):
    raise RuntimeError("a bug")


SCOPE = frozenset({"w_member_social"})
RESOURCES = (
    Resource(
        path="things",
        bases=frozenset({"v2", "rest"}),
        permission="partnerApiThings",
        key="urn",
        methods=(
            Method(name="CREATE", handler=_create, scopes=SCOPE, rule=_own, body=THING),
            Method(name="BATCH_CREATE", handler=_echo, scopes=SCOPE),
            Method(name="GET", handler=_echo, scopes=SCOPE),
            Method(name="BATCH_GET", handler=_echo, scopes=SCOPE),
            Method(name="FINDER-owner", handler=_found, scopes=SCOPE, params={"owner": "required"}),
            Method(name="FINDER-echo", handler=_echo, params={"search": "optional", "text": "optional"}),
            Method(name="ACTION-poke", handler=_echo, scopes=SCOPE),
            Method(name="PARTIAL_UPDATE", handler=_echo, scopes=SCOPE, body=THING),
            Method(name="UPDATE", handler=_echo, scopes=SCOPE, body=THING),
            Method(name="DELETE", handler=lambda call: Answer(status=204), scopes=SCOPE),
        ),
    ),
    Resource(
        path="numbers",
        bases=frozenset({"rest"}),
        key="number",
        methods=(
            Method(name="GET", handler=_echo, application_tokens=True),
            Method(name="BATCH_GET", handler=_echo),
        ),
    ),
    Resource(
        path="numbers/{number}/parts",
        bases=frozenset({"rest"}),
        key="string",
        methods=(Method(name="GET", handler=_echo), Method(name="GET_ALL", handler=_found)),
    ),
    Resource(
        path="pairs",
        bases=frozenset({"rest"}),
        key="compound",
        methods=(Method(name="GET", handler=_echo), Method(name="CREATE", handler=_create_pair)),
    ),
    Resource(
        path="self",
        bases=frozenset({"v2"}),
        key="none",
        methods=(Method(name="GET", handler=_echo), Method(name="UPDATE", handler=_fails)),
    ),
)


def new_world(profile="today", **switches):
    world = World(switches=Switches(profile, {k.replace("__", "."): v for k, v in switches.items()}))
    world.clock.freeze()
    world.clock.set(NOW)
    world.apps["app-1"] = App(client_id="app-1", client_secret="s", name="App", products=["Share on LinkedIn"])
    world.members["ada"] = Member(id="ada", email="a@example.test", first_name="Ada", last_name="Okafor")
    world.members["jonas"] = Member(id="jonas", email="j@example.test", first_name="Jonas", last_name="Weber")
    return world


def token_of(world, member="ada", scopes=("w_member_social",), app="app-1"):
    return issue(world, client_id=app, member_id=member, scopes=scopes).access_token


@asynccontextmanager
async def speaking_to(world, *, token=None, offered=RESOURCES, **options):
    """A client that sends a good token, a live version and protocol 2.0.0 unless told otherwise."""
    CALLS.clear()
    app = create_app(world, offered=offered, **options)
    headers = {
        "authorization": f"Bearer {token or token_of(world)}",
        "linkedin-version": "202609",
        "x-restli-protocol-version": "2.0.0",
    }
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://sandbox.test", headers=headers) as http:
        http.app = app
        yield http
