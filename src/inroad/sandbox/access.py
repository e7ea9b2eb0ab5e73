"""Whom a request speaks for, and whether scopes and products open the method to it.

Sources: "Error handling", learn.microsoft.com /linkedin/shared/api-guide/concepts/error-handling; the permission names
of recorded 403 answers (contract: `resource.METHOD.version`).
"""

from collections.abc import Iterable, Mapping

from inroad.contract.scopes import PRODUCTS, products_granting
from inroad.sandbox import answers
from inroad.sandbox.call import Call, Grant
from inroad.sandbox.oauth.tokens import TokenProblem, look_up
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.switches import Switches
from inroad.sandbox.world import App, World


def bearer_text(headers: Mapping[str, str], query_token: str | None) -> str:
    """Return the token that the request carries, empty when it carries none.

    `query_token` is the `oauth2_access_token` parameter, where the caller of this function accepts one.
    """
    header = headers.get("authorization", "").strip()
    if not header:
        return query_token or ""
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "bearer":
        raise answers.unknown_scheme()
    return text.strip()


def authenticate(world: World, text: str) -> Grant:
    """Return whom the token speaks for, or refuse with the 401 of its problem."""
    found = look_up(world, text)
    if isinstance(found, TokenProblem):
        raise answers.token_problem(found.code)
    return found


def permission_name(resource: Resource, method: str, version: str | None, http_method: str, wording: object) -> str:
    """Return how a 403 names the call: `partnerApiPostsExternal.CREATE.20260901`, `me.GET.NO_VERSION`.

    Until about 2023 it read `GET /me` (switch `errors.wording`).
    """
    if wording == "old":
        return f"{http_method} /{resource.path}"
    return f"{resource.permission or resource.path.rsplit('/', 1)[-1]}.{method}.{version or 'NO_VERSION'}"


def is_open(call: Call, method: Method) -> bool:
    """Tell whether scopes and products open a method to the call.

    A scope that the app's products do not hold (any more) does not count, whatever the token says.
    """
    grant = call.grant
    if grant.member is None and not method.application_tokens:
        return False
    if _is_blocked_batch(call):
        return False
    if not method.scopes:
        return True
    is_compat = call.switches["scope.policy"] == "compat"
    opening = method.scopes | method.compat_scopes if is_compat else method.scopes
    used = [s for s in opening & grant.scopes if is_held(s, grant.app, call.switches)]
    if method.rule is None:  # a rule knows better which of them it used
        call.used_scopes.update(used)
    return bool(used)


def is_held(scope: str, app: App, switches: Switches) -> bool:
    """Tell whether the app's own scopes, its products or its age give it a scope."""
    if "*" in app.scopes or scope in app.scopes or switches["scope.policy"] == "compat":
        return True
    return any(
        app.created < product.closed_since if product.closed_since is not None else product.name in app.products
        for product in products_granting(scope)
    )


def unknown_products(names: Iterable[str]) -> list[str]:
    """Return the names that are no product of LinkedIn's."""
    return [name for name in names if name not in PRODUCTS]


def _is_blocked_batch(call: Call) -> bool:
    """Tell whether the development tier's ban of BATCH_GET holds. UNCONFIRMED: one page, a body of 2022."""
    return (
        call.method == "BATCH_GET"
        and call.grant.app.tier == "development"
        and call.switches.is_on("tier.dev_blocks_push_and_batch")
    )
