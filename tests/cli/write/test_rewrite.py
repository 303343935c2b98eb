"""Renames and moves by example: what is rewritten, what stays, and what is refused."""

from __future__ import annotations

import os
import subprocess
from functools import partial

import pytest

import forked
from builders import PROJECT, SiteTest, a_manuscript
from essay_series import checks
from essay_series.checks.files.rewriting import JOURNAL
from essay_series.checks.problem import new_problems
from essay_series.cli.command import CommandError
from essay_series.cli.write.rewrite.edits import Edit, edits_from, revised
from essay_series.cli.write.rewrite.journal import Disk, carry_out
from essay_series.cli.write.rewrite.order import essay_moved
from essay_series.cli.write.rewrite.slugs import declared_renamed, essay_renamed


def an_essay(title: str, day: int, rest: str) -> bytes:
    """Return the source of a part of the series, followed by `rest`."""
    return f"Title: {title}\nDate: 2009-04-0{day}\nSeries: turnings\n{rest}\n".encode()


SITE = {
    "series/turnings.md": b"Title: The turnings\n\n[a](#price) [b]({filename}/essays/price.md)\n",
    "playbook/let-go.md": b"Title: Let go\nRelated: guard\n\nText.\n",
    "playbook/guard.md": b"Title: Guard the edges\nRelated: let-go\n\n[a]({filename}let-go.md)\n",
    "essays/price.md": an_essay(
        "Price", 1, "Side: cost\nEntry: A.\nAnswers: gain\nTags: let-go, guard\n\n## The part\n\nText."
    ),
    "essays/gain.md": an_essay(
        "Gain",
        2,
        "Side: benefit\nEntry: B.\nAnswers: price\nTags: Guard the edges\n\n"
        "[a]({filename}price.md#the-part)\n`{filename}price.md`",
    ),
    "essays/closing.md": an_essay("Closing", 3, "\n[a](/essays/price/) [b](../price/) [c]({tag}let-go)"),
}
PRICE_RENAMED = partial(essay_renamed, old="price", new="cost-of-it")


def rewritten(files, wish, **settings):
    """Return `files` after the plan of `wish`, which may cause no problem and must change all files that it names."""
    before = a_manuscript(files, **settings)
    plan = wish(before)
    edits = edits_from(plan, files)
    assert new_problems(before, revised(before, edits), plan.moves) == []
    assert plan.fulfilled(revised(before, edits))
    assert all(edit.before != edit.after or edit.path != edit.to for edit in edits)
    untouched = {path: data for path, data in files.items() if path not in plan.paths}
    return untouched | {edit.to: edit.after for edit in edits}


def lines_changed(before, after):
    """Return the lines of `after` that `before` does not have."""
    known = set(before.split(b"\n"))
    return [line.decode() for line in after.split(b"\n") if line not in known]


def test_the_site_of_these_examples_is_without_mistake():
    """The files of the examples have no problem."""
    assert checks.run(a_manuscript(SITE)) == []


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("essays/gain.md", ["Answers: cost-of-it", "[a]({filename}cost-of-it.md#the-part)"]),
        ("essays/closing.md", ["[a](/essays/cost-of-it/) [b](../cost-of-it/) [c]({tag}let-go)"]),
        ("series/turnings.md", ["[a](#cost-of-it) [b]({filename}/essays/cost-of-it.md)"]),
        ("playbook/guard.md", []),
    ],
)
def test_all_references_follow_a_new_slug(path, lines):
    """A rename changes answers, links, addresses and anchors on a series' page, but no code."""
    assert lines_changed(SITE[path], rewritten(SITE, PRICE_RENAMED)[path]) == lines


def test_a_renamed_essay_keeps_its_former_slug_as_an_alias():
    """The file is renamed, and the old slug becomes an alias."""
    after = rewritten(SITE, PRICE_RENAMED)
    assert "essays/price.md" not in after
    assert lines_changed(SITE["essays/price.md"], after["essays/cost-of-it.md"]) == ["Aliases: price"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_an_added_line_ends_as_the_others_do(end):
    """A rewritten file keeps its line endings."""
    files = {path: data.replace(b"\n", end) for path, data in SITE.items()}
    after = rewritten(files, PRICE_RENAMED)
    assert after == {path: data.replace(b"\n", end) for path, data in rewritten(SITE, PRICE_RENAMED).items()}


def test_links_keep_their_percent_encoding():
    """A link with a percent-encoded path keeps the encoding, and one without it stays without."""
    closing = SITE["essays/closing.md"] + b"[a]({filename}pric%65.md) [b]({filename}price.md)\n"
    wish = partial(essay_renamed, old="price", new="été")
    after = rewritten(SITE | {"essays/closing.md": closing}, wish, slugify=str.lower)
    assert "[a]({filename}%C3%A9t%C3%A9.md) [b]({filename}été.md)".encode() in after["essays/closing.md"]


def test_links_to_headings_stay():
    """Links to a heading that is called like the essay stay."""
    files = SITE | {"series/turnings.md": b"Title: The turnings\n\n## Price\n\n[a](#price)\n"}
    assert rewritten(files, PRICE_RENAMED)["series/turnings.md"] == files["series/turnings.md"]


def test_an_address_that_does_not_come_from_the_slug_stays():
    """Links to an address that is set in front matter stay."""
    files = SITE | {
        "essays/price.md": b"Save_as: x/index.html\nUrl: x/\n" + SITE["essays/price.md"],
        "essays/closing.md": an_essay("Closing", 3, "\n[a](/x/)"),
    }
    assert rewritten(files, PRICE_RENAMED)["essays/closing.md"] == files["essays/closing.md"]


def test_an_essay_with_a_slug_of_its_own_keeps_its_file():
    """If the slug is set in front matter, its value is changed, and no file is renamed."""
    files = SITE | {"essays/price.md": b"Slug: price\n" + SITE["essays/price.md"]}
    after = rewritten(files, PRICE_RENAMED)
    assert lines_changed(files["essays/price.md"], after["essays/price.md"]) == ["Slug: cost-of-it", "Aliases: price"]
    assert b"{filename}price.md#" in after["essays/gain.md"]


def test_all_languages_of_an_essay_are_renamed_together():
    """Translations are renamed too, by file name or slug."""
    french = b"Title: Le prix\nDate: 2009-04-01\nLang: fr\nSlug: price\n\n[a]({filename}price.md)\n"
    after = rewritten(SITE | {"essays/price-fr.md": french}, PRICE_RENAMED)
    changed = lines_changed(french, after["essays/price-fr.md"])
    assert changed == ["Slug: cost-of-it", "Aliases: price", "[a]({filename}cost-of-it.md)"]


def test_a_play_is_renamed_wherever_it_is_named_by_its_slug():
    """Renaming a play changes tags, related plays, links and links to tags."""
    after = rewritten(SITE, partial(declared_renamed, kind="play", old="let-go", new="release"))
    assert lines_changed(SITE["essays/price.md"], after["essays/price.md"]) == ["Tags: release, guard"]
    assert lines_changed(SITE["playbook/guard.md"], after["playbook/guard.md"]) == [
        "Related: release",
        "[a]({filename}release.md)",
    ]
    assert b"{tag}release" in after["essays/closing.md"]
    assert lines_changed(SITE["playbook/let-go.md"], after["playbook/release.md"]) == ["Aliases: let-go"]


def test_names_of_a_play_by_its_title_stay():
    """Names of a play by its title are not changed."""
    after = rewritten(SITE, partial(declared_renamed, kind="play", old="guard", new="fences"))
    assert after["essays/gain.md"] == SITE["essays/gain.md"]
    assert lines_changed(SITE["essays/price.md"], after["essays/price.md"]) == ["Tags: let-go, fences"]


def test_a_name_that_is_slug_and_title_counts_as_title():
    """If title and slug are spelled alike, only the slug's exact spelling is rewritten."""
    files = SITE | {"essays/closing.md": an_essay("Closing", 3, "Tags: Let go, let-go\n\nText.")}
    after = rewritten(files, partial(declared_renamed, kind="play", old="let-go", new="release"))
    assert b"\nTags: Let go, release\n" in after["essays/closing.md"]


def test_a_series_is_renamed_with_all_its_parts():
    """Renaming a series changes the series of all its essays."""
    after = rewritten(SITE, partial(declared_renamed, kind="series", old="turnings", new="bends"))
    assert {path for path in after if b"Series: bends" in after[path]} == {p for p in SITE if p.startswith("essays/")}
    assert b"Aliases: turnings" in after["series/bends.md"]


def test_links_to_the_book_of_a_renamed_series_follow():
    """Links to the EPUB and the feeds of a renamed series are changed."""
    text = "\n[a](/series/turnings/turnings.epub) [b](/feeds/series/turnings.atom.xml)"
    files = SITE | {"essays/closing.md": an_essay("Closing", 3, text)}
    wish = partial(declared_renamed, kind="series", old="turnings", new="bends")
    after = rewritten(files, wish, book_formats=("epub",))
    assert b"[a](/series/bends/bends.epub) [b](/feeds/series/bends.atom.xml)" in after["essays/closing.md"]


def test_a_published_address_is_kept_when_a_rename_is_taken_back():
    """An address that was published between two renames stays as an alias."""
    files = rewritten(SITE, PRICE_RENAMED)
    known = (
        'authority = "a.example,2009"\n[addresses]\n"/essays/cost-of-it/" = { first = "2009-04-01", id = "tag:a" }\n'
    )
    after = rewritten(files | {"published.toml": known}, partial(essay_renamed, old="cost-of-it", new="price"))
    assert b"\nAliases: cost-of-it\n" in after["essays/price.md"]


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("Aliases: x", "y", "Aliases: x, price"),
        ("Aliases: x; z", "y", "Aliases: x; z; price"),
        ("Aliases: x,  z", "x", "Aliases: price,  z"),
        ("Aliases: x, z", "z", "Aliases: x"),
        ("Aliases:  x", "x", "Aliases:  price"),
        ("Aliases: x", "x", "Aliases: price"),
        ("Aliases: /essays/x/, z", "x", "Aliases: price, z"),
    ],
)
def test_aliases_grow_in_place_and_give_a_former_slug_back(before, new, after):
    """An existing list of aliases is extended; if the new slug is in it, the old one replaces it."""
    files = SITE | {"essays/price.md": SITE["essays/price.md"].replace(b"Side: cost", f"Side: cost\n{before}".encode())}
    found = rewritten(files, partial(essay_renamed, old="price", new=new))[f"essays/{new}.md"]
    assert [line for line in found.decode().splitlines() if line.startswith("Aliases")] == [after]


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (partial(essay_renamed, old="prize", new="x"), 'no essay with the slug "prize". Did you mean "price"?'),
        (partial(essay_renamed, old="price", new="gain"), '"gain" is taken by essays/gain.md'),
        (partial(essay_renamed, old="price", new="price"), 'The slug is "price" already'),
        (partial(essay_renamed, old="price", new="The Cost"), "Write NEW=the-cost"),
        (partial(essay_renamed, old="price", new="…"), "no letter or digit"),
        (partial(essay_renamed, old="price", new="a/b"), 'Write "Slug: a/b"'),
        (partial(declared_renamed, kind="play", old="let-go", new="guard"), 'taken by the play "guard"'),
        (partial(declared_renamed, kind="play", old="let-go", new="guard-the-edges"), 'taken by the play "guard"'),
        (partial(declared_renamed, kind="play", old="let-go", new="index"), "the playbook's introduction"),
        (partial(declared_renamed, kind="series", old="turning", new="x"), 'Did you mean "turnings"?'),
        (partial(essay_moved, slug="price", after="start"), "is in that position already"),
        (partial(essay_moved, slug="price", after="price"), "cannot follow itself"),
        (partial(essay_moved, slug="price", after="gone"), 'No essay of the same series has the slug "gone"'),
        (partial(essay_moved, slug="gone", after="price"), 'There is no essay with the slug "gone"'),
    ],
)
def test_an_impossible_rename_is_refused(wish, told):
    """Unknown, taken and unusable slugs are refused with a reason."""
    with pytest.raises(CommandError) as refusal:
        wish(a_manuscript(SITE))
    assert told in str(refusal.value)


def test_a_file_in_the_way_is_never_overwritten():
    """A rename is refused if a file has the new name, in any case of its letters."""
    with pytest.raises(CommandError, match=r"essays/cost-of-it\.md exists already"):
        PRICE_RENAMED(a_manuscript(SITE | {"essays/COST-OF-IT.MD": b""}))


def test_a_series_by_date_gets_numbers_in_its_present_order():
    """After a move in a series that is ordered by date, every part has a number, ten apart, and its date."""
    after = rewritten(SITE, partial(essay_moved, slug="closing", after="price"))
    parts = {path: lines_changed(SITE[path], after[path]) for path in sorted(SITE) if path.startswith("essays/")}
    assert parts == {
        "essays/closing.md": ["Part: 20"],
        "essays/gain.md": ["Part: 30"],
        "essays/price.md": ["Part: 10"],
    }


def test_a_series_with_numbers_changes_as_few_as_can_be():
    """If there is a gap, only the moved essay gets a new number, under its present key."""
    numbers = {"price": "Part: 10", "gain": "Part: 20", "closing": "Series_index: 30"}
    numbered = {
        f"essays/{slug}.md": SITE[f"essays/{slug}.md"].replace(b"Series:", f"{line}\nSeries:".encode())
        for slug, line in numbers.items()
    }
    after = rewritten(SITE | numbered, partial(essay_moved, slug="closing", after="start"))
    assert {p: d for p, d in after.items() if d != (SITE | numbered)[p]}.keys() == {"essays/closing.md"}
    assert b"\nSeries_index: 5\n" in after["essays/closing.md"]


def test_a_translation_without_a_number_gets_none_where_the_originals_have_theirs():
    """A translation without a number gets none."""
    files = {
        path: data.replace(b"Series:", f"Part: {n}0\nSeries:".encode()) if path.startswith("essays/") else data
        for n, (path, data) in enumerate(SITE.items(), start=1)
    }
    files["essays/closing-fr.md"] = an_essay("Fin", 3, "Slug: closing\nLang: fr\n\nTexte.")
    after = rewritten(files, partial(essay_moved, slug="closing", after="price"))
    assert [path for path in files if after[path] != files[path]] == ["essays/closing.md"]


# The commands, as an author runs them


@pytest.fixture
def desk(site) -> SiteTest:
    """Return a real site of the examples."""
    for path, data in SITE.items():
        site.write(f"content/{path}", data)
    site.configure()
    return site


def run(site, command, **options):
    """Run a command in the folder of `site`; return its exit code and output."""
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'plugins'}{os.pathsep}{PROJECT}", **options}
    done = forked.start(site.folder, "essay_series", command, variables=environment).wait()
    return done.code, done.said


RENAME = "rename-essay"
OPTIONS = {"OLD": "price", "NEW": "cost-of-it"}


def sources(site):
    """Return every file of the content folder."""
    root = site.folder / "content"
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def test_a_rename_is_shown_first_and_done_on_demand(desk):
    """Without APPLY a diff is printed and nothing is written; with APPLY the sources are rewritten, and build."""
    code, said = run(desk, RENAME, **OPTIONS)
    assert (code, sources(desk)) == (0, SITE)
    assert "+Answers: cost-of-it" in said
    assert "rename content/essays/price.md -> content/essays/cost-of-it.md" in said
    assert "essays/gain.md:10 mentions it in code or as plain text" in said
    assert run(desk, RENAME, **OPTIONS, APPLY="1", FORCE="1")[0] == 0
    assert sources(desk) == rewritten(SITE, PRICE_RENAMED)
    assert "essays/cost-of-it/#the-part" in desk.build().page("essays/gain/index.html")


def test_a_mistake_in_a_file_to_be_rewritten_stops_the_rename(desk):
    """A problem in a file to be rewritten is reported with its line, and nothing is written."""
    desk.write("content/essays/gain.md", SITE["essays/gain.md"].replace(b"Side:", b"Sid:"))
    before = sources(desk)
    code, said = run(desk, RENAME, **OPTIONS, APPLY="1")
    assert (code, sources(desk)) == (1, before)
    assert "content/essays/gain.md:4:1:" in said
    assert "Traceback" not in said


def test_uncommitted_files_are_rewritten_only_with_force(desk):
    """Files with uncommitted changes are not rewritten unless FORCE=1 is given."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "content"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *command], cwd=desk.folder, check=True)
    desk.write("content/essays/gain.md", SITE["essays/gain.md"] + b"\nMore.\n")
    subprocess.run([*git, "rm", "-q", "--cached", "content/essays/price.md"], cwd=desk.folder, check=True)
    subprocess.run([*git, "commit", "-qm", "less"], cwd=desk.folder, check=True)
    code, said = run(desk, RENAME, **OPTIONS, APPLY="1")
    assert (code, "Not committed yet: essays/gain.md, essays/price.md" in said) == (1, True)
    assert run(desk, RENAME, **OPTIONS, APPLY="1", FORCE="1")[0] == 0
    assert sources(desk)["essays/gain.md"].endswith(b"\nMore.\n")


@pytest.mark.parametrize("folder", ["no repository", "no commit", "no git"])
def test_without_a_commit_files_are_rewritten_only_with_force(desk, folder):
    """Without a commit, git could not restore the files, so nothing is written."""
    if folder == "no commit":
        subprocess.run(["git", "init", "-q"], cwd=desk.folder, check=True)
    options = {**OPTIONS, "APPLY": "1", **({"PATH": ""} if folder == "no git" else {})}
    before = sources(desk)
    code, said = run(desk, RENAME, **options)
    assert (code, said.count("\n"), sources(desk)) == (1, 1, before)
    assert "The present files could not be restored" in said


def test_a_rename_that_would_make_a_mistake_is_refused(desk):
    """A rename to the alias of another essay is refused with the problem that it would cause."""
    desk.write("content/essays/closing.md", an_essay("Closing", 3, "Aliases: cost-of-it\n\nText."))
    before = sources(desk)
    code, said = run(desk, RENAME, **OPTIONS, APPLY="1")
    assert (code, "[taken-alias]" in said, sources(desk)) == (1, True, before)


def test_a_slug_that_settings_decide_cannot_be_changed(site):
    """A rename is refused if the settings would give the renamed file another slug."""
    site.settings = "PATH_METADATA = r'essays/(?P<slug>[a-z]+)'\n"
    site.essay("price").configure()
    before = sources(site)
    code, said = run(site, RENAME, **OPTIONS, APPLY="1")
    assert (code, "a setting or a path decides it" in said, sources(site)) == (1, True, before)


class Interrupted(Disk):
    """A disk that fails before the first source is replaced."""

    def replace(self, file, target):
        """Put only the journal in place."""
        if not target.name.endswith(".json"):
            raise KeyboardInterrupt
        super().replace(file, target)


def test_the_next_command_finishes_an_interrupted_change(desk):
    """After an interruption a build stops with an error, and the next command finishes the change."""
    edits = [Edit("essays/gain.md", "essays/gain.md", SITE["essays/gain.md"], SITE["essays/gain.md"] + b"More.\n")]
    with pytest.raises(KeyboardInterrupt):
        carry_out(desk.folder / "content", edits, Interrupted())
    built = desk.build()
    assert (built.code, "[interrupted-rewriting]" in built.said) == (1, True)
    code, said = run(desk, "recover")
    assert (code, "Finished an interrupted change: essays/gain.md" in said) == (0, True)
    assert sources(desk)["essays/gain.md"].endswith(b"More.\n")
    assert JOURNAL not in sources(desk)
    assert run(desk, "recover") == (0, "There is nothing to recover.\n")


def test_a_new_file_finishes_an_interrupted_change_first(desk):
    """Starting a new essay finishes an interrupted change first, whose journal would be lost otherwise."""
    more = SITE["essays/gain.md"] + b"More.\n"
    with pytest.raises(KeyboardInterrupt):
        carry_out(desk.folder / "content", [Edit("essays/gain.md", "essays/gain.md", more[:-6], more)], Interrupted())
    code, said = run(desk, "new", TITLE="Another")
    assert (code, said.splitlines()[0]) == (0, "Finished an interrupted change: essays/gain.md")
    assert sources(desk)["essays/gain.md"] == more
    assert JOURNAL not in sources(desk)


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [
        (RENAME, {"OLD": "price"}, "make rename-essay OLD=slug NEW=slug"),
        ("rename-play", {}, "make rename-play OLD=slug NEW=slug"),
        ("move", {"ESSAY": "price"}, "make move ESSAY=slug AFTER=slug"),
    ],
)
def test_a_missing_option_is_asked_for(desk, command, options, told):
    """A missing option is reported in one line, with an example of the command."""
    code, said = run(desk, command, **options)
    assert (code, said.count("\n"), told in said) == (1, 1, True)


def test_an_essay_is_moved_by_command(desk):
    """A move prints the order before and after."""
    code, said = run(desk, "move", ESSAY="closing", AFTER="start", APPLY="1", FORCE="1")
    assert code == 0
    assert "before: price, gain, closing\nafter:  closing, price, gain" in said
    assert b"Part: 10\n" in sources(desk)["essays/closing.md"]
