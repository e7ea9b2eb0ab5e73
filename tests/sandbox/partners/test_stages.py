"""Stage sync: in batches, for Recruiter's partners."""

from sandbox.partnership import Api

PATH = "/v2/atsApplications/A1/stages?ids=s1&ids=s2"
GOOD = {"atsCreatedAt": 1_763_905_000_000, "stage": "Interview"}


async def put(api: Api, *, app: str = "partner", **entities):
    headers = {"x-restli-method": "batch_update"}
    return await api.send("PUT", PATH, app=app, json={"entities": entities}, headers=headers)


async def test_stages_are_kept_one_by_one(api: Api) -> None:
    api.world.apps["partner"].products.append("Recruiter System Connect")
    body = (await put(api, s1=GOOD, s2={"stage": "Offer"})).json()
    assert body["results"] == {"s1": {"status": 204}}
    assert body["errors"]["s2"]["status"] == 422
    found = (await api.send("GET", PATH, app="partner")).json()
    assert (found["results"], found["errors"]["s2"]["status"]) == ({"s1": GOOD}, 404)


async def test_keys_must_agree_and_others_are_refused(api: Api) -> None:
    api.world.apps["partner"].products.append("Recruiter System Connect")
    assert (await put(api, s1=GOOD)).status_code == 400
    assert (await put(api, app="plain", s1=GOOD, s2=GOOD)).status_code == 403
