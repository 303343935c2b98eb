"""A site in several languages: every text is marked with its language and direction wherever it is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from lxml import etree, html

from builders import Build, SiteTest

pytestmark = pytest.mark.site

WORDS = {"ar": "\u062d\u062f\u064a\u0642\u0629", "de": "Schl\u00fcssel", "en": "Orchard"}
"""A word for each language, in every text of that language and in no other."""
DIRECTIONS = {"ar": "rtl", "de": "ltr", "en": "ltr"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INVISIBLE = ("head", "script", "style", "template", "option")


def header(lang: str, number: int, **more: str) -> dict[str, str]:
    """Return the front matter of an essay whose texts are all in one language."""
    word = WORDS[lang]
    facts = {"Title": f"{word} {number}", "Summary": f"{word}.", "Date": f"2009-04-0{number}"}
    facts |= {"Entry": f"{word}!"} if "Side" in more else {}
    return {**facts, "Series": "garden", "Tags": "path", **({} if lang == "en" else {"Lang": lang}), **more}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Build:
    """Build an English site whose series has parts in English, Arabic and German, a translation and a play."""
    site = SiteTest(tmp_path_factory.mktemp("languages"))
    site.settings = "SITEURL = 'https://e.example'\nBOOK_FORMATS = ['page']\n"
    verdict = {"Answers": "cost", "Standing": "level", "Verdict": f"{WORDS['ar']}?"}
    site.essay("opening", f"{WORDS['en']} text.", **header("en", 1))
    site.essay("cost", f"{WORDS['ar']} text.", **header("ar", 2, Side="cost", Answers="gain"))
    site.essay("gain", f"{WORDS['ar']} text.", **header("ar", 3, Side="benefit", **verdict))
    line, case = f"2009-05-01 | {WORDS['de']} | {WORDS['de']}", f"{WORDS['de']} | 1797"
    site.essay("more", f"{WORDS['de']} text.", **header("de", 4, Side="cost", Correction=line, Case=case))
    site.essay("opening-de", f"{WORDS['de']} text.", **header("de", 5, Slug="opening", Date="2009-04-01"))
    site.write(
        "content/series/garden.md", f"Title: {WORDS['en']}\nSummary: {WORDS['en']}.\nPlanned: {WORDS['en']} to come\n"
    )
    site.write(
        "content/playbook/path.md", f"Title: {WORDS['en']} path\nSummary: {WORDS['en']}.\n\n{WORDS['en']} text.\n"
    )
    build = site.build()
    assert build.code == 0, build.said
    return build


def visible(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield each visible text of a page, with its marked language and direction."""
    for element in html.document_fromstring(page.encode()).iter():
        ancestors = [element, *element.iterancestors()] if isinstance(element.tag, str) else []
        for text, owners in ((element.text, ancestors), (element.tail, ancestors[1:])):
            if text and owners and not any(each.tag in INVISIBLE for each in owners):
                marks = {name: next(filter(None, (each.get(name) for each in owners)), "") for name in ("lang", "dir")}
                yield text, marks["lang"], marks["dir"] or "ltr"


def wrongly_marked(page: str) -> list[tuple[str, str, str]]:
    """Return the texts of a page that are marked with a wrong language or direction."""
    wrong = []
    for text, lang, direction in visible(page):
        found = [each for each, word in WORDS.items() if word in text]
        if found and (found != [lang] or direction != DIRECTIONS[lang]):
            wrong.append((text.strip(), lang, direction))
    return wrong


def test_every_text_is_marked_with_its_language_wherever_it_is_shown(built):
    """Pages of every kind mark each text with its language and direction."""
    pages = {path: data.decode() for path, data in built.files().items() if path.endswith(".html")}
    assert {path: wrong for path, page in pages.items() if (wrong := wrongly_marked(page))} == {}
    kinds = ("index", "archive/index", "series/garden/index", "playbook/path/index", "corrections/index", "cases/index")
    seen = {path: {lang for text, lang, _ in visible(pages[f"{path}.html"]) if WORDS[lang] in text} for path in kinds}
    assert seen["index"] == seen["archive/index"] == seen["series/garden/index"] == {"ar", "de", "en"}
    assert seen["playbook/path/index"] == {"ar", "de", "en"}
    assert seen["corrections/index"] == seen["cases/index"] == {"de"}
    languages = {lang for text, lang, _ in visible(pages["essays/gain/ar/index.html"]) if WORDS.get(lang, "-") in text}
    assert languages == {"ar", "de", "en"}


def test_only_right_to_left_pages_have_a_direction(built):
    """The root element of an Arabic page has `dir`; that of other pages has only `lang`."""
    assert '<html lang="ar" dir="rtl">' in built.page("essays/gain/ar/index.html")
    assert '<html lang="en">' in built.page("index.html")
    assert '<html lang="de">' in built.page("essays/more/de/index.html")
    assert '--forward:"\u2190"' in built.page("essays/gain/ar/index.html").replace(": ", ":")
    assert '--forward:"\u2190"' not in built.page("index.html").replace(": ", ":")


def test_pages_have_the_styles_of_all_languages_of_the_site(built):
    """Every page has the styles for scripts without capitals that the site uses, and no others."""
    assert all(":lang(ar)" in built.page(path) for path in ("index.html", "essays/more/de/index.html"))
    assert ":lang(ja)" not in built.page("index.html")


def test_feed_items_have_their_language_and_direction(built):
    """Each item in another language than the feed is marked with its own."""
    items = {item["title"]: item["content_html"] for item in json.loads(built.page("feeds/all.json"))["items"]}
    assert items[f"{WORDS['ar']} 3"].startswith('<div lang="ar" dir="rtl">')
    assert items[f"{WORDS['de']} 4"].startswith('<div lang="de">')
    assert items[f"{WORDS['en']} 1"].startswith("<p>")
    for text in items.values():
        assert wrongly_marked(f'<!doctype html><html lang="en"><body>{text}</body></html>') == []
    feed = etree.fromstring(built.page("feeds/all.atom.xml").encode())
    roots = [content[0] for content in feed.iter("{http://www.w3.org/2005/Atom}content")]
    assert [root.get("dir") for root in roots if root.get("lang") == "ar"] == ["rtl", "rtl"]


def test_ledger_data_has_the_language_of_each_part(built):
    """Parts in another language than the site have a language in the ledger's JSON."""
    parts = json.loads(built.page("series/garden/ledger.json"))["parts"]
    assert [part.get("language") for part in parts] == [None, "ar", "ar", "de"]


def test_a_site_of_one_language_marks_nothing(tmp_path):
    """A page of a site in one language has one `lang`, and no styles for other languages."""
    site = SiteTest(tmp_path)
    site.essay("price", Series="turnings", Side="cost", Answers="gain", Entry="So.")
    site.essay("gain", Series="turnings", Side="benefit", Answers="price", Entry="Thus.", Author="Ann")
    build = site.build()
    assert build.code == 0, build.said
    pages = [data.decode() for path, data in build.files().items() if path.endswith(".html")]
    assert {mark for page in pages for mark in re.findall(r'<[^<>]*\s(?:lang|dir)="[^"]*"[^<>]*>', page)} == {
        '<html lang="en">'
    }
    assert not any(":lang(" in page for page in pages)


def test_a_pages_interface_is_in_the_language_of_its_essay(built):
    """The interface of a German essay is German, dates included; all other pages are in English."""
    german, english = built.page("essays/more/de/index.html"), built.page("essays/opening/index.html")
    assert "Zum Text springen" in german
    assert "4. April 2009" in german
    assert "Diesen Teil zitieren" in german
    assert "Skip to the text" not in german
    assert "Skip to the text" in english
    assert "1 April 2009" in english
    assert "Teil 2 von 2" in built.page("feeds/all.atom.xml")
