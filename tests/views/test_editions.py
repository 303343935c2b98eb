"""Editions: the series, pairs and plays of a site in another language, with originals of untranslated parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import PATTERNS, a_couple, a_day, a_manuscript, a_part, a_play, a_series, a_translation, slugify
from essay_series import assemble
from essay_series.claims import Correction
from essay_series.routes import Routes
from essay_series.sources.published import Published
from essay_series.views import PageContext
from essay_series.views import pages as pages_of

FOLDERS = Routes(PATTERNS, language_folder="{lang}/")


def in_german(*essays, series=(), plays=()):
    """Return the German edition of the site of `essays`; None if there is none."""
    return assemble.site(essays, series, plays, slugify, with_editions=True).edition("de")


def test_a_language_has_an_edition_once_it_has_an_essay():
    """There is no edition without an essay, for the site's own language, or on a site without folders for languages."""
    price, gain = a_couple()
    assert in_german(price, gain) is None
    site = assemble.site([price, a_translation(price, "de")], [], [], slugify, with_editions=True)
    assert [each.lang for each in site.everywhere] == ["en", "de"]
    assert assemble.site([price, a_translation(price, "de")], [], [], slugify).editions == ()


def test_parts_are_counted_in_their_own_language():
    """If two of three parts are translated, they are parts 1 and 2 of 2; the third is listed in its place."""
    one, two, three = (a_part(slug, day) for day, slug in enumerate(("one", "two", "three"), 1))
    edition = in_german(one, two, three, a_translation(one, "de"), a_translation(three, "de"))
    places = edition.places
    assert {slug: (place.number, place.total) for slug, place in places.items()} == {"one": (1, 2), "three": (2, 2)}
    assert [(part.slug, part.lang) for part in edition.series[0].run] == [("one", "de"), ("two", "en"), ("three", "de")]
    assert (places["one"].next, places["three"].previous) == (two, two)
    assert [essay.slug for essay in edition.essays] == ["one", "three"]


def test_a_translation_has_the_position_of_its_original():
    """A translation needs none of the keys that order a series, and its own date does not change the order."""
    price, gain = a_couple()
    bare = {"series": None, "side": None, "answers": None, "plays": ()}
    preis = a_translation(replace(price, plays=("let-go",)), "de", **bare, date=gain.date)
    edition = in_german(replace(price, plays=("let-go",)), gain, preis, plays=[a_play()])
    pair = edition.series[0].ledger.pairs[0]
    assert (pair.cost.lang, pair.cost.side, pair.benefit) == ("de", "cost", gain)
    assert [essay.lang for essay in edition.plays[0].essays] == ["de"]


def test_series_and_plays_are_translated_by_files_of_the_same_slug():
    """A file with the same slug and another language translates a series or play; without one the original is shown."""
    essay = a_part("one", plays=("let-go", "guard"))
    pages = {
        "series": [a_series(title="Turnings"), a_series(title="Wendungen", lang="de", source="series/w.md")],
        "plays": [a_play(order=1), a_play(title="Loslassen", lang="de", source="playbook/l.md"), a_play("guard")],
    }
    edition = in_german(essay, a_translation(essay, "de"), **pages)
    assert (edition.series[0].title, edition.series[0].lang) == ("Wendungen", "de")
    assert [(play.title, play.lang) for play in edition.plays] == [("Loslassen", "de"), ("Guard", "en")]
    assert [play.slug for play in edition.own_plays] == ["let-go"]


def test_a_home_page_quotes_the_series_in_its_own_language_only():
    """The home page shows the first words of the only series in the language of the page, or not at all."""
    essay, pages = a_part("one"), [a_series(content="<p>About.</p>")]
    for more, about in (([], ""), ([a_series(content="<p>Von.</p>", lang="de", source="series/w.md")], "Von.")):
        site = assemble.site([essay, a_translation(essay, "de")], [*pages, *more], [], slugify, with_editions=True)
        views = pages_of(PageContext(site, FOLDERS))
        assert (views["index.html"].about, views["de/index.html"].about) == ("About.", about)


def test_a_series_may_be_named_by_its_title_in_any_language():
    """An essay that names a declared series by the title of its translation is a part of it."""
    pages = [a_series(title="Turnings"), a_series(title="Wendungen", lang="de", source="series/w.md")]
    site = assemble.site([a_part("eins", lang="de", series="Wendungen")], pages, [], slugify, with_editions=True)
    assert [series.slug for series in site.edition("de").series] == ["turnings"]


def test_the_original_is_the_first_text_that_is_not_a_translation():
    """If no text is in the site's language, one that declares itself a translation is not taken for the original."""
    french = a_part("a", lang="fr")
    german = a_translation(replace(french, lang="en"), "de", is_translation=True)
    site = assemble.site([german, french], [], [], slugify)
    assert [essay.lang for essay in site.essays] == ["fr"]


@pytest.mark.parametrize(
    ("follows", "original", "day"),
    [
        (None, {}, None),
        (None, {"modified": a_day(9), "revision": "Clearer."}, 9),
        (None, {"modified": a_day(9)}, None),
        (a_day(9), {"modified": a_day(9), "revision": "Clearer."}, None),
        (a_day(8), {"corrections": (Correction(a_day(9).date(), "a", "b"), Correction(a_day(3).date(), "c", "d"))}, 9),
        (a_day(9), {"corrections": (Correction(a_day(9).date(), "a", "b"),)}, None),
    ],
)
def test_a_translation_is_behind_a_declared_change_of_its_original(follows, original, day):
    """A translation is behind a revision or correction made after the day it follows; other changes do not count."""
    essay = a_part("one", **original)
    translation = a_translation(a_part("one"), "de", follows=follows)
    found = assemble.changed_since(translation, essay)
    assert found == (a_day(day).date() if day else None)


FILES = {
    "series/turnings.md": "Title: Turnings\n\nText.\n",
    "series/wendungen.md": "Title: Wendungen\nSlug: turnings\nLang: de\n\nText.\n",
    "playbook/let-go.md": "Title: Let go\n\nText.\n",
    "playbook/loslassen.md": "Title: Loslassen\nSlug: let-go\nLang: de\n\nText.\n",
    "playbook/index.de.md": "Title: Spielbuch\nLang: de\n\nText.\n",
    "essays/one.md": "Title: One\nDate: 2009-04-01\nSeries: turnings\nTags: let-go\n\nText.\n",
    "essays/eins.md": "Title: Eins\nDate: 2009-04-01\nSlug: one\nLang: de\n\nText.\n",
}


def addresses_of(files) -> dict[str, str]:
    """Return the address of each file that has one."""
    return {path: place.url for path, place in a_manuscript(files, routes=FOLDERS).addresses.items()}


def test_translated_files_are_in_the_folder_of_their_language():
    """Files in the site's own language are not, and an essay has the address that Pelican gives it."""
    found = addresses_of(FILES)
    assert found["series/turnings.md"] == "series/turnings/"
    assert found["series/wendungen.md"] == "de/series/turnings/"
    assert found["playbook/let-go.md"] == "playbook/let-go/"
    assert found["playbook/loslassen.md"] == "de/playbook/let-go/"
    assert found["playbook/index.de.md"] == "de/playbook/"
    assert found["essays/eins.md"] == "essays/one/de/"


def test_a_language_has_no_pages_before_its_first_essay():
    """A translated series or play has no page until a published essay in its language uses it."""
    without = {path: text for path, text in FILES.items() if path != "essays/eins.md"}
    assert not {path for path in addresses_of(without) if "Lang: de" in FILES[path]}


def test_every_page_of_every_language_is_published():
    """The published record includes the pages and files of each language."""
    found = Published.of(a_manuscript(FILES, routes=FOLDERS)).addresses
    assert {"/de/", "/de/archive/", "/de/playbook/", "/de/playbook/let-go/", "/de/playbook/let-go/worksheet/"} <= found
    assert {"/de/series/turnings/", "/de/series/turnings/ledger.json", "/series/turnings/"} <= found
    plain = Published.of(a_manuscript(FILES)).addresses
    assert not {address for address in plain if address.startswith("/de/")}


def test_a_renamed_series_moves_in_every_language():
    """The former address of an original redirects in all languages, that of a translation in its own language."""
    renamed = FILES | {"series/turnings.md": "Title: Turnings\nAliases: turns\n\nText.\n"}
    moves = Published.of(a_manuscript(renamed, routes=FOLDERS)).former
    assert moves["/series/turns/"] == "/series/turnings/"
    assert moves["/de/series/turns/"] == "/de/series/turnings/"
    assert moves["/feeds/de/series/turns.atom.xml"] == "/feeds/de/series/turnings.atom.xml"
