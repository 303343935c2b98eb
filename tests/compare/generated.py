"""A site of 100 essays that uses every feature, the same on every machine and day.

It does not import the code that builds it, so that two commits get the same sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from compare.blocks import block
from compare.essays import PLAYS, essays
from compare.pictures import pictures
from compare.texts import Header, Text, joined, unpublished_text

SETTINGS = """
# Settings of the generated site
SITENAME = "Compared & “Contrasted”"
SITESUBTITLE = "A hundred essays -- of no meaning"
AUTHOR = "Ann Author"
TIMEZONE = "Europe/Berlin"
STATIC_PATHS = ["images", "files"]
ALLOWED_HOSTS = ["video.example"]
LLMS_SAVE_AS = "llms.txt"
OFFLINE = True
WORDS = {"ledger": "Balance", "de": {"ledger": "Bilanz"}}
PLAY_SECTIONS = {"steps": "Do this week"}
"""
"""Lines to append to the tree's settings."""
SERIES: tuple[tuple[str, str, Header], ...] = (
    (
        "turnings",
        'Turnings & "Returns"',
        (
            ("Planned", "The last turning | benefit | 2998-05-01"),
            ("Planned", "A turning without a day | cost"),
            ("Planned", "Something else"),
        ),
    ),
    ("two-minds", "Two minds", (("Aliases", "one-mind, /old/minds.html"), ("Sides", "doubt, doubts / trust, trusts"))),
    ("indexed", "Indexed -- by number", (("Slug", "indexed"),)),
    ("ueber-grenzen", "Über Grenzen: 越境", (("Status", "published"),)),
    ("single", "A single part", (("Complete", "true"),)),
    ("plain", "Plain", ()),
    ("announced", "Announced", (("Planned", "The only part | 2998-01-01"),)),
    ("zzqseries", "Zzqseries", (("Status", "draft"), ("Planned", "Zzqpart | cost"))),
)
"""Slug, title and further keys of each; those that start with "zzq" are not published."""
PAGES: tuple[tuple[str, str, Header], ...] = (
    ("404", "Nothing", (("Slug", "404"), ("Status", "hidden"), ("Save_as", "404.html"), ("Url", "404.html"))),
    ("about", "About", (("Summary", "What it is."), ("Author", "Ann Author"), ("Aliases", "info, /about.html"))),
    ("ueber", "Über", (("Lang", "de"), ("Slug", "about"), ("Translation", "true"), ("Summary", "Was es ist."))),
    ("thanks", "Thanks", (("Authors", "Ann Author, Bo Beck"), ("Status", "published"))),
    ("zzqpage", "Zzqpage", (("Status", "draft"),)),
    ("zzqskipped", "Zzqskipped", (("Status", "skip"),)),
)


def files(known: Mapping[str, Collection[str]] | None = None) -> dict[str, bytes]:
    """Return every file of the content folder by its path.

    Args:
        known: the front matter keys to write, by kind, since a commit may be older than a key; kinds not in it get all
            keys. A translation is left out if its kind has no ``Lang``, since it would duplicate the original.

    """
    written = {text.path: text.written((known or {}).get(text.kind)) for text in texts() if _has_language(text, known)}
    return {**written, **pictures(), "files/notes.csv": b"linked,to\n"}


def _has_language(text: Text, known: Mapping[str, Collection[str]] | None) -> bool:
    """Return whether `text` is in the site's language or its kind has the key ``Lang``."""
    return "Lang" not in dict(text.header) or "Lang" in (known or {}).get(text.kind, {"Lang"})


def texts() -> Iterator[Text]:
    """Yield every source."""
    yield from _series()
    yield from _plays()
    yield from _pages()
    yield from essays()


def translated(slug: str) -> Header:
    """Return the header of a translation of the file with `slug`."""
    return (("Slug", slug), ("Lang", "de"), ("Translation", "true"), ("Summary", "Auf Deutsch."))


def _series() -> Iterator[Text]:
    for slug, title, more in SERIES:
        body = "" if slug == "plain" else f"About *{slug}*, with [a play]({{filename}}/playbook/let-go.md)."
        body = unpublished_text(slug) if slug.startswith("zzq") else body
        yield Text(f"series/{slug}.md", "series", (("Title", title), ("Summary", f"What {slug} is."), *more), body)
    yield Text(
        "series/turnings-de.md", "series", (("Title", "Wendungen"), *translated("turnings")), "Über *Wendungen*."
    )


def _plays() -> Iterator[Text]:
    intro = joined(["How to use them.", block("table", 0)])
    yield Text("playbook/index.md", "playbook", (("Title", "The playbook"), ("Summary", "All plays.")), intro)
    german: Header = (("Title", "Das Spielbuch"), ("Summary", "Alle Züge."), ("Lang", "de"), ("Translation", "true"))
    yield Text("playbook/index.de.md", "playbook", german, "Wie man sie verwendet.")
    yield Text(
        "playbook/name-it-de.md", "play", (("Title", "Beim Namen nennen"), *translated("name-it")), "## Warum\n\nSo."
    )
    titles = {"umlaeute": "Größe zeigen", "let-go": "Let go & “wait”", "guard-the-edges": "Guard"}
    for number, slug in enumerate(PLAYS):
        header: Header = (("Title", titles.get(slug, slug.capitalize())), ("Summary", f"What {slug} is for."))
        if number < 4:
            header += (("Order", str(10 * (4 - number))), ("Related", ", ".join(PLAYS[number + 1 : number + 3])))
        if slug == "guard-the-edges":
            header += (("Slug", slug), ("Aliases", "guard-it, /plays/guard.html"), ("Status", "published"))
        name = "guard" if slug == "guard-the-edges" else slug
        body = joined(
            ["## Why it works", "It does.", "## This week", "1. First.\n2. Then.", block("note", 900 + number)]
        )
        yield Text(f"playbook/{name}.md", "play", header, body)
    header = (("Title", "Zzqplay"), ("Status", "draft"), ("Summary", "Zzqplay is not out."))
    yield Text("playbook/zzqplay.md", "play", header, unpublished_text("zzqplay"))


def _pages() -> Iterator[Text]:
    for name, title, more in PAGES:
        body = unpublished_text(name) if name.startswith("zzq") else joined([f"The page {name}.", block("headings", 0)])
        yield Text(f"pages/{name}.md", "page", (("Title", title), *more), body)
