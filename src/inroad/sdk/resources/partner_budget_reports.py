"""What is spent and left of a contract for jobs that are paid for by what they bring (versioned API).

Source: linkedin/talent-solutions-java-sdk, its models and fixtures
"""

from typing import ClassVar

from inroad.contract.versions import VerifiedWith
from inroad.sdk.flow import IO, Flow, Request, Resource, operation
from inroad.sdk.resources.ads.values import Money
from inroad.sdk.resources.entity import Entity, Millis, decoder


class BudgetDetail(Entity, frozen=True):
    """What is spent, and what may be. UNCONFIRMED: that these are amounts with a currency, as in job reports."""

    service_term_budget_spent: Money | None = None
    service_term_budget_limit: Money | None = None


class PartnerBudgetReport(Entity, frozen=True):
    """From when to when a contract runs, and its budgets."""

    service_term_start_at: Millis | None = None
    service_term_end_at: Millis | None = None
    partner_budget_details: tuple[BudgetDetail, ...] = ()


_REPORT = decoder(PartnerBudgetReport)


class PartnerBudgetReports(Resource[IO]):
    """What is spent and left of a contract."""

    verified_with: ClassVar = VerifiedWith("talent", "202504", "202508")

    @operation
    def get(self, partner_contract_id: int) -> Flow[PartnerBudgetReport]:
        """Return what is spent and left of a contract.

        Access: client credentials of the child app, pay-for-performance product.
        """
        response = yield Request("GET", "/rest/partnerBudgetReports", {"partnerContractId": partner_contract_id})
        return response.decode(_REPORT)
