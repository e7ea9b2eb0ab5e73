"""Targeting criteria kept under a name: saved audiences (versioned API).

Source: "Ads Targeting", learn.microsoft.com /linkedin/marketing/integrations/ads/advertising-targeting/ads-targeting
"""

from collections.abc import Sequence
from typing import ClassVar

from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, Key, created_number, urn_of
from inroad.sdk.resources.ads.targeting_criteria import TargetingCriteria, check_criteria
from inroad.sdk.resources.ads.values import Record, given
from inroad.sdk.resources.entity import Elements, UrnText, decoder, pages
from inroad.sdk.restli.batch import BatchResult
from inroad.sdk.restli.patch import Patch

_PATH = "/rest/adTargetTemplates"


class TargetTemplate(Record, frozen=True):
    """Targeting criteria kept under a name. UNCONFIRMED: its fields; only its methods are documented."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset({"id", "account"})

    id: int
    account: UrnText | None = None
    name: str = ""
    description: str | None = None
    targeting_criteria: TargetingCriteria | None = None


_TEMPLATE = decoder(TargetTemplate)
_TEMPLATE_PAGE = decoder(Elements[TargetTemplate])


class AdTargetTemplates(Resource[IO]):
    """Targeting criteria kept under a name. UNCONFIRMED: the fields; a recorded answer would confirm them."""

    @operation
    def create(
        self, account: Key, *, name: str, criteria: TargetingCriteria, description: str | None = None
    ) -> Flow[int]:
        """Keep targeting criteria under a name and return their number. Never repeated on its own.

        Scopes: rw_ads.
        """
        check_criteria(criteria)
        body = given(
            account=urn_of(account, ACCOUNT, name="account"),
            name=name,
            description=description,
            targetingCriteria=criteria,
        )
        return created_number((yield Request("POST", _PATH, json=body, repeatable=False)))

    @operation
    def get(self, id: int) -> Flow[TargetTemplate]:
        """Return a template.

        Scopes: r_ads or rw_ads.
        """
        return (yield from calls.get(calls.entity_path(_PATH, id), _TEMPLATE, None))

    @paged
    def find_by_account(self, account: Key, *, count: int = 100) -> Flow[Page[TargetTemplate]]:
        """Yield the templates of an account.

        Scopes: r_ads or rw_ads.
        """
        params = {"q": "account", "account": urn_of(account, ACCOUNT, name="account"), **calls.offset_params(count)}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _TEMPLATE_PAGE))

    @operation
    def update(self, id: int, patch: Patch) -> Flow[None]:
        """Change some of a template's fields.

        Scopes: rw_ads.
        """
        yield from calls.update(calls.entity_path(_PATH, id), patch)

    @operation
    def delete(self, id: int) -> Flow[None]:
        """Delete a template.

        Scopes: rw_ads.
        """
        yield Request("DELETE", calls.entity_path(_PATH, id), restli_method="DELETE")

    @operation
    def batch_delete(self, ids: Sequence[int]) -> Flow[BatchResult[int, int]]:
        """Delete several templates; the answer says of each whether it is gone.

        Scopes: rw_ads.
        """
        return (yield from calls.batch_delete(_PATH, ids, int))
