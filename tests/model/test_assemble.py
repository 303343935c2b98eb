"""Essays → site: who belongs where, in which order, opposite whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta, timezone
from itertools import chain
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_couple, a_day, a_part, a_play, a_series, a_site, a_translation, an_essay, universes
from essay_series import assemble
from essay_series.model import DRAFT, PUBLISHED, Ledger, PlannedPart

UNPUBLISHED = pytest.mark.parametrize("status", ["draft", "hidden", "skip"])


def slugs(essays) -> list[str]:
    """Return the slugs of `essays`, in order."""
    return [essay.slug for essay in essays]


def the_ledger(*essays) -> Ledger:
    """Return the ledger of the one series that `essays` make."""
    [series] = a_site(*essays).series
    return series.ledger


# Laws


@given(universes(), st.randoms())
def test_the_order_in_which_essays_are_read_makes_no_difference(essays, random):
    """The same essays in any order give the same site."""
    assert a_site(*essays) == a_site(*random.sample(essays, len(essays)))


@given(universes(), st.permutations(("one", "other", "two-minds")), st.permutations(("guard", "letting-go", "name")))
def test_the_order_in_which_declarations_are_read_makes_no_difference(essays, series, plays):
    """The same files of series and plays in any order give the same site, also where two have one title."""
    declared = {
        "series": [a_series(slug, title="Turnings") for slug in series],
        "plays": [a_play(slug, title="Let go", related=("name", "guard")) for slug in plays],
    }
    in_order = {kind: sorted(pages, key=lambda page: page.slug) for kind, pages in declared.items()}
    assert a_site(*essays, **declared) == a_site(*essays, **in_order)


@given(universes())
def test_neighbours_name_each_other_and_only_the_ends_lack_one(essays):
    """The part before the next one is the part itself; only the first has no previous, only the last no next part."""
    places = a_site(*essays).places
    for slug, place in places.items():
        assert (place.previous is None) == (place.number == 1)
        assert (place.next is None) == (place.number == place.total)
        assert place.next is None or places[place.next.slug].previous.slug == slug
        assert place.previous is None or places[place.previous.slug].next.slug == slug


@given(universes())
def test_numbers_run_from_one_to_the_total_without_holes(essays):
    """The parts of a series are numbered 1 to N in order, and N is how many there are."""
    site = a_site(*essays)
    for series in site.series:
        places = [site.places[part.slug] for part in series.parts]
        assert [place.number for place in places] == list(range(1, len(places) + 1))
        assert {place.total for place in places} <= {len(places)}
        assert all(place.series is series for place in places)


@given(universes())
def test_every_part_is_once_in_its_ledger_on_its_own_side(essays):
    """A part with a side is in a pair or on its side, and one without a side is around them."""
    for series in a_site(*essays).series:
        book = series.ledger
        costs = [*(pair.cost for pair in book.pairs), *book.costs]
        benefits = [*(pair.benefit for pair in book.pairs), *book.benefits]
        assert sorted(slugs(costs)) == sorted(part.slug for part in series.parts if part.side == "cost")
        assert sorted(slugs(benefits)) == sorted(part.slug for part in series.parts if part.side == "benefit")
        sideless = [*book.opening, *book.between, *book.closing]
        assert slugs(sideless) == [part.slug for part in series.parts if not part.side]


@given(universes())
def test_pairs_are_mutual(essays):
    """Two parts are a pair exactly when each names the other, from the other side."""
    for place in (places := a_site(*essays).places).values():
        if place.answers:
            [me] = [part for part in place.series.parts if places[part.slug] is place]
            assert places[place.answers.slug].answers == me
            assert (me.answers, place.answers.answers) == (place.answers.slug, me.slug)
            assert {me.side, place.answers.side} == {"cost", "benefit"}


@given(universes())
def test_two_parts_that_answer_each_other_are_never_left_unpaired(essays):
    """No unpaired cost and unpaired benefit of one ledger name each other."""
    for series in a_site(*essays).series:
        answers = {(cost.slug, cost.answers) for cost in series.ledger.costs}
        assert not answers & {(benefit.answers, benefit.slug) for benefit in series.ledger.benefits}


@given(universes())
def test_what_is_not_published_is_nowhere_in_the_site(essays):
    """No title, slug, entry, series or play of a draft, hidden or skipped essay is in the site."""
    site = a_site(*essays)
    keys = {*site.places, *site.plays_of, *site.translations}
    linked = [place.answers for place in site.places.values() if place.answers]
    everyone = [*site.essays, *linked, *chain.from_iterable(site.translations.values())]
    assert {essay.status for essay in everyone} <= {PUBLISHED}
    assert not any("canary" in f"{e.slug} {e.title} {e.entry} {e.series}".lower() for e in everyone)
    assert not any("canary" in word.lower() for word in (*keys, *(s.title for s in site.series)))
    assert not any("canary" in play.title.lower() for play in site.plays)


@given(universes())
def test_the_reading_order_names_every_published_essay_once(essays):
    """Each published essay stands once in the reading order, whatever its series and its translations."""
    published = {essay.slug for essay in essays if essay.status == PUBLISHED}
    assert sorted(slugs(a_site(*essays).essays)) == sorted(published)


@given(universes())
def test_the_reading_order_keeps_the_parts_of_a_series_together(essays):
    """In the reading order the parts of a series follow each other in their own order."""
    site = a_site(*essays)
    order = slugs(site.essays)
    for series in site.series:
        start = order.index(series.parts[0].slug)
        assert order[start : start + len(series.parts)] == slugs(series.parts)


@given(universes())
def test_essays_and_plays_name_each_other(essays):
    """An essay has a play exactly when the play has the essay, once, in reading order."""
    site = a_site(*essays)
    by_play = {play.slug: slugs(play.essays) for play in site.plays}
    by_essay = {slug: [play.slug for play in plays] for slug, plays in site.plays_of.items()}
    order = slugs(site.essays)
    assert by_play == {p: [e for e in order if p in by_essay.get(e, [])] for p in by_play}
    assert all(len(set(plays)) == len(plays) > 0 for plays in by_essay.values())


# Order


NOON = a_day(2).replace(hour=12)
EAST = NOON.replace(tzinfo=timezone(timedelta(hours=9)))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([a_part("z", day=1), a_part("y", day=2), a_part("x", day=3)], id="by date"),
        pytest.param([a_part("a"), a_part("b"), a_part("c")], id="on the same date by slug"),
        pytest.param([a_part("b", date=EAST), a_part("a", date=NOON)], id="by time, in whatever zone"),
        pytest.param(
            [a_part("a", day=3, part=-5), a_part("b", day=2, part=0), a_part("c", day=1, part=100)], id="by sort key"
        ),
    ],
)
def test_parts_are_sorted_by_sort_key_date_and_slug(parts):
    """Parts have the same order whatever the order of the files; sort keys may have gaps, be zero or negative."""
    site = a_site(*reversed(parts))
    assert slugs(site.series[0].parts) == slugs(parts)
    assert [site.places[part.slug].number for part in parts] == [*range(1, len(parts) + 1)]


def test_an_essay_put_in_the_middle_renumbers_what_follows():
    """A third essay between two others becomes part 2, the last becomes part 3, and the neighbours change."""
    first, last = a_part("first", part=10), a_part("last", part=20)
    assert a_site(first, last).places["last"].number == 2
    places = a_site(first, last, a_part("middle", day=9, part=15)).places
    assert [places[slug].number for slug in ("first", "middle", "last")] == [1, 2, 3]
    assert places["first"].next.slug == places["last"].previous.slug == "middle"


def test_a_part_taken_away_closes_the_gap():
    """When the middle part becomes a draft, the others are 1 of 2 and 2 of 2, and neighbours."""
    places = a_site(a_part("a"), a_part("b", day=2, status="draft"), a_part("c", day=3)).places
    assert [(places[slug].number, places[slug].total) for slug in "ac"] == [(1, 2), (2, 2)]
    assert places["a"].next.slug == "c"


def test_series_are_sorted_by_their_first_date_then_by_slug():
    """A single essay is between them by its own date, and the parts of two series are never mixed."""
    older, late = a_part("o", day=1, series="zebra"), a_part("late", day=9, series="zebra")
    others = [a_part(f"{name}{n}", day=3, series=name) for name in ("b", "a") for n in (1, 2)]
    site = a_site(*others, late, older, an_essay("single", date=a_day(2)))
    assert [series.slug for series in site.series] == ["zebra", "a", "b"]
    assert slugs(site.essays) == ["o", "late", "single", "a1", "a2", "b1", "b2"]


# Series


def test_an_essay_without_series_and_tags_just_stands_in_the_order():
    """An essay may belong to nothing."""
    site = a_site(an_essay("one"))
    assert slugs(site.essays) == ["one"]
    assert (site.series, site.plays, site.places, site.plays_of) == ((), (), {}, {})


def test_no_essays_make_an_empty_site():
    """Without essays there are no series and no plays."""
    site = a_site()
    assert (site.essays, site.series, site.plays) == ((), (), ())


def test_a_declared_series_without_a_published_part_is_there_and_empty():
    """A series file alone makes a series with its text and no parts, and it stands after those that began."""
    empty = a_series("a-plan", summary="Soon.", content="<p>Text.</p>")
    series = a_site(a_part("one"), series=[empty, a_series()]).series
    assert [each.slug for each in series] == ["turnings", "a-plan"]
    assert (series[1].parts, series[1].summary, series[1].content) == ((), "Soon.", "<p>Text.</p>")


@UNPUBLISHED
def test_a_series_that_only_unpublished_essays_name_does_not_exist(status):
    """Where no file declares it, a series needs a published part."""
    assert a_site(a_part("one", status=status)).series == ()


@UNPUBLISHED
def test_the_file_of_a_series_that_is_not_published_makes_no_series(status):
    """An unpublished series is nowhere, and its published essays stand alone, whatever else is declared."""
    for others in ([], [a_series("other")]):
        site = a_site(a_part("one"), series=[a_series(status=status), *others])
        assert [series.slug for series in site.series if series.parts] == []
        assert slugs(site.essays) == ["one"]


def test_the_name_of_an_undeclared_series_is_the_first_that_an_author_wrote():
    """Of two spellings of one series, the earliest part's is shown."""
    [series] = a_site(a_part("a", series="Two Minds"), a_part("b", day=2, series="two-minds")).series
    assert (series.title, series.slug, len(series.parts)) == ("Two Minds", "two-minds", 2)


@pytest.mark.parametrize(
    "other", ["TWO CAFÉS", "two-cafés", "two_cafés", " Two  Cafés ", normalize("NFD", "Two Cafés")]
)
@pytest.mark.parametrize("declared", [(), (a_series("two-cafes", title="Two Cafés"),)])
def test_spellings_of_one_series_are_one_series(other, declared):
    """Case, spaces, hyphens and the Unicode form do not make another series, declared or not."""
    [series] = a_site(a_part("a", series="Two Cafés"), a_part("b", day=2, series=other), series=declared).series
    assert slugs(series.parts) == ["a", "b"]


def test_a_declared_series_may_be_named_by_its_slug_or_its_title():
    """Both names of a series file lead to the same series."""
    page = a_series("minds", title="Of two minds")
    [series] = a_site(a_part("a", series="Minds"), a_part("b", series="of two minds"), series=[page]).series
    assert (series.title, slugs(series.parts)) == ("Of two minds", ["a", "b"])


def test_a_slug_goes_before_another_series_title():
    """A name that is the slug of one series and the title of another means the slug."""
    pages = [a_series("minds", title="Turnings"), a_series("turnings", title="Minds")]
    site = a_site(a_part("one", series="Turnings"), series=pages)
    assert site.places["one"].series.slug == "turnings"


def test_where_series_are_declared_no_other_is_made():
    """An essay that names a series that no file declares stands alone."""
    site = a_site(a_part("one", series="unknown"), series=[a_series()])
    assert [series.slug for series in site.series] == ["turnings"]
    assert site.places == {}


@pytest.mark.parametrize("name", ["Costs / benefits", 'The "how"', "<b>Bold</b> & co.", "a'b", "..", "../up"])
def test_a_name_with_marks_is_kept_as_it_was_written(name):
    """A series' or play's name keeps its slashes, quotes and angle brackets, and its slug has none of them."""
    site = a_site(a_part("one", series=f"{name} x", plays=(f"{name} y",)))
    assert (site.series[0].title, site.plays[0].title) == (f"{name} x", f"{name} y")
    assert not set("/\\\"'<>.&") & {*site.series[0].slug, *site.plays[0].slug}


def test_two_essays_of_one_title_are_two_parts():
    """Essays are told apart by their slugs, not by their titles."""
    site = a_site(a_part("one", title="Letting go"), a_part("two", day=2, title="Letting go"))
    assert [site.places[slug].number for slug in ("one", "two")] == [1, 2]


def test_planned_parts_are_kept_and_never_counted():
    """A planned part is neither a part nor a side of the ledger."""
    plan = PlannedPart("The last word", "cost", date(2009, 5, 1))
    [series] = a_site(a_part("one"), series=[a_series(planned=(plan,))]).series
    assert series.planned == (plan,)
    assert (slugs(series.parts), series.ledger.costs) == (["one"], ())


# The ledger


def test_a_cost_and_a_benefit_that_answer_each_other_are_a_pair():
    """A mutual pair stands in one row, and each part knows the other."""
    site = a_site(*a_couple())
    [pair] = site.series[0].ledger.pairs
    assert (pair.cost.slug, pair.benefit.slug) == ("price", "gain")
    assert (site.places["price"].answers, site.places["gain"].answers) == (pair.benefit, pair.cost)


def test_pairs_stand_in_the_order_of_their_earlier_parts():
    """A pair comes where its first part came, on whichever side that was."""
    late = a_couple("late-price", "late-gain")
    early = [a_part("gain", side="benefit", answers="price"), a_part("price", day=9, side="cost", answers="gain")]
    book = the_ledger(*late, *early)
    assert [pair.cost.slug for pair in book.pairs] == ["price", "late-price"]


@UNPUBLISHED
def test_a_counterpart_that_is_not_published_leaves_the_other_unpaired(status):
    """A published cost whose benefit is not published is listed alone and names nobody."""
    price, gain = a_couple()
    site = a_site(price, a_part("gain", side="benefit", answers="price", status=status))
    assert (site.series[0].ledger.pairs, slugs(site.series[0].ledger.costs)) == ((), ["price"])
    assert site.places["price"].answers is None
    assert gain.slug not in site.places


@pytest.mark.parametrize("back", [None, "price", "elsewhere"])
def test_an_answer_that_is_not_returned_makes_no_pair(back):
    """A cost that a benefit does not answer back is listed unpaired, and so is the benefit."""
    other = a_part("other", side="cost", answers="gain")
    book = the_ledger(a_part("gain", day=2, side="benefit", answers=back), other)
    assert (book.pairs, slugs(book.costs), slugs(book.benefits)) == ((), ["other"], ["gain"])


@pytest.mark.parametrize(("answers", "side"), [("b", "cost"), ("b", None), ("a", "benefit")])
def test_only_a_cost_and_a_benefit_make_a_pair(answers, side):
    """Two costs, a cost and an essay without a side, and an essay that answers itself are not pairs."""
    book = the_ledger(a_part("a", side="cost", answers=answers), a_part("b", day=2, side=side, answers="a"))
    assert (book.pairs, book.costs[0].slug) == ((), "a")


def test_a_pair_never_crosses_two_series():
    """A cost of one series and a benefit of another are listed unpaired, each in its own ledger."""
    price, gain = a_couple()
    site = a_site(price, a_part("gain", series="other", side="benefit", answers="price"))
    assert [series.ledger.pairs for series in site.series] == [(), ()]
    assert gain.answers == "price"


def test_parts_without_a_side_stand_around_and_between():
    """Before the first entry is the opening, after the last the closing, and the rest is between."""
    sides = {"a": None, "b": "cost", "c": None, "d": "benefit", "e": None}
    book = the_ledger(*(a_part(slug, side=side) for slug, side in sides.items()))
    assert [slugs(book.opening), slugs(book.between), slugs(book.closing)] == [["a"], ["c"], ["e"]]


def test_a_series_without_any_side_is_all_opening():
    """Where nothing is weighed, every part is listed as an opening."""
    book = the_ledger(a_part("a"), a_part("b"))
    assert (slugs(book.opening), book.between, book.closing) == (["a", "b"], (), ())


# Languages


def test_a_translation_is_the_same_part():
    """A translated part has its original's number, and the total does not change."""
    site = a_site(*(both := (a_part("a"), a_part("b", day=2))), a_translation(both[0]))
    assert [part.lang for part in site.series[0].parts] == ["en", "en"]
    assert (site.places["a"].number, site.places["a"].total) == (1, 2)
    assert [version.lang for version in site.translations["a"]] == ["fr"]


def test_translations_stand_in_the_order_of_their_languages():
    """The versions of an essay are listed by language, whichever was written first."""
    essay = an_essay("a", date=a_day(9))
    site = a_site(*(a_translation(essay, lang, date=a_day(n)) for n, lang in enumerate(("pt", "de", "fr"), 1)), essay)
    assert [version.lang for version in site.translations["a"]] == ["de", "fr", "pt"]


def test_an_essay_only_in_another_language_is_a_part_of_its_own():
    """Without a version in the site's language, the first one there is counts as the part."""
    site = a_site(a_part("a"), a_part("b", day=2, lang="fr"))
    assert (site.places["b"].number, site.translations) == (2, {})


def test_the_translation_of_a_draft_is_the_part_in_its_place():
    """While the original is a draft, its published translation is the part, and the draft is nowhere."""
    draft = a_part("a", title="Canary", status="draft")
    site = a_site(draft, a_translation(draft, title="Version", status=PUBLISHED))
    assert [part.title for part in site.series[0].parts] == ["Version"]
    assert site.translations == {}


def test_the_sites_language_says_which_version_is_the_original():
    """The same essays on a French site are French parts with English translations."""
    essay = a_part("a")
    site = assemble.site([essay, a_translation(essay)], [], [], str.lower, default_lang="fr")
    assert site.series[0].parts[0].lang == "fr"
    assert [version.lang for version in site.translations["a"]] == ["en"]


# Plays


@pytest.mark.parametrize("other", ["LET GO", "let-go", "let_go", " Let  go "])
def test_spellings_of_one_play_are_one_play(other):
    """Case, spaces and hyphens do not make another play, and the first spelling is shown."""
    [play] = a_site(an_essay("a", plays=("Let go",)), an_essay("b", plays=(other,))).plays
    assert (play.title, slugs(play.essays)) == ("Let go", ["a", "b"])


def test_a_play_named_twice_in_one_essay_is_taught_once():
    """Two spellings in one essay are one play of that essay."""
    site = a_site(an_essay("a", plays=("let-go", "Let go")))
    assert slugs(site.plays[0].essays) == ["a"]
    assert len(site.plays_of["a"]) == 1


def test_names_that_differ_in_a_mark_are_two_plays():
    """``C++`` and ``C#`` are two plays where files declare both."""
    pages = [a_play("c-plus-plus", title="C++"), a_play("c-sharp", title="C#")]
    plays = a_site(an_essay("a", plays=("C++",)), an_essay("b", plays=("c#",)), plays=pages).plays
    assert {play.slug: slugs(play.essays) for play in plays} == {"c-sharp": ["b"], "c-plus-plus": ["a"]}


def test_two_series_may_share_a_play():
    """A play lists the essays of all series, in reading order."""
    essays = [a_part(name, day=n, series=name, plays=("p",)) for n, name in enumerate("ba", start=1)]
    [play] = a_site(*essays, an_essay("c", date=a_day(3), plays=("p",))).plays
    assert slugs(play.essays) == ["b", "a", "c"]


def test_a_declared_play_that_nobody_teaches_is_there_and_empty():
    """A play's file alone makes a play with its text and no essays."""
    [play] = a_site(plays=[a_play(summary="Why.", content="<p>How.</p>")]).plays
    assert (play.essays, play.summary, play.content) == ((), "Why.", "<p>How.</p>")


def test_where_plays_are_declared_no_other_is_made():
    """A tag that no file declares makes no play."""
    site = a_site(an_essay("a", plays=("unknown", "let-go")), plays=[a_play("let-go")])
    assert [play.slug for play in site.plays] == ["let-go"]
    assert [play.slug for play in site.plays_of["a"]] == ["let-go"]


@UNPUBLISHED
def test_the_file_of_a_play_that_is_not_published_makes_no_play(status):
    """An unpublished play is nowhere, whatever essays say and whatever else is declared."""
    for others in ([], [a_play("other", related=("let-go",))]):
        site = a_site(an_essay("a", plays=("let-go",)), plays=[a_play("let-go", status=status), *others])
        assert "let-go" not in {slug for play in site.plays for slug in (play.slug, *play.related)}
        assert site.plays_of == {}


def test_the_playbook_stands_in_its_authors_order_then_by_title():
    """Plays with an order come first, by it; the others follow by their titles."""
    pages = [a_play("b"), a_play("a", title="Zeal"), a_play("z", order=2), a_play("y", order=10)]
    assert [play.slug for play in a_site(plays=pages).plays] == ["z", "y", "b", "a"]


@pytest.mark.parametrize(
    ("declared", "related"), [(("Play c", "nowhere", "b"), ("c", "b")), (("b", "a", "B"), ("b",)), ((), ("d",))]
)
def test_declared_related_plays_go_before_those_taught_together(declared, related):
    """They keep their order, by slug or title; unknown ones, the play itself and repetitions are left out."""
    pages = [a_play("a", related=declared), a_play("b"), a_play("c", title="Play C"), a_play("d")]
    [first, *_] = a_site(an_essay("one", plays=("a", "d")), plays=pages).plays
    assert first.related == related


def test_related_plays_are_those_most_often_taught_together():
    """Without a declaration, the plays that share most essays are related, the most frequent first, three at most."""
    taught = [("a", "b", "c"), ("a", "c"), ("a", "d"), ("a", "e")]
    plays = a_site(*(an_essay(f"e{n}", plays=names) for n, names in enumerate(taught))).plays
    assert {play.slug: play.related for play in plays}["a"] == ("c", "b", "d")


@given(universes())
def test_taught_together_is_mutual_and_never_oneself(essays):
    """A play is never related to itself, and only to plays that share an essay with it."""
    site = a_site(*essays)
    together = {frozenset((a.slug, b.slug)) for plays in site.plays_of.values() for a in plays for b in plays}
    for play in site.plays:
        assert play.slug not in play.related
        assert all({play.slug, other} in together for other in play.related)


def test_what_no_published_essay_uses_is_not_on_the_site():
    """A declared series or play shows once a published essay uses it, or when its file says so."""
    draft = a_part("one", status=DRAFT, plays=("let-go",))
    declared = {
        "series": [a_series("turnings", announced=False), a_series("shown")],
        "plays": [a_play("let-go", announced=False, related=("shown",)), a_play("shown", related=("let-go",))],
    }
    before = a_site(draft, **declared)
    assert ([s.slug for s in before.series], [p.slug for p in before.plays]) == (["shown"], ["shown"])
    assert before.plays[0].related == ()
    after = a_site(replace(draft, status=PUBLISHED), **declared)
    assert {each.slug for each in (*after.series, *after.plays)} == {"turnings", "let-go", "shown"}
    assert {play.slug: play.related for play in after.plays} == {"let-go": ("shown",), "shown": ("let-go",)}
