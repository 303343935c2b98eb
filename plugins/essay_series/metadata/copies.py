"""Essay → a copy of its Markdown for readers: with its title and facts at the top, and absolute links."""

from __future__ import annotations

from collections.abc import Callable

from ..l10n import Locale, phrases
from ..sources.comments import ToHtml, comments, uncommented
from ..sources.frontmatter import Source
from ..sources.markup import references, unmarked
from ..views import EssayView, Link
from ..views.shapes.pages import Contents
from .publication import Publication

Resolve = Callable[[str], str]
"""Returns the absolute URL of the target of a link or image in the source."""


def markdown(view: EssayView, source: Source, resolve: Resolve, to_html: ToHtml, site: Publication) -> str:
    """Return the essay of `view` as Markdown, without the comments and marks of promises of its `source`.

    Args:
        view: the view of its page.
        source: its source.
        resolve: resolves the targets of its links.
        to_html: converts Markdown with the site's extensions; it shows what is code and what is a comment.
        site: the site that publishes it.

    """
    return "\n\n".join([f"# {view.title}", *_facts(view, site), text_of(source, resolve, to_html)])


def text_of(source: Source, resolve: Resolve, to_html: ToHtml) -> str:
    """Return the text of `source` with resolved links, without comments and marks of promises; see `markdown`."""
    lines = source.body.split("\n")
    found = sorted(references(source.body), key=lambda each: each.target_at, reverse=True)
    for reference in found:
        row, column = reference.target_at[0] - 1, reference.target_at[1] - 1
        line = lines[row] if row >= 0 else ""
        if reference.target and line.startswith(reference.target, column):
            lines[row] = line[:column] + resolve(reference.target) + line[column + len(reference.target) :]
    text = "\n".join(lines)
    return unmarked(uncommented(text, comments(text, to_html))).strip() + "\n"


def _facts(view: EssayView, site: Publication) -> list[str]:
    locale, entry = site.locale_of(view), view.entry
    if view.side and view.entry:
        entry = locale.gettext("%(side)s: %(entry)s", side=phrases.side(view.side, locale), entry=view.entry)
    place = _place(view.contents, site, locale) if view.contents and view.contents.label else ""
    facts = [site.author_of(view.author), view.day.words if view.day else "", place, entry]
    line = "".join(f"{fact.rstrip('.')}. " for fact in facts if fact)
    summary = [f"> {view.summary}"] if view.summary else []
    return [*summary, f"{line}<{site.url(view.address.url)}>"]


def _place(contents: Contents, site: Publication, locale: Locale) -> str:
    return locale.gettext(
        "Part %(number)s of %(total)s of %(series)s",
        number=contents.number,
        total=contents.total,
        series=_link(contents.series, site),
    )


def _link(to: Link, site: Publication) -> str:
    return f"[{to.title}]({site.url(to.url)})" if to.url else to.title
