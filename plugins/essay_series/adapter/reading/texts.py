"""What becomes of a text between its source and the page: who reads it, what its promises and links become, drafts."""

from __future__ import annotations

from collections.abc import Iterable

from pelican import readers
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator
from pelican.readers import Readers
from pelican.urlwrappers import Category

from ...l10n.titles import in_language
from ...sources.declare import status_at
from ...sources.promises import with_promises_resolved
from ...sources.schedule import unlinked
from ..building import build_of
from .articles import path_of
from .extensions import keeps_comments_back
from .reader import markdown_reader, without_comments_read


def offer_reader(offered: Readers) -> None:
    """Take the place of Pelican's readers, and of none that an author may have set; see `keeps_comments_back`."""
    others = (readers.RstReader, readers.HTMLReader) if keeps_comments_back(offered.settings) else ()
    for extension, reader in offered.reader_classes.items():
        if reader is readers.MarkdownReader:
            offered.reader_classes[extension] = markdown_reader(build_of(offered.settings).conversions)
        elif reader in others:
            offered.reader_classes[extension] = without_comments_read(reader)


def prepare(content: Content) -> None:
    """Give a text that has just been read its place in this build, before Pelican looks for links in it.

    Promises become links or words, a link to an essay that the build's moment does not know yet becomes its words, and
    an article that is dated after that moment becomes a draft. What was read is kept in the attribute ``as_read``.
    """
    if not isinstance(content, Article | Page):
        return
    build, text = build_of(content.settings), content._content  # noqa: SLF001 - Pelican has no other door
    content.__dict__["as_read"] = {"_content": text, "status": content.status}
    locale = build.speaker.languages.locale(content.lang)
    shown = in_language(with_promises_resolved(text, build.promises, locale), locale)
    content._content = unlinked(shown, path_of(content), build.waiting)  # noqa: SLF001 - likewise
    if isinstance(content, Article) and hasattr(content, "date"):
        content.status = status_at(build.now, content.status, content.date)


def send_drafts_home(drafts: Iterable[Content]) -> None:
    """Let a draft stand where drafts do, or nowhere: ``Save_as`` and ``Url`` are for the day of its publication."""
    for draft in drafts:
        for name in ("override_save_as", "override_url"):
            draft.__dict__.pop(name, None)


def complete_drafts(articles: ArticlesGenerator) -> None:
    """Pelican 4.12 asks every draft for its category, also where categories are off and there is none."""
    for draft in (*articles.drafts, *articles.drafts_translations):
        draft.__dict__.setdefault("category", Category(articles.settings["DEFAULT_CATEGORY"], articles.settings))
