"""The table of `make coverage`."""

from __future__ import annotations

from covered import KINDS, by_room, table


def coverage_of(*numbers: int) -> dict[str, object]:
    """Return what coverage.py reports of a module, with texts among the numbers."""
    return {**dict(zip(KINDS, numbers, strict=True)), "percent_covered_display": "50"}


def test_modules_are_summed_by_room():
    """Each room has the sums of its modules, and the last line those of all rooms."""
    files = {
        "plugins/essay_series/build/output/made.py": coverage_of(10, 5, 4, 1),
        "plugins/essay_series/build/deep/er.py": coverage_of(30, 25, 4, 3),
        "plugins/essay_series/names.py": coverage_of(10, 10, 0, 0),
    }
    assert table(by_room(files)).splitlines()[1:] == [
        "build                  40    75.0%         8    50.0%",
        "names                  10   100.0%         0        -",
        "all                    50    80.0%         8    50.0%",
    ]
