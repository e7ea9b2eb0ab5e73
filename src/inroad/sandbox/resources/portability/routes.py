"""`memberSnapshotData`, `memberChangeLogs`, `memberAuthorizations`.

Sources, learn.microsoft.com /linkedin/dma/member-data-portability/shared/: "Member Snapshot API",
member-snapshot-api; "Member Changelog API", member-changelog-api; "Member Authorization Management API".
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from inroad.common.clock import from_millis, to_millis
from inroad.sandbox.answers import bad_parameter, sentence
from inroad.sandbox.call import Answer, Call, Refusal
from inroad.sandbox.oauth.tokens import consent_of
from inroad.sandbox.records import Record
from inroad.sandbox.resource import Method, Resource
from inroad.sandbox.resources.paging import page
from inroad.sandbox.resources.partners import application_urn
from inroad.sandbox.resources.portability.changes import KEPT, events_of
from inroad.sandbox.resources.portability.snapshot import DOMAINS, Row, rows_of
from inroad.sandbox.resources.portability.state import Portability

SOURCE: Final = "learn.microsoft.com /linkedin/dma/member-data-portability/shared/member-snapshot-api"
CHANGES: Final = "learn.microsoft.com /linkedin/dma/member-data-portability/shared/member-changelog-api"
MAX_EVENTS: Final = 50
SCOPES: Final = frozenset({"r_dma_portability_self_serve", "r_dma_portability_member", "r_dma_portability_3rd_party"})
"""The reference names the second, the token tool the first: both are real."""


def _find_snapshot(call: Call) -> Answer:
    domain = call.params.get("domain")
    if domain is not None and domain not in DOMAINS:
        raise bad_parameter("PARAM_INVALID", "domain")
    start = _whole(call, "start", 0)
    count = _whole(call, "count", 10)
    if call.now < _consented_at(call) + timedelta(seconds=call.switches.number("dma.data_delay")):
        raise _no_data()
    pages = list(_pages(call, DOMAINS if domain is None else (str(domain),)))
    if start >= len(pages):
        raise _no_data()
    named, rows = pages[start]
    total = len(pages) - call.switches.is_on("dma.total_undercount")
    links = [
        {
            "type": "application/json",
            "rel": rel,
            "href": f"/rest/memberSnapshotData?count={count}{'' if domain is None else f'&domain={domain}'}"
            f"&q=criteria&start={at}",
        }
        for rel, at in (("prev", start - 1), ("next", start + 1))
        if 0 <= at < len(pages)
    ]
    return Answer(
        body={
            "paging": {"start": start, "count": count, "total": total, "links": links},
            "elements": [{"snapshotDomain": named, "snapshotData": rows}],
        }
    )


def _pages(call: Call, domains: tuple[str, ...]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the pages of the domains, one after the other; `count` does not split them."""
    size = max(1, int(call.switches.number("dma.page_rows")))
    for domain in domains:
        rows = rows_of(call.world, call.member, domain)
        for at in range(0, len(rows), size):
            yield domain, rows[at : at + size]


def _find_changes(call: Call) -> Answer:
    since = max(_consented_at(call), call.now - KEPT)
    sent = call.params.get("startTime")
    if sent is not None:
        try:
            since = max(since, from_millis(int(str(sent))))
        except (ValueError, OverflowError) as problem:
            raise bad_parameter("PARAM_INVALID", "startTime") from problem
    if not 1 <= _whole(call, "count", 10) <= MAX_EVENTS:
        raise bad_parameter("PARAM_INVALID", "count")
    return Answer(body=page(call, events_of(call, since), lambda event: event, most=MAX_EVENTS))


def _find_authorizations(call: Call) -> Answer:
    found = [] if _is_unregistered(call) else [_authorization(call)]
    return Answer(body=page(call, found, lambda shown: shown))


def _authorization(call: Call) -> dict[str, Any]:
    consent = consent_of(call.world, call.grant.app.client_id, call.member.id)
    return {
        "memberComplianceAuthorizationKey": {
            "developerApplication": application_urn(call.grant.app.client_id),
            "member": call.person_urn(call.member.id),
        },
        "regulatedAt": to_millis(call.now if consent is None else consent.authorized_at),
        "memberComplianceScopes": ["DMA"],
    }


def _register(call: Call) -> Answer:
    if _is_unregistered(call):
        call.world.state(Portability).unregistered.remove(_pair(call))
    if call.switches["dma.authorization_create_status"] == "200":
        return Answer()
    return Answer.created(f"{application_urn(call.grant.app.client_id)},{call.person_urn(call.member.id)}")


def _consented_at(call: Call) -> datetime:
    """Return since when the app may see the member's data, or refuse where the registration failed."""
    consent = consent_of(call.world, call.grant.app.client_id, call.member.id)
    if consent is None or _is_unregistered(call):
        raise _no_data()
    return consent.authorized_at


def _is_unregistered(call: Call) -> bool:
    return _pair(call) in call.world.state(Portability).unregistered


def _pair(call: Call) -> str:
    return f"{call.grant.app.client_id} {call.member.id}"


def _no_data() -> Refusal:
    return sentence(404, "No data found for this memberId")


def _whole(call: Call, name: str, default: int) -> int:
    sent = call.params.get(name)
    if sent is None:
        return default
    if not isinstance(sent, str) or not sent.isascii() or not sent.isdigit():
        raise bad_parameter("PARAM_INVALID", name)
    return int(sent)


def _portable(path: str, *methods: Method) -> Resource:
    return Resource(path=path, bases=frozenset({"rest"}), key="number", product="portability", methods=methods)


RESOURCES: Final = (
    _portable(
        "memberSnapshotData",
        Method(
            name="FINDER-criteria",
            handler=_find_snapshot,
            scopes=SCOPES,
            params={"domain": "optional", "start": "optional", "count": "optional"},
            source=SOURCE,
        ),
    ),
    _portable(
        "memberChangeLogs",
        Method(
            name="FINDER-memberAndApplication",
            handler=_find_changes,
            scopes=SCOPES,
            params={"startTime": "optional", "start": "optional", "count": "optional"},
            source=CHANGES,
        ),
    ),
    _portable(
        "memberAuthorizations",
        Method(name="FINDER-memberAndApplication", handler=_find_authorizations, scopes=SCOPES, source=SOURCE),
        Method(
            name="CREATE",
            handler=_register,
            scopes=SCOPES,
            body=Record("MemberAuthorization", ()),
            source=SOURCE,
        ),
    ),
)
