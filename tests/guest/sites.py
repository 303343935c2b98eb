"""Pelican sites of every kind: dimensions in which they differ, and texts with all features of Pelican.

`covering` lists a few sites that cover each pair of values of two dimensions; `any_site` draws random sites.
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from hypothesis import strategies as st
from PIL import Image

from guest.law import Site
from guest.texts import BODIES, Text, article, page

SITES = int(os.environ.get("SITES", "0"))
"""How many random sites are drawn; by default, the same few on every machine."""
ALL_FEEDS = {
    f"{kind}FEED_{form}": f"syndication/{name}.{form.lower()}"
    for kind, name in {
        "": "some",
        "CATEGORY_": "category-{slug}",
        "AUTHOR_": "author-{slug}",
        "TAG_": "tag-{slug}",
        "TRANSLATION_": "in-{lang}",
    }.items()
    for form in ("ATOM", "RSS")
}
NO_FEEDS = dict.fromkeys(
    ("FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TRANSLATION_FEED_ATOM")
)
DIMENSIONS: Mapping[str, Mapping[str, Mapping[str, object]]] = {
    "plugins": {
        "none": {},
        "links": {
            "others": ("sitemap", "neighbors", "related_posts", "tag_cloud", "seo"),
            "AUTHOR": "Someone",
            "SEO_ENHANCER": True,
            "SEO_ENHANCER_OPEN_GRAPH": True,
            "TAG_CLOUD_SORTING": "alphabetically",
            "THEME_TEMPLATES_OVERRIDES": ["overrides"],
        },
        "subsites": {"others": ("i18n_subsites", "minify"), "I18N_SUBSITES": {"fr": {"SITENAME": "Un site"}, "en": {}}},
        "files": {
            "others": ("image_process", "render_math", "more_categories"),
            "IMAGE_PROCESS": {"thumb": ["crop 0 0 50% 50%", "scale_out 4 4 True"]},
        },
    },
    "addresses": {
        "stock": {},
        "folders": {
            "ARTICLE_URL": "{category}/{slug}/",
            "ARTICLE_SAVE_AS": "{category}/{slug}/index.html",
            "PAGE_URL": "{slug}/",
            "PAGE_SAVE_AS": "{slug}/index.html",
            "DRAFT_URL": "drafts/{slug}/",
            "DRAFT_SAVE_AS": "drafts/{slug}/index.html",
        },
        "words": {
            "ARTICLE_URL": "{author}/{date:%Y}/{date:%b}/{section}-{slug}.html",
            "ARTICLE_SAVE_AS": "{author}/{date:%Y}/{date:%b}/{section}-{slug}.html",
            "AUTHOR": "Someone",
            "PATH_METADATA": r"(?P<section>[^/.]+).*",
            "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.*)",
            "EXTRA_PATH_METADATA": {"files/robots.txt": {"path": "robots.txt"}},
        },
    },
    "feeds": {
        "stock": {},
        "none": NO_FEEDS,
        "all": {**ALL_FEEDS, "RSS_FEED_SUMMARY_ONLY": False, "FEED_MAX_ITEMS": 3, "FEED_APPEND_REF": True},
    },
    "series": {"plain": {}, "sides": {}},
    "root": {"here": {"SITEURL": ""}, "folder": {"SITEURL": "https://example.org/blog"}},
    "relative": {"no": {}, "yes": {"RELATIVE_URLS": True}},
    "theme": {"simple": {"THEME": "simple"}, "notmyidea": {"THEME": "notmyidea"}},
    "pages": {
        "one": {},
        "many": {
            "DEFAULT_PAGINATION": 2,
            "DEFAULT_ORPHANS": 1,
            "PAGINATION_PATTERNS": [
                (1, "{url}", "{save_as}"),
                (2, "{base_name}/p/{number}/", "{base_name}/p/{number}/i.html"),
            ],
            "PAGINATED_TEMPLATES": {"index": None, "tag": 3, "category": None, "author": 1, "archives": 2},
        },
    },
    "periods": {
        "no": {},
        "all": {
            f"{period}_ARCHIVE_{end}": f"posts/{path}/{'index.html' if end == 'SAVE_AS' else ''}"
            for period, path in {"YEAR": "{date:%Y}", "MONTH": "{date:%Y/%b}", "DAY": "{date:%Y/%b/%d}"}.items()
            for end in ("SAVE_AS", "URL")
        },
    },
    "kept": {
        "no": {},
        "yes": {
            "CACHE_CONTENT": True,
            "LOAD_CONTENT_CACHE": True,
            "DELETE_OUTPUT_DIRECTORY": True,
            "OUTPUT_RETENTION": [".git"],
        },
    },
    "language": {
        "en": {"DATE_FORMATS": {"fr": "%d/%m/%Y"}},
        "fr": {"DEFAULT_LANG": "fr", "ARTICLE_TRANSLATION_ID": False, "ARTICLE_LANG_SAVE_AS": "{lang}/{slug}.html"},
    },
    "marks": {
        "typogrify": {"TYPOGRIFY": True},
        "others": {
            "lines": "MARKDOWN['extension_configs']['markdown.extensions.smarty'] = {}\n"
            "MARKDOWN['extensions'] = [fewer.Fewer()]\n"
        },
    },
    "files": {
        "few": {},
        "many": {
            "STATIC_PATHS": ["images", "files", "notes"],
            "STATIC_CREATE_LINKS": True,
            "STATIC_CHECK_IF_MODIFIED": True,
            "OUTPUT_SOURCES": True,
            "USE_FOLDER_AS_CATEGORY": False,
        },
    },
    "summaries": {
        "short": {"SUMMARY_MAX_LENGTH": 5, "FORMATTED_FIELDS": ["summary", "entry"]},
        "whole": {"SUMMARY_MAX_LENGTH": None, "SUMMARY_MAX_PARAGRAPHS": 1},
    },
    "templates": {
        "stock": {},
        "own": {
            "THEME_TEMPLATES_OVERRIDES": ["overrides"],
            "DIRECT_TEMPLATES": ["index", "archives", "search", "offline"],
            "SEARCH_SAVE_AS": "find/search.html",
            "TEMPLATE_PAGES": {"about.txt": "about/all.html"},
        },
    },
    "dates": {
        "as-written": {"WITH_FUTURE_DATES": True, "DEFAULT_DATE": "fs"},
        "past": {
            "WITH_FUTURE_DATES": False,
            "DEFAULT_DATE": (2009, 1, 1),
            "TIMEZONE": "America/New_York",
            "ARTICLE_ORDER_BY": "title",
            "NEWEST_FIRST_ARCHIVES": False,
            "REVERSE_CATEGORY_ORDER": True,
        },
    },
    "slugs": {
        "titles": {},
        "files": {"SLUGIFY_SOURCE": "basename", "SLUGIFY_USE_UNICODE": True, "SLUGIFY_PRESERVE_CASE": True},
    },
    "crowded": {"no": {}, "yes": {"CATEGORY_SAVE_AS": "series/{slug}.html", "CATEGORY_URL": "series/{slug}.html"}},
}
"""By dimension: each value with its settings; `lines` and `others` are those of `Site`."""

Row = Mapping[str, str]


def covering(seed: int = 363, tries: int = 20) -> list[Row]:
    """Return a few rows, each with a value for every dimension, that cover each pair of values of two dimensions."""
    chance = random.Random(seed)  # noqa: S311 - no secret is drawn
    apart = {
        frozenset(((one, first), (two, second)))
        for one, two in combinations(DIMENSIONS, 2)
        for first, second in product(DIMENSIONS[one], DIMENSIONS[two])
    }
    rows = []
    while apart:
        met, row = max((_row(apart, chance) for _ in range(tries)), key=lambda each: len(each[0]))
        apart -= met
        rows.append(row)
    return rows


def _row(apart: set[frozenset[tuple[str, str]]], chance: random.Random) -> tuple[set[frozenset[tuple[str, str]]], Row]:
    """Draw a row, value by value in random order, and return it with the pairs in `apart` that it covers."""
    row: dict[str, str] = {}
    met: set[frozenset[tuple[str, str]]] = set()
    for name in chance.sample(list(DIMENSIONS), len(DIMENSIONS)):
        meeting = {
            value: {pair for each in row.items() if (pair := frozenset((each, (name, value)))) in apart}
            for value in chance.sample(list(DIMENSIONS[name]), len(DIMENSIONS[name]))
        }
        row[name] = max(meeting, key=lambda value: len(meeting[value]))
        met |= meeting[row[name]]
    return met, {name: row[name] for name in DIMENSIONS}


def dot(size: int = 8) -> bytes:
    """Return a small picture."""
    data = io.BytesIO()
    Image.new("RGB", (size, size), "red").save(data, "PNG")
    return data.getvalue()


FEWER = b"""
from markdown.extensions import Extension

class Fewer(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.deregister("backtick")
        md.parser.blockprocessors.deregister("quote")
        md.block_level_elements.append("custom")
"""
ARTICLE = b"""{% extends "!theme/article.html" %}
{% block content %}{{ super() }}
<p>{{ (article.prev_article or {}).title }} {{ (article.next_article or {}).title }}</p>
{% for other in article.related_posts or [] %}<p>{{ other.title }}</p>{% endfor %}
{% for other in article.similar_posts or [] %}<p>{{ other.title }}</p>{% endfor %}
{% for tag, size in tag_cloud or [] %}<p>{{ tag }} {{ size }}</p>{% endfor %}
{% endblock %}
"""
LIST = b"""{% extends "!theme/base.html" %}
{% block content %}{% for each in articles %}<p>{{ each.title }} {{ each.summary }}</p>{% endfor %}{% endblock %}
"""
BEFORE = """
import sys; sys.path.insert(0, '.')
import fewer
from pelican.settings import DEFAULT_CONFIG
MARKDOWN = DEFAULT_CONFIG['MARKDOWN']
"""
AROUND = {
    "fewer.py": FEWER,
    "overrides/article.html": ARTICLE,
    "overrides/search.html": LIST,
    "overrides/offline.html": LIST,
    "content/about.txt": b"{{ SITENAME }}: {{ articles|length }}",
    "content/images/dot.png": dot(),
    "content/images/series/turnings/index.png": dot(4),
    "content/notes/dot.png": dot(6),
    "content/files/robots.txt": b"User-agent: *\n",
    "content/files/data.csv": b"a,b\n",
}


def rich_texts(row: Row) -> dict[str, Text]:
    """Return texts with all statuses, languages, file formats and kinds of links."""
    texts = [
        article(
            "first.md",
            1,
            0,
            Category="Essays",
            Tags="a, b",
            Authors="Ann; Ben",
            Lang="en",
            Summary="[L]({filename}/notes/second.rst)",
        ),
        article("first-fr.md", 1, 1, Title="Premier", Slug="first", Lang="fr", Author="Ann"),
        article("notes/second.rst", 2, 0, Tags="b, c", Author="Ben", Modified="2009-05-01"),
        article("notes/third.html", 3, 0, Category="Essays", Tags="a", Authors="Ann"),
        article(
            "2009-04-04-fourth.md",
            4,
            2,
            Title='Fourth: it\'s "so" -- é & 日本',
            Tags="c",
            Category="É/Nested",
            Author="Ann",
        ),
        article("series/fifth.md", 5, 3, Tags="series", Category="Series", Author="Ann", Template="article"),
        article("playbook/sixth.md", 6, 4, Title="Playbook", Category="Playbook", Author="Cy"),
        article("notes/draft.md", 7, 2, Status="draft", Category="Drafts", Author="Ann"),
        article("notes/hidden.rst", 8, 1, Status="hidden", Author="Ann"),
        article("notes/skipped.md", 9, 1, Status="skip", Author="Ann"),
        article("future.md", 10, 1, Date="2999-01-01", Author="Ann"),
        article("placed.html", 11, 1, save_as="here/placed.html", url="here/placed.html", Author="Ann"),
        page("about.md", 0, Lang="en", Series="Turnings"),
        page("about-fr.md", 1, Title="À propos", Slug="about", Lang="fr"),
        page("below/hidden.rst", 1, Status="hidden"),
        page("draft.html", 0, Status="draft"),
    ]
    if row["crowded"] == "yes":
        texts.append(page("turnings.md", 0, save_as="series/turnings/index.html", url="series/turnings/"))
        texts.append(page("feeds.md", 0, save_as="feeds/index.html", url="feeds/"))
    return {text.path: text for text in texts}


SERIES = {
    "plain": {
        "content/first.md": {"Series": "Turnings", "Series_index": "3"},
        "content/first-fr.md": {"Series": "Turnings"},
        "content/notes/second.rst": {"Series": "Turnings", "Series_index": "1"},
        "content/notes/third.html": {"Series": "Turnings"},
        "content/notes/draft.md": {"Series": "Turnings"},
        "content/placed.html": {"Series": "Alone"},
    },
    "sides": {
        "content/first.md": {"Series": "Turnings", "Side": "cost", "Entry": "It *costs*.", "Answers": "second"},
        "content/notes/second.rst": {"Series": "Turnings", "Side": "benefit", "Entry": "It pays.", "Answers": "first"},
        "content/notes/third.html": {"Series": "Turnings", "Side": "neither", "Answers": "nowhere"},
        "content/series/fifth.md": {"Series": "Turnings", "Part": "1", "Verdict": "Well."},
    },
}


def site_of(
    row: Row,
    texts: Mapping[str, Text],
    changes: Sequence[Mapping[str, Text | None]],
    others: Sequence[str] = (),
    more: Mapping[str, object] | None = None,
) -> Site:
    """Return the site of `row` with `texts`, by path, and with each of the `changes` before another build.

    `others` are more plugins, and `more` are more settings.
    """
    settings: dict[str, object] = {}
    for name, values in DIMENSIONS.items():
        settings.update(values[row[name]])
    settings.update(more or {})
    plugins = [*settings.pop("others", ()), *others]
    lines = settings.pop("lines", "")
    if "seo" in plugins:
        settings["SITEURL"] = settings["SITEURL"] or "https://example.org"
    if "I18N_SUBSITES" in settings:
        own = settings.get("DEFAULT_LANG", "en")
        settings["I18N_SUBSITES"] = {lang: more for lang, more in settings["I18N_SUBSITES"].items() if lang != own}
    files = {path: text.written() for path, text in texts.items()}
    steps = [{path: text and text.written() for path, text in change.items()} for change in changes]
    return Site(({**AROUND, **files}, *steps), settings, plugins, f"{BEFORE}{lines}")


def rich_site(row: Row, others: Sequence[str] = (), settings: Mapping[str, object] | None = None) -> Site:
    """Return the site of `row` with all the `rich_texts`: an edit, a new title, a text added and one removed.

    `others` are more plugins, and `settings` are more settings.
    """
    sided = SERIES[row["series"]]
    texts = rich_texts(row)
    texts.update({path: texts[path].having(**keys) for path, keys in sided.items()})
    second = texts["content/notes/second.rst"]
    newest = article("newest.md", 12, 0, Tags="a, d", Author="Ann", **sided.get("content/first-fr.md", {}))
    changes = [
        {"content/first.md": texts["content/first.md"].saying("One word more: [a link]({filename}/future.md).")},
        {second.path: second.having(Title="Another title")},
        {newest.path: newest, "content/notes/third.html": None},
    ]
    return site_of(row, texts, changes, others, settings or {})


TITLES = ("A title", 'With "quotes" & <marks>', "Être -- là", "日本", "A title", "Index", "Series", "1984")
NAMES = ("Turnings", "turnings", "Two words", "Été & co", "feeds")
FOLDERS = ("", "notes/", "series/", "playbook/", "essays/deep/er/")


@st.composite
def any_text(draw: st.DrawFn, number: int) -> Text:
    """Draw an article or a page with any front matter and content."""
    ending = draw(st.sampled_from(("md", "rst", "html")))
    keys = {
        "Title": f"{draw(st.sampled_from(TITLES))} {draw(st.sampled_from(('', number)))}".strip(),
        "Status": draw(st.sampled_from(("published", "published", "published", "draft", "hidden", "skip"))),
        "Category": draw(st.sampled_from((None, "Essays", "Été/Below", "series"))),
        "Tags": draw(st.sampled_from((None, "a", "a, b", "B, Feeds", ""))),
        "Authors": draw(st.sampled_from((None, "Ann", "Ann; Ben", "Ben"))),
        "Lang": draw(st.sampled_from((None, None, "en", "fr", "de"))),
        "Slug": draw(st.sampled_from((None, None, "same", f"own-{number}"))),
        "Summary": draw(st.sampled_from((None, "Words *and* [a link]({filename}/t0.md)", "X"))),
        "Modified": draw(st.sampled_from((None, "2010-01-01"))),
        "Series": draw(st.sampled_from((None, *NAMES))),
        "Series_index": draw(st.sampled_from((None, None, "1", "2", "0", "-1", "one"))),
        "Side": draw(st.sampled_from((None, None, "cost", "benefit", "elsewhere"))),
        "Entry": draw(st.sampled_from((None, "It *costs*."))),
        "Answers": draw(st.sampled_from((None, "same", "own-1"))),
        "Part": draw(st.sampled_from((None, None, "3"))),
        "save_as": draw(
            st.sampled_from((None,) * 6 + (f"series/turnings/{number}.html", "series/turnings/index.html"))
        ),
    }
    facts = {key: value for key, value in keys.items() if value is not None}
    if draw(st.integers(0, 3)) == 0:
        made = page(f"{draw(st.sampled_from(('', 'below/')))}t{number}.{ending}", **facts)
    else:
        made = article(f"{draw(st.sampled_from(FOLDERS))}t{number}.{ending}", 1 + number % 28, **facts)
    if draw(st.integers(0, 9)) == 0:
        made = made.having(Date="2999-01-01")
    several = draw(st.lists(st.sampled_from(BODIES[ending]), min_size=1, max_size=2))
    return replace(made, body="\n\n".join(several))


@st.composite
def any_change(draw: st.DrawFn, now: Mapping[str, Text], step: int) -> dict[str, Text | None]:
    """Draw a change of one of the present texts, `now`, or a new text."""
    kind = draw(st.sampled_from(("edit", "retitle", "publish", "new", "delete"))) if now else "new"
    if kind == "new":
        text = draw(any_text(10 + step))
        return {text.path: text}
    text = draw(st.sampled_from([now[path] for path in sorted(now)]))
    changed = {
        "edit": text.saying("One word more."),
        "retitle": text.having(Title=f"Another title {step}"),
        "publish": text.having(Status="published"),
        "delete": None,
    }
    return {text.path: changed[kind]}


@st.composite
def any_site(draw: st.DrawFn) -> Site:
    """Draw a site of any kind, with a change before each of three to five later builds."""
    row = {name: draw(st.sampled_from(tuple(values))) for name, values in DIMENSIONS.items()}
    texts = [draw(any_text(number)) for number in range(draw(st.integers(1, 7)))]
    now = {text.path: text for text in texts}
    changes = []
    for step in range(draw(st.integers(3, 5))):
        change = draw(any_change(now, step))
        now = {path: text for path, text in {**now, **change}.items() if text}
        changes.append(change)
    return site_of(row, {text.path: text for text in texts}, changes)
