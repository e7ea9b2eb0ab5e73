"""Environments of third-party clients: each of its own, made at the first run, none of it part of this project."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2] / ".cache" / "clients"
SCRIPTS = Path(__file__).parent / "scripts"


def python_with(*packages):
    """Return the interpreter of an environment that holds exactly these packages and what they need."""
    home = ROOT / f"{packages[0].replace('==', '-')}-{sys.version_info.major}.{sys.version_info.minor}"
    python = home / "bin" / "python"
    ROOT.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{home}.lock"):
        if not (home / "ready").exists():
            venv.create(home, with_pip=True, clear=True)
            install([python, "-m", "pip", "install", "--quiet", *packages])
            (home / "ready").touch()
    return python


def install(command):
    """Install a client's packages; without a network the tests that need them are skipped aloud, never in CI."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        assert "CI" not in os.environ, done.stderr
        pytest.skip(f"NOT RUN: the client could not be installed: {done.stderr.strip().splitlines()[-1:]}")


def node_with(*packages):
    """Return Node and the folder whose `node_modules` holds exactly these packages and what they need."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        assert "CI" not in os.environ, "the JavaScript clients need Node, and CI has none"
        pytest.skip("NOT RUN: the JavaScript clients need Node, and this machine has none")
    home = ROOT / packages[0].replace("@", "-")
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{home}.lock"):
        if not (home / "ready").exists():
            words = ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", home]
            install([npm, *words, *packages])
            (home / "ready").touch()
    return node, home


@pytest.fixture
def run_node_client():
    """Run a script of `scripts/` with Node beside a client's packages and return the JSON that it prints last."""

    def run(script, given, *packages):
        node, home = node_with(*packages)
        copied = shutil.copy(SCRIPTS / script, home / script)
        done = subprocess.run(
            [node, copied, json.dumps(given)], check=False, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture
def run_client():
    """Run a script of `scripts/` in a client's environment and return the JSON that it prints last."""

    def run(script, given, *packages):
        done = subprocess.run(
            [python_with(*packages), SCRIPTS / script, json.dumps(given)],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run
