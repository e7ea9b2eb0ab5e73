"""CPU of importing the clients, beside the official client and the HTTP library, each in a process of its own."""

import os
import subprocess
import tempfile

from bench.calls import official_python
from bench.report import HERE, Row, show

ROUNDS = 11
_PROGRAM = """
import time
before = time.process_time()
{what}
print((time.process_time() - before) * 1e3)
"""
_CLIENTS = "from inroad import Client, AsyncClient"
_EVERYTHING = f"{_CLIENTS}\nclient = Client('t')\nfor name in dir(client): getattr(client, name)"
_FIRST_CALL = f"{_CLIENTS}\nfrom inroad.sdk.connections import open_transport\nopen_transport().close()"


def _milliseconds(python: str, what: str, compiled: str) -> float:
    # Everything is compiled in the first round, whatever this process was told about that.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = compiled
    command = [python, "-c", _PROGRAM.format(what=what)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout)


def main() -> None:
    """Print milliseconds of CPU per import, in rounds that take turns."""
    measured = {
        "official": (official_python(), "import linkedin_api.clients.restli.client"),
        "httpx2": (HERE, "import httpx2"),
        "clients": (HERE, _CLIENTS),
        "everything": (HERE, _EVERYTHING),
        "first call": (HERE, _FIRST_CALL),
    }
    figures: dict[str, list[float]] = {name: [] for name in measured}
    with tempfile.TemporaryDirectory() as compiled:
        for round_ in range(ROUNDS + 1):
            for name, (python, what) in measured.items():
                figure = _milliseconds(python, what, compiled)
                if round_ > 0:
                    figures[name].append(figure)
    reference = figures["official"]
    rows = [
        Row(name="import linkedin_api.clients.restli.client", figures=reference, unit="ms"),
        Row(name="import httpx2", figures=figures["httpx2"], unit="ms", reference=reference),
        Row(name=_CLIENTS, figures=figures["clients"], unit="ms", reference=reference, aim="80 ms"),
        Row(name="... and every resource of a client", figures=figures["everything"], unit="ms", reference=reference),
        Row(name="... and connections for a first call", figures=figures["first call"], unit="ms", reference=reference),
    ]
    show(f"CPU per import, compiled before, {ROUNDS} rounds", rows)


if __name__ == "__main__":
    main()
