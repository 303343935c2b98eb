"""`Material` → `Item`: what a subscriber reads, with its place in the series in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from hashlib import blake2b
from html import escape

from ..l10n import Languages, Locale, foreign, phrases
from ..model import Essay, Site
from ..routes import Routes, whole
from ..values import dataclass
from .body import Body, plain, prefix_of
from .material import Material, Named, material
from .moments import Moments, moments
from .shapes import Category, Channel, Item


@dataclass(frozen=True)
class FeedContext:
    """Makes each item once, however many feeds hold it."""

    site: Site
    routes: Routes
    channel: Channel
    ids: Mapping[str, str]
    """The id of each essay, by its address with a slash in front."""
    typeset: Callable[[str], str]
    """Puts typographic characters into plain text."""
    languages: Languages = field(default_factory=Languages, repr=False)
    made: dict[tuple[str, str], Item] = field(default_factory=dict)
    _material: dict[str, Material] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _moments: dict[str, Moments] = field(default_factory=dict)

    def item(self, essay: Essay) -> Item:
        """Return `essay` as an item."""
        return self._once(essay, "item", self._item)

    def revision(self, essay: Essay) -> Item:
        """Return the declared revision of `essay` as an item of its own."""
        return self._once(essay, "revision", self._revision)

    def correction(self, essay: Essay) -> Item:
        """Return the corrections that `essay` had on its last day of corrections as an item of its own."""
        return self._once(essay, "correction", self._correction)

    def material(self, essay: Essay) -> Material:
        """Return all that the items of `essay` are made of, beside what all items have in common."""
        if essay.source not in self._material:
            site = self.site.edition(essay.lang) or self.site
            self._material[essay.source] = material(essay, site, self.ids, self.moments(essay))
        return self._material[essay.source]

    def digest(self, essay: Essay) -> str:
        """Return a digest of everything that the items of `essay` are made of: equal digests, equal items."""
        if essay.source not in self._digests:
            words = repr(self.material(essay)).encode("utf-8", "surrogatepass")
            self._digests[essay.source] = blake2b(words, digest_size=16).hexdigest()
        return self._digests[essay.source]

    def moments(self, essay: Essay) -> Moments:
        """Return when `essay` appeared and was revised."""
        if not self._moments:
            versions = (e for group in self.site.translations.values() for e in group)
            self._moments.update(moments([*self.site.essays, *versions]))
        return self._moments[essay.source]

    @property
    def locale(self) -> Locale:
        """The site's language, in which feeds are named."""
        return self.languages.locale(self.channel.lang)

    def in_language(self, lang: str) -> FeedContext:
        """Return what makes feeds in the language `lang`, which is the site's own where it is empty.

        Items are made anew: one says its language only where the feed has another one.
        """
        return replace(self, channel=replace(self.channel, lang=lang), made={}) if lang else self

    def ledger_of(self, essay: Essay, slug: str) -> str:
        """Return the address of the ledger of a series for readers of the language of `essay`."""
        routes = self.routes.in_language(essay.lang) if self.site.edition(essay.lang) else self.routes
        return routes.series(slug).url

    def locale_of(self, essay: Essay) -> Locale:
        """Return the language of `essay`, with the names that its series has for its sides."""
        place = (self.site.edition(essay.lang) or self.site).places.get(essay.slug)
        return self.languages.locale(essay.lang).naming(place.series.names if place else {})

    def url(self, path: str) -> str:
        """Return the whole address of `path`, which is below the site's root."""
        return whole(self.channel.root, path)

    def _once(self, essay: Essay, what: str, make: Callable[[Material], Item]) -> Item:
        key = (essay.source, what)
        if key not in self.made:
            self.made[key] = make(self.material(essay))
        return self.made[key]

    def _item(self, of: Material, note: str = "", what: str = "") -> Item:
        essay, turn = of.essay, of.turn
        url = self.url(essay.address.url)
        return Item(
            id=of.id,
            url=url,
            title=plain(self.typeset(essay.title)),
            summary=plain(self.typeset(essay.summary or essay.entry)),
            body=Body(
                essay.content,
                url,
                prefix_of(essay.slug, essay.lang, what),
                before="".join(self._first_lines(of, note)),
                behind="".join((self._weighed(of), self._last_line(of))),
                marks=self._marks(essay),
            ),
            published=of.when.published,
            updated=of.when.updated,
            lang=essay.lang,
            author=plain(essay.author),
            categories=tuple(self._categories(of)),
            replies_to=(of.answers[0], self.url(of.answers[1].name)) if of.answers else None,
            series=plain(turn.series.title) if turn else "",
            part=turn.number if turn else None,
            parts=turn.total if turn else None,
            side=essay.side,
            entry=plain(self.typeset(essay.entry)),
            outcome=of.verdict.outcome if of.verdict else "",
            verdict=plain(self.typeset(of.verdict.text)) if of.verdict else "",
        )

    def _revision(self, of: Material) -> Item:
        revised, when, locale = plain(self.typeset(of.essay.revision)), of.when.updated, self.locale_of(of.essay)
        # translators: what was revised, in the author's words; the first word is set in bold
        line = locale.gettext(
            "%(bold)sRevised:%(end)s %(revision)s", bold="<strong>", end="</strong>", revision=escape(revised)
        )
        item = self._item(of, f"<p>{line}</p>", "revised")
        return replace(
            item,
            id=f"{item.id}/revised/{of.essay.modified:%Y-%m-%dT%H%M%S}",
            title=locale.gettext("Revised: %(title)s", title=item.title),
            summary=revised,
            published=when,
            updated=when,
            replies_to=(item.id, item.url),
        )

    def _correction(self, of: Material) -> Item:
        when = of.when.corrected or of.when.updated
        day, locale = max(each.day for each in of.essay.corrections), self.locale_of(of.essay)
        told = [
            phrases.corrected(plain(self.typeset(each.wrong)), plain(self.typeset(each.right)), locale)
            for each in of.essay.corrections
            if each.day == day
        ]
        # translators: a sentence of one word, before what was wrong and what is right
        corrected = locale.gettext("Corrected.")
        lines = "".join(f"<p><strong>{corrected}</strong> {escape(each)}</p>" for each in told)
        item = self._item(of, lines, "corrected")
        return replace(
            item,
            id=f"{item.id}/corrected/{day.isoformat()}",
            title=locale.gettext("Corrected: %(title)s", title=item.title),
            summary=" ".join(told),
            published=when,
            updated=when,
            replies_to=(item.id, item.url),
        )

    def _marks(self, essay: Essay) -> Mapping[str, str]:
        """Return what tells that the text of `essay` is in another language than the feed, or read from the right.

        Readers show items of many feeds in one page, of which they know neither.
        """
        ways = {foreign.direction(tag) for tag in (essay.lang, self.channel.lang)}
        told = {"lang": essay.lang} if essay.lang != self.channel.lang or "rtl" in ways else {}
        return {**told, "dir": foreign.direction(essay.lang)} if "rtl" in ways else told

    def _first_lines(self, of: Material, note: str) -> Iterator[str]:
        """Say in words where the essay stands, and lead to its page: a feed in a browser has no other way there."""
        essay, turn, locale = of.essay, of.turn, self.locale_of(of.essay)
        place = ""
        if turn and turn.total > 1:
            ledger = self.ledger_of(essay, turn.series.name)
            lang = turn.series.lang or self.channel.lang
            words = foreign.marked(escape(self.typeset(turn.series.title)), lang, essay.lang)
            series = _link(self.url(ledger), words) if ledger else words
            facts = {"number": turn.number, "total": turn.total, "series": series}
            place = f"{locale.filled(_place(essay, locale.in_html), facts)} · "
        elif essay.side:
            place = f"{escape(phrases.side(essay.side, locale))} · "
        link = _link(self.url(essay.address.url), locale.gettext("On its own page"))
        yield f"<p>{place}{link}</p>"
        if essay.entry:
            yield f"<p><em>{escape(self.typeset(essay.entry))}</em></p>"
        yield note

    def _weighed(self, of: Material) -> str:
        """Say what the essay is weighed against, and how the two weigh."""
        if not of.answers:
            return ""
        other, locale = of.answers[1], self.locale_of(of.essay)
        link = _link(self.url(other.name), self._title(other, of.essay))
        if not of.verdict:
            words = locale.gettext("Weighed against %(essay)s.", essay=link)
            return f"<p>{words}</p>"
        # translators: %(outcome)s is such as "It depends", and %(verdict)s is a sentence of the author's
        words = locale.gettext(
            "Weighed against %(essay)s: %(outcome)s. %(verdict)s",
            essay=link,
            outcome=escape(phrases.outcome(of.verdict.outcome, locale)),
            verdict=foreign.marked(escape(self.typeset(of.verdict.text)), of.verdict.lang, of.essay.lang),
        )
        return f"<p>{words}</p>"

    def _last_line(self, of: Material) -> str:
        """Lead on: readers cannot show the site's own navigation."""
        links, turn, locale = [], of.turn, self.locale_of(of.essay)
        if turn:
            ledger = self.ledger_of(of.essay, turn.series.name)
            links += [(locale.said("Series: %(title)s"), ledger, self._title(turn.series, of.essay))] if ledger else []
            ways = ((locale.said("Previous: %(title)s"), turn.previous), (locale.said("Next: %(title)s"), turn.next))
            links += [(words, to.name, self._title(to, of.essay)) for words, to in ways if to]
        said = [locale.filled(words, {"title": _link(self.url(to), title)}) for words, to, title in links]
        if self.channel.feeds_page:
            said.append(_link(self.channel.feeds_page, escape(locale.gettext("All feeds of this site"))))
        return f"<hr><p>{' · '.join(said)}</p>" if said else ""

    def _title(self, named: Named, essay: Essay) -> str:
        """Return the title of something that the item of `essay` names, as HTML."""
        return foreign.marked(escape(self.typeset(named.title)), named.lang or self.channel.lang, essay.lang)

    def _categories(self, of: Material) -> Iterator[Category]:
        if of.essay.side:
            yield Category(f"{self.url('')}#side", of.essay.side, phrases.side(of.essay.side, self.locale_of(of.essay)))
        if of.turn:
            yield Category(f"{self.url('')}#series", of.turn.series.name, plain(of.turn.series.title))
        for play in of.plays:
            yield Category(f"{self.url('')}#play", play.name, plain(play.title))


def _place(essay: Essay, locale: Locale) -> str:
    """Return the message that says which part of its series an essay is, and on which side it stands."""
    if essay.side == "cost":
        return locale.said("Cost, part %(number)s of %(total)s in %(series)s")
    if essay.side == "benefit":
        return locale.said("Benefit, part %(number)s of %(total)s in %(series)s")
    return locale.said("Part %(number)s of %(total)s in %(series)s")


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{words}</a>'
