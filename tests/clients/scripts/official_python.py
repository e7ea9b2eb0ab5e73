"""What the official Python client's own examples do, with its addresses pointed at a sandbox."""

import json
import sys

from linkedin_api.clients.auth.client import AuthClient
from linkedin_api.clients.restli.client import RestliClient
from linkedin_api.common import constants

given = json.loads(sys.argv[1])
constants.OAUTH_BASE_URL = f"{given['url']}/oauth/v2"
constants.NON_VERSIONED_BASE_URL = f"{given['url']}/v2"
constants.VERSIONED_BASE_URL = f"{given['url']}/rest"
VERSION = "202609"
said = {}

auth = AuthClient(
    client_id=given["client_id"], client_secret=given["client_secret"], redirect_url=given["redirect_url"]
)
exchanged = auth.exchange_auth_code_for_access_token(given["code"])
token = exchanged.access_token
said["scope"] = exchanged.scope
said["expires_in"] = exchanged.expires_in
said["active"] = auth.introspect_access_token(token).active
renewed = auth.exchange_refresh_token_for_access_token(exchanged.refresh_token)
said["refreshed"] = renewed.expires_in
said["two_legged"] = auth.get_two_legged_access_token().expires_in

client = RestliClient()
me = client.get(resource_path="/userinfo", access_token=token).entity
said["sub"] = me["sub"]

organization = given["organization"]
body = {
    "author": organization,
    "commentary": "Sent by a client that we did not write",
    "visibility": "PUBLIC",
    "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
    "lifecycleState": "PUBLISHED",
    "isReshareDisabledByAuthor": False,
}
created = client.create(resource_path="/posts", entity=body, access_token=token, version_string=VERSION)
said["created"] = [created.status_code, created.decoded_entity_id]
urn = created.decoded_entity_id

post = client.get(resource_path="/posts/{id}", path_keys={"id": urn}, access_token=token, version_string=VERSION)
said["commentary"] = post.entity["commentary"]

updated = client.partial_update(
    resource_path="/posts/{id}",
    path_keys={"id": urn},
    patch_set_object={"commentary": "Changed by it"},
    access_token=token,
    version_string=VERSION,
)
said["updated"] = updated.status_code

batch = client.batch_get(
    resource_path="/posts", ids=[urn, "urn:li:share:1"], access_token=token, version_string=VERSION
)
said["batch"] = [sorted(batch.results), batch.results[urn]["commentary"], sorted(batch.errors)]

# Long enough to be tunnelled by the client.
many = [urn] + [f"urn:li:share:{number}" for number in range(7_000_000_000_000_000_000, 7_000_000_000_000_000_130)]
tunnelled = client.batch_get(resource_path="/posts", ids=many, access_token=token, version_string=VERSION)
said["tunnelled"] = [tunnelled.response.request.method, sorted(tunnelled.results), len(tunnelled.errors)]

found = client.finder(
    resource_path="/posts",
    finder_name="author",
    query_params={"author": organization, "count": 2},
    access_token=token,
    version_string=VERSION,
)
said["found"] = [len(found.elements), found.paging.total is not None, found.elements[0]["id"] == urn]

acls = client.finder(
    resource_path="/organizationAcls",
    finder_name="roleAssignee",
    query_params={"role": "ADMINISTRATOR", "state": "APPROVED"},
    access_token=token,
    version_string=VERSION,
)
said["acls"] = [e["organization"] for e in acls.elements]

upload = client.action(
    resource_path="/images",
    action_name="initializeUpload",
    action_params={"initializeUploadRequest": {"owner": organization}},
    access_token=token,
    version_string=VERSION,
)
said["upload"] = upload.value["image"].startswith("urn:li:image:")

deleted = client.delete(resource_path="/posts/{id}", path_keys={"id": urn}, access_token=token, version_string=VERSION)
said["deleted"] = deleted.status_code

print(json.dumps(said))
