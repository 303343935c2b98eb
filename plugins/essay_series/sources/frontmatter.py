"""Parses a file into a `Source`: its header and its body.

The header is one ``Key: value`` per line and ends at the first blank line. A line that is indented by four spaces
continues the value above it. The header may be enclosed in ``---`` lines, as in YAML, but it is not parsed as YAML.
Keys are not case-sensitive; `keys` has a list of them.

Parsing never fails: any bytes give a `Source`, and `checks` reports what is wrong with it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from ..values import dataclass
from .comments import words_by_line
from .keys import KEYS, Kind

NOTE = "<!-- Before you publish"
"""The start of the comment in a new file that tells its author what to fill in; it must be gone before publication."""

LINE_END = re.compile(r"\r\n|\r|\n")
"""A line ending in a source."""
_FENCE = re.compile(r"-{3}\s*$")
_FENCE_END = re.compile(r"(-{3}|\.{3})\s*$")
_KEY_VALUE = re.compile(r"(?P<indent> {0,3})(?P<key>[A-Za-z0-9_-]+):(?P<space>\s*)(?P<value>.*)$")
_CONTINUED = re.compile(r"(?P<indent> {4,})(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a value, with the line and column (from 1) of its first character."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Field:
    """A key as the author wrote it, with all its values."""

    name: str
    line: int
    values: tuple[Value, ...]
    column: int = 1
    height: int = 1
    """How many lines it takes, including those that contain only a comment."""

    @property
    def last_line(self) -> int:
        """The number of its last line."""
        return self.line + self.height - 1

    @property
    def text(self) -> str:
        """The first value, stripped."""
        return self.values[0].text.strip()


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed source file."""

    path: str
    """Relative to the content folder, with ``/`` between folders."""
    kind: Kind
    lines: tuple[str, ...]
    fields: Mapping[str, Field] = field(default_factory=dict)
    """The first occurrence of each key, by its lower-case name."""
    repeated: tuple[Field, ...] = ()
    """The further occurrences of keys that are not repeatable."""
    occurrences: tuple[Field, ...] = ()
    """Every occurrence of each key in Markdown, in the order of the lines; `fields` joins those of repeatable keys."""
    body_line: int = 1
    """The number of the first line of the body, from 1."""
    fenced: bool = False
    """Whether the header is enclosed in ``---`` lines."""
    closed: bool = True
    """Whether the header ends properly: at a blank line, its closing fence or the end of the file."""
    bad_byte: tuple[int, int] | None = None
    """Line and column of the first byte that is not UTF-8."""
    html: str | None = None
    """The text as HTML if the file is not in Markdown; its body is empty then."""

    def text(self, key: str) -> str:
        """Return the value of `key` (lower case); empty if the file does not set it."""
        found = self.fields.get(key)
        return found.text if found else ""

    def values(self, key: str) -> tuple[Value, ...]:
        """Return every line of the value of `key` (lower case); empty if the file does not set it."""
        found = self.fields.get(key)
        return found.values if found else ()

    @property
    def texts(self) -> Mapping[str, str]:
        """Every non-empty value, by the lower-case name of its key."""
        return {key: each.text for key, each in self.fields.items() if each.text}

    @property
    def full_text(self) -> str:
        r"""The whole file, with ``\n`` as line ending."""
        return "\n".join(self.lines)

    @property
    def prose(self) -> str:
        """The text below the header: the Markdown body, or the HTML of a file that is not in Markdown."""
        return self.body if self.html is None else self.html

    @property
    def body(self) -> str:
        """The Markdown below the header."""
        return "\n".join(self.lines[self.body_line - 1 :])


def read(path: str, kind: Kind, data: bytes) -> Source:
    """Parse the bytes of a source file, with any line endings, with or without a byte order mark."""
    text = data.removeprefix(codecs.BOM_UTF8)
    bad_byte = None
    try:
        text.decode()
    except UnicodeDecodeError as error:
        before = LINE_END.split(text[: error.start].decode())
        bad_byte = (len(before), len(before[-1]) + 1)
    lines = tuple(LINE_END.split(text.decode(errors="replace")))
    return _with_header(Source(path, kind, lines, bad_byte=bad_byte))


def read_elsewhere(path: str, kind: Kind, data: bytes, texts: Mapping[str, str], html: str) -> Source:
    """Return the source of a file that is not in Markdown, which one of Pelican's readers has parsed.

    Args:
        path: the file, relative to the content folder.
        kind: the kind of file.
        data: its bytes, in which the places of the values are looked up.
        texts: its front matter in plain text, by lower-case key.
        html: its text as HTML.

    """
    lines = tuple(LINE_END.split(data.removeprefix(codecs.BOM_UTF8).decode(errors="replace")))
    fields = {key: _found_in(lines, key, text) for key, text in texts.items()}
    return Source(path, kind, lines, fields, body_line=len(lines) + 1, html=html)


def _found_in(lines: Sequence[str], key: str, text: str) -> Field:
    """Return a field at the first line that contains key and value, else only the value, else at the first line."""
    named = [number for number, line in enumerate(lines) if text in line and key in line.lower()]
    number = next(iter([*named, *(number for number, line in enumerate(lines) if text in line)]), 0)
    column = max(lines[number].rfind(text), 0) + 1
    return Field(key.capitalize(), number + 1, (Value(text, number + 1, column),))


def _with_header(source: Source) -> Source:
    lines = source.lines
    fenced = bool(_FENCE.match(lines[0]))
    found: list[Field] = []
    ended, number = False, int(fenced)
    for number in range(int(fenced), len(lines)):
        line = lines[number]
        ended = bool(_FENCE_END.match(line)) or not line.strip()
        if ended or not _take(line, number + 1, found):
            break
    else:
        number, ended = len(lines), not fenced
    occurrences = tuple(map(_without_comments, found))
    fields, repeated = _first_and_repeated(occurrences)
    return Source(
        source.path,
        source.kind,
        lines,
        fields,
        repeated,
        occurrences,
        body_line=number + 1 + int(ended and number < len(lines)),
        fenced=fenced,
        closed=ended and (not fenced or bool(_FENCE_END.match(lines[number]))),
        bad_byte=source.bad_byte,
    )


def _take(line: str, number: int, found: list[Field]) -> bool:
    """Add the content of `line` to `found`; return False if it does not belong to a header."""
    if match := _KEY_VALUE.match(line):
        value = Value(match["value"].rstrip(), number, match.start("value") + 1)
        found.append(Field(match["key"], number, (value,), match.start("key") + 1))
        return True
    match = _CONTINUED.match(line)
    if match is None or not found:
        return False
    last = found.pop()
    value = Value(match["value"].rstrip(), number, match.start("value") + 1)
    found.append(replace(last, values=(*last.values, value), height=last.height + 1))
    return True


def _without_comments(field: Field) -> Field:
    """Return `field` without the comments in its values, which may span several lines."""
    written = "\n".join(value.text for value in field.values)
    if "<!--" not in written:
        return field
    lines = zip(words_by_line(written), field.values, strict=True)
    first, *more = (Value(text, old.line, old.column + column) for (text, column), old in lines)
    return replace(field, values=(first, *(value for value in more if value.text)))


def _first_and_repeated(found: Iterable[Field]) -> tuple[dict[str, Field], tuple[Field, ...]]:
    repeatable = {key.name.lower() for key in KEYS if key.repeatable}
    fields: dict[str, Field] = {}
    repeated: list[Field] = []
    for each in found:
        key = each.name.lower()
        first = fields.setdefault(key, each)
        if first is not each and key in repeatable:
            fields[key] = Field(first.name, first.line, first.values + each.values, first.column)
        elif first is not each:
            repeated.append(each)
    return fields, tuple(repeated)
