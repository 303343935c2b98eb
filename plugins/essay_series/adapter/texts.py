"""What becomes of a text between its source and the page: who reads it, what its promises and links become, drafts."""

from __future__ import annotations

from collections.abc import Iterable

from pelican import readers
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator
from pelican.readers import Readers
from pelican.urlwrappers import Category

from ..l10n.titles import in_language
from ..sources.declare import status_at
from ..sources.promises import settled
from ..sources.schedule import unlinked
from .articles import path_of
from .building import build_of
from .extensions import keeps_comments_back
from .reading import markdown_reader, without_comments_read


def offer_reader(offered: Readers) -> None:
    """Take the place of Pelican's readers, and of none that an author may have set; see `keeps_comments_back`."""
    others = (readers.RstReader, readers.HTMLReader) if keeps_comments_back(offered.settings) else ()
    for extension, reader in offered.reader_classes.items():
        if reader is readers.MarkdownReader:
            offered.reader_classes[extension] = markdown_reader(build_of(offered.settings).conversions)
        elif reader in others:
            offered.reader_classes[extension] = without_comments_read(reader)


def settle_promises(content: Content) -> None:
    """Turn promises into links or words before Pelican looks for links in the text."""
    if isinstance(content, Article | Page):
        build = build_of(content.settings)
        locale = build.speaker.languages.locale(content.lang)
        text = settled(content._content, build.promises, locale)  # noqa: SLF001 - Pelican has no other door
        content._content = in_language(text, locale)  # noqa: SLF001 - likewise


def keep_back(content: Content) -> None:
    """Make a draft of an article that is dated after the moment that the build is of."""
    if isinstance(content, Article) and hasattr(content, "date"):
        now = build_of(content.settings).now
        content.status = status_at(now, content.status, content.date)


def unlink(content: Content) -> None:
    """Show the words alone where a text links to an essay that the build's moment does not know yet."""
    if isinstance(content, Article | Page):
        waiting = build_of(content.settings).waiting
        content._content = unlinked(content._content, path_of(content), waiting)  # noqa: SLF001 - likewise


def send_drafts_home(drafts: Iterable[Content]) -> None:
    """Let a draft stand where drafts do, or nowhere: ``Save_as`` and ``Url`` are for the day of its publication."""
    for draft in drafts:
        for name in ("override_save_as", "override_url"):
            draft.__dict__.pop(name, None)


def complete_drafts(articles: ArticlesGenerator) -> None:
    """Pelican 4.12 asks every draft for its category, also where categories are off and there is none."""
    for draft in (*articles.drafts, *articles.drafts_translations):
        draft.__dict__.setdefault("category", Category(articles.settings["DEFAULT_CATEGORY"], articles.settings))
