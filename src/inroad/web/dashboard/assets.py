"""The built front end: which hashed files a page links, as Vite's manifest says, and the files themselves."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from inroad.service.errors import ConfigurationError

STATIC: Final = Path(__file__).parent / "static"
ADDRESS: Final = "/static"
_A_YEAR: Final = 31_536_000


class _Chunk(msgspec.Struct):
    file: str
    css: list[str] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """Addresses of scripts and styles."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    composer: tuple[str, ...]
    icon: str


def read_assets(folder: Path = STATIC) -> Assets:
    """Return what the front end's build wrote down in its manifest.

    Raises:
        ConfigurationError: the front end was not built.
    """
    try:
        manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=dict[str, _Chunk])
    except FileNotFoundError:
        raise ConfigurationError(
            "the dashboard's front end", f"not built: {folder} has no manifest.json; reinstall the package to build it"
        ) from None
    main, composer = manifest["src/main.ts"], manifest["src/composer.ts"]
    return Assets(
        styles=tuple(f"{ADDRESS}/{name}" for name in main.css),
        scripts=(f"{ADDRESS}/{main.file}",),
        composer=(f"{ADDRESS}/{composer.file}",),
        icon=f"{ADDRESS}/{manifest['src/icon.svg'].file}",
    )


class ImmutableFiles(StaticFiles):
    """Serves files whose names change with their contents: browsers need to ask only once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, with leave to keep it for a year."""
        response = await super().get_response(path, scope)
        if response.status_code in {200, 206, 304}:
            response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
        return response
