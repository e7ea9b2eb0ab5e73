"""What happens to leads outside the API: a person submits a form, or takes the answers back."""

import random
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inroad.sandbox.resources.leads.state import Form, Lead, Notice, leads_of
from inroad.sandbox.world import World

_TEXTS: Mapping[str, str] = {
    "FIRST_NAME": "Dana",
    "LAST_NAME": "Vogt",
    "EMAIL": "dana.vogt@example.test",
    "WORK_EMAIL": "dana.vogt@work.example.test",
    "PHONE_NUMBER": "+49 30 5550100",
    "WORK_PHONE_NUMBER": "+49 30 5550101",
    "JOB_TITLE": "Head of procurement",
    "JOB_FUNCTION": "Purchasing",
    "COMPANY_NAME": "Nordwind Motoren",
    "LINKEDIN_PROFILE_LINK": "https://www.linkedin.com/in/dana-vogt",
}
"""What a person answers who is not asked for more."""


def submit(
    world: World,
    form: Form,
    *,
    at: datetime,
    chance: random.Random,
    texts: Mapping[str, str] | None = None,
    submitter: str | None = None,
    is_test: bool = False,
    campaign: int | None = None,
    creative: int | None = None,
    event: str | None = None,
    tells: bool = True,
) -> Lead:
    """Keep a lead and return it.

    Args:
        world: Where to keep it.
        form: What is answered, in its current version.
        at: When.
        chance: Draws the lead's id, and answers to choices.
        texts: Answers by predefined field or by the question's name; left out: an invented person's.
        submitter: The world's id of the member.
        is_test: Whether Campaign Manager sent it.
        campaign: Where the person saw the form, with the creative.
        creative: See `campaign`.
        event: The event that the form is for.
        tells: Whether subscriptions are told.
    """
    said = {**_TEXTS, **(texts or {})}
    lead = Lead(
        id=f"{uuid.UUID(int=chance.getrandbits(128), version=4)}-{chance.randint(2, 9)}",
        form=form.id,
        version=form.version,
        owner=form.owner,
        lead_type=form.lead_type,
        submitted_at=at,
        answers=[_answer(question, said, chance) for question in form.questions],
        consents=[
            {"consentId": consent["id"], "accepted": True}
            for consent in form.body["content"].get("legalInfo", {}).get("consents", [])
        ],
        submitter=submitter,
        is_test=is_test,
        campaign=campaign,
        creative=creative,
        event=event,
    )
    leads = leads_of(world)
    leads.add(lead)
    if tells:
        leads.note(Notice(lead=lead, action="CREATED", at=at))
    return lead


def withdraw(world: World, lead: Lead, *, at: datetime) -> None:
    """Delete a lead at its source, and tell the subscriptions."""
    leads = leads_of(world)
    leads.forget(lead)
    leads.note(Notice(lead=lead, action="DELETED", at=at))


def _answer(question: Mapping[str, Any], said: Mapping[str, str], chance: random.Random) -> dict[str, Any]:
    choices = question["questionDetails"].get("multipleChoiceQuestionDetails")
    if choices is not None:
        details: dict[str, Any] = {"multipleChoiceAnswer": {"options": [chance.choice(choices["options"])["id"]]}}
    else:
        text = said.get(question.get("predefinedField", "")) or said.get(question.get("name", "")) or "Next quarter"
        details = {"textQuestionAnswer": {"answer": text}}
    body = {"questionId": question["questionId"], "answerDetails": details}
    return {**body, "name": question["name"]} if "name" in question else body
