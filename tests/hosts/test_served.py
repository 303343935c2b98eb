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
    """A server redirects permanently, in one step, with its security headers."""
    answer = served.ask(former)
    assert (answer.status, answer.headers["Location"]) == (301, f"{served.folder}/essays/one/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_redirect_to_letters_beyond_ascii_is_encoded(served):
    """A header must be ASCII; the target is found."""
    location = served.ask("/essays/pok%C3%A9/").headers["Location"]
    assert location == f"{served.folder}/essays/pok%C3%A9mon/"
    assert ask(served.number, location).status == 200


def test_a_former_address_with_a_query_does_not_redirect_the_home_page(served):
    """Only the address with the query is redirected."""
    assert served.ask("/").status == served.ask("/?p=1").status == 200


def test_a_removed_address_has_status_410(served):
    """People get the error page."""
    answer = served.ask("/lost/")
    assert answer.status == 410
    assert b"Elsewhere" in answer.body


@pytest.mark.parametrize(
    "address", ["/nothing/", "/theme/x.0123456789.woff2", "/feeds/x.opml", "/_headers", "/_redirects"]
)
def test_an_unknown_address_has_the_error_page_and_status_404(served, address):
    """It is HTML with all security headers, and browsers do not cache it."""
    answer = served.ask(address)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"Elsewhere" in answer.body
    assert "immutable" not in answer.headers.get("Cache-Control", "")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_has_every_security_header(served):
    """Each header is sent once, with the value that the site needs."""
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
def test_each_kind_of_file_has_its_type_and_lifetime(served, address, kind, kept):
    """Feeds are sent as XML, so that browsers show them as pages, and cached for an hour; pages are revalidated."""
    headers = served.ask(address).headers
    assert headers["Content-Type"] == kind
    assert headers["Cache-Control"] == kept


def test_files_of_the_theme_are_immutable(served):
    """Their names have a digest."""
    kept = [file for file in (served.output / "theme").iterdir() if re.search(r"\.[0-9a-f]{10}\.\w+$", file.name)]
    assert len(kept) == 10
    for file in kept:
        answer = served.ask(f"/theme/{file.name}")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.body == file.read_bytes()


def test_compressed_copies_are_served(served):
    """With gzip a client gets the copy, from Caddy also with brotli; without either it gets the text."""
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
def test_an_unchanged_file_is_answered_with_304(served, address):
    """A conditional request is answered without a body."""
    first = served.ask(address)
    assert served.ask(address, If_None_Match=first.headers["ETag"]).status == 304
    second = served.ask(address, If_Modified_Since=first.headers["Last-Modified"])
    assert (second.status, second.body) == (304, b"")


def test_the_folder_without_its_slash_redirects(served):
    """It leads to the address with the slash."""
    if served.folder:
        answer = ask(served.number, served.folder)
        assert (answer.status, answer.headers["Location"]) == (301, f"{served.folder}/")


def test_other_pages_of_the_host_are_not_affected(served):
    """Policy, caching and error page are those of the site only."""
    if not served.folder:
        return
    other, missing = ask(served.number, "/other.html"), ask(served.number, "/nothing/")
    assert (other.status, other.body, missing.status) == (200, b"Another's page.", 404)
    assert b"Elsewhere" not in missing.body
    assert not {"content-security-policy", "cache-control"} & {name.lower() for name in other.headers}


def test_only_the_search_page_may_run_webassembly(served):
    """The search page and its index have their own policy, in a folder too."""
    for address in ("/search/", "/pagefind/pagefind.js"):
        assert "wasm-unsafe-eval" in served.ask(address).headers["Content-Security-Policy"]
    for address in ("/", "/essays/one/", "/feeds/all.atom.xml"):
        assert "wasm-unsafe-eval" not in served.ask(address).headers["Content-Security-Policy"]
    [index] = (served.output / "pagefind/index").iterdir()
    assert "immutable" in served.ask(f"/pagefind/index/{index.name}").headers["Cache-Control"]


def test_everything_a_page_loads_is_found_under_any_host_name(served):
    """Pages name the site's own files without a host; all pages that they link to are found too."""
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


def test_manifest_and_worker_have_the_scope_of_the_folder(served):
    """Another site on the host keeps its own."""
    manifest = json.loads(served.ask("/manifest.json").body)
    assert manifest["start_url"] == manifest["scope"] == f"{served.folder}/"
    assert all(ask(served.number, icon["src"]).status == 200 for icon in manifest["icons"])
    assert served.ask("/sw.js").headers["Cache-Control"] == "no-cache"


def test_addresses_for_programs_are_absolute(served):
    """Canonical addresses, feeds and the sitemap have host and folder, percent-encoded."""
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
