"""The apps of a partner's customers, made by the partner's own app (unversioned API, protocol 1.0.0).

Job calls go through the customer's (child) app, with a token of its client credentials.
Source: linkedin/talent-solutions-java-sdk; LinkedIn's request collection,
linkedin-developers/apply-connect-development-tools
"""

from collections.abc import Sequence

import msgspec

from inroad.common.secret import Secret
from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Elements, Entity, UrnText, decoder
from inroad.sdk.resources.talent import PROTOCOL_1, as_application
from inroad.sdk.restli.legacy import encode_key, encode_query
from inroad.sdk.restli.patch import Patch

_PATH = "/v2/provisionedApplications"


class _Credentials(Entity, frozen=True):
    # LinkedIn writes these two in snake case.
    client_id: str | None = msgspec.field(name="client_id", default=None)
    client_secret: str | None = msgspec.field(name="client_secret", default=None)


class _Provisioned(Entity, frozen=True):
    key: UrnText
    credentials: _Credentials = _Credentials()
    unique_foreign_id: str = ""
    name: str = ""
    description: str = ""
    valid_js_sdk_domains: tuple[str, ...] = ()
    oauth2_authorized_callback_urls: tuple[str, ...] = msgspec.field(name="oauth2AuthorizedCallbackUrls", default=())

    def shown(self) -> "ProvisionedApplication":
        secret = self.credentials.client_secret
        return ProvisionedApplication(
            urn=self.key,
            unique_foreign_id=self.unique_foreign_id,
            name=self.name,
            description=self.description,
            client_id=self.credentials.client_id,
            client_secret=Secret(secret) if secret else None,
            valid_js_sdk_domains=self.valid_js_sdk_domains,
            oauth2_authorized_callback_urls=self.oauth2_authorized_callback_urls,
        )


class ProvisionedApplication(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's app. LinkedIn shows its secret once, when the app is made: keep it."""

    urn: Urn
    unique_foreign_id: str
    name: str
    description: str
    client_id: str | None
    client_secret: Secret | None
    valid_js_sdk_domains: tuple[str, ...]
    oauth2_authorized_callback_urls: tuple[str, ...]


_APPLICATION = decoder(_Provisioned)
_APPLICATIONS = decoder(Elements[_Provisioned])


class ProvisionedApplications(Resource[IO]):
    """The apps of a partner's customers."""

    @operation
    def create(
        self,
        unique_foreign_id: str,
        *,
        name: str,
        description: str,
        valid_js_sdk_domains: Sequence[str] = (),
        oauth2_authorized_callback_urls: Sequence[str] = (),
    ) -> Flow[ProvisionedApplication]:
        """Make a customer's app and return it with its secret, which is not shown again. Never repeated on its own.

        Args:
            unique_foreign_id: The partner's id of the customer.
            name: The app's name, without "LinkedIn" in it.
            description: What it is for.
            valid_js_sdk_domains: Origins of pages that may use LinkedIn's scripts.
            oauth2_authorized_callback_urls: Where members may be led back.

        Raises:
            InvalidArgument: LinkedIn would refuse the name or the id.
            Conflict: there is an app with this id; `find_by_unique_foreign_id` shows it.

        Access: client credentials of the partner's (parent) app.
        """
        if not unique_foreign_id:
            raise InvalidArgument("unique_foreign_id must not be empty")
        if not name or "linkedin" in name.lower():
            raise InvalidArgument(f"name must be a name without LinkedIn in it, got {name[:80]!r}")
        body = {
            "uniqueForeignId": unique_foreign_id,
            "name": name,
            "description": description,
            "validJsSdkDomains": list(valid_js_sdk_domains),
            "oauth2AuthorizedCallbackUrls": list(oauth2_authorized_callback_urls),
        }
        response = yield Request("POST", _PATH, json=body, headers=PROTOCOL_1, repeatable=False)
        made = response.decode(_APPLICATION)
        # The answer names the key and the credentials only.
        return msgspec.structs.replace(
            made.shown(),
            unique_foreign_id=unique_foreign_id,
            name=name,
            description=description,
            valid_js_sdk_domains=tuple(valid_js_sdk_domains),
            oauth2_authorized_callback_urls=tuple(oauth2_authorized_callback_urls),
        )

    @operation
    def update(self, application: Urn | str, patch: Patch) -> Flow[None]:
        """Change a customer's app.

        Args:
            application: The app's URN.
            patch: Such as `Patch(set={"validJsSdkDomains": ["https://ats.example"]})`.

        Raises:
            InvalidArgument: the patch changes nothing.
            NotFound: there is no such app of the partner's.

        Access: client credentials of the partner's (parent) app.
        """
        if not patch:
            raise InvalidArgument("the patch changes nothing")
        path = f"{_PATH}/{encode_key(as_application(application))}"
        # LinkedIn's own client sends no method header with this patch.
        yield Request("POST", path, json=patch.to_wire(), headers=PROTOCOL_1, repeatable=True)

    @operation
    def find_by_unique_foreign_id(self, unique_foreign_id: str) -> Flow[ProvisionedApplication | None]:
        """Return the customer's app with the partner's id, without its secret; None when there is none.

        Access: client credentials of the partner's (parent) app.
        """
        query = encode_query({"q": "credentialsByUniqueForeignId", "uniqueForeignId": unique_foreign_id})
        response = yield Request("GET", _PATH, query=query, headers=PROTOCOL_1)
        elements = response.decode(_APPLICATIONS).elements
        return elements[0].shown() if elements else None
