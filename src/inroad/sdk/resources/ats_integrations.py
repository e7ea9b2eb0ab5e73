"""Which of LinkedIn's Talent products work for a customer through a partner (unversioned API, protocol 1.0.0).

Source: LinkedIn's request collections, linkedin-developers/apply-connect-development-tools and
linkedin-developers/recruiter-system-connect-development-tools
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, Results, as_batch, as_urn, decoder
from inroad.sdk.resources.talent import PROTOCOL_1, asked_for, compound_ids, read_found
from inroad.sdk.restli.batch import BatchResult
from inroad.sdk.restli.legacy import encode_key

IntegrationType: TypeAlias = Literal[
    "APPLY_CONNECT", "APPLY_WITH_LINKEDIN", "ONE_CLICK_EXPORT", "IN_ATS_INDICATOR", "PROFILE_PLUGIN", "CSA_API"
]
TenantType: TypeAlias = Literal["JOBS", "RECRUITER"]

_PATH = "/v2/atsIntegrations"
_DATA_PROVIDER = "ATS"


class IntegrationKey(msgspec.Struct, frozen=True):
    """One product for one customer: the organization's URN, or the contract's for CSA_API."""

    integration_context: Urn
    integration_type: IntegrationType | str
    tenant_type: TenantType | str = "JOBS"

    @property
    def parts(self) -> dict[str, str]:
        """The key's parts, as LinkedIn names them."""
        return {
            "integrationContext": str(self.integration_context),
            "integrationType": self.integration_type,
            "tenantType": self.tenant_type,
            "dataProvider": _DATA_PROVIDER,
        }


class Integration(Entity, frozen=True):
    """How a product is set up. UNCONFIRMED: fields beyond the name; a recorded answer would show them.

    `status` is a number after a change, where LinkedIn answers with one in place of the rest.
    """

    integration_name: str | None = None
    status: str | int | None = None


_INTEGRATIONS = decoder(Results[Integration])


class AtsIntegrations(Resource[IO]):
    """Which of LinkedIn's Talent products work for a customer."""

    @operation
    def batch_update(self, names: Mapping[IntegrationKey, str]) -> Flow[BatchResult[IntegrationKey, Integration]]:
        """Set products up under these names and return them; those that could not be are in `errors`.

        Access: client credentials of the partner's (parent) app.
        """
        keys = as_batch(list(names), name="names")
        entities = {encode_key(key.parts): {"patch": {"$set": {"integrationName": names[key]}}} for key in keys}
        request = Request(
            "POST",
            _PATH,
            query=compound_ids(key.parts for key in keys),
            json={"entities": entities},
            headers=PROTOCOL_1,
            restli_method="BATCH_PARTIAL_UPDATE",
        )
        return read_found((yield request), _INTEGRATIONS, lambda text: asked_for(text, keys, lambda key: key.parts))

    @operation
    def batch_get(self, keys: Sequence[IntegrationKey]) -> Flow[BatchResult[IntegrationKey, Integration]]:
        """Return how several products are set up; those that are not are in `errors`.

        Access: client credentials of the partner's (parent) app.
        """
        asked = as_batch(keys, name="keys")
        query = compound_ids(key.parts for key in asked)
        response = yield Request("GET", _PATH, query=query, headers=PROTOCOL_1, restli_method="BATCH_GET")
        return read_found(response, _INTEGRATIONS, lambda text: asked_for(text, asked, lambda key: key.parts))


def integration(context: Urn | str, type: IntegrationType, tenant: TenantType | None = None) -> IntegrationKey:
    """Return the key of a product for a customer; the tenant follows from the product.

    Raises:
        InvalidArgument: the context is no organization, nor a contract for CSA_API.
    """
    recruiter = type not in {"APPLY_CONNECT", "APPLY_WITH_LINKEDIN"}
    kind = "contract" if type == "CSA_API" else "organization"
    return IntegrationKey(as_urn(context, kind, name="context"), type, tenant or ("RECRUITER" if recruiter else "JOBS"))
