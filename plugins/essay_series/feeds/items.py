"""`ItemData` → `Item`: the text of an essay between a line on its position in the series and links to what is next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from hashlib import blake2b
from html import escape

from ..l10n import Languages, Locale, foreign, phrases
from ..model import Essay, Site
from ..routes import Routes, absolute_url
from ..values import dataclass
from .body import Body, id_prefix, xml_text
from .dates import ItemDates, item_dates
from .item_data import ItemData, Ref, item_data
from .shapes import Category, Channel, Item
from .topics import Group


@dataclass(frozen=True)
class FeedContext:
    """The common inputs of all feeds in one language; it makes each item once, however many feeds contain it."""

    site: Site
    routes: Routes
    channel: Channel
    ids: Mapping[str, str]
    """The feed id of each essay and feed, by its URL with a leading slash."""
    typeset: Callable[[str], str]
    """Puts typographic characters into plain text."""
    languages: Languages = field(default_factory=Languages, repr=False)
    _items: dict[tuple[str, str], Item] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _dates: dict[str, ItemDates] = field(default_factory=dict)

    def item(self, essay: Essay, group: Group = "site") -> Item:
        """Return the item of `essay` in feeds of `group`.

        Feeds of revisions and of corrections announce the latest one of `essay`; all others contain the essay itself.
        """
        make = {"revisions": self._revision, "corrections": self._correction}.get(group, self._essay)
        key = (essay.source, make.__name__)
        if key not in self._items:
            self._items[key] = make(self._data(essay))
        return self._items[key]

    def digest(self, essay: Essay) -> str:
        """Return a digest of what decides the items of `essay`, beside the channel: equal digests, equal items."""
        if essay.source not in self._digests:
            data = repr(self._data(essay)).encode("utf-8", "surrogatepass")
            self._digests[essay.source] = blake2b(data, digest_size=16).hexdigest()
        return self._digests[essay.source]

    @property
    def locale(self) -> Locale:
        """The language in which the feeds are named."""
        return self.languages.locale(self.channel.lang)

    def in_language(self, lang: str) -> FeedContext:
        """Return the context of feeds in the language `lang`; an empty `lang` means the site's own.

        Items are not shared with it: an item names its language only where that differs from the language of the feed.
        """
        return replace(self, channel=replace(self.channel, lang=lang), _items={}) if lang else self

    def url(self, path: str) -> str:
        """Return the absolute URL of `path`, a URL relative to the site's root."""
        return absolute_url(self.channel.root, path)

    def _data(self, essay: Essay) -> ItemData:
        if not self._dates:
            self._dates.update(item_dates(self.site.versions))
        return item_data(essay, self._edition_of(essay), self.ids, self._dates[essay.source])

    def _edition_of(self, essay: Essay) -> Site:
        return self.site.edition(essay.lang) or self.site

    def _ledger_url(self, essay: Essay, slug: str) -> str:
        """Return the URL of the ledger of a series for readers of the language of `essay`."""
        routes = self.routes.in_language(essay.lang) if self.site.edition(essay.lang) else self.routes
        return routes.series(slug).url

    def _locale_of(self, essay: Essay) -> Locale:
        """Return the language of `essay`, with the names that its series gives to the sides."""
        place = self._edition_of(essay).places.get(essay.slug)
        return self.languages.locale(essay.lang).naming(place.series.names if place else {})

    def _essay(self, data: ItemData, note: str = "", suffix: str = "") -> Item:
        """Return the item of an essay; its first lines end with `note`, and the ids in its HTML with `suffix`."""
        essay, position, url = data.essay, data.position, self.url(data.essay.address.url)
        return Item(
            id=data.id,
            url=url,
            title=xml_text(self.typeset(essay.title)),
            summary=xml_text(self.typeset(essay.summary or essay.entry)),
            body=Body(
                essay.content,
                url,
                id_prefix(essay.slug, essay.lang, suffix),
                before="".join(self._first_lines(data, note)),
                after="".join((self._weighed(data), self._last_line(data))),
                attributes=self._attributes(essay),
            ),
            published=data.dates.published,
            updated=data.dates.updated,
            lang=essay.lang,
            author=xml_text(essay.author),
            categories=tuple(self._categories(data)),
            replies_to=(data.answers[0], self.url(data.answers[1].name)) if data.answers else None,
            series=xml_text(position.series.title) if position else "",
            part=position.number if position else None,
            parts=position.total if position else None,
            side=essay.side,
            entry=xml_text(self.typeset(essay.entry)),
            outcome=data.verdict.outcome if data.verdict else "",
            verdict=xml_text(self.typeset(data.verdict.text)) if data.verdict else "",
        )

    def _revision(self, data: ItemData) -> Item:
        revision, locale = xml_text(self.typeset(data.essay.revision)), self._locale_of(data.essay)
        # translators: what was revised, in the author's words; the first word is set in bold
        line = locale.gettext(
            "%(bold)sRevised:%(end)s %(revision)s", bold="<strong>", end="</strong>", revision=escape(revision)
        )
        item = self._essay(data, f"<p>{line}</p>", "revised")
        title = locale.gettext("Revised: %(title)s", title=item.title)
        name = f"revised/{data.essay.modified:%Y-%m-%dT%H%M%S}"
        return _announcement(item, name, title, revision, data.dates.updated)

    def _correction(self, data: ItemData) -> Item:
        day, locale = max(each.day for each in data.essay.corrections), self._locale_of(data.essay)
        corrections = [
            phrases.corrected(xml_text(self.typeset(each.wrong)), xml_text(self.typeset(each.right)), locale)
            for each in data.essay.corrections
            if each.day == day
        ]
        # translators: a sentence of one word, before what was wrong and what is right
        corrected = locale.gettext("Corrected.")
        lines = "".join(f"<p><strong>{corrected}</strong> {escape(each)}</p>" for each in corrections)
        item = self._essay(data, lines, "corrected")
        title = locale.gettext("Corrected: %(title)s", title=item.title)
        date = data.dates.corrected or data.dates.updated
        return _announcement(item, f"corrected/{day.isoformat()}", title, " ".join(corrections), date)

    def _attributes(self, essay: Essay) -> Mapping[str, str]:
        """Return ``lang`` if the language of `essay` is not the feed's, and both it and ``dir`` if either is RTL.

        Feed readers show items of many feeds on one page, and take neither from the feed.
        """
        directions = {foreign.direction(tag) for tag in (essay.lang, self.channel.lang)}
        if "rtl" in directions:
            return {"lang": essay.lang, "dir": foreign.direction(essay.lang)}
        return {"lang": essay.lang} if essay.lang != self.channel.lang else {}

    def _first_lines(self, data: ItemData, note: str) -> Iterator[str]:
        """Yield the essay's position with a link to its page, for browsers that show a feed, then entry and `note`."""
        essay, position, locale = data.essay, data.position, self._locale_of(data.essay)
        place = ""
        if position and position.total > 1:
            ledger = self._ledger_url(essay, position.series.name)
            title = self._title(position.series, essay)
            series = _link(self.url(ledger), title) if ledger else title
            values = {"number": position.number, "total": position.total, "series": series}
            place = f"{locale.filled(_place(essay, locale.in_html), values)} · "
        elif essay.side:
            place = f"{escape(phrases.side(essay.side, locale))} · "
        link = _link(self.url(essay.address.url), locale.gettext("On its own page"))
        yield f"<p>{place}{link}</p>"
        if essay.entry:
            yield f"<p><em>{escape(self.typeset(essay.entry))}</em></p>"
        yield note

    def _weighed(self, data: ItemData) -> str:
        """Return a paragraph that names the essay that this one is weighed against, and gives the verdict."""
        if not data.answers:
            return ""
        other, locale = data.answers[1], self._locale_of(data.essay)
        link = _link(self.url(other.name), self._title(other, data.essay))
        if not data.verdict:
            words = locale.gettext("Weighed against %(essay)s.", essay=link)
            return f"<p>{words}</p>"
        # translators: %(outcome)s is, for example, "It depends", and %(verdict)s is a sentence of the author's
        words = locale.gettext(
            "Weighed against %(essay)s: %(outcome)s. %(verdict)s",
            essay=link,
            outcome=escape(phrases.outcome(data.verdict.outcome, locale)),
            verdict=foreign.marked(escape(self.typeset(data.verdict.text)), data.verdict.lang, data.essay.lang),
        )
        return f"<p>{words}</p>"

    def _last_line(self, data: ItemData) -> str:
        """Return links to the series and its neighbouring parts: feed readers do not show the site's navigation."""
        links, position, locale = [], data.position, self._locale_of(data.essay)
        if position:
            ledger = Ref(
                self._ledger_url(data.essay, position.series.name), position.series.title, position.series.lang
            )
            links = [
                (locale.said("Series: %(title)s"), ledger if ledger.name else None),
                (locale.said("Previous: %(title)s"), position.previous),
                (locale.said("Next: %(title)s"), position.next),
            ]
        parts = [
            locale.filled(message, {"title": _link(self.url(ref.name), self._title(ref, data.essay))})
            for message, ref in links
            if ref
        ]
        if self.channel.feeds_page:
            parts.append(_link(self.channel.feeds_page, escape(locale.gettext("All feeds of this site"))))
        return f"<hr><p>{' · '.join(parts)}</p>" if parts else ""

    def _title(self, ref: Ref, essay: Essay) -> str:
        """Return the title of `ref` as HTML for the item of `essay`, which may be in another language."""
        return foreign.marked(escape(self.typeset(ref.title)), ref.lang or self.channel.lang, essay.lang)

    def _categories(self, data: ItemData) -> Iterator[Category]:
        side = data.essay.side
        if side:
            yield Category(f"{self.url('')}#side", side, phrases.side(side, self._locale_of(data.essay)))
        if data.position:
            series = data.position.series
            yield Category(f"{self.url('')}#series", series.name, xml_text(series.title))
        for play in data.plays:
            yield Category(f"{self.url('')}#play", play.name, xml_text(play.title))


def _announcement(item: Item, name: str, title: str, summary: str, date: datetime) -> Item:
    """Return `item` as an item of its own that announces a revision or correction of the essay."""
    return replace(
        item,
        id=f"{item.id}/{name}",
        title=title,
        summary=summary,
        published=date,
        updated=date,
        replies_to=(item.id, item.url),
    )


def _place(essay: Essay, locale: Locale) -> str:
    """Return the message that gives the part of its series that an essay is, and its side."""
    if essay.side == "cost":
        return locale.said("Cost, part %(number)s of %(total)s in %(series)s")
    if essay.side == "benefit":
        return locale.said("Benefit, part %(number)s of %(total)s in %(series)s")
    return locale.said("Part %(number)s of %(total)s in %(series)s")


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{words}</a>'
