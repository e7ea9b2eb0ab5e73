"""Sample exchanges, read: what `inroad.contract` says was sent and answered.

A file holds comments that begin with `# `, the first of them the source; a request, a line `###`, and its answer, both
as HTTP writes them. A body ends before the `###` or at the end of the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

_FILES = files("inroad.contract") / "exchanges"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer; names of headers are lower case."""

    name: str
    source: str
    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer_headers: dict[str, str]
    answer_body: bytes


def names() -> list[str]:
    """Every exchange there is; those in a folder have its name before theirs, as in `ads.campaigns.get`."""
    return sorted(_names(_FILES, ""))


def _names(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _names(entry, f"{prefix}{entry.name}.")
        elif entry.name.endswith(".http"):
            yield prefix + entry.name.removesuffix(".http")


def read(name: str) -> Exchange:
    """One exchange, by its name such as `posts.create`."""
    group, _, rest = name.partition(".")
    folder = _FILES / group
    file = folder / f"{rest}.http" if folder.is_dir() else _FILES / f"{name}.http"
    lines = file.read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("# "))
    middle = lines.index("###")
    request, headers, body = _message(lines[first:middle])
    answer, answer_headers, answer_body = _message(lines[middle + 1 :])
    method, target, protocol = request.split(" ")
    answer_protocol, status, _ = answer.split(" ", 2)
    assert {protocol, answer_protocol} == {"HTTP/1.1"}
    return Exchange(
        name=name,
        source=lines[0],
        method=method,
        target=target,
        headers=headers,
        body=body,
        status=int(status),
        answer_headers=answer_headers,
        answer_body=answer_body,
    )


def _message(lines: list[str]) -> tuple[str, dict[str, str], bytes]:
    blank = lines.index("") if "" in lines else len(lines)
    pairs = [line.split(": ", 1) for line in lines[1:blank]]
    body = "\n".join(lines[blank + 1 :]).strip("\n").encode()
    return lines[0], {name.lower(): value for name, value in pairs}, body
