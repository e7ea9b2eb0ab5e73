"""A customer's candidates, kept in step with Recruiter (unversioned API, protocol 1.0.0).

Source: LinkedIn's request collection, linkedin-developers/recruiter-system-connect-development-tools
"""

from collections.abc import Mapping, Sequence

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.values import to_wire
from inroad.sdk.resources.entity import Entity, Millis, Results, as_batch, as_urn, decoder
from inroad.sdk.resources.talent import PROTOCOL_1, asked_for, compound_ids, read_changes, read_found
from inroad.sdk.restli.batch import BatchResult
from inroad.sdk.restli.legacy import encode_key

_PATH = "/v2/atsCandidates"


class CandidateKey(msgspec.Struct, frozen=True):
    """A candidate, by the partner's id, of a customer: an organization or a contract."""

    ats_candidate_id: str
    integration_context: Urn

    @property
    def parts(self) -> dict[str, str]:
        """The key's parts, as LinkedIn names them."""
        context = str(self.integration_context)
        return {"atsCandidateId": self.ats_candidate_id, "dataProvider": "ATS", "integrationContext": context}


class CandidatePhone(Entity, frozen=True):
    """A telephone number."""

    number: str
    extension: str | None = None


class CandidateAddress(Entity, frozen=True):
    """Where a candidate lives."""

    line1: str | None = None
    city: str | None = None
    geographic_area: str | None = None
    geographic_area_type: str | None = None
    postal_code: str | None = None
    country: str | None = None


class AtsCandidate(Entity, frozen=True):
    """A candidate, as the customer's system knows them. `manual_matched_member` is who it is on LinkedIn."""

    first_name: str
    last_name: str
    middle_initial: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    email_addresses: tuple[str, ...] = ()
    phone_numbers: tuple[CandidatePhone, ...] = ()
    addresses: tuple[CandidateAddress, ...] = ()
    current_company_name: str | None = None
    current_job_title: str | None = None
    external_profile_url: str | None = None
    ats_created_at: Millis | None = None
    ats_last_modified_at: Millis | None = None
    manual_matched_member: str | None = None


_CANDIDATES = decoder(Results[AtsCandidate])


class AtsCandidates(Resource[IO]):
    """A customer's candidates, kept in step with Recruiter."""

    @operation
    def batch_update(self, candidates: Mapping[CandidateKey, AtsCandidate]) -> Flow[BatchResult[CandidateKey, int]]:
        """Make or replace candidates; the answer says of each whether it was done.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        keys = as_batch(list(candidates), name="candidates")
        entities = {encode_key(key.parts): to_wire(candidates[key]) for key in keys}
        request = _request("PUT", "BATCH_UPDATE", keys, {"entities": entities})
        return read_changes((yield request), lambda text: _asked(text, keys))

    @operation
    def match_members(self, members: Mapping[CandidateKey, Urn | str]) -> Flow[BatchResult[CandidateKey, int]]:
        """Say which member a candidate is, where LinkedIn does not know; the answer says of each whether it was done.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        keys = as_batch(list(members), name="members")
        urns = {key: str(as_urn(members[key], "person", name="members")) for key in keys}
        entities = {encode_key(key.parts): {"patch": {"$set": {"manualMatchedMember": urns[key]}}} for key in keys}
        request = _request("POST", "BATCH_PARTIAL_UPDATE", keys, {"entities": entities})
        return read_changes((yield request), lambda text: _asked(text, keys))

    @operation
    def batch_get(self, keys: Sequence[CandidateKey]) -> Flow[BatchResult[CandidateKey, AtsCandidate]]:
        """Return several candidates; those that LinkedIn does not have are in `errors`.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        asked = as_batch(keys, name="keys")
        return read_found((yield _request("GET", "BATCH_GET", asked)), _CANDIDATES, lambda text: _asked(text, asked))

    @operation
    def batch_delete(self, keys: Sequence[CandidateKey]) -> Flow[BatchResult[CandidateKey, int]]:
        """Have LinkedIn forget candidates; the answer says of each whether it is gone.

        Access: client credentials of the customer's app, Recruiter System Connect.
        """
        asked = as_batch(keys, name="keys")
        return read_changes((yield _request("DELETE", "BATCH_DELETE", asked)), lambda text: _asked(text, asked))


def _request(method: str, restli_method: str, keys: Sequence[CandidateKey], json: object = None) -> Request:
    query = compound_ids(key.parts for key in keys)
    return Request(method, _PATH, query=query, json=json, headers=PROTOCOL_1, restli_method=restli_method)


def _asked(text: str, keys: Sequence[CandidateKey]) -> CandidateKey:
    return asked_for(text, keys, lambda key: key.parts)
