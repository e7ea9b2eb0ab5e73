"""Stages as partners sent them."""

from typing import Any

import msgspec


class Stages(msgspec.Struct):
    """Every stage of a world, by app, application and stage id."""

    kept: dict[str, dict[str, Any]] = {}
