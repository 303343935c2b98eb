"""What all commands of the author's have in common."""

from __future__ import annotations

from essay_series.desk import check
from essay_series.desk.command import run


def test_a_command_that_is_interrupted_says_so_and_ends_as_shells_expect(capsys):
    """Ctrl-C ends a command with one word and the exit code 130, without a traceback."""

    def interrupted(_):
        raise KeyboardInterrupt

    assert run(interrupted) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_check_that_is_interrupted_ends_alike(capsys, monkeypatch):
    """Ctrl-C ends the check of a site in the same way."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "findings", interrupted)
    monkeypatch.setattr(check, "open_manuscript", lambda _: None)
    assert check.main() == 130
    assert capsys.readouterr().err == "Stopped.\n"
