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
    figures: dict[str, list[float]] = {"official": [], "sync": [], "async": [], "fast": []}
    with answering() as url:
        for _ in range(ROUNDS):
            figures["official"].append(figure_of_file(official, str(_CALLERS / "official.py"), url, str(CALLS)))
            figures["sync"].append(figure_of_file(HERE, str(_CALLERS / "blocking.py"), url, str(CALLS)))
            figures["async"].append(figure_of_file(HERE, str(_CALLERS / "awaiting.py"), url, str(CALLS)))
    reference = figures["official"]
    show(
        f"CPU per posts.get, {CALLS} calls a round, {ROUNDS} rounds",
        [
            Row(name="official linkedin-api-client", figures=reference, unit="us/call"),
            Row(name="inroad.Client", figures=figures["sync"], unit="us/call", reference=reference, aim="x0.50"),
            Row(name="inroad.AsyncClient", figures=figures["async"], unit="us/call", reference=reference, aim="x0.50"),
        ],
    )


if __name__ == "__main__":
    main()
