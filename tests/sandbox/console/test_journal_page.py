import pytest

from inroad.sandbox.journal import Entry


@pytest.fixture
def write(journal, world):
    def keep(path, status, **details):
        journal.write(
            Entry(
                number=journal.next_number(),
                at=world.clock.now(),
                method=details.pop("method", "GET"),
                path=path,
                status=status,
                **details,
            )
        )

    return keep


async def test_calls_are_newest_first_with_who_and_what(http, write):
    write("/v2/userinfo", 200, app="demo-app", member="sBx7kQ2mWa", resource="userinfo", rest_method="GET")
    write("/rest/posts", 201, method="POST", resource="posts", rest_method="CREATE", used_scopes=["w_member_social"])
    page = await http.get("/sandbox/console/journal")
    assert page.text.index("/rest/posts") < page.text.index("/v2/userinfo")
    for expected in ("201 Created", "posts CREATE", "Ada Okafor", "Demo app", "w_member_social", "no token"):
        assert expected in page.text


async def test_remarks_and_faults_stand_beside_their_call(http, write):
    write("/v2/me", 200, remarks=["the token came in the query"])
    write("/rest/posts", 0, faults=["answer_lost"])
    page = await http.get("/sandbox/console/journal")
    assert "the token came in the query" in page.text
    assert "planned fault: answer_lost" in page.text
    assert "no answer" in page.text


async def test_bodies_are_readable_and_secrets_hidden(http, write):
    write(
        "/oauth/v2/accessToken",
        200,
        query="client_secret=very-secret",
        request_headers=[(b"authorization", b"Bearer AQsecret")],
        response_headers=[(b"content-type", b"application/json")],
        response_body=b'{"access_token":"AQhidden","expires_in":5184000}',
    )
    page = await http.get("/sandbox/console/journal")
    for secret in ("very-secret", "AQsecret", "AQhidden"):
        assert secret not in page.text
    assert "&#34;expires_in&#34;: 5184000" in page.text


async def test_only_what_went_wrong_can_be_asked_for(http, write):
    write("/v2/fine", 200)
    write("/v2/refused", 403)
    write("/v2/odd", 200, remarks=["let pass"])
    page = await http.get("/sandbox/console/journal?only=trouble")
    assert "/v2/fine" not in page.text
    assert "/v2/refused" in page.text
    assert "/v2/odd" in page.text


async def test_the_sandboxes_own_levers_are_left_out(http, write):
    write("/sandbox/clock", 200)
    assert "No call yet" in (await http.get("/sandbox/console/journal")).text


async def test_nothing_wrong_is_said_so(http, write):
    write("/v2/fine", 200)
    assert "Nothing went wrong" in (await http.get("/sandbox/console/journal?only=trouble")).text


async def test_a_long_journal_comes_in_pages_and_keeps_its_filter(http, write):
    for number in range(60):
        write(f"/v2/call{number}", 404)
    page = await http.get("/sandbox/console/journal?only=trouble")
    assert "only=trouble&amp;start=50" in page.text
    assert "/v2/call0<" in (await http.get("/sandbox/console/journal?only=trouble&start=50")).text


async def test_what_was_sent_is_escaped(http, write):
    write("/v2/<script>alert(1)</script>", 404, request_body=b"<script>alert(2)</script>")
    assert "<script>" not in (await http.get("/sandbox/console/journal")).text


async def test_a_huge_body_is_cut(http, write):
    write("/rest/posts", 422, response_body=b"x" * 20_000, response_bytes=20_000)
    page = await http.get("/sandbox/console/journal")
    assert "x" * 8_001 not in page.text
    assert "The rest is left out here" in page.text
