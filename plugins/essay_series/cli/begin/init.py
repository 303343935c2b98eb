"""Start a new site: ``essays init ../gardens``, or ``make init DIR=../gardens``.

What is not said as an option is asked for in a terminal, and has a default elsewhere. The folder is complete or not
there at all, and nothing in it is ever written over.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ..command import CommandError, Words, exit_code_of, word
from .starter import Answers, files

QUESTIONS = {
    "NAME": "The name of the site",
    "AUTHOR": "Who writes, as shown to readers (empty: no author is named)",
    "LANGUAGE": "Its language, as a code",
    "SITEURL": "Its address on the web, if you know it",
    "TIMEZONE": "Your time zone",
}
USAGE = "make init DIR=../gardens"
_MAY_BE_THERE = {".git", ".DS_Store"}
"""What a folder may hold in which a site is started."""


def started(words: Words) -> str:
    """Write a new site, and return what to do next.

    Args:
        words: ``DIR``, and any of the `QUESTIONS`.

    Raises:
        CommandError: the folder is not empty, an answer cannot be used, or the plugin's wheel cannot be had.

    """
    if not word(words, "DIR"):
        raise CommandError(f"Give the folder of the new site: {USAGE}")
    folder = Path(words["DIR"]).expanduser()
    _demand_empty(folder)
    answers = _answers(words, folder)
    if problems := list(answers.problems()):
        raise CommandError("\n".join([*problems, "Nothing was written."]))
    made = files(answers)
    _write(folder, made)
    return "\n".join(
        (
            f"A new site is in {folder}/: {len(made)} files. The first command sets it up:",
            f"  cd {folder}",
            "  make serve          preview it; its essays are drafts to write over",
            "  make test           check it",
            "  make publish        build it for readers, once its address is in publishconf.py",
        )
    )


def _demand_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file. Give a new folder: {USAGE}")
    there = {path.name for path in folder.iterdir()} - _MAY_BE_THERE if folder.is_dir() else set()
    if there:
        raise CommandError(f"{folder}/ is not empty ({min(there)} is in it). Give a new folder: {USAGE}")
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    if not os.access(above, os.W_OK):
        raise CommandError(f"{above} cannot be written to. Give another folder: {USAGE}")


def _answers(words: Words, folder: Path) -> Answers:
    """Return what the author says, by option or when asked; what stays unsaid has a default."""
    name = folder.absolute().name.replace("-", " ").replace("_", " ").strip().capitalize()
    usual = {"NAME": name, "AUTHOR": "", "LANGUAGE": "en", "SITEURL": "https://example.org", "TIMEZONE": "UTC"}
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    found = {key: words[key] if words.get(key) else _asked(key, usual[key], asks=asks) for key in usual}
    return Answers(found["NAME"], found["AUTHOR"], found["LANGUAGE"], found["SITEURL"], found["TIMEZONE"])


def _asked(key: str, usual: str, *, asks: bool) -> str:
    if not asks:
        return usual
    shown = f" [{usual}]" if usual else ""
    return input(f"{QUESTIONS[key]}{shown}: ").strip() or usual


def _write(folder: Path, made: dict[str, bytes]) -> None:
    """Put the files in place at once: they are written beside `folder`, which takes their name at the end."""
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


def main() -> int:
    """Start a site; return the exit code."""

    def said() -> int:
        print(started(os.environ))  # the new site has a Makefile, whatever this was called with
        return 0

    return exit_code_of(said)


if __name__ == "__main__":
    sys.exit(main())
