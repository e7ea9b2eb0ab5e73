"""inroad: LinkedIn's official APIs as typed Python, with a service, a sandbox and a testing kit beside them.

Names are loaded when they are first asked for: importing this package costs nothing, and the sandbox, which lives in
it, never loads the SDK.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING

if _TYPE_CHECKING:
    from inroad.common.secret import Secret
    from inroad.common.urn import Urn, organization, person
    from inroad.sdk import text as little
    from inroad.sdk import webhooks
    from inroad.sdk.access import plan
    from inroad.sdk.client import AsyncClient, Client
    from inroad.sdk.errors import (
        ApiError,
        BadRequest,
        CallbackRefused,
        ConfigurationError,
        Conflict,
        ConnectionFailed,
        DuplicatePost,
        Error,
        Explanation,
        Forbidden,
        InvalidArgument,
        InvalidSignature,
        NotFound,
        OAuthError,
        RateLimited,
        ServerError,
        Timeout,
        TransportError,
        Unauthorized,
        UnexpectedResponse,
        Unprocessable,
        VersionRetired,
    )
    from inroad.sdk.fast import FastTransport
    from inroad.sdk.flow import Response
    from inroad.sdk.oauth import AsyncOAuth, OAuth, new_state, new_verifier, read_callback
    from inroad.sdk.policy import RetryPolicy
    from inroad.sdk.resources.posts import Article, Media, PostImage, pictures, poll
    from inroad.sdk.text import Hashtag, LittleText, Mention, PlainText
    from inroad.sdk.tokens import Token
    from inroad.sdk.wire import LINKEDIN, Environment

__all__ = [
    "LINKEDIN",
    "ApiError",
    "Article",
    "AsyncClient",
    "AsyncOAuth",
    "BadRequest",
    "CallbackRefused",
    "Client",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "DuplicatePost",
    "Environment",
    "Error",
    "Explanation",
    "FastTransport",
    "Forbidden",
    "Hashtag",
    "InvalidArgument",
    "InvalidSignature",
    "LittleText",
    "Media",
    "Mention",
    "NotFound",
    "OAuth",
    "OAuthError",
    "PlainText",
    "PostImage",
    "RateLimited",
    "Response",
    "RetryPolicy",
    "Secret",
    "ServerError",
    "Timeout",
    "Token",
    "TransportError",
    "Unauthorized",
    "UnexpectedResponse",
    "Unprocessable",
    "Urn",
    "VersionRetired",
    "little",
    "new_state",
    "new_verifier",
    "organization",
    "person",
    "pictures",
    "plan",
    "poll",
    "read_callback",
    "webhooks",
]

_HOMES = {
    "ApiError": "inroad.sdk.errors",
    "Article": "inroad.sdk.resources.posts",
    "AsyncClient": "inroad.sdk.client",
    "AsyncOAuth": "inroad.sdk.oauth",
    "BadRequest": "inroad.sdk.errors",
    "CallbackRefused": "inroad.sdk.errors",
    "Client": "inroad.sdk.client",
    "ConfigurationError": "inroad.sdk.errors",
    "Conflict": "inroad.sdk.errors",
    "ConnectionFailed": "inroad.sdk.errors",
    "DuplicatePost": "inroad.sdk.errors",
    "Environment": "inroad.sdk.wire",
    "Error": "inroad.sdk.errors",
    "Explanation": "inroad.sdk.errors",
    "FastTransport": "inroad.sdk.fast",
    "Forbidden": "inroad.sdk.errors",
    "Hashtag": "inroad.sdk.text",
    "InvalidArgument": "inroad.sdk.errors",
    "InvalidSignature": "inroad.sdk.errors",
    "LINKEDIN": "inroad.sdk.wire",
    "LittleText": "inroad.sdk.text",
    "Media": "inroad.sdk.resources.posts",
    "Mention": "inroad.sdk.text",
    "NotFound": "inroad.sdk.errors",
    "OAuth": "inroad.sdk.oauth",
    "OAuthError": "inroad.sdk.errors",
    "PlainText": "inroad.sdk.text",
    "PostImage": "inroad.sdk.resources.posts",
    "RateLimited": "inroad.sdk.errors",
    "Response": "inroad.sdk.flow",
    "RetryPolicy": "inroad.sdk.policy",
    "Secret": "inroad.common.secret",
    "ServerError": "inroad.sdk.errors",
    "Timeout": "inroad.sdk.errors",
    "Token": "inroad.sdk.tokens",
    "TransportError": "inroad.sdk.errors",
    "Unauthorized": "inroad.sdk.errors",
    "UnexpectedResponse": "inroad.sdk.errors",
    "Unprocessable": "inroad.sdk.errors",
    "Urn": "inroad.common.urn",
    "VersionRetired": "inroad.sdk.errors",
    "little": "inroad.sdk.text",
    "new_state": "inroad.sdk.oauth",
    "new_verifier": "inroad.sdk.oauth",
    "organization": "inroad.common.urn",
    "person": "inroad.common.urn",
    "pictures": "inroad.sdk.resources.posts",
    "plan": "inroad.sdk.access",
    "poll": "inroad.sdk.resources.posts",
    "read_callback": "inroad.sdk.oauth",
    "webhooks": "inroad.sdk.webhooks",
}
_MODULES = {"little", "webhooks"}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'inroad' has no attribute {name!r}")
    module = _import_module(home)
    value: object = module if name in _MODULES else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
