"""The EPUB and PDF of each series, as targets; pages show a link to each with its size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from html import escape
from typing import Any

from ...book.epub import Leaf, epub
from ...book.facts import Facts
from ...book.pdf import NoPangoError, pdf
from ...book.style import style_of
from ...build.cache.fingerprint import Fingerprints
from ...build.target import Target
from ...l10n import Locale, foreign
from ...l10n.writing import writing_systems
from ...look import Look
from ...package import DISTRIBUTION
from ...routes import absolute_url
from ...sources.published import Published
from ...views import BookView, Download, HomeView, LedgerView, View
from ..generator import SiteGenerator
from ..settings.common import by_line
from ..settings.config import ContentError
from .publication import publication

FORMS = {"epub": ("EPUB", "application/epub+zip"), "pdf": ("PDF", "application/pdf")}
"""The name and the media type of each format of a file."""

BOOK = "book"
"""The kind of the targets."""
CURE = f'`make book` or "pip install {DISTRIBUTION}[book]" installs what EPUB and PDF need; or change BOOK_FORMATS.'


def add_books(views: Mapping[str, View], generator: SiteGenerator) -> dict[str, View]:
    """Add the files of all books to the build, and return `views` with links to them."""
    books = (view for view in views.values() if isinstance(view, BookView))
    files = {view.series.url: tuple(_downloads(view, generator)) for view in books}
    return {path: _with_downloads(view, files) for path, view in views.items()}


def _downloads(view: BookView, generator: SiteGenerator) -> Iterator[Download]:
    config, settings = generator.config, generator.settings
    wanted = settings["BOOK_FORMATS"] if settings["BOOK_FILES"] else ()
    for form, (name, media_type) in FORMS.items():
        address = config.routes.book(view.slug, form)
        if form in wanted and address.path:
            size = _size(view, form, address.path, generator)
            yield Download(name, media_type, address.url, in_words(size, config.locale), view.newest)


def _size(view: BookView, form: str, path: str, generator: SiteGenerator) -> int:
    """Add the file at `path` to the build, and return its size in bytes; unless it is kept, it is made now."""
    build, facts = generator.build, _facts(view, generator)
    key = build.key(content=[form, Fingerprints().once(view), repr(facts)])
    make = cache(partial(_made, view, facts, form, path, generator))
    target = Target(path, key, make, BOOK)
    build.add([target])
    return (build.live / path).stat().st_size if build.is_kept(target) else len(make())


def _made(view: BookView, facts: Facts, form: str, path: str, generator: SiteGenerator) -> bytes:
    generator.build.speaker.turn_to(view)
    try:
        return (_epub if form == "epub" else _pdf)(view, facts, generator)
    except (ImportError, NoPangoError) as error:
        raise ContentError(f"{path} cannot be made: {error}. {CURE}") from error


def _facts(view: BookView, generator: SiteGenerator) -> Facts:
    settings, routes = generator.settings, generator.config.routes
    known = Published.of(generator.manuscript).ids
    feed = known.get(f"/{routes.feed(f'series/{view.slug}').url}", "")
    plain, root, default = publication(generator).typeset, settings["SITEURL"], generator.config.default_lang
    lang, languages = view.lang or default, {chapter.part.lang for chapter in view.chapters}
    return Facts(
        title=plain(view.title),
        author=by_line(settings),
        publisher=settings["SITENAME"],
        summary=plain(view.summary),
        lang=lang,
        direction=foreign.direction(lang),
        identifier=f"{feed or 'tag:example.org,2000-01-01:' + view.slug}/book",
        first=_moment(view.first.iso),
        newest=_moment(view.newest.iso),
        address=absolute_url(root, view.series.url) if root else "",
        languages=tuple(sorted(languages - {lang})),
        style=style_of(writing_systems({lang, default, *languages}, generator.build.covers)),
    )


def _epub(view: BookView, facts: Facts, generator: SiteGenerator) -> bytes:
    locale, look = generator.build.speaker.locale, generator.build.look
    return epub(facts, tuple(_leaves(view, facts, generator, locale)), locale, _cover(facts, look) if look else b"")


def _pdf(view: BookView, facts: Facts, generator: SiteGenerator) -> bytes:
    page = generator.env.get_template("book-print.html").render(generator.settings, view=view, facts=facts)
    return pdf(page, generator.build.assets.files)


def _cover(facts: Facts, look: Look) -> bytes:
    """Return the cover as an image, with the author, or else the name of the site unless that is the book's title."""
    from ...cards.cover import Cover, draw_cover  # noqa: PLC0415 - it needs Pillow, which only books require

    published = "" if facts.publisher.casefold() == facts.title.casefold() else facts.publisher
    words = Cover(
        facts.title, facts.summary, facts.author or published, look.mark.get("icon-512"), facts.direction == "rtl"
    )
    return draw_cover(words, look)


def _with_downloads(view: View, files: Mapping[str, tuple[Download, ...]]) -> View:
    """Return `view` with the downloads of each series that it shows; `files` has them by the URL of the series."""
    if isinstance(view, LedgerView):
        return replace(view, downloads=files.get(view.address.url, ()))
    if isinstance(view, HomeView):
        return replace(view, series=tuple(replace(c, downloads=files.get(c.series.url, ())) for c in view.series))
    return view


def _leaves(view: BookView, facts: Facts, generator: SiteGenerator, locale: Locale) -> Iterator[Leaf]:
    pieces: Any = generator.env.get_template("book/pieces.html").make_module()
    plain = publication(generator).typeset
    yield Leaf("title.xhtml", facts.title, "titlepage", pieces.title_text(view, facts))
    if view.introduction.content:
        title = locale.gettext("Introduction")
        text = f"<h1>{title}</h1>{view.introduction.bound(0)}"
        yield Leaf("introduction.xhtml", title, "introduction", text, view.introduction.binding.name)
    for number, chapter in enumerate(view.chapters, 1):
        title = plain(chapter.part.title)
        title = f"{number}. {title}" if len(view.chapters) > 1 else title
        text, lang = pieces.chapter_text(view, chapter, 1), chapter.part.lang
        marks = f' xml:lang="{escape(lang)}"{foreign.attributes(lang, facts.lang)}' if lang != facts.lang else ""
        yield Leaf(f"part-{number}.xhtml", title, "chapter", text, chapter.id, marks=marks)
    if view.planned:
        yield Leaf("planned.xhtml", locale.gettext("Planned"), "chapter", pieces.planned_text(view, 1))
    yield Leaf("ledger.xhtml", locale.gettext("The ledger"), "appendix", pieces.ledger_text(view.ledger, 1), "ledger")
    if view.plays:
        yield from _appendices(view, pieces, plain, locale)


def _appendices(view: BookView, pieces: Any, plain: Callable[[str], str], locale: Locale) -> Iterator[Leaf]:
    """Yield the chapters of the playbook and its worksheets."""
    playbook, worksheets = locale.gettext("The playbook"), locale.gettext("Worksheets")
    plays = tuple((play.id, plain(play.play.title)) for play in view.plays)
    text = "".join(f'<section id="{play.id}">{pieces.play_text(play, 2)}</section>' for play in view.plays)
    yield Leaf("playbook.xhtml", playbook, "appendix", f"<h1>{escape(playbook)}</h1>{text}", "playbook", plays)
    text = "".join(f"<section>{pieces.worksheet_text(play, 2)}</section>" for play in view.plays)
    sheets = tuple((f"{name}-sheet-title", title) for name, title in plays)
    yield Leaf("worksheets.xhtml", worksheets, "appendix", f"<h1>{worksheets}</h1>{text}", "worksheets", sheets)


def _moment(day: str) -> datetime:
    return datetime.fromisoformat(day or "2000-01-01").replace(tzinfo=UTC)


def in_words(size: int, locale: Locale) -> str:
    """Return a number of bytes in kB (1,000 bytes), rounded up."""
    return locale.gettext("%(number)s kB", number=-(-size // 1000))
