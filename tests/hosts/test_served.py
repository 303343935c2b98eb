"""The published site, as Caddy and nginx serve it with the configuration that `make publish` wrote."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest

from builders import SiteTest, sealed
from hosts.servers import ask, free_port, serving

pytestmark = pytest.mark.external

RECORD = """\
authority = "e.example,2009"

[addresses]
"/lost/" = { first = "2009-04-01", gone = "2010-01-01" }
"""
ALIASES = 'uno, /2009/one.html, /été/1/, /a "b"/, /?p=12'


@dataclass
class Served:
    """A published site, and who serves it where."""

    name: str
    number: int
    output: Path


@pytest.fixture(scope="module", params=["caddy", "nginx"])
def served(tmp_path_factory, request):
    """Return a published site that a server of Debian's serves."""
    site = SiteTest(tmp_path_factory.mktemp("served"))
    site.write("content/published.toml", sealed(RECORD))
    site.write("content/pages/404.md", "Title: Elsewhere\nStatus: hidden\nSave_as: 404.html\nUrl: 404.html\n\nText.\n")
    site.essay("one", "A long text. " * 200, Aliases=ALIASES)
    number = free_port()
    published = site.publish(f"http://127.0.0.1:{number}")
    assert published.code == 0, published.said
    with serving(request.param, published, number) as serves:
        yield Served(request.param, serves, published.output)


@pytest.mark.parametrize(
    "former",
    ["/essays/uno/", "/2009/one.html", "/%C3%A9t%C3%A9/1/", "/%c3%a9t%C3%A9/1/", "/a%20%22b%22/", "/?p=12"],
)
def test_a_former_address_is_answered_with_the_present_one(served, former):
    """A server sends on for good, in one step, with its security headers."""
    answer = ask(served.number, former)
    assert (answer.status, answer.headers["Location"]) == (301, "/essays/one/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_home_page_is_no_former_address(served):
    """A query that was an address once does not take the home page along."""
    assert ask(served.number, "/").status == ask(served.number, "/?p=1").status == 200


def test_what_is_gone_is_said_to_be_gone(served):
    """The status is 410, and people get the page for what is not there."""
    answer = ask(served.number, "/lost/")
    assert answer.status == 410
    assert b"Elsewhere" in answer.body


@pytest.mark.parametrize(
    "address", ["/nothing/", "/theme/x.0123456789.woff2", "/feeds/x.opml", "/_headers", "/_redirects"]
)
def test_what_is_not_there_is_a_page_with_status_404(served, address):
    """It is an HTML page with all security headers, and no browser keeps it."""
    answer = ask(served.number, address)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"Elsewhere" in answer.body
    assert "immutable" not in answer.headers.get("Cache-Control", "")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_has_every_security_header(served):
    """The headers are there once each, with what the site needs."""
    headers = ask(served.number, "/essays/one/").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert all(len(headers.get_all(name)) == 1 for name in set(headers.keys()) - {"Vary"})


@pytest.mark.parametrize(
    ("address", "kind", "kept"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/feeds/", "text/html; charset=utf-8", "no-cache"),
        ("/feeds/all.atom.xml", "application/xml", "public, max-age=3600"),
        ("/feeds/all.rss.xml", "application/xml", "public, max-age=3600"),
        ("/feeds/all.json", "application/json", "public, max-age=3600"),
        ("/feeds/all.opml", "application/xml", "public, max-age=3600"),
        ("/essays/one/index.md", "text/markdown; charset=utf-8", "no-cache"),
        ("/essays/one/index.bib", "text/x-bibtex; charset=utf-8", "no-cache"),
    ],
)
def test_each_kind_of_file_has_its_type_and_its_time(served, address, kind, kept):
    """Feeds go out as XML, so that browsers show them as pages, and are kept for an hour; pages are asked for anew."""
    headers = ask(served.number, address).headers
    assert headers["Content-Type"] == kind
    assert headers["Cache-Control"] == kept


def test_files_of_the_theme_are_kept_for_ever(served):
    """A name with a digest in it never comes to mean anything else."""
    kept = [file for file in (served.output / "theme").iterdir() if re.search(r"\.[0-9a-f]{10}\.\w+$", file.name)]
    assert len(kept) == 10
    for file in kept:
        answer = ask(served.number, f"/theme/{file.name}")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.body == file.read_bytes()


def test_compressed_files_are_sent_as_they_are(served):
    """Who takes gzip gets the file that lies there; Caddy sends brotli too; who takes neither gets the text."""
    text = (served.output / "essays/one/index.html").read_bytes()
    zipped = ask(served.number, "/essays/one/", Accept_Encoding="gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.body == (served.output / "essays/one/index.html.gz").read_bytes()
    assert gzip.decompress(zipped.body) == text
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert zipped.headers["Content-Type"] == "text/html; charset=utf-8"
    if served.name == "caddy":
        answer = ask(served.number, "/essays/one/", Accept_Encoding="gzip, br")
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.body) == text
    plain = ask(served.number, "/essays/one/", Accept_Encoding="identity")
    assert plain.headers["Content-Encoding"] is None
    assert plain.body == text


@pytest.mark.parametrize("address", ["/essays/one/", "/feeds/all.atom.xml"])
def test_what_a_reader_has_is_not_sent_again(served, address):
    """A second request that names what is known is answered 304, without a body."""
    first = ask(served.number, address)
    assert ask(served.number, address, If_None_Match=first.headers["ETag"]).status == 304
    second = ask(served.number, address, If_Modified_Since=first.headers["Last-Modified"])
    assert (second.status, second.body) == (304, b"")
