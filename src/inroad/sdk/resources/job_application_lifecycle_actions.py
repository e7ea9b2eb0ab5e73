"""Telling LinkedIn, and so the applicant, how an application goes on (unversioned API).

Source: "Sync Job Application Notifications", learn.microsoft.com /linkedin/talent/apply-connect
"""

from datetime import datetime
from typing import Literal, TypeAlias
from urllib.parse import unquote

from inroad.common.clock import to_millis
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import as_urn

LifecycleAction: TypeAlias = Literal["APPLICATION_VIEWED", "RESUME_DOWNLOADED", "APPLICATION_REJECTED"]
"""What LinkedIn's own client knows. UNCONFIRMED: how the newer screened, interviewed and hired are spelled."""


class JobApplicationLifecycleActions(Resource[IO]):
    """How applications go on."""

    @operation
    def create(
        self,
        application: Urn | str,
        *,
        action: LifecycleAction | str,
        performed_at: datetime,
        organization: Urn | str | None = None,
    ) -> Flow[str | None]:
        """Tell one thing that was done with an application; return LinkedIn's id of it, where it gives one.

        LinkedIn spares the applicant what it has told already. Never repeated on its own.

        Args:
            application: The application's urn:li:jobApplication, as it was delivered.
            action: What was done.
            performed_at: When, aware.
            organization: Whose job it is.

        Raises:
            InvalidArgument: the instant has no zone.
            Forbidden: the token is not of the customer's (child) app.
            Unprocessable: LinkedIn does not know the action.

        Access: client credentials of the child app.
        """
        if performed_at.tzinfo is None:
            raise InvalidArgument(f"performed_at must be an aware instant, got {performed_at.isoformat()}")
        body: dict[str, object] = {
            "jobApplicationId": str(as_urn(application, "jobApplication", name="application")),
            "action": action,
            "performedAt": to_millis(performed_at),
        }
        if organization is not None:
            body["integrationContext"] = str(as_urn(organization, "organization", name="organization"))
        response = yield Request("POST", "/v2/jobApplicationLifecycleActions", json=body, restli_method="CREATE")
        id = response.headers.get("x-restli-id")
        return unquote(id) if id else None
