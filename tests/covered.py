"""Measure the branch coverage of the tests: ``make coverage``, or ``TESTS="tests/build"`` for some of them.

Subprocesses and forks are measured too. It prints a table with a line for each room, and writes a page for each module
to ``cache/coverage/``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = "plugins/essay_series"
FOLDER = PROJECT / "cache/coverage"
KINDS = ("num_statements", "covered_lines", "num_branches", "covered_branches")
PYTEST = ("pytest", "--numprocesses", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def by_room(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Counter[str]]:
    """Return the sums for each room in alphabetical order, and the total as "all".

    Args:
        files: the numbers in `KINDS` of each module, by its path in the project.

    """
    rooms: dict[str, Counter[str]] = {}
    for path, numbers in sorted(files.items()):
        room = Path(path).relative_to(PACKAGE).parts[0].removesuffix(".py")
        rooms.setdefault(room, Counter()).update({kind: numbers[kind] for kind in KINDS})
    return {**rooms, "all": sum(rooms.values(), Counter())}


def table(rooms: Mapping[str, Mapping[str, int]]) -> str:
    """Return a table with the coverage of each of `rooms`."""
    lines = [f"{'':14} {'statements':>10} {'reached':>8} {'branches':>9} {'reached':>8}"]
    for room, numbers in rooms.items():
        statements, branches = numbers["num_statements"], numbers["num_branches"]
        reached = [
            f"{100 * part / whole:.1f}%" if whole else "-"
            for part, whole in ((numbers["covered_lines"], statements), (numbers["covered_branches"], branches))
        ]
        lines.append(f"{room:14} {statements:>10} {reached[0]:>8} {branches:>9} {reached[1]:>8}")
    return "\n".join(lines)


def coverage(*arguments: str) -> int:
    """Run a command of coverage.py, and return its exit code."""
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], cwd=PROJECT, check=False).returncode


def combine() -> None:
    """Combine the data of all processes; files that a killed process left incomplete are ignored."""
    command = [sys.executable, "-W", "ignore", "-m", "coverage", "combine", "--quiet"]
    subprocess.run(command, cwd=PROJECT, check=True)


def measure(tests: Iterable[str]) -> int:
    """Run `tests`, or all of them, print their coverage, and return the exit code of pytest."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    coverage("erase")
    code = coverage("run", "-m", *PYTEST, *tests)
    combine()
    coverage("html", "--quiet")
    coverage("json", "--quiet")
    files = json.loads((FOLDER / "coverage.json").read_text(encoding="utf-8"))["files"]
    print(table(by_room({path: measured["summary"] for path, measured in files.items()})))
    print(f"Each module: {(FOLDER / 'index.html').relative_to(PROJECT)}")
    return code


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1:]))
