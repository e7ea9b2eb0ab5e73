"""Videos and documents out of nothing, for seeds: small, valid, and the same for the same words."""

import struct
from typing import Final

_PAGE: Final = (612, 792)


def made_video(*, seconds: int = 24, width: int = 1280, height: int = 720) -> bytes:
    """Return an MP4 container that tells length and size, and holds no picture."""
    movie = _box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + b"\0" * 80)
    track = _box(b"trak", _box(b"tkhd", b"\0" * 76 + struct.pack(">II", width << 16, height << 16)))
    return _box(b"ftyp", b"mp42\0\0\0\0mp42isom") + _box(b"moov", movie + track)


def made_document(title: str, *, pages: int = 4) -> bytes:
    """Return a PDF whose pages say the title and their number."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number in range(pages):
        text = f"BT /F1 24 Tf 72 680 Td ({_escaped(title)}) Tj 0 -36 Td ({number + 1}) Tj ET".encode(
            "latin-1", "replace"
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE[0]} {_PAGE[1]}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "()\\" else sign for sign in text)
