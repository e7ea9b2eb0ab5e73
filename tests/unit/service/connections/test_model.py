"""Decisions about connections."""

from datetime import UTC, datetime, timedelta

import pytest

from inroad.service.connections.model import (
    Grant,
    author_problem,
    consent_problem,
    missing_scopes,
    next_step,
    scopes_to_ask,
    state_of,
    strongest_role,
)

T0 = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
OPENID, SHARE = "Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn"


def grant(*, access: int, refresh: int | None = None, refused_at: datetime | None = None) -> Grant:
    return Grant(
        connection_id="c",
        workspace_id="w",
        access_token=b"a",
        refresh_token=None if refresh is None else b"r",
        issued_at=T0,
        access_expires_at=T0 + access * DAY,
        refresh_expires_at=None if refresh is None else T0 + refresh * DAY,
        refused_at=refused_at,
    )


@pytest.mark.parametrize(
    ("kept", "day", "step"),
    [
        (grant(access=60), 0, "use"),
        (grant(access=60), 59, "use"),
        (grant(access=60), 60, "expired"),
        (grant(access=60, refresh=365), 52, "use"),
        (grant(access=60, refresh=365), 53, "refresh"),
        (grant(access=60, refresh=365), 100, "refresh"),
        (grant(access=60, refresh=365), 365, "expired"),
        # The refresh token ends with the access token: a refresh would give the same end again.
        (grant(access=365, refresh=365), 362, "use"),
        (grant(access=60, refresh=365, refused_at=T0 + 53 * DAY), 53, "use"),
        (grant(access=60, refresh=365, refused_at=T0 + 53 * DAY), 54, "refresh"),
        (grant(access=60, refresh=365, refused_at=T0 + 60 * DAY), 60, "refresh"),
    ],
)
def test_next_step_before_a_call(kept: Grant, day: int, step: str) -> None:
    assert next_step(kept, T0 + day * DAY, ahead=WEEK) == step


def test_state_for_a_page_follows_the_last_instant_without_a_person() -> None:
    assert state_of(grant(access=60), T0) == "live"
    assert state_of(grant(access=60), T0 + 46 * DAY) == "expiring"
    assert state_of(grant(access=60), T0 + 60 * DAY) == "expired"
    assert state_of(grant(access=60, refresh=365), T0 + 60 * DAY) == "live"


def test_scopes_are_those_of_the_goals_that_the_products_grant() -> None:
    assert scopes_to_ask(frozenset({OPENID, SHARE})) == {"openid", "profile", "w_member_social"}
    assert scopes_to_ask(frozenset({OPENID, SHARE}), ["post_as_organization"]) == {"openid", "profile"}


def test_app_of_the_old_kind_is_asked_for_its_profile_scope() -> None:
    assert scopes_to_ask(frozenset({"Sign In with LinkedIn", SHARE})) == {"r_liteprofile", "w_member_social"}


def test_missing_scope_says_which_product_grants_it() -> None:
    [missing] = missing_scopes(frozenset({"openid", "w_member_social"}), frozenset({"openid"}))
    assert missing.scope == "w_member_social"
    assert missing.products[0] == SHARE


def test_author_without_the_scope_names_it() -> None:
    problem = author_problem(
        "organization", granted=frozenset({"w_member_social"}), lost_at=None, usable_until=T0 + DAY, at=T0
    )
    assert problem == (
        "the scope w_organization_social was not granted; it comes with Advertising API or Community Management API"
    )


def test_html_entities_in_linkedin_s_description_are_read() -> None:
    message, _ = consent_problem(
        "unauthorized_scope_error",
        "Scope &quot;r_liteprofile&quot; is not authorized for your application",
        app_name="Demo",
    )
    assert message.startswith('the app "Demo" does not have the scope r_liteprofile')


def test_unknown_error_of_the_consent_page_is_shown_as_it_came() -> None:
    message, fix = consent_problem("server_error", "", app_name="Demo")
    assert (message, fix) == ("LinkedIn answered server_error; nothing was connected", "start again")


def test_strongest_role_counts() -> None:
    assert strongest_role(["DIRECT_SPONSORED_CONTENT_POSTER", "ADMINISTRATOR"]) == "ADMINISTRATOR"
