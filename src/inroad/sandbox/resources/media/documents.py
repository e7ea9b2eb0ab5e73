"""What an uploaded document is: its format by content, and how many pages it has.

Source: "Documents API", learn.microsoft.com /linkedin/marketing/community-management/shares/documents-api
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_DOCUMENT_BYTES: Final = 100 * 1024 * 1024
MAX_DOCUMENT_PAGES: Final = 300

_CHUNK: Final = 1024 * 1024
_OVERLAP: Final = 64
_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PDF_COUNT = re.compile(rb"/Count\s+(\d{1,6})")
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_WORD_PAGES = re.compile(rb"<Pages>(\d{1,6})</Pages>")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What the file is. `pages` is 0 when it does not say; `failure` says why LinkedIn would not process it."""

    content_type: str = "application/octet-stream"
    pages: int = 0
    failure: str = ""


def read_document(path: Path) -> DocumentFacts:
    """Return what a document is, read from its bytes and never from its name."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"%PDF-"):
        return _judged("application/pdf", _pdf_pages(path))
    if start.startswith(b"PK\x03\x04"):
        return _office(path)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # DOC and PPT before 2007
        return _judged("application/msword", 0)
    return DocumentFacts(failure="unsupported format")


def _judged(content_type: str, pages: int) -> DocumentFacts:
    failure = f"{pages} pages, at most {MAX_DOCUMENT_PAGES} are allowed" if pages > MAX_DOCUMENT_PAGES else ""
    return DocumentFacts(content_type=content_type, pages=pages, failure=failure)


def _pdf_pages(path: Path) -> int:
    """Count page objects; a file that packs them away tells the number in its page tree, or not at all."""
    pages = told = 0
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            window = tail + chunk
            # One that ends in the overlap was counted before; one that ends the window may go on behind it.
            pages += sum(1 for m in _PDF_PAGE.finditer(window) if len(tail) <= m.end() < len(window))
            told = max([told, *(int(m[1]) for m in _PDF_COUNT.finditer(window))])
            tail = window[-_OVERLAP:]
    return pages or told


def _office(path: Path) -> DocumentFacts:
    family = "application/vnd.openxmlformats-officedocument"
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "ppt/presentation.xml" in names:
                slides = sum(1 for name in names if _SLIDE.fullmatch(name))
                return _judged(f"{family}.presentationml.presentation", slides)
            if "word/document.xml" in names:
                return _judged(f"{family}.wordprocessingml.document", _word_pages(archive, names))
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        return DocumentFacts(failure="the file is broken")
    return DocumentFacts(failure="unsupported format")


def _word_pages(archive: zipfile.ZipFile, names: list[str]) -> int:
    if "docProps/app.xml" not in names:
        return 0
    with archive.open("docProps/app.xml") as file:
        found = _WORD_PAGES.search(file.read(_CHUNK))
    return int(found[1]) if found else 0
