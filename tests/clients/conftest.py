"""Environments of third-party clients: each of its own, made at the first run, none of it part of this project."""

import json
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
            subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
            (home / "ready").touch()
    return python


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
