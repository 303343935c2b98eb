"""`make check-links`: each page of others is asked for once, politely, and what it answers is told at its line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import BadStatusLine
from threading import Barrier, Event, current_thread
from urllib.error import URLError

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forked
from builders import PROJECT, SAMPLE, SiteTest, a_manuscript
from cli.hosts import a_host
from essay_series.cli.check.check_links import MEANINGS
from essay_series.cli.check.outside.answer import (
    MOST_REDIRECTS,
    Answer,
    NotAskedError,
    Reply,
    confirmed,
    failure,
    follow,
)
from essay_series.cli.check.outside.answer_cache import DAY, HOUR, LIFETIMES, cached, load, save
from essay_series.cli.check.outside.http_client import (
    DEFAULT_WAIT,
    PAUSE,
    HttpClient,
    request_url,
    retry_after,
    user_agent,
)
from essay_series.cli.check.outside.link_run import AT_ONCE, ask_all, by_host
from essay_series.cli.check.outside.links import ExternalLink, outside_links, web_address
from essay_series.cli.findings import FORMATS

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "Title: One\nDate: 2009-04-01\n\n"


@pytest.fixture
def host():
    """Return a host on loopback."""
    with a_host() as running:
        yield running


# --- What is a link


@pytest.mark.parametrize(
    ("text", "column", "address", "fragment"),
    [
        ("a [b](https://x.example/c) d", 7, "https://x.example/c", ""),
        ("[b](<https://x.example/c>)", 6, "https://x.example/c", ""),
        ("See <https://x.example/c>.", 6, "https://x.example/c", ""),
        ("[b]: https://x.example/c", 6, "https://x.example/c", ""),
        ('<a href="//x.example/c">b</a>', 10, "https://x.example/c", ""),
        ("![b](http://x.example/c.png)", 6, "http://x.example/c.png", ""),
        ('<img src="http://x.example/c.png" alt="">', 11, "http://x.example/c.png", ""),
        ("[b](HTTPS://X.example/?c=1&amp;d=2#e)", 5, "HTTPS://X.example/?c=1&d=2", "e"),
        (r"[b](https://x.example/c\_d)", 5, "https://x.example/c_d", ""),
    ],
)
def test_a_link_to_another_site_is_found_at_its_place(text, column, address, fragment):
    """However it is written, its line and column are those of the address, and a fragment is not asked for."""
    files = {"essays/one.md": f"{HEADER}{text}\n"}
    assert outside_links(a_manuscript(files)) == [ExternalLink("essays/one.md", 4, column, address, fragment)]


@pytest.mark.parametrize(
    "text",
    [
        "`[b](https://x.example/)`",
        "    <https://x.example/>",
        "[b](#c)",
        "[b](/c/)",
        "[b]({filename}/essays/one.md)",
        "[b](mailto:c@x.example)",
        "https://x.example/ in plain words",
        r"\<https://x.example/>",
        "[b](https://own.example/c) [b](https://own.example)",
    ],
)
def test_what_is_no_link_to_another_site_is_not_asked_for(text):
    """Code, our own pages, other schemes and plain words are left alone."""
    assert outside_links(a_manuscript({"essays/one.md": f"{HEADER}{text}\n"}), "https://own.example") == []


def test_links_of_every_kind_of_source_are_found():
    """Essays, plays, series and pages are all looked at, in the order of their files."""
    paths = [f"{folder}/one.md" for folder in ("essays", "pages", "playbook", "series")]
    links = outside_links(a_manuscript(dict.fromkeys(paths, f"{HEADER}<https://x.example/>\n")))
    assert [link.path for link in links] == paths


@given(st.text(max_size=30))
def test_whatever_a_target_is_it_is_read(text):
    """No target is too strange to be read, and none but a web address comes out."""
    address, _ = web_address(text)
    assert not address or address.lower().startswith(("http://", "https://"))


# --- What an answer means

SITES = [f"https://{letter}.example/" for letter in "abcdefgh"]
REPLIES = st.one_of(
    st.sampled_from([200, 204, 403, 404, 410, 429, 500]).map(Reply),
    st.builds(Reply, st.sampled_from([301, 302, 303, 307, 308]), st.sampled_from([*SITES, ""])),
    st.sampled_from([TimeoutError(), socket.gaierror(socket.EAI_NONAME, "no"), NotAskedError("it is ours")]),
)


@given(st.fixed_dictionaries(dict.fromkeys(SITES, REPLIES)))
def test_redirects_are_followed_to_an_end(web):
    """In any web, few requests are made, and "moved" names what only permanent redirects lead to."""
    asked = []

    def fetch(address: str) -> Reply:
        asked.append(address)
        if isinstance(web[address], Exception):
            raise web[address]
        return web[address]

    answer = follow(SITES[0], fetch)
    assert len(asked) <= MOST_REDIRECTS + 1
    last = web[asked[-1]]
    good = isinstance(last, Reply) and last.status in (200, 204)
    assert good == (answer.verdict in ("fine", "moved"))
    if answer.verdict == "moved":
        before = asked[: asked.index(answer.to, 1)]
        assert before
        assert {web[each].status for each in before} <= {301, 308}
    if answer.verdict == "dead":
        assert isinstance(last, socket.gaierror) or last.status in (404, 410)


@pytest.mark.parametrize(
    ("statuses", "to"),
    [([301], 1), ([308, 301], 2), ([302], None), ([301, 302], 1), ([302, 301], None), ([307, 303], None)],
)
def test_only_what_has_moved_for_good_is_told_as_moved(statuses, to):
    """A redirect for the time being is followed and not told; behind it, nothing is for good."""
    web = {SITES[n]: Reply(status, SITES[n + 1]) for n, status in enumerate(statuses)}
    answer = follow(SITES[0], lambda address: web.get(address, Reply(200)))
    assert (answer.verdict, answer.to) == (("moved", SITES[to]) if to else ("fine", ""))


def test_a_dead_end_of_a_redirect_is_named():
    """Who reads the message sees which of two addresses is dead."""
    web = {SITES[0]: Reply(301, "/gone"), f"{SITES[0]}gone": Reply(404)}
    told = f"it redirects to {SITES[0]}gone: the answer is 404 Not Found"
    assert follow(SITES[0], web.__getitem__) == Answer("dead", told)


def a_certificate_error(code: int, message: str) -> URLError:
    """Return what urllib raises for a certificate that OpenSSL refuses."""
    error = ssl.SSLCertVerificationError(1, "failed")
    error.verify_code, error.verify_message = code, message
    return URLError(error)


@pytest.mark.parametrize(
    ("error", "verdict", "told"),
    [
        (URLError(socket.gaierror(socket.EAI_NONAME, "x")), "dead", "the host does not exist"),
        (socket.gaierror(socket.EAI_AGAIN, "x"), "unknown", "its host name could not be resolved"),
        (a_certificate_error(10, "it has expired"), "dead", "its certificate is not valid, it has expired"),
        (a_certificate_error(20, "no issuer"), "unknown", "its certificate is not valid, no issuer"),
        (URLError(ssl.SSLEOFError(8, "EOF")), "unknown", "the connection was closed"),
        (URLError(TimeoutError("timed out")), "unknown", "it did not answer in time"),
        (URLError(ConnectionRefusedError(111, "Connection refused")), "unknown", "no connection, Connection refused"),
        (URLError("a proxy said no"), "unknown", "no connection, a proxy said no"),
        (BadStatusLine("x"), "unknown", "x"),
        (ValueError("x"), "dead", "it is not a valid address"),
    ],
)
def test_a_missing_answer_is_an_error_only_if_no_reader_would_get_one(error, verdict, told):
    """A name that nobody has and a certificate that nobody takes are dead; the rest may be the weather."""
    answer = failure(error)
    assert (answer.verdict, answer.reason.replace("<urlopen error ", "").rstrip(">")) == (verdict, told)


def test_without_a_network_no_host_is_said_to_be_missing():
    """Some machines say "no such host" of every name while they are offline; only a name that others have tells."""
    unknown, busy = socket.gaierror(socket.EAI_NONAME, "x"), socket.gaierror(socket.EAI_AGAIN, "x")

    def offline(name: str) -> None:
        raise socket.gaierror(socket.EAI_NONAME, name)

    assert failure(confirmed(unknown, offline)).verdict == "unknown"
    assert failure(confirmed(unknown, len)).verdict == "dead"
    assert confirmed(busy, len) is busy


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        *((200, "60", 0), (404, "", 0), (503, "", 0), (503, "60", 60), (429, "60", 60), (429, "", DEFAULT_WAIT)),
        *((429, "soon", DEFAULT_WAIT), (503, "soon", 0), (429, "0", DEFAULT_WAIT), (503, "-1", 0)),
        (503, "Thu, 01 Jan 2009 00:00:00 GMT", 0),
    ],
)
def test_a_host_may_ask_to_be_left_alone(status, header, seconds):
    """Seconds are read; without any, only "too many requests" means a while."""
    assert retry_after(status, header) == seconds


def test_a_host_may_name_the_moment_to_come_back():
    """Retry-After may be a date."""
    assert 7000 < retry_after(503, format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)) <= 7200


# --- How a host is asked


@pytest.mark.site
@pytest.mark.parametrize(
    ("path", "verdict", "requests"),
    [
        ("/200/a", "fine", ["HEAD /200/a"]),
        ("/get/405/a", "fine", ["HEAD /get/405/a", "GET /get/405/a"]),
        ("/get/403/a", "fine", ["HEAD /get/403/a", "GET /get/403/a"]),
        ("/404/a", "dead", ["HEAD /404/a", "GET /404/a"]),
        ("/410/a", "dead", ["HEAD /410/a", "GET /410/a"]),
        ("/403/a", "unknown", ["HEAD /403/a", "GET /403/a"]),
        ("/500/a", "unknown", ["HEAD /500/a", "GET /500/a"]),
        ("/429/a", "unknown", ["HEAD /429/a"]),
        ("/503/wait/60", "unknown", ["HEAD /503/wait/60"]),
        ("/301/to/200/a", "moved", ["HEAD /301/to/200/a", "HEAD /200/a"]),
        ("/302/to/200/a", "fine", ["HEAD /302/to/200/a", "HEAD /200/a"]),
        ("/a b/ü?c=d e", "fine", ["HEAD /a%20b/%C3%BC?c=d%20e"]),
    ],
)
def test_a_page_is_asked_for_by_head_then_by_get(host, path, verdict, requests):
    """What HEAD does not settle GET does; a host that asks to wait is not asked a second time."""
    client = HttpClient("me", loopback=True, pause=0)
    assert (follow(f"{host.address}{path}", client.fetch).verdict, host.asked) == (verdict, requests)


@pytest.mark.site
def test_a_host_that_asks_to_wait_is_asked_for_nothing_more(host):
    """One "too many requests" speaks for all pages of that host, also for those that others lead on to."""
    client = HttpClient("me", loopback=True, pause=0)
    replies = [client.fetch(f"{host.address}{path}") for path in ("/429/wait/60", "/200/a", "/404/b")]
    assert replies == [Reply(429, wait=60)] * 3
    assert host.asked == ["HEAD /429/wait/60"]


@pytest.mark.site
def test_a_host_is_asked_for_one_thing_at_a_time(host):
    """However many threads call, a host has one request of ours."""
    client = HttpClient("me", loopback=True, pause=0)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(client.fetch, [f"{host.address}/{number}" for number in range(16)]))
    assert (len(host.asked), host.most_at_once) == (16, 1)


@pytest.mark.site
def test_a_host_has_a_pause_between_two_requests(host):
    """Nobody's server is hurried, unless a test asks for it."""
    client = HttpClient("me", loopback=True)
    for page in "ab":
        client.fetch(f"{host.address}/200/{page}")
    first, second = host.moments
    assert second - first >= PAUSE > 0


@pytest.mark.site
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "[::ffff:127.0.0.1]", "169.254.1.1"])
def test_this_machine_and_private_networks_are_not_asked(host, name):
    """A link to a private address is told, and no request is made."""
    address = f"http://{name}:{host.server_address[1]}/"
    told = "it is an address of this machine or of a private network"
    assert follow(address, HttpClient("me").fetch) == Answer("unknown", told)
    assert host.asked == []


@pytest.mark.site
def test_a_redirect_does_not_open_a_private_network(host):
    """What a host leads on to is held to the same rule, even where loopback is allowed."""
    address = f"{host.address}/301/to//10.0.0.1/"
    assert "private network" in follow(address, HttpClient("me", loopback=True, pause=0).fetch).reason


@pytest.mark.site
def test_a_host_without_tls_is_dead_and_one_that_is_silent_is_not_known(host):
    """Real sockets raise what the table above says."""
    client = HttpClient("me", loopback=True, pause=0, timeout=0.2)
    assert follow(host.address.replace("http:", "https:"), client.fetch).verdict == "dead"
    assert follow(f"{host.address}/hangs", client.fetch) == Answer("unknown", "it did not answer in time")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert "no connection" in follow(address, client.fetch).reason


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://x.example", "https://x.example/"),
        ("https://me:secret@X.example:8443/a", "https://x.example:8443/a"),
        ("https://bücher.example/ü?ß=%C3%9F", "https://xn--bcher-kva.example/%C3%BC?%C3%9F=%C3%9F"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]:80/"),
    ],
)
def test_an_address_is_sent_in_ascii_and_without_secrets(written, sent):
    """Letters beyond ASCII are encoded, and a password is kept at home."""
    assert request_url(written) == sent


@pytest.mark.parametrize("address", ["https:///a", "http://[x", "ftp://x.example/", "https://x.example:y/"])
def test_what_is_no_address_is_dead(address):
    """Nothing is asked for where there is nobody to ask."""
    assert follow(address, HttpClient("me").fetch) == Answer("dead", "it is not a valid address")


def test_the_site_presents_itself_by_name_and_address():
    """A host can see who asks, whatever letters the name has."""
    assert user_agent("Micro-Revolutions", "https://own.example") == (
        "essay_series (link check of Micro-Revolutions; +https://own.example)"
    )
    assert user_agent("Rêves (ü)\n", "") == "essay_series (link check of R ves)"


# --- A whole round


def test_many_hosts_are_asked_at_once_but_not_all():
    """Eight at a time go through any number of hosts, and every address is asked for once."""
    barrier, asked, threads = Barrier(AT_ONCE), [], set()

    def ask(address: str) -> Answer:
        asked.append(address)
        threads.add(current_thread())
        barrier.wait(timeout=30)
        return Answer("fine")

    addresses = [f"https://{number}.example/" for number in range(2 * AT_ONCE)]
    assert ask_all([*addresses, *addresses], ask, 60) == dict.fromkeys(addresses, Answer("fine"))
    assert sorted(asked) == sorted(addresses)
    assert len(threads) == AT_ONCE


def test_when_the_time_is_up_the_rest_is_left():
    """A host that says nothing holds up neither the others nor the end."""
    over, spoken = Event(), Event()

    def ask(address: str) -> Answer:
        if "silent" in address:
            spoken.wait(30)
            over.wait(30)
        else:
            spoken.set()
        return Answer("fine")

    addresses = ["https://silent.example/1", "https://silent.example/2", "https://x.example/"]
    found = ask_all(addresses, ask, 1)
    over.set()
    assert found == {"https://x.example/": Answer("fine")}


@given(st.lists(st.sampled_from([f"{site}{page}" for site in SITES for page in "123"])))
def test_the_order_of_a_round_follows_from_the_addresses_alone(addresses):
    """Each address is in one group, with all of its host, and the largest group is first."""
    groups = by_host(addresses)
    assert sorted(a for group in groups for a in group) == sorted(set(addresses))
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
    assert groups == by_host(reversed(addresses))


# --- What is remembered

ANSWERS = st.builds(Answer, st.sampled_from(sorted(LIFETIMES)), st.text(), st.text())


@given(st.dictionaries(st.text(st.characters(exclude_categories=("Cs",))), ANSWERS))
def test_answers_are_remembered_as_they_were(tmp_path_factory, answers):
    """What was kept is recalled, and keeping it again makes the same bytes."""
    file = tmp_path_factory.mktemp("cache") / "links.json"
    known = {address: cached(answer, NOW) for address, answer in answers.items()}
    save(file, known)
    data = file.read_bytes()
    assert load(file) == known
    save(file, dict(reversed(known.items())))
    assert file.read_bytes() == data
    assert [each.name for each in file.parent.iterdir()] == ["links.json"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"a": 1}',
        b'{"a": {}}',
        b'{"a": {"verdict": "fine", "reason": "", "to": "", "expires": "soon"}}',
        b'{"a": {"verdict": "fine", "reason": "", "to": "", "expires": "2026-01-01"}}',
        b'{"a": {"verdict": "odd", "reason": "", "to": "", "expires": "2026-01-01T00:00:00+00:00"}}',
    ],
)
def test_a_damaged_memory_is_none(tmp_path, data):
    """Whatever happened to the file, the addresses are asked for again."""
    (tmp_path / "links.json").write_bytes(data)
    assert load(tmp_path / "links.json") == {}
    assert load(tmp_path / "none.json") == {}


@pytest.mark.parametrize(
    ("answer", "good_for"),
    [
        (Answer("fine"), 14 * DAY),
        (Answer("moved"), 14 * DAY),
        (Answer("dead"), DAY),
        (Answer("unknown"), HOUR),
        (Answer("unknown", wait=2 * 3600), 2 * HOUR),
        (Answer("unknown", wait=10**9), DAY),
    ],
)
def test_how_long_an_answer_is_good_for(answer, good_for):
    """Good ones a fortnight, bad ones a day, and a host's wish to be left alone counts."""
    assert cached(answer, NOW).expires == NOW + good_for


# --- The command


def check_links(site: SiteTest, **words: str) -> tuple[int, str, str]:
    """Run `make check-links`; return its code, what it found, and what else it said."""
    how = process(site, words)
    done = forked.start(how["cwd"], "essay_series", "check-links", variables=how["env"]).wait()
    return done.code, *done.parts


# A shell ignores SIGINT for what it runs in the background, and its children inherit that
RESTORE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
INTERRUPTIBLE = [sys.executable, "-c", f"{RESTORE}from essay_series.__main__ import main; main()", "check-links"]


def process(site: SiteTest, words: dict[str, str]) -> dict:
    """Return the folder and the environment of a command."""
    site.configure()
    shutil.copy(SAMPLE / "publishconf.py", site.folder)
    paths = {"PYTHONPATH": str(PROJECT / "plugins"), "no_proxy": "127.0.0.1", "LOOPBACK": "1"}
    return {"cwd": site.folder, "env": {**os.environ, **paths, **words}}


def test_each_answer_is_told_at_its_line(site, host):
    """Dead is an error; what moved, and what could not be looked at, are warnings with the address and a cure."""
    at = host.address
    site.essay("one", f"[a]({at}/200/a)\n[b]({at}/404/b) `{at}/404/code`\n\n[c]({at}/301/to/200/c#d)")
    site.write("content/pages/about.md", f"Title: About\n\nSee [here]({at}/404/b).\n\n![x]({at}/403/e)\n")
    code, found, said = check_links(site, SITEURL="https://own.example")
    assert code == 1
    assert found.splitlines() == [
        (
            f"content/essays/one.md:5:5: error: {at}/404/b: the answer is 404 Not Found [dead-address]."
            " Correct the address, or remove the link."
        ),
        (
            f"content/essays/one.md:7:5: warning: {at}/301/to/200/c: it has moved permanently [moved-address]."
            f' Write "{at}/200/c#d".'
        ),
        (
            f"content/pages/about.md:3:12: error: {at}/404/b: the answer is 404 Not Found [dead-address]."
            " Correct the address, or remove the link."
        ),
        (
            f"content/pages/about.md:5:6: warning: {at}/403/e: could not be checked: the answer is 403 Forbidden"
            " [unknown-address]. Open it in a browser."
        ),
        "2 errors, 2 warnings.",
    ]
    assert said == "Checking 4 addresses on 1 host, for at most 120 seconds.\n"
    assert sorted(host.asked) == sorted(
        [
            *("HEAD /200/a", "HEAD /404/b", "GET /404/b", "HEAD /301/to/200/c"),
            "HEAD /200/c",
            "HEAD /403/e",
            "GET /403/e",
        ]
    )
    assert host.agents == {"essay_series (link check of Allotment Letters; +https://own.example)"}


def test_what_is_remembered_is_not_asked_for_again(site, host):
    """A second run asks for nothing and tells the same, and FRESH=1 asks for everything."""
    site.essay("one", f"[a]({host.address}/200/a) [b]({host.address}/301/to/200/a)")
    first, asked = check_links(site), list(host.asked)
    assert first[0] == 0
    host.asked.clear()
    assert check_links(site) == (*first[:2], "")
    assert host.asked == []
    assert check_links(site, FRESH="1") == first
    assert host.asked == asked


def test_what_is_too_old_or_not_linked_any_more_is_not_remembered(site, host):
    """An answer whose time is over is asked for again, and a link that went is forgotten."""
    memory = site.folder / "cache/links.json"
    old, other = f"{host.address}/200/a", f"{host.address}/200/b"
    dead = Answer("dead", "the answer is 404")
    past = {old: cached(dead, NOW - 2 * DAY), other: cached(dead, datetime.now(UTC))}
    save(memory, past)
    assert check_links(site.essay("one", f"<{old}>"))[0] == 0
    assert list(load(memory)) == [old]
    assert load(memory)[old].answer == Answer("fine")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_of_dead_addresses(site, host, form):
    """Editors and CI services get what `make check` gives them."""
    code, found, _ = check_links(site.essay("one", f"<{host.address}/404/a>"), FORMAT=form)
    assert code == 1
    assert "dead-address" in found
    if form == "json":
        (finding,) = json.loads(found)
        assert (finding["path"], finding["line"], finding["column"]) == ("content/essays/one.md", 4, 2)
        assert finding["severity"] == "error"
    if form == "sarif":
        (rule,) = json.loads(found)["runs"][0]["tool"]["driver"]["rules"]
        assert rule["fullDescription"]["text"] == MEANINGS["dead-address"]


def test_a_warning_ends_well_unless_it_is_strict(site, host):
    """What could not be looked at is no mistake of the author's, and STRICT=1 makes it count."""
    site.essay("one", f"<{host.address}/403/a>")
    assert check_links(site)[0] == 0
    assert check_links(site, STRICT="1")[0] == 1


def test_what_the_time_does_not_suffice_for_is_told(site, host):
    """Nothing is passed over in silence."""
    site.essay("one", f"<{host.address}/200/a>")
    code, found, _ = check_links(site, TIME="0")
    assert (code, found.count("not checked, since the time was up [unasked-address]")) == (0, 1)
    assert load(site.folder / "cache/links.json") == {}


def test_an_interrupted_round_keeps_what_it_has(site, host):
    """Ctrl-C is only an earlier end: what is known is told and remembered."""
    site.essay("one", f"<{host.address}/200/a> <{host.address}/hangs>")
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(INTERRUPTIBLE, **process(site, {}), **quiet) as running:
        assert host.hanging.wait(30)
        running.send_signal(signal.SIGINT)
        found, said = running.communicate(timeout=30)
    assert running.returncode == 0, said
    assert found.count(b"[unasked-address]") == 1
    assert list(load(site.folder / "cache/links.json")) == [f"{host.address}/200/a"]


def test_neither_a_build_nor_make_check_asks_anybody(site, host):
    """Other people's machines are spoken to only by name of the verb."""
    site.essay("one", f"[a]({host.address}/404/a)", Summary="One.")
    assert site.build().code == 0
    assert site.publish("", command="check").code == 0
    assert host.asked == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"TIME": "long"}, 'TIME: "long" is not a number of seconds. Write digits only, such as 120.\n'),
        ({"FORMAT": "xml"}, 'FORMAT: "xml" is not known. Use one of text, json, github, sarif.\n'),
    ],
)
def test_a_word_that_is_not_known_is_told(site, words, told):
    """A typo is told before anybody is asked."""
    assert check_links(site.essay("one"), **words) == (1, "", told)
