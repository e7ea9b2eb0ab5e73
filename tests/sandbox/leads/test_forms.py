"""Lead forms."""

from typing import Any

import pytest

from ..ads.conftest import ACCOUNT, ORGANIZATION, codes, enc  # noqa: TID252 - one world for both rooms
from .conftest import Api

OWNER = f"(sponsoredAccount:{enc(ACCOUNT)})"


def form(**more: Any) -> dict[str, Any]:
    body = {
        "owner": {"sponsoredAccount": ACCOUNT},
        "name": "Whitepaper form",
        "creationLocale": {"country": "DE", "language": "de"},
        "hiddenFields": [{"name": "utm_source", "value": "linkedin"}],
        "state": "DRAFT",
        "content": content(),
        **more,
    }
    return {name: value for name, value in body.items() if value is not ...}


def content(**more: Any) -> dict[str, Any]:
    return {
        "headline": text("Whitepaper anfordern"),
        "description": text("28 Seiten zu lernenden Robotern"),
        "questions": [
            {
                "name": "Vorname",
                "question": text("Vorname"),
                "predefinedField": "FIRST_NAME",
                "responseRequired": True,
                "questionDetails": {"textQuestionDetails": {"maxResponseLength": 300}},
            },
            {
                "name": "Einsatz",
                "question": text("Wann planen Sie den Einsatz?"),
                "questionDetails": {
                    "multipleChoiceQuestionDetails": {"options": [{"text": text("2026")}, {"text": text("2027")}]}
                },
            },
        ],
        "legalInfo": {
            "privacyPolicyUrl": "https://fjordlicht.example/datenschutz",
            "consents": [{"checkRequired": True, "consent": text("Sie duerfen mich kontaktieren.")}],
        },
        "postSubmissionInfo": {"message": text("Danke!")},
        **more,
    }


def text(value: str) -> dict[str, Any]:
    return {"localized": {"de_DE": value}}


class TestReading:
    @pytest.mark.parametrize(
        "owner", [OWNER, f"(sponsoredAccount:{ACCOUNT})", f"(value:(sponsoredAccount:{enc(ACCOUNT)}))"]
    )
    async def test_forms_are_found_by_owner_in_three_spellings(self, api: Api, owner: str) -> None:
        body = (await api.get(f"leadForms?q=owner&owner={owner}&start=0&count=100")).json()
        assert [f["id"] for f in body["elements"]] == [9127734]
        assert body["paging"]["total"] == 1

    async def test_a_request_without_protocol_header_is_read_as_airbyte_sends_it(self, api: Api) -> None:
        path = f"leadForms?owner={OWNER}&q=owner&count=500&start=0"
        assert len((await api.get(path, headers={"x-restli-protocol-version": ""})).json()["elements"]) == 1

    async def test_questions_have_ids_of_their_form(self, api: Api) -> None:
        body = (await api.get("leadForms/9127734")).json()
        questions = body["content"]["questions"]
        assert [q["questionId"] for q in questions] == [109127734, 209127734, 309127734]
        assert [q.get("predefinedField") for q in questions] == ["FIRST_NAME", "EMAIL", None]
        assert (body["versionId"], body["state"], body["owner"]) == (1, "PUBLISHED", {"sponsoredAccount": ACCOUNT})
        assert body["reviewInfo"]["reviewStatus"] == "APPROVED"
        assert body["content"]["legalInfo"]["consents"][0]["id"] == 0

    async def test_batches_tell_what_is_missing(self, api: Api) -> None:
        body = (await api.get("leadForms?ids=List(9127734,3141,7)")).json()
        assert (list(body["results"]), body["errors"]["7"]["status"]) == (["9127734", "3141"], 404)

    @pytest.mark.parametrize("finder", ["leadForm", "form", "account"])
    async def test_finders_that_never_worked_are_404(self, api: Api, finder: str) -> None:
        assert (await api.get(f"leadForms?q={finder}")).status_code == 404

    async def test_who_has_no_role_reads_nothing(self, api: Api) -> None:
        other = "(sponsoredAccount:urn%3Ali%3AsponsoredAccount%3A509000001)"
        page = f"(organization:{enc(ORGANIZATION)})"
        token = api.token(member="sBx8kQ2mWb")
        assert (await api.get(f"leadForms?q=owner&owner={other}")).status_code == 403
        assert (await api.get(f"leadForms?q=owner&owner={page}", token=token)).status_code == 403

    async def test_advertising_is_enough_for_forms(self, api: Api) -> None:
        assert (await api.get("leadForms/9127734", token=api.token("r_ads"))).status_code == 200
        assert (await api.get("leadForms/9127734", token=api.token("openid"))).status_code == 403

    @pytest.mark.parametrize("owner", ["(person:x)", f"(sponsoredAccount:{enc(ORGANIZATION)})", "x", "()"])
    async def test_a_bad_owner_is_named(self, api: Api, owner: str) -> None:
        (error,) = (await api.get(f"leadForms?q=owner&owner={owner}")).json()["errorDetails"]["inputErrors"]
        assert (error["code"], error["input"]["inputPath"]["fieldPath"]) == ("PARAM_INVALID", "owner")


class TestWriting:
    async def test_a_form_lives(self, api: Api) -> None:
        number = (await api.post("leadForms", form())).headers["x-restli-id"]
        draft = (await api.get(f"leadForms/{number}")).json()
        await api.patch(f"leadForms/{number}", {"state": "PUBLISHED"})
        pending = (await api.get(f"leadForms/{number}")).json()
        api.pass_time(hours=1)
        done = (await api.get(f"leadForms/{number}")).json()
        assert "reviewInfo" not in draft
        assert (pending["reviewInfo"]["reviewStatus"], done["reviewInfo"]["reviewStatus"]) == ("PENDING", "APPROVED")
        options = done["content"]["questions"][1]["questionDetails"]["multipleChoiceQuestionDetails"]["options"]
        assert [o["id"] for o in options] == [0, 1]

    async def test_an_edit_of_a_published_form_is_a_version(self, api: Api) -> None:
        number = (await api.post("leadForms", form(state="PUBLISHED"))).headers["x-restli-id"]
        body = (await api.get(f"leadForms/{number}")).json()
        await api.patch(f"leadForms/{number}", {"content": {**body["content"], "headline": text("Neu")}})
        assert (await api.get(f"leadForms/{number}")).json()["versionId"] == 2
        asked = {**body["content"], "questions": body["content"]["questions"][:1]}
        assert codes(await api.patch(f"leadForms/{number}", {"content": asked})) == ["FIELD_NOT_ALLOWED"]

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"owner": ..., "name": ...}, ["MISSING_FIELD", "MISSING_FIELD"]),
            ({"content": {"questions": []}}, ["MISSING_FIELD"] * 4),
            ({"content": content(headline=text("x" * 61))}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"content": content(description=text("x" * 161))}, ["FIELD_LENGTH_TOO_LONG"]),
            ({"content": content(legalInfo={})}, ["MISSING_FIELD"]),
            ({"hiddenFields": [{"name": "a", "value": "b"}] * 21}, ["FIELD_VALUE_TOO_HIGH"]),
            ({"state": "ARCHIVED"}, ["INVALID_VALUE_FOR_FIELD"]),
        ],
    )
    async def test_faults_of_a_form(self, api: Api, change: dict[str, Any], expected: list[str]) -> None:
        answer = await api.post("leadForms", form(**change))
        assert (answer.status_code, codes(answer)) == (400, expected)

    async def test_three_questions_of_ones_own(self, api: Api) -> None:
        own = content()["questions"][1]
        answer = await api.post("leadForms", form(content=content(questions=[own] * 4)))
        assert codes(answer) == ["FIELD_VALUE_TOO_HIGH"]

    async def test_predefined_fields_are_the_switchs(self, api: Api) -> None:
        api.world.switches["leadforms.predefined_on_create"] = "reject"
        assert codes(await api.post("leadForms", form())) == ["FIELD_NOT_ALLOWED"]

    async def test_states_that_cannot_follow(self, api: Api) -> None:
        assert codes(await api.patch("leadForms/9127734", {"state": "DRAFT"})) == ["STATUS_CHANGE_NOT_ALLOWED"]

    async def test_a_viewer_makes_none(self, api: Api) -> None:
        answer = await api.post("leadForms", form(), token=api.token(member="sBx8kQ2mWb"))
        assert (answer.status_code, answer.json()["code"]) == (403, "ACCESS_DENIED")
