"""Attached files: withheld while only drafts or nothing published refers to them, in whatever way."""

from __future__ import annotations

import pytest

from builders import a_manuscript
from essay_series.checks.advice import advice
from essay_series.sources.attached import files_of_drafts, unshown_files, withheld_files

FILE = "images/Ferry Lamp.png"
REFERENCES = {
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


def site_with_image(body: str, *more: str, path: str = "essays/one.md", header: str = DRAFT, **changes):
    """Return the manuscript of a text at `path`, an image and `more` files."""
    files = {
        path: HEADER.format("One", header, body).replace(
            "Date: 2009-04-01\n", "" if "series" in path else "Date: 2009-04-01\n"
        )
    }
    return a_manuscript({**files, FILE: "", **dict.fromkeys(more, "")}, root="https://e.example", **changes)


@pytest.mark.parametrize("form", REFERENCES)
def test_a_file_of_a_draft_is_withheld(form):
    """Each form of reference counts: in a draft it withholds the file, in a published text it publishes it."""
    draft, published = site_with_image(REFERENCES[form]), site_with_image(REFERENCES[form], header="")
    assert withheld_files(draft) == {FILE}
    assert withheld_files(published) == set()
    assert withheld_files(site_with_image(REFERENCES[form], *SERIES)) == {FILE}
    assert withheld_files(site_with_image(REFERENCES[form], *SERIES, header="")) == set()


@pytest.mark.parametrize("path", ["pages/one.md", "playbook/one.md", "series/one.md"])
def test_every_kind_of_draft_withholds_its_files(path):
    """Drafts of pages, plays and series withhold their files too."""
    assert files_of_drafts(site_with_image(REFERENCES["srcset"], path=path)) == {FILE}


@pytest.mark.parametrize("key", ["Cover", "Image", "Summary"])
def test_a_front_matter_key_can_refer_to_a_file(key):
    """A file named under any key is published or withheld with its text."""
    line = f"{key}: {{static}}/images/Ferry%20Lamp.png\n"
    assert withheld_files(site_with_image("Text.", header=f"{DRAFT}{line}")) == {FILE}
    assert withheld_files(site_with_image("Text.", header=line)) == set()


@pytest.mark.parametrize(
    "body",
    [
        "<!-- ![A lamp]({static}/images/Ferry%20Lamp.png) -->",
        "    ![A lamp]({static}/images/Ferry%20Lamp.png)",
        '<img src="/images/Ferry%20Lamp.png',
    ],
)
def test_a_file_mentioned_in_a_draft_is_withheld(body):
    """A file in a draft's comment, code or broken HTML is withheld."""
    assert files_of_drafts(site_with_image(body)) == {FILE}
    assert files_of_drafts(site_with_image(body.lower())) == {FILE}


@pytest.mark.parametrize("target", ["/in/images/Ferry%20Lamp.png", "https://e.example/in/images/Ferry%20Lamp.png"])
def test_a_reference_may_include_the_folder_of_the_site(target):
    """A site in a folder of its host may refer to files from the root of the host."""
    files = {"essays/one.md": HEADER.format("One", "", f"[A lamp]({target})"), FILE: "", **SERIES}
    assert withheld_files(a_manuscript(files, root="https://e.example/in")) == set()
    assert withheld_files(a_manuscript(files, root="https://e.example")) == {FILE}


def test_a_comment_in_a_published_text_publishes_no_file():
    """A reference in a comment of a published text does not publish the file."""
    files = {
        "essays/one.md": HEADER.format("One", "", f"<!-- {REFERENCES['img']} -->"),
        "essays/two.md": HEADER.format("Two", DRAFT, REFERENCES["img"]),
    }
    assert files_of_drafts(a_manuscript({**files, FILE: ""})) == {FILE}


def test_an_unused_file_is_withheld_and_reported():
    """A file that nothing refers to is not published, and `make check` names it with the remedy."""
    site = site_with_image("Text.", *SERIES, "notes.txt", header="")
    assert unshown_files(site) == {FILE}
    (problem,) = (str(each) for each in advice(site) if each.code == "unshown-file")
    assert problem.startswith(f"{FILE}:1:1: no text refers to this file, so it is not published [")
    assert problem.endswith(f'publish it anyway with EXTRA_PATH_METADATA = {{"{FILE}": {{}}}}, or remove it.')


@pytest.mark.parametrize(
    "changes",
    [
        {"declared_files": frozenset({FILE})},
        {"declared_files": frozenset({"images"})},
        {"theme_and_settings_text": lambda: f'<link rel="icon" href="/{FILE}">'},
    ],
)
def test_settings_and_theme_can_publish_a_file(changes):
    """A file is published by settings that name it or its folder, and by the theme's reference to it."""
    assert withheld_files(site_with_image("Text.", *SERIES, header="", **changes)) == set()


def test_a_published_folder_does_not_publish_files_of_drafts():
    """A draft's file in a declared folder is withheld unless the settings name the file itself."""
    assert withheld_files(site_with_image(REFERENCES["img"], declared_files=frozenset({"images"}))) == {FILE}
    assert withheld_files(site_with_image(REFERENCES["img"], declared_files=frozenset({FILE}))) == set()


def test_a_link_to_a_folder_with_an_index_publishes_the_folder():
    """A link to a folder with an index page publishes all files in it."""
    demo = ("images/demo/index.html", "images/demo/a.js", "images/demo.js")
    site = site_with_image("See [it](/images/demo/).", *SERIES, *demo, header="")
    assert withheld_files(site) == {FILE, "images/demo.js"}


def test_sites_without_declarations_withhold_only_files_of_drafts():
    """Without declared series or plays, only files of drafts are withheld."""
    assert withheld_files(site_with_image("Text.")) == set()
