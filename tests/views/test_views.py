"""Site → pages: everything that a page shows is chosen here."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import KINDS as OPENED

from builders import (
    PATTERNS,
    PROJECT,
    a_couple,
    a_day,
    a_part,
    a_play,
    a_series,
    a_site,
    a_translation,
    an_essay,
    universes,
    views_of,
)
from essay_series.l10n import Languages, phrases
from essay_series.l10n.scripts import WORDS_A_MINUTE
from essay_series.model import HIDDEN, NOWHERE, PUBLISHED, Address, PlannedPart
from essay_series.routes import Routes, stays_inside
from essay_series.sources.keys import KEYS
from essay_series.views import KINDS, Document, PageContext, View, navigation, pages, shapes
from essay_series.views.pieces import Counts, Day, reading_minutes
from essay_series.views.shapes.pages import EssayView, FeedsView, LedgerView, PlaybookView, PlayView

ARCHIVE, HOME, PLAYBOOK = "archive/index.html", "index.html", "playbook/index.html"
TURNINGS = "series/turnings/index.html"
TEMPLATES = {str(kind.__dataclass_fields__["template"].default) for kind in KINDS}


def slugs(parts) -> list[str]:
    """Return the slugs of `parts`, in order."""
    return [part.slug for part in parts]


def essay_view(slug: str, *essays, **site) -> EssayView:
    """Return the view of the essay `slug` among `essays`."""
    return views_of(*essays, **site)[f"essays/{slug}/index.html"]


def ledger_view(*essays, **site) -> LedgerView:
    """Return the view of the series "turnings"."""
    return views_of(*essays, **site)[TURNINGS]


def play_view(slug: str, *essays, **site) -> PlayView:
    """Return the view of the play `slug`."""
    return views_of(*essays, **site)[f"playbook/{slug}/index.html"]


def of_kind(kind: type, views) -> list:
    """Return those of `views` that are of one kind."""
    return [view for view in views.values() if isinstance(view, kind)]


# Every page


@given(universes())
def test_every_page_has_a_path_of_its_own_inside_the_output_folder(essays):
    """No page takes another's place, and none is written elsewhere."""
    site, views = a_site(*essays), views_of(*essays)
    versions = sum(map(len, site.translations.values()))
    feeds = bool(site.essays)
    assert len(views) == 3 + feeds + len(site.series) + 2 * len(site.plays) + len(site.essays) + versions
    assert all(path == view.address.path and stays_inside(path) for path, view in views.items())


@given(universes())
def test_what_is_not_published_is_in_no_view(essays):
    """No page says a word of a draft, a hidden or a skipped essay."""
    assert "canary" not in repr(views_of(*essays)).lower()


@given(universes())
def test_an_unlisted_essay_is_only_on_its_own_page(essays):
    """A hidden essay or a previewed draft has a page, and all other pages are the same as without it."""
    unlisted = tuple(essay for essay in essays if "canary" in essay.slug and essay.lang == "en")
    shown, others = views_of(*essays, unlisted=unlisted), views_of(*essays)
    own = {path: shown.pop(path) for path in list(shown) if "canary" in path}
    assert shown == others
    assert sorted(view.address.url for view in own.values()) == sorted(essay.address.url for essay in unlisted)


@given(universes())
def test_every_address_that_a_page_names_is_the_address_of_a_page(essays):
    """A part on any page, or a neighbour or counterpart, leads to a page that is there."""
    views = views_of(*essays)
    urls = {view.address.url for view in views.values()}
    for view in of_kind(EssayView, views):
        parts = [view.answers, *(view.contents.parts if view.contents else ())]
        parts += [view.contents.previous, view.contents.next] if view.contents else []
        assert {part.url for part in parts if part} <= urls
        assert {link.url for link in (*view.plays, *view.translations)} <= urls


def test_a_page_that_is_switched_off_is_left_out():
    """Without an output path there is no view, and the rest stands."""
    patterns = {**PATTERNS, "PLAYBOOK_SAVE_AS": "", "SERIES_SAVE_AS": ""}
    views = pages(PageContext(a_site(a_part("one")), Routes(patterns)))
    assert views.keys() == {HOME, ARCHIVE, "essays/one/index.html"}


def test_an_empty_site_has_a_home_page_a_playbook_and_an_archive():
    """They are empty."""
    views = views_of()
    assert views.keys() == {HOME, PLAYBOOK, ARCHIVE}
    assert (views[HOME].begin, views[HOME].series, views[HOME].essays) == (None, (), ())
    assert (views[ARCHIVE].years, views[ARCHIVE].total, views[PLAYBOOK].matrices) == ((), 0, ())


def test_text_is_kept_as_its_author_wrote_it():
    """Quotes, angle brackets and ampersands reach the view unescaped; a template escapes them, once."""
    text = """<b>"Costs" & 'benefits'</b>"""
    essay = a_part("one", title=text, entry=text, summary=text, series=text, plays=(text,))
    views = views_of(essay)
    view = views["essays/one/index.html"]
    assert {view.title, view.entry, view.summary, view.plays[0].title, view.contents.series.title} == {text}


def test_every_kind_of_page_is_known():
    """Each view of a page is one of the kinds, so that what is told of all kinds is told of it."""
    modules = [import_module(f"{shapes.__name__}.{each.name}") for each in iter_modules(shapes.__path__)]
    named = (each for module in modules for each in vars(module).values() if isinstance(each, type))
    assert {each for each in named if issubclass(each, View)} - {View} == set(KINDS)


def test_every_kind_of_page_is_opened_in_a_browser():
    """A page of each kind is among those whose accessibility is tested; two kinds have tests of their own."""
    names = {"article": "essay", "index": "home", "archives": "archive"}
    assert {names.get(each, each) for each in TEMPLATES} - {"book", "offline"} <= OPENED.keys()


def test_a_key_that_pages_show_is_declared_public():
    """A key of plain text that a view has a field for is public, so that publishing does not end at its own pages."""
    shown = {each.name for kind in KINDS for each in fields(kind)}
    told = [key for key in KEYS if key.type == "text" and key.name.lower() in shown]
    assert [key.name for key in told if not (key.public or key.neutral)] == []


def test_an_ordinary_page_is_shown_as_it_is():
    """A page keeps its title, text, language and whether it is listed."""
    about = Document("About", "Who.", "<p>Us.</p>", "fr", Address("about/index.html", "about/"), listed=False)
    view = views_of(documents=(about,))["about/index.html"]
    assert (view.title, view.summary, view.content) == ("About", "Who.", "<p>Us.</p>")
    assert (view.lang, view.listed, view.template) == ("fr", False, "page")


# An essay's page


@given(universes())
def test_a_label_says_which_part_of_how_many(essays):
    """A part says its number and the total, and a single part says neither."""
    for view in of_kind(EssayView, views_of(*essays)):
        if contents := view.contents:
            locale = Languages().locale(view.lang)
            label = phrases.part_of(contents.number, contents.total, locale) if contents.total > 1 else ""
            assert contents.label == label
            assert contents.parts[contents.number - 1].slug in view.address.url.split("/")
            assert len(contents.parts) == contents.total


def test_a_series_of_one_part_has_no_label():
    """A single part never reads "1 of 1", also while others are planned."""
    series = a_series(planned=(PlannedPart("Next"),))
    contents = essay_view("one", a_part("one"), series=[series]).contents
    assert (contents.label, contents.previous, contents.next) == ("", None, None)
    assert [part.title for part in contents.planned] == ["Next"]


def test_a_part_names_its_series_its_neighbours_and_its_counterpart():
    """An essay's page leads to the ledger, to the parts before and after, and to its answer."""
    view = essay_view("gain", *a_couple(), a_part("end", day=3))
    contents = view.contents
    assert (contents.series.url, contents.label) == ("series/turnings/", "Part 2 of 3")
    assert (contents.previous.slug, contents.next.slug, view.answers.slug) == ("price", "end", "price")
    assert (contents.previous.number, contents.next.number) == (1, 3)
    assert slugs(contents.parts) == ["price", "gain", "end"]


def test_an_essay_alone_has_neither_contents_nor_answer_nor_plays():
    """An essay without a series and tags shows only itself."""
    view = essay_view("one", an_essay("one"), a_part("other"))
    assert (view.contents, view.answers, view.plays, view.translations) == (None, None, (), ())
    assert (view.title, view.day, view.listed) == ("One", Day("2009-04-01", "1 April 2009"), True)


def test_an_essay_shows_its_plays_in_its_authors_order():
    """The plays of an essay lead to their pages."""
    plays = essay_view("one", an_essay("one", plays=("Zeal", "aim"))).plays
    assert [(link.title, link.url) for link in plays] == [("Zeal", "playbook/zeal/"), ("aim", "playbook/aim/")]


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_an_unlisted_essay_has_no_links_to_others(status):
    """A hidden essay or a draft has its text, no place in a series, no plays, and is not listed."""
    essay = a_part("secret", side="cost", answers="gain", plays=("let-go",), status=status)
    view = essay_view("secret", *a_couple(plays=("let-go",)), essay, unlisted=(essay,))
    assert (view.contents, view.answers, view.plays, view.translations) == (None, None, (), ())
    assert (view.title, view.listed) == ("Secret", False)


def test_an_unlisted_version_of_a_published_essay_has_no_links_to_others():
    """A draft translation does not replace its original, and no other version links to it."""
    price, gain = a_couple(plays=("let-go",))
    draft = a_translation(price, "fr", status="draft")
    views = views_of(price, gain, a_translation(price, "de"), draft, unlisted=(draft,))
    view = views["essays/price/fr/index.html"]
    assert (view.contents, view.answers, view.plays, view.translations) == (None, None, (), ())
    assert [link.lang for link in views["essays/price/index.html"].translations] == ["de"]


def test_an_essay_without_a_date_has_no_day():
    """A previewed draft may have no date yet."""
    draft = an_essay("one", date=None, status="draft")
    assert essay_view("one", unlisted=(draft,)).day is None


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (WORDS_A_MINUTE * 3, 3), (WORDS_A_MINUTE * 10, 10)])
def test_the_minutes_to_read_follow_from_the_words(words, minutes):
    """Tags and entities are not read, and an essay takes at least one minute."""
    assert reading_minutes('<p class="a b c">' + "word&amp;word\n" * words + "</p><hr />") == minutes


# Languages


def test_a_translation_shows_its_neighbours_in_its_own_language():
    """The French page shows French parts, neighbours and answers, else the originals; the original shows originals."""
    price, gain, end = *a_couple(), a_part("end", day=3)
    views = views_of(price, gain, end, a_translation(price), a_translation(gain))
    view = views["essays/gain/fr/index.html"]
    assert (view.answers.url, view.contents.previous.url) == ("essays/price/fr/", "essays/price/fr/")
    assert (view.contents.next.url, view.contents.number, view.contents.total) == ("essays/end/", 2, 3)
    assert [part.lang for part in view.contents.parts] == ["fr", "fr", "en"]
    original = views["essays/gain/index.html"]
    assert (original.answers.url, original.contents.previous.url) == ("essays/price/", "essays/price/")


def test_every_version_links_to_the_others():
    """Readers get links to the other versions; search engines get all, and the original as the default."""
    essay = an_essay("a")
    views = views_of(essay, a_translation(essay, "fr"), a_translation(essay, "de"), an_essay("alone"))
    original, french, german = (views[f"essays/{path}index.html"] for path in ("a/", "a/fr/", "a/de/"))
    assert [link.lang for link in original.translations] == ["de", "fr"]
    assert [link.lang for link in french.translations] == ["en", "de"]
    assert original.alternates == french.alternates == german.alternates
    assert [(link.lang, link.url) for link in original.alternates] == [
        *(("en", "essays/a/"), ("de", "essays/a/de/"), ("fr", "essays/a/fr/")),
        ("x-default", "essays/a/"),
    ]
    assert views["essays/alone/index.html"].alternates == ()


@given(universes())
def test_translations_change_no_count(essays):
    """The ledgers, the playbook, the archive and the home page are the same without the translations."""
    originals = [essay for essay in essays if essay.lang == "en"]
    every, alone = views_of(*essays), views_of(*originals)
    hidden_originals = {e.slug for e in originals if e.status != PUBLISHED}
    if not any(e.slug in hidden_originals and e.status == PUBLISHED for e in essays):
        counting = [[v for v in views.values() if not isinstance(v, EssayView | FeedsView)] for views in (every, alone)]
        assert counting[0] == counting[1]


# The ledger


@given(universes())
def test_the_counts_of_a_ledger_are_what_it_lists(essays):
    """Costs and benefits are counted as often as they are listed, and with the rest they are all parts."""
    for view in of_kind(LedgerView, views_of(*essays)):
        counts = Counts(len(view.rows) + len(view.costs), len(view.rows) + len(view.benefits))
        around = len(view.opening) + len(view.between) + len(view.closing)
        assert view.counts == counts
        assert view.total == counts.costs + counts.benefits + around


def test_a_ledger_sets_each_cost_beside_its_benefit():
    """A row has the entry of the cost and the entry of the benefit, with their numbers."""
    [row] = ledger_view(*a_couple()).rows
    assert (row.cost.entry, row.benefit.entry) == ("The price.", "The gain.")
    assert (row.cost.number, row.benefit.number) == (1, 2)


def test_a_ledger_shows_the_text_that_declares_it():
    """Title, summary and introduction come from the series' file."""
    page = a_series(title="Of turnings", summary="Sum.", content="<p>Intro.</p>")
    view = ledger_view(a_part("one"), series=[page])
    assert (view.title, view.summary, view.content) == ("Of turnings", "Sum.", "<p>Intro.</p>")


def test_planned_parts_are_shown_and_not_counted():
    """A planned part stands in the ledger, the contents and the home page with its day, and no number counts it."""
    plan = PlannedPart("The last word", "benefit", date(2009, 5, 1))
    views = views_of(*a_couple(), series=[a_series(planned=(plan,))])
    contents, card = views["essays/gain/index.html"].contents, views[HOME].series[0]
    for shown in (views[TURNINGS], contents, card):
        [planned] = shown.planned
        assert (planned.title, planned.side, planned.due.words) == ("The last word", "benefit", "1 May 2009")
    assert views[TURNINGS].counts == card.counts == Counts(1, 1)
    assert views[TURNINGS].total == contents.total == 2


def test_a_planned_part_has_no_page_and_no_address():
    """Nothing links to a planned part."""
    with_plan = views_of(a_part("one"), series=[a_series(planned=(PlannedPart("Soon"),))])
    assert with_plan.keys() == views_of(a_part("one"), series=[a_series()]).keys()
    assert not hasattr(with_plan[TURNINGS].planned[0], "url")


def test_a_declared_series_without_a_part_has_a_page_of_its_plans():
    """A series file alone makes a ledger of nothing but what is planned."""
    view = ledger_view(series=[a_series(planned=(PlannedPart("Soon"),))])
    assert (view.total, view.counts, view.rows) == (0, Counts(0, 0), ())
    assert [part.title for part in view.planned] == ["Soon"]


# The playbook


@given(universes())
def test_the_matrix_has_a_row_for_each_part_and_a_column_for_each_play_that_is_taught(essays):
    """A cell is marked exactly where the part of its row teaches the play of its column."""
    site, views = a_site(*essays), views_of(*essays)
    taught = {(play.title, essay.slug) for play in site.plays for essay in play.essays}
    for matrix in views[PLAYBOOK].matrices:
        rows = list(chain.from_iterable(matrix.groups))
        marked = {
            (play.title, row.part.slug)
            for row in rows
            for play, cell in zip(matrix.plays, row.cells, strict=True)
            if cell
        }
        assert marked == {(title, slug) for title, slug in taught if slug in slugs(row.part for row in rows)}
        assert {title for title, _ in marked} == {play.title for play in matrix.plays}


@given(universes())
def test_there_is_a_matrix_for_each_series_that_teaches_a_play(essays):
    """A matrix has every part of its series once, each pair together; a series without plays has none."""
    taught = [s for s in a_site(*essays).series if any(part.plays for part in s.parts)]
    matrices = views_of(*essays)[PLAYBOOK].matrices
    assert [matrix.series.title for matrix in matrices] == [series.title for series in taught]
    for series, matrix in zip(taught, matrices, strict=True):
        groups = [tuple(slugs(row.part for row in group)) for group in matrix.groups]
        assert sorted(chain.from_iterable(groups)) == sorted(slugs(series.parts))
        pairs = {(pair.cost.slug, pair.benefit.slug) for pair in series.ledger.pairs}
        assert {group for group in groups if len(group) > 1} == pairs


@given(universes())
def test_a_plays_page_lists_each_of_its_essays_once(essays):
    """It has the essays of the playbook, each on its side, in reading order, and the playbook counts the sides."""
    views = views_of(*essays)
    for row in views[PLAYBOOK].plays:
        view = views[f"{row.play.url}index.html"]
        assert view.costs == tuple(part for part in row.essays if part.side == "cost")
        assert view.benefits == tuple(part for part in row.essays if part.side == "benefit")
        assert view.others == tuple(part for part in row.essays if part.side is None)
        assert row.counts == Counts(len(view.costs), len(view.benefits))


def test_a_play_lists_the_essays_of_two_series():
    """Each essay is shown with its series and its number there."""
    essays = [a_part(slug, day, series=slug.upper(), side="cost", plays=("p",)) for slug, day in (("a", 2), ("b", 1))]
    costs = play_view("p", *essays).costs
    assert [(part.slug, part.series.title, part.number) for part in costs] == [("b", "B", 1), ("a", "A", 1)]


def test_a_play_leads_to_related_plays_and_to_the_playbook():
    """A play's page names other plays and the index, by the index' own title."""
    pages_of_plays = [a_play("a", related=("b",)), a_play("b")]
    view = play_view("a", plays=pages_of_plays, playbook=Document("The plays"))
    assert [link.url for link in view.related] == ["playbook/b/"]
    assert (view.playbook.title, view.playbook.url) == ("The plays", "playbook/")


def test_only_a_play_that_is_taught_has_a_feed():
    """A play without essays names no feed, for there is none."""
    plays = [a_play("a"), a_play("b")]
    essay = an_essay("one", plays=("a",))
    assert play_view("a", essay, plays=plays).feed == "feeds/plays/a.atom.xml"
    assert play_view("b", essay, plays=plays).feed == ""


def test_the_playbook_shows_the_text_of_its_own_file():
    """Title, summary and introduction come from the playbook's file."""
    view: PlaybookView = views_of(playbook=Document("Plays", "Sum.", "<p>Intro.</p>"))[PLAYBOOK]
    assert (view.title, view.summary, view.content) == ("Plays", "Sum.", "<p>Intro.</p>")


# The home page and the archive


def test_the_home_page_begins_with_the_first_part_of_the_newest_series():
    """A reader is led to the first part of the series that began last and has a part."""
    old, new = a_part("old", series="old"), a_part("new", day=2, series="new")
    home = views_of(old, new, a_part("newer", day=3, series="new"))[HOME]
    assert home.begin.slug == "new"
    assert views_of(old, series=[a_series("old"), a_series("empty")])[HOME].begin.slug == "old"


def test_the_home_page_lists_series_with_their_parts_and_the_other_essays_newest_first():
    """Parts stand in their series, other essays below them, the newest at the top."""
    home = views_of(*a_couple(), an_essay("x", date=a_day(3)), an_essay("y", date=a_day(4)))[HOME]
    assert [(card.series.title, slugs(card.parts)) for card in home.series] == [("turnings", ["price", "gain"])]
    assert slugs(home.essays) == ["y", "x"]


@given(universes())
def test_the_home_page_lists_every_essay_once(essays):
    """Each published essay stands once on the home page; what it begins with may stand in its pair too."""
    home = views_of(*essays)[HOME]
    pairs = [(row.cost, row.benefit) for card in home.series for row in card.rows]
    begin = [home.begin] if home.begin and home.begin not in chain(*pairs) else []
    listed = slugs(chain(begin, home.essays, *((*card.opening, *card.others) for card in home.series), *pairs))
    assert sorted(listed) == sorted(slugs(a_site(*essays).essays))


ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
NEW_YEARS = st.builds(datetime, st.just(1957), st.just(12), st.integers(30, 31), st.integers(0, 23), tzinfo=ZONES)
MOMENTS = st.builds(lambda moment, days: moment + timedelta(days), NEW_YEARS, st.sampled_from((-365, 0, 1, 2, 365)))


@given(st.lists(MOMENTS, max_size=6))
def test_the_archive_has_each_year_once_and_each_essay_once(moments):
    """Years go from the newest to the oldest, and every essay stands in the year of its date."""
    view = views_of(*(an_essay(f"e{n}", date=moment) for n, moment in enumerate(moments)))[ARCHIVE]
    years = [year.year for year in view.years]
    assert years == sorted({moment.year for moment in moments}, reverse=True)
    assert all(part.day.iso.startswith(str(year.year)) for year in view.years for part in year.essays)
    assert sum(len(year.essays) for year in view.years) == view.total == len(moments)


def test_new_years_eve_in_two_zones_is_two_years():
    """The year of an essay is that of its own time zone, even if a later essay has an earlier year."""
    east = datetime(2010, 1, 1, tzinfo=timezone(timedelta(hours=9)))
    west = datetime(2009, 12, 31, 20, tzinfo=timezone(timedelta(hours=-9)))
    view = views_of(an_essay("east", date=east), an_essay("west", date=west))[ARCHIVE]
    assert [(year.year, slugs(year.essays)) for year in view.years] == [(2010, ["east"]), (2009, ["west"])]


@given(st.lists(MOMENTS.map(lambda moment: moment.astimezone(UTC)), max_size=6))
def test_the_archive_lists_the_newest_essay_first(moments):
    """No essay is before a newer one."""
    view = views_of(*(an_essay(f"e{n}", date=moment) for n, moment in enumerate(moments)))[ARCHIVE]
    days = [part.day.iso for year in view.years for part in year.essays]
    assert days == sorted(days, reverse=True)


def test_the_archive_lists_parts_of_one_date_from_the_last_to_the_first():
    """Of two parts of the same date, the later part is the newer one."""
    view = views_of(a_part("a"), a_part("b"), a_part("c"))[ARCHIVE]
    assert slugs(view.years[0].essays) == ["c", "b", "a"]


# Navigation


def links(*essays, documents=(), patterns=PATTERNS, **site) -> list[tuple[str, str]]:
    """Return the title and address of every link of the navigation."""
    page_context = PageContext(a_site(*essays, **site), Routes(patterns), documents=tuple(documents))
    return [(link.title, link.url) for link in navigation(page_context).own.links]


def test_the_navigation_leads_to_the_ledger_the_playbook_the_archive_and_the_pages():
    """One series is called the ledger, and pages that are not listed are left out."""
    about = Document("About", address=Address("about/index.html", "about/"))
    found = links(
        a_part("one", side="cost", plays=("p",)), documents=[about, replace(about, title="404", listed=False)]
    )
    pages = [("Ledger", "series/turnings/"), ("Playbook", "playbook/"), ("Archive", "archive/")]
    assert found == [*pages, ("About", "about/")]


def test_a_series_without_sides_is_no_ledger():
    """Where no part is on a side, neither the navigation nor the page of the series speaks of a ledger."""
    site = a_site(a_part("one"), a_part("two", 2))
    shown = pages(PageContext(site, Routes(PATTERNS)))["series/turnings/index.html"]
    assert not shown.is_two_sided
    assert ("turnings", "series/turnings/") in links(a_part("one"), a_part("two", 2))


def test_several_series_are_told_apart_by_their_titles():
    """With two series, each is called by its name."""
    found = links(a_part("a", series="Alpha"), a_part("b", day=2, series="Beta"))
    assert found[:2] == [("Alpha", "series/alpha/"), ("Beta", "series/beta/")]


def test_many_series_stand_together_in_the_navigation():
    """More than four series are one link to the list of them on the home page: no page grows with their number."""
    essays = [a_part(f"e{number}", series=f"Series {number}") for number in range(5)]
    assert links(*essays) == [("Series", "#series-1"), ("Archive", "archive/")]
    assert links(*essays, patterns={**PATTERNS, "INDEX_SAVE_AS": ""}) == [("Archive", "archive/")]


def test_the_navigation_names_no_page_that_is_not_there():
    """Without plays there is no way to the playbook, and without addresses no way at all."""
    assert links() == [("Archive", "archive/")]
    assert links(a_part("one"), documents=[Document("Off", address=NOWHERE)], patterns={}) == []


def test_a_hidden_essay_is_hidden_from_the_navigation():
    """A series that only a hidden essay names is not in the navigation."""
    assert links(a_part("one", status=HIDDEN)) == [("Archive", "archive/")]


def test_the_kinds_of_pages_and_their_templates_are_derived_from_the_views():
    """Each kind of view names its own template, which the theme or the package has."""
    assert len(KINDS) == len(TEMPLATES) >= 11
    folders = (PROJECT / "theme/templates", PROJECT / "plugins/essay_series/templates")
    for template in TEMPLATES:
        assert any((folder / f"{template}.html").is_file() for folder in folders)
