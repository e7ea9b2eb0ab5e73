"""Levers under `/sandbox/webhooks` and `/sandbox/jobs`: register, look, send again, let things go wrong."""

from typing import Any

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from inroad.sandbox.control import BadInput, as_json, in_words, lever, read_object, world_of
from inroad.sandbox.resources.applications.deeds import apply
from inroad.sandbox.resources.jobs.state import Job, Jobs
from inroad.sandbox.resources.jobs.tasks import FAILURES, ask_for_resync, settle, take_down
from inroad.sandbox.resources.jobs.views import status_view
from inroad.sandbox.shape import is_list
from inroad.sandbox.webhooks.engine import deliver_due
from inroad.sandbox.webhooks.registration import register, revalidate
from inroad.sandbox.webhooks.state import FAMILIES, Hook, Mischief, Webhooks
from inroad.sandbox.world import World


def routes() -> list[BaseRoute]:
    """Return the routes; the world is at `request.app.state.world`."""
    return [
        lever("/sandbox/webhooks", GET=_hooks, POST=_register),
        lever("/sandbox/webhooks/revalidate", POST=_revalidate),
        lever("/sandbox/webhooks/mischief", POST=_plan_mischief),
        lever("/sandbox/webhooks/deliver", POST=_deliver),
        lever("/sandbox/webhooks/deliveries", GET=_deliveries),
        lever("/sandbox/webhooks/deliveries/{id}/redeliver", POST=_redeliver),
        lever("/sandbox/jobs", GET=_jobs),
        lever("/sandbox/jobs/apply", POST=_apply),
        lever("/sandbox/jobs/resync", POST=_resync),
        lever("/sandbox/jobs/take-down", POST=_take_down),
        lever("/sandbox/jobs/failures", POST=_plan_failures),
    ]


async def _hooks(request: Request) -> Response:
    kept = world_of(request).state(Webhooks)
    hooks = msgspec.to_builtins(list(kept.hooks.values()))
    return as_json({"webhooks": hooks, "mischief": msgspec.to_builtins(kept.mischief), "families": list(FAMILIES)})


async def _register(request: Request) -> Response:
    """Take `app`, `family` and `url`, as the portal's Webhooks tab does; the challenge is answered first."""
    world, wanted = world_of(request), await read_object(request, "app", "family", "url")
    family = wanted.get("family")
    if family not in FAMILIES:
        raise BadInput(f"no family {family!r}: there are {', '.join(FAMILIES)}")

    def challenged() -> Hook:
        return register(world, client_id=_text(wanted, "app"), family=family, url=_text(wanted, "url"))

    with in_words():
        hook = await to_thread.run_sync(challenged)
    return as_json(msgspec.to_builtins(hook), status=201)


async def _revalidate(request: Request) -> Response:
    """Take a webhook's `id` and challenge it now, which lifts a block."""
    world, wanted = world_of(request), await read_object(request, "id")
    hook = world.state(Webhooks).hooks.get(_text(wanted, "id"))
    if hook is None:
        raise BadInput(f"no webhook {wanted.get('id')!r}")
    with in_words():
        await to_thread.run_sync(revalidate, world, hook)
    return as_json(msgspec.to_builtins(hook))


async def _plan_mischief(request: Request) -> Response:
    """Take `duplicate`, `lose` and `reorder`: how many of the next deliveries meet each."""
    kept = world_of(request).state(Webhooks)
    wanted = await read_object(request, *Mischief.__struct_fields__)
    with in_words("mischief"):
        kept.mischief = msgspec.convert({**msgspec.to_builtins(kept.mischief), **wanted}, Mischief)
    return as_json(msgspec.to_builtins(kept.mischief))


async def _deliver(request: Request) -> Response:
    """Deliver what is due now instead of in a moment; answers how many requests that took."""
    return as_json({"sent": await deliver_due(world_of(request))})


async def _deliveries(request: Request) -> Response:
    """Answer the log, oldest first; `app`, `family`, `state` and `after` (an id) narrow it."""
    query = request.query_params
    after = query.get("after", "0")
    if not (after.isascii() and after.isdigit()):
        raise BadInput(f"after must be a number, got {after!r}")
    found = [
        d
        for d in world_of(request).state(Webhooks).deliveries.values()
        if int(d.id) > int(after)
        and query.get("app", d.client_id) == d.client_id
        and query.get("family", d.family) == d.family
        and query.get("state", d.state) == d.state
    ]
    return as_json({"deliveries": msgspec.to_builtins(found)})


async def _redeliver(request: Request) -> Response:
    world = world_of(request)
    kept = world.state(Webhooks)
    found = kept.deliveries.get(request.path_params["id"])
    if found is None:
        raise BadInput(f"no delivery {request.path_params['id']!r}")
    kept.owe_again(found, world.clock.now())
    await deliver_due(world)
    return as_json(msgspec.to_builtins(found))


async def _jobs(request: Request) -> Response:
    world = world_of(request)
    settle(world)
    shown = [
        {"app": job.owner, "title": job.fields.get("title", ""), "applications": job.applications}
        | status_view(world, job)
        for job in world.state(Jobs).jobs.values()
    ]
    return as_json({"jobs": shown, "failures": dict(FAILURES)})


async def _apply(request: Request) -> Response:
    """Take `external_id`, and if need be `app`, `member` and `answers`: somebody applies at LinkedIn."""
    world, wanted = world_of(request), await read_object(request, "external_id", "app", "member", "answers")
    member = wanted.get("member")
    if member is not None and member not in world.members:
        raise BadInput(f"no member {member!r}")
    job = _job(world, wanted)
    with in_words():
        made = apply(
            world, job, member=None if member is None else world.members[member], answers=wanted.get("answers")
        )
    return as_json(msgspec.to_builtins(made), status=201)


async def _resync(request: Request) -> Response:
    """Take `app` and `external_ids` (left out: all open jobs): LinkedIn asks for jobs again."""
    world, wanted = world_of(request), await read_object(request, "app", "external_ids")
    if wanted.get("app") not in world.apps:
        raise BadInput(f"no app {wanted.get('app')!r}")
    return as_json({"webhooks": ask_for_resync(world, wanted["app"], _texts(wanted, "external_ids"))})


async def _take_down(request: Request) -> Response:
    """Take `external_id`, and if need be `app` and `message`: LinkedIn closes a job by itself."""
    world, wanted = world_of(request), await read_object(request, "external_id", "app", "message")
    job = _job(world, wanted)
    take_down(world, job, str(wanted.get("message", "Closed after member reports.")))
    return as_json(status_view(world, job))


async def _plan_failures(request: Request) -> Response:
    """Take `kinds`: the next tasks fail with them, one after the other."""
    kept, wanted = world_of(request).state(Jobs), await read_object(request, "kinds")
    kinds = _texts(wanted, "kinds") or []
    for kind in kinds:
        if kind not in FAILURES:
            raise BadInput(f"no failure {kind!r}: there are {', '.join(FAILURES)}")
    kept.failures = kinds
    return as_json({"planned": kept.failures})


def _job(world: World, wanted: dict[str, Any]) -> Job:
    settle(world)
    external_id, app = _text(wanted, "external_id"), wanted.get("app")
    for job in world.state(Jobs).jobs.values():
        if job.external_id == external_id and app in (None, job.owner):
            return job
    raise BadInput(f"no job {external_id!r}")


def _text(wanted: dict[str, Any], name: str) -> str:
    found = wanted.get(name)
    if not isinstance(found, str):
        raise BadInput(f"{name} must be a text, got {found!r}")
    return found


def _texts(wanted: dict[str, Any], name: str) -> list[str] | None:
    found = wanted.get(name)
    if found is None:
        return None
    if not is_list(found) or not all(isinstance(part, str) for part in found):
        raise BadInput(f"{name} must be a list of texts, got {found!r}")
    return found
