"""How often and how long videos are watched, from how often their posts are seen."""

from typing import Final

from inroad.sandbox.resources.metrics.posts import Tally

_VIEWS: Final = 0.4  # per impression
_VIEWERS: Final = 0.8  # per view
_WATCHED: Final = 0.45  # of the length, by everybody
_WATCHED_BY_VIEWERS: Final = 0.38  # of the length, in plays that count as views

KINDS: Final = ("VIDEO_VIEW", "VIEWER", "TIME_WATCHED", "TIME_WATCHED_FOR_VIDEO_VIEWS")


def value(kind: str, tally: Tally, milliseconds: int) -> int:
    """Return one metric; times are in milliseconds."""
    views = round(tally.impressions * _VIEWS)
    if kind == "VIDEO_VIEW":
        return views
    if kind == "VIEWER":
        return round(views * _VIEWERS)
    share = _WATCHED if kind == "TIME_WATCHED" else _WATCHED_BY_VIEWERS
    return round(views * milliseconds * share)
