"""How a site looks: its colours by day and by night, its fonts and its mark, from ``look.toml``.

The theme's file says everything; a file of the same form beside the site's settings overrides any of it. Style sheets,
feeds, cards, the manifest and books take their colours from here and name none themselves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from .names import nearest
from .values import dataclass

FILE = "look.toml"
COLOURS = (
    *("paper", "paper-raised", "ink", "ink-quiet", "rule", "rule-strong", "ember", "flame", "deep"),
    *("link", "link-read", "focus", "select"),
)
"""Every colour; ``ember`` is that of costs, ``deep`` that of benefits."""
FONTS = ("regular", "italic", "semibold")
FILES = ("mark", "inline", "icon-192", "icon-512", "icon-maskable-512")
LETTERS = ("scripts", "lacks")
TABLES = {"light": COLOURS, "dark": COLOURS, "fonts": FONTS, "letters": LETTERS, "mark": FILES}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CODES = re.compile(r"\s*[A-Za-z]+(?:\s+[A-Za-z]+)*\s*")
_TEXT, _MARK = 7.0, 3.0
"""The contrast that WCAG 2.2 asks of text at level AAA, and of marks that mean something."""
_TEXTS = ("ink", "ink-quiet", "ember", "deep", "link", "link-read")
_PAIRS = (
    *((text, on, _TEXT) for on in ("paper", "paper-raised") for text in _TEXTS),
    ("ink", "select", _TEXT),
    *((mark, "paper", _MARK) for mark in ("flame", "rule-strong", "focus")),
)
"""What is seen on what, and the least contrast of the two."""


class LookError(ValueError):
    """A look that cannot be used; the text has a line for each mistake, with its file, line and cure."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, fonts and mark of one site."""

    light: Mapping[str, str]
    """Each of the `COLOURS` as ``#rrggbb``, for light pages and for all that is made once, such as cards."""
    dark: Mapping[str, str]
    fonts: Mapping[str, Path]
    """The font file of each of the `FONTS`."""
    mark: Mapping[str, Path] = field(default_factory=dict)
    """The icon as SVG, under ``mark``; the SVG that stands ``inline`` in pages, and PNGs, where there are any."""
    scripts: tuple[str, ...] = ()
    """The scripts (ISO 15924) of which the fonts have the letters; none where that is not said."""
    lacks: tuple[str, ...] = ()
    """Languages of these scripts of which they lack some letters."""
    sources: tuple[Path, ...] = ()
    """The files that say all this."""

    def has_letters_of(self, language: str, script: str) -> bool:
        """Tell whether the fonts have the letters of `language`, which is written in `script`.

        Fonts of which nothing is said were chosen for the site's languages.
        """
        return not self.scripts or (script in self.scripts and language.partition("-")[0] not in self.lacks)


def look_of(theme: Path, site: Path | None = None) -> Look | None:
    """Return the look of a site.

    Args:
        theme: the folder of its theme.
        site: a file in the form of the theme's ``look.toml`` that overrides parts of it; it need not exist.

    Returns:
        None if the theme has no ``look.toml``: it is not made to be looked at in other colours.

    Raises:
        LookError: a file cannot be read, lacks a value, names an unknown one, or has colours that cannot be read.

    """
    if not (theme / FILE).is_file():
        return None
    files = [theme / FILE, *([site] if site and site.is_file() else [])]
    written = [_Written.of(file) for file in files]
    mistakes = [mistake for each in written for mistake in each.mistakes()]
    merged = {table: _merged([each.values(table) for each in written]) for table in TABLES}
    if any(each.values("fonts") for each in written[1:]):  # what the theme says of its own fonts is not said of others
        merged["letters"] = dict(written[-1].values("letters"))
    mistakes = mistakes or list(_missing(theme / FILE, merged)) or list(_pale(written, merged))
    if mistakes:
        raise LookError("\n".join(mistakes))
    fonts = {name: Path(path) for name, path in merged["fonts"].items()}
    mark = {name: Path(path) for name, path in merged["mark"].items()}
    letters = {name: tuple(merged["letters"].get(name, "").split()) for name in LETTERS}
    return Look(merged["light"], merged["dark"], fonts, mark, letters["scripts"], letters["lacks"], tuple(files))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - WCAG's
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@dataclass(frozen=True, slots=True)
class _Written:
    """One file as it was read."""

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
            told = re.sub(r" ?\(at [^)]*\)", "", str(error))
            raise LookError(f"{file}:{line}:{column}: this is not TOML: {told}. Correct the line.") from error

    def values(self, table: str) -> Mapping[str, str]:
        """Return what the file says in `table`; the paths of files lead from its own folder."""
        found = {name: value for name, value in self._table(table).items() if isinstance(value, str)}
        if table == "letters":
            return found
        if table in ("fonts", "mark"):
            return {name: str(self.file.parent / value) for name, value in found.items()}
        return {name: value.lower() for name, value in found.items()}

    def mistakes(self) -> Iterator[str]:
        """Yield what is wrong in the file, whatever else there is."""
        for table in self.tables:
            if table not in TABLES:
                yield self.at(table, "", f'"{table}" is not known', _did_you_mean(table, tuple(TABLES)))
        for table, names in TABLES.items():
            if not isinstance(self.tables.get(table, {}), dict):
                yield self.at(table, "", f'"{table}" is not a table', f"Write [{table}] and a line for each value.")
            for name, value in self._table(table).items():
                if name not in names:
                    yield self.at(table, name, f'"{name}" is not known', _did_you_mean(name, names))
                elif names is COLOURS and not (isinstance(value, str) and _COLOUR.fullmatch(value)):
                    yield self.at(table, name, f"{value!r} is not a colour", "Write it as #rrggbb.")
                elif names is LETTERS and not (isinstance(value, str) and _CODES.fullmatch(value)):
                    yield self.at(table, name, f"{value!r} is no list of codes", 'Write it as "Latn Cyrl".')
                elif names not in (COLOURS, LETTERS) and not (
                    isinstance(value, str) and (self.file.parent / value).is_file()
                ):
                    yield self.at(table, name, f"there is no file {value!r}", "Its path leads from this file's folder.")

    def at(self, table: str, name: str, message: str, cure: str) -> str:
        """Return a mistake with the place of the key `name` of `table`, or of the table."""
        begin = re.search(rf"^[ \t]*\[?{re.escape(table)}\b", self.text, re.MULTILINE)
        start = begin.start() if begin else 0
        key = (
            re.compile(rf"^[ \t]*\"?{re.escape(name)}\"?\s*=", re.MULTILINE).search(self.text, start) if name else None
        )
        offset = key.start() if key else start
        return f"{self.file}:{self.text.count(chr(10), 0, offset) + 1}:1: {message}. {cure}"

    def _table(self, table: str) -> Mapping[str, Any]:
        found = self.tables.get(table, {})
        return found if isinstance(found, dict) else {}


def _merged(tables: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the values of all `tables`, the last of each name; a new mark stands alone."""
    merged: dict[str, str] = {}
    for table in tables:
        merged = {**({} if "mark" in table else merged), **table}
    return merged


def _missing(file: Path, merged: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield what neither file says; a mark needs no other form than SVG."""
    for table, names in TABLES.items():
        needed = {"mark": names[:1], "letters": ()}.get(table, names)
        for name in needed:
            if name not in merged[table]:
                yield f"{file}:1:1: the table [{table}] has no {name}. Add a line for it."


def _pale(written: Sequence[_Written], merged: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield each pair of colours that readers could not tell apart well enough."""
    for scheme in ("light", "dark"):
        for one, on, least in _PAIRS:
            ratio = contrast(merged[scheme][one], merged[scheme][on])
            if ratio < least:
                said = next((each for each in reversed(written) if {one, on} & each.values(scheme).keys()), written[0])
                name = one if one in said.values(scheme) else on
                message = f"{one} on {on} has a contrast of {ratio:.1f} to 1 in [{scheme}], not {least:.0f}"
                yield said.at(scheme, name, message, "Make one lighter or darker.")


def _did_you_mean(name: str, known: Sequence[str]) -> str:
    near = nearest(name, known)
    return f'Did you mean "{near}"?' if near else f"Use one of {', '.join(known)}."
