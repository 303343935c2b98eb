"""Start a new play: ``make new-play TITLE="Let go of the how"``, with the headings that the other plays have."""

from __future__ import annotations

import sys

from ...adapter.sources import open_manuscript
from ...model import DRAFT
from ...sources.manuscript import Manuscript
from ..command import CommandError, Words, run, word
from .place import chosen_slug, create, path_of, title_from
from .scaffold import sections, spaced, text_of

ADVICE = "A play's title is an imperative, such as: Let go of the how."


def plan(words: Words, manuscript: Manuscript) -> tuple[str, str]:
    """Return the path below the content folder and the text of the play that the author's words ask for.

    Raises:
        CommandError: a word is missing, or there is such a play.

    """
    title = title_from(words, 'make new-play TITLE="Let go of the how"')
    slug = chosen_slug(title, word(words, "SLUG"), manuscript.config)
    taken = next((page for page in manuscript.play_pages.values() if page.slug == slug), None)
    if taken or slug == "index":
        whose = f"{manuscript.config.content}/{taken.source}" if taken else "the playbook's introduction"
        raise CommandError(f'The slug "{slug}" is taken by {whose}. Choose another: SLUG=…')
    orders = [page.order for page in manuscript.play_pages.values() if page.order is not None]
    values = {
        "Title": title,
        "Status": DRAFT,
        **({"Order": str(max(orders) + 1)} if orders else {}),
        "Summary": "",
    }
    others = [source for source in manuscript.sources if source.kind == "play"]
    body = spaced(sections(others))
    return path_of("play", slug, manuscript.config), text_of("play", values, body, [ADVICE])


def _new_play(words: Words) -> str:
    manuscript = open_manuscript()
    path, text = plan(words, manuscript)
    return create(manuscript, "play", path, text).as_posix()


if __name__ == "__main__":
    sys.exit(run(_new_play))
