"""Every measurement, one after the other: `make bench`. `python -m bench sandbox calls` runs those named."""

import sys
from importlib import import_module

EVERYTHING = ("imports", "calls", "sandbox", "publishing")


def main(names: list[str]) -> None:
    unknown = sorted(set(names) - set(EVERYTHING))
    if unknown:
        sys.exit(f"no measurement named {', '.join(unknown)}; there are {', '.join(EVERYTHING)}")
    for name in names or EVERYTHING:
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
