"""Every item accounted for: what was read, held against an independent count of what the export has."""

from __future__ import annotations

from .item import Census, Export, ImportRefusedError


def demand_all(export: Export, counted: Census, called: str) -> None:
    """Demand that every item of the export was read, and is a text, kept back by name, told as lost, or no text.

    Args:
        export: what was read.
        counted: what there is.
        called: how messages call the export.

    Raises:
        ImportRefusedError: something is missing; the text says what.

    """
    there, read = sum(counted.values()), sum(export.seen.values())
    told = len(export.items) + len(export.kept) + sum(export.others.values())
    if read != told:
        raise ImportRefusedError(f"{called}: {read} items were read and {told} accounted for. {_REPORT}")
    if there != read + len(export.lost):
        raise ImportRefusedError(
            f"{called} holds {there} items, and {read} were read: {_differences(counted, export.seen)}. {_REPORT}"
        )
    if not export.lost and counted != export.seen:
        raise ImportRefusedError(
            f"{called} was read otherwise than counted: {_differences(counted, export.seen)}. {_REPORT}"
        )


_REPORT = (
    "Nothing is brought in, since something would be missing; this is a mistake of the import, and worth a report."
)


def _differences(counted: Census, read: Census) -> str:
    found = [
        f"{' '.join(filter(None, kind)) or 'without a kind'}: {counted[kind]} there, {read[kind]} read"
        for kind in sorted(counted.keys() | read.keys())
        if counted[kind] != read[kind]
    ]
    return "; ".join(found) or "none of them differs in kind"


def sums(export: Export, imported: int, kept: int) -> str:
    """Return the account in one line."""
    others = ", ".join(f"{count} {kind}" for kind, count in sorted(export.others.items()))
    lost = f" + {len(export.lost)} lost" if export.lost else ""
    total = sum(export.seen.values()) + len(export.lost)
    named = f" ({others})" if others else ""
    no_texts = sum(export.others.values())
    return f"{total} items = {imported} imported + {kept} kept back + {no_texts} not texts{named}{lost}"
