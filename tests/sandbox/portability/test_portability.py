"""Data portability: the snapshot's pages, the log of changes, registrations."""

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.messages.state import write
from inroad.sandbox.resources.partners import application_urn
from inroad.sandbox.resources.portability.state import Portability
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.resources.social.deeds import comment_on, delete_comment, react
from inroad.sandbox.resources.social.entity import Entity
from sandbox.partnership import ADA, Api

SCOPE = "r_dma_portability_self_serve"


async def asked(api: Api, path: str, *, scopes: str = SCOPE, method: str = "GET", **more):
    headers = {"linkedin-version": "202312", **more.pop("headers", {})}
    return await api.send(method, path, app="demo-app", member="ada", scopes=scopes, headers=headers, **more)


async def snapshot(api: Api, query: str = "", **more):
    return await asked(api, f"/rest/memberSnapshotData?q=criteria{query}", **more)


async def changes(api: Api, query: str = "", **more):
    return await asked(api, f"/rest/memberChangeLogs?q=memberAndApplication{query}", **more)


class TestSnapshot:
    async def test_a_domain_has_the_headings_of_the_export(self, api: Api) -> None:
        body = (await snapshot(api, "&domain=PROFILE")).json()
        assert body["paging"] == {"start": 0, "count": 10, "total": 1, "links": []}
        (element,) = body["elements"]
        assert element["snapshotDomain"] == "PROFILE"
        (row,) = element["snapshotData"]
        assert (row["First Name"], row["Headline"], row["Summary"]) == ("Ada", "Data engineer", "")

    @pytest.mark.parametrize("scope", [SCOPE, "r_dma_portability_member", "r_dma_portability_3rd_party"])
    async def test_any_of_the_scopes_opens_it(self, api: Api, scope: str) -> None:
        assert (await snapshot(api, "&domain=PROFILE", scopes=scope)).status_code == 200

    async def test_without_the_scope_it_is_403(self, api: Api) -> None:
        answer = await snapshot(api, scopes="openid")
        assert answer.status_code == 403
        assert answer.json()["message"].endswith("memberSnapshotData.FINDER-criteria.20231201")

    async def test_pages_end_with_an_error(self, api: Api) -> None:
        api.world.switches["dma.page_rows"] = 1
        for text in ("One", "Two"):
            write(api.world, author=api.world.members["ada"], to=[api.world.members["ben"]], body=text)
        first = (await snapshot(api, "&domain=INBOX")).json()
        assert first["paging"]["total"] == 2
        assert [row["CONTENT"] for row in first["elements"][0]["snapshotData"]] == ["One"]
        (link,) = first["paging"]["links"]
        assert link["href"] == "/rest/memberSnapshotData?count=10&domain=INBOX&q=criteria&start=1"
        second = (await asked(api, link["href"])).json()
        assert [link["rel"] for link in second["paging"]["links"]] == ["prev"]
        end = await snapshot(api, "&domain=INBOX&start=2")
        assert (end.status_code, end.json()) == (404, {"status": 404, "message": "No data found for this memberId"})

    async def test_without_a_domain_the_pages_walk_through_all(self, api: Api) -> None:
        total = (await snapshot(api)).json()["paging"]["total"]
        named = [(await snapshot(api, f"&start={at}")).json()["elements"][0]["snapshotDomain"] for at in range(total)]
        assert named == ["CONNECTIONS", "EMAIL_ADDRESSES", "PROFILE"]

    async def test_an_empty_domain_is_an_error(self, api: Api) -> None:
        assert (await snapshot(api, "&domain=easyapply-blocking")).status_code == 404

    @pytest.mark.parametrize("query", ["&domain=profile", "&domain=LOGIN", "&start=x", "&count=x"])
    async def test_bad_parameters_are_400(self, api: Api, query: str) -> None:
        assert (await snapshot(api, query)).status_code == 400

    async def test_totals_can_be_too_small_and_data_late(self, api: Api) -> None:
        api.world.switches["dma.total_undercount"] = "on"
        assert (await snapshot(api, "&domain=PROFILE")).json()["paging"]["total"] == 0
        api.world.switches["dma.data_delay"] = 300
        assert (await snapshot(api, "&domain=PROFILE")).status_code == 404
        api.pass_time(300)
        assert (await snapshot(api, "&domain=PROFILE")).status_code == 200

    async def test_versions_are_those_of_the_product(self, api: Api) -> None:
        answer = await snapshot(api, "&domain=PROFILE", headers={"linkedin-version": "202311"})
        assert answer.status_code == 426


class TestChanges:
    async def test_deeds_become_events(self, api: Api) -> None:
        assert (await changes(api)).json()["elements"] == []
        post = seed_post(api.world, author_urn=ADA, text="Hello", published=api.world.clock.now())
        entity = Entity(post=post)
        comment = comment_on(api.world, entity, actor=ADA, text="First")
        react(api.world, entity, actor=ADA, kind="PRAISE")
        write(api.world, author=api.world.members["ben"], to=[api.world.members["ada"]], body="Hi")
        found = (await changes(api)).json()["elements"]
        assert sorted((e["resourceName"], e["method"]) for e in found) == [
            ("messages", "CREATE"),
            ("socialActions/comments", "CREATE"),
            ("socialActions/likes", "CREATE"),
            ("ugcPosts", "CREATE"),
        ]
        message = next(e for e in found if e["resourceName"] == "messages")
        assert (message["owner"], message["actor"]) == (ADA, "urn:li:person:ben")
        assert message["activity"]["content"]["content"] == {"string": "Hi"}
        delete_comment(api.world, post, comment)
        api.pass_time(60)
        later = (await changes(api, f"&startTime={found[-1]['processedAt'] + 1}")).json()["elements"]
        assert [(e["resourceName"], e["method"], e["activity"]) for e in later] == [
            ("socialActions/comments", "DELETE", {})
        ]

    async def test_events_are_kept_four_weeks_from_the_consent_on(self, api: Api) -> None:
        await changes(api)
        write(api.world, author=api.world.members["ada"], to=[api.world.members["ben"]], body="Hi")
        api.pass_time(days=27)
        assert len((await changes(api)).json()["elements"]) == 1
        api.pass_time(days=2)
        assert (await changes(api)).json()["elements"] == []

    async def test_pages_are_linked(self, api: Api) -> None:
        await changes(api)
        for text in "abc":
            write(api.world, author=api.world.members["ada"], to=[api.world.members["ben"]], body=text)
        body = (await changes(api, "&count=2")).json()
        assert len(body["elements"]) == 2
        assert [link["rel"] for link in body["paging"]["links"]] == ["next"]
        assert len((await changes(api, "&count=2&start=2")).json()["elements"]) == 1

    @pytest.mark.parametrize("query", ["&startTime=yesterday", "&count=51", "&count=0"])
    async def test_bad_parameters_are_400(self, api: Api, query: str) -> None:
        assert (await changes(api, query)).status_code == 400


class TestAuthorizations:
    PATH = "/rest/memberAuthorizations"

    async def test_a_member_is_registered_by_the_consent(self, api: Api) -> None:
        body = (await asked(api, f"{self.PATH}?q=memberAndApplication")).json()
        assert body["elements"] == [
            {
                "memberComplianceAuthorizationKey": {
                    "developerApplication": application_urn("demo-app"),
                    "member": ADA,
                },
                "regulatedAt": to_millis(api.world.clock.now()),
                "memberComplianceScopes": ["DMA"],
            }
        ]

    @pytest.mark.parametrize("status", [201, 200])
    async def test_a_failed_registration_is_made_up_for(self, api: Api, status: int) -> None:
        api.world.switches["dma.authorization_create_status"] = str(status)
        api.world.state(Portability).unregistered.append("demo-app ada")
        assert (await asked(api, f"{self.PATH}?q=memberAndApplication")).json()["elements"] == []
        assert (await snapshot(api, "&domain=PROFILE")).status_code == 404
        assert (await asked(api, self.PATH, method="POST", json={})).status_code == status
        assert (await snapshot(api, "&domain=PROFILE")).status_code == 200

    async def test_the_body_is_mandatory(self, api: Api) -> None:
        assert (await asked(api, self.PATH, method="POST", content=b"")).status_code == 400
