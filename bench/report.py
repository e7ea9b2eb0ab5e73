"""How figures are gathered and printed."""

import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report: what was measured, the figures of each round, what it is held against."""

    name: str
    figures: Sequence[float]
    unit: str
    reference: Sequence[float] | None = None  # of the same rounds
    aim: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.figures)

    @property
    def ratio(self) -> float | None:
        if self.reference is None:
            return None
        return statistics.median(a / b for a, b in zip(self.figures, self.reference, strict=True))


def show(title: str, rows: Sequence[Row]) -> None:
    """Print rows side by side."""
    print(f"\n{title}")
    for row in rows:
        spread = f"{min(row.figures):,.1f} to {max(row.figures):,.1f}"
        ratio = "" if row.ratio is None else f"  x{row.ratio:.2f} of the reference"
        aim = f"  (aim: {row.aim})" if row.aim else ""
        print(f"  {row.name:<44} {row.median:>10,.1f} {row.unit:<9} {spread:>22}{ratio}{aim}", flush=True)


def figure_of(python: str, module: str, *words: str, given: bytes = b"") -> float:
    """Run `python -m module words`, `given` on its standard input, and return the one number that it prints last."""
    done = subprocess.run([python, "-m", module, *words], check=True, capture_output=True, input=given)
    return float(done.stdout.split()[-1])


def figure_of_file(python: str, file: str, *words: str) -> float:
    """Run `python file words` and return the one number that it prints last."""
    done = subprocess.run([python, file, *words], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


HERE = sys.executable
