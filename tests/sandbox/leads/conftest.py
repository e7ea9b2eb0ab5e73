"""The world of advertising with lead forms in it, spoken to in raw HTTP through the whole pipeline."""

from datetime import UTC, datetime

import pytest

from inroad.sandbox.resources.leads.state import Leads, leads_of
from inroad.sandbox.seeds import read_seed
from inroad.sandbox.world import World

from ..ads.conftest import SEED, Api, api  # noqa: TID252 - one world for both rooms

__all__ = ["Api", "api", "leads_in", "world"]

FORMS = """
[[lead_forms]]
id = 9127734
owner = "urn:li:sponsoredAccount:509418273"
name = "Whitepaper form"
questions = ["FIRST_NAME", "EMAIL", "When do you plan to start?"]
consents = ["You may contact me."]
responses = 8
[[lead_forms]]
id = 3141
owner = "urn:li:organization:70412233"
name = "Catalogue"
responses = 3
"""


def leads_in(api: Api) -> Leads:
    return leads_of(api.world)


@pytest.fixture
def world() -> World:
    made = read_seed(SEED + FORMS)
    made.clock.frozen_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return made
