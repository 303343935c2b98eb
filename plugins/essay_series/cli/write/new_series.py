"""Start a new series: ``make new-series TITLE="…"``, with an example of a planned part."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from ...model import DRAFT
from ...sources.keys import keys_of
from ...sources.manuscript import Manuscript
from ..command import Options
from .new_file import NewFile, path_of, start, title_and_slug
from .scaffold import text_of

ADVICE = "Essays become its parts by their own line Series. Until the file is published they must stay drafts too."
SOON = timedelta(days=7)


def plan(options: Options, manuscript: Manuscript) -> NewFile:
    """Return the series that `options` ask for."""
    config = manuscript.config
    pages = manuscript.series_pages.values()
    title, slug = title_and_slug(options, 'make new-series TITLE="Micro-revolutions"', pages, config)
    planned = next(key for key in keys_of("series") if key.name == "Planned")
    due = (config.now or datetime.now(config.timezone)).date() + SOON
    values = {
        "Title": title,
        "Status": DRAFT,
        "Planned": f"{planned.filler} | cost | {due.isoformat()}",
        "Summary": "",
    }
    return NewFile("series", path_of("series", slug, config), text_of("series", values, advice=[ADVICE]))


new_series = partial(start, plan)
