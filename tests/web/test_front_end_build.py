"""The package's build hook, and what its lock file may not hold."""

import importlib.util
import json
import os
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path, hook: ModuleType) -> Path:
    """A project whose front end was built after its sources were written."""
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "src/main.ts"):
        (tmp_path / "frontend" / name).write_text("{}")
    manifest = tmp_path / hook.MANIFEST
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}")
    return tmp_path


def test_built_front_end_is_current(project: Path, hook: ModuleType) -> None:
    assert hook.is_current(project)


def test_newer_source_makes_it_stale(project: Path, hook: ModuleType) -> None:
    later = (project / hook.MANIFEST).stat().st_mtime + 10
    os.utime(project / "frontend/src/main.ts", (later, later))
    assert not hook.is_current(project)


def test_missing_build_is_not_current(project: Path, hook: ModuleType) -> None:
    (project / hook.MANIFEST).unlink()
    assert not hook.is_current(project)


def test_no_node_is_said_with_what_to_do(project: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "find_node", lambda: None)
    with pytest.raises(RuntimeError, match=r"no Node\.js 20\.19 or newer was found; install Node\.js"):
        hook.build_frontend(project)


def test_failed_step_is_named_with_its_last_words(
    project: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    node = tmp_path / "bin" / "node"
    node.parent.mkdir()
    node.write_text("#!/bin/sh\necho the disk is on fire\nexit 3\n")
    node.chmod(0o755)
    npm = tmp_path / "lib/node_modules/npm/bin/npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.touch()
    monkeypatch.setattr(hook, "find_node", lambda: str(node))
    with pytest.raises(RuntimeError, match=r"(?s)`npm ci` in .* ended with 3:\nthe disk is on fire"):
        hook.build_frontend(project)


def test_lock_file_records_no_host() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())
    assert len(lock["packages"]) > 10
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert not re.search(r"registry|\.tgz", (ROOT / "frontend/package-lock.json").read_text())
