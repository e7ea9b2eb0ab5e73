"""The service's settings, read from the environment once. No other file reads the environment.

`SETTINGS` is the list that the documentation shows; `Settings` is the frozen value that the rest receives.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, urlsplit

from inroad.common.secret import Secret
from inroad.contract.scopes import PRODUCTS
from inroad.service.errors import ConfigurationError

ROOT_KEY_BYTES = 32
_VERSION = re.compile(r"20\d\d(0[1-9]|1[0-2])")
_SWITCH = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it is called, what it is when left out, what it means."""

    variable: str
    default: str
    meaning: str


SETTINGS = (
    Setting("INROAD_DATA_DIR", "data", "Folder for the SQLite file and the media; made when missing."),
    Setting("INROAD_HOST", "127.0.0.1", "Address that the service listens on."),
    Setting("INROAD_PORT", "8000", "Port that the service listens on."),
    Setting(
        "INROAD_PUBLIC_URL",
        "http://localhost:{port}",
        "Where browsers reach the service. LinkedIn returns to {public_url}/connect/callback, which must be"
        " among the app's redirect URLs. With https, cookies are marked Secure.",
    ),
    Setting(
        "INROAD_DATABASE_URL",
        "sqlite:///{data_dir}/inroad.sqlite3",
        "sqlite:///path for one process, postgresql://user:password@host/name for many.",
    ),
    Setting(
        "INROAD_ROOT_KEY_FILE",
        "$XDG_CONFIG_HOME/inroad/root.key",
        "File with the root key, outside the data folder; made at the first start. Keep a copy apart from the"
        " database's backups: without it no token can be read.",
    ),
    Setting("INROAD_ROOT_KEY", "", "The root key itself, 32 bytes in base64, instead of the file."),
    Setting(
        "INROAD_LINKEDIN_URL",
        "",
        "One origin that serves every LinkedIn address, such as a sandbox: http://127.0.0.1:9100."
        " Left out: LinkedIn itself.",
    ),
    Setting("INROAD_LINKEDIN_VERSION", "202609", "LinkedIn-Version of versioned calls, YYYYMM."),
    Setting(
        "INROAD_LINKEDIN_APP",
        "",
        "Client id of the LinkedIn app that every workspace starts with. Left out: people enter it on the"
        " Connections page.",
    ),
    Setting("INROAD_LINKEDIN_SECRET", "", "That app's client secret; it is sealed before it is stored."),
    Setting(
        "INROAD_LINKEDIN_PRODUCTS",
        "Sign In with LinkedIn using OpenID Connect, Share on LinkedIn",
        "What that app has on its Products tab, separated by commas.",
    ),
    Setting(
        "INROAD_LEAD_SECONDS",
        "300",
        "How long before its time a post is prepared: pictures uploaded, the final text frozen.",
    ),
    Setting("INROAD_REFRESH_AHEAD_DAYS", "7", "How many days before its end an access token is refreshed."),
    Setting("INROAD_SESSION_IDLE_HOURS", "168", "A session ends after so many hours without a request."),
    Setting("INROAD_SESSION_MAX_DAYS", "30", "A session ends after so many days whatever happens."),
    Setting("INROAD_MAX_UPLOAD_MB", "64", "Largest file that the service takes in, in megabytes."),
    Setting("INROAD_WORKER", "on", "Whether this process also does the due work: on or off."),
    Setting("INROAD_LOG_LEVEL", "info", "debug, info, warning or error."),
    Setting("INROAD_LOG_FORMAT", "text", "text for people, json for machines."),
)
_DEFAULTS = {setting.variable: setting.default for setting in SETTINGS}


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenApp:
    """The LinkedIn app that every workspace starts with."""

    client_id: str
    client_secret: Secret
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the environment says; `SETTINGS` tells what each one means."""

    data_dir: Path
    host: str
    port: int
    public_url: str
    database_url: Secret
    root_key_file: Path
    root_key: Secret | None
    linkedin_url: str | None
    linkedin_version: str
    linkedin_app: GivenApp | None
    lead_time: timedelta
    refresh_ahead: timedelta
    session_idle: timedelta
    session_max: timedelta
    max_upload_bytes: int
    worker: bool
    log_level: str
    log_format: str

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Self:
        """Read the settings; a variable that is empty counts as left out.

        Raises:
            ConfigurationError: a value cannot be used; the text names the variable and what was expected.
        """
        read = _Reader(env)
        data_dir = Path(read.text("INROAD_DATA_DIR")).expanduser().absolute()
        port = read.number("INROAD_PORT", least=0, most=65535)
        return cls(
            data_dir=data_dir,
            host=read.text("INROAD_HOST"),
            port=port,
            public_url=read.origin("INROAD_PUBLIC_URL", default=f"http://localhost:{port}"),
            database_url=Secret(read.database_url(data_dir)),
            root_key_file=read.key_file(data_dir),
            root_key=read.key("INROAD_ROOT_KEY"),
            linkedin_url=read.origin("INROAD_LINKEDIN_URL", default="") or None,
            linkedin_version=read.version("INROAD_LINKEDIN_VERSION"),
            linkedin_app=read.app(),
            lead_time=timedelta(seconds=read.number("INROAD_LEAD_SECONDS", least=0, most=86_400)),
            refresh_ahead=timedelta(days=read.number("INROAD_REFRESH_AHEAD_DAYS", least=0, most=59)),
            session_idle=timedelta(hours=read.number("INROAD_SESSION_IDLE_HOURS", least=1, most=24 * 365)),
            session_max=timedelta(days=read.number("INROAD_SESSION_MAX_DAYS", least=1, most=365)),
            max_upload_bytes=read.number("INROAD_MAX_UPLOAD_MB", least=1, most=10_240) * 1024 * 1024,
            worker=read.switch("INROAD_WORKER"),
            log_level=read.choice("INROAD_LOG_LEVEL", ("debug", "info", "warning", "error")),
            log_format=read.choice("INROAD_LOG_FORMAT", ("text", "json")),
        )

    @property
    def callback_url(self) -> str:
        """The redirect URL that every app must have registered at LinkedIn."""
        return f"{self.public_url}/connect/callback"

    @property
    def media_dir(self) -> Path:
        """Where uploaded media is kept."""
        return self.data_dir / "media"

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers reach the service over https."""
        return self.public_url.startswith("https://")


class _Reader:
    """Reads one variable at a time and says what is wrong with it."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env

    def text(self, variable: str) -> str:
        return self._env.get(variable, "").strip() or _DEFAULTS[variable]

    def number(self, variable: str, *, least: int, most: int) -> int:
        text = self.text(variable)
        if not re.fullmatch(r"\d{1,9}", text) or not least <= int(text) <= most:
            raise ConfigurationError(variable, f"expected a whole number from {least} to {most}, got {text[:40]!r}")
        return int(text)

    def choice(self, variable: str, allowed: tuple[str, ...]) -> str:
        text = self.text(variable).lower()
        if text not in allowed:
            raise ConfigurationError(variable, f"expected one of {', '.join(allowed)}, got {text[:40]!r}")
        return text

    def switch(self, variable: str) -> bool:
        text = self.text(variable).lower()
        if text not in _SWITCH:
            raise ConfigurationError(variable, f"expected on or off, got {text[:40]!r}")
        return _SWITCH[text]

    def version(self, variable: str) -> str:
        text = self.text(variable)
        if not _VERSION.fullmatch(text):
            raise ConfigurationError(variable, f"expected a LinkedIn version such as 202609, got {text[:40]!r}")
        return text

    def origin(self, variable: str, *, default: str) -> str:
        text = (self._env.get(variable, "").strip() or default).rstrip("/")
        if not text:
            return ""
        parts = _web_address(text)
        if parts is None:
            raise ConfigurationError(variable, f"expected an address such as http://localhost:8000, got {text[:80]!r}")
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise ConfigurationError(variable, "expected an address without a user name, query or fragment")
        return text

    def app(self) -> GivenApp | None:
        client_id, secret = self.text("INROAD_LINKEDIN_APP"), self.text("INROAD_LINKEDIN_SECRET")
        if not client_id and not secret:
            return None
        if not secret:
            raise ConfigurationError("INROAD_LINKEDIN_SECRET", "needed too, as INROAD_LINKEDIN_APP is set")
        if not client_id:
            raise ConfigurationError("INROAD_LINKEDIN_APP", "needed too, as INROAD_LINKEDIN_SECRET is set")
        names = [name.strip() for name in self.text("INROAD_LINKEDIN_PRODUCTS").split(",")]
        unknown = [name for name in names if name and name not in PRODUCTS]
        if unknown:
            raise ConfigurationError("INROAD_LINKEDIN_PRODUCTS", f"no such product at LinkedIn: {', '.join(unknown)}")
        products = tuple(name for name in names if name)
        return GivenApp(client_id=client_id, client_secret=Secret(secret), products=products)

    def database_url(self, data_dir: Path) -> str:
        variable = "INROAD_DATABASE_URL"
        text = self._env.get(variable, "").strip() or f"sqlite:///{data_dir / 'inroad.sqlite3'}"
        scheme, separator, rest = text.partition("://")
        if not separator or scheme not in {"sqlite", "postgresql", "postgres"}:
            raise ConfigurationError(
                variable, "expected sqlite:///path or postgresql://user:password@host/name, got something else"
            )
        if scheme == "sqlite" and (not rest.startswith("/") or rest in {"/", "/:memory:"}):
            raise ConfigurationError(variable, "expected the path of a file after sqlite:///")
        return f"{'sqlite' if scheme == 'sqlite' else 'postgresql'}://{rest}"

    def key_file(self, data_dir: Path) -> Path:
        variable = "INROAD_ROOT_KEY_FILE"
        text = self._env.get(variable, "").strip()
        path = Path(text).expanduser().absolute() if text else self._config_dir() / "inroad" / "root.key"
        if path.is_relative_to(data_dir):
            raise ConfigurationError(
                variable,
                f"{path} lies inside the data folder {data_dir}; a backup would hold the lock and the key together",
            )
        return path

    def _config_dir(self) -> Path:
        text = self._env.get("XDG_CONFIG_HOME", "").strip()
        return Path(text) if text.startswith("/") else Path("~/.config").expanduser()

    def key(self, variable: str) -> Secret | None:
        text = self._env.get(variable, "").strip()
        if not text:
            return None
        try:
            size = len(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError):
            raise ConfigurationError(
                variable, f"expected {ROOT_KEY_BYTES} bytes in base64; this is not base64"
            ) from None
        if size != ROOT_KEY_BYTES:
            raise ConfigurationError(variable, f"expected {ROOT_KEY_BYTES} bytes in base64, got {size} bytes")
        return Secret(text)


def _web_address(text: str) -> SplitResult | None:
    """Return the parts of an http address, None where it is none."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None
