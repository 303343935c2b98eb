"""Texts that are converted in advance by a pool are those that Pelican alone would have made."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican import readers
from pelican.settings import read_settings
from typogrify import filters

from builders import SAMPLE, SiteTest
from essay_series.adapter import patches
from essay_series.adapter.reading import reader as reading
from essay_series.adapter.reading.reader import text_settings
from essay_series.adapter.settings.markdown import with_our_extensions
from essay_series.build import executor, pool
from essay_series.build.cache.store import Store
from essay_series.build.texts import conversions, typography
from essay_series.build.texts.conversions import Conversions
from forked import build

SETTINGS = read_settings(str(SAMPLE / "pelicanconf.py"))
SETTINGS["MARKDOWN"] = with_our_extensions(SETTINGS["MARKDOWN"])
HEADERS = st.sampled_from(
    (
        "Title: One's",
        'Title: *One* -- "so"\nSummary: Some *words* -- "so"',
        "Summary: a[^1]\nSummary: b\nTitle: A",
        "Summary: a\n    b\nTags: a, b",
        "X: y\nX: z",
    )
)
STRANGE = {"FORMATTED_FIELDS": ["summary", "note"], "MARKDOWN": {"extensions": ["footnotes", "smarty"]}}
LINES = st.sampled_from(
    (
        "# A\n",
        'text -- "quoted" & NASA...',
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
    """Return the file that all texts are written to."""
    return tmp_path_factory.mktemp("reading") / "one.md"


@pytest.fixture(scope="module", autouse=True)
def _patched():
    """Patch Pelican to leave typeset texts alone."""
    assert patches.switch_on() == []
    yield
    patches.switch_off()


def read_by(kind: type[readers.BaseReader], file: Path, settings: dict[str, Any]) -> str:
    """Return the text and all metadata that Pelican makes of `file` with a reader of that `kind`."""
    pelicans = readers.Readers(settings)
    pelicans.readers["md"] = kind(settings)
    return repr(pelicans.read_file(str(file.parent), file.name, content_class=lambda **facts: facts))


@pytest.mark.site
@pytest.mark.parametrize("changes", [{}, {"TYPOGRIFY": False}, {"TYPOGRIFY_DASHES": "oldschool"}, STRANGE], ids=str)
@given(header=HEADERS, lines=st.lists(LINES, max_size=5))
@settings(deadline=None)
def test_our_reader_gives_what_pelicans_gives(file, changes, header, lines):
    """HTML and metadata of any text are those of Pelican's own reader and the library's typography."""
    file.write_text(header + "\n\n" + "\n\n".join(lines), encoding="utf-8")
    changed = {**SETTINGS, **changes}
    texts = Conversions(text_settings(changed), Store(file.with_name("no-store")), "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filters, "typogrify", typography._LIBRARY)  # noqa: SLF001 - the library's own
        expected = read_by(readers.MarkdownReader, file, changed)
    assert read_by(reading.markdown_reader(texts), file, changed) == expected


@pytest.fixture
def site(tmp_path) -> SiteTest:
    """Return a site of a few essays with typographic characters."""
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
    """Build from nothing, and return the files."""
    built = build(site.folder, "--output", output, "--extra-settings", f'CACHE_PATH="cache-{output}"', here=True)
    assert built.code == 0, built.said
    return files(site.folder / output)


def share_small_work(monkeypatch):
    """Make a pool worthwhile for a few texts and pages."""
    monkeypatch.setattr(conversions, "MIN_TEXTS", 2)
    monkeypatch.setattr(executor, "MIN_COST", 2)


def test_a_pool_builds_the_same_site_as_one_process(site, monkeypatch):
    """The site is the same with any number of workers, also if they die."""
    alone = one(site, "alone")
    assert {"all.xml", "tags/t0.xml"} <= alone.keys()
    share_small_work(monkeypatch)
    monkeypatch.setattr(pool, "workers", lambda: 3)
    assert one(site, "together") == alone
    monkeypatch.setattr(pool, "marshal", SimpleNamespace(dumps=lambda _: b"damaged", loads=pool.marshal.loads))
    assert one(site, "with-damage") == alone
    pool.marshal.dumps = lambda _: os._exit(9)
    assert one(site, "with-death") == alone


def test_one_cpu_or_few_texts_start_no_worker(site, monkeypatch):
    """With one CPU, or few texts, no worker is started."""
    monkeypatch.setattr(pool.Pool, "_fork", None)
    one(site, "few")
    share_small_work(monkeypatch)
    monkeypatch.setattr(pool, "workers", lambda: 1)
    one(site, "one-core")
