"""Other processes that a measurement needs: started, waited for, ended."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import httpx2


@contextmanager
def process(words: Sequence[str], *, ready: str) -> Generator[float]:
    """Run a command until the block ends; give the seconds from its start until `ready` answers 200."""
    with tempfile.TemporaryFile() as said:  # no pipe: one that nobody reads stops a process that says much
        began = time.perf_counter()
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=said)
        try:
            with httpx2.Client() as http:
                while True:
                    if running.poll() is not None:
                        said.seek(0)
                        raise RuntimeError(said.read().decode())
                    try:
                        if http.get(ready).status_code == 200:
                            break
                    except httpx2.TransportError:
                        pass
                    if time.perf_counter() - began > 30:
                        raise RuntimeError(f"{ready} did not answer")
                    time.sleep(0.005)
            yield time.perf_counter() - began
        finally:
            running.terminate()
            running.wait()


def sandbox(port: int, *, profile: str = "lenient") -> "Sequence[str]":
    """Return the command that runs a sandbox on a port."""
    return [sys.executable, "-m", "inroad.cli.main", "sandbox", "--port", str(port), "--profile", profile]
