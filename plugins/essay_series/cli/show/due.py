"""Show when the next build is needed, for cron or a workflow: ``make due``, with ``FORMAT=json`` for programs."""

from __future__ import annotations

import json
import sys

from ...adapter.reading.sources import open_manuscript
from ...sources.manuscript import Manuscript
from ...sources.schedule import due
from ..command import Options, choice, run

NOTHING = "nothing is scheduled"


def next_build(manuscript: Manuscript, form: str) -> str:
    """Return the time (ISO 8601) and the file of the next scheduled essay, as ``text`` or ``json``."""
    found = due(manuscript)
    if form == "json":
        return json.dumps(found, ensure_ascii=False)
    return f"{found['due']} {found['file']}" if found["due"] else NOTHING


def _due(options: Options) -> str:
    form = choice(options, "FORMAT", ("text", "json"))
    return next_build(open_manuscript(), form)


if __name__ == "__main__":
    sys.exit(run(_due))
