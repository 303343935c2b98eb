"""``essays``: the program that an author calls."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from runpy import run_module
from typing import Any

import click

from ..package import PACKAGE, VERSION
from .verbs import GROUPS, VERBS, Option, Verb


class Verbs(click.Group):
    """The program; its help lists the verbs in groups, in the order of the work."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs."""
        del ctx
        for group in GROUPS:
            with formatter.section(group):
                formatter.write_dl([(verb.name, verb.help) for verb in VERBS if verb.group == group])


def program() -> click.Group:
    """Return the program with all its verbs."""
    group = Verbs(
        "essays",
        help="Write, preview, check and publish a series of essays.",
        epilog='"essays VERB --help" explains a verb, with examples. Each verb is also one of make.',
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        no_args_is_help=True,
    )
    for verb in VERBS:
        group.add_command(_command(verb))
    return click.version_option(VERSION, prog_name="essays")(group)


def _command(verb: Verb) -> click.Command:
    epilog = "\b\n" + "\n".join(("Examples:", *(f"  {each}" for each in verb.examples))) if verb.examples else None
    return click.Command(
        verb.name,
        callback=_calling(verb),
        params=[*_folder(verb), *(_parameter(option) for option in verb.options)],
        help=verb.help,
        short_help=verb.help,
        epilog=epilog,
    )


def _folder(verb: Verb) -> list[click.Parameter]:
    return [click.Argument([verb.folder.lower()], required=False, metavar=verb.folder)] if verb.folder else []


def _parameter(option: Option) -> click.Option:
    kind: Any = click.STRING
    if option.choices:
        kind = click.Choice(option.choices, case_sensitive=False)
    elif option.number != (0, 0):
        kind = click.IntRange(*option.number)
    names = [option.name, option.word.lower()]
    if option.flag:
        return click.Option(names, is_flag=True, flag_value=option.flag, default=None, type=kind, help=option.help)
    return click.Option(names, type=kind, metavar=option.word if not option.choices else None, help=option.help)


def _calling(verb: Verb) -> Callable[..., None]:
    """Return what runs `verb` with the words that were given as options, and ends with its exit code."""

    def call(**given: Any) -> None:  # noqa: ANN401 - what an option gives follows from its type
        if verb.is_alone and "MAKELEVEL" not in os.environ:
            for option in verb.options:
                os.environ.pop(option.word, None)
        os.environ.update({word.upper(): str(value) for word, value in given.items() if value is not None})
        sys.argv[1:] = verb.arguments
        run_module(f"{PACKAGE}.{verb.module}", run_name="__main__", alter_sys=True)

    return call


def main() -> None:
    """Run the program."""
    program()(prog_name="essays")
