"""Large uploads, kept on disk: a world's documents and videos never sit in memory.

A saved world names its files; the bytes lie in a folder of their own. Small pictures are in `World.blobs`.
"""

import hashlib
import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

CHUNK_BYTES: Final = 1024 * 1024
"""So much is read or written at a time."""

_NAME = re.compile(r"[0-9a-f]{32}")


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the store; `sha256` is of all its bytes."""

    name: str
    size: int
    sha256: str


class Writing:
    """A file that is being written. Leaving the context without `done` throws it away."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self._size = 0
        self._is_done = False

    def __enter__(self) -> "Writing":
        return self

    def __exit__(self, *_problem: object) -> None:
        self._file.close()
        if not self._is_done:
            self._path.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)
        self._digest.update(data)
        self._size += len(data)

    def done(self) -> StoredFile:
        """Close the file and return what it became."""
        self._file.close()
        self._is_done = True
        return StoredFile(name=self._path.name, size=self._size, sha256=self._digest.hexdigest())


class FileStore:
    """The folder of one world's files; a temporary one, removed with the process, until it is settled elsewhere."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._forget: weakref.finalize[[str], FileStore] | None = None

    @property
    def folder(self) -> Path:
        """Where the files are; made when it is first asked for."""
        if self._folder is None:
            made = tempfile.mkdtemp(prefix="inroad-sandbox-")
            self._folder = Path(made)
            self._forget = weakref.finalize(self, _remove_folder, made)
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder

    @property
    def place(self) -> str:
        """The folder's path as a saved world tells it, empty while there is none."""
        return "" if self._folder is None else str(self._folder)

    def writing(self) -> Writing:
        """Return a new file to write to, a context manager."""
        return Writing(self.folder / uuid4().hex)

    def path(self, file: StoredFile) -> Path:
        """Return where a file's bytes are."""
        if not _NAME.fullmatch(file.name):  # a saved world is only a document: it may say anything
            raise ValueError(f"no file of this store: {file.name!r}")
        return self.folder / file.name

    def remove(self, *files: StoredFile) -> None:
        """Delete files; those that are gone are no problem."""
        for file in files:
            self.path(file).unlink(missing_ok=True)

    def join(self, parts: Iterable[StoredFile]) -> StoredFile:
        """Return one file with the bytes of all parts, in their order. The parts are kept."""
        with self.writing() as joined:
            for part in parts:
                with self.path(part).open("rb") as file:
                    while data := file.read(CHUNK_BYTES):
                        joined.write(data)
            return joined.done()

    def settle(self, folder: Path) -> None:
        """Move to a folder that stays; what is there already is kept."""
        if self._folder is None or self._folder == folder:
            self._folder = folder
            return
        folder.mkdir(parents=True, exist_ok=True)
        for file in self._kept():
            if not (folder / file.name).exists():
                _carry(file, folder / file.name)
        self._folder = folder
        if self._forget is not None:
            self._forget()
            self._forget = None

    def close(self) -> None:
        """Remove a temporary folder now; a process that a signal ends does not come round to it."""
        if self._forget is not None:
            self._forget()
            self._forget = self._folder = None

    def sweep(self, document: bytes) -> None:
        """Delete the files that a saved world does not name."""
        for file in self._kept():
            if file.name.encode() not in document:
                file.unlink(missing_ok=True)

    def _kept(self) -> list[Path]:
        """Return what lies in the folder and is the store's: anything else there is left alone."""
        if self._folder is None or not self._folder.is_dir():
            return []
        return [path for path in self._folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]


def _carry(source: Path, target: Path) -> None:
    """Put a file at another place without reading it, where the disk allows that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _remove_folder(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
