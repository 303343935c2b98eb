"""Advice on essays by the site's own rules; each function needs its rule in ``HOUSE_STYLE``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...htmltext import VOID, Element, End, pieces
from ...l10n.days import noun
from ...l10n.scripts import length_of
from ...l10n.tags import language
from ...model import PUBLISHED, Essay
from ...names import fold
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.masked import without_code
from ...sources.prose import NOTE, TARGET, blank_match, prose
from ..problem import Flaw, advise, at_offset, at_value, essays, short

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|[\u0660-\u0669\u06f0-\u06f9]{4}|[\d〇一二三四五六七八九十元]年")
"""Also in Arabic and Persian digits, and as Chinese and Japanese count years."""
_FULL_STOPS = (".", "。", "।", "۔")
_TWO_SENTENCES = re.compile(r"[.!?۔؟] |[。！？।]\s*\S")
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)?")


def meant_for_readers(manuscript: Manuscript) -> Iterator[tuple[Source, Essay]]:
    """Yield the essays that are published or scheduled."""
    for source, essay in essays(manuscript):
        if (manuscript.text(source, "status").lower() or PUBLISHED) == PUBLISHED:
            yield source, essay


@advise
def advise_essay_length(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay is shorter or longer than the rule ``essay_words`` allows; a Chinese character counts as a word.

    Bad: an essay of 300 words where ``"essay_words": (700, 1300)``.
    Good: an essay of 900 words, including its footnotes.
    """
    if wanted := manuscript.config.house_style.essay_words:
        for source, _ in meant_for_readers(manuscript):
            words = length_of(TARGET.sub("]", source.body)).as_words
            if not wanted[0] <= words <= wanted[1]:
                message = f"the essay has {words:,} {noun(words, 'word')}"
                yield at_value(source, "title", message, f"The house style wants {wanted[0]:,} to {wanted[1]:,}.")


@advise
def advise_long_entry(manuscript: Manuscript) -> Iterator[Flaw]:
    """An entry is longer than the rule ``entry_characters`` allows.

    Bad: an entry of 120 characters where ``"entry_characters": 90``.
    Good: one short sentence.
    """
    if most := manuscript.config.house_style.entry_characters:
        for source, essay in meant_for_readers(manuscript):
            if len(essay.entry) > most:
                message = f"the entry has {len(essay.entry)} characters"
                yield at_value(source, "entry", message, f"Shorten it to at most {most}.")


@advise
def advise_entry_sentence(manuscript: Manuscript) -> Iterator[Flaw]:
    """An entry is not one sentence with a full stop, as the rule ``entry_one_sentence`` wants.

    Bad: ``Entry: You pay first``, ``Entry: You pay. You wait.``
    Good: ``Entry: You pay first.``
    """
    if manuscript.config.house_style.entry_one_sentence:
        for source, essay in meant_for_readers(manuscript):
            entry = essay.entry
            if entry and (not entry.endswith(_FULL_STOPS) or _TWO_SENTENCES.search(entry)):
                yield at_value(source, "entry", "the entry is not one sentence", "Write one, with a full stop.")


@advise
def advise_essay_without_source(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay has no footnote that names a year, as the rule ``source_with_year`` wants, so its case has no source.

    Bad: a case without a footnote.
    Good: ``[^wall]: A. Author, *A book* (A publisher, 1998).``
    """
    if manuscript.config.house_style.source_with_year:
        for source, _ in meant_for_readers(manuscript):
            notes = list(NOTE.finditer(without_code(source.body)))
            if not notes:
                yield at_value(source, "title", "the essay has no footnote", "Add one with the source of its case.")
            elif not any(_YEAR.search(note[0]) for note in notes):
                hint = "Name the source of the case, with its year."
                yield at_offset(source, notes[0].start(), "no footnote names a year", hint)


@advise
def advise_unlinked_counterpart(manuscript: Manuscript) -> Iterator[Flaw]:
    """The text of an essay does not link to the essay that it answers, as the rule ``link_counterpart`` wants.

    Bad: ``Answers: further`` and no link to that essay in the text.
    Good: ``[how far others reach]({filename}/essays/further.md)``.
    """
    if manuscript.config.house_style.link_counterpart:
        for source, essay in meant_for_readers(manuscript):
            paths = [path for path, other in manuscript.essays.items() if other.slug == essay.answers]
            if paths and not set(paths) & set(essay.links):
                message = f'the text does not link to "{short(essay.answers or "")}"'
                yield at_value(source, "answers", message, f"Link to {{filename}}/{paths[0]} where it fits.")


@advise
def advise_unlinked_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """The text of an essay does not link to a play that it teaches, as the rule ``link_plays`` wants.

    Bad: ``Tags: let-go`` and no link to that play in the text.
    Good: ``[let go]({filename}/playbook/let-go.md)``.
    """
    if manuscript.config.house_style.link_plays:
        known = {fold(name): path for path, page in manuscript.play_pages.items() for name in (page.title, page.slug)}
        for source, essay in meant_for_readers(manuscript):
            for play in essay.plays:
                path = known.get(fold(play))
                if path and path not in essay.links:
                    message = f'the text does not link to the play "{short(play)}"'
                    yield at_value(source, "tags", message, f"Link to {{filename}}/{path} where it fits.")


@advise
def advise_repeated_phrase(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two essays share a phrase of as many words as the rule ``repeated_phrase_words`` names.

    Titles, entries and footnotes may be the same.


    Bad: "in the middle of the long night" in two essays where ``"repeated_phrase_words": 6``.
    Good: one of them reworded.
    """
    if least := manuscript.config.house_style.repeated_phrase_words:
        essays = list(meant_for_readers(manuscript))
        quotable = [_words(source.text(key)) for source, _ in essays for key in ("title", "entry")]
        first: dict[tuple[str, ...], tuple[str, int]] = {}
        for source, _ in essays:
            yield from _repeated(source, least, [each for each in quotable if each], first)


def _repeated(
    source: Source, least: int, quotable: list[tuple[str, ...]], first: dict[tuple[str, ...], tuple[str, int]]
) -> Iterator[Flaw]:
    """Yield a flaw for each phrase of `least` words in `source` that is in `first`, and add its other phrases to that.

    `first` has the path and the line of each phrase, and `quotable` the words of texts that may be quoted.
    """
    found = list(_WORD.finditer(prose(source.body)))
    words = _without(quotable, [_folded(match[0]) for match in found])
    reported, reported_to = "", 0
    for start in range(len(words) - least + 1):
        run = tuple(words[start : start + least])
        here = (source.path, source.body_line + source.body.count("\n", 0, found[start].start()))
        path, line = here if "" in run else first.setdefault(run, here)
        if path == source.path:
            continue
        if path != reported or start >= reported_to:
            message = f'"{short(" ".join(run))}" is also in {path}:{line}'
            yield at_offset(source, found[start].start(), message, "Reword one of the two.")
        reported, reported_to = path, start + least


def _folded(word: str) -> str:
    return word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _words(text: str) -> tuple[str, ...]:
    return tuple(_folded(match[0]) for match in _WORD.finditer(text))


def _without(quotable: list[tuple[str, ...]], words: list[str]) -> list[str]:
    """Return `words` with an empty string in place of each word of a quotation from `quotable`."""
    kept = list(words)
    for quote in quotable:
        for start in range(len(words) - len(quote) + 1):
            if words[start] == quote[0] and tuple(words[start : start + len(quote)]) == quote:
                kept[start : start + len(quote)] = [""] * len(quote)
    return kept


@advise
def advise_foreign_word(manuscript: Manuscript) -> Iterator[Flaw]:
    """A word in ``foreign_words`` is not marked with its language, so it is spoken and hyphenated wrongly.

    Bad: ``the *Zeitgeist*`` where ``"foreign_words": {"Zeitgeist": "de"}``.
    Good: ``the *Zeitgeist*{: lang="de" }``. Titles, summaries and entries are plain text and need another word.
    """
    for word, lang in manuscript.config.house_style.foreign_words.items():
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        for source in filter(manuscript.is_public, manuscript.sources):
            own = language(manuscript.text(source, "lang")) or manuscript.config.default_lang
            if own == language(lang) or not any(pattern.search(line) for line in source.lines):
                continue
            for key in ("title", "summary", "entry"):
                if pattern.search(source.text(key)):
                    yield at_value(source, key, f'"{word}" cannot be marked here', "Use another word.")
            yield from _unmarked(source, pattern, lang, manuscript.config.to_html(source.body))


def _unmarked(source: Source, word: re.Pattern[str], lang: str, html: str) -> Iterator[Flaw]:
    """Yield a flaw for each `word` in the text of `source` that `html`, its HTML, does not mark with `lang`."""
    marked = [language(each) == language(lang) for text, each in _by_language(html) for _ in word.finditer(text)]
    text = TARGET.sub(blank_match, without_code(source.body))
    for match, is_marked in zip(word.finditer(text), marked, strict=False):
        if not is_marked:
            hint = f'Write *{match[0]}*{{: lang="{lang}" }}.'
            yield at_offset(source, match.start(), f'"{match[0]}" is not marked as "{lang}"', hint)


def _by_language(html: str) -> Iterator[tuple[str, str]]:
    """Yield each text in `html` outside of code, with the ``lang`` that it is marked with; empty without one."""
    is_open: list[tuple[str, str]] = []
    for piece in pieces(html):
        if isinstance(piece, Element):
            if piece.name not in VOID:
                lang = piece.get("lang")
                is_open.append((piece.name, (lang and lang.value) or (is_open[-1][1] if is_open else "")))
        elif isinstance(piece, End):
            while piece.name not in VOID and is_open and is_open.pop()[0] != piece.name:
                pass
        elif not {tag for tag, _ in is_open} & {"code", "pre", "script", "style"}:
            yield piece.text, is_open[-1][1] if is_open else ""
