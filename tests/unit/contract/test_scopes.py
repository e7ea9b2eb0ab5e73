import pytest

from inroad.contract.scopes import PRODUCTS, SCOPES, products_granting, scopes_of


def test_every_scope_of_a_product_is_explained():
    granted = frozenset().union(*(p.scopes for p in PRODUCTS.values()))

    assert sorted(granted - SCOPES.keys()) == []


def test_posting_as_a_member_is_self_service():
    first, *_ = products_granting("w_member_social")

    assert (first.name, first.self_service) == ("Share on LinkedIn", True)


def test_products_add_up():
    assert scopes_of(["Share on LinkedIn", "Sign In with LinkedIn using OpenID Connect"]) == {
        "openid",
        "profile",
        "email",
        "w_member_social",
    }


def test_an_unknown_product_is_named():
    with pytest.raises(KeyError, match="Marketing Developer Platform"):
        scopes_of(["Marketing Developer Platform"])
