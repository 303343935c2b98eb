"""Checks of one file by itself: its bytes, and whether its header has the keys that it needs and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...htmltext import texts_in
from ...model import DRAFT, SKIP
from ...names import nearest
from ...sources.frontmatter import Source
from ...sources.keys import KEYS, Kind, keys_of
from ...sources.manuscript import Manuscript
from ...sources.masked import without_code
from ..problem import Flaw, at_value, check, check_when_closed, did_you_mean, one_of, short

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LOST = "\ufffd"
"""The sign that programs put in the place of a letter that they could not read."""
_LOST = re.compile(LOST)


@check
def check_not_utf8(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source is not UTF-8, so letters beyond ASCII would come out wrong, or Pelican would drop it.

    Bad: a file saved as Latin-1 or UTF-16.
    Good: the same file saved as UTF-8, with or without a byte order mark.
    """
    for source in manuscript.sources:
        if source.bad_byte:
            line, column = source.bad_byte
            yield Flaw(source.path, line, column, "this byte is not UTF-8", "Save the file with the encoding UTF-8.")


@check
def check_control_character(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source holds a character that no page and no feed may hold, most often from a paste gone wrong.

    Bad: a form feed or an escape in the text, or the replacement character for a letter lost in a conversion.
    Good: the letter that was meant; in code, the sign for a lost letter too.
    """
    for source in manuscript.unchecked:
        if source.bad_byte:
            continue
        for number, (line, shown) in enumerate(zip(source.lines, _shown(source, manuscript), strict=True), start=1):
            if match := _CONTROL.search(line) or _LOST.search(shown):
                yield Flaw(
                    source.path,
                    number,
                    match.start() + 1,
                    f"the character U+{ord(match[0]):04X} cannot be published",
                    "Remove it, or write what was meant.",
                )


def _shown(source: Source, manuscript: Manuscript) -> Sequence[str]:
    """Return the lines of `source` in which the sign for a lost letter is none that its author wants to show."""
    if not _LOST.search(source.full_text):
        return source.lines
    header, text = source.lines[: source.body_line - 1], without_code(source.body)
    shown = texts_in(manuscript.config.to_html(source.body)) if _LOST.search(text) else ()
    if not any(map(_LOST.search, shown)):
        text = _LOST.sub(" ", text)
    return (*header, *text.split("\n"))[: len(source.lines)]  # without a text there is no line for it


@check
def check_empty_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source holds nothing at all.

    Bad: a file of no bytes, or of blank lines alone.
    Good: a file with at least a title and a date.
    """
    for source in manuscript.sources:
        if _is_empty(source):
            yield Flaw(
                source.path,
                1,
                1,
                "the file is empty",
                'Start it with "Title: …" and "Date: …", or remove it.',
            )


@check_when_closed
def check_unread_header(manuscript: Manuscript) -> Iterator[Flaw]:
    """A line among the header's is none, so it and all below it would be printed as text.

    Bad: ``Date 2009-04-01`` (no colon), text right under the header, or a blank line above it.
    Good: ``Date: 2009-04-01``, and one blank line between header and text.
    """
    for source in manuscript.sources:
        if _is_unreadable(source):
            continue
        if _has_no_header(source):
            yield Flaw(source.path, 1, 1, "the file starts without a header", 'Start line 1 with "Title: …".')
        elif not (source.closed or source.fenced):
            yield Flaw(
                source.path,
                source.body_line,
                1,
                f'"{short(source.lines[source.body_line - 1])}" ends the header without being "Key: value"',
                "Add the missing colon, or a blank line above the text.",
            )


@check
def check_yaml_header(manuscript: Manuscript) -> Iterator[Flaw]:
    """A header between ``---`` lines holds YAML that is not plain ``Key: value``, or is never closed.

    Bad: a list below ``tags:``, a quoted value, a missing second ``---``.
    Good: ``tags: let-go, guard-the-edges`` and ``title: Letting go``, one per line.
    """
    for source in manuscript.sources:
        if not source.fenced:
            continue
        if not source.closed:
            yield _unclosed(source)
        for field in source.fields.values():
            mark = field.text[:1]
            if re.fullmatch(r"""\[.*\]|"[^"]*"|'[^']*'""", field.text):
                yield at_value(
                    source,
                    field.name.lower(),
                    f"the {mark} around the value would be printed with it",
                    "Write the value without quotes or brackets, a list with commas.",
                )


@check
def check_missing_title(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source has no title, or an empty one; Pelican would drop it from the site.

    Bad: no ``Title:`` line, or ``Title:`` with nothing behind it.
    Good: ``Title: Letting go of the controls``.
    """
    for source in manuscript.sources:
        has_one = manuscript.text(source, "title") or _skipped(manuscript, source)
        if not (has_one or _is_told(manuscript, source, "title")):
            yield at_value(source, "title", "the title is missing", 'Add a line "Title: …".')


@check
def check_missing_date(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay that is not a draft has no date, so it has no place in any order.

    Bad: a published essay without a ``Date:`` line.
    Good: ``Date: 2009-04-01``, or ``Status: draft`` until the date is known.
    """
    if not manuscript.config.needs_date:
        return
    for source in _essays(manuscript):
        essay = manuscript.essays[source.path]
        has_one = source.text("date") or manuscript.config.inherited(source.path).get("date")
        if not (has_one or essay.status == DRAFT or _is_told(manuscript, source, "date")):
            yield at_value(source, "date", "the date is missing", 'Add "Date: 2009-04-01", or "Status: draft".')


@check_when_closed
def check_empty_value(manuscript: Manuscript) -> Iterator[Flaw]:
    """A key is written and has no value, which is most often a thought that was not finished.

    Bad: ``Side:`` with nothing behind it.
    Good: ``Side: cost``, or no such line.
    """
    for source in manuscript.sources:
        for key, field in source.fields.items() if source.closed and source.html is None else ():
            if not any(value.text.strip() for value in field.values) and not _is_demanded(manuscript, source, key):
                yield at_value(source, key, f'"{field.name}" has no value', "Give it one, or remove the line.")


@check_when_closed
def check_unknown_key(manuscript: Manuscript) -> Iterator[Flaw]:
    """A key is not in the vocabulary of such a file, so nothing would come of it.

    Bad: ``Serie: micro-revolutions``.
    Good: ``Series: micro-revolutions``.
    """
    for source in manuscript.sources:
        known = [key.name for key in keys_of(source.kind)]
        for name in _unknown_keys(source):
            field = source.fields[name.lower()]
            yield Flaw(
                source.path,
                field.line,
                field.column,
                f'"{name}" is not a key of {_a(source.kind)}',
                _key_hint(name, known),
            )


@check_when_closed
def check_value_on_two_lines(manuscript: Manuscript) -> Iterator[Flaw]:
    """A value goes on in a second line, and only the first of the two would count.

    Bad: ``Entry: You no longer decide`` with ``    how the work is done.`` under it.
    Good: the whole value on one line; only ``Planned`` may have several.
    """
    repeatable = {key.name.lower() for key in KEYS if key.repeatable}
    for source in manuscript.sources:
        for key, field in source.fields.items():
            if len(field.values) > 1 and key not in repeatable:
                second = field.values[1]
                yield Flaw(
                    source.path,
                    second.line,
                    second.column,
                    f'the value of "{field.name}" goes on in a second line',
                    "Write it on one line.",
                )


@check
def check_repeated_key(manuscript: Manuscript) -> Iterator[Flaw]:
    """A key stands twice in one header, and only one of the two would count.

    Bad: two ``Tags:`` lines.
    Good: ``Tags: let-go, guard-the-edges``.
    """
    for source in manuscript.sources:
        for field in source.repeated:
            first = source.fields[field.name.lower()].line
            yield Flaw(
                source.path,
                field.line,
                field.column,
                f'"{field.name}" is written a second time',
                f"Keep one of the two; the first is on line {first}.",
            )


def _unclosed(source: Source) -> Flaw:
    rest = "".join(source.lines[source.body_line - 1 :])
    if not rest.strip():
        hint = 'End it with a second "---".'
        return Flaw(source.path, 1, 1, 'the header that "---" opens is never closed', hint)
    return Flaw(
        source.path,
        source.body_line,
        1,
        f'the header that "---" opens cannot be read from "{short(source.lines[source.body_line - 1])}" on',
        'Write each key as "Key: value" on one line, lists with commas, and end with "---".',
    )


def _essays(manuscript: Manuscript) -> Iterator[Source]:
    return (manuscript.by_path[path] for path in manuscript.essays)


def _unknown_keys(source: Source) -> list[str]:
    """Return the keys that the schema does not know; other languages have keys of their own, for other readers."""
    known = {key.name.lower() for key in keys_of(source.kind)} if source.html is None else source.fields.keys()
    return [field.name for key, field in source.fields.items() if key not in known]


def is_misspelt(manuscript: Manuscript, source: Source, key: str) -> bool:
    """Tell whether `source` has an unknown key that was surely meant for `key` (lower case), which is told already."""
    known = [each.name for each in keys_of(source.kind)]
    return manuscript.closed and any((nearest(name, known) or "").lower() == key for name in _unknown_keys(source))


def _key_hint(name: str, known: Sequence[str]) -> str:
    elsewhere = [key for key in KEYS if key.name.lower() == name.lower()]
    if elsewhere:
        return f"It is a key of {_a(elsewhere[0].kinds[0])}: remove the line here."
    return did_you_mean(nearest(name, known), f"The keys are {one_of(known)}.")


def _has_no_header(source: Source) -> bool:
    return source.html is None and not (source.fields or source.fenced or _is_unreadable(source))


def _is_told(manuscript: Manuscript, source: Source, key: str) -> bool:
    """Tell whether another problem says already why `key` is missing."""
    if _is_unreadable(source):
        return True
    below = source.lines[source.body_line - 1 :]
    cut_off = not source.closed and any(line.lower().startswith(key) for line in below)
    if source.fenced and cut_off:
        return True
    return manuscript.closed and (cut_off or _misspelt(source, key) or _has_no_header(source))


def _misspelt(source: Source, key: str) -> bool:
    """Tell whether an unknown key was meant for `key`; it is told as such, and nothing is missing besides."""
    return nearest(key, _unknown_keys(source)) is not None


def _is_empty(source: Source) -> bool:
    return not any(line.strip() for line in source.lines)


def _is_unreadable(source: Source) -> bool:
    """Tell whether the file is empty, or in an encoding in which no key can be read."""
    return _is_empty(source) or bool(source.bad_byte and not source.fields)


def _is_demanded(manuscript: Manuscript, source: Source, key: str) -> bool:
    """Tell whether the source must have a value for `key`, so that an empty one is told as missing."""
    if key == "title":
        return not (_skipped(manuscript, source) or manuscript.text(source, "title"))
    if manuscript.text(source, key):
        return False
    return key == "date" and manuscript.text(source, "status").lower() not in (DRAFT, SKIP)


def _skipped(manuscript: Manuscript, source: Source) -> bool:
    return manuscript.text(source, "status").lower() == SKIP


def _a(kind: Kind) -> str:
    names = {
        "essay": "an essay",
        "series": "a series",
        "play": "a play",
        "playbook": "the playbook's introduction",
        "page": "a page",
    }
    return names[kind]
