import asyncio
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from inroad.sandbox.app import create_app
from inroad.sandbox.serve import CannotServe, listen, serve
from inroad.sandbox.storage import load, write_whole
from sandbox.workbench import new_world


def test_a_port_in_use_is_told_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe) as caught:
            serve(port)
    assert str(caught.value) == (f"port {port} at 127.0.0.1 is in use: stop what listens there, or choose another port")


def test_an_address_that_cannot_be_listened_at_is_told():
    with pytest.raises(CannotServe, match="cannot listen at 203"):
        listen("203.0.113.7", 9)
    with pytest.raises(CannotServe, match="port must be 0 to 65535, got 70000"):
        listen("127.0.0.1", 70000)


def test_a_file_that_is_no_world_is_named(tmp_path):
    assert load(tmp_path / "world.json") is None
    (tmp_path / "world.json").write_text("{}")
    with pytest.raises(ValueError, match=r"world\.json: not a saved world"):
        load(tmp_path / "world.json")


def test_a_failed_writing_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "world.json"
    write_whole(path, b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("inroad.sandbox.storage.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


async def test_a_change_is_written_soon_and_at_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr("inroad.sandbox.storage.QUIET_SECONDS", 0.0)
    path = tmp_path / "deep" / "world.json"
    world = new_world()
    app = create_app(world, offered=(), save_to=path)
    async with app.router.lifespan_context(app):
        app.state.touch()
        while not path.exists():  # noqa: ASYNC110 - a file tells nobody that it is there
            await asyncio.sleep(0.001)
        world.members["ada"].headline = "written at the end"
    saved = load(path)
    assert saved is not None
    assert saved.members["ada"].headline == "written at the end"


async def test_a_full_disk_does_not_stop_the_sandbox(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("inroad.sandbox.storage.QUIET_SECONDS", 0.0)
    path = tmp_path / "world.json"
    app = create_app(new_world(), offered=(), save_to=path)

    def full(_path, _document):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        async with app.router.lifespan_context(app):
            patched.setattr("inroad.sandbox.storage.write_whole", full)
            app.state.touch()
            while not caplog.records:  # noqa: ASYNC110 - a log tells nobody that it was written
                await asyncio.sleep(0.001)
            patched.undo()
            monkeypatch.setattr("inroad.sandbox.storage.QUIET_SECONDS", 0.0)
            app.state.touch()
            while not path.exists():  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.001)
    assert "No space left" in caplog.text


PROGRAM = """
import sys
from pathlib import Path
from inroad.sandbox.serve import serve
serve(0, data=Path(sys.argv[1]), on_ready=lambda address: print(address, flush=True))
"""


def start(path):
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def test_a_sandbox_keeps_its_world_over_a_restart(tmp_path):
    path = tmp_path / "world.json"
    process, address = start(path)
    body = b'{"profile": "lenient"}'
    with urllib.request.urlopen(urllib.request.Request(f"{address}/sandbox/profile", body), timeout=10) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    process.stdout.close()
    process, address = start(path)
    with urllib.request.urlopen(f"{address}/sandbox/health", timeout=10) as answer:
        assert b'"profile":"lenient"' in answer.read()
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    process.stdout.close()
