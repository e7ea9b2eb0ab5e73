"""`atsApplications/{key}/stages`: stage sync, in a batch.

Source: LinkedIn's Postman collection "Recruiter System Connect"
(github.com/linkedin-developers/recruiter-system-connect-development-tools).
"""

from typing import Any, Final

from inroad.sandbox.call import Answer, Call
from inroad.sandbox.grammar import reduced
from inroad.sandbox.records import ANY, LONG, STRING, Field, MapOf, Record, faults
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.partners import RECRUITER, partner
from inroad.sandbox.resources.stages.state import Stages
from inroad.sandbox.wire import entities_of

SOURCE: Final = "learn.microsoft.com /linkedin/talent/recruiter-system-connect"
ENTITIES: Final = Record("BatchUpdate", (Field("entities", MapOf(ANY)),))
STAGE: Final = Record("Stage", (Field("atsCreatedAt", LONG), Field("stage", STRING)))


def _put(call: Call) -> Answer:
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for key, entity in entities_of(call.body, call.keys):
        lines = faults(STAGE, entity, request="update")
        if lines:
            errors[reduced(key)] = {"status": 422, "message": "".join(f"{line}\n" for line in lines)}
        else:
            call.world.state(Stages).kept[_place(call, reduced(key))] = entity
            results[reduced(key)] = {"status": 204}
    return Answer(body={"results": results, "errors": errors})


def _get(call: Call) -> Answer:
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for key in call.keys:
        found = call.world.state(Stages).kept.get(_place(call, reduced(key)))
        if found is None:
            errors[reduced(key)] = {"status": 404, "message": "Not Found"}
        else:
            results[reduced(key)] = found
    return Answer(body={"results": results, "statuses": {}, "errors": errors})


def _place(call: Call, stage: str) -> str:
    return f"{call.grant.app.client_id} {reduced(call.parent_keys[0])} {stage}"


_RECRUITER: Final[dict[str, Any]] = {"application_tokens": True, "gate": partner(RECRUITER), "source": SOURCE}

RESOURCES: Final = (
    Resource(
        path="atsApplications/{application}/stages",
        bases=frozenset({"v2"}),
        key="string",
        product="talent",
        methods=(
            Method(name="BATCH_UPDATE", handler=_put, body=ENTITIES, **_RECRUITER),
            Method(name="BATCH_GET", handler=_get, **_RECRUITER),
        ),
    ),
)
