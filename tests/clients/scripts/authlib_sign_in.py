"""A Starlette app's sign-in with Authlib, configured by the discovery document alone."""

import asyncio
import json
import re
import sys
from html import unescape

import httpx
from authlib.integrations.starlette_client import OAuth
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route

given = json.loads(sys.argv[1])
oauth = OAuth()
oauth.register(
    "linkedin",
    client_id=given["client_id"],
    client_secret=given["client_secret"],
    server_metadata_url=f"{given['url']}/oauth/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email", "token_endpoint_auth_method": "client_secret_post"},
)


async def login(request):
    return await oauth.linkedin.authorize_redirect(request, given["redirect_url"])


async def callback(request):
    # LinkedIn's id_tokens hold no nonce, so what Authlib does in one step is done in three.
    client = oauth.linkedin
    token = await client.fetch_access_token(code=request.query_params["code"], redirect_uri=given["redirect_url"])
    claims = await client.parse_id_token(token, nonce=None)
    return JSONResponse(
        {"claims": dict(claims), "userinfo": await client.userinfo(token=token), "scope": token["scope"]}
    )


async def callback_in_one_step(request):
    try:
        await oauth.linkedin.authorize_access_token(request)
    except Exception as problem:
        return JSONResponse({"problem": str(problem)})
    return JSONResponse({"problem": None})


app = Starlette(
    routes=[Route("/login", login), Route("/callback", callback), Route("/one-step", callback_in_one_step)],
    middleware=[Middleware(SessionMiddleware, secret_key="for-a-test")],
)


async def main():
    inside = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://app.test")
    async with inside, httpx.AsyncClient(follow_redirects=False) as browser:
        page = await browser.get((await inside.get("/login")).headers["location"])
        for _ in range(6):
            if page.is_redirect:
                target = page.headers["location"]
                if target.startswith(given["redirect_url"]):
                    answer = await inside.get(given["callback"] + "?" + target.partition("?")[2])
                    print(json.dumps(answer.json()))
                    return
                page = await browser.get(str(page.url.join(target)))
                continue
            form = re.search(r'<form[^>]*method="post".*?</form>', page.text, re.DOTALL | re.IGNORECASE)[0]
            fields = {}
            for tag in re.findall(r"<(?:input|button)[^>]*>", form):
                name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
                if name and name[1] not in fields:
                    fields[name[1]] = unescape(value[1]) if value else ""
            if "password" in fields:
                fields |= {"email": given["email"], "password": given["password"]}
            page = await browser.post(str(page.url), data=fields)


asyncio.run(main())
