"""The service with its worker on a free port, in a thread of its own."""

import asyncio
import socket
import threading
from pathlib import Path

import uvicorn

from inroad.service.settings import Settings
from inroad.service.wiring import Services
from inroad.testing.linkedin import LinkedIn
from inroad.web.app import create_app


class _Server(uvicorn.Server):
    """Uvicorn's server, telling when it listens."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()


class RunningService:
    """The service with its worker, in a thread of its own, from `start` to `stop`."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._listener = listener
        self._server: uvicorn.Server | None = None
        self._ready = threading.Event()
        self._problem: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="service", daemon=True)
        self.first_run_link = ""

    @property
    def url(self) -> str:
        return self._settings.public_url

    def start(self) -> None:
        self._thread.start()
        self._ready.wait(30)
        if self._problem is not None:
            raise self._problem
        assert self._ready.is_set(), "the service did not start"

    def stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
        self._thread.join(30)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as problem:
            self._problem = problem
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        async with Services.open(self._settings) as services:
            self.first_run_link = await services.accounts.create_first_run_link()
            worker = asyncio.create_task(services.run_worker())
            config = uvicorn.Config(create_app(services), log_level="warning", lifespan="off")
            self._server = _Server(config, self._ready)
            await self._server.serve(sockets=[self._listener])
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)


def start_service(linkedin: LinkedIn, folder: Path) -> RunningService:
    """Start a service on a free port, connected to this sandbox's demo app."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    app = linkedin.world.apps["demo-app"]
    app.redirect_urls.append(f"http://127.0.0.1:{port}/connect/callback")
    settings = Settings.from_environment(
        {
            "INROAD_DATA_DIR": str(folder / "data"),
            "INROAD_ROOT_KEY_FILE": str(folder / "root.key"),
            "INROAD_PORT": str(port),
            "INROAD_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "INROAD_LINKEDIN_URL": linkedin.url,
            "INROAD_LINKEDIN_APP": app.client_id,
            "INROAD_LINKEDIN_SECRET": app.client_secret,
            "INROAD_LINKEDIN_PRODUCTS": ",".join(app.products),
        }
    )
    service = RunningService(settings, listener)
    service.start()
    return service
