"""Whom ads reach and with what: targeting, prices, messages, previews, matched audiences."""

from decimal import Decimal

from contract.ad_people import ACCOUNT, CAMPAIGN, CREATIVE, GERMANY, MEMBER, ORGANIZATION, eur
from contract.people import at
from contract.replay import Call, Has, call
from inroad.common.urn import Urn
from inroad.sdk.resources.ads.conversation_ads import ReplyOption
from inroad.sdk.resources.ads.dmp_segments import ListUploadTarget, SegmentCompany, SegmentUser
from inroad.sdk.resources.ads.identifiers import UserId
from inroad.sdk.resources.ads.in_mail_contents import InMailSubContent, LinkButton, NewInMailContent
from inroad.sdk.resources.ads.targeting_criteria import targeting
from inroad.sdk.resources.entity import Locale
from inroad.sdk.restli.patch import Patch

ENGLISH, GERMAN = Locale(language="en", country="US"), Locale(language="de", country="DE")
IN_GERMANY = targeting({"locations": [GERMANY]})
MEDIUM_COMPANIES = targeting({"locations": [GERMANY]}, {"staffCountRanges": ["urn:li:staffCountRange:(501,1000)"]})
TEMPLATE = Has(id=7710, account=ACCOUNT, name="DACH", targeting_criteria=IN_GERMANY)

IN_MAIL = Urn("adInMailContent", "55120034")
VISIT = NewInMailContent(
    name="Visit invitation, November",
    subject="An hour in our robot lab",
    sender=ORGANIZATION,
    html_body="<p>Dear reader, our lab opens on 3 December.</p>",
    sub_content=InMailSubContent(
        regular=LinkButton(
            call_to_action_text="Reserve a seat", call_to_action_landing_page_url="https://fjordlicht.example/visit"
        )
    ),
)
VISIT_READ = Has(urn=IN_MAIL, account=ACCOUNT, sender=ORGANIZATION, sub_content=VISIT.sub_content)
CONVERSATION = Urn("sponsoredConversation", "8100417")
FIRST, SECOND = (Urn("sponsoredMessageContent", f"({CONVERSATION},{number})") for number in (1, 2))
REPLIES = (
    ReplyOption(
        reply_type="EXTERNAL_WEBSITE", option_text="Thursday", landing_page="https://fjordlicht.example/thursday"
    ),
    ReplyOption(reply_type="SIMPLE_REPLY", option_text="Tell me more", next_content=SECOND),
)

SEGMENT = Urn("dmpSegment", "44120077")
VISITORS = Has(
    id=44120077,
    urn=SEGMENT,
    status="READY",
    source_segment_id="fair-2026",
    matched_count=810,
    target=Urn("adSegment", "60301188"),
)
HASH = "4e6de5f5b3772fbb53f116791de2ea4a8ebb9262d6cf260f8e6bc65474237667"
INES = SegmentUser(user_ids=(UserId(id_type="SHA256_EMAIL", id_value=HASH),), first_name="Ines", last_name="Falk")
NORDWIND = SegmentCompany(
    company_name="Nordwind Motoren",
    company_website_domain="nordwind.example",
    organization_urn=Urn("organization", "70990011"),
)
ADDED = [Has(status=201, id=None, error=None)]
READY = Has(destination="LINKEDIN", status="READY", audience_size=780)

CALLS: dict[str, Call] = {
    "ads.targeting_facets.list": call(
        lambda linkedin: linkedin.ads.targeting_facets.list(),
        [Has(facet_name="seniorities", urn=Urn("adTargetingFacet", "seniorities"), entity_types=("SENIORITY",))],
    ),
    "ads.targeting_entities.find_by_facet": call(
        lambda linkedin: linkedin.ads.targeting_entities.find_by_facet("seniorities", locale=ENGLISH),
        [Has(urn=Urn("seniority", "1"), name="Unpaid"), Has(urn=Urn("seniority", "10"), name="Owner")],
    ),
    "ads.targeting_entities.find_by_typeahead": call(
        lambda linkedin: linkedin.ads.targeting_entities.find_by_typeahead("fieldsOfStudy", "robo", locale=ENGLISH),
        [Has(urn=Urn("fieldOfStudy", "100371"), name="Robotics Technology")],
    ),
    "ads.targeting_entities.find_by_similar_entities": call(
        lambda linkedin: linkedin.ads.targeting_entities.find_by_similar_entities("titles", ["urn:li:title:9"]),
        [Has(urn=Urn("title", "1083"), facet_urn=Urn("adTargetingFacet", "titles"))],
    ),
    "ads.targeting_entities.find_by_urns": call(
        lambda linkedin: linkedin.ads.targeting_entities.find_by_urns([GERMANY], locale=GERMAN),
        [Has(urn=GERMANY, name="Deutschland")],
    ),
    "ads.audience_counts.find_by_targeting_criteria": call(
        lambda linkedin: linkedin.ads.audience_counts.find_by_targeting_criteria(MEDIUM_COMPANIES),
        Has(total=1840000, active=0),
    ),
    "ads.target_templates.create": call(
        lambda linkedin: linkedin.ads.target_templates.create(ACCOUNT, name="DACH", criteria=IN_GERMANY), 7710
    ),
    "ads.target_templates.get": call(lambda linkedin: linkedin.ads.target_templates.get(7710), TEMPLATE),
    "ads.target_templates.find_by_account": call(
        lambda linkedin: linkedin.ads.target_templates.find_by_account(ACCOUNT), [TEMPLATE]
    ),
    "ads.target_templates.update": call(
        lambda linkedin: linkedin.ads.target_templates.update(7710, Patch(set={"name": "D-A-CH"}))
    ),
    "ads.target_templates.delete": call(lambda linkedin: linkedin.ads.target_templates.delete(7710)),
    "ads.target_templates.batch_delete": call(
        lambda linkedin: linkedin.ads.target_templates.batch_delete([7710, 7711]),
        Has(results={7710: 204}, errors={7711: Has(status=404)}),
    ),
    "ads.budget_pricing.find_by_criteria": call(
        lambda linkedin: linkedin.ads.budget_pricing.find_by_criteria(
            ACCOUNT,
            campaign_type="SPONSORED_UPDATES",
            objective_type="LEAD_GENERATION",
            bid_type="CPM",
            criteria=IN_GERMANY,
        ),
        Has(
            bid_limits=Has(min=eur("6.20"), max=eur("180.00"), default=None),
            suggested_bid=Has(default=eur("21.40")),
            daily_budget_limits=Has(min=eur("10.00")),
        ),
    ),
    "ads.supply_forecasts.find_by_criteria": call(
        lambda linkedin: linkedin.ads.supply_forecasts.find_by_criteria(
            ACCOUNT,
            campaign_type="SPONSORED_UPDATES",
            objective_type="WEBSITE_VISIT",
            start=at(1795651200000),
            end=at(1796256000000),
            criteria=IN_GERMANY,
            daily_budget=eur("80.00"),
            bid_type="CPM",
            bid=eur("10"),
        ),
        [
            Has(
                metric_type="IMPRESSION",
                time_series=[Has(ad_forecast_range=Has(low_end=Decimal(41200), high_end=Decimal(66800)))],
            ),
            Has(metric_type="SPENDING", granularity="CUSTOM"),
        ],
    ),
    "ads.library.find_by_criteria": call(
        lambda linkedin: linkedin.ads.library.find_by_criteria(advertiser="Fjordlicht"),
        [
            Has(
                is_restricted=False,
                details=Has(
                    type="SPONSORED_STATUS_UPDATE",
                    advertiser=Has(ad_payer="Fjordlicht Robotics GmbH"),
                    ad_targeting=[Has(facet_name="Location", included_segments=("Germany", "Austria"))],
                    ad_statistics=Has(
                        first_impression_at=at(1790985600000), total_impressions=Has(start=10000, end=50000)
                    ),
                ),
            )
        ],
    ),
    "ads.library.find_by_criteria.countries": call(
        lambda linkedin: linkedin.ads.library.find_by_criteria(
            keyword="robot", countries=["de"], start=at(1793491200000).date(), count=5
        ),
        [Has(is_restricted=True, details=None)],
    ),
    "ads.previews.find_by_creative": call(
        lambda linkedin: linkedin.ads.previews.find_by_creative(CREATIVE, account=ACCOUNT),
        [Has(creative=CREATIVE, account=ACCOUNT)],
    ),
    "ads.previews.live_preview_for_creative": call(
        lambda linkedin: [
            preview.get("creative")
            for preview in linkedin.ads.previews.live_preview_for_creative(CREATIVE, account=ACCOUNT)
        ],
        [str(CREATIVE)],
    ),
    "ads.previews.live_preview_for_creative_inline": call(
        lambda linkedin: [
            sorted(preview)
            for preview in linkedin.ads.previews.live_preview_for_creative_inline(
                {"campaign": CAMPAIGN}, account=ACCOUNT
            )
        ],
        [["preview"]],
    ),
    "ads.in_mail_contents.create": call(lambda linkedin: linkedin.ads.in_mail_contents.create(ACCOUNT, VISIT), IN_MAIL),
    "ads.in_mail_contents.get": call(
        lambda linkedin: linkedin.ads.in_mail_contents.get(55120034), Has(urn=IN_MAIL, created_by=MEMBER)
    ),
    "ads.in_mail_contents.batch_get": call(
        lambda linkedin: linkedin.ads.in_mail_contents.batch_get([IN_MAIL]), {IN_MAIL: VISIT_READ}
    ),
    "ads.in_mail_contents.update": call(
        lambda linkedin: linkedin.ads.in_mail_contents.update(
            IN_MAIL, Patch(set={"subject": "Two hours in our robot lab"})
        )
    ),
    "ads.in_mail_contents.send_test_in_mail": call(
        lambda linkedin: linkedin.ads.in_mail_contents.send_test_in_mail(
            IN_MAIL, account=ACCOUNT, campaign=388204400, creative=771205001
        ),
        {},
    ),
    "ads.conversation_ads.create": call(lambda linkedin: linkedin.ads.conversation_ads.create(ACCOUNT), CONVERSATION),
    "ads.conversation_ads.get": call(
        lambda linkedin: linkedin.ads.conversation_ads.get(CONVERSATION),
        Has(parent_account=ACCOUNT, first_message_content=FIRST),
    ),
    "ads.conversation_ads.add_message": call(
        lambda linkedin: linkedin.ads.conversation_ads.add_message(
            CONVERSATION, text="Which day suits you?", options=REPLIES
        ),
        FIRST,
    ),
    "ads.conversation_ads.get_message": call(
        lambda linkedin: linkedin.ads.conversation_ads.get_message(FIRST),
        Has(body_source=Has(text="Which day suits you?"), next_action=Has(options=REPLIES)),
    ),
    "ads.conversation_ads.set_first_message": call(
        lambda linkedin: linkedin.ads.conversation_ads.set_first_message(CONVERSATION, FIRST)
    ),
    "ads.tracking_parameters.put": call(
        lambda linkedin: linkedin.ads.tracking_parameters.put(
            CAMPAIGN,
            dynamic={"utm_campaign": "CAMPAIGN_NAME", "utm_content": "CREATIVE_ID"},
            custom={"utm_source": "linkedin"},
        )
    ),
    "ads.tracking_parameters.get": call(
        lambda linkedin: linkedin.ads.tracking_parameters.get(CAMPAIGN),
        Has(
            dynamic_value_parameters={"utm_campaign": "CAMPAIGN_NAME", "utm_content": "CREATIVE_ID"},
            custom_value_parameters={"utm_source": "linkedin"},
        ),
    ),
    "ads.tracking_parameters.delete": call(lambda linkedin: linkedin.ads.tracking_parameters.delete(CAMPAIGN)),
    "ads.publisher_restrictions.create": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.create({"name": "No games", "account": ACCOUNT}), "4410"
    ),
    "ads.publisher_restrictions.get": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.get("4410"),
        {"id": 4410, "name": "No games", "account": str(ACCOUNT)},
    ),
    "ads.publisher_restrictions.find_by_entity": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.find_by_entity(ACCOUNT), [{"id": 4410, "name": "No games"}]
    ),
    "ads.publisher_restrictions.update": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.update(4410, Patch(set={"name": "No games, no news"}))
    ),
    "ads.publisher_restrictions.generate_restrictions_upload_url": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.generate_restrictions_upload_url(),
        "https://www.linkedin.com/ads/upload/4410",
    ),
    "ads.publisher_restrictions.generate_restrictions_download_url": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.generate_restrictions_download_url(
            {"adPublisherRestriction": 4410}
        ),
        "https://www.linkedin.com/ads/download/4410",
    ),
    "ads.publisher_restrictions.generate_publisher_list_download_url": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.generate_publisher_list_download_url(),
        "https://www.linkedin.com/ads/download/publishers",
    ),
    "ads.publisher_restrictions.list_iab_categories": call(
        lambda linkedin: linkedin.ads.publisher_restrictions.list_iab_categories(),
        [Has(urn=Urn("iabCategory", "7"), name="Arts")],
    ),
    "ads.dmp_segments.create": call(
        lambda linkedin: linkedin.ads.dmp_segments.create(
            ACCOUNT, name="Trade fair visitors 2026", type="USER", source_platform="FJORDLICHT_CDP"
        ),
        SEGMENT,
    ),
    "ads.dmp_segments.get": call(lambda linkedin: linkedin.ads.dmp_segments.get(SEGMENT), VISITORS),
    "ads.dmp_segments.batch_get": call(
        lambda linkedin: linkedin.ads.dmp_segments.batch_get([SEGMENT, 5]), {SEGMENT: VISITORS}
    ),
    "ads.dmp_segments.find_by_account": call(
        lambda linkedin: linkedin.ads.dmp_segments.find_by_account(
            ACCOUNT, source_platform="FJORDLICHT_CDP", source_segment_id="fair-2026"
        ),
        [VISITORS],
    ),
    "ads.dmp_segments.update": call(
        lambda linkedin: linkedin.ads.dmp_segments.update(SEGMENT, Patch(set={"name": "Trade fair visitors"}))
    ),
    "ads.dmp_segments.delete": call(lambda linkedin: linkedin.ads.dmp_segments.delete(SEGMENT)),
    "ads.dmp_segments.batch_delete": call(
        lambda linkedin: linkedin.ads.dmp_segments.batch_delete([SEGMENT]), Has(results={SEGMENT: 204})
    ),
    "ads.dmp_segments.send_users": call(lambda linkedin: linkedin.ads.dmp_segments.send_users(SEGMENT, [INES]), ADDED),
    "ads.dmp_segments.send_users.too_young": call(
        lambda linkedin: linkedin.ads.dmp_segments.send_users(SEGMENT, [INES], patience_seconds=120),
        ADDED,
        [*["ads.dmp_segments.send_users.too_young"] * 3, "ads.dmp_segments.send_users"],
    ),
    "ads.dmp_segments.send_companies": call(
        lambda linkedin: linkedin.ads.dmp_segments.send_companies(44120078, [NORDWIND]), ADDED
    ),
    "ads.dmp_segments.generate_upload_url": call(
        lambda linkedin: linkedin.ads.dmp_segments.generate_upload_url(ACCOUNT),
        Has(upload_url="https://www.linkedin.com/ambry/upload/9a1", input_file="urn:li:media:9a1"),
    ),
    "ads.dmp_segments.put_list": call(
        lambda linkedin: linkedin.ads.dmp_segments.put_list(
            ListUploadTarget(upload_url="https://www.linkedin.com/ambry/upload/9a1", input_file="urn:li:media:9a1"),
            f"email\n{HASH}".encode(),
        )
    ),
    "ads.dmp_segments.create_list_upload": call(
        lambda linkedin: linkedin.ads.dmp_segments.create_list_upload(44120079, "urn:li:media:9a1"), 1
    ),
    "ads.dmp_segments.list_uploads": call(
        lambda linkedin: linkedin.ads.dmp_segments.list_uploads(44120079), [Has(id=1, input_file="urn:li:media:9a1")]
    ),
    "ads.dmp_segments.get_list_upload": call(
        lambda linkedin: linkedin.ads.dmp_segments.get_list_upload(44120079, 1), Has(id=1)
    ),
    "ads.dmp_segments.delete_list_upload": call(
        lambda linkedin: linkedin.ads.dmp_segments.delete_list_upload(44120079, 1)
    ),
    "ads.dmp_segments.create_destination": call(
        lambda linkedin: linkedin.ads.dmp_segments.create_destination(SEGMENT), "LINKEDIN"
    ),
    "ads.dmp_segments.list_destinations": call(
        lambda linkedin: linkedin.ads.dmp_segments.list_destinations(SEGMENT), [READY]
    ),
    "ads.dmp_segments.get_destination": call(
        lambda linkedin: linkedin.ads.dmp_segments.get_destination(SEGMENT), READY
    ),
}
