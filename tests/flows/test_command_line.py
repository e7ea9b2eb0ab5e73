"""The command line as people use it: sign in through a browser, post with a picture, list, and read the errors."""

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pytest
from PIL import Image

from browser.running import start_service

INROAD = [sys.executable, "-m", "inroad.cli.main"]


class Person:
    """Somebody at a browser: follows links and redirects, fills forms in, presses a button."""

    def __init__(self):
        self.http = httpx2.Client(follow_redirects=True, timeout=30)
        self.page = None

    def open(self, url):
        self.page = self.http.get(url)
        assert self.page.status_code == 200, self.page.text

    def send(self, press="", **typed):
        forms = re.findall(r"<form.*?</form>", self.page.text, re.DOTALL | re.IGNORECASE)
        form = next(f for f in forms if 'method="post"' in f.lower() and press in f)
        fields = {}
        for tag in re.findall(r"<input[^>]*>", form):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                fields[name[1]] = unescape(value[1]) if value else ""
        for tag in re.findall(r"<button[^>]*>", form):
            if press and press in tag and (name := re.search(r'name="([^"]*)"', tag)):
                fields[name[1]] = re.search(r'value="([^"]*)"', tag)[1]
        action = re.search(r'<form[^>]*action="([^"]*)"', form)
        target = urljoin(str(self.page.url), unescape(action[1])) if action else str(self.page.url)
        self.page = self.http.post(target, data=fields | typed, headers={"Origin": re.match(r"\w+://[^/]+", target)[0]})
        assert self.page.status_code == 200, self.page.text


@pytest.fixture
def service(linkedin, tmp_path):
    running = start_service(linkedin, tmp_path)
    yield running
    running.stop()


@pytest.fixture
def person(service):
    someone = Person()
    someone.open(service.first_run_link)
    someone.send(name="Ada Okafor", email="ada@northwind.example", password="twelve long words")
    someone.open(f"{service.url}/connections")
    someone.send(press="/connections/connect")
    someone.send(press="sign_in", email="ada.okafor@example.test", password="demo-password")
    someone.send(press="allow")
    assert "Northwind Works" in someone.page.text
    yield someone
    someone.http.close()


@pytest.fixture
def environment(tmp_path):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("INROAD_")}
    return kept | {"INROAD_CREDENTIALS": str(tmp_path / "credentials.json"), "COLUMNS": "160", "NO_COLOR": "1"}


@pytest.fixture
def inroad(environment):
    def run(*words, code=0):
        done = subprocess.run(
            [*INROAD, *words], check=False, env=environment, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == code, done.stderr or done.stdout
        return done.stdout if code == 0 else done.stderr

    return run


@pytest.fixture
def signed_in(service, person, environment):
    login = subprocess.Popen(
        [*INROAD, "login", "--no-browser", "--url", service.url], env=environment, stdout=subprocess.PIPE, text=True
    )
    with login:
        assert "Confirm in your browser" in login.stdout.readline()
        person.open(login.stdout.readline().strip())
        person.send(press="yes")
        said = login.stdout.read()
    assert login.returncode == 0
    assert "Go back to the command line" in person.page.text
    return said


@pytest.fixture
def photograph(tmp_path):
    file = tmp_path / "a.jpg"
    Image.new("RGB", (600, 400), "#c98a4b").save(file, "JPEG")
    return str(file)


def test_login_keeps_a_key_that_only_its_owner_reads(service, signed_in, environment):
    file = environment["INROAD_CREDENTIALS"]

    assert signed_in == f"Signed in to {service.url}. The key is kept in {file}.\n"
    assert oct(Path(file).stat().st_mode & 0o777) == "0o600"


def test_a_post_is_scheduled_with_its_picture_and_listed(signed_in, inroad, photograph):
    said = inroad(
        *("post", "We opened our second workshop (finally).", "--image", photograph, "--alt", "A bench at dawn"),
        *("--at", "2030-12-03 09:00", "--zone", "Europe/Berlin", "--author", "Northwind Works"),
    )

    assert said.startswith("Scheduled for Tue 3 Dec 2030, 09:00 Berlin, as Northwind Works.\n")
    (post,) = json.loads(inroad("posts", "--json"))["posts"]
    assert (post["state"], post["text"]) == ("scheduled", "We opened our second workshop (finally).")
    assert "Northwind Works" in inroad("posts")


def test_a_post_without_a_time_goes_out_now(signed_in, inroad, linkedin):
    said = inroad("post", "Hello from the command line", "--author", "Ada Okafor")

    assert said.startswith("On its way, as Ada Okafor.\n")
    for _ in range(200):
        (post,) = json.loads(inroad("posts", "--json"))["posts"]
        if post["state"] == "published":
            break
    assert linkedin.posts[0].text == "Hello from the command line"
    assert post["urn"] == linkedin.posts[0].urn


def test_the_text_may_come_from_standard_input(signed_in, environment, inroad):
    done = subprocess.run(
        [*INROAD, "post", "-", "--author", "Ada Okafor", "--json", "--at", "2030-12-03 09:00", "--zone", "UTC"],
        check=True,
        env=environment,
        input="First line\n\nLast line\n",
        capture_output=True,
        text=True,
    )

    assert json.loads(done.stdout)["text"] == "First line\n\nLast line"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--at", "2030-12-03 09:00"], 2, "--at '2030-12-03 09:00' needs its time zone"),
        (["--at", "2030-03-31 02:30", "--zone", "Europe/Berlin"], 4, "Europe/Berlin"),
        (["--at", "2030-12-03 09:00", "--zone", "Europe/Atlantis"], 4, "Europe/Atlantis"),
        (["--author", "Harbour Timber"], 4, "Harbour Timber"),
        (["--image", "nowhere.jpg"], 2, "cannot read nowhere.jpg: No such file or directory"),
        (["--alt", "no picture"], 2, "there are more --alt texts than pictures"),
    ],
)
def test_bad_input_is_told_in_the_persons_own_words(signed_in, inroad, words, code, said):
    defaults = [] if "--author" in words else ["--author", "Ada Okafor"]

    error = inroad("post", "Hello", *defaults, *words, code=code)

    assert said in error
    assert "Traceback" not in error


def test_a_text_over_3000_characters_is_refused_and_nothing_is_planned(signed_in, inroad):
    error = inroad("post", "x" * 3001, "--author", "Ada Okafor", code=4)

    assert "3,001" in error
    assert json.loads(inroad("posts", "--json"))["posts"] == []


def test_who_is_not_signed_in_is_told_how(inroad):
    assert inroad("posts", code=3) == (
        "inroad: you are not signed in to a service\n  sign in first: inroad login --url http://127.0.0.1:8000\n"
    )


def test_a_service_that_is_not_there_is_named(inroad, environment):
    Path(environment["INROAD_CREDENTIALS"]).write_text('{"url": "http://127.0.0.1:9", "api_key": "x"}')

    assert "no answer from the service at http://127.0.0.1:9" in inroad("posts", code=5)


def test_a_port_in_use_is_named_with_what_to_do(linkedin, service, tmp_path, inroad):
    port, other = service.url.rsplit(":", 1)[-1], linkedin.url.rsplit(":", 1)[-1]

    demo = inroad("demo", "--service-port", port, "--sandbox-port", other, "--data", str(tmp_path / "demo"), code=1)
    sandbox = inroad("sandbox", "--port", port, code=1)

    assert demo == (
        f"inroad: the sandbox cannot listen on port {other} of 127.0.0.1: address already in use\n"
        "  stop what uses it, or choose another port: make demo SANDBOX_PORT=9101\n"
    )
    assert sandbox == (f"inroad: port {port} at 127.0.0.1 is in use: stop what listens there, or choose another port\n")


def test_a_profile_that_is_not_there_is_named(inroad):
    assert inroad("sandbox", "--profile", "nowhere", code=2) == (
        "inroad: no profile 'nowhere': there are today, guide, lenient\n"
    )


def test_a_seed_with_an_unknown_key_names_its_line(inroad, tmp_path):
    seed = tmp_path / "world.toml"
    seed.write_text('[[members]]\nid = "sBx7kQ2mWa"\nemail = "ada@example.test"\nfirst_nam = "Ada"\n')

    assert inroad("sandbox", "--seed", str(seed), code=1) == (
        f"inroad: {seed}: line 4: unknown key 'first_nam' in [members]\n"
    )
