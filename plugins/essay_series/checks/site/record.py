"""Checks against the published record: no published address and no feed id is lost."""

from __future__ import annotations

from collections.abc import Iterator

from ...names import nearest
from ...record.record import FILE
from ...routes import file_at, stays_inside
from ...sources.declare import names_in
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ..problem import Flaw, at_name, at_value, check, short


@check
def check_unreadable_record(manuscript: Manuscript) -> Iterator[Flaw]:
    """The published record is damaged or incomplete, so what was published cannot be compared with it.

    Bad: a file that is empty or truncated, an edited line, markers of a merge conflict such as ``<<<<<<<``.
    Good: the file as ``make publish`` or ``make record`` wrote it.
    """
    error = manuscript.bad_record
    if error:
        message = f"the published record is damaged: {error}"
        yield Flaw(FILE, error.line, 1, message, "Restore it from git, or run make record.")


@check
def check_vanished_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """An address was published, but now the site has neither a page nor a redirect for it.

    Bad: a published essay whose file is renamed, removed or made a draft.
    Good: ``Aliases: old-slug`` in the file that replaces it, or ``make gone``.
    """
    published, record = Published.of(manuscript), manuscript.record
    kept = published.addresses | published.former.keys()
    for address, fact in record.facts.items():
        if address not in kept and not fact.gone:
            near = nearest(address, sorted(published.addresses - record.facts.keys()))
            moved = f'If it moved{f" (perhaps to {near})" if near else ""}, add "Aliases: {address}" to the new file'
            hint = f"{moved}; if it is gone for good, run make gone ADDRESS={address} and build again."
            message = f"{address} was published, but there is nothing now"
            yield Flaw(FILE, record.lines.get(address, 1), 1, message, hint)


@check
def check_repeated_id(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two published pages have the same feed id, so feed readers would take them for one.

    Bad: two lines of ``published.toml`` with one id, and a page at both addresses.
    Good: a different id for each; a former address keeps the id of the page that moved.
    """
    record, first = manuscript.record, dict[str, str]()
    hint = "Remove the id from the line of the page that was published later; it gets a new one."
    for address, identity in Published.of(manuscript).ids.items():
        taken = first.setdefault(identity, address)
        if taken != address:
            yield Flaw(FILE, record.lines.get(address, 1), 1, f"{address} has the feed id of {taken}", hint)


@check
def check_unusable_alias(manuscript: Manuscript) -> Iterator[Flaw]:
    """An alias is not an address of this site.

    Bad: ``Aliases: ../old/``, ``Aliases: https://old.example/essay/``.
    Good: ``Aliases: old-slug``, ``Aliases: /2009/04/old-slug.html``.
    """
    hint = "Write a former slug, or a former address that starts at the root of the site."
    for source in manuscript.sources:
        for alias in names_in(source.text("aliases")):
            if not stays_inside(alias.removeprefix("/")):
                yield at_name(source, "aliases", alias, f'"{short(alias)}" is not an address of this site', hint)


@check
def check_taken_alias(manuscript: Manuscript) -> Iterator[Flaw]:
    """An alias is the address of a page, or an alias of another file, so its target is ambiguous.

    Bad: ``Aliases: letting-go`` where an essay has the slug ``letting-go``.
    Good: an alias that is in no other file.
    """
    published, first = Published.of(manuscript), dict[str, str]()
    standing = {place.path: f"/{place.url}" for place in published.places}
    for move in published.moves:
        source = manuscript.by_path[move.source]
        file = file_at(move.then) or move.then
        other = first.setdefault(file, move.now)
        if move.then in published.addresses or standing.get(file, move.now) != move.now:
            yield at_value(source, "aliases", f"there is a page at {move.then} now", "Remove the alias.")
        elif other != move.now:
            message = f"{move.then} already redirects to {other}"
            yield at_value(source, "aliases", message, "Keep the alias in only one of the two files.")
