"""Start a new play: ``make new-play TITLE="Let go of the how"``, with the headings that all other plays have."""

from __future__ import annotations

from functools import partial

from ...model import DRAFT
from ...sources.manuscript import Manuscript
from ..command import CommandError, Options
from .new_file import NewFile, path_of, start, title_and_slug
from .scaffold import sections, spaced, text_of

ADVICE = "A play's title is an imperative, such as: Let go of the how."


def plan(options: Options, manuscript: Manuscript) -> NewFile:
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
    return NewFile("play", path_of("play", slug, manuscript.config), text_of("play", values, body, [ADVICE]))


new_play = partial(start, plan)
