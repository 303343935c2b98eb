"""Properties of renames and moves: they can be undone, cause no problems, and change names alone."""

from __future__ import annotations

import re
from functools import partial
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import a_manuscript
from essay_series import checks
from essay_series.checks.problem import new_problems
from essay_series.cli.command import CommandError
from essay_series.cli.write.rewrite.edits import edits_from, revised
from essay_series.cli.write.rewrite.order import essay_moved, renumbered
from essay_series.cli.write.rewrite.slugs import declared_renamed, essay_renamed
from essay_series.sources.manuscript import Manuscript
from essay_series.sources.markup import marked_phrases

FOLLOW = [
    "[a]({filename}/essays/{file})",
    "![b](https://example.org/b.png) [a](<{filename}/essays/{file}> 'T') [c]({filename}/essays/gain.md)",
    "[![b](https://example.org/b.png)]({filename}/essays/{file}#the-part)",
    "[a](|filename|/essays/{file}) and [b]({static}/essays/{file})",
    "— “ü” — [c]({filename}/%65ssays/{file})",
    "[a]({filename}{up}essays/{file})",
    "[a][r{n}]\n\n[r{n}]: {filename}/essays/{file} 'T'",
    "<a class='x'\n  href=\"{filename}/essays/{file}\">b</a>",
    "<blockquote cite='{filename}/essays/{file}'>b</blockquote>",
    "- [a](/essays/old-one/) [b](/essays/old-one/index.html)\n\n    [c](/essays/old-one/#the-part)",
    "[a]({filename}/series/old-series.md#old-one)",
    '<span data-promise=\'old-one\'>Soon</span> and <span class="x" data-promise="old-play">more</span>',
    "<span data-promise='old-series'>all</span> <span data-promise='Old name'>of it</span>",
    "[a]({filename}/playbook/old-play.md) [b]({tag}old-play) [c](/playbook/old-play/)",
]
STAY = [
    "`[a]({filename}/essays/{file})` and old-one, old-play",
    "```\n[a]({filename}/essays/{file})\n{tag}old-play\n```",
    "Text.\n\n    [a]({filename}/essays/{file}) [b](/playbook/old-play/)",
    "<!-- [a]({filename}/essays/{file}) --> `<span data-promise='old-one'>`",
    "[a](https://example.org/essays/old-one/) \\[b]({filename}/essays/{file})",
    "ὀλίγα, e\u0301, \u2028 and a tab\there   ",
    "Trailing.  ",
]
RENAMES = {
    "essay": (
        partial(essay_renamed, old="old-one", new="new-one"),
        partial(essay_renamed, old="new-one", new="old-one"),
    ),
    "play": tuple(
        partial(declared_renamed, kind="play", old=old, new=new)
        for old, new in (("old-play", "new-play"), ("new-play", "old-play"))
    ),
    "series": tuple(
        partial(declared_renamed, kind="series", old=old, new=new)
        for old, new in (("old-series", "new-series"), ("new-series", "old-series"))
    ),
}


def sources_of(files: dict) -> Manuscript:
    """Return the manuscript of `files`, which may embed images of one other site."""
    return a_manuscript(files, allowed_hosts=frozenset({"example.org"}))


@st.composite
def sites(draw) -> tuple[dict[str, bytes], list[bytes]]:
    """Draw the files of a small site in many spellings, and the pieces that no rename may change."""
    file, renamed = draw(st.sampled_from((("old-one.md", {}), ("a file.md", {"Slug": "old-one"}))))
    price_alias = {"Aliases": draw(st.sampled_from(("x", "x, y", "x ;y")))} if draw(st.booleans()) else {}
    pair = {"Series": draw(st.sampled_from(("old-series", "Long turns", "long  turns")))}
    tags = draw(st.sampled_from(("old-play", "other ,old-play,", "Old name; other", "other", "old-play;Old name")))
    shown = {"Status": "published"}  # also where no essay teaches it
    headers = {
        "series/old-series.md": {"Title": "Long turns"},
        "playbook/old-play.md": {"Title": "Old name", "Related": "other", **shown},
        "playbook/other.md": {**shown, "Title": "Other", "Related": draw(st.sampled_from(("old-play", "Old name")))},
        f"essays/{file}": renamed | price_alias | pair | {"Side": "cost", "Entry": "A.", "Answers": "gain"},
        "essays/gain.md": pair | {"Side": "benefit", "Entry": "B.", "Answers": "old-one", "Tags": tags},
        "essays/deep/lone.md": {"Tags": tags},
    }
    if draw(st.booleans()):
        headers["essays/deep/french.md"] = {"Slug": "old-one", "Lang": "fr", "Date": "2009-04-02"}
    kept: list[bytes] = []
    files = {}
    for number, (path, header) in enumerate(headers.items(), start=1):
        usual = {"Title": f"T{number}"} | ({"Date": f"2009-04-{number:02}"} if path.startswith("essays/") else {})
        files[path] = draw(sources(path, usual | header, file.replace(" ", "%20"), kept))
    return files, kept


@st.composite
def sources(draw, path: str, header: dict[str, str], file: str, kept: list[bytes]) -> bytes:
    """Draw a source with `header`; add to `kept` what must not change."""
    follow = draw(st.lists(st.sampled_from(FOLLOW), max_size=3))
    stay = draw(st.lists(st.sampled_from(STAY), max_size=2))
    words = {"{up}": "../" * path.count("/"), "{file}": file}
    stay = [filled(piece, words) for piece in stay]
    pieces = [filled(piece, words | {"{n}": str(n)}) for n, piece in enumerate(follow)] + stay
    blanks = st.sampled_from(("", " "))
    lines = [
        f"{draw(st.sampled_from((key, key.lower())))}: {draw(blanks)}{value}{draw(blanks)}"
        for key, value in draw(st.permutations(list(header.items())))
    ]
    if draw(st.booleans()):
        lines = ["---", *lines, "---"]
    text = "\n".join([*lines, "", "## The part", "", "\n\n".join(draw(st.permutations(pieces)))])
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    kept += [piece.replace("\n", end).encode() for piece in stay]
    last = draw(st.sampled_from(("", end, end * 3)))
    mark = draw(st.sampled_from((b"", b"\xef\xbb\xbf")))
    return mark + (text.replace("\n", end) + last).encode()


def filled(piece: str, words: dict[str, str]) -> str:
    """Return `piece` with the value of each of `words`."""
    for word, value in words.items():
        piece = piece.replace(word, value)
    return piece


def after(files, wish):
    """Return `files` after `wish`."""
    plan = wish(sources_of(files))
    edits = edits_from(plan, files)
    return {path: data for path, data in files.items() if path not in plan.paths} | {e.to: e.after for e in edits}


@pytest.mark.parametrize("kind", RENAMES)
@given(site=sites())
@settings(max_examples=40, deadline=None)
def test_renaming_back_restores_every_byte(kind, site):
    """Renaming and renaming back restores every byte of all files."""
    files, _ = site
    there, back = RENAMES[kind]
    renamed = after(files, there)
    assert renamed != files
    assert after(renamed, back) == files


@pytest.mark.parametrize("kind", RENAMES)
@given(site=sites())
@settings(max_examples=40, deadline=None)
def test_a_rename_makes_no_mistake_and_changes_the_site_by_one_name(kind, site):
    """A rename causes no problem, and the site is the same except for the slug and its alias."""
    files, _ = site
    there, _ = RENAMES[kind]
    before = sources_of(files)
    assert checks.run(before) == []
    plan = there(before)
    then = revised(before, edits_from(plan, files))
    assert new_problems(before, then, plan.moves) == []
    assert checks.run(then) == []
    old, new = there.keywords["old"], there.keywords["new"]
    assert told(before).replace(old, new) == told(then)


def told(manuscript) -> str:
    """Return the content of a site, without aliases and without how it names series and plays."""
    return re.sub(r"(aliases|plays|series)=(\([^)]*\)|'[^']*')", r"\1", repr(manuscript.site))


@pytest.mark.parametrize("kind", RENAMES)
@given(site=sites())
@settings(max_examples=40, deadline=None)
def test_only_links_are_rewritten(kind, site):
    """Code, comments, external addresses and plain text keep every byte."""
    files, kept = site
    there, _ = RENAMES[kind]
    found = b"\0".join(after(files, there).values())
    assert all(piece in found for piece in kept)


@pytest.mark.parametrize("kind", RENAMES)
@given(site=sites())
@settings(max_examples=40, deadline=None)
def test_no_reference_to_the_old_slug_is_left(kind, site):
    """After a rename, no link and no header but its aliases has the old slug."""
    files, _ = site
    there, _ = RENAMES[kind]
    old = there.keywords["old"]
    then = sources_of(after(files, there))
    for source in then.sources:
        ours = (r.target for r in then.references[source.path] if not r.target.startswith("https:"))
        assert [target for target in ours if old in target] == []
        assert old not in [phrase.name for phrase in marked_phrases(source.body)]
        assert [key for key, field in source.fields.items() if old in field.text and key != "aliases"] == []


NUMBERS = st.lists(st.integers(1, 9), min_size=2, max_size=7, unique=True) | st.lists(
    st.integers(-5, 30), min_size=2, max_size=7, unique=True
)


@given(NUMBERS, st.data())
def test_as_few_numbers_as_possible_change(numbers, data):
    """New numbers increase strictly, stay positive if all were, and as few as possible change."""
    at, to = (data.draw(st.integers(0, len(numbers) - 1)) for _ in "ab")
    wanted = sorted(numbers)
    wanted.insert(to, wanted.pop(at))
    found = renumbered(wanted, to)
    assert all(one < other for one, other in pairwise(found))
    positive = min(numbers) > 0
    assert min(found) > 0 or not positive
    changed = {n for n, pair in enumerate(zip(found, wanted, strict=True)) if pair[0] != pair[1]} | {to}
    others = [n for n in range(len(wanted)) if n != to]
    for size in range(len(changed) - 1):
        assert not any(can_stay(wanted, {to, *choice}, positive=positive) for choice in combinations(others, size))


def can_stay(numbers, changed, *, positive: bool) -> bool:
    """Tell whether the numbers can increase strictly if only those in `changed` change."""
    kept = [(n, number) for n, number in enumerate(numbers) if n not in changed]
    return all(not positive or number >= n + 1 for n, number in kept) and all(
        b - a >= j - i for (i, a), (j, b) in pairwise(kept)
    )


@st.composite
def runs(draw) -> dict[str, bytes]:
    """Draw the essays of a series, by date or by numbers, with translations and drafts."""
    slugs = draw(st.lists(st.sampled_from("abcdef"), min_size=2, unique=True))
    numbers = draw(st.lists(st.integers(1, 40), min_size=len(slugs), max_size=len(slugs), unique=True))
    by_number = draw(st.booleans())
    files = {"series/turnings.md": b"Title: Turnings\n\nText.\n"}
    for slug, number in zip(slugs, numbers, strict=True):
        part = f"{draw(st.sampled_from(('Part', 'Series_index')))}: {number}\n" if by_number else ""
        draft = draw(st.sampled_from(("", "", "Status: draft\n")))
        text = f"Title: {slug}\nDate: 2009-04-{draw(st.integers(1, 9)):02}\nSeries: turnings\n{draft}{part}"
        files[f"essays/{slug}.md"] = f"{text}\nText.\n".encode()
        if draw(st.booleans()):
            files[f"essays/{slug}-fr.md"] = f"Slug: {slug}\nLang: fr\n{text}\nText.\n".encode()
    return files


def order_of(manuscript) -> list[str]:
    """Return the slugs of the published parts in their order."""
    return [part.slug for series in manuscript.site.series for part in series.parts]


@given(runs(), st.sampled_from("abcdef"), st.sampled_from(("start", *"abcdef")))
def test_a_move_moves_one_essay_and_no_other(files, slug, behind):
    """The essay is at its new position, the others keep their order, and there is no new problem."""
    before = sources_of(files)
    try:
        plan = essay_moved(before, slug, behind)
    except CommandError:
        assume(condition=False)
    then = revised(before, edits_from(plan, files))
    assert plan.fulfilled(then)
    assert new_problems(before, then, {}) == []
    old, new = order_of(before), order_of(then)
    assert [each for each in old if each != slug] == [each for each in new if each != slug]
    if slug in new and behind in new:
        assert new.index(slug) == new.index(behind) + 1
