"""Contracts for jobs that are paid for by what they bring (versioned API).

Source: linkedin/talent-solutions-java-sdk, its models and fixtures
"""

from typing import ClassVar

from inroad.contract.versions import VerifiedWith
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.entity import Entity, UrnText, decoder


class HiringContract(Entity, frozen=True):
    """A customer's app, and the contract under which its jobs are paid for."""

    key: UrnText
    contract: UrnText


class _Answer(Entity, frozen=True):
    value: HiringContract


_CONTRACT = decoder(_Answer)


class ProvisionedHiringContracts(Resource[IO]):
    """Contracts for jobs that are paid for by what they bring."""

    verified_with: ClassVar = VerifiedWith("talent", "202504", "202508")

    @operation
    def setup(self, partner_contract_id: int) -> Flow[HiringContract]:
        """Set up a contract for the customer's app under one of the partner's, and return it.

        Never repeated on its own.

        Access: client credentials of the child app, pay-for-performance product.
        """
        request = Request(
            "POST",
            "/rest/provisionedHiringContracts",
            {"action": "setup"},
            json={"partnerContractId": partner_contract_id},
            restli_method="ACTION",
        )
        return (yield request).decode(_CONTRACT).value
