"""Files beside the texts: kept back while only drafts show them, however that is written, or while nothing does."""

from __future__ import annotations

import pytest

from builders import a_manuscript
from essay_series.checks.advice import advice
from essay_series.sources.attached import files_of_drafts, unshown_files, withheld_files

FILE = "images/Ferry Lamp.png"
WAYS = {
    "image": "![A lamp]({static}/images/Ferry%20Lamp.png)",
    "image of the old form": "![A lamp](|static|/images/Ferry%20Lamp.png)",
    "image beside the text": "![A lamp]({attach}../images/Ferry%20Lamp.png)",
    "image in angle brackets": '![A lamp](</images/Ferry Lamp.png> "A lamp")',
    "image by label": "![A lamp][lamp]\n\n[lamp]: {static}/images/Ferry%20Lamp.png",
    "image by its own label": "![lamp][]\n\n[lamp]: </images/Ferry%20Lamp.png>",
    "link": "[A lamp]({static}/images/Ferry%20Lamp.png)",
    "link to the page's own folder": "[A lamp](../../images/Ferry%20Lamp.png)",
    "link with the site's address": "[A lamp](https://e.example/images/Ferry%20Lamp.png)",
    "img": '<img alt="" src="/images/Ferry%20Lamp.png">',
    "img with relative address": '<img alt="" src="../../images/Ferry%20Lamp.png?v=1#x">',
    "img in capitals": "<IMG ALT='' SRC='/images/Ferry%20Lamp.png'>",
    "img without quotes": "<img alt=x src=/images/Ferry%20Lamp.png>",
    "img over two lines": '<img alt=""\n  src = "/images/Ferry%20Lamp.png">',
    "img with entities": '<img alt="" src="&#47;images/Ferry&#x25;20Lamp.png">',
    "img coded letter by letter": '<img alt="" src="/%69mages/%46erry%20Lamp.png">',
    "srcset": '<img alt="" srcset="/images/other.png 1x, /images/Ferry%20Lamp.png 2x" src="x">',
    "srcset without blanks": '<img alt="" srcset="/a.png,/images/Ferry%20Lamp.png" src="x">',
    "source of a picture": '<picture><source srcset="/images/Ferry%20Lamp.png"><img alt="" src="x"></picture>',
    "source of a film": '<video><source src="{static}/images/Ferry%20Lamp.png"></video>',
    "poster": '<video poster="/images/Ferry%20Lamp.png"></video>',
    "object": '<object data="/images/Ferry%20Lamp.png"></object>',
    "embed": '<embed src="/images/Ferry%20Lamp.png">',
    "anchor": '<a href="/images/Ferry%20Lamp.png">a lamp</a>',
    "attribute of data": '<div data-full="/images/Ferry%20Lamp.png"></div>',
    "preload": '<link rel="preload" imagesrcset="/images/Ferry%20Lamp.png 2x">',
    "drawing": '<svg><image xlink:href="/images/Ferry%20Lamp.png"/></svg>',
    "style": "<div style=\"background: URL( '/images/Ferry Lamp.png' )\"></div>",
    "style without quotes": '<div style="background:url(/images/Ferry%20Lamp.png)"></div>',
    "style sheet": "<style>p { background: url(/images/Ferry%20Lamp.png) }</style>",
}
HEADER = "Title: {0}\nDate: 2009-04-01\n{1}\n{2}\n"
SERIES = {"series/turnings.md": "Title: Turnings\nStatus: published\n\nText.\n"}
DRAFT = "Status: draft\n"


def the_site(body: str, *more: str, path: str = "essays/one.md", header: str = DRAFT, **changes):
    """Return the manuscript of a text at `path`, an image and `more` files."""
    files = {
        path: HEADER.format("One", header, body).replace(
            "Date: 2009-04-01\n", "" if "series" in path else "Date: 2009-04-01\n"
        )
    }
    return a_manuscript({**files, FILE: "", **dict.fromkeys(more, "")}, root="https://e.example", **changes)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_is_kept_back_while_only_a_draft_shows_it(way):
    """Each way to refer to a file counts: in a draft it keeps the file back, in a published text it publishes it."""
    draft, published = the_site(WAYS[way]), the_site(WAYS[way], header="")
    assert withheld_files(draft) == {FILE}
    assert withheld_files(published) == set()
    assert withheld_files(the_site(WAYS[way], *SERIES)) == {FILE}
    assert withheld_files(the_site(WAYS[way], *SERIES, header="")) == set()


@pytest.mark.parametrize("path", ["pages/one.md", "playbook/one.md", "series/one.md"])
def test_every_kind_of_draft_keeps_its_files_back(path):
    """Pages, plays and series that are drafts keep their files back too."""
    assert files_of_drafts(the_site(WAYS["srcset"], path=path)) == {FILE}


@pytest.mark.parametrize("key", ["Cover", "Image", "Summary"])
def test_a_key_refers_to_a_file_too(key):
    """A file that stands under any key of the header is shown, or kept back, with its text."""
    line = f"{key}: {{static}}/images/Ferry%20Lamp.png\n"
    assert withheld_files(the_site("Text.", header=f"{DRAFT}{line}")) == {FILE}
    assert withheld_files(the_site("Text.", header=line)) == set()


@pytest.mark.parametrize(
    "body",
    [
        "<!-- ![A lamp]({static}/images/Ferry%20Lamp.png) -->",
        "    ![A lamp]({static}/images/Ferry%20Lamp.png)",
        '<img src="/images/Ferry%20Lamp.png',
    ],
)
def test_what_a_draft_only_mentions_is_kept_back_too(body):
    """A file in a draft's comment, its code or its broken HTML is a draft's."""
    assert files_of_drafts(the_site(body)) == {FILE}
    assert files_of_drafts(the_site(body.lower())) == {FILE}


@pytest.mark.parametrize("target", ["/in/images/Ferry%20Lamp.png", "https://e.example/in/images/Ferry%20Lamp.png"])
def test_a_file_is_known_by_its_address_in_the_folder_of_its_site(target):
    """A site in a folder of its host may name its files from the host's root on."""
    files = {"essays/one.md": HEADER.format("One", "", f"[A lamp]({target})"), FILE: "", **SERIES}
    assert withheld_files(a_manuscript(files, root="https://e.example/in")) == set()
    assert withheld_files(a_manuscript(files, root="https://e.example")) == {FILE}


def test_a_comment_in_a_published_text_shows_no_file():
    """What a published text only has in a comment is not shown."""
    files = {
        "essays/one.md": HEADER.format("One", "", f"<!-- {WAYS['img']} -->"),
        "essays/two.md": HEADER.format("Two", DRAFT, WAYS["img"]),
    }
    assert files_of_drafts(a_manuscript({**files, FILE: ""})) == {FILE}


def test_a_file_that_nothing_refers_to_is_kept_back_and_told():
    """No draft shows it either, and still it is not published; `make check` names it, with the cure."""
    site = the_site("Text.", *SERIES, "notes.txt", header="")
    assert unshown_files(site) == {FILE}
    (told,) = (str(each) for each in advice(site) if each.code == "unshown-file")
    assert told.startswith(f"{FILE}:1:1: no text refers to this file, so it is not published [")
    assert told.endswith(f'publish it anyway with EXTRA_PATH_METADATA = {{"{FILE}": {{}}}}, or remove it.')


@pytest.mark.parametrize(
    "changes",
    [
        {"declared_files": frozenset({FILE})},
        {"declared_files": frozenset({"images"})},
        {"theme_and_settings_text": lambda: f'<link rel="icon" href="/{FILE}">'},
    ],
)
def test_an_author_publishes_a_file_by_name(changes):
    """Settings that name a file or its folder, and a template or setting that refers to it, publish it."""
    assert withheld_files(the_site("Text.", *SERIES, header="", **changes)) == set()


def test_a_folder_that_is_published_gives_no_draft_away():
    """A file that a draft shows is kept back in such a folder too, unless the settings name the file itself."""
    assert withheld_files(the_site(WAYS["img"], declared_files=frozenset({"images"}))) == {FILE}
    assert withheld_files(the_site(WAYS["img"], declared_files=frozenset({FILE}))) == set()


def test_a_link_to_a_small_site_publishes_all_of_it():
    """Who links to a folder with an index publishes what lies in it."""
    demo = ("images/demo/index.html", "images/demo/a.js", "images/demo.js")
    site = the_site("See [it](/images/demo/).", *SERIES, *demo, header="")
    assert withheld_files(site) == {FILE, "images/demo.js"}


def test_sites_that_declare_nothing_keep_their_static_files():
    """Without declared series or plays only what drafts show is kept back, as in any Pelican site."""
    assert withheld_files(the_site("Text.")) == set()
