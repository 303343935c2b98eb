"""The report of a comparison: counts, the files that differ, and each change once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare.differences import Comparison


@dataclass(frozen=True, slots=True)
class Limits:
    """The size of a report."""

    files: int
    """The number of files in each list."""
    changes: int
    lines: int
    """The number of lines of each change."""
    width: int
    """The length of each line."""


SHORT = Limits(files=20, changes=12, lines=12, width=200)
"""The limits for a terminal."""
LONG = Limits(files=5000, changes=500, lines=200, width=2000)
"""The limits for the report file."""


def report_lines(sides: Sequence[str], comparisons: Mapping[str, Comparison], limits: Limits) -> Iterator[str]:
    """Yield the lines of a report.

    Args:
        sides: the names of the two sides.
        comparisons: the comparison of each folder, by its name.
        limits: the size of the report.

    """
    before, after = sides
    yield f"- {before}"
    yield f"+ {after}"
    yield from (_counts(name, comparison) for name, comparison in comparisons.items())
    if all(comparison.equal for comparison in comparisons.values()):
        yield "All files are the same, byte for byte."
        return
    whole = merged(comparisons)
    for title, paths in (
        (f"{len(whole.different)} files differ:", tuple(whole.different)),
        (f"{len(whole.only_before)} files are only in {before}:", whole.only_before),
        (f"{len(whole.only_after)} files are only in {after}:", whole.only_after),
    ):
        if paths:
            yield from ("", title, *(f"  {path}" for path in _some(paths, limits.files)))
    yield from _changes(whole, limits)


def merged(comparisons: Mapping[str, Comparison]) -> Comparison:
    """Return several comparisons as one, with each folder's name before its paths."""

    def all_of(field: str) -> tuple[str, ...]:
        return tuple(f"{name}/{path}" for name, one in comparisons.items() for path in getattr(one, field))

    return Comparison(
        same=all_of("same"),
        different={
            f"{name}/{path}": one.different[path] for name, one in comparisons.items() for path in one.different
        },
        only_before=all_of("only_before"),
        only_after=all_of("only_after"),
        copies=all_of("copies"),
    )


def _counts(name: str, one: Comparison) -> str:
    counts = [(one.same, "the same"), (one.different, "different"), (one.only_before, "only in -")]
    counts += [(one.only_after, "only in +"), (one.copies, "compressed copies of those")]
    return f"{name}: " + ", ".join(f"{len(paths)} {what}" for paths, what in counts if paths or what == "the same")


def _changes(whole: Comparison, limits: Limits) -> Iterator[str]:
    groups = whole.groups()
    for group in groups[: limits.changes]:
        files = ", ".join(_some(group.files, min(3, limits.files)))
        yield from (
            "",
            f"In {files}:" if len(group.files) == 1 else f"The same change in {len(group.files)} files: {files}",
        )
        shown = [_cut(line, limits.width) for line in group.change.shown()]
        yield from (f"  {line}" for line in _some(shown, limits.lines))
    if len(groups) > limits.changes:
        yield from ("", f"... and {len(groups) - limits.changes} other changes")


def _some(texts: Sequence[str], count: int) -> list[str]:
    return list(texts) if len(texts) <= count else [*texts[:count], f"... and {len(texts) - count} more"]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"
