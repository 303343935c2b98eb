"""Bring in the texts of another site: a WordPress or Blogger export, or a Pelican site.

``FROM=path python -m essay_series.desk.bring_in`` shows what would come, and what a person has to look at; ``APPLY=1``
writes it. ``KIND=`` says what it is where that cannot be seen. Nothing that is here is ever overwritten.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .. import checks
from ..assemble import directory
from ..manuscript import Manuscript
from ..names import fold
from .incoming import export, folder
from .incoming.fit import Fitted, edits_from, fitted, here_already, joined
from .incoming.shipment import Shipment
from .rewrite.command import asked, opened, words
from .rewrite.edits import RefusalError
from .rewrite.journal import carry_out

PELICAN = "pelican"
KINDS = (export.WORDPRESS, export.BLOGGER, PELICAN)
USAGE = f"make import FROM=path [KIND={'|'.join(KINDS)}]"


def kind_of(path: Path, said: str) -> str:
    """Return what kind of site lies at `path`: what was `said`, else what it looks like.

    Raises:
        RefusalError: there is nothing, or nothing that is known.

    """
    if not path.exists():
        raise RefusalError(f'There is no file or folder "{path}": {USAGE}')
    if said:
        known = said in KINDS and path.is_dir() == (said == PELICAN)
    else:
        head = b"" if path.is_dir() else path.read_bytes()[:8000]
        signs = {export.WORDPRESS: b"wordpress.org/export", export.BLOGGER: b"schemas.google.com/blogger"}
        said = PELICAN if path.is_dir() else next((kind for kind, sign in signs.items() if sign in head), "")
        known = bool(said)
    if not known:
        raise RefusalError(f'"{path}" is not known as {said or "an export"}: {USAGE}')
    return said


def shipment_from(path: Path, kind: str) -> Shipment:
    """Read the site of a kind at `path`.

    Raises:
        RefusalError: it cannot be read.

    """
    return folder.shipment_from(path) if kind == PELICAN else export.shipment_from(path, kind)


def report(ours: Manuscript, shipment: Shipment, fresh: list[Fitted]) -> Iterator[str]:
    """Yield, line by line, what comes and what needs a person."""
    root = ours.config.content
    yield from shipment.notes
    for each in fresh:
        yield f"{root}/{each.path}"
        yield from (f"    {note}" for note in each.notes)
    yield from (f"{root}/{path} is here already, and stays as it is" for path in here_already(shipment, ours))
    after = joined(ours, fresh, (edit.to for edit in edits_from(shipment, fresh, ours)))
    paths = {each.path for each in fresh}
    yield from (f"{root}/{problem}" for problem in checks.run(after) if problem.path in paths)
    known = directory(after.play_pages.values())
    unknown = Counter(
        name
        for essay in after.essays.values()
        if essay.source in paths
        for name in essay.plays
        if fold(name) not in known
    )
    if after.plays_declared and unknown:
        yield f"Not in the playbook: {', '.join(f'{name} ({count})' for name, count in unknown.most_common())}"


def bring_in() -> int:
    """Show or write what ``FROM`` holds; return the exit code."""
    try:
        (given,) = words({"FROM": "what to bring in"}, USAGE)
        path = Path(given).expanduser()
        shipment = shipment_from(path, kind_of(path, os.environ.get("KIND", "").strip()))
        ours = opened()
        fresh = fitted(shipment, ours)
        edits = edits_from(shipment, fresh, ours)
        print("\n".join(report(ours, shipment, fresh)))
        if asked("APPLY") and edits:
            carry_out(Path(ours.config.content), edits)
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    count = f"{len(edits)} {'file' if len(edits) == 1 else 'files'}"
    print(f"Done: {count} written." if asked("APPLY") else f"Nothing is written yet: {count} to come. APPLY=1 does it.")
    return 0


if __name__ == "__main__":
    sys.exit(bring_in())
