"""What Pelican need not read again: essays that an earlier build read, under a theme that would not notice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError, meta, nodes
from pelican.generators import ArticlesGenerator

from ..build.kept import ESSAYS, LINKS, reading_keys, scan_from, scan_key, scan_words
from ..build.memory import Memory
from ..build.store import Result, digest_of
from ..manuscript import Manuscript
from ..model import Address, Essay
from ..views import TEMPLATES
from .settings import Settings

THEME = "theme"
OF_PELICAN = frozenset(
    (
        *("article", "articles", "articles_page", "articles_paginator", "all_articles", "article_series", "author"),
        *("authors", "blog", "categories", "category", "dates", "dates_page", "dates_paginator", "drafts"),
        *("drafts_translations", "generated_content", "hidden_articles", "hidden_pages", "hidden_translations", "page"),
        *("page_series", "pages", "period", "period_archives", "related_posts", "series", "site", "static_content"),
        *("static_links", "tag", "tags", "translations"),
    )
)
"""Names by which a template reaches for Pelican's own objects; without every article read they would be wrong."""
OF_ARTICLES = (
    *("CATEGORY_SAVE_AS", "TAG_SAVE_AS", "AUTHOR_SAVE_AS", "YEAR_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_SAVE_AS"),
    *("DAY_ARCHIVE_SAVE_AS", "TEMPLATE_PAGES", "OUTPUT_SOURCES", "DEFAULT_PAGINATION", "DEFAULT_DATE"),
)
"""Settings that make Pelican write what needs every article, or date an essay by its file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An essay that is not read again."""

    essay: Essay
    static_links: tuple[str, ...]
    """The files that its text shows, below the content folder."""
    bones: str = ""
    """What stands for the elements of its text; empty where more than words would change with its words."""

    @property
    def url(self) -> str:
        """Its address, which is all that Pelican asks of what a text links to."""
        return self.essay.address.url


def may_keep(memory: Memory, env: Environment, settings: Settings) -> bool:
    """Tell whether nothing that Pelican writes under `settings`, by the templates of `env`, needs every article."""
    return _only_views(settings) and _theme_reads_views(memory, env, settings)


def take_over(
    memory: Memory, manuscript: Manuscript, around: Mapping[str, str]
) -> tuple[Mapping[str, str], Mapping[str, Kept]]:
    """Return the key of every essay that may be kept, and those that are, by their paths.

    Args:
        memory: what earlier builds left.
        manuscript: all sources.
        around: the surroundings of the essays that may be kept.

    """
    keys = reading_keys(manuscript, around, memory.realm)
    found = {path: memory.store.get(ESSAYS, path, key) for path, key in keys.items()}
    return keys, {path: _kept(manuscript.essays[path], text) for path, text in found.items() if text is not None}


def leave(memory: Memory, keys: Mapping[str, str], kept: Mapping[str, Kept], read: Mapping[str, Kept]) -> None:
    """Let the next build find the essays that were kept and those that were `read`."""
    before = memory.store.all(ESSAYS)
    results = {path: before[path] for path in kept}
    results |= {path: Result(keys[path], _text(each)) for path, each in read.items() if path in keys}
    memory.store.leave(ESSAYS, results)


def only_what_is_new(generator: ArticlesGenerator, kept: Callable[[], Mapping[str, Kept]]) -> None:
    """Let Pelican find only the articles that are not kept."""
    find: Callable[..., set[str]] = generator.get_files

    def unkept(*args: Any, **kwargs: Any) -> set[str]:
        return {path for path in find(*args, **kwargs) if Path(path).as_posix() not in kept()}

    generator.__dict__["get_files"] = unkept


def scanned(memory: Memory, sources: Manuscript) -> Manuscript:
    """Return `sources` with the links and images that earlier builds found in them."""
    found = {s.path: memory.store.get(LINKS, s.path, scan_key(s, memory.realm)) for s in sources.sources}
    return replace(sources, scanned={path: scan_from(words) for path, words in found.items() if words is not None})


def leave_scanned(memory: Memory, sources: Manuscript) -> None:
    """Let the next build know of the links and images of all sources."""
    before = memory.store.all(LINKS)
    results = {
        s.path: before[s.path]
        if s.path in sources.scanned
        else Result(scan_key(s, memory.realm), scan_words(sources.references[s.path]))
        for s in sources.sources
    }
    memory.store.leave(LINKS, results)


def _only_views(settings: Settings) -> bool:
    return settings["PLUGINS"] == ["essay_series"] and not any(settings.get(name) for name in OF_ARTICLES)


def _theme_reads_views(memory: Memory, env: Environment, settings: Settings) -> bool:
    """Tell whether no template asks for Pelican's own objects; what was found of this theme is remembered."""
    key = memory.key("templates")
    known = memory.store.get(THEME, "", key)
    if known is None:
        direct = set(settings["DIRECT_TEMPLATES"])
        names = [f"{name}.html" for name in sorted({*TEMPLATES, *direct} - ({"index", "archives"} - direct))]
        known = "views" if _read_views(names, env) else ""
    memory.store.leave(THEME, {"": Result(key, known)})
    return bool(known)


def _read_views(names: Iterable[str], env: Environment) -> bool:
    try:
        trees = list(templates_of(names, env))
    except (TemplateError, UnicodeDecodeError):
        return False
    return not any(meta.find_undeclared_variables(tree) & OF_PELICAN for tree in trees)


def templates_of(names: Iterable[str], env: Environment) -> Iterator[nodes.Template]:
    """Yield the templates `names` and all that they are made of, each once, as syntax trees.

    Raises:
        TemplateError: one is missing or wrong, or is named only when the page is made.

    """
    todo, seen = list(names), set[str]()
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            tree = env.parse(env.loader.get_source(env, current)[0] if env.loader else "")
            yield tree
            for asked in meta.find_referenced_templates(tree):
                if asked is None:
                    raise TemplateError(f"{current} names a template only when the page is made")
                todo.append(asked)


def moment_of(written: Essay, read: datetime) -> datetime:
    """Return when an essay is published as its author wrote it, if that is the same moment as the one `read`."""
    return written.date if written.date == read else read


def _kept(written: Essay, text: str) -> Kept:
    facts = json.loads(text)
    essay = replace(
        written,
        slug=facts["slug"],
        date=moment_of(written, datetime.fromisoformat(facts["date"])),
        status=facts["status"],
        lang=facts["lang"],
        address=Address(facts["path"], facts["url"]),
        content=facts["content"],
    )
    return Kept(essay, tuple(facts["static"]), facts["bones"])


def _text(read: Kept) -> str:
    essay = read.essay
    facts = {
        "slug": essay.slug,
        "date": essay.date.isoformat() if essay.date else "",
        "status": essay.status,
        "lang": essay.lang,
        "path": essay.address.path,
        "url": essay.address.url,
        "content": essay.content,
        "static": sorted(read.static_links),
        "bones": read.bones,
    }
    return json.dumps(facts, ensure_ascii=False)


def words_of(settings: Settings) -> Iterator[str]:
    """Yield all settings that are plain values, as words; what is not plain stands in files that are looked at."""
    for name in sorted(settings):
        if name.isupper() and not name.startswith("ESSAY_SERIES_") and _is_plain(settings[name]):
            yield f"{name}={settings[name]!r}"


def _is_plain(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_plain(each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)


def realm_of(settings: Settings, code: str) -> str:
    """Return what stands for the settings and, as `code`, for everything else that texts and pages depend on."""
    return digest_of(code, *words_of(settings))
