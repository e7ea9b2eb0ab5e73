"""Named switches: every behaviour of LinkedIn that is in doubt or that differs by profile.

A profile (`today`, `guide`, `lenient`) is a set of values; any switch can be set by itself over it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

Setting: TypeAlias = str | int | float | bool | None

PROFILES = ("today", "guide", "lenient")


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch: its alternatives (empty: any number or text), its value per profile, where it comes from."""

    name: str
    alternatives: tuple[Setting, ...]
    today: Setting
    guide: Setting
    lenient: Setting
    source: str


def _switch(
    name: str, alternatives: tuple[Setting, ...], values: tuple[Setting, Setting, Setting], source: str
) -> Switch:
    return Switch(name, alternatives, *values, source)


_ALL = (
    _switch("versions.accept", ("list", "any"), ("list", "any", "any"), "01 B.3"),
    _switch("versions.overdue", (), ("", "", "202306,202503"), "01 B.3"),
    _switch("versions.malformed", ("426", "400"), ("426", "426", "426"), "01 B.3"),
    _switch("versions.catalogue", ("by_product", "any"), ("by_product", "any", "any"), "04 0.2"),
    _switch("versions.eight_digits", ("accept", "refuse"), ("accept",) * 3, "01 B.3"),
    _switch("headers.id", ("both", "by_protocol"), ("both", "both", "both"), "01 B.2"),
    _switch("headers.tutorial_quota", ("off", "on"), ("off", "on", "off"), "01 B.2"),
    _switch("headers.retry_after", (), ("off", "off", "off"), "01 B.2; off, or seconds"),
    _switch("gateway.quota_position", ("before_body", "after_resource"), ("before_body",) * 3, "01 B.3"),
    _switch("oauth.refresh_error", ("invalid_request", "invalid_grant"), ("invalid_request",) * 3, "01 A.5"),
    _switch(
        "oauth.old_scope_tokens",
        ("REVOKED_ACCESS_TOKEN", "INVALID_ACCESS_TOKEN"),
        ("REVOKED_ACCESS_TOKEN",) * 3,
        "01 A.7",
    ),
    _switch("oauth.query_credentials", ("off", "on"), ("off", "off", "on"), "01 A.4"),
    _switch("oauth.pkce_confidential", ("refuse", "accept"), ("refuse",) * 3, "01 A.6"),
    _switch("auth.query_token", ("off", "v2"), ("off", "off", "v2"), "01 B.1"),
    _switch("tier.dev_blocks_push_and_batch", ("on", "off"), ("on", "off", "off"), "01 A.12"),
    _switch("lenient.empty", ("off", "on"), ("off", "off", "on"), "01 C"),
    _switch("lenient.raw_urns", ("off", "on"), ("off", "on", "on"), "01 B.5"),
    _switch("lenient.tunnel_get_delete", ("on", "off"), ("on",) * 3, "01 B.8"),
    _switch("restli.encoded_syntax", ("reject", "accept"), ("reject", "reject", "accept"), "03 0.3"),
    _switch("url_limit", (8192, 4096), (8192,) * 3, "03 0.3"),
    _switch("finder.unknown", ("404", "400"), ("404",) * 3, "03 2; 01 B.4"),
    _switch("scope.policy", ("today", "compat"), ("today", "compat", "compat"), "02 0.7"),
    _switch("profile.me_scope", ("legacy_only", "oidc_too"), ("legacy_only", "oidc_too", "oidc_too"), "04 1.2"),
    _switch("profile.full_fields", ("forbid", "drop"), ("forbid", "drop", "drop"), "04 1.1"),
    _switch("profile.no_photo", ("absent", "null"), ("absent",) * 3, "04 1.2.2"),
    _switch("projection.policy", ("compat", "strict"), ("compat",) * 3, "02 8.1"),
    _switch("projection.bad_email_mask", ("empty", "error400", "as_guide"), ("empty", "as_guide", "empty"), "04 1.3"),
    _switch("projection.add_localized_names", ("off", "on"), ("off", "on", "off"), "04 1.2.2"),
    _switch("userinfo.locale", ("object", "string"), ("object", "string", "object"), "04 1.5"),
    _switch(
        "quota.profile",
        ("self-serve", "development", "standard", "guide", "off"),
        ("standard", "guide", "off"),
        "02 14; 04 6.4",
    ),
    _switch("errors.wording", ("new", "old"), ("new", "old", "new"), "04 0.3"),
    _switch("errors.posts_family", ("recorded", "documented"), ("recorded",) * 3, "02 0.5"),
    _switch("strict_content_type", ("off", "on"), ("off",) * 3, "02 0.2"),
    _switch("ids.video_post", ("ugcPost", "share"), ("ugcPost",) * 3, "02 0.6"),
    _switch("posts.second_delete", ("404", "204"), ("404", "404", "204"), "02 4.9"),
    _switch("posts.second_delete_v2", ("204", "404"), ("204",) * 3, "02 1.6"),
    _switch("duplicate_window", (), (600, 600, 0), "02 4.4; seconds"),
    _switch("duplicates.urn", ("original", "phantom"), ("original",) * 3, "02 4.4"),
    _switch("duplicates.after_delete", ("free", "blocked"), ("free",) * 3, "02 4.4"),
    _switch("little.policy", ("truncate", "reject", "lenient"), ("truncate", "lenient", "truncate"), "02 5"),
    _switch("media.readiness", ("accept", "reject", "drop_media"), ("accept",) * 3, "02 4.3"),
    _switch("image.member_read", ("200", "403"), ("200",) * 3, "02 7"),
    _switch("upload.method", ("put_and_post", "put"), ("put_and_post",) * 3, "02 2.2"),
    _switch("upload.multipart", ("refuse", "accept"), ("refuse", "refuse", "accept"), "02 2.2"),
    _switch("upload.require_token", ("never", "images"), ("never",) * 3, "02 2.2"),
    _switch("x-sandbox-extensions", ("off", "on"), ("off",) * 3, "02 8.2"),
)

SWITCHES: Mapping[str, Switch] = {s.name: s for s in _ALL}

_ALIASES = {"duplicate_window_minutes": ("duplicate_window", 60)}
"""Names that a seed may use for a switch, with the factor that turns their unit into the switch's."""


class Switches:
    """The values in force in one world."""

    def __init__(self, profile: str, overrides: Mapping[str, Setting] | None = None) -> None:
        if profile not in PROFILES:
            raise ValueError(f"no profile {profile!r}: there are {', '.join(PROFILES)}")
        self.profile = profile
        self._set: dict[str, Setting] = {}
        for name, value in (overrides or {}).items():
            self[name] = value

    @classmethod
    def for_profile(cls, profile: str) -> Self:
        """Return the profile's values, nothing changed."""
        return cls(profile)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Return what `to_values` gave."""
        return cls(values["profile"], values["set"])

    def to_values(self) -> dict[str, Any]:
        """Return profile and single switches as JSON values."""
        return {"profile": self.profile, "set": dict(self._set)}

    def __getitem__(self, name: str) -> Setting:
        if name in self._set:
            return self._set[name]
        value: Setting = getattr(_known(name), self.profile)
        return value

    def __setitem__(self, name: str, value: Setting) -> None:
        if name in _ALIASES:
            name, factor = _ALIASES[name]
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(f"switch {name!r} takes a number, got {value!r}")
            value = value * factor
        switch = _known(name)
        if switch.alternatives:
            value = _chosen(switch, value)
        self._set[name] = value

    def __iter__(self) -> Iterator[str]:
        return iter(SWITCHES)

    def is_on(self, name: str) -> bool:
        """Tell whether an on/off switch is on."""
        return self[name] == "on"

    def number(self, name: str) -> float:
        """Return a switch that holds a number."""
        value = self[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"switch {name!r} holds no number: {value!r}")
        return value


def _known(name: str) -> Switch:
    switch = SWITCHES.get(name)
    if switch is None:
        raise ValueError(f"no switch {name!r}")
    return switch


def _chosen(switch: Switch, value: Setting) -> Setting:
    if isinstance(value, bool):
        value = "on" if value else "off"
    for alternative in switch.alternatives:
        if str(alternative) == str(value):
            return alternative
    raise ValueError(f"switch {switch.name!r} takes {', '.join(map(str, switch.alternatives))}, got {value!r}")
