"""Casts of a world."""

import gc

import msgspec
import pytest

from inroad.sandbox.files import FileStore
from inroad.sandbox.mould import Mould
from inroad.sandbox.resources.posts.state import Posts
from inroad.sandbox.seeds import default_seed
from inroad.sandbox.storage import ROOMS
from inroad.sandbox.world import World


@pytest.fixture(scope="module")
def mould():
    return Mould(default_seed())


def test_a_cast_is_equal_to_what_the_mould_was_taken_of():
    world = default_seed()

    cast = Mould(world).cast()

    assert _said(cast) == _said(world)
    assert cast.random.random() == world.random.random()


def test_casts_share_nothing_that_changes(mould):
    one, other = _read(mould.cast()), _read(mould.cast())

    shared = _changeable(one).keys() & _changeable(other).keys()

    assert shared == set()
    assert len(_changeable(one)) > 100


def test_what_happens_in_one_cast_leaves_the_next_as_it_was(mould):
    one = mould.cast()
    before = _said(mould.cast())

    one.members.clear()
    one.state(Posts).by_urn.clear()
    one.switches["little.policy"] = "lenient"
    one.blobs.clear()
    one.clock.freeze()

    assert _said(mould.cast()) == before


def test_a_world_with_large_files_has_no_mould(tmp_path):
    world = World()
    world.files = FileStore(tmp_path)

    with pytest.raises(ValueError, match="no mould of a world with large files"):
        Mould(world)


def _read(world):
    for room in ROOMS:
        world.state(room)
    return world


def _said(world):
    return msgspec.json.decode(_read(world).to_document())


def _changeable(world):
    """Return everything that hangs on a world and can be changed, by its identity."""
    found, left = {}, [world]
    while left:
        thing = left.pop()
        if isinstance(thing, type) or id(thing) in found or not gc.is_tracked(thing):
            continue
        if (
            isinstance(thing, (dict, list, set))
            or _is_changeable_struct(thing)
            or type(thing).__module__ == World.__module__
        ):
            found[id(thing)] = thing
        left += thing.__dict__.values() if hasattr(thing, "__dict__") else gc.get_referents(thing)
    return found


def _is_changeable_struct(thing):
    return isinstance(thing, msgspec.Struct) and not thing.__struct_config__.frozen
