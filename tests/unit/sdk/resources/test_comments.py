from typing import Any

import pytest

from inroad.common.urn import Urn
from inroad.sdk.errors import InvalidArgument, NotFound, error_from_answer
from inroad.sdk.flow import Sleep
from inroad.sdk.resources.comments import Comment, Comments, comment_urn
from inroad.sdk.resources.entity import decoder
from inroad.sdk.resources.reactions import Reactions, reaction_urn
from inroad.sdk.resources.social_actions import SocialActions
from inroad.sdk.text import Mention

ADA = Urn("person", "Kq7_dTz3Rm")
TIMBER = Urn("organization", "55120077")
POST = Urn("share", "7522266120616303830")
ACTIVITY = Urn("activity", "7522266120626001129")
FIRST = Urn("comment", f"({ACTIVITY},7522316451840101263)")
CREATED = {"id": "7522320646145365108", "object": str(ACTIVITY), "message": {"text": "Thanks"}}
TOO_YOUNG = error_from_answer(
    404, {}, b'{"message":"Unable to obtain activity for urn:li:share:7522266120616303830","status":404}', call="c"
)


def test_names_in_a_comment_are_placed_in_utf_16_units(steps: Any, answer: Any) -> None:
    mentions = [Mention("Ada", ADA), Mention("Harbour Timber", TIMBER)]

    asked, _ = steps(
        Comments.create.flow(None, POST, actor=ADA, text="\N{ROCKET} Ada at Harbour Timber", mentions=mentions),
        answer(201, CREATED),
    )

    assert asked[0].json["message"]["attributes"] == [
        {"start": 3, "length": 3, "value": {"com.linkedin.common.MemberAttributedEntity": {"member": str(ADA)}}},
        {"start": 10, "length": 14, "value": {"com.linkedin.common.CompanyAttributedEntity": {"company": str(TIMBER)}}},
    ]


def test_a_mention_that_the_text_lacks_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="'Grace' does not stand in the text"):
        next(Comments.create.flow(None, POST, actor=ADA, text="Hello", mentions=[Mention("Grace", ADA)]))


def test_a_comment_on_a_new_post_is_tried_again_while_patience_lasts(steps: Any, answer: Any) -> None:
    asked, comment = steps(
        Comments.create.flow(None, POST, actor=ADA, text="First", patience_seconds=60),
        TOO_YOUNG,
        None,
        TOO_YOUNG,
        None,
        answer(201, CREATED),
    )

    assert [step.seconds for step in asked if isinstance(step, Sleep)] == [1.5, 3.0]
    assert comment.id == "7522320646145365108"


def test_patience_ends(steps: Any) -> None:
    with pytest.raises(NotFound):
        steps(Comments.create.flow(None, POST, actor=ADA, text="First", patience_seconds=1), TOO_YOUNG, None, TOO_YOUNG)
    with pytest.raises(NotFound):
        steps(Comments.create.flow(None, POST, actor=ADA, text="First"), TOO_YOUNG)


def test_a_reply_names_the_thread_and_the_comment(steps: Any, answer: Any) -> None:
    asked, _ = steps(Comments.reply.flow(None, FIRST, actor=ADA, text="Yes"), answer(201, CREATED))

    assert asked[0].json == {
        "actor": str(ADA),
        "object": str(ACTIVITY),
        "message": {"text": "Yes"},
        "parentComment": str(FIRST),
    }


def test_a_batch_is_of_one_thread(steps: Any, answer: Any) -> None:
    with pytest.raises(InvalidArgument, match="comments of one thread, got 2 threads"):
        next(Comments.batch_get.flow(None, [FIRST, comment_urn(POST, 7)]))


def test_a_batch_is_keyed_by_what_was_asked(steps: Any, answer: Any) -> None:
    asked = [comment_urn(POST, 7), comment_urn(POST, 8)]

    _, batch = steps(
        Comments.batch_get.flow(None, asked),
        answer(200, {"results": {"7": {**CREATED, "id": "7"}}, "errors": {"8": {"status": 404}}}),
    )

    assert batch[asked[0]].id == "7"
    assert batch.missing == {asked[1]: 404}


def test_deleting_what_is_gone_is_no_error(steps: Any) -> None:
    gone = error_from_answer(404, {}, b"{}", call="c")

    assert steps(Comments.delete.flow(None, FIRST, actor=ADA), gone)[1] is None
    assert steps(Reactions.delete.flow(None, actor=ADA, entity=POST), gone)[1] is None
    assert steps(SocialActions.delete_like.flow(None, POST, actor=ADA), gone)[1] is None


@pytest.mark.parametrize("field", ["commentUrn", "$URN", "unknown"])
def test_a_comments_urn_is_read_from_whichever_field_is_there(field: str) -> None:
    import json

    comment = decoder(Comment).decode(
        json.dumps({**CREATED, field: f"urn:li:comment:({ACTIVITY},7522320646145365108)"})
    )

    assert comment.urn == Urn("comment", f"({ACTIVITY},7522320646145365108)")


def test_a_comment_urn_needs_a_post_and_a_number() -> None:
    with pytest.raises(InvalidArgument, match="thread must be a share"):
        comment_urn(ADA, 7)
    with pytest.raises(InvalidArgument, match="a comment's id is a number"):
        comment_urn(POST, "x")
    with pytest.raises(InvalidArgument, match="names its thread and its number"):
        next(Comments.get.flow(None, "urn:li:comment:7"))


def test_a_reaction_without_a_body_is_named_by_its_header(steps: Any, answer: Any) -> None:
    urn = reaction_urn(actor=ADA, entity=ACTIVITY)

    _, reaction = steps(
        Reactions.create.flow(None, actor=ADA, entity=POST), answer(201, None, {"x-restli-id": str(urn)})
    )

    assert (reaction.id, reaction.root, reaction.actor) == (urn, POST, ADA)


def test_a_reaction_to_a_comment_has_a_key_of_two_urns(steps: Any, answer: Any) -> None:
    asked, _ = steps(
        Reactions.get.flow(None, actor=ADA, entity=FIRST),
        answer(200, {"id": str(reaction_urn(actor=ADA, entity=FIRST)), "reactionType": "LIKE"}),
    )

    assert asked[0].path == (
        "/rest/reactions/(actor:urn%3Ali%3Aperson%3AKq7_dTz3Rm,"
        "entity:urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A7522266120626001129%2C7522316451840101263%29)"
    )


def test_a_legacy_reply_is_sent_to_the_comment(steps: Any, answer: Any) -> None:
    asked, _ = steps(SocialActions.create_comment.flow(None, FIRST, actor=ADA, text="Yes"), answer(201, CREATED))

    assert asked[0].json["object"] == str(ACTIVITY)
    assert asked[0].json["parentComment"] == str(FIRST)
