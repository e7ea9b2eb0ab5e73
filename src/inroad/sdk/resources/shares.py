"""Posts through the oldest API, `/v2/shares`. LinkedIn has sunset it for marketing apps; new programs use `posts`.

Source: "Share API", learn.microsoft.com /linkedin/marketing/community-management/shares/share-api
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, NotFound
from inroad.sdk.flow import IO, Flow, Page, Request, Resource, operation, paged
from inroad.sdk.resources.entity import Elements, Entity, UrnText, as_batch, as_count, as_urn, decoder, pages
from inroad.sdk.resources.ugc_posts import AuditStamp
from inroad.sdk.text import PlainText

_PATH = "/v2/shares"
_OWNERS = ("person", "organization")


class ShareLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link to share; `title` stands over its preview, `thumbnail_url` is the preview's picture."""

    url: str
    title: str | None = None
    thumbnail_url: str | None = None


class ShareText(Entity, frozen=True):
    """A share's text. Plain: nothing is escaped here."""

    text: PlainText = PlainText("")
    annotations: tuple[Mapping[str, Any], ...] = ()


class ShareEntity(Entity, frozen=True):
    """What a share links to."""

    entity_location: str | None = None
    entity: UrnText | None = None
    thumbnails: tuple[Mapping[str, Any], ...] = ()


class ShareBody(Entity, frozen=True):
    """What a share shows beside its text."""

    title: str | None = None
    description: str | None = None
    content_entities: tuple[ShareEntity, ...] = ()
    share_media_category: str | None = None


class Share(Entity, frozen=True):
    """A post, as the oldest API shows it. `id` is its number, `activity` the URN that comments name."""

    id: str
    owner: UrnText
    activity: UrnText | None = None
    text: ShareText = ShareText()
    subject: str | None = None
    content: ShareBody | None = None
    distribution: Mapping[str, Any] = {}
    created: AuditStamp | None = None
    last_modified: AuditStamp | None = None
    edited: bool = False

    @property
    def urn(self) -> Urn:
        """The share's URN, which newer APIs take."""
        return Urn("share", self.id)


_SHARE = decoder(Share)
_SHARE_PAGE = decoder(Elements[Share])


class Shares(Resource[IO]):
    """Posts through the oldest API."""

    @operation
    def create(
        self,
        *,
        owner: Urn | str,
        text: str,
        link: ShareLink | None = None,
        subject: str | None = None,
        is_visible_to_guests: bool = True,
    ) -> Flow[Share]:
        """Publish a post and return it. Never repeated on its own: LinkedIn has no idempotency key.

        Args:
            owner: A person or organization URN.
            text: What readers see; plain text.
            link: A link to show.
            subject: A title for the share.
            is_visible_to_guests: Whether people without an account can see it.

        Raises:
            InvalidArgument: there is neither text nor a link.
            DuplicatePost: the owner has posted the same before; `urn` is what LinkedIn names.
            Forbidden: the token lacks the scope, or the app is a marketing app.

        Scopes: w_member_social, or w_organization_social for an organization.
        """
        if not text and link is None:
            raise InvalidArgument("a share needs text or a link")
        body: dict[str, object] = {
            "owner": str(as_urn(owner, *_OWNERS, name="owner")),
            "text": {"text": str(text)},
            "distribution": {"linkedInDistributionTarget": {"visibleToGuest": is_visible_to_guests}},
        }
        if subject is not None:
            body["subject"] = subject
        if link is not None:
            body["content"] = _link_to_wire(link)
        response = yield Request("POST", _PATH, json=body, repeatable=False)
        return response.decode(_SHARE)

    @operation
    def get(self, urn: Urn | str | int) -> Flow[Share]:
        """Return a share.

        Args:
            urn: The share's URN or its number.

        Raises:
            NotFound: there is no such share.
            Forbidden: the token may not read it; w_member_social alone does not read posts.

        Scopes: r_organization_social, or r_member_social, which LinkedIn no longer gives.
        """
        response = yield Request("GET", f"{_PATH}/{_number(urn)}")
        return response.decode(_SHARE)

    @paged
    def find_by_owners(
        self, *, owners: Sequence[Urn | str], shares_per_owner: int = 100, count: int = 50
    ) -> Flow[Page[Share]]:
        """Yield the owners' shares, newest first.

        Args:
            owners: Person or organization URNs.
            shares_per_owner: At most so many of each, 1 to 1,000 (UNCONFIRMED: the bound, LinkedIn's default).
            count: Shares per page, 1 to 100. Pages are fetched as you iterate.

        Scopes: as for `get`.
        """
        params = {
            "q": "owners",
            "owners": as_batch([as_urn(owner, *_OWNERS, name="owners") for owner in owners], name="owners"),
            "sharesPerOwner": as_count(shares_per_owner, 1000, name="shares_per_owner"),
            "start": 0,
            "count": as_count(count, 100),
        }
        return (yield from pages(Request("GET", _PATH, params), _SHARE_PAGE))

    @operation
    def delete(self, urn: Urn | str | int) -> Flow[None]:
        """Delete a share. One that is gone already is no error."""
        try:
            yield Request("DELETE", f"{_PATH}/{_number(urn)}")
        except NotFound:
            return


def _link_to_wire(link: ShareLink) -> dict[str, object]:
    if not link.url.startswith(("https://", "http://")):
        raise InvalidArgument(f"url must begin with https:// or http://, got {link.url[:80]!r}")
    entity: dict[str, object] = {"entityLocation": link.url}
    if link.thumbnail_url is not None:
        entity["thumbnails"] = [{"resolvedUrl": link.thumbnail_url}]
    content: dict[str, object] = {"contentEntities": [entity]}
    if link.title is not None:
        content["title"] = link.title
    return content


def _number(urn: Urn | str | int) -> str:
    id = str(urn)
    if not id.isascii() or not id.isdigit():
        id = as_urn(str(urn), "share", name="urn").id
    if not id.isascii() or not id.isdigit():
        raise InvalidArgument(f"urn must end in a number, got {str(urn)!r}")
    return id
