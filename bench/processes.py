"""Other processes that a measurement needs: started, waited for, ended."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx2


@contextmanager
def process(words: Sequence[str], *, ready: str) -> Iterator[float]:
    """Run a command until the block ends; give the seconds from its start until `ready` answers 200."""
    began = time.perf_counter()
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        with httpx2.Client() as http:
            while True:
                if running.poll() is not None:
                    raise RuntimeError((running.stderr.read() if running.stderr else b"").decode())
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
        if running.stderr is not None:
            running.stderr.close()


def sandbox(port: int, *, profile: str = "lenient") -> "Sequence[str]":
    """Return the command that runs a sandbox on a port."""
    return [sys.executable, "-m", "inroad.cli.main", "sandbox", "--port", str(port), "--profile", profile]
