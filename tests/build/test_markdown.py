"""The guarded Markdown gives what the library gives, to the byte."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Extension, Markdown
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pelican import readers
from typogrify import filters

from builders import SAMPLE
from essay_series.adapter.extensions import with_our_extensions
from essay_series.adapter.quickening import quicken
from essay_series.build import guards
from essay_series.build.plain import plain_html
from mixtures import BETWEEN, BLOCKS, MARKDOWN, documents, mixtures


def configuration(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what Pelican would give to Markdown under `settings`."""
    extensions = [*settings["MARKDOWN"]["extension_configs"], "markdown.extensions.meta"]
    return {**settings["MARKDOWN"], "extensions": extensions}


def our_settings() -> dict[str, Any]:
    """Return the settings of the sample, with what the site mode adds to its Markdown."""
    settings = runpy.run_path(str(SAMPLE / "pelicanconf.py"))
    return {**settings, "MARKDOWN": with_our_extensions(settings["MARKDOWN"])}


OURS = configuration(our_settings())
BUNDLED = "abbr admonition attr_list codehilite extra legacy_em meta nl2br sane_lists smarty toc wikilinks"
PELICANS = configuration(
    {
        "MARKDOWN": {
            "extension_configs": {
                "markdown.extensions.codehilite": {"css_class": "highlight"},
                "markdown.extensions.extra": {},
            },
            "output_format": "html5",
        }
    }
)
EVERY = {"extensions": BUNDLED.split()}


class Marks(Extension):
    """A package of somebody else's, whose pattern needs none of the characters that are guarded."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        """Turn ``~word~`` into a mark."""
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~)(\w+)~", "mark"), "mark", 55)


class Says(Treeprocessor):
    """Somebody else's, too: lets a text follow each paragraph that is to stay as it is."""

    def run(self, root):
        """Append the text, before inline patterns are applied."""
        for paragraph in root.iter("p"):
            paragraph.tail = AtomicString("*so*")


class Saying(Extension):
    """The package that brings `Says`."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        """Register it before the inline patterns."""
        md.treeprocessors.register(Says(md), "says", 30)


@pytest.fixture(autouse=True)
def libraries(monkeypatch):
    """Leave the libraries as they were."""
    monkeypatch.setattr(readers, "Markdown", Markdown)
    monkeypatch.setattr(filters, "typogrify", filters.typogrify)


def made(markdown: type[Markdown] | Any, text: str, settings: dict[str, Any]) -> tuple[Any, ...]:
    """Return all that is made of `text`: its HTML, and its front matter and table of contents if there are any."""
    md = markdown(**settings)
    return md.convert(text), getattr(md, "Meta", None), getattr(md, "toc", None)


def same(text: str, settings: dict[str, Any]) -> bool:
    """Tell whether the guarded form and the library make the same of `text`."""
    return made(guards.guarded, text, settings) == made(Markdown, text, settings)


@pytest.mark.slow
@pytest.mark.parametrize("settings", [OURS, EVERY, {}], ids=["ours", "every", "none"])
def test_thousands_of_mixtures_come_out_the_same(settings):
    """Marks of every kind in any order, also broken ones, come out the same under any extensions."""
    assert [text for text in mixtures(MARKDOWN, 2000, seed=8) if not same(text, settings)] == []


@pytest.mark.slow
@pytest.mark.parametrize("settings", [OURS, PELICANS, EVERY, {}], ids=["ours", "pelican's", "every", "none"])
def test_thousands_of_documents_come_out_the_same(settings):
    """Blocks of every kind beside each other, with and without empty lines between them, come out the same."""
    assert [text for text in documents(1000, seed=9) if not same(text, settings)] == []


@given(st.lists(st.sampled_from((*BLOCKS, *BETWEEN)), max_size=9).map("".join))
def test_any_document_comes_out_the_same(text):
    """So do blocks in any order that Hypothesis thinks of."""
    assert same(text, PELICANS)


@given(st.lists(st.sampled_from((*BLOCKS, *MARKDOWN)), max_size=6).map("".join))
def test_any_text_in_one_block_comes_out_the_same(text):
    """So do pieces of blocks and marks of every kind within one paragraph."""
    assert same(f"a {text} b", PELICANS)


def test_a_markdown_that_is_used_again_remembers_nothing():
    """One converter for many texts makes of each what a new one makes of it: notes, terms and links do not stay."""
    md = guards.guarded(**OURS)
    assert guards.lasts(md)
    for text in documents(500, seed=10):
        md.reset()
        assert (md.convert(text), md.Meta, md.toc) == made(Markdown, text, OURS)


def test_a_markdown_that_counts_its_texts_is_not_used_again():
    """Where ids of notes tell one text from the next, or others take part, each text has its own converter."""
    counting = {"extensions": ["footnotes"], "extension_configs": {"footnotes": {"UNIQUE_IDS": True}}}
    assert not guards.lasts(guards.guarded(**counting))
    assert not guards.lasts(guards.guarded(extensions=[Saying()]))


@pytest.mark.parametrize(
    "settings",
    [
        {"extensions": ["footnotes"], "extension_configs": {"footnotes": {"PLACE_MARKER": "here"}}},
        {"extensions": ["toc"], "extension_configs": {"toc": {"marker": "here"}}},
        {"extensions": ["abbr"], "extension_configs": {"abbr": {"glossary": {"here": "in this place"}}}},
        {"extensions": [], "tab_length": 2},
    ],
    ids=["notes", "toc", "abbr", "tab"],
)
def test_words_that_settings_give_a_meaning_to_keep_it(settings):
    """A paragraph is no plain one where it says where notes or contents go, or what is short for something."""
    assert same("# a\n\nhere\n\nb[^1]\n\n- here *c*\n\n  d\n\n[^1]: here", settings)


class Shouts(Extension):
    """Somebody else's links, written as everybody's."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        """Take the place of the library's links."""
        md.inlinePatterns.register(ShoutedLinks(LINK_RE, md), "link", 160)


class ShoutedLinks(LinkInlineProcessor):
    """Links in capitals."""

    def handleMatch(self, m, data):  # noqa: N802 - likewise
        """Return the library's link in capitals."""
        element, start, end = super().handleMatch(m, data)
        if element is not None:
            element.text = element.text.upper()
        return element, start, end


def test_patterns_that_take_the_place_of_the_librarys_are_not_passed_by():
    """A package may look for the same signs and make something else of them."""
    assert guards.guarded(extensions=[Shouts()]).convert("a [b](c)") == '<p>a <a href="c">B</a></p>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "A *b* & **c** `<d>` [e](f?g&h).",
            'A <em>b</em> &amp; <strong>c</strong> <code>&lt;d&gt;</code> <a href="f?g&amp;h">e</a>.',
        ),
        ("snake_case, &copy; and 1 > 0", "snake_case, &copy; and 1 &gt; 0"),
        ("*a **b***", None),
        ("*a `b` c*", None),
        ("![a](b)", None),
        ("[a](b 'c')", None),
        ("a <b>c</b>", None),
        ("_a_", None),
        ("* a *", None),
    ],
)
def test_plain_marks_are_known_from_others(text, html):
    """Marks that stand side by side are written at once, and whatever might be more is left to the library."""
    assert plain_html(text) == html


@given(st.lists(st.sampled_from(MARKDOWN), max_size=15).map("".join))
def test_any_mixture_comes_out_the_same(text):
    """Whatever pieces stand side by side, the guarded form and the library give the same."""
    assert same(text, OURS)


@given(st.text(alphabet="#=-_* \n>[]:^|`\\<&!a1."))
def test_any_text_of_marks_comes_out_the_same(text):
    """So does text of hardly anything but marks."""
    assert same(text, OURS)


@pytest.mark.parametrize("rule", ["-  -  -", "-  --", " * * *", "___", "a\n   - - -\nb", "_ _  _", "**  *", "-\t-\t-"])
def test_a_rule_is_found_in_every_form(rule):
    """A rule may be written with blanks between its marks, and behind a line of text."""
    assert same(rule, OURS)
    assert same(f"a\n\n{rule}\n\nb", OURS)


def test_patterns_of_other_packages_are_always_tried():
    """A pattern that no guard is known for is tried on every text."""
    assert guards.guarded(extensions=[Marks()]).convert("a ~word~") == "<p>a <mark>word</mark></p>"


def test_what_others_want_left_alone_is_left_alone():
    """A text that a package marks as done gets no markup."""
    settings = {"extensions": [Saying()]}
    assert same("a *b*", settings)
    assert "*so*" in guards.guarded(**settings).convert("a *b*")


def test_essays_come_out_the_same():
    """What authors really write comes out the same."""
    essays = [path.read_text(encoding="utf-8") for path in (SAMPLE / "content").rglob("*.md")]
    assert essays
    assert [text for text in essays if not same(text, OURS)] == []


def test_pelican_is_given_ours_only_with_the_version_it_was_written_for(monkeypatch):
    """With another version of Python-Markdown Pelican keeps the library's."""
    monkeypatch.setattr(guards, "VERSION", "3.11.2")
    quicken()
    assert readers.Markdown is Markdown
    monkeypatch.undo()
    monkeypatch.setattr(readers, "Markdown", Markdown)
    quicken()
    assert readers.Markdown is guards.guarded
