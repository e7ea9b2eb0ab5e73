"""Ad accounts, their members, campaign groups, campaigns and creatives."""

from decimal import Decimal

from contract.ad_people import ACCOUNT, CAMPAIGN, CREATIVE, DIRECTOR, FORM, GROUP, MEMBER, ORGANIZATION, eur
from contract.people import at
from contract.replay import Call, Has, call
from inroad.common.urn import Urn
from inroad.sdk.resources.ads.accounts import NewAdAccount
from inroad.sdk.resources.ads.campaign_groups import NewCampaignGroup
from inroad.sdk.resources.ads.campaigns import NewCampaign
from inroad.sdk.resources.ads.creatives import (
    AdText,
    CreativeContent,
    EventAd,
    FollowAd,
    InlinePost,
    JobsAd,
    LeadCallToAction,
    NewCreative,
    SpotlightAd,
    TextAd,
)
from inroad.sdk.resources.ads.targeting_criteria import targeting
from inroad.sdk.resources.ads.values import RunSchedule
from inroad.sdk.resources.entity import Locale
from inroad.sdk.restli.patch import Patch

TEST_ACCOUNT = NewAdAccount(name="Sandbox checks", currency="EUR", reference=ORGANIZATION, status="DRAFT", test=True)
ROBOTICS = Has(
    id=509418273,
    urn=ACCOUNT,
    name="Fjordlicht Robotics EU",
    currency="EUR",
    reference=ORGANIZATION,
    is_running=True,
    test=False,
    notified_on_campaign_optimization=True,
    notified_on_creative_approval=False,
    total_budget=None,
    version=Has(version_tag="4"),
    change_audit_stamps=Has(created=Has(actor=Urn("unknown", "0"), time=at(1774430000000))),
)
VIEWER = Has(account=ACCOUNT, user=MEMBER, role="VIEWER")

AUTUMN = NewCampaignGroup(
    name="Autumn 2026 - DACH",
    status="ACTIVE",
    run_schedule=RunSchedule(start=at(1790812800000), end=at(1798761600000)),
    total_budget=eur("18000.00"),
)
GROUP_READ = Has(
    id=640117782,
    urn=GROUP,
    account=ACCOUNT,
    status="ACTIVE",
    is_canceled=False,
    total_budget=Has(amount=Decimal("18000.00"), currency_code="EUR"),
    daily_budget=None,
    run_schedule=Has(start=at(1790812800000), end=at(1798761600000)),
    allowed_campaign_types=("SPONSORED_UPDATES", "TEXT_AD"),
)
PAUSED = Patch(set={"status": "PAUSED"})

LEADS = NewCampaign(
    campaign_group=GROUP,
    associated_entity=ORGANIZATION,
    name="Whitepaper leads DE",
    type="SPONSORED_UPDATES",
    objective_type="LEAD_GENERATION",
    cost_type="CPM",
    creative_selection="OPTIMIZED",
    daily_budget=eur("80.00"),
    unit_cost=eur("14.00"),
    locale=Locale(language="de", country="DE"),
    run_schedule=RunSchedule(start=at(1790899200000)),
    targeting_criteria=targeting(
        {"locations": ["urn:li:geo:101282230"]},
        {"interfaceLocales": ["urn:li:locale:de_DE"]},
        {"seniorities": [Urn("seniority", "7"), DIRECTOR]},
    ),
    offsite_delivery_enabled=False,
    audience_expansion_enabled=False,
    political_intent="NOT_POLITICAL",
)
LEADS_READ = Has(
    id=388204115,
    urn=CAMPAIGN,
    campaign_group=GROUP,
    objective="LEAD_GENERATION",
    daily_budget=eur("80.00"),
    locale=Has(key="de_DE"),
    run_schedule=Has(start=at(1790899200000), end=None),
    political_intent="NOT_POLITICAL",
    offsite_preferences=Has(iab_categories=Has(include=(), exclude=())),
    targeting_criteria=targeting(
        {"locations": ["urn:li:geo:101282230"]},
        {"interfaceLocales": ["urn:li:locale:de_DE"]},
        exclude={"employers": [ORGANIZATION]},
    ),
    is_running=True,
)
DONE = Has(results={388204115: 204}, errors={})

LOGO = Urn("image", "C4D22AQGsbx0001")
NAME = "Fjordlicht Robotics"
SHOWN = Urn("share", "7391200445566771201")
DOWNLOAD = LeadCallToAction(destination=FORM, label="DOWNLOAD")
ROBOT_ARM = NewCreative(
    campaign=CAMPAIGN,
    content=CreativeContent(reference=SHOWN),
    intended_status="ACTIVE",
    name="Robot arm, static",
    leadgen_call_to_action=DOWNLOAD,
)
DYNAMIC = [
    NewCreative(
        campaign=Urn("sponsoredCampaign", "388204200"),
        content=CreativeContent(
            text_ad=TextAd(
                headline="Cobots that learn",
                description="See the 4 minute demo",
                landing_page="https://fjordlicht.example/demo",
            )
        ),
    ),
    NewCreative(
        campaign=Urn("sponsoredCampaign", "388204301"),
        name="Spotlight, cell demo",
        content=CreativeContent(
            spotlight=SpotlightAd(
                headline="See the cell at work",
                description="Twelve minutes, no slides",
                call_to_action="Book a visit",
                landing_page="https://fjordlicht.example/visit",
                logo=LOGO,
                organization_name=NAME,
                show_member_profile_photo=True,
            )
        ),
    ),
    NewCreative(
        campaign=Urn("sponsoredCampaign", "388204302"),
        content=CreativeContent(
            follow=FollowAd(
                headline=AdText(pre_approved="GROW_YOUR_BUSINESS_INSIGHTS"),
                description=AdText(custom="News from the robot lab"),
                call_to_action="VISIT_ORGANIZATION_COMPANY_PAGE",
                logo=LOGO,
                organization_name=NAME,
            )
        ),
    ),
    NewCreative(
        campaign=Urn("sponsoredCampaign", "388204303"),
        content=CreativeContent(
            jobs=JobsAd(
                headline=AdText(custom="Build arms that learn"),
                button_label=AdText(pre_approved="CAREERS_AT_COMPANY"),
                logo=LOGO,
                organization_name=NAME,
                show_member_profile_photo=False,
            )
        ),
    ),
    NewCreative(
        campaign=Urn("sponsoredCampaign", "388204304"),
        content=CreativeContent(
            event_ad=EventAd(
                post=Urn("ugcPost", "7391200445566779900"),
                event=Urn("event", "7391200000000001234"),
                hide_preview_video=False,
            )
        ),
    ),
]
STILL = InlinePost(
    author=ORGANIZATION,
    commentary="An arm that corrects itself.",
    content={"media": {"id": Urn("image", "C4D22AQGsbx0002"), "title": "Robot cell"}},
    content_landing_page="https://fjordlicht.example/cell",
    content_call_to_action_label="LEARN_MORE",
)
CREATIVE_READ = Has(
    urn=CREATIVE,
    account=ACCOUNT,
    campaign=CAMPAIGN,
    name=None,
    content=CreativeContent(reference=SHOWN),
    is_serving=False,
    serving_hold_reasons=("UNDER_REVIEW",),
    review=Has(status="PENDING", rejection_reasons=()),
    leadgen_call_to_action=DOWNLOAD,
    created_at=at(1790902000000),
)
INLINE = Urn("sponsoredCreative", "771204977")

CALLS: dict[str, Call] = {
    "ads.accounts.create": call(
        lambda linkedin: linkedin.ads.accounts.create(TEST_ACCOUNT), Urn("sponsoredAccount", "509990001")
    ),
    "ads.accounts.batch_create": call(
        lambda linkedin: linkedin.ads.accounts.batch_create([TEST_ACCOUNT]),
        [Has(status=400, id=None, error=Has(code="TEST_ACCOUNT_LIMIT_REACHED"))],
    ),
    "ads.accounts.get": call(lambda linkedin: linkedin.ads.accounts.get(ACCOUNT), ROBOTICS),
    "ads.accounts.find_by_search": call(
        lambda linkedin: linkedin.ads.accounts.find_by_search(
            statuses=["ACTIVE"], test=False, page_size=50, fields=["name", "currency", "test", "reference"]
        ),
        [Has(id=509418273, currency="EUR", status=""), Has(id=509418299, currency="USD", reference=None)],
        ["ads.accounts.find_by_search", "ads.accounts.find_by_search.empty", "ads.accounts.find_by_search.last"],
    ),
    "ads.accounts.update": call(
        lambda linkedin: linkedin.ads.accounts.update(ACCOUNT, Patch(set={"name": "Fjordlicht Robotics Europe"}))
    ),
    "ads.accounts.delete": call(lambda linkedin: linkedin.ads.accounts.delete(509990001)),
    "ads.account_users.find_by_authenticated_user": call(
        lambda linkedin: linkedin.ads.account_users.find_by_authenticated_user(), [VIEWER]
    ),
    "ads.account_users.find_by_accounts": call(
        lambda linkedin: linkedin.ads.account_users.find_by_accounts(ACCOUNT), [VIEWER]
    ),
    "ads.account_users.get": call(lambda linkedin: linkedin.ads.account_users.get(ACCOUNT, MEMBER), VIEWER),
    "ads.account_users.put": call(
        lambda linkedin: linkedin.ads.account_users.put(509418273, MEMBER, role="VIEWER"),
    ),
    "ads.account_users.update": call(
        lambda linkedin: linkedin.ads.account_users.update(ACCOUNT, MEMBER, role="CAMPAIGN_MANAGER")
    ),
    "ads.account_users.delete": call(lambda linkedin: linkedin.ads.account_users.delete(ACCOUNT, MEMBER)),
    "ads.campaign_groups.create": call(lambda linkedin: linkedin.ads.campaign_groups.create(ACCOUNT, AUTUMN), GROUP),
    "ads.campaign_groups.batch_create": call(
        lambda linkedin: linkedin.ads.campaign_groups.batch_create(ACCOUNT, [AUTUMN]),
        [Has(status=201, id="640117782", error=None)],
    ),
    "ads.campaign_groups.get": call(lambda linkedin: linkedin.ads.campaign_groups.get(ACCOUNT, GROUP), GROUP_READ),
    "ads.campaign_groups.batch_get": call(
        lambda linkedin: linkedin.ads.campaign_groups.batch_get(ACCOUNT, [GROUP, 999]), {GROUP: GROUP_READ}
    ),
    "ads.campaign_groups.find_by_search": call(
        lambda linkedin: linkedin.ads.campaign_groups.find_by_search(
            ACCOUNT, statuses=["ACTIVE", "DRAFT"], sort_order="ASCENDING"
        ),
        [GROUP_READ],
    ),
    "ads.campaign_groups.update": call(
        lambda linkedin: linkedin.ads.campaign_groups.update(
            ACCOUNT, GROUP, Patch(set={"status": "PAUSED", "totalBudget": eur("20000.00")}, delete=("dailyBudget",))
        )
    ),
    "ads.campaign_groups.batch_update": call(
        lambda linkedin: linkedin.ads.campaign_groups.batch_update(ACCOUNT, {GROUP: PAUSED}),
        Has(results={GROUP: 204}, errors={}),
    ),
    "ads.campaign_groups.delete": call(lambda linkedin: linkedin.ads.campaign_groups.delete(ACCOUNT, GROUP)),
    "ads.campaign_groups.batch_delete": call(
        lambda linkedin: linkedin.ads.campaign_groups.batch_delete(ACCOUNT, [640117782, 640117783]),
        Has(results={640117782: 204}, errors={640117783: Has(code="DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS")}),
    ),
    "ads.campaigns.create": call(lambda linkedin: linkedin.ads.campaigns.create(ACCOUNT, LEADS), CAMPAIGN),
    "ads.campaigns.batch_create": call(
        lambda linkedin: linkedin.ads.campaigns.batch_create(ACCOUNT, [LEADS]), [Has(status=201, id="388204115")]
    ),
    "ads.campaigns.get": call(lambda linkedin: linkedin.ads.campaigns.get(ACCOUNT, CAMPAIGN), LEADS_READ),
    "ads.campaigns.batch_get": call(
        lambda linkedin: linkedin.ads.campaigns.batch_get(ACCOUNT, [CAMPAIGN]), {CAMPAIGN: LEADS_READ}
    ),
    "ads.campaigns.find_by_search": call(
        lambda linkedin: linkedin.ads.campaigns.find_by_search(
            ACCOUNT, campaign_groups=[GROUP], statuses=["ACTIVE"], sort_order="ASCENDING"
        ),
        [Has(id=388204115, status="ACTIVE", targeting_criteria=None)],
    ),
    "ads.campaigns.update": call(
        lambda linkedin: linkedin.ads.campaigns.update(ACCOUNT, CAMPAIGN, Patch(set={"status": "ACTIVE"}))
    ),
    "ads.campaigns.batch_update": call(
        lambda linkedin: linkedin.ads.campaigns.batch_update(
            ACCOUNT, {388204115: PAUSED, 388204116: Patch(set={"objectiveType": "VIDEO_VIEW"})}
        ),
        Has(results={388204115: 204}, errors={388204116: Has(code="IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE")}),
    ),
    "ads.campaigns.delete": call(lambda linkedin: linkedin.ads.campaigns.delete(ACCOUNT, CAMPAIGN)),
    "ads.campaigns.batch_delete": call(
        lambda linkedin: linkedin.ads.campaigns.batch_delete(ACCOUNT, [388204115]), DONE
    ),
    "ads.creatives.create": call(lambda linkedin: linkedin.ads.creatives.create(ACCOUNT, ROBOT_ARM), CREATIVE),
    "ads.creatives.create.encoded": call(lambda linkedin: linkedin.ads.creatives.create(ACCOUNT, ROBOT_ARM), CREATIVE),
    "ads.creatives.create.number": call(lambda linkedin: linkedin.ads.creatives.create(ACCOUNT, ROBOT_ARM), CREATIVE),
    "ads.creatives.batch_create": call(
        lambda linkedin: linkedin.ads.creatives.batch_create(ACCOUNT, DYNAMIC),
        [Has(status=201, id=f"urn:li:sponsoredCreative:77120495{number}") for number in range(5)],
    ),
    "ads.creatives.create_inline": call(
        lambda linkedin: linkedin.ads.creatives.create_inline(
            ACCOUNT, campaign=388204120, post=STILL, name="Cell, still image"
        ),
        INLINE,
    ),
    "ads.creatives.create_inline.body_only": call(
        lambda linkedin: linkedin.ads.creatives.create_inline(
            ACCOUNT, campaign=388204120, post=STILL, name="Cell, still image"
        ),
        INLINE,
    ),
    "ads.creatives.get": call(lambda linkedin: linkedin.ads.creatives.get(ACCOUNT, CREATIVE), CREATIVE_READ),
    "ads.creatives.batch_get": call(
        lambda linkedin: linkedin.ads.creatives.batch_get(ACCOUNT, [CREATIVE]), {CREATIVE: CREATIVE_READ}
    ),
    "ads.creatives.find_by_criteria": call(
        lambda linkedin: linkedin.ads.creatives.find_by_criteria(ACCOUNT, campaigns=[CAMPAIGN]), [CREATIVE_READ]
    ),
    "ads.creatives.find_sponsored_posts": call(
        lambda linkedin: linkedin.ads.creatives.find_sponsored_posts(ACCOUNT, ad_types=["VIDEO"]),
        [Has(author=ORGANIZATION, ad_context=Has(dsc_ad_account=ACCOUNT, dsc_ad_type="VIDEO", is_dsc=True))],
    ),
    "ads.creatives.update": call(
        lambda linkedin: linkedin.ads.creatives.update(ACCOUNT, CREATIVE, Patch(set={"intendedStatus": "PAUSED"}))
    ),
    "ads.creatives.batch_update": call(
        lambda linkedin: linkedin.ads.creatives.batch_update(
            ACCOUNT, {CREATIVE: Patch(set={"intendedStatus": "PAUSED"})}
        ),
        Has(results={CREATIVE: 204}, errors={}),
    ),
    "ads.creatives.delete": call(lambda linkedin: linkedin.ads.creatives.delete(ACCOUNT, CREATIVE)),
    "ads.creatives.batch_delete": call(
        lambda linkedin: linkedin.ads.creatives.batch_delete(ACCOUNT, [CREATIVE]), Has(results={CREATIVE: 204})
    ),
}
