import re
from datetime import timedelta
from html import unescape

import pytest

from inroad.sandbox.resources import little
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.posts.state import Article, MediaItem, MultiImage, Poll, PollOption
from inroad.sandbox.world import Blob, Member

ADA = "urn:li:person:sBx7kQ2mWa"
NORTHWIND = "urn:li:organization:90210001"
PAGES = ["/", "/feed/", "/in/ada-okafor", "/company/northwind-works", "/sandbox/console/", "/sandbox/console/journal"]


def words(page):
    """Return what a reader sees, tags left out."""
    body = page.text.split("<main", 1)[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_answers_and_is_closed_to_scripts_and_frames(http, post, path):
    post()
    page = await http.get(path)
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in page.text
    assert " style=" not in page.text


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_of_an_empty_world_says_what_it_is_for(http, world, path):
    world.members.clear()
    world.organizations.clear()
    world.apps.clear()
    page = await http.get(path)
    assert page.status_code in (200, 404)
    assert len(words(page)) > 60


async def test_the_style_sheet_is_served(http):
    sheet = await http.get("/sandbox/console/assets/console.css")
    assert sheet.headers["content-type"].startswith("text/css")


async def test_the_feed_is_newest_first(http, post):
    post("Older", minutes=60)
    post("Newest", minutes=1, author=NORTHWIND)
    seen = words(await http.get("/feed/"))
    assert seen.index("Newest") < seen.index("Older")
    assert "1 min ago" in seen
    assert "1 h ago" in seen
    assert "Northwind Works" in seen
    assert "Data engineer" in seen


async def test_a_pages_post_names_the_member_who_sent_it(http, world, post):
    post("As the page", author=NORTHWIND).actor = "sBx7kQ2mWa"
    page = await http.get("/feed/")
    assert "by Ada Okafor" in words(page)


async def test_the_feed_leaves_out_what_is_deleted_or_unpublished(http, world, post):
    post("Gone").deleted_at = world.clock.now()
    post("Dark").feed = "NONE"
    post("Draft").lifecycle = "DRAFT"
    seen = words(await http.get("/feed/"))
    assert "0 posts" in seen
    assert "Nothing has been posted yet" in seen


async def test_the_feed_comes_in_pages(http, post):
    for number in range(25):
        post(f"Post number {number:02}", minutes=number)
    first = await http.get("/feed/")
    assert "Post number 19" in first.text
    assert "Post number 20" not in first.text
    assert '/feed/?start=20"' in first.text
    second = await http.get("/feed/?start=20")
    assert "Post number 20" in second.text
    assert "21 to 25 of 25" in words(second)
    for nonsense in ("-3", "abc", "9999999999999", "\u0663"):
        assert "1 to 20 of 25" in words(await http.get("/feed/", params={"start": nonsense}))


async def test_a_text_shows_its_links_and_nothing_of_it_is_markup(http, post):
    kept = post()
    kept.elements = little.parse(
        r"@[Northwind Works](urn:li:organization:90210001) says \<b\>hi\<\/b\> {hashtag|\#|craft} https://example.test/a",
        keep_faults=True,
    ).elements
    page = await http.get("/feed/")
    assert '<a class="mention" href="/company/northwind-works">Northwind Works</a>' in page.text
    assert '<span class="hashtag">#craft</span>' in page.text
    assert "<b>hi" not in page.text
    assert 'href="https://example.test/a"' in page.text


async def test_names_headlines_and_comments_are_escaped(http, world, post):
    world.members["sBx7kQ2mWa"].headline = "<script>alert(1)</script>"
    kept = post(comments=[(ADA, "<img src=x>")])
    page = await http.get(f"/feed/update/{kept.urn}")
    assert "<script>" not in page.text
    assert "<img src=x>" not in page.text


async def test_a_picture_has_its_alternative_text(http, post):
    kept = post(image="generated", alt_text='A "low" sun')
    page = await http.get("/feed/")
    assert 'alt="A &#34;low&#34; sun"' in page.text
    assert f'src="/media/{kept.media[0].id}"' in page.text
    picture = await http.get(f"/media/{kept.media[0].id}")
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.headers["x-content-type-options"] == "nosniff"


async def test_a_picture_without_alternative_text_is_marked(http, post):
    post(image="generated")
    assert "No alt text" in words(await http.get("/feed/"))


async def test_several_pictures_are_all_shown(http, post):
    kept = [post(f"p{n}", image="generated", alt_text=f"Picture {n}") for n in range(3)]
    kept[0].content = MultiImage(images=[k.media[0] for k in kept])
    page = await http.get(f"/feed/update/{kept[0].urn}")
    assert [f"Picture {n}" in page.text for n in range(3)] == [True] * 3


async def test_other_uploaded_bytes_are_never_shown(http, world, post):
    world.blobs["page"] = Blob(content_type="text/html", data=b"<b>hi</b>")
    world.members["sBx7kQ2mWa"].picture = "page"
    post()
    assert "/media/page" not in (await http.get("/feed/")).text


async def test_a_post_that_waits_for_its_media_is_on_its_authors_page_only(http, world, post):
    kept = post("Soon", image="generated")
    world.state(Media).by_id[kept.media[0].id].ready_at = world.clock.now() + timedelta(seconds=5)
    assert "Soon" not in words(await http.get("/feed/"))
    seen = words(await http.get("/in/ada-okafor"))
    assert "Soon" in seen
    assert "Waits for its media" in seen
    assert "This picture is not ready" in seen


async def test_an_article_and_a_poll_are_shown(http, post):
    post("Read").content = Article(source="https://www.example.test/a", title="How timber dries")
    post("Vote").content = Poll(
        question="Which wood?",
        options=[PollOption(text="Ash", votes=3), PollOption(text="Oak", votes=1)],
        duration="THREE_DAYS",
    )
    post("Nobody voted").content = Poll(question="And now?", options=[PollOption(text="Elm")], duration="ONE_DAY")
    post("Film").content = MediaItem(id="x", kind="video", title="The workshop")
    page = await http.get("/feed/")
    seen = words(page)
    assert "How timber dries" in seen
    assert "example.test" in seen
    assert "Which wood?" in seen
    assert "4 votes" in seen
    assert 'class="answer w15"' in page.text
    assert "This video is not ready. The workshop" in seen


async def test_an_article_with_a_script_address_is_no_link(http, post):
    post().content = Article(source="javascript:alert(1)", title="Click")
    assert "javascript:" not in (await http.get("/feed/")).text


async def test_a_reshare_shows_what_it_shares(http, post):
    first = post("The first", author=NORTHWIND, minutes=90)
    again = post("Look at this")
    again.parent = first.urn
    seen = words(await http.get(f"/feed/update/{again.urn}"))
    assert "Look at this" in seen
    assert "The first" in seen


async def test_a_post_is_found_by_each_of_its_three_names(http, post):
    kept = post("Three names")
    for urn in kept.urns:
        for path in (f"/feed/update/{urn}", f"/feed/update/{urn}/", f"/feed/update/{urn.replace(':', '%3A')}"):
            page = await http.get(path)
            assert page.status_code == 200
            assert "Three names" in page.text


async def test_a_post_shows_its_comments_and_its_record(http, post):
    kept = post("Hello", reactions=31, comments=[(ADA, "Congratulations")])
    page = await http.get(f"/feed/update/{kept.urn}")
    seen = words(page)
    assert "31 reactions" in seen
    assert "Congratulations" in seen
    assert '"family": "share"' in seen


async def test_a_post_that_never_was_or_is_gone_says_so(http, world, post):
    missing = await http.get("/feed/update/urn:li:share:1")
    assert missing.status_code == 404
    assert "No post of this world is named urn:li:share:1" in words(missing)
    kept = post()
    kept.deleted_at = world.clock.now()
    gone = await http.get(f"/feed/update/{kept.urn}")
    assert gone.status_code == 404
    assert "This post was deleted" in words(gone)


async def test_a_member_is_found_by_vanity_name_and_id(http, post):
    post("Mine")
    post("Not mine", author=NORTHWIND)
    for name in ("ada-okafor", "sBx7kQ2mWa"):
        seen = words(await http.get(f"/in/{name}"))
        assert "Ada Okafor" in seen
        assert "Mine" in seen
        assert "Not mine" not in seen
        assert "Administrator of" in seen
    assert (await http.get("/in/nobody")).status_code == 404


async def test_an_organization_is_found_by_vanity_name_and_number(http, post):
    post("Of the page", author=NORTHWIND)
    for name in ("northwind-works", "90210001"):
        seen = words(await http.get(f"/company/{name}"))
        assert "1\N{NARROW NO-BREAK SPACE}280 followers" in seen or "1 280 followers" in seen
        assert "Of the page" in seen
    assert (await http.get("/company/12345678901234567890123")).status_code == 404


async def test_the_world_page_lists_who_may_sign_in(http, world):
    world.switches["duplicate_window"] = 60
    seen = words(await http.get("/sandbox/console/"))
    assert "ada.okafor@example.test" in seen
    assert "demo-password" in seen
    assert "demo-secret" in seen
    assert "w_member_social" in seen
    assert "duplicate_window" in seen
    assert "frozen" in seen


async def test_many_members_come_in_pages(http, world):
    for number in range(60):
        world.members[f"m{number}"] = Member(
            id=f"m{number}", email=f"m{number}@example.test", first_name="M", last_name=str(number)
        )
    page = await http.get("/sandbox/console/")
    assert "1 to 50 of 61" in words(page)
    assert "m59@example.test" in (await http.get("/sandbox/console/?members=50")).text
