"""Start a new series: ``make new-series TITLE="…"``, with an example of a planned part."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

from ...adapter.sources import open_manuscript
from ...model import DRAFT
from ...sources.frontmatter import keys_of
from ...sources.manuscript import Manuscript
from ..command import CommandError, Words, run, word
from .place import chosen_slug, create, path_of, title_from
from .scaffold import text_of

ADVICE = "Essays become its parts by their own line Series. Until the file is published they must stay drafts too."
SOON = timedelta(days=7)


def plan(words: Words, manuscript: Manuscript) -> tuple[str, str]:
    """Return the path below the content folder and the text of the series that the author's words ask for.

    Raises:
        CommandError: a word is missing, or there is such a series.

    """
    config = manuscript.config
    title = title_from(words, 'make new-series TITLE="Micro-revolutions"')
    slug = chosen_slug(title, word(words, "SLUG"), config)
    taken = next((page for page in manuscript.series_pages.values() if page.slug == slug), None)
    if taken:
        raise CommandError(f'The slug "{slug}" is taken by {config.content}/{taken.source}. Choose another: SLUG=…')
    planned = next(key for key in keys_of("series") if key.name == "Planned")
    due = (config.now or datetime.now(config.timezone)).date() + SOON
    values = {
        "Title": title,
        "Status": DRAFT,
        "Planned": f"{planned.filler} | cost | {due.isoformat()}",
        "Summary": "",
    }
    return path_of("series", slug, config), text_of("series", values, advice=[ADVICE])


def _new_series(words: Words) -> str:
    manuscript = open_manuscript()
    path, text = plan(words, manuscript)
    return create(manuscript, "series", path, text).as_posix()


if __name__ == "__main__":
    sys.exit(run(_new_series))
