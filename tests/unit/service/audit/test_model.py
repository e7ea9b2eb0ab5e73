"""The arithmetic of the audit chain."""

from dataclasses import replace

from inroad.service.audit.model import GENESIS, Break, Entry, broken_end, canonical, first_break, hash_of


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for seq in range(1, length + 1):
        content = {
            "workspace_id": "w",
            "seq": seq,
            "at": 1790000000000 + seq,
            "person_id": "p",
            "action": "cancel_post",
            "subject": f"post:{seq}",
            "before": '{"state":"scheduled"}',
            "after": '{"state":"cancelled"}',
            "request_id": "r",
            "previous_hash": entries[-1].hash if entries else GENESIS,
        }
        entries.append(Entry(**content, hash=hash_of(**content)))
    return entries


def test_whole_chain_holds() -> None:
    assert first_break(chain(3)) is None


def test_changed_entry_is_found() -> None:
    entries = chain(3)
    entries[1] = replace(entries[1], after='{"state":"published"}')
    assert first_break(entries) == Break(2, "entry 2 was changed")


def test_changed_entry_with_its_hash_made_again_breaks_the_next() -> None:
    entries = chain(3)
    changed = replace(entries[1], person_id="someone else")
    content = {name: getattr(changed, name) for name in Entry.__dataclass_fields__ if name != "hash"}
    entries[1] = replace(changed, hash=hash_of(**content))
    assert first_break(entries) == Break(3, "entry 3 does not follow the one before it")


def test_removed_entry_is_found() -> None:
    entries = chain(3)
    assert first_break([entries[0], entries[2]]) == Break(2, "entry 2 is missing")


def test_chain_can_be_checked_in_pages() -> None:
    entries = chain(4)
    assert first_break(entries[2:], after=(2, entries[1].hash)) is None


def test_cut_off_end_is_found() -> None:
    entries = chain(3)
    assert broken_end((2, entries[1].hash), head=(3, entries[2].hash)) == Break(
        3, "the chain ends at entry 2, but 3 were written"
    )


def test_facts_have_one_text() -> None:
    assert canonical({"b": ["x"], "a": 1}) == '{"a":1,"b":["x"]}'
    assert canonical(None) is None
