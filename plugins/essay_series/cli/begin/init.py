"""Start a new site: ``essays init ../gardens``, or ``make init DIR=../gardens``.

In a terminal it asks for the options that were not given; elsewhere these have defaults. The new folder appears
complete or not at all, and no file in it is overwritten.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ..command import CommandError, Options, required
from .starter import Answers, files

QUESTIONS = {
    "NAME": ("The name of the site", ""),
    "AUTHOR": ("The author's name, as readers see it (empty: no author is named)", ""),
    "LANGUAGE": ("The code of its language", "en"),
    "SITEURL": ("Its address on the web, if you know it", "https://example.org"),
    "TIMEZONE": ("Your time zone", "UTC"),
}
"""The question and the default for each option; the default name is made from the folder's."""
USAGE = "make init DIR=../gardens"
_ALLOWED = {".git", ".DS_Store"}
"""The names that the folder of a new site may contain."""


def started(options: Options) -> str:
    """Write a new site with the answers in `options`, or asked for, and return the next steps."""
    folder = Path(required(options, "DIR", "the folder of the new site", USAGE)).expanduser()
    _demand_empty(folder)
    answers = _answers(options, folder)
    if problems := list(answers.problems()):
        raise CommandError("\n".join([*problems, "Nothing was written."]))
    made = files(answers)
    _write(folder, made)
    return "\n".join(
        (
            f"Started a new site in {folder}/: {len(made)} files. The first command sets it up:",
            f"  cd {folder}",
            "  make serve          preview it; replace its drafts by your own essays",
            "  make test           check it",
            "  make publish        build it for readers, once its address is in publishconf.py",
        )
    )


def _demand_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file. Give a new folder: {USAGE}")
    there = {path.name for path in folder.iterdir()} - _ALLOWED if folder.is_dir() else set()
    if there:
        raise CommandError(f"{folder}/ is not empty ({min(there)} is in it). Give a new folder: {USAGE}")
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    if not os.access(above, os.W_OK):
        raise CommandError(f"{above} is not writable. Give another folder: {USAGE}")


def _answers(options: Options, folder: Path) -> Answers:
    """Return the options, with the answer or the default for each that was not given."""
    name = folder.absolute().name.replace("-", " ").replace("_", " ").strip().capitalize()
    ask = _answer if sys.stdin.isatty() and sys.stdout.isatty() else lambda _, default: default
    questions = {**QUESTIONS, "NAME": (QUESTIONS["NAME"][0], name)}
    return Answers(**{key.lower(): options.get(key) or ask(*asked) for key, asked in questions.items()})


def _answer(question: str, default: str) -> str:
    shown = f" [{default}]" if default else ""
    try:
        return input(f"{question}{shown}: ").strip() or default
    except EOFError as end:
        raise CommandError("The questions were not answered. Nothing was written.") from end


def _write(folder: Path, made: dict[str, bytes]) -> None:
    """Write the files to a folder beside `folder`, and rename it at the end."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.absolute().name}.new"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        for path, data in made.items():
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            (beside / path).write_bytes(data)
        for there in folder.iterdir() if folder.is_dir() else ():
            there.rename(beside / there.name)
        if folder.is_dir():
            folder.rmdir()
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def init(options: Options) -> int:
    """Start a new site and print the next steps; return the exit code."""
    print(started(options))  # with commands of make in any case, since the new site has a Makefile
    return 0
