"""Where bytes go and come from: the upload addresses that resources hand out, and the media themselves.

Upload addresses are no Rest.li: no version, no protocol, a token only where the switch asks for one. Pictures are held
in memory while they are read; videos and documents stream to disk, however large they are. Sources: "Images API",
"Videos API", "Documents API" and "Vector Assets API", learn.microsoft.com
/linkedin/marketing/community-management/shares/, and what published clients send.
"""

import hashlib
import re
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from inroad.common.clock import to_seconds
from inroad.sandbox.access import authenticate, bearer_text
from inroad.sandbox.answers import gateway, sentence
from inroad.sandbox.call import Refusal
from inroad.sandbox.files import CHUNK_BYTES, StoredFile
from inroad.sandbox.resources.media.documents import MAX_DOCUMENT_BYTES
from inroad.sandbox.resources.media.pictures import facts, rendition, sniff
from inroad.sandbox.resources.media.rules import keep_file, keep_picture
from inroad.sandbox.resources.media.state import Chunk, Media, Medium, Part
from inroad.sandbox.resources.media.videos import MAX_VIDEO_BYTES
from inroad.sandbox.resources.refusals import not_found
from inroad.sandbox.world import Blob, World

MAX_UPLOAD_BYTES: Final = 128 * 1024 * 1024
"""Ours, for pictures: they are kept in memory, and LinkedIn publishes no limit of bytes."""

MAX_CAPTIONS_BYTES: Final = 8 * 1024 * 1024

_METHODS: Final = ["PUT", "POST"]
_WIDTH = re.compile(r"_(\d{2,4})(?:_\d{2,4})?$")
_SAFE: Final = {"cache-control": "private, max-age=300", "x-content-type-options": "nosniff"}


def routes() -> list[BaseRoute]:
    """Return the routes of uploads and media; the world is at `request.app.state.world`."""
    return [
        Route("/mediaUpload/{medium}/{artifact}/{index}", _upload, methods=_METHODS),
        Route("/dms-uploads/{medium}/{artifact}/{index}", _upload, methods=_METHODS),
        Route("/dms-uploads/{medium}/{artifact}", _upload, methods=_METHODS),
        Route("/media/dms/image/{picture}/{rendition}/{index}", _picture),
        Route("/media/dms/video/{medium}/{index}", _video),
        Route("/media/dms/document/{medium}/{index}", _document),
        Route("/media/dms/captions/{medium}/{index}", _captions),
        Route("/media/{picture}/{rendition}/{index}", _picture),
        Route("/media/{picture}", _picture),
    ]


async def _upload(request: Request) -> Response:
    world: World = request.app.state.world
    try:
        medium = _addressed(world, request)
        _check_request(world, request, medium)
        return await _taken(world, request, medium)
    except Refusal as refusal:
        return JSONResponse(refusal.body, refusal.status, refusal.headers)


async def _taken(world: World, request: Request, medium: Medium) -> Response:
    """Take the bytes for what their address is for."""
    artifact = request.path_params["artifact"]
    if artifact == "captions":
        return _keep_captions(world, medium, await _in_memory(world, request, MAX_CAPTIONS_BYTES))
    if artifact == "thumbnail":
        return _keep_thumbnail(world, medium, await _in_memory(world, request, MAX_UPLOAD_BYTES))
    if medium.kind == "image":
        data = await _in_memory(world, request, MAX_UPLOAD_BYTES)
        keep_picture(world, medium, data, await to_thread.run_sync(facts, data))
        return Response(status_code=201)
    if medium.parts:
        part = _part(medium, request.query_params.get("part", ""))
        # One published client sends the whole file to the first address.
        most = medium.declared_bytes if part is medium.parts[0] else part.size
        return _keep_part(world, medium, part, await _on_disk(world, request, most, medium))
    most = MAX_VIDEO_BYTES if medium.kind == "video" else MAX_DOCUMENT_BYTES
    file = await _on_disk(world, request, most, medium)
    await to_thread.run_sync(keep_file, world, medium, file)
    return Response(status_code=201)


def _addressed(world: World, request: Request) -> Medium:
    medium = world.state(Media).by_id.get(request.path_params["medium"])
    if medium is None or request.path_params["artifact"] not in _artifacts(medium):
        raise not_found()
    if request.query_params.get("sau") != medium.signature:
        # UNCONFIRMED: what LinkedIn answers to an address that was tampered with.
        raise sentence(403, "The signature of the upload URL does not match")
    if world.clock.now() >= medium.expires_at:
        raise gateway(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
    return medium


def _artifacts(medium: Medium) -> set[str]:
    wanted = {medium.artifact}
    if medium.wants_captions:
        wanted.add("captions")
    return wanted | {"thumbnail"} if medium.wants_thumbnail else wanted


def _check_request(world: World, request: Request, medium: Medium) -> None:
    if request.method == "POST" and world.switches["upload.method"] == "put":
        raise sentence(405, "Method Not Allowed")
    asks_for_one = str(world.switches["upload.require_token"])
    required = medium.kind == "image" and asks_for_one.startswith("images")
    # A token is optional everywhere, but a wrong one is refused for pictures and legacy assets.
    is_looked_at = medium.kind == "image" or medium.recipe
    if required or (is_looked_at and "authorization" in request.headers):
        authenticate(world, bearer_text(request.headers, None))


async def _in_memory(world: World, request: Request, most: int) -> bytes:
    data = bytearray()
    async for chunk in _content(world, request, most):
        data += chunk
    return bytes(data)


async def _on_disk(world: World, request: Request, most: int, medium: Medium) -> StoredFile:
    """Write the body to a file as it comes; what is cut off leaves nothing behind."""
    if not most:
        raise sentence(400, f"{medium.kind} {medium.id} takes no bytes here")
    with world.files.writing() as writing:
        waiting = bytearray()
        async for chunk in _content(world, request, most):
            waiting += chunk
            if len(waiting) >= CHUNK_BYTES:
                await to_thread.run_sync(writing.write, bytes(waiting))
                waiting.clear()
        writing.write(bytes(waiting))
        return writing.done()


async def _content(world: World, request: Request, most: int) -> AsyncIterator[bytes]:
    """Yield the bytes of the upload: the body, or the one file of a form."""
    told = request.headers.get("content-length", "")
    is_form = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
    if is_form and world.switches["upload.multipart"] != "accept":
        raise gateway(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type")
    # A form's own lines come on top of its file.
    if told.isdecimal() and int(told) > most + (CHUNK_BYTES if is_form else 0):
        raise _too_large(most)
    parts = _first_file(request, most) if is_form else request.stream()
    length = 0
    async for chunk in parts:
        length += len(chunk)
        if length > most:
            raise _too_large(most)
        yield chunk


async def _first_file(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    async def counted() -> AsyncGenerator[bytes, None]:
        length = 0
        async for chunk in request.stream():
            length += len(chunk)
            if length > most + CHUNK_BYTES:
                raise _too_large(most)
            yield chunk

    try:
        form = await MultiPartParser(request.headers, counted(), max_files=1).parse()
    except MultiPartException as fault:
        raise sentence(400, f"multipart/form-data could not be read: {fault.message}") from fault
    try:
        for value in form.values():
            if isinstance(value, UploadFile):
                while chunk := await value.read(CHUNK_BYTES):
                    yield chunk
                return
    finally:
        await form.close()
    raise sentence(400, "multipart/form-data holds no file")


def _part(medium: Medium, number: str) -> Part:
    if not (number.isascii() and number.isdigit()) or int(number) >= len(medium.parts):
        raise not_found()
    return medium.parts[int(number)]


def _keep_part(world: World, medium: Medium, part: Part, file: StoredFile) -> Response:
    """Keep a part's bytes and answer with the tag that the end of the upload must name."""
    is_first = part is medium.parts[0]
    concat = is_first and world.switches.is_on("upload.concat")
    if not concat and file.size != part.size and not (is_first and file.size == medium.declared_bytes):
        world.files.remove(file)
        number = medium.parts.index(part)
        raise sentence(400, f"part {number} must have {part.size} bytes, got {file.size}")
    if not concat:  # last write wins
        world.files.remove(*(chunk.file for chunk in part.chunks))
        part.chunks.clear()
    named = f"{medium.id}\0{part.first}\0{len(part.chunks)}\0{file.sha256}"
    etag = hashlib.sha256(named.encode()).hexdigest()[:32]
    part.chunks.append(Chunk(etag=etag, file=file))
    # Both styles were recorded: quoted here, bare for the legacy API.
    return Response(status_code=200, headers={"ETag": etag if medium.recipe else f'"{etag}"'})


def _keep_captions(world: World, medium: Medium, data: bytes) -> Response:
    """Keep SRT or WebVTT. UNCONFIRMED: LinkedIn's status, and what it says to anything else."""
    try:
        is_text = "-->" in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_text = False
    if not is_text:
        raise gateway(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type")
    is_vtt = data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    kind = "text/vtt" if is_vtt else "application/x-subrip"
    world.blobs[medium.captions] = Blob(content_type=kind, data=data)
    return Response(status_code=201)


def _keep_thumbnail(world: World, medium: Medium, data: bytes) -> Response:
    """Keep a picture of a video. UNCONFIRMED: LinkedIn's status, and what it says to anything else."""
    kind = sniff(data)
    if kind is None or facts(data).failure:
        raise gateway(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type")
    world.blobs[medium.thumbnail] = Blob(content_type=kind, data=data)
    return Response(status_code=201)


def _too_large(most: int) -> Refusal:
    return gateway(413, "REQUEST_ENTITY_TOO_LARGE", f"An upload may have at most {most} bytes here")


async def _picture(request: Request) -> Response:
    """Serve a picture; a rendition's width is in its name, and an address is good until its `e`."""
    world: World = request.app.state.world
    name = request.path_params["picture"]
    blob, medium = world.blobs.get(name), world.state(Media).by_id.get(name)
    if _is_expired(world, request):
        return _expired()
    if blob is None or (medium is not None and medium.status(world.clock.now()) != "AVAILABLE"):
        return Response(status_code=404)
    width = _WIDTH.search(request.path_params.get("rendition", ""))
    if width is not None and blob.content_type.startswith("image/"):
        blob = await to_thread.run_sync(rendition, blob.data, int(width[1]))
    return Response(blob.data, media_type=blob.content_type, headers=_SAFE)


async def _video(request: Request) -> Response:
    """Serve a video, in ranges where the player asks for them."""
    return _stored(request, "video", {})


async def _document(request: Request) -> Response:
    """Serve a document to be saved, never to be opened in the sandbox's own pages."""
    return _stored(request, "document", {"content-disposition": "attachment"})


async def _captions(request: Request) -> Response:
    world: World = request.app.state.world
    medium = world.state(Media).by_id.get(request.path_params["medium"])
    blob = None if medium is None else world.blobs.get(medium.captions)
    if _is_expired(world, request):
        return _expired()
    if blob is None:
        return Response(status_code=404)
    return Response(blob.data, media_type=blob.content_type, headers=_SAFE)


def _stored(request: Request, kind: str, headers: dict[str, str]) -> Response:
    world: World = request.app.state.world
    medium = world.state(Media).by_id.get(request.path_params["medium"])
    if _is_expired(world, request):
        return _expired()
    if medium is None or medium.kind != kind or medium.status(world.clock.now()) != "AVAILABLE":
        return Response(status_code=404)
    if medium.file is None or not world.files.path(medium.file).is_file():
        return Response(status_code=404)
    return FileResponse(world.files.path(medium.file), media_type=medium.content_type, headers={**_SAFE, **headers})


def _is_expired(world: World, request: Request) -> bool:
    expires = request.query_params.get("e", "")
    return expires.isdigit() and int(expires) <= to_seconds(world.clock.now())


def _expired() -> Response:
    return Response("URL signature expired", 403, media_type="text/plain")
