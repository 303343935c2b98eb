"""What is told of a comparison: counts, the files that differ, and each change once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare.differences import Comparison


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is told."""

    files: int
    """Of each list of files."""
    changes: int
    lines: int
    """Of each change."""
    width: int
    """Of each line."""


SHORT = Bounds(files=20, changes=12, lines=12, width=200)
"""For a terminal."""
LONG = Bounds(files=5000, changes=500, lines=200, width=2000)
"""For the report."""


def told(sides: Sequence[str], found: Mapping[str, Comparison], bounds: Bounds) -> Iterator[str]:
    """Yield the lines of a report.

    Args:
        sides: what the two sides are called.
        found: the comparison of each folder, by its name.
        bounds: how much is told.

    """
    before, after = sides
    yield f"- {before}"
    yield f"+ {after}"
    yield from (_counts(name, comparison) for name, comparison in found.items())
    if all(comparison.equal for comparison in found.values()):
        yield "All files are the same, byte for byte."
        return
    whole = joined(found)
    for title, paths in (
        (f"{len(whole.different)} files differ:", tuple(whole.different)),
        (f"{len(whole.only_before)} files are only in {before}:", whole.only_before),
        (f"{len(whole.only_after)} files are only in {after}:", whole.only_after),
    ):
        if paths:
            yield from ("", title, *(f"  {path}" for path in _some(paths, bounds.files)))
    yield from _changes(whole, bounds)


def joined(found: Mapping[str, Comparison]) -> Comparison:
    """Return several comparisons as one, the name of each before its paths."""

    def all_of(field: str) -> tuple[str, ...]:
        return tuple(f"{name}/{path}" for name, one in found.items() for path in getattr(one, field))

    return Comparison(
        same=all_of("same"),
        different={f"{name}/{path}": one.different[path] for name, one in found.items() for path in one.different},
        only_before=all_of("only_before"),
        only_after=all_of("only_after"),
        following=all_of("following"),
    )


def _counts(name: str, one: Comparison) -> str:
    counts = [(one.same, "the same"), (one.different, "different"), (one.only_before, "only in -")]
    counts += [(one.only_after, "only in +"), (one.following, "compressed copies of those")]
    return f"{name}: " + ", ".join(f"{len(paths)} {what}" for paths, what in counts if paths or what == "the same")


def _changes(whole: Comparison, bounds: Bounds) -> Iterator[str]:
    groups = whole.groups()
    for group in groups[: bounds.changes]:
        files = ", ".join(_some(group.files, min(3, bounds.files)))
        yield from (
            "",
            f"In {files}:" if len(group.files) == 1 else f"The same change in {len(group.files)} files: {files}",
        )
        shown = [_cut(line, bounds.width) for line in group.change.shown()]
        yield from (f"  {line}" for line in _some(shown, bounds.lines))
    if len(groups) > bounds.changes:
        yield from ("", f"... and {len(groups) - bounds.changes} other changes")


def _some(texts: Sequence[str], count: int) -> list[str]:
    return list(texts) if len(texts) <= count else [*texts[:count], f"... and {len(texts) - count} more"]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"
