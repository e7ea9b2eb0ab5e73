"""Small files of every kind that LinkedIn takes, made by hand."""

import io
import struct
import zipfile


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def film(*, seconds: float = 20, width: int = 1080, height: int = 1920, brand: bytes = b"mp42", size: int = 0) -> bytes:
    """Return a container with a movie header, filled up to `size` bytes."""
    header = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000)) + b"\0" * 80)
    track = box(b"trak", box(b"tkhd", b"\0" * 76 + struct.pack(">II", width << 16, height << 16)))
    data = box(b"ftyp", brand + b"\0\0\0\0") + box(b"moov", header + track)
    missing = size - len(data)
    return data + (box(b"mdat", b"\x07" * (missing - 8)) if missing >= 8 else b"")


def pdf(pages: int = 3) -> bytes:
    kids = b"".join(b"%d 0 obj << /Type /Page /Parent 2 0 R >> endobj\n" % (n + 3) for n in range(pages))
    return b"%%PDF-1.7\n2 0 obj << /Type /Pages /Count %d >> endobj\n" % pages + kids + b"%%EOF\n"


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def slides(count: int = 4) -> bytes:
    names = {f"ppt__slides__slide{n + 1}.xml": b"<p/>" for n in range(count)}
    return archive(**{"ppt__presentation.xml": b"<p/>", **names})


def letter(pages: int = 2) -> bytes:
    properties = b"<Properties><Pages>%d</Pages></Properties>" % pages
    return archive(**{"word__document.xml": b"<w/>", "docProps__app.xml": properties})
