"""Receivers of Pelican's signals that set our readers, and resolve promises and links in texts once they are read."""

from __future__ import annotations

from pelican import readers
from pelican.contents import Article, Content, Page
from pelican.readers import Readers
from pelican.urlwrappers import Category

from ...l10n.titles import in_language
from ...sources.declare import status_at
from ...sources.promises import with_promises_resolved
from ...sources.schedule import unlinked
from ..building import build_of
from ..settings.markdown import keeps_comments_back
from .contents import path_of
from .reader import markdown_reader, without_comments_read


def offer_reader(offered: Readers) -> None:
    """Replace Pelican's own readers, but none that another plugin or the settings have registered."""
    others = (readers.RstReader, readers.HTMLReader) if keeps_comments_back(offered.settings) else ()
    for extension, reader in offered.reader_classes.items():
        if reader is readers.MarkdownReader:
            offered.reader_classes[extension] = markdown_reader(build_of(offered.settings).conversions)
        elif reader in others:
            offered.reader_classes[extension] = without_comments_read(reader)


def prepare(content: Content) -> None:
    """Adapt a text that has just been read to this build, before Pelican resolves its links.

    Promises become links or plain text, links to essays that are not due yet become plain text, and an article with a
    later date than the build becomes a draft. The original values are kept in the attribute ``as_read``.
    """
    if not isinstance(content, Article | Page):
        return
    build, text = build_of(content.settings), content._content  # noqa: SLF001 - there is no public API
    content.__dict__["as_read"] = {"_content": text, "status": content.status}
    locale = build.speaker.languages.locale(content.lang)
    shown = in_language(with_promises_resolved(text, build.promises, locale), locale)
    content._content = unlinked(shown, path_of(content), build.waiting)  # noqa: SLF001 - likewise
    if isinstance(content, Article) and hasattr(content, "date"):
        content.status = status_at(build.now, content.status, content.date)


def prepare_draft(draft: Content) -> None:
    """Ignore ``Save_as`` and ``Url`` of a draft until it is published, and give an article without a category one.

    Pelican 4.12 reads the category of drafts even if categories are off.
    """
    for name in ("override_save_as", "override_url"):
        draft.__dict__.pop(name, None)
    if isinstance(draft, Article):
        draft.__dict__.setdefault("category", Category(draft.settings["DEFAULT_CATEGORY"], draft.settings))
