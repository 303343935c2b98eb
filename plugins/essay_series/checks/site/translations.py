"""Checks of translations: whether there is an original, where both stand, and which state of it the other follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model import PlayPage, SeriesPage
from ...names import nearest
from ...sources.declare import slug_from
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at_value, check, did_you_mean, short

_PLACES = (("Series", "is in the series"), ("Side", "stands on the side"), ("Answers", "answers"), ("Part", "is part"))
"""What a translation has of its original, and how a message says so."""


@check
def check_unknown_original(manuscript: Manuscript) -> Iterator[Flaw]:
    """A translation is of no text: nothing has its slug in another language.

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
            cure = 'Write the original\'s slug under "Slug", and a "Lang" of its own.'
            hint = did_you_mean(nearest(slug, others), cure)
            message = f'no {source.kind} in another language has the slug "{short(slug)}"'
            yield at_value(source, "slug" if source.text("slug") else "translation", message, hint)


def _slugs(manuscript: Manuscript, kind: str) -> Mapping[str, tuple[str, str]]:
    """Return slug and language of everything of `kind`, by path."""
    if kind == "page":
        pages = (source for source in manuscript.sources if source.kind == "page")
        return {page.path: (_slug(manuscript, page), manuscript.language_of(page)) for page in pages}
    if kind == "essay":
        return {path: (essay.slug, essay.lang) for path, essay in manuscript.essays.items()}
    declared: Mapping[str, Mapping[str, SeriesPage | PlayPage]]
    declared = {"series": manuscript.series_pages, "play": manuscript.play_pages}
    return {path: (page.slug, page.lang) for path, page in declared.get(kind, {}).items()}


def _slug(manuscript: Manuscript, page: Source) -> str:
    return manuscript.text(page, "slug") or slug_from(page.path, manuscript.text(page, "title"), manuscript.config)


@check
def check_translation_elsewhere(manuscript: Manuscript) -> Iterator[Flaw]:
    """A translation says that it stands where its original does not: in another series, or on another side.

    Bad: ``Side: benefit`` in the translation of a cost.
    Good: the same as in the original, or no such line: a translation stands where its original does.
    """
    for path, original in manuscript.originals.items():
        source, essay = manuscript.by_path[path], manuscript.essays[path]
        theirs = {
            "Series": (original.series or "", manuscript.series_key(essay) == manuscript.series_key(original)),
            "Side": (original.side or "", essay.side == original.side),
            "Answers": (original.answers or "", essay.answers == original.answers),
            "Part": (str(original.part or ""), essay.part == original.part),
        }
        for name, stands in _PLACES:
            its, is_same = theirs[name]
            if source.text(name.lower()) and not is_same:
                says = f'{stands} "{short(its)}"' if its else f"has no {name}"
                hint = f'Write "{name}: {its}", or leave the line out.' if its else "Leave the line out."
                yield at_value(source, name.lower(), f"the original, {original.source}, {says}", hint)


@check
def check_follows_nothing(manuscript: Manuscript) -> Iterator[Flaw]:
    """A text says up to when it follows its original, and is no translation, or names a day to come.

    Bad: ``Follows: 2009-05-01`` in an essay whose slug no other language has, or ``Follows: 2999-01-01``.
    Good: the day on which the original was read for the translation; `essays follow` writes today's.
    """
    for path, essay in manuscript.essays.items():
        source, now = manuscript.by_path[path], manuscript.config.now
        if not essay.follows or not source.text("follows"):
            continue
        if path not in manuscript.originals:
            hint = 'Write the original\'s slug under "Slug", or remove the line.'
            yield at_value(source, "follows", "the essay is no translation, so it follows nothing", hint)
        elif now and essay.follows > now:
            message = f"the translation follows its original up to {source.text('follows')}, which is still to come"
            yield at_value(source, "follows", message, "Write the day on which you read the original.")
