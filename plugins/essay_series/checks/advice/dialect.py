"""Advice on Markdown that other programs understand, and this one shows as it is or takes for something else."""

from __future__ import annotations

from collections.abc import Iterator

from ...sources.manuscript import Manuscript
from ..problem import Flaw
from .adviser import advise


@advise
def advise_list_as_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A list is read as part of the paragraph above it, or its marks begin no list.

    Bad: ``- one`` right below a line of text; ``1) one``.
    Good: a blank line above the first item; ``1. one``.
    """
    yield from _of(manuscript, "list-as-text")


@advise
def advise_flat_list(manuscript: Manuscript) -> Iterator[Flaw]:
    """An item is indented too little to lie within the item above it, and comes out beside it.

    Bad: ``- one`` and below it, behind two blanks, ``- first of one``.
    Good: four blanks, or a tab, for each level.
    """
    yield from _of(manuscript, "flat-list")


@advise
def advise_outside_list(manuscript: Manuscript) -> Iterator[Flaw]:
    """A second paragraph of an item is indented too little, so that it ends the list.

    Bad: ``1. one``, a blank line, and behind three blanks the next paragraph.
    Good: four blanks before each further paragraph.
    """
    yield from _of(manuscript, "outside-list")


@advise
def advise_fence_as_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A fenced block of code comes out as text, since its fence is indented or has more than one word behind it.

    Bad: a fence within a list; ``rust,ignore`` behind a fence.
    Good: in a list, code that is indented by eight blanks; ``rust`` behind a fence at the start of its line.
    """
    yield from _of(manuscript, "fence-as-text")


@advise
def advise_table_as_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A table comes out as text: it stands right below a paragraph, or its rows do not match.

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
    """Readers see marks that mean something elsewhere: to strike out, to tick, to highlight, to set a formula.

    Bad: ``~~old~~``, ``- [ ] to do``, ``==this==``, ``$x^2$``, ``[[page]]``, ``> [!NOTE]``.
    Good: ``<del>old</del>``, ``<mark>this</mark>``, ``x<sup>2</sup>``, ``[page]({filename}page.md)``.
    """
    yield from _of(manuscript, "unknown-markup")


@advise
def advise_bare_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """An address stands in the text, and no reader can follow it.

    Bad: ``See https://www.gnu.org/licenses/.``
    Good: ``See <https://www.gnu.org/licenses/>.``, or ``[the licences](https://www.gnu.org/licenses/)``.
    """
    yield from _of(manuscript, "bare-address")


def _of(manuscript: Manuscript, kind: str) -> Iterator[Flaw]:
    for path, traps in manuscript.traps.items():
        for trap in traps:
            if trap.kind == kind:
                yield Flaw(path, trap.line, trap.column, trap.what, trap.cure)
