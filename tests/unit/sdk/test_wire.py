import pytest

from inroad.common.urn import Urn
from inroad.sdk.errors import ConfigurationError, InvalidArgument
from inroad.sdk.flow import Request
from inroad.sdk.restli.encode import encode_query
from inroad.sdk.wire import LINKEDIN, Composer, Environment, Wire

BEARER = b"Bearer AQXhidden"


def compose(request: Request, environment: Environment = LINKEDIN, authorization: bytes | None = BEARER) -> Wire:
    return Composer(environment=environment, version="202609").compose(request, authorization)


def headers(wire: Wire) -> dict[str, str]:
    assert len({name.lower() for name, _ in wire.headers}) == len(wire.headers)
    return {name.decode().lower(): value.decode() for name, value in wire.headers}


def test_versioned_calls_carry_version_and_protocol() -> None:
    wire = compose(Request("GET", "/rest/posts/urn%3Ali%3Ashare%3A1"))

    assert (wire.method, wire.target) == (b"GET", b"/rest/posts/urn%3Ali%3Ashare%3A1")
    assert headers(wire) == {
        "host": "api.linkedin.com",
        "user-agent": "inroad",
        "x-restli-protocol-version": "2.0.0",
        "linkedin-version": "202609",
        "authorization": "Bearer AQXhidden",
    }


def test_legacy_calls_carry_no_version() -> None:
    sent = headers(compose(Request("GET", "/v2/me")))

    assert "linkedin-version" not in sent
    assert sent["x-restli-protocol-version"] == "2.0.0"


def test_oauth_calls_carry_neither() -> None:
    wire = compose(Request("POST", "/v2/accessToken", content=b"a=b", content_type="x", host="oauth", authorized=False))

    assert (wire.origin.authority, wire.target) == (b"www.linkedin.com", b"/oauth/v2/accessToken")
    assert headers(wire) == {
        "host": "www.linkedin.com",
        "user-agent": "inroad",
        "content-type": "x",
        "content-length": "3",
    }


def test_parameters_are_encoded_and_projections_are_not() -> None:
    params = {"q": "author", "author": Urn("organization", "1"), "ids": [1, 2], "fields": "id,content:(media)"}

    wire = compose(Request("GET", "/rest/posts", params))

    assert wire.target == (
        b"/rest/posts?author=urn%3Ali%3Aorganization%3A1&ids=List(1,2)&q=author&fields=id,content:(media)"
    )


def test_a_raw_query_follows_the_parameters() -> None:
    assert (
        compose(Request("GET", "/v2/me?a=1", {"b": 2}, "projection=(id)")).target == b"/v2/me?a=1&b=2&projection=(id)"
    )


def test_json_bodies_are_compact_and_measured() -> None:
    wire = compose(Request("POST", "/rest/posts", json={"text": "ä"}))

    assert wire.content == '{"text":"ä"}'.encode()
    assert headers(wire)["content-length"] == "13"
    assert headers(wire)["content-type"] == "application/json"


def test_a_post_without_body_says_so() -> None:
    assert headers(compose(Request("POST", "/rest/x")))["content-length"] == "0"


def test_long_queries_are_tunnelled() -> None:
    params = {"ids": [str(Urn("share", str(number))) for number in range(10**18, 10**18 + 200)]}

    wire = compose(Request("GET", "/rest/posts", params, restli_method="BATCH_GET"))

    assert (wire.method, wire.target) == (b"POST", b"/rest/posts")
    assert wire.content == encode_query(params).encode()
    sent = headers(wire)
    assert sent["x-http-method-override"] == "GET"
    assert sent["content-type"] == "application/x-www-form-urlencoded"
    assert sent["x-restli-method"] == "BATCH_GET"
    assert sent["content-length"] == str(len(wire.content))


@pytest.mark.parametrize(("length", "method"), [(4000, b"GET"), (4001, b"POST")])
def test_the_query_alone_decides_about_tunnelling(length: int, method: bytes) -> None:
    path = "/rest/" + "p" * 300

    assert compose(Request("GET", path, query="q=" + "x" * (length - 2))).method == method


def test_given_headers_replace_and_remove() -> None:
    request = Request(
        "GET", "/rest/x", headers={"linkedin-version": "202601", "X-Restli-Protocol-Version": None, "X-A": "b"}
    )

    sent = headers(compose(request))

    assert sent["linkedin-version"] == "202601"
    assert "x-restli-protocol-version" not in sent
    assert sent["x-a"] == "b"


@pytest.mark.parametrize("given", [{"a": "b\r\nc: d"}, {"a b": "c"}, {"a": "\u20ac"}, {"": "x"}])
def test_headers_that_cannot_be_sent_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(InvalidArgument, match="header"):
        compose(Request("GET", "/rest/x", headers=given))


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/dms-uploads/D4/uploaded-image/0?ca=a&sau=b",
        "https://api.linkedin.com/mediaUpload/D4/0",
        "https://dms.licdn.linkedin.com/x",
    ],
)
def test_the_token_goes_to_linkedins_upload_hosts(address: str) -> None:
    wire = compose(Request("PUT", address, content=b"x"))

    assert headers(wire)["authorization"] == "Bearer AQXhidden"
    assert wire.target.decode() == address.partition(".com")[2]


@pytest.mark.parametrize(
    "address",
    [
        "https://linkedin.com.evil.example/x",
        "https://evillinkedin.com/x",
        "http://www.linkedin.com/x",
        "http://127.0.0.1:9100/dms-uploads/x",
        "https://www.linkedin.com@evil.example/x",
        "ftp://www.linkedin.com/x",
        "https:///x",
    ],
)
def test_the_token_goes_nowhere_else(address: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        compose(Request("PUT", address, content=b"x"))

    assert "AQX" not in str(caught.value)


def test_the_sandbox_is_one_origin() -> None:
    sandbox = Environment.sandbox("http://127.0.0.1:9100/")

    api = compose(Request("GET", "/v2/me"), sandbox)
    token = compose(Request("POST", "/v2/accessToken", host="oauth", authorized=False), sandbox)
    upload = compose(Request("PUT", "http://127.0.0.1:9100/dms-uploads/x", content=b"x"), sandbox)

    assert {wire.origin.authority for wire in (api, token, upload)} == {b"127.0.0.1:9100"}
    assert token.target == b"/oauth/v2/accessToken"
    assert sandbox.jwks_url == "http://127.0.0.1:9100/oauth/openid/jwks"
    assert "authorization" in headers(upload)
    with pytest.raises(InvalidArgument):
        compose(Request("PUT", "https://www.linkedin.com/dms-uploads/x", content=b"x"), sandbox)


def test_a_base_may_have_a_path() -> None:
    gateway = Environment(api="https://gateway.example/linkedin/", oauth="https://gateway.example/oauth")

    assert compose(Request("GET", "/rest/x"), gateway).target == b"/linkedin/rest/x"


@pytest.mark.parametrize("base", ["api.linkedin.com", "ftp://x", "https://x/?a=b", "https://[", ""])
def test_bases_that_are_none_are_refused(base: str) -> None:
    with pytest.raises(ConfigurationError, match=r"environment\.api"):
        Environment(api=base)


@pytest.mark.parametrize("version", ["latest", "2026-09", "20260", "202609\r\nX: y", ""])
def test_versions_that_are_none_are_refused(version: str) -> None:
    with pytest.raises(ConfigurationError, match="version"):
        Composer(environment=LINKEDIN, version=version)


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("/rest/posts", "202609"),
        ("/rest/nobodyKnows/1", "202609"),
        ("/rest/identityMe", "202510"),
        ("/rest/memberChangeLogs?q=memberAndApplication", "202312"),
        ("/rest/simpleJobPostings", "202508"),
    ],
)
def test_each_product_line_has_its_own_version(path: str, version: str) -> None:
    assert headers(compose(Request("GET", path)))["linkedin-version"] == version


def test_the_version_of_a_line_can_be_chosen() -> None:
    composer = Composer(environment=LINKEDIN, version="202604", versions={"verified": "202510.03"})

    sent = [headers(composer.compose(Request("GET", path), None)) for path in ("/rest/identityMe", "/rest/posts")]

    assert [each["linkedin-version"] for each in sent] == ["202510.03", "202604"]


@pytest.mark.parametrize("versions", [{"sales": "202609"}, {"talent": "latest"}, {"marketing": "202609"}])
def test_versions_of_lines_that_are_none_are_refused(versions: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="version"):
        Composer(environment=LINKEDIN, versions=versions)


def test_wires_do_not_show_their_headers() -> None:
    assert "hidden" not in repr(compose(Request("GET", "/rest/x")))
