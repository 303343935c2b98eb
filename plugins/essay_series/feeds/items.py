"""Essay → `Item`: what a subscriber reads, with its place in the series in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from ..model import Essay, Place, Site
from ..routes import Routes
from .body import body, plain
from .moments import Moments, moments
from .shapes import Category, Channel, Item

SIDES_IN_WORDS = {"cost": "Cost", "benefit": "Benefit"}


@dataclass(frozen=True)
class Press:
    """Makes each item once, however many feeds hold it."""

    site: Site
    routes: Routes
    channel: Channel
    ids: Mapping[str, str]
    """The id of each essay, by its address with a slash in front."""
    typeset: Callable[[str], str]
    """Puts typographic characters into plain text."""
    made: dict[tuple[str, bool], Item] = field(default_factory=dict)
    _moments: dict[str, Moments] = field(default_factory=dict)

    def item(self, essay: Essay) -> Item:
        """Return `essay` as an item."""
        return self._once(essay, revision=False)

    def revision(self, essay: Essay) -> Item:
        """Return the declared revision of `essay` as an item of its own."""
        return self._once(essay, revision=True)

    def _once(self, essay: Essay, *, revision: bool) -> Item:
        key = (essay.source, revision)
        if key not in self.made:
            self.made[key] = self._revision(essay) if revision else self._item(essay)
        return self.made[key]

    def moments(self, essay: Essay) -> Moments:
        """Return when `essay` appeared and was revised."""
        if not self._moments:
            versions = (e for group in self.site.translations.values() for e in group)
            self._moments.update(moments([*self.site.essays, *versions]))
        return self._moments[essay.source]

    def url(self, path: str) -> str:
        """Return the whole address of `path`, which is below the site's root."""
        return f"{self.channel.root}/{path}"

    def _item(self, essay: Essay, note: str = "") -> Item:
        place = self.site.places.get(essay.slug)
        url, when = self.url(essay.address.url), self.moments(essay)
        parts = "\n".join(("".join(self._first_lines(essay, place, note)), essay.content, self._last_line(place)))
        return Item(
            id=self.ids[f"/{essay.address.url}"],
            url=url,
            title=plain(self.typeset(essay.title)),
            summary=plain(self.typeset(essay.summary or essay.entry)),
            body=body(parts, url, _prefix(essay, revised=bool(note))),
            published=when.published,
            updated=when.updated,
            lang=essay.lang,
            author=plain(essay.author),
            categories=tuple(self._categories(essay, place)),
            replies_to=self._answered(place),
            series=plain(place.series.title) if place else "",
            part=place.number if place else None,
            parts=place.total if place else None,
            side=essay.side,
            entry=plain(self.typeset(essay.entry)),
        )

    def _revision(self, essay: Essay) -> Item:
        revised, when = plain(self.typeset(essay.revision)), self.moments(essay).updated
        item = self._item(essay, note=f"<p><strong>Revised:</strong> {escape(revised)}</p>")
        return replace(
            item,
            id=f"{item.id}/revised/{essay.modified:%Y-%m-%dT%H%M%S}",
            title=f"Revised: {item.title}",
            summary=revised,
            published=when,
            updated=when,
            replies_to=(item.id, item.url),
        )

    def _first_lines(self, essay: Essay, place: Place | None, note: str) -> Iterator[str]:
        """Say in words where the essay stands: readers keep no colour and no column."""
        words = [SIDES_IN_WORDS[essay.side]] if essay.side else []
        if place and place.total > 1:
            ledger = self.routes.series(place.series.slug).url
            series = _link(self.url(ledger), place.series.title) if ledger else escape(place.series.title)
            words.append(f"part {place.number} of {place.total} in {series}")
        if words:
            line = ", ".join(words)
            yield f"<p>{line[0].upper()}{line[1:]}</p>"
        if essay.entry:
            yield f"<p><em>{escape(self.typeset(essay.entry))}</em></p>"
        yield note

    def _last_line(self, place: Place | None) -> str:
        """Lead on: readers cannot show the site's own navigation."""
        links = []
        if place:
            ledger = self.routes.series(place.series.slug).url
            links += [f"Series: {_link(self.url(ledger), place.series.title)}"] if ledger else []
            for word, part in (("Previous", place.previous), ("Next", place.next)):
                links += [f"{word}: {_link(self.url(part.address.url), self.typeset(part.title))}"] if part else []
        if self.channel.feeds_page:
            links.append(_link(self.channel.feeds_page, "All feeds of this site"))
        return f"<hr><p>{' · '.join(links)}</p>" if links else ""

    def _categories(self, essay: Essay, place: Place | None) -> Iterator[Category]:
        if essay.side:
            yield Category(self.url("#side"), essay.side, SIDES_IN_WORDS[essay.side])
        if place:
            yield Category(self.url("#series"), place.series.slug, plain(place.series.title))
        for play in self.site.plays_of.get(essay.slug, ()):
            yield Category(self.url("#play"), play.slug, plain(play.title))

    def _answered(self, place: Place | None) -> tuple[str, str] | None:
        other = place.answers if place else None
        return (self.ids[f"/{other.address.url}"], self.url(other.address.url)) if other else None


def _prefix(essay: Essay, *, revised: bool) -> str:
    """Return what no two items share, as a word for ids."""
    return "-".join((*essay.slug.split("/"), essay.lang, *(["revised"] if revised else [])))


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'
