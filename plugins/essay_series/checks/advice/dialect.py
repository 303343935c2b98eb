"""Advice on Markdown of other dialects, which is shown as written or means something else here."""

from __future__ import annotations

from collections.abc import Iterator

from ...sources.manuscript import Manuscript
from ..problem import Flaw, advise, at


@advise
def advise_list_as_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A list is read as part of the paragraph above it, or its marks do not make a list.

    Bad: ``- one`` right below a line of text; ``1) one``.
    Good: a blank line above the first item; ``1. one``.
    """
    yield from _of(manuscript, "list-as-text")


@advise
def advise_flat_list(manuscript: Manuscript) -> Iterator[Flaw]:
    """An item is indented too little, so it is not nested in the item above it.

    Bad: ``- one`` and below it, indented by two spaces, ``- first of one``.
    Good: four spaces, or a tab, for each level.
    """
    yield from _of(manuscript, "flat-list")


@advise
def advise_outside_list(manuscript: Manuscript) -> Iterator[Flaw]:
    """A further paragraph of an item is indented too little, so it ends the list.

    Bad: ``1. one``, a blank line, and the next paragraph, indented by three spaces.
    Good: four spaces before each further paragraph.
    """
    yield from _of(manuscript, "outside-list")


@advise
def advise_fence_as_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A fenced code block is shown as text, since its fence is indented or followed by more than one word.

    Bad: a fence in a list; ``rust,ignore`` after a fence.
    Good: in a list, code that is indented by eight spaces; ``rust`` after a fence at the start of a line.
    """
    yield from _of(manuscript, "fence-as-text")


@advise
def advise_table_as_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A table is shown as text: it is right below a paragraph, or its rows do not match.

    Bad: ``| a | b |`` right below a line of text.
    Good: a blank line above the table, and as many cells in its second row as in its first.
    """
    yield from _of(manuscript, "table-as-text")


@advise
def advise_accidental_heading(manuscript: Manuscript) -> Iterator[Flaw]:
    r"""A line of text begins with ``#`` and becomes a heading.

    Bad: ``#1 of the charts``.
    Good: ``\\#1 of the charts``, or ``Number 1``; for a heading ``# Title``, below a blank line.
    """
    yield from _of(manuscript, "accidental-heading")


@advise
def advise_unknown_markup(manuscript: Manuscript) -> Iterator[Flaw]:
    """Readers see marks of other dialects, such as those to strike out, to highlight or to set a formula.

    Bad: ``~~old~~``, ``- [ ] to do``, ``==this==``, ``$x^2$``, ``[[page]]``, ``> [!NOTE]``.
    Good: ``<del>old</del>``, ``<mark>this</mark>``, ``x<sup>2</sup>``, ``[page]({filename}page.md)``.
    """
    yield from _of(manuscript, "unknown-markup")


@advise
def advise_bare_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """An address in the text is not a link, so readers cannot follow it.

    Bad: ``See https://www.gnu.org/licenses/.``
    Good: ``See <https://www.gnu.org/licenses/>.``, or ``[the licences](https://www.gnu.org/licenses/)``.
    """
    yield from _of(manuscript, "bare-address")


def _of(manuscript: Manuscript, kind: str) -> Iterator[Flaw]:
    for path, traps in manuscript.traps.items():
        yield from (at(path, trap, trap.what, trap.cure) for trap in traps if trap.kind == kind)
