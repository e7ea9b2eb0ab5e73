"""Fills the tables of the documentation from the code, so that they are never out of date.

A page writes `<!-- table: switches -->` where the table goes. mkdocs calls `on_page_markdown`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import typer.main

from inroad.cli.main import app
from inroad.contract.scopes import PRODUCTS
from inroad.sandbox.faults import KINDS
from inroad.sandbox.switches import PROFILES, SWITCHES
from inroad.service.settings import SETTINGS

_MARK = re.compile(r"<!-- table: (\w+) -->")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return the page with its tables written out."""
    return _MARK.sub(lambda mark: TABLES[mark[1]](), markdown)


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def _switches() -> str:
    rows = (
        [f"`{s.name}`", s.meaning, ", ".join(f"`{a}`" for a in s.alternatives) or "a number or text"]
        + [f"`{getattr(s, profile)}`" if getattr(s, profile) != "" else "empty" for profile in PROFILES]
        for s in SWITCHES.values()
    )
    return _table(["switch", "what it decides", "alternatives", *PROFILES], rows)


def _faults() -> str:
    rows = (
        [f"`{name}`", kind.meaning, ", ".join(f"`{one}`" for one in kind.reads) or "nothing"]
        for name, kind in KINDS.items()
    )
    return _table(["fault", "what happens", "reads"], rows)


def _settings() -> str:
    rows = ([f"`{s.variable}`", f"`{s.default}`" if s.default else "nothing", s.meaning] for s in SETTINGS)
    return _table(["variable", "left out", "meaning"], rows)


def _products() -> str:
    rows = (
        [
            p.name,
            ", ".join(f"`{s}`" for s in sorted(p.scopes)),
            "anyone" if p.self_service else "after review",
            p.source,
        ]
        for p in PRODUCTS.values()
    )
    return _table(["product", "scopes", "who may have it", "page"], rows)


def _commands() -> str:
    return "\n\n".join(_command(name, one) for name, one in _walk("inroad", typer.main.get_command(app)))


def _walk(name: str, command: Any) -> Iterable[tuple[str, Any]]:
    inner = getattr(command, "commands", {})
    if name != "inroad":
        yield name, command
    for word, one in inner.items():
        yield from _walk(f"{name} {word}", one)


def _command(name: str, command: Any) -> str:
    text, _, example = (command.help or "").partition("Example:")
    rows = [
        [
            f"`{' '.join(o.opts)}`" if o.param_type_name == "option" else f"`{(o.name or '').upper()}`",
            getattr(o, "help", "") or "",
        ]
        for o in command.params
    ]
    return f"## `{name}`\n\n{text.strip()}\n\n```sh\n{' '.join(example.split())}\n```\n\n" + _table(
        ["word", "meaning"], rows
    )


TABLES: Mapping[str, Callable[[], str]] = {
    "switches": _switches,
    "faults": _faults,
    "settings": _settings,
    "products": _products,
    "commands": _commands,
}
