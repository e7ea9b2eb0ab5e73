"""`jobApplicationLifecycleActions`: a partner tells what became of an application.

Source: "Sync Job Application Status Updates", learn.microsoft.com /linkedin/talent/apply-connect. UNCONFIRMED: the
spelling of the newer actions (screened, interviewed, hired); they are refused.
"""

from typing import Any, Final

from inroad.sandbox.call import Answer, Call
from inroad.sandbox.records import LONG, Enum, Field, Record, UrnOf
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.applications.state import Applications, Deed
from inroad.sandbox.resources.partners import TALENT, child_of_partner
from inroad.sandbox.resources.refusals import not_found

SOURCE: Final = "learn.microsoft.com /linkedin/talent/apply-connect/receive-applications"
ACTION: Final = Record(
    "JobApplicationLifecycleAction",
    (
        Field("jobApplicationId", UrnOf("jobApplication")),
        Field("action", Enum("APPLICATION_VIEWED", "RESUME_DOWNLOADED", "APPLICATION_REJECTED")),
        Field("performedAt", LONG),
        Field("integrationContext", UrnOf("organization", "company"), required=False),
    ),
)


def _create(call: Call) -> Answer:
    body = call.body
    found = call.world.state(Applications).by_urn.get(body["jobApplicationId"])
    if found is None or found.client_id != call.grant.app.client_id:
        raise not_found()
    found.deeds.append(
        Deed(action=body["action"], performed_at=body["performedAt"], context=body.get("integrationContext"))
    )
    return Answer.created(f"{found.id}-{len(found.deeds)}")


_CHILD: Final[dict[str, Any]] = {"application_tokens": True, "gate": child_of_partner(*TALENT), "source": SOURCE}

RESOURCES: Final = (
    Resource(
        path="jobApplicationLifecycleActions",
        bases=frozenset({"v2"}),
        key="string",
        methods=(Method(name="CREATE", handler=_create, body=ACTION, **_CHILD),),
    ),
)
