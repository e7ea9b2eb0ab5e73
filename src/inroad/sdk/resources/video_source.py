"""A video's bytes, to be cut into the pieces that LinkedIn asks for. Nothing is read here: the transport reads."""

import os
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias, cast

from inroad.sdk.errors import InvalidArgument
from inroad.sdk.flow import Body, Piece

VideoData: TypeAlias = bytes | Path | BinaryIO | Iterable[bytes] | AsyncIterable[bytes]

_CHUNK_BYTES = 256 * 1024


class VideoSource(Protocol):
    """A video's bytes."""

    size: int
    is_seekable: bool

    def piece(self, start: int, size: int) -> Body:
        """Return `size` bytes from `start` on, as what can be sent."""
        ...


def video_source(data: VideoData, size: int | None) -> VideoSource:
    """Return a video's bytes, measured.

    The size is looked up before the flow begins, so that the flow itself touches no file.

    Args:
        data: Bytes, a path, a binary file, or a stream.
        size: How many bytes there are; needed for a stream only, checked for everything else.

    Raises:
        InvalidArgument: nobody says how long a stream is, or `size` is not what there is.
    """
    source: VideoSource
    if isinstance(data, bytes | bytearray | memoryview):
        source = _Bytes(memoryview(data))
    elif isinstance(data, Path):
        source = _File(data, 0, data.stat().st_size)
    elif hasattr(data, "read") and cast("BinaryIO", data).seekable():
        source = _open_file(cast("BinaryIO", data))
    else:
        return _streamed(data, size)
    if size is not None and size != source.size:
        raise InvalidArgument(f"size is {size:,} but there are {source.size:,} bytes")
    return source


class _Bytes:
    is_seekable = True

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self.size = data.nbytes

    def piece(self, start: int, size: int) -> Body:
        return bytes(self._data[start : start + size])


class _File:
    is_seekable = True

    def __init__(self, file: Path | BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self.size = size

    def piece(self, start: int, size: int) -> Body:
        return Piece(self._file, self._start + start, size)


class _Stream:
    """A stream, cut while it is read: each piece goes on where the one before ended."""

    is_seekable = False

    def __init__(self, chunks: Iterator[bytes], size: int) -> None:
        self.size = size
        self._chunks = chunks
        self._rest = b""

    def piece(self, start: int, size: int) -> Body:  # noqa: ARG002 - a stream is where it is
        return Piece(self._take(size), 0, size)

    def _take(self, size: int) -> Iterator[bytes]:
        while size > 0:
            chunk = self._rest or next(self._chunks, b"")
            if not chunk:
                raise InvalidArgument(f"the stream ended {size:,} bytes before its size")
            self._rest = chunk[size:]
            size -= len(chunk) - len(self._rest)
            yield chunk[: len(chunk) - len(self._rest)]


class _AsyncStream:
    """The same for an async iterable."""

    is_seekable = False

    def __init__(self, chunks: AsyncIterator[bytes], size: int) -> None:
        self.size = size
        self._chunks = chunks
        self._rest = b""

    def piece(self, start: int, size: int) -> Body:  # noqa: ARG002 - as above
        return Piece(self._take(size), 0, size)

    async def _take(self, size: int) -> AsyncIterator[bytes]:
        while size > 0:
            chunk = self._rest or await anext(self._chunks, b"")
            if not chunk:
                raise InvalidArgument(f"the stream ended {size:,} bytes before its size")
            self._rest = chunk[size:]
            size -= len(chunk) - len(self._rest)
            yield chunk[: len(chunk) - len(self._rest)]


def _open_file(file: BinaryIO) -> VideoSource:
    start = file.tell()
    end = file.seek(0, os.SEEK_END)
    file.seek(start)
    return _File(file, start, end - start)


def _streamed(data: VideoData, size: int | None) -> VideoSource:
    if size is None:
        raise InvalidArgument("size must be given for a stream: LinkedIn wants it before the first byte")
    if isinstance(data, AsyncIterable):
        return _AsyncStream(aiter(data), size)
    read = cast("Callable[[int], bytes] | None", getattr(data, "read", None))
    if read is not None:
        return _Stream(iter(lambda: read(_CHUNK_BYTES), b""), size)
    return _Stream(iter(cast("Iterable[bytes]", data)), size)
