"""``essays``: the command-line program, made of the table in `verbs` with click."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pkgutil import resolve_name
from typing import Any

import click

from ..package import VERSION
from .command import run
from .verbs import GROUPS, VERBS, Option, Verb


class Verbs(click.Group):
    """The program; its help lists the commands in groups."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        del ctx
        for group in GROUPS:
            with formatter.section(group):
                formatter.write_dl([(verb.name, verb.help) for verb in VERBS if verb.group == group])


def program() -> click.Group:
    """Return the program with all its commands."""
    group = Verbs(
        "essays",
        help="Write, preview, check and publish a series of essays.",
        epilog='"essays COMMAND --help" explains a command. Each is also a target of make.',
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        no_args_is_help=True,
    )
    for verb in VERBS:
        group.add_command(_command(verb))
    return click.version_option(VERSION, prog_name="essays")(group)


def _command(verb: Verb) -> click.Command:
    params: list[click.Parameter] = [_parameter(option) for option in verb.options]
    if verb.folder:
        params.append(click.Argument([verb.folder.lower()], required=False, metavar=verb.folder))
    epilog = "\b\n" + "\n".join(("Examples:", *(f"  {each}" for each in verb.examples))) if verb.examples else None
    return click.Command(verb.name, callback=_callback(verb), params=params, help=verb.help, epilog=epilog)


def _parameter(option: Option) -> click.Option:
    kind: Any = click.STRING
    if option.choices:
        kind = click.Choice(option.choices, case_sensitive=False)
    elif option.number:
        kind = click.IntRange(*option.number)
    names = [option.name, option.variable.lower()]
    if option.flag:
        return click.Option(names, is_flag=True, flag_value=option.flag, default=None, type=kind, help=option.help)
    return click.Option(names, type=kind, metavar=option.variable if not option.choices else None, help=option.help)


def _callback(verb: Verb) -> Callable[..., None]:
    """Return a function that puts the given options into the environment and runs the function of `verb`."""

    def call(**given: Any) -> None:  # noqa: ANN401 - the type of a value depends on its option
        if verb.ignores_shell and "MAKELEVEL" not in os.environ:
            for option in verb.options:
                os.environ.pop(option.variable, None)
        os.environ.update({name.upper(): str(value) for name, value in given.items() if value is not None})
        sys.exit(run(resolve_name(f"{__package__}.{verb.function}"), *verb.arguments))

    return call


def main() -> None:
    """Run the program."""
    program()(prog_name="essays")
