"""Builds as of another day: the site as it was then, or as it will be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_manuscript
from essay_series.sources.schedule import UnreadableMomentError, moment, scheduled, unlinked

PAIR = {"Series": "turnings", "Tags": "let-go"}


@pytest.fixture
def years(site):
    """Return a site with past and future essays, a draft, and one that answers a later one."""
    site.write("content/series/turnings.md", "Title: Turnings\n\nText.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\n\nText.\n")
    site.essay("opening", Date="2009-04-01", **PAIR)
    site.essay("price", Date="2009-04-02", Side="cost", Entry="A price.", Answers="gain", **PAIR)
    site.essay("hidden", Date="2009-04-02", Status="hidden")
    site.essay("gain", Date="2009-04-03 18:30", Side="benefit", Entry="A gain.", Answers="price", **PAIR)
    site.essay("unseen", Date="2009-04-04", Status="hidden")
    site.essay("draft", Date="2009-04-01", Status="draft", **PAIR)
    return site.essay("closing", Date="2999-01-01", **PAIR)


def built(site, as_of=""):
    """Build `site` as of a moment."""
    site.environment = {"AS_OF": as_of}
    build = site.build()
    assert build.code == 0, build.said
    return build.files()


def without(site, *slugs):
    """Remove essays, and the answers to them."""
    for slug in slugs:
        site.remove(f"content/essays/{slug}.md")
    price = site.folder / "content/essays/price.md"
    if "gain" in slugs and price.exists():
        price.write_text(price.read_text().replace("Answers: gain\n", ""))


@pytest.mark.parametrize(
    ("as_of", "later"),
    [
        ("2009-04-01", ("price", "hidden", "gain", "unseen", "closing")),
        ("2009-04-02", ("gain", "unseen", "closing")),
        ("2009-04-03 18:29", ("gain", "unseen", "closing")),
        ("2009-04-03 18:30", ("unseen", "closing")),
        ("2009-04-03", ("unseen", "closing")),
        ("2998-12-31", ("closing",)),
        ("2999-01-01", ()),
    ],
)
def test_as_of_a_day_the_site_is_the_one_without_what_came_later(years, as_of, later):
    """The output equals that of a site without the later files, byte for byte."""
    then = built(years, as_of)
    without(years, *later)
    assert then == built(years, "2999-01-01")


def test_without_a_day_the_present_time_counts(years):
    """As of today, future essays are left out, and past ones are published."""
    files = built(years)
    assert "essays/gain/index.html" in files
    assert "essays/closing/index.html" not in files


def test_links_to_later_essays_are_replaced_by_their_text(years):
    """As of an earlier day, links to essays that were not published then are left out without a problem."""
    years.essay("opening", "See [the *gain*]({filename}gain.md#x), [price]({filename}/essays/price.md).", **PAIR)
    years.essay(
        "gain", "## X {#x}\n\nText.", Date="2009-04-03", Side="benefit", Entry="A gain.", Answers="price", **PAIR
    )
    page = built(years, "2009-04-02")["essays/opening/index.html"].decode()
    assert "See the <em>gain</em>, <a" in page
    assert "essays/gain" not in page
    assert 'href="/essays/gain/#x"' in built(years, "2009-04-03")["essays/opening/index.html"].decode()


def test_links_to_drafts_are_mistakes_on_every_day(years):
    """As of an earlier day, only links to later essays are excused."""
    years.essay("opening", "See [it]({filename}draft.md).", **PAIR)
    years.environment = {"AS_OF": "2009-04-01"}
    build = years.build()
    assert build.code == 1
    assert "[link-to-unpublished]" in build.said


def test_a_published_record_does_not_forbid_an_earlier_day(years):
    """As of an earlier day, addresses that were published later are not missed."""
    assert years.publish("https://e.example").code == 0
    assert "essays/price/index.html" not in built(years, "2009-04-01")


def test_a_publication_refuses_as_of(years):
    """A publication with AS_OF is refused."""
    done = years.publish("https://e.example", AS_OF="2999-01-01")
    assert (done.code, done.output.exists()) == (1, False)
    assert "make publish always uses the current time; remove AS_OF." in done.said


def test_feeds_can_be_compared_as_of_a_later_day(years):
    """The feeds can be compared as of a later day; an unreadable AS_OF is an error in every command."""
    assert years.publish("https://e.example").code == 0
    told = years.publish("https://e.example", command="feed-diff", AS_OF="2999-01-01")
    assert "feeds/all.atom.xml: new: Closing" in told.said
    for command in ("feed-diff", "status", "due"):
        wrong = years.publish("https://e.example", command=command, AS_OF="then")
        assert (wrong.code, wrong.said.count("\n")) == (1, 1)


@pytest.mark.parametrize("text", ["2009-13-01", "tomorrow", "5 April 2009", "2009-04-05 25:00", "2009"])
def test_an_unreadable_day_is_refused(site, text):
    """A build with an unreadable AS_OF stops with one sentence and writes nothing."""
    site.environment = {"AS_OF": text}
    build = site.essay("one").build()
    assert build.code == 1
    assert f'AS_OF: "{text}" is not a date. Write AS_OF=2009-04-05' in " ".join(build.said.split())
    assert "Traceback" not in build.said
    assert not build.output.exists()


def test_a_day_is_meant_to_its_end_in_the_sites_zone():
    """A day means its last moment; a time is exact to the second."""
    vienna = ZoneInfo("Europe/Vienna")
    assert moment("2009-04-05", vienna).isoformat() == "2009-04-05T23:59:59.999999+02:00"
    assert moment("2009-04-05 18:30", vienna).isoformat() == "2009-04-05T18:30:00+02:00"
    assert moment("2009-04-05T18:30 -05:00", vienna).isoformat() == "2009-04-05T18:30:00-05:00"
    with pytest.raises(UnreadableMomentError):
        moment("", UTC)


@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)))  # noqa: DTZ001 - zoned below
def test_a_day_holds_every_moment_of_it_and_none_of_the_next(instant):
    """An essay is published as of its day, and not as of the day before."""
    instant = instant.replace(tzinfo=UTC)
    yesterday = instant - timedelta(days=1)
    assert moment(instant.date().isoformat(), UTC) >= instant
    assert moment(yesterday.date().isoformat(), UTC) < instant


def test_scheduled_essays_are_listed_by_day():
    """Scheduled essays are listed by day, without drafts."""
    head = "Title: {0}\nDate: {1}\nStatus: {2}\n\nText.\n"
    dates = {"b": "2030-01-02", "a": "2030-01-02", "c": "2030-01-01", "past": "2009-04-01"}
    files = {f"essays/{slug}.md": head.format(slug, day, "published") for slug, day in dates.items()}
    files["essays/draft.md"] = head.format("Draft", "2030-01-01", "Draft")
    files["essays/hidden.md"] = head.format("Hidden", "2030-01-03", "hidden")
    assert [essay.slug for essay in scheduled(a_manuscript(files))] == ["c", "a", "b", "hidden"]


def test_only_links_to_scheduled_essays_are_removed():
    """Other links, other kinds of link and other tags stay as they are."""
    html = (
        '<a class="x" href="{filename}b.md">B</a> <a href="{filename}c.md">C</a> <a href="/b.md">D</a> <abbr>E</abbr>'
    )
    expected = 'B <a href="{filename}c.md">C</a> <a href="/b.md">D</a> <abbr>E</abbr>'
    assert unlinked(html, "essays/a.md", {"essays/b.md"}) == expected
