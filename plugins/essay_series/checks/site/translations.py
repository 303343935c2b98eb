"""Checks of translations: whether each has an original, and agrees with it about its place in the series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...names import did_you_mean
from ...sources.declare import slug_from
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at_value, check, essays, short
from .addresses import titled


@check
def check_unknown_original(manuscript: Manuscript) -> Iterator[Flaw]:
    """A text is marked as a translation, but nothing in another language has its slug.

    Bad: ``Translation: true`` and ``Slug: leting-go`` beside ``letting-go.md``.
    Good: ``Slug: letting-go``, the slug of the original.
    """
    for source in manuscript.sources:
        if source.text("translation").lower() != "true":
            continue
        slugs = _slugs(manuscript, source.kind)
        slug, lang = slugs.get(source.path, ("", ""))
        others = {other for path, (other, spoken) in slugs.items() if path != source.path and spoken != lang}
        if slug and slug not in others:
            hint = did_you_mean(slug, others, 'Set "Slug" to the slug of the original, and "Lang" to another language.')
            message = f'no {source.kind} in another language has the slug "{short(slug)}"'
            yield at_value(source, "slug" if source.text("slug") else "translation", message, hint)


def _slugs(manuscript: Manuscript, kind: str) -> Mapping[str, tuple[str, str]]:
    """Return the slug and the language of each source of `kind`, by path."""
    if kind == "page":
        pages = (source for source in manuscript.sources if source.kind == "page")
        return {page.path: (_slug(manuscript, page), manuscript.language_of(page)) for page in pages}
    return {source.path: (each.slug, each.lang) for source, each in titled(manuscript) if source.kind == kind}


def _slug(manuscript: Manuscript, page: Source) -> str:
    return manuscript.text(page, "slug") or slug_from(page.path, manuscript.text(page, "title"), manuscript.config)


@check
def check_translation_elsewhere(manuscript: Manuscript) -> Iterator[Flaw]:
    """A translation and its original disagree about the series, the side, the part or the answered essay.

    Bad: ``Side: benefit`` in the translation of a cost.
    Good: the same as in the original, or no such line: a translation has the place of its original.
    """
    for path, original in manuscript.originals.items():
        source, essay = manuscript.by_path[path], manuscript.essays[path]
        in_same_series = manuscript.series_key(essay) == manuscript.series_key(original)
        for name, stands, its, is_same in (
            ("Series", "is in the series", original.series or "", in_same_series),
            ("Side", "is on the side", original.side or "", essay.side == original.side),
            ("Answers", "answers", original.answers or "", essay.answers == original.answers),
            ("Part", "is part", str(original.part or ""), essay.part == original.part),
        ):
            if source.text(name.lower()) and not is_same:
                says = f'{stands} "{short(its)}"' if its else f"has no {name}"
                hint = f'Write "{name}: {its}", or remove the line.' if its else "Remove the line."
                yield at_value(source, name.lower(), f"the original, {original.source}, {says}", hint)


@check
def check_follows_nothing(manuscript: Manuscript) -> Iterator[Flaw]:
    """A text has ``Follows`` but is not a translation, or ``Follows`` is in the future.

    Bad: ``Follows: 2009-05-01`` in an essay whose slug no other language has, or ``Follows: 2999-01-01``.
    Good: the day on which the original was read for the translation; `essays follow` writes today's.
    """
    now = manuscript.config.now
    for source, essay in essays(manuscript):
        if not essay.follows or not source.text("follows"):
            continue
        if source.path not in manuscript.originals:
            hint = 'Set "Slug" to the slug of the original, or remove the line.'
            yield at_value(source, "follows", "the essay is not a translation", hint)
        elif now and essay.follows > now:
            message = f"the date {source.text('follows')} is in the future"
            yield at_value(source, "follows", message, "Write the day on which you read the original.")
