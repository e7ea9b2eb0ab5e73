"""`provisionedApplications`, `atsIntegrations`, `provisionedHiringContracts`: a partner's set-up of its customers.

Source: LinkedIn's Talent Solutions SDK for Java and its Postman collections "Apply Connect" and "Recruiter System
Connect" (github.com/linkedin-developers).
"""

from typing import Any, Final

from inroad.sandbox.answers import sentence
from inroad.sandbox.call import Answer, Call, Value
from inroad.sandbox.grammar import GrammarError, decode, decode_legacy_key
from inroad.sandbox.records import ANY, Field, MapOf, Record, patch_faults, schema_refusal
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.actors import organization_of
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.partners import (
    HIRING_CONTRACTS,
    RECRUITER,
    TALENT,
    application_named,
    application_urn,
    parent_alone,
)
from inroad.sandbox.resources.patch import patched
from inroad.sandbox.resources.provisioning.schema import APPLICATION, INTEGRATION, SETUP
from inroad.sandbox.resources.provisioning.state import Child, Contract, Integration, Provisioning
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.shape import is_object
from inroad.sandbox.world import App, World

SOURCE: Final = "learn.microsoft.com /linkedin/talent/apply-connect"
SDK: Final = "github.com/linkedin/talent-solutions-java-sdk"
ENTITIES: Final = Record("BatchUpdate", (Field("entities", MapOf(ANY)),))
INTEGRATION_TYPES: Final = {
    "APPLY_CONNECT": "JOBS",
    "APPLY_WITH_LINKEDIN": "JOBS",
    "ONE_CLICK_EXPORT": "RECRUITER",
    "IN_ATS_INDICATOR": "RECRUITER",
    "PROFILE_PLUGIN": "RECRUITER",
    "CSA_API": "RECRUITER",
}
_KEY: Final = frozenset({"integrationContext", "integrationType", "tenantType", "dataProvider"})


def provision(
    world: World,
    *,
    parent: App,
    foreign_id: str,
    name: str,
    description: str = "",
    domains: list[str] | None = None,
    callbacks: list[str] | None = None,
) -> App:
    """Make a child application with credentials of its own, and return it; its products are its parent's.

    Raises:
        ValueError: the partner has a child of this foreign id.
    """
    provisioned = world.state(Provisioning)
    if any(child.foreign_id == foreign_id for child in provisioned.of_parent(parent.client_id)):
        raise ValueError(f"uniqueForeignId {foreign_id} is in use")
    client_id = f"86{world.new_id(12).lower().replace('-', 'x').replace('_', 'y')}"
    app = App(
        client_id=client_id,
        client_secret=world.new_secret(18),
        name=name,
        created=world.clock.now().date(),
        products=list(parent.products),
        scopes=list(parent.scopes),
        grants=["client_credentials"],
    )
    world.apps[client_id] = app
    provisioned.children[client_id] = Child(
        client_id=client_id,
        parent=parent.client_id,
        foreign_id=foreign_id,
        description=description,
        domains=domains or [],
        callbacks=callbacks or [],
    )
    return app


def _create(call: Call) -> Answer:
    body = call.body
    if "linkedin" in body["name"].lower():
        raise sentence(400, "The name of an application must not contain LinkedIn")
    try:
        app = provision(
            call.world,
            parent=call.grant.app,
            foreign_id=body["uniqueForeignId"],
            name=body["name"],
            description=body.get("description", ""),
            domains=body.get("validJsSdkDomains"),
            callbacks=body.get("oauth2AuthorizedCallbackUrls"),
        )
    except ValueError as problem:
        raise sentence(409, str(problem)) from problem
    urn = application_urn(app.client_id)
    credentials = {"client_id": app.client_id, "client_secret": app.client_secret}
    return Answer.created(urn, {"key": urn, "credentials": credentials})


def _view(call: Call, child: Child) -> dict[str, Any]:
    """Return a child; the secret is shown at its creation and never again."""
    return {
        "key": application_urn(child.client_id),
        "uniqueForeignId": child.foreign_id,
        "name": call.world.apps[child.client_id].name,
        "description": child.description,
        "validJsSdkDomains": child.domains,
        "oauth2AuthorizedCallbackUrls": child.callbacks,
        "credentials": {"client_id": child.client_id},
    }


def _patch(call: Call) -> Answer:
    app = application_named(call.world, call.key)
    child = None if app is None else call.world.state(Provisioning).children.get(app.client_id)
    if app is None or child is None or child.parent != call.grant.app.client_id:
        raise not_found()
    after = patched(_view(call, child), call.body["patch"])
    app.name, child.description = after["name"], after.get("description", "")
    child.domains = after.get("validJsSdkDomains", [])
    child.callbacks = after.get("oauth2AuthorizedCallbackUrls", [])
    return Answer(status=204)


def _find(call: Call) -> Answer:
    found = [
        child
        for child in call.world.state(Provisioning).of_parent(call.grant.app.client_id)
        if child.foreign_id == call.params["uniqueForeignId"]
    ]
    return Answer(body=page(call, found, lambda child: _view(call, child)))


def _integration_key(call: Call, value: Value) -> dict[str, str]:
    """Return an integration's key, read and never compared as text: the order of its parts is nobody's promise."""
    if not isinstance(value, dict) or value.keys() != _KEY:
        raise sentence(400, f"The key of an integration has {', '.join(sorted(_KEY))}")
    key = {name: str(part) for name, part in sorted(value.items())}
    tenant = INTEGRATION_TYPES.get(key["integrationType"])
    if tenant is None or key["tenantType"] != tenant or key["dataProvider"] != "ATS":
        raise sentence(400, f"No integration of type {key['integrationType']} for tenant {key['tenantType']}")
    context = key["integrationContext"]
    is_known = context.startswith("urn:li:contract:")
    if context.startswith("urn:li:organization:"):
        is_known = organization_of(call.world, context) is not None
    if not is_known:
        raise sentence(400, f"integrationContext {context} is unknown")
    return key


def _written(key: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in key.items())


def _place(call: Call, key: dict[str, str]) -> str:
    return f"{call.grant.app.client_id} {_written(key)}"


def _patch_integrations(call: Call) -> Answer:
    sent: dict[str, Any] = {}
    for name, entity in call.body["entities"].items():
        try:
            read = decode(name) if name.startswith("(") else decode_legacy_key(name)
        except GrammarError as fault:
            raise sentence(400, f"Batch key parameter value is invalid: {name}") from fault
        sent[_written(_integration_key(call, read))] = entity
    keys = [_integration_key(call, key) for key in call.keys]
    if {_written(key) for key in keys} != set(sent):
        raise sentence(400, f"Batch request mismatch. URI keys: {[_written(k) for k in keys]} Body keys: {list(sent)}")
    integrations = call.world.state(Provisioning).integrations
    results: dict[str, Any] = {}
    for key in keys:
        entity = sent[_written(key)]
        lines = patch_faults(INTEGRATION, entity)
        if lines or not is_object(entity):
            raise schema_refusal(lines)
        kept = integrations.setdefault(_place(call, key), Integration(key=key))
        kept.fields = patched(kept.fields, entity["patch"])
        results[_written(key)] = {**kept.fields, **key}
    return Answer(body={"results": results, "statuses": {}, "errors": {}})


def _get_integrations(call: Call) -> Answer:
    integrations = call.world.state(Provisioning).integrations
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for value in call.keys:
        key = _integration_key(call, value)
        found = integrations.get(_place(call, key))
        if found is None:
            errors[_written(key)] = {"status": 404, "message": "Not Found"}
        else:
            results[_written(key)] = {**found.fields, **key, "status": "ENABLED"}
    return Answer(body={"results": results, "statuses": {}, "errors": errors})


def _find_integrations(call: Call) -> Answer:
    """Answer the follow-up of a middleware push; this sandbox sends none, so that no request id is known."""
    nothing: list[Integration] = []
    return Answer(body=page(call, nothing, lambda found: found.fields))


def _set_up(call: Call) -> Answer:
    """Give the partner's contract to a child of its own."""
    world, number = call.world, call.body["partnerContractId"]
    provisioned = world.state(Provisioning)
    found = next(
        (
            c
            for c in provisioned.contracts.values()
            if c.partner_contract == number and c.client_id in {x.client_id for x in _children(call)}
        ),
        None,
    )
    if found is None:
        app = provision(world, parent=call.grant.app, foreign_id=f"contract-{number}", name=f"Hiring contract {number}")
        provisioned.last_contract += 1
        found = Contract(id=provisioned.last_contract, client_id=app.client_id, partner_contract=number)
        provisioned.contracts[found.id] = found
    value = {"key": application_urn(found.client_id), "contract": f"urn:li:contract:{found.id}"}
    return Answer(body={"value": value})


def _children(call: Call) -> list[Child]:
    return call.world.state(Provisioning).of_parent(call.grant.app.client_id)


_PARENT: Final[dict[str, Any]] = {"application_tokens": True, "gate": parent_alone(*TALENT), "source": SOURCE}
_ATS: Final[dict[str, Any]] = {
    "application_tokens": True,
    "gate": parent_alone(*TALENT, RECRUITER),
    "source": SOURCE,
}

RESOURCES: Final = (
    Resource(
        path="provisionedApplications",
        bases=frozenset({"v2"}),
        key="urn",
        takes_raw_urns=True,
        methods=(
            Method(name="CREATE", handler=_create, body=APPLICATION, **_PARENT),
            Method(name="PARTIAL_UPDATE", handler=_patch, body=APPLICATION, **_PARENT),
            Method(
                name="FINDER-credentialsByUniqueForeignId",
                handler=_find,
                params={"uniqueForeignId": "required"},
                **_PARENT,
            ),
        ),
    ),
    Resource(
        path="atsIntegrations",
        bases=frozenset({"v2"}),
        key="compound",
        methods=(
            Method(name="BATCH_PARTIAL_UPDATE", handler=_patch_integrations, body=ENTITIES, **_ATS),
            Method(name="BATCH_GET", handler=_get_integrations, **_ATS),
            Method(name="FINDER-request", handler=_find_integrations, params={"requestId": "required"}, **_ATS),
        ),
    ),
    Resource(
        path="provisionedHiringContracts",
        bases=frozenset({"rest"}),
        product="talent",
        key="number",
        methods=(
            Method(
                name="ACTION-setup",
                handler=_set_up,
                body=SETUP,
                application_tokens=True,
                gate=parent_alone(HIRING_CONTRACTS),
                source=SDK,
            ),
        ),
    ),
)
