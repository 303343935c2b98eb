"""Front matter of other generators: YAML, TOML, JSON or plain ``Key: value`` lines."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import yaml

from ..item import iso_date, one_line

LONGEST = 256_000
_FENCED: tuple[tuple[Callable[[str], object], re.Pattern[str]], ...] = (
    (yaml.safe_load, re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)),
    (tomllib.loads, re.compile(r"\A\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)),
)
_LINE = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*)")


@dataclass(frozen=True)
class Header:
    """A source file: its front matter and its text."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """By keys in lower case."""
    body: str = ""
    wrong: str = ""
    """Why the front matter cannot be read; empty if it can."""
    exists: bool = False
    """Whether the file has front matter."""

    def text(self, *names: str) -> str:
        """Return the first value of the keys `names` on one line; empty if none has one."""
        return next((text for name in names if (text := _scalar(self.values.get(name)))), "")

    def list(self, *names: str) -> tuple[str, ...]:
        """Return the values of all keys `names` as one list; a text is split at commas, or else at spaces."""
        found = (each for name in names for each in _items(self.values.get(name)))
        return tuple(dict.fromkeys(each for each in found if each))

    def flag(self, name: str) -> bool | None:
        """Return the boolean value of the key `name`; None if it has none."""
        value = self.values.get(name)
        words = {"true": True, "yes": True, "false": False, "no": False}
        return value if isinstance(value, bool) else words.get(_scalar(value).lower())

    def date(self, *names: str) -> datetime | None:
        """Return the first date among the values of the keys `names`; None if there is none."""
        return next((when for name in names if (when := _moment(self.values.get(name)))), None)


def parsed(text: str) -> Header:
    """Return front matter and text of a source file."""
    text = text.replace("\r\n", "\n")
    try:
        return _fenced(text) or _lines(text) or Header(body=text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Header(body=text, wrong=f"its header cannot be read: {one_line(str(error))}", exists=True)


def _fenced(text: str) -> Header | None:
    for load, pattern in _FENCED:
        if found := pattern.match(text):
            if len(found[1]) > LONGEST:
                raise ValueError(f"it has more than {LONGEST:,} characters")
            return _header(load(found[1]), text[found.end() :])
    if text.startswith("{\n"):
        values, end = json.JSONDecoder().raw_decode(text)
        return _header(values, text[end:].lstrip("\n"))
    return None


def _header(values: object, body: str) -> Header:
    if not isinstance(values, dict | None):
        raise ValueError("it is not a list of keys")  # noqa: TRY004 - as the parsers say that a header is malformed
    found = dict(values or {})
    for more in (found.pop("taxonomies", None), found.pop("extra", None)):  # tables of Zola
        found = {**more, **found} if isinstance(more, dict) else found
    return Header({str(key).lower(): value for key, value in found.items()}, body, exists=True)


def _lines(text: str) -> Header | None:
    """Return the header of a file that begins with lines such as ``Title: Price``; None if it does not."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines) if not _LINE.match(line)), len(lines))
    values = {found[1].lower(): found[2].strip() for line in lines[:end] if (found := _LINE.match(line))}
    if values.keys() & {"title", "date"} and not "".join(lines[end : end + 1]).strip():
        return Header(values, "\n".join(lines[end:]), exists=True)
    return None


def _scalar(value: object) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return one_line(str(value)) if isinstance(value, str | int | float | date | datetime) else ""


def _items(value: object) -> Iterable[str]:
    if isinstance(value, list):
        return [_scalar(each) or (_scalar(each.get("name")) if isinstance(each, dict) else "") for each in value]
    text = _scalar(value).strip("[]")
    return (each.strip().strip("\"'") for each in text.split("," if "," in text else None))


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time())
    text = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", _scalar(value).replace(" UTC", "+00:00").replace(" Z", "Z"))
    if when := iso_date(text):
        return when
    for form in ("%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%B %d, %Y", "%d %B %Y", "%b %d, %Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form)  # noqa: DTZ007 - the site's zone applies
    return None
