"""Profiles, connections, verifications and the data that members take with them."""

from contract.people import ADA, ANNEKE, APPLICATION, at
from contract.replay import Call, Has, call
from inroad.common.urn import Urn, person

NAMES = "(id,localizedFirstName,localizedLastName)"
INES = Has(
    snapshot_data=[{"First Name": "Ines", "Last Name": "Duarte", "Email Address": "", "Connected On": "05 Nov 2026"}]
)

CALLS: dict[str, Call] = {
    "people.get": call(
        lambda linkedin: linkedin.people.get(ANNEKE, projection=NAMES), Has(urn=ANNEKE, display_name="Anneke Visser")
    ),
    "people.batch_get": call(
        lambda linkedin: linkedin.people.batch_get([ADA, ANNEKE, person("zzz")]),
        {
            ADA: Has(urn=ADA, display_name="Ada Okafor", vanity_name="ada-okafor", localized_maiden_name="Eze"),
            ANNEKE: Has(id="private", display_name=""),
        },
    ),
    "client_aware_member_handles.find_by_members": call(
        lambda linkedin: linkedin.client_aware_member_handles.find_by_members(),
        [
            Has(type="EMAIL", primary=True, email_address="ada@example.org", phone_number=None, failure=None),
            Has(type="PHONE", email_address=None, phone_number="+15550100"),
            Has(handle=Urn("emailAddress", "3775708764"), email_address=None, details=None),
        ],
    ),
    "connections.get": call(lambda linkedin: linkedin.connections.get(ADA), 612),
    "connections.find_by_viewer": call(
        lambda linkedin: linkedin.connections.find_by_viewer(profiles=True),
        [
            Has(to=ANNEKE, profile=Has(display_name="Anneke Visser"), failure=None),
            Has(to=person("Hb3_nW5yTe"), profile=None),
        ],
    ),
    "identity_me.get": call(
        lambda linkedin: linkedin.identity_me.get(),
        Has(
            urn=ADA,
            display_name="Ada Okafor",
            last_refreshed_at=at(1763800000000),
            basic_info=Has(primary_email_address="ada@example.org"),
            most_recent_education=Has(school_name=Has(text="University of Lagos")),
            primary_current_position=Has(title=Has(text="Data engineer"), started_on=Has(year=2023, month=3)),
        ),
    ),
    "verification_report.get": call(
        lambda linkedin: linkedin.verification_report.get(criteria=["IDENTITY", "WORKPLACE"], verified_within_days=90),
        Has(
            urn=ADA,
            has_verified_identity=True,
            has_verified_workplace=False,
            verification_url="https://www.linkedin.com/trust/verification/sample",
            verified_details=[
                Has(category="IDENTITY", last_verified_at=at(1763700000000), verified_name=Has(last_name="Okafor"))
            ],
        ),
    ),
    "validation_status.retrieve": call(
        lambda linkedin: linkedin.validation_status.retrieve([ADA, ANNEKE]),
        [
            Has(urn=ADA, is_current=False, profile_information_status="INVALID"),
            Has(urn=ANNEKE, is_current=True, verification_status=Has(identity="VALID", workplace=None)),
        ],
    ),
    "member_snapshot_data.find_by_criteria": call(
        lambda linkedin: linkedin.member_snapshot_data.find_by_criteria("CONNECTIONS"),
        [Has(snapshot_domain="CONNECTIONS"), INES],
        [f"member_snapshot_data.find_by_criteria{page}" for page in ("", ".last", ".end")],
    ),
    "member_snapshot_data.find_by_criteria.resumed": call(
        lambda linkedin: linkedin.member_snapshot_data.find_by_criteria("CONNECTIONS", start=1),
        [INES],
        [f"member_snapshot_data.find_by_criteria{page}" for page in (".last", ".end")],
    ),
    "member_change_logs.find_by_member_and_application": call(
        lambda linkedin: linkedin.member_change_logs.find_by_member_and_application(start_time=at(1793404800000)),
        [
            Has(id=990001, resource_name="messages", is_own=True, is_unprocessed=False, activity_status="SUCCESS"),
            Has(actor=ANNEKE, owner=ADA, is_own=False, is_unprocessed=True, processed_at=at(1793450100900)),
        ],
    ),
    "member_authorizations.find_by_member_and_application": call(
        lambda linkedin: linkedin.member_authorizations.find_by_member_and_application(),
        [
            Has(
                member_compliance_authorization_key=Has(developer_application=APPLICATION, member=ADA),
                regulated_at=at(1763800000000),
                member_compliance_scopes=("DMA",),
            )
        ],
    ),
    "member_authorizations.create": call(lambda linkedin: linkedin.member_authorizations.create()),
}
