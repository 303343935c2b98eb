"""A theme written for the pelican-series plugin reads the same from this one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from pelican.plugins.series.series import generate_serie

from builders import a_day, a_part, a_site
from essay_series.adapter.compat import ArticleSeries

KEYS = ("name", "index", "all", "all_previous", "all_next", "previous", "next", "lang")
LENGTHS = st.integers(1, 6)
JINJA = Environment(undefined=StrictUndefined, autoescape=True)


@dataclass(eq=False)
class Content:
    """What pelican-series needs of an article: a place to put its series."""

    title: str = ""
    series: dict[str, object] | None = None


def theirs(length: int) -> list[Content]:
    """Return the published parts of a series of `length`, as pelican-series leaves them."""
    items = [{"index": 0, "date": a_day(day), "content": Content(f"T{day}")} for day in range(1, length + 1)]
    return generate_serie("Turnings", items, "date")


def ours(run: list[Content], position: int | None) -> ArticleSeries:
    """Return the place of one of the contents `run`, as this plugin gives it."""
    return ArticleSeries("Turnings", run, position, "en")


@given(LENGTHS)
def test_as_a_mapping_it_is_what_pelican_series_gives(length):
    """Every published part has the same keys with the same values."""
    for position, content in enumerate(run := theirs(length)):
        assert dict(ours(run, position)) == content.series


@given(LENGTHS)
def test_in_a_template_it_is_what_pelican_series_gives(length):
    """A template reads the same by attribute and by key."""
    for position, content in enumerate(run := theirs(length)):
        for key in KEYS:
            for way in (f"series.{key}", f"series['{key}']"):
                read = JINJA.compile_expression(way)
                assert read(series=ours(run, position)) == read(series=content.series) == content.series[key]


@given(LENGTHS)
def test_a_themes_own_list_comes_out_the_same(length):
    """A template for pelican-series gives the same text."""
    template = JINJA.from_string(
        "{% if series %}{{ series.index }}/{{ series.all|count }} {{ series.name }}"
        "{{ series.next.title if series.next }}"
        "{% for each in series.all_previous %}<{{ each.title }}{% endfor %}"
        "{% for each in series.all_next %}>{{ each.title }}{% endfor %}{% endif %}"
    )
    for position, content in enumerate(run := theirs(length)):
        assert template.render(series=ours(run, position)) == template.render(series=content.series)


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(-3, 9)), unique_by=(lambda p: p[0], lambda p: p[1])),
    st.booleans(),
)
def test_parts_stand_in_the_order_that_pelican_series_gives(keys, by_index):
    """By date, or by ``Series_index`` where all essays have one, both plugins agree; 0 means none there."""
    keys = [(day, index) for day, index in keys if index]
    parts = [a_part(f"p{day}", day, part=index if by_index else None) for day, index in keys]
    items = [{"index": p.part or 0, "date": p.date, "content": Content(p.slug)} for p in parts]
    expected = [content.title for content in generate_serie("turnings", items, "date")]
    assert [part.slug for series in a_site(*parts).series for part in series.parts] == expected


def test_a_draft_sees_the_published_parts_and_is_not_among_them():
    """A draft has the series' name and all published parts, and neither number nor neighbours."""
    series = ours(run := theirs(3), None)
    assert (series["name"], series["all"], series["lang"]) == ("Turnings", run, "en")
    assert [series[key] for key in ("index", "previous", "next")] == [None, None, None]
    assert series["all_previous"] == series["all_next"] == []


def test_an_unknown_key_is_no_key():
    """What pelican-series does not offer is missing, as in any mapping."""
    series = ours(theirs(1), 0)
    assert "position" not in series
    assert series.get("run", "none") == "none"
    with pytest.raises(KeyError):
        series["nonsense"]


def test_a_theme_cannot_change_the_run():
    """The lists that a theme gets are its own."""
    series = ours(run := theirs(2), 0)
    series["all"].clear()
    assert len(series["all"]) == len(run) == 2


def test_the_keys_are_those_of_pelican_series():
    """Neither plugin offers a key that the other has not; the address of the series' page is no key."""
    [content] = theirs(1)
    assert set(content.series) == set(ArticleSeries.KEYS) == set(KEYS)
