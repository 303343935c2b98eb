"""The names that an author chooses for things of the domain: what was written in, the names by term out."""

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
    """The names of a site, by the tag of a language; those under an empty tag hold for every language."""

    names: Mapping[str, Mapping[str, str]]
    problems: tuple[str, ...]
    """What cannot be used of what was written, in words; it is left out."""


def chosen(setting: object) -> Choice:
    """Return the names in a setting: a dictionary of them, or one such dictionary for each of several languages."""
    if not isinstance(setting, Mapping):
        return Choice({}, ('write a dictionary such as {"ledger": "Balance"}',) if setting else ())
    named = {key: value for key, value in setting.items() if not isinstance(value, Mapping)}
    by_tag = {str(key): value for key, value in setting.items() if isinstance(value, Mapping)}
    names, problems = {}, []
    for tag, given in {"": named, **by_tag}.items():
        if tag and tag_of(tag) != tag:
            problems.append(f'"{tag}" is no language code; write one such as de or pt-BR')
            continue
        faults = list(_faults(given))
        problems += faults
        names[tag] = {} if faults else {str(term): str(name).strip() for term, name in given.items()}
    return Choice({tag: each for tag, each in names.items() if each}, tuple(problems))


def sides_from(text: str) -> Mapping[str, str] | str:
    """Return the names of two sides that ``cost, costs / benefit, benefits`` gives, or what is wrong with them.

    Where one form stands alone it is said of one and of several.
    """
    sides = [[form.strip() for form in side.split(",")] for side in re.split(r"(?<!<)/", text)]
    if len(sides) != _FORMS or not all(len(forms) <= _FORMS and all(forms) for forms in sides):
        return f'"{text}" is not the names of two sides'
    (cost, *costs), (benefit, *benefits) = sides
    names = dict(zip(TERMS["sides"], (cost, *(costs or [cost]), benefit, *(benefits or [benefit])), strict=True))
    if cost.casefold() == benefit.casefold():
        return f'both sides are called "{cost}"'
    return next(_faults(names), names)


def _faults(given: Mapping[Any, object]) -> Iterator[str]:
    for term, name in given.items():
        if term not in _ALL:
            near = nearest(str(term), _ALL)
            yield f'"{term}" is no name that can be chosen; ' + (
                f'did you mean "{near}"?' if near else f"these can: {', '.join(_ALL)}"
            )
        elif not isinstance(name, str) or not name.strip():
            yield f'the name of "{term}" is empty'
        elif _MARKUP.search(name):
            yield f'the name of "{term}" is plain text, without HTML: "{name}"'
    for group in TERMS.values():
        there, missing = [term for term in group if term in given], [term for term in group if term not in given]
        if there and missing:
            yield f"with {' and '.join(there)}, give {' and '.join(missing)} too"
