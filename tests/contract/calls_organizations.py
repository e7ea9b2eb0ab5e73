"""Organizations, brands, roles, notifications, mentions and events."""

from typing import Any

from contract.people import (
    ADA,
    ANNEKE,
    APPLICATION,
    BRAND,
    ORGANIZATION,
    REPLY,
    SHARE,
    at,
)
from contract.replay import Call, Has, call
from inroad.common.urn import Urn, organization
from inroad.sdk.resources.organization_authorizations import AuthorizationAction
from inroad.sdk.restli.patch import Patch

JOINERY = Has(
    id=70412233,
    urn=ORGANIZATION,
    display_name="Saltmarsh Joinery",
    vanity_name="saltmarsh-joinery",
    localized_description="Furniture for small rooms",
    localized_website="https://example.org",
    organization_type="PRIVATELY_HELD",
    primary_organization_type="NONE",
    staff_count_range="SIZE_11_TO_50",
    founded_on=Has(year=2011, month=None),
    logo=Has(original=Urn("digitalmediaAsset", "C4D0BAQElogo")),
)
PUBLIC_JOINERY = Has(id=70412233, display_name="Saltmarsh Joinery", vanity_name="saltmarsh-joinery")
KITCHENS = Has(
    id=70412299,
    urn=BRAND,
    display_name="Saltmarsh Kitchens",
    vanity_name="saltmarsh-kitchens",
    primary_organization_type="BRAND",
    parent_relationship=Has(parent=ORGANIZATION, relationship_status="ACCEPTED"),
)
CREATE = AuthorizationAction.content("ORGANIC_SHARE_CREATE")
AUTHORIZED = Has(impersonator=ADA, organization=ORGANIZATION, action=CREATE, is_approved=True)
ADMINISTRATOR = Has(role="ADMINISTRATOR", state="APPROVED", role_assignee=ADA, organization=ORGANIZATION, may_post=True)
KEY: dict[str, Any] = {"application": APPLICATION, "member": ADA, "organization": ORGANIZATION}
SUBSCRIPTION = Has(
    webhook="https://hooks.example.org/linkedin",
    expires_at=at(1824897600000),
    developer_application=APPLICATION,
    user=ADA,
    entity=ORGANIZATION,
    event_type="ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS",
)
VOS = Has(
    member=ANNEKE,
    display_name="Anneke Vos",
    headline="Cabinet maker",
    photo=Urn("image", "C5603AQphoto"),
)
WORKSHOP = Has(
    id=7522400110,
    urn=Urn("event", "7522400110"),
    name="Finishing workshop",
    organizer=ORGANIZATION,
    external_url="https://example.org/finishing",
    created=Has(actor=ADA, time=at(1793461000000)),
)

CALLS: dict[str, Call] = {
    "organizations.get": call(lambda linkedin: linkedin.organizations.get(ORGANIZATION), JOINERY),
    "organizations.batch_get": call(
        lambda linkedin: linkedin.organizations.batch_get([ORGANIZATION, 1]), {ORGANIZATION: JOINERY}
    ),
    "organizations.find_by_email_domain": call(
        lambda linkedin: linkedin.organizations.find_by_email_domain("example.org"), [PUBLIC_JOINERY]
    ),
    "organizations.find_by_parent": call(
        lambda linkedin: linkedin.organizations.find_by_parent(ORGANIZATION),
        [Has(id=70412299, display_name="Saltmarsh Kitchens", primary_organization_type="BRAND")],
    ),
    "organizations.lookup": call(
        lambda linkedin: linkedin.organizations.lookup([ORGANIZATION, 1]), {ORGANIZATION: PUBLIC_JOINERY}
    ),
    "organizations.lookup.missing": call(
        lambda linkedin: linkedin.organizations.lookup([ORGANIZATION, 1]).missing,
        {organization(1): 404},
        ["organizations.lookup"],
    ),
    "organizations.find_by_vanity_name": call(
        lambda linkedin: linkedin.organizations.find_by_vanity_name("saltmarsh-joinery"), PUBLIC_JOINERY
    ),
    "organization_brands.get": call(lambda linkedin: linkedin.organization_brands.get(BRAND), KITCHENS),
    "organization_brands.batch_get": call(
        lambda linkedin: linkedin.organization_brands.batch_get([BRAND, 70412300]), {BRAND: KITCHENS}
    ),
    "organization_brands.batch_get.missing": call(
        lambda linkedin: linkedin.organization_brands.batch_get([BRAND, 70412300]).missing,
        {Urn("organizationBrand", "70412300"): 403},
        ["organization_brands.batch_get"],
    ),
    "organization_brands.lookup": call(
        lambda linkedin: linkedin.organization_brands.lookup([BRAND]), {BRAND: Has(display_name="Saltmarsh Kitchens")}
    ),
    "organization_brands.find_by_vanity_name": call(
        lambda linkedin: linkedin.organization_brands.find_by_vanity_name("saltmarsh-kitchens"), KITCHENS
    ),
    "organization_brands.find_by_parent": call(
        lambda linkedin: linkedin.organization_brands.find_by_parent(ORGANIZATION), [KITCHENS]
    ),
    "organization_acls.find_by_role_assignee": call(
        lambda linkedin: linkedin.organization_acls.find_by_role_assignee(role="ADMINISTRATOR", count=10),
        [ADMINISTRATOR],
    ),
    "organization_acls.find_by_organization": call(
        lambda linkedin: linkedin.organization_acls.find_by_organization(organization=ORGANIZATION, count=10),
        [ADMINISTRATOR, Has(role="CONTENT_ADMINISTRATOR", role_assignee=ANNEKE)],
    ),
    "organization_authorizations.get": call(
        lambda linkedin: linkedin.organization_authorizations.get(
            impersonator=ADA, organization=ORGANIZATION, action=CREATE
        ),
        AUTHORIZED,
    ),
    "organization_authorizations.find_by_actions": call(
        lambda linkedin: linkedin.organization_authorizations.find_by_actions([CREATE]),
        {CREATE: Has(elements=[AUTHORIZED], approved=[ORGANIZATION], is_error=False)},
    ),
    "organization_notifications.find_by_criteria": call(
        lambda linkedin: linkedin.organization_notifications.find_by_criteria(
            ORGANIZATION, actions=["COMMENT", "SHARE_MENTION"]
        ),
        [
            Has(
                notification_id=90022011,
                organizational_entity=ORGANIZATION,
                action="COMMENT",
                source_post=SHARE,
                generated_activity=REPLY,
                last_modified_at=at(1793461000000),
                subscriber=ADA,
            )
        ],
    ),
    "event_subscriptions.update": call(
        lambda linkedin: linkedin.event_subscriptions.update(**KEY, webhook="https://hooks.example.org/linkedin")
    ),
    "event_subscriptions.get": call(lambda linkedin: linkedin.event_subscriptions.get(**KEY), SUBSCRIPTION),
    "event_subscriptions.delete": call(lambda linkedin: linkedin.event_subscriptions.delete(**KEY)),
    "event_subscriptions.find_by_subscriber": call(
        lambda linkedin: linkedin.event_subscriptions.find_by_subscriber(), [SUBSCRIPTION]
    ),
    "people_typeahead.find_organization_followers": call(
        lambda linkedin: linkedin.people_typeahead.find_organization_followers("anneke", organization=ORGANIZATION),
        [VOS],
    ),
    "people_typeahead.find_member_connections": call(
        lambda linkedin: linkedin.people_typeahead.find_member_connections("anneke"), [VOS]
    ),
    "vanity_url.find_member": call(
        lambda linkedin: linkedin.vanity_url.find_member(
            "https://www.linkedin.com/in/anneke-vos", organization=ORGANIZATION
        ),
        ANNEKE,
    ),
    "events.create": call(
        lambda linkedin: linkedin.events.create(
            organizer=ORGANIZATION,
            name="Finishing workshop",
            kind="ONLINE_EXTERNAL",
            starts_at=at(1796047200000),
            ends_at=at(1796054400000),
            url="https://example.org/finishing",
            description="Oil, wax and patience",
        ),
        7522400110,
    ),
    "events.get": call(lambda linkedin: linkedin.events.get(7522400110), WORKSHOP),
    "events.find_by_organizer": call(lambda linkedin: linkedin.events.find_by_organizer(ORGANIZATION), [WORKSHOP]),
    "events.update": call(
        lambda linkedin: linkedin.events.update(7522400110, Patch(set={"description": "Oil, wax and time"}))
    ),
}
