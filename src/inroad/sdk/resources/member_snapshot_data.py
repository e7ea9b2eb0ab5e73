"""What LinkedIn keeps of the token's member, domain by domain (versioned API, versions of its own).

For members in the European Economic Area and Switzerland. The only source of one's own positions, educations,
connections and messages that an ordinary app can have. Data is there some minutes after consent.
Source: "Member Snapshot API", learn.microsoft.com /linkedin/dma/member-data-portability/shared/member-snapshot-api
"""

from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias

import msgspec

from inroad.contract.versions import VerifiedWith
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, paged
from inroad.sdk.resources.entity import Elements, Entity, decoder

# Three are really spelled so. Source: "Member Snapshot Domain List", 15 May 2025.
SnapshotDomain: TypeAlias = Literal[
    "ACCOUNT_HISTORY",
    "ACTOR_SAVE_ITEM",
    "ADS_CLICKED",
    "AD_TARGETING",
    "ALL_COMMENTS",
    "ALL_LIKES",
    "ALL_VOTES",
    "ARTICLES",
    "CALENDAR",
    "CAUSES_YOU_CARE_ABOUT",
    "CERTIFICATIONS",
    "COMPANY_FOLLOWS",
    "CONNECTIONS",
    "CONTACTS",
    "COURSES",
    "EDUCATION",
    "EMAIL_ADDRESSES",
    "ENDORSEMENTS",
    "Events",
    "GROUPS",
    "HONORS",
    "INBOX",
    "INFERENCE_TAKEOUT",
    "INSTANT_REPOSTS",
    "INVITATIONS",
    "JOB_APPLICANT_SAVED_ANSWERS",
    "JOB_APPLICATIONS",
    "JOB_POSTINGS",
    "JOB_SEEKER_PREFERENCES",
    "LANGUAGES",
    "LEARNING",
    "LEARNING_COACH_AI_TAKEOUT",
    "LEARNING_COACH_INBOX",
    "LEARNING_ROLEPLAY_INBOX",
    "MARKETPLACE_ENGAGEMENTS",
    "MARKETPLACE_OPPORTUNITIES",
    "MARKETPLACE_PROVIDERS",
    "MEMBER_FOLLOWING",
    "MEMBER_SHARE_INFO",
    "ORGANIZATIONS",
    "PATENTS",
    "PHONE_NUMBERS",
    "POSITIONS",
    "PROFILE",
    "PROFILE_SUMMARY",
    "PROJECTS",
    "PUBLICATIONS",
    "RECEIPTS",
    "RECEIPTS_LBP",
    "RECOMMENDATIONS",
    "REGISTRATION",
    "REVIEWS",
    "RICH_MEDIA",
    "SAVED_JOBS",
    "SAVED_JOB_ALERTS",
    "SEARCHES",
    "SECURITY_CHALLENGE_PIPE",
    "SKILLS",
    "TALENT_QUESTION_SAVED_RESPONSE",
    "TEST_SCORES",
    "TRUSTED_GRAPH",
    "VOLUNTEERING_EXPERIENCES",
    "easyapply-blocking",
    "login",
]

Cell: TypeAlias = str | int | float | bool | None
"""What a row holds. LinkedIn documents texts, blanks included; whatever else a page holds must not end the reading."""

_END: Final = "No data found"


class Snapshot(Entity, frozen=True):
    """A page of one domain: rows under the headings of LinkedIn's data export, such as "First Name"."""

    snapshot_domain: str
    snapshot_data: tuple[Mapping[str, Cell], ...] = ()


_SNAPSHOT = decoder(Elements[Snapshot])


class MemberSnapshotData(Resource[IO]):
    """What LinkedIn keeps of the token's member."""

    verified_with: ClassVar = VerifiedWith("portability", "202312", "202312")

    @paged
    def find_by_criteria(self, domain: SnapshotDomain | str | None = None, *, start: int = 0) -> Flow[Page[Snapshot]]:
        """Yield the pages of a domain, or of all domains; an empty domain yields nothing.

        PROFILE_SUMMARY is a summary made by LinkedIn; the member's own stands in PROFILE under "Summary".

        Args:
            domain: Which domain, spelled as LinkedIn spells it; LinkedIn adds domains.
            start: The page to begin with, to go on after an interruption.

        Raises:
            Forbidden: the scope is missing, or the member lives elsewhere.

        Scopes: r_dma_portability_self_serve, r_dma_portability_member or r_dma_portability_3rd_party.
        """
        if start < 0:
            raise InvalidArgument(f"start must be 0 or more, got {start}")
        params: dict[str, object] = {"q": "criteria", "start": start}
        if domain is not None:
            params["domain"] = domain
        return (yield from _page(Request("GET", "/rest/memberSnapshotData", params, restli_method="FINDER"), start))


def _page(request: Request, start: int) -> Flow[Page[Snapshot]]:
    # The page says to ignore the total, which may be too low, and to go on until nothing is found.
    try:
        response = yield request
    except NotFound as error:
        if _END not in error.message:
            raise
        return Page([])
    answer = response.decode(_SNAPSHOT)
    is_linked = any(link.rel == "next" for link in answer.paging.links)
    if not is_linked and not any(snapshot.snapshot_data for snapshot in answer.elements):
        return Page(answer.elements)
    following = msgspec.structs.replace(request, params={**(request.params or {}), "start": start + 1})
    return Page(answer.elements, lambda: _page(following, start + 1))
