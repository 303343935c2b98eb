"""A long build shows its progress in a terminal and in a log; a short one shows nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from essay_series.build.progress import OFTEN, PATIENCE, SELDOM, Progress


@pytest.fixture
def clock():
    """Return a clock that shows the last item of a list."""
    return [0.0]


@pytest.fixture
def written():
    """Return the text on the screen, control characters included."""
    return StringIO()


def begun(written, clock, *, terminal: bool = True) -> Progress:
    """Return the progress of a build that begins now."""
    return Progress(Console(file=written, force_terminal=terminal, width=80), lambda: clock[-1])


def test_a_short_build_shows_nothing(written, clock):
    """In the first seconds nothing is shown."""
    shown = begun(written, clock)
    clock.append(PATIENCE / 2)
    shown.step("write pages", 1, 2)
    shown.end()
    assert written.getvalue() == ""


def test_a_terminal_shows_a_bar(written, clock):
    """The bar is redrawn at most ten times a second, and is erased at the end."""
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
    """If CI is set, a plain line is printed every ten seconds; elsewhere nothing is."""
    monkeypatch.setenv("CI", ci)
    shown = begun(StringIO(), clock, terminal=False)
    for moment in (SELDOM, SELDOM + 1, SELDOM * 2):
        clock.append(moment)
        shown.step("convert texts", 5, 10)
    assert capsys.readouterr().err == "convert texts: 5 of 10\n" * (2 if ci else 0)


def test_each_build_has_its_own_clock(written, clock):
    """In a process with several builds, each is short at first."""
    shown = begun(written, clock)
    clock.append(PATIENCE * 3)
    shown.end()
    shown.step("write pages", 1, 2)
    assert written.getvalue() == ""
