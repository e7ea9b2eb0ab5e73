"""LinkedIn's own JavaScript client against the sandbox: sign-in, posts, batches, tunnelling, finders."""

import pytest

from inroad.sandbox.oauth.codes import grant_code

SCOPES = ["openid", "profile", "r_organization_social", "w_organization_social"]
NORTHWIND = "urn:li:organization:90210001"


@pytest.mark.timeout(300)
def test_the_official_client_works_unchanged(linkedin, run_node_client):
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

    said = run_node_client("official_javascript.js", given, "linkedin-api-client@0.3.0")

    urn = said["created"][1]
    assert said == {
        "scope": ",".join(SCOPES),
        "sub": member,
        "created": [201, urn],
        "commentary": "Sent by a client that we did not write",
        "updated": 204,
        "batch": [[urn], ["urn:li:share:1"]],
        "found": [2, True],
        "tunnelled": ["post", [urn], 130],
        "deleted": 204,
    }
    assert urn not in [post.urn for post in linkedin.posts]
