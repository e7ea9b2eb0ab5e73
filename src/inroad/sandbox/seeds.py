"""Worlds from TOML files: what a seed may say, and how it becomes apps, members, pages and posts.

Every table is optional. A key that is not known, a value of the wrong kind and a reference that points nowhere are
errors that name the key and its line.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec

from inroad.common.urn import Urn
from inroad.sandbox.access import unknown_products
from inroad.sandbox.generated import populate
from inroad.sandbox.portraits import initials_of, mark, portrait
from inroad.sandbox.resources.actors import organization_of
from inroad.sandbox.resources.ads import seed as ads
from inroad.sandbox.resources.jobs import seed as jobs
from inroad.sandbox.resources.leads import seed as leads
from inroad.sandbox.resources.media.pictures import sniff
from inroad.sandbox.resources.posts.rules import fingerprint
from inroad.sandbox.resources.posts.seed import Attachment, seed_post
from inroad.sandbox.resources.posts.state import Article, Poll, PollOption, Posts
from inroad.sandbox.resources.provisioning.state import Child, Provisioning
from inroad.sandbox.shape import is_object
from inroad.sandbox.switches import PROFILES, Setting, Switches
from inroad.sandbox.webhooks import seed as webhooks
from inroad.sandbox.world import App, Blob, Member, Organization, Role, World

Line: TypeAlias = Mapping[tuple[str | int, ...], int]

DEFAULT_SEED: Final = Path(__file__).with_name("default_seed.toml")


class SeedError(ValueError):
    """A seed cannot become a world; the message names the line where one is to blame."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.reason = reason
        self.line = line


class _Table(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What all tables have in common: a key that is not known is an error."""


class WorldTable(_Table):
    """Where the world begins."""

    now: datetime | None = None
    profile: str = "today"
    seed: int = 7


class AppTable(_Table):
    """One developer application."""

    client_id: str | None = None
    client_secret: str | None = None
    name: str = ""
    created: date = date(2026, 1, 10)
    products: list[str] = []
    scopes: list[str] = []
    tier: Literal["development", "standard"] = "standard"
    redirect_urls: list[str] = []
    grants: list[Literal["authorization_code", "refresh_token", "client_credentials"]] | None = None
    webhook_secret: str = ""
    native: bool = False
    parent: str | None = None  # of a partner's child application: the partner's client id, named earlier


class MemberTable(_Table):
    """One member."""

    first_name: str
    last_name: str
    id: str | None = None
    email: str | None = None
    password: str = "demo-password"  # noqa: S105 - an emulated member's
    headline: str = ""
    vanity_name: str | None = None
    locale: str = "en_US"
    picture: str = "generated"
    connections: int = 0


class RoleTable(_Table):
    """A member's role on a page."""

    member: str
    role: Literal[
        "ADMINISTRATOR",
        "DIRECT_SPONSORED_CONTENT_POSTER",
        "RECRUITING_POSTER",
        "LEAD_CAPTURE_ADMINISTRATOR",
        "LEAD_GEN_FORMS_MANAGER",
        "ANALYST",
        "CURATOR",
        "CONTENT_ADMINISTRATOR",
        "CONTENT_ADMIN",
    ] = "ADMINISTRATOR"
    state: Literal["APPROVED", "REJECTED", "REQUESTED", "REVOKED"] = "APPROVED"


class OrganizationTable(_Table):
    """One organization and its page."""

    name: str
    id: int | None = None
    vanity_name: str | None = None
    logo: str = "generated"
    website: str = ""
    description: str = ""
    industries: list[str] = []
    size: str = "SIZE_11_TO_50"
    followers: int = 0
    statistics_days: int = 0
    parent: int | None = None  # of a showcase page: the organization, named earlier, whose brand it is
    roles: list[RoleTable] = []


class CommentTable(_Table):
    """One comment of a post."""

    actor: str
    text: str


class PostTable(_Table):
    """One post of the past, with at most one kind of content."""

    author: str
    text: str = ""
    published: datetime | None = None
    days_ago: float | None = None  # in place of `published`, before the world's now
    image: str | None = None  # "generated" or a path
    alt_text: str | None = None
    article: str | None = None  # the link's address
    poll: list[str] | None = None  # its options; the text asks
    video: str | None = None  # "generated" or a path
    document: str | None = None  # "generated" or a path
    title: str | None = None  # of the video or the document
    reactions: int = 0
    comments: list[CommentTable] = []


class CreativeTable(_Table):
    """One creative of a campaign."""

    id: int | None = None
    kind: Literal["image", "video", "article", "document", "text"] = "image"
    status: str = "ACTIVE"


class CampaignTable(_Table):
    """One campaign."""

    id: int | None = None
    name: str = ""
    type: str = "SPONSORED_UPDATES"
    objective: str = "BRAND_AWARENESS"
    status: str = "ACTIVE"
    daily_budget: str | None = None
    creatives: list[CreativeTable] = []


class CampaignGroupTable(_Table):
    """One campaign group."""

    id: int | None = None
    name: str = ""
    status: str = "ACTIVE"
    campaigns: list[CampaignTable] = []


class AdAccountUserTable(_Table):
    """A member's role on an ad account."""

    member: str
    role: Literal["ACCOUNT_BILLING_ADMIN", "ACCOUNT_MANAGER", "CAMPAIGN_MANAGER", "CREATIVE_MANAGER", "VIEWER"] = (
        "ACCOUNT_MANAGER"
    )


class AdAccountTable(_Table):
    """One ad account."""

    id: int | None = None
    name: str = ""
    organization: int | None = None
    currency: str = "USD"
    test: bool = False
    users: list[AdAccountUserTable] = []
    facts_days: int = 0
    campaign_groups: list[CampaignGroupTable] = []


class LeadFormTable(_Table):
    """One lead form."""

    owner: str
    id: int | None = None
    name: str = ""
    questions: list[str] = []
    consents: list[str] = []
    responses: int = 0


class JobTable(_Table):
    """One job posting."""

    organization: int
    title: str
    external_id: str | None = None
    state: str = "LISTED"
    app: str | None = None  # whose program posted it; left out: every app with jobs sees it


class SubscriptionTable(_Table):
    """One webhook subscription."""

    app: str
    kind: Literal["lead", "social_action", "job_application"]
    owner: str
    url: str


class GenerateTable(_Table):
    """How many of each are made beside what is named."""

    members: int = 0
    organizations: int = 0
    posts_per_organization: int = 0
    ad_accounts: int = 0
    campaigns_per_account: int = 0
    leads: int = 0
    jobs: int = 0


class Seed(_Table):
    """A whole seed file."""

    world: WorldTable = msgspec.field(default_factory=WorldTable)
    switches: dict[str, str | int | float | bool] = {}
    apps: list[AppTable] = []
    members: list[MemberTable] = []
    organizations: list[OrganizationTable] = []
    posts: list[PostTable] = []
    ad_accounts: list[AdAccountTable] = []
    lead_forms: list[LeadFormTable] = []
    jobs: list[JobTable] = []
    subscriptions: list[SubscriptionTable] = []
    generate: GenerateTable = msgspec.field(default_factory=GenerateTable)


def default_seed(profile: str | None = None) -> World:
    """Return a small believable world: three members, two pages, a demo app, an app of 2022, a feed with history."""
    return read_seed_file(DEFAULT_SEED, profile=profile)


def read_seed_file(path: Path, *, profile: str | None = None) -> World:
    """Return the world of a seed file; `profile` wins over the file's.

    Raises:
        SeedError: the file cannot be read or made into a world; the message begins with its path.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise SeedError(f"{path}: cannot read the seed: {problem}") from problem
    try:
        return read_seed(text, folder=path.parent, profile=profile)
    except SeedError as problem:
        raise SeedError(f"{path}: {problem}") from problem


def read_seed(text: str, *, folder: Path | None = None, profile: str | None = None) -> World:
    """Return the world that a seed's text describes. Paths of pictures are looked up in `folder`.

    Raises:
        SeedError: names the key and its line.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SeedError(f"not TOML: {problem}") from problem
    lines = _lines_of(text)
    if isinstance(document.get("switches"), dict):
        document["switches"] = dict(_flat(document["switches"]))
    try:
        seed = msgspec.convert(document, Seed)
    except msgspec.ValidationError as problem:
        raise _explained(str(problem), lines) from problem
    return _Builder(seed, lines, folder, profile).build()


class _Builder:
    """One seed on its way to a world."""

    def __init__(self, seed: Seed, lines: Line, folder: Path | None, profile: str | None) -> None:
        self.seed = seed
        self.lines = lines
        self.folder = folder
        self.profile = profile or seed.world.profile
        self.world = World(seed=seed.world.seed)

    def build(self) -> World:
        world, table = self.world, self.seed.world
        if self.profile not in PROFILES:
            raise self.error(f"no profile {self.profile!r}: there are {', '.join(PROFILES)}", "world", "profile")
        world.switches = Switches.for_profile(self.profile)
        for name, value in self.seed.switches.items():
            self.set_switch(name, value)
        if table.now is not None:
            world.clock.set(self.aware(table.now, "world", "now"))
        for index, app in enumerate(self.seed.apps):
            self.add_app(app, index)
        for index, member in enumerate(self.seed.members):
            self.add_member(member, index)
        for index, organization in enumerate(self.seed.organizations):
            self.add_organization(organization, index)
        self.check_generate()
        wanted = self.seed.generate
        populate(world, members=wanted.members, organizations=wanted.organizations, posts=wanted.posts_per_organization)
        for index, post in sorted(enumerate(self.seed.posts), key=self.age, reverse=True):
            self.add_post(post, index)
        self.add_advertising()
        self.add_jobs()
        for index, subscription in enumerate(self.seed.subscriptions):
            self.subscribe(subscription, index)
        return world

    def error(self, reason: str, *place: str | int) -> SeedError:
        """Return an error at a place of the file, or at the nearest place around it whose line is known."""
        return SeedError(reason, _line_at(self.lines, place))

    def set_switch(self, name: str, value: Setting) -> None:
        try:
            self.world.switches[name] = value
        except ValueError as problem:
            place = ("switches", name) if ("switches", name) in self.lines else ("switches", *name.split("."))
            raise self.error(str(problem), *place) from problem

    def aware(self, instant: datetime, *place: str | int) -> datetime:
        if instant.tzinfo is None:
            raise self.error(f"{place[-1]} needs a zone, such as 2026-11-23T09:00:00Z", *place)
        return instant

    def add_app(self, table: AppTable, index: int) -> None:
        client_id = table.client_id or f"app-{self.world.new_id(8).lower().replace('_', 'a').replace('-', 'b')}"
        if client_id in self.world.apps:
            raise self.error(f"app {client_id!r} is there already", "apps", index, "client_id")
        for product in unknown_products(table.products):
            raise self.error(f"no product {product!r}", "apps", index, "products")
        app = App(
            client_id=client_id,
            client_secret=table.client_secret or self.world.new_secret(24),
            name=table.name or client_id,
            created=table.created,
            products=table.products,
            scopes=table.scopes,
            tier=table.tier,
            redirect_urls=table.redirect_urls,
            native=table.native,
            webhook_secret=table.webhook_secret,
        )
        if table.grants is not None:
            app.grants = list(table.grants)
        self.world.apps[client_id] = app
        if table.parent is not None:
            self.require_app(table.parent, "apps", index, "parent")
            child = Child(client_id=client_id, parent=table.parent, foreign_id=client_id)
            self.world.state(Provisioning).children[client_id] = child

    def add_member(self, table: MemberTable, index: int) -> None:
        member_id = table.id or self.world.new_id(10)
        if member_id in self.world.members:
            raise self.error(f"member {member_id!r} is there already", "members", index, "id")
        name = f"{table.first_name} {table.last_name}"
        vanity = table.vanity_name or _vanity(name)
        self.world.members[member_id] = Member(
            id=member_id,
            email=f"{vanity.replace('-', '.')}@example.test" if table.email is None else table.email,
            first_name=table.first_name,
            last_name=table.last_name,
            password=table.password,
            headline=table.headline,
            vanity_name=vanity,
            locale=table.locale,
            connections=table.connections,
            picture=self.picture(
                table.picture,
                lambda: portrait(f"{self.world.seed}:{name}", initials_of(table.first_name, table.last_name)),
                ("members", index, "picture"),
            ),
        )

    def add_organization(self, table: OrganizationTable, index: int) -> None:
        number = table.id if table.id is not None else 90_000_000 + len(self.world.organizations) + 1
        if number in self.world.organizations:
            raise self.error(f"organization {number} is there already", "organizations", index, "id")
        if table.parent is not None:
            self.require_organization(table.parent, "organizations", index, "parent")
        for at, role in enumerate(table.roles):
            self.require_member(role.member, "organizations", index, "roles", at, "member")
        self.world.organizations[number] = Organization(
            id=number,
            name=table.name,
            vanity_name=table.vanity_name or _vanity(table.name),
            logo=self.picture(
                table.logo, lambda: mark(f"{self.world.seed}:{table.name}"), ("organizations", index, "logo")
            ),
            website=table.website,
            description=table.description,
            industries=table.industries,
            size=table.size,
            followers=table.followers,
            statistics_days=table.statistics_days,
            parent=table.parent,
            roles=[Role(member=r.member, role=r.role, state=r.state) for r in table.roles],
        )

    def picture(self, wanted: str, draw: Callable[[], Blob], place: tuple[str | int, ...]) -> str:
        """Return the key of a picture in the world's blobs, or `none`."""
        if wanted == "none":
            return "none"
        key = f"D4E03AQ{self.world.new_id(12)}"
        self.world.blobs[key] = draw() if wanted == "generated" else self.file(wanted, place)
        return key

    def file(self, name: str, place: tuple[str | int, ...]) -> Blob:
        path = Path(name) if self.folder is None else self.folder / name
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise self.error(f'{place[-1]} is "generated", "none" or a path: cannot read {name!r}', *place) from problem
        content_type = sniff(data)
        if content_type is None:
            raise self.error(f"{name!r} is no JPEG, PNG or GIF", *place)
        return Blob(content_type=content_type, data=data)

    def add_post(self, table: PostTable, index: int) -> None:
        place = ("posts", index)
        self.require_author(table.author, *place, "author")
        contents = [n for n in ("image", "article", "poll", "video", "document") if getattr(table, n) is not None]
        if len(contents) > 1:
            raise self.error(f"a post has one content, got {' and '.join(contents)}", *place, contents[1])
        for at, comment in enumerate(table.comments):
            self.require_author(comment.actor, *place, "comments", at, "actor")
        try:
            post = seed_post(
                self.world,
                author_urn=table.author,
                text=table.text,
                published=self.published(table, place),
                image=self.post_image(table, place),
                alt_text=table.alt_text,
                attachment=self.attachment(table),
                reactions=table.reactions,
                comments=[(c.actor, c.text) for c in table.comments],
            )
        except (OSError, ValueError) as problem:
            if isinstance(problem, SeedError):
                raise
            raise self.error(f"{contents[0]} cannot be used: {problem}", *place, contents[0]) from problem
        if table.article is not None:
            post.content = Article(source=table.article, title=table.article)
        elif table.poll is not None:
            if not 2 <= len(table.poll) <= 4:
                raise self.error(f"a poll has 2 to 4 options, got {len(table.poll)}", *place, "poll")
            options = [PollOption(text=option) for option in table.poll]
            post.content = Poll(question=table.text[:140], options=options, duration="THREE_DAYS")
        else:
            return
        post.fingerprint = fingerprint(post)
        self.world.state(Posts).note_fingerprint(post)

    def age(self, numbered: tuple[int, PostTable]) -> timedelta:
        """Return how old a post is; the store keeps posts in the order of their making."""
        index, table = numbered
        return self.world.clock.now() - self.published(table, ("posts", index))

    def published(self, table: PostTable, place: tuple[str | int, ...]) -> datetime:
        if table.published is not None and table.days_ago is not None:
            raise self.error("a post has published or days_ago, not both", *place, "days_ago")
        if table.published is not None:
            return self.aware(table.published, *place, "published")
        return self.world.clock.now() - timedelta(days=1.0 if table.days_ago is None else table.days_ago)

    def attachment(self, table: PostTable) -> Attachment | None:
        """Return the video or the document of a post; a path is looked up beside the seed."""
        kind: Literal["video", "document"] = "video" if table.video is not None else "document"
        named = table.video if table.video is not None else table.document
        if named is None:
            return None
        if named == "generated":
            title = table.title or ("A film" if kind == "video" else "A paper.pdf")
            return Attachment(kind=kind, source="generated", title=title)
        path = Path(named) if self.folder is None else self.folder / named
        return Attachment(kind=kind, source=path, title=table.title or path.name)

    def post_image(self, table: PostTable, place: tuple[str | int, ...]) -> str | Blob | None:
        if table.image in (None, "generated"):
            return table.image
        return None if table.image == "none" else self.file(str(table.image), (*place, "image"))

    def add_advertising(self) -> None:
        seed = self.seed
        for index, account in enumerate(seed.ad_accounts):
            self.add_ad_account(account, index)
        ads.populate(self.world, accounts=seed.generate.ad_accounts, campaigns=seed.generate.campaigns_per_account)
        for index, form in enumerate(seed.lead_forms):
            self.add_lead_form(form, index)
        leads.populate(self.world, seed.generate.leads)

    def add_jobs(self) -> None:
        for index, table in enumerate(self.seed.jobs):
            self.require_organization(table.organization, "jobs", index, "organization")
            if table.app is not None:
                self.require_app(table.app, "jobs", index, "app")
            try:
                jobs.seed_job(
                    self.world,
                    self.world.organizations[table.organization],
                    title=table.title,
                    external_id=table.external_id,
                    state=table.state,
                    app=table.app or "",
                )
            except ValueError as problem:
                name = "state" if "state" in str(problem) else "external_id"
                raise self.error(str(problem), "jobs", index, name) from problem
        jobs.populate(self.world, self.seed.generate.jobs)

    def add_ad_account(self, account: AdAccountTable, index: int) -> None:
        if account.organization is not None:
            self.require_organization(account.organization, "ad_accounts", index, "organization")
        for at, user in enumerate(account.users):
            self.require_member(user.member, "ad_accounts", index, "users", at, "member")
        try:
            ads.seed(self.world, account)
        except ads.SeedFault as problem:
            raise self.error(str(problem), "ad_accounts", index, *problem.place) from problem

    def add_lead_form(self, form: LeadFormTable, index: int) -> None:
        self.require_owner(form.owner, "lead_forms", index, "owner")
        try:
            leads.seed_form(
                self.world,
                owner=form.owner,
                number=form.id,
                name=form.name,
                questions=form.questions,
                consents=form.consents,
                responses=form.responses,
            )
        except ValueError as problem:
            raise self.error(
                str(problem), "lead_forms", index, "id" if "already" in str(problem) else "owner"
            ) from problem

    def subscribe(self, table: SubscriptionTable, index: int) -> None:
        self.require_app(table.app, "subscriptions", index, "app")
        self.require_owner(table.owner, "subscriptions", index, "owner")
        try:
            if table.kind == "lead":
                leads.seed_subscription(self.world, app=table.app, owner=table.owner, webhook=table.url)
                return
            webhooks.check_address(self.world, table.url)
        except ValueError as problem:
            raise self.error(str(problem), "subscriptions", index, "url") from problem
        page = organization_of(self.world, table.owner)
        if page is None:
            raise self.error(f"owner must be an organization URN, got {table.owner!r}", "subscriptions", index, "owner")
        if table.kind == "job_application":
            jobs.take_applications(self.world, page, app=table.app, url=table.url)
            return
        try:
            webhooks.subscribe_to_page(self.world, page, app=table.app, url=table.url)
        except ValueError as problem:
            raise self.error(str(problem), "subscriptions", index, "owner") from problem

    def check_generate(self) -> None:
        for name in GenerateTable.__struct_fields__:
            number = getattr(self.seed.generate, name)
            if not 0 <= number <= 100_000:
                raise self.error(f"{name} must be 0 to 100000, got {number}", "generate", name)

    def require_member(self, member_id: str, *place: str | int) -> None:
        if member_id not in self.world.members:
            raise self.error(f"no member {member_id!r} in this seed", *place)

    def require_app(self, client_id: str, *place: str | int) -> None:
        if client_id not in self.world.apps:
            raise self.error(f"no app {client_id!r} in this seed", *place)

    def require_organization(self, number: int, *place: str | int) -> None:
        if number not in self.world.organizations:
            raise self.error(f"no organization {number} in this seed", *place)

    def require_owner(self, urn: str, *place: str | int) -> None:
        """Refuse a URN that names neither an ad account nor an author of the seed."""
        prefix = "urn:li:sponsoredAccount:"
        if not urn.startswith(prefix):
            self.require_author(urn, *place)
        elif urn not in {a.urn for a in ads.ads_of(self.world).accounts.values()}:
            raise self.error(f"no ad account {urn.removeprefix(prefix)} in this seed", *place)

    def require_author(self, urn: str, *place: str | int) -> None:
        """Refuse a URN that names neither a member nor an organization of the seed."""
        try:
            parsed = Urn.parse(urn)
        except ValueError as problem:
            raise self.error(str(problem), *place) from problem
        if parsed.is_kind("person"):
            self.require_member(parsed.id, *place)
        elif parsed.is_kind("organization") and parsed.id.isascii() and parsed.id.isdigit():
            self.require_organization(int(parsed.id), *place)
        else:
            raise self.error(f"{place[-1]} must be a person or organization URN, got {urn!r}", *place)


def _flat(switches: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield switches by their dotted names, which TOML reads as tables in tables where nobody quotes them."""
    for name, value in switches.items():
        if is_object(value):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _vanity(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "member"


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*([A-Za-z0-9_.-]+|"[^"]*"|'[^']*')\s*=""")
_PLACE = re.compile(r" - at `\$(?P<path>.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")


def _lines_of(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of every table and key, by its place in the document. Inline tables have their key's line."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.fullmatch(line)
        if header is not None:
            table = _table_place(header[2].split("."), counts, is_list=header[1] == "[[")
            lines.setdefault(table, number)
        elif (key := _KEY.match(line)) is not None:
            quoted = key[1][0] in "\"'"
            lines.setdefault((*table, *((key[1][1:-1],) if quoted else key[1].split("."))), number)
    return lines


def _table_place(names: list[str], counts: dict[tuple[str | int, ...], int], *, is_list: bool) -> tuple[str | int, ...]:
    place: tuple[str | int, ...] = ()
    for at, name in enumerate(names):
        place = (*place, name.strip().strip("\"'"))
        if is_list and at == len(names) - 1:
            counts[place] = counts.get(place, 0) + 1
        if place in counts:
            place = (*place, counts[place] - 1)
    return place


def _line_at(lines: Line, place: tuple[str | int, ...]) -> int | None:
    while place:
        if place in lines:
            return lines[place]
        place = place[:-1]
    return None


def _explained(problem: str, lines: Line) -> SeedError:
    """Return what msgspec says of a value in the words of the file's author."""
    found = _PLACE.search(problem)
    place = tuple(_steps(found["path"])) if found is not None else ()
    said = problem if found is None else problem[: found.start()]
    unknown = _UNKNOWN.match(said)
    if unknown is not None:
        where = f" in [{_named(place)}]" if place else ""
        return SeedError(f"unknown key {unknown['key']!r}{where}", _line_at(lines, (*place, unknown["key"])))
    said = said.replace("Object missing required field", "missing key").replace("Expected", "expected")
    return SeedError(f"{_named(place)}: {said}" if place else said, _line_at(lines, place))


def _steps(path: str) -> Iterator[str | int]:
    for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path):
        yield name or int(index)


def _named(place: tuple[str | int, ...]) -> str:
    return ".".join(step for step in place if isinstance(step, str))
