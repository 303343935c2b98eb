"""Checks against the published record: no address and no feed id that readers were given is ever lost."""

from __future__ import annotations

from collections.abc import Iterator

from ...names import nearest
from ...record.record import FILE
from ...routes import file_at, stays_inside
from ...sources.declare import names_in
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ..problem import Flaw, at_value, check, short


@check
def check_unreadable_record(manuscript: Manuscript) -> Iterator[Flaw]:
    """The published record cannot be read or is not whole, so that it cannot tell what readers were given.

    Bad: a file that is empty or cut, a line that was edited, marks that a merge left behind, such as ``<<<<<<<``.
    Good: the file as ``make publish`` or ``make record`` wrote it.
    """
    error = manuscript.bad_record
    if error:
        message = f"the published record is damaged: {error}"
        yield Flaw(FILE, error.line, 1, message, "Bring it back from git, or run make record.")


@check
def check_vanished_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """An address was published, and the site has neither a page nor a redirect for it now.

    Bad: a published essay whose file is renamed, removed or made a draft.
    Good: ``Aliases: old-slug`` in the file that took its place, or ``make gone``.
    """
    published, record = Published.of(manuscript), manuscript.record
    kept = published.addresses | published.former.keys()
    for address, fact in record.facts.items():
        if address not in kept and not fact.gone:
            near = nearest(address, sorted(published.addresses - record.facts.keys()))
            moved = f" (perhaps to {near})" if near else ""
            yield Flaw(
                FILE,
                record.lines.get(address, 1),
                1,
                f"{address} was published, and nothing stands there now",
                f'If it moved{moved}, write "Aliases: {address}" in the file that took its place; '
                f"if it is gone for good, run: make gone ADDRESS={address} and build again.",
            )


@check
def check_repeated_id(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two published things have the same feed id, so that readers take them for one.

    Bad: two lines of ``published.toml`` with one id, and a page at both addresses.
    Good: an id of its own for each; a former address keeps the id of what moved.
    """
    record, first = manuscript.record, dict[str, str]()
    for address, identity in Published.of(manuscript).ids.items():
        taken = first.setdefault(identity, address)
        if taken != address:
            yield Flaw(
                FILE,
                record.lines.get(address, 1),
                1,
                f"{address} has the feed id of {taken}",
                "Take the id out of the line of the one that was published later; it gets a new one.",
            )


@check
def check_unusable_alias(manuscript: Manuscript) -> Iterator[Flaw]:
    """An alias is no address below the site's own.

    Bad: ``Aliases: ../old/``, ``Aliases: https://old.example/essay/``.
    Good: ``Aliases: old-slug``, ``Aliases: /2009/04/old-slug.html``.
    """
    for source in manuscript.sources:
        for alias in names_in(source.text("aliases")):
            if not stays_inside(alias.removeprefix("/")):
                yield at_value(
                    source,
                    "aliases",
                    f'"{short(alias)}" is no address of this site',
                    "Write a former slug, or a former address from the site's root on.",
                )


@check
def check_taken_alias(manuscript: Manuscript) -> Iterator[Flaw]:
    """An alias is the address of a page, or of another alias, so that its target is ambiguous.

    Bad: ``Aliases: letting-go`` where an essay has the slug ``letting-go``.
    Good: an alias that nothing else claims.
    """
    published, first = Published.of(manuscript), dict[str, str]()
    standing = {place.path: f"/{place.url}" for place in published.places}
    for move in published.moves:
        source = manuscript.by_path[move.source]
        file = file_at(move.then) or move.then
        other = first.setdefault(file, move.now)
        if move.then in published.addresses or standing.get(file, move.now) != move.now:
            yield at_value(source, "aliases", f"a page stands at {move.then} now", "Take the alias out.")
        elif other != move.now:
            yield at_value(
                source, "aliases", f"{move.then} already leads to {other}", "Leave the alias in one of the two files."
            )
