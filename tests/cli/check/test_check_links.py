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
def test_an_external_link_is_found_at_its_place(text, column, address, fragment):
    """In every syntax, line and column are those of the address, and the fragment is separate."""
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
def test_other_links_are_not_external(text):
    """Code, the site's own pages, other schemes and plain text are ignored."""
    assert outside_links(a_manuscript({"essays/one.md": f"{HEADER}{text}\n"}), "https://own.example") == []


def test_links_of_every_kind_of_source_are_found():
    """Links in essays, plays, series and pages are found, in the order of their files."""
    paths = [f"{folder}/one.md" for folder in ("essays", "pages", "playbook", "series")]
    links = outside_links(a_manuscript(dict.fromkeys(paths, f"{HEADER}<https://x.example/>\n")))
    assert [link.path for link in links] == paths


@given(st.text(max_size=30))
def test_any_link_target_can_be_parsed(text):
    """No target raises an error, and only web addresses are returned."""
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
    """In any web of redirects few requests are sent, and "moved" names the target of permanent redirects only."""
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
def test_only_permanent_redirects_count_as_moved(statuses, to):
    """A temporary redirect is followed without a finding, and so is every redirect after it."""
    web = {SITES[n]: Reply(status, SITES[n + 1]) for n, status in enumerate(statuses)}
    answer = follow(SITES[0], lambda address: web.get(address, Reply(200)))
    assert (answer.verdict, answer.to) == (("moved", SITES[to]) if to else ("fine", ""))


def test_a_dead_target_of_a_redirect_is_named():
    """The message says which of the two addresses is dead."""
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
def test_a_failed_request_is_dead_only_if_it_fails_for_every_reader(error, verdict, told):
    """An unknown host and an invalid certificate are dead; other failures are unknown."""
    answer = failure(error)
    assert (answer.verdict, answer.reason.replace("<urlopen error ", "").rstrip(">")) == (verdict, told)


def test_without_a_network_no_host_is_dead():
    """If even a host that always exists cannot be resolved, a missing host is not dead."""
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
def test_retry_after_in_seconds_is_read(status, header, seconds):
    """Without the header, only status 429 means a wait."""
    assert retry_after(status, header) == seconds


def test_retry_after_may_be_a_date():
    """A date is converted to seconds from now."""
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
def test_a_failed_head_request_is_followed_by_get(host, path, verdict, requests):
    """A host that asks to wait gets no second request."""
    client = HttpClient("me", loopback=True, pause=0)
    assert (follow(f"{host.address}{path}", client.fetch).verdict, host.asked) == (verdict, requests)


@pytest.mark.site
def test_a_host_that_asks_to_wait_gets_no_more_requests(host):
    """After one 429 no page of that host is requested, not even as the target of a redirect."""
    client = HttpClient("me", loopback=True, pause=0)
    replies = [client.fetch(f"{host.address}{path}") for path in ("/429/wait/60", "/200/a", "/404/b")]
    assert replies == [Reply(429, wait=60)] * 3
    assert host.asked == ["HEAD /429/wait/60"]


@pytest.mark.site
def test_a_host_gets_one_request_at_a_time(host):
    """Several threads never send requests to one host at the same time."""
    client = HttpClient("me", loopback=True, pause=0)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(client.fetch, [f"{host.address}/{number}" for number in range(16)]))
    assert (len(host.asked), host.most_at_once) == (16, 1)


@pytest.mark.site
def test_a_host_has_a_pause_between_two_requests(host):
    """By default there is a pause between two requests to one host."""
    client = HttpClient("me", loopback=True)
    for page in "ab":
        client.fetch(f"{host.address}/200/{page}")
    first, second = host.moments
    assert second - first >= PAUSE > 0


@pytest.mark.site
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "[::ffff:127.0.0.1]", "169.254.1.1"])
def test_private_addresses_get_no_requests(host, name):
    """A link to this machine or a private network is reported without a request."""
    address = f"http://{name}:{host.server_address[1]}/"
    told = "it is an address of this machine or of a private network"
    assert follow(address, HttpClient("me").fetch) == Answer("unknown", told)
    assert host.asked == []


@pytest.mark.site
def test_a_redirect_to_a_private_address_is_not_followed(host):
    """The rule for private addresses holds for redirects too, even where loopback is allowed."""
    address = f"{host.address}/301/to//10.0.0.1/"
    assert "private network" in follow(address, HttpClient("me", loopback=True, pause=0).fetch).reason


@pytest.mark.site
def test_a_host_without_tls_is_dead_and_a_silent_one_is_unknown(host):
    """The errors of real sockets are classified as in the table above."""
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
def test_a_request_is_in_ascii_and_without_credentials(written, sent):
    """Non-ASCII letters are encoded, and user names and passwords are removed."""
    assert request_url(written) == sent


@pytest.mark.parametrize("address", ["https:///a", "http://[x", "ftp://x.example/", "https://x.example:y/"])
def test_an_invalid_address_is_dead(address):
    """No request is sent for an address that is not valid."""
    assert follow(address, HttpClient("me").fetch) == Answer("dead", "it is not a valid address")


def test_the_user_agent_names_the_site():
    """The header contains the name and address of the site, whatever letters the name has."""
    assert user_agent("Micro-Revolutions", "https://own.example") == (
        "essay_series (link check of Micro-Revolutions; +https://own.example)"
    )
    assert user_agent("Rêves (ü)\n", "") == "essay_series (link check of R ves)"


# --- A whole round


def test_eight_hosts_are_asked_at_once():
    """Every address is requested once, from at most eight hosts at the same time."""
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


def test_requests_end_when_the_time_is_up():
    """A host that does not answer delays neither the others nor the end."""
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
def test_addresses_are_grouped_by_host(addresses):
    """Each address is in one group, with all others of its host, and the largest group comes first."""
    groups = by_host(addresses)
    assert sorted(a for group in groups for a in group) == sorted(set(addresses))
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
    assert groups == by_host(reversed(addresses))


# --- What is remembered

ANSWERS = st.builds(Answer, st.sampled_from(sorted(LIFETIMES)), st.text(), st.text())


@given(st.dictionaries(st.text(st.characters(exclude_categories=("Cs",))), ANSWERS))
def test_saved_answers_are_loaded_unchanged(tmp_path_factory, answers):
    """Saving loaded answers again gives the same bytes."""
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
def test_a_damaged_cache_counts_as_empty(tmp_path, data):
    """A cache file with any content can be loaded; if it is damaged, all addresses are requested again."""
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
def test_how_long_answers_are_cached(answer, good_for):
    """Good answers are kept for two weeks, others for a day or an hour; Retry-After extends this."""
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


def test_each_finding_has_the_line_of_its_link(site, host):
    """Dead links are errors; moved and unchecked ones are warnings with the new address or a hint."""
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


def test_cached_answers_are_not_requested_again(site, host):
    """A second run sends no requests and has the same findings; FRESH=1 sends all again."""
    site.essay("one", f"[a]({host.address}/200/a) [b]({host.address}/301/to/200/a)")
    first, asked = check_links(site), list(host.asked)
    assert first[0] == 0
    host.asked.clear()
    assert check_links(site) == (*first[:2], "")
    assert host.asked == []
    assert check_links(site, FRESH="1") == first
    assert host.asked == asked


def test_expired_and_unused_answers_are_dropped(site, host):
    """An expired answer is requested again, and that of a removed link is deleted."""
    memory = site.folder / "cache/links.json"
    old, other = f"{host.address}/200/a", f"{host.address}/200/b"
    dead = Answer("dead", "the answer is 404")
    past = {old: cached(dead, NOW - 2 * DAY), other: cached(dead, datetime.now(UTC))}
    save(memory, past)
    assert check_links(site.essay("one", f"<{old}>"))[0] == 0
    assert list(load(memory)) == [old]
    assert load(memory)[old].answer == Answer("fine")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_reports_dead_links(site, host, form):
    """The formats are those of make check."""
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


def test_strict_makes_warnings_fail(site, host):
    """A link that could not be checked is a warning, which STRICT=1 makes count."""
    site.essay("one", f"<{host.address}/403/a>")
    assert check_links(site)[0] == 0
    assert check_links(site, STRICT="1")[0] == 1


def test_links_that_were_not_checked_in_time_are_reported(site, host):
    """No link is skipped silently."""
    site.essay("one", f"<{host.address}/200/a>")
    code, found, _ = check_links(site, TIME="0")
    assert (code, found.count("not checked, since the time was up [unasked-address]")) == (0, 1)
    assert load(site.folder / "cache/links.json") == {}


def test_an_interrupted_check_keeps_its_answers(site, host):
    """Ctrl-C ends the check early: the answers so far are reported and cached."""
    site.essay("one", f"<{host.address}/200/a> <{host.address}/hangs>")
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(INTERRUPTIBLE, **process(site, {}), **quiet) as running:
        assert host.hanging.wait(30)
        running.send_signal(signal.SIGINT)
        found, said = running.communicate(timeout=30)
    assert running.returncode == 0, said
    assert found.count(b"[unasked-address]") == 1
    assert list(load(site.folder / "cache/links.json")) == [f"{host.address}/200/a"]


def test_builds_and_make_check_send_no_requests(site, host):
    """Only make check-links sends requests to other hosts."""
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
def test_an_invalid_option_is_refused(site, words, told):
    """An invalid value is an error before any request is sent."""
    assert check_links(site.essay("one"), **words) == (1, "", told)
