"""Start a new series or play: ``make new-series TITLE="…"``, ``make new-play TITLE="…"``.

A series has an example of a planned part; a play has the headings that all other plays have.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from ...model import DRAFT
from ...sources.keys import keys_of
from ...sources.manuscript import Manuscript
from ..command import CommandError, Options
from .new_file import NewFile, path_of, start, title_and_slug
from .scaffold import sections, spaced, text_of

OF_SERIES = "Essays become its parts by their own line Series. Until the file is published they must stay drafts too."
OF_PLAYS = "A play's title is an imperative, such as: Let go of the how."
SOON = timedelta(days=7)


def series_file(options: Options, manuscript: Manuscript) -> NewFile:
    """Return the series that `options` ask for."""
    config = manuscript.config
    pages = manuscript.series_pages.values()
    title, slug = title_and_slug(options, 'make new-series TITLE="Micro-revolutions"', pages, config)
    planned = next(key for key in keys_of("series") if key.name == "Planned")
    due = config.present.date() + SOON
    values = {
        "Title": title,
        "Status": DRAFT,
        "Planned": f"{planned.filler} | cost | {due.isoformat()}",
        "Summary": "",
    }
    return NewFile("series", path_of("series", slug, config), text_of("series", values, advice=[OF_SERIES]))


def play_file(options: Options, manuscript: Manuscript) -> NewFile:
    """Return the play that `options` ask for."""
    pages = manuscript.play_pages.values()
    title, slug = title_and_slug(options, 'make new-play TITLE="Let go of the how"', pages, manuscript.config)
    if slug == "index":
        raise CommandError('The slug "index" is taken by the playbook\'s introduction. Choose another: SLUG=…')
    orders = [page.order for page in pages if page.order is not None]
    values = {
        "Title": title,
        "Status": DRAFT,
        **({"Order": str(max(orders) + 1)} if orders else {}),
        "Summary": "",
    }
    body = spaced(sections(source for source in manuscript.sources if source.kind == "play"))
    return NewFile("play", path_of("play", slug, manuscript.config), text_of("play", values, body, [OF_PLAYS]))


new_series = partial(start, series_file)
new_play = partial(start, play_file)
