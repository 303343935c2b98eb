"""View → `Card`, the texts and numbers that, with the site's look, decide the picture; and its alternative text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unicodedata import category

from ..l10n import ENGLISH, Locale, phrases
from ..model import Outcome, Side
from ..values import dataclass
from ..views import EssayView, HomeView, LedgerView, PlayView, View
from ..views.shapes.pages import Contents

WIDTH, HEIGHT = 1200, 630
"""In pixels: the ratio of 1.91 to 1 that the guides of social networks ask for (https://ogp.me gives none)."""

Typeset = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Card:
    """The content of a card; all text is plain."""

    kicker: str
    """The line above the title: the series and part of an essay, or the playbook of a play."""
    title: str
    text: str
    """One sentence: the entry of an essay, or the summary of another page."""
    site: str
    """The name of the site."""
    side: Side | None = None
    lit: int = 0
    """The number of the burning match, which is the number of the part; 0 if none burns."""
    matches: int = 0
    """The number of parts of the series."""
    costs: int = 0
    """The number of essays on the side of costs."""
    benefits: int = 0
    """The number of essays on the side of benefits."""
    outcomes: tuple[Outcome, ...] = ()
    """The outcome of each pair with a verdict."""
    sign: str = ""
    """The name of the side, beside its sign."""
    from_right: bool = False
    """Whether it is read from right to left; then the whole picture is mirrored, except for the letters."""
    author: str = ""
    """May be empty."""

    @property
    def signature(self) -> str:
        """The name of the site, and of the author if there is one."""
        return " · ".join(filter(None, (self.site, self.author)))


def card_of(
    view: View, site: str, summary: str, typeset: Typeset, locale: Locale = ENGLISH, *, author: str = ""
) -> Card | None:
    """Return the card of the page of `view`; None if pages of its kind have no cards, or it is not listed.

    Args:
        view: the view of any page.
        site: the name of the site.
        summary: the summary of the site.
        typeset: puts typographic characters into plain text.
        locale: the language of the page, with the names that its series gives to the sides.
        author: the author of the site; may be empty.

    """
    if isinstance(view, HomeView):
        card = Card("", site, typeset(summary), "")
    elif isinstance(view, EssayView | LedgerView | PlayView) and view.listed:
        card = _of_text(view, site, typeset, locale)
    else:
        return None
    own = view.author if isinstance(view, EssayView) else ""
    return replace(card, from_right=locale.direction == "rtl", author=own or author)


def _of_text(view: EssayView | LedgerView | PlayView, site: str, typeset: Typeset, locale: Locale) -> Card:
    title, text = typeset(view.title), typeset(view.summary)
    if isinstance(view, LedgerView):
        return _of_series(view, title, text, site, locale)
    if isinstance(view, PlayView):
        return Card(typeset(view.playbook.title), title, text, site, costs=len(view.costs), benefits=len(view.benefits))
    contents = view.contents
    lit, matches = (contents.number, contents.total) if contents and contents.total > 1 else (0, 0)
    return Card(
        kicker=_kicker(contents, typeset, locale) if contents else "",
        title=title,
        text=typeset(view.entry) or text,
        site=site,
        side=view.side,
        sign=_sign(view.side, locale) if view.side else "",
        lit=lit,
        matches=matches,
    )


def _of_series(view: LedgerView, title: str, text: str, site: str, locale: Locale) -> Card:
    kicker = locale.gettext("A series")
    if view.total > 1:
        kicker = locale.ngettext("A series in %(num)s part", "A series in %(num)s parts", view.total)
    return Card(
        kicker,
        title,
        text,
        site,
        matches=view.total,
        costs=view.counts.costs,
        benefits=view.counts.benefits,
        outcomes=tuple(row.verdict.outcome for row in view.rows if row.verdict),
    )


def _kicker(contents: Contents, typeset: Typeset, locale: Locale) -> str:
    series = typeset(contents.series.title)
    if not contents.label:
        return series
    number, total = contents.number, contents.total
    return locale.gettext("%(series)s, part %(number)s of %(total)s", series=series, number=number, total=total)


def _sign(side: Side, locale: Locale) -> str:
    # translators: the name of a side in small capitals, next to its sign
    if side == "cost":
        return locale.pgettext("on a picture", "cost")
    return locale.pgettext("on a picture", "benefit")


def alt_of(card: Card, locale: Locale = ENGLISH) -> str:
    """Return the alternative text of a card."""
    weighed = phrases.weighed(card.outcomes, locale)
    tallies = zip((card.costs, card.benefits), phrases.balance(card.costs, card.benefits, locale), strict=True)
    balance = locale.list([words for count, words in tallies if count])
    texts = filter(None, (_heading(card, locale), card.text, balance, weighed[:1].upper() + weighed[1:]))
    return " ".join(
        each if category(each[-1]) == "Po" else locale.gettext("%(sentence)s.", sentence=each) for each in texts
    )


def _heading(card: Card, locale: Locale) -> str:
    if not card.kicker:
        return card.title
    if not card.side:
        # translators: a series, or a series and a part of it; and the title of an essay
        return locale.gettext("%(place)s: %(title)s", place=card.kicker, title=card.title)
    if card.side == "cost":
        return locale.gettext("%(place)s, a cost: %(title)s", place=card.kicker, title=card.title)
    return locale.gettext("%(place)s, a benefit: %(title)s", place=card.kicker, title=card.title)
