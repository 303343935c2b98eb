"""Series of imported texts: the author's rules, the order of parts, and the table of sides."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..model import SIDES
from ..names import fold
from .item import ImportRefusedError, Item, one_line

_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\s*\.\.\s*(\d{4}-\d\d-\d\d)")
USAGE = 'SERIES="label=Title; 2009-04-01..2009-04-30=Title"'
COLUMNS = ("text", "title", "series", "side", "entry", "answers")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that makes texts parts of a series."""

    title: str
    label: str = ""
    """The tag of its parts; empty if the rule is a range of dates."""
    first: date | None = None
    last: date | None = None

    def holds_for(self, item: Item) -> bool:
        """Tell whether the rule makes `item` a part."""
        if self.label:
            return any(fold(tag) == fold(self.label) for tag in item.tags)
        return bool(self.first and self.last and item.date and self.first <= item.date.date() <= self.last)


def rules_from(text: str) -> tuple[Rule, ...]:
    """Return the rules in `text`, which looks like ``label=Title; 2009-04-01..2009-04-30=Title``."""
    found = []
    for piece in filter(None, (one_line(each) for each in text.split(";"))):
        left, mark, title = (each.strip() for each in piece.partition("="))
        dates = _RANGE.fullmatch(left)
        if not left or (dates and not title) or (mark and not title):
            raise ImportRefusedError(f'"{piece}" names no series: {USAGE}')
        if dates:
            try:
                first, last = (date.fromisoformat(each) for each in dates.groups())
            except ValueError as error:
                raise ImportRefusedError(f'"{piece}" names a day that does not exist: {USAGE}') from error
            if last < first:
                raise ImportRefusedError(f'"{piece}" ends before it begins: {USAGE}')
            found.append(Rule(title, first=first, last=last))
        else:
            found.append(Rule(title or left, label=left))
    return tuple(found)


def with_series(items: Iterable[Item], rules: Sequence[Rule], known: Mapping[str, str]) -> list[Item]:
    """Return `items` with their series: by the first rule that fits, by the export, or by a tag with a series' name.

    `known` has the name of each series of this site, as front matter has it, by every folded name.
    """
    return [_with_series(item, rules, known) if item.kind == "essay" else item for item in items]


def _with_series(item: Item, rules: Sequence[Rule], known: Mapping[str, str]) -> Item:
    rule = next((rule for rule in rules if rule.holds_for(item)), None)
    label = next((tag for tag in item.tags if fold(tag) in known), "")
    title = rule.title if rule else item.series or label
    if not title:
        return item
    drop = {fold(rule.label) if rule else "", fold(label), fold(title)}
    tags = tuple(tag for tag in item.tags if fold(tag) not in drop)
    return replace(item, series=known.get(fold(title), one_line(title)), tags=tags)


def parts_of(items: Sequence[Item], taken: Iterable[str]) -> dict[int, int]:
    """Return the part number of each text whose series is not ordered by date, by its index in `items`.

    Series in `taken`, by folded name, have essays here already; their order is left to the author.
    """
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        if item.series:
            members[fold(item.series)].append(number)
    found: dict[int, int] = {}
    busy = set(taken)
    for name, numbers in members.items():
        if name in busy or not any(items[n].part is not None for n in numbers):
            continue
        by_date = sorted(numbers, key=lambda n: items[n].sort_date)
        by_part = sorted(by_date, key=lambda n: _part(items[n]))
        if by_part != by_date:
            found |= {n: place for place, n in enumerate(by_part, start=1)}
    return found


def _part(item: Item) -> float:
    return float("inf") if item.part is None else item.part


def table_of(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows`, each with the cells that `COLUMNS` name, as the CSV table that the author fills in."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def sides_from(text: str, name: str) -> dict[str, Mapping[str, str]]:
    """Return front matter from the filled-in CSV table `text`: keys and values, by the path of the source."""
    found: dict[str, Mapping[str, str]] = {}
    try:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise ImportRefusedError(f"{name} cannot be read as a table: {error}") from error
    for number, row in enumerate(rows, start=2):
        path, side = one_line(row.get("text") or ""), one_line(row.get("side") or "").lower()
        if not path:
            raise ImportRefusedError(f'{name}:{number}: the column "text" is empty')
        if side and side not in SIDES:
            raise ImportRefusedError(f'{name}:{number}: "{side}" is not a side: write {" or ".join(SIDES)}, or nothing')
        keys = {"Series": row.get("series"), "Side": side, "Entry": row.get("entry"), "Answers": row.get("answers")}
        found[path] = {key: one_line(value).lstrip("'") for key, value in keys.items() if value and value.strip()}
    return found


def _harmless(cell: str) -> str:
    """Return a cell that spreadsheets do not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
