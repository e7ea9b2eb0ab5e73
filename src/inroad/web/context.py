"""What a route needs to know about its request: the services, the request's id, where it came from."""

from typing import cast

from starlette.requests import Request

from inroad.service.wiring import Services


def services_of(request: Request) -> Services:
    """Return the services that the application was made with."""
    return cast("Services", request.app.state.services)


def request_id_of(request: Request) -> str:
    """Return the id that the answer's X-Request-Id and the audit entries carry."""
    return cast("str", request.state.request_id)


def address_of(request: Request) -> str:
    """Return the client's network address."""
    return request.client.host if request.client is not None else "unknown"


def wants_json(request: Request) -> bool:
    """Tell whether a program asks rather than a person."""
    return request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", "")
