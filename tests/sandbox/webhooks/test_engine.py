"""Challenges, signatures, retries, batches, and what goes wrong on purpose, all on the world's clock."""

import hashlib
import hmac
import json
from typing import ClassVar

import pytest

from inroad.sandbox.oauth.tokens import revoke_consent
from inroad.sandbox.resources.event_subscriptions.state import Subscriptions
from inroad.sandbox.resources.jobs.state import Jobs
from inroad.sandbox.resources.jobs.tasks import ask_for_resync, take_down
from inroad.sandbox.resources.organizational_entity_notifications.state import notify
from inroad.sandbox.webhooks.addresses import address_problem
from inroad.sandbox.webhooks.engine import deliver_due
from inroad.sandbox.webhooks.registration import ChallengeFailed, register
from inroad.sandbox.webhooks.signature import digest, signature, written
from inroad.sandbox.webhooks.state import Webhooks
from inroad.sandbox.world import World
from sandbox.partnership import ADA, NORTHWIND, NOW, Api, child_of, job, receiving

KEY = (
    "(developerApplication:urn%3Ali%3AdeveloperApplication%3A5001,user:urn%3Ali%3Aperson%3Aada,"
    "entity:urn%3Ali%3Aorganization%3A90210001,eventType:ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS)"
)


async def subscribed(api: Api, url: str) -> None:
    answer = await api.send(
        "PUT",
        f"/rest/eventSubscriptions/{KEY}",
        app="demo-app",
        member="ada",
        scopes="rw_organization_admin",
        json={"webhook": url},
        headers={"x-restli-protocol-version": "2.0.0", "linkedin-version": "202610"},
    )
    assert answer.status_code == 204, answer.text


def happens(world: World, text: str = "Nice", *, action="COMMENT", is_public: bool = True) -> None:
    notify(
        world,
        organization=90210001,
        action=action,
        source_post="urn:li:share:7300000000000000000",
        generated="urn:li:comment:(urn:li:activity:73,99)",
        actor="urn:li:person:ben",
        text=text,
        is_public=is_public,
    )


def states(world: World) -> list[str]:
    return [d.state for d in world.state(Webhooks).deliveries.values()]


class TestSignature:
    SECRET = "sandbox-client-secret-7Qm"
    CAFE: ClassVar = {"text": "caf\u00e9"}

    def test_digests_are_those_of_the_documentation(self) -> None:
        lead = {"type": "LEAD_ACTION", "leadAction": "CREATED", "occurredAt": 1763900000000}
        assert digest(self.SECRET, b"5f2d3c1e-8a4b-4c6d-9e0f-1a2b3c4d5e6f") == (
            "b637afc9a6f3a89e11b2d4bc0c03817bc138ce387b69125735cae415b246e36b"
        )
        assert signature(self.SECRET, lead, mode="raw") == (
            "37a8f842e1c80d59b5f6605a031c3fbd259d6f66e3289bd2c39f2247ea747a6c"
        )
        assert signature(self.SECRET, self.CAFE, mode="raw_utf8") == (
            "1536aac6a11699bc57a0c9a870134dcf960b7d2a67b3ed0f4ec671009b046b82"
        )
        assert signature(self.SECRET, self.CAFE, mode="escaped_over_utf8") == (
            "6430e45ad013a8934656c8d08bc72be68995e7a239e62ecfc5c13eaf77065b42"
        )

    def test_bodies_are_ascii_unless_the_mode_says_otherwise(self) -> None:
        assert written(self.CAFE, mode="raw") == b'{"text":"caf\\u00e9"}'
        assert written(self.CAFE, mode="escaped_over_utf8") == b'{"text":"caf\xc3\xa9"}'
        wrong = hmac.new(self.SECRET.encode(), b"hmacsha256=" + written(self.CAFE, mode="invalid"), hashlib.sha256)
        assert signature(self.SECRET, self.CAFE, mode="invalid") != wrong.hexdigest()


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "fault"),
        [
            ("https://hooks.example.test/x", ""),
            ("http://127.0.0.1:8000/x", ""),
            ("http://hooks.example.test/x", "HTTPS"),
            ("https://abc.ngrok-free.app/x", "tunnel"),
            ("nowhere", "not a valid URL"),
            ("https://[::1/x", "not a valid URL"),
        ],
    )
    def test_address(self, world: World, url: str, fault: str) -> None:
        problem = address_problem(url, world.switches)
        assert fault in problem
        assert bool(problem) == bool(fault)

    def test_plain_http_on_this_machine_is_a_switch(self, world: World) -> None:
        world.switches["webhooks.loopback_http"] = "refuse"
        assert "HTTPS" in address_problem("http://localhost/x", world.switches)


class TestRegistration:
    def test_the_portal_registers_what_passes_its_challenge(self, world: World, receiver) -> None:
        hook = register(world, client_id="demo-app", family="social_action", url=f"{receiver.url}?a=1")
        assert (hook.state, receiver.challenges[0]["a"]) == ("VALIDATED", ["1"])
        assert "applicationId" not in receiver.challenges[0]

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"secrets": ["other"]}, "not the hash"),
            ({"content_type": "text/plain"}, "instead of application/json"),
            ({"challenge_status": 204}, "204 instead of 200"),
            ({"challenge_status": 302}, "302 instead of 200"),
        ],
    )
    def test_a_failed_challenge_registers_nothing(self, world: World, receiver, change, problem: str) -> None:
        for name, value in change.items():
            setattr(receiver, name, value)
        with pytest.raises(ChallengeFailed, match=problem) as caught:
            register(world, client_id="demo-app", family="social_action", url=receiver.url)
        assert str(caught.value).startswith("This URL did not pass the security challenge check")
        assert not world.state(Webhooks).hooks

    def test_nobody_there_is_a_failed_challenge(self, world: World) -> None:
        with pytest.raises(ChallengeFailed):
            register(world, client_id="demo-app", family="social_action", url="http://127.0.0.1:1/x")

    def test_one_webhook_of_a_family_for_an_app(self, world: World, receiver) -> None:
        for path in ("a", "b"):
            register(world, client_id="demo-app", family="job_status", url=f"{receiver.url}/{path}")
        assert [h.url for h in world.state(Webhooks).hooks.values()] == [f"{receiver.url}/b"]

    @pytest.mark.parametrize(("app", "family"), [("nobody", "social_action"), ("demo-app", "lead")])
    def test_unknown_apps_and_families_are_refused(self, world: World, app, family) -> None:
        with pytest.raises(ValueError, match=r"no app|the portal registers"):
            register(world, client_id=app, family=family, url="https://x.example.test")


class TestChallenges:
    async def test_every_two_hours_and_three_misses_block(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        await deliver_due(api.world)
        (hook,) = api.world.state(Webhooks).hooks.values()
        assert (hook.state, len(receiver.challenges)) == ("VALIDATED", 1)
        api.pass_time(hours=1.99)
        await deliver_due(api.world)
        assert len(receiver.challenges) == 1
        receiver.secrets = ["lost"]
        for state in ("VALIDATED", "VALIDATED", "BLOCKED"):
            api.pass_time(hours=2)
            await deliver_due(api.world)
            assert hook.state == state
        happens(api.world)
        await deliver_due(api.world)
        assert states(api.world) == ["withheld"]
        assert receiver.received == []

    async def test_one_long_step_of_the_clock_blocks_too(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        await deliver_due(api.world)
        receiver.challenge_status = 500
        api.pass_time(days=75)
        await deliver_due(api.world)
        assert len(receiver.challenges) == 4
        assert next(iter(api.world.state(Webhooks).hooks.values())).state == "BLOCKED"

    async def test_one_success_stands_for_a_long_time(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        await deliver_due(api.world)
        api.pass_time(days=75)
        await deliver_due(api.world)
        assert len(receiver.challenges) == 2
        api.pass_time(hours=2)
        await deliver_due(api.world)
        assert len(receiver.challenges) == 3

    async def test_hooks_go_with_their_subscription(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        await deliver_due(api.world)
        api.world.state(Subscriptions).by_key.clear()
        await deliver_due(api.world)
        assert not api.world.state(Webhooks).hooks


class TestSocialActions:
    async def test_a_comment_is_told_and_signed(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        happens(api.world)
        await deliver_due(api.world)
        (body,) = receiver.received
        (told,) = body["notifications"]
        assert body["type"] == "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"
        assert told["generatedActivity"] == "urn:li:comment:(activity:73,99)"
        assert told["decoratedGeneratedActivity"]["comment"]["entity"] == "urn:li:comment:(urn:li:activity:73,99)"
        assert (told["organizationalEntity"], told["subscriber"]) == (NORTHWIND, ADA)
        assert receiver.signatures == [receiver.hash("hmacsha256=" + receiver.raw[0].decode())]

    async def test_ten_at_most_are_in_a_post(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        for _ in range(23):
            happens(api.world)
        await deliver_due(api.world)
        assert [len(body["notifications"]) for body in receiver.received] == [10, 10, 3]

    async def test_nothing_is_told_twice(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        happens(api.world)
        await deliver_due(api.world)
        await deliver_due(api.world)
        happens(api.world, "Second")
        await deliver_due(api.world)
        texts = [
            n["decoratedGeneratedActivity"]["comment"]["text"] for b in receiver.received for n in b["notifications"]
        ]
        assert texts == ["Nice", "Second"]

    async def test_posts_for_connections_are_not_told(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        happens(api.world, is_public=False)
        await deliver_due(api.world)
        assert receiver.received == []

    async def test_the_past_is_not_told(self, api: Api, receiver) -> None:
        happens(api.world)
        api.pass_time(60)
        await subscribed(api, receiver.url)
        await deliver_due(api.world)
        assert receiver.received == []

    async def test_the_development_tier_is_not_told(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        api.world.apps["demo-app"].tier = "development"
        happens(api.world)
        await deliver_due(api.world)
        assert receiver.received == []

    async def test_every_five_minutes_for_eight_hours(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        await deliver_due(api.world)
        receiver.statuses = [500] * 200
        happens(api.world)
        api.pass_time(hours=8, seconds=1)
        await deliver_due(api.world)
        (delivery,) = api.world.state(Webhooks).deliveries.values()
        assert (len(delivery.attempts), delivery.state) == (96, "dropped")
        assert delivery.created_at == NOW
        assert (delivery.attempts[1].at - delivery.attempts[0].at).total_seconds() == 300

    async def test_a_later_try_can_succeed(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        receiver.statuses = [503, 204]
        happens(api.world)
        await deliver_due(api.world)
        assert states(api.world) == ["waiting"]
        api.pass_time(300)
        await deliver_due(api.world)
        (delivery,) = api.world.state(Webhooks).deliveries.values()
        assert ([a.status for a in delivery.attempts], delivery.state) == ([503, 204], "delivered")

    async def test_who_lost_the_role_or_took_the_grant_back_is_skipped(self, api: Api, receiver) -> None:
        for take_away in ("role", "grant"):
            await subscribed(api, receiver.url)
            happens(api.world)
            if take_away == "role":
                api.world.organizations[90210001].roles[0].role = "ANALYST"
            else:
                revoke_consent(api.world, client_id="demo-app", member_id="ada")
            await deliver_due(api.world)
            assert states(api.world)[-1] == "skipped"
            assert not api.world.state(Subscriptions).by_key
            api.world.organizations[90210001].roles[0].role = "ADMINISTRATOR"
        assert receiver.received == []


class TestMischief:
    async def test_duplicates_losses_and_another_order(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        mischief = api.world.state(Webhooks).mischief
        for kind, text in (("duplicate", "one"), ("lose", "two"), ("reorder", "three"), ("", "four")):
            if kind:
                setattr(mischief, kind, 1)
            happens(api.world, text)
            await deliver_due(api.world)
        api.pass_time(90)
        await deliver_due(api.world)
        texts = [b["notifications"][0]["decoratedGeneratedActivity"]["comment"]["text"] for b in receiver.received]
        assert texts == ["one", "one", "four", "three"]
        assert receiver.received[0] == receiver.received[1]
        assert states(api.world) == ["delivered", "delivered", "lost", "delivered", "delivered"]

    @pytest.mark.parametrize("mode", ["raw_utf8", "escaped_over_utf8", "invalid"])
    async def test_signature_modes_reach_the_wire(self, api: Api, receiver, mode: str) -> None:
        api.world.switches["webhooks.signature_mode"] = mode
        await subscribed(api, receiver.url)
        happens(api.world, "caf\u00e9")
        await deliver_due(api.world)
        raw = receiver.raw[0]
        escaped = json.dumps(json.loads(raw), separators=(",", ":"))
        over = {"raw_utf8": raw.decode(), "escaped_over_utf8": escaped}.get(mode)
        if over is None:
            assert receiver.signatures[0] != receiver.hash("hmacsha256=" + raw.decode())
        else:
            assert ("caf\u00e9".encode() in raw, receiver.signatures[0]) == (True, receiver.hash("hmacsha256=" + over))

    async def test_a_saved_world_still_owes_what_it_owed(self, api: Api, receiver) -> None:
        await subscribed(api, receiver.url)
        receiver.statuses = [500]
        happens(api.world)
        await deliver_due(api.world)
        again = World.from_document(api.world.to_document())
        again.clock.frozen_at = NOW.replace(hour=10)
        await deliver_due(again)
        assert len(receiver.received) == 2
        assert states(again) == ["delivered"]


class TestJobStatus:
    async def test_changed_listings_are_told_to_the_parent(self, api: Api) -> None:
        child = child_of(api.world).client_id
        with receiving("partner-secret") as receiver:
            register(api.world, client_id="partner", family="job_status", url=receiver.url)
            await api.list_job(child)
            await deliver_due(api.world)
            await api.post_jobs(child, job(operation="CLOSE"))
            api.pass_time(1)
            await deliver_due(api.world)
            assert [b["listingStatus"] for b in receiver.received] == ["LISTED", "NOT_LISTED"]
            first = receiver.received[0]
            assert (first["type"], first["externalJobPostingId"]) == ("JOB_POSTING_STATUS", "NW-1")
            assert first["developerApplicationUrn"].startswith("urn:li:developerApplication:")
            assert first["jobPostingInfo"]["alternateLocations"] == []
            assert receiver.signatures[0] == receiver.hash("hmacsha256=" + receiver.raw[0].decode())

    async def test_jobs_end_by_time_and_by_linkedin(self, api: Api) -> None:
        child = child_of(api.world).client_id
        with receiving("partner-secret") as receiver:
            register(api.world, client_id="partner", family="job_status", url=receiver.url)
            for number in ("NW-1", "NW-2"):
                await api.list_job(child, number)
            found = api.world.state(Jobs).find(child, "NW-2")
            assert found is not None
            take_down(api.world, found, "Closed after member reports.")
            api.pass_time(days=181)
            await deliver_due(api.world)
            ended = [b for b in receiver.received if b["listingStatus"] == "NOT_LISTED"]
            assert {b["externalJobPostingId"] for b in ended} == {"NW-1", "NW-2"}
            taken = next(b for b in ended if b["externalJobPostingId"] == "NW-2")
            assert taken["listingStatusDetail"]["errorType"] == "LINKEDIN_ERROR"

    @pytest.mark.parametrize("ids", [None, ["NW-1"]])
    async def test_jobs_are_asked_for_again(self, api: Api, ids: list[str] | None) -> None:
        child = child_of(api.world).client_id
        with receiving("partner-secret") as receiver:
            register(api.world, client_id="partner", family="job_resync", url=receiver.url)
            assert ask_for_resync(api.world, child, ids) == 1
            await deliver_due(api.world)
            (body,) = receiver.received
            assert (body["type"], body["syncAllOpenJobs"]) == ("RESYNC_JOBS", ids is None)
            assert body.get("externalJobPostingIds") == ids
