"""Webhooks of a partner's customers' apps, as LinkedIn sees them: which are blocked, and having one tried again.

LinkedIn challenges a webhook every two hours, and blocks it after three failures.
Source: "Developer Webhooks", learn.microsoft.com /linkedin/shared/api-guide/developer-webhooks
"""

from typing import Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, decoder, pages
from inroad.sdk.resources.talent import as_application

WebhookStatus: TypeAlias = Literal["ACTIVE", "BLOCKED"]

_PATH = "/v2/developerWebhooks"


class DeveloperWebhook(Entity, frozen=True):
    """A webhook of a customer's app. UNCONFIRMED: the names of its fields; a recorded answer would show them."""

    application: UrnText | None = None
    webhook: str | None = None
    webhook_status: str | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether LinkedIn sends nothing there any more."""
        return (self.webhook_status or "").upper() == "BLOCKED"


_WEBHOOKS = decoder(Elements[DeveloperWebhook])


class DeveloperWebhooks(Resource[IO]):
    """Webhooks of a partner's customers' apps."""

    @paged
    def find_by_parent_application(self, *, status: WebhookStatus | None = None) -> Flow[Page[DeveloperWebhook]]:
        """Yield the webhooks of the customers' apps, all of them or those of one status.

        Access: client credentials of the partner's (parent) app.
        """
        params: dict[str, object] = {"q": "parentApplication"}
        if status is not None:
            params["queryCriteria"] = {"webhookStatus": status}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _WEBHOOKS))

    @operation
    def revalidate_webhook(self, application: Urn | str, *, webhook: str) -> Flow[None]:
        """Have LinkedIn challenge a webhook now; it is not blocked any more when it answers.

        Args:
            application: The customer's app.
            webhook: The address, as it is registered.

        Raises:
            InvalidArgument: the webhook is no https address.
            BadRequest: the webhook did not answer the challenge within three seconds.

        Access: client credentials of the partner's (parent) app.
        """
        if not webhook.startswith("https://"):
            raise InvalidArgument(f"webhook must begin with https://, got {webhook[:80]!r}")
        body = {"application": str(as_application(application)), "webhook": webhook}
        params = {"action": "revalidateWebhook"}
        yield Request("POST", _PATH, params, json=body, restli_method="ACTION", repeatable=True)
