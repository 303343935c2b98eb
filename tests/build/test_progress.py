"""A long build says how far it is, in a terminal and in a log; a short one says nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from essay_series.build.progress import OFTEN, PATIENCE, SELDOM, Progress


@pytest.fixture
def clock():
    """Return a clock that stands at what is appended last."""
    return [0.0]


@pytest.fixture
def written():
    """Return what stands on the screen, with all that was done to it."""
    return StringIO()


def begun(written, clock, *, terminal: bool = True) -> Progress:
    """Return the progress of a build that begins now."""
    return Progress(Console(file=written, force_terminal=terminal, width=80), lambda: clock[-1])


def test_a_short_build_says_nothing(written, clock):
    """Until an author would wonder, nothing is shown, and nothing has to be taken away."""
    shown = begun(written, clock)
    clock.append(PATIENCE / 2)
    shown.step("write pages", 1, 2)
    shown.end()
    assert written.getvalue() == ""


def test_a_terminal_shows_a_bar_that_goes_away(written, clock):
    """The bar is drawn not more often than eyes can follow, and its line is erased at the end."""
    shown = begun(written, clock)
    for moment in (PATIENCE, PATIENCE + OFTEN / 2, PATIENCE + OFTEN * 2):
        clock.append(moment)
        shown.step(f"write pages at {moment}", 100, 400)
    shown.end()
    assert written.getvalue().count("100/400") >= 2
    assert f"write pages at {PATIENCE + OFTEN / 2}" not in written.getvalue()
    assert written.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize("ci", ["true", ""])
def test_a_log_has_a_line_now_and_then(clock, monkeypatch, capsys, ci):
    """Where CI is set plain lines tell that the build lives; elsewhere, as in the preview, nothing is added."""
    monkeypatch.setenv("CI", ci)
    shown = begun(StringIO(), clock, terminal=False)
    for moment in (SELDOM, SELDOM + 1, SELDOM * 2):
        clock.append(moment)
        shown.step("convert texts", 5, 10)
    assert capsys.readouterr().err == "convert texts: 5 of 10\n" * (2 if ci else 0)


def test_each_build_begins_anew(written, clock):
    """A process that builds often is patient with each build."""
    shown = begun(written, clock)
    clock.append(PATIENCE * 3)
    shown.end()
    shown.step("write pages", 1, 2)
    assert written.getvalue() == ""
