"""The search index: its content, and that it is made again only if that changes."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from pathlib import Path

import pytest

from builders import SiteTest
from essay_series import search
from essay_series.publish.gate import examine
from essay_series.search.characters import restored, spaced
from essay_series.search.languages import divided

ROOT = "https://e.example"


@pytest.fixture
def found_in(site) -> SiteTest:
    """Return a site with an index, and with an essay of every standing."""
    site.settings = "SEARCH_INDEX = True\n"
    site.essay(
        "one", "## A turning\n\nThe ferryman rows.[^a]\n\n[^a]: A note.", Series="turnings", Side="cost", Entry="E."
    )
    site.essay("two", "Nobody rows.", Date="2009-04-02", Tags="Let go", Title="Two, and more")
    site.essay("draft", "Unseen.", Status="draft").essay("later", "Unseen.", Date="2999-01-01")
    return site.essay("hidden", "Unseen.", Status="hidden")


def fragments(files: dict[str, bytes]) -> dict[str, dict]:
    """Return what the index knows of each page, by the page's address."""
    packed = (data for path, data in files.items() if path.endswith(".pf_fragment"))
    known = (json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd")) for data in packed)
    return {page["url"]: page for page in known}


def test_only_listed_pages_are_indexed(found_in):
    """Essays, plays, ledgers and pages are indexed; lists, hidden essays, drafts and future essays are not."""
    found_in.write("content/pages/about.md", "Title: About\n\nText.\n")
    built = found_in.build()
    assert built.code == 0, built.said
    pages = fragments(built.files())
    assert pages.keys() == {
        "/essays/one/",
        "/essays/two/",
        "/playbook/let-go/",
        "/playbook/",
        "/series/turnings/",
        "/about/",
    }
    assert "Unseen" not in str(pages)


def test_essays_have_filters_and_headings(found_in):
    """An essay has side, series and plays as filters and its headings as anchors; marks are not words."""
    pages = fragments(found_in.build().files())
    one, two = pages["/essays/one/"], pages["/essays/two/"]
    assert one["filters"] == {"series": ["turnings"], "side": ["cost"]}
    assert two["filters"] == {"play": ["Let go"]}
    assert two["meta"]["title"].replace("\xa0", " ") == "Two, and more"
    assert "a-turning" in [anchor["id"] for anchor in one["anchors"]]
    assert "The ferryman rows." in one["content"]
    assert "#" not in one["content"]
    assert "Weighed" not in one["content"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("我们制定了行为准则。", ["我", "们", "制", "定", "了", "行", "为", "准", "则。"]),
        ("<b>行</b>为 A&amp;B", ["行", "为", "A&B"]),
        ("用 Pelican&nbsp;写成", ["用", "Pelican", "写", "成"]),
        ("コード2号", ["コ", "ー", "ド", "2", "号"]),
        ("น้ำใส", ["น้", "ำ", "ใ", "ส"]),
    ],
)
def test_letters_of_scripts_without_spaces_are_words(written, words):
    """In the indexed copy a space precedes each such letter, with the marks and signs that follow it."""
    text = unescape(re.sub("<[^>]*>", "", spaced(f"<p>{written}</p>")))
    assert [word.removeprefix("|~|") for word in text.split()] == words


def test_pages_of_other_scripts_are_indexed_unchanged():
    """If no letter is of such a script, neither the page nor its entry is changed."""
    page = "<p title='行'>The café — «Дома» القارب.</p>".replace("行", "x")
    assert spaced(page) is page
    known = json.dumps({"content": "The café", "meta": {}, "anchors": []}).encode()
    assert restored(known) is known


def test_added_spaces_are_not_shown():
    """Titles and headings are unchanged; an excerpt is divided as in the index, and keeps its own spaces."""
    known = {
        "content": "行 |~|为. 用 Pelican 写 |~|成。",
        "meta": {"title": "行 |~|为", "series": "微 革命"},
        "anchors": [{"id": "a", "text": "写 |~|成"}],
    }
    shown = json.loads(restored(json.dumps(known).encode()))
    divided = shown["content"].split("\N{ZERO WIDTH SPACE}")
    assert "".join(divided) == "行为. 用 Pelican 写成。"
    assert len(divided) == len(known["content"].split())
    assert shown["meta"] == {"title": "行为", "series": "微 革命"}
    assert shown["anchors"] == [{"id": "a", "text": "写成"}]


def test_each_language_has_its_own_folder():
    """The index of the site's language, or else the first, is at the top; a single index is unchanged."""
    assert search.folders(["ru", "zh-Hans", "en"], "en") == {"en": "", "ru": "ru/", "zh-Hans": "zh-hans/"}
    assert search.folders(["zh-Hans", "ru"], "en") == {"ru": "", "zh-Hans": "zh-hans/"}
    entry = {"languages": {"zh": {"hash": "zh_1", "wasm": None}, "en": {"hash": "en_2", "wasm": "en"}}}
    names = ("pagefind.js", "pagefind.zh_1.pf_meta", "pagefind.en_2.pf_meta", "wasm.en.pagefind")
    names += ("wasm.unknown.pagefind", "index/zh_3.pf_index", "index/en_4.pf_index", "fragment/zh_5.pf_fragment")
    files = {"pagefind-entry.json": json.dumps(entry).encode(), **dict.fromkeys(names, b"")}
    found = divided(files, "en")
    assert set(found) - {"pagefind-entry.json", "zh/pagefind-entry.json"} == {
        *("pagefind.js", "pagefind.en_2.pf_meta", "wasm.en.pagefind", "index/en_4.pf_index"),
        *("zh/pagefind.zh_1.pf_meta", "zh/wasm.unknown.pagefind", "zh/index/zh_3.pf_index"),
        "zh/fragment/zh_5.pf_fragment",
    }
    assert [list(json.loads(found[f"{folder}pagefind-entry.json"])["languages"]) for folder in ("", "zh/")] == [
        ["en"],
        ["zh"],
    ]
    alone = {**files, "pagefind-entry.json": json.dumps({"languages": {"en": entry["languages"]["en"]}}).encode()}
    assert divided(alone, "en") == alone


@pytest.mark.site
def test_the_same_pages_give_the_same_index():
    """Pages with many filters give the same bytes in any order and at any time."""
    pages = {
        f"{number}/index.html": (
            f'<html lang="en"><body><main data-pagefind-body><h1>Page {number}</h1><p>Word{number} and others.</p>'
            f'<i data-pagefind-filter="series">S{number % 5}</i><i data-pagefind-filter="side">T{number % 2}</i>'
            f'<i data-pagefind-filter="play">P{number % 7}</i></main>'
        ).encode()
        for number in range(40)
    }
    first = search.index(pages)
    assert len([path for path in first if path.endswith(".pf_filter")]) == 3
    for _ in range(4):
        assert search.index(dict(reversed(pages.items()))) == first


def test_languages_are_sorted():
    """Pagefind lists languages in random order; the list is sorted by code."""
    orders = (
        '"pt":{"hash":"pt_1"},"de":{"hash":"de_2"},"en":{"hash":"‿"}',
        '"en":{"hash":"‿"},"de":{"hash":"de_2"},"pt":{"hash":"pt_1"}',
    )
    entries = [f'{{"version":"1.5.2","languages":{{{order}}},"include_characters":["_"]}}'.encode() for order in orders]
    first, second = (search.in_order({"pagefind-entry.json": entry}) for entry in entries)
    assert first == second
    assert list(json.loads(first["pagefind-entry.json"])["languages"]) == ["de", "en", "pt"]
    one = '{"version":"1.5.2","languages":{"en":{"hash":"en_1","wasm":"en"}},"include_characters":["‿"]}'.encode()
    assert search.in_order({"pagefind-entry.json": one}) == {"pagefind-entry.json": one}


def test_all_files_of_the_index_can_be_reached(found_in):
    """The entry names the list of filters, which names each filter; Pagefind's own interfaces are left out."""
    files = found_in.build().files()
    entry = json.loads(files["pagefind/pagefind-entry.json"])
    listing = gzip.decompress(files[f"pagefind/pagefind.{entry['languages']['en']['hash']}.pf_meta"])
    filters = [Path(path).stem for path in files if path.endswith(".pf_filter")]
    assert len(filters) == 3
    assert all(name.encode() in listing for name in filters)
    assert not [path for path in files if "pagefind" in path and "ui" in path]


def test_the_index_is_kept_until_a_page_changes(found_in):
    """If no page has changed, no file of the index is written; if one has, only its entry changes."""
    built = found_in.build()
    times = {path: (built.output / path).stat().st_mtime_ns for path in built.files() if "pagefind" in path}
    found_in.write("content/pages/unrelated.md", "Title: Unrelated\nStatus: draft\n\nText.\n")
    again = found_in.build()
    assert {path: (again.output / path).stat().st_mtime_ns for path in times} == times
    found_in.essay("two", "Everybody sails.", Date="2009-04-02")
    changed = found_in.build()
    usual = {path: data for path, data in changed.files().items() if "pagefind" in path}
    assert "sails" in str(fragments(usual))
    clean = found_in.build("--output", "clean", "--extra-settings", 'CACHE_PATH="cache-clean"')
    assert clean.code == 0, clean.said
    folder = found_in.folder / "clean"
    assert {path: (folder / path).read_bytes() for path in usual} == usual


def test_without_an_index_the_search_page_offers_other_ways(found_in):
    """The page of a build without an index says so, and loads and allows no script."""
    found_in.settings = ""
    built = found_in.build()
    page = built.page("search/index.html")
    assert "There is no index to search in here yet" in page
    assert "<script" not in page
    assert "script-src" not in page
    assert 'href="/archive/"' in page
    assert not [path for path in built.files() if "pagefind" in path]


def test_only_the_search_page_may_run_scripts(found_in):
    """The search page allows its own scripts and WebAssembly; the policies of other pages are unchanged."""
    built = found_in.build()
    allowing = {path for path, data in built.files().items() if path.endswith(".html") and b"script-src" in data}
    assert allowing == {"search/index.html"}
    assert "script-src 'self' 'wasm-unsafe-eval'" in built.page("search/index.html")


def test_files_of_the_index_are_immutable(found_in):
    """Hosts let browsers cache files named by content for ever, and revalidate the entry."""
    built = found_in.publish(ROOT)
    assert built.code == 0, built.said
    lines = built.page("_headers").splitlines()
    kept = [lines[at - 1] for at, line in enumerate(lines) if "immutable" in line and "pagefind" in lines[at - 1]]
    assert kept == ["/pagefind/filter/*", "/pagefind/fragment/*", "/pagefind/index/*"]
    assert "/pagefind/pagefind.js.br" in {f"/{path}" for path in built.files()}
    assert not [path for path in built.files() if ".pf_" in path and path.endswith((".gz", ".br"))]


def test_the_gate_reads_the_index(found_in):
    """A secret in a packed fragment is found, as in any other file."""
    from essay_series.adapter.reading.sources import open_manuscript  # noqa: PLC0415 - with the folder of this test

    found_in.remove("content/essays/hidden.md").remove("content/essays/later.md").remove("content/essays/draft.md")
    text = "Nobody had painted the ferryman's lantern for eleven winters in a row."
    found_in.essay("the-unmarked-door", text, Status="draft")
    built = found_in.build()
    manuscript = open_manuscript(str(found_in.folder / "pelicanconf.py"))
    assert examine(manuscript, built.files(), public=("theme",)).leaks == ()
    words = {"url": "/x/", "content": "Nobody had painted the ferryman\u2019s lantern for eleven winters in a row."}
    leaking = gzip.compress(b"pagefind_dcd" + json.dumps(words).encode())
    found = examine(manuscript, {"pagefind/fragment/en_1.pf_fragment": leaking}).leaks
    assert [leak.source for leak in found] == ["essays/the-unmarked-door.md"]
