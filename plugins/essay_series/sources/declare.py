"""Turns front matter into an `Essay`, a `SeriesPage` or a `PlayPage`.

Nothing here raises: a value that cannot be parsed is left out, and `checks` reports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar, cast

from ..claims import Case, Correction
from ..config import SiteConfig
from ..l10n import sides_from
from ..l10n.tags import in_language, language
from ..model import (
    DRAFT,
    HIDDEN,
    PUBLISHED,
    SIDES,
    STANDINGS,
    DeclaredPage,
    Essay,
    PlannedPart,
    PlayPage,
    SeriesPage,
    Side,
    Standing,
)
from ..names import fold
from .frontmatter import Source
from .keys import ADDRESSED

Line = TypeVar("Line")
Declared = TypeVar("Declared", bound=DeclaredPage)

NO_NAMES: Mapping[str, str] = {}
"""The names of the two sides in a series that does not rename them."""
_YEARS = re.compile(r"[0-9]{4}(?![0-9])")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?( ?(Z|[+-]\d\d:?\d\d))?)?$", re.IGNORECASE)


def names_in(text: str) -> list[str]:
    """Split a list of names as Pelican does: at semicolons if there are any, else at commas."""
    parts = (part.strip() for part in text.split(";" if ";" in text else ","))
    return list(dict.fromkeys(part for part in parts if part))


def is_iso_date(text: str) -> bool:
    """Tell whether `text` is an ISO 8601 date, ``2009-04-01``, with or without a time and a zone."""
    try:
        return bool(_ISO_DATE.match(text)) and bool(datetime.fromisoformat(_tight(text)))
    except ValueError:
        return False


def moment_from(text: str, zone: tzinfo) -> datetime:
    """Parse an ISO date (see `is_iso_date`); it is in `zone` unless it has a zone of its own."""
    return _zoned(datetime.fromisoformat(_tight(text)), zone)


def date_from(text: str, config: SiteConfig) -> datetime | None:
    """Parse a date in any form that Pelican accepts; the result has a zone. None if it cannot be parsed."""
    try:
        if is_iso_date(text):
            return moment_from(text, config.timezone)
        return _zoned(config.lenient_date(text), config.timezone)
    except (ValueError, OverflowError):
        return None


def status_at(now: datetime | None, status: str, when: datetime | None) -> str:
    """Return the status that an essay with the date `when` has at `now`: until its date it is a draft.

    If `now` is None, essays with a future date are published too.
    """
    is_future = now is not None and when is not None and when > now
    return DRAFT if is_future and status in (PUBLISHED, HIDDEN) else status


def _zoned(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _tight(text: str) -> str:
    return re.sub(r" (?=[Zz+-])", "", text)


def whole_number(text: str) -> int | None:
    """Parse a whole number; None if `text` is not one."""
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else None


def side_from(text: str, names: Mapping[str, str] = NO_NAMES) -> Side | None:
    """Return the side that `text` names by its key, or by one of `names`, see `sides_of`; None if it names neither."""
    name = fold(text)
    by_side = ((side, {side, *(fold(names[each]) for each in (side, f"{side}s") if each in names)}) for side in SIDES)
    return next((side for side, known in by_side if name in known), None)


def sides_of(source: Source) -> Mapping[str, str]:
    """Return the names of the two sides in the file that declares a series; empty if it does not rename them."""
    found = sides_from(source.text("sides")) if source.text("sides") else {}
    return NO_NAMES if isinstance(found, str) else found


def standing_from(text: str) -> Standing | None:
    """Return the standing that `text` names; None if it names none."""
    return cast("Standing", text.lower()) if text.lower() in STANDINGS else None


def part_from(texts: Mapping[str, str]) -> int | None:
    """Return the sort key in ``part`` or ``series_index``; an index of 0 counts as none, as in pelican-series."""
    if texts.get("part"):
        return whole_number(texts["part"])
    return whole_number(texts.get("series_index", "")) or None


def essay_from(source: Source, config: SiteConfig) -> Essay:
    """Return the essay that the front matter of `source` declares."""
    essay = essay_from_texts(source.path, {**config.inherited(source.path), **source.texts}, config)
    tagged = partial(in_language, lang=essay.lang, default=config.default_lang)
    corrections = (each for each in _lines(source, "correction", correction_from) if isinstance(each, Correction))
    cases = (each for each in _lines(source, "case", case_from) if isinstance(each, Case))
    return replace(
        essay,
        in_markdown=source.html is None,
        corrections=tuple(replace(each, wrong=tagged(each.wrong), right=tagged(each.right)) for each in corrections),
        cases=tuple(replace(each, name=tagged(each.name)) for each in cases),
    )


def text_in(source: Source, key: str, config: SiteConfig) -> str:
    """Return the value of `key` (lower case) for `source`, its own or inherited; empty if there is none.

    A file that declares a series or a play inherits only its title and summary.
    """
    if source.text(key) or (source.kind not in ADDRESSED and key not in ("title", "summary")):
        return source.text(key)
    return config.inherited(source.path).get(key, "")


def essay_from_texts(path: str, texts: Mapping[str, str], config: SiteConfig) -> Essay:
    """Return the essay that `texts` declare: plain-text values by lower-case key, tags separated by commas."""
    when = date_from(texts["date"], config) if "date" in texts else None
    lang = language(texts.get("lang", "")) or config.default_lang
    tagged = partial(in_language, lang=lang, default=config.default_lang)
    return Essay(
        source=path,
        slug=texts.get("slug") or slug_from(path, texts.get("title", ""), config),
        title=tagged(texts.get("title", "")),
        date=when,
        status=status_at(config.now, texts.get("status", PUBLISHED).lower(), when),
        lang=lang,
        is_translation=texts.get("translation", "").lower() == "true",
        follows=date_from(texts["follows"], config) if "follows" in texts else None,
        modified=date_from(texts["modified"], config) if "modified" in texts else None,
        revision=tagged(texts.get("revision", "")),
        series=texts.get("series"),
        side=side_from(texts.get("side", "")),
        entry=tagged(texts.get("entry", "")),
        answers=texts.get("answers"),
        verdict=tagged(texts.get("verdict", "")),
        standing=standing_from(texts.get("standing", "")),
        part=part_from(texts),
        plays=tuple(names_in(texts.get("tags", ""))),
        summary=tagged(texts.get("summary", "")),
        author=texts.get("author") or texts.get("authors", ""),
        aliases=tuple(names_in(texts.get("aliases", ""))),
    )


def series_page_from(source: Source, config: SiteConfig) -> SeriesPage:
    """Return the series that the front matter of `source` declares, without its content."""
    plan = partial(planned_from, names=sides_of(source))
    return replace(
        _declared(SeriesPage, source, config),
        planned=tuple(part for part in _lines(source, "planned", plan) if isinstance(part, PlannedPart)),
        complete=source.text("complete").lower() == "true",
        names=sides_of(source),
    )


def play_page_from(source: Source, config: SiteConfig) -> PlayPage:
    """Return the play that the front matter of `source` declares, without its content."""
    return replace(
        _declared(PlayPage, source, config),
        related=tuple(names_in(source.text("related"))),
        order=whole_number(source.text("order")),
    )


def _declared(kind: type[Declared], source: Source, config: SiteConfig) -> Declared:
    return kind(
        source=source.path,
        slug=_declared_slug(source, config),
        title=text_in(source, "title", config),
        summary=text_in(source, "summary", config),
        status=source.text("status").lower() or PUBLISHED,
        lang=language(source.text("lang")) or config.default_lang,
        aliases=tuple(names_in(source.text("aliases"))),
        announced=source.text("status").lower() == PUBLISHED,
    )


def planned_from(text: str, names: Mapping[str, str] = NO_NAMES) -> PlannedPart | str:
    """Parse a line ``title | side | date``, in which side and date are optional.

    A string is the piece that cannot be parsed. `names` are the series' own names for the two sides; see `sides_of`.
    """
    title, *rest = (piece.strip() for piece in text.split("|"))
    side: Side | None = None
    due: date | None = None
    for piece in rest:
        if is_iso_date(piece):
            due = date.fromisoformat(piece[:10])
        elif side_from(piece, names):
            side = side_from(piece, names)
        else:
            return piece
    return PlannedPart(title, side, due) if title else text


def correction_from(text: str) -> Correction | str:
    """Parse a line ``date | what was wrong | what is right``; a string is the piece that cannot be parsed."""
    day, *rest = (piece.strip() for piece in text.split("|"))
    if not is_iso_date(day):
        return day or text
    if len(rest) != 2 or not all(rest):  # noqa: PLR2004 - wrong and right
        return text
    return Correction(date.fromisoformat(day[:10]), *rest)


def case_from(text: str) -> Case | str:
    """Parse a line ``name | years | label of a footnote``; a string is the piece that cannot be parsed."""
    name, *rest = (piece.strip() for piece in text.split("|"))
    if not name or not rest or len(rest) > 2:  # noqa: PLR2004 - years and a footnote
        return text
    return Case(name, *rest) if _YEARS.match(rest[0]) else rest[0] or text


def _lines(source: Source, key: str, parse: Callable[[str], Line]) -> Iterator[Line]:
    field = source.fields.get(key)
    return (parse(value.text) for value in (field.values if field else ()))


def slug_from(path: str, title: str, config: SiteConfig) -> str:
    """Return the default slug of a file, from its name or its title as the site's settings say."""
    return config.slugify(_stem(path) if config.slug_from_file else title)


def _declared_slug(source: Source, config: SiteConfig) -> str:
    """Return the slug of a series or play, by default the file's name, whatever the site's settings say."""
    return source.text("slug") or config.slugify(_stem(source.path))


def _stem(path: str) -> str:
    return PurePosixPath(path).stem
