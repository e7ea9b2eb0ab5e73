"""The SDK's comments, reactions and counts against the sandbox: two readings of LinkedIn's pages meet on the wire."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from inroad.common.urn import Urn
from inroad.sandbox.app import create_app
from inroad.sandbox.oauth.tokens import issue
from inroad.sandbox.seeds import read_seed
from inroad.sdk.client import AsyncClient
from inroad.sdk.errors import Forbidden, NotFound
from inroad.sdk.policy import NEVER
from inroad.sdk.resources.comments import comment_urn
from inroad.sdk.resources.reactions import reaction_urn
from inroad.sdk.transport import MountedTransport
from inroad.sdk.wire import Environment

SEED = """
[[apps]]
client_id = "shop-app"
client_secret = "shop-secret-not-a-real-one"
name = "Shop app"
created = 2026-01-10
products = ["Community Management API"]
redirect_urls = ["http://localhost:3000/oauth/callback"]

[[members]]
id = "sBx7kQ2mWa"
email = "ada.okafor@example.test"
password = "demo-password"
first_name = "Ada"
last_name = "Okafor"

[[organizations]]
id = 1234567
name = "Northwind Works"
vanity_name = "northwind-works"
roles = [{ member = "sBx7kQ2mWa", role = "ADMINISTRATOR", state = "APPROVED" }]
"""
SCOPES = (
    "w_organization_social r_organization_social w_organization_social_feed r_organization_social_feed "
    "rw_organization_admin"
)
ADA = Urn("person", "sBx7kQ2mWa")
PAGE = Urn("organization", "1234567")


@pytest.fixture
async def linkedin() -> AsyncIterator[AsyncClient]:
    world = read_seed(SEED)
    token = issue(world, client_id="shop-app", member_id=ADA.id, scopes=SCOPES.split()).access_token
    async with AsyncClient(
        token,
        environment=Environment.sandbox("http://sandbox.test"),
        transport=MountedTransport(httpx2.ASGITransport(app=create_app(world))),
        retry=NEVER,
    ) as client:
        yield client


@pytest.fixture
async def post(linkedin: AsyncClient) -> Urn:
    return await linkedin.posts.create(author=PAGE, text="Open day on Saturday")


async def test_a_comment_and_its_reply_are_read_back(linkedin: AsyncClient, post: Urn) -> None:
    first = await linkedin.comments.create(post, actor=PAGE, text="Doors open at nine (bring boots)")
    reply = await linkedin.comments.reply(first.urn, actor=PAGE, text="Tea at ten")

    comments = [comment async for comment in linkedin.comments.list(post)]
    replies = [comment async for comment in linkedin.comments.list(first.urn)]

    assert [(comment.urn, comment.text) for comment in comments] == [(first.urn, "Doors open at nine (bring boots)")]
    assert [(comment.urn, comment.parent_comment) for comment in replies] == [(reply.urn, first.urn)]
    assert (first.actor, first.agent) == (PAGE, ADA)


async def test_a_batch_tells_what_is_missing(linkedin: AsyncClient, post: Urn) -> None:
    comment = await linkedin.comments.create(post, actor=PAGE, text="Hello")
    nobody = comment_urn(comment.object, 5)

    batch = await linkedin.comments.batch_get([comment.urn, nobody])

    assert set(batch) == {comment.urn}
    assert set(batch.missing) == {nobody}


async def test_a_comment_is_edited_and_deleted_by_its_urn(linkedin: AsyncClient, post: Urn) -> None:
    comment = await linkedin.comments.create(post, actor=PAGE, text="Helo")

    await linkedin.comments.edit(comment.urn, actor=PAGE, text="Hello")
    edited = await linkedin.comments.get(comment.urn)
    await linkedin.comments.delete(comment.urn, actor=PAGE)
    await linkedin.comments.delete(comment.urn, actor=PAGE)

    assert edited.text == "Hello"
    with pytest.raises(NotFound):
        await linkedin.comments.get(comment.urn)


async def test_reactions_to_posts_and_comments_are_kept_apart(linkedin: AsyncClient, post: Urn) -> None:
    comment = await linkedin.comments.create(post, actor=PAGE, text="Hello")
    to_post = await linkedin.reactions.create(actor=PAGE, entity=post, reaction_type="PRAISE")
    to_comment = await linkedin.reactions.create(actor=PAGE, entity=comment.urn, reaction_type="EMPATHY")

    await linkedin.reactions.update(actor=PAGE, entity=post, reaction_type="INTEREST")
    found = [reaction async for reaction in linkedin.reactions.find_by_entity(post)]
    batch = await linkedin.reactions.batch_get([to_comment.id, reaction_urn(actor=ADA, entity=post)])

    assert [(reaction.id, reaction.reaction_type) for reaction in found] == [(to_post.id, "INTEREST")]
    assert batch[to_comment.id].reaction_type == "EMPATHY"
    assert set(batch.missing) == {reaction_urn(actor=ADA, entity=post)}


async def test_both_generations_count_the_same(linkedin: AsyncClient, post: Urn) -> None:
    comment = await linkedin.social_actions.create_comment(post, actor=PAGE, text="First")
    await linkedin.social_actions.create_comment(comment.urn, actor=PAGE, text="Second")
    like = await linkedin.social_actions.create_like(post, actor=PAGE)

    legacy = await linkedin.social_actions.get(post)
    counts = await linkedin.social_metadata.get(post)

    assert like.actor == PAGE
    assert legacy.likes_summary.total_likes == counts.reactions == 1
    assert legacy.comments_summary.aggregated_total_comments == counts.comment_summary.count == 2
    assert legacy.comments_summary.total_first_level_comments == counts.comment_summary.top_level_count == 1


async def test_a_closed_post_takes_no_comments(linkedin: AsyncClient, post: Urn) -> None:
    await linkedin.social_metadata.update(post, actor=PAGE, comments_state="CLOSED")

    counts = await linkedin.social_metadata.get(post)

    assert counts.comments_state == "CLOSED"
    with pytest.raises(Forbidden):
        await linkedin.comments.create(post, actor=PAGE, text="Too late")
