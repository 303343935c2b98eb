"""The published site, as Caddy and nginx serve it with the configuration that `make publish` wrote."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import brotli
import pytest

from builders import SiteTest, sealed
from hosts.servers import Answer, ask, free_port, serving
from images.photos import a_photo

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
    folder: str

    def ask(self, address: str, **headers: str) -> Answer:
        """Ask for `address` below the site."""
        return ask(self.number, f"{self.folder}{address}", **headers)


@pytest.fixture(scope="module", params=["caddy", "nginx", "caddy/essays", "nginx/essays"])
def served(tmp_path_factory, request):
    """Return a published site that a server of Debian's serves, which has the host to itself or lies in a folder."""
    name, slash, below = request.param.partition("/")
    folder = slash + below
    site = SiteTest(tmp_path_factory.mktemp("served"))
    site.write("content/published.toml", sealed(RECORD))
    site.write("content/pages/404.md", "Title: Elsewhere\nStatus: hidden\nSave_as: 404.html\nUrl: 404.html\n\nText.\n")
    site.essay("one", "A long text. " * 200, Aliases=ALIASES)
    site.essay(
        "pokémon",
        "[One]({filename}one.md), [a heading](#h), ![A]({static}/images/a.png)\n\n# H {#h}",
        Aliases="poké",
        Slug="pokémon",
    )
    site.write("content/images/a.png", a_photo(120, 80, "PNG"))
    site.settings = "OFFLINE = True\n"
    number = free_port()
    published = site.publish(f"http://127.0.0.1:{number}{folder}")
    assert published.code == 0, published.said
    with serving(name, published, number, folder) as serves:
        yield Served(name, serves, published.output, folder)


@pytest.mark.parametrize(
    "former",
    ["/essays/uno/", "/2009/one.html", "/%C3%A9t%C3%A9/1/", "/%c3%a9t%C3%A9/1/", "/a%20%22b%22/", "/?p=12"],
)
def test_a_former_address_is_answered_with_the_present_one(served, former):
    """A server sends on for good, in one step, with its security headers."""
    answer = served.ask(former)
    assert (answer.status, answer.headers["Location"]) == (301, f"{served.folder}/essays/one/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_former_address_in_other_letters_leads_to_a_url(served):
    """A header holds ASCII alone, so the present address is encoded in it, and is found."""
    location = served.ask("/essays/pok%C3%A9/").headers["Location"]
    assert location == f"{served.folder}/essays/pok%C3%A9mon/"
    assert ask(served.number, location).status == 200


def test_the_home_page_is_no_former_address(served):
    """A query that was an address once does not take the home page along."""
    assert served.ask("/").status == served.ask("/?p=1").status == 200


def test_what_is_gone_is_said_to_be_gone(served):
    """The status is 410, and people get the page for what is not there."""
    answer = served.ask("/lost/")
    assert answer.status == 410
    assert b"Elsewhere" in answer.body


@pytest.mark.parametrize(
    "address", ["/nothing/", "/theme/x.0123456789.woff2", "/feeds/x.opml", "/_headers", "/_redirects"]
)
def test_what_is_not_there_is_a_page_with_status_404(served, address):
    """It is an HTML page with all security headers, and no browser keeps it."""
    answer = served.ask(address)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"Elsewhere" in answer.body
    assert "immutable" not in answer.headers.get("Cache-Control", "")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_has_every_security_header(served):
    """The headers are there once each, with what the site needs."""
    headers = served.ask("/essays/one/").headers
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
    headers = served.ask(address).headers
    assert headers["Content-Type"] == kind
    assert headers["Cache-Control"] == kept


def test_files_of_the_theme_are_kept_for_ever(served):
    """A name with a digest in it never comes to mean anything else."""
    kept = [file for file in (served.output / "theme").iterdir() if re.search(r"\.[0-9a-f]{10}\.\w+$", file.name)]
    assert len(kept) == 10
    for file in kept:
        answer = served.ask(f"/theme/{file.name}")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.body == file.read_bytes()


def test_compressed_files_are_sent_as_they_are(served):
    """Who takes gzip gets the file that lies there; Caddy sends brotli too; who takes neither gets the text."""
    text = (served.output / "essays/one/index.html").read_bytes()
    zipped = served.ask("/essays/one/", Accept_Encoding="gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.body == (served.output / "essays/one/index.html.gz").read_bytes()
    assert gzip.decompress(zipped.body) == text
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert zipped.headers["Content-Type"] == "text/html; charset=utf-8"
    if served.name == "caddy":
        answer = served.ask("/essays/one/", Accept_Encoding="gzip, br")
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.body) == text
    plain = served.ask("/essays/one/", Accept_Encoding="identity")
    assert plain.headers["Content-Encoding"] is None
    assert plain.body == text


@pytest.mark.parametrize("address", ["/essays/one/", "/feeds/all.atom.xml"])
def test_what_a_reader_has_is_not_sent_again(served, address):
    """A second request that names what is known is answered 304, without a body."""
    first = served.ask(address)
    assert served.ask(address, If_None_Match=first.headers["ETag"]).status == 304
    second = served.ask(address, If_Modified_Since=first.headers["Last-Modified"])
    assert (second.status, second.body) == (304, b"")


def test_a_site_without_its_slash_is_found(served):
    """Who leaves out the slash behind the folder is sent there, as with every folder."""
    if served.folder:
        answer = ask(served.number, served.folder)
        assert (answer.status, answer.headers["Location"]) == (301, f"{served.folder}/")


def test_the_rest_of_the_host_is_left_alone(served):
    """Policy, caching and page for what is not there are the site's own, and no other page of its host has them."""
    if not served.folder:
        return
    other, missing = ask(served.number, "/other.html"), ask(served.number, "/nothing/")
    assert (other.status, other.body, missing.status) == (200, b"Another's page.", 404)
    assert b"Elsewhere" not in missing.body
    assert not {"content-security-policy", "cache-control"} & {name.lower() for name in other.headers}


def test_search_may_run_its_program_and_nothing_else_may(served):
    """The page to search from and its index have their own policy, in a folder too."""
    for address in ("/search/", "/pagefind/pagefind.js"):
        assert "wasm-unsafe-eval" in served.ask(address).headers["Content-Security-Policy"]
    for address in ("/", "/essays/one/", "/feeds/all.atom.xml"):
        assert "wasm-unsafe-eval" not in served.ask(address).headers["Content-Security-Policy"]
    [index] = (served.output / "pagefind/index").iterdir()
    assert "immutable" in served.ask(f"/pagefind/index/{index.name}").headers["Cache-Control"]


def test_whatever_a_page_loads_is_there_under_any_host_name(served):
    """Pages name the site's own files without a host, and each is found; so is every page that they link to."""
    loaded = re.compile(
        r"""<(?!link rel="canonical")[^<>]*?\s(?:href|src|data-worker|data-index)="([^"#]+)|url\("([^"]+)"\)"""
    )
    asked = set()
    for page in sorted(served.output.rglob("*.html")):
        for found in loaded.finditer(page.read_text(encoding="utf-8")):
            address = found[1] or found[2]
            if not address.startswith(("data:", "https://", "mailto:")):
                assert address.startswith(f"{served.folder}/"), (page, address)
                asked.add(address)
    assert len(asked) > 20
    known = {address: ask(served.number, quote(unquote(address))).status for address in sorted(asked)}
    assert {address for address, status in known.items() if status != 200} - {f"{served.folder}/pagefind/"} == set()


def test_a_device_is_told_of_the_site_alone(served):
    """The manifest and the worker are of the folder, so that another site on the host keeps its own."""
    manifest = json.loads(served.ask("/manifest.json").body)
    assert manifest["start_url"] == manifest["scope"] == f"{served.folder}/"
    assert all(ask(served.number, icon["src"]).status == 200 for icon in manifest["icons"])
    assert served.ask("/sw.js").headers["Cache-Control"] == "no-cache"


def test_what_machines_are_told_is_whole(served):
    """Canonical addresses, feeds and the sitemap name host and folder, in letters that a URL can have."""
    root = f"http://127.0.0.1:{served.number}{served.folder}"
    one = f"{root}/essays/pok%C3%A9mon/"
    page = served.ask("/essays/pok%C3%A9mon/").body.decode()
    assert f'<link rel="canonical" href="{one}">' in page
    assert f'<meta property="og:url" content="{one}">' in page
    assert f'"@id":"{one}"' in page
    for path in ("feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json", "sitemap.xml", "index.json"):
        assert one in served.ask(f"/{path}").body.decode(), path
    for copy in ("index.md", "index.bib", "index.csl.json"):
        assert one in served.ask(f"/essays/pok%C3%A9mon/{copy}").body.decode(), copy
    assert f"{root}/images/a.png" in served.ask("/essays/pok%C3%A9mon/index.md").body.decode()
    assert (served.output / "robots.txt").exists() != bool(served.folder)
