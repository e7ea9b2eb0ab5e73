"""`simpleJobPostings`, `simpleJobPostingTasks`, `jobPostingStatus`.

Sources, learn.microsoft.com /linkedin/talent/job-postings/api: "Create Jobs", create-jobs; "Check Job Operation Task
Status", check-job-taskstatus; "Check Job Posting Statuses", check-job-posting-status.
"""

import re
from typing import Any, Final
from urllib.parse import quote

from inroad.sandbox.answers import gateway, no_such_route, sentence
from inroad.sandbox.call import Answer, Call, Refusal, Value
from inroad.sandbox.grammar import reduced
from inroad.sandbox.records import ANY, ArrayOf, Field, Record, unpermitted_fields
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import scope_refusal
from inroad.sandbox.resources.jobs.rules import Rejected, judged
from inroad.sandbox.resources.jobs.state import Jobs
from inroad.sandbox.resources.jobs.tasks import ask_for, settle
from inroad.sandbox.resources.jobs.views import coming, coming_view, status_view, task_view
from inroad.sandbox.resources.partners import TALENT, child_of_partner
from inroad.sandbox.shape import is_object

SOURCE: Final = "learn.microsoft.com /linkedin/talent/job-postings/api/create-jobs"
MAX_ELEMENTS: Final = 100
ELEMENTS: Final = Record("BatchCreate", (Field("elements", ArrayOf(ANY)),))
_TASK = re.compile(r"urn:li:simpleJobPostingTask:([0-9a-fA-F-]{36})")
_WHOLE: Final = frozenset({402, 403, 409})


def _create(call: Call) -> Answer:
    settle(call.world)
    elements = call.body["elements"]
    if len(elements) > MAX_ELEMENTS:
        raise sentence(400, f"At most {MAX_ELEMENTS} elements are allowed in a batch create, got {len(elements)}")
    seen: set[str] = set()
    shown: list[dict[str, Any]] = []
    problems: list[Rejected] = []
    for element in elements:
        try:
            good = judged(call, element, seen)
        except Rejected as problem:
            if problem.status == 500 or (problem.is_whole and call.switches["jobs.error_level"] == "request"):
                raise _refusal(problem) from problem
            problems.append(problem)
            shown.append(_failed(problem, element))
            continue
        seen.add(good["externalJobPostingId"])
        for task in ask_for(call.world, owner=call.grant.app.client_id, element=good):
            location = f"/simpleJobPostings/{quote(task.urn, safe='')}"
            shown.append({"id": task.urn, "status": 202, "location": location})
    statuses = {problem.status for problem in problems}
    if len(problems) == len(elements) and len(statuses) == 1 and statuses <= _WHOLE:
        raise _refusal(problems[0])
    return Answer(body={"elements": shown})


def _refusal(problem: Rejected) -> Refusal:
    if problem.status == 403:
        return gateway(403, "ACCESS_DENIED", problem.message, number=100)
    return sentence(problem.status, problem.message)


def _failed(problem: Rejected, element: object) -> dict[str, Any]:
    error: dict[str, Any] = {"status": problem.status, "message": problem.message}
    external_id = element.get("externalJobPostingId") if is_object(element) else None
    if isinstance(external_id, str):
        error["errorDetails"] = {"externalJobPostingId": external_id}
    return {"status": problem.status, "error": error}


def _without_method(call: Call) -> Answer:
    """Answer a POST without `x-restli-method: batch_create`: to LinkedIn it is a CREATE, which nobody may."""
    if is_object(call.body) and "elements" in call.body:
        raise unpermitted_fields(["/elements"])
    raise scope_refusal(call)


def _no_such(_call: Call) -> Answer:
    raise no_such_route()


def _get_tasks(call: Call) -> Answer:
    settle(call.world)
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for key in call.keys:
        match = _TASK.fullmatch(key) if isinstance(key, str) else None
        if match is None:
            raise sentence(400, "Batch key parameter value is invalid")
        task = call.world.state(Jobs).tasks.get(match[1])
        if task is None or task.owner != call.grant.app.client_id:
            errors[reduced(key)] = {"status": 404, "message": f"No task {key}"}
        else:
            results[reduced(key)] = task_view(task)
    return Answer(body={"results": results, "statuses": {}, "errors": errors})


def _get_statuses(call: Call) -> Answer:
    settle(call.world)
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for key in call.keys:
        found = _status(call, key)
        if found is None:
            errors[reduced(key)] = {"status": 404, "message": f"No job with externalJobPostingId {reduced(key)}"}
        else:
            results[reduced(key)] = found
    return Answer(body={"results": results, "statuses": {}, "errors": errors})


def _status(call: Call, key: Value) -> dict[str, Any] | None:
    jobs, owner, external_id = call.world.state(Jobs), call.grant.app.client_id, str(key)
    job = jobs.find(owner, external_id)
    if job is not None:
        return status_view(call.world, job)
    task = coming(jobs, owner, external_id)
    return None if task is None else coming_view(task)


_TALENT: Final[dict[str, Any]] = {
    "application_tokens": True,
    "gate": child_of_partner(*TALENT),
    "source": SOURCE,
}

RESOURCES: Final = (
    Resource(
        path="simpleJobPostings",
        bases=frozenset({"v2", "rest"}),
        key="urn",
        takes_raw_urns=True,
        product="talent",
        methods=(
            Method(name="BATCH_CREATE", handler=_create, body=ELEMENTS, **_TALENT),
            Method(name="CREATE", handler=_without_method, **_TALENT),
            Method(name="GET", handler=_no_such, **_TALENT),
            Method(name="PARTIAL_UPDATE", handler=_no_such, **_TALENT),
        ),
    ),
    Resource(
        path="simpleJobPostingTasks",
        bases=frozenset({"v2", "rest"}),
        key="urn",
        takes_raw_urns=True,
        product="talent",
        methods=(
            Method(name="BATCH_GET", handler=_get_tasks, **_TALENT),
            Method(name="GET", handler=_no_such, **_TALENT),
        ),
    ),
    Resource(
        path="jobPostingStatus",
        bases=frozenset({"v2", "rest"}),
        key="string",
        product="talent",
        methods=(Method(name="BATCH_GET", handler=_get_statuses, **_TALENT),),
    ),
)
