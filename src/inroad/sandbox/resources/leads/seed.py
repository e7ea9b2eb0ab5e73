"""Lead forms and leads that a seed brings along."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from inroad.common.urn import Urn
from inroad.sandbox.resources.ads.access import number_in
from inroad.sandbox.resources.ads.state import Creative, ads_of
from inroad.sandbox.resources.leads.deeds import submit
from inroad.sandbox.resources.leads.forms import numbered
from inroad.sandbox.resources.leads.notifications import is_webhook
from inroad.sandbox.resources.leads.state import Form, Subscription, leads_of
from inroad.sandbox.world import World

_DAYS: Final = 80
_LABELS: Final = {
    "FIRST_NAME": "First name",
    "LAST_NAME": "Last name",
    "EMAIL": "Email address",
    "WORK_EMAIL": "Work email",
    "PHONE_NUMBER": "Phone number",
    "JOB_TITLE": "Job title",
    "COMPANY_NAME": "Company name",
}
_FIRST: Final = ["Dana", "Ines", "Noor", "Emil", "Carla", "Tomas", "Aiko", "Ruth", "Pavel", "Leila", "Bram", "Sofia"]
_LAST: Final = ["Vogt", "Falk", "Haddad", "Lindgren", "Duarte", "Novak", "Sato", "Weber", "Moreau", "Castillo"]
_COMPANIES: Final = ("Nordwind Motoren", "Alder Instruments", "Granite Foods", "Cinder Analytics", "Ironwood Energy")


def seed_form(
    world: World,
    *,
    owner: str,
    number: int | None = None,
    name: str = "",
    questions: Sequence[str] = (),
    consents: Sequence[str] = (),
    responses: int = 0,
) -> Form:
    """Keep a published form with so many leads of the last weeks.

    Args:
        world: Where to keep it.
        owner: An organization's or an ad account's URN.
        number: The form's number; left out, one is made.
        name: Its internal label.
        questions: Predefined fields; what is none becomes a question of its own.
        consents: Texts that people tick.
        responses: How many leads there are.

    Raises:
        ValueError: the number is taken, or the owner can have no forms.
    """
    leads, kind = leads_of(world), Urn.parse(owner).kind
    if kind not in ("organization", "sponsoredAccount"):
        raise ValueError(f"a lead form is an organization's or an ad account's, got {owner!r}")
    if number is not None and number in leads.forms:
        raise ValueError(f"lead form {number} is there already")
    form_id = leads.new_form_id() if number is None else number
    begun = world.clock.now() - timedelta(days=_DAYS + 5)
    form = Form(
        id=form_id,
        owner=owner,
        body={
            "name": name or f"Form {form_id}",
            "creationLocale": {"country": "US", "language": "en"},
            "state": "PUBLISHED",
            "hiddenFields": [{"name": "utm_source", "value": "linkedin"}],
            "content": numbered(form_id, _content(name, questions or ("FIRST_NAME", "LAST_NAME", "EMAIL"), consents)),
        },
        created_at=begun,
        modified_at=begun,
        published_at=begun,
        lead_type="SPONSORED" if kind == "sponsoredAccount" else "COMPANY",
    )
    leads.forms[form_id] = form
    add_leads(world, form, responses)
    return form


def _content(name: str, questions: Sequence[str], consents: Sequence[str]) -> dict[str, Any]:
    return {
        "headline": _text(name or "Stay in touch"),
        "description": _text("Leave your details and we will be in touch."),
        "questions": [_question(field) for field in questions],
        "legalInfo": {
            "privacyPolicyUrl": "https://northwind.example/privacy",
            "consents": [{"checkRequired": True, "consent": _text(text)} for text in consents],
        },
        "postSubmissionInfo": {
            "message": _text("Thank you!"),
            "callToAction": {
                "callToActionLabel": "VISIT_COMPANY_WEBSITE",
                "callToActionTarget": {"landingPageUrl": "https://northwind.example"},
            },
        },
    }


def _question(field: str) -> dict[str, Any]:
    predefined = field.isupper()
    label = _LABELS.get(field, field.replace("_", " ").capitalize() if predefined else field)
    body: dict[str, Any] = {
        "name": label,
        "question": _text(label),
        "responseRequired": predefined,
        "questionDetails": {"textQuestionDetails": {"maxResponseLength": 300}},
    }
    return {**body, "predefinedField": field} if predefined else body


def _text(text: str) -> dict[str, Any]:
    return {"localized": {"en_US": text}}


def add_leads(world: World, form: Form, number: int) -> None:
    """Add so many leads to a form, spread over the last weeks, oldest first."""
    chance = random.Random(f"{world.seed}:{form.id}:leads")  # noqa: S311 - believable data, not secrets
    now, members = world.clock.now(), list(world.members)
    shown_in = _creatives(world, form.owner)
    for age in sorted((chance.uniform(0.05, _DAYS) for _ in range(number)), reverse=True):
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        creative = chance.choice(shown_in) if shown_in else None
        submit(
            world,
            form,
            at=now - timedelta(days=age),
            chance=chance,
            texts={
                "FIRST_NAME": first,
                "LAST_NAME": last,
                "EMAIL": f"{first}.{last}@example.test".lower(),
                "WORK_EMAIL": f"{first}.{last}@work.example.test".lower(),
                "COMPANY_NAME": chance.choice(_COMPANIES),
            },
            submitter=chance.choice(members) if members else None,
            campaign=None if creative is None else creative.campaign,
            creative=None if creative is None else creative.id,
            tells=False,
        )


def _creatives(world: World, owner: str) -> list[Creative]:
    """Return the creatives whose leads an account's form collects."""
    account, ads = number_in(owner, "sponsoredAccount"), ads_of(world)
    if account is None:
        return []
    campaigns = [c for c in ads.campaigns_under(account) if c.body.get("objectiveType") == "LEAD_GENERATION"]
    return [creative for c in campaigns for creative in ads.in_campaign(c.id)]


def seed_subscription(world: World, *, app: str, owner: str, webhook: str) -> Subscription:
    """Keep an app's subscription to an owner's leads; it was validated long ago.

    Raises:
        ValueError: the address is none that LinkedIn would call.
    """
    if not is_webhook(webhook):
        raise ValueError(f"url must be HTTPS, or HTTP on this machine, got {webhook!r}")
    leads = leads_of(world)
    leads.last_subscription += 1
    subscription = Subscription(
        id=leads.last_subscription,
        app=app,
        webhook=webhook,
        owner=owner,
        lead_type="SPONSORED" if Urn.parse(owner).is_kind("sponsoredAccount") else "COMPANY",
    )
    leads.subscriptions[subscription.id] = subscription
    return subscription


def populate(world: World, number: int) -> None:
    """Add so many leads, one form for each account that collects leads, or for the first page."""
    accounts = [a for a in ads_of(world).accounts.values() if _creatives(world, a.urn)]
    owners = [a.urn for a in accounts] or [f"urn:li:organization:{n}" for n in list(world.organizations)[:1]]
    if not number or not owners:
        return
    questions = ("FIRST_NAME", "LAST_NAME", "EMAIL", "COMPANY_NAME")
    for at, owner in enumerate(owners):
        share = number // len(owners) + (at < number % len(owners))
        seed_form(world, owner=owner, name="Stay in touch", questions=questions, responses=share)
