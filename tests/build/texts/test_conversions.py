"""Texts are converted once for all builds, in a pool, and cached by everything that they depend on."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import SiteTest
from essay_series.build import pool
from essay_series.build.cache.store import Result, Store
from essay_series.build.texts import conversions
from essay_series.build.texts.conversions import TEXT, Conversions
from essay_series.build.texts.convert import Converted, TextSettings, Typography, configuration, conversion
from forked import build

SETTINGS = TextSettings(configuration({}), Typography(1))
SOURCE = "Title: A\n\nText."


@pytest.fixture
def file(tmp_path) -> Path:
    """Return a store with the conversion of `SOURCE`, marked so that it differs from a new one."""
    store = Store(tmp_path / "store.sqlite")
    first = Conversions(SETTINGS, store, "code")
    first.of(SOURCE)
    first.save()
    store.save()
    marked = Converted("cached", {}, {}).json
    store = Store(tmp_path / "store.sqlite")
    store.leave(TEXT, {name: Result(each.key, marked) for name, each in store.all(TEXT).items()})
    store.save()
    return tmp_path / "store.sqlite"


def test_a_text_is_converted_once(file):
    """The next build finds the conversion, and saves it again."""
    for _ in range(2):
        store = Store(file)
        found = Conversions(SETTINGS, store, "code")
        assert found.of(SOURCE).html == "cached"
        found.save()
        store.save()


def test_a_text_that_is_not_requested_stays_cached(file):
    """A text that `begin` was called with stays cached even if it is not requested."""
    store = Store(file)
    found = Conversions(SETTINGS, store, "code")
    found.begin([(SOURCE, "")])
    found.save()
    store.save()
    assert Conversions(SETTINGS, Store(file), "code").of(SOURCE).html == "cached"


OTHERS = {
    "the text": (SETTINGS, "code", f"{SOURCE} "),
    "the code": (SETTINGS, "other code", SOURCE),
    "a setting of Markdown": (TextSettings(configuration({"tab_length": 2}), Typography(1)), "code", SOURCE),
    "a setting of typography": (TextSettings(configuration({}), Typography(2)), "code", SOURCE),
    "no typography": (TextSettings(configuration({})), "code", SOURCE),
}


@pytest.mark.parametrize("what", OTHERS)
def test_texts_are_cached_by_everything_that_they_depend_on(file, what):
    """With another text, code or setting a text is converted again, and texts that were not requested are dropped."""
    settings, code, source = OTHERS[what]
    store = Store(file)
    found = Conversions(settings, store, code)
    assert found.of(source) == conversion(settings)(source)
    found.save()
    store.save()
    assert Conversions(SETTINGS, Store(file), "code").of(SOURCE).html == "<p>Text.</p>"


def test_a_text_that_inherits_another_language_is_another_text(file):
    """The inherited language is part of the key."""
    found = Conversions(SETTINGS, Store(file), "code")
    assert (found.of(SOURCE).html, found.of(SOURCE, "de").html) == ("cached", "<p>Text.</p>")


def test_texts_with_foreign_extensions_are_not_cached(file):
    """If an extension may read other files, nothing is read from the store or saved."""
    settings = TextSettings(configuration({"extensions": ["no.such.extension"]}))
    unplain = TextSettings(configuration({"extension_configs": {"toc": {"slugify": lambda *_: "a"}}}))
    assert settings.not_cached
    store = Store(file)
    found = Conversions(unplain, store, "code")
    assert found.of(SOURCE).html == "<p>Text.</p>"
    found.save()
    store.save()
    assert Store(file).all(TEXT) == {}


@pytest.mark.site
@pytest.mark.parametrize("workers", [1, 3])
def test_a_pool_converts_texts_as_one_process_does(tmp_path, monkeypatch, workers):
    """A pool of any size gives the conversions of one process, also of texts that did not begin or are needed twice."""
    monkeypatch.setattr(pool, "workers", lambda: workers)
    monkeypatch.setattr(conversions, "MIN_TEXTS", 2)
    texts = [f'Title: {number}\nSummary: *{number}*\n\n"{number}" -- {number}' for number in range(20)]
    found = Conversions(SETTINGS, Store(tmp_path / "s"), "")
    found.begin((text, "") for text in texts[:15])
    expected = list(map(conversion(SETTINGS), texts))
    assert [found.of(text) for text in reversed(texts)] == expected[::-1]
    found.end()
    assert [found.of(text) for text in texts] == expected


FOREIGN = """
from pathlib import Path
from markdown import Extension
from markdown.postprocessors import Postprocessor

class Says(Postprocessor):
    def run(self, text):
        return text.replace("SAY", Path("said.txt").read_text())

class Saying(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Says(md), "says", 5)

MARKDOWN = {"extensions": [Saying()], "extension_configs": {}}
"""


def test_files_of_an_extension_are_read_in_every_build(site: SiteTest):
    """A change of a file that only an extension reads takes effect; one line says that texts are not cached."""
    site.settings = FOREIGN
    site.essay("one", "We SAY.").write("said.txt", "hello").configure()
    for words in ("hello", "goodbye"):
        site.write("said.txt", words)
        built = build(site.folder)
        assert built.code == 0, built.said
        assert built.said.count("All texts are converted in every build: the Markdown extension") == 1
        assert f"{words}." in (site.folder / "output/essays/one/index.html").read_text(encoding="utf-8")


def test_a_usual_site_prints_nothing_about_its_cache(site: SiteTest):
    """If texts are cached, no line is printed."""
    site.essay("one").configure()
    assert "converted in every build" not in build(site.folder).said
