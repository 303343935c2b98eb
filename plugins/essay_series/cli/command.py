"""The common parts of all commands: options, errors and exit codes."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from ..config import SettingsError
from ..package import PACKAGE
from ..sources.schedule import UnreadableMomentError
from .verbs import as_typed

Options = Mapping[str, str]
"""The value of each option by its name, such as ``TITLE``. They come from the environment, where `make` puts them."""

BUILD = (sys.executable, "-m", f"{PACKAGE}.adapter.command")
"""The start of the command line that builds a site in a process of its own; `pelican_arguments` follow."""


class CommandError(Exception):
    """A command cannot do what it was asked to; the message says why, and what to do about it.

    Every function of a command may raise it. Docstrings say so only where something stays done, or nothing does.
    """


INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells expect it."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)
"""A full disk or missing permissions, which the author can mend and no code can."""


def pelican_arguments(settings: str, output: Path | str = "", **overrides: object) -> list[str]:
    """Return the arguments of ``pelican`` that build the site with the file `settings`.

    Args:
        settings: ``pelicanconf.py`` or ``publishconf.py``.
        output: the output folder; that of the settings if left out.
        overrides: settings that take the place of those in the file; what JSON can hold.

    """
    arguments = ["content", "--fatal=errors", "--settings", settings]
    arguments += ["--output", str(output)] if output else []
    extra = [f"{name}={json.dumps(value)}" for name, value in overrides.items()]
    return [*arguments, "--extra-settings", *extra] if extra else arguments


def run(command: Callable[..., str | int], *arguments: str) -> int:
    """Run `command` with the options in the environment and with `arguments`, and return the exit code.

    The text that `command` returns is printed, in colours only on a terminal; if it prints by itself, it returns the
    exit code. An error of the author's, Ctrl-C or a full disk is printed as one message.
    """
    try:
        result = command(os.environ, *arguments)
        if isinstance(result, int):
            return result
        unwanted = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"  # see no-color.org
        click.echo(as_typed(result, os.environ), color=False if unwanted else None)
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
    return 0


def option(options: Options, name: str) -> str:
    """Return the value of an option on one line, without spaces around it; empty if it was not given."""
    return " ".join(options.get(name, "").split())


def required(options: Options, name: str, what: str, usage: str) -> str:
    """Return the value of an option that must be given.

    Raises:
        CommandError: it was not; the message asks for `what` and shows `usage`.

    """
    value = option(options, name)
    if not value:
        raise CommandError(f"Give {what}: {usage}")
    return value


def is_on(options: Options, name: str) -> bool:
    """Tell whether an option such as ``APPLY=1`` was given; empty and 0 mean no."""
    return option(options, name) not in ("", "0")


def confirmed(options: Options, name: str) -> bool:
    """Tell whether an option was given that takes no other value than ``yes``."""
    return choice(options, name, ("", "yes")) == "yes"


def choice(options: Options, name: str, allowed: tuple[str, ...]) -> str:
    """Return the value of an option that must be one of `allowed`; the first of these if it was not given."""
    given = option(options, name).lower() or allowed[0]
    if given not in allowed:
        raise CommandError(f'{name}: "{options[name]}" is not known. Use one of {", ".join(filter(None, allowed))}.')
    return given
