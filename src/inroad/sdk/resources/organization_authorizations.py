"""What the token's member may do for an organization, asked by action instead of by role (versioned API).

Source: "Organization Authorizations", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-authorizations
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, UrnText, as_urn, decoder
from inroad.sdk.restli.encode import encode_key
from inroad.sdk.restli.shape import is_object

ActionFamily: TypeAlias = Literal[
    "organizationRoleAuthorizationAction",
    "organizationContentAuthorizationAction",
    "organizationAnalyticsAuthorizationAction",
]
ActionType: TypeAlias = Literal[
    "ADMINISTRATOR_READ",
    "ADMINISTRATOR_WRITE",
    "DIRECT_SPONSORED_CONTENT_POSTER_READ",
    "DIRECT_SPONSORED_CONTENT_POSTER_WRITE",
    "PIPELINE_BUILDER_READ",
    "PIPELINE_BUILDER_WRITE",
    "PENDING_ADMIN_READ",
    "PENDING_ADMIN_WRITE",
    "PENDING_DIRECT_SPONSORED_CONTENT_POSTER_READ",
    "PENDING_DIRECT_SPONSORED_CONTENT_POSTER_WRITE",
    "ORGANIC_SHARE_CREATE",
    "ORGANIC_SHARE_EDIT",
    "ORGANIC_SHARE_DELETE",
    "ORGANIC_SHARE_VIEW_AS_AUTHOR",
    "UPDATE_ANALYTICS_READ",
    "FOLLOWER_ANALYTICS_READ",
    "VISITOR_ANALYTICS_READ",
]
"""The actions that were seen. More exist (UNCONFIRMED: LinkedIn's page lists no end of them)."""

_PATH = "/rest/organizationAuthorizations"
_MAX_ACTIONS = 100


class AuthorizationAction(msgspec.Struct, frozen=True):
    """Something that may be allowed: its family, as the wire names it, and its type."""

    family: ActionFamily | str
    type: ActionType | str

    @classmethod
    def role(cls, type: ActionType) -> "AuthorizationAction":
        """Return an action on roles, such as ADMINISTRATOR_READ."""
        return cls("organizationRoleAuthorizationAction", type)

    @classmethod
    def content(cls, type: ActionType) -> "AuthorizationAction":
        """Return an action on posts, such as ORGANIC_SHARE_CREATE."""
        return cls("organizationContentAuthorizationAction", type)

    @classmethod
    def analytics(cls, type: ActionType) -> "AuthorizationAction":
        """Return an action on statistics, such as FOLLOWER_ANALYTICS_READ."""
        return cls("organizationAnalyticsAuthorizationAction", type)

    def to_wire(self) -> Mapping[str, Mapping[str, str]]:
        """Return the action as LinkedIn writes it in keys, parameters and answers."""
        return {self.family: {"actionType": self.type}}


class OrganizationAuthorization(Entity, frozen=True):
    """Whether a member may do something for an organization."""

    organization: UrnText
    impersonator: UrnText | None = None
    status: Mapping[str, Any] = {}
    _action: Mapping[str, Any] = msgspec.field(name="action", default={})

    @property
    def action(self) -> AuthorizationAction | None:
        """What it is about; None when LinkedIn wrote it in a form that is not known."""
        for family, value in self._action.items():
            type = value.get("actionType") if is_object(value) else None
            if isinstance(type, str):
                return AuthorizationAction(family, type)
        return None

    @property
    def is_approved(self) -> bool:
        """Whether it is allowed. What a refusal is called is UNCONFIRMED, so anything else counts as one."""
        return any(name.rpartition(".")[2] == "Approved" for name in self.status)


class ActionAuthorizations(Entity, frozen=True):
    """The organizations for which one action was looked up; `error` when LinkedIn could not look."""

    elements: tuple[OrganizationAuthorization, ...] = ()
    is_error: bool = False
    error: Mapping[str, Any] | None = None

    @property
    def approved(self) -> tuple[Urn, ...]:
        """The organizations for which the member may do it."""
        return tuple(element.organization for element in self.elements if element.is_approved)


class _Found(Entity, frozen=True):
    elements: tuple[ActionAuthorizations, ...] = ()


_AUTHORIZATION = decoder(OrganizationAuthorization)
_FOUND = decoder(_Found)


class OrganizationAuthorizations(Resource[IO]):
    """What the token's member may do for an organization."""

    @operation
    def get(
        self, *, impersonator: Urn | str, organization: Urn | str, action: AuthorizationAction
    ) -> Flow[OrganizationAuthorization]:
        """Return whether a member may do something for an organization.

        Args:
            impersonator: The token's member.
            organization: The organization's URN.
            action: What to do, such as `AuthorizationAction.content("ORGANIC_SHARE_CREATE")`.

        Scopes: rw_organization_admin.
        """
        key = {
            "impersonator": as_urn(impersonator, "person", name="impersonator"),
            "organization": as_urn(organization, "organization", "organizationBrand", name="organization"),
            "action": action.to_wire(),
        }
        response = yield Request("GET", f"{_PATH}/{encode_key(key)}")
        return response.decode(_AUTHORIZATION)

    @operation
    def find_by_actions(
        self, actions: Sequence[AuthorizationAction]
    ) -> Flow[Mapping[AuthorizationAction, ActionAuthorizations]]:
        """Return, for each action, the organizations for which the token's member was looked up.

        Args:
            actions: What to do; one call asks for all of them.

        Scopes: rw_organization_admin.
        """
        asked = tuple(dict.fromkeys(actions))
        if not 1 <= len(asked) <= _MAX_ACTIONS:
            raise InvalidArgument(f"actions must be 1 to {_MAX_ACTIONS} actions, got {len(asked)}")
        params = {
            "bq": "authorizationActionsAndImpersonator",
            "authorizationActions": [{"authorizationAction": action.to_wire()} for action in asked],
        }
        response = yield Request("GET", _PATH, params, restli_method="BATCH_FINDER")
        found = response.decode(_FOUND).elements
        if len(found) != len(asked):
            raise response.unexpected(f"asked for {len(asked)} actions, got {len(found)} lists")
        return dict(zip(asked, found, strict=True))
