"""LinkedIn's own Python client against the sandbox: sign-in, posts, batches, tunnelling, finders, actions."""

import pytest

from inroad.sandbox.oauth.codes import grant_code

SCOPES = [
    "openid",
    "profile",
    "w_member_social",
    "w_organization_social",
    "r_organization_social",
    "rw_organization_admin",
]
NORTHWIND = "urn:li:organization:90210001"


@pytest.mark.timeout(300)
def test_the_official_client_works_unchanged(linkedin, run_client):
    app, member = linkedin.world.apps["demo-app"], next(iter(linkedin.world.members))
    redirect_url = app.redirect_urls[0]
    code = grant_code(
        linkedin.world, client_id=app.client_id, member_id=member, redirect_uri=redirect_url, scopes=SCOPES
    )
    given = {
        "url": linkedin.url,
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_url": redirect_url,
        "code": code,
        "organization": NORTHWIND,
    }

    said = run_client("official_python.py", given, "linkedin-api-client==0.3.0")

    urn = said["created"][1]
    assert said == {
        "scope": ",".join(sorted(SCOPES)),
        "expires_in": 5_184_000,
        "active": True,
        "refreshed": 5_184_000,
        "two_legged": 1800,
        "sub": member,
        "created": [201, urn],
        "commentary": "Sent by a client that we did not write",
        "updated": 204,
        "batch": [[urn], "Changed by it", ["urn:li:share:1"]],
        "tunnelled": ["POST", [urn], 130],
        "found": [2, True, True],
        "acls": [NORTHWIND],
        "upload": True,
        "deleted": 204,
    }
    assert urn.startswith("urn:li:share:")
    assert urn not in [post.urn for post in linkedin.posts]
