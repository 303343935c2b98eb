"""Show when the next build is needed, for cron or a workflow: ``make due``, with ``FORMAT=json`` for programs."""

from __future__ import annotations

import json

from ...adapter.reading.sources import open_manuscript
from ...sources import schedule
from ...sources.manuscript import Manuscript
from ..command import Options, choice

NOTHING = "nothing is scheduled"


def next_build(manuscript: Manuscript, form: str) -> str:
    """Return the time (ISO 8601) and the file of the next scheduled essay, as ``text`` or ``json``."""
    found = schedule.due(manuscript)
    if form == "json":
        return json.dumps(found, ensure_ascii=False)
    return f"{found['due']} {found['file']}" if found["due"] else NOTHING


def due(options: Options) -> str:
    """Return the time and the file of the next scheduled essay."""
    form = choice(options, "FORMAT", ("text", "json"))
    return next_build(open_manuscript(), form)
