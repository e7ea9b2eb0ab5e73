"""Which webhook LinkedIn tells what happens at an organization's page (versioned API).

The webhook has to be registered in LinkedIn's developer portal, and to pass its challenge, before it can be named here.
Source: "Organization Social Action Notifications", learn.microsoft.com
/linkedin/marketing/community-management/organizations/organization-social-action-notifications
"""

from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, Millis, UrnText, as_urn, decoder
from inroad.sdk.resources.interval import whole_pages
from inroad.sdk.restli.encode import encode_key

EventType: TypeAlias = Literal["ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"]

_PATH = "/rest/eventSubscriptions"
_SOCIAL_ACTIONS: EventType = "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"


class EventSubscription(Entity, frozen=True):
    """Where LinkedIn tells what happens. UNCONFIRMED: that it repeats the key's fields; an answer would show them."""

    webhook: str | None = None
    expires_at: Millis | None = None
    developer_application: UrnText | None = None
    user: UrnText | None = None
    entity: UrnText | None = None
    event_type: str | None = None


_SUBSCRIPTION = decoder(EventSubscription)
_SUBSCRIPTIONS = decoder(Elements[EventSubscription])


class EventSubscriptions(Resource[IO]):
    """Which webhook LinkedIn tells what happens at an organization's page."""

    @operation
    def update(
        self,
        *,
        application: Urn | str,
        member: Urn | str,
        organization: Urn | str,
        webhook: str,
        event_type: EventType = _SOCIAL_ACTIONS,
    ) -> Flow[None]:
        """Make a subscription, or lead an existing one to another webhook.

        Args:
            application: The app's urn:li:developerApplication.
            member: The token's member.
            organization: The organization whose page it is.
            webhook: An https address that is registered for the app.
            event_type: What to be told of.

        Raises:
            InvalidArgument: the webhook is no https address.
            Forbidden: the member is no administrator, or the app is in the development tier.

        Scopes: rw_organization_admin.
        Roles: ADMINISTRATOR of the organization.
        """
        if not webhook.startswith("https://"):
            raise InvalidArgument(f"webhook must begin with https://, got {webhook[:80]!r}")
        yield Request("PUT", _path(application, member, organization, event_type), json={"webhook": webhook})

    @operation
    def get(
        self,
        *,
        application: Urn | str,
        member: Urn | str,
        organization: Urn | str,
        event_type: EventType = _SOCIAL_ACTIONS,
    ) -> Flow[EventSubscription]:
        """Return a subscription.

        Raises:
            NotFound: there is none.

        Scopes: rw_organization_admin.
        """
        response = yield Request("GET", _path(application, member, organization, event_type))
        return response.decode(_SUBSCRIPTION)

    @operation
    def delete(
        self,
        *,
        application: Urn | str,
        member: Urn | str,
        organization: Urn | str,
        event_type: EventType = _SOCIAL_ACTIONS,
    ) -> Flow[None]:
        """End a subscription. One that is gone already is no error.

        Scopes: rw_organization_admin.
        """
        try:
            yield Request("DELETE", _path(application, member, organization, event_type))
        except NotFound:
            return

    @paged
    def find_by_subscriber(self, *, event_type: EventType = _SOCIAL_ACTIONS) -> Flow[Page[EventSubscription]]:
        """Yield the subscriptions of the token's member with this app.

        Scopes: rw_organization_admin.
        """
        params = {"q": "subscriberAndEventType", "eventType": event_type}
        return (yield from whole_pages(Request("GET", _PATH, params, restli_method="FINDER"), _SUBSCRIPTIONS))


def _path(application: Urn | str, member: Urn | str, organization: Urn | str, event_type: str) -> str:
    key = {
        "developerApplication": as_urn(application, "developerApplication", name="application"),
        "user": as_urn(member, "person", name="member"),
        "entity": as_urn(organization, "organization", "organizationBrand", name="organization"),
        "eventType": event_type,
    }
    return f"{_PATH}/{encode_key(key)}"
