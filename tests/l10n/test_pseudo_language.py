"""A pseudo-locale that marks every message, so that an unmarked word on a page is one that cannot be translated.

The site is written in Greek letters, so that any Latin letter outside the marks comes from the program.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import write_po
from lxml import etree, html
from pypdf import PdfReader

from builders import PROJECT, SiteTest

sys.path.append(str(PROJECT / "tools"))
import messages

pytestmark = pytest.mark.site

LANG, TRANSLATED = "el-XA", "el-XB"
"""Private variants of Greek, so that dates have Greek letters."""
BEGIN, END = "⟦", "⟧"
FORMAT_NAMES = re.compile(
    r"Atom|RSS|JSON( Feed)?|EPUB|PDF|Markdown|BibTeX|CSL-JSON|OPML|essay_series|https?:\S+|/[\w./#-]*"
    r"|\S+\.(atom|rss)\.xml|\S+\.json"
)
"""Names of formats, which are not translated, and addresses."""
TEXT_ATTRIBUTES = ("alt", "aria-label", "title", "placeholder", "label")
TEXT_META = re.compile(r"description|author|og:(title|description|site_name|image:alt)|citation_(title|author)")
INVISIBLE = {"script", "style", "template"}
JSON_LD_TEXTS = {"name", "headline", "description", "abstract", "text"}
CONTENT = Path(__file__).parent / "pseudo/content"
SETTINGS = f"""
SITENAME = "Στροφές και λόγοι"
SITESUBTITLE = "Λόγοι"
AUTHOR = "Κάποια"
DEFAULT_LANG = "{LANG}"
CATALOGUES = ["l10n"]
OFFLINE = True
SEARCH_INDEX = False
BOOK_FORMATS = ["page", "epub", "pdf"]
BOOK_FILES = True
LLMS_SAVE_AS = "llms.txt"
SITEURL = "https://e.example"
TAG_AUTHORITY = "e.example,2009"
PLAY_SECTIONS = {{}}
CARDS = True
"""


OWN_NAMES = """
DEFAULT_LANG = "en"
CATALOGUES = []
BOOK_FILES = False
CARDS = False
WORDS = {
    "cost": "Mu", "costs": "Mus", "benefit": "Nu", "benefits": "Nus", "ledger": "Xi", "playbook": "Omicron",
    "play": "Pi", "plays": "Pis", "part": "Rho", "parts": "Rhos",
}
"""
DEFAULT_NAMES = re.compile(r"\b(costs?|benefits?|ledgers?|playbook|plays?|parts?)\b", re.IGNORECASE)
ANOTHER_PART = "or only the part of it that you came for"
"""A phrase in which "part" does not mean a part of a series."""


def marked_catalogue() -> bytes:
    """Return a catalogue in which every translation is the message itself, between marks."""
    catalog = messages.extracted()
    for message in catalog:
        if message.id:
            one = message.id if isinstance(message.id, str) else message.id[-1]
            text = f"{BEGIN}{one}{END}"
            message.string = text if isinstance(message.id, str) else (text, text)
    catalog.locale = "el"
    catalog.fuzzy = False
    stream = io.BytesIO()
    write_po(stream, catalog)
    return stream.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> dict[str, bytes]:
    """Return all files of a site with every kind of page, in the pseudo-locale."""
    return files(tmp_path_factory.mktemp("pseudo"), SETTINGS)


@pytest.fixture(scope="module")
def renamed(tmp_path_factory) -> dict[str, bytes]:
    """Return all files of the same site in English, with its own name for every term."""
    return files(tmp_path_factory.mktemp("renamed"), SETTINGS + OWN_NAMES)


def files(folder: Path, settings: str) -> dict[str, bytes]:
    """Build a site with every kind of page in `folder`, and return all its files."""
    made = SiteTest(folder, settings)
    for lang in (LANG, TRANSLATED):
        made.write(f"l10n/{lang}.po", marked_catalogue())
    shutil.copytree(CONTENT, made.folder / "content")
    build = made.build()
    assert build.code == 0, build.said
    return build.files()


def unmarked_words(text: str) -> list[str]:
    """Return the words in Latin letters outside all marks."""
    found, depth, outside = [], 0, ""
    for each in f"{text} ":
        if each == BEGIN:
            depth += 1
        elif each == END:
            depth -= 1
        elif depth <= 0:
            outside += each
            continue
        outside += " " if depth else ""
    for words in re.split(r"\s{2,}|[\n|]", FORMAT_NAMES.sub(" ", outside)):
        found += re.findall(r"[A-Za-z][A-Za-z' -]*[A-Za-z]", words)
    return found


def page_text(page: bytes) -> str:
    """Return all text of a page: its visible text, and the attributes that readers see or hear."""
    root = html.document_fromstring(page.decode())
    return "\n".join(["".join(_text(root)), *_attributes(root)])


def _text(element: html.HtmlElement) -> Iterator[str]:
    hidden = element.tag in INVISIBLE or not isinstance(element.tag, str)
    if not hidden:
        yield element.text or ""
        for child in element:
            yield from _text(child)
    yield element.tail or ""


def _attributes(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter():
        yield from (element.get(name, "") for name in TEXT_ATTRIBUTES)
        if element.tag == "meta" and TEXT_META.fullmatch(element.get("name") or element.get("property") or ""):
            yield element.get("content", "")
        yield element.get("data-pagefind-meta", "").partition("kind:")[2]
        if element.tag == "script" and element.get("type") == "application/ld+json":
            yield from _json_ld_texts(json.loads(element.text))
        if words := element.get("data-words"):
            yield "\n".join(re.findall(r'": "(.*?)"[,}]', re.sub(r"\{(count|words)\}", "", words)))


def _json_ld_texts(value: object) -> Iterator[str]:
    """Yield the texts of JSON-LD that people read."""
    if isinstance(value, list):
        yield from (text for each in value for text in _json_ld_texts(each))
    if isinstance(value, dict):
        for key, each in value.items():
            yield from [each] if key in JSON_LD_TEXTS and isinstance(each, str) else _json_ld_texts(each)


def test_every_word_on_pages_is_a_message(site):
    """Pages contain only the author's words, messages, names of formats and localized dates."""
    pages = {path: data for path, data in site.items() if path.endswith(".html")}
    assert len(pages) > 25
    assert any(TRANSLATED.lower() in path.lower() for path in pages)
    assert {path: found for path, data in pages.items() if (found := unmarked_words(page_text(data)))} == {}


def test_every_word_in_feeds_is_a_message(site):
    """The same holds for feeds of every format and the list of feeds."""
    texts = {}
    for path, data in site.items():
        if (path.startswith("feeds/") and path.endswith((".xml", ".opml"))) or path.endswith(".opml"):
            root = etree.fromstring(data)
            words = [f"{each.text or ''} {each.tail or ''}" for each in root.iter() if _is_text(each)]
            words += [each.get(name, "") for each in root.iter() for name in ("label", "text", "description")]
            texts[path] = "\n".join(unescape(re.sub(r"<[^>]+>", " ", each)) for each in _whole_texts(root, words))
        elif path.startswith("feeds/") and path.endswith(".json"):
            texts[path] = "\n".join(_feed_texts(json.loads(data)))
    assert len(texts) > 20
    assert {path: found for path, text in texts.items() if (found := unmarked_words(text))} == {}


def _is_text(element: etree._Element) -> bool:
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    return name not in (
        "id",
        "guid",
        "link",
        "updated",
        "published",
        "pubDate",
        "lastBuildDate",
        "language",
        "generator",
        "icon",
        "docs",
        "uri",
        "ownerName",
    )


def _whole_texts(root: etree._Element, words: list[str]) -> list[str]:
    """Return `words`, with the text of each XHTML div in one piece, since a mark may span names."""
    whole = ["".join(div.itertext()) for div in root.iter("{http://www.w3.org/1999/xhtml}div")]
    inside = {text for div in root.iter("{http://www.w3.org/1999/xhtml}div") for text in _pieces(div)}
    return [*whole, *(each for each in words if each not in inside)]


def _pieces(div: etree._Element) -> Iterator[str]:
    yield from (f"{each.text or ''} {each.tail or ''}" for each in div.iter())


def _feed_texts(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, list):
        yield from (text for each in value for text in _feed_texts(each, key))
    elif isinstance(value, dict):
        yield from (text for name, each in value.items() for text in _feed_texts(each, name))
    elif isinstance(value, str) and key in (
        "title",
        "summary",
        "content_html",
        "description",
        "user_comment",
        "tags",
        "name",
    ):
        yield unescape(re.sub(r"<[^>]+>", "", value))


def test_every_word_in_books_is_a_message(site):
    """The same holds for EPUB and PDF, from the cover to the running heads."""
    assert {path.rpartition(".")[2] for path in site} >= {"epub", "pdf"}
    for path in (path for path in site if path.endswith(".epub")):
        with zipfile.ZipFile(io.BytesIO(site[path])) as book:
            for name in book.namelist():
                if name.endswith((".xhtml", ".ncx", ".opf", ".svg")):
                    root = etree.fromstring(book.read(name))
                    names = {
                        "title",
                        "creator",
                        "description",
                        "text",
                        "h1",
                        "h2",
                        "p",
                        "a",
                        "li",
                        "td",
                        "th",
                        "span",
                    }
                    texts = ["".join(each.itertext()) for each in root.iter() if _name(each) in names]
                    texts += [
                        each.get("alt", "") + each.get("title", "")
                        for each in root.iter()
                        if _name(each) != "reference"
                    ]
                    texts += [
                        each.text or "" for each in root.iter() if each.get("property") == "schema:accessibilitySummary"
                    ]
                    assert (path, name, unmarked_words("\n".join(texts))) == (path, name, [])
    for path in (path for path in site if path.endswith(".pdf")):
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(site[path])).pages)
        assert BEGIN in text
        assert unmarked_words(" ".join(text.split())) == []


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def test_every_word_in_files_beside_the_pages_is_a_message(site):
    """The same holds for the manifest, the style of feeds, copies of essays and llms.txt."""
    manifest = json.loads(site["manifest.json"])
    assert unmarked_words(f"{manifest['name']}\n{manifest['description']}") == []
    style = next(data.decode() for path, data in site.items() if re.fullmatch(r"theme/feed\.\w+\.css", path))
    assert unmarked_words("\n".join(re.findall(r'content: "(.*?)"', style))) == []
    assert unmarked_words(site["llms.txt"].decode().replace("(https://", " https://").replace(")", " ")) == []
    for path, data in site.items():
        if path.endswith(".md"):
            assert (
                path,
                unmarked_words(re.sub(r"\(https?:[^)]*\)|<https?:[^>]*>|\[\^\d\]", "", data.decode())),
            ) == (path, [])
        if path.endswith(".bib"):
            note = re.search(r"note = \{(.*)\}", data.decode())
            assert unmarked_words(note[1] if note else "") == []


def test_a_renamed_site_uses_only_its_own_names(renamed):
    """No page or feed of a site with its own names uses a default name."""
    texts = {path: page_text(data) for path, data in renamed.items() if path.endswith(".html")}
    texts |= {
        path: "\n".join(_feed_texts(json.loads(renamed[path]))) for path in renamed if re.match(r"feeds/.*json$", path)
    }
    found = {
        path: DEFAULT_NAMES.findall(FORMAT_NAMES.sub(" ", text.replace(ANOTHER_PART, "")))
        for path, text in texts.items()
    }
    assert {path: words for path, words in found.items() if words} == {}
    home = texts["index.html"]
    assert all(each in home for each in ("Mu", "Nu", "Omicron"))
    assert "Κατά" in texts["essays/defteron/index.html"]
    assert "Mu" not in texts["essays/defteron/index.html"].partition("Rho")[2].partition("Rho")[0]
    assert "Rho 2 of" in texts["essays/timi/index.html"]
