"""Front matter of other generators: YAML, TOML, JSON or plain lines above a text."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import yaml

from ..item import one_line

LONGEST = 256_000
_FENCES = (
    ("---", re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)),
    ("+++", re.compile(r"\A\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)),
)
_LINE = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*)")


@dataclass(frozen=True)
class Header:
    """The header above a text."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    """By names in small letters."""
    body: str = ""
    wrong: str = ""
    """Why it cannot be read; empty where it can, or where there is none."""
    there: bool = False
    """Whether there is one."""

    def text(self, *names: str) -> str:
        """Return the first of the facts `names` that is there, on one line; empty for none."""
        return next((said for name in names if (said := _scalar(self.facts.get(name)))), "")

    def list(self, *names: str) -> tuple[str, ...]:
        """Return the facts `names` as lists in a row; text is parted at commas, or else at blanks."""
        found = (each for name in names for each in _items(self.facts.get(name)))
        return tuple(dict.fromkeys(each for each in found if each))

    def flag(self, name: str) -> bool | None:
        """Return the fact `name`, where it is true or false; None where it is neither."""
        said = self.facts.get(name)
        words = {"true": True, "yes": True, "false": False, "no": False}
        return said if isinstance(said, bool) else words.get(_scalar(said).lower())

    def date(self, *names: str) -> datetime | None:
        """Return the first of the facts `names` that is a date; None for none."""
        return next((when for name in names if (when := _moment(self.facts.get(name)))), None)


def parted(text: str) -> Header:
    """Return front matter and text of a source."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for mark, pattern in _FENCES:
        if text.startswith(mark) and (found := pattern.match(text)):
            return _read(mark, found[1], text[found.end() :])
    if text.startswith("{\n"):
        return _read_json(text)
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines) if not _LINE.match(line)), len(lines))
    if end and (end == len(lines) or not lines[end].strip()):
        facts = {found[1].lower(): found[2].strip() for line in lines[:end] if (found := _LINE.match(line))}
        if facts.keys() & {"title", "date"}:
            return Header(facts, "\n".join(lines[end:]), there=True)
    return Header(body=text)


def _read(mark: str, written: str, body: str) -> Header:
    if len(written) > LONGEST:
        return Header(body=body, wrong="its header is too long", there=True)
    try:
        facts = yaml.safe_load(written) if mark == "---" else tomllib.loads(written)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Header(body=body, wrong=f"its header cannot be read: {one_line(str(error))}", there=True)
    if facts is None:
        return Header(body=body, there=True)
    if not isinstance(facts, dict):
        return Header(body=body, wrong="its header is no list of keys", there=True)
    extra = facts.pop("taxonomies", None), facts.pop("extra", None)
    for more in extra:  # as Zola has them
        facts.update(
            {key: value for key, value in (more.items() if isinstance(more, dict) else ()) if key not in facts}
        )
    return Header({str(key).lower(): value for key, value in facts.items()}, body, there=True)


def _read_json(text: str) -> Header:
    try:
        facts, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        return Header(body=text, wrong=f"its header cannot be read: {error}", there=True)
    return Header({str(key).lower(): value for key, value in facts.items()}, text[end:].lstrip("\n"), there=True)


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
    for form in (None, "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%B %d, %Y", "%d %B %Y", "%b %d, %Y"):
        try:
            if form is None:
                return datetime.fromisoformat(text).replace(microsecond=0)
            return datetime.strptime(text, form)  # noqa: DTZ007 - the site's zone is taken
        except ValueError:
            continue
    return None
