"""Essay → its Markdown, as others may take it: with its title and its place above it, and links that work anywhere."""

from __future__ import annotations

from ..comments import ToHtml
from ..copied import Resolve, text_of
from ..frontmatter import Source
from ..views import EssayView, Link
from .publication import Publication


def markdown(view: EssayView, source: Source, resolve: Resolve, to_html: ToHtml, site: Publication) -> str:
    """Return the essay of `view` as Markdown.

    Args:
        view: its page.
        source: what its author wrote; comments are left out, and of promises the words remain.
        resolve: finds what links in it lead to.
        to_html: Markdown as the site has it set up.
        site: where it is published.

    """
    return "\n\n".join([f"# {view.title}", *_facts(view, site), text_of(source, resolve, to_html)])


def _facts(view: EssayView, site: Publication) -> list[str]:
    contents = view.contents
    place = f"{contents.label} of {_link(contents.series, site)}" if contents and contents.label else ""
    entry = f"{view.side.capitalize()}: {view.entry}" if view.side and view.entry else view.entry
    facts = [site.author_of(view.author), view.day.words if view.day else "", place, entry]
    line = ". ".join(fact.rstrip(".") for fact in facts if fact)
    summary = [f"> {view.summary}"] if view.summary else []
    return [*summary, f"{line}. <{site.url(view.address.url)}>"]


def _link(to: Link, site: Publication) -> str:
    return f"[{to.title}]({site.url(to.url)})" if to.url else to.title
