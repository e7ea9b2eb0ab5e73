"""Walks the authorization pages as a browser does."""

from urllib.parse import parse_qs, urlencode, urlsplit

CALLBACK = "http://localhost:8000/connect/callback"


def address(*, path="/oauth/v2/authorization", **changes):
    query = {
        "response_type": "code",
        "client_id": "demo-app",
        "redirect_uri": CALLBACK,
        "scope": "openid profile email w_member_social",
        "state": "s-1",
        **changes,
    }
    return f"{path}?{urlencode({k: v for k, v in query.items() if v is not None})}"


def answer_of(response):
    assert response.status_code == 302, response.text
    parts = urlsplit(response.headers["location"])
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def form_token_of(page):
    return page.text.split('name="form_token" value="')[1].split('"')[0]


async def sign_in(http, url, *, email="ada.okafor@example.test", password="demo-password"):
    return await http.post(url, data={"step": "sign_in", "email": email, "password": password})


async def allow(http, url):
    """Walk the pages of an authorization address to the code."""
    back = await sign_in(http, url)
    assert back.status_code == 303, back.text
    page = await http.get(back.headers["location"])
    if page.status_code == 200:
        page = await http.post(url, data={"step": "allow", "form_token": form_token_of(page)})
    return answer_of(page)["code"]


async def exchange(http, code, /, **changes):
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "client_id": "demo-app",
        "client_secret": "demo-secret",
        **changes,
    }
    return await http.post("/oauth/v2/accessToken", data={k: v for k, v in fields.items() if v is not None})
