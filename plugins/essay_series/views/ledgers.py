"""`Series` → the view of its ledger: the pairs, how they weigh, and what stands around them."""

from __future__ import annotations

from ..model import Essay, Pair, Place, Series, Site, Verdict, verdict_in
from .pieces import Row
from .scribe import Scribe, counts_of, planned_parts, state_of, weighed
from .shapes import LedgerView


def ledger_view(series: Series, scribe: Scribe, *, book: bool) -> LedgerView:
    """Return the view of the ledger of `series`.

    Args:
        series: what is weighed.
        scribe: tells of essays.
        book: whether each series is one page too.

    """
    ledger = series.ledger
    return LedgerView(
        title=series.title,
        summary=series.summary,
        address=scribe.routes.series(series.slug),
        content=series.content,
        parts=scribe.parts(series.parts),
        counts=counts_of(ledger),
        opening=scribe.parts(ledger.opening),
        rows=tuple(row(pair, scribe) for pair in ledger.pairs),
        state=state_of(series),
        complete=series.complete,
        weighed=weighed(pair.verdict for pair in ledger.pairs),
        costs=scribe.parts(ledger.costs),
        benefits=scribe.parts(ledger.benefits),
        between=scribe.parts(ledger.between),
        closing=scribe.parts(ledger.closing),
        planned=planned_parts(series.planned),
        total=len(series.parts),
        data=scribe.routes.ledger_data(series.slug),
        book=scribe.routes.book(series.slug).url if book and series.parts else "",
    )


def verdict_on(essay: Essay, place: Place, site: Site) -> Verdict | None:
    """Return the verdict on the pair of `essay`, in its language where either of the two has it in that.

    Args:
        essay: a version of a part.
        place: where that part stands.
        site: holds the versions of the other.

    """
    if place.answers is None:
        return None
    return verdict_in(essay) or verdict_in(site.version(place.answers, essay.lang)) or place.verdict


def row(pair: Pair, scribe: Scribe) -> Row:
    """Return a pair as pages show it."""
    return Row(scribe.part(pair.cost), scribe.part(pair.benefit), pair.verdict)
