"""Promises: open until kept, then links; never a trace of what is not published."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_manuscript
from essay_series.names import fold
from essay_series.sources.promises import PromiseState, promise_states, promises, with_promises_resolved

ESSAY = "Title: {0}\nDate: 2009-04-0{1}\nSeries: turnings\n\nText.\n"
SERIES = "Title: Turnings\nStatus: published\n{0}\nText.\n"
OPEN = '<p>I will, <span data-promise="two">over the <span class="caps">NEXT</span> days</span>, write.</p>'


def known(files) -> dict[str, PromiseState]:
    """Return the standing of everything that the sources `files` can promise."""
    return dict(promise_states(a_manuscript(files)))


def test_a_kept_promise_is_a_link_and_nothing_more():
    """The phrase becomes a link to the page, whatever is inside it, and the text around stays."""
    found = with_promises_resolved(OPEN, {"two": PromiseState("essays/two.md")})
    link = '<a class="promise" href="{filename}/essays/two.md">over the <span class="caps">NEXT</span> days</a>'
    assert found == f"<p>I will, {link}, write.</p>"


def test_an_open_promise_says_so_with_its_day():
    """Readers are told that it is promised, and for when where a day is planned."""
    dated = with_promises_resolved(OPEN, {"two": PromiseState(due=date(2009, 5, 1))})
    assert '<span class="promise">over the' in dated
    assert '(promised for <time datetime="2009-05-01">1 May 2009</time>)</span></span>, write.' in dated
    assert "(promised)</span>" in with_promises_resolved(OPEN, {"two": PromiseState()})


def test_the_name_of_what_is_not_published_is_not_said():
    """A draft's slug stands in the source and in no page."""
    assert "two" not in with_promises_resolved(OPEN, {"two": PromiseState()})


@pytest.mark.parametrize("html", ["<p>x</p>", '<span class="caps">A</span> </span>', "<span>a<span>b</span></span>"])
def test_other_spans_stay_as_they_are(html):
    """Only promises are changed."""
    assert with_promises_resolved(html, {}) == html


def test_an_essay_keeps_a_promise_by_slug_or_title_once_it_is_published():
    """A draft is open, with the day of the planned part of its name; the published essay keeps it."""
    files = {
        "essays/two.md": "Title: The second\nStatus: draft\n\nText.\n",
        "series/turnings.md": SERIES.format("Planned: The second | cost | 2009-05-01\n"),
    }
    assert known(files)[fold("The second")] == PromiseState(due=date(2009, 5, 1))
    assert known(files)["two"] == PromiseState()
    files["essays/two.md"] = ESSAY.format("The second", 2)
    assert known(files)[fold("The second")] == known(files)["two"] == PromiseState("essays/two.md")


def test_a_future_essay_does_not_keep_a_promise_before_its_day():
    """What lies ahead is still promised."""
    assert known({"essays/two.md": "Title: Two\nDate: 2999-01-01\n\nText.\n"})["two"] == PromiseState()


def test_a_play_keeps_a_promise():
    """A declared play can be promised by slug and by title; one that is a draft, or that nothing uses, is open."""
    files = {"playbook/let-go.md": "Title: Let it go\nStatus: published\n\nText.\n"}
    assert known(files)[fold("let-go")] == known(files)[fold("Let it go")] == PromiseState("playbook/let-go.md")
    for status in ("Status: draft\n", ""):
        assert known({"playbook/let-go.md": f"Title: Let go\n{status}\nText.\n"})[fold("let-go")] == PromiseState()


def test_a_series_that_does_not_show_tells_no_day():
    """A part that is planned in a series of drafts alone is promised without the day that its file names."""
    planned = SERIES.format("Planned: Two | cost | 2009-05-01\n")
    assert known({"series/turnings.md": planned})["two"].due == date(2009, 5, 1)
    for hidden in ("", "Status: draft\n"):
        files = {"series/turnings.md": planned.replace("Status: published\n", hidden)}
        assert known(files)["two"] == PromiseState()


def test_a_series_keeps_a_promise_when_nothing_of_it_is_planned_any_more():
    """A promise of the whole series is open while a part is to come, until the day of the last."""
    planned = "Planned: Three | cost | 2009-05-01\nPlanned: Four | benefit | 2009-06-01\n"
    files = {"essays/one.md": ESSAY.format("One", 1), "essays/two.md": ESSAY.format("Two", 2)}
    assert known({**files, "series/turnings.md": SERIES.format(planned)})["turnings"] == PromiseState(
        due=date(2009, 6, 1)
    )
    assert known({**files, "series/turnings.md": SERIES.format("")})["turnings"] == PromiseState("series/turnings.md")
    del files["essays/two.md"]
    assert known({**files, "series/turnings.md": SERIES.format("")})["turnings"] == PromiseState()


def test_a_promise_knows_its_place_and_whether_it_is_overdue():
    """An author is told where an overdue promise is written; code that looks like one is none."""
    text = '`<span data-promise="x">y</span>`\n\nText <span data-promise="Three">so\non</span>.\n'
    files = {
        "essays/one.md": f"Title: One\nDate: 2009-04-01\n\n{text}",
        "series/turnings.md": SERIES.format("Planned: Three | cost | 2009-05-01\n"),
    }
    (promise,) = promises(a_manuscript(files))
    assert (promise.phrase.line, promise.phrase.column, promise.phrase.phrase) == (6, 26, "so on")
    assert promise.overdue(date(2009, 5, 2))
    assert not promise.overdue(date(2009, 5, 1))


def test_a_built_page_shows_promises_kept_and_open(site):
    """The real build links what is published, also in feeds, and names no draft."""
    site.write("content/series/turnings.md", SERIES.format("Planned: A third gift | benefit | 2009-05-01\n"))
    body = (
        'So <span data-promise="two">soon</span>, <span data-promise="canary">later</span> '
        'and <span data-promise="a-third-gift">then</span>.'
    )
    site.essay("one", body, Series="turnings").essay("two", Series="turnings", Date="2009-04-02")
    site.essay("canary", Status="draft")
    build = site.build()
    assert build.code == 0, build.said
    page = build.page("essays/one/index.html")
    assert '<a class="promise" href="/essays/two/">soon</a>' in page
    assert 'then <span class="promise-state">(promised for <time datetime="2009-05-01">1 May 2009</time>)' in page
    assert 'href="http://127.0.0.1:8000/essays/two/">soon</a>' in build.page("feeds/all.atom.xml")
    assert "canary" not in build.published()
