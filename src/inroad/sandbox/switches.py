"""Named switches: every behaviour of LinkedIn that is in doubt or that differs by profile.

A profile (`today`, `guide`, `lenient`) is a set of values; any switch can be set by itself over it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

Setting: TypeAlias = str | int | float | bool | None

PROFILES = ("today", "guide", "lenient")


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch: its alternatives (empty: any number or text), its value per profile, what it decides."""

    name: str
    alternatives: tuple[Setting, ...]
    today: Setting
    guide: Setting
    lenient: Setting
    meaning: str


def _switch(
    name: str, alternatives: tuple[Setting, ...], values: tuple[Setting, Setting, Setting] | Setting, meaning: str
) -> Switch:
    """Return a switch from its values per profile, or from the one that all profiles share."""
    today, guide, lenient = values if isinstance(values, tuple) else (values, values, values)
    return Switch(name, alternatives, today, guide, lenient, meaning)


_ALL = (
    _switch(
        "versions.accept",
        ("list", "any"),
        ("list", "any", "any"),
        "which LinkedIn-Versions live: those of the product line's list, or any",
    ),
    _switch(
        "versions.overdue",
        (),
        ("", "", "202306,202503"),
        "versions that still answer after their sunset, separated by commas",
    ),
    _switch(
        "versions.malformed",
        ("426", "400"),
        ("426", "426", "426"),
        "the status of a version that is no version (UNCONFIRMED which)",
    ),
    _switch(
        "versions.catalogue",
        ("by_product", "any"),
        ("by_product", "any", "any"),
        "whether each product line has versions of its own",
    ),
    _switch("versions.eight_digits", ("accept", "refuse"), "accept", "whether YYYYMMRR is read as a version"),
    _switch(
        "headers.id",
        ("both", "by_protocol"),
        ("both", "both", "both"),
        "a new entity's id in x-restli-id and x-linkedin-id, or in the one of the protocol",
    ),
    _switch(
        "headers.tutorial_quota",
        ("off", "on"),
        ("off", "on", "off"),
        "X-Restli-Quota-Remaining and -Reset, which only older tutorials know",
    ),
    _switch("headers.retry_after", (), ("off", "off", "off"), "Retry-After on a 429: off, or seconds"),
    _switch(
        "gateway.quota_position",
        ("before_body", "after_resource"),
        "before_body",
        "whether a call counts before its body is judged (UNCONFIRMED)",
    ),
    _switch(
        "oauth.refresh_error",
        ("invalid_request", "invalid_grant"),
        "invalid_request",
        "the error of a dead refresh token",
    ),
    _switch(
        "oauth.old_scope_tokens",
        ("REVOKED_ACCESS_TOKEN", "INVALID_ACCESS_TOKEN"),
        "REVOKED_ACCESS_TOKEN",
        "what tokens answer that another scope set ended (UNCONFIRMED)",
    ),
    _switch(
        "oauth.query_credentials",
        ("off", "on"),
        ("off", "off", "on"),
        "token requests with their parameters in the query",
    ),
    _switch("oauth.pkce_confidential", ("refuse", "accept"), "refuse", "a code_verifier on the confidential flow"),
    _switch("auth.query_token", ("off", "v2"), ("off", "off", "v2"), "the token in ?oauth2_access_token="),
    _switch(
        "tier.dev_blocks_push_and_batch",
        ("on", "off"),
        ("on", "off", "off"),
        "whether the development tier refuses BATCH_GET and webhooks",
    ),
    _switch("lenient.empty", ("off", "on"), ("off", "off", "on"), "empty values where the grammar allows none"),
    _switch(
        "lenient.raw_urns", ("off", "on"), ("off", "on", "on"), "URNs without percent-encoding under protocol 2.0.0"
    ),
    _switch(
        "lenient.tunnel_get_delete",
        ("on", "off"),
        "on",
        "a DELETE tunnelled with the override GET, as official clients send it",
    ),
    _switch(
        "restli.encoded_syntax",
        ("reject", "accept"),
        ("reject", "reject", "accept"),
        "grammar characters that arrive percent-encoded",
    ),
    _switch("url_limit", (8192, 4096), 8192, "bytes of a URL before 414"),
    _switch("finder.unknown", ("404", "400"), "404", "the status of a finder that does not exist"),
    _switch(
        "scope.offered",
        ("by_product", "any"),
        ("by_product", "any", "by_product"),
        "scopes that an app may ask for: those of its products and its age, or every scope there is",
    ),
    _switch(
        "scope.policy",
        ("today", "compat"),
        ("today", "compat", "compat"),
        "compat: w_member_social and w_organization_social cover comments and reactions under /rest too",
    ),
    _switch(
        "profile.me_scope",
        ("legacy_only", "oidc_too"),
        ("legacy_only", "oidc_too", "oidc_too"),
        "whether openid and profile open /v2/me",
    ),
    _switch(
        "profile.full_fields",
        ("forbid", "drop"),
        ("forbid", "drop", "drop"),
        "fields of the closed full profile: refused, or left out",
    ),
    _switch(
        "profile.no_photo",
        ("absent", "null"),
        "absent",
        "profilePicture of a member without a photo (UNCONFIRMED)",
    ),
    _switch(
        "projection.policy",
        ("compat", "strict"),
        "compat",
        "names in a projection that the resource does not have: left out, or 400",
    ),
    _switch(
        "projection.bad_email_mask",
        ("empty", "error400", "as_guide"),
        ("empty", "as_guide", "empty"),
        "emailAddress?projection=(emailAddress*), which selects nothing",
    ),
    _switch(
        "projection.add_localized_names",
        ("off", "on"),
        ("off", "on", "off"),
        "localizedFirstName and localizedLastName beside a projection of /v2/me",
    ),
    _switch(
        "userinfo.locale",
        ("object", "string"),
        ("object", "string", "object"),
        "locale in userinfo as an object or as a string",
    ),
    _switch(
        "quota.profile",
        ("self-serve", "development", "standard", "guide", "off"),
        ("standard", "guide", "off"),
        "calls per UTC day: by product tier, the tutorial's, or none",
    ),
    _switch(
        "errors.wording",
        ("new", "old"),
        ("new", "old", "new"),
        "permission and throttle messages in today's words or in those of 2022",
    ),
    _switch(
        "errors.posts_family",
        ("recorded", "documented"),
        "recorded",
        "codes of posts as recorded, or as the documentation lists them",
    ),
    _switch("strict_content_type", ("off", "on"), "off", "415 for a body that is not application/json"),
    _switch("ids.video_post", ("ugcPost", "share"), "ugcPost", "what a video post's id is (UNCONFIRMED)"),
    _switch("posts.activity_delay_s", (), (0, 0, 3), "seconds until a fresh post can be commented on"),
    _switch("posts.second_delete", ("404", "204"), ("404", "404", "204"), "the status of a second DELETE under /rest"),
    _switch("posts.second_delete_v2", ("204", "404"), "204", "the status of a second DELETE under /v2"),
    _switch(
        "duplicate_window", (), (600, 600, 0), "seconds in which the same content by the same author is a duplicate"
    ),
    _switch(
        "duplicates.urn",
        ("original", "phantom"),
        "original",
        "the URN that a DUPLICATE_POST names: the earlier post, or one that is nowhere",
    ),
    _switch(
        "duplicates.after_delete",
        ("free", "blocked"),
        "free",
        "whether a deleted post still blocks the same content",
    ),
    _switch(
        "little.policy",
        ("truncate", "reject", "lenient"),
        ("truncate", "lenient", "truncate"),
        "what an unescaped reserved character does to a commentary",
    ),
    _switch("comment.image", ("refuse", "accept"), ("refuse", "accept", "accept"), "a comment with a picture"),
    _switch("comments.per_minute", (), (10, "off", "off"), "comments that a member may write in a minute"),
    _switch("reaction.repeat", ("409", "ok"), ("409", "409", "ok"), "a second reaction of the same kind"),
    _switch("media.readiness", ("accept", "reject", "drop_media"), "accept", "a post whose media are still processed"),
    _switch("image.member_read", ("200", "403"), "200", "whether w_member_social reads an image's status"),
    _switch("video.member_read", ("200", "403"), "200", "whether w_member_social reads a video's status"),
    _switch("upload.method", ("put_and_post", "put"), "put_and_post", "methods that upload addresses take"),
    _switch("upload.multipart", ("refuse", "accept"), ("refuse", "refuse", "accept"), "uploads as multipart/form-data"),
    _switch("upload.require_token", ("never", "images"), "never", "whether uploads need a token"),
    _switch(
        "upload.concat", ("off", "on"), ("off", "off", "on"), "parts of a video that all go to the first part's address"
    ),
    _switch(
        "stats.posts_with_intervals",
        ("allow", "400"),
        "allow",
        "share statistics of single posts with time intervals",
    ),
    _switch("stats.cold_post", ("empty", "error"), "empty", "share statistics of a post without any activity"),
    _switch("subscriptions.echo_key", ("true", "false"), "true", "whether a subscription's answer repeats its key"),
    _switch(
        "analytics.member_in_dev_tier",
        ("404", "serve"),
        ("404", "serve", "serve"),
        "member analytics in the development tier",
    ),
    _switch("events.enabled", ("off", "on"), ("off", "off", "on"), "whether the world has events"),
    _switch("x-sandbox-extensions", ("off", "on"), "off", "changes of pages that LinkedIn documents nowhere"),
    _switch(
        "tier.error",
        ("NO_PERMISSION_ON_ENTITY", "ACCESS_DENIED"),
        "NO_PERMISSION_ON_ENTITY",
        "the code of the 403 that a product tier does not cover (UNCONFIRMED which)",
    ),
    _switch(
        "token_finders.reject_start_count",
        ("off", "on"),
        "off",
        "start and count on a finder that pages by tokens: let pass and ignored, or 400",
    ),
    _switch(
        "accounts.token_search",
        ("accept", "refuse"),
        "accept",
        "search and pageToken together on the ad accounts' finder (UNCONFIRMED)",
    ),
    _switch(
        "groups.create_paused",
        ("accept", "refuse"),
        "accept",
        "a campaign group that is created PAUSED, as several clients send it (UNCONFIRMED)",
    ),
    _switch(
        "objective.spelling",
        ("singular", "as_sent", "strict_singular"),
        "singular",
        "plural objectives such as WEBSITE_VISITS, as the page prints them: turned singular, kept, or refused",
    ),
    _switch(
        "bidding.strict",
        ("off", "on"),
        "off",
        "refuse optimization targets that do not fit the objective, or remark them (UNCONFIRMED cells of the table)",
    ),
    _switch(
        "targeting.strict",
        ("off", "on"),
        "off",
        "refuse combinations of facets that LinkedIn's help names, such as titles with job functions (UNCONFIRMED)",
    ),
    _switch(
        "creatives.page_size",
        ("clamp", "refuse"),
        "clamp",
        "a pageSize over 100 on creatives: cut to 100, or 400 (UNCONFIRMED)",
    ),
    _switch(
        "creatives.draft_parent",
        ("500", "400"),
        "500",
        "the status of an ACTIVE creative under a DRAFT campaign; the 500 was observed and is permanent",
    ),
    _switch(
        "creatives.inline_body",
        ("object", "none"),
        "object",
        "whether createInline's answer names the creative in its body too (UNCONFIRMED)",
    ),
    _switch("ads.review_seconds", (), 600, "seconds until a creative's review ends"),
    _switch(
        "ads.legacy_names",
        ("off", "on"),
        ("off", "off", "on"),
        "names that LinkedIn retired years ago, which old clients still send",
    ),
    _switch("facets.dollar_urn", ("on", "off"), "on", "a targeting facet's URN as $URN beside adTargetingFacetUrn"),
    _switch(
        "forecasts.require_objective",
        ("off", "on"),
        "off",
        "422 for a forecast without an objective, as was observed against the page",
    ),
    _switch(
        "adlibrary.countries",
        ("both", "wrapper", "list", "refuse"),
        "both",
        "forms of the ad library's countries that are read: the wrapper, a list, both or none (UNCONFIRMED)",
    ),
    _switch("adlibrary.burst", (), (10, 0, 0), "calls of the ad library in 30 seconds; 0: no limit"),
    _switch(
        "dmp.company_keys",
        ("lenient", "page"),
        "lenient",
        "names of a company's fields in a segment: every spelling that clients send, or the page's alone",
    ),
    _switch("dmp.ready_seconds", (), (60, 5, 5), "seconds until a new segment takes data"),
    _switch("dmp.max_segments", (), 1000, "segments that one ad account may have"),
    _switch("conversions.strict_types", ("off", "on"), "off", "refuse conversion types that the page does not list"),
    _switch(
        "capi.batch_failure",
        ("element", "all"),
        "element",
        "an event without any identifier fails alone, or its whole batch (UNCONFIRMED)",
    ),
    _switch(
        "adanalytics.count_keys", ("on", "off"), "on", "whether pivotValues and dateRange count among the 20 fields"
    ),
    _switch(
        "adanalytics.next_link",
        ("off", "on"),
        "off",
        "a next link whose target answers 400, to catch clients that follow it",
    ),
    _switch("adanalytics.order", ("sorted", "shuffled"), "sorted", "rows in the order of their keys, or in none"),
    _switch(
        "adanalytics.row_presence",
        ("requested", "any"),
        "requested",
        "rows where a requested metric is not zero, or where any metric is",
    ),
    _switch(
        "adanalytics.units",
        ("whole", "clipped"),
        "whole",
        "months and years whole, or clipped to the range (UNCONFIRMED)",
    ),
    _switch(
        "adanalytics.long_reach",
        ("absent", "error"),
        "absent",
        "approximateMemberReach over more than 92 days: left out, or 400 (UNCONFIRMED)",
    ),
    _switch("adanalytics.max_daily_days", (), 0, "days that a DAILY query may span; 0: no limit"),
    _switch("adanalytics.max_rows", (), 15_000, "rows of one answer; what is over is cut off silently"),
    _switch("adanalytics.window_values", (), 45_000_000, "metric values that an app may ask for in five minutes"),
    _switch("adanalytics.restate_days", (), 7, "days in which a day's numbers still grow"),
    _switch(
        "adanalytics.demographics_hours", (), 12, "hours until numbers by member traits appear; LinkedIn says 12 to 24"
    ),
    _switch(
        "analytics.test_accounts", ("empty", "generate"), "empty", "analytics of test accounts: none, or generated"
    ),
    _switch("leads.sponsored_days", (), 365, "days that leads of ads are kept"),
    _switch("leads.other_days", (), 90, "days that leads of pages and events are kept"),
    _switch(
        "leads.test_leads",
        ("shown", "hidden"),
        "shown",
        "test leads in an answer that does not ask for them alone (UNCONFIRMED)",
    ),
    _switch(
        "leads.range_end",
        ("exclusive", "inclusive"),
        "exclusive",
        "whether the end of submittedAtTimeRange belongs to it (UNCONFIRMED)",
    ),
    _switch(
        "leadforms.predefined_on_create",
        ("allow", "reject"),
        "allow",
        "predefined fields in a form that is created (UNCONFIRMED)",
    ),
    _switch(
        "lead_webhook.entity_key",
        ("sponsoredCreative", "creative", "associatedCreative"),
        "sponsoredCreative",
        "the key of the creative in a lead notification (UNCONFIRMED)",
    ),
    _switch("leads.signature", ("signed", "unsigned"), "signed", "whether lead notifications are signed (UNCONFIRMED)"),
    _switch(
        "leads.retry",
        ("social", "none", "fast"),
        ("social", "social", "fast"),
        "retries of lead notifications: as social actions, none, or within a minute (UNCONFIRMED)",
    ),
    _switch("verified.push", ("off", "on"), "off", "notifications of changed verifications (UNCONFIRMED)"),
    _switch("dma.data_delay", (), 0, "seconds until a member's data can be exported after the consent"),
    _switch(
        "dma.total_undercount", ("off", "on"), "off", "a snapshot's total that is one too small, as LinkedIn warns"
    ),
    _switch(
        "dma.authorization_create_status",
        ("201", "200"),
        "201",
        "the status of registering a member for data portability (UNCONFIRMED)",
    ),
    _switch("dma.page_rows", (), 100, "rows of a snapshot's page; how many LinkedIn sends is not documented"),
    _switch(
        "jobs.required_fields",
        ("strict", "lenient"),
        ("strict", "lenient", "lenient"),
        "whether availability and posterEmail are required, as the page says and LinkedIn's own SDK does not",
    ),
    _switch("jobs.external_id_max", ("75", "200"), ("75", "200", "200"), "characters of an external job id"),
    _switch(
        "jobs.compensation_shape",
        ("both", "range_only"),
        "both",
        "a pay range with or without `range` around it, as LinkedIn's SDK writes it",
    ),
    _switch(
        "jobs.error_level",
        ("element", "request"),
        "element",
        "errors of single jobs inside their elements, or as the whole request's status (UNCONFIRMED)",
    ),
    _switch(
        "jobs.nonstandard_enum",
        ("422", "map"),
        ("422", "map", "map"),
        "employmentStatus and experienceLevel that are no symbols: refused, or turned into the nearest",
    ),
    _switch("jobs.task_delay", (), 0.2, "seconds until a job's task settles; LinkedIn says up to five minutes"),
    _switch(
        "jobs.company_details",
        ("name_pageUrl", "companyName_companyPage"),
        "name_pageUrl",
        "names inside companyDetails: of the SDK's fixtures, or of its model",
    ),
    _switch(
        "jobs.sdk_report_ids",
        ("error400", "split"),
        ("error400", "error400", "split"),
        "ids of job reports that are joined by colons, as LinkedIn's SDK does",
    ),
    _switch(
        "jobs.push_retry",
        ("social", "none", "fast"),
        ("social", "social", "fast"),
        "retries of job status notifications: as social actions, none, or within a minute (UNCONFIRMED)",
    ),
    _switch(
        "jobs.token",
        ("child", "any"),
        ("child", "any", "any"),
        "whether job calls need a child application's token, or take the partner's own too",
    ),
    _switch("jobs.contract_slots", (), 10, "paid jobs that a contract holds at a time"),
    _switch("jobs.contract_budget", (), 1_000_000, "what a contract may spend before 402"),
    _switch(
        "apply.job_id_field",
        ("externalJobId", "externalJobPostingId", "both"),
        ("externalJobId", "externalJobId", "both"),
        "how a job application names the partner's job id (UNCONFIRMED)",
    ),
    _switch("webhooks.loopback_http", ("allow", "refuse"), "allow", "webhooks at plain HTTP on this machine"),
    _switch(
        "webhooks.signature_mode",
        ("raw", "raw_utf8", "escaped_over_utf8", "invalid"),
        "raw",
        "what X-LI-Signature signs: ASCII bodies, UTF-8 bodies, their escaped form, or nothing true",
    ),
)

SWITCHES: Mapping[str, Switch] = {s.name: s for s in _ALL}

_BY_PROFILE: Mapping[str, Mapping[str, Setting]] = {
    profile: {s.name: getattr(s, profile) for s in _ALL} for profile in PROFILES
}

_ALIASES = {"duplicate_window_minutes": ("duplicate_window", 60)}
"""Names that a seed may use for a switch, with the factor that turns their unit into the switch's."""


class Switches:
    """The values in force in one world."""

    def __init__(self, profile: str, overrides: Mapping[str, Setting] | None = None) -> None:
        if profile not in PROFILES:
            raise ValueError(f"no profile {profile!r}: there are {', '.join(PROFILES)}")
        self.profile = profile
        self._usual = _BY_PROFILE[profile]
        self._set: dict[str, Setting] = {}
        for name, value in (overrides or {}).items():
            self[name] = value

    @classmethod
    def for_profile(cls, profile: str) -> Self:
        """Return the profile's values, nothing changed."""
        return cls(profile)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Return what `to_values` gave."""
        return cls(values["profile"], values["set"])

    def to_values(self) -> dict[str, Any]:
        """Return profile and single switches as JSON values."""
        return {"profile": self.profile, "set": dict(self._set)}

    def __getitem__(self, name: str) -> Setting:
        if name in self._set:
            return self._set[name]
        try:
            return self._usual[name]
        except KeyError:
            raise ValueError(f"no switch {name!r}") from None

    def __setitem__(self, name: str, value: Setting) -> None:
        if name in _ALIASES:
            name, factor = _ALIASES[name]
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(f"switch {name!r} takes a number, got {value!r}")
            value = value * factor
        switch = _known(name)
        if switch.alternatives:
            value = _chosen(switch, value)
        self._set[name] = value

    def __iter__(self) -> Iterator[str]:
        return iter(SWITCHES)

    def is_on(self, name: str) -> bool:
        """Tell whether an on/off switch is on."""
        return self[name] == "on"

    def number(self, name: str) -> float:
        """Return a switch that holds a number."""
        value = self[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"switch {name!r} holds no number: {value!r}")
        return value


def _known(name: str) -> Switch:
    switch = SWITCHES.get(name)
    if switch is None:
        raise ValueError(f"no switch {name!r}")
    return switch


def _chosen(switch: Switch, value: Setting) -> Setting:
    if isinstance(value, bool):
        value = "on" if value else "off"
    for alternative in switch.alternatives:
        if str(alternative) == str(value):
            return alternative
    raise ValueError(f"switch {switch.name!r} takes {', '.join(map(str, switch.alternatives))}, got {value!r}")
