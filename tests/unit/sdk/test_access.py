import pytest

import inroad
from inroad.contract.goals import COMMUNITY, GOALS, IDENTITY_SCOPES, TERMS
from inroad.contract.scopes import PRODUCTS, SCOPES
from inroad.sdk.access import plan
from inroad.sdk.errors import InvalidArgument


def test_a_page_and_leads_take_two_apps() -> None:
    page, leads = plan("post as my page", "read leads").apps

    assert page.products == ("Community Management API",)
    assert page.scopes == {"w_organization_social", "rw_organization_admin", "r_basicprofile"}
    assert leads.products == ("Sign In with LinkedIn using OpenID Connect", "Lead Sync API")
    assert leads.scopes == {"openid", "profile", "r_marketing_leadgen_automation", "r_ads"}
    assert not page.is_self_service
    assert "ADMINISTRATOR" in page.roles[0]


def test_posting_as_oneself_takes_no_review() -> None:
    (app,) = plan("post as me").apps

    assert app.products == ("Sign In with LinkedIn using OpenID Connect", "Share on LinkedIn")
    assert (app.is_self_service, app.reviews) == (True, ())


def test_a_product_that_is_needed_anyway_serves_the_rest() -> None:
    (app,) = plan("post as me", "comment as my page", "post as my page").apps

    assert app.products == (COMMUNITY,)
    assert [goal.name for goal in app.goals] == ["post as me", "comment as my page", "post as my page"]


def test_what_a_product_needs_first_is_in_its_app() -> None:
    (app,) = plan("manage audiences").apps

    assert app.products == ("Advertising API", "Matched Audiences")


def test_what_nobody_can_have_is_said() -> None:
    planned = plan("read my posts", "post jobs")

    assert planned.apps == ()
    assert [goal.name for goal in planned.closed] == ["read my posts", "post jobs"]
    assert "no new partners" in str(planned)


def test_a_plan_reads_as_text() -> None:
    assert str(inroad.plan("post as me")) == (
        "App 1: Sign In with LinkedIn using OpenID Connect, Share on LinkedIn\n"
        "  scopes: openid profile w_member_social\n"
        "  for: post as me"
    )


def test_spelling_is_forgiven_and_near_names_are_told() -> None:
    assert plan("  Post as  my page ") == plan("post as my page")
    with pytest.raises(InvalidArgument, match="'post as my page'"):
        plan("post on my page")
    with pytest.raises(InvalidArgument, match="needs a goal"):
        plan()


@pytest.mark.parametrize("goal", sorted(GOALS))
def test_every_goal_is_served_by_each_of_its_products(goal: str) -> None:
    wanted = GOALS[goal]

    for product in wanted.products:
        granted = PRODUCTS[product].scopes.union(*(PRODUCTS[name].scopes for name in TERMS[product].needs))
        assert wanted.scopes <= granted
    assert wanted.products or wanted.note
    assert wanted.scopes <= set(SCOPES)


@pytest.mark.parametrize("first", sorted(GOALS))
def test_any_two_goals_have_a_plan_whose_apps_grant_its_scopes(first: str) -> None:
    for second in GOALS:
        planned = plan(first, second)
        served = [goal.name for app in planned.apps for goal in app.goals] + [goal.name for goal in planned.closed]
        assert sorted(served) == sorted({first, second})
        for app in planned.apps:
            assert app.scopes <= frozenset[str]().union(*(PRODUCTS[name].scopes for name in app.products))
            assert not any(TERMS[name].alone for name in app.products) or len(app.products) == 1
            assert app.scopes >= IDENTITY_SCOPES or "r_basicprofile" in app.scopes
