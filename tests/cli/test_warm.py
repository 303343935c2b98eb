"""Builds of the preview, one after the other, in a process that has imported everything already."""

from __future__ import annotations

import pytest

from builders import PROJECT
from essay_series.cli.preview.warm import Builder

COMMAND = ["content", "--settings", "pelicanconf.py", "--fatal=errors", "--log-handler=plain"]


@pytest.fixture
def builder(site, monkeypatch):
    """Return a builder in the folder of a site."""
    site.essay("one").configure()
    monkeypatch.chdir(site.folder)
    monkeypatch.setenv("PYTHONPATH", str(PROJECT / "plugins"))
    builder = Builder()
    yield builder
    builder.end()


def test_one_build_knows_nothing_of_another(site, builder):
    """A site with a mistake is told so, and mended it is built, by the same process."""
    assert builder.build(COMMAND).good
    site.essay("one", Date="never")
    refused = builder.build(COMMAND)
    assert not refused.good
    assert "content/essays/one.md:2:7" in refused.said
    site.essay("one", body="Mended.")
    assert builder.build(COMMAND).good
    assert "Mended." in (site.folder / "output/essays/one/index.html").read_text(encoding="utf-8")


def test_a_builder_that_died_is_started_again(builder):
    """If the process is killed, one build fails and says so, and the next is done by another."""
    assert builder.build(COMMAND).good
    builder._process.kill()  # noqa: SLF001 - there is no other way to lose it
    builder._process.wait()  # noqa: SLF001 - likewise
    assert builder.build(COMMAND).good
    builder.end()
    builder.end()
    assert builder.build(COMMAND).good


def test_where_nothing_has_changed_nothing_is_built(site, builder):
    """Where the output is named and as it was built, nothing is done; a changed word is built, a mistake is told."""
    output = site.folder / "output"
    assert builder.build(COMMAND, output).good
    assert builder.build(COMMAND, output).said == "Nothing has changed since the last build."
    site.essay("one", body="Mended.")
    assert "1 essay. " in builder.build(COMMAND, output).said
    assert "Mended." in (output / "essays/one/index.html").read_text(encoding="utf-8")
    site.essay("one", body="Mended\x0c.")
    assert "cannot be published" in builder.build(COMMAND, output).said
