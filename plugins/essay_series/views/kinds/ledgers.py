"""`Series` → the view of its ledger: pairs with their verdicts, and the essays before, between and after them."""

from __future__ import annotations

from ...l10n import Locale
from ...model import Essay, Pair, Place, Series, Site, Verdict, verdict_in
from ..linker import Linker
from ..pieces import Row
from ..shapes.pages import LedgerView
from ..words import counts, planned_parts, state_of, verdict_line, weighed


def ledger_view(series: Series, linker: Linker) -> LedgerView:
    """Return the view of the ledger of `series`."""
    ledger, locale = series.ledger, linker.locale_of(series)
    return LedgerView(
        title=series.title,
        title_lang=linker.language_of(series),
        summary=series.summary,
        address=linker.routes.series(series.slug),
        content=series.content,
        parts=linker.parts(series.parts),
        counts=counts(series.run),
        opening=linker.parts(ledger.opening),
        rows=tuple(row(pair, linker, locale) for pair in ledger.pairs),
        state=state_of(series, locale),
        complete=series.complete,
        weighed=weighed(ledger.pairs, locale),
        costs=linker.parts(ledger.costs),
        benefits=linker.parts(ledger.benefits),
        between=linker.parts(ledger.between),
        closing=linker.parts(ledger.closing),
        planned=planned_parts(series.planned, locale),
        total=len(series.parts),
        names=series.names,
        data=linker.routes.ledger_data(series.slug),
        book=linker.book(series),
    )


def verdict_on(essay: Essay, place: Place, site: Site) -> Verdict | None:
    """Return the verdict on the pair of `essay`, in its language if possible; None if it answers no essay."""
    if place.answers is None:
        return None
    return verdict_in(essay) or verdict_in(site.version(place.answers, essay.lang)) or place.verdict


def row(pair: Pair, linker: Linker, locale: Locale) -> Row:
    """Return a pair as pages show it; `locale` has the names that its series has chosen."""
    return Row(linker.part(pair.cost), linker.part(pair.benefit), verdict_line(pair.verdict, locale))
