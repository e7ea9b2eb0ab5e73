"""Recruiter, Pages data portability and compliance: 403 without the programme, 501 with it, never a pretended answer.

Sources, learn.microsoft.com /linkedin: "Recruiter System Connect", /talent; "Pages Data Portability", /dma;
"Compliance Events", /compliance. Stages, the one part of Recruiter that is modelled, are in `stages`.
"""

from typing import Final

from inroad.sandbox.answers import not_modelled
from inroad.sandbox.call import Answer, Call
from inroad.sandbox.resource import Method, Resource, ScopeRule
from inroad.sandbox.resources.partners import COMPLIANCE, PAGES_PORTABILITY, RECRUITER, partner

SOURCE: Final = "learn.microsoft.com /linkedin/talent/recruiter-system-connect"
_NAMES: Final = ("GET", "GET_ALL", "BATCH_GET", "CREATE", "UPDATE", "PARTIAL_UPDATE", "DELETE")
_BATCHES: Final = ("BATCH_UPDATE", "BATCH_PARTIAL_UPDATE", "BATCH_DELETE")
_FINDERS: Final = {
    "exportedCandidates": ("FINDER-request",),
    "seats": ("FINDER-seatsByAttributes",),
    "conversationEvents": ("FINDER-criteria",),
    "mailStubs": ("FINDER-contract",),
    "prospectNotes": ("FINDER-criteria",),
    "dmaOrganizationAcls": ("FINDER-roleAssignee",),
    "dmaPosts": ("FINDER-author",),
    "dmaReactions": ("FINDER-entity",),
    "dmaComments": ("FINDER-entity",),
    "dmaLeadGenResponses": ("FINDER-owner",),
    "dmaEvents": ("FINDER-organizer",),
    "dmaOrganizationalPageContentAnalytics": ("FINDER-organization",),
    "complianceEvents": ("FINDER-memberAndApplication",),
    "memberComplianceAuthorizations": ("FINDER-memberAndApplication",),
}
_RECRUITER: Final = (
    "atsCandidates",
    "atsApplications",
    "atsEntityAcls",
    "atsEntityAclAssignees",
    "exportedCandidates",
    "seats",
    "conversationEvents",
    "mailStubs",
    "prospectNotes",
)
_PAGES: Final = (
    "dmaOrganizations",
    "dmaOrganizationAcls",
    "dmaPosts",
    "dmaReactions",
    "dmaComments",
    "dmaLeadGenResponses",
    "dmaEvents",
    "dmaOrganizationalPageContentAnalytics",
)


def _closed_to_all(programme: str) -> ScopeRule:
    """Return a rule that lets nobody pass: 403 outside the programme, 501 inside, whatever is asked for."""
    is_partner = partner(programme)

    def rule(call: Call) -> None:
        is_partner(call)
        raise not_modelled(f"/{call.base}/{call.resource}")

    return rule


def _never(call: Call) -> Answer:
    raise not_modelled(f"/{call.base}/{call.resource}")


def _closed(path: str, programme: str, *, base: str, line: str, application_tokens: bool) -> Resource:
    return Resource(
        path=path,
        bases=frozenset({base}),
        key="string",
        takes_raw_urns=True,
        product=line,
        methods=tuple(
            Method(
                name=name,
                handler=_never,
                gate=_closed_to_all(programme),
                application_tokens=application_tokens,
                source=SOURCE,
            )
            for name in (*_NAMES, *_BATCHES, *_FINDERS.get(path, ()))
        ),
    )


RESOURCES: Final = (
    *(_closed(n, RECRUITER, base="v2", line="talent", application_tokens=True) for n in _RECRUITER),
    *(_closed(n, PAGES_PORTABILITY, base="rest", line="portability", application_tokens=False) for n in _PAGES),
    _closed("complianceEvents", COMPLIANCE, base="v2", line="marketing", application_tokens=False),
    _closed("memberComplianceAuthorizations", COMPLIANCE, base="v2", line="marketing", application_tokens=False),
)
