"""Says whether the service can do its work: for load balancers, and for whoever waits for its start."""

import asyncio
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from inroad.web.context import services_of

router = APIRouter()

_PATIENCE_SECONDS: Final = 5.0


@router.get("/healthz", include_in_schema=False)
async def report_health(request: Request) -> JSONResponse:
    """Answer 200 when the database answers and the worker, where this process has one, lives; 503 else."""
    services = services_of(request)
    checks = {"database": await _answers(request)}
    if services.settings.worker:
        checks["worker"] = services.is_working()
    well = all(checks.values())
    words = {name: "ok" if fine else "failing" for name, fine in checks.items()}
    return JSONResponse({"status": "ok" if well else "failing", **words}, status_code=200 if well else 503)


async def _answers(request: Request) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await services_of(request).accounts.has_owner()
    except Exception:  # whatever it is, the database does not answer
        return False
    return True
