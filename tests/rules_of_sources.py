"""Rules of the walk for sources: essays, series, plays, pages and images."""

from __future__ import annotations

import re
from collections.abc import Sequence

from author import PLAYS, SLUGS, Author, a_picture
from rules import is_listed, other, present, rule, written

WORDS = (
    *("more", 'NASA -- "so"', "`code`", "*so*", "\n\n## A part\n\nOf it.", "\n\n- one\n- two"),
    *("[link]({filename}e2.md)", "[page]({filename}/pages/about.md)", "[play]({filename}/playbook/guard.md)"),
    "[^2]\n\n[^2]: A second note.",
)


@rule("source", slug=SLUGS, word=WORDS, times=(1, 1, 300))
def edit(author: Author, slug: str, word: str, times: int) -> None:
    """Add a word, which may be a link, or so many that the reading time changes."""
    author.edit(present(author, slug), " ".join([word] + ["and more"] * (times - 1)))


@rule("source", slug=SLUGS, word=("other", "words & more"))
def reword(author: Author, slug: str, word: str) -> None:
    """Replace a word."""
    slug = present(author, slug)
    author.bodies[slug] = author.bodies[slug].replace("S", word, 1)
    author.build()


TITLES = ("One", "A & B", "The “other” side", "Über <b>", "Numbers 1 -- 2")
SUMMARIES = ("Short.", "A “longer” one & so on.", None)
DAYS = ("2009-03-01", "2009-04-03", "2009-04-28 18:30", "2999-01-01")
REVISIONS = ("2009-05-01", "2009-06-01", None)
NAMES = ("x", "y", None)
FORMER = ("old", "/2009/old.html", "older, /2008/old/", None)
STATUSES = ("published", "draft", "hidden", "skip")


def _change(author: Author, slug: str, key: str, value: str | None, choices: Sequence[str | None]) -> None:
    """Change a key of an essay to another value, and build."""
    author.change(slug, **{key: other(value, author.essays[slug].get(key), choices)})


@rule("source", slug=SLUGS, title=TITLES)
def retitle(author: Author, slug: str, title: str) -> None:
    """Change a title."""
    _change(author, present(author, slug), "Title", title, TITLES)


@rule("source", slug=SLUGS, text=SUMMARIES)
def summarize(author: Author, slug: str, text: str | None) -> None:
    """Change or remove a summary."""
    _change(author, present(author, slug), "Summary", text, SUMMARIES)


@rule("source", slug=SLUGS, day=DAYS)
def redate(author: Author, slug: str, day: str) -> None:
    """Change a date, and so perhaps the position in the series; a future date removes the links to the essay."""
    slug = written(author, slug)
    day = other(day, author.essays[slug].get("Date"), DAYS)
    if day == DAYS[-1]:
        _unlink(author, slug)
    author.change(slug, Date=day)


@rule("source", slug=SLUGS, former=FORMER)
def alias(author: Author, slug: str, former: str | None) -> None:
    """Change or remove the former slugs and addresses of an essay."""
    _change(author, present(author, slug), "Aliases", former, FORMER)


@rule("source", slug=SLUGS, day=REVISIONS)
def revise(author: Author, slug: str, day: str | None) -> None:
    """Change or remove the date of a revision."""
    slug = present(author, slug)
    day = other(day, author.essays[slug].get("Modified"), REVISIONS)
    author.change(slug, Modified=day, Revision=day and "A word.")


@rule("source", slug=SLUGS, status=STATUSES, links=(True, True, False))
def restatus(author: Author, slug: str, status: str, links: bool) -> None:  # noqa: FBT001 - a choice
    """Change a status; links to an essay that is not published are removed, or are mistakes."""
    slug = written(author, slug)
    if links:
        _unlink(author, slug)
    author.change(slug, Status=other(status, author.essays[slug].get("Status", "published"), STATUSES))


@rule("source")
def publish(author: Author) -> None:
    """Publish all essays, with promised and scheduled ones."""
    for keys in author.essays.values():
        if not is_listed(keys):
            keys |= {"Status": "published", "Date": "2009-04-21"}
    author.build()


@rule("source", slug=SLUGS, plays=((), *((play,) for play in PLAYS), PLAYS))
def retag(author: Author, slug: str, plays: Sequence[str]) -> None:
    """Change or remove plays."""
    author.change(present(author, slug), Tags=", ".join(plays) or None)


def _unanswer(author: Author, slug: str) -> None:
    """Remove an essay's pair."""
    for keys in (author.essays[author.essays[slug].get("Answers", slug)], author.essays[slug]):
        keys.pop("Answers", None)


@rule("source", slug=SLUGS, side=("cost", "benefit", None))
def reside(author: Author, slug: str, side: str | None) -> None:
    """Change or remove the side."""
    slug = present(author, slug)
    side = other(side, author.essays[slug].get("Side"), ("cost", "benefit", None))
    _unanswer(author, slug)
    author.change(slug, Side=side, Entry=side and "An entry.")


@rule("source", slug=SLUGS, series=("Turnings", "Two minds", None))
def reseries(author: Author, slug: str, series: str | None) -> None:
    """Change or remove the series."""
    slug = present(author, slug)
    series = other(series, author.essays[slug].get("Series"), ("Turnings", "Two minds", None))
    _unanswer(author, slug)
    author.change(slug, Series=series, Side=None, Entry=None, Part=None)


@rule("source", slug=SLUGS, name=NAMES, alias=(True, False))
def rename(author: Author, slug: str, name: str | None, alias: bool) -> None:  # noqa: FBT001 - likewise
    """Change the slug, with or without an alias for the old one."""
    slug = present(author, slug)
    former = author.essays[slug].get("Slug", slug)
    _unanswer(author, slug)
    author.change(slug, Slug=other(name, author.essays[slug].get("Slug"), NAMES), Aliases=former if alias else None)


@rule("source")
def number(author: Author) -> None:
    """Number all essays, or remove all numbers."""
    numbered = not any("Part" in keys for keys in author.essays.values())
    for place, keys in enumerate(reversed(author.essays.values())):
        keys.pop("Part", None)
        if numbered:
            keys["Part"] = str(place)
    author.build()


@rule("source", first=SLUGS, second=SLUGS)
def answer(author: Author, first: str, second: str) -> None:
    """Pair two essays of one series."""
    first = present(author, first)
    second = present(author, second)
    if first == second:
        second = next(slug for slug in author.essays if slug != first)
    for slug in (first, second):
        _unanswer(author, slug)
        author.essays[slug] |= {"Entry": f"Entry {slug}.", "Series": "Turnings"}
        author.essays[slug].pop("Slug", None)
    author.essays[first] |= {"Side": "cost", "Answers": second}
    author.change(second, Side="benefit", Answers=first)


@rule("source", slug=SLUGS, name=("e3", "e5", "The last word", "guard"))
def promise(author: Author, slug: str, name: str) -> None:
    """Add a promise, which may be kept already."""
    author.edit(present(author, slug), f"<span data-promise='{name}'>One day</span>.")


@rule("source", slug=SLUGS, title=("Un", "Deux"))
def translate(author: Author, slug: str, title: str) -> None:
    """Add a translation, or change its title."""
    slug = present(author, slug)
    same = {key: value for key, value in author.essays[slug].items() if key not in ("Answers", "Aliases")}
    keys = {"Slug": slug, **same, "Title": title, "Lang": "fr"}
    header = "".join(f"{key}: {value}\n" for key, value in keys.items())
    author.put(f"content/essays/{slug}-fr.md", f"{header}\nTexte en français.\n")


@rule("source", slug=SLUGS)
def add(author: Author, slug: str) -> None:
    """Add an essay, which may keep a promise, or rewrite an existing one."""
    absent = [each for each in SLUGS if each not in author.essays]
    slug = next((each for each in absent if each >= slug), (*absent, slug)[0])
    author.essays[slug] = {"Title": f"New {slug}", "Date": "2009-04-20", "Series": "Turnings"}
    if any("Part" in keys for keys in author.essays.values()):
        author.essays[slug]["Part"] = str(20 + SLUGS.index(slug))
    author.bodies[slug] = "New text."
    author.build()


@rule("source", slug=SLUGS, links=(True, True, False))
def delete(author: Author, slug: str, links: bool) -> None:  # noqa: FBT001 - likewise
    """Delete an essay, with or without the links to it; at least two essays stay."""
    slug = written(author, slug)
    if len(author.essays) > 2:
        del author.essays[slug], author.bodies[slug]
        if links:
            _unlink(author, slug)
    author.build()


def _unlink(author: Author, slug: str) -> None:
    """Remove all links to the essay `slug`."""
    link = re.compile(rf"\{{filename\}}(/essays/)?{slug}\.md")
    author.bodies = {each: link.sub("https://example.org/", text) for each, text in author.bodies.items()}
    author.files = {
        path: link.sub("https://example.org/", text) if isinstance(text, str) else text
        for path, text in author.files.items()
    }
    author.files.pop(f"content/essays/{slug}-fr.md", None)
    for keys in author.essays.values():
        if keys.get("Answers") == slug:
            del keys["Answers"]


PLANS = (
    "Planned: The last word\n",
    "Planned: e5 | cost | 2009-06-01\nPlanned: The last word\n",
    "Planned: The last word | benefit\nPlanned: One more | cost\n",
)


@rule("source", title=("Turnings", "TURNINGS"), planned=PLANS, text=("Home", "About <us>", "More"))
def declare(author: Author, title: str, planned: str, text: str) -> None:
    """Change the file that declares a series, and its planned parts."""
    header = f"Title: {title}\nSlug: turnings\nSummary: {text}.\n{planned}"
    author.put("content/series/turnings.md", f"{header}\n{text} text.\n")


@rule("source", folder=("series", "playbook", "pages"))
def undeclare(author: Author, folder: str) -> None:
    """Remove all files of a folder, with the links to them, and restore them."""
    there = {path: text for path, text in author.files.items() if path.startswith(f"content/{folder}/")}
    link = re.compile(rf"\{{filename\}}/{folder}/[a-z-]+\.md")
    author.bodies = {slug: link.sub("https://example.org/", text) for slug, text in author.bodies.items()}
    author.files = {path: text for path, text in author.files.items() if path not in there}
    author.build()
    author.files |= there
    author.build()


@rule(
    "source", play=("let-go", "guard", "name-it"), title=("Hold on", "Let go"), related=("", "Related: let-go, guard\n")
)
def teach(author: Author, play: str, title: str, related: str) -> None:
    """Change a play file."""
    related = "" if play in related else related
    author.put(f"content/playbook/{play}.md", f"Title: {title}\nSummary: {title} now.\n{related}\n1. {title}.\n")


@rule("source", text=("Pick two.", "See [it]({filename}/essays/e1.md).", None))
def introduce(author: Author, text: str | None) -> None:
    """Change or remove the introduction of the playbook."""
    author.put("content/playbook/index.md", text and f"Title: The book\nSummary: Plays.\n\n{text}\n")


@rule("source", name=("about", "more"), title=("About", "More & more"), status=("published", "draft", "hidden", None))
def page(author: Author, name: str, title: str, status: str | None) -> None:
    """Add, change or remove a page."""
    text = f"Title: {title}\nSummary: {title}.\nStatus: {status}\n\nSee [it]({{filename}}/essays/e1.md).\n"
    author.put(f"content/pages/{name}.md", status and text)


SHADES = (30, 40)


@rule("source", slug=SLUGS, name=("a", "b"))
def show(author: Author, slug: str, name: str) -> None:
    """Add an image to a text."""
    author.edit(present(author, slug), f"\n\n![A dot]({{static}}/images/{name}.png)")


@rule("source", name=("a", "b"), shade=SHADES, width=(24, 30))
def repaint(author: Author, name: str, shade: int, width: int) -> None:
    """Replace an image."""
    path = f"content/images/{name}.png"
    images = [a_picture(each, width) for each in SHADES]
    author.put(path, other(a_picture(shade, width), author.files.get(path), images))
