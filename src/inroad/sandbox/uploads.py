"""Where bytes go and come from: the upload addresses that resources hand out, and the pictures themselves.

Upload addresses are no Rest.li: no version, no protocol, a token only where the switch asks for one. Sources: "Images
API" and "Vector Assets API", learn.microsoft.com /linkedin/marketing/community-management/shares/, and what
published clients send (contract 02, 2.2).
"""

import hashlib
import re
from collections.abc import AsyncGenerator
from typing import Final

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from inroad.common.clock import to_seconds
from inroad.sandbox.access import authenticate, bearer_text
from inroad.sandbox.answers import gateway, sentence
from inroad.sandbox.call import Refusal
from inroad.sandbox.resources.assets.routes import part_blob
from inroad.sandbox.resources.media.pictures import rendition
from inroad.sandbox.resources.media.rules import judged, keep_upload
from inroad.sandbox.resources.media.state import Media, Medium
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.world import Blob, World

MAX_UPLOAD_BYTES: Final = 256 * 1024 * 1024
"""Uploads are kept in memory: this sandbox takes no more, where LinkedIn takes videos of 5 GB."""

_METHODS: Final = ["PUT", "POST"]
_WIDTH = re.compile(r"_(\d{2,4})(?:_\d{2,4})?$")


def routes() -> list[BaseRoute]:
    """Return the routes of uploads and pictures; the world is at `request.app.state.world`."""
    return [
        Route("/mediaUpload/{medium}/{artifact}/{index}", _upload, methods=_METHODS),
        Route("/dms-uploads/{medium}/{artifact}/{index}", _upload, methods=_METHODS),
        Route("/dms-uploads/{medium}/{artifact}", _upload, methods=_METHODS),
        Route("/media/dms/image/{picture}/{rendition}/{index}", _picture),
        Route("/media/{picture}/{rendition}/{index}", _picture),
        Route("/media/{picture}", _picture),
    ]


async def _upload(request: Request) -> Response:
    world: World = request.app.state.world
    try:
        medium = _addressed(world, request)
        _check_request(world, request, medium)
        data = await _received(world, request)
        if medium.parts:
            return _keep_part(world, medium, request.query_params.get("part", ""), data)
        read = await to_thread.run_sync(judged, medium.kind, data)
    except Refusal as refusal:
        return JSONResponse(refusal.body, refusal.status, refusal.headers)
    keep_upload(world, medium, data, read)
    return Response(status_code=201)


def _addressed(world: World, request: Request) -> Medium:
    medium = world.state(Media).by_id.get(request.path_params["medium"])
    if medium is None or medium.artifact != request.path_params["artifact"]:
        raise not_found()
    if request.query_params.get("sau") != medium.signature:
        # UNCONFIRMED: what LinkedIn answers to an address that was tampered with.
        raise sentence(403, "The signature of the upload URL does not match")
    if world.clock.now() >= medium.expires_at:
        raise gateway(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
    return medium


def _check_request(world: World, request: Request, medium: Medium) -> None:
    if request.method == "POST" and world.switches["upload.method"] == "put":
        raise sentence(405, "Method Not Allowed")
    asks_for_one = str(world.switches["upload.require_token"])
    required = medium.kind == "image" and asks_for_one.startswith("images")
    # A token is optional everywhere, but a wrong one is refused for pictures and legacy assets.
    if required or "authorization" in request.headers:
        authenticate(world, bearer_text(request.headers, None))
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > MAX_UPLOAD_BYTES:
        raise _too_large()


async def _received(world: World, request: Request) -> bytes:
    is_form = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
    if is_form and world.switches["upload.multipart"] != "accept":
        raise gateway(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type")
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_UPLOAD_BYTES:
            raise _too_large()
    return await _first_file(request, bytes(data)) if is_form else bytes(data)


async def _first_file(request: Request, body: bytes) -> bytes:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await MultiPartParser(request.headers, stream(), max_files=1).parse()
    except MultiPartException as fault:
        raise sentence(400, f"multipart/form-data could not be read: {fault.message}") from fault
    for value in form.values():
        if isinstance(value, UploadFile):
            data = await value.read()
            await form.close()
            return data
    raise sentence(400, "multipart/form-data holds no file")


def _keep_part(world: World, medium: Medium, number: str, data: bytes) -> Response:
    if not (number.isascii() and number.isdigit()) or int(number) >= len(medium.parts):
        raise not_found()
    part = medium.parts[int(number)]
    if len(data) != part.last - part.first + 1:
        raise sentence(400, f"part {number} must have {part.last - part.first + 1} bytes, got {len(data)}")
    part.etag = hashlib.md5(data, usedforsecurity=False).hexdigest()
    world.blobs[part_blob(medium, int(number))] = Blob(content_type="application/octet-stream", data=data)
    return Response(status_code=200, headers={"ETag": part.etag})


def _too_large() -> Refusal:
    return gateway(413, "REQUEST_ENTITY_TOO_LARGE", f"An upload may have at most {MAX_UPLOAD_BYTES} bytes")


async def _picture(request: Request) -> Response:
    """Serve a picture; a rendition's width is in its name, and an address is good until its `e`."""
    world: World = request.app.state.world
    name = request.path_params["picture"]
    blob, medium = world.blobs.get(name), world.state(Media).by_id.get(name)
    expires = request.query_params.get("e", "")
    if expires.isdigit() and int(expires) <= to_seconds(world.clock.now()):
        return Response("URL signature expired", 403, media_type="text/plain")
    if blob is None or (medium is not None and medium.status(world.clock.now()) != "AVAILABLE"):
        return Response(status_code=404)
    width = _WIDTH.search(request.path_params.get("rendition", ""))
    if width is not None and blob.content_type.startswith("image/"):
        blob = await to_thread.run_sync(rendition, blob.data, int(width[1]))
    headers = {"cache-control": "private, max-age=300", "x-content-type-options": "nosniff"}
    return Response(blob.data, media_type=blob.content_type, headers=headers)
