"""What LinkedIn sends to webhooks: its challenge, its signature, its events. Pure functions on bytes.

LinkedIn challenges a webhook when it is registered and every two hours from then on, and waits three seconds. Its
events come again, up to 97 times, and in any order: each has a `key` that tells repetitions, and nothing else does.
Sources: "Webhooks", learn.microsoft.com /linkedin/shared/api-guide/webhook-validation; "Job Status Change
Notifications" and "Job Resync Notifications", /linkedin/talent/job-postings
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from inroad.common.clock import to_millis
from inroad.common.secret import Secret
from inroad.sdk.errors import InvalidArgument, InvalidSignature
from inroad.sdk.resources.entity import Entity, UrnText, decoder
from inroad.sdk.resources.job_applications import JobApplication, read_job_application
from inroad.sdk.resources.job_posting_status import JobPostingStatus
from inroad.sdk.resources.lead_notifications import LeadAction, read_lead_action
from inroad.sdk.resources.organization_notifications import OrganizationNotification
from inroad.sdk.restli.shape import is_list, is_object

SignatureMode: TypeAlias = Literal["strict", "escaped", "lenient"]
"""How much is taken for a signature.

`strict`: the body as it was received, which is what "Webhooks" says. `escaped`: also the body with everything beyond
ASCII escaped as in JSON, which is what "Receive Applications" says. `lenient`: also the body without Unicode's format
characters (seen once), and headers that repeat the prefix or are in capitals; other bodies pass by it too.
"""

SignatureReading: TypeAlias = Literal["raw", "escaped", "escaped in capitals", "without format characters"]

Key: TypeAlias = Secret | str

_PREFIX = b"hmacsha256="
# LinkedIn sends UUIDs. Anything goes here but what a signed text begins with: whoever has codes of their own choice
# answered could have `hmacsha256={...}` answered, and that is the signature of an event.
_CODE = re.compile(r"[A-Za-z0-9_-]{1,128}")
_DIGEST = re.compile(rb"[0-9a-f]{64}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def challenge_response(code: str, secret: Key) -> str:
    """Return what answers a challenge code: the code's HMAC-SHA256 under the app's client secret.

    Raises:
        InvalidArgument: the code is not one of LinkedIn's, or the secret is empty.
    """
    if not _CODE.fullmatch(code):
        raise InvalidArgument(f"a challenge code is letters, digits and dashes, got {len(code)} characters")
    return hmac.new(_key(secret), code.encode("ascii"), hashlib.sha256).hexdigest()


def answer_challenge(code: str, secret: Key) -> bytes:
    """Return the JSON to answer `GET {webhook}?challengeCode={code}` with, as `application/json` and with status 200.

    Args:
        code: The parameter's value.
        secret: The client secret: of the app that `applicationId` names when LinkedIn sends one, else of the app that
            the webhook is registered for.

    Raises:
        InvalidArgument: the code is not one of LinkedIn's, or the secret is empty.
    """
    return msgspec.json.encode({"challengeCode": code, "challengeResponse": challenge_response(code, secret)})


def verify_signature(
    raw_body: bytes, header: str | None, secret: Key | Sequence[Key], mode: SignatureMode = "strict"
) -> SignatureReading:
    """Return how the body was signed; a body that LinkedIn did not sign raises.

    Args:
        raw_body: The body as it was received, before anything reads it.
        header: The value of `X-LI-Signature`, None when there is none.
        secret: The app's client secret; while it is being changed, the new one and the old one.
        mode: What to take for a signature.

    Raises:
        InvalidSignature: there is no signature, or it is another body's or another app's.
        InvalidArgument: there is no secret to check with.
    """
    keys = [_key(each) for each in ([secret] if isinstance(secret, Secret | str) else secret)]
    if not keys:
        raise InvalidArgument("a signature cannot be checked without a secret")
    given = _digest(header, mode)
    found: SignatureReading | None = None
    # All are tried, so that the time taken says nothing of which fits.
    for reading, text in _readings(raw_body, mode):
        for key in keys:
            is_it = hmac.compare_digest(hmac.new(key, _PREFIX + text, hashlib.sha256).hexdigest().encode(), given)
            found = found or (reading if is_it else None)
    if found is None:
        raise InvalidSignature("X-LI-Signature is not the signature of this body")
    return found


def _key(secret: Key) -> bytes:
    text = secret.reveal() if isinstance(secret, Secret) else secret
    if not text:
        raise InvalidArgument("the client secret is empty")
    return text.encode("utf-8")


def _digest(header: str | None, mode: SignatureMode) -> bytes:
    if not header:
        raise InvalidSignature("there is no X-LI-Signature")
    given = header.encode("utf-8", "replace")
    if mode == "lenient":
        given = given.strip().lower().removeprefix(_PREFIX)
    if not _DIGEST.fullmatch(given):
        raise InvalidSignature("X-LI-Signature is not 64 hexadecimal digits")
    return given


def _readings(body: bytes, mode: SignatureMode) -> Iterator[tuple[SignatureReading, bytes]]:
    yield "raw", body
    if mode == "strict" or body.isascii():
        return
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return
    yield "escaped", _escaped(text, "{:04x}")
    yield "escaped in capitals", _escaped(text, "{:04X}")
    if mode == "lenient":
        shown = "".join(character for character in text if unicodedata.category(character) != "Cf")
        if shown != text:
            yield "without format characters", shown.encode("utf-8")
            yield "without format characters", _escaped(shown, "{:04x}")


def _escaped(text: str, form: str) -> bytes:
    return _BEYOND_ASCII.sub(lambda match: _units(match.group(), form), text).encode("ascii")


def _units(character: str, form: str) -> str:
    units = character.encode("utf-16-be")
    return "".join("\\u" + form.format(int.from_bytes(units[at : at + 2], "big")) for at in range(0, len(units), 2))


class JobPostingStatusChange(JobPostingStatus, frozen=True, kw_only=True):
    """How a job of a customer's app stands now."""

    application: UrnText = msgspec.field(name="developerApplicationUrn")


class JobResync(Entity, frozen=True):
    """LinkedIn asks for jobs again: send an UPDATE of each within 30 minutes, of all open ones if it says so."""

    application: UrnText = msgspec.field(name="developerApplicationUrn")
    sync_all_open_jobs: bool
    external_job_posting_ids: tuple[str, ...] = ()


class UnknownEvent(msgspec.Struct, frozen=True):
    """Something that this package does not know, as it was sent. Verified on LinkedIn sends such, without a type."""

    body: Mapping[str, object]


EventContent: TypeAlias = (
    OrganizationNotification | LeadAction | JobApplication | JobPostingStatusChange | JobResync | UnknownEvent
)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing LinkedIn tells. `key` is the same whenever it is told again, and another for anything else."""

    type: str
    key: str
    content: EventContent


class _SocialActions(Entity, frozen=True):
    notifications: tuple[OrganizationNotification, ...]


_BODY: "msgspec.json.Decoder[object]" = msgspec.json.Decoder()
_SOCIAL_ACTIONS = decoder(_SocialActions)
_STATUS_CHANGE = decoder(JobPostingStatusChange)
_RESYNC = decoder(JobResync)


def read_events(raw_body: bytes) -> list[Event]:
    """Return what a delivery tells: one event, or up to ten of an organization's page; verify its signature first.

    What is of a type that nobody knows is kept as it is, in an `UnknownEvent`.

    Raises:
        InvalidArgument: the body is no JSON object, or not what its type says. Keep it and answer all the same:
            LinkedIn would send it again, and it would be no better.
    """
    try:
        body = _BODY.decode(raw_body)
        if not is_object(body):
            raise InvalidArgument(f"an event is a JSON object, got {type(body).__name__}")
        kind = body.get("type")
        return _read(kind if isinstance(kind, str) else "", raw_body, body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
        raise InvalidArgument(f"not an event: {cause}") from cause


def _read(kind: str, raw_body: bytes, body: Mapping[str, object]) -> list[Event]:
    content: EventContent
    match kind:
        case "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS":
            told = _SOCIAL_ACTIONS.decode(raw_body).notifications
            return [Event(type=kind, key=f"{kind}:{each.notification_id}", content=each) for each in told]
        case "LEAD_ACTION":
            content = read_lead_action(raw_body)
            occurred = "" if content.occurred_at is None else to_millis(content.occurred_at)
            key = f"{content.lead_gen_form_response}:{content.lead_action}:{occurred}"
        case "EXPORT_JOB_APPLICATION":
            content = read_job_application(raw_body)
            key = str(content.job_application_id)
        case "JOB_POSTING_STATUS":
            content = _STATUS_CHANGE.decode(raw_body)
            key = f"{content.application}:{content.external_job_posting_id}:{content_key(body)}"
        case "RESYNC_JOBS":
            content, key = _RESYNC.decode(raw_body), content_key(body)
        case _:
            content, key = UnknownEvent(body), content_key(body)
    return [Event(type=kind, key=f"{kind}:{key}", content=content)]


def content_key(body: Mapping[str, object]) -> str:
    """Return a digest of what a JSON object says, whatever the order of its members and the blanks between them."""
    return hashlib.sha256(msgspec.json.encode(_ordered(body))).hexdigest()


def _ordered(value: object) -> object:
    if is_object(value):
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(each) for each in value] if is_list(value) else value
