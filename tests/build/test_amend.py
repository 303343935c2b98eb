"""Words are put in the place of words where nothing else changes with them, and nowhere else."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from author import Author
from builders import SiteTest
from essay_series.build.bones import bones, clothed, digest_if_words_alone
from forked import build

BODY = """A text with *some* words and a [link]({filename}e0.md).[^1]

## A part

More of it -- and "so".

[^1]: The note.
"""
AMENDED = "other words in"
A_PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


@pytest.fixture(scope="module")
def everyone():
    """Return an author of a site that is built."""
    author = Author()
    author.begin()
    yield author
    author.teardown()


@pytest.fixture
def author(everyone):
    """Return the author, whose essay `e3` has a longer text and whose site is up to date."""
    everyone.bodies["e3"] = BODY
    everyone.write()
    assert everyone.run().code == 0
    return everyone


def edited(author: Author, old: str, new: str) -> str:
    """Change the text of `e3`, build, compare with a build from nothing, and return what was said."""
    assert old in author.bodies["e3"]
    author.bodies["e3"] = author.bodies["e3"].replace(old, new)
    author.build()
    return author.said


WORDS = {
    "a word": ("some", "a few"),
    "an emphasis": ("*some*", "**some**"),
    "a quotation": ("More of it", 'More "of it"'),
    "capitals": ("words", "NASA"),
    "an ampersand": ("words", "words & more"),
    "a paragraph": ("More of it", "New.\n\nMore of it"),
    "a list": ("More of it", "- one\n- two\n\nMore of it"),
    "a comment beside words": ("some", "no <!-- mere -- thing -->"),
    "a note's words": ("The note", "Another note"),
    "the words of a link": ("[link]", "[that link]"),
    "letters of any kind": ("some", "&lt;é\u202e汉 ]]&gt; &quot;"),
}


@pytest.mark.site
@pytest.mark.parametrize("what", WORDS)
def test_words_alone_take_no_whole_build(author, what):
    """Where only words are others, they are put in their place; a build from nothing gives the same bytes."""
    assert AMENDED in edited(author, *WORDS[what])
    assert "Nothing has changed" in author.run().said


MORE = {
    "a link": ("words", "[words]({filename}e1.md)"),
    "where a link leads": ("e0.md", "e1.md"),
    "a heading": ("## A part", "## Another part"),
    "a heading's rank": ("## A part", "### A part"),
    "a second mark of a note": ("words", "words[^1]"),
    "an element with a style": ("some", '<b style="color:red">some</b>'),
    "an element with a name": ("some", '<b id="some">some</b>'),
    "many words": ("some", "some " * 600),
    "a promise": ("some", '<span data-promise="e5">some</span>'),
    "the sign for a lost letter in code": ("some", "`\ufffd`"),
    "a tag that is none": ("some", '<a title="x"y" href="{filename}e1.md">some</a>'),
}


@pytest.mark.site
@pytest.mark.parametrize("what", MORE)
def test_whatever_is_more_than_words_takes_a_whole_build(author, what):
    """Where an element is another, or as much as a page tells of, all is built as ever."""
    assert AMENDED not in edited(author, *MORE[what])


MISTAKES = {
    "a control character": "some\x0b",
    "a note that is not there": "some[^9]",
    "brackets that are never closed": "[" * 200,
    "the note of a new file": "<!-- Before you publish: x -->",
}


@pytest.mark.site
@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_in_the_words_is_told(author, what):
    """Words that are a mistake are refused, whichever way is taken; mended, the site is what it was."""
    author.bodies["e3"] = author.bodies["e3"].replace("some", MISTAKES[what])
    author.write()
    refused = author.run()
    assert refused.code == 1
    assert "content/essays/e3.md:" in refused.said


@pytest.mark.site
def test_words_of_several_essays_are_put_in_at_once(author):
    """Two essays in one feed, one of them in another language of signs, are both others."""
    author.bodies["e3"] = BODY.replace("some", "a few")
    author.bodies["e4"] += " More -- “so”."
    author.build()
    assert "other words in 2 sources" in author.said


@pytest.mark.site
def test_a_line_of_the_header_takes_a_whole_build(author):
    """Whatever stands above the text is more than words."""
    author.change("e3", Summary="Another.")
    assert AMENDED not in author.said


@pytest.mark.site
def test_a_file_that_was_only_touched_is_noticed_once(author):
    """A source that was saved as it was changes nothing, and the next build knows it."""
    file = author.folder / "content/essays/e3.md"
    file.write_bytes(file.read_bytes())
    author.build()
    assert "Nothing has changed" in author.run().said


@pytest.mark.site
def test_an_output_that_somebody_changed_is_built_as_a_whole(author):
    """Where a file of the output is not the one that was made, words are not put into it."""
    (author.folder / "output/essays/e3/index.html").write_text("mine")
    assert AMENDED not in edited(author, "some", "a few")


@pytest.mark.site
@pytest.mark.parametrize(
    "template", ["{{ view.content|striptags }}", "{{ view['content'] }}", "{{ [view]|map(attribute='content')|list }}"]
)
def test_a_theme_that_shows_a_text_otherwise_takes_whole_builds(template):
    """Where a page shows its text twice, or changed, other words may change more than their place."""
    author = Author()
    try:
        file = author.folder / "theme/templates/article.html"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("{% block content %}", "{% block content %}" + template), encoding="utf-8")
        author.begin()
        author.edit("e3", "more")
        assert AMENDED not in author.said
    finally:
        author.teardown()


@pytest.mark.site
def test_a_text_that_is_not_found_once_is_left_to_a_whole_build(author):
    """No text at all stands everywhere, so words are not put in its place by guess."""
    assert edited(author, BODY, "")
    assert AMENDED not in edited(author, "", "Some words.")


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        '<a href="x">',
        "</a>",
        '<h2 id="a">',
        "</h2>",
        "<!-- c -->",
        "<em>",
        '<b title="a > b">',
        "<",
        '<i a="',
    ]
)
HTML = st.lists(st.one_of(TAGS, st.text(max_size=5)), max_size=12).map("".join)


@given(HTML)
def test_a_text_in_its_own_bones_is_itself(html):
    """Taking the bones of a text and clothing them with its words gives the same text, whatever it is."""
    assert clothed(html, bones(html)) == html
    assert digest_if_words_alone(html, html)


@given(HTML, HTML)
def test_no_text_wears_bones_that_are_not_as_many(one, other):
    """A text takes another's bones only if it has as many of its own."""
    assert (clothed(one, bones(other)) is not None) is (len(bones(one)) == len(bones(other)))


@given(HTML)
def test_what_is_no_bone_carries_words_and_nothing_else(html):
    """Without its bones, nothing of a text has an attribute other than the classes that typography gives."""
    rest = clothed(html, ["\n"] * len(bones(html))) or ""
    for tag in re.findall(r"<[^>\n]*>?", rest):
        assert re.fullmatch(r'</?\w+ ?/?>|<span class="\w+">', tag)


@pytest.mark.parametrize("setting", ["SEARCH_INDEX", "OFFLINE", "SITENAME"])
def test_what_is_made_of_pages_follows_words(site: SiteTest, setting):
    """Where an index or a worker is made of the pages, other words are not put in their place alone."""
    site.settings = f"{setting} = '1'\n"
    site.essay("one", "Some words.", Summary="Short.").configure()
    assert build(site.folder, quick=True).code == 0
    site.essay("one", "Other words.", Summary="Short.")
    assert (AMENDED in build(site.folder, quick=True).said) == (setting == "SITENAME")


def test_words_that_stand_for_a_summary_are_left_to_a_whole_build(site: SiteTest):
    """Feeds show the beginning of an essay without a summary, so a change of it is more than one of the text."""
    site.essay("one", "First words.\n\nSecond words.").configure()
    assert build(site.folder, quick=True).code == 0
    site.essay("one", "First words.\n\nOther words.")
    assert AMENDED in build(site.folder, quick=True).said
    site.essay("one", "Changed words.\n\nOther words.")
    assert AMENDED not in build(site.folder, quick=True).said
    assert "Changed words." in (site.folder / "output/feeds/all.rss.xml").read_text().partition("<content:")[0]


def test_a_text_with_an_image_is_left_to_a_whole_build(site: SiteTest):
    """A page shows an image in more words than its text does, so nothing can be put in the text's place."""
    site.write("content/images/a.png", A_PNG).essay("one", "Some ![A dot]({static}/images/a.png) words.").configure()
    assert build(site.folder, quick=True).code == 0
    site.essay("one", "Other ![A dot]({static}/images/a.png) words.")
    assert AMENDED not in build(site.folder, quick=True).said
    page = (site.folder / "output/essays/one/index.html").read_text(encoding="utf-8")
    assert "Other" in page
    assert 'width="1" height="1"' in page
