"""Times and counts in a person's words."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from inroad.service.errors import Missing
from inroad.service.publishing.model import State
from inroad.web.dashboard.present import STATES
from inroad.web.dashboard.words import (
    first_words,
    initials_of,
    say_date,
    say_day,
    say_distance,
    say_length,
    say_list,
    say_when,
    zone_groups,
    zone_or,
)
from inroad.web.problems import problem_of, sentence

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_every_state_has_its_words() -> None:
    assert set(STATES) == set(get_args(State))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), ""),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=5), "2 days 5 h"),
        (timedelta(days=60, hours=5), "60 days"),
    ],
)
def test_length_is_said_in_its_two_largest_units(span: timedelta, words: str) -> None:
    assert say_length(span) == words


def test_distance_has_a_direction() -> None:
    assert say_distance(NOW + timedelta(minutes=5), NOW) == "in 5 min"
    assert say_distance(NOW - timedelta(minutes=5), NOW) == "5 min ago"
    assert say_distance(NOW, NOW) == "in less than a minute"
    assert say_distance(NOW - timedelta(seconds=3), NOW) == "just now"


def test_year_is_said_when_it_is_another_one() -> None:
    assert say_date(date(2026, 12, 1), NOW.date()) == "Tue 1 Dec"
    assert say_date(date(2027, 1, 5), NOW.date()) == "Tue 5 Jan 2027"


def test_near_days_have_names() -> None:
    assert say_day(date(2026, 11, 23), NOW.date()) == ("Today", "Mon 23 Nov")
    assert say_day(date(2026, 11, 24), NOW.date()) == ("Tomorrow", "Tue 24 Nov")
    assert say_day(date(2026, 12, 21), NOW.date()) == ("Mon 21 Dec", "in 4 weeks")


def test_wall_clock_is_said_with_the_zones_city() -> None:
    assert say_when(datetime(2026, 12, 1, 9, 0), "America/New_York", now=NOW) == "Tue 1 Dec, 09:00 New York"  # noqa: DTZ001


def test_unknown_zone_becomes_utc() -> None:
    assert zone_or("Europe/Berlin") == "Europe/Berlin"
    assert zone_or("../../etc/passwd") == "UTC"
    assert zone_or(None) == "UTC"


def test_zones_are_grouped_by_region() -> None:
    groups = dict(zone_groups())
    assert (
        next(zone.name for zone in groups["America"] if zone.id == "America/Argentina/Ushuaia") == "Argentina, Ushuaia"
    )


def test_first_words_stay_on_one_line() -> None:
    assert first_words("One\n\ntwo") == "One two"
    assert len(first_words("word " * 100)) <= 120


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Okafor", "AO"), ("Northwind", "N"), ("Mei van der Lind", "ML"), ("", "?")]
)
def test_initials_stand_for_a_name(name: str, letters: str) -> None:
    assert initials_of(name) == letters


def test_names_are_listed_as_in_a_sentence() -> None:
    assert say_list(["Ada"]) == "Ada"
    assert say_list(["Ada", "Ben", "Mei"]) == "Ada, Ben and Mei"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the disk is full", "The disk is full."),
        ("workshop.jpg is empty", "workshop.jpg is empty."),
        ("r_ads was not granted", "r_ads was not granted."),
        ("really?", "Really?"),
        ("", ""),
    ],
)
def test_error_becomes_a_sentence(text: str, said: str) -> None:
    assert sentence(text) == said


def test_unforeseen_error_keeps_its_text_to_itself() -> None:
    problem = problem_of(RuntimeError("the secret inside"))
    assert problem.status == 500
    assert "secret" not in problem.detail


def test_error_says_what_it_says_with_its_fix() -> None:
    problem = problem_of(Missing("there is no such post", fix="look at the list"))
    assert (problem.status, problem.detail, problem.fix) == (404, "There is no such post.", "Look at the list.")
