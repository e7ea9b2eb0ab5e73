"""Every Python example of the README and the documentation runs, against a sandbox of its own."""

import io
import re
import textwrap
from pathlib import Path

import pytest
from PIL import Image

import inroad
from inroad.sandbox.oauth.codes import grant_code
from inroad.testing import LinkedIn

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CALLBACK = "http://localhost:8000/connect/callback"
SCOPES = ["openid", "profile", "email", "w_member_social", "rw_organization_admin"]

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def examples():
    for page in PAGES:
        blocks = [match[1] for match in _BLOCK.finditer(page.read_text(encoding="utf-8"))]
        if blocks:
            yield pytest.param(blocks, id=str(page.relative_to(ROOT)))


def jpeg():
    held = io.BytesIO()
    Image.new("RGB", (64, 48), (15, 110, 102)).save(held, "JPEG")
    return held.getvalue()


def what_a_reader_has(linkedin):
    """The names that the pages speak of without making them."""
    token = linkedin.token(scopes=SCOPES)
    sandbox = inroad.Environment.sandbox(linkedin.url)
    client = inroad.Client(token, environment=sandbox)
    app, member = next(iter(linkedin.world.apps.values())), next(iter(linkedin.world.members))
    code = grant_code(linkedin.world, client_id=app.client_id, member_id=member, redirect_uri=CALLBACK, scopes=SCOPES)
    return {
        "inroad": inroad,
        "pytest": pytest,
        "linkedin": linkedin,
        "token": token,
        "sandbox": sandbox,
        "client": client,
        "me": client.userinfo.get(),
        "jpeg": jpeg(),
        "client_secret": app.client_secret,
        "returned": lambda state: {"code": code, "state": state},
    }


async def run(block, names):
    if "await " in block:
        source = "async def example():\n" + textwrap.indent(block, "    ") + "    return locals()\n"
        exec(compile(source, "example", "exec"), names)
        names |= await names["example"]()
        return
    before = set(names)
    exec(compile(block, "example", "exec"), names)
    for name in set(names) - before:
        if name.startswith("test_"):
            with LinkedIn() as fresh:
                names[name](fresh)


@pytest.mark.parametrize("blocks", list(examples()))
async def test_examples_run(blocks, linkedin, capsys):
    names = what_a_reader_has(linkedin)
    made = [names["client"]]
    try:
        for block in blocks:
            if "callback_parameters" in block:
                names["callback_parameters"] = names["returned"](names["state"])
            await run(block.replace("http://127.0.0.1:9100", linkedin.url), names)
            made += names.values()
    finally:
        for one in {id(value): value for value in made}.values():
            if isinstance(one, inroad.Client | inroad.OAuth):
                one.close()
