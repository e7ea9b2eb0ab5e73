"""Conversion rules (versioned API).

Source: "Conversions API", learn.microsoft.com /linkedin/marketing/conversions/conversions-api; "Conversion Tracking",
/linkedin/marketing/integrations/ads-reporting/conversion-tracking
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.ads import calls
from inroad.sdk.resources.ads.calls import ACCOUNT, CAMPAIGN, CONVERSION, Key, created_urn, number_of, urn_of
from inroad.sdk.resources.ads.values import Money, Record, given, to_wire
from inroad.sdk.resources.entity import Batch, Elements, Entity, Millis, Results, UrnText, decoder, pages
from inroad.sdk.restli.batch import BatchCreated, BatchResult
from inroad.sdk.restli.patch import Patch

ConversionType: TypeAlias = Literal[
    "ADD_TO_CART",
    "DOWNLOAD",
    "INSTALL",
    "KEY_PAGE_VIEW",
    "LEAD",
    "PURCHASE",
    "SIGN_UP",
    "OTHER",
    "TALENT_LEAD",
    "JOB_APPLY",
    "SAVE",
    "START_CHECKOUT",
    "SCHEDULE",
    "VIEW_CONTENT",
    "VIEW_VIDEO",
    "ADD_BILLING_INFO",
    "BOOK_APPOINTMENT",
    "REQUEST_QUOTE",
    "SEARCH",
    "SUBSCRIBE",
    "AD_CLICK",
    "AD_VIEW",
    "COMPLETE_SIGNUP",
    "SUBMIT_APPLICATION",
    "PHONE_CALL",
    "INVITE",
    "LOGIN",
    "SHARE",
    "DONATE",
    "ADD_TO_LIST",
    "RATE",
    "START_TRIAL",
    "OUTBOUND_CLICK",
    "CONTACT",
    "MARKETING_QUALIFIED_LEAD",
    "SALES_QUALIFIED_LEAD",
    "QUALIFIED_LEAD",
]
ConversionMethod: TypeAlias = Literal["CONVERSIONS_API", "INSIGHT_TAG_URL_MATCH_RULES", "INSIGHT_TAG_JAVASCRIPT_EVENT"]
AttributionType: TypeAlias = Literal["LAST_TOUCH_BY_CAMPAIGN", "LAST_TOUCH_BY_CONVERSION"]
"""The second name is UNCONFIRMED."""

ValueType: TypeAlias = Literal["DYNAMIC", "FIXED", "NO_VALUE"]
AutoAssociation: TypeAlias = Literal["ALL_CAMPAIGNS", "OBJECTIVE_BASED", "NONE"]

ATTRIBUTION_WINDOWS = (1, 7, 30, 90, 365)
"""Days that an attribution window may have."""

YEAR_LONG_TYPES = frozenset({"SUBMIT_APPLICATION", "PURCHASE", "ADD_TO_CART", "QUALIFIED_LEAD", "LEAD"})
"""Types whose windows may have 365 days."""

_PATH = "/rest/conversions"


class Conversion(Record, frozen=True):
    """A conversion rule. Windows are in days. There is no delete: set `enabled` to False."""

    READ_ONLY: ClassVar[frozenset[str]] = frozenset(
        {"id", "account", "associatedCampaigns", "created", "lastModified", "lastCallbackAt"}
    )

    id: int
    account: UrnText | None = None
    name: str = ""
    type: str = ""
    conversion_method: str = ""
    enabled: bool = True
    post_click_attribution_window_size: int | None = None
    view_through_attribution_window_size: int | None = None
    attribution_type: str | None = None
    value_type: str | None = None
    value: Money | None = None
    url_rules: tuple[Any, ...] = ()
    url_match_rule_expression: tuple[Any, ...] | None = None
    campaigns: tuple[UrnText, ...] = ()
    associated_campaigns: tuple[Any, ...] = ()
    created: Millis | None = None
    last_modified: Millis | None = None
    last_callback_at: Millis | None = None

    @property
    def urn(self) -> Urn:
        """The rule's URN, `urn:lla:llaPartnerConversion:...`."""
        return Urn(CONVERSION, str(self.id), "lla")


class NewConversion(Entity, frozen=True):
    """What a conversion rule is created of; only one of the method CONVERSIONS_API takes events."""

    name: str
    type: ConversionType
    conversion_method: ConversionMethod = "CONVERSIONS_API"
    enabled: bool | None = None
    post_click_attribution_window_size: int | None = None
    view_through_attribution_window_size: int | None = None
    attribution_type: AttributionType | None = None
    value_type: ValueType | None = None
    value: Money | None = None
    url_rules: tuple[Mapping[str, Any], ...] | None = None
    url_match_rule_expression: tuple[Any, ...] | None = None


_CONVERSION = decoder(Conversion)
_CONVERSION_PAGE = decoder(Elements[Conversion])
_CONVERSION_BATCH = decoder(Results[Conversion])


class Conversions(Resource[IO]):
    """Conversion rules (versioned API)."""

    @operation
    def create(
        self, account: Key, conversion: NewConversion, *, auto_association: AutoAssociation = "NONE"
    ) -> Flow[Urn]:
        """Create a conversion rule and return its URN. Never repeated on its own.

        Args:
            account: The account's URN or its number.
            conversion: What to create.
            auto_association: Which campaigns count it at once.

        Raises:
            InvalidArgument: a window has a length that LinkedIn does not know, or FIXED has no value.

        Scopes: rw_conversions with the Conversions API, else rw_ads.
        Roles: any on the account but VIEWER.
        """
        params = {"autoAssociationType": auto_association}
        response = yield Request("POST", _PATH, params, json=_body(account, conversion), repeatable=False)
        return created_urn(response, CONVERSION)

    @operation
    def batch_create(self, account: Key, conversions: Sequence[NewConversion]) -> Flow[list[BatchCreated]]:
        """Create several conversion rules; the answer says of each, in order, its number or what is wrong.

        Scopes: as for `create`.
        """
        return (yield from calls.batch_create(_PATH, [_body(account, conversion) for conversion in conversions]))

    @operation
    def get(self, conversion: Key, *, account: Key | None = None) -> Flow[Conversion]:
        """Return a conversion rule.

        Args:
            conversion: Its URN or its number.
            account: Its account, which some editions of the page ask for.

        Raises:
            NotFound: there is no such rule.

        Scopes: r_ads or rw_ads; rw_conversions with the Conversions API.
        """
        params = {} if account is None else {"account": urn_of(account, ACCOUNT, name="account")}
        response = yield Request("GET", _entity(conversion), params)
        return response.decode(_CONVERSION)

    @operation
    def batch_get(self, conversions: Sequence[Key]) -> Flow[Batch[Conversion]]:
        """Return several conversion rules by URN; those that cannot be read are in `missing`.

        Scopes: as for `get`.
        """
        keys = [_number(conversion) for conversion in conversions]
        return (yield from calls.batch_get(_PATH, keys, _CONVERSION_BATCH, _urn))

    @paged
    def find_by_account(self, account: Key, *, count: int = 100) -> Flow[Page[Conversion]]:
        """Yield the conversion rules of an account.

        Args:
            account: The account's URN or its number.
            count: Rules per page, 1 to 1,000. Pages are fetched as you iterate.

        Scopes: as for `get`.
        """
        params = {"q": "account", "account": urn_of(account, ACCOUNT, name="account"), **calls.offset_params(count)}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _CONVERSION_PAGE))

    @paged
    def find_by_campaign(self, campaign: Key, *, count: int = 100) -> Flow[Page[Conversion]]:
        """Yield the conversion rules that a campaign counts.

        Scopes: as for `get`.
        """
        urn = urn_of(campaign, CAMPAIGN, name="campaign")
        params = {"q": "campaign", "campaign": urn, **calls.offset_params(count)}
        return (yield from pages(Request("GET", _PATH, params, restli_method="FINDER"), _CONVERSION_PAGE))

    @operation
    def update(self, conversion: Key, patch: Patch) -> Flow[None]:
        """Change some of a rule's fields.

        A patch that sets `campaigns` replaces all of them; with more than some 600 LinkedIn may answer 500 although it
        has written: read back.

        Scopes: rw_conversions with the Conversions API, else rw_ads.
        """
        yield from calls.update(_entity(conversion), patch)

    @operation
    def batch_update(self, changes: Mapping[Key, Patch]) -> Flow[BatchResult[Key, int]]:
        """Change several rules; the answer says of each whether it was, by the key that was given.

        Scopes: as for `update`.
        """
        return (yield from calls.batch_update(_PATH, changes, _number))


def _number(conversion: Key) -> int:
    return number_of(conversion, CONVERSION, name="conversion")


def _urn(key: str) -> Urn:
    return urn_of(key, CONVERSION, name="conversion")


def _entity(conversion: Key) -> str:
    return calls.entity_path(_PATH, _number(conversion))


def _body(account: Key, conversion: NewConversion) -> object:
    if not conversion.name.strip():
        raise InvalidArgument("a conversion rule needs a name")
    windows = {
        "post_click_attribution_window_size": conversion.post_click_attribution_window_size,
        "view_through_attribution_window_size": conversion.view_through_attribution_window_size,
    }
    for name, days in windows.items():
        if days is not None and days not in ATTRIBUTION_WINDOWS:
            raise InvalidArgument(f"{name} must be 1, 7, 30, 90 or 365 days, got {days}")
        if days == ATTRIBUTION_WINDOWS[-1] and conversion.type not in YEAR_LONG_TYPES:
            raise InvalidArgument(f"{name} cannot be 365 days for the type {conversion.type}")
    if conversion.value_type == "FIXED" and conversion.value is None:
        raise InvalidArgument("a FIXED value needs a value")
    return {**given(account=urn_of(account, ACCOUNT, name="account")), **to_wire(conversion)}
