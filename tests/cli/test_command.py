"""What all commands share."""

from __future__ import annotations

import pytest

from essay_series.cli.check import check, check_links
from essay_series.cli.command import is_on, run
from essay_series.cli.show import profile
from essay_series.sources.schedule import UnreadableMomentError


def test_an_interrupted_command_exits_with_130(capsys):
    """Ctrl-C ends a command with one word and the exit code 130, without a traceback."""

    def interrupted(_):
        raise KeyboardInterrupt

    assert run(interrupted) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_an_interrupted_check_exits_with_130(capsys, monkeypatch):
    """Ctrl-C ends the check of a site in the same way."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "findings", interrupted)
    monkeypatch.setattr(check, "open_manuscript", lambda _: None)
    assert run(check.check) == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize("module", [check, check_links, profile])
def test_every_command_reports_a_mistake_in_one_line(module, capsys, monkeypatch):
    """An unreadable AS_OF ends each command with a message and exit code 1, without a traceback."""

    def unreadable(*_):
        raise UnreadableMomentError('AS_OF: "soon" is no moment.')

    monkeypatch.setattr(module, "choice", unreadable)
    assert run(getattr(module, module.__name__.rpartition(".")[2])) == 1
    assert capsys.readouterr().err == 'AS_OF: "soon" is no moment.\n'


@pytest.mark.parametrize(("value", "on"), [("1", True), ("yes", True), ("", False), (" ", False), ("0", False)])
def test_an_option_that_is_0_or_empty_is_off(value, on):
    """APPLY=0 and an empty APPLY mean no, in every command."""
    assert is_on({"APPLY": value}, "APPLY") is on
