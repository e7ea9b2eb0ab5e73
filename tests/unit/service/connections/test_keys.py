"""The root key."""

import base64
import stat
from pathlib import Path

import pytest

from inroad.common.secret import Secret
from inroad.service.connections.keys import RootKeys
from inroad.service.errors import ConfigurationError, WrongRootKey


def test_file_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    keys = RootKeys(given=None, file=tmp_path / "keys" / "root.key")
    made = keys.load_or_make()
    assert keys.load_or_make().id == keys.load().id == made.id
    assert stat.S_IMODE((tmp_path / "keys" / "root.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    given = Secret(base64.b64encode(b"k" * 32).decode())
    key = RootKeys(given=given, file=tmp_path / "root.key").load_or_make()
    assert key.reveal() == b"k" * 32
    assert not (tmp_path / "root.key").exists()


def test_missing_file_of_a_sealed_database_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(WrongRootKey) as caught:
        RootKeys(given=None, file=tmp_path / "root.key").load()
    assert str(caught.value) == f"the root key {tmp_path}/root.key is missing, and the database was sealed with it"
    assert caught.value.fix == "put the file back from your copy; without it no token can be read"
    assert not (tmp_path / "root.key").exists()


def test_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    keys = RootKeys(given=None, file=tmp_path / "root.key")
    keys.load_or_make()
    (tmp_path / "root.key").chmod(0o644)
    with pytest.raises(ConfigurationError, match=r"may be read by others \(mode 0644\); run: chmod 600 "):
        keys.load()


@pytest.mark.parametrize("content", ["", "not base64", "c2hvcnQ=", "\xff"])
def test_file_without_a_key_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    file = tmp_path / "root.key"
    file.write_text(content, "latin-1")
    file.chmod(0o600)
    with pytest.raises(ConfigurationError) as caught:
        RootKeys(given=None, file=file).load()
    assert "root.key" in str(caught.value)
