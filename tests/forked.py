"""Builds in forks of this process, in which everything is imported already: a tenth of a second each."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

import pelican

import essay_series.adapter  # imported once, for all builds
import essay_series.build.amend
import essay_series.build.amendment
import essay_series.build.conversion  # noqa: F401 - likewise
from essay_series.adapter import index_pages, reading, writer
from essay_series.build import crew
from essay_series.build.quick import bring_up_to_date


@dataclass(frozen=True)
class Built:
    """How a build ended, and what it said."""

    code: int
    said: str


def build(
    folder: Path,
    *arguments: str,
    kill_after: float | None = None,
    variables: dict[str, str] | None = None,
    quick: bool = False,
    hands: int | None = None,
) -> Built:
    """Build the site in `folder` as ``pelican content`` does, in a process of its own.

    Args:
        folder: where ``pelicanconf.py`` lies.
        arguments: what else stands on the command line.
        kill_after: seconds after which the process is killed, as by a power cut.
        variables: what is different in the environment.
        quick: do without Pelican whatever can be done without, as ``make html`` does.
        hands: how many processes share even the smallest work; as many as pay where it is not given.

    """
    said = folder / "said.txt"
    child = os.fork()
    if child == 0:
        _build(folder, said, arguments, variables or {}, quick=quick, hands=hands)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return Built(os.waitstatus_to_exitcode(status), said.read_text(encoding="utf-8", errors="replace"))


def _build(
    folder: Path, said: Path, arguments: tuple[str, ...], variables: dict[str, str], *, quick: bool, hands: int | None
) -> None:
    code = 1
    try:
        if hands:
            crew.hands = reading.hands = lambda: hands
            reading.WORTH_A_FORK = writer.WORTH_A_FORK = index_pages.WORTH_A_FORK = 1
        with said.open("w", encoding="utf-8") as file:
            for stream in (1, 2):
                os.dup2(file.fileno(), stream)
        os.chdir(folder)
        os.environ.update(variables)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        try:
            done = bring_up_to_date(Path("cache"), Path("output")) if quick else ""
            sys.stdout.write(done)
            if not done:
                pelican.main(["content", "--settings", "pelicanconf.py", "--fatal=errors", *arguments])
            code = 0
        except SystemExit as end:
            code = int(end.code or 0) if isinstance(end.code, int | None) else 1
        except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
            traceback.print_exc()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)
