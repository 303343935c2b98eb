"""The program `essays`: its commands, their options and its messages."""

from __future__ import annotations

import re
from pkgutil import resolve_name

import pytest
from click.testing import CliRunner

from builders import PROJECT, SiteTest
from essay_series.cli.app import program
from essay_series.cli.verbs import GROUPS, VERBS, as_typed

MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")


def called(*arguments: str):
    """Call the program with `arguments` and return the result."""
    return CliRunner().invoke(program(), arguments, prog_name="essays")


def test_help_lists_every_verb_in_its_group():
    """`essays --help` lists each command once, in its group."""
    said = called("--help").output
    assert re.findall(r"^([A-Z][\w ]+):$", said, re.MULTILINE)[1:] == list(GROUPS)
    assert re.findall(r"^  ([a-z][a-z-]*)  ", said, re.MULTILINE) == [
        verb.name for group in GROUPS for verb in VERBS if verb.group == group
    ]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_each_verb_explains_its_options_with_examples_that_work(verb):
    """The help of a command shows every option, and its examples use no others."""
    said = called(verb.name, "--help").output
    assert verb.help.split()[0] in said
    for option in verb.options:
        assert option.name in said
    for example in verb.examples:
        assert f"  {example}" in said
        assert example.startswith(f"essays {verb.name} ")
        assert set(re.findall(r"(--[a-z-]+)", example)) <= {option.name for option in verb.options}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_each_verb_has_its_function(verb):
    """Every command has an existing function."""
    assert callable(resolve_name(f"essay_series.cli.{verb.function}"))


def test_make_calls_the_program():
    """Each command is a target of the Makefile with a line of help; only started sites can be upgraded."""
    explained = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    listed = re.search(r"^COMMANDS := ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)[1].replace("\\", "").split()
    assert {*listed, "html", "serve", "upgrade"} == {verb.name for verb in VERBS}
    assert set(listed) <= explained


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("neww",), "No such command 'neww'"),
        (("new", "--sid", "cost"), "No such option '--sid'"),
        (("new", "--side", "costs"), "'costs' is not one of 'cost', 'benefit'"),
        (("serve", "--port", "99999"), "99999 is not in the range"),
    ],
)
def test_a_wrong_call_is_explained(arguments, said):
    """A wrong call ends with exit code 2 and a line that says what is wrong."""
    result = called(*arguments)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ('Give the title: make new TITLE="Letting go"', 'Give the title: essays new --title "Letting go"'),
        ("Run: make record", "Run: essays record"),
        (
            "Nothing is written yet; add APPLY=1 to rewrite 2 files.",
            "Nothing is written yet; add --apply to rewrite 2 files.",
        ),
        (
            "make move ESSAY=slug AFTER=slug (or AFTER=start)",
            "essays move --essay slug --after slug (or --after start)",
        ),
        ("if this is another site now: FIRST=yes", "if this is another site now: --first"),
        ("make sense of TAG_AUTHORITY=x", "make sense of TAG_AUTHORITY=x"),
    ],
)
def test_messages_name_commands_as_they_are_typed(written, typed):
    """Messages name options, or variables of make if make started the program."""
    assert as_typed(written, {}) == typed
    assert as_typed(written, {"MAKELEVEL": "1"}) == written


@pytest.mark.site
def test_options_and_variables_of_make_are_the_same(site: SiteTest):
    """`essays new --title` writes the file that `make new TITLE=` writes."""
    done = site.essays("new", "--title", 'A "new" one', "--slug", "one")
    assert (done.code, done.said.strip()) == (0, "content/essays/one.md")
    assert (site.folder / "content/essays/one.md").read_text(encoding="utf-8").startswith('Title: A "new" one\n')


@pytest.mark.site
def test_a_refused_command_exits_with_1(site: SiteTest):
    """A refused command ends with exit code 1 and an example of how to call it."""
    done = site.essays("new")
    assert done.code == 1
    assert done.said == 'Give the title: essays new --title "Letting go of the controls"\n'
