"""The effect state machine: what we know about a call that LinkedIn may or may not have carried out. Pure.

    intent --mark_sent (commits before any byte leaves)--> sent --2xx + URN--> confirmed
       sent --definite 4xx--> rejected          sent --429, or nothing sent--> intent, later
       sent --5xx, timeout, reset, crash--> unknown
    unknown --found by listing, or a 422 DUPLICATE_POST on our byte-identical resend names the URN--> confirmed
    unknown --proved absent--> intent      unknown --cannot tell--> needs_review

Once an effect has been in doubt it stays so until something is proved: an answer to the resend that only says
"not now" or "no" tells nothing about the first send.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from inroad.common.clock import from_millis
from inroad.common.urn import Urn
from inroad.sdk.errors import (
    ApiError,
    DuplicatePost,
    RateLimited,
    ServerError,
    TransportError,
    Unauthorized,
    next_utc_midnight,
)

EffectState: TypeAlias = Literal["intent", "sent", "confirmed", "rejected", "unknown", "needs_review", "cancelled"]

TRANSITIONS: Mapping[EffectState, frozenset[EffectState]] = {
    "intent": frozenset({"sent", "cancelled", "rejected"}),
    "sent": frozenset({"confirmed", "rejected", "intent", "unknown", "needs_review"}),
    "unknown": frozenset({"sent", "confirmed", "intent", "needs_review", "rejected"}),
    "rejected": frozenset({"intent"}),  # a person orders another try
    "needs_review": frozenset({"confirmed", "intent", "cancelled"}),  # a person decides
    "confirmed": frozenset({"needs_review"}),  # read back and not there
    "cancelled": frozenset({"intent"}),  # a person plans it anew
}

PUT_OFF = "put_off"
"""The step of a send that LinkedIn surely did not carry out and that is tried again later."""

_UNDECIDED = frozenset({408, 409})
"""4xx answers that do not say that nothing was done: Request Timeout and Write Conflict."""

_RESTRICTED = "RESTRICTED_MEMBER"
_SETTLING = frozenset({"REVOKED_ACCESS_TOKEN", "INVALID_ACCESS_TOKEN"})
_EXPIRED = "EXPIRED_ACCESS_TOKEN"
_MEDIA_NOT_READY = "MEDIA_ASSET_WAITING_UPLOAD"

_SKEW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How long to wait, and how often to try, while the outcome of a send is open."""

    settling: timedelta = timedelta(minutes=5)
    """Age up to which a grant that LinkedIn calls revoked may still be settling."""

    burst_first: timedelta = timedelta(seconds=30)
    burst_most: timedelta = timedelta(minutes=15)
    max_backoffs: int = 12
    day_jitter: timedelta = timedelta(minutes=5)

    first_look_after: timedelta = timedelta(seconds=3)
    """How soon after a send in doubt the author's posts are listed."""

    looks: int = 3
    """So many listings in a row must not show the post before it counts as absent. The waits between them double."""

    resend_after: timedelta = timedelta(seconds=45)
    """A send in doubt may still be under way at LinkedIn for this long; nothing is sent again before."""

    resend_until: timedelta = timedelta(minutes=5)
    """Until then LinkedIn's duplicate guard surely covers a resend that cannot be checked by listing.

    UNCONFIRMED: the guard was seen to last "some minutes"; half of the ten minutes that the sandbox takes."""

    max_resends: int = 1
    """Resends without a listing that proves absence. LinkedIn's guard is undocumented: it is relied on once."""

    max_proved_resends: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One intended call and what is known about it. `doubt_since` is when the send whose outcome is open began."""

    id: str
    workspace_id: str
    post_id: str
    kind: Literal["image", "post"]
    position: int
    state: EffectState
    body: bytes | None
    body_sha256: str | None
    attempts: int
    resends: int
    backoffs: int
    looks: int
    sent_at: datetime | None
    doubt_since: datetime | None
    result_urn: str | None
    request_id: str | None
    available_at: datetime | None

    @property
    def is_in_doubt(self) -> bool:
        """Whether some earlier send may have been carried out."""
        return self.doubt_since is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an answer means for an effect.

    Attributes:
        state: Where the effect goes.
        why: For people, in LinkedIn's words where there are some.
        urn: What the call made; of a `named` verdict, what LinkedIn says exists already.
        retry_at: When to go on.
        named: LinkedIn refused our resend as a duplicate of `urn`, which remains to be verified.
        refund: No byte left, so no call was counted.
        day_limit: LinkedIn said that the day's calls are used up; the level is in `level`.
        step: What the timeline calls it; empty: by the state.
    """

    state: EffectState
    why: str = ""
    urn: Urn | None = None
    request_id: str | None = None
    retry_at: datetime | None = None
    named: bool = False
    refund: bool = False
    day_limit: bool = False
    level: str | None = None
    step: str = ""


def judge_failure(
    problem: Exception, effect: Effect, *, now: datetime, granted_at: datetime, policy: Policy, jitter: float
) -> Verdict:
    """Return what a failed send means.

    Args:
        problem: What the SDK raised.
        effect: The effect as it was when it was marked sent.
        now: The present instant.
        granted_at: When the token was issued, to tell a settling token from a revoked one.
        policy: Waits and limits.
        jitter: A random number from 0 to 1, to spread retries.
    """
    if isinstance(problem, TransportError):
        if problem.sent is False:
            return _later(effect, f"nothing was sent: {problem}", _backoff(effect, now, policy, jitter), refund=True)
        return Verdict(state="unknown", why=f"no answer: {problem}", retry_at=now)
    if not isinstance(problem, ApiError):  # unreadable answers, and faults of ours after the bytes left
        return Verdict(state="unknown", why=f"{type(problem).__name__}: {problem}", retry_at=now)
    if isinstance(problem, ServerError) or problem.status in _UNDECIDED:
        return Verdict(state="unknown", why=_said(problem), request_id=problem.request_id, retry_at=now)
    return _judge_refusal(problem, effect, now=now, granted_at=granted_at, policy=policy, jitter=jitter)


def _judge_refusal(
    problem: ApiError, effect: Effect, *, now: datetime, granted_at: datetime, policy: Policy, jitter: float
) -> Verdict:
    """Judge an answer that says that nothing was done."""
    said = _said(problem)
    if isinstance(problem, RateLimited):
        return _judge_rate_limit(problem, effect, now=now, policy=policy, jitter=jitter)
    if isinstance(problem, DuplicatePost):
        return _judge_duplicate(problem, effect)
    if isinstance(problem, Unauthorized):
        return _judge_unauthorized(problem, effect, now=now, granted_at=granted_at, policy=policy, jitter=jitter)
    if _MEDIA_NOT_READY in (problem.code or "") or _MEDIA_NOT_READY in problem.message:
        return _bounded(effect, said, now=now, policy=policy, jitter=jitter, give_up=said)
    return _refused(effect, said, problem.request_id)


def _judge_rate_limit(problem: RateLimited, effect: Effect, *, now: datetime, policy: Policy, jitter: float) -> Verdict:
    if problem.kind == "day":
        at = next_utc_midnight(now) + policy.day_jitter * jitter
        return _later(effect, _said(problem), at, day_limit=True, level=problem.level, request_id=problem.request_id)
    at = _backoff(effect, now, policy, jitter)
    if problem.retry_at is not None:
        at = max(at, problem.retry_at)
    return _later(effect, _said(problem), at, request_id=problem.request_id)


def _judge_duplicate(problem: DuplicatePost, effect: Effect) -> Verdict:
    if effect.is_in_doubt:
        return Verdict(state="unknown", why=_said(problem), urn=problem.urn, request_id=problem.request_id, named=True)
    existing = f" as {problem.urn}" if problem.urn else ""
    why = f"LinkedIn already has this post{existing}, published before this one was sent"
    return Verdict(state="rejected", why=why, request_id=problem.request_id)


def _judge_unauthorized(
    problem: Unauthorized, effect: Effect, *, now: datetime, granted_at: datetime, policy: Policy, jitter: float
) -> Verdict:
    said = _said(problem)
    if problem.code == _RESTRICTED:
        return _refused(effect, f"LinkedIn has restricted this member's account ({said})", problem.request_id)
    settling = problem.code in _SETTLING and now - granted_at < policy.settling
    if settling or problem.code == _EXPIRED:
        return _bounded(effect, said, now=now, policy=policy, jitter=jitter, give_up=f"{said}; connect LinkedIn again")
    return _refused(effect, f"LinkedIn no longer accepts the connection ({said}); connect again", problem.request_id)


def _bounded(effect: Effect, why: str, *, now: datetime, policy: Policy, jitter: float, give_up: str) -> Verdict:
    if effect.backoffs >= policy.max_backoffs:
        return _refused(effect, give_up, None)
    return _later(effect, why, _backoff(effect, now, policy, jitter, first=timedelta(seconds=5)))


def _later(
    effect: Effect,
    why: str,
    at: datetime,
    *,
    refund: bool = False,
    day_limit: bool = False,
    level: str | None = None,
    request_id: str | None = None,
) -> Verdict:
    state: EffectState = "unknown" if effect.is_in_doubt else "intent"
    return Verdict(
        state=state,
        why=why,
        retry_at=at,
        refund=refund,
        day_limit=day_limit,
        level=level,
        request_id=request_id,
        step=PUT_OFF,
    )


def _refused(effect: Effect, why: str, request_id: str | None) -> Verdict:
    if effect.is_in_doubt:
        why = f"an earlier send may have been published, and asking again was refused: {why}"
        return Verdict(state="needs_review", why=why, request_id=request_id)
    return Verdict(state="rejected", why=why, request_id=request_id)


def _backoff(
    effect: Effect, now: datetime, policy: Policy, jitter: float, *, first: timedelta | None = None
) -> datetime:
    full: timedelta = min((first or policy.burst_first) * (1 << min(effect.backoffs, 20)), policy.burst_most)
    return now + full / 2 + full / 2 * jitter


def _said(problem: ApiError) -> str:
    code = f" {problem.code}" if problem.code else ""
    return f"LinkedIn answered {problem.status}{code}: {problem.message.strip()[:300]}"


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """List the author's posts and look for ours."""


@dataclass(frozen=True, slots=True)
class Resend:
    """Send the same bytes again; LinkedIn's duplicate guard answers with what is there."""


@dataclass(frozen=True, slots=True)
class Absent:
    """Enough looks did not show it: it was not published, and may be sent."""


@dataclass(frozen=True, slots=True)
class Review:
    """A person has to decide."""

    why: str


Step: TypeAlias = Wait | Look | Resend | Absent | Review


def next_step(effect: Effect, *, can_list: bool, now: datetime, policy: Policy) -> Step:
    """Return how to find out about an effect in state `unknown`.

    Args:
        effect: With `sent_at` and `doubt_since` set.
        can_list: Whether the connection may list the author's posts.
        now: The present instant.
        policy: Waits and limits.
    """
    if effect.sent_at is None or effect.doubt_since is None:
        return Review("the record of the send is incomplete")
    if can_list:
        return _step_with_listing(effect, effect.sent_at, now, policy)
    if effect.resends >= policy.max_resends:
        return Review("the answers to the post and to its repetition were lost, and this connection may not read posts")
    if now < effect.sent_at + policy.resend_after:
        return Wait(effect.sent_at + policy.resend_after)
    if now > effect.doubt_since + policy.resend_until:
        return Review(
            "the answer to the post was lost too long ago to ask by sending it again,"
            " and this connection may not read posts"
        )
    return Resend()


def _step_with_listing(effect: Effect, sent_at: datetime, now: datetime, policy: Policy) -> Step:
    if effect.looks >= policy.looks:
        if effect.resends >= policy.max_proved_resends:
            return Review("the post was sent several times and does not show among the author's posts")
        return Absent()
    # The last look comes when the send can no longer be under way.
    is_last = effect.looks == policy.looks - 1
    look_at = sent_at + (policy.resend_after if is_last else policy.first_look_after * (1 << effect.looks))
    return Wait(look_at) if now < look_at else Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A post seen at LinkedIn, reduced to what tells it from others. `text` is plain."""

    urn: Urn
    author: Urn
    text: str
    media: frozenset[str]
    created_at: datetime | None


def find_ours(
    seen: Iterable[Sighting],
    *,
    author: Urn,
    text: str,
    media: frozenset[str],
    sent_at: datetime,
    now: datetime,
    taken: frozenset[str],
) -> Sighting | None:
    """Return the post that our send made: same author, text and pictures, created since, not another effect's."""
    matching = [
        s
        for s in seen
        if s.author == author
        and s.text == text
        and s.media == media
        and str(s.urn) not in taken
        and s.created_at is not None
        and sent_at - _SKEW <= s.created_at <= now + _SKEW
    ]
    return min(matching, key=lambda s: (s.created_at or now, str(s.urn)), default=None)


def could_be_ours(urn: Urn, *, doubt_since: datetime, asked_at: datetime, was_read: bool) -> bool:
    """Tell whether a URN's own time fits a post that our send in doubt made.

    Numbers of posts are time-ordered, `id >> 22` being milliseconds since 1970: well known, undocumented.
    A URN that LinkedIn makes up for its answer is as young as the question, while the post was made soon after the
    first send: where the post cannot be read, that tells them apart.

    Args:
        urn: What LinkedIn named.
        doubt_since: When the send began whose outcome is open.
        asked_at: When the same bytes were sent again.
        was_read: Whether a post was read under this URN, so that it is not made up.
    """
    if not urn.is_kind("share", "ugcPost") or not urn.id.isdecimal():
        return False
    try:
        born = from_millis(int(urn.id) >> 22)
    except OverflowError:
        return False
    latest = asked_at + _SKEW if was_read else doubt_since + (asked_at - doubt_since) / 2
    return doubt_since - _SKEW <= born <= latest
