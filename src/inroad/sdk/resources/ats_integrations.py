"""Which of LinkedIn's Talent products work for a customer through a partner (unversioned API, protocol 1.0.0).

Source: LinkedIn's request collections, linkedin-developers/apply-connect-development-tools and
linkedin-developers/recruiter-system-connect-development-tools
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Request, Resource, Response, operation
from inroad.sdk.resources.entity import Entity, Results, as_batch, as_urn, decoder
from inroad.sdk.resources.talent import PROTOCOL_1
from inroad.sdk.restli.batch import BatchError, BatchResult, BatchShapeError, read_batch_change
from inroad.sdk.restli.legacy import decode_key, encode_key

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
    """How a product is set up. UNCONFIRMED: fields beyond the name; a recorded answer would show them."""

    integration_name: str | None = None
    status: str | None = None


_INTEGRATIONS = decoder(Results[Integration])


class AtsIntegrations(Resource[IO]):
    """Which of LinkedIn's Talent products work for a customer."""

    @operation
    def batch_update(self, names: Mapping[IntegrationKey, str]) -> Flow[BatchResult[IntegrationKey, int]]:
        """Set products up under these names; the answer says of each whether it was.

        Access: client credentials of the partner's (parent) app.
        """
        keys = as_batch(list(names), name="names")
        entities = {encode_key(key.parts): {"patch": {"$set": {"integrationName": names[key]}}} for key in keys}
        request = Request(
            "POST",
            _PATH,
            query=_ids(keys),
            json={"entities": entities},
            headers=PROTOCOL_1,
            restli_method="BATCH_PARTIAL_UPDATE",
        )
        response = yield request
        try:
            return read_batch_change(response.json(), key=lambda text: _asked(text, keys))
        except (BatchShapeError, ValueError) as cause:
            raise response.unexpected(f"cannot read the batch answer: {cause}") from cause

    @operation
    def batch_get(self, keys: Sequence[IntegrationKey]) -> Flow[BatchResult[IntegrationKey, Integration]]:
        """Return how several products are set up; those that are not are in `errors`.

        Access: client credentials of the partner's (parent) app.
        """
        asked = as_batch(keys, name="keys")
        response = yield Request("GET", _PATH, query=_ids(asked), headers=PROTOCOL_1, restli_method="BATCH_GET")
        return _found(response, asked)


def integration(context: Urn | str, type: IntegrationType, tenant: TenantType | None = None) -> IntegrationKey:
    """Return the key of a product for a customer; the tenant follows from the product.

    Raises:
        InvalidArgument: the context is no organization, nor a contract for CSA_API.
    """
    recruiter = type not in {"APPLY_CONNECT", "APPLY_WITH_LINKEDIN"}
    kind = "contract" if type == "CSA_API" else "organization"
    return IntegrationKey(as_urn(context, kind, name="context"), type, tenant or ("RECRUITER" if recruiter else "JOBS"))


def _ids(keys: Sequence[IntegrationKey]) -> str:
    # Keys in parts, `ids[0].name=value`, as LinkedIn's collections write them.
    pairs = [
        f"ids%5B{number}%5D.{name}={quote(value, safe=':')}"
        for number, key in enumerate(keys)
        for name, value in key.parts.items()
    ]
    return "&".join(pairs)


def _found(response: Response, asked: Sequence[IntegrationKey]) -> BatchResult[IntegrationKey, Integration]:
    answer = response.decode(_INTEGRATIONS)
    try:
        found = {_asked(key, asked): value for key, value in answer.results.items()}
        errors: Mapping[str, Any] = answer.errors
        return BatchResult(found, {_asked(key, asked): BatchError.from_wire(e) for key, e in errors.items()}, {})
    except (BatchShapeError, ValueError, InvalidArgument) as cause:
        raise response.unexpected(f"cannot read the batch answer: {cause}") from cause


def _asked(text: str, keys: Sequence[IntegrationKey]) -> IntegrationKey:
    # The parts come in any order.
    parts = decode_key(text)
    for key in keys:
        if key.parts == parts:
            return key
    raise BatchShapeError(f"the answer names a key that was not asked for: {text!r}")
