"""A member's export, domain by domain: rows under the headings of the CSV files that LinkedIn's export holds.

Source: "Member Snapshot Domain List", learn.microsoft.com /linkedin/dma/member-data-portability/shared/
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from inroad.sandbox.resources.applications.state import Applications
from inroad.sandbox.resources.messages.state import Messages, connections_of
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.resources.social.state import Social
from inroad.sandbox.world import Member, World

Row: TypeAlias = dict[str, str]

_NAMES: Final = """
ADS_CLICKED MEMBER_FOLLOWING login RICH_MEDIA SEARCHES INFERENCE_TAKEOUT ALL_COMMENTS CONTACTS Events
RECEIPTS AD_TARGETING REGISTRATION REVIEWS ARTICLES PATENTS GROUPS COMPANY_FOLLOWS INVITATIONS PHONE_NUMBERS
CONNECTIONS EMAIL_ADDRESSES JOB_POSTINGS JOB_APPLICATIONS JOB_SEEKER_PREFERENCES LEARNING INBOX SAVED_JOBS
SAVED_JOB_ALERTS PROFILE SKILLS POSITIONS EDUCATION TEST_SCORES CAUSES_YOU_CARE_ABOUT PUBLICATIONS PROJECTS
ORGANIZATIONS LANGUAGES HONORS COURSES CERTIFICATIONS CALENDAR RECOMMENDATIONS ENDORSEMENTS
MEMBER_SHARE_INFO SECURITY_CHALLENGE_PIPE TRUSTED_GRAPH MARKETPLACE_ENGAGEMENTS MARKETPLACE_PROVIDERS
MARKETPLACE_OPPORTUNITIES ACTOR_SAVE_ITEM JOB_APPLICANT_SAVED_ANSWERS TALENT_QUESTION_SAVED_RESPONSE
PROFILE_SUMMARY ALL_LIKES ALL_VOTES RECEIPTS_LBP easyapply-blocking LEARNING_COACH_AI_TAKEOUT
LEARNING_COACH_INBOX LEARNING_ROLEPLAY_INBOX VOLUNTEERING_EXPERIENCES ACCOUNT_HISTORY INSTANT_REPOSTS
"""
DOMAINS: Final = tuple(_NAMES.split())
"""Every domain, spelled as LinkedIn does. Most are empty here: nothing in a world happens that belongs there."""


def rows_of(world: World, member: Member, domain: str) -> list[Row]:
    """Return a member's rows of one domain."""
    read = _ROWS.get(domain)
    return [] if read is None else read(world, member)


def _profile(_world: World, member: Member) -> list[Row]:
    return [
        {
            "First Name": member.first_name,
            "Last Name": member.last_name,
            "Maiden Name": "",
            "Address": "",
            "Birth Date": "",
            "Headline": member.headline,
            "Summary": "",
            "Industry": "",
            "Zip Code": "",
            "Geo Location": "",
            "Twitter Handles": "",
            "Websites": "",
            "Instant Messengers": "",
        }
    ]


def _connections(world: World, member: Member) -> list[Row]:
    return [
        {
            "First Name": other.first_name,
            "Last Name": other.last_name,
            "URL": f"https://www.linkedin.com/in/{other.vanity_name}",
            "Email Address": "",
            "Company": "",
            "Position": other.headline,
            "Connected On": "02 Jan 2026",
        }
        for other in connections_of(world, member)
    ]


def _emails(_world: World, member: Member) -> list[Row]:
    row = {"Email Address": member.email, "Confirmed": "Yes", "Primary": "Yes", "Updated On": ""}
    return [row] if member.email else []


def _shares(world: World, member: Member) -> list[Row]:
    return [
        {
            "Date": _at(post.created_at),
            "ShareLink": f"https://www.linkedin.com/feed/update/{post.urn}",
            "ShareCommentary": post.text,
            "SharedUrl": "",
            "MediaUrl": "",
            "Visibility": post.visibility,
        }
        for post in world.state(Posts).of_author(_urn(member))
    ]


def _comments(world: World, member: Member) -> list[Row]:
    return [
        {
            "Date": _at(comment.created_at),
            "Link": f"https://www.linkedin.com/feed/update/{comment.post}",
            "Message": comment.text,
        }
        for comment in world.state(Social).comments.values()
        if comment.actor == _urn(member)
    ]


def _likes(world: World, member: Member) -> list[Row]:
    found = ((key, t.reactions.get(_urn(member))) for key, t in world.state(Social).threads.items())
    return [
        {"Date": _at(made.created_at), "Type": made.type, "Link": f"https://www.linkedin.com/feed/update/{key}"}
        for key, made in found
        if made is not None
    ]


def _inbox(world: World, member: Member) -> list[Row]:
    kept = world.state(Messages)
    rows: list[Row] = []
    for message in kept.of_member(member.id):
        others = [m for m in kept.threads[message.thread].members if m != message.author]
        rows.append(
            {
                "CONVERSATION ID": kept.threads[message.thread].id,
                "FROM": _name(world, message.author),
                "TO": ", ".join(_name(world, other) for other in others),
                "DATE": _at(message.sent_at),
                "SUBJECT": message.subject,
                "CONTENT": message.body,
                "FOLDER": "INBOX",
            }
        )
    return rows


def _applications(world: World, member: Member) -> list[Row]:
    return [
        {
            "Application Date": _at(made.applied_at),
            "Contact Email": made.email,
            "Job Title": "",
            "Resume Name": "resume.pdf",
        }
        for made in world.state(Applications).by_urn.values()
        if made.applicant == member.id
    ]


_ROWS: Final[Mapping[str, Callable[[World, Member], list[Row]]]] = {
    "PROFILE": _profile,
    "CONNECTIONS": _connections,
    "EMAIL_ADDRESSES": _emails,
    "MEMBER_SHARE_INFO": _shares,
    "ALL_COMMENTS": _comments,
    "ALL_LIKES": _likes,
    "INBOX": _inbox,
    "JOB_APPLICATIONS": _applications,
}


def _urn(member: Member) -> str:
    return f"urn:li:person:{member.id}"


def _name(world: World, member_id: str) -> str:
    found = world.members.get(member_id)
    return "" if found is None else f"{found.first_name} {found.last_name}"


def _at(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S")
