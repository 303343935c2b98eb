"""Promises: text while open, links once kept, and no trace of unpublished essays."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_manuscript
from essay_series.names import fold
from essay_series.sources.promises import PromiseState, promise_states, promises, with_promises_resolved

ESSAY = "Title: {0}\nDate: 2009-04-0{1}\nSeries: turnings\n\nText.\n"
SERIES = "Title: Turnings\nStatus: published\n{0}\nText.\n"
OPEN = '<p>I will, <span data-promise="two">over the <span class="caps">NEXT</span> days</span>, write.</p>'


def states(files) -> dict[str, PromiseState]:
    """Return the state of everything that the sources `files` can promise."""
    return dict(promise_states(a_manuscript(files)))


def test_a_kept_promise_is_a_link():
    """The phrase becomes a link to the page, whatever markup is in it."""
    found = with_promises_resolved(OPEN, {"two": PromiseState("essays/two.md")})
    link = '<a class="promise" href="{filename}/essays/two.md">over the <span class="caps">NEXT</span> days</a>'
    assert found == f"<p>I will, {link}, write.</p>"


def test_an_open_promise_has_its_date():
    """An open promise is marked as promised, with its planned date if there is one."""
    dated = with_promises_resolved(OPEN, {"two": PromiseState(due=date(2009, 5, 1))})
    assert '<span class="promise">over the' in dated
    assert '(promised for <time datetime="2009-05-01">1 May 2009</time>)</span></span>, write.' in dated
    assert "(promised)</span>" in with_promises_resolved(OPEN, {"two": PromiseState()})


def test_an_open_promise_does_not_name_its_target():
    """A draft's slug is in the source and on no page."""
    assert "two" not in with_promises_resolved(OPEN, {"two": PromiseState()})


@pytest.mark.parametrize("html", ["<p>x</p>", '<span class="caps">A</span> </span>', "<span>a<span>b</span></span>"])
def test_other_spans_stay_as_they_are(html):
    """Spans that are no promises are unchanged."""
    assert with_promises_resolved(html, {}) == html


def test_a_published_essay_keeps_a_promise():
    """An essay keeps a promise of its slug or title once published; before, it is open with the planned date."""
    files = {
        "essays/two.md": "Title: The second\nStatus: draft\n\nText.\n",
        "series/turnings.md": SERIES.format("Planned: The second | cost | 2009-05-01\n"),
    }
    assert states(files)[fold("The second")] == PromiseState(due=date(2009, 5, 1))
    assert states(files)["two"] == PromiseState()
    files["essays/two.md"] = ESSAY.format("The second", 2)
    assert states(files)[fold("The second")] == states(files)["two"] == PromiseState("essays/two.md")


def test_a_scheduled_essay_keeps_no_promise_yet():
    """A scheduled essay is still promised."""
    assert states({"essays/two.md": "Title: Two\nDate: 2999-01-01\n\nText.\n"})["two"] == PromiseState()


def test_a_play_keeps_a_promise():
    """A published play keeps a promise of its slug or title; a draft or unused one does not."""
    files = {"playbook/let-go.md": "Title: Let it go\nStatus: published\n\nText.\n"}
    assert states(files)[fold("let-go")] == states(files)[fold("Let it go")] == PromiseState("playbook/let-go.md")
    for status in ("Status: draft\n", ""):
        assert states({"playbook/let-go.md": f"Title: Let go\n{status}\nText.\n"})[fold("let-go")] == PromiseState()


def test_a_hidden_series_gives_no_dates():
    """A part planned in a series that is not shown is promised without its date."""
    planned = SERIES.format("Planned: Two | cost | 2009-05-01\n")
    assert states({"series/turnings.md": planned})["two"].due == date(2009, 5, 1)
    for hidden in ("", "Status: draft\n"):
        files = {"series/turnings.md": planned.replace("Status: published\n", hidden)}
        assert states(files)["two"] == PromiseState()


def test_a_complete_series_keeps_a_promise():
    """A promise of a series is open until its last planned part, with that part's date."""
    planned = "Planned: Three | cost | 2009-05-01\nPlanned: Four | benefit | 2009-06-01\n"
    files = {"essays/one.md": ESSAY.format("One", 1), "essays/two.md": ESSAY.format("Two", 2)}
    assert states({**files, "series/turnings.md": SERIES.format(planned)})["turnings"] == PromiseState(
        due=date(2009, 6, 1)
    )
    assert states({**files, "series/turnings.md": SERIES.format("")})["turnings"] == PromiseState("series/turnings.md")
    del files["essays/two.md"]
    assert states({**files, "series/turnings.md": SERIES.format("")})["turnings"] == PromiseState()


def test_a_promise_has_a_position_and_can_be_overdue():
    """A promise has its line and column and may be overdue; one in code is none."""
    text = '`<span data-promise="x">y</span>`\n\nText <span data-promise="Three">so\non</span>.\n'
    files = {
        "essays/one.md": f"Title: One\nDate: 2009-04-01\n\n{text}",
        "series/turnings.md": SERIES.format("Planned: Three | cost | 2009-05-01\n"),
    }
    (promise,) = promises(a_manuscript(files))
    assert (promise.phrase.line, promise.phrase.column, promise.phrase.phrase) == (6, 26, "so on")
    assert promise.overdue(date(2009, 5, 2))
    assert not promise.overdue(date(2009, 5, 1))


def test_a_page_shows_kept_and_open_promises(site):
    """A build links what is published, also in feeds, and names no draft."""
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
