"""Which resource a path names, and which Rest.li method a request asks for.

Source: Rest.li's `RestLiRouter` (github.com/linkedin/rest.li); what LinkedIn's gateway answers instead is from
recorded errors.
"""

from collections.abc import Iterable, Mapping

import msgspec

from inroad.contract.catalog import CATALOG
from inroad.sandbox import answers
from inroad.sandbox.call import Refusal, Value
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.switches import Switches

HTTP_METHODS = frozenset({"GET", "POST", "PUT", "DELETE"})


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A resource with the raw keys of the path: those before it, and its own where the path ends in one."""

    resource: Resource
    parents: tuple[str, ...] = ()
    key: str | None = None

    @property
    def is_entity(self) -> bool:
        """Whether the path names one entity; a simple resource always does."""
        return self.key is not None or self.resource.key == "none"


class Router:
    """Finds resources by path, with one dictionary look-up and a short list behind it."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_name: dict[tuple[str, str], list[tuple[tuple[str, ...], Resource]]] = {}
        for resource in resources:
            pattern = tuple("{}" if step.startswith("{") else step for step in resource.path.strip("/").split("/"))
            for base in resource.bases:
                self._by_name.setdefault((base, pattern[0]), []).append((pattern, resource))

    def find(self, base: str, steps: list[str]) -> Route | None:
        """Return the route of a path below its base, None when no resource answers there."""
        if steps and not steps[-1]:
            steps = steps[:-1]
        if not steps:
            return None
        for pattern, resource in self._by_name.get((base, steps[0]), ()):
            parents = _match(pattern, steps)
            if parents is None:
                continue
            if len(steps) == len(pattern):
                return Route(resource=resource, parents=parents)
            if len(steps) == len(pattern) + 1 and resource.key != "none":
                return Route(resource=resource, parents=parents, key=steps[-1])
        return None

    def missing(self, base: str, steps: list[str]) -> Refusal:
        """Return what a path without a route is told: 501 for what LinkedIn has and this sandbox lacks, or 404."""
        known = CATALOG.get(steps[0]) if steps else None
        if known is not None and base in known.bases and (base, known.name) not in self._by_name:
            return answers.not_modelled("/".join((f"/{base}", known.name, *(s for s in steps[1:] if s.isalpha()))))
        return answers.no_such_route()


def line_of(route: Route | None, steps: list[str]) -> str:
    """Return the product line whose versions hold for a path, whether a route is there or not."""
    if route is not None:
        return route.resource.product
    known = CATALOG.get(steps[0]) if steps else None
    return "marketing" if known is None else known.line


def resolve(
    http_method: str, route: Route, params: Mapping[str, Value], header: str, *, path: str, switches: Switches
) -> Method:
    """Return the method that a request asks for.

    Args:
        http_method: As unfolded.
        route: Where the path leads.
        params: The decoded query.
        header: X-RestLi-Method as sent, empty without; it must agree with the rest, in any case of letters.
        path: For the message of a header that does not agree.
        switches: `finder.unknown` decides between 404 and 400.
    """
    name = method_name(http_method, route, params, header)
    if header and header.upper() != name.partition("-")[0]:
        raise answers.sentence(400, f"Method '{header.upper()}' is not supported for URI '{path}'")
    found = route.resource.method(name)
    if found is not None:
        return found
    if name.startswith("FINDER-") and switches["finder.unknown"] == "404":
        raise answers.no_such_route()
    if name == "GET_ALL" and any(m.name.startswith("FINDER-") for m in route.resource.methods):
        raise answers.no_such_route()  # a missing `q` is recorded as the same 404 (adLibrary)
    raise answers.no_such_method()


def method_name(http_method: str, route: Route, params: Mapping[str, Value], header: str = "") -> str:
    """Return the method's name by Rest.li's table, such as `BATCH_GET` or `FINDER-author`."""
    if http_method not in HTTP_METHODS:
        raise answers.method_not_allowed()
    action = params.get("action")
    if action is not None and http_method != "POST":
        message = "All action methods (specified via 'action' in URI) must be submitted as a POST"
        raise answers.sentence(400, f"{message} (was {http_method})")
    if http_method == "POST" and isinstance(action, str):
        return f"ACTION-{action}"
    if http_method == "GET":
        for parameter, kind in (("q", "FINDER"), ("bq", "BATCH_FINDER")):
            if isinstance(found := params.get(parameter), str):
                return f"{kind}-{found}"
    return _plain_name(http_method, route, batch="ids" in params, header=header)


def _plain_name(http_method: str, route: Route, *, batch: bool, header: str) -> str:
    if batch and not (http_method == "POST" and header.upper() == "BATCH_CREATE"):
        return {"GET": "BATCH_GET", "POST": "BATCH_PARTIAL_UPDATE", "PUT": "BATCH_UPDATE"}.get(
            http_method, "BATCH_DELETE"
        )
    if route.is_entity:
        return {"GET": "GET", "POST": "PARTIAL_UPDATE", "PUT": "UPDATE"}.get(http_method, "DELETE")
    if http_method == "GET":
        return "GET_ALL"
    if http_method == "POST":
        return "BATCH_CREATE" if header.upper() == "BATCH_CREATE" else "CREATE"
    raise answers.no_such_method()


def _match(pattern: tuple[str, ...], steps: list[str]) -> tuple[str, ...] | None:
    """Return the keys where the pattern has places for them, None when the path is another."""
    if len(steps) not in (len(pattern), len(pattern) + 1):
        return None
    keys: list[str] = []
    for wanted, step in zip(pattern, steps, strict=False):
        if wanted == "{}":
            keys.append(step)
        elif wanted != step:
            return None
    return tuple(keys)
