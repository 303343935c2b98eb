"""Resolves promises: phrases of an essay that announce a part, a play or a series.

An author marks the phrase as ``<span data-promise="name">over the next several days</span>``, which other Markdown
renderers show as the plain phrase. The name is the slug or title of an essay, a play or a series, or the title of a
planned part. Until that is published, the page says that it is promised; then the phrase becomes a link to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from ..htmltext import Element, End, pieces
from ..l10n import ENGLISH, Locale
from ..model import PUBLISHED, SKIP, Series
from ..names import fold
from ..values import dataclass
from .manuscript import Manuscript
from .markup import MarkedPhrase, marked_phrases


@dataclass(frozen=True, slots=True)
class PromiseState:
    """Whether a promise is kept or still open."""

    source: str = ""
    """The file whose page keeps the promise, relative to the content folder; empty while it is open."""
    due: date | None = None
    """The day for which an open promise is planned, if there is one."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise in a source."""

    source: str
    phrase: MarkedPhrase
    state: PromiseState | None
    """None if nothing has the name that the promise gives."""

    def overdue(self, today: date) -> bool:
        """Tell whether it is still open after its due date."""
        return bool(self.state and not self.state.source and self.state.due and self.state.due < today)


def promises(manuscript: Manuscript) -> Iterator[Promise]:
    """Yield every promise, sorted by file and line."""
    known = promise_states(manuscript)
    for source in manuscript.sources:
        for phrase in marked_phrases(source.body, source.body_line):
            yield Promise(source.path, phrase, known.get(fold(phrase.name)))


def promise_states(manuscript: Manuscript) -> Mapping[str, PromiseState]:
    """Return the state of everything that can be promised, by each of its names, folded."""
    found: dict[str, PromiseState] = {}
    for page in manuscript.series_pages.values():
        for part in page.planned:
            for name in (part.title, manuscript.config.slugify(part.title)):
                found[fold(name)] = PromiseState(due=part.due if page.source in manuscript.shown else None)
    for essay in manuscript.essays.values():
        kept = PromiseState(essay.source) if essay.status == PUBLISHED else None
        for name in (essay.title, essay.slug):
            if kept or fold(name) not in found:
                found[fold(name)] = kept or PromiseState()
    for play in manuscript.play_pages.values():
        if play.status != SKIP:
            state = PromiseState(play.source if play.source in manuscript.shown else "")
            found |= {fold(name): state for name in (play.title, play.slug)}
    by_slug = {series.slug: series for series in manuscript.site.series}
    for declared in manuscript.series_pages.values():
        state = _of_series(declared.source, by_slug.get(declared.slug))
        found |= {fold(name): state for name in (declared.title, declared.slug)}
    return found


def _of_series(source: str, series: Series | None) -> PromiseState:
    """Return the state of a promised series: kept once it has a second part and no planned part is left."""
    if series is None or series.planned or len(series.parts) < 2:  # noqa: PLR2004 - the first part makes the promise
        dates = [part.due for part in series.planned if part.due] if series else []
        return PromiseState(due=max(dates, default=None))
    return PromiseState(source)


def with_promises_resolved(html: str, known: Mapping[str, PromiseState], locale: Locale = ENGLISH) -> str:
    """Return `html` with a link for each promise that is kept, and a note that it is promised for each open one.

    `known` is the result of `promise_states`, and `locale` the language of the text.
    """
    if "data-promise" not in html.lower():
        return html
    parts: list[str] = []
    closing: list[str] = []
    at = 0
    for tag in pieces(html):
        if not isinstance(tag, Element | End) or tag.name != "span" or not tag.written:
            continue
        parts.append(html[at : tag.start])
        at = tag.start + len(tag.written)
        if isinstance(tag, End):
            parts.append(closing.pop() if closing else tag.written)
            continue
        named = tag.get("data-promise")
        state = known.get(fold(named.value), PromiseState()) if named else None
        opening, end = _around(state, locale) if state else (tag.written, "</span>")
        parts.append(opening)
        closing.append(end)
    return "".join([*parts, html[at:]])


def _around(state: PromiseState, locale: Locale) -> tuple[str, str]:
    """Return the HTML before and after the phrase of a promise."""
    if state.source:
        return f'<a class="promise" href="{{filename}}/{escape(state.source)}">', "</a>"
    due = state.due
    # translators: of something that the author has promised to write, in brackets after the words that promise it
    words = locale.gettext("promised")
    if due:
        day = f'<time datetime="{due.isoformat()}">{locale.date(due)}</time>'
        words = locale.gettext("promised for %(day)s", day=day)
    return '<span class="promise">', f' <span class="promise-state">({words})</span></span>'
