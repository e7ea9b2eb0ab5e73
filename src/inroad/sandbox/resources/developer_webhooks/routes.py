"""`developerWebhooks`: which webhooks are blocked, and validating them again.

Source: "Developer Webhooks", learn.microsoft.com /linkedin/shared/api-guide/developer-webhooks. UNCONFIRMED: the inner
fields of the finder's elements; they are those of the action's body.
"""

from typing import Any, Final

from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import STRING, Field, Record, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.partners import TALENT, application_named, application_urn, parent_alone, parent_of
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.webhooks.challenge import FAILED
from inroad.sandbox.webhooks.registration import ChallengeFailed, revalidate
from inroad.sandbox.webhooks.state import Hook, Webhooks

SOURCE: Final = "learn.microsoft.com /linkedin/shared/api-guide/developer-webhooks"
REVALIDATION: Final = Record(
    "Revalidation", (Field("application", UrnOf("developerApplication")), Field("webhook", STRING))
)
_STATUSES: Final = {"ACTIVE": ("VALIDATED", "VALIDATING"), "BLOCKED": ("BLOCKED",)}


def _own(call: Call) -> list[Hook]:
    own = call.grant.app.client_id
    hooks = call.world.state(Webhooks).hooks.values()
    return [hook for hook in hooks if parent_of(call.world, hook.client_id) == own]


def _view(hook: Hook) -> dict[str, Any]:
    status = "BLOCKED" if hook.state == "BLOCKED" else "ACTIVE"
    return {"application": application_urn(hook.client_id), "webhook": hook.url, "webhookStatus": status}


def _find(call: Call) -> Answer:
    criteria = call.params.get("queryCriteria", {})
    if not isinstance(criteria, dict) or not set(criteria) <= {"webhookStatus"}:
        raise bad_parameter("PARAM_INVALID", "queryCriteria")
    wanted = str(criteria.get("webhookStatus", "")).upper()
    if wanted and wanted not in _STATUSES:
        raise bad_parameter("PARAM_INVALID", "queryCriteria/webhookStatus")
    found = [hook for hook in _own(call) if not wanted or hook.state in _STATUSES[wanted]]
    return Answer(body=page(call, found, _view))


def _revalidate(call: Call) -> Answer:
    app = application_named(call.world, call.body["application"])
    found = [
        hook
        for hook in _own(call)
        if app is not None and (hook.client_id, hook.url) == (app.client_id, call.body["webhook"])
    ]
    if not found:
        raise not_found()

    def challenge() -> None:
        try:
            for hook in found:
                revalidate(call.world, hook)
        except ChallengeFailed as problem:
            raise sentence(400, FAILED) from problem

    call.work = challenge
    return Answer()


_PARENT: Final[dict[str, Any]] = {"application_tokens": True, "gate": parent_alone(*TALENT), "source": SOURCE}

RESOURCES: Final = (
    Resource(
        path="developerWebhooks",
        bases=frozenset({"v2"}),
        key="number",
        methods=(
            Method(
                name="FINDER-parentApplication",
                handler=_find,
                params={"queryCriteria": "optional", "start": "optional", "count": "optional"},
                **_PARENT,
            ),
            Method(name="ACTION-revalidateWebhook", handler=_revalidate, body=REVALIDATION, **_PARENT),
        ),
    ),
)
