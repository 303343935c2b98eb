"""The report of an import: each new source with its notes, what is not imported, and the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..l10n.days import noun, some
from .item import PUBLISHED, Export
from .naming import NO_SUMMARY
from .plan import ImportOptions, Plan

MOST = 12
"""The number of names in one line."""


def report(export: Export, plan: Plan, options: ImportOptions, root: str) -> Iterator[str]:
    """Yield the lines of the report; `root` is the content folder, as messages name it."""
    for each in plan.sources:
        yield f"{root}/{each.path}"
        yield from (f"    {note}" for note in dict.fromkeys(each.notes) if note != NO_SUMMARY)
    yield from (f"{root}/{path} exists already and is not changed" for path in plan.existing)
    yield from (f"Skipped: {name}: {why}" for name, why in plan.skipped)
    yield from (f"Lost: {what}" for what in export.lost)
    yield from export.notes
    yield from plan.notes
    yield from _of_states(plan)
    yield from _of_all(plan, options, root)
    yield f"{export.format}: {_sums(export, plan)}"
    if count := len(export.comments):
        yield f"Not imported: {count} {noun(count, 'comment')} by readers; COMMENTS=comments.json writes them to a file"


def _sums(export: Export, plan: Plan) -> str:
    """Return the sums of all items in one line."""
    skipped, others = len(plan.skipped) + len(plan.existing), export.others.total()
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(export.others.items()))
    named = f" ({kinds})" if kinds else ""
    lost = f", {len(export.lost)} lost" if export.lost else ""
    return f"{export.found} items: {len(plan.sources)} imported, {skipped} skipped, {others} not texts{named}{lost}"


def _of_states(plan: Plan) -> Iterator[str]:
    for state, count in sorted(Counter(each.item.state for each in plan.sources).items()):
        if state != PUBLISHED:
            paths = [each.path for each in plan.sources if each.item.state == state]
            yield f"Formerly {state} ({count}): {some(paths, MOST)}"


def _of_all(plan: Plan, options: ImportOptions, root: str) -> Iterator[str]:
    short = [each.path for each in plan.sources if NO_SUMMARY in each.notes]
    if short:
        yield f"Without a summary ({len(short)}; write one sentence for each): {some(short, MOST)}"
    if count := len(plan.missing_images):
        how = "" if options.fetched else "; IMAGES=1 with APPLY=1 downloads those on the export's own hosts"
        shown = some(sorted(plan.missing_images), 3)
        yield f"{count} missing {noun(count, 'image')}, replaced by {noun(count, 'a link', 'links')}{how}: {shown}"
    if plan.existing_files:
        yield f"Images that exist already and are not changed: {some(plan.existing_files, MOST)}"
    if plan.unknown_tags:
        names = [f"{name} ({count})" for name, count in plan.unknown_tags.most_common()]
        done = "they become plays" if options.plays else "they are left out; PLAYS=1 makes plays of them"
        yield f"Not in the playbook, so {done}: {some(names, MOST)}"
    for path in sorted(plan.declarations):
        yield f"{root}/{path}: a new file, to be completed"


def rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of sides, one for each part of a series, with the cells of `series.COLUMNS`."""
    for each in sorted(
        plan.sources, key=lambda each: (each.header.get("Series", ""), each.header.get("Date", ""), each.path)
    ):
        if each.header.get("Series"):
            keys = ("Title", "Series", "Side", "Entry", "Answers")
            yield (each.path, *(each.header.get(key, "") for key in keys))
