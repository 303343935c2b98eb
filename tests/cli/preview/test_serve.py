"""The preview: it follows the sources, keeps the last good page, and shows what readers will not see."""

from __future__ import annotations

import json
import signal
import socket
import struct
import sys
import threading
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from cli.previews import serving, wait_for
from essay_series.cli.command import run
from essay_series.cli.preview.live.channel import Channel
from essay_series.cli.preview.live.server import Handler, NoPortError, server
from essay_series.cli.preview.live.visitors import comes_from_elsewhere, may_ask
from essay_series.cli.preview.serve import port_from, preview
from quiet import QuietFiles, QuietServer


def test_the_preview_keeps_the_last_good_page(site):
    """A mistake is printed once, and the page stays until it is corrected."""
    with serving(site.essay("one", body="Before.")) as preview:
        site.essay("one", Date="2009-13-45", body="After.")
        wait_for(lambda: "[unreadable-date]" in preview.said())
        assert "Before." in preview.get("essays/one/")[1]
        site.essay("one", body="Mended.")
        wait_for(lambda: "Mended." in preview.get("essays/one/")[1])
        assert preview.said().count("[unreadable-date]") == 1


def test_drafts_hidden_and_scheduled_essays_are_shown_and_marked(site):
    """Each has a page that names its state, and is listed on the front page; it is in no count and no feed."""
    site.write("content/series/turnings.md", "Title: Turnings\nPlanned: Coming | cost | 2999-01-01\n\nText.\n")
    site.essay("one", Series="turnings").essay("canary", Status="draft", Date=None, Series="turnings")
    site.essay("canary-later", Date="2999-05-01").essay("canary-hid", Status="hidden")
    with serving(site) as preview:
        home = preview.get()[1]
        for path, word in (
            ("drafts/canary/", "Draft"),
            ("drafts/canary-later/", "Scheduled for 1 May 2999"),
            ("essays/canary-hid/", "Hidden"),
        ):
            assert f"<strong>{word}.</strong> Only this preview shows the page" in preview.get(path)[1]
            assert f'href="/{path}"' in home
        assert "Coming" in home
        for path in ("series/turnings/", "archive/", "feeds/all.atom.xml", "essays/one/"):
            assert "anary" not in preview.get(path)[1]
        assert not (site.folder / "output").exists()
    assert "anary" not in site.build().page("index.html")
    assert "Only this preview" not in site.build().published()


def test_the_script_is_only_in_responses(site):
    """The reloading script is in every page that the preview sends, and in no file."""
    site.write("content/pages/404.md", "Title: Not found\nStatus: hidden\nSave_as: 404.html\n\nGone.\n")
    with serving(site.essay("one")) as preview:
        assert '<script src="/_preview/live.js" defer></script></body>' in preview.get("essays/one/")[1]
        assert preview.get("_preview/live.js")[0] == 200
        assert preview.get("feeds/all.atom.xml")[1].startswith("<?xml")
        assert (preview.get("nowhere/")[0], "Gone." in preview.get("nowhere/")[1]) == (404, True)
        files = [path for path in (site.folder / "cache/preview").rglob("*.html") if b"_preview" in path.read_bytes()]
        assert files == []


def test_a_first_build_may_fail(site):
    """The preview serves without pages, and has them once the sources are corrected."""
    with serving(site.essay("one", Date="never")) as preview:
        assert preview.get()[0] == 404
        site.essay("one", body="Mended.")
        wait_for(lambda: "Mended." in preview.get("essays/one/")[1])


def test_all_inputs_of_the_settings_are_watched(site):
    """A change of a module or data file that the settings read causes a build."""
    site.settings = "from conf.names import LINE\nSITESUBTITLE = LINE + open('data.txt').read()\n"
    site.write("conf/names.py", "LINE = 'First '").write("data.txt", "datum").essay("one")
    with serving(site) as preview:
        assert "First datum" in preview.get()[1]
        site.write("data.txt", "another")
        wait_for(lambda: "First another" in preview.get()[1])
        site.write("conf/names.py", "LINE = 'The second '")
        wait_for(lambda: "The second another" in preview.get()[1])


def test_the_preview_takes_the_next_free_port(site):
    """A port in use is skipped, and only this machine can connect."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(site.essay("one"), port) as preview:
            assert preview.address != f"http://127.0.0.1:{port}/"
            assert preview.address.startswith("http://127.0.0.1:")
            assert "One" in preview.get()[1]


def children(pid: int) -> list[int]:
    """Return the processes that `pid` has begun and that still run."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_preview_ends_silently(site, by):
    """Ctrl-C or a signal ends it with exit code 0 and no traceback, even while a page listens."""
    with serving(site.essay("one")) as preview, socket.create_connection(("127.0.0.1", port_of(preview))) as listening:
        listening.sendall(b"GET /_preview/events HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert listening.recv(200)
        workers = children(preview.process.pid)
        assert workers
        assert preview.interrupt(by) == 0
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
        assert "Traceback" not in preview.said()


def port_of(preview) -> int:
    """Return the port of a preview."""
    return int(preview.address.rstrip("/").rpartition(":")[2])


def test_listeners_get_the_news_at_once_and_after_each_change():
    """A page that is opened after a failed build gets its problems; a good build has a new version."""
    channel = Channel()
    channel.built()
    good = channel.news.version
    channel.failed("a.md:1:1: wrong")
    events = channel.events()
    assert next(events) == f'data: {{"version": "{good}", "problems": "a.md:1:1: wrong"}}\n\n'.encode()
    channel.built()
    assert b'"problems": ""' in next(events)
    assert channel.news.version != good
    channel.close()
    assert list(events) == []


def told(events):
    """Return the version and the problems that a page is told next."""
    words = json.loads(next(events).decode().removeprefix("data: "))
    return words["version"], words["problems"]


def test_a_page_that_was_shown_early_is_loaded_once():
    """Only that page is notified at once; the others are when the build has ended, with the same version."""
    channel = Channel()
    open_one, other = channel.events("one/index.html"), channel.events("two/index.html")
    before = told(open_one), told(other)
    assert before[0] == before[1]
    assert channel.pages == {"one/index.html", "two/index.html"}
    channel.show({"one/index.html": b"One.", "theme/a.css": b"p {}"})
    early = told(open_one)
    assert early != before[0]
    assert (channel.early("one/index.html"), channel.early("theme/a.css")) == (b"One.", b"p {}")
    channel.built(again=False)
    assert [told(open_one), told(other)] == [early, early]
    assert channel.early("one/index.html") is None
    channel.show({"one/index.html": b"One."})
    early = told(open_one)
    channel.built(again=True)
    assert told(open_one) != early
    open_one.close()
    assert channel.pages == {"two/index.html"}


def test_a_page_of_an_abandoned_build_stays():
    """If the next build fails, the page stays and shows the problems, until a good build."""
    channel = Channel()
    events = channel.events("one/index.html")
    told(events)
    channel.show({"one/index.html": b"Newer."})
    version, _ = told(events)
    channel.failed("a.md:1:1: wrong")
    assert told(events) == (version, "a.md:1:1: wrong")
    assert channel.early("one/index.html") == b"Newer."
    channel.built()
    assert told(events) == (channel.news.version, "")
    assert channel.early("one/index.html") is None


@contextmanager
def answering(serving):
    """Let `serving` answer on its port; every answer is over when this ends."""
    serving.daemon_threads = False
    with serving:
        threading.Thread(target=serving.serve_forever, args=(0.01,)).start()
        try:
            yield serving.server_port
        finally:
            serving.shutdown()


def asked(port, path, most):
    """Return the first `most` bytes of the answer for `path`; then the connection is reset, as by a closed browser."""
    with socket.create_connection(("127.0.0.1", port)) as browser:
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        browser.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        return browser.recv(most)


def the_preview(folder):
    """Return the server of the preview."""
    return server(folder, 0, Channel())


def the_server_of_tests(folder):
    """Return the server that browser tests open pages of."""
    return QuietServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(folder)))


@pytest.mark.site
@pytest.mark.parametrize("serve", [the_preview, the_server_of_tests])
def test_a_closed_connection_prints_nothing(serve, tmp_path, capsys):
    """A connection that is closed during a response causes no output."""
    (tmp_path / "large.bin").write_bytes(bytes(32_000_000))
    with answering(serve(tmp_path)) as port:
        assert asked(port, "/large.bin", 8).startswith(b"HTTP/")
    assert capsys.readouterr().err == ""


@pytest.mark.site
@pytest.mark.parametrize("serve", [the_preview, the_server_of_tests])
def test_errors_of_the_server_are_printed(serve, tmp_path, capsys):
    """An error in the server itself is printed with its traceback."""
    faulty = serve(tmp_path)
    faulty.RequestHandlerClass = None
    with answering(faulty) as port:
        assert asked(port, "/", 8) == b""
    assert "TypeError" in capsys.readouterr().err


@pytest.mark.site
@pytest.mark.parametrize("name", ["a" * 300, "%00", "folder/"])
def test_an_impossible_address_is_not_found(name, tmp_path):
    """A name that is too long or contains NUL, and a folder without a page, give 404."""
    (tmp_path / "folder").mkdir()
    with answering(the_preview(tmp_path)) as port:
        assert b" 404 " in asked(port, f"/{name}", 20)


@pytest.mark.site
@pytest.mark.parametrize("address", ["/new/", "/new/?a=b", "/new/index.html"])
def test_a_page_that_was_shown_early_is_served(address, tmp_path):
    """It is served before its file exists, with the reloading script."""
    channel = Channel()
    channel.show({"new/index.html": b"Early.</body>"})
    with answering(server(tmp_path, 0, channel)) as port:
        assert b"Early.<link" in answer(port, "GET", address, "Host: localhost")


ALLOWED = frozenset({"essays.example"})


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "127.1.2.3", "[::1]", "[::1]:80", "essays.example:443"]
)
def test_loopback_and_allowed_host_names_are_accepted(host):
    """Loopback names with any port, in any case, and the names in PREVIEW_HOSTS."""
    assert may_ask([host], ALLOWED)


@pytest.mark.parametrize(
    "hosts",
    [
        *([], [""], ["localhost", "localhost"], ["localhost, evil.example"], ["evil.example"], ["evil.example:8000"]),
        *(["localhost.evil.example"], ["a.localhost"], ["127.0.0.1.evil.example"], ["127.0.0.1@evil.example"]),
        *(["192.168.0.1"], ["10.0.0.1"], ["2130706433"], ["127.1"], ["[::]"], ["[::1]x"], ["localhost:80:80"], ["::1"]),
        *(["localhost/"], ["http://localhost"], ["a.essays.example"]),
    ],
)
def test_other_host_names_are_refused(hosts):
    """A name that another site can resolve to this machine, no name, and two names are refused."""
    assert not may_ask(hosts, ALLOWED)


def test_other_origins_are_recognized():
    """Another host, another port and an invalid origin are; the preview's own pages are not."""
    assert not comes_from_elsewhere("", "localhost:8000", ALLOWED)
    assert not comes_from_elsewhere("http://localhost:8000", "LOCALHOST:8000", ALLOWED)
    assert not comes_from_elsewhere("https://essays.example", "localhost:8000", ALLOWED)
    for origin in ("null", "http://localhost:3000", "https://evil.example", "http://[", "http://127.0.0.1:8000"):
        assert comes_from_elsewhere(origin, "localhost:8000", ALLOWED)


def answer(port, method="GET", path="/", *lines):
    """Return the whole answer to a request with the header `lines`."""
    with socket.create_connection(("127.0.0.1", port)) as browser:
        browser.sendall("\r\n".join((f"{method} {path} HTTP/1.0", *lines, "", "")).encode())
        return b"".join(iter(lambda: browser.recv(9000), b""))


@pytest.mark.site
@pytest.mark.parametrize("path", ["/", "/_preview/events", "/_preview/live.js", "/nowhere", "http://evil.example/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_requests_from_other_sites_are_refused(tmp_path, path, method):
    """Requests with another host name or origin are refused, for every path and method."""
    (tmp_path / "index.html").write_text("<p>A draft.</p></body>")
    with answering(the_preview(tmp_path)) as port:
        said = [answer(port, method, path, "Host: evil.example"), answer(port, method, path)]
        elsewhere = answer(port, method, path, "Host: localhost", "Origin: http://evil.example")
    assert [each[:13] for each in said] == [b"HTTP/1.0 421 "] * 2
    assert elsewhere[:13] == (b"HTTP/1.0 421 " if path.startswith("http") else b"HTTP/1.0 403 ")
    assert not any(b"draft" in each for each in (*said, elsewhere))


@pytest.mark.site
def test_every_response_has_security_headers(tmp_path):
    """No response may be framed or sniffed as another type; a HEAD request gets headers alone."""
    (tmp_path / "index.html").write_text("<p>A draft.</p></body>")
    with answering(the_preview(tmp_path)) as port:
        answers = [answer(port, "HEAD", path, "Host: localhost") for path in ("/", "/_preview/events", "/nowhere")]
        answers += [answer(port, "GET", "/", f"Host: localhost:{port}", f"Origin: http://localhost:{port}")]
        answers += [answer(port, "GET", "/", "Host: evil.example")]
    for each in answers:
        assert b"X-Content-Type-Options: nosniff\r\n" in each
        assert b"X-Frame-Options: DENY\r\n" in each
        assert b"frame-ancestors 'none'" in each
    assert [each.partition(b"\r\n\r\n")[2] for each in answers[:3]] == [b"", b"", b""]
    assert b"A draft." in answers[3]


@pytest.mark.site
def test_silent_connections_delay_no_request(tmp_path, monkeypatch):
    """Connections that send no request are closed after a while."""
    monkeypatch.setattr(Handler, "timeout", 1.0)
    (tmp_path / "index.html").write_text("<p>Here.</p></body>")
    with answering(the_preview(tmp_path)) as port:
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(10)]
        for each in silent[5:]:
            each.sendall(b"GET / HT")
        assert [b"Here." in answer(port, "GET", "/", "Host: localhost") for _ in range(5)] == [True] * 5
        assert [each.recv(100) for each in silent] == [b""] * 10
        for each in silent:
            each.close()


@pytest.mark.parametrize("word", ["abc", "80000", "65536", "-1", "8000.0", "1e3", "٣٠٠٠", "9" * 5000])
def test_an_invalid_port_is_refused(word, monkeypatch, tmp_path, capsys):
    """A value that is not a port ends the command with one line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", word)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert run(preview) == 1
    assert capsys.readouterr().err.endswith("is not a port. Choose a number from 1024 to 65535: PORT=8000.\n")


@pytest.mark.site
def test_without_a_free_port_the_preview_ends(tmp_path):
    """If all ports are in use, or there are no more, one line says so."""
    assert port_from("65535") == 65535
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[server.__module__], "TRIES", 1)
        with pytest.raises(NoPortError, match=f"No port from {taken.getsockname()[1]} to"):
            server(tmp_path, taken.getsockname()[1], Channel())


def test_a_second_preview_of_a_folder_is_refused(site):
    """It prints the address of the first, and can start once that has ended."""
    with serving(site.essay("one")) as preview:
        with serving(site, 8790) as second:
            assert second.process.wait(timeout=20) == 1
            assert second.said() == f"A preview of this folder is running already: {preview.address}\n"
        assert preview.get()[0] == 200
        assert preview.interrupt() == 0
