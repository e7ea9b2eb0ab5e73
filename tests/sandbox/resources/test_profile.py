"""Members: me, people, userinfo, e-mail handles, connections, and how projections cut them."""

from typing import Any

import pytest

from inroad.sandbox.resources.levers import DECORATION_THROTTLE, Levers
from inroad.sandbox.resources.media.pictures import facts
from inroad.sandbox.switches import Switches

from .conftest import Api

PHOTO = "(id,firstName,lastName,profilePicture(displayImage~:playableStreams))"
US = {"country": "US", "language": "en"}


async def test_lite_profile_is_seven_fields(api: Api) -> None:
    answer = await api.get("/v2/me", token=api.token("r_liteprofile"))
    assert answer.json() == {
        "id": "sBx7kQ2mWa",
        "firstName": {"localized": {"en_US": "Ada"}, "preferredLocale": US},
        "lastName": {"localized": {"en_US": "Okafor"}, "preferredLocale": US},
        "localizedFirstName": "Ada",
        "localizedLastName": "Okafor",
        "profilePicture": {"displayImage": "urn:li:digitalmediaAsset:C5603AQEada"},
    }


async def test_basic_profile_adds_headline_and_vanity_name(api: Api) -> None:
    body = (await api.get("/v2/me", token=api.token("r_basicprofile"))).json()
    assert body["headline"] == {"localized": {"en_US": "Data engineer"}, "preferredLocale": US}
    assert (body["localizedHeadline"], body["vanityName"]) == ("Data engineer", "ada-okafor")


async def test_openid_token_does_not_open_me_today(api: Api) -> None:
    answer = await api.get("/v2/me", token=api.token("openid profile"))
    assert answer.status_code == 403
    assert answer.json() == {
        "status": 403,
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": "Not enough permissions to access: me.GET.NO_VERSION",
    }


async def test_openid_token_opens_me_by_switch(api: Api) -> None:
    api.world.switches["profile.me_scope"] = "oidc_too"
    assert (await api.get("/v2/me", token=api.token("openid profile"))).status_code == 200


async def test_projection_is_a_positive_mask(api: Api) -> None:
    body = (await api.get(f"/v2/me?projection={PHOTO}")).json()
    assert sorted(body) == ["firstName", "id", "lastName", "profilePicture"]


async def test_guide_adds_the_names_that_the_tutorial_prints(api: Api) -> None:
    api.world.switches = Switches.for_profile("guide")
    body = (await api.get(f"/v2/me?projection={PHOTO}")).json()
    assert (body["localizedFirstName"], body["localizedLastName"]) == ("Ada", "Okafor")


async def test_decorated_photo_lists_renditions_from_the_smallest(api: Api) -> None:
    body = (await api.get(f"/v2/me?projection={PHOTO}")).json()
    streams = body["profilePicture"]["displayImage~"]
    first = streams["elements"][0]
    still = first["data"]["com.linkedin.digitalmedia.mediaartifact.StillImage"]
    asset = "urn:li:digitalmediaAsset:C5603AQEada"
    kind = "urn:li:digitalmediaMediaArtifactClass:profile-displayphoto-shrink_100_100"
    assert body["profilePicture"]["displayImage"] == asset
    assert [e["artifact"].rpartition("_")[2] for e in streams["elements"]] == ["100)", "200)", "400)", "800)"]
    assert first["artifact"] == f"urn:li:digitalmediaMediaArtifact:({asset},{kind})"
    assert still["displaySize"] == {"width": 100.0, "uom": "PX", "height": 100.0}
    assert first["identifiers"][0]["file"] == f"urn:li:digitalmediaFile:({asset},{kind},0)"
    picture = await api.client.get(first["identifiers"][0]["identifier"])
    assert facts(picture.content).width == 100


async def test_throttled_decoration_fails_beside_a_200(api: Api) -> None:
    api.world.state(Levers).on[DECORATION_THROTTLE] = 1
    answer = await api.get(f"/v2/me?projection={PHOTO}")
    assert answer.status_code == 200
    assert answer.json()["profilePicture"] == {
        "displayImage": "urn:li:digitalmediaAsset:C5603AQEada",
        "displayImage!": {
            "status": 429,
            "serviceErrorCode": 101,
            "message": "Resource level throttle limit for calls to this resource is reached.",
        },
    }


@pytest.mark.parametrize(("policy", "expected"), [("absent", False), ("null", True)])
async def test_member_without_photo_follows_the_switch(api: Api, policy: str, expected: bool) -> None:
    api.world.switches["profile.no_photo"] = policy
    body = (await api.get("/v2/me", token=api.token(member="sBx8kQ2mWb"))).json()
    assert ("profilePicture" in body) is expected


@pytest.mark.parametrize("scopes", ["r_basicprofile", "r_liteprofile"])
async def test_full_profile_fields_are_forbidden(api: Api, scopes: str) -> None:
    answer = await api.get("/v2/me?projection=(id,positions,summary)", token=api.token(scopes))
    assert answer.status_code == 403
    assert answer.json()["message"] == (
        "Unpermitted fields present in PARAMETER: "
        "Data Processing Exception while processing fields [/positions, /summary]"
    )


async def test_full_profile_fields_can_be_dropped_instead(api: Api) -> None:
    api.world.switches["profile.full_fields"] = "drop"
    assert (await api.get("/v2/me?projection=(id,positions)")).json() == {"id": "sBx7kQ2mWa"}


@pytest.mark.parametrize("projection", ["(id", "(id,)", "((id))", "(id~:)"])
async def test_broken_projection_is_400(api: Api, projection: str) -> None:
    assert (await api.get(f"/v2/me?projection={projection}")).status_code == 400


async def test_fields_are_honoured_too(api: Api) -> None:
    assert (await api.get("/v2/me?fields=id")).json() == {"id": "sBx7kQ2mWa"}


class TestEmail:
    async def test_without_decoration_there_is_only_a_handle(self, api: Api) -> None:
        body = (await api.get("/v2/emailAddress?q=members")).json()
        (element,) = body["elements"]
        assert list(element) == ["handle"]
        assert element["handle"].startswith("urn:li:emailAddress:")

    async def test_decoration_tells_the_address(self, api: Api) -> None:
        body = (await api.get("/v2/emailAddress?q=members&projection=(elements*(handle~))")).json()
        assert body["elements"][0]["handle~"] == {"emailAddress": "ada.okafor@example.test"}

    @pytest.mark.parametrize(
        ("policy", "status", "expected"),
        [
            ("empty", 200, None),
            ("error400", 400, None),
            ("as_guide", 200, "ada.okafor@example.test"),
        ],
    )
    async def test_tutorials_mask_follows_its_switch(
        self, api: Api, policy: str, status: int, expected: str | None
    ) -> None:
        api.world.switches["projection.bad_email_mask"] = policy
        answer = await api.get("/v2/emailAddress?q=members&projection=(emailAddress*)")
        found: Any = answer.json().get("elements", [{}])[0].get("emailAddress")
        assert (answer.status_code, found) == (status, expected)

    async def test_handles_tell_type_and_rank(self, api: Api) -> None:
        path = "/v2/clientAwareMemberHandles?q=members&projection=(elements*(primary,type,handle~))"
        (element,) = (await api.get(path)).json()["elements"]
        assert (element["type"], element["primary"]) == ("EMAIL", True)
        assert element["handle~"] == {"emailAddress": "ada.okafor@example.test"}

    async def test_scope_is_needed(self, api: Api) -> None:
        answer = await api.get("/v2/emailAddress?q=members", token=api.token("r_liteprofile"))
        assert (answer.status_code, answer.json()["message"]) == (
            403,
            "Not enough permissions to access: emailAddress.FINDER-members.NO_VERSION",
        )


class TestUserinfo:
    async def test_claims_follow_the_scopes(self, api: Api) -> None:
        body = (await api.get("/v2/userinfo", token=api.token("openid profile email"))).json()
        picture = body.pop("picture")
        assert body == {
            "sub": "sBx7kQ2mWa",
            "name": "Ada Okafor",
            "given_name": "Ada",
            "family_name": "Okafor",
            "locale": US,
            "email": "ada.okafor@example.test",
            "email_verified": True,
        }
        assert (await api.client.get(picture)).status_code == 200

    async def test_openid_alone_tells_the_subject(self, api: Api) -> None:
        assert (await api.get("/v2/userinfo", token=api.token("openid"))).json() == {"sub": "sBx7kQ2mWa"}

    async def test_locale_can_be_a_text(self, api: Api) -> None:
        api.world.switches["userinfo.locale"] = "string"
        assert (await api.get("/v2/userinfo")).json()["locale"] == "en-US"

    async def test_subject_is_the_apps_own(self, api: Api) -> None:
        token = api.token("openid", app="other-app")
        assert (await api.get("/v2/userinfo", token=token)).json()["sub"] != "sBx7kQ2mWa"

    async def test_other_scopes_are_403(self, api: Api) -> None:
        answer = await api.get("/v2/userinfo", token=api.token("w_member_social"))
        assert answer.json() == {
            "status": 403,
            "serviceErrorCode": 100,
            "code": "ACCESS_DENIED",
            "message": "Not enough permissions to access: userinfo.GET.NO_VERSION",
        }


class TestPeople:
    async def test_own_member_is_read_by_id_in_both_protocols(self, api: Api) -> None:
        modern = await api.get("/v2/people/(id:sBx7kQ2mWa)")
        legacy = await api.get("/v2/people/id=sBx7kQ2mWa", headers={"x-restli-protocol-version": "1.0.0"})
        assert modern.json()["id"] == "sBx7kQ2mWa"
        assert legacy.json() == modern.json()

    async def test_batch_has_empty_statuses(self, api: Api) -> None:
        body = (await api.get("/v2/people?ids=List((id:sBx7kQ2mWa),(id:zzz))")).json()
        assert body["results"]["(id:sBx7kQ2mWa)"]["localizedFirstName"] == "Ada"
        assert body["statuses"] == {}
        assert body["errors"] == {"(id:zzz)": {"status": 404, "message": "Not Found"}}

    async def test_another_apps_id_is_404_and_another_member_403(self, api: Api) -> None:
        assert (await api.get("/v2/people/(id:zzz)")).status_code == 404
        assert (await api.get("/v2/people/(id:sBx8kQ2mWb)")).status_code == 403


async def test_connections_are_counted(api: Api) -> None:
    answer = await api.get("/v2/connections/urn%3Ali%3Aperson%3AsBx7kQ2mWa")
    assert answer.json() == {"firstDegreeSize": 412}
