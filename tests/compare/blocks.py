"""Pieces of Markdown for the generated site, read from ``blocks.md``: one for each construct that a text may use.

Each piece follows a line ``%% name``. In it ``§n`` is replaced by the number of its essay, and ``§other`` by the file
name of another essay, without its extension.
"""

from __future__ import annotations

import re
from pathlib import Path

_PIECE = re.compile(r"^%% (?P<name>.+)\n\n(?P<text>[\s\S]+?)\n*(?=^%% |\Z)", re.MULTILINE)

BLOCKS = {
    match["name"]: match["text"]
    for match in _PIECE.finditer(Path(__file__).with_name("blocks.md").read_text(encoding="utf-8"))
}
"""The pieces by name."""


def block(name: str, number: int, other: str = "e000") -> str:
    """Return the piece `name` for the essay `number`, with links to the essay file `other`."""
    return BLOCKS[name].replace("§other", other).replace("§n", str(number))
