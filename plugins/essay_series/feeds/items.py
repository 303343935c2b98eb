"""`Material` → `Item`: what a subscriber reads, with its place in the series in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from hashlib import blake2b
from html import escape

from ..model import Essay, Site
from ..routes import Routes, whole
from ..values import dataclass
from .body import Body, plain, prefix_of
from .material import Material, Turn, material
from .moments import Moments, moments
from .shapes import Category, Channel, Item

SIDES_IN_WORDS = {"cost": "Cost", "benefit": "Benefit"}


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
            self._material[essay.source] = material(essay, self.site, self.ids, self.moments(essay))
        return self._material[essay.source]

    def digest(self, essay: Essay) -> str:
        """Return what stands for all that the items of `essay` are made of: equal digests, equal items."""
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
                behind="".join((self._weighed(of), self._last_line(turn))),
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
        revised, when = plain(self.typeset(of.essay.revision)), of.when.updated
        item = self._item(of, f"<p><strong>Revised:</strong> {escape(revised)}</p>", "revised")
        return replace(
            item,
            id=f"{item.id}/revised/{of.essay.modified:%Y-%m-%dT%H%M%S}",
            title=f"Revised: {item.title}",
            summary=revised,
            published=when,
            updated=when,
            replies_to=(item.id, item.url),
        )

    def _correction(self, of: Material) -> Item:
        when = of.when.corrected or of.when.updated
        day = max(each.day for each in of.essay.corrections)
        told = [
            f"Was: {plain(self.typeset(each.wrong))}. Now: {plain(self.typeset(each.right))}."
            for each in of.essay.corrections
            if each.day == day
        ]
        lines = "".join(f"<p><strong>Corrected.</strong> {escape(each)}</p>" for each in told)
        item = self._item(of, lines, "corrected")
        return replace(
            item,
            id=f"{item.id}/corrected/{day.isoformat()}",
            title=f"Corrected: {item.title}",
            summary=" ".join(told),
            published=when,
            updated=when,
            replies_to=(item.id, item.url),
        )

    def _first_lines(self, of: Material, note: str) -> Iterator[str]:
        """Say in words where the essay stands: readers keep no colour and no column."""
        essay, turn = of.essay, of.turn
        words = [SIDES_IN_WORDS[essay.side]] if essay.side else []
        if turn and turn.total > 1:
            ledger = self.routes.series(turn.series.name).url
            series = _link(self.url(ledger), turn.series.title) if ledger else escape(turn.series.title)
            words.append(f"part {turn.number} of {turn.total} in {series}")
        if words:
            line = ", ".join(words)
            yield f"<p>{line[0].upper()}{line[1:]}</p>"
        if essay.entry:
            yield f"<p><em>{escape(self.typeset(essay.entry))}</em></p>"
        yield note

    def _weighed(self, of: Material) -> str:
        """Say what the essay is weighed against, and how the two weigh."""
        if not of.answers:
            return ""
        other = of.answers[1]
        link = _link(self.url(other.name), self.typeset(other.title))
        verdict = f": {escape(of.verdict.words)}. {escape(self.typeset(of.verdict.text))}" if of.verdict else "."
        return f"<p>Weighed against {link}{verdict}</p>"

    def _last_line(self, turn: Turn | None) -> str:
        """Lead on: readers cannot show the site's own navigation."""
        links = []
        if turn:
            ledger = self.routes.series(turn.series.name).url
            links += [f"Series: {_link(self.url(ledger), turn.series.title)}"] if ledger else []
            for word, part in (("Previous", turn.previous), ("Next", turn.next)):
                links += [f"{word}: {_link(self.url(part.name), self.typeset(part.title))}"] if part else []
        if self.channel.feeds_page:
            links.append(_link(self.channel.feeds_page, "All feeds of this site"))
        return f"<hr><p>{' · '.join(links)}</p>" if links else ""

    def _categories(self, of: Material) -> Iterator[Category]:
        if of.essay.side:
            yield Category(f"{self.url('')}#side", of.essay.side, SIDES_IN_WORDS[of.essay.side])
        if of.turn:
            yield Category(f"{self.url('')}#series", of.turn.series.name, plain(of.turn.series.title))
        for play in of.plays:
            yield Category(f"{self.url('')}#play", play.name, plain(play.title))


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'
