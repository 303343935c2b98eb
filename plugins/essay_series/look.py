"""Reads ``look.toml``: the colours of a site for light and dark pages, its fonts and its mark.

The theme's file is complete; a file of the same form beside the site's settings overrides any part of it. Style sheets,
feeds, cards, the manifest and books take their colours from here and have no colours of their own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from .names import did_you_mean
from .values import dataclass

FILE = "look.toml"
COLOURS = (
    *("paper", "paper-raised", "ink", "ink-quiet", "rule", "rule-strong", "ember", "flame", "deep"),
    *("link", "link-read", "focus", "select"),
)
"""Every colour; ``ember`` is for costs, ``deep`` for benefits."""
FONTS = ("regular", "italic", "semibold")
FILES = ("mark", "inline", "icon-192", "icon-512", "icon-maskable-512")
LETTERS = ("scripts", "lacks")
TABLES = {"light": COLOURS, "dark": COLOURS, "fonts": FONTS, "letters": LETTERS, "mark": FILES}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CODES = re.compile(r"\s*[A-Za-z]+(?:\s+[A-Za-z]+)*\s*")
_TEXT, _MARK = 7.0, 3.0
"""The minimum contrast that WCAG 2.2 requires of text (1.4.6, level AAA) and of graphics (1.4.11)."""
_TEXTS = ("ink", "ink-quiet", "ember", "deep", "link", "link-read")
_PAIRS = (
    *((text, on, _TEXT) for on in ("paper", "paper-raised") for text in _TEXTS),
    ("ink", "select", _TEXT),
    *((mark, "paper", _MARK) for mark in ("flame", "rule-strong", "focus")),
)
"""Foreground, background, and the minimum contrast between them."""


class LookError(ValueError):
    """A ``look.toml`` has mistakes; the text has one line for each, with file, line, column and hint."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, fonts and mark of one site."""

    light: Mapping[str, str]
    """Each of the `COLOURS` as ``#rrggbb``, for light pages and for what has only one version, such as cards."""
    dark: Mapping[str, str]
    fonts: Mapping[str, Path]
    """The font file of each of the `FONTS`."""
    mark: Mapping[str, Path] = field(default_factory=dict)
    """The files of the mark: ``mark``, the icon as SVG, and optionally ``inline``, the SVG for pages, and PNG icons."""
    scripts: tuple[str, ...] = ()
    """The scripts (ISO 15924) that the fonts support; empty if unknown."""
    lacks: tuple[str, ...] = ()
    """Languages in these scripts of which the fonts lack some letters."""
    sources: tuple[Path, ...] = ()
    """The files it was read from."""

    def has_letters_of(self, language: str, script: str) -> bool:
        """Tell whether the fonts support `language`, written in `script`; if it is unknown, they are assumed to."""
        return not self.scripts or (script in self.scripts and language.partition("-")[0] not in self.lacks)


def look_of(theme: Path, site: Path | None = None) -> Look | None:
    """Return the look of a site.

    Args:
        theme: the folder of its theme.
        site: the site's own file, which overrides parts of the theme's; it need not exist.

    Returns:
        None if the theme has no ``look.toml``.

    Raises:
        LookError: a file is not valid TOML, lacks a value, has an unknown key, or has colours with too little contrast.

    """
    if not (theme / FILE).is_file():
        return None
    files = [theme / FILE, *([site] if site and site.is_file() else [])]
    written = [_Written.of(file) for file in files]
    mistakes = [mistake for each in written for mistake in each.mistakes()]
    merged = {table: _merged([each.values(table) for each in written]) for table in TABLES}
    if any(each.values("fonts") for each in written[1:]):  # the theme's [letters] describe only its own fonts
        merged["letters"] = dict(written[-1].values("letters"))
    mistakes = mistakes or list(_missing(theme / FILE, merged)) or list(_pale(written, merged))
    if mistakes:
        raise LookError("\n".join(mistakes))
    fonts = {name: Path(path) for name, path in merged["fonts"].items()}
    mark = {name: Path(path) for name, path in merged["mark"].items()}
    letters = {name: tuple(merged["letters"].get(name, "").split()) for name in LETTERS}
    return Look(merged["light"], merged["dark"], fonts, mark, letters["scripts"], letters["lacks"], tuple(files))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1 to 21) of two colours ``#rrggbb``, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - WCAG's
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@dataclass(frozen=True, slots=True)
class _Written:
    """A parsed ``look.toml``."""

    file: Path
    text: str
    tables: Mapping[str, Any]

    @classmethod
    def of(cls, file: Path) -> _Written:
        text = file.read_text(encoding="utf-8", errors="replace")
        try:
            return cls(file, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, column = place.groups() if place else ("1", "1")
            reason = re.sub(r" ?\(at [^)]*\)", "", str(error))
            raise LookError(f"{file}:{line}:{column}: invalid TOML: {reason}. Correct the line.") from error

    def values(self, table: str) -> Mapping[str, str]:
        """Return the strings in `table`; file paths are relative to the file's own folder in the file, not here."""
        written = self.tables.get(table, {})
        values = written.items() if isinstance(written, dict) else ()
        found = {name: value for name, value in values if isinstance(value, str)}
        if table == "letters":
            return found
        if table in ("fonts", "mark"):
            return {name: str(self.file.parent / value) for name, value in found.items()}
        return {name: value.lower() for name, value in found.items()}

    def mistakes(self) -> Iterator[str]:
        """Yield a message for each mistake in the file by itself."""
        for table, values in self.tables.items():
            if table not in TABLES:
                hint = did_you_mean(table, TABLES, f"Use one of {', '.join(TABLES)}.")
                yield self.at(table, "", f'"{table}" is not known', hint)
            elif not isinstance(values, dict):
                yield self.at(table, "", f'"{table}" is not a table', f"Write [{table}] and a line for each value.")
            else:
                found = ((name, self._mistake(TABLES[table], name, value)) for name, value in values.items())
                yield from (self.at(table, name, *mistake) for name, mistake in found if mistake)

    def _mistake(self, names: Sequence[str], name: str, value: object) -> tuple[str, str] | None:
        """Return a message and a hint about the key `name` of a table that may have the keys `names`; None if fine."""
        text = value if isinstance(value, str) else ""
        if name not in names:
            return f'"{name}" is not known', did_you_mean(name, names, f"Use one of {', '.join(names)}.")
        if names is COLOURS:
            return None if _COLOUR.fullmatch(text) else (f"{value!r} is not a colour", "Write it as #rrggbb.")
        if names is LETTERS:
            return None if _CODES.fullmatch(text) else (f"{value!r} is not a list of codes", 'Write it as "Latn Cyrl".')
        is_file = (self.file.parent / text).is_file()
        return None if is_file else (f"there is no file {value!r}", "Paths are relative to this file.")

    def at(self, table: str, name: str, message: str, cure: str) -> str:
        """Return a message at the line of the key `name` in `table`, or at the line of the table."""
        begin = re.search(rf"^[ \t]*\[?{re.escape(table)}\b", self.text, re.MULTILINE)
        start = begin.start() if begin else 0
        key = re.compile(rf"^[ \t]*\"?{re.escape(name)}\"?\s*=", re.MULTILINE).search(self.text, start)
        offset = key.start() if name and key else start
        return f"{self.file}:{self.text.count(chr(10), 0, offset) + 1}:1: {message}. {cure}"


def _merged(tables: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Merge `tables`, the last value of each key winning; a new mark replaces all files of the old one."""
    merged: dict[str, str] = {}
    for table in tables:
        merged = {**({} if "mark" in table else merged), **table}
    return merged


def _missing(file: Path, merged: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield a message for each required value that no file has; of a mark only the SVG is required."""
    for table, names in TABLES.items():
        needed = {"mark": names[:1], "letters": ()}.get(table, names)
        for name in needed:
            if name not in merged[table]:
                yield f"{file}:1:1: the table [{table}] has no {name}. Add a line for it."


def _pale(written: Sequence[_Written], merged: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield a message for each pair of colours with too little contrast."""
    for scheme in ("light", "dark"):
        for one, on, least in _PAIRS:
            ratio = contrast(merged[scheme][one], merged[scheme][on])
            if ratio < least:
                file = next((each for each in reversed(written) if {one, on} & each.values(scheme).keys()), written[0])
                name = one if one in file.values(scheme) else on
                message = f"{one} on {on} has a contrast of {ratio:.1f} to 1 in [{scheme}], not {least:.0f}"
                yield file.at(scheme, name, message, "Make one lighter or darker.")
