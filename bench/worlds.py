"""How long a test waits for a LinkedIn of its own: milliseconds, the first one of the process left out."""

import statistics
import time

from inroad.testing import LinkedIn

WORLDS = 50


def main() -> None:
    """Print the median over so many worlds."""
    LinkedIn().close()
    figures: list[float] = []
    for _ in range(WORLDS):
        began = time.perf_counter()
        made = LinkedIn()
        figures.append((time.perf_counter() - began) * 1000)
        made.close()
    print(statistics.median(figures))


if __name__ == "__main__":
    main()
