"""What happened at an organization's page, asked for (versioned API). Being told instead: `event_subscriptions`.

Source: "Organization Social Action Notifications", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-social-action-notifications
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, paged
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, as_count, as_urn, decoder, pages
from inroad.sdk.resources.interval import time_range

NotificationAction: TypeAlias = Literal[
    "LIKE", "COMMENT", "SHARE", "SHARE_MENTION", "ADMIN_COMMENT", "COMMENT_EDIT", "COMMENT_DELETE"
]


class OrganizationNotification(Entity, frozen=True):
    """Something that happened to a post of an organization. `notification_id` is the same when it is sent again.

    The decorated fields hold the share or the comment as LinkedIn shows it, in the legacy form.
    """

    notification_id: int
    organizational_entity: UrnText
    action: str
    source_post: UrnText | None = None
    generated_activity: UrnText | None = None
    last_modified_at: Millis | None = None
    subscriber: UrnText | None = None
    decorated_source_post: Mapping[str, Any] | None = None
    decorated_generated_activity: Mapping[str, Any] | None = None


_NOTIFICATIONS = decoder(Elements[OrganizationNotification])


class OrganizationNotifications(Resource[IO]):
    """What happened at an organization's page."""

    @paged
    def find_by_criteria(
        self,
        organization: Urn | str,
        *,
        actions: Sequence[NotificationAction] = (),
        source_post: Urn | str | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        count: int = 10,
    ) -> Flow[Page[OrganizationNotification]]:
        """Yield what happened at an organization's page in the last 60 days.

        Args:
            organization: The organization's URN.
            actions: Only these; all when empty.
            source_post: Only what happened to this post.
            start: The beginning, aware.
            end: The end, aware.
            count: Notifications per page, 1 to 100. Pages are fetched as you iterate.

        Raises:
            Forbidden: the member is no administrator of the organization.

        Scopes: rw_organization_admin.
        Roles: ADMINISTRATOR of the organization.
        """
        params: dict[str, object] = {
            "q": "criteria",
            "organizationalEntity": as_urn(organization, "organization", "organizationBrand", name="organization"),
            "start": 0,
            "count": as_count(count, 100),
        }
        if actions:
            params["actions"] = list(actions)
        if source_post is not None:
            params["sourcePost"] = as_urn(source_post, "share", "ugcPost", name="source_post")
        stretch = time_range(start, end)
        if stretch:
            params["timeRange"] = stretch
        request = Request("GET", "/rest/organizationalEntityNotifications", params, restli_method="FINDER")
        return (yield from pages(request, _NOTIFICATIONS))
