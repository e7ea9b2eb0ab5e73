"""What ads brought: conversions, events, insight tags and analytics."""

from datetime import date
from decimal import Decimal

from contract.ad_people import ACCOUNT, CAMPAIGN, CONVERSION
from contract.people import at
from contract.replay import Call, Has, call
from inroad.common.urn import Urn
from inroad.sdk.ads_planner import Target, Wanted, plan
from inroad.sdk.resources.ads.analytics_metrics import METRICS
from inroad.sdk.resources.ads.campaign_conversions import CampaignConversionKey
from inroad.sdk.resources.ads.conversion_events import ConversionEvent, EventUser, EventUserInfo
from inroad.sdk.resources.ads.conversions import NewConversion
from inroad.sdk.resources.ads.identifiers import UserId
from inroad.sdk.resources.ads.values import Money
from inroad.sdk.restli.patch import Patch

DEMO = NewConversion(
    name="Demo booked (CRM)",
    type="BOOK_APPOINTMENT",
    post_click_attribution_window_size=30,
    view_through_attribution_window_size=7,
    attribution_type="LAST_TOUCH_BY_CAMPAIGN",
    value_type="DYNAMIC",
)
DEMO_READ = Has(
    id=18822041,
    urn=CONVERSION,
    account=ACCOUNT,
    enabled=True,
    post_click_attribution_window_size=30,
    campaigns=(CAMPAIGN,),
    created=at(1790900000000),
)
KEY = CampaignConversionKey(CAMPAIGN, CONVERSION)
LINK = Has(campaign=CAMPAIGN, conversion=CONVERSION)
OFF = Patch(set={"enabled": False})
SENT = Has(status=201, id=None, error=None)

ORDER = ConversionEvent(
    conversion=CONVERSION,
    conversion_happened_at=at(1795341600000),
    event_id="ord-20261122-0042",
    conversion_value=Money.of("249.00", "EUR"),
    user=EventUser(
        user_ids=(
            UserId(id_type="SHA256_EMAIL", id_value="4e6de5f5b3772fbb53f116791de2ea4a8ebb9262d6cf260f8e6bc65474237667"),
        )
    ),
)
EVENTS = [
    ConversionEvent(
        conversion=CONVERSION,
        conversion_happened_at=at(1795341600000),
        event_id="ord-43",
        user=EventUser(
            lead=Urn("leadGenFormResponse", "3c0d7e51-88ab-4f0e-9a55-b1f2c7d0a9e4-4"), external_ids=("crm-8817",)
        ),
    ),
    ConversionEvent(
        conversion=CONVERSION,
        conversion_happened_at=at(1795341700000),
        user=EventUser(user_info=EventUserInfo(first_name="Ines", last_name="Falk", country_code="DE")),
    ),
]
TAG = Has(id=6601234, account=ACCOUNT, name="Main tag")
DOMAIN = Has(account=ACCOUNT, domain_name="fjordlicht.example")

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
# One metric too many for a call: reach is asked for apart.
PLAN = plan(
    Wanted(
        targets=(Target(urn=ACCOUNT),),
        pivots=("CAMPAIGN",),
        metrics=("approximateMemberReach", *[name for name, metric in METRICS.items() if not metric.is_reach][:18]),
        start=FRIDAY,
        end=SATURDAY,
    )
)

CALLS: dict[str, Call] = {
    "ads.conversions.create": call(lambda linkedin: linkedin.ads.conversions.create(ACCOUNT, DEMO), CONVERSION),
    "ads.conversions.batch_create": call(
        lambda linkedin: linkedin.ads.conversions.batch_create(ACCOUNT, [DEMO]), [Has(status=201, id="18822041")]
    ),
    "ads.conversions.get": call(lambda linkedin: linkedin.ads.conversions.get(CONVERSION), DEMO_READ),
    "ads.conversions.batch_get": call(
        lambda linkedin: linkedin.ads.conversions.batch_get([18822041]), {CONVERSION: DEMO_READ}
    ),
    "ads.conversions.find_by_account": call(
        lambda linkedin: linkedin.ads.conversions.find_by_account(ACCOUNT, count=1),
        [DEMO_READ],
        ["ads.conversions.find_by_account", "ads.conversions.find_by_account.last"],
    ),
    "ads.conversions.find_by_campaign": call(
        lambda linkedin: linkedin.ads.conversions.find_by_campaign(CAMPAIGN), [DEMO_READ]
    ),
    "ads.conversions.update": call(lambda linkedin: linkedin.ads.conversions.update(CONVERSION, OFF)),
    "ads.conversions.batch_update": call(
        lambda linkedin: linkedin.ads.conversions.batch_update({CONVERSION: OFF}), Has(results={CONVERSION: 204})
    ),
    "ads.campaign_conversions.put": call(lambda linkedin: linkedin.ads.campaign_conversions.put(CAMPAIGN, CONVERSION)),
    "ads.campaign_conversions.batch_put": call(
        lambda linkedin: linkedin.ads.campaign_conversions.batch_put([KEY]), Has(results={KEY: 204}, errors={})
    ),
    "ads.campaign_conversions.get": call(
        lambda linkedin: linkedin.ads.campaign_conversions.get(CAMPAIGN, CONVERSION),
        Has(campaign=CAMPAIGN, conversion=CONVERSION, associated_at=at(1790901000000)),
    ),
    "ads.campaign_conversions.batch_get": call(
        lambda linkedin: linkedin.ads.campaign_conversions.batch_get([(388204115, 18822041)]), {KEY: LINK}
    ),
    "ads.campaign_conversions.find_by_campaigns": call(
        lambda linkedin: linkedin.ads.campaign_conversions.find_by_campaigns([CAMPAIGN]), [LINK]
    ),
    "ads.campaign_conversions.delete": call(
        lambda linkedin: linkedin.ads.campaign_conversions.delete(CAMPAIGN, CONVERSION)
    ),
    "ads.campaign_conversions.batch_delete": call(
        lambda linkedin: linkedin.ads.campaign_conversions.batch_delete([KEY]), Has(results={KEY: 204})
    ),
    "ads.conversion_events.create": call(lambda linkedin: linkedin.ads.conversion_events.create(ORDER)),
    "ads.conversion_events.batch_create": call(
        lambda linkedin: linkedin.ads.conversion_events.batch_create(EVENTS), [SENT, SENT]
    ),
    "ads.insight_tags.create": call(
        lambda linkedin: linkedin.ads.insight_tags.create(ACCOUNT, name="Main tag"), 6601234
    ),
    "ads.insight_tags.get": call(lambda linkedin: linkedin.ads.insight_tags.get(6601234), TAG),
    "ads.insight_tags.find_by_account": call(
        lambda linkedin: linkedin.ads.insight_tags.find_by_account(ACCOUNT), [TAG]
    ),
    "ads.insight_tags.update": call(
        lambda linkedin: linkedin.ads.insight_tags.update(6601234, Patch(set={"name": "Site tag"}))
    ),
    "ads.insight_tags.find_domains": call(
        lambda linkedin: linkedin.ads.insight_tags.find_domains(ACCOUNT, count=500), [DOMAIN]
    ),
    "ads.insight_tags.get_domain": call(
        lambda linkedin: linkedin.ads.insight_tags.get_domain(ACCOUNT, "fjordlicht.example"), DOMAIN
    ),
    "ads.insight_tags.find_permissions": call(
        lambda linkedin: linkedin.ads.insight_tags.find_permissions(ACCOUNT),
        [Has(account=ACCOUNT, insight_tag=6601234)],
    ),
    "ads.insight_tags.grant_access": call(lambda linkedin: linkedin.ads.insight_tags.grant_access(6601234, ACCOUNT)),
    "ads.insight_tags.revoke_access": call(lambda linkedin: linkedin.ads.insight_tags.revoke_access(6601234, ACCOUNT)),
    "ads.analytics.find_by_analytics": call(
        lambda linkedin: (
            linkedin.ads.analytics.find_by_analytics(
                pivot="CAMPAIGN",
                granularity="DAILY",
                start=FRIDAY,
                end=SATURDAY,
                facets={"accounts": [ACCOUNT]},
                metrics=["impressions", "clicks", "costInLocalCurrency", "oneClickLeads"],
            ).rows
        ),
        [
            Has(
                urn=CAMPAIGN,
                start=FRIDAY,
                end=FRIDAY,
                metrics={
                    "impressions": 4127,
                    "clicks": 36,
                    "costInLocalCurrency": Decimal("79.4183"),
                    "oneClickLeads": 3,
                },
            ),
            Has(urn=CAMPAIGN, start=SATURDAY),
        ],
    ),
    "ads.analytics.find_by_analytics.members": call(
        lambda linkedin: (
            linkedin.ads.analytics.find_by_analytics(
                pivot="MEMBER_COMPANY_SIZE",
                granularity="ALL",
                start=date(2026, 11, 1),
                facets={"campaigns": [CAMPAIGN]},
                metrics=["impressions", "somethingNew"],
                sort_by="IMPRESSIONS",
            ).rows
        ),
        [Has(urn=None, values=("SIZE_2_TO_10",), metrics={"impressions": 812, "somethingNew": 7})],
    ),
    "ads.analytics.find_by_statistics": call(
        lambda linkedin: (
            linkedin.ads.analytics.find_by_statistics(
                pivots=["CAMPAIGN", "IMPRESSION_DEVICE_TYPE"],
                granularity="MONTHLY",
                start=date(2026, 10, 1),
                end=date(2026, 10, 31),
                facets={"campaigns": [CAMPAIGN]},
                metrics=["impressions", "costInUsd"],
            ).rows
        ),
        [Has(values=(CAMPAIGN, "MOBILE_APP"), metrics={"impressions": 81240, "costInUsd": Decimal("1733.0912")})],
    ),
    "ads.analytics.find_by_attributed_revenue_metrics": call(
        lambda linkedin: (
            linkedin.ads.analytics.find_by_attributed_revenue_metrics(
                ACCOUNT,
                pivots=["ACCOUNT"],
                start=date(2026, 5, 1),
                end=date(2026, 10, 31),
                metrics=["revenueWonInUsd", "closedWonOpportunities"],
            ).rows
        ),
        [
            Has(
                urn=ACCOUNT,
                metrics={
                    "revenueAttributionMetrics": {"revenueWonInUsd": Decimal("48200.0"), "closedWonOpportunities": 6}
                },
            )
        ],
    ),
    "ads.analytics.report": call(
        lambda linkedin: linkedin.ads.analytics.report(PLAN),
        Has(
            is_complete=True,
            rows=[
                Has(start=FRIDAY, metrics={"impressions": 4127, "clicks": 36, "approximateMemberReach": 1204}),
                Has(start=SATURDAY, metrics={"approximateMemberReach": 1180}),
            ],
        ),
        ["ads.analytics.report.counters", "ads.analytics.report.reach"],
    ),
}
