import copy
import json
import logging
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inroad.common.secret import Secret

TEXTS = st.text(alphabet=st.characters(categories=["Lu", "Nd"]), min_size=12)


@given(TEXTS)
def test_no_way_of_printing_shows_the_text(text):
    secret = Secret(text)

    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r}", f"{secret:>40}", "%s" % secret, repr([secret])]

    assert not any(text in form for form in shown)


def test_a_log_line_does_not_hold_it(caplog):
    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("token %s", Secret("AQX-top-secret"))

    assert "AQX-top-secret" not in caplog.text


@pytest.mark.parametrize("way", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_is_not_pickled_or_copied(way):
    with pytest.raises(TypeError, match="not pickled"):
        way(Secret("AQX-top-secret"))


def test_it_is_no_json():
    with pytest.raises(TypeError):
        json.dumps(Secret("AQX-top-secret"))


def test_equal_texts_are_equal_secrets():
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_only_text_makes_a_secret():
    with pytest.raises(TypeError, match="made of str, got bytes"):
        Secret(b"bytes")
