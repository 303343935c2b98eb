"""What an amendment needs to know, left by a build whose every text can be told from what stands around it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jinja2 import Environment, nodes

from ..build import guards, typography
from ..build.amend import AMENDABLE, Amendable, Terms, head_of, put_into_words
from ..build.conversion import CONVERSION, Conversion
from ..build.store import Result
from ..feeds.catalogue import Topic
from ..feeds.compose import may_be_weighed
from ..routes import COPIES
from ..views import BookView
from .copies import resolver
from .index_pages import IndexPages
from .keeping import templates_of
from .reading import dashes
from .settings import PREVIEW

TEXT = "content"
"""Under this name a view holds the text of an essay."""


def leave_amendable(index: IndexPages, topics: Iterable[Topic]) -> None:
    """Let an amendment find what it needs to know; nothing, where more than words could change with words."""
    holding: dict[str, list[str]] = defaultdict(list)
    for edition in index.editions:
        for source in edition.essays:
            holding[source].append(edition.name)
    weighed = may_be_weighed(topics)
    results, conversions = {}, {}
    if _words_stand_once(index):
        conversions[""] = Result("", _conversion(index).in_words())
        results[""] = Result("", put_into_words(_terms(index)))
        bound = dict(_bound(index))
        standing = Counter(key for key, _ in index.copies.values())
        for path, around in index.around.items():
            known = _amendable(path, around, holding[path], index)
            if known.copy and standing[index.copies[known.copy][0]] > 1:  # a former address has it too
                continue
            results[path] = Result("", put_into_words(replace(known, weighed=path in weighed, **bound.get(path, {}))))
    index.memory.store.leave(AMENDABLE, results)
    index.memory.store.leave(CONVERSION, conversions)


def _amendable(path: str, around: str, editions: Iterable[str], index: IndexPages) -> Amendable:
    sources = index.manuscript
    view = index.context["views"].get(sources.addresses[path].path)
    copy = next((each.url for each in getattr(view, "copies", ()) if each.title == COPIES["md"]), "")
    resolve = resolver(sources.by_path[path], sources, index.settings["SITEURL"])
    targets = dict.fromkeys(reference.target for reference in sources.references[path]) if copy else ()
    return Amendable(
        head=head_of(sources.by_path[path]),
        around=around,
        editions=tuple(editions),
        weighed=True,
        quoted=not (sources.essays[path].summary or sources.essays[path].entry),
        copy=copy,
        links=tuple((target, resolve(target)) for target in targets),
    )


def _bound(index: IndexPages) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part of a book by its source, with the path of the book and how it is bound there."""
    sources = {essay.slug: essay.source for essay in index.context["site"].essays}
    for path, view in index.context["views"].items():
        if isinstance(view, BookView):
            for chapter in view.chapters:
                text = chapter.text
                yield sources[chapter.part.slug], {"book": path, "binding": text.binding.for_text(text.content)}


def _words_stand_once(index: IndexPages) -> bool:
    """Tell whether texts are converted in the way that is known here, and each page shows its text as it is."""
    settings, config = index.settings, index.manuscript.config
    return (
        bool(index.keys)
        and not config.as_of
        and not (settings["SEARCH_INDEX"] or settings["OFFLINE"] or settings["BOOK_FILES"])  # they are made of pages
        and _is_json(settings["MARKDOWN"])
        and guards.is_known()
        and typography.is_known()
        and _shows_text_once(index.env)
    )


def _shows_text_once(env: Environment) -> bool:
    """Tell whether the page of an essay asks for its text in one place, and shows it there as it is."""
    asked = [each for tree in templates_of(["article.html"], env) for each in _asked(tree)]
    return len(asked) == 1 and asked[0]


def _asked(tree: nodes.Template) -> Iterator[bool]:
    """Yield, for each place of a template that asks for the text of an essay, whether it is shown there as it is."""
    shown = {
        id(part.node)
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
        if isinstance(part, nodes.Filter) and part.name == "safe"
    }
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr == TEXT:
            yield id(attribute) in shown
    for other in tree.find_all((nodes.Getitem, nodes.Filter)):
        yield from (False for word in other.find_all(nodes.Const) if word.value == TEXT)


def _terms(index: IndexPages) -> Terms:
    settings, hosts = index.settings, index.manuscript.config.allowed_hosts
    return Terms(
        realm=index.memory.realm,
        root=settings["SITEURL"] or PREVIEW,
        site=settings["SITEURL"],
        allowed_hosts=None if hosts is None else tuple(sorted(hosts)),
    )


def _conversion(index: IndexPages) -> Conversion:
    settings = index.settings
    return Conversion(
        markdown=settings["MARKDOWN"],
        extensions=guards.offered(),
        typography=bool(settings["TYPOGRIFY"]),
        ignored_tags=tuple(settings["TYPOGRIFY_IGNORE_TAGS"]),
        omitted_filters=tuple(settings["TYPOGRIFY_OMIT_FILTERS"]),
        dashes=dashes(settings),
    )


def _is_json(value: Mapping[str, Any]) -> bool:
    try:
        return bool(json.loads(json.dumps(value)) == value)
    except (TypeError, ValueError):
        return False
