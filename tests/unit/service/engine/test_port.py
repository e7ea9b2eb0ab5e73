import random
from datetime import timedelta

import pytest

from inroad.service.engine.port import Backoff, checked_args


@pytest.mark.parametrize(
    ("attempt", "least", "most"), [(1, 5, 10), (2, 10, 20), (3, 20, 40), (5, 30, 60), (500, 30, 60)]
)
def test_wait_doubles_up_to_its_bound_and_half_of_it_is_chance(attempt: int, least: int, most: int) -> None:
    backoff = Backoff(first=timedelta(seconds=10), most=timedelta(seconds=60))
    waits = [backoff.delay(attempt, random.Random(seed)).total_seconds() for seed in range(50)]

    assert least <= min(waits) <= max(waits) <= most
    assert max(waits) > min(waits)


def test_refused_argument_is_named_but_not_shown() -> None:
    with pytest.raises(ValueError, match="'token'") as refusal:
        checked_args({"post_id": "4f2a", "token": "AQX secret"})

    assert "secret" not in str(refusal.value)
