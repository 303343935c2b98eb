"""The generated site's essays: a hundred published ones, their translations, and unpublished ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from compare.blocks import BLOCKS, block
from compare.texts import Header, Prose, Text, joined, unpublished_text

COUNT = 100
FIRST_DAY = date(2011, 1, 3)
HOURS = ("", "", " 18:30", " 09:15 +05:30", "T23:59:59Z")
TITLES = (
    "Essay §n: on the price",
    'The "other" side of §n',
    "Ampersands & <angles> §n",
    "Über die Größe §n",
    "日本語の題 §n",
    "It's §n -- or isn't it?",
    "§n ways, NASA's and the RFC's",
)
PLAYS = ("let-go", "guard-the-edges", "name-it", "umlaeute", "wait", "listen")
SERIES = ("turnings", "two-minds", "indexed", "ueber-grenzen", "", "plain", "plain")
"""The series of the first fourteen essays, of the next fourteen, and so on; some essays belong to none."""
ANSWERED = {1: 2, 2: 1, 3: 4, 4: 3, 5: 6, 6: 5, 9: 12, 12: 9}
"""The parts of a series that answer each other, counted from 0; the others have no answer."""
STANDINGS = ("outweighs", "outweighed", "level", "depends")
TRANSLATED = ((2, "de"), (3, "fr"), (44, "de"), (45, "de"), (46, "pt-BR"))
UNPUBLISHED: tuple[tuple[str, str, Header], ...] = (
    ("draft", "2014-01-01", (("Status", "draft"), ("Series", "turnings"), ("Side", "cost"), ("Entry", "Zzqdraft."))),
    ("undated", "", (("Status", "draft"),)),
    ("unborn", "2014-01-03", (("Status", "draft"), ("Series", "zzqseries"), ("Tags", "zzqplay"))),
    ("hidden", "2014-01-04", (("Status", "hidden"),)),
    ("future", "2999-03-04 06:00", (("Series", "ueber-grenzen"),)),
    ("skipped", "2014-01-06", (("Status", "skip"),)),
)
"""Name, date and further keys of each."""
ONCE: dict[int, Header] = {
    30: (("Author", "Bo Beck"),),
    31: (("Authors", "Bo Beck, Cy Cole"),),
    32: (("Status", "published"),),
    60: (("Save_as", "elsewhere/sixty.html"), ("Url", "elsewhere/sixty.html")),
    99: (("Series", "single"),),
}
"""Keys that only one essay has, by its number."""


def essays() -> Iterator[Text]:
    """Yield every essay."""
    prose = Prose()
    for number in range(COUNT):
        header = (("Title", title(number)), ("Date", day(number)), *_place(number), *_more(number, prose))
        yield Text(f"essays/e{number:03}.md", "essay", header, _body(number, prose))
    for number, lang in TRANSLATED:
        facts = (("Title", f"{title(number)} ({lang})"), ("Date", day(number)), ("Slug", slug(number)))
        place = (each for each in _place(number) if each[0] != "Answers")
        header = (*facts, ("Lang", lang), ("Translation", "true"), ("Follows", "2009-05-01"), *place)
        yield Text(f"essays/e{number:03}-{lang}.md", "essay", header, joined(["Ein Text.", block("notes", number)]))
    for name, when, more in UNPUBLISHED:
        dated = (("Date", when),) if when else ()
        facts = (("Title", f"Zzq{name} title"), ("Summary", f"Zzq{name} in one sentence that is kept."))
        text = joined([unpublished_text(f"zzq{name}"), *(block(one, 500) for one in BLOCKS if name == "hidden")])
        yield Text(f"essays/zzq{name}.md", "essay", (*facts, *dated, *more), text)


def title(number: int) -> str:
    """Return the title of an essay."""
    return TITLES[number % len(TITLES)].replace("§n", str(number))


def day(number: int) -> str:
    """Return the date of an essay; some have a time and a zone."""
    return f"{FIRST_DAY + timedelta(days=number * 9)}{HOURS[number % len(HOURS)]}"


def slug(number: int) -> str:
    """Return the slug of an essay; some differ from the file name."""
    return f"named-{number}" if number % 25 == 4 else f"e{number:03}"


def _place(number: int) -> Iterator[tuple[str, str]]:
    """Yield the keys for an essay's series, order, side, entry and answer."""
    series, within = SERIES[number // 14 % len(SERIES)], number % 14
    if not series or number >= COUNT - 2:
        if number % 2 == 0:
            yield "Category", "Letters"
        return
    yield "Series", "Two minds" if (series, within) == ("two-minds", 3) else series
    if series == "two-minds":
        yield "Part", str(200 - within * 10)
    if series == "indexed":
        yield "Series_index", str(within * 2 + 1)
    if within in (0, 7, 13) or series == "ueber-grenzen":
        return
    side = ("cost", "benefit")[within % 2]
    yield "Side", side
    yield "Entry", f"The {side} of “{number}” -- and what's left."
    if within in ANSWERED and series != "two-minds":
        yield "Answers", slug(number - within + ANSWERED[within])
        if side == "benefit":
            yield "Standing", STANDINGS[(within + 2 * (number // 14)) // 2 % 4]
            yield "Verdict", f"The pair of “{number}” -- weighed."


def _more(number: int, prose: Prose) -> Iterator[tuple[str, str]]:
    """Yield the keys that only some essays have."""
    if number % 25 == 4:
        yield "Slug", slug(number)
    if number % 9:
        yield "Tags", ", ".join(PLAYS[number % 5 : number % 5 + 1 + number % 3])
    if number % 11:
        yield "Summary", f'{prose.sentence(14)[:-1]} & "more" -- of it.'
    if number % 10 == 3:
        yield "Modified", f"2013-0{1 + number // 20}-11"
        yield "Revision", f"A number in essay {number} corrected."
    if number % 30 == 5:
        yield "Correction", f"2014-02-0{1 + number // 30} | {number} & more | “{number}”"
    if names_of(number)[0] == "note":
        yield "Case", f"The note of {number} | 19{number:02} | n{number}"
    if number % 20 == 7:
        yield "Aliases", f"former-{number}, /2011/{number}.html"
    yield from ONCE.get(number, ())


def names_of(number: int) -> list[str]:
    """Return the names of the three pieces of Markdown in an essay."""
    return [[*BLOCKS][(number * 3 + step) % len(BLOCKS)] for step in range(3)]


def _body(number: int, prose: Prose) -> str:
    """Return the text of a published essay: number 1 has one sentence, number 2 is very long."""
    if number == 1:
        return "One sentence."
    names = names_of(number)
    other = f"e{0 if number % 25 == 3 or number == COUNT - 1 else number + 1:03}"
    pieces = [piece for name in names for piece in (f"## {name.capitalize()}", block(name, number, other))]
    first, *rest = prose.paragraphs(90 if number == 2 else 1 + number % 6)
    link = f'See [another]({{filename}}/essays/e{(number * 7 + 3) % COUNT:03}.md) -- "as *they* say".'
    return joined([first, *pieces, *rest, link])
