"""Brands, authorizations, notifications, subscriptions, mention search, events, legacy shares."""

from datetime import timedelta
from typing import Any

import pytest

from inroad.common.clock import to_millis
from inroad.sandbox.resources.event_subscriptions.state import Subscriptions
from inroad.sandbox.resources.posts.seed import seed_post
from inroad.sandbox.resources.posts.state import Post
from inroad.sandbox.world import App, Organization, Role

from .conftest import ADA, BEN, HARBOUR, NORTHWIND, NOW, Api, encoded, input_error, text_post


@pytest.fixture
def brand(api: Api) -> Organization:
    made = Organization(
        id=70412299,
        name="Northwind Kitchens",
        vanity_name="northwind-kitchens",
        parent=90210001,
        roles=[Role(member="sBx7kQ2mWa")],
    )
    api.world.organizations[made.id] = made
    return made


class TestBrands:
    async def test_a_brand_names_its_parent(self, api: Api, brand: Organization) -> None:
        body = (await api.get("/rest/organizationBrands/70412299")).json()
        assert (body["id"], body["primaryOrganizationType"]) == (70412299, "BRAND")
        assert body["parentRelationship"]["parent"] == NORTHWIND

    async def test_batch_lookup_and_finders(self, api: Api, brand: Organization) -> None:
        batch = (await api.get("/rest/organizationBrands?ids=List(70412299,90210001)")).json()
        looked_up = (await api.get("/rest/organizationBrandsLookup?ids=List(70412299)")).json()
        named = (await api.get("/rest/organizationBrands?q=vanityName&vanityName=NORTHWIND-kitchens")).json()
        parent = encoded(NORTHWIND)
        below = (await api.get(f"/rest/organizationBrands?q=parentOrganization&parent={parent}")).json()
        children = (await api.get(f"/v2/organizations?q=parentOrganization&parent={parent}")).json()
        assert (list(batch["results"]), batch["errors"]["90210001"]["status"]) == (["70412299"], 404)
        assert "parentRelationship" not in looked_up["results"]["70412299"]
        assert [e["id"] for e in (*named["elements"], *below["elements"], *children["elements"])] == [70412299] * 3

    async def test_refusals(self, api: Api, brand: Organization) -> None:
        page = await api.get("/rest/organizationBrands/90210001")
        urn = await api.get(f"/rest/organizationBrandsLookup?ids=List({encoded('urn:li:organizationBrand:70412299')})")
        text = await api.get("/rest/organizationBrands/kitchens")
        stranger = await api.get("/rest/organizationBrands/70412299", token=api.token(member="sBx8kQ2mWb"))
        scope = await api.get("/rest/organizationBrands/70412299", token=api.token("r_organization_social"))
        parent = await api.get("/rest/organizations?q=parentOrganization&parent=urn%3Ali%3Aorganization%3A1")
        foreign = await api.get(f"/rest/organizations?q=parentOrganization&parent={encoded(HARBOUR)}")
        answers = (page, urn, text, stranger, scope, parent, foreign)
        assert [a.status_code for a in answers] == [404, 400, 400, 403, 403, 400, 403]
        assert urn.json()["message"] == "NumberFormatException parsing batch key 'urn:li:organizationBrand:70412299'"


class TestSearch:
    async def test_organizations_are_found_by_words_of_their_name(self, api: Api) -> None:
        path = "/v2/companySearch?q=search&query=works%20north&projection=(elements*(entity~(localizedName)))"
        body = (await api.get(path)).json()
        empty = await api.get("/v2/companySearch?q=search&query=''")
        scope = await api.get("/v2/companySearch?q=search&query=a", token=api.token("w_member_social"))
        assert body == {"elements": [{"entity": NORTHWIND, "entity~": {"localizedName": "Northwind Works"}}]}
        assert (empty.status_code, scope.status_code) == (400, 403)


def authorization(action: str, *, who: str = ADA, page: str = NORTHWIND) -> str:
    family = (
        "organizationContentAuthorizationAction"
        if action.startswith("ORGANIC")
        else (
            "organizationRoleAuthorizationAction"
            if action.startswith("ADMIN")
            else "organizationAnalyticsAuthorizationAction"
        )
    )
    return f"(impersonator:{encoded(who)},organization:{encoded(page)},action:({family}:(actionType:{action})))"


class TestAuthorizations:
    async def test_one_by_its_key(self, api: Api) -> None:
        body = (await api.get(f"/rest/organizationAuthorizations/{authorization('ORGANIC_SHARE_CREATE')}")).json()
        assert body == {
            "impersonator": ADA,
            "organization": NORTHWIND,
            "action": {"organizationContentAuthorizationAction": {"actionType": "ORGANIC_SHARE_CREATE"}},
            "status": {"com.linkedin.organization.Approved": {}},
        }

    @pytest.mark.parametrize(
        ("action", "approved"),
        [("ORGANIC_SHARE_EDIT", True), ("ADMINISTRATOR_WRITE", False), ("UPDATE_ANALYTICS_READ", False)],
    )
    async def test_a_role_opens_what_is_its_own(self, api: Api, action: str, approved: bool) -> None:
        token = api.token(member="sBx8kQ2mWb")  # Ben is a content administrator
        body = (await api.get(f"/rest/organizationAuthorizations/{authorization(action, who=BEN)}", token=token)).json()
        assert ("com.linkedin.organization.Approved" in body["status"]) is approved

    async def test_batches(self, api: Api) -> None:
        keys = ",".join((authorization("ORGANIC_SHARE_CREATE"), authorization("ADMINISTRATOR_READ", who=BEN)))
        body = (await api.get(f"/rest/organizationAuthorizations?ids=List({keys})")).json()
        assert ([len(body["results"])], [e["status"] for e in body["errors"].values()]) == ([1], [403])

    async def test_the_batch_finder_lists_pages_for_each_action(self, api: Api) -> None:
        actions = (
            "(authorizationAction:(organizationContentAuthorizationAction:(actionType:ORGANIC_SHARE_CREATE))),"
            "(OrganizationRoleAuthorizationAction:(actionType:ADMINISTRATOR_READ))"
        )
        path = "/rest/organizationAuthorizations?bq=authorizationActionsAndImpersonator&authorizationActions="
        body = (await api.get(f"{path}List({actions})")).json()
        assert [[e["organization"] for e in part["elements"]] for part in body["elements"]] == [[NORTHWIND]] * 2

    async def test_refusals(self, api: Api) -> None:
        path = "/rest/organizationAuthorizations"
        other = await api.get(f"{path}/{authorization('ORGANIC_SHARE_CREATE', who=BEN)}")
        unknown = await api.get(f"{path}/{authorization('ORGANIC_SHARE_LIKE')}")
        page = await api.get(f"{path}/{authorization('ORGANIC_SHARE_EDIT', page='urn:li:organization:1')}")
        key = await api.get(f"{path}/(organization:x)")
        missing = await api.get(f"{path}?bq=authorizationActionsAndImpersonator")
        scope = await api.get(f"{path}/{authorization('ORGANIC_SHARE_EDIT')}", token=api.token("w_member_social"))
        assert [a.status_code for a in (other, unknown, page, key, missing, scope)] == [403, 400, 404, 400, 400, 403]


@pytest.fixture
def post(api: Api) -> Post:
    return seed_post(api.world, author_urn=NORTHWIND, text="Open day", published=NOW)


def notifications(*more: str) -> str:
    return "&".join(
        (
            f"/rest/organizationalEntityNotifications?q=criteria&organizationalEntity={encoded(NORTHWIND)}",
            *more,
        )
    )


class TestNotifications:
    async def test_every_deed_is_told_newest_first(self, api: Api, post: Post) -> None:
        thread = f"/rest/socialActions/{encoded(post.urn)}/comments"
        ben = api.token(member="sBx8kQ2mWb")
        await api.post(f"/rest/reactions?actor={encoded(BEN)}", {"root": post.urn, "reactionType": "PRAISE"}, token=ben)
        said = await api.post(thread, {"actor": BEN, "message": {"text": "Parking?"}}, token=ben)
        await api.post(thread, {"actor": NORTHWIND, "message": {"text": "Yes"}})
        edit = {"patch": {"message": {"$set": {"text": "Is there parking?"}}}}
        await api.patch(f"{thread}/{said.json()['id']}", edit, token=ben)
        await api.send("DELETE", f"{thread}/{said.json()['id']}", token=ben)
        await api.post("/rest/posts", text_post("Worth a read", reshareContext={"parent": post.urn}))
        await api.post("/rest/posts", text_post("With @[Northwind Works](urn:li:organization:90210001)"))
        found = (await api.get(notifications("count=20"))).json()["elements"]
        assert [n["action"] for n in found] == [
            "SHARE_MENTION",
            "SHARE",
            "COMMENT_DELETE",
            "COMMENT_EDIT",
            "ADMIN_COMMENT",
            "COMMENT",
            "LIKE",
        ]
        comment = found[5]
        assert comment["generatedActivity"] == said.json()["commentUrn"]
        assert (comment["sourcePost"], comment["subscriber"]) == (post.urn, ADA)
        assert comment["lastModifiedAt"] == to_millis(NOW)
        assert comment["decoratedSourcePost"] == {
            "entity": post.urn,
            "owner": NORTHWIND,
            "text": "Open day",
            "mediaCategory": "NONE",
        }
        assert comment["decoratedGeneratedActivity"]["comment"]["text"] == "Parking?"
        assert found[6]["generatedActivity"] == f"urn:li:reaction:({BEN},urn:li:activity:{post.activity})"
        assert "decoratedGeneratedActivity" not in found[6]
        assert len({n["notificationId"] for n in found}) == 7

    async def test_they_are_narrowed_and_kept_for_sixty_days(self, api: Api, post: Post) -> None:
        thread = f"/rest/socialActions/{encoded(post.urn)}/comments"
        await api.post(thread, {"actor": ADA, "message": {"text": "a"}})
        api.pass_time(3600)
        await api.post(f"/rest/reactions?actor={encoded(ADA)}", {"root": post.urn, "reactionType": "LIKE"})
        only = (await api.get(notifications("actions=List(COMMENT)"))).json()["elements"]
        late = (await api.get(notifications(f"timeRange=(start:{to_millis(NOW) + 1})"))).json()["elements"]
        source = (await api.get(notifications(f"sourcePost={encoded(post.urn)}"))).json()["elements"]
        api.world.clock.advance(timedelta(days=60))
        gone = (await api.get(notifications())).json()["elements"]
        assert [[n["action"] for n in found] for found in (only, late, source, gone)] == [
            ["COMMENT"],
            ["LIKE"],
            ["LIKE", "COMMENT"],
            [],
        ]

    async def test_refusals(self, api: Api) -> None:
        action = await api.get(notifications("actions=List(FOLLOW)"))
        source = await api.get(notifications("sourcePost=urn%3Ali%3Ashare%3A1"))
        time = await api.get(notifications("timeRange=(start:now)"))
        entity = await api.get("/rest/organizationalEntityNotifications?q=criteria")
        stranger = await api.get(notifications(), token=api.token(member="sBx8kQ2mWb"))
        scope = await api.get(notifications(), token=api.token("r_organization_social_feed"))
        assert [a.status_code for a in (action, source, time, entity, stranger, scope)] == [
            400,
            400,
            400,
            400,
            403,
            403,
        ]


KEY = (
    f"(developerApplication:{encoded('urn:li:developerApplication:5001')},user:{encoded(ADA)},"
    f"entity:{encoded(NORTHWIND)},eventType:ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS)"
)
HOOK = {"webhook": "https://hooks.example.test/linkedin"}


class TestSubscriptions:
    async def put(self, api: Api, key: str = KEY, body: Any = HOOK, **more: Any) -> Any:
        return await api.send("PUT", f"/rest/eventSubscriptions/{key}", json=body, **more)

    async def test_one_is_made_read_found_and_ended(self, api: Api) -> None:
        made = await self.put(api)
        read = (await api.get(f"/rest/eventSubscriptions/{KEY}")).json()
        finder = "/v2/eventSubscriptions?q=subscriberAndEventType&eventType=ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"
        listed = (await api.get(finder)).json()["elements"]
        gone = await api.send("DELETE", f"/rest/eventSubscriptions/{KEY}")
        again = await api.get(f"/rest/eventSubscriptions/{KEY}")
        assert (made.status_code, gone.status_code, again.status_code) == (204, 204, 404)
        assert read == {
            "developerApplication": "urn:li:developerApplication:5001",
            "user": ADA,
            "entity": NORTHWIND,
            "eventType": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS",
            "webhook": HOOK["webhook"],
            "expiresAt": to_millis(NOW + timedelta(days=365)),
        }
        assert listed == [read]

    async def test_the_key_may_carry_raw_urns(self, api: Api) -> None:
        raw = KEY.replace("%3A", ":")
        assert (await self.put(api, raw)).status_code == 204
        assert len(api.world.state(Subscriptions).of_page(90210001, NOW)) == 1

    async def test_again_replaces_the_address(self, api: Api) -> None:
        await self.put(api)
        await self.put(api, body={"webhook": "https://hooks.example.test/second"})
        (kept,) = api.world.state(Subscriptions).by_key.values()
        assert kept.webhook.endswith("/second")

    async def test_the_key_is_echoed_by_switch(self, api: Api) -> None:
        await self.put(api)
        api.world.switches["subscriptions.echo_key"] = "false"
        assert set((await api.get(f"/rest/eventSubscriptions/{KEY}")).json()) == {"webhook", "expiresAt"}

    async def test_refusals(self, api: Api) -> None:
        api.world.apps["small"] = App(
            client_id="small", client_secret="not-a-real-one", name="small", scopes=["*"], tier="development"
        )
        small = api.token("rw_organization_admin", app="small")
        ada_there = f"urn:li:person:{api.world.scoped_id('small', 'sBx7kQ2mWa')}"
        development = await self.put(api, KEY.replace(encoded(ADA), encoded(ada_there)), token=small)
        other = await self.put(api, KEY.replace(encoded(ADA), encoded(BEN)))
        page = await self.put(api, KEY.replace(encoded(NORTHWIND), encoded(HARBOUR)))
        unknown = await self.put(api, KEY.replace("90210001", "1"))
        kind = await self.put(api, KEY.replace("ORGANIZATION_SOCIAL", "LEAD"))
        address = await self.put(api, body={"webhook": "hooks.example.test"})
        schema = await self.put(api, body={"url": "https://hooks.example.test"})
        scope = await self.put(api, token=api.token("w_organization_social"))
        answers = (development, other, page, unknown, kind, address, schema, scope)
        assert [a.status_code for a in answers] == [403, 403, 403, 404, 400, 400, 422, 403]
        missing = await api.get("/rest/eventSubscriptions?q=subscriberAndEventType")
        assert missing.json() == {"message": "Parameter 'eventType' is required", "status": 400}


class TestMentions:
    async def test_followers_are_found_by_the_beginning_of_a_name(self, api: Api) -> None:
        path = f"/rest/peopleTypeahead?q=organizationFollowers&organization={encoded(NORTHWIND)}&keywords="
        first, last, both = [
            (await api.get(f"{path}{words}")).json()["elements"] for words in ("ad", "oka", "Ada%20Okafor")
        ]
        assert first == last == both
        assert first == [
            {
                "member": ADA,
                "firstName": "Ada",
                "lastName": "Okafor",
                "headline": "Data engineer",
                "photo": "urn:li:image:C5603AQEada",
            }
        ]
        assert (await api.get(f"{path}kafor")).json()["elements"] == []

    async def test_a_profiles_address_leads_to_its_member(self, api: Api) -> None:
        path = f"/rest/vanityUrl?q=vanityUrlAsOrganization&organization={encoded(NORTHWIND)}&vanityUrl="
        address = encoded("https://www.linkedin.com/in/Ada-Okafor")
        assert (await api.get(f"{path}{address}")).json()["elements"] == [{"member": ADA}]
        unknown = await api.get(f"{path}{encoded('https://www.linkedin.com/in/nobody')}")
        other = await api.get(f"{path}{encoded('https://www.linkedin.com/company/x')}")
        assert (unknown.status_code, other.status_code) == (404, 400)

    @pytest.mark.parametrize("keywords", ["A%20O", "a.b", "a%20b%20cdef"])
    async def test_words_that_are_too_short_are_400(self, api: Api, keywords: str) -> None:
        path = f"/rest/peopleTypeahead?q=organizationFollowers&organization={encoded(NORTHWIND)}&keywords={keywords}"
        assert input_error(await api.get(path))["code"] == "PARAM_INVALID"

    async def test_refusals(self, api: Api) -> None:
        path = "/rest/peopleTypeahead?q=organizationFollowers&keywords=ada&organization="
        foreign = await api.get(f"{path}{encoded(HARBOUR)}")
        unknown = await api.get(f"{path}urn%3Ali%3Aorganization%3A1")
        role = await api.get(f"{path}{encoded(NORTHWIND)}", token=api.token(member="sBx8kQ2mWb"))
        scope = await api.get(f"{path}{encoded(NORTHWIND)}", token=api.token("rw_organization_admin"))
        connections = await api.get("/rest/peopleTypeahead?q=memberConnections&keywords=ada")
        assert [a.status_code for a in (foreign, unknown, role, scope, connections)] == [403, 400, 403, 403, 404]


EVENT = {
    "name": "Finishing workshop",
    "organizer": NORTHWIND,
    "type": "ONLINE_EXTERNAL",
    "startsAt": to_millis(NOW) + 86_400_000,
    "endsAt": to_millis(NOW) + 90_000_000,
    "url": "https://example.org/finishing",
    "description": "Oil, wax and patience",
}


class TestEvents:
    @pytest.fixture(autouse=True)
    def _offered(self, api: Api) -> None:
        api.world.switches["events.enabled"] = "on"

    async def test_one_is_made_read_changed_and_listed(self, api: Api) -> None:
        made = await api.post("/rest/events", EVENT)
        key = made.headers["x-restli-id"]
        changed = await api.patch(f"/rest/events/{key}", {"patch": {"$set": {"name": "Oil", "isCancelled": True}}})
        body = (await api.get(f"/rest/events/{key}")).json()
        path = f"/rest/events?q=eventsByOrganizer&organizer={encoded(NORTHWIND)}"
        listed = (await api.get(path)).json()
        without = (await api.get(f"{path}&excludeCancelled=true")).json()
        assert (made.status_code, changed.status_code) == (201, 204)
        assert body["name"]["localized"] == {"en_US": "Oil"}
        assert (body["id"], body["organizer"], body["created"]["actor"]) == (int(key), NORTHWIND, ADA)
        assert body["timeRangeV2"] == {"startAt": EVENT["startsAt"], "endsAt": EVENT["endsAt"]}
        assert body["externalUrl"] == EVENT["url"]
        assert ([e["id"] for e in listed["elements"]], without["elements"]) == ([int(key)], [])

    async def test_an_end_is_required_since_202605(self, api: Api) -> None:
        body = {n: v for n, v in EVENT.items() if n != "endsAt"}
        old = await api.post("/rest/events", body, headers={"linkedin-version": "202604"})
        new = await api.post("/rest/events", body, headers={"linkedin-version": "202605"})
        assert (old.status_code, input_error(new)["code"]) == (201, "MISSING_FIELD")

    async def test_refusals(self, api: Api) -> None:
        foreign = await api.post("/rest/events", {**EVENT, "organizer": HARBOUR})
        symbol = await api.post("/rest/events", {**EVENT, "type": "HYBRID"})
        order = await api.post("/rest/events", {**EVENT, "endsAt": 1})
        url = await api.post("/rest/events", {n: v for n, v in EVENT.items() if n != "url"})
        unknown = await api.get("/rest/events/7")
        scope = await api.post("/rest/events", EVENT, token=api.token("r_events"))
        organizer = await api.get("/rest/events?q=eventsByOrganizer&organizer=urn%3Ali%3Aorganization%3A1")
        answers = (foreign, symbol, order, url, unknown, scope, organizer)
        assert [a.status_code for a in answers] == [403, 422, 400, 400, 404, 403, 400]

    async def test_without_the_switch_there_is_nothing(self, api: Api) -> None:
        api.world.switches["events.enabled"] = "off"
        answer = await api.post("/rest/events", EVENT)
        assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")


SHARE = {
    "owner": NORTHWIND,
    "text": {"text": "New bench, old oak"},
    "subject": "Bench",
    "content": {
        "title": "Oak or ash?",
        "contentEntities": [
            {
                "entityLocation": "https://example.org/oak",
                "thumbnails": [{"resolvedUrl": "https://example.org/oak.jpg"}],
            }
        ],
    },
    "distribution": {"linkedInDistributionTarget": {"visibleToGuest": True}},
}


class TestShares:
    async def test_one_is_made_and_read_by_every_generation(self, api: Api) -> None:
        made = await api.post("/v2/shares", SHARE)
        key = made.headers["x-restli-id"]
        read = (await api.get(f"/v2/shares/{key}")).json()
        newer = (await api.get(f"/rest/posts/{encoded(f'urn:li:share:{key}')}")).json()
        stamp = {"actor": ADA, "time": to_millis(NOW)}
        assert made.status_code == 201
        assert made.json() == read
        assert read == {
            "id": key,
            "activity": read["activity"],
            "owner": NORTHWIND,
            "text": {"text": "New bench, old oak"},
            "content": {"title": "Oak or ash?", "contentEntities": [{"entityLocation": "https://example.org/oak"}]},
            "distribution": {"linkedInDistributionTarget": {"visibleToGuest": True}},
            "created": stamp,
            "lastModified": stamp,
        }
        assert newer["content"]["article"]["source"] == "https://example.org/oak"

    async def test_they_are_listed_by_owner(self, api: Api) -> None:
        for text in ("one", "two", "three"):
            await api.post("/v2/shares", {**SHARE, "text": {"text": text}})
            api.pass_time(1)
        path = f"/v2/shares?q=owners&owners={encoded(NORTHWIND)}"
        every = (await api.get(path)).json()
        two = (await api.get(f"{path}&sharesPerOwner=2&count=50")).json()
        assert [e["text"]["text"] for e in every["elements"]] == ["three", "two", "one"]
        assert len(two["elements"]) == 2

    async def test_a_reshare_an_image_and_connections_only(self, api: Api) -> None:
        first = (await api.post("/v2/shares", SHARE)).headers["x-restli-id"]
        parent = f"urn:li:share:{first}"
        bare = {n: v for n, v in SHARE.items() if n != "content"}
        again = await api.post("/v2/shares", {**bare, "owner": ADA, "resharedShare": parent})
        asset = (await api.image()).replace("image", "digitalmediaAsset")
        with_image = await api.post(
            "/v2/shares",
            {
                **bare,
                "owner": ADA,
                "content": {"contentEntities": [{"entity": asset}]},
                "distribution": {"linkedInDistributionTarget": {"connectionsOnly": True}},
            },
        )
        assert again.json()["resharedShare"] == parent
        assert with_image.json()["content"] == {"contentEntities": [{"entity": asset}]}
        assert with_image.json()["distribution"] == {"linkedInDistributionTarget": {"connectionsOnly": True}}

    async def test_deletes_are_repeatable(self, api: Api) -> None:
        key = (await api.post("/v2/shares", SHARE)).headers["x-restli-id"]
        statuses = [(await api.send("DELETE", f"/v2/shares/{key}")).status_code for _ in "ab"]
        assert statuses == [204, 204]
        assert (await api.get(f"/v2/shares/{key}")).status_code == 404

    async def test_refusals(self, api: Api) -> None:
        await api.post("/v2/shares", SHARE)
        duplicate = await api.post("/v2/shares", SHARE)
        owner = await api.post("/v2/shares", {**SHARE, "owner": BEN})
        schema = await api.post("/v2/shares", {"owner": ADA})
        blank = await api.post("/v2/shares", {"owner": ADA, "text": {"text": ""}, "distribution": {}})
        long = await api.post("/v2/shares", {"owner": ADA, "text": {"text": "x" * 3001}, "distribution": {}})
        address = await api.post("/v2/shares", {**SHARE, "content": {"contentEntities": [{"entityLocation": "oak"}]}})
        asset = await api.post(
            "/v2/shares", {**SHARE, "content": {"contentEntities": [{"entity": "urn:li:digitalmediaAsset:x"}]}}
        )
        unknown = await api.get("/v2/shares/7")
        owners = await api.get("/v2/shares?q=owners")
        scope = await api.post("/v2/shares", SHARE, token=api.token("profile"))
        answers = (duplicate, owner, schema, blank, long, address, asset, unknown, owners, scope)
        assert [a.status_code for a in answers] == [422, 403, 422, 400, 400, 400, 400, 404, 400, 403]
        assert input_error(duplicate)["code"] == "DUPLICATE_POST"
