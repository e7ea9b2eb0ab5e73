"""A text that must not be shown: tokens, client secrets, passwords."""

import hmac
from typing import NoReturn


class Secret:
    """Hold a secret text that `repr`, `str`, formatting and pickling refuse to give away.

    `reveal()` is the one way to the text, and easy to search for.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - not every caller is checked
            raise TypeError(f"a secret is made of str, got {type(text).__name__}")
        self._text = text

    def reveal(self) -> str:
        """Return the secret text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __str__(self) -> str:
        return "(hidden)"

    def __format__(self, spec: str) -> str:
        return format("(hidden)", spec)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied into another process")
