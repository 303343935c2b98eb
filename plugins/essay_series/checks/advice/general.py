"""Advice for any site: on summaries, plays, translations, plans and files."""

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
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.promises import promises
from ...sources.prose import prose
from ..problem import Flaw, advise, at, at_value, essays, short
from ..site.addresses import READABLE, titled, unread

LONGEST_SUMMARY = 300
"""In characters; search engines and lists show about half of it."""
FEWEST_WORDS = 8
"""The words of a sentence that is not repeated by chance."""

_IN_LINE = r"(?:[^.!?。！？।؟۔\n]|[.!?](?=\w))+"
_SENTENCE = re.compile(rf"{_IN_LINE}(?:\n(?![ \t]*(?:[-*+#>|]|\d+[.)])){_IN_LINE})*[.!?。！？।؟۔]")
"""A dot inside a word, as in the name of a file, does not end it, and it does not span two items of a list."""


@advise
def advise_essay_without_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """A part of a series teaches no play, so readers do not find it from the playbook.

    Bad: an essay without ``Tags`` beside declared plays.
    Good: ``Tags: let-go``.
    """
    for essay in manuscript.site.essays if manuscript.plays_declared else ():
        if essay.slug in manuscript.site.places and not essay.plays:
            source = manuscript.by_path[essay.source]
            yield at_value(source, "tags", "the essay teaches no play", 'Add "Tags: …" if one fits.')


@advise
def advise_translation_behind(manuscript: Manuscript) -> Iterator[Flaw]:
    """The original has changed since the version that a translation follows, and readers are told so.

    Bad: a translation with ``Follows: 2009-05-01``, or without it and with that ``Date``, of an original that has
    ``Modified: 2009-06-01`` with a ``Revision``, or a ``Correction`` of that day.
    Good: the translation brought up to date, and ``Follows: 2009-06-01``.
    """
    for path, original in manuscript.originals.items():
        day = changed_since(manuscript.essays[path], original)
        if day and manuscript.essays[path].status == original.status == PUBLISHED:
            source = manuscript.by_path[path]
            message = f"the original, {original.source}, changed on {day.isoformat()}, after this translation"
            hint = f"Update the translation, then run `essays follow --essay {original.slug}`."
            yield at_value(source, "follows" if source.text("follows") else "date", message, hint)


@advise
def advise_lonely_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """A play is taught by one essay or none, so its page says little.

    Bad: a play that a single essay names.
    Good: a play that at least two essays name.
    """
    for source, sides in _plays(manuscript):
        if len(sides) < 2:  # noqa: PLR2004 - one is alone
            message = "only one essay teaches this play" if sides else "no essay teaches this play"
            yield at_value(source, "title", message, "Add it to the tags of the essays that teach it.")


@advise
def advise_unused_page(manuscript: Manuscript) -> Iterator[Flaw]:
    """No essay uses a series or a play, not even a draft, so it is not on the site.

    Bad: a play that no essay teaches, without a ``Status``.
    Good: ``Status: published`` in its file, if readers should see it before it is used; else ``Status: draft``.
    """
    pages: list[SeriesPage | PlayPage] = [*manuscript.series_pages.values(), *manuscript.play_pages.values()]
    used = {manuscript.series_key(essay) for _, essay in essays(manuscript)}
    used |= {fold(name) for _, essay in essays(manuscript) for name in essay.plays}
    hint = 'Add "Status: published" to show it before it is used, or "Status: draft".'
    for page in (each for each in pages if each.status == PUBLISHED and each.source not in manuscript.shown):
        if not used & {page.slug, fold(page.slug), fold(page.title)}:
            message = "no essay uses this, so it is not on the site"
            yield at_value(manuscript.by_path[page.source], "title", message, hint)


@advise
def advise_unshown_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A static file is not published, since no text refers to it, not even a draft.

    Bad: ``content/images/old-harbour.jpg``, which no text shows any more.
    Good: a text that shows it, or ``EXTRA_PATH_METADATA = {"images/old-harbour.jpg": {}}`` in the settings.
    """
    for path in sorted(unshown_files(manuscript)):
        hint = f'Use it, publish it anyway with EXTRA_PATH_METADATA = {{"{path}": {{}}}}, or remove it.'
        yield Flaw(path, 1, 1, "no text refers to this file, so it is not published", hint)


@advise
def advise_unread_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A text is not read, since it has the extension of a word processor, or a wrong one on a site without series.

    Bad: ``essays/letting-go.docx``; ``essays/letting-go.MD`` on a site without declared series and plays.
    Good: ``essays/letting-go.md``; a text file that an essay links to.
    """
    for path in sorted(unread_files(manuscript)):
        if not (manuscript.closed and PurePosixPath(path).suffix.lower() in READABLE):
            yield unread(path, manuscript)


@advise
def advise_one_sided_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """A play has benefits but no cost, or costs but no benefit, so its ledger weighs nothing.

    Bad: a play that only benefits teach.
    Good: a play that at least one essay on each side teaches.
    """
    for source, sides in _plays(manuscript):
        missing = " and no ".join(side for side in SIDES if side not in sides)
        if sides and missing:
            hint = "Add it to the tags of an essay on that side."
            yield at_value(source, "title", f"the play has no {missing}", hint)


@advise
def advise_missing_summary(manuscript: Manuscript) -> Iterator[Flaw]:
    """A page has no summary for lists, feeds and search engines.

    Bad: an essay without ``Summary``.
    Good: ``Summary: One sentence.``
    """
    for source in manuscript.sources:
        is_shown = source.fields and source.closed and source.kind != "page" and manuscript.is_public(source)
        if is_shown and not manuscript.text(source, "summary"):
            yield at_value(source, "summary", "the page has no summary", 'Add "Summary: …" with one sentence.')


@advise
def advise_long_summary(manuscript: Manuscript) -> Iterator[Flaw]:
    """A summary is too long for a list.

    Bad: a summary of 500 characters.
    Good: one sentence of at most 300 characters, or of what ``summary_characters`` says in ``HOUSE_STYLE``.
    """
    most = manuscript.config.house_style.summary_characters or LONGEST_SUMMARY
    for source in manuscript.sources:
        if len(source.text("summary")) > most:
            message = f"the summary has {len(source.text('summary'))} characters"
            yield at_value(source, "summary", message, f"Shorten it to one sentence of at most {most}.")


@advise
def advise_transliterated_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """An address spells a Japanese, Chinese, Arabic or Hebrew name in Latin letters, which readers cannot read.

    Bad: ``こんにちは世界.md``, whose address is ``konnichihashi-jie``, half of it spelt as Chinese.
    Good: ``Slug: konnichiwa-sekai``, or ``SLUGIFY_USE_UNICODE = True`` in the settings. Published addresses stay.
    """
    hint = 'Write "Slug: …", or SLUGIFY_USE_UNICODE = True in the settings to keep the original letters.'
    for source, each in titled(manuscript):
        address = f"/{manuscript.addresses.get(source.path, NOWHERE).url}"
        by_title = source.kind == "essay" and not manuscript.config.slug_from_file
        name = each.title if by_title else PurePosixPath(source.path).stem
        is_fixed = source.text("slug") or address in manuscript.record.facts
        if each.slug.isascii() and not is_fixed and not is_readable_in_latin(name):
            yield at_value(source, "title", f'readers cannot read "{short(each.slug)}" in the address', hint)


@advise
def advise_overdue_part(manuscript: Manuscript) -> Iterator[Flaw]:
    """A planned part is overdue, and readers still see its date.

    Bad: ``Planned: The third gift | benefit | 2009-05-01`` after that day.
    Good: a later day, no day, or the published part in its place.
    """
    today = _today(manuscript)
    for path, page in manuscript.series_pages.items():
        for value in manuscript.by_path[path].values("planned") if path in manuscript.shown else ():
            part = next((part for part in page.planned if value.text.strip().startswith(part.title)), None)
            if part and part.due and part.due < today:
                message = f'"{short(part.title)}" was planned for {part.due.isoformat()}'
                yield at(path, value, message, "Publish it, or change the date.")


@advise
def advise_overdue_promise(manuscript: Manuscript) -> Iterator[Flaw]:
    """A phrase promises something that is overdue.

    Bad: a promise of a part that was planned for yesterday.
    Good: the part published, or planned for a later day.
    """
    for promise in promises(manuscript):
        if promise.overdue(_today(manuscript)):
            message = f'"{short(promise.phrase.phrase)}" promises something that is overdue'
            yield at(promise.source, promise.phrase, message, "Publish it, or change the planned date.")


@advise
def advise_repeated_sentence(manuscript: Manuscript) -> Iterator[Flaw]:
    """A sentence is repeated in one text or in two, usually because it was moved and not deleted.

    Bad: the same sentence of eight words or more in two essays.
    Good: the sentence in one of them. Footnotes may repeat each other, since they cite the same books.
    """
    first: dict[str, tuple[str, int]] = {}
    for source in (each for each in manuscript.sources if each.closed):
        text = prose(source.body)
        for match in _SENTENCE.finditer(text):
            words = re.findall(r"\w+", match[0].casefold())
            count = len(words) if match[0].isascii() else _weight(length_of(" ".join(words)))
            line = source.body_line + text.count("\n", 0, match.end() - len(match[0].lstrip()))
            where, first_line = first.setdefault(" ".join(words), (source.path, line))
            if count >= FEWEST_WORDS and (where, first_line) != (source.path, line):
                message = f'"{short(" ".join(match[0].split()))}" is also in {where}:{first_line}'
                yield Flaw(source.path, line, 1, message, "Keep one of the two.")


@advise
def advise_unspoken_language(manuscript: Manuscript) -> Iterator[Flaw]:
    """There is no translation of the interface for the language of a text, so the rest of its page is in English.

    Bad: ``Lang: tlh``, a language without a catalogue.
    Good: ``Lang: de``; or a catalogue of the site's own, in a folder that ``CATALOGUES`` names.
    """
    hint = "Add a catalogue as described in docs/write/languages.md."
    for source in manuscript.sources:
        lang = manuscript.text(source, "lang") if source.kind in ("essay", "page") else ""
        if lang and not manuscript.config.languages.has(lang):
            message = f'there is no catalogue for "{lang}", so the page is in English around the text'
            yield at_value(source, "lang", message, hint)


def _weight(length: Length) -> int:
    """Return the length in words; two characters of a script without spaces count as one."""
    return length.words + length.korean + (length.han + length.kana + length.others) // 2


def _plays(manuscript: Manuscript) -> Iterator[tuple[Source, list[Side | None]]]:
    """Yield the source of each declared play on the site, with the sides of its essays."""
    taught = {play.slug: [essay.side for essay in play.essays] for play in manuscript.site.plays}
    for path, page in manuscript.play_pages.items():
        if path in manuscript.shown:
            yield manuscript.by_path[path], taught[page.slug]


def _today(manuscript: Manuscript) -> date:
    return manuscript.config.now.date() if manuscript.config.now else date.min
