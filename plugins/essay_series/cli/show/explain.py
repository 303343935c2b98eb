"""Explain an essay's place in its series, where it is shown and what changes would affect: ``make explain ESSAY=slug``.

``ESSAY`` is a slug, a file's name, an address or a title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ...adapter.reading.sources import open_manuscript
from ...model import COUNTERSIDE, PUBLISHED, Essay, Place
from ...names import did_you_mean, fold
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ...sources.schedule import scheduled
from ..command import CommandError, Options, required
from ..terminal import styled
from .appearances import PLACES, Appearance, appearances, feeds_of, links_to
from .changes import changes


def find(manuscript: Manuscript, name: str) -> Essay:
    """Return the essay with the slug, title, file's name or path, or present or former address `name`."""
    known: dict[str, Essay] = {}
    default = manuscript.config.default_lang
    former: dict[str, list[str]] = {}
    for move in Published.of(manuscript).moves:
        former.setdefault(move.source, []).append(move.then)
    for essay in sorted(manuscript.essays.values(), key=lambda e: (e.lang != default, e.lang, e.source)):
        path = PurePosixPath(essay.source)
        names = [essay.slug, essay.source, path.name, f"{manuscript.config.content}/{essay.source}"]
        names += [f"/{essay.address.url}"] if essay.address.url else []
        names += [essay.title, *essay.aliases, *former.get(essay.source, ()), path.stem]
        for each in names:
            known.setdefault(_plain(each), essay)
    wanted = _plain(name.removeprefix(manuscript.config.root))
    last = wanted.rpartition("/")[2]
    if wanted not in known and last not in known:
        slugs = {essay.slug for essay in manuscript.essays.values()}
        hint = did_you_mean(last, slugs, "Write its slug, its file's name or its address.")
        raise CommandError(f'ESSAY: no essay is called "{name}". {hint}')
    return known.get(wanted) or known[last]


def _plain(name: str) -> str:
    return fold(name.removesuffix("index.html").strip("/"))


def explanation(manuscript: Manuscript, essay: Essay) -> str:
    """Return the explanation of `essay`, as sections with a title each."""
    place = manuscript.site.places.get(essay.slug) if essay.status == PUBLISHED else None
    sections: list[tuple[str, Iterable[str]]] = [
        (essay.title, _head(manuscript, essay, place)),
        (f"Why it is part {place.number}" if place else "", _why(place) if place else ()),
        ("Its side", _side(manuscript, essay, place)),
        ("Pages that show it", _pages(manuscript, essay)),
        ("Feeds that carry it", (f"{url}  {title}" for title, url in feeds_of(manuscript, essay))),
        ("Texts that link to it", (f"{_file(manuscript, path)}:{line}" for path, line in links_to(manuscript, essay))),
        ("Its addresses", _addresses(manuscript, essay)),
    ]
    sections += [(each.change, each.effects) for each in changes(manuscript, essay)]
    return "\n\n".join(
        "\n".join([styled(title, "strong"), *(f"  {line}" for line in lines)])
        for title, lines in ((title, list(lines)) for title, lines in sections)
        if title and lines
    )


def _file(manuscript: Manuscript, path: str) -> str:
    return f"{manuscript.config.content}/{path}"


def _head(manuscript: Manuscript, essay: Essay, place: Place | None) -> Iterator[str]:
    yield _file(manuscript, essay.source)
    day = essay.date.date().isoformat() if essay.date else "no date"
    state = "scheduled" if essay in scheduled(manuscript) else essay.status
    where = f'part {place.number} of {place.total} of "{place.series.title}"' if place else "outside any series"
    if not place and essay.series:
        where = f'belongs to "{essay.series}", but is not a part of it yet'
    yield f"{state}, {day}, {where}"


def _why(place: Place) -> Iterator[str]:
    by_part = any(part.part is not None for part in place.series.parts)
    yield "Parts are ordered by " + ("their key Part." if by_part else "their dates; on the same day, by their slugs.")
    around = place.series.parts[max(place.number - 2, 0) : place.number + 1]
    for number, part in enumerate(around, start=max(place.number - 1, 1)):
        day = part.date.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00") if part.date else "no date"
        key = f"Part {part.part}" if by_part else day
        yield f"{'>' if number == place.number else ' '} {number:3}  {key}  {part.slug}"


def _side(manuscript: Manuscript, essay: Essay, place: Place | None) -> Iterator[str]:
    if essay.side is None:
        return
    yield f"{essay.side}: {essay.entry}"
    other = next((each for each in manuscript.essays.values() if each.slug == essay.answers), None)
    if place and place.answers:
        yield f'weighed against the {COUNTERSIDE[essay.side]} "{place.answers.title}" ({place.answers.slug})'
    elif other:
        yield f'answers "{other.title}"; the pair is shown once both are published and answer each other'
    else:
        yield f"no {COUNTERSIDE[essay.side]} answers it"


def _pages(manuscript: Manuscript, essay: Essay) -> Iterator[str]:
    """Yield a line for each page that shows `essay`; pages that only have it in the list of parts are counted."""
    if essay.status != PUBLISHED:
        yield "none, because it is not published yet"
        return
    found = list(appearances(manuscript, essay))
    listing = [each for each in found if each.places == ("contents",)]
    for each in found:
        if each not in listing:
            yield f"{each.url}  {_where(each)}"
    if listing:
        yield f"and {len(listing)} other parts {PLACES['contents']}"


def _where(appearance: Appearance) -> str:
    return ", ".join(PLACES[place] for place in appearance.places) or "its own page"


def _addresses(manuscript: Manuscript, essay: Essay) -> Iterator[str]:
    published = Published.of(manuscript)
    if essay.address.url:
        own = f"/{essay.address.url}"
        fact = manuscript.record.facts.get(own)
        yield f"{own}  now" + (f", first published on {fact.first}" if fact else "")
        if fact:
            yield f"{published.ids[own]}  in feeds"
    yield from (f"{move.then}  before" for move in published.moves if move.source == essay.source)


def explain(options: Options) -> str:
    """Return the explanation of ``ESSAY``."""
    manuscript = open_manuscript()
    essay = find(manuscript, required(options, "ESSAY", "the essay", "make explain ESSAY=slug"))
    return explanation(manuscript, essay)
