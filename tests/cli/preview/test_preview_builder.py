"""Builds of the preview, one after the other, in a process that stays and remembers the last one."""

from __future__ import annotations

import os
import signal

import pytest

from builders import PROJECT
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


def test_a_build_says_in_a_line_what_it_did(site, builder):
    """How many essays and files were built and then updated, and that nothing changed; warnings stand before it."""
    assert builder.build().said.startswith("Built 2 essays (")
    process = process_of(builder)
    site.essay("one", body="Changed.")
    assert builder.build().said.startswith("Updated 1 essay (")
    assert "Changed." in page_of(site)
    assert (builder.build().said, process_of(builder)) == ("Nothing has changed.", process)


def test_a_mistake_is_told_and_mended_in_the_same_process(site, builder):
    """A site with a mistake keeps its last pages; mended it is built, and nothing of the mistake is left."""
    assert builder.build().good
    process = process_of(builder)
    site.essay("one", Date="never")
    refused = builder.build()
    assert not refused.good
    assert "content/essays/one.md:2:7" in refused.said
    site.essay("one", body="Mended.")
    assert (builder.build().good, process_of(builder)) == (True, process)
    assert "Mended." in page_of(site)


def test_a_template_that_cannot_be_understood_is_told_by_its_line(site, builder):
    """Its file and line are named without a traceback; mended, it is built in the same process."""
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
    """A page that is open, and one that is new, are there before the build has ended, as they are at its end."""
    assert builder.build().good
    shown = {}
    site.essay("one", body="Changed.").essay("three")
    outcome = builder.build([PAGE, "nowhere/index.html"], shown.update)
    assert {PAGE, "essays/three/index.html"} <= shown.keys()
    assert (outcome.good, outcome.loaded) == (True, False)
    assert all((site.folder / "output" / path).read_bytes() == data for path, data in shown.items())


def test_a_text_that_did_not_change_follows_what_it_names(site, builder):
    """An essay of the last build that names another shows what has become of that one, again and again."""
    site.essay("two", body="<span data-promise='three'>One day</span>, and [one]({filename}one.md).")
    page = site.folder / "output/essays/two/index.html"
    for status, is_link in (("draft", False), ("published", True), ("draft", False)):
        site.essay("three", Status=status).essay("one", Slug="one" if is_link else "other")
        assert builder.build().good
        text = page.read_text(encoding="utf-8")
        assert ('href="/essays/three/"' in text) is is_link
        assert ('href="/essays/one/"' in text) is is_link
        assert ('href="/essays/other/"' in text) is not is_link


def test_other_settings_are_read_by_another_process(site, builder):
    """Settings, and what they read, count from the next build on; a mistake in them is told, and mended again."""
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


def test_a_builder_that_died_is_started_again(builder):
    """If the process is killed, the next build is done by another; in the middle of a build, one build says so."""
    assert builder.build().good
    os.kill(process_of(builder), signal.SIGKILL)
    builder._process.wait()  # noqa: SLF001 - nobody else can tell when it is gone
    assert builder.build().good
    os.kill(process_of(builder), signal.SIGSTOP)
    builder.end()
    builder.end()
    assert builder.build().good


def test_a_setting_that_ends_the_process_ends_no_preview(site, builder):
    """Where settings end Python itself, the build says so, and the mended settings are built."""
    site.settings = "import os\nos._exit(3)\n"
    site.configure()
    assert builder.build().said == "The builder stopped. It starts again with the next change."
    site.settings = ""
    site.configure()
    assert builder.build().good
