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
    """The attributes of an article that pelican-series needs."""

    title: str = ""
    series: dict[str, object] | None = None


def theirs(length: int) -> list[Content]:
    """Return the published parts of a series of `length` with their `series` from pelican-series."""
    items = [{"index": 0, "date": a_day(day), "content": Content(f"T{day}")} for day in range(1, length + 1)]
    return generate_serie("Turnings", items, "date")


def ours(run: list[Content], position: int | None) -> ArticleSeries:
    """Return the `series` that this plugin gives to one of the contents `run`."""
    return ArticleSeries("Turnings", run, position, "en")


@given(LENGTHS)
def test_keys_and_values_are_the_same(length):
    """As a mapping, the series of each part equals that of pelican-series."""
    for position, content in enumerate(run := theirs(length)):
        assert dict(ours(run, position)) == content.series


@given(LENGTHS)
def test_templates_read_the_same(length):
    """A template reads the same values by attribute and by key."""
    for position, content in enumerate(run := theirs(length)):
        for key in KEYS:
            for way in (f"series.{key}", f"series['{key}']"):
                read = JINJA.compile_expression(way)
                assert read(series=ours(run, position)) == read(series=content.series) == content.series[key]


@given(LENGTHS)
def test_a_template_for_pelican_series_renders_the_same(length):
    """A template written for pelican-series gives the same text."""
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
def test_parts_have_the_same_order(keys, by_index):
    """Both plugins sort by date, or by ``Series_index`` if all essays have one; they treat 0 as none."""
    keys = [(day, index) for day, index in keys if index]
    parts = [a_part(f"p{day}", day, part=index if by_index else None) for day, index in keys]
    items = [{"index": p.part or 0, "date": p.date, "content": Content(p.slug)} for p in parts]
    expected = [content.title for content in generate_serie("turnings", items, "date")]
    assert [part.slug for series in a_site(*parts).series for part in series.parts] == expected


def test_a_draft_has_the_parts_but_no_position():
    """A draft has the name and the published parts of its series, but neither index nor neighbours."""
    series = ours(run := theirs(3), None)
    assert (series["name"], series["all"], series["lang"]) == ("Turnings", run, "en")
    assert [series[key] for key in ("index", "previous", "next")] == [None, None, None]
    assert series["all_previous"] == series["all_next"] == []


def test_an_unknown_key_is_missing():
    """A key that pelican-series does not have raises KeyError."""
    series = ours(theirs(1), 0)
    assert "position" not in series
    assert series.get("run", "none") == "none"
    with pytest.raises(KeyError):
        series["nonsense"]


def test_lists_are_copies():
    """A theme that changes a list does not change the series."""
    series = ours(run := theirs(2), 0)
    series["all"].clear()
    assert len(series["all"]) == len(run) == 2


def test_the_keys_are_the_same():
    """Both plugins have the same keys; the URL of the page of the series is not among them."""
    [content] = theirs(1)
    assert set(content.series) == set(ArticleSeries.KEYS) == set(KEYS)
