"""Worlds cast from one that was made before: equal to it, and sharing nothing that changes."""

from inroad.sandbox.world import World


class Mould:
    """What a world was when the mould was taken; a cast costs a fraction of reading the seed again.

    Raises:
        ValueError: the world keeps large files, which a cast would share.
    """

    def __init__(self, world: World) -> None:
        if world.files.place:
            raise ValueError(f"no mould of a world with large files, they are in {world.files.place}")
        self._document = world.to_document()
        self._chance = world.random.getstate()

    def cast(self) -> World:
        """Return a world of its own that stands where the first one stood, what it draws next included."""
        world = World.from_document(self._document)
        world.random.setstate(self._chance)
        return world
