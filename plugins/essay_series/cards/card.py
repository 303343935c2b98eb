"""View → what its card says; every picture of a card is a function of this and of the theme's look."""

from __future__ import annotations

from collections.abc import Callable

from ..model import Outcome, Side
from ..values import dataclass
from ..views import EssayView, HomeView, LedgerView, PlayView, View

WIDTH, HEIGHT = 1200, 630
"""What those who show links ask for: 1.91 to 1 (https://ogp.me gives no size; their guides do)."""

Typeset = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card; all text is plain."""

    kicker: str
    """Where the page belongs: a series and a part of it, the playbook."""
    title: str
    text: str
    """One sentence: the entry of an essay, or the summary of another page."""
    site: str
    side: Side | None = None
    lit: int = 0
    """Which match burns: the number of the part; 0 where none does."""
    matches: int = 0
    """How many parts the series has."""
    costs: int = 0
    benefits: int = 0
    """How many essays stand on each side of it."""
    outcomes: tuple[Outcome, ...] = ()
    """How each of its pairs weighs that has a verdict."""
    weighed: str = ""
    """The same in words."""

    @property
    def alt(self) -> str:
        """The card in words, for who cannot see it."""
        place = f"{self.kicker}, a {self.side}" if self.side and self.kicker else self.kicker
        sides = ((self.costs, "cost"), (self.benefits, "benefit"))
        balance = ", ".join(f"{count} {side}{'s' * (count != 1)}" for count, side in sides if count)
        weighed = self.weighed[:1].upper() + self.weighed[1:]
        said = (f"{place}: {self.title}" if place else self.title, self.text, balance, weighed)
        return " ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in said if each)


def card_of(view: View, site: str, summary: str, typeset: Typeset) -> Card | None:
    """Return the card of the page of `view`; None where such a page has none.

    Args:
        view: a page.
        site: the site's name.
        summary: what the site is about.
        typeset: puts typographic characters into plain text.

    """
    if isinstance(view, HomeView):
        return Card("", site, typeset(summary), "")
    if not isinstance(view, EssayView | LedgerView | PlayView) or not view.listed:
        return None
    title, text = typeset(view.title), typeset(view.summary)
    if isinstance(view, LedgerView):
        parts = f"A series in {view.total} parts" if view.total > 1 else "A series"
        return Card(
            parts,
            title,
            text,
            site,
            matches=view.total,
            costs=view.counts.costs,
            benefits=view.counts.benefits,
            outcomes=tuple(row.verdict.outcome for row in view.rows if row.verdict),
            weighed=view.weighed,
        )
    if isinstance(view, PlayView):
        return Card(typeset(view.playbook.title), title, text, site, costs=len(view.costs), benefits=len(view.benefits))
    contents = view.contents
    kicker = ", ".join(filter(None, (typeset(contents.series.title), contents.label.lower()))) if contents else ""
    lit, matches = (contents.number, contents.total) if contents and contents.total > 1 else (0, 0)
    return Card(kicker, title, typeset(view.entry) or text, site, view.side, lit, matches)
