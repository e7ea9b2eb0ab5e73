"""Addresses beside the API: what a preview's iframe shows, and where lists are uploaded to."""

import html

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from inroad.sandbox.resources.ads.refusals import entity_not_found
from inroad.sandbox.resources.ads.segments import MAX_LIST_BYTES, Uploads
from inroad.sandbox.resources.ads.state import Creative, ads_of
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.world import World


def routes() -> list[BaseRoute]:
    """Return the routes; the world is at `request.app.state.world`."""
    return [
        Route("/ad-preview/{creative:int}", _preview),
        Route("/ad-uploads/{token}", _upload, methods=["PUT", "POST"]),
        Route("/ad-downloads/publishers.csv", _publishers),
    ]


async def _preview(request: Request) -> Response:
    world: World = request.app.state.world
    creative = ads_of(world).creatives.get(request.path_params["creative"])
    if creative is None:
        return JSONResponse(entity_not_found().body, 404)
    title, text = words_of(world, creative)
    return HTMLResponse(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Ad preview</title></head>"
        f"<body><p>Promoted</p><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p></body></html>",
        headers={"content-security-policy": "default-src 'none'"},
    )


def words_of(world: World, creative: Creative) -> tuple[str, str]:
    """Return headline and text of a creative as a reader would see them."""
    kind, value = next(iter(creative.body["content"].items()))
    if kind == "reference":
        post = world.state(Posts).live(value)
        return str(creative.body.get("name", "")), "" if post is None else post.text
    return str(value.get("headline", creative.body.get("name", ""))), str(value.get("description", ""))


async def _publishers(_request: Request) -> Response:
    """Answer with invented publishers of the Audience Network."""
    rows = "".join(f"{name}.example,{name.title()}\n" for name in ("morning-post", "shop-floor", "timber-weekly"))
    return Response(f"domain,name\n{rows}", media_type="text/csv")


async def _upload(request: Request) -> Response:
    world: World = request.app.state.world
    upload = world.state(Uploads).by_token.get(request.path_params["token"])
    if upload is None:
        return JSONResponse(entity_not_found().body, 404)
    lines = size = 0
    last = b"\n"
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_LIST_BYTES:
            return JSONResponse({"message": "Request Entity Too Large", "status": 413}, 413)
        lines += chunk.count(b"\n")
        last = chunk[-1:] or last
    upload.rows = max(0, lines + (last != b"\n") - 1)  # the first line names the columns
    return Response(status_code=201)
