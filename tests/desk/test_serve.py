"""The preview: it follows the sources, keeps the last good page, and shows what readers will not see."""

from __future__ import annotations

import signal
import socket
import struct
import threading
from contextlib import contextmanager
from functools import partial

import pytest

from desk.previews import serving, wait_for
from essay_series.desk.live.channel import Channel
from essay_series.desk.live.server import server
from quiet import QuietFiles, QuietServer


def test_the_preview_keeps_the_last_good_page_and_tells_a_mistake_once(site):
    """A mistake is told in the terminal, once, and the page stays as it was until the mistake is mended."""
    with serving(site.essay("one", body="Before.")) as preview:
        site.essay("one", Date="2009-13-45", body="After.")
        wait_for(lambda: "[unreadable-date]" in preview.said())
        assert "Before." in preview.get("essays/one/")[1]
        site.essay("one", body="Mended.")
        wait_for(lambda: "Mended." in preview.get("essays/one/")[1])
        assert preview.said().count("[unreadable-date]") == 1


def test_drafts_hidden_and_scheduled_essays_are_shown_and_marked(site):
    """Each has a page that says what it is, and stands in a list on the front page; in no number and no feed."""
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


def test_the_script_is_only_in_what_the_preview_sends(site):
    """Pages learn of changes by a script that stands in no file."""
    site.write("content/pages/404.md", "Title: Not found\nStatus: hidden\nSave_as: 404.html\n\nGone.\n")
    with serving(site.essay("one")) as preview:
        assert '<script src="/_preview/live.js" defer></script></body>' in preview.get("essays/one/")[1]
        assert preview.get("_preview/live.js")[0] == 200
        assert preview.get("feeds/all.atom.xml")[1].startswith("<?xml")
        assert (preview.get("nowhere/")[0], "Gone." in preview.get("nowhere/")[1]) == (404, True)
        files = [path for path in (site.folder / "cache/preview").rglob("*.html") if b"_preview" in path.read_bytes()]
        assert files == []


def test_a_first_build_that_fails_is_mended_without_a_new_start(site):
    """Before there is any page the preview is there already, and the page comes when the sources are right."""
    with serving(site.essay("one", Date="never")) as preview:
        assert preview.get()[0] == 404
        site.essay("one", body="Mended.")
        wait_for(lambda: "Mended." in preview.get("essays/one/")[1])


def test_the_preview_takes_the_next_port_that_is_free(site):
    """A port that somebody else has is passed over, and only this machine can reach the preview."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(site.essay("one"), port) as preview:
            assert preview.address != f"http://127.0.0.1:{port}/"
            assert preview.address.startswith("http://127.0.0.1:")
            assert "One" in preview.get()[1]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_the_preview_ends_without_a_word(site, by):
    """Ctrl-C, or the system, ends it with success and no traceback, also while a page listens."""
    with serving(site.essay("one")) as preview, socket.create_connection(("127.0.0.1", port_of(preview))) as listening:
        listening.sendall(b"GET /_preview/events HTTP/1.0\r\n\r\n")
        assert listening.recv(200)
        assert preview.interrupt(by) == 0
        assert "Traceback" not in preview.said()


def port_of(preview) -> int:
    """Return the port of a preview."""
    return int(preview.address.rstrip("/").rpartition(":")[2])


def test_who_listens_is_told_at_once_and_of_each_change():
    """A page that is opened while the sources are broken learns what is wrong; a mended build has a new version."""
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
        browser.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        return browser.recv(most)


def the_preview(folder):
    """Return the server of the preview."""
    return server(folder, 0, Channel())


def the_server_of_tests(folder):
    """Return the server that browser tests open pages of."""
    return QuietServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(folder)))


@pytest.mark.parametrize("serve", [the_preview, the_server_of_tests])
def test_a_browser_that_leaves_is_not_worth_a_word(serve, tmp_path, capsys):
    """A connection that is closed in the middle of an answer prints nothing."""
    (tmp_path / "large.bin").write_bytes(bytes(32_000_000))
    with answering(serve(tmp_path)) as port:
        assert asked(port, "/large.bin", 8).startswith(b"HTTP/")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("serve", [the_preview, the_server_of_tests])
def test_a_server_that_goes_wrong_says_so(serve, tmp_path, capsys):
    """A mistake in the server itself is printed with its traceback."""
    faulty = serve(tmp_path)
    faulty.RequestHandlerClass = None
    with answering(faulty) as port:
        assert asked(port, "/", 8) == b""
    assert "TypeError" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a" * 300, "%00", "folder/"])
def test_an_address_that_no_page_can_have_has_none(name, tmp_path):
    """A name that is too long or holds a NUL, and a folder without a page, are answered as a page that is missing."""
    (tmp_path / "folder").mkdir()
    with answering(the_preview(tmp_path)) as port:
        assert b" 404 " in asked(port, f"/{name}", 20)
