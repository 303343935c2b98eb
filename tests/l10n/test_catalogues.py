"""Every catalogue, held against the messages of the project; translators run `make messages` and these tests."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from gettext import c2py

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from builders import PROJECT

sys.path.append(str(PROJECT / "tools"))
import messages  # the tool that makes what is tested here
from essay_series.l10n.names import SPOKEN

FILES = sorted(messages.FOLDER.glob("*.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
SAME = {"%(number)s kB": "the sign of a unit"}
"""Messages that may be the same in every language, and why; a comment in a catalogue says so of others in one."""
IN_LISTS = {"Ledger", "Play", "Playbook"}
"""Messages that stand in an attribute whose values are divided by commas."""


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Return all messages as the code says them now."""
    return messages.extracted()


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def catalogue(request) -> Catalog:
    """Return a catalogue."""
    with request.param.open("rb") as stream:
        return read_po(stream, locale=request.param.stem.replace("-", "_"), abort_invalid=True)


def translated(catalogue: Catalog) -> list[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Return every message with its texts and with their translations."""
    return [(each, texts(each.id), texts(each.string)) for each in catalogue if each.id]


def texts(found: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return one text, or all plural forms."""
    return (found,) if isinstance(found, str) else tuple(found)


def test_the_template_is_up_to_date(template):
    """messages.pot has every message that templates, code, styles and scripts say, and no other."""
    assert messages.TEMPLATE.read_bytes() == messages.written(template, places=True), "run make messages"


def test_no_message_hides_in_a_string():
    """No message is looked up within an f-string, where `make messages` would not find it."""
    asking = {"gettext", "ngettext", "pgettext", "npgettext", "said", "counted", "plurals"}
    for file in (PROJECT / "plugins/essay_series").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            inside = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            calls = [each.func for each in inside if isinstance(each, ast.Call)]
            assert [each for each in calls if isinstance(each, ast.Attribute) and each.attr in asking] == [], file


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalogue_has_exactly_the_messages_of_the_template(file, template):
    """No message is missing from a catalogue and none is too many, and it stands as `make messages` writes it."""
    assert file.read_bytes() == messages.updated(file, template), "run make messages"


def test_every_message_is_translated(catalogue):
    """Each message has a translation in each plural form of the language, and none is uncertain."""
    lacking = [of[0] for each, of, said in translated(catalogue) if not all(said) or each.fuzzy]
    counted = [of[0] for _, of, said in translated(catalogue) if len(of) > 1 and len(said) != catalogue.num_plurals]
    assert lacking + counted == []


def test_placeholders_are_those_of_the_message(catalogue):
    """A translation has the placeholders of its message; only a form for a single number may say it in words."""
    form_of = c2py(catalogue.plural_expr)
    numbers = Counter(form_of(number) for number in range(1, 200))
    for _, of, said in translated(catalogue):
        wanted = set(PLACEHOLDER.findall(of[-1]))
        for form, text in enumerate(said):
            found = PLACEHOLDER.findall(text)
            optional = {"num"} if len(of) > 1 and numbers[form] == 1 else set()
            assert text % dict.fromkeys(found, "x"), text
            assert wanted - optional <= set(found) <= wanted, text
            if "hidden" in found:
                assert found.index("hidden") < found.index("end"), text


def test_a_translation_can_stand_anywhere(catalogue):
    """No translation has a character that would end an attribute or a string of CSS, or begin a tag."""
    assert [text for _, _, said in translated(catalogue) for text in said if re.search('["<>&\\\\\n]', text)] == []
    named = [text for _, of, said in translated(catalogue) for text in said if of[0] in IN_LISTS and "," in text]
    assert named == []


def test_blanks_at_both_ends_are_kept(catalogue):
    """A message that ends with a blank joins others, in scripts that have blanks; none gains one."""
    gained = [t for _, of, said in translated(catalogue) for t in said if t != t.strip() and of[0] == of[0].strip()]
    assert gained == []


def test_a_message_that_stays_english_says_why(catalogue):
    """A translation that equals the English has a comment of its translator's, as a loanword has."""
    said = [
        of[0]
        for each, of, said in translated(catalogue)
        if of[0] in said
        and re.search("[a-zA-Z]", PLACEHOLDER.sub("", of[0]))
        and not (each.user_comments or of[0] in SAME)
    ]
    assert said == []


def test_what_is_said_with_other_names_takes_the_place_of_a_message(template):
    """Each message that a site's own names replace is one that is said."""
    known = {text for each in template if each.id for text in texts(each.id)}
    assert known >= SPOKEN
