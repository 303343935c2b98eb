"""Texts are converted beforehand, on all cores, and are what Pelican alone would have made of them."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican import readers
from pelican.settings import read_settings

from builders import SAMPLE, SiteTest
from essay_series.adapter import reading
from essay_series.adapter.extensions import with_our_extensions
from essay_series.build import crew, executor
from forked import build

SETTINGS = read_settings(str(SAMPLE / "pelicanconf.py"))
SETTINGS["MARKDOWN"] = with_our_extensions(SETTINGS["MARKDOWN"])
HEADERS = st.sampled_from(
    ("Title: One", "Title: *One*\nSummary: Some *words*", "Summary: a\n    b\nTags: a, b", "X: y\nX: z")
)
LINES = st.sampled_from(
    (
        "# A\n",
        "text",
        "*a* **b** `c`",
        "a[^1]\n\n[^1]: note",
        "[b]\n\n[b]: c.md",
        "- a\n- b",
        "    code",
        "*[HTML]: x",
        "HTML",
    )
)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Return the one file that all texts are written to."""
    return tmp_path_factory.mktemp("reading") / "one.md"


@pytest.mark.site
@given(header=HEADERS, lines=st.lists(LINES, max_size=5))
@settings(deadline=None)
def test_what_is_read_is_what_pelican_reads(file, header, lines):
    """HTML and metadata of any text are those of Pelican's own reader."""
    file.write_text(header + "\n\n" + "\n\n".join(lines), encoding="utf-8")
    ours, pelicans = (kind(SETTINGS) for kind in (reading.MarkdownReader, readers.MarkdownReader))
    assert repr(ours.read(str(file))) == repr(pelicans.read(str(file)))
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(reading, "WORTH_A_FORK", 1)
        changed.setattr(reading, "workers", lambda: 2)
        reading.CONVERSIONS.begin([str(file)], SETTINGS)
    assert reading.CONVERSIONS.of(str(file)) is not None
    assert repr(ours.read(str(file))) == repr(pelicans.read(str(file)))
    reading.CONVERSIONS.end()
    assert reading.CONVERSIONS.of(str(file)) is None


@pytest.fixture
def site(tmp_path) -> SiteTest:
    """Return a site of a few essays that are worth some typography."""
    feeds = "FEED_SAVE_AS = ''\nFEED_ALL_ATOM = 'all.xml'\nTAG_FEED_RSS = 'tags/{slug}.xml'\n"
    site = SiteTest(tmp_path, settings=f"AUTHOR = 'A'\n{feeds}")
    for number in range(9):
        site.essay(
            f"e{number}",
            f'"Quoted" -- NASA & so on, {number}.[^1]\n\n[^1]: A note.',
            Summary='A "summary".',
            Tags=f"t{number % 3}",
        )
    site.configure()
    return site


def files(folder) -> dict[str, bytes]:
    """Return every file below `folder`."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def one(site: SiteTest, output: str) -> dict[str, bytes]:
    """Build without anything to take over, and return what was made."""
    built = build(site.folder, "--output", output, "--extra-settings", f'CACHE_PATH="cache-{output}"')
    assert built.code == 0, built.said
    return files(site.folder / output)


def test_many_processes_make_what_one_makes(site, monkeypatch):
    """However many processes do the work, and also if they die over it, the site is the same."""
    alone = one(site, "alone")
    assert {"all.xml", "tags/t0.xml"} <= alone.keys()
    for room, name in ((reading, "WORTH_A_FORK"), (executor, "WORTH_A_POOL")):
        monkeypatch.setattr(room, name, 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    assert one(site, "together") == alone
    monkeypatch.setattr(crew.marshal, "dumps", lambda _: b"damaged")
    assert one(site, "with-damage") == alone
    monkeypatch.setattr(crew.marshal, "dumps", lambda _: os._exit(9))
    assert one(site, "with-death") == alone


def test_on_one_core_nothing_is_forked(site, monkeypatch):
    """Where there is one core, or there are few texts, the work is done in one process."""
    monkeypatch.setattr(crew.Crew, "_fork", None)
    one(site, "few")
    for room, name in ((reading, "WORTH_A_FORK"), (executor, "WORTH_A_POOL")):
        monkeypatch.setattr(room, name, 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    one(site, "one-core")
