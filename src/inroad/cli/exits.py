"""Exit codes that scripts may rely on, and the one way a command ends with an error."""

import sys
from enum import IntEnum
from typing import NoReturn


class Exit(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    FAILED = 1  # it was tried and did not work
    USAGE = 2  # the command's words are wrong
    NOT_SIGNED_IN = 3  # `inroad login` first
    REFUSED = 4  # the service looked at it and said no; nothing was planned or sent
    UNREACHABLE = 5  # no answer from the service


class CommandFailed(Exception):
    """A command that cannot go on: what happened, what to do, and the exit code."""

    def __init__(self, message: str, *, hint: str = "", code: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code


def end_with(failure: CommandFailed) -> NoReturn:
    """Print the failure to stderr and end the process with its code."""
    print(f"inroad: {failure}", file=sys.stderr)  # noqa: T201 - a command prints
    if failure.hint:
        print(f"  {failure.hint}", file=sys.stderr)  # noqa: T201
    sys.exit(failure.code)
