"""Who may act for whom: URNs as the calling app knows them, roles on pages, scopes per kind of author.

Person URNs are the app's own ("URNs and IDs", learn.microsoft.com /linkedin/shared/api-guide/concepts/urns); a world
keeps its own member ids, and here they are turned into each other. Source of the roles: "Organization Access Control
by Role", /linkedin/marketing/community-management/organizations/organization-access-control-by-role, and the pages of
the single APIs.
"""

from collections.abc import Callable

from inroad.common.urn import Urn
from inroad.sandbox.access import is_held
from inroad.sandbox.answers import not_permitted, sentence
from inroad.sandbox.call import Call, Refusal
from inroad.sandbox.records import invalid_field_values
from inroad.sandbox.resource import ScopeRule
from inroad.sandbox.world import Member, Organization, World

POSTING_ROLES = frozenset(("ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER", "CONTENT_ADMINISTRATOR"))
LEGACY_POSTING_ROLES = POSTING_ROLES | {"RECRUITING_POSTER"}
UPLOADING_ROLES = frozenset(("ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"))
ORGANIZATION_KINDS = ("organization", "organizationBrand", "company")
PERSON_KINDS = ("person", "member")

_PERSON = "urn:li:person:"

WRITE_SCOPES = ("w_member_social", "w_organization_social")
READ_SCOPES = ("r_member_social", "r_organization_social")


def to_world(call: Call, urn: object) -> str | None:
    """Return the world's URN of a member or an organization that the app names, None when there is none.

    `urn:li:company:7` is read as the organization, as old clients send it.
    """
    try:
        parsed = Urn.parse(urn) if isinstance(urn, str | Urn) else None
    except ValueError:
        return None
    if parsed is None:
        return None
    if parsed.is_kind(*PERSON_KINDS):
        member = call.member_named(parsed)
        return None if member is None else f"urn:li:person:{member.id}"
    if parsed.is_kind(*ORGANIZATION_KINDS) and organization_of(call.world, str(parsed)) is not None:
        return f"urn:li:organization:{parsed.id}"
    return None


def to_app(call: Call, urn: str) -> str:
    """Return a world's URN as the calling app knows it."""
    return call.person_urn(urn.removeprefix(_PERSON)) if urn.startswith(_PERSON) else urn


def organization_of(world: World, urn: str) -> Organization | None:
    """Return the organization that a URN names."""
    parsed = Urn.parse(urn)
    known = parsed.is_kind(*ORGANIZATION_KINDS) and parsed.id.isascii() and parsed.id.isdigit()
    return world.organizations.get(int(parsed.id)) if known else None


def member_of(world: World, urn: str) -> Member | None:
    """Return the member that a world's person URN names."""
    parsed = Urn.parse(urn)
    return world.members.get(parsed.id) if parsed.is_kind("person") else None


def is_organization(urn: str) -> bool:
    """Tell whether a world's URN names an organization."""
    return urn.startswith("urn:li:organization:")


def roles_on(call: Call, organization: str) -> frozenset[str]:
    """Return the roles of the token's member on a page; `CONTENT_ADMIN` is read as its longer spelling."""
    page = organization_of(call.world, organization)
    if page is None or call.grant.member is None:
        return frozenset()
    roles = page.roles_of(call.grant.member.id)
    return roles | {"CONTENT_ADMINISTRATOR"} if "CONTENT_ADMIN" in roles else roles


def covers(call: Call, *scopes: str) -> bool:
    """Tell whether the grant has one of `scopes` that the app's products still hold."""
    return any(is_held(scope, call.grant.app, call.switches) for scope in call.grant.scopes.intersection(scopes))


def may_act(call: Call, author: str, *, scopes: tuple[str, str], roles: frozenset[str]) -> bool:
    """Tell whether the grant covers acting for this author (a world's URN).

    `scopes` are the member's and the organization's; `roles` open an organization.
    """
    member_scope, organization_scope = scopes
    if is_organization(author):
        covered = covers(call, organization_scope) and not roles.isdisjoint(roles_on(call, author))
        return _noted(call, organization_scope) if covered else False
    own = call.grant.member is not None and author == f"urn:li:person:{call.grant.member.id}"
    return _noted(call, member_scope) if own and covers(call, member_scope) else False


def require_author(call: Call, urn: object, *, word: str, path: str, roles: frozenset[str]) -> None:
    """Refuse a body whose author or owner the caller may not be, in the words of the versioned API.

    `word` is "author" or "owner". A scope that covers the other kind only is the resource's 400; somebody else's
    URN, an organization without a role, and what is no URN at all are the gateway's 403 that names the field.
    """
    if not isinstance(urn, str):
        return  # missing or of another type: the schema says so
    kind = _kind(urn)
    if kind in PERSON_KINDS and not covers(call, "w_member_social"):
        raise sentence(400, f"Member permissions must be used when using {_person_word(word)} as {word}")
    if kind in ORGANIZATION_KINDS and not covers(call, "w_organization_social"):
        raise sentence(400, f"Organization permissions must be used when using organization as {word}")
    require_author_field(call, urn, path=path, roles=roles)


def require_author_field(call: Call, urn: object, *, path: str, roles: frozenset[str]) -> None:
    """Refuse a body whose author the caller may not be with the gateway's 403 that names the field."""
    if not isinstance(urn, str):
        return
    author = to_world(call, urn)
    if author is None or not may_act(call, author, scopes=WRITE_SCOPES, roles=roles):
        raise invalid_field_values([path])


def scope_refusal(call: Call, permission: str = "") -> Refusal:
    """Return the gateway's 403 for a grant that does not open this method.

    Its words are those of the pipeline; resources need it where the scopes depend on a switch or on the entity.
    """
    name = permission or call.resource
    if call.switches["errors.wording"] == "old":
        verb = "GET" if call.method.startswith(("GET", "BATCH_GET", "FINDER")) else "POST"
        return not_permitted(f"{verb} /{call.resource}")
    return not_permitted(f"{name}.{call.method}.{call.version or 'NO_VERSION'}")


def scopes_today(*scopes: str, permission: str = "") -> ScopeRule:
    """Return a rule that asks for one of `scopes`, unless the switch `scope.policy` is `compat`.

    Under `compat` the wider scopes that the method declares do, as before 2023 and in the founding tutorial.
    """

    def rule(call: Call) -> None:
        if call.switches["scope.policy"] == "today" and not covers(call, *scopes):
            raise scope_refusal(call, permission)
        call.used_scopes.update(call.grant.scopes.intersection(scopes))

    return rule


def name_check(call: Call) -> Callable[[str, str], bool]:
    """Return a function that tells whether a text is the name of the URN that the app mentions under it.

    An organization's whole name, a member's first, last or full name; case counts.
    """

    def is_name_of(name: str, urn: str) -> bool:
        found = to_world(call, urn)
        if found is None:
            return False
        page, member = organization_of(call.world, found), member_of(call.world, found)
        if page is not None:
            return name == page.name
        if member is None:
            return False
        return name in (member.first_name, member.last_name, f"{member.first_name} {member.last_name}")

    return is_name_of


def _noted(call: Call, scope: str) -> bool:
    call.used_scopes.add(scope)
    return True


def _kind(urn: str) -> str:
    try:
        return Urn.parse(urn).kind
    except ValueError:
        return ""


def _person_word(word: str) -> str:
    # "using member as author" and "using person as owner": both were recorded.
    return "member" if word == "author" else "person"
