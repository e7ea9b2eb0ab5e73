"""Which resources LinkedIn has, by the first name of their path: for telling "not modelled" from "does not exist".

Sources: the resource pages of learn.microsoft.com /linkedin/marketing, /linkedin/consumer, /linkedin/talent,
/linkedin/compliance and /linkedin/dma. A name stands here whether or not anything in this package speaks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A resource's name, the bases it is served under, and the version line it belongs to."""

    name: str
    bases: frozenset[str]
    line: str = "marketing"


def _endpoints(names: str, bases: str, line: str = "marketing") -> tuple[Endpoint, ...]:
    return tuple(Endpoint(name=name, bases=frozenset(bases.split()), line=line) for name in names.split())


_ALL = (
    # Identity: "Sign In with LinkedIn", "Profile API", "Verified on LinkedIn".
    *_endpoints("userinfo me emailAddress clientAwareMemberHandles people connections", "v2"),
    *_endpoints("identityMe verificationReport validationStatus", "rest", "verified"),
    # Data portability: "Member Data Portability (Member)" and "(3rd Party)".
    *_endpoints("memberSnapshotData memberChangeLogs memberAuthorizations", "rest", "portability"),
    *_endpoints(
        "dmaOrganizations dmaOrganizationAcls dmaPosts dmaReactions dmaComments dmaLeadGenResponses dmaEvents "
        "dmaOrganizationalPageContentAnalytics",
        "rest",
        "portability",
    ),
    # Talent: job postings, Apply Connect, Recruiter System Connect.
    *_endpoints("provisionedApplications atsIntegrations jobApplicationLifecycleActions developerWebhooks", "v2"),
    *_endpoints("simpleJobPostings simpleJobPostingTasks jobPostingStatus", "v2 rest", "talent"),
    *_endpoints("provisionedHiringContracts partnerJobReports partnerBudgetReports", "rest", "talent"),
    *_endpoints(
        "atsCandidates atsApplications atsJobPostings atsEntityAcls atsEntityAclAssignees exportedCandidates seats "
        "conversationEvents mailStubs prospectNotes",
        "v2 rest",
        "talent",
    ),
    # Messaging and compliance.
    *_endpoints("messages complianceEvents memberComplianceAuthorizations", "v2"),
    # Community management.
    *_endpoints("ugcPosts shares organizationalEntityAcls companySearch", "v2"),
    *_endpoints("assets socialActions organizations organizationBrands organizationAcls networkSizes", "v2 rest"),
    *_endpoints("posts reactions socialMetadata images videos documents", "rest"),
    *_endpoints("organizationsLookup organizationBrandsLookup", "rest"),
    *_endpoints(
        "organizationAuthorizations organizationalEntityFollowerStatistics organizationPageStatistics "
        "brandPageStatistics organizationalEntityShareStatistics videoAnalytics eventSubscriptions "
        "organizationalEntityNotifications",
        "v2 rest",
    ),
    *_endpoints("memberCreatorPostAnalytics memberCreatorVideoAnalytics memberFollowersCount", "rest"),
    *_endpoints("peopleTypeahead vanityUrl events", "rest"),
    # Advertising, conversions, leads.
    *_endpoints(
        "adAccounts adAccountUsers adTargetingFacets adTargetingEntities audienceCounts adTargetTemplates "
        "adBudgetPricing adSupplyForecasts adLibrary adPreviews inMailContents conversationAds "
        "sponsoredMessageContents adPublisherRestrictions adTrackingParameters dmpSegments adAnalytics "
        "attributedRevenueMetrics conversions campaignConversions conversionEvents insightTags "
        "insightTagDomains leadForms leadFormResponses leadNotifications",
        "rest",
    ),
)

CATALOG: Mapping[str, Endpoint] = {e.name: e for e in _ALL}
"""First name of the path -> endpoint."""


def line_of(path: str) -> str:
    """Return the product line whose versions rule a path below `/rest/`; what is not in the catalog is marketing's."""
    name = path.removeprefix("/rest/").partition("?")[0].partition("/")[0]
    endpoint = CATALOG.get(name)
    return "marketing" if endpoint is None else endpoint.line
