"""CPU of one typed `posts.get`, beside the official Python client's call of the same post.

The official client lives in a virtual environment of its own, made here at the first run.
"""

import subprocess
import sys
import venv
from pathlib import Path

from bench.answering import answering
from bench.report import HERE, Row, figure_of_file, show

_OFFICIAL = Path(__file__).parent / ".official"
_CALLERS = Path(__file__).parent / "callers"
CALLS = 2_000
ROUNDS = 5


def official_python() -> str:
    """Return the interpreter of the official client's own environment, making it when it is missing."""
    python = _OFFICIAL / "bin" / "python"
    if not python.exists():
        print("making an environment for the official client ...", file=sys.stderr)
        venv.create(_OFFICIAL, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "linkedin-api-client==0.3.0"], check=True)
    return str(python)


def main() -> None:
    """Print microseconds of CPU per call, in rounds that take turns."""
    official = official_python()
    callers = {
        "official linkedin-api-client": (official, "official.py", ""),
        "inroad.Client": (HERE, "blocking.py", "x0.40"),
        "inroad.AsyncClient": (HERE, "awaiting.py", "x0.50"),
        "inroad.Client, inroad.FastTransport": (HERE, "fast.py", "x0.20"),
    }
    figures: dict[str, list[float]] = {name: [] for name in callers}
    with answering() as url:
        for _ in range(ROUNDS):
            for name, (python, file, _) in callers.items():
                figures[name].append(figure_of_file(python, str(_CALLERS / file), url, str(CALLS)))
    reference = figures["official linkedin-api-client"]
    show(
        f"CPU per posts.get, {CALLS} calls a round, {ROUNDS} rounds",
        [
            Row(name=name, figures=figures[name], unit="us/call", reference=reference if aim else None, aim=aim)
            for name, (_, _, aim) in callers.items()
        ],
    )


if __name__ == "__main__":
    main()
