r"""Fixtures of checks: plain text in which small trees of sources stand with the problems that they must give.

A fixture is cut by lines that start with ``====``. ``==== bad: PATH`` and ``==== good: PATH`` begin a file;
``==== bytes bad: PATH`` begins one whose ``\xff`` stand for bytes; ``==== expect`` ends a tree with the exact problems
that it gives, one per line. A good tree gives none. A published record gets its end, which holds a digest, unless it is
bad and the fixture is about records that cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from essay_series.record.text import salvaged, text_of

FIXTURES = Path(__file__).parent / "fixtures"
_CUT = re.compile(r"^==== (?:(bytes )?(bad|good): (.+)|(expect))\n", re.MULTILINE)


@dataclass
class Tree:
    """Some sources, and the problems they give."""

    files: dict[str, bytes] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)


def _end_of(record: bytes) -> bytes:
    """Return the table with which the file of a record ends."""
    return b"\n[end]\n" + text_of(salvaged(record)).partition("[end]\n")[2].encode()


def trees(path: Path) -> tuple[list[Tree], Tree]:
    """Return the bad trees and the good one of a fixture."""
    pieces = _CUT.split(path.read_text(encoding="utf-8"))
    bad, good = [Tree()], Tree()
    for start in range(1, len(pieces), 5):
        raw, kind, file, expect, text = pieces[start : start + 5]
        if expect:
            bad[-1].expected = text.split("\n")[:-1]
            bad.append(Tree())
        else:
            data = text.encode().decode("unicode_escape").encode("latin-1") if raw else text.encode()
            if file == "published.toml" and (kind == "good" or path.stem != "unreadable-record"):
                data += _end_of(data)
            (good if kind == "good" else bad[-1]).files[file] = data
    return [tree for tree in bad if tree.files], good
