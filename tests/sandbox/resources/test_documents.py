"""`/rest/documents`: upload, formats, pages, posts."""

from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox import uploads

from .conftest import ADA, NORTHWIND, NOW, Api, encoded, input_error, text_post
from .films import archive, letter, pdf, slides


async def begin(api: Api, owner: str = ADA) -> dict[str, Any]:
    answer = await api.post("/rest/documents?action=initializeUpload", {"initializeUploadRequest": {"owner": owner}})
    assert answer.status_code == 200, answer.text
    value = answer.json()["value"]
    assert isinstance(value, dict)
    return value


async def uploaded(api: Api, data: bytes, *, owner: str = ADA, wait: float = 5, token: str | None = None) -> str:
    value = await begin(api, owner)
    answer = await api.client.put(value["uploadUrl"], content=data)
    assert (answer.status_code, answer.content) == (201, b""), answer.text
    api.pass_time(wait)
    return str(value["document"])


async def shown(api: Api, urn: str) -> dict[str, Any]:
    body = (await api.get(f"/rest/documents/{encoded(urn)}")).json()
    assert isinstance(body, dict)
    return body


async def test_initialize_answers_with_address_urn_and_expiry(api: Api) -> None:
    value = await begin(api)
    key = value["document"].rpartition(":")[2]
    assert value["document"].startswith("urn:li:document:D4D1FAQ")
    assert value["uploadUrl"].startswith(f"http://linkedin.test/dms-uploads/{key}/ads-uploadedDocument/0?ca=")
    assert value["uploadUrlExpiresAt"] == to_millis(NOW) + 24 * 3_600_000


@pytest.mark.parametrize(
    ("data", "pages"), [(pdf(6), 6), (slides(4), 4), (letter(2), 2), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", None)]
)
async def test_four_formats_are_processed_and_counted(api: Api, data: bytes, pages: int | None) -> None:
    body = await shown(api, await uploaded(api, data))
    assert (body["status"], body.get("pageCount")) == ("AVAILABLE", pages)
    read = await api.client.get(body["downloadUrl"])
    assert (read.content, read.headers["content-disposition"]) == (data, "attachment")


@pytest.mark.parametrize(
    "data", [b"Hello", archive(mimetype=b"x"), b"PK\x03\x04broken", pdf(301), slides(301), letter(301)]
)
async def test_anything_else_fails_in_processing(api: Api, data: bytes) -> None:
    assert (await shown(api, await uploaded(api, data)))["status"] == "PROCESSING_FAILED"


async def test_pages_are_counted_across_the_borders_of_reading(api: Api) -> None:
    padding = b"%" + b" " * (1024 * 1024 - 40)
    data = pdf(2) + padding + b"\n9 0 obj << /Type /Page >> endobj /Type /Pages"
    assert (await shown(api, await uploaded(api, data)))["pageCount"] == 3


async def test_too_many_bytes_are_413(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_DOCUMENT_BYTES", 1000)
    address = (await begin(api))["uploadUrl"]

    async def stream() -> Any:
        for _ in range(11):
            yield b"x" * 100

    told = await api.client.put(address, content=b"x" * 1001)
    streamed = await api.client.put(address, content=stream())
    assert (told.status_code, streamed.status_code) == (413, 413)


async def test_a_form_is_read_by_switch(api: Api) -> None:
    address = (await begin(api))["uploadUrl"]
    refused = await api.client.put(address, files={"file": ("a.pdf", pdf(), "application/pdf")})
    api.world.switches["upload.multipart"] = "accept"
    accepted = await api.client.put(address, files={"file": ("a.pdf", pdf(), "application/pdf")})
    empty = await api.client.put(address, files={"note": (None, "no file")})
    assert [a.status_code for a in (refused, accepted, empty)] == [415, 201, 400]


async def test_a_document_post_needs_a_title_and_is_a_ugc_post(api: Api) -> None:
    urn = await uploaded(api, pdf())
    untitled = await api.post("/rest/posts", text_post(content={"media": {"id": urn}}))
    content = {"media": {"id": urn, "title": "Autumn price list.pdf"}}
    made = await api.post("/rest/posts", text_post(content=content), token=api.token("w_member_social"))
    assert input_error(untitled)["code"] == "MISSING_FIELD"
    assert made.headers["x-restli-id"].startswith("urn:li:ugcPost:")


async def test_a_document_post_waits_for_processing(api: Api) -> None:
    urn = await uploaded(api, pdf(), owner=NORTHWIND, wait=0)
    body = text_post(author=NORTHWIND, content={"media": {"id": urn, "title": "List"}})
    path = f"/rest/posts/{encoded((await api.post('/rest/posts', body)).headers['x-restli-id'])}"
    states = [(await api.get(path)).json()["lifecycleState"]]
    api.pass_time(5)
    states.append((await api.get(path)).json()["lifecycleState"])
    assert states == ["PUBLISH_REQUESTED", "PUBLISHED"]


async def test_owner_schema_and_strangers_are_judged_as_for_images(api: Api) -> None:
    path = "/rest/documents?action=initializeUpload"
    kind = await api.post(path, {"initializeUploadRequest": {"owner": NORTHWIND}}, token=api.token("w_member_social"))
    schema = await api.post(path, {"initializeUploadRequest": {"owner": ADA, "fileSizeBytes": 1}})
    urn = await uploaded(api, pdf())
    stranger = await api.get(f"/rest/documents/{encoded(urn)}", token=api.token(member="sBx8kQ2mWb"))
    unknown = await api.get("/rest/documents/urn%3Ali%3Adocument%3Ax")
    assert [a.status_code for a in (kind, schema, stranger, unknown)] == [400, 422, 403, 404]
