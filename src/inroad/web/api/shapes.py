"""The JSON of the REST API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from inroad.service.connections.model import Author
from inroad.service.publishing.actions import PostPage, PostView
from inroad.service.publishing.model import Finding
from inroad.service.publishing.store import Evidence
from inroad.web.problems import sentence


class CliCodeIn(BaseModel):
    """A login code with the verifier of the challenge that it was made for."""

    code: str = Field(max_length=500)
    verifier: str = Field(max_length=500)


class ApiKeyOut(BaseModel):
    """A new API key. Its text is told this once."""

    api_key: str
    name: str
    scopes: list[str]
    expires_at: datetime | None


class AuthorOut(BaseModel):
    """Whom posts can be made as."""

    id: str
    urn: str
    kind: str
    name: str
    role: str
    problem: str | None

    @classmethod
    def of(cls, author: Author) -> Self:
        """Return the author's JSON."""
        return cls(
            id=author.id,
            urn=str(author.urn),
            kind=author.kind,
            name=author.name,
            role=author.role,
            problem=author.problem,
        )


class AuthorsOut(BaseModel):
    """The workspace's authors."""

    authors: list[AuthorOut]


class FindingOut(BaseModel):
    """Something to know about a post or a picture."""

    severity: str
    where: str
    message: str
    fix: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Return the finding's JSON."""
        return cls(
            severity=finding.severity,
            where=finding.where,
            message=sentence(finding.message),
            fix=sentence(finding.fix),
        )


class MediaOut(BaseModel):
    """A stored picture."""

    id: str
    name: str
    content_type: str
    size: int
    width: int
    height: int
    sha256: str
    findings: list[FindingOut]


class AttachmentIn(BaseModel):
    """A stored picture in a post."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=100)
    alt_text: str = ""


class PostIn(BaseModel):
    """A post as it is asked for. Without `at` it goes out at once."""

    model_config = ConfigDict(extra="forbid")

    text: str = ""
    author: str | None = Field(default=None, description="Name, URN or id; may be left out when there is only one.")
    media: list[AttachmentIn] = []
    at: str | None = Field(default=None, description="Wall-clock time such as 2026-12-01 09:00.")
    zone: str | None = Field(default=None, description="Zone of `at`, such as Europe/Berlin.")
    visibility: str = "PUBLIC"


class PostAuthorOut(BaseModel):
    """Whom a post speaks as."""

    id: str
    name: str
    urn: str | None


class AttachmentOut(BaseModel):
    """A picture in a post."""

    id: str
    name: str
    alt_text: str


class PostOut(BaseModel):
    """A post."""

    id: str
    state: str
    reason: str | None
    when: str
    at: str | None
    zone: str
    due_at: datetime
    published_at: datetime | None
    author: PostAuthorOut
    text: str
    visibility: str
    media: list[AttachmentOut]
    urn: str | None
    link: str | None
    proof: str | None
    findings: list[FindingOut]

    @classmethod
    def of(cls, view: PostView, *, when: str) -> Self:
        """Return the post's JSON; `when` is its time in words."""
        post, author = view.post, view.author
        return cls(
            id=post.id,
            state=post.state,
            reason=post.reason,
            when=when,
            at=None if post.wall_time is None else f"{post.wall_time:%Y-%m-%d %H:%M}",
            zone=post.zone,
            due_at=post.due_at,
            published_at=post.published_at,
            author=PostAuthorOut(
                id=post.author_id,
                name="" if author is None else author.name,
                urn=None if author is None else str(author.urn),
            ),
            text=post.text,
            visibility=post.visibility,
            media=[
                AttachmentOut(id=each.media.id, name=each.media.name, alt_text=each.alt_text)
                for each in view.attachments
            ],
            urn=post.urn,
            link=view.link,
            proof=post.proof,
            findings=[FindingOut.of(finding) for finding in view.findings],
        )


class PostsOut(BaseModel):
    """Some of the workspace's posts, those with the latest time first."""

    posts: list[PostOut]


class EvidenceOut(BaseModel):
    """One step of what happened to a post."""

    at: datetime
    step: str
    detail: dict[str, str | int | bool | None]

    @classmethod
    def of(cls, line: Evidence) -> Self:
        """Return the step's JSON."""
        return cls(at=line.at, step=line.step, detail=dict(line.detail))


class PostPageOut(BaseModel):
    """A post with its evidence."""

    post: PostOut
    evidence: list[EvidenceOut]
    body_sha256: str | None
    request_id: str | None
    attempts: int
    may_cancel: bool

    @classmethod
    def of(cls, page: PostPage, *, when: str) -> Self:
        """Return the page's JSON."""
        return cls(
            post=PostOut.of(page.view, when=when),
            evidence=_lines(page.timeline),
            body_sha256=page.body_sha256,
            request_id=page.request_id,
            attempts=page.attempts,
            may_cancel=page.may_cancel,
        )


def _lines(timeline: Sequence[Evidence]) -> list[EvidenceOut]:
    return [EvidenceOut.of(line) for line in timeline]
