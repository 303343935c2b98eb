"""Import of other sites by `make import`, and the sites built from the result."""

from __future__ import annotations

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

import forked
from builders import PROJECT, SiteTest, a_manuscript
from essay_series.cli.begin.import_images import fetch_all, wanted
from essay_series.cli.check.outside.http_client import HttpClient
from essay_series.importer.detect import read
from essay_series.importer.item import ReadOptions
from essay_series.sources.published import Published
from importer.exports import put, wxr, wxr_item


def run(site: SiteTest, origin: Path | str, **options):
    """Run the import in the folder of `site`; return its exit code and output."""
    variables = {
        **os.environ,
        "PYTHONPATH": f"{PROJECT / 'plugins'}{os.pathsep}{PROJECT}",
        "FROM": str(origin),
        **options,
    }
    done = forked.start(site.folder, "essay_series", "import", variables=variables).wait()
    return done.code, done.said


def source(site: SiteTest, path: str) -> str:
    """Return the text of a source of `site`."""
    return (site.folder / "content" / path).read_text(encoding="utf-8")


def sources_in(folder: Path) -> list[Path]:
    """Return every file in the folder of a site, except for bytecode."""
    return sorted(path for path in folder.rglob("*") if "__pycache__" not in path.parts)


@pytest.fixture
def here(site) -> SiteTest:
    """Return a site with a series and a play, to import into."""
    site.write("content/series/turnings.md", "Title: Turnings\n\nText.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\n\nText.\n")
    site.configure()
    return site


PRICE = wxr_item(
    body="<p>See <a href='/2009/04/gain/#comment-3'>it</a> and <a href='/2009/04/plan/'>that</a>.</p>\n"
    "<p><img src='https://old.example/a.png' alt='A' /></p><iframe src='https://video.example/1'></iframe>",
    more="<category domain='post_tag' nicename='h'>Hands off</category>"
    "<category domain='series' nicename='s'>Other turnings</category>",
)
ITEMS = (
    PRICE,
    wxr_item("gain", "<table><tr><td>x</td></tr><tr><td>y</td></tr></table>", gmt="0000-00-00 00:00:00"),
    wxr_item("plan", "Soon.", status="draft"),
    wxr_item("secret", "Not for you.", password="x"),  # noqa: S106 - it is a test's
    wxr_item("about", "We.", kind="page", link="https://old.example/about/"),
    wxr_item("menu", kind="nav_menu_item"),
)


@pytest.fixture
def wordpress(here) -> Path:
    """Return a WordPress export with the usual faults."""
    here.write("old.xml", wxr(*ITEMS))
    return here.folder / "old.xml"


def test_an_import_is_shown_first(here, wordpress):
    """Without APPLY nothing is written."""
    before = sources_in(here.folder)
    code, said = run(here, wordpress, IMAGES="1", PLAYS="1")
    assert (code, sources_in(here.folder)) == (0, before)
    assert said.endswith("Nothing is written yet; add APPLY=1 to write 7 files.\n")


def test_an_imported_site_builds_and_claims_its_former_addresses(here, wordpress):
    """The site builds without repairs, shows nothing private, and redirects old addresses to the new ones."""
    code, said = run(here, wordpress, APPLY="1")
    assert (code, "6 items: 5 imported, 0 skipped, 1 not texts (1 nav_menu_item)" in said) == (0, True)
    assert "1 missing image, replaced by a link" in said
    built = here.build()
    assert built.code == 0, built.said
    pages = "".join(file.read_text(encoding="utf-8") for file in built.output.rglob("*.html"))
    assert ("Not for you" in pages, "Soon." in pages, "Other turnings" in pages) == (False, False, True)
    root = here.folder / "content"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.md")}
    assert Published(a_manuscript(files)).former == {
        "/2009/04/price/": "/essays/price/",
        "/2009/04/gain/": "/essays/gain/",
    }


def test_existing_sources_are_not_overwritten(here, wordpress):
    """An existing source is kept and reported; a second import changes nothing."""
    mine = "Title: Mine\nDate: 2009-04-01\n\nMine.\n"
    here.write("content/essays/price.md", mine)
    assert "content/essays/price.md exists already" in run(here, wordpress, APPLY="1")[1]
    assert source(here, "essays/price.md") == mine
    here.write("content/essays/gain.md", mine)
    assert "Wrote 0 files." in run(here, wordpress, APPLY="1")[1]
    assert source(here, "essays/gain.md") == mine


def test_the_filled_in_table_of_sides_is_read(here):
    """The table has a row for each part; the next import takes sides and entries from it."""
    here.write(
        "old.xml",
        wxr(*(wxr_item(name, more="<category domain='category'>Go</category>") for name in ("price", "gain"))),
    )
    options = {"SERIES": "Go=Turnings", "SIDES": str(here.folder / "sides.csv")}
    assert "fill in the sides and entries" in run(here, here.folder / "old.xml", **options)[1]
    table = (here.folder / "sides.csv").read_text(encoding="utf-8")
    assert table == (
        "text,title,series,side,entry,answers\nessays/gain.md,Gain,turnings,,,\nessays/price.md,Price,turnings,,,\n"
    )
    here.write("sides.csv", table.replace("turnings,,,", "turnings,cost,You pay.,", 1))
    assert run(here, here.folder / "old.xml", APPLY="1", **options)[0] == 0
    assert "Series: turnings\nSide: cost\nEntry: You pay.\n" in source(here, "essays/gain.md")
    here.write("sides.csv", table.replace("turnings,,,", "turnings,costs,,", 1))
    assert 'sides.csv:2: "costs" is not a side' in run(here, here.folder / "old.xml", **options)[1]


def test_comments_are_saved_to_the_given_file(here):
    """Comments are saved to a separate file, and are in no source."""
    comment = (
        "<wp:comment><wp:comment_author>B</wp:comment_author><wp:comment_content>Yes</wp:comment_content></wp:comment>"
    )
    here.write("old.xml", wxr(wxr_item(more=comment)))
    run(here, here.folder / "old.xml", COMMENTS=str(here.folder / "comments.json"))
    assert '"content": "Yes"' in (here.folder / "comments.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"FROM": ""}, "Give the export to import: make import FROM=path"),
        ({"FROM": "nowhere.xml"}, 'There is no file or folder "nowhere.xml"'),
        ({"FROM": "pelicanconf.py"}, '"pelicanconf.py" is not known as an export'),
        ({"FROM": "pelicanconf.py", "KIND": "drupal"}, '"drupal" is not known; KIND is one of wordpress'),
        (
            {"FROM": "pelicanconf.py", "KIND": "wordpress"},
            "pelicanconf.py is damaged",
        ),
        ({"FROM": "empty"}, '"empty" is not known as an export'),
        ({"FROM": "content", "SERIES": "=x"}, '"=x" names no series'),
        ({"FROM": "content", "SITE": "x"}, '"x" is not an address'),
    ],
)
def test_an_impossible_import_is_refused_in_one_line(here, options, told):
    """Missing options, unknown kinds and empty folders end with a cure, without a traceback."""
    (here.folder / "empty").mkdir()
    code, said = run(here, options["FROM"], **options)
    assert (code, told in said, "Traceback" in said) == (1, True, False)


def an_image(colour: str = "red") -> bytes:
    """Return a small PNG."""
    data = BytesIO()
    Image.new("RGB", (2, 2), colour).save(data, "PNG")
    return data.getvalue()


class _Host(BaseHTTPRequestHandler):
    """Serves an image, a page that claims to be one, and redirects."""

    asked: list[str]

    def do_GET(self):
        """Answer."""
        type(self).asked.append(self.path)
        moved = {"/moved.png": "/a.png", "/away.png": "http://localhost:1/a.png", "/round.png": "/round.png"}.get(
            self.path
        )
        found = {"/a.png": an_image(), "/b.png": b"<html>no image</html>", "/big.png": an_image() + b"x" * 30_000_000}
        self.send_response(302 if moved else 200 if self.path in found else 404)
        if moved:
            self.send_header("Location", moved)
        self.end_headers()
        self.wfile.write(found.get(self.path, b""))

    def log_message(self, *_):
        """Log nothing."""


@pytest.fixture
def host():
    """Return a local host: its URL, and the list of requests."""
    handler = type("Host", (_Host,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler.asked
    server.shutdown()
    server.server_close()


@pytest.mark.site
def test_only_images_on_the_own_hosts_are_fetched(tmp_path, host):
    """Whatever cannot be fetched is reported with its reason; a fetched image is not requested again."""
    root, asked = host
    names = ["a", "b", "big", "gone", "moved", "away", "round"]
    body = "".join(f"<img src='{root}/{name}.png'>" for name in names) + "<img src='https://else.example/x.png'>"
    put(tmp_path, {"old.xml": wxr(wxr_item(body=body, link=f"{root}/price/"))})
    addresses = wanted(read(tmp_path / "old.xml", ReadOptions()), root, {"127.0.0.1"})
    assert addresses == [f"{root}/{name}.png" for name in names]
    client = HttpClient("test", loopback=True, pause=0)
    found = fetch_all(addresses, {"127.0.0.1"}, client, cache=tmp_path / "kept")
    assert list(found.paths) == [f"{root}/a.png", f"{root}/moved.png"]
    assert {address.rpartition("/")[2]: why for address, why in found.failed.items()} == {
        "b.png": "it is not an image that browsers can show",
        "big.png": "it is larger than 25,000,000 bytes",
        "gone.png": "the host answers 404 Not Found",
        "away.png": "it redirects to another host, localhost",
        "round.png": "it redirects more than 5 times",
    }
    asked.clear()
    again = fetch_all(addresses[:1], {"127.0.0.1"}, client, cache=tmp_path / "kept", taken=["images/a.png"])
    assert (asked, next(iter(again.paths.values())).startswith("images/a-")) == ([], True)


def test_images_are_imported_with_their_texts(here, host):
    """With IMAGES and APPLY the images are saved, and the essay shows them."""
    root, _ = host
    here.write("old.xml", wxr(wxr_item(body=f"<p><img src='{root}/a.png' alt='A'></p>", link=f"{root}/price/")))
    code, said = run(here, here.folder / "old.xml", APPLY="1", IMAGES="1", LOOPBACK="1")
    assert (code, "Wrote 2 files." in said) == (0, True), said
    assert "![A]({static}/images/a.png)" in source(here, "essays/price.md")
    assert (here.folder / "content/images/a.png").read_bytes() == an_image()


@pytest.fixture
def pelican(tmp_path_factory) -> Path:
    """Return another Pelican site, with the keys of pelican-series and folders of its own."""
    folder = tmp_path_factory.mktemp("old")
    old = SiteTest(folder)
    old.write(
        "pelicanconf.py",
        "PATH = 'texts'\nARTICLE_PATHS = ['blog']\n"
        "ARTICLE_URL = 'blog/{slug}.html'\nARTICLE_SAVE_AS = 'blog/{slug}.html'\n"
        "TIMEZONE = 'Europe/Berlin'\n",
    )
    old.write(
        "texts/blog/2009/The Price!.md",
        "Title: The price\nDate: 1 Apr 2009 10:00\nSeries: Turnings\nSeries_index: 2\nTags: let-go\nFoo: bar\n"
        "Status: published\n\n[a](../gain.md) [b]({filename}../gain.md#part) ![c]({attach}c.png) [d](/blog/gain.html)\n"
        "`[e]({filename}../gain.md)`\n",
    )
    old.write("texts/blog/2009/c.png", b"\x89PNG")
    old.write("texts/blog/gain.md", "Title: Gain\nDate: 2009-04-02\nSlug: gain\nSummary: S.\n\n## Part\n\nText.\n")
    old.write("texts/blog/gain-fr.md", "Title: Gain\nDate: 2009-04-02\nSlug: gain\nLang: fr\nSummary: S.\n\nTexte.\n")
    old.write("texts/blog/draft.md", "Title: Draft\nDate: 2009-04-03\nStatus: draft\nSummary: S.\n\nText.\n")
    old.write("texts/pages/about.md", "Title: About\nSummary: S.\n\nWe.\n")
    return folder


def test_a_pelican_site_comes_with_its_addresses_links_and_images(here, pelican):
    """Keys are converted, links follow the moved sources, old addresses become aliases, and the site builds."""
    code, said = run(here, pelican, APPLY="1")
    assert code == 0, said
    assert source(here, "essays/the-price.md") == (
        "Title: The price\nDate: 2009-04-01 10:00+02:00\nSeries: turnings\nTags: let-go\n"
        "Aliases: /blog/the-price.html\n\n"
        "[a]({filename}/essays/gain.md) [b]({filename}/essays/gain.md#part) "
        "![c]({static}/images/blog/2009/c.png) [d]({filename}/essays/gain.md)\n`[e]({filename}../gain.md)`\n"
    )
    assert (here.folder / "content/images/blog/2009/c.png").read_bytes() == b"\x89PNG"
    assert "Lang: fr\nSummary: S.\nSlug: gain\n" in source(here, "essays/gain-fr.md")
    assert "Aliases" not in source(here, "essays/draft.md")
    assert source(here, "pages/about.md") == "Title: About\nSummary: S.\nAliases: /pages/about.html\n\nWe.\n"
    assert '    left out: "foo: bar"' in said
    assert here.build().code == 0
