"""The EPUB and PDF of each series, as targets; pages show a link to each with its size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from html import escape
from typing import Any

from ...book import Facts
from ...book.epub import Leaf, epub
from ...book.pdf import NoPangoError, pdf
from ...book.style import style_of
from ...build.cache.fingerprint import Fingerprints
from ...build.target import Target
from ...l10n import Locale, foreign
from ...l10n.tags import language
from ...l10n.writing import writing_systems
from ...look import Look
from ...package import DISTRIBUTION
from ...routes import absolute_url
from ...sources.published import Published
from ...values import dataclass
from ...views import BookView, Download, HomeView, LedgerView, View
from ..settings.common import by_line
from ..settings.config import ContentError
from .index_pages import IndexPages
from .publication import publication

FORMS = {"epub": ("EPUB", "application/epub+zip"), "pdf": ("PDF", "application/pdf")}
"""The name and the media type of each format of a file."""

BOOK = "book"
"""The kind of the targets."""
CURE = f'`make book` or "pip install {DISTRIBUTION}[book]" installs what EPUB and PDF need; or change BOOK_FORMATS.'


@dataclass(frozen=True)
class Bindery:
    """Adds the files of all books to one build."""

    index: IndexPages

    def add_downloads(self, views: Mapping[str, View]) -> dict[str, View]:
        """Add the files of all books to the build, and return `views` with links to them."""
        files = {view.series.url: tuple(self._downloads(view)) for view in views.values() if isinstance(view, BookView)}
        return {path: _with_downloads(view, files) for path, view in views.items()}

    def _downloads(self, view: BookView) -> Iterator[Download]:
        settings = self.index.settings
        wanted = settings["BOOK_FORMATS"] if settings["BOOK_FILES"] else ()
        for form, (name, media_type) in FORMS.items():
            address = self.index.manuscript.config.routes.book(view.slug, form)
            if form in wanted and address.path:
                size = self._size(view, form, address.path)
                yield Download(
                    name, media_type, address.url, in_words(size, self.index.manuscript.config.locale), view.newest
                )

    def _size(self, view: BookView, form: str, path: str) -> int:
        """Add the file at `path` to the build, and return its size in bytes; unless it is kept, it is made now."""
        build, facts = self.index.build, self._facts(view)
        key = build.key(content=[form, Fingerprints().once(view), repr(facts)])
        make = cache(partial(self._made, view, facts, form, path))
        target = Target(path, key, make, BOOK)
        build.add([target])
        return (build.live / path).stat().st_size if build.is_kept(target) else len(make())

    def _made(self, view: BookView, facts: Facts, form: str, path: str) -> bytes:
        make = {"epub": self._epub, "pdf": self._pdf}[form]
        self.index.build.speaker.turn_to(view)
        try:
            return make(view, facts)
        except (ImportError, NoPangoError) as error:
            raise ContentError(f"{path} cannot be made: {error}. {CURE}") from error

    def _facts(self, view: BookView) -> Facts:
        settings, routes = self.index.settings, self.index.manuscript.config.routes
        known = Published.of(self.index.manuscript).ids
        feed = known.get(f"/{routes.feed(f'series/{view.slug}').url}", "")
        plain = publication(self.index).typeset
        root = settings["SITEURL"]
        lang = view.lang or language(settings["DEFAULT_LANG"])
        languages = {chapter.part.lang for chapter in view.chapters}
        tags = {lang, language(settings["DEFAULT_LANG"]), *languages}
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
            style=style_of(writing_systems(tags, self.index.build.covers)),
        )

    def _epub(self, view: BookView, facts: Facts) -> bytes:
        locale = self.index.build.speaker.locale
        cover = _cover(facts, self.index.build.look) if self.index.build.look else b""
        return epub(facts, tuple(_leaves(view, facts, self.index, locale)), locale, cover)

    def _pdf(self, view: BookView, facts: Facts) -> bytes:
        settings = self.index.settings
        page = self.index.env.get_template("book-print.html").render(settings, view=view, facts=facts)
        return pdf(page, self.index.build.assets.files)


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


def _leaves(view: BookView, facts: Facts, index: IndexPages, locale: Locale) -> Iterator[Leaf]:
    pieces: Any = index.env.get_template("book/pieces.html").make_module()
    plain = publication(index).typeset
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
