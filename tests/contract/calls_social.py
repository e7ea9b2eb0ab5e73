"""Comments, likes, reactions and their counts."""

from typing import Any

from contract.people import ACTIVITY, ADA, ANNEKE, COMMENT, GONE, ORGANIZATION, REPLY, SHARE, at
from contract.replay import Call, Has, call
from inroad.common.urn import Urn
from inroad.sdk.resources.comments import comment_urn
from inroad.sdk.resources.reactions import reaction_urn

PARKING = Has(
    id="7522316451840101263",
    urn=COMMENT,
    actor=ANNEKE,
    object=ACTIVITY,
    parent_comment=None,
    text="Is there parking?",
    created=Has(actor=ANNEKE, time=at(1793459000000), impersonator=None),
    comments_summary=Has(total_first_level_comments=1, aggregated_total_comments=1),
    likes_summary=Has(total_likes=0, liked_by_current_user=False),
)
FIRST = Has(urn=REPLY, actor=ORGANIZATION, agent=ADA, text="Doors open at nine", parent_comment=None)
THANKS = Has(
    urn=REPLY,
    actor=ORGANIZATION,
    agent=ADA,
    text="Thanks, see you there",
    parent_comment=COMMENT,
    created=Has(actor=ORGANIZATION, impersonator=ADA, time=at(1793461000000)),
)
BY_SHARE = comment_urn(SHARE, 7522320646145365108)
OPENING: dict[str, Any] = {"actor": ORGANIZATION, "text": "Doors open at nine"}

LIKE = Has(
    urn=Urn("like", f"({ADA},{ACTIVITY})"),
    actor=ADA,
    object=ACTIVITY,
    agent=None,
    created=Has(actor=ADA, time=at(1793461200000)),
)
SUMMARY = Has(
    target=SHARE,
    likes_summary=Has(total_likes=12, aggregated_total_likes=12, liked_by_current_user=False),
    comments_summary=Has(total_first_level_comments=3, aggregated_total_comments=5, comments_state="OPEN"),
)

PRAISE_URN = reaction_urn(actor=ORGANIZATION, entity=ACTIVITY)
PRAISE = Has(
    id=PRAISE_URN,
    reaction_type="PRAISE",
    root=ACTIVITY,
    actor=ORGANIZATION,
    created=Has(actor=ORGANIZATION, impersonator=ADA, time=at(1793461100000)),
)
MISSED = reaction_urn(actor=ANNEKE, entity=ACTIVITY)

COUNTS = Has(
    entity=SHARE,
    comments_state="OPEN",
    comment_summary=Has(count=5, top_level_count=3),
    reaction_summaries={"LIKE": Has(reaction_type="LIKE", count=9), "PRAISE": Has(reaction_type="PRAISE", count=2)},
    reactions=11,
)

CALLS: dict[str, Call] = {
    "comments.list": call(lambda linkedin: linkedin.comments.list(SHARE), [PARKING]),
    "comments.get": call(lambda linkedin: linkedin.comments.get(COMMENT), PARKING),
    "comments.batch_get": call(lambda linkedin: linkedin.comments.batch_get([COMMENT, REPLY]), {COMMENT: PARKING}),
    "comments.batch_get.missing": call(
        lambda linkedin: linkedin.comments.batch_get([COMMENT, REPLY]).missing, {REPLY: 404}, ["comments.batch_get"]
    ),
    "comments.create": call(lambda linkedin: linkedin.comments.create(SHARE, **OPENING), FIRST),
    "comments.create.too_young": call(
        lambda linkedin: linkedin.comments.create(SHARE, **OPENING, patience_seconds=60),
        FIRST,
        ["comments.create.too_young", "comments.create.too_young", "comments.create"],
    ),
    "comments.reply": call(
        lambda linkedin: linkedin.comments.reply(COMMENT, actor=ORGANIZATION, text="Thanks, see you there"), THANKS
    ),
    "comments.edit": call(
        lambda linkedin: linkedin.comments.edit(BY_SHARE, actor=ORGANIZATION, text="Thanks, see you at ten"),
        Has(urn=REPLY, text="Thanks, see you at ten"),
    ),
    "comments.delete": call(lambda linkedin: linkedin.comments.delete(BY_SHARE, actor=ORGANIZATION)),
    "social_actions.get": call(lambda linkedin: linkedin.social_actions.get(SHARE), SUMMARY),
    "social_actions.batch_get": call(
        lambda linkedin: linkedin.social_actions.batch_get([SHARE, GONE]), {SHARE: SUMMARY}
    ),
    "social_actions.list_likes": call(lambda linkedin: linkedin.social_actions.list_likes(SHARE), [LIKE]),
    "social_actions.get_like": call(lambda linkedin: linkedin.social_actions.get_like(SHARE, actor=ADA), LIKE),
    "social_actions.batch_get_likes": call(
        lambda linkedin: linkedin.social_actions.batch_get_likes(SHARE, actors=[ADA, ANNEKE]), {ADA: LIKE}
    ),
    "social_actions.create_like": call(lambda linkedin: linkedin.social_actions.create_like(SHARE, actor=ADA), LIKE),
    "social_actions.delete_like": call(lambda linkedin: linkedin.social_actions.delete_like(SHARE, actor=ADA)),
    "social_actions.list_comments": call(lambda linkedin: linkedin.social_actions.list_comments(SHARE), [PARKING]),
    "social_actions.get_comment": call(lambda linkedin: linkedin.social_actions.get_comment(COMMENT), PARKING),
    "social_actions.batch_get_comments": call(
        lambda linkedin: linkedin.social_actions.batch_get_comments([COMMENT, REPLY]), {COMMENT: PARKING}
    ),
    "social_actions.create_comment": call(
        lambda linkedin: linkedin.social_actions.create_comment(SHARE, **OPENING), FIRST
    ),
    "social_actions.create_comment.reply": call(
        lambda linkedin: linkedin.social_actions.create_comment(
            COMMENT, actor=ORGANIZATION, text="Thanks, see you there"
        ),
        THANKS,
    ),
    "social_actions.edit_comment": call(
        lambda linkedin: linkedin.social_actions.edit_comment(
            BY_SHARE, actor=ORGANIZATION, text="Thanks, see you at ten"
        ),
        Has(urn=REPLY, text="Thanks, see you at ten"),
    ),
    "social_actions.delete_comment": call(
        lambda linkedin: linkedin.social_actions.delete_comment(BY_SHARE, actor=ORGANIZATION)
    ),
    "reactions.create": call(
        lambda linkedin: linkedin.reactions.create(actor=ORGANIZATION, entity=ACTIVITY, reaction_type="PRAISE"), PRAISE
    ),
    "reactions.get": call(lambda linkedin: linkedin.reactions.get(actor=ORGANIZATION, entity=ACTIVITY), PRAISE),
    "reactions.batch_get": call(
        lambda linkedin: linkedin.reactions.batch_get([PRAISE_URN, MISSED]), {PRAISE_URN: PRAISE}
    ),
    "reactions.batch_get.missing": call(
        lambda linkedin: linkedin.reactions.batch_get([PRAISE_URN, MISSED]).missing,
        {MISSED: 404},
        ["reactions.batch_get"],
    ),
    "reactions.find_by_entity": call(
        lambda linkedin: linkedin.reactions.find_by_entity(ACTIVITY),
        [Has(id=MISSED, reaction_type="LIKE", actor=ANNEKE)],
    ),
    "reactions.update": call(
        lambda linkedin: linkedin.reactions.update(actor=ORGANIZATION, entity=ACTIVITY, reaction_type="LIKE")
    ),
    "reactions.delete": call(lambda linkedin: linkedin.reactions.delete(actor=ORGANIZATION, entity=ACTIVITY)),
    "social_metadata.get": call(lambda linkedin: linkedin.social_metadata.get(SHARE), COUNTS),
    "social_metadata.batch_get": call(lambda linkedin: linkedin.social_metadata.batch_get([SHARE]), {SHARE: COUNTS}),
    "social_metadata.update": call(
        lambda linkedin: linkedin.social_metadata.update(SHARE, actor=ORGANIZATION, comments_state="CLOSED")
    ),
}
