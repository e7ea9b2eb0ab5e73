"""The levers of webhooks and jobs over HTTP, and delivery while the application runs."""

import asyncio

import pytest

from inroad.sandbox.app import create_app
from inroad.sandbox.resources.organizational_entity_notifications.state import notify
from inroad.sandbox.webhooks.seed import subscribe_to_page
from sandbox.partnership import Api, child_of, receiving


async def post(api: Api, path: str, body=None):
    return await api.client.post(f"/sandbox{path}", json=body or {})


def happens(api: Api) -> None:
    notify(
        api.world,
        organization=90210001,
        action="LIKE",
        source_post="urn:li:share:1",
        generated="urn:li:reaction:(urn:li:person:ben,urn:li:activity:1)",
        actor="urn:li:person:ben",
    )


async def test_the_portals_tab_registers_over_http(api: Api, receiver) -> None:
    good = await post(api, "/webhooks", {"app": "demo-app", "family": "social_action", "url": receiver.url})
    assert (good.status_code, good.json()["state"]) == (201, "VALIDATED")
    again = await post(api, "/webhooks/revalidate", {"id": good.json()["id"]})
    assert again.json()["state"] == "VALIDATED"
    listed = (await api.client.get("/sandbox/webhooks")).json()
    assert [hook["url"] for hook in listed["webhooks"]] == [receiver.url]


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/webhooks", {"app": "demo-app", "family": "gossip", "url": "https://x.example.test"}, "no family"),
        ("/webhooks", {"app": "nobody", "family": "social_action", "url": "https://x.example.test"}, "no app"),
        ("/webhooks", {"app": "demo-app", "family": "social_action", "url": "http://127.0.0.1:1/"}, "challenge check"),
        ("/webhooks", {"app": "demo-app", "family": "social_action"}, "url must be a text"),
        ("/webhooks/revalidate", {"id": "none"}, "no webhook"),
        ("/webhooks/mischief", {"lose": "all"}, "mischief"),
        ("/webhooks/deliveries/7/redeliver", {}, "no delivery"),
        ("/jobs/apply", {"external_id": "none"}, "no job"),
        ("/jobs/apply", {"external_id": "x", "member": "nobody"}, "no member"),
        ("/jobs/resync", {"app": "nobody"}, "no app"),
        ("/jobs/failures", {"kinds": ["weather"]}, "no failure"),
        ("/jobs/failures", {"kinds": "trust"}, "list of texts"),
    ],
)
async def test_bad_input_is_told(api: Api, path: str, body, problem: str) -> None:
    answer = await post(api, path, body)
    assert answer.status_code == 400
    assert problem in answer.json()["error"]


async def test_the_log_is_narrowed_and_sent_again(api: Api, receiver) -> None:
    subscribe_to_page(api.world, api.world.organizations[90210001], app="demo-app", url=receiver.url)
    await post(api, "/webhooks/mischief", {"lose": 1})
    happens(api)
    assert (await post(api, "/webhooks/deliver")).json() == {"sent": 1}
    log = (await api.client.get("/sandbox/webhooks/deliveries?state=lost&app=demo-app")).json()["deliveries"]
    assert len(log) == 1
    again = await post(api, f"/webhooks/deliveries/{log[0]['id']}/redeliver")
    assert again.json()["state"] == "delivered"
    assert len(receiver.received) == 1
    assert (await api.client.get("/sandbox/webhooks/deliveries?after=1")).json() == {"deliveries": []}
    assert (await api.client.get("/sandbox/webhooks/deliveries?after=x")).status_code == 400


async def test_jobs_are_applied_to_failed_and_taken_down(api: Api) -> None:
    child = child_of(api.world)
    with receiving(child.client_secret) as receiver:
        await post(api, "/jobs/failures", {"kinds": ["payment"]})
        onsite = {"jobApplicationWebhookUrl": receiver.url}
        assert (await api.list_job(child.client_id, onsiteApplyConfiguration=onsite))["status"] == "FAILED"
        assert (await api.list_job(child.client_id, onsiteApplyConfiguration=onsite))["status"] == "SUCCEEDED"
        made = await post(api, "/jobs/apply", {"external_id": "NW-1", "member": "ben"})
        assert made.status_code == 201
        await post(api, "/webhooks/deliver")
        assert receiver.received[0]["type"] == "EXPORT_JOB_APPLICATION"
        (shown,) = (await api.client.get("/sandbox/jobs")).json()["jobs"]
        assert (shown["applications"], shown["linkedInApplyStatus"]) == (1, "ENABLED")
        down = await post(api, "/jobs/take-down", {"external_id": "NW-1"})
        assert down.json()["listingStatus"] == "NOT_LISTED"
        refused = await post(api, "/jobs/apply", {"external_id": "NW-1"})
        assert "is not listed" in refused.json()["error"]
        assert (await post(api, "/jobs/resync", {"app": child.client_id})).json() == {"webhooks": 0}


async def test_events_are_delivered_while_the_application_runs(api: Api, receiver) -> None:
    subscribe_to_page(api.world, api.world.organizations[90210001], app="demo-app", url=receiver.url)
    happens(api)
    app = create_app(api.world)
    async with app.router.lifespan_context(app):
        async with asyncio.timeout(20):
            await asyncio.to_thread(receiver.has_received.wait)
    assert receiver.received[0]["notifications"][0]["action"] == "LIKE"
