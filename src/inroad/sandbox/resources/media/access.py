"""Who may read the state of a medium."""

from inroad.sandbox.call import Call
from inroad.sandbox.resources.actors import POSTING_ROLES, covers, is_organization, roles_on
from inroad.sandbox.resources.media.state import Medium
from inroad.sandbox.resources.refusals import forbidden

MEDIA_SCOPES = frozenset(
    ("w_member_social", "r_member_social", "w_organization_social", "r_organization_social", "rw_ads", "r_ads")
)


def require_reader(call: Call, medium: Medium) -> None:
    """Refuse a caller that `may_read` does not let in."""
    if not may_read(call, medium):
        raise forbidden(f"this {medium.kind}")


def may_read(call: Call, medium: Medium) -> bool:
    """Tell whether the caller owns the medium, or has a role on the page that does.

    A write scope is enough (recorded in October 2026), against what the Images page says: with the switch
    `image.member_read` = `403` a member's picture needs `r_member_social`; documents follow pictures, videos have a
    switch of their own.
    """
    if is_organization(medium.owner):
        scopes: tuple[str, ...] = ("w_organization_social", "r_organization_social", "rw_ads", "r_ads")
        allowed = not POSTING_ROLES.isdisjoint(roles_on(call, medium.owner))
    else:
        switch = "video.member_read" if medium.kind == "video" else "image.member_read"
        strict = call.base == "rest" and call.switches[switch] == "403"
        scopes = ("r_member_social",) if strict else ("w_member_social", "r_member_social", "rw_ads")
        allowed = medium.owner == f"urn:li:person:{call.member.id}"
    if not allowed or not covers(call, *scopes):
        return False
    call.used_scopes.update(call.grant.scopes.intersection(scopes))
    return True
