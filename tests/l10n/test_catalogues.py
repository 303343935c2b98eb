"""Every catalogue agrees with the messages of the project; after `make messages`, translators run these tests."""

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
import messages
from essay_series.l10n.names import INSTEAD

FILES = sorted(messages.FOLDER.glob("*.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
SAME_EVERYWHERE = {"%(number)s kB": "the sign of a unit"}
"""Messages that may be the same in every language, with the reason; others need a comment in the catalogue."""
IN_LISTS = {"Ledger", "Play", "Playbook"}
"""Messages used in an attribute with comma-separated values."""


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Return all messages as the code uses them now."""
    return messages.extracted()


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def catalogue(request) -> Catalog:
    """Return each catalogue in turn."""
    with request.param.open("rb") as stream:
        return read_po(stream, locale=request.param.stem.replace("-", "_"), abort_invalid=True)


def translated(catalogue: Catalog) -> list[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Return every message with its forms and their translations."""
    return [(each, texts(each.id), texts(each.string)) for each in catalogue if each.id]


def texts(found: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return one text as a tuple, or all plural forms."""
    return (found,) if isinstance(found, str) else tuple(found)


def test_the_template_is_up_to_date(template):
    """messages.pot has exactly the messages of templates, code, styles and scripts."""
    assert messages.TEMPLATE.read_bytes() == messages.written(template, places=True), "run make messages"


def test_no_message_is_in_an_f_string():
    """No message is looked up within an f-string, where `make messages` would not find it."""
    asking = {"gettext", "ngettext", "pgettext", "npgettext", "said", "counted", "plurals"}
    for file in (PROJECT / "plugins/essay_series").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if any(name in text for name in asking) else ():
            inside = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            calls = [each.func for each in inside if isinstance(each, ast.Call)]
            assert [each for each in calls if isinstance(each, ast.Attribute) and each.attr in asking] == [], file


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalogue_has_exactly_the_messages_of_the_template(file, template):
    """A catalogue lacks no message, has no other, and is formatted as `make messages` writes it."""
    assert file.read_bytes() == messages.updated(file, template), "run make messages"


def test_every_message_is_translated(catalogue):
    """Each message has a translation in each plural form of the language, and none is fuzzy."""
    lacking = [of[0] for each, of, forms in translated(catalogue) if not all(forms) or each.fuzzy]
    counted = [of[0] for _, of, forms in translated(catalogue) if len(of) > 1 and len(forms) != catalogue.num_plurals]
    assert lacking + counted == []


def test_placeholders_are_those_of_the_message(catalogue):
    """A translation has the placeholders of its message; only a form for one number may spell it out."""
    form_of = c2py(catalogue.plural_expr)
    numbers = Counter(form_of(number) for number in range(1, 200))
    for _, of, forms in translated(catalogue):
        wanted = set(PLACEHOLDER.findall(of[-1]))
        for form, text in enumerate(forms):
            found = PLACEHOLDER.findall(text)
            optional = {"num"} if len(of) > 1 and numbers[form] == 1 else set()
            assert text % dict.fromkeys(found, "x"), text
            assert wanted - optional <= set(found) <= wanted, text
            if "hidden" in found:
                assert found.index("hidden") < found.index("end"), text


def test_translations_are_safe_in_markup_and_styles(catalogue):
    """No translation has a character that would end an attribute or a CSS string, or start a tag."""
    assert [text for _, _, forms in translated(catalogue) for text in forms if re.search('["<>&\\\\\n]', text)] == []
    named = [text for _, of, forms in translated(catalogue) for text in forms if of[0] in IN_LISTS and "," in text]
    assert named == []


def test_translations_gain_no_outer_spaces(catalogue):
    """A translation has spaces at its ends only where its message has them."""
    gained = [t for _, of, forms in translated(catalogue) for t in forms if t != t.strip() and of[0] == of[0].strip()]
    assert gained == []


def test_a_translation_that_equals_the_english_has_a_comment(catalogue):
    """A translation equal to the English message, such as a loanword, has a translator's comment."""
    untranslated = [
        of[0]
        for each, of, forms in translated(catalogue)
        if of[0] in forms
        and re.search("[a-zA-Z]", PLACEHOLDER.sub("", of[0]))
        and not (each.user_comments or of[0] in SAME_EVERYWHERE)
    ]
    assert untranslated == []


def test_renamed_messages_exist(template):
    """Each message that a site's own names replace exists."""
    known = {text for each in template if each.id for text in texts(each.id)}
    assert known >= {message for group in INSTEAD.values() for message in group}
