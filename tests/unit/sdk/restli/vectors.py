"""The vectors of tests/data/restli-vectors.json, by kind."""

import json
from pathlib import Path
from typing import Any

import pytest

_FILE = Path(__file__).parents[3] / "data" / "restli-vectors.json"
ALL: list[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))["vectors"]
VALUES = ("primitive", "urn", "list", "map", "criteria")


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    """Parametrise a test by the vectors of these kinds, each by its id."""
    return pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in ALL if v["kind"] in kinds])


def stringified(value: Any) -> Any:
    """Return what a decoder makes of an encoded value: every scalar is text."""
    if isinstance(value, dict):
        return {key: stringified(item) for key, item in value.items()}
    if isinstance(value, list):
        return [stringified(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
