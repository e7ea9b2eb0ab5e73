"""Composing, the calendar list, one post with its evidence."""

import json

import pytest

from web.house import SITE, House, Visitor, jpeg

JSON = {"Accept": "application/json"}


async def upload(visitor: Visitor, data: bytes, name: str) -> tuple[int, dict[str, str]]:
    response = await visitor.http.post(
        f"/compose/media?name={name}",
        content=data,
        headers={"Origin": SITE, "X-CSRF-Token": visitor.csrf, **JSON},
    )
    return response.status_code, response.json()


async def check(house: House, visitor: Visitor, **fields: object) -> list[dict[str, str]]:
    author_id = await house.author_id(visitor)
    wanted = {"author_id": author_id, "when": "now", "text": "Hello", **fields}
    response = await visitor.post("/compose/check", wanted, **JSON)
    assert response.status_code == 200, response.text
    found: list[dict[str, str]] = response.json()["findings"]
    return found


async def test_composer_without_an_author_leads_to_connections(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/compose")
    assert "Nobody to post as yet" in visitor.words
    assert 'href="/connections"' in visitor.page


async def test_composer_offers_every_author_and_the_persons_own_zone(house: House) -> None:
    visitor = await house.connected()
    visitor.http.cookies.set("inroad_zone", "Europe%2FBerlin")
    await visitor.get("/compose")
    assert 'data-name="Ada Okafor"' in visitor.page
    assert 'data-name="Northwind Works"' in visitor.page
    assert '<option value="Europe/Berlin" selected>Berlin</option>' in visitor.page


async def test_post_with_a_picture_is_published_with_evidence(house: House) -> None:
    visitor = await house.connected()
    await visitor.get("/compose")
    status, picture = await upload(visitor, jpeg(), "workshop.jpg")

    address = await house.plan(
        visitor, "The saw bench runs. #woodwork", media_id=picture["id"], alt_text="The door of the workshop"
    )
    for _ in range(10):
        await house.work(seconds=5)
    await visitor.get(address)

    assert status == 201
    assert picture["facts"].startswith("640 by 480 pixels, JPEG, ")
    assert "Live since Mon 23 Nov, 09:00 UTC" in visitor.words
    assert "Confirmed by LinkedIn" in visitor.words
    assert "Alt text: The door of the workshop" in visitor.words
    (live,) = [post for post in house.linkedin.posts if "saw bench" in post.text]
    assert f"http://linkedin.test/feed/update/{live.urn}" in visitor.page
    assert str(live.urn) in visitor.words
    assert '<span class="tag">#woodwork</span>' in visitor.page


async def test_stored_picture_is_shown_to_its_workspace_only(house: House) -> None:
    visitor = await house.connected()
    await visitor.get("/compose")
    _, picture = await upload(visitor, jpeg(), "workshop.jpg")

    shown = await visitor.http.get(picture["url"])
    stranger = await house.visitor().get(picture["url"])

    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.content == jpeg()
    assert stranger.status_code == 303


async def test_script_is_told_where_the_planned_post_is(house: House) -> None:
    visitor = await house.connected()
    author_id = await house.author_id(visitor)

    response = await visitor.post("/compose", {"text": "Hello", "author_id": author_id, "when": "now"}, **JSON)

    assert response.status_code == 201
    assert response.json()["location"].startswith("/posts/")


async def test_writer_whose_session_ended_is_asked_to_sign_in(house: House) -> None:
    visitor = await house.connected()
    author_id = await house.author_id(visitor)
    visitor.http.cookies.delete("inroad_session")

    response = await visitor.post("/compose", {"text": "Hello", "author_id": author_id, "when": "now"}, **JSON)

    assert response.status_code == 401
    assert response.json()["fix"] == "Sign in, then try again."


async def test_scheduled_post_stands_under_its_day_with_its_own_wall_clock(house: House) -> None:
    visitor = await house.connected()
    address = await house.plan(visitor, "Later", when="later", date="2026-12-01", time="09:00", zone="Europe/Berlin")

    await visitor.get("/posts")
    listed = visitor.words
    await visitor.get(address)

    assert "Tue 1 Dec" in listed
    assert "09:00 Berlin AO Ada Okafor: Later" in listed
    assert "Goes out Tue 1 Dec, 09:00 Berlin" in visitor.words
    assert "It goes out by itself in 7 days 23 h." in visitor.words


async def test_many_far_posts_never_hide_those_that_are_near(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inroad.web.dashboard.posts.MOST_POSTS", 2)
    monkeypatch.setattr("inroad.web.dashboard.home._LOOKED_AT", 2)
    visitor = await house.connected()
    for day in ("2026-12-04", "2026-12-01", "2026-12-03", "2026-12-02"):
        await house.plan(visitor, f"For {day}", when="later", date=day, time="09:00", zone="UTC")

    await visitor.get("/posts")
    listed = visitor.words
    await visitor.get("/")

    assert "All 4 Scheduled 4" in listed
    assert listed.index("For 2026-12-01") < listed.index("For 2026-12-02")
    assert "For 2026-12-03" not in listed
    assert "These are the posts nearest to today; 2 more are left out." in listed
    assert "The next post goes out in 8 days." in visitor.words


async def test_list_is_read_as_a_calendar_and_filtered_by_state(house: House) -> None:
    visitor = await house.connected()
    for day, text in (("2026-12-02", "Second"), ("2026-12-01", "First")):
        await house.plan(visitor, text, when="later", date=day, time="09:00", zone="UTC")
    address = await house.plan(visitor, "Gone", when="later", date="2026-12-03", time="09:00", zone="UTC")
    await visitor.get(address)
    await visitor.follow(await visitor.post(f"{address}/cancel"))

    await visitor.get("/posts")
    everything = visitor.words
    await visitor.get("/posts?state=cancelled")

    assert everything.index("First") < everything.index("Second") < everything.index("Gone")
    assert "All 3 Scheduled 2 Cancelled 1" in everything
    assert "Gone" in visitor.words
    assert "First" not in visitor.words


async def test_empty_list_offers_the_one_next_step(house: House) -> None:
    visitor = await house.owner()
    await visitor.get("/posts")
    assert "Nothing planned, nothing out" in visitor.words
    assert "Write a post" in visitor.words


async def test_page_of_a_post_under_way_refreshes_itself_until_it_is_through(house: House) -> None:
    visitor = await house.connected()
    address = await house.plan(visitor, "Now")
    await visitor.get(address)
    under_way = visitor.page
    for _ in range(5):
        await house.work(seconds=5)

    await visitor.get(address, **{"HX-Request": "true"})

    assert f'hx-get="{address}" hx-trigger="every 1s"' in under_way
    assert "hx-trigger" not in visitor.page
    assert visitor.page.lstrip().startswith('<div id="post"')
    assert "See it live" in visitor.words


async def test_cancelled_post_does_not_go_out(house: House) -> None:
    visitor = await house.connected()
    address = await house.plan(visitor, "Better not", when="later", date="2026-11-23", time="10:00", zone="UTC")
    await visitor.get(address)

    await visitor.follow(await visitor.post(f"{address}/cancel"))
    await house.work(hours=2)

    assert "Cancelled. The post “Better not” will not go out." in visitor.words
    assert not [post for post in house.linkedin.posts if "Better not" in post.text]


async def test_cancelling_a_live_post_says_that_it_is_too_late(house: House) -> None:
    visitor = await house.connected()
    address = await house.plan(visitor, "Now")
    await visitor.get(address)
    for _ in range(5):
        await house.work(seconds=5)

    await visitor.follow(await visitor.post(f"{address}/cancel"))

    assert "The post cannot be cancelled: it is published already." in visitor.words


async def test_post_can_be_moved_to_another_time(house: House) -> None:
    visitor = await house.connected()
    address = await house.plan(visitor, "Later", when="later", date="2026-12-01", time="09:00", zone="UTC")
    await visitor.get(address)

    fields = {"date": "2026-12-02", "time": "18:30", "zone": "America/New_York"}
    await visitor.follow(await visitor.post(f"{address}/reschedule", fields))

    assert "It now goes out Wed 2 Dec, 18:30 New York." in visitor.words
    assert "Moved to another time" in visitor.words


async def test_long_text_is_found_before_the_send(house: House) -> None:
    visitor = await house.connected()
    (finding,) = await check(house, visitor, text="x" * 3001)
    assert finding["where"] == "text"
    assert finding["message"] == "The text has 3,001 characters; LinkedIn takes 3,000."
    assert finding["fix"] == "Shorten it by 1 character."


async def test_time_that_no_clock_shows_is_found_with_its_neighbours(house: House) -> None:
    visitor = await house.connected()
    (finding,) = await check(house, visitor, when="later", date="2027-03-28", time="02:30", zone="Europe/Berlin")
    assert finding["where"] == "time"
    assert "2027-03-28 02:30 does not exist in Europe/Berlin" in finding["message"]
    assert finding["fix"] == "Choose 01:59 or 03:00."


async def test_time_without_a_day_is_found(house: House) -> None:
    visitor = await house.connected()
    (finding,) = await check(house, visitor, when="later", date="", time="09:00")
    assert finding == {
        "severity": "error",
        "where": "time",
        "message": "A day and a time are needed.",
        "fix": "Choose both.",
    }


async def test_refused_plan_says_why_and_plans_nothing(house: House) -> None:
    visitor = await house.connected()
    author_id = await house.author_id(visitor)

    response = await visitor.post("/compose", {"text": "x" * 3001, "author_id": author_id, "when": "now"}, **JSON)

    problem = json.loads(response.text)
    assert response.status_code == 422
    assert problem["title"] == "It cannot go out like this"
    assert problem["kept"] == "Nothing was planned."
    assert problem["findings"][0]["where"] == "text"
    await visitor.get("/posts")
    assert "Nothing planned, nothing out" in visitor.words


async def test_gif_named_jpg_is_taken_with_a_warning_about_its_name(house: House) -> None:
    visitor = await house.connected()
    await visitor.get("/compose")
    gif = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
    status, picture = await upload(visitor, gif, "cat.jpg")
    assert status == 201
    (finding,) = json.loads(json.dumps(picture["findings"]))
    assert finding["message"].startswith("cat.jpg is named like a JPEG, but its content is a GIF")


async def test_file_that_is_no_picture_is_refused(house: House) -> None:
    visitor = await house.connected()
    await visitor.get("/compose")
    status, problem = await upload(visitor, b"just words", "notes.jpg")
    assert status == 422
    assert "notes.jpg" in problem["detail"]
    assert problem["kept"] == "Nothing was changed."


async def test_picture_over_the_limit_is_refused_without_the_form_limit_in_its_way(house: House) -> None:
    visitor = await house.connected()
    await visitor.get("/compose")
    status, problem = await upload(visitor, b"\xff\xd8" + b"x" * 1_100_000, "large.jpg")
    assert status == 422
    assert problem["detail"] == "large.jpg is larger than 1 MB."


async def test_upload_without_the_token_is_refused(house: House) -> None:
    visitor = await house.connected()
    response = await visitor.http.post("/compose/media?name=a.jpg", content=jpeg(), headers={"Origin": SITE, **JSON})
    assert response.status_code == 403


async def test_post_of_unknown_outcome_asks_a_person_and_takes_their_word(house: House) -> None:
    visitor = await house.connected()
    house.linkedin.fault("answer_lost", method="POST", path="/rest/posts", times=2)
    address = await house.plan(visitor, "Did it arrive?")
    await visitor.get(address)
    for _ in range(30):
        await house.work(seconds=20)
    await visitor.get(address)
    asked = visitor.words
    live = next(post for post in house.linkedin.posts if "Did it arrive?" in post.text)

    refused = await visitor.post(f"{address}/review", {"decision": "it_is_there", "urn": "somewhere"})
    await visitor.follow(refused)
    without_address = visitor.words
    fields = {"decision": "it_is_there", "urn": f"https://www.linkedin.com/feed/update/{live.urn}/"}
    await visitor.follow(await visitor.post(f"{address}/review", fields))

    assert "This post needs your decision" in asked
    assert "Did it go out?" in asked
    assert "The post's address or URN is needed." in without_address
    assert "Noted: the post is there. Nothing was sent again." in visitor.words
    assert "See it live" in visitor.words


async def test_home_tells_what_goes_out_and_what_went_out(house: House) -> None:
    visitor = await house.connected()
    await house.plan(visitor, "Today at noon.", when="later", date="2026-11-23", time="12:00", zone="UTC")
    await house.plan(visitor, "Right now")
    for _ in range(5):
        await house.work(seconds=5)

    await visitor.get("/")

    assert "One post goes out today, in 2 h 59 min: “Today at noon.”" in visitor.words
    assert "Nothing needs you." in visitor.words
    assert "One post was published since yesterday, “Right now”." in visitor.words


async def test_home_of_a_new_service_offers_to_connect(house: House) -> None:
    visitor = await house.owner()
    assert "Start by connecting LinkedIn" in visitor.words


async def test_paused_publishing_is_told_and_can_be_ended(house: House) -> None:
    visitor = await house.connected()
    await visitor.get("/")
    assert "Pause publishing" in visitor.words
    await visitor.follow(await visitor.post("/publishing/pause"))
    paused = visitor.words

    await visitor.follow(await visitor.post("/publishing/resume"))

    assert "Publishing is paused since Mon 23 Nov, 09:00:00 UTC. Nothing goes out." in paused
    assert "Publishing is paused" not in visitor.words


async def test_post_that_is_held_back_by_a_pause_says_so(house: House) -> None:
    visitor = await house.connected()
    await visitor.get("/")
    await visitor.follow(await visitor.post("/publishing/pause"))
    address = await house.plan(visitor, "Held")
    later = await house.plan(visitor, "Later", when="later", date="2026-12-01", time="09:00", zone="UTC")
    await house.work(minutes=3)

    await visitor.get("/")
    home = visitor.words
    await visitor.get(address)
    held = visitor.words
    await visitor.get(later)

    assert "One post waits past its time: “Held”." in home
    assert "Nothing else goes out today. The next post goes out in" in home
    assert "09:00 UTC AO Ada Okafor: Held Late" in home
    assert "Held back Publishing is paused since Mon 23 Nov, 09:00:00 UTC. It goes out as soon as" in held
    assert "It goes out at its time, if posts may go out again by then." in visitor.words


async def test_post_that_was_put_off_says_when_it_is_tried_again(house: House) -> None:
    visitor = await house.connected()
    address = await house.plan(visitor, "Too many today")
    house.linkedin.fault("throttle_member_day", method="POST", path="/rest/posts")
    for _ in range(3):
        await house.work(seconds=2)

    await visitor.get(address)

    assert "Put off until Tue 24 Nov, 00:" in visitor.words
    assert "it goes out at its time" not in visitor.words
    assert "Send Next try Tue 24 Nov, 00:" in visitor.words
    assert "every 1s" not in visitor.page


async def test_post_of_nobody_is_not_here(house: House) -> None:
    visitor = await house.connected()
    response = await visitor.get("/posts/0123456789abcdef")
    assert response.status_code == 404
    assert "<h1>It is not here</h1>" in visitor.page
    assert "There is no such post in this workspace." in visitor.words
