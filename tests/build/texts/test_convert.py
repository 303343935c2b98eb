"""A converted text is what Python-Markdown and typogrify give, under any configuration and after any other texts."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from markdown import Extension, Markdown
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor

from builders import SAMPLE
from essay_series.adapter.settings.markdown import with_our_extensions
from essay_series.build.texts.convert import (
    META,
    Converter,
    TextSettings,
    Typography,
    configuration,
    conversion,
    survives_reset,
)
from mixtures import documents

OURS = configuration(with_our_extensions(runpy.run_path(str(SAMPLE / "pelicanconf.py"))["MARKDOWN"]))
COUNTING = {"extensions": ["footnotes"], "extension_configs": {"footnotes": {"UNIQUE_IDS": True}}}


class Counts(Treeprocessor):
    """A foreign treeprocessor that numbers texts and has no ``reset``."""

    seen = 0

    def run(self, root):
        """Set the number on the text's element."""
        self.seen += 1
        root[0].set("number", str(self.seen))


class Counting(Extension):
    """The extension of `Counts`."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        """Register it."""
        md.treeprocessors.register(Counts(md), "counts", 1)


class Without(Extension):
    """An extension that removes a part."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        """Let no text have code spans."""
        md.inlinePatterns.deregister("backtick")


def alone(text: str, settings: dict[str, Any]) -> tuple[str, Any, Any]:
    """Return the HTML of `text` by a new `Markdown`."""
    md = Markdown(**settings)
    return md.convert(text), getattr(md, "Meta", None), getattr(md, "toc", None)


def test_a_reused_converter_gives_the_html_of_a_new_one():
    """Footnotes, abbreviations and link definitions of earlier texts do not affect later ones."""
    converter = Converter(OURS)
    for text in documents(500, seed=10):
        md = converter.ready()
        assert (md.convert(text), md.Meta, md.toc) == alone(text, OURS)
        assert converter.is_reused


@pytest.mark.parametrize(
    "settings",
    [COUNTING, {"extensions": [Counting()]}, {"extensions": ["extra", Counting()]}],
    ids=["unique ids", "an object", "an object beside others"],
)
def test_a_converter_with_state_is_not_reused(settings):
    """With unique footnote ids or foreign parts, each text has a new converter."""
    converter = Converter(settings)
    assert not survives_reset(Markdown(**settings))
    assert [converter.html("a[^1]\n\n[^1]: b") for _ in range(3)] == [alone("a[^1]\n\n[^1]: b", settings)[0]] * 3


CONFIGURED = {
    "smart quotes": ({"extensions": ["smarty"]}, '"a" -- b...', "<p>&ldquo;a&rdquo; &ndash; b&hellip;</p>"),
    "a part that is taken away": ({"extensions": [Without()]}, "a `b`", "<p>a `b`</p>"),
    "a link over a code span's lines": ({}, "`a\n[x]: b`", "<p>`a</p>"),
    "a rule in a code span": ({}, "Text `a\n* * *\nb` more", "<p>Text `a</p>\n<hr />\n<p>b` more</p>"),
    "a blank in a quotation": ({}, "> quote\n>  \n\nNext", "<blockquote>\n<p>quote\n</p>\n</blockquote>\n<p>Next</p>"),
}


@pytest.mark.parametrize("what", CONFIGURED)
def test_extensions_are_those_of_the_configuration(what):
    """The HTML is the library's with the extensions in MARKDOWN, whatever they add or remove."""
    settings, text, html = CONFIGURED[what]
    assert alone(text, settings)[0] == html
    convert = conversion(TextSettings(configuration(settings)))
    assert [convert(f"Title: A\n\n{text}").html for _ in range(2)] == [html, html]


def test_markdown_in_front_matter_is_converted():
    """Markdown values have their own HTML, without the footnotes of the text."""
    convert = conversion(TextSettings(configuration({"extensions": ["footnotes"]}), formatted_fields=("summary",)))
    for found in (convert("Summary: *A*: b[^1]\nX: *y*\n\nText[^1]\n\n[^1]: Note.") for _ in range(2)):
        assert found.header == {"summary": ["*A*: b[^1]"], "x": ["*y*"]}
        assert found.formatted == {"*A*: b[^1]": "<p><em>A</em>: b[^1]</p>"}


def settings_of(**markdown: Any) -> TextSettings:
    """Return the text settings for the setting MARKDOWN."""
    return TextSettings(configuration(markdown))


NOT_CACHED = {
    "an object": ({"extensions": [TocExtension(permalink=True)]}, "TocExtension is an object"),
    "another package's": ({"extensions": ["pymdownx.snippets"]}, "pymdownx.snippets is not Python-Markdown's own"),
    "a function": ({"extension_configs": {"toc": {"slugify": lambda *_: "a"}}}, "values other than texts"),
    "an object in a list": ({"extension_configs": {"toc": {"x": [object()]}}}, "values other than texts"),
}


@pytest.mark.parametrize("what", NOT_CACHED)
def test_foreign_extensions_prevent_caching(what):
    """With an object or an extension of another package there is no key, and a reason is given."""
    markdown, reason = NOT_CACHED[what]
    settings = settings_of(**markdown)
    assert reason in settings.not_cached
    assert settings.key == ""


def test_the_key_contains_every_setting():
    """Equal settings have equal keys, and different ones different keys."""
    toc = {"extension_configs": {"toc": {"slugify": slugify_unicode}}}
    variants = [
        settings_of(),
        settings_of(extensions=["extra"]),
        settings_of(extensions=["extra"], output_format="html"),
        settings_of(extension_configs={"toc": {"permalink": True}}),
        settings_of(extension_configs={"toc": {"permalink": "True"}}),
        settings_of(extension_configs={"toc": {"toc_depth": [1, 2]}}),
        settings_of(**toc),
        TextSettings(configuration({}), hides_comments=True),
        TextSettings(configuration({}), formatted_fields=()),
        TextSettings(configuration({}), lang="de"),
        TextSettings(configuration({}), sets_marks=True),
    ]
    assert len({each.key for each in variants}) == len(variants)
    assert "" not in {each.key for each in variants}
    assert settings_of(**toc).key == settings_of(**toc).key


def test_the_configuration_is_pelicans():
    """Extensions that are only configured are added once, and front matter is always read."""
    found = configuration({"extensions": ["extra"], "extension_configs": {"toc": {}, "extra": {}}, "tab_length": 2})
    assert found["extensions"] == ["extra", "toc", META]
    assert found["tab_length"] == 2


@pytest.mark.parametrize(
    ("header", "inherited", "html"),
    [
        ("Lang: de", "fr", "<p>„gut“ NASA</p>"),
        ("X: y", "de", "<p>„gut“ NASA</p>"),
        ("X: y", "", "<p>»gut« NASA</p>"),
        ("Lang: en-GB", "", '<p><span class="dquo">&#8220;</span>gut&#8221; <span class="caps">NASA</span></p>'),
        ("Lang: no language", "", "<p>»gut« NASA</p>"),
    ],
)
def test_a_text_is_typeset_in_its_own_language(header, inherited, html):
    """The language is that of the header, else the inherited one, else the site's."""
    settings = TextSettings(configuration({}), Typography(1), lang="da", sets_marks=True)
    found = conversion(settings)(f'{header}\nTitle: "gut"\nSummary: *"gut"*\n\n"gut" NASA', inherited)
    assert found.html == html
    if header == "Lang: de":
        assert found.typeset == {'"gut"': "„gut“", "<p><em>„gut“</em></p>": "<p><em>„gut“</em></p>"}
