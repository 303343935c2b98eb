"""What the author's commands have in common: how they are called, and how they say no."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping

from ..config import SettingsError
from ..package import PACKAGE
from ..sources.schedule import UnreadableMomentError
from .verbs import as_typed

Words = Mapping[str, str]
"""What the author gave, by name; `make` hands on ``make new TITLE=…`` in the environment."""


BUILD = (sys.executable, "-m", f"{PACKAGE}.adapter.command")
"""Begins the command line of a build in a process of its own."""


class CommandError(Exception):
    """The command cannot do what is asked; the text says why, and what to do."""


INTERRUPTED = 130
"""The exit code of a command that its author stopped."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)
"""Errors of a disk that is full or must not be written to; the author can mend it, and no code can."""


def run(command: Callable[[Words], str]) -> int:
    """Run `command` with the words of the environment, print what it returns, and return the exit code."""

    def printed() -> int:
        print(as_typed(command(os.environ), os.environ))
        return 0

    return exit_code_of(printed)


def exit_code_of(command: Callable[[], int]) -> int:
    """Return the exit code of `command`; one that refuses, is stopped or has no room prints why, in one line."""
    try:
        return command()
    except (CommandError, SettingsError, UnreadableMomentError) as refusal:
        print(as_typed(str(refusal), os.environ), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        print(
            f"{error.strerror}: {error.filename or 'the disk'}. Free some space or fix the permissions, and try again.",
            file=sys.stderr,
        )
        return 1


def said_yes(words: Words, name: str) -> bool:
    """Tell whether the author gave the word `name`, which can only be ``yes``.

    Raises:
        CommandError: it has a different value.

    """
    return choice(words, name, ("", "yes")) == "yes"


def word(words: Words, name: str) -> str:
    """Return one of the author's words on one line, without blanks around it; empty if it was not given."""
    return " ".join(words.get(name, "").split())


def choice(words: Words, name: str, allowed: tuple[str, ...]) -> str:
    """Return one of the author's words, which must be one of `allowed` (the first, if it was not given).

    Raises:
        CommandError: it has a different value.

    """
    given = word(words, name).lower() or allowed[0]
    if given not in allowed:
        raise CommandError(f'{name}: "{words[name]}" is not known. Use one of {", ".join(filter(None, allowed))}.')
    return given
