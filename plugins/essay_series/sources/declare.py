"""What a source declares: front matter → `Essay`, `SeriesPage` or `PlayPage`.

Like reading, this is total: a value that cannot be read is left out, and `checks` says so.
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
from ..languages import in_language, language
from ..model import (
    DRAFT,
    HIDDEN,
    PUBLISHED,
    SIDES,
    STANDINGS,
    Essay,
    PlannedPart,
    PlayPage,
    SeriesPage,
    Side,
    Standing,
)
from ..names import fold
from .frontmatter import ADDRESSED, Source

Line = TypeVar("Line")

NO_NAMES: Mapping[str, str] = {}
"""What sides are called that have no names of their own."""
_YEARS = re.compile(r"[0-9]{4}(?![0-9])")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?( ?(Z|[+-]\d\d:?\d\d))?)?$", re.IGNORECASE)


def names_in(text: str) -> list[str]:
    """Split a list of names as Pelican does: at semicolons if there are any, else at commas."""
    parts = (part.strip() for part in text.split(";" if ";" in text else ","))
    return list(dict.fromkeys(part for part in parts if part))


def is_iso_date(text: str) -> bool:
    """Tell whether `text` is a date in the one unambiguous form, 2009-04-01."""
    try:
        return bool(_ISO_DATE.match(text)) and bool(datetime.fromisoformat(_tight(text)))
    except ValueError:
        return False


def moment_from(text: str, zone: tzinfo) -> datetime:
    """Return the moment that `text`, a date by `is_iso_date`, names; in `zone` unless it names its own."""
    return _zoned(datetime.fromisoformat(_tight(text)), zone)


def date_from(text: str, config: SiteConfig) -> datetime | None:
    """Return the moment that `text` names, with its zone, or None if it names none."""
    try:
        if is_iso_date(text):
            return moment_from(text, config.timezone)
        return _zoned(config.lenient_date(text), config.timezone)
    except (ValueError, OverflowError):
        return None


def status_at(now: datetime | None, status: str, when: datetime | None) -> str:
    """Return the status that an essay dated `when` has at `now`: whatever would be seen is a draft until its day.

    Args:
        now: None where essays of the future are published too.
        status: what the author wrote.
        when: None where no date is given.

    """
    waits = now is not None and when is not None and when > now
    return DRAFT if waits and status in (PUBLISHED, HIDDEN) else status


def _zoned(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _tight(text: str) -> str:
    return re.sub(r" (?=[Zz+-])", "", text)


def whole_number(text: str) -> int | None:
    """Return the whole number that `text` is, or None."""
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else None


def side_from(text: str, names: Mapping[str, str] = NO_NAMES) -> Side | None:
    """Return the side that `text` names, or None.

    Args:
        text: ``cost`` or ``benefit``, or what one of them is called.
        names: what they are called where they have names of their own; see `sides_of`.

    """
    said = fold(text)
    called = ((side, {side, *(fold(names[each]) for each in (side, f"{side}s") if each in names)}) for side in SIDES)
    return next((side for side, known in called if said in known), None)


def sides_of(source: Source) -> Mapping[str, str]:
    """Return what the file of a series calls its two sides; nothing where it has no names of its own for them."""
    found = sides_from(source.text("sides")) if source.text("sides") else {}
    return NO_NAMES if isinstance(found, str) else found


def standing_from(text: str) -> Standing | None:
    """Return the standing that `text` names, or None."""
    return cast("Standing", text.lower()) if text.lower() in STANDINGS else None


def part_from(texts: Mapping[str, str]) -> int | None:
    """Return the sort key in ``part`` or ``series_index``; an index of 0 is none, as in pelican-series."""
    if texts.get("part"):
        return whole_number(texts["part"])
    return whole_number(texts.get("series_index", "")) or None


def essay_from(source: Source, config: SiteConfig) -> Essay:
    """Return the essay that the front matter of `source` declares; what cannot be read is left out."""
    essay = essay_from_texts(source.path, texts_of(source, config), config)
    said = partial(in_language, lang=essay.lang, default=config.default_lang)
    corrections = (each for each in _lines(source, "correction", correction_from) if isinstance(each, Correction))
    cases = (each for each in _lines(source, "case", case_from) if isinstance(each, Case))
    return replace(
        essay,
        in_markdown=source.html is None,
        corrections=tuple(replace(each, wrong=said(each.wrong), right=said(each.right)) for each in corrections),
        cases=tuple(replace(each, name=said(each.name)) for each in cases),
    )


def text_in(source: Source, key: str, config: SiteConfig) -> str:
    """Return the value of `key` (lower case) that holds for `source`, written or inherited, or an empty string.

    A file that declares a series or a play inherits what it is called and told by; its name and status are its own.
    """
    if source.text(key) or (source.kind not in ADDRESSED and key not in ("title", "summary")):
        return source.text(key)
    return config.inherited(source.path).get(key, "")


def texts_of(source: Source, config: SiteConfig) -> Mapping[str, str]:
    """Return the front matter that holds for `source`, by lower-case key: its own, and what it inherits."""
    return {**config.inherited(source.path), **source.texts}


def essay_from_texts(path: str, texts: Mapping[str, str], config: SiteConfig) -> Essay:
    """Return the essay that front matter declares, wherever it was read.

    Args:
        path: the source, below the content folder.
        texts: plain values by lower-case key; tags with commas between them.
        config: the site's settings.

    """
    when = date_from(texts["date"], config) if "date" in texts else None
    lang = language(texts.get("lang", "")) or config.default_lang
    said = partial(in_language, lang=lang, default=config.default_lang)
    return Essay(
        source=path,
        slug=texts.get("slug") or slug_from(path, texts.get("title", ""), config),
        title=said(texts.get("title", "")),
        date=when,
        status=status_at(config.now, texts.get("status", PUBLISHED).lower(), when),
        lang=lang,
        is_translation=texts.get("translation", "").lower() == "true",
        follows=date_from(texts["follows"], config) if "follows" in texts else None,
        modified=date_from(texts["modified"], config) if "modified" in texts else None,
        revision=said(texts.get("revision", "")),
        series=texts.get("series"),
        side=side_from(texts.get("side", "")),
        entry=said(texts.get("entry", "")),
        answers=texts.get("answers"),
        verdict=said(texts.get("verdict", "")),
        standing=standing_from(texts.get("standing", "")),
        part=part_from(texts),
        plays=tuple(names_in(texts.get("tags", ""))),
        summary=said(texts.get("summary", "")),
        author=texts.get("author") or texts.get("authors", ""),
        aliases=tuple(names_in(texts.get("aliases", ""))),
    )


def series_page_from(source: Source, config: SiteConfig) -> SeriesPage:
    """Return the series that `source` declares, without the introduction below its header."""
    plan = partial(planned_from, names=sides_of(source))
    return SeriesPage(
        source=source.path,
        slug=_declared_slug(source, config),
        title=text_in(source, "title", config),
        summary=text_in(source, "summary", config),
        status=source.text("status").lower() or PUBLISHED,
        lang=language(source.text("lang")) or config.default_lang,
        planned=tuple(part for part in _lines(source, "planned", plan) if isinstance(part, PlannedPart)),
        complete=source.text("complete").lower() == "true",
        aliases=tuple(names_in(source.text("aliases"))),
        announced=source.text("status").lower() == PUBLISHED,
        names=sides_of(source),
    )


def play_page_from(source: Source, config: SiteConfig) -> PlayPage:
    """Return the play that `source` declares, without the text below its header."""
    return PlayPage(
        source=source.path,
        slug=_declared_slug(source, config),
        title=text_in(source, "title", config),
        summary=text_in(source, "summary", config),
        status=source.text("status").lower() or PUBLISHED,
        lang=language(source.text("lang")) or config.default_lang,
        related=tuple(names_in(source.text("related"))),
        order=whole_number(source.text("order")),
        aliases=tuple(names_in(source.text("aliases"))),
        announced=source.text("status").lower() == PUBLISHED,
    )


def planned_from(text: str, names: Mapping[str, str] = NO_NAMES) -> PlannedPart | str:
    """Return the planned part that ``title | side | date`` names, or the piece that cannot be read.

    Args:
        text: the line.
        names: what its series calls the two sides.

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
    """Return the correction that ``date | what was wrong | what is right`` names, or what of it cannot be read."""
    day, *rest = (piece.strip() for piece in text.split("|"))
    if not is_iso_date(day):
        return day or text
    if len(rest) != 2 or not all(rest):  # noqa: PLR2004 - what was wrong, and what is right
        return text
    return Correction(date.fromisoformat(day[:10]), *rest)


def case_from(text: str) -> Case | str:
    """Return the case that ``name | years | label of a note`` names, or what of it cannot be read."""
    name, *rest = (piece.strip() for piece in text.split("|"))
    if not name or not rest or len(rest) > 2:  # noqa: PLR2004 - years and a note
        return text
    return Case(name, *rest) if _YEARS.match(rest[0]) else rest[0] or text


def _lines(source: Source, key: str, read: Callable[[str], Line]) -> Iterator[Line]:
    """Yield what `read` makes of each line under `key`."""
    field = source.fields.get(key)
    return (read(value.text) for value in (field.values if field else ()))


def slug_from(path: str, title: str, config: SiteConfig) -> str:
    """Return the slug of a file that names none."""
    return config.slugify(_stem(path) if config.slug_from_file else title)


def _declared_slug(source: Source, config: SiteConfig) -> str:
    """A declaring file's slug is its own name, so that front matter and file names agree."""
    return source.text("slug") or config.slugify(_stem(source.path))


def _stem(path: str) -> str:
    return PurePosixPath(path).stem
