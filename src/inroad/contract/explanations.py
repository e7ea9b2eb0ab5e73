"""What LinkedIn's errors mean: why they come, what to do, and whether the same request has a chance later.

The pages are named with each entry: "Error Handling", learn.microsoft.com
/linkedin/shared/api-guide/concepts/error-handling; "Error Responses", /linkedin/marketing/error-responses;
"Authorization Code Flow", /linkedin/shared/authentication/authorization-code-flow; "Rate Limiting",
/linkedin/shared/api-guide/concepts/rate-limits; what no page says is from recorded answers.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Retry: TypeAlias = Literal["no", "soon", "later", "tomorrow", "look first"]
"""Whether the same request has a chance: in seconds, in minutes, after midnight UTC. "look first": it may be done."""

HANDLING = "/linkedin/shared/api-guide/concepts/error-handling"
MARKETING = "/linkedin/marketing/error-responses"
LIMITS = "/linkedin/shared/api-guide/concepts/rate-limits"
SIGN_IN = "/linkedin/shared/authentication/authorization-code-flow"
TOKENS = "/linkedin/shared/authentication/programmatic-refresh-tokens"
APP_TOKENS = "/linkedin/shared/authentication/client-credentials-flow"
VERSIONING = "/linkedin/marketing/versioning"
POSTS = "/linkedin/marketing/community-management/shares/posts-api"
VIDEOS = "/linkedin/marketing/community-management/shares/videos-api"
COMMENTS = "/linkedin/marketing/community-management/shares/comments-api"
STATISTICS = "/linkedin/marketing/community-management/organizations/share-statistics"


@dataclass(frozen=True, slots=True)
class Advice:
    """Why an error comes, what to do, whether a retry helps, and the page (of learn.microsoft.com) it is read from."""

    cause: str
    fix: str
    retry: Retry
    source: str


def _all(source: str, rows: Iterable[tuple[str, str, str] | tuple[str, str, str, Retry]]) -> dict[str, Advice]:
    return {row[0]: Advice(row[1], row[2], row[3] if len(row) == 4 else "no", source) for row in rows}


CODES: Mapping[str, Advice] = {
    **_all(
        HANDLING,
        (
            (
                "ILLEGAL_ARGUMENT",
                "the path, a parameter or the body is not written as Rest.li wants it",
                "encode keys and URNs; with client.request, give them as params",
            ),
            ("BAD_REQUEST", "a parameter has a value that LinkedIn cannot take", "correct what the message names"),
            ("EMPTY_ACCESS_TOKEN", "no token was sent", "give the client a token"),
            (
                "INVALID_ACCESS_TOKEN",
                "LinkedIn does not know the token: it is cut off, of another environment or made up",
                "connect the account again",
            ),
            (
                "REVOKED_ACCESS_TOKEN",
                "the token was taken back, or the app got other scopes since; new tokens may be answered so by mistake",
                "wait a minute if the token is new, else connect the account again",
            ),
            ("EXPIRED_ACCESS_TOKEN", "the token's 60 days are over", "refresh it, or connect the account again"),
            (
                "RESTRICTED_MEMBER",
                "LinkedIn has restricted the member's account",
                "only the member can settle this with LinkedIn",
            ),
            (
                "ACCESS_DENIED",
                "the token lacks the scope, the app the product, or a value (the author?) is not this member's",
                "inroad.plan(...) names scopes and products; connect again after adding them",
            ),
            (
                "RESOURCE_NOT_FOUND",
                "there is no such path or finder, or the app's products do not include it",
                "check the path, the finder and the products of the app",
            ),
            (
                "NOT_FOUND",
                "there is no such thing, or this token may not see it",
                "check the URN, and whether it was deleted",
            ),
            (
                "CONFLICT",
                "somebody else wrote at the same time, or it is done already",
                "read it again, then decide",
                "look first",
            ),
            (
                "PRECONDITION_FAILED",
                "it was changed since it was read",
                "read it again, then send the change",
                "look first",
            ),
            ("TIMEOUT", "LinkedIn took too long", "see whether it was done before sending it again", "look first"),
            ("INTERNAL_ERROR", "LinkedIn failed", "see whether it was done before sending it again", "look first"),
            (
                "INTERNAL_SERVER_ERROR",
                "LinkedIn failed",
                "see whether it was done before sending it again",
                "look first",
            ),
            (
                "SERVICE_UNAVAILABLE",
                "LinkedIn is overloaded or down",
                "wait, then see whether it was done",
                "look first",
            ),
            ("NOT_IMPLEMENTED", "LinkedIn does not offer this", "there is nothing to wait for"),
            ("UNDER_MAINTENANCE", "LinkedIn is being worked on", "wait some minutes", "later"),
        ),
    ),
    **_all(
        VERSIONING,
        (
            (
                "VERSION_MISSING",
                "a path below /rest was called without a LinkedIn-Version",
                "call it with this package's client, or add the header",
            ),
            (
                "NONEXISTENT_VERSION",
                "the LinkedIn-Version is past its sunset, or is none of this product line",
                "give the client a living version; `inroad versions` lists them",
            ),
        ),
    ),
    **_all(LIMITS, (("TOO_MANY_REQUESTS", "too many calls of this kind", "make fewer, or wait", "later"),)),
    **_all(
        POSTS,
        (
            (
                "FIELD_ARRAY_SIZE_TOO_HIGH",
                "a text or a list is longer than LinkedIn takes; a post has 3,000 characters",
                "shorten it; inroad.little measures texts",
            ),
            ("FIELD_LENGTH_TOO_LONG", "a text is longer than LinkedIn takes", "shorten it"),
            (
                "DUPLICATE_POST",
                "the author has posted the same content lately, perhaps by a call whose answer was lost",
                "look at the author's posts; the URN named may not exist; change the text to post again",
            ),
            (
                "MEDIA_ASSET_WAITING_UPLOAD",
                "the picture, video or document is not there yet, or not ready",
                "wait until its status is AVAILABLE, then post",
                "soon",
            ),
            (
                "MEDIA_ASSET_PROCESSING_FAILED",
                "LinkedIn could not use the file",
                "make it anew within LinkedIn's limits and upload it again",
            ),
        ),
    ),
    **_all(
        VIDEOS,
        (
            ("UPDATING_ASSET_FAILED", "the parts of the video are not complete or not in order", "upload it again"),
            ("EXPIRED_UPLOAD_URL", "the address to upload to is too old", "begin the upload again"),
        ),
    ),
    **_all(
        MARKETING,
        (
            ("PARAM_INVALID", "a parameter has the wrong type or grammar", "correct the parameter that is named"),
            (
                "QUERY_PARAM_NOT_ALLOWED",
                "the finder does not know the parameter",
                "leave it out, or use the finder that has it",
            ),
            (
                "FIELD_INVALID",
                "a part of a parameter has the wrong shape, or does not go with the others",
                "correct the part that is named",
            ),
            ("MULTIPLE_VALIDATIONS_FAILED", "several fields are wrong", "correct each field that error.fields names"),
            ("MISSING_FIELD", "a required field is missing", "give the field"),
            (
                "CONDITIONAL_MISSING_FIELD",
                "a field is required because of another one's value",
                "give it, or change the other one",
            ),
            (
                "CONDITIONAL_FIELD_NOT_ALLOWED",
                "a field may not be there because of another one's value",
                "leave it out, or change the other one",
            ),
            (
                "CONDITIONAL_INVALID_VALUE",
                "a value does not go with another field, perhaps of the campaign or its group",
                "change one of the two",
            ),
            ("CONDITIONAL_VALUE_TOO_HIGH", "a value is too high for another field", "lower it"),
            ("CONDITIONAL_VALUE_TOO_LOW", "a value is too low for another field", "raise it"),
            ("FIELD_NOT_ALLOWED", "the field may not be sent", "leave it out"),
            ("FIELD_VALUE_DOES_NOT_EXIST", "what the field names does not exist", "name something that exists"),
            (
                "FIELD_VALUE_NOT_ACTIVE",
                "what the field names is not active",
                "activate it first, or name something else",
            ),
            ("FIELD_VALUE_TOO_HIGH", "the value is above LinkedIn's bound", "lower it"),
            ("FIELD_VALUE_TOO_LOW", "the value is below LinkedIn's bound", "raise it"),
            ("INVALID_VALUE_FOR_FIELD", "the field cannot have this value", "correct the value"),
            ("INVALID_VALUE_BLANK_FIELD", "the field is empty", "fill it"),
            ("INVALID_VALUE_DUPLICATE_EXIST", "there is one with this value already", "use that one, or another value"),
            ("INVALID_URN_TYPE", "the URN is of the wrong kind", "give a URN of the kind that is asked for"),
            ("INVALID_URN_ID", "the URN's id is none", "check where the URN came from"),
            ("INVALID_URL", "the address is none, or not a public one", "give an address that begins with https://"),
            ("INVALID_CALL_TO_ACTION", "this format has no such call to action", "choose another, or none"),
            ("INVALID_VIDEO_ID", "there is no such video of this owner", "upload the video as this owner"),
            ("MULTIPLE_VALUES_NOT_ALLOWED", "the field takes one value", "give one"),
            ("MISMATCH_FIELDS", "two fields contradict each other", "make them agree"),
            ("START_DATE_AFTER_END_DATE", "it ends before it starts", "change one of the dates"),
            ("DATE_TOO_EARLY", "the date is past", "give a later one"),
            ("DATE_IMMUTABLE_WHEN_PASSED", "the date is past, so it stands", "leave it as it is"),
            (
                "STATUS_CHANGE_NOT_ALLOWED",
                "this status does not follow on the present one",
                "read the present status first",
            ),
            (
                "INVALID_STATUS_TRANSITION",
                "this status does not follow on the present one",
                "read the present status first",
            ),
            ("ACTION_NOT_ALLOWED_FOR_CANCELLED_STATUS", "it is cancelled for good", "make another one"),
            ("DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS", "only drafts can be deleted", "archive it"),
            ("DELETE_NOT_ALLOWED", "it cannot be deleted", "archive it, or cancel it"),
            (
                "FIELD_IMMUTABLE_FOR_NON_DRAFT_CAMPAIGNS",
                "the field can be changed in drafts only",
                "make another campaign",
            ),
            ("IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE", "a campaign keeps its objective", "make another campaign"),
            ("IMMUTABLE_ASSOCIATED_ENTITY", "a campaign keeps its organization", "make another campaign"),
            ("OBJECTIVE_CHANGE_NOT_ALLOWED", "the objective cannot be changed any more", "make another campaign"),
            (
                "INVALID_CAMPAIGN_CONFIGURATION",
                "type, objective, cost and format do not go together",
                "compare them with LinkedIn's table of campaigns",
            ),
            ("MISSING_CAMPAIGN_GROUP_ID", "a campaign needs a group", "name its campaign group"),
            (
                "ONLY_DRAFT_CAMPAIGNS_ALLOWED_IN_DRAFT_CAMPAIGN_GROUPS",
                "the group is a draft",
                "activate the group first",
            ),
            (
                "INSUFFICIENT_CAMPAIGN_GROUP_BUDGET",
                "the group's budget is too small for it",
                "raise the group's budget, or lower this one",
            ),
            ("CURRENCY_MISMATCH", "the amount is not in the account's currency", "use the account's currency"),
            ("CURRENCY_NOT_SUPPORTED", "LinkedIn does not bill in this currency", "choose another"),
            ("AUDIENCE_SIZE_TOO_SMALL", "fewer than 300 members fit", "widen the targeting"),
            (
                "FIELD_CANNOT_BE_BOTH_IN_INCLUDED_AND_EXCLUDED_TARGETING",
                "one facet is both included and excluded",
                "keep one of the two",
            ),
            ("INCOMPATIBLE_TARGETING_COMBINATION", "these facets do not go together", "leave one out"),
            ("TARGETING_FIELD_DEPRECATED", "the facet is not used any more", "use the one that took its place"),
            (
                "CONVERSION_CAMPAIGN_MISSING_ASSOCIATED_CONVERSION",
                "a campaign for conversions has none",
                "associate a conversion with it",
            ),
            ("CREATE_NOT_ALLOWED_WITH_FAILED_CREATIVES", "some of the creatives failed", "correct those first"),
            (
                "CANNOT_UPDATE_BACKFILLED_CAMPAIGN_GROUPS",
                "LinkedIn made this group and keeps it",
                "make a group of your own",
            ),
            ("ENTITY_WITH_SAME_KEY_ALREADY_EXISTS", "it is there already", "read it; there is nothing to create"),
            ("BLANK_ACCOUNT_NAME", "an account needs a name", "give one"),
            ("TEST_ACCOUNT_LIMIT_REACHED", "an app has one test account", "use the one there is"),
            ("BATCH_CREATE_TEST_ACCOUNT_LIMIT_REACHED", "an app has one test account", "use the one there is"),
            ("UPDATE_REFERENCE_NOT_ALLOWED", "an account keeps its organization", "make another account"),
            ("MISSING_PRODUCT_TYPE_FOR_ENTERPRISE_ACCOUNT", "an enterprise account needs a product type", "give one"),
            ("ACCOUNT_ID_MISMATCH_IN_PARAM_AND_BODY", "path and body name two accounts", "name one"),
            ("USER_MISMATCH_IN_PARAM_AND_BODY", "path and body name two members", "name one"),
            (
                "MEMBER_HAD_UNCONFIRMED_EMAIL",
                "the member has not confirmed an address",
                "the member has to confirm it at LinkedIn",
            ),
            ("MULTIPLE_ACCOUNTS_UNSUPPORTED", "the call is about one account", "make a call for each"),
            (
                "NO_PERMISSION_ON_ENTITY",
                "the member has no sufficient role on this account",
                "have an account's manager give the role",
            ),
            (
                "NO_PERMISSION_ON_FIELD",
                "the member's role does not change this field",
                "have an account's manager give the role",
            ),
            (
                "NO_PERMISSION_TO_UPDATE",
                "the member's role does not change this",
                "have an account's manager give the role",
            ),
        ),
    ),
}
"""LinkedIn's constants -> what they mean."""

SERVICE_CODES: Mapping[int, str] = {
    65600: "INVALID_ACCESS_TOKEN",
    65601: "REVOKED_ACCESS_TOKEN",
    65602: "EXPIRED_ACCESS_TOKEN",
    65604: "EMPTY_ACCESS_TOKEN",
    65608: "RESTRICTED_MEMBER",
    100: "ACCESS_DENIED",
    101: "TOO_MANY_REQUESTS",
}
"""The older numbers -> the constants. UNCONFIRMED: 65604."""

MESSAGES: tuple[tuple[re.Pattern[str], Advice], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), advice)
    for pattern, advice in (
        (
            r"throttle \S+ DAY limit",
            Advice(
                "the app's or the member's calls of this kind for the day are used up",
                "wait for midnight UTC, or make fewer calls",
                "tomorrow",
                LIMITS,
            ),
        ),
        (
            r"comment create throttled",
            Advice("the member commented too often within a minute", "wait a minute", "soon", COMMENTS),
        ),
        (
            r"data request limit|metric values",
            Advice(
                "reports of five minutes held more than 45 million values",
                "ask for fewer metrics or days, and wait five minutes",
                "later",
                "/linkedin/marketing/integrations/ads-reporting/ads-reporting",
            ),
        ),
        (
            r"permissions must be used when using",
            Advice(
                "the token's scopes are for another kind of author",
                "post as an author of the kind that the message names, or add the scope for this one",
                "no",
                POSTS,
            ),
        ),
        (
            r"fields \[/author\]",
            Advice(
                "this member may not post as this author",
                "use the URN that this app has for the member, or an organization the member administers",
                "no",
                POSTS,
            ),
        ),
        (
            r"Field Value validation failed",
            Advice(
                "a field's value is not this caller's to use",
                "correct the field that the message names",
                "no",
                HANDLING,
            ),
        ),
        (
            r"Unpermitted fields present",
            Advice(
                "the app's products do not include a field, or the method header is missing",
                "leave the field out, or add the product",
                "no",
                HANDLING,
            ),
        ),
        (
            r"Unable to obtain activity",
            Advice(
                "the post is so new that it cannot be commented on",
                "wait up to a minute; comments.create(patience_seconds=60) does",
                "soon",
                COMMENTS,
            ),
        ),
        (
            r"Unable to get activityIds",
            Advice("there are no statistics of this post yet", "ask again later", "later", STATISTICS),
        ),
        (
            r"All chunks IDs must be signed",
            Advice(
                "a part's ETag is missing or wrong",
                "upload the video again, and give the ETags as they came",
                "no",
                VIDEOS,
            ),
        ),
        (
            r"is forbidden|is unauthorized on",
            Advice("the token's member may not see this", "use the account of somebody who may", "no", HANDLING),
        ),
        (
            r"Parameter '\S+' is required",
            Advice("the finder needs a parameter", "give the parameter that is named", "no", HANDLING),
        ),
        (
            r"parsing batch key|must be of type",
            Advice("an id of another form is wanted", "give numbers where the message says so", "no", HANDLING),
        ),
        (
            r"Not enough permissions to access: (me|userinfo)\.",
            Advice(
                "the token is of the other kind of sign-in",
                "client.member reads either kind",
                "no",
                "/linkedin/shared/integrations/people/profile-api",
            ),
        ),
        (
            r"No data found for this memberId",
            Advice(
                "LinkedIn keeps nothing of the member under this domain, or has not gathered it yet",
                "ask again some minutes after consent",
                "later",
                "/linkedin/dma/member-data-portability",
            ),
        ),
        (
            r"did not pass the security challenge",
            Advice(
                "the webhook did not answer LinkedIn's challenge in three seconds",
                "check that the address is public and answers with this app's secret",
                "no",
                "/linkedin/shared/api-guide/webhook-validation",
            ),
        ),
    )
)
"""What can be told by LinkedIn's words only, which change without notice: none of it decides what a program does."""

STATUSES: Mapping[int, Advice] = {
    400: Advice("LinkedIn could not read the request", "correct what the message names", "no", HANDLING),
    401: Advice("LinkedIn does not accept the token", "connect the account again", "no", HANDLING),
    402: Advice(
        "the contract has no slot or no budget left",
        "add to the contract, or close jobs",
        "no",
        "/linkedin/talent/job-postings/api/create-jobs",
    ),
    403: Advice("the token may not do this", "inroad.plan(...) names scopes and products", "no", HANDLING),
    404: Advice("there is no such thing, or this token may not see it", "check the URN and the path", "no", HANDLING),
    405: Advice("the resource does not have this method", "use one that it has", "no", HANDLING),
    408: CODES["TIMEOUT"],
    409: CODES["CONFLICT"],
    410: Advice("it is gone for good", "there is nothing to wait for", "no", HANDLING),
    411: Advice("the request had no length", "send a Content-Length", "no", HANDLING),
    412: CODES["PRECONDITION_FAILED"],
    413: Advice("the request is too large", "make it smaller, or send it in parts", "no", HANDLING),
    414: Advice("the address is too long", "send fewer keys in one call", "no", HANDLING),
    415: Advice(
        "LinkedIn does not take this type of body", "send JSON, or the type that is documented", "no", HANDLING
    ),
    422: Advice(
        "a field is missing, unknown or of the wrong type", "correct each field that error.fields names", "no", HANDLING
    ),
    426: CODES["NONEXISTENT_VERSION"],
    429: CODES["TOO_MANY_REQUESTS"],
    500: CODES["INTERNAL_ERROR"],
    501: CODES["NOT_IMPLEMENTED"],
    502: CODES["SERVICE_UNAVAILABLE"],
    503: CODES["SERVICE_UNAVAILABLE"],
    504: CODES["TIMEOUT"],
}
"""HTTP status -> what can be said when nothing else is known."""

OAUTH: Mapping[str, Advice] = {
    **_all(
        SIGN_IN,
        (
            ("user_cancelled_login", "the member left LinkedIn's sign-in page", "ask them to try again"),
            ("user_cancelled_authorize", "the member did not consent", "say what the scopes are for, and ask again"),
            (
                "unauthorized_scope_error",
                "a scope is not among the app's products",
                "inroad.plan(...) names the product; add it to the app in LinkedIn's portal",
            ),
            ("invalid_scope_error", "there is no such scope", "check its spelling"),
            (
                "access_denied",
                "the member, or LinkedIn, refused",
                "ask again; for tokens of the app itself, have LinkedIn enable them",
            ),
            ("server_error", "LinkedIn failed", "try again", "soon"),
            (
                "invalid_request",
                "a parameter is missing, or the code or the refresh token is used up, expired or revoked",
                "begin the sign-in again",
            ),
            (
                "invalid_grant",
                "the code or the refresh token is used up, expired or revoked",
                "begin the sign-in again",
            ),
            (
                "invalid_redirect_uri",
                "the redirect address is not the one of the first step, or the code is expired or used",
                "use the same address in both steps, as it is registered; a code works once, for 30 minutes",
            ),
            ("invalid_client_id", "there is no such app", "check the client id"),
            ("invalid_client", "client id and secret do not belong together", "check both in LinkedIn's portal"),
            ("unauthorized_client", "the app may not use this flow", "have LinkedIn enable it"),
            (
                "state_mismatch",
                "the callback is not of this sign-in: an old tab, or a forged one",
                "begin the sign-in again in this browser",
            ),
            ("missing_code", "the callback carries neither a code nor an error", "begin the sign-in again"),
        ),
    ),
}
"""Errors of sign-in and of the token endpoint -> what they mean; the last two are this package's own."""

UNKNOWN = Advice(
    "LinkedIn says nothing that is documented",
    "read the message; quote the request id to LinkedIn's support",
    "no",
    HANDLING,
)
NOT_SENT = Advice("the connection could not be made; nothing left", "check network and address", "soon", HANDLING)
MAYBE_SENT = Advice(
    "the connection broke before an answer came",
    "see whether it was done before sending it again",
    "look first",
    HANDLING,
)
