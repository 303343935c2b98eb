"""Verdicts: how a pair weighs, from the front matter of one of its essays to everything that shows the pair."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from builders import a_couple, a_part, a_site, a_translation, an_essay, universes, views_of
from essay_series.metadata import Publication, graph
from essay_series.metadata.index import index_json
from essay_series.model import Verdict, verdict_in
from essay_series.views.kinds.data import ledger
from feeds.sites import feed_files

WORTH = Verdict("benefit", "It is worth it.")
LEDGER = "series/turnings/index.html"
SITE = Publication("https://e.example", "A site", "A. Author", "", "en")


def weighed(standing: str = "outweighs", text: str = WORTH.text) -> list:
    """Return a cost, the benefit that answers it and holds the verdict, and an essay behind them."""
    price, gain = a_couple()
    return [price, replace(gain, standing=standing, verdict=text), a_part("end", day=3)]


@pytest.mark.parametrize(
    ("side", "standing", "outcome"),
    [
        ("benefit", "outweighs", "benefit"),
        ("benefit", "outweighed", "cost"),
        ("cost", "outweighs", "cost"),
        ("cost", "outweighed", "benefit"),
        ("cost", "level", "level"),
        ("benefit", "depends", "depends"),
    ],
)
def test_a_standing_is_that_of_its_own_essay(side, standing, outcome):
    """An essay that outweighs is on the heavier side, whichever of the two it is."""
    assert verdict_in(an_essay(side=side, standing=standing, verdict="So.")) == Verdict(outcome, "So.")


@pytest.mark.parametrize("facts", [{"side": None}, {"standing": None}, {"verdict": ""}])
def test_half_a_verdict_is_none(facts):
    """Without a side, a standing or a sentence there is no verdict."""
    assert verdict_in(an_essay(**{"side": "cost", "standing": "level", "verdict": "So.", **facts})) is None


def test_either_essay_of_a_pair_may_have_its_verdict():
    """A verdict in the cost is the same as the mirrored one in the benefit."""
    price, gain, _ = weighed()
    mirrored = [replace(price, standing="outweighed", verdict=WORTH.text), replace(gain, standing=None, verdict="")]
    for pair in ([price, gain], mirrored):
        assert [each.verdict for each in a_site(*pair).series[0].ledger.pairs] == [WORTH]


def test_the_ledger_and_both_pages_show_the_verdict():
    """A verdict is in the row of its pair, on the pages of both essays, and on no other page."""
    views = views_of(*weighed())
    assert [row.verdict.text for row in views[LEDGER].rows] == [WORTH.text]
    line = views[LEDGER].rows[0].verdict
    assert [views[f"essays/{slug}/index.html"].verdict for slug in ("price", "gain", "end")] == [line, line, None]


def test_a_ledger_counts_its_verdicts():
    """It has the number of pairs with each outcome in words, without pairs that have no verdict."""
    price, gain, _ = weighed()
    more = [
        replace(
            e,
            source=f"essays/{e.slug}-2.md",
            slug=f"{e.slug}-2",
            answers=f"{e.answers}-2",
            standing=e.standing and "level",
        )
        for e in (price, gain)
    ]
    bare = [
        replace(e, source=f"essays/{e.slug}-3.md", slug=f"{e.slug}-3", answers=f"{e.answers}-3", standing=None)
        for e in (price, gain)
    ]
    assert views_of(price, gain, *more, *bare)[LEDGER].weighed == "in 1 the benefit outweighs, 1 is level"
    assert views_of(*bare)[LEDGER].weighed == ""


def test_a_translation_shows_the_verdict_in_its_own_language():
    """The page of a translated essay has the translated verdict, and where there is none the original's."""
    price, gain, _ = weighed()
    french = [a_translation(price), a_translation(gain, verdict="Cela vaut la peine.")]
    views = views_of(price, gain, *french)
    assert views["essays/price/fr/index.html"].verdict.text == "Cela vaut la peine."
    assert views["essays/price/index.html"].verdict.text == WORTH.text
    bare = [replace(each, verdict="", standing=None) for each in french]
    assert views_of(price, gain, *bare)["essays/gain/fr/index.html"].verdict.text == WORTH.text


@given(universes())
def test_only_pairs_that_are_published_are_weighed(essays):
    """No page shows the verdict of an essay that is not published, and none stands without a pair."""
    views = views_of(*essays)
    assert "canary" not in repr(views).lower()
    assert all(view.answers for view in views.values() if getattr(view, "verdict", None))


def test_the_verdict_is_in_the_data_for_programs():
    """The JSON of the ledger, the index of all texts and JSON-LD have the outcome and the reason."""
    views = views_of(*weighed())
    assert ledger(views[LEDGER], "", "en")["pairs"] == [
        {"cost": "price", "benefit": "gain", "outcome": "benefit", "verdict": WORTH.text}
    ]
    listed = {each["title"]: each for each in json.loads(index_json(views, SITE))["essays"]}
    assert (listed["Gain"]["outcome"], listed["End"]["outcome"]) == ("benefit", None)
    (told,) = graph(views[LEDGER], SITE)["@graph"][0]["subjectOf"]
    assert (told["@type"], told["name"], told["text"]) == ("Quotation", "The benefit outweighs the cost", WORTH.text)
    assert told["about"] == [{"@id": f"https://e.example/essays/{slug}/"} for slug in ("price", "gain")]


def test_the_verdict_is_in_feeds():
    """An item has the essay that it is weighed against and the outcome, in words and as data."""
    files = feed_files(*weighed())
    price, gain, end = json.loads(files["feeds/series/turnings.json"])["items"]
    against = '<p>Weighed against <a href="https://e.example/essays/gain/">Gain</a>'
    said = f"{against}: The benefit outweighs the cost. It is worth it.</p>"
    assert said in price["content_html"]
    assert "The benefit outweighs the cost" in gain["content_html"]
    assert gain["_essay_series"]["outcome"] == "benefit"
    assert "Weighed" not in end["content_html"]
    bare = json.loads(feed_files(*a_couple())["feeds/series/turnings.json"])["items"]
    assert f"{against}.</p>" in bare[0]["content_html"]


def test_a_ledger_without_verdicts_has_two_columns(site):
    """If no pair is weighed, there is no column for verdicts; else all rows have one."""
    pair = {"Series": "turnings", "Entry": "An entry.", "Status": None}
    site.essay("price", Side="cost", Answers="gain", **pair)
    site.essay("gain", Date="2009-04-02", Side="benefit", Answers="price", **pair)
    page = site.build().page(LEDGER)
    assert (page.count("<th "), page.lower().count('verdict">')) == (2, 0)
    site.essay("gain", Date="2009-04-02", Side="benefit", Answers="price", Standing="level", Verdict="So.", **pair)
    site.essay("price-2", Side="cost", Answers="gain-2", **pair)
    site.essay("gain-2", Date="2009-04-02", Side="benefit", Answers="price-2", **pair)
    build = site.build()
    page = build.page(LEDGER)
    assert (page.count("<th "), page.count("<td ")) == (3, 6)
    assert (page.count("Cost and benefit are level."), page.count("Not weighed yet.")) == (1, 1)
    assert "Cost and benefit are level." in build.page("series/turnings/book/index.html")
