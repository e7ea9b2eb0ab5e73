"""Settings, read from an environment."""

import base64
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from inroad.service.errors import ConfigurationError
from inroad.service.settings import SETTINGS, Settings


def read(**env: str) -> Settings:
    return Settings.from_environment({"XDG_CONFIG_HOME": "/home/ada/.config", "INROAD_DATA_DIR": "/srv/inroad", **env})


def test_defaults_make_a_service_of_one_process() -> None:
    settings = read()
    assert settings.database_url.reveal() == "sqlite:////srv/inroad/inroad.sqlite3"
    assert settings.public_url == "http://localhost:8000"
    assert settings.callback_url == "http://localhost:8000/connect/callback"
    assert settings.root_key_file == Path("/home/ada/.config/inroad/root.key")
    assert settings.media_dir == Path("/srv/inroad/media")
    assert settings.linkedin_url is None
    assert settings.lead_time == timedelta(minutes=5)
    assert not settings.secure_cookies


def test_public_url_follows_the_port() -> None:
    assert read(INROAD_PORT="8123").public_url == "http://localhost:8123"


def test_empty_variable_counts_as_left_out() -> None:
    assert read(INROAD_PORT="  ").port == 8000


def test_https_makes_cookies_secure_and_a_slash_at_the_end_is_dropped() -> None:
    settings = read(INROAD_PUBLIC_URL="https://inroad.example/")
    assert settings.secure_cookies
    assert settings.callback_url == "https://inroad.example/connect/callback"


def test_database_password_and_root_key_are_not_shown() -> None:
    key = base64.b64encode(b"k" * 32).decode()
    shown = repr(read(INROAD_DATABASE_URL="postgresql://inroad:hunter2@db/inroad", INROAD_ROOT_KEY=key))
    assert "hunter2" not in shown
    assert key not in shown


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("INROAD_PORT", "eighty", "INROAD_PORT: expected a whole number from 0 to 65535, got 'eighty'"),
        ("INROAD_PORT", "70000", "INROAD_PORT: expected a whole number from 0 to 65535, got '70000'"),
        (
            "INROAD_PUBLIC_URL",
            "localhost:8000",
            "INROAD_PUBLIC_URL: expected an address such as http://localhost:8000, got 'localhost:8000'",
        ),
        (
            "INROAD_PUBLIC_URL",
            "https://ada:pw@inroad.example",
            "INROAD_PUBLIC_URL: expected an address without a user name, query or fragment",
        ),
        (
            "INROAD_DATABASE_URL",
            "mysql://root:hunter2@db/x",
            "INROAD_DATABASE_URL: expected sqlite:///path or postgresql://user:password@host/name, got something else",
        ),
        (
            "INROAD_DATABASE_URL",
            "sqlite:///:memory:",
            "INROAD_DATABASE_URL: expected the path of a file after sqlite:///",
        ),
        (
            "INROAD_LINKEDIN_VERSION",
            "202613",
            "INROAD_LINKEDIN_VERSION: expected a LinkedIn version such as 202609, got '202613'",
        ),
        ("INROAD_WORKER", "maybe", "INROAD_WORKER: expected on or off, got 'maybe'"),
        (
            "INROAD_LOG_LEVEL",
            "loud",
            "INROAD_LOG_LEVEL: expected one of debug, info, warning, error, got 'loud'",
        ),
        ("INROAD_ROOT_KEY", "not base64!", "INROAD_ROOT_KEY: expected 32 bytes in base64; this is not base64"),
        ("INROAD_ROOT_KEY", "c2hvcnQ=", "INROAD_ROOT_KEY: expected 32 bytes in base64, got 5 bytes"),
        (
            "INROAD_ROOT_KEY_FILE",
            "/srv/inroad/root.key",
            "INROAD_ROOT_KEY_FILE: /srv/inroad/root.key lies inside the data folder /srv/inroad;"
            " a backup would hold the lock and the key together",
        ),
    ],
)
def test_wrong_value_names_the_variable_and_what_was_expected(variable: str, value: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(**{variable: value})
    assert str(caught.value) == message
    assert caught.value.setting == variable


def test_given_app_takes_its_secret_and_products() -> None:
    app = read(
        INROAD_LINKEDIN_APP="77abc",
        INROAD_LINKEDIN_SECRET="s3cret",
        INROAD_LINKEDIN_PRODUCTS="Share on LinkedIn, Community Management API",
    ).linkedin_app
    assert app is not None
    assert (app.client_id, app.products) == ("77abc", ("Share on LinkedIn", "Community Management API"))
    assert "s3cret" not in repr(app)


@pytest.mark.parametrize(
    ("env", "message"),
    [
        (
            {"INROAD_LINKEDIN_APP": "77abc"},
            "INROAD_LINKEDIN_SECRET: needed too, as INROAD_LINKEDIN_APP is set",
        ),
        (
            {"INROAD_LINKEDIN_SECRET": "s3cret"},
            "INROAD_LINKEDIN_APP: needed too, as INROAD_LINKEDIN_SECRET is set",
        ),
        (
            {"INROAD_LINKEDIN_APP": "7", "INROAD_LINKEDIN_SECRET": "s", "INROAD_LINKEDIN_PRODUCTS": "Sharing"},
            "INROAD_LINKEDIN_PRODUCTS: no such product at LinkedIn: Sharing",
        ),
    ],
)
def test_half_an_app_is_refused(env: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(**env)
    assert str(caught.value) == message


def test_every_setting_is_listed_once_with_its_meaning() -> None:
    names = [setting.variable for setting in SETTINGS]
    assert len(names) == len(set(names)) == len(fields(Settings)) + 2  # an app is three variables
    assert all(setting.meaning for setting in SETTINGS)
