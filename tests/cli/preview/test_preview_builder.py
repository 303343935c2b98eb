"""Builds of the preview, one after the other, in a process that stays and remembers the last one."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from builders import PROJECT
from essay_series.build.cache.store import store_of
from essay_series.build.texts.conversions import TEXT
from essay_series.cli.preview.builder import Builder

COMMAND = ["content", "--settings", "pelicanconf.py", "--fatal=errors", "--log-handler=plain"]
PAGE = "essays/one/index.html"


@pytest.fixture
def builder(site, monkeypatch):
    """Return a builder in the folder of a site."""
    site.essay("one").essay("two").configure()
    monkeypatch.chdir(site.folder)
    monkeypatch.setenv("PYTHONPATH", str(PROJECT / "plugins"))
    builder = Builder(COMMAND)
    yield builder
    builder.end()


def process_of(builder):
    """Return the number of the process that builds."""
    return builder._process.pid  # noqa: SLF001 - nobody else need know it


def page_of(site):
    """Return the text of the page of the first essay."""
    return (site.folder / "output" / PAGE).read_text(encoding="utf-8")


def test_a_build_ends_with_one_line(site, builder):
    """The line counts built or updated essays and files, or says that nothing changed; warnings precede it."""
    assert builder.build().said.startswith("Built 2 essays (")
    process = process_of(builder)
    site.essay("one", body="Changed.")
    assert builder.build().said.startswith("Updated 1 essay (")
    assert "Changed." in page_of(site)
    assert (builder.build().said, process_of(builder)) == ("Nothing has changed.", process)


def test_a_mistake_is_reported_and_corrected_in_the_same_process(site, builder):
    """The last pages stay, and after the correction the site is built again."""
    assert builder.build().good
    process = process_of(builder)
    site.essay("one", Date="never")
    refused = builder.build()
    assert not refused.good
    assert "content/essays/one.md:2:7" in refused.said
    site.essay("one", body="Mended.")
    assert (builder.build().good, process_of(builder)) == (True, process)
    assert "Mended." in page_of(site)


def test_an_invalid_template_is_reported_with_its_line(site, builder):
    """There is no traceback, and after the correction the same process builds the page."""
    site.settings = "THEME_TEMPLATES_OVERRIDES = ['templates', *THEME_TEMPLATES_OVERRIDES]\n"
    site.write("templates/article.html", "Plain {{ article.title }}").configure()
    assert builder.build().good
    process = process_of(builder)
    site.write("templates/article.html", "Plain\n{% if %}")
    refused = builder.build()
    assert refused.said.startswith("templates/article.html:2: ")
    assert not refused.good
    assert "Traceback" not in refused.said
    site.write("templates/article.html", "Mended {{ article.title }}")
    assert (builder.build().good, process_of(builder)) == (True, process)
    assert page_of(site).startswith("Mended One")


def test_open_and_new_pages_are_shown_first(site, builder):
    """Open pages and new pages are shown before the build has ended, with their final content."""
    assert builder.build().good
    shown = {}
    site.essay("one", body="Changed.").essay("three")
    outcome = builder.build([PAGE, "nowhere/index.html"], shown.update)
    assert {PAGE, "essays/three/index.html"} <= shown.keys()
    assert (outcome.good, outcome.loaded) == (True, False)
    assert all((site.folder / "output" / path).read_bytes() == data for path, data in shown.items())


def test_an_unchanged_text_shows_changes_of_pages_that_it_names(site, builder):
    """An essay that names another is updated after each change of that one."""
    site.essay("two", body="<span data-promise='three'>One day</span>, and [one]({filename}one.md).")
    page = site.folder / "output/essays/two/index.html"
    for status, is_link in (("draft", False), ("published", True), ("draft", False)):
        site.essay("three", Status=status).essay("one", Slug="one" if is_link else "other")
        assert builder.build().good
        text = page.read_text(encoding="utf-8")
        assert ('href="/essays/three/"' in text) is is_link
        assert ('href="/essays/one/"' in text) is is_link
        assert ('href="/essays/other/"' in text) is not is_link


def test_changed_settings_start_a_new_process(site, builder):
    """Changes of the settings and their inputs apply to the next build; mistakes in them are reported."""
    site.write("word.txt", "First")
    site.settings = "SITESUBTITLE = open('word.txt').read()\n"
    site.configure()
    assert builder.build().good
    process = process_of(builder)
    site.write("word.txt", "Second")
    assert builder.build().good
    assert process_of(builder) != process
    assert "Second" in (site.folder / "output/index.html").read_text(encoding="utf-8")
    site.settings = "SITESUBTITLE = (\n"
    site.configure()
    assert "pelicanconf.py" in builder.build().said
    site.settings = "SITESUBTITLE = 'Mended'\n"
    site.configure()
    assert builder.build().good
    assert "Mended" in (site.folder / "output/index.html").read_text(encoding="utf-8")


def test_a_killed_build_process_is_replaced(builder):
    """The next build starts another process; if it is killed during a build, that build says so."""
    assert builder.build().good
    os.kill(process_of(builder), signal.SIGKILL)
    builder._process.wait()  # noqa: SLF001 - nobody else can tell when it is gone
    assert builder.build().good
    os.kill(process_of(builder), signal.SIGSTOP)
    builder.end()
    builder.end()
    assert builder.build().good


def test_settings_that_exit_do_not_end_the_preview(site, builder):
    """The build fails with a message, and corrected settings are built."""
    site.settings = "import os\nos._exit(3)\n"
    site.configure()
    assert builder.build().said == "The builder stopped. It starts again with the next change."
    site.settings = ""
    site.configure()
    assert builder.build().good


def test_texts_stay_cached_if_a_build_loads_another_module(site, builder):
    """A module that is loaded late changes what texts depend on; all are converted again, once, and cached."""
    site.write("own.py", "").write("templates/article.html", "{{ article.content | plain }}")
    site.settings = """
import sys
sys.path.append(".")
def plain(text):
    import own
    return text
JINJA_FILTERS = {**JINJA_FILTERS, "plain": plain}
THEME_TEMPLATES_OVERRIDES = ["templates", *THEME_TEMPLATES_OVERRIDES]
"""
    site.configure()
    for number in range(3):
        site.essay("one", body=f"Changed{number}")
        assert builder.build().good
        assert f"Changed{number}" in page_of(site)
        cached = store_of(Path("cache"), site.folder / "output").all(TEXT)
        assert len(cached) == 2, number
