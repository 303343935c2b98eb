"""What an import tells: the account of all items, what is the same for many texts once, and what a person looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .accounting import sums
from .item import PUBLISHED, Export
from .naming import NO_SUMMARY
from .plan import Plan, Wishes

MOST = 12
"""So many names are told in one line."""


def report(export: Export, plan: Plan, wishes: Wishes, root: str) -> Iterator[str]:
    """Yield, line by line, what comes and what needs a person.

    Args:
        export: what was read.
        plan: what is to come.
        wishes: what the author asked for.
        root: the content folder, as messages name it.

    """
    yield from _of_texts(plan, root)
    yield from (f"{root}/{path} is here already, and stays as it is" for path in plan.here)
    yield from (f"Kept back: {name}: {why}" for name, why in plan.kept)
    yield from (f"Lost: {what}" for what in export.lost)
    yield from export.notes
    yield from plan.told
    yield from _of_states(plan)
    yield from _of_the_whole(plan, wishes, root)
    yield f"{export.format}: {sums(export, len(plan.fresh), len(plan.kept) + len(plan.here))}"
    if export.extra:
        beside = ", ".join(
            f"{count} {kind.removeprefix('wp:')}" for kind, count in sorted(export.extra.items()) if count
        )
        if beside:
            yield f"Beside them, and not brought in: {beside}"


def _of_texts(plan: Plan, root: str) -> Iterator[str]:
    """Yield each source with what a person has to look at; what is true of many is told once, below."""
    for each in plan.fresh:
        yield f"{root}/{each.path}"
        yield from (f"    {note}" for note in dict.fromkeys(each.notes) if note != NO_SUMMARY)


def _of_states(plan: Plan) -> Iterator[str]:
    for state, count in sorted(Counter(each.item.state for each in plan.fresh).items()):
        if state != PUBLISHED:
            paths = [each.path for each in plan.fresh if each.item.state == state]
            yield f"Were {state} ({count}): {_some(paths)}"


def _of_the_whole(plan: Plan, wishes: Wishes, root: str) -> Iterator[str]:
    short = [each.path for each in plan.fresh if NO_SUMMARY in each.notes]
    if short:
        yield f"Without a summary, of which each wants one sentence ({len(short)}): {_some(short)}"
    if plan.missing:
        one = len(plan.missing) == 1
        verb = "image is not here, and a link stands" if one else "images are not here, and links stand"
        how = "" if wishes.fetched else "; IMAGES=1 with APPLY=1 fetches those of the export's own hosts"
        shown = _some(sorted(plan.missing), 3)
        yield f"{len(plan.missing)} {verb} in {'its place' if one else 'their places'}{how}: {shown}"
    if plan.unknown:
        names = ", ".join(f"{name} ({count})" for name, count in plan.unknown.most_common(MOST))
        more = f" and {len(plan.unknown) - MOST} more" if len(plan.unknown) > MOST else ""
        done = "they become plays" if wishes.plays else "they are left out; PLAYS=1 makes plays of them"
        yield f"Not in the playbook, so {done}: {names}{more}"
    for path in sorted(plan.declared):
        yield f"{root}/{path}: a new file, so that its name is known"


def rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of sides: the texts that are parts of a series."""
    for each in sorted(
        plan.fresh, key=lambda each: (each.header.get("Series", ""), each.header.get("Date", ""), each.path)
    ):
        if each.header.get("Series"):
            keys = ("Title", "Series", "Side", "Entry", "Answers")
            yield (each.path, *(each.header.get(key, "") for key in keys))


def _some(names: list[str], most: int = MOST) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
