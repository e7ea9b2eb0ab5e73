"""Liking and commenting at the console: forms that only the console's own pages can send."""

import re
from urllib.parse import urlsplit

import pytest

from inroad.sandbox.console.acting import COOKIE
from inroad.sandbox.oauth import sessions
from inroad.sandbox.resources.media.state import register
from inroad.sandbox.resources.metrics.state import visits_of
from inroad.sandbox.resources.posts.state import MediaItem
from inroad.sandbox.resources.social.deeds import set_closed
from inroad.sandbox.resources.social.state import Social, reaction_count
from inroad.sandbox.world import Blob, Member

ADA = "urn:li:person:sBx7kQ2mWa"


async def token(http, path="/feed/"):
    page = await http.get(path)
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page.text)
    assert found
    return found[1]


async def send(http, action, **fields):
    fields.setdefault("token", await token(http))
    return await http.post(f"/sandbox/console/{action}", data=fields)


def comments(world, post):
    return [(c.actor, c.text, c.parent) for c in world.state(Social).of_post(post.urn)]


async def test_a_like_is_given_and_taken_back(http, world, post):
    kept = post()
    answer = await send(http, "react", entity=kept.urn, kind="LIKE", back="/feed/#p1")
    after = reaction_count(world, kept.urn)
    page = await http.get("/feed/")
    await send(http, "react", entity=kept.urn, kind="LIKE")
    assert (answer.status_code, answer.headers["location"]) == (303, "/feed/#p1")
    assert (after, reaction_count(world, kept.urn)) == (1, 0)
    assert 'aria-pressed="true">Liked' in page.text


async def test_another_reaction_replaces_the_first(http, world, post):
    kept = post()
    await send(http, "react", entity=kept.urn, kind="LIKE")
    await send(http, "react", entity=kept.urn, kind="PRAISE")
    assert world.state(Social).thread(kept.urn).reactions[ADA].type == "PRAISE"


async def test_a_comment_and_a_reply_are_kept_and_shown(http, world, post):
    kept = post()
    await send(http, "comment", entity=kept.urn, text="Lovely\r\nlight")
    (first,) = world.state(Social).of_post(kept.urn)
    comment = f"urn:li:comment:(urn:li:activity:{kept.activity},{first.id})"
    await send(http, "comment", entity=comment, text="<b>Thanks</b>")
    page = await http.get(f"/feed/update/{kept.urn}")
    assert comments(world, kept) == [(ADA, "Lovely\nlight", None), (ADA, "<b>Thanks</b>", first.id)]
    assert "&lt;b&gt;Thanks" in page.text
    assert "2 comments" in page.text


async def test_a_form_of_another_page_does_nothing(http, world, post):
    kept = post()
    await http.get("/feed/")
    await send(http, "react", entity=kept.urn, kind="LIKE", token="0" * 64)
    await send(http, "comment", entity=kept.urn, text="Buy", token="")
    http.cookies.clear()
    await http.post("/sandbox/console/comment", data={"entity": kept.urn, "text": "Buy", "token": "0" * 64})
    assert (reaction_count(world, kept.urn), comments(world, kept)) == (0, [])


async def test_the_cookie_is_closed_to_scripts_and_other_sites(http, post):
    post()
    cookie = (await http.get("/feed/")).headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("text", ["", "   ", "x" * 1251])
async def test_a_text_that_does_not_fit_is_not_kept(http, world, post, text):
    kept = post()
    await send(http, "comment", entity=kept.urn, text=text)
    assert comments(world, kept) == []


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/feed/\\x", "/oauth/", "/feed/\r\nx: y"])
async def test_the_way_back_stays_at_the_console(http, post, back):
    answer = await send(http, "react", entity=post().urn, kind="LIKE", back=back)
    assert answer.headers["location"] == "/feed/"
    assert urlsplit(answer.headers["location"]).netloc == ""


async def test_somebody_else_may_be_chosen(http, world, post):
    world.members["ben"] = Member(id="ben", email="b@example.test", first_name="Ben", last_name="Ito")
    kept = post()
    await send(http, "act-as", member="ben", back="/feed/")
    await send(http, "act-as", member="nobody")
    page = await http.get(f"/feed/update/{kept.urn}")
    await send(http, "comment", entity=kept.urn, text="Hello")
    assert "Say something as Ben Ito" in page.text
    assert comments(world, kept) == [("urn:li:person:ben", "Hello", None)]


async def test_whoever_is_chosen_is_signed_in_on_the_consent_page(http, world):
    world.members["ben"] = Member(id="ben", email="b@example.test", first_name="Ben", last_name="Ito")
    answer = await send(http, "act-as", member="ben", back="/feed/")
    (cookie,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{sessions.COOKIE}=")]
    known = sessions.session_of(world, cookie.partition("=")[2].partition(";")[0])
    assert known is not None
    assert known[1].id == "ben"
    assert "Path=/oauth" in cookie


async def test_a_closed_thread_offers_no_comment(http, world, post):
    kept = post(comments=[(ADA, "First")])
    set_closed(world, kept, closed=True)
    page = await http.get(f"/feed/update/{kept.urn}")
    await send(http, "comment", entity=kept.urn, text="Second")
    assert "The author has closed the comments." in page.text
    assert "<textarea" not in page.text
    assert comments(world, kept) == []


async def test_a_deed_on_nothing_does_nothing(http, world, post):
    post()
    answer = await send(http, "react", entity="urn:li:share:1", kind="LIKE")
    nonsense = await send(http, "react", entity=post().urn, kind="CHEER")
    assert (answer.status_code, nonsense.status_code) == (303, 303)


async def test_opening_a_post_or_a_page_is_a_visit(http, world, post):
    kept = post()
    await http.get(f"/feed/update/{kept.urn}")
    await http.get("/company/northwind-works")
    assert visits_of(world, kept.urn) == {"2026-11-23": 1}
    assert visits_of(world, "urn:li:organization:90210001") == {"2026-11-23": 1}


async def test_a_video_and_a_document_are_shown(http, world, post):
    film, paper = (register(world, kind=k, owner=ADA, artifact="a") for k in ("video", "document"))
    for medium, kind in ((film, "video/mp4"), (paper, "application/pdf")):
        with world.files.writing() as writing:
            writing.write(b"bytes")
            medium.file = writing.done()
        medium.content_type, medium.ready_at, medium.pages = kind, world.clock.now(), 12
    world.blobs[film.captions] = Blob(content_type="text/vtt", data=b"WEBVTT")
    post("Film").content = MediaItem(id=film.id, kind="video", title="In the shop")
    post("Paper").content = MediaItem(id=paper.id, kind="document", title="Prices.pdf")
    page = await http.get("/feed/")
    assert f'<source src="/media/dms/video/{film.id}/0"' in page.text
    assert f'<track kind="captions" src="/media/dms/captions/{film.id}/0"' in page.text
    assert "media-src 'self'" in page.headers["content-security-policy"]
    assert f'href="/media/dms/document/{paper.id}/0" download="Prices.pdf"' in page.text
    assert "PDF, 12 pages" in page.text
    played = await http.get(f"/media/dms/video/{film.id}/0", headers={"range": "bytes=1-2"})
    assert (played.status_code, played.content) == (206, b"yt")


@pytest.mark.parametrize("path", ["/company/northwind-works", "/in/ada-okafor"])
async def test_profiles_show_the_last_thirty_days(http, post, path):
    author = "urn:li:organization:90210001" if "company" in path else ADA
    post("Open day", author=author, reactions=7)
    page = await http.get(path)
    assert 'aria-label="Reactions, last 30 days: 7"' in page.text
    assert page.text.count("<rect") % 30 == 0
    assert "<title>23 Nov: 7</title>" in page.text
