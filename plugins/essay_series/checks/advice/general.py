"""Advice on any site: summaries, plays, plans, files and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from ...assemble import changed_since
from ...l10n.scripts import Length, is_readable_in_latin, length_of
from ...model import NOWHERE, PUBLISHED, SIDES, PlayPage, SeriesPage, Side
from ...names import fold
from ...sources.attached import unread_files, unshown_files
from ...sources.manuscript import Manuscript
from ...sources.promises import promises
from ...sources.prose import prose
from ..problem import Flaw, at_value, short
from ..site.addresses import READABLE, unread
from .adviser import advise

LONGEST_SUMMARY = 300
"""Characters: search engines and lists show about half, and feeds the whole."""
FEWEST_WORDS = 8
"""As many words as a sentence has that is not repeated by chance."""

_IN_LINE = r"(?:[^.!?。！？।؟۔\n]|[.!?](?=\w))+"
_SENTENCE = re.compile(rf"{_IN_LINE}(?:\n(?![ \t]*(?:[-*+#>|]|\d+[.)])){_IN_LINE})*[.!?。！？।؟۔]")
"""A dot within a word, as in the name of a file, ends none, and none goes on in the next item of a list."""


@advise
def advise_essay_without_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """A part of a series teaches no play, so that no reader finds it from the playbook.

    Bad: an essay without ``Tags`` beside declared plays.
    Good: ``Tags: let-go``.
    """
    if manuscript.plays_declared:
        for essay in manuscript.site.essays:
            if essay.slug in manuscript.site.places and not essay.plays:
                source = manuscript.by_path[essay.source]
                yield at_value(source, "tags", "the essay teaches no play", 'Add "Tags: …", if one fits.')


@advise
def advise_translation_behind(manuscript: Manuscript) -> Iterator[Flaw]:
    """An original has changed its meaning since the state that its translation follows; readers of that are told so.

    Bad: a translation with ``Follows: 2009-05-01``, or without it and with that ``Date``, of an original that has
    ``Modified: 2009-06-01`` with a ``Revision``, or a ``Correction`` of that day.
    Good: the translation brought up to date, and ``Follows: 2009-06-01``; a change that means nothing is not declared.
    """
    for path, original in manuscript.originals.items():
        day = changed_since(manuscript.essays[path], original)
        if day and manuscript.essays[path].status == original.status == PUBLISHED:
            source = manuscript.by_path[path]
            message = f"the original, {original.source}, has changed on {day.isoformat()}, after what this translates"
            hint = f"Bring it up to date; `essays follow --essay {original.slug}` then notes that it is."
            yield at_value(source, "follows" if source.text("follows") else "date", message, hint)


@advise
def advise_lonely_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """A play is taught by one essay or by none, so that its page says little.

    Bad: a play that a single essay names.
    Good: a play that at least two essays name.
    """
    for source, essays in _plays(manuscript):
        if len(essays) < 2:  # noqa: PLR2004 - one is alone
            count = "one essay teaches" if essays else "no essay teaches"
            yield at_value(manuscript.by_path[source], "title", f"{count} this play", "Name it in the essays that do.")


@advise
def advise_unused_page(manuscript: Manuscript) -> Iterator[Flaw]:
    """No essay uses a series or a play, not even a draft, so that readers find nothing of it.

    Bad: a play that no essay teaches, and no word about it in its file.
    Good: ``Status: published`` in its file, if readers should see it before it is used; ``Status: draft`` else.
    """
    pages: list[SeriesPage | PlayPage] = [*manuscript.series_pages.values(), *manuscript.play_pages.values()]
    essays = manuscript.essays.values()
    used = {manuscript.series_key(essay) for essay in essays} | {fold(name) for essay in essays for name in essay.plays}
    for page in (each for each in pages if each.status == PUBLISHED and each.source not in manuscript.shown):
        if used & {page.slug, fold(page.slug), fold(page.title)}:
            continue
        told = "nothing uses this, so it does not show"
        hint = 'Write "Status: published" if it should show before it is used, or "Status: draft".'
        yield at_value(manuscript.by_path[page.source], "title", told, hint)


@advise
def advise_unshown_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A static file is kept back, since nothing refers to it; that no draft does either makes it no reader's.

    Bad: ``content/images/old-harbour.jpg``, which no text shows any more.
    Good: a text that shows it, or ``EXTRA_PATH_METADATA = {"images/old-harbour.jpg": {}}`` in the settings.
    """
    for path in sorted(unshown_files(manuscript)):
        hint = f'Show it, publish it by name with EXTRA_PATH_METADATA = {{"{path}": {{}}}}, or remove it.'
        yield Flaw(path, 1, 1, "nothing published refers to this file, so readers do not get it", hint)


@advise
def advise_unread_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A text is not read, for its name ends as a word processor's do, or no vocabulary makes that a mistake.

    Bad: ``essays/letting-go.docx``; ``essays/letting-go.MD`` on a site without declared series and plays.
    Good: ``essays/letting-go.md``; a text file that an essay links to.
    """
    for path in sorted(unread_files(manuscript)):
        if not (manuscript.closed and PurePosixPath(path).suffix.lower() in READABLE):
            yield unread(path, manuscript)


@advise
def advise_one_sided_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """A play has benefits and no cost, or costs and no benefit: its ledger weighs nothing.

    Bad: a play that only benefits name.
    Good: a play with at least one essay on each side.
    """
    for source, sides in _plays(manuscript):
        missing = " and no ".join(side for side in SIDES if side not in sides)
        if sides and missing:
            told = f"the play has no {missing}"
            yield at_value(manuscript.by_path[source], "title", told, "Name it where that is told.")


@advise
def advise_missing_summary(manuscript: Manuscript) -> Iterator[Flaw]:
    """A page has no summary, so that lists, feeds and search engines show nothing of it.

    Bad: an essay without ``Summary``.
    Good: ``Summary: One sentence.``
    """
    for source in manuscript.sources:
        is_read = bool(source.fields) and source.closed
        if (
            is_read
            and manuscript.is_public(source)
            and source.kind != "page"
            and not manuscript.text(source, "summary")
        ):
            yield at_value(source, "summary", "the page has no summary", 'Add "Summary: …", one sentence.')


@advise
def advise_long_summary(manuscript: Manuscript) -> Iterator[Flaw]:
    """A summary is too long for a list.

    Bad: a summary of 500 characters.
    Good: one sentence of at most 300 characters, or of what ``summary_characters`` says in ``HOUSE_STYLE``.
    """
    most = manuscript.config.house_style.summary_characters or LONGEST_SUMMARY
    for source in manuscript.sources:
        if len(source.text("summary")) > most:
            told = f"the summary has {len(source.text('summary'))} characters"
            yield at_value(source, "summary", told, f"Say it in one sentence, {most} at most.")


@advise
def advise_transliterated_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """An address spells letter by letter what cannot be read so, as Japanese, Chinese, Arabic and Hebrew.

    Bad: ``こんにちは世界.md``, whose address is ``konnichihashi-jie``, half of it read as Chinese.
    Good: ``Slug: konnichiwa-sekai``, or ``SLUGIFY_USE_UNICODE = True`` in the settings. What is published stays.
    """
    for source in manuscript.sources:
        path = source.path
        thing = manuscript.essays.get(path) or manuscript.series_pages.get(path) or manuscript.play_pages.get(path)
        address = f"/{manuscript.addresses.get(path, NOWHERE).url}"
        if thing is None or source.text("slug") or address in manuscript.record.facts:
            continue
        by_title = source.kind == "essay" and not manuscript.config.slug_from_file
        name = thing.title if by_title else PurePosixPath(path).stem
        if thing.slug.isascii() and not is_readable_in_latin(name):
            hint = 'Write "Slug: …", or SLUGIFY_USE_UNICODE = True in the settings for addresses in their own letters.'
            yield at_value(source, "title", f'"{short(thing.slug)}" in the address cannot be read', hint)


@advise
def advise_overdue_part(manuscript: Manuscript) -> Iterator[Flaw]:
    """A planned part was due on a day that has passed, and readers are still shown that day.

    Bad: ``Planned: The third gift | benefit | 2009-05-01`` after that day.
    Good: a later day, no day, or the published part in its place.
    """
    today = _today(manuscript)
    for path, page in manuscript.series_pages.items():
        field = manuscript.by_path[path].fields.get("planned") if path in manuscript.shown else None
        for value in field.values if field else ():
            part = next((part for part in page.planned if value.text.strip().startswith(part.title)), None)
            if part and part.due and part.due < today:
                told = f'"{short(part.title)}" was planned for {part.due.isoformat()}'
                yield Flaw(path, value.line, value.column, told, "Publish it, or plan it anew.")


@advise
def advise_overdue_promise(manuscript: Manuscript) -> Iterator[Flaw]:
    """A phrase promises something for a day that has passed.

    Bad: a promise of a part that was planned for yesterday.
    Good: the part published, or planned anew.
    """
    for promise in promises(manuscript):
        if promise.overdue(_today(manuscript)):
            told = f'"{short(promise.phrase.phrase)}" promises what is overdue'
            yield Flaw(promise.source, promise.phrase.line, promise.phrase.column, told, "Keep it, or plan it anew.")


@advise
def advise_repeated_sentence(manuscript: Manuscript) -> Iterator[Flaw]:
    """A sentence stands twice, in one text or in two: mostly something that was moved and not taken away.

    Bad: the same sentence of eight words or more in two essays.
    Good: the sentence in one of them. Notes are left out, for they cite the same books; so are
    addresses and tags, which are no sentences.
    """
    first: dict[str, tuple[str, int]] = {}
    for source in (each for each in manuscript.sources if each.closed):
        text = prose(source.body)
        for match in _SENTENCE.finditer(text):
            words = re.findall(r"\w+", match[0].casefold())
            count = len(words) if match[0].isascii() else _weight(length_of(" ".join(words)))
            line = source.body_line + text.count("\n", 0, match.end() - len(match[0].lstrip()))
            where, at = first.setdefault(" ".join(words), (source.path, line))
            if count >= FEWEST_WORDS and (where, at) != (source.path, line):
                sentence = short(" ".join(match[0].split()))
                yield Flaw(source.path, line, 1, f'"{sentence}" stands in {where}:{at} too', "Keep one of the two.")


def _weight(length: Length) -> int:
    """Return how much a sentence says, in words; two characters of a script without blanks are about one."""
    return length.words + length.korean + (length.han + length.kana + length.others) // 2


def _plays(manuscript: Manuscript) -> Iterator[tuple[str, list[Side | None]]]:
    """Yield the source of each declared play that shows, with the sides of its essays."""
    taught = {play.slug: [essay.side for essay in play.essays] for play in manuscript.site.plays}
    for path, page in manuscript.play_pages.items():
        if path in manuscript.shown:
            yield path, taught[page.slug]


def _today(manuscript: Manuscript) -> date:
    return manuscript.config.now.date() if manuscript.config.now else date.min
