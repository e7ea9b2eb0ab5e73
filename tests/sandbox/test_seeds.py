from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image

from inroad.sandbox.resources.ads.state import ads_of
from inroad.sandbox.resources.event_subscriptions.state import Subscriptions
from inroad.sandbox.resources.jobs.state import Jobs
from inroad.sandbox.resources.leads.state import leads_of
from inroad.sandbox.resources.media.made import made_document
from inroad.sandbox.resources.media.state import Media
from inroad.sandbox.resources.posts.state import Article, Poll, Posts
from inroad.sandbox.resources.provisioning.state import Provisioning
from inroad.sandbox.resources.social.state import Social, reaction_count
from inroad.sandbox.seeds import SeedError, default_seed, read_seed, read_seed_file
from inroad.sandbox.world import World

EXAMPLE = Path(__file__).parents[1] / "data" / "sandbox-seed.toml"
ADA = '[[members]]\nid = "ada"\nfirst_name = "Ada"\nlast_name = "Okafor"\n'


def test_the_example_is_understood_as_it_stands():
    world = read_seed_file(EXAMPLE)
    assert abs(world.clock.now() - datetime(2026, 11, 23, 9, tzinfo=UTC)).total_seconds() < 60
    assert world.switches["duplicate_window"] == 600
    app = world.apps["demo-app"]
    assert (app.client_secret, app.created, app.tier) == ("demo-secret-not-a-real-one", date(2026, 1, 10), "standard")
    assert app.grants == ["authorization_code", "refresh_token", "client_credentials"]
    ada = world.members["sBx7kQ2mWa"]
    assert (ada.email, ada.password, ada.connections) == ("ada.okafor@example.test", "demo-password", 412)
    assert world.blobs[ada.picture].content_type == "image/jpeg"
    page = world.organizations[90210001]
    assert page.roles_of(ada.id) == {"ADMINISTRATOR"}
    assert (page.size, page.followers, page.statistics_days) == ("SIZE_51_TO_200", 1280, 90)
    (post,) = world.state(Posts).of_author("urn:li:organization:90210001")
    assert (post.text, reaction_count(world, post.urn)) == ("We opened our second workshop.", 31)
    assert post.created_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert [c.text for c in world.state(Social).of_post(post.urn)] == ["Congratulations"]
    ads = ads_of(world)
    assert ads.campaigns[710000001].body["dailyBudget"] == {"amount": "75.00", "currencyCode": "EUR"}
    assert (ads.creatives[810000001].campaign, ads.accounts[510000001].users[ada.id].role) == (
        710000001,
        "ACCOUNT_MANAGER",
    )
    form = leads_of(world).forms[3141]
    assert (form.questions[-1]["predefinedField"], len(leads_of(world).leads)) == ("COMPANY_NAME", 12)
    (subscription,) = leads_of(world).subscriptions.values()
    assert (subscription.app, subscription.lead_type) == ("demo-app", "COMPANY")
    job = world.state(Jobs).find("demo-app", "NW-17")
    assert (job.fields["title"], job.is_open, job.organization) == ("Workshop lead", True, 90210001)


def test_the_profile_of_the_command_line_wins():
    assert read_seed_file(EXAMPLE, profile="guide").switches.profile == "guide"
    with pytest.raises(SeedError, match="no profile 'x'"):
        read_seed("", profile="x")


def test_the_default_world_is_worth_looking_at():
    world = default_seed()
    assert (len(world.members), len(world.organizations)) == (3, 2)
    assert world.apps["demo-app"].redirect_urls
    assert world.apps["legacy-app"].created < date(2023, 8, 1)
    assert all(page.roles for page in world.organizations.values())
    posts = [p for p in world.state(Posts).by_urn.values() if p.feed != "NONE"]
    assert len(posts) == 5
    assert [a.is_test for a in ads_of(world).accounts.values()] == [False, True]
    assert posts == sorted(posts, key=lambda p: p.created_at)
    assert {Article, Poll} <= {type(p.content) for p in posts}
    assert all(world.blobs[m.picture] for m in world.members.values())


def test_a_world_comes_back_from_its_document():
    world = read_seed_file(EXAMPLE)
    again = World.from_document(world.to_document())
    assert again.members == world.members
    assert again.state(Jobs) == world.state(Jobs)
    assert again.state(Posts) == world.state(Posts)


def test_a_switch_may_be_named_with_or_without_quotes():
    assert read_seed('[switches]\nlenient.empty = "on"').switches.is_on("lenient.empty")
    assert read_seed('[switches]\n"lenient.empty" = true').switches.is_on("lenient.empty")


def test_everything_may_be_left_out():
    world = read_seed("")
    assert (world.apps, world.members, world.organizations) == ({}, {}, {})
    made = read_seed(
        '[[apps]]\nname = "a"\n[[members]]\nfirst_name = "A"\nlast_name = "B"\n[[organizations]]\nname = "Ö X"'
    )
    assert len(made.apps) == len(made.members) == len(made.organizations) == 1
    assert next(iter(made.members.values())).email == "a.b@example.test"
    assert next(iter(made.organizations.values())).vanity_name == "x"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("foo = 1", "line 1: unknown key 'foo'"),
        ('[world]\nseed = 7\nprofil = "today"', "line 3: unknown key 'profil' in [world]"),
        ('[[apps]]\nname = "a"\n\n[[apps]]\n# note\nclientid = "x"', "line 6: unknown key 'clientid' in [apps]"),
        ('[world]\nprofile = "x"', "line 2: no profile 'x': there are today, guide, lenient"),
        ("[world]\nnow = 2026-01-01T00:00:00", "line 2: now needs a zone, such as 2026-11-23T09:00:00Z"),
        ("[switches]\n\nfoo = 1", "line 3: no switch 'foo'"),
        ('[switches]\n"lenient.empty" = "maybe"', "line 2: switch 'lenient.empty' takes off, on, got 'maybe'"),
        ("[[members]]\nid = 7", "line 2: members.id: expected `str | null`, got `int`"),
        ('[[members]]\nid = "a"', "line 1: members: missing key `first_name`"),
        (ADA + "\n" + ADA, "line 7: member 'ada' is there already"),
        (
            ADA + '[[organizations]]\nname = "N"\nroles = [\n  { member = "bob" },\n]',
            "line 7: no member 'bob' in this seed",
        ),
        (
            '[[organizations]]\nname = "N"\nroles = [{ member = "bob", rol = "X" }]',
            "line 3: unknown key 'rol' in [organizations.roles]",
        ),
        ('[[posts]]\ntext = "x"\nauthor = "urn:li:organization:5"', "line 3: no organization 5 in this seed"),
        ('[[posts]]\nauthor = "ada"', "line 2: not a URN (urn:li:type:id): 'ada'"),
        (
            '[[posts]]\nauthor = "urn:li:share:5"',
            "line 2: author must be a person or organization URN, got 'urn:li:share:5'",
        ),
        (
            ADA + '[[posts]]\nauthor = "urn:li:person:ada"\nimage = "generated"\narticle = "https://x.example"',
            "line 8: a post has one content, got image and article",
        ),
        (
            ADA + '[[posts]]\nauthor = "urn:li:person:ada"\nimage = "no.jpg"',
            'line 7: image is "generated", "none" or a path: cannot read \'no.jpg\'',
        ),
        ('[[apps]]\nproducts = ["Sign in"]', "line 2: no product 'Sign in'"),
        ('[[apps]]\ntier = "gold"', "line 2: apps.tier: Invalid enum value 'gold'"),
        ('[[ad_accounts]]\nname = "x"\norganization = 7', "line 3: no organization 7 in this seed"),
        (
            "[[ad_accounts]]\n[[ad_accounts.campaign_groups]]\n[[ad_accounts.campaign_groups.campaigns]]\nbudget = 1",
            "line 4: unknown key 'budget' in [ad_accounts.campaign_groups.campaigns]",
        ),
        ('[[jobs]]\norganization = 1\ntitle = "x"', "line 2: no organization 1 in this seed"),
        (
            '[[subscriptions]]\napp = "x"\nkind = "lead"\nowner = "urn:li:organization:1"\nurl = "http://x"',
            "line 2: no app 'x' in this seed",
        ),
        ("[switches]\nlenient.raw_urns = 7", "line 2: switch 'lenient.raw_urns' takes off, on, got 7"),
        ("[generate]\nmembers = -1", "line 2: members must be 0 to 100000, got -1"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, error):
    with pytest.raises(SeedError) as caught:
        read_seed(text)
    assert str(caught.value) == error


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(SeedError, match=r"no\.toml: cannot read the seed"):
        read_seed_file(tmp_path / "no.toml")
    bad = tmp_path / "bad.toml"
    bad.write_text("[world\n")
    with pytest.raises(SeedError, match=r"bad\.toml: not TOML: .*line 1"):
        read_seed_file(bad)


def test_a_picture_is_taken_from_beside_the_seed(tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "ada.png")
    seed = tmp_path / "seed.toml"
    seed.write_text(ADA + 'picture = "ada.png"\n')
    world = read_seed_file(seed)
    assert world.blobs[world.members["ada"].picture].content_type == "image/png"
    (tmp_path / "ada.png").write_text("no picture")
    with pytest.raises(SeedError, match=r"line 5: 'ada\.png' is no JPEG, PNG or GIF"):
        read_seed_file(seed)


GENERATE = """
[world]
seed = 3
now = 2026-11-23T09:00:00Z
[generate]
members = 6
organizations = 2
posts_per_organization = 4
"""


def test_a_generated_world_is_the_same_at_every_start():
    first, second = read_seed(GENERATE), read_seed(GENERATE)
    assert (len(first.members), len(first.organizations)) == (6, 2)
    assert first.members == second.members
    assert first.organizations == second.organizations
    assert first.blobs == second.blobs
    texts = [p.text for p in first.state(Posts).by_urn.values()]
    assert len(texts) == 8
    assert texts == [p.text for p in second.state(Posts).by_urn.values()]
    assert all(page.roles for page in first.organizations.values())
    other = read_seed(GENERATE.replace("seed = 3", "seed = 4"))
    assert set(other.members) != set(first.members)


def test_videos_and_documents_are_posted_with_their_files(tmp_path):
    (tmp_path / "list.pdf").write_bytes(made_document("Prices", pages=7))
    world = read_seed(
        ADA
        + '[[posts]]\nauthor = "urn:li:person:ada"\ntext = "Film"\nvideo = "generated"\ntitle = "The shop"\n'
        + '[[posts]]\nauthor = "urn:li:person:ada"\ntext = "Paper"\ndocument = "list.pdf"\n',
        folder=tmp_path,
    )
    paper, film = world.state(Posts).of_author("urn:li:person:ada")
    media = world.state(Media).by_id
    assert (film.urn.split(":")[2], film.content.title, media[film.content.id].milliseconds) == (
        "ugcPost",
        "The shop",
        24_000,
    )
    assert (paper.content.title, media[paper.content.id].pages) == ("list.pdf", 7)
    assert media[paper.content.id].status(world.clock.now()) == "AVAILABLE"
    assert world.files.path(media[paper.content.id].file).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("name", "reason"), [("none.mp4", "No such file"), ("notes.txt", "unsupported format")])
def test_a_file_that_cannot_be_posted_names_its_line(tmp_path, name, reason):
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(SeedError, match=rf"line 8: video cannot be used: .*{reason}"):
        read_seed(
            ADA + f'\n[[posts]]\nauthor = "urn:li:person:ada"\nvideo = "{name}"\n',
            folder=tmp_path,
        )


def test_a_brand_belongs_to_an_organization_named_before():
    page = '[[organizations]]\nid = 7\nname = "Northwind"\n'
    world = read_seed(page + '[[organizations]]\nid = 8\nname = "Kitchens"\nparent = 7\n')
    assert world.organizations[8].parent == 7
    with pytest.raises(SeedError, match=r"line 5: .*9"):
        read_seed(page + '[[organizations]]\nparent = 9\nname = "Kitchens"\n')


JOBS = """
[[apps]]
client_id = "partner"
client_secret = "s"
products = ["Job Posting API"]
[[apps]]
client_id = "child"
client_secret = "t"
parent = "partner"
[[members]]
id = "ada"
first_name = "Ada"
last_name = "Okafor"
[[organizations]]
id = 7
name = "Northwind"
roles = [{ member = "ada" }]
[[jobs]]
external_id = "A"
organization = 7
title = "Buyer"
app = "child"
[[jobs]]
organization = 7
title = "Clerk"
state = "CLOSED"
[[subscriptions]]
app = "child"
kind = "job_application"
owner = "urn:li:organization:7"
url = "http://127.0.0.1:9/apply"
[[subscriptions]]
app = "partner"
kind = "social_action"
owner = "urn:li:organization:7"
url = "https://hooks.example.test/x"
[generate]
jobs = 3
"""


def test_jobs_and_their_subscriptions_are_there():
    world = read_seed(JOBS)
    kept = world.state(Jobs)
    assert len(kept.jobs) == 5
    assert [job.is_open for job in kept.jobs.values()].count(False) == 1
    assert {job.onsite["jobApplicationWebhookUrl"] for job in kept.jobs.values()} == {"http://127.0.0.1:9/apply"}
    assert world.state(Provisioning).children["child"].parent == "partner"
    (subscription,) = world.state(Subscriptions).by_key.values()
    assert (subscription.member, subscription.organization) == ("ada", 7)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('state = "CLOSED"', 'state = "OPEN"'), "a job's state is"),
        (('parent = "partner"', 'parent = "nobody"'), "no app 'nobody'"),
        (('title = "Clerk"', 'title = "Clerk"\nexternal_id = "A"\napp = "child"'), "job 'A' is there already"),
        (("https://hooks.example.test/x", "http://hooks.example.test/x"), "must be an HTTPS URL"),
        (('roles = [{ member = "ada" }]', ""), "no administrator"),
    ],
)
def test_bad_jobs_and_subscriptions_name_their_line(change, problem):
    with pytest.raises(SeedError, match=problem) as caught:
        read_seed(JOBS.replace(*change))
    assert caught.value.line
