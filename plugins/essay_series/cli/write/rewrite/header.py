"""Replacements in front matter: a value, a name in a list, a new line, an alias."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ....sources.declare import names_in
from ....sources.frontmatter import Source
from ...command import CommandError
from .edits import Replacement

ALIASES = "Aliases"


def value_changed(source: Source, key: str, new: str) -> Replacement:
    """Return the replacement of the value of `key` (lower case), which `source` must have, by `new`."""
    value = source.fields[key].values[0]
    return Replacement(source.path, value.line, value.column, value.text, new)


def names_changed(source: Source, key: str, is_old: Callable[[str], bool], new: str) -> Iterator[Replacement]:
    """Yield the replacement of each name in the list under `key` for which `is_old` holds by `new`."""
    if not source.text(key):
        return
    value = source.fields[key].values[0]
    between = ";" if ";" in value.text else ","
    for match in re.finditer(rf"[^\s{between}](?:[^{between}]*[^\s{between}])?", value.text):
        if is_old(match[0]):
            yield Replacement(source.path, value.line, value.column + match.start(), match[0], new)


def line_added(source: Source, text: str) -> Replacement:
    """Return the replacement that adds `text` as the last line of the header of `source`, which must have a key."""
    last = _last_line(source)
    return Replacement(source.path, last, len(source.lines[last - 1]) + 1, "", f"\n{text}")


def alias_added(source: Source, old: str, is_new: Callable[[str], bool], *, keep: bool) -> Replacement | None:
    """Return the replacement that makes `old` an alias, or None if it is one already.

    If the new name is among the aliases, the file goes back to a former name, and that alias must go. Where `old` need
    not be kept and the alias is written as this function writes it, it is removed, so that the file gets back the bytes
    that it had before the first rename. Otherwise `old` takes its place.

    Args:
        source: the file, with at least one key.
        old: the former slug or address.
        is_new: tells whether an alias is the new slug or address.
        keep: whether `old` was published, so that readers may still use it.

    """
    field = source.fields.get(ALIASES.lower())
    if field is None:
        return line_added(source, f"{ALIASES}: {old}")
    value = field.values[0]
    if not value.text:
        raise CommandError(f'{source.path}:{field.line}: "{ALIASES}" has no value. Give it one, or remove the line.')
    names = names_in(value.text)
    former = next((name for name in reversed(names) if is_new(name)), None)
    if former is None:
        grown = _with_name(value.text, old)
        return None if old in names else Replacement(source.path, value.line, value.column, value.text, grown)
    undone = None if keep else _undone(source, former)
    return undone or list(names_changed(source, ALIASES.lower(), lambda name: name == former, old))[-1]


def _undone(source: Source, former: str) -> Replacement | None:
    """Return the replacement that removes the alias `former`, if it is written exactly as `alias_added` writes it."""
    value = source.fields[ALIASES.lower()].values[0]
    line = source.lines[value.line - 1]
    if line == f"{ALIASES}: {former}" and value.line == _last_line(source) and value.line > 1:
        above = source.lines[value.line - 2]
        return Replacement(source.path, value.line - 1, len(above) + 1, f"\n{line}", "")
    rest = value.text.removesuffix(former).rstrip().rstrip(",;")
    if rest and value.text == _with_name(rest, former):
        return Replacement(source.path, value.line, value.column, value.text, rest)
    return None


def _with_name(names: str, name: str) -> str:
    return f"{names}{';' if ';' in names else ','} {name}"


def _last_line(source: Source) -> int:
    fields = (*source.fields.values(), *source.repeated)
    return max(value.line for field in fields for value in field.values)
