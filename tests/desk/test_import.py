"""Texts of other sites, brought in by the real importer and the real pandoc."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import forked
from builders import PROJECT, SiteTest, a_manuscript
from essay_series.published import Published

PANDOC = shutil.which("pandoc") or find_spec("pypandoc")


def demand_pandoc() -> None:
    """Skip the test where pandoc is missing, and fail it where a machine checks."""
    if not PANDOC and os.environ.get("CI"):
        pytest.fail("pandoc is missing: install pypandoc_binary")
    if not PANDOC:
        pytest.skip("pandoc is missing: install pypandoc_binary")


def run(site: SiteTest, origin: Path | str, **words):
    """Run the import in the folder of `site`; return its exit code and all it said."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{PROJECT / 'plugins'}{os.pathsep}{PROJECT}",
        "FROM": str(origin),
        **words,
    }
    done = forked.start(site.folder, "essay_series.desk.bring_in", variables=environment).wait()
    return done.code, done.said


def source(site: SiteTest, path: str) -> str:
    """Return the text of a source of `site`."""
    return (site.folder / "content" / path).read_text(encoding="utf-8")


@pytest.fixture
def here(site) -> SiteTest:
    """Return a site with a series and a play, to which others come."""
    site.write("content/series/turnings.md", "Title: Turnings\n\nText.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\n\nText.\n")
    site.configure()
    return site


def an_item(name: str, link: str, body: str = "", kind: str = "post", **more) -> str:
    """Return an item of a WordPress export."""
    facts = {"gmt": "2009-04-01 08:00:00", "status": "publish", "excerpt": "", "categories": "", **more}
    return f"""
      <item><title>{name.capitalize()} &amp;amp; more</title><link>{link}</link><dc:creator>anna</dc:creator>
      <content:encoded><![CDATA[{body}]]></content:encoded>
      <excerpt:encoded><![CDATA[{facts["excerpt"]}]]></excerpt:encoded>
      <wp:post_id>{len(link)}</wp:post_id><wp:post_date>2009-04-01 10:00:00</wp:post_date>
      <wp:post_date_gmt>{facts["gmt"]}</wp:post_date_gmt><wp:post_name>{name}</wp:post_name>
      <wp:status>{facts["status"]}</wp:status><wp:post_type>{kind}</wp:post_type>{facts["categories"]}</item>"""


def a_wordpress_export(*items: str) -> str:
    """Return a WordPress export of `items`."""
    spaces = " ".join(
        f'xmlns:{name}="{address}"'
        for name, address in {
            "excerpt": "http://wordpress.org/export/1.2/excerpt/",
            "content": "http://purl.org/rss/1.0/modules/content/",
            "dc": "http://purl.org/dc/elements/1.1/",
            "wp": "http://wordpress.org/export/1.2/",
        }.items()
    )
    return f"<rss version='2.0' {spaces}><channel><title>Old</title>{''.join(items)}</channel></rss>"


PRICE = an_item(
    "price",
    "https://www.old.example/2009/04/price/",
    "<p>See <a href='http://old.example/2009/05/gain#part'>it</a>, "
    "<a href='//www.old.example/2009/05/gain/'>again</a>, <a href='/2009/05/gain/'>more</a>, "
    "<a href='https://else.example/'>else</a> and "
    "<a href='https://old.example/lost/'>lost</a>.</p>\n[gallery ids='1,2']\n"
    "<p><img src='https://www.old.example/a.png' alt='A' /></p><div class='x'>Box</div>",
    excerpt="A <b>short</b> summary.",
    categories="<category domain='category' nicename='t'>Turnings</category>"
    "<category domain='post_tag' nicename='l'>Let go</category>"
    "<category domain='post_tag' nicename='h'>Hands off</category>",
)
GAIN = an_item("gain", "https://www.old.example/2009/05/gain/", "Text.", gmt="0000-00-00 00:00:00")


@pytest.fixture
def wordpress(here) -> Path:
    """Return a WordPress export with what goes wrong in them."""
    demand_pandoc()
    here.write(
        "old.xml",
        a_wordpress_export(
            PRICE,
            GAIN,
            an_item("plan", "https://www.old.example/?p=9", "Soon.", status="draft"),
            an_item("about", "https://www.old.example/about/", "We.", kind="page"),
            an_item("price", "https://www.old.example/?p=12", kind="nav_menu_item"),
            an_item("secret", "https://www.old.example/?p=13", status="private"),
        ),
    )
    return here.folder / "old.xml"


def sources_in(folder: Path) -> list[Path]:
    """Return all that lies in the folder of a site, the bytecode aside that Python keeps of its settings."""
    return sorted(path for path in folder.rglob("*") if "__pycache__" not in path.parts)


def test_an_import_is_shown_first(here, wordpress):
    """Without APPLY nothing is written."""
    before = sources_in(here.folder)
    code, said = run(here, wordpress)
    assert (code, sources_in(here.folder)) == (0, before)
    assert said.endswith("Nothing is written yet: 4 files to come. APPLY=1 does it.\n")


def test_a_wordpress_post_comes_with_all_its_facts(here, wordpress):
    """Date with zone, summary, series, plays and the former address are in its front matter; links lead on."""
    assert run(here, wordpress, APPLY="1")[0] == 0
    assert source(here, "essays/price.md") == (
        "Title: Price & more\nDate: 2009-04-01 10:00+02:00\nSeries: turnings\nTags: Let go, Hands off\nAuthor: anna\n"
        "Summary: A short summary.\nAliases: /2009/04/price/\n\n"
        "See [it]({filename}/essays/gain.md#part), [again]({filename}/essays/gain.md), "
        "[more]({filename}/essays/gain.md), [else](https://else.example/) and "
        "[lost](https://old.example/lost/).\n\n\\[gallery ids='1,2'\\]\n\n![A](https://www.old.example/a.png)\n\n"
        '<div class="x">\n\nBox\n\n</div>\n'
    )
    assert "Date: 2009-04-01 10:00+00:00\n" in source(here, "essays/gain.md")
    assert "Status: draft\n" in source(here, "essays/plan.md")
    assert source(here, "pages/about.md") == "Title: About & more\nAuthor: anna\n\nWe.\n"


def test_what_no_machine_can_bring_over_is_told_with_its_file(here, wordpress):
    """Links, images, shortcodes, HTML, unknown plays and missing summaries are listed for a person."""
    _, said = run(here, wordpress)
    told = said.partition("content/essays/price.md\n")[2].split("content/")[0]
    assert [line.strip() for line in told.splitlines()] == [
        "link to the old site: https://old.example/lost/",
        "image to fetch: https://www.old.example/a.png",
        "shortcode: \\[gallery ids='1,2'\\]",
        "raw HTML: <div>",
    ]
    assert "content/essays/gain.md\n    it has no summary" in said
    assert 'content/essays/price.md:4:15: no play is called "Hands off" [unknown-play]' in said
    assert "Not in the playbook: Hands off (1)" in said
    assert "Left out, being no posts or pages (but comments, menus, attachments, trash): 2" in said


def test_nothing_that_is_here_is_overwritten(here, wordpress):
    """A source with the same name stays as it is, and the author is told; a second import changes nothing."""
    here.write("content/essays/price.md", "mine")
    assert "content/essays/price.md is here already" in run(here, wordpress, APPLY="1")[1]
    assert source(here, "essays/price.md") == "mine"
    here.write("content/essays/gain.md", "mine too")
    assert "Done: 0 files written." in run(here, wordpress, APPLY="1")[1]
    assert source(here, "essays/gain.md") == "mine too"


def test_two_posts_of_one_name_are_told(here):
    """Pelican's importer keeps one of them; nobody shall believe that both came."""
    demand_pandoc()
    here.write("old.xml", a_wordpress_export(GAIN, GAIN.replace("/05/", "/06/")))
    assert '2 essays of the export are called "gain"' in run(here, here.folder / "old.xml")[1]


def test_a_post_whose_address_no_file_can_keep_is_told(here):
    """An address with a question mark needs the server."""
    demand_pandoc()
    here.write("old.xml", a_wordpress_export(an_item("price", "https://old.example/?p=7", "Text.")))
    assert (
        "its former address /?p=7 cannot be kept here: let the server redirect it to /essays/price/"
        in (run(here, here.folder / "old.xml")[1])
    )


BLOGGER = """
    <feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#">
      <id>tag:blogger.com,1999:blog-1</id>
      {entries}
    </feed>
    """
ENTRY = """
    <entry><id>tag:blogger.com,1999:blog-1.post-{id}</id><published>2009-04-01T10:00:00.000+02:00</published>
      <category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{kind}"/>
      <category scheme="http://www.blogger.com/atom/ns#" term="Let go"/>
      <title type="text">The price</title><content type="html">&lt;p&gt;{text}&lt;/p&gt;</content>{link}
      <author><name>Anna</name></author></entry>
    """


def test_a_blogger_export_comes_without_its_comments(here):
    """A post keeps its day, its zone, its labels and its address; a comment is no essay."""
    demand_pandoc()
    link = "<link rel='alternate' href='https://old.blogspot.com/2009/04/price.html'/>"
    entries = ENTRY.format(id=1, kind="post", text="Text.", link=link)
    entries += ENTRY.format(id=2, kind="comment", text="Nonsense.", link="")
    here.write("old.xml", BLOGGER.format(entries=entries))
    code, said = run(here, here.folder / "old.xml", APPLY="1")
    assert (code, "Done: 1 file written." in said) == (0, True)
    assert source(here, "essays/price.md") == (
        "Title: The price\nDate: 2009-04-01 10:00+02:00\nTags: Let go\nAuthor: Anna\n"
        "Aliases: /2009/04/price.html\n\nText.\n"
    )


@pytest.fixture
def pelican(tmp_path_factory) -> Path:
    """Return another Pelican site, with pelican-series' keys and files in places of its own."""
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
    old.write("texts/blog/older.rst", "Older\n#####\n")
    return folder


def test_a_pelican_site_comes_with_its_addresses_links_and_images(here, pelican):
    """Keys are ours, links lead to where the sources are now, and its former addresses are aliases."""
    code, _ = run(here, pelican, APPLY="1")
    assert code == 0
    assert source(here, "essays/the-price.md") == (
        "Title: The price\nDate: 2009-04-01 10:00+02:00\nSeries: Turnings\nPart: 2\nTags: let-go\n"
        "Aliases: /blog/the-price.html\n\n"
        "[a](../gain.md) [b]({filename}/essays/gain.md#part) ![c]({static}/images/blog/2009/c.png) "
        "[d]({filename}/essays/gain.md)\n`[e]({filename}../gain.md)`\n"
    )
    assert (here.folder / "content/images/blog/2009/c.png").read_bytes() == b"\x89PNG"
    assert source(here, "essays/gain.md").startswith(
        "Title: Gain\nDate: 2009-04-02\nSummary: S.\nAliases: /blog/gain.html"
    )
    assert "Lang: fr\n" in source(here, "essays/gain-fr.md")
    assert "Slug: gain\n" in source(here, "essays/gain-fr.md")
    assert "Aliases" not in source(here, "essays/draft.md")
    assert source(here, "pages/about.md") == "Title: About\nSummary: S.\nAliases: /pages/about.html\n\nWe.\n"


def test_what_a_pelican_site_has_and_ours_has_not_is_told(here, pelican):
    """Unknown keys, other markups and links that are broken are listed for a person."""
    _, said = run(here, pelican)
    assert '    left out: "foo: bar"' in said
    assert "blog/older.rst: only Markdown comes over" in said
    assert "link to the old site: ../gain.md" in said
    assert "content/essays/the-price.md:8:5:" in said


def test_an_imported_site_builds_and_claims_its_former_addresses(here, pelican):
    """Once a person has done what was listed, the site builds, and each old address leads to the new one."""
    run(here, pelican, APPLY="1")
    here.write("content/essays/the-price.md", source(here, "essays/the-price.md").replace("[a](../gain.md)", ""))
    built = here.build()
    assert built.code == 0, built.said
    root = here.folder / "content"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.md")}
    assert Published(a_manuscript(files)).former == {
        "/blog/the-price.html": "/essays/the-price/",
        "/blog/gain.html": "/essays/gain/",
        "/gain-fr.html": "/essays/gain/fr/",
        "/pages/about.html": "/about/",
    }


def test_a_content_folder_alone_is_read_with_pelicans_own_patterns(here, pelican):
    """Where no settings are found, that is told, since addresses follow from them."""
    _, said = run(here, pelican / "texts")
    assert "former addresses are those of Pelican's own patterns" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"FROM": ""}, "Say what to bring in: make import FROM=path"),
        ({"FROM": "nowhere.xml"}, 'There is no file or folder "nowhere.xml"'),
        ({"FROM": "pelicanconf.py"}, '"pelicanconf.py" is not known as an export'),
        ({"FROM": "pelicanconf.py", "KIND": "drupal"}, '"pelicanconf.py" is not known as drupal'),
        ({"FROM": "content", "KIND": "wordpress"}, '"content" is not known as wordpress'),
        ({"FROM": "pelicanconf.py", "KIND": "wordpress"}, "holds no post or page that a wordpress export would hold"),
        ({"FROM": "theme-less"}, "There is no text in Markdown"),
    ],
)
def test_what_cannot_be_brought_in_is_said_in_one_line(here, words, told):
    """Missing words, unknown kinds and empty places end with the cure, and without a traceback."""
    (here.folder / "theme-less").mkdir()
    code, said = run(here, words["FROM"], **words)
    assert (code, told in said, "Traceback" in said) == (1, True, False)


def test_without_pandoc_the_import_says_how_to_get_it(here, wordpress):
    """Where neither the system nor Python has pandoc, nothing is half converted."""
    program = "import sys; sys.modules['pypandoc'] = None; from essay_series.desk import bring_in as verb"
    hidden = f"{program}; sys.exit(verb.bring_in())"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{PROJECT / 'plugins'}{os.pathsep}{PROJECT}",
        "FROM": str(wordpress),
        "PATH": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", hidden], cwd=here.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, '"apt-get install pandoc"' in done.stderr) == (1, True)
