"""What roles and API keys may do."""

from inroad.service.who import PERMISSIONS, Who, permits

OWNER = Who(person_id="p", workspace_id="w", request_id="r", address="192.0.2.1")


def test_owner_may_do_everything_that_there_is() -> None:
    assert all(permits("owner", OWNER, permission) for permission in PERMISSIONS)


def test_stranger_and_unknown_role_may_do_nothing() -> None:
    assert not any(permits(role, OWNER, permission) for role in (None, "", "editor") for permission in PERMISSIONS)


def test_api_key_may_do_only_what_its_scopes_name() -> None:
    key = Who(person_id="p", workspace_id="w", request_id="r", address="192.0.2.1", scopes=frozenset({"posts.read"}))
    assert {permission for permission in PERMISSIONS if permits("owner", key, permission)} == {"posts.read"}
