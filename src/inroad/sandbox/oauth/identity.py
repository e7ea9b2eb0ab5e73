"""OpenID Connect: the signing key, the id_token, the discovery document, the key set.

Sources: "Sign In with LinkedIn using OpenID Connect", learn.microsoft.com
/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2; the live discovery document of 20 June 2026.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from inroad.common.clock import to_seconds
from inroad.sandbox.oauth.state import SigningKey
from inroad.sandbox.world import App, Member, World

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ID_TOKEN_LIFE = timedelta(hours=1)


def issuer_at(origin: str) -> str:
    """Return the issuer of a LinkedIn that answers at `origin`."""
    return f"{origin}/oauth"


def discovery_document(origin: str) -> dict[str, Any]:
    """Return the discovery document: LinkedIn's keys and not one more."""
    return {
        "issuer": issuer_at(origin),
        "authorization_endpoint": f"{origin}/oauth/v2/authorization",
        "token_endpoint": f"{origin}/oauth/v2/accessToken",
        "userinfo_endpoint": f"{origin}/v2/userinfo",
        "jwks_uri": f"{origin}/oauth/openid/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email"],
        "claims_supported": [
            "iss",
            "aud",
            "iat",
            "exp",
            "sub",
            "name",
            "given_name",
            "family_name",
            "picture",
            "email",
            "email_verified",
            "locale",
        ],
    }


def key_set(world: World) -> dict[str, Any]:
    """Return the public half of this world's signing key as a JWK set."""
    public = _signing_key(world).as_dict(private=False)
    return {"keys": [{**public, "use": "sig", "alg": "RS256"}]}


def id_token(world: World, *, app: App, member: Member, scopes: Iterable[str], origin: str) -> str:
    """Return a signed id_token as LinkedIn writes it.

    `email_verified` is the text "true" and there is never a `nonce`: both differ from the standard and from
    userinfo (linkedin-api-js-client#34, authlib/authlib#763).
    """
    # Late, like the key's: reading cryptography in takes a tenth of the sandbox's start, and few callers sign in.
    from joserfc import jwt  # noqa: PLC0415

    now = world.clock.now()
    granted = frozenset(scopes)
    claims: dict[str, Any] = {
        "iss": issuer_at(origin),
        "aud": app.client_id,
        "iat": to_seconds(now),
        "exp": to_seconds(now + ID_TOKEN_LIFE),
        "sub": world.scoped_id(app.client_id, member.id),
    }
    if "profile" in granted:
        claims |= {
            "name": f"{member.first_name} {member.last_name}".strip(),
            "given_name": member.first_name,
            "family_name": member.last_name,
            "locale": member.locale,
        }
        if member.picture != "none":
            claims["picture"] = f"{origin}/media/{member.picture}"
    if "email" in granted and member.email:
        claims |= {"email": member.email, "email_verified": "true"}
    key = _signing_key(world)
    return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": key.kid}, claims, key)


def _signing_key(world: World) -> "RSAKey":
    from joserfc.jwk import RSAKey  # noqa: PLC0415

    saved = world.state(SigningKey)
    if not saved.jwk:
        made = RSAKey.generate_key(2048, {"kid": world.new_secret(12)})
        saved.jwk = {name: str(value) for name, value in made.as_dict(private=True).items()}
    return RSAKey.import_key(dict(saved.jwk))
