"""`Site` → its topics, each with a feed: the whole site, series, sides, plays, revisions, corrections, languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from ..l10n import Languages, Locale
from ..model import SIDES, Essay, Series, Side, Site
from ..routes import Routes
from ..values import dataclass

Group = Literal["site", "series", "side", "play", "revisions", "corrections", "language"]
"""The kind of a topic; lists of feeds show topics of one kind together."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The subject of one feed. Text is plain."""

    key: str
    """Its part of the feed's path, such as ``plays/let-go``."""
    group: Group
    title: str
    """Its title in lists of the site's feeds."""
    description: str
    page: str
    """The URL of the HTML page with the same content, relative to the site's root."""
    essays: tuple[Essay, ...]
    """In the order of the feed: a series in reading order, all others newest first."""
    complete: bool = False
    """Whether the feed always contains all of them (RFC 5005, section 2)."""
    lang: str = ""
    """The language of its edition; empty for the site's own."""


def group_name(group: Group, locale: Locale) -> str:
    """Return the heading of the feeds of one kind."""
    names = {
        "site": locale.gettext("The whole site"),
        "series": locale.gettext("Series, in reading order"),
        "side": locale.gettext("One side"),
        "play": locale.gettext("One play"),
        "revisions": locale.gettext("Revisions"),
        "corrections": locale.gettext("Corrections"),
        "language": locale.gettext("Languages"),
    }
    return names[group]


def topics(site: Site, routes: Routes, locale: Locale) -> tuple[Topic, ...]:
    """Return every topic of `site` that has an essay and a feed address, in the order of lists of feeds."""
    found = [
        _whole_site(site, routes, locale),
        *(_series(series, routes, locale) for series in site.series),
        *(_side(side, site, routes, locale) for side in SIDES),
        *_plays(site, routes, locale),
        _revisions(site, routes, locale),
        _corrections(site, routes, locale),
        *_languages(site, routes, locale),
    ]
    return tuple(topic for topic in found if topic.essays and routes.feed(topic.key).path)


def topics_of_all(site: Site, routes: Routes, languages: Languages) -> tuple[Topic, ...]:
    """Return the topics of `site`, followed by those of each of its editions in the language of the edition."""
    found = list(topics(site, routes, languages.locale(site.lang)))
    for edition in site.editions:
        found += _of_edition(edition, site.lang, routes, languages.locale(edition.lang))
    return tuple(found)


def _of_edition(edition: Site, own: str, routes: Routes, locale: Locale) -> Iterator[Topic]:
    """Yield the series, sides and plays of an edition; the topic of its language belongs to the site."""
    there, lang = routes.in_language(edition.lang), edition.lang
    found = [
        *(_series(series, there, locale) for series in edition.series),
        *(_side(side, edition, there, locale) for side in SIDES),
        *_plays(edition, there, locale),
    ]
    for topic in found:
        key = key_in(lang, own, topic.key)
        page = f"{routes.page('FEEDS').url}#{key}" if "#" in topic.page else topic.page
        if topic.essays and routes.feed(key).path:
            title = f"{topic.title} ({locale.own_name})"
            yield replace(topic, key=key, title=title, page=page, lang=lang)


def title_of(topic: Topic, name: str, locale: Locale) -> str:
    """Return the title of the feed of `topic`, which includes the `name` of the site."""
    if topic.group == "site":
        return name
    if topic.title.casefold().startswith(name.casefold()):
        return topic.title
    # translators: the name of the site, and what one of its feeds holds
    return locale.gettext("%(site)s: %(feed)s", site=name, feed=topic.title)


def key_in(lang: str, own: str, key: str) -> str:
    """Return the key, in the edition in `lang`, of the topic that has `key` in the site's `own` language."""
    return key if lang == own else f"{lang.lower()}/{key}"


def _whole_site(site: Site, routes: Routes, locale: Locale) -> Topic:
    return Topic(
        key="all",
        group="site",
        title=locale.gettext("All essays"),
        description=locale.gettext("Every essay, newest first."),
        page=routes.home().url,
        essays=newest_first(site.essays),
    )


def _series(series: Series, routes: Routes, locale: Locale) -> Topic:
    return Topic(
        key=f"series/{series.slug}",
        group="series",
        title=locale.gettext("%(series)s, in reading order", series=series.title),
        description=locale.gettext("The whole series, the first part first."),
        page=routes.series(series.slug).url,
        essays=series.parts,
        complete=True,
    )


def _side(side: Side, site: Site, routes: Routes, locale: Locale) -> Topic:
    key = f"{side}s"
    if side == "cost":
        title = locale.gettext("The costs")
        description = locale.gettext("Only the essays that stand among the costs, newest first.")
    else:
        title = locale.gettext("The benefits")
        description = locale.gettext("Only the essays that stand among the benefits, newest first.")
    return Topic(
        key=f"sides/{key}",
        group="side",
        title=title,
        description=description,
        page=f"{routes.page('FEEDS').url}#sides/{key}",
        essays=newest_first(essay for essay in site.essays if essay.side == side),
    )


def _plays(site: Site, routes: Routes, locale: Locale) -> Iterator[Topic]:
    for play in site.own_plays:
        yield Topic(
            key=f"plays/{play.slug}",
            group="play",
            title=play.title,
            description=play.summary or locale.gettext("The essays that teach the play “%(title)s”.", title=play.title),
            page=routes.play(play.slug).url,
            essays=newest_first(play.essays),
        )


def _revisions(site: Site, routes: Routes, locale: Locale) -> Topic:
    revised = (essay for essay in site.essays if essay.revision and essay.modified)
    return Topic(
        key="revisions",
        group="revisions",
        title=locale.gettext("Revisions"),
        description=locale.gettext("Essays that were revised after publication, with what was changed."),
        page=f"{routes.page('FEEDS').url}#revisions",
        essays=tuple(sorted(revised, key=lambda e: (-_when(e.modified), e.source))),
    )


def _corrections(site: Site, routes: Routes, locale: Locale) -> Topic:
    return Topic(
        key="corrections",
        group="corrections",
        title=locale.gettext("Corrections"),
        description=locale.gettext("What essays had wrong and have right now."),
        page=routes.page("CORRECTIONS").url or f"{routes.page('FEEDS').url}#corrections",
        essays=site.corrected,
    )


def _languages(site: Site, routes: Routes, locale: Locale) -> Iterator[Topic]:
    for lang in sorted({essay.lang for essay in site.versions} - {locale.tag}):
        name = locale.language(lang)
        yield Topic(
            key=f"languages/{lang.lower()}",
            group="language",
            # translators: %(language)s is the name of a language, such as "German", in its basic form
            title=locale.gettext("In the language “%(language)s”", language=name),
            description=locale.gettext(
                "Every essay that there is in the language “%(language)s”, newest first.", language=name
            ),
            page=f"{routes.page('FEEDS').url}#languages/{lang.lower()}",
            essays=newest_first(essay for essay in site.versions if essay.lang == lang),
        )


def newest_first(essays: Iterable[Essay]) -> tuple[Essay, ...]:
    """Sort `essays`, given in reading order, by date, newest first; those with the same date are in reverse order."""
    in_order = sorted(enumerate(essays), key=lambda pair: (_when(pair[1].date), pair[0]))
    return tuple(essay for _, essay in reversed(in_order))


def _when(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
