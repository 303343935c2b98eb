"""Settings and front matter → the names that an author chooses for sides, ledger, playbook, plays and parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..names import nearest
from ..values import dataclass
from .names import TERMS
from .tags import tag_of

_ALL = tuple(term for group in TERMS.values() for term in group)
_MARKUP = re.compile(r"[<>\n]|&\w+;")
_FORMS = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """The names of a site."""

    names: Mapping[str, Mapping[str, str]]
    """By the tag of a language, and by term; an empty tag means all languages."""
    problems: tuple[str, ...]
    """A message for each mistake in the setting, whose names are left out."""


def chosen(setting: object) -> Choice:
    """Return the names in the setting ``WORDS``: a dictionary of names, or a dictionary of those by language."""
    if not isinstance(setting, Mapping):
        return Choice({}, ('write a dictionary such as {"ledger": "Balance"}',) if setting else ())
    named = {key: value for key, value in setting.items() if not isinstance(value, Mapping)}
    by_tag = {str(key): value for key, value in setting.items() if isinstance(value, Mapping)}
    names, problems = {}, []
    for tag, given in {"": named, **by_tag}.items():
        if tag and tag_of(tag) != tag:
            problems.append(f'"{tag}" is not a language code; write one such as de or pt-BR')
            continue
        mistakes = list(_mistakes(given))
        problems += mistakes
        names[tag] = {} if mistakes else {str(term): str(name).strip() for term, name in given.items()}
    return Choice({tag: each for tag, each in names.items() if each}, tuple(problems))


def sides_from(text: str) -> Mapping[str, str] | str:
    """Parse ``cost, costs / benefit, benefits``; a form without a plural is its own plural.

    Returns:
        The name of each term, or a message that says what is wrong with `text`.

    """
    sides = [[form.strip() for form in side.split(",")] for side in re.split(r"(?<!<)/", text)]
    if len(sides) != _FORMS or not all(len(forms) <= _FORMS and all(forms) for forms in sides):
        return f'"{text}" does not name two sides'
    (cost, *costs), (benefit, *benefits) = sides
    names = dict(zip(TERMS["sides"], (cost, *(costs or [cost]), benefit, *(benefits or [benefit])), strict=True))
    if cost.casefold() == benefit.casefold():
        return f'both sides are called "{cost}"'
    return next(_mistakes(names), names)


def _mistakes(given: Mapping[Any, object]) -> Iterator[str]:
    for term, name in given.items():
        if term not in _ALL:
            near = nearest(str(term), _ALL)
            cure = f'did you mean "{near}"?' if near else f"choose from {', '.join(_ALL)}"
            yield f'"{term}" is not something that can be named; {cure}'
        elif not isinstance(name, str) or not name.strip():
            yield f'the name of "{term}" is empty'
        elif _MARKUP.search(name):
            yield f'the name of "{term}" must be plain text without HTML: "{name}"'
    for group in TERMS.values():
        present, missing = [term for term in group if term in given], [term for term in group if term not in given]
        if present and missing:
            yield f"with {' and '.join(present)}, give {' and '.join(missing)} too"
