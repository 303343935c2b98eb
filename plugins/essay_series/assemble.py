"""Builds the `Site` from essays, series pages and play pages: series, ledgers, pairs, plays and their order.

The order of the input does not matter. Nothing unpublished is on the site, nor a declared series or play that no
published essay uses, unless it is announced.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from .model import (
    COUNTERSIDE,
    PUBLISHED,
    DeclaredPage,
    Essay,
    Ledger,
    Pair,
    Place,
    Play,
    PlayPage,
    Series,
    SeriesPage,
    Site,
)
from .names import SortKey, fold, sort_key
from .vocabulary import Slugify, Vocabulary, directory

EARLIEST = datetime.min.replace(tzinfo=UTC)
MOST_RELATED = 3


def site(
    essays: Iterable[Essay],
    series_pages: Iterable[SeriesPage],
    play_pages: Iterable[PlayPage],
    slugify: Slugify,
    default_lang: str = "en",
    *,
    open_series: bool = False,
    with_editions: bool = False,
) -> Site:
    """Return the site of everything that is published.

    Args:
        essays: all essays of any status, in any order.
        series_pages: the declared series; if there are none, every series that an essay names exists.
        play_pages: the declared plays; likewise.
        slugify: makes the slug of a series or play that is not declared.
        default_lang: the site's language; the version of an essay in this language is the original.
        open_series: whether essays may name undeclared series even if other series are declared.
        with_editions: whether each further language that has essays gets an edition.

    """
    published = sorted((e for e in essays if e.status == PUBLISHED), key=order)
    originals, translations = _by_language(published, default_lang)
    declared = Vocabulary(tuple(series_pages), tuple(play_pages), slugify, default_lang, open_series)
    whole = replace(_linked(originals, declared, default_lang), translations=translations)
    others = sorted({essay.lang for essay in published} - {default_lang}) if with_editions else ()
    return replace(whole, editions=tuple(_edition(lang, originals, translations, declared) for lang in others))


def _linked(essays: Sequence[Essay], declared: Vocabulary, lang: str, *, translated: bool = False) -> Site:
    """Return the site of the sorted `essays`; if `translated`, only essays in `lang` count as parts of a series."""
    all_series = _series(essays, declared, lang, translated=translated)
    in_order = _reading_order(essays, all_series)
    plays, plays_of = _plays(in_order, declared, lang)
    return Site(in_order, all_series, plays, _places(all_series), plays_of, lang=lang)


def _edition(
    lang: str, originals: Sequence[Essay], translations: Mapping[str, Sequence[Essay]], declared: Vocabulary
) -> Site:
    """Return the edition in `lang`: the series and plays with essays in `lang`, with originals for missing ones."""
    versions = {e.slug: e for e in chain(originals, *translations.values()) if e.lang == lang}
    chosen = [versions.get(essay.slug, essay) for essay in originals]
    found = _linked(chosen, declared, lang, translated=True)
    return replace(
        found,
        essays=tuple(essay for essay in found.essays if essay.lang == lang),
        series=tuple(series for series in found.series if series.parts),
        plays=tuple(play for play in found.plays if any(essay.lang == lang for essay in play.essays)),
        is_edition=True,
    )


def ledger(parts: Sequence[Essay]) -> Ledger:
    """Return the ledger of the published parts of a series, which are in order."""
    sided = [n for n, part in enumerate(parts) if part.side]
    first, last = (sided[0], sided[-1]) if sided else (len(parts), len(parts))
    pairs = _pairs(parts)
    paired = {essay.slug for pair in pairs for essay in (pair.cost, pair.benefit)}
    unpaired = [part for part in parts if part.side and part.slug not in paired]
    return Ledger(
        opening=tuple(parts[:first]),
        pairs=pairs,
        costs=tuple(part for part in unpaired if part.side == "cost"),
        benefits=tuple(part for part in unpaired if part.side == "benefit"),
        between=tuple(part for part in parts[first:last] if not part.side),
        closing=tuple(parts[last + 1 :]),
    )


def order(essay: Essay) -> tuple[bool, int, datetime, str, str]:
    """Return the sort key of an essay: ``Part`` if it is given, then date, slug and language."""
    return (
        essay.part is None,
        essay.part or 0,
        essay.date or EARLIEST,
        essay.slug,
        essay.lang,
    )


def _by_language(essays: Sequence[Essay], default_lang: str) -> tuple[list[Essay], dict[str, tuple[Essay, ...]]]:
    versions: dict[str, list[Essay]] = defaultdict(list)
    for essay in essays:
        versions[essay.slug].append(essay)
    for same in versions.values():
        same.sort(key=lambda essay: originality(essay, default_lang))
    originals = sorted((same[0] for same in versions.values()), key=order)
    translations = {slug: tuple(with_place_of(same[0], each) for each in same[1:]) for slug, same in versions.items()}
    return originals, {slug: same for slug, same in translations.items() if same}


def originality(essay: Essay, default_lang: str) -> tuple[bool, bool, str]:
    """Return the sort key of the language versions of an essay; the first is the original."""
    return essay.lang != default_lang, essay.is_translation, essay.lang


def changed_since(translation: Essay, original: Essay) -> date | None:
    """Return the day of the last change to `original` that `translation` does not include; None if it is up to date.

    Only corrections and revisions that readers are told of count. A translation without ``Follows`` includes all
    changes up to its own date.
    """
    follows = translation.follows or translation.date
    days = [each.day for each in original.corrections]
    days += [original.modified.date()] if original.revision and original.modified else []
    last = max(days, default=None)
    return last if last and (follows is None or last > follows.date()) else None


def with_place_of(original: Essay, translation: Essay) -> Essay:
    """Return `translation` with the series, side, part and plays of `original`."""
    return replace(
        translation,
        series=original.series,
        side=original.side,
        answers=original.answers,
        part=original.part,
        plays=original.plays,
        standing=translation.standing or original.standing,
    )


def _series(essays: Sequence[Essay], vocabulary: Vocabulary, lang: str, *, translated: bool) -> tuple[Series, ...]:
    pages = vocabulary.series
    declared = vocabulary.series_in(lang)
    known = directory(page for page in pages if page.status == PUBLISHED)
    declared_names = directory(pages)
    runs: dict[str, list[Essay]] = {slug: [] for slug, page in declared.items() if page.announced}
    for essay in essays:
        name = fold(essay.series or "")
        may_be_new = vocabulary.open_series and name not in declared_names
        if not essay.series or (pages and name not in known and not may_be_new):
            continue
        slug = known.setdefault(name, vocabulary.slugify(essay.series))
        declared.setdefault(slug, SeriesPage("", slug, essay.series, lang=""))
        runs.setdefault(slug, []).append(essay)
    counted = lang if translated else ""
    made = [_one_series(declared[slug], run, counted) for slug, run in runs.items()]
    return tuple(sorted(made, key=lambda series: (_began(series), series.slug)))


def _one_series(page: SeriesPage, run: Sequence[Essay], counted: str) -> Series:
    """Return the series of the essays in `run`; only those in the language `counted` are parts, if one is given."""
    parts = tuple(essay for essay in run if not counted or essay.lang == counted)
    listed = tuple(run) if len(parts) < len(run) else ()
    return Series(**_fields_of(page, SeriesPage), parts=parts, ledger=ledger(run), listed=listed)


def _fields_of(page: DeclaredPage, kind: type[DeclaredPage]) -> dict[str, Any]:
    """Return the fields of `page` that the class `kind` has, by name."""
    return {each.name: getattr(page, each.name) for each in fields(kind)}


def _began(series: Series) -> datetime:
    """Return the date of the first part; a series without published parts is sorted last."""
    dates = [part.date or EARLIEST for part in series.run]
    return min(dates, default=datetime.max.replace(tzinfo=UTC))


def _pairs(parts: Sequence[Essay]) -> tuple[Pair, ...]:
    """Pair the costs and benefits that answer each other; pairs are ordered by their first essay."""
    by_slug = {part.slug: part for part in parts}
    pairs: dict[str, Pair] = {}
    for part in parts:
        other = by_slug.get(part.answers or "")
        if part.side and other and _answer_each_other(part, other):
            cost, benefit = (part, other) if part.side == "cost" else (other, part)
            pairs.setdefault(cost.slug, Pair(cost, benefit))
    return tuple(pairs.values())


def _answer_each_other(one: Essay, other: Essay) -> bool:
    return (
        one.side is not None
        and other.side == COUNTERSIDE[one.side]
        and one.answers == other.slug
        and other.answers == one.slug
    )


def _places(all_series: Sequence[Series]) -> dict[str, Place]:
    return dict(chain.from_iterable(_places_in(series) for series in all_series))


def _places_in(series: Series) -> Iterable[tuple[str, Place]]:
    opposite = {p.cost.slug: p.benefit for p in series.ledger.pairs}
    opposite |= {p.benefit.slug: p.cost for p in series.ledger.pairs}
    verdicts = {essay.slug: p.verdict for p in series.ledger.pairs for essay in (p.cost, p.benefit)}
    numbers = {part.slug: number for number, part in enumerate(series.parts, 1)}
    before = (None, *series.run)
    after = (*series.run[1:], None)
    for part, previous, following in zip(series.run, before, after, strict=False):
        slug = part.slug
        if slug in numbers:
            yield slug, Place(series, numbers[slug], previous, following, opposite.get(slug), verdicts.get(slug))


def _reading_order(originals: Sequence[Essay], all_series: Sequence[Series]) -> tuple[Essay, ...]:
    """Sort all essays by date, with the parts of a series together at the date of the first part."""
    in_series = {part.slug for series in all_series for part in series.run}
    runs = [(_began(series), series.slug, series.run) for series in all_series]
    runs += [(e.date or EARLIEST, e.slug, (e,)) for e in originals if e.slug not in in_series]
    return tuple(chain.from_iterable(parts for _, _, parts in sorted(runs, key=lambda r: r[:2])))


def _plays(
    essays: Sequence[Essay], vocabulary: Vocabulary, lang: str
) -> tuple[tuple[Play, ...], dict[str, tuple[Play, ...]]]:
    pages, slugify = vocabulary.plays, vocabulary.slugify
    declared = vocabulary.plays_in(lang)
    known = directory(page for page in pages if page.status == PUBLISHED)
    taught: dict[str, list[Essay]] = {slug: [] for slug, page in declared.items() if page.announced}
    slugs_of: dict[str, list[str]] = {}
    for essay in essays:
        for name in essay.plays:
            if pages and fold(name) not in known:
                continue
            slug = known.setdefault(fold(name), slugify(name))
            declared.setdefault(slug, PlayPage("", slug, name, lang=""))
            if slug not in slugs_of.setdefault(essay.slug, []):
                slugs_of[essay.slug].append(slug)
                taught.setdefault(slug, []).append(essay)
    related = _related(slugs_of)
    shown = {name: slug for name, slug in known.items() if slug in taught}
    pages_in_order = sorted((declared[slug] for slug in taught), key=lambda page: _play_order(page, lang))
    plays = tuple(_play(page, taught[page.slug], related.get(page.slug, ()), shown) for page in pages_in_order)
    by_slug = {play.slug: play for play in plays}
    return plays, {e: tuple(by_slug[slug] for slug in slugs) for e, slugs in slugs_of.items()}


def _play_order(page: PlayPage, lang: str) -> tuple[bool, int, SortKey, str]:
    return (page.order is None, page.order or 0, sort_key(page.title, lang), page.slug)


def _play(page: PlayPage, essays: Sequence[Essay], related: tuple[str, ...], known: Mapping[str, str]) -> Play:
    """Return the play of `page`, with those in `related` if the page names no others; `known` are all plays' names."""
    named = dict.fromkeys(known[fold(name)] for name in page.related if fold(name) in known)
    others = tuple(slug for slug in named if slug != page.slug)
    return Play(**_fields_of(page, DeclaredPage), essays=tuple(essays), related=others or related)


def _related(slugs_of: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each play, by slug, the plays that are most often taught in the same essays."""
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for slugs in slugs_of.values():
        for slug in slugs:
            together[slug].update(other for other in slugs if other != slug)
    return {
        slug: tuple(sorted(counts, key=lambda other: (-counts[other], other))[:MOST_RELATED])
        for slug, counts in together.items()
    }
