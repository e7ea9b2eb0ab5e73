"""Names that were switched off in December 2024, served while the switch `ads.legacy_names` is on.

UNCONFIRMED: one program of February 2026 still calls them and says that it works.
"""

from dataclasses import replace
from typing import Final

from inroad.sandbox.answers import no_such_route
from inroad.sandbox.call import Call
from inroad.sandbox.resource import Method, Resource, ScopeRule
from inroad.sandbox.resources.ads.account_users import RESOURCES as ACCOUNT_USERS
from inroad.sandbox.resources.ads.accounts import RESOURCES as ACCOUNTS
from inroad.sandbox.resources.ads.analytics.routes import RESOURCES as ANALYTICS
from inroad.sandbox.resources.ads.campaign_groups import RESOURCES as CAMPAIGN_GROUPS
from inroad.sandbox.resources.ads.campaigns import RESOURCES as CAMPAIGNS
from inroad.sandbox.resources.ads.creatives import RESOURCES as CREATIVES
from inroad.sandbox.resources.ads.segments import RESOURCES as SEGMENTS

_NEWEST: Final = "20260901"


def _while_on(known: ScopeRule | None) -> ScopeRule:
    def rule(call: Call) -> None:
        if not call.switches.is_on("ads.legacy_names"):
            raise no_such_route()
        call.version = _NEWEST  # these names know no versions; they answer as the newest do
        if known is not None:
            known(call)

    return rule


def _renamed(resource: Resource, path: str) -> Resource:
    methods: tuple[Method, ...] = tuple(replace(m, rule=_while_on(m.rule)) for m in resource.methods)
    return replace(resource, path=path, bases=frozenset({"v2"}), methods=methods)


RESOURCES: Final = (
    _renamed(ACCOUNTS[0], "adAccountsV2"),
    _renamed(ACCOUNT_USERS[0], "adAccountUsersV2"),
    _renamed(CAMPAIGN_GROUPS[-1], "adCampaignGroupsV2"),
    _renamed(CAMPAIGNS[-1], "adCampaignsV2"),
    _renamed(CREATIVES[-1], "adCreativesV2"),
    _renamed(ANALYTICS[0], "adAnalyticsV2"),
    _renamed(SEGMENTS[0], "dmpSegments"),
)
