"""What pytest loads: the fixture `linkedin`.

Nothing heavy is imported until a test asks for it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from inroad.testing.linkedin import LinkedIn


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known that gives a test's sandbox its seed or profile."""
    config.addinivalue_line(
        "markers", "linkedin(profile='today', seed=None): the profile and the TOML seed of this test's sandbox"
    )


@pytest.fixture
def linkedin(request: pytest.FixtureRequest) -> "Iterator[LinkedIn]":
    """A LinkedIn of this test's own, in this process; `@pytest.mark.linkedin(profile=..., seed=...)` shapes it."""
    # Late: tests that use no sandbox do not pay for it.
    from inroad.testing.linkedin import LinkedIn  # noqa: PLC0415

    marker: pytest.Mark | None = request.node.get_closest_marker("linkedin")
    with LinkedIn(**(marker.kwargs if marker is not None else {})) as sandbox:
        yield sandbox
