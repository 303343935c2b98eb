"""New files: they build at once, explain their keys, and publish none of the explanation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SAMPLE, a_manuscript, a_source
from essay_series import checks
from essay_series.adapter.reading.sources import open_manuscript
from essay_series.cli.command import CommandError
from essay_series.cli.write import new, new_page
from essay_series.cli.write.new_file import LONGEST, NewFile, chosen_slug, create, problems_with, slug_of
from essay_series.cli.write.scaffold import PLAY_SECTIONS, sections
from essay_series.sources.declare import essay_from
from essay_series.sources.frontmatter import NOTE
from essay_series.sources.keys import keys_of

OURS = open_manuscript(str(SAMPLE / "pelicanconf.py")).config
FILES = {
    "series/turnings.md": "Title: Turnings\n\nText.\n",
    "series/two-minds.md": "Title: Two minds\n\nText.\n",
    "playbook/let-go.md": "Title: Let go\nOrder: 4\n\n## Why\n\nText.\n\n## Do this\n\n1. A step.\n",
    "playbook/guard.md": "Title: Guard\n\n## Why\n\n- A point.\n\n## Odd\n\n## Do this\n\n1. A step.\n",
    "essays/price.md": "Title: Price\nDate: 2026-01-05\nSeries: turnings\nSide: cost\nEntry: A price.\n\nText.\n",
    "essays/lone.md": "Title: Lone\nDate: 2026-01-06\n\nText.\n",
    "essays/gain.md": (
        "Title: Gain\nStatus: draft\nSeries: turnings\nSide: benefit\nEntry: A gain.\nAnswers: waited-for\n\nText.\n"
    ),
}


def planned(**options):
    """Return the new essay for `options`, as a source, on the site of `FILES`."""
    found = new.plan(options, a_manuscript(FILES))
    return a_source(found.text, found.path)


def refusal(plan=new.plan, files=FILES, **options) -> str:
    """Return the error message for `options`."""
    with pytest.raises(CommandError) as refused:
        plan(options, a_manuscript(files))
    return str(refused.value)


def test_a_side_may_be_given_by_the_name_that_its_series_has_for_it():
    """A series of myths and facts accepts these names for its sides, and an error names them."""
    files = {"series/turnings.md": "Title: Turnings\nSides: myth, myths / fact, facts\n\nText.\n"}
    found = new.plan({"TITLE": "A", "SIDE": "Fact"}, a_manuscript(files))
    assert a_source(found.text, found.path).text("side") == "benefit"
    assert (
        refusal(files=files, TITLE="A", SIDE="lie") == 'SIDE: "lie" is not a side. Use myth or fact, or leave it out.'
    )


@given(st.text(max_size=90))
def test_a_slug_is_short_and_stays_what_it_is(title):
    """The slug of any title is short enough, and slugifying it again changes nothing."""
    slug = slug_of(title, OURS)
    assert len(slug) <= LONGEST
    assert OURS.slugify(slug) == slug


@given(st.lists(st.text("abcé", min_size=1, max_size=12), min_size=1, max_size=12))
def test_a_long_title_is_cut_between_words(words):
    """A long title's slug has its first words, none of them cut unless the first alone is too long."""
    slug = slug_of(" ".join(words), OURS)
    whole = OURS.slugify(" ".join(words))
    assert f"{whole}-".startswith(f"{slug}-")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("It's \u201cso\u201d", "its-so"),
        ("Привет, мир", "privet-mir"),
        ("信用不会是你的", "xin-yong-bu-hui-shi-ni-de"),
        ("w" * 80, "w" * 60),
        ("One word " * 12, "one-word-one-word-one-word-one-word-one-word-one-word-one"),
    ],
)
def test_titles_of_all_kinds_give_slugs(title, slug):
    """Titles with quotes, in other scripts or of great length have slugs."""
    assert chosen_slug(title, "", OURS) == slug


def test_a_title_without_a_slug_is_refused():
    """A title of emoji alone is refused with a cure, which works."""
    with pytest.raises(
        CommandError, match=r'No address can be made from the title "🎉"\. Give one in plain letters: SLUG='
    ):
        chosen_slug("🎉", "", OURS)
    assert chosen_slug("🎉", "party", OURS) == "party"
    with pytest.raises(CommandError, match="Write SLUG=par-ty"):
        chosen_slug("🎉", "Par ty", OURS)


DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 2, 9))


@given(DAYS, st.none() | DAYS, st.sets(DAYS))
def test_the_next_free_day_is_the_first_possible_one(today, last, taken):
    """The day is the first from today on that is after the last part and has no other essay."""
    found = new.next_free(today, last, taken)
    may_be = [
        day
        for day in (today + timedelta(days=n) for n in range(200))
        if day not in taken and (last is None or day > last)
    ]
    assert found == may_be[0]


def test_a_new_essay_has_every_key_filled_or_explained():
    """Every key of an essay has a value or is explained in the note."""
    source = planned(TITLE="One", SIDE="cost", SERIES="Turnings", PLAY="Let go, guard")
    assert source.text("series") == "turnings"
    assert source.text("tags") == "let-go, guard"
    for key in keys_of("essay"):
        assert source.text(key.name.lower()) or f"  {key.name}: {key.meaning}\n" in f"{source.body}\n"


OPTIONS = st.fixed_dictionaries(
    {"TITLE": st.text(min_size=1, max_size=30)},
    optional={
        "SIDE": st.sampled_from(("cost", "Benefit")),
        "SERIES": st.sampled_from(("turnings", "Two minds")),
        "PLAY": st.sampled_from(("let go", "guard, let-go", "Guard; Let go")),
        "ANSWERS": st.sampled_from(("price", "gain")),
        "DATE": st.sampled_from(("2026-03-01", "2026-03-01 18:30")),
        "ENTRY": st.just("One sentence."),
        "SLUG": st.sampled_from(("one", "waited-for")),
    },
)


@given(OPTIONS)
def test_any_new_essay_builds_or_is_refused(options):
    """A new essay is a draft that adds no problem, unless its title has control characters."""
    manuscript = a_manuscript(FILES)
    try:
        found = new.plan(options, manuscript)
    except CommandError:
        return
    source = a_source(found.text, found.path)
    problems = problems_with(manuscript, source)
    told = {each.code for each in problems} - {"control-character"}
    asked = {"entry-without-side"} if "ENTRY" in options and not source.text("side") else set()
    assert told <= asked
    assert essay_from(source, manuscript.config).status == "draft"
    assert source.text("title") == " ".join(options["TITLE"].split())


@given(OPTIONS)
def test_placeholders_cannot_be_published(options):
    """Without its line "Status: draft", a new essay has problems until the note and all placeholders are gone."""
    try:
        found = new.plan(options, a_manuscript(FILES))
    except CommandError:
        return
    published = found.text.replace("Status: draft\n", "")
    codes = [each.code for each in checks.run(a_manuscript({**FILES, found.path: published}))]
    assert codes.count("unfinished") == 1 + published.count(": (the one sentence") + published.count(": (one sentence")


def test_the_day_is_the_one_after_the_last_part_that_no_essay_has():
    """A new part is dated after the last part of its series, on a day without an essay."""
    assert planned(TITLE="One", SERIES="turnings").text("date") == "2026-01-07"
    assert planned(TITLE="One", SERIES="two-minds").text("date") == "2026-01-01"
    late = new.plan({"TITLE": "One", "SERIES": "turnings"}, a_manuscript(FILES, now=datetime(2027, 1, 1, tzinfo=UTC)))
    assert "Date: 2027-01-01\n" in late.text
    end = {**FILES, "essays/end.md": "Title: End\nDate: 9999-12-31\nSeries: turnings\n\nText.\n"}
    assert "No day is left after 9999-12-31" in refusal(files=end, TITLE="One", SERIES="turnings")


def test_in_a_series_sorted_by_part_the_next_part_is_given():
    """A new part gets the next sort key, with a gap before it."""
    files = {**FILES, "essays/price.md": FILES["essays/price.md"].replace("Side:", "Part: 13\nSide:")}
    assert "\nPart: 20\n" in new.plan({"TITLE": "One", "SERIES": "turnings"}, a_manuscript(files)).text


def test_an_answer_knows_its_side_and_its_series():
    """An answer takes side and series from the answered essay, and advice tells how to pair them."""
    found = new.plan({"TITLE": "One", "ANSWERS": "price"}, a_manuscript(FILES))
    source = a_source(found.text, found.path)
    assert (source.text("side"), source.text("series"), source.text("answers")) == ("benefit", "turnings", "")
    told = (
        'To pair the two, write "Answers: one" in content/essays/price.md, '
        'and "Answers: price" in content/essays/one.md.'
    )
    assert found.advice == told
    assert told in found.text


def test_an_awaited_answer_is_paired_at_once():
    """If another essay answers the new one already, the new one answers it."""
    for options in ({"TITLE": "Waited for", "ANSWERS": "gain"}, {"TITLE": "Waited for"}):
        found = new.plan(options, a_manuscript(FILES))
        assert "\nSide: cost\n" in found.text
        assert "\nAnswers: gain\n" in found.text
        assert not found.advice


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, 'Give the title: make new TITLE="'),
        ({"TITLE": " \n"}, 'Give the title: make new TITLE="'),
        ({"TITLE": "Price"}, 'The slug "price" is taken by content/essays/price.md. Choose another: SLUG='),
        ({"TITLE": "A", "SIDE": "costs"}, 'SIDE: "costs" is not a side. Did you mean "cost"?'),
        ({"TITLE": "A", "SIDE": "cost"}, "A side needs a series: SERIES=… (available: turnings, two-minds)"),
        ({"TITLE": "A", "SERIES": "turning"}, 'SERIES: no series is called "turning". Did you mean "turnings"?'),
        ({"TITLE": "A", "PLAY": "let-goo"}, 'PLAY: no play is called "let-goo". Did you mean "let-go"?'),
        ({"TITLE": "A", "ANSWERS": "prize"}, 'ANSWERS: no essay has the slug "prize". Did you mean "price"?'),
        ({"TITLE": "Waited for", "ANSWERS": "price"}, 'ANSWERS: content/essays/gain.md answers "waited-for" already.'),
        ({"TITLE": "A", "ANSWERS": "lone"}, 'ANSWERS: "lone" has no side'),
        ({"TITLE": "A", "ANSWERS": "price", "SIDE": "cost"}, 'SIDE: "price" is a cost too; a cost answers a benefit.'),
        ({"TITLE": "A", "ANSWERS": "price", "SERIES": "two-minds"}, 'ANSWERS: "price" is in the series turnings'),
        ({"TITLE": "A", "DATE": "2026-02-30"}, 'DATE: "2026-02-30" is not a date. Write it as 2009-04-01'),
    ],
)
def test_wrong_options_are_refused_with_a_cure(options, said):
    """Missing, unknown and contradicting options end with one line and a cure."""
    assert said in refusal(**options)


def test_a_new_play_has_the_headings_that_all_plays_have():
    """A new play has the headings and starts of lists that all plays have, and the next sort key."""
    found = new_page.play_file({"TITLE": "Stop at once"}, a_manuscript(FILES))
    assert found.path == "playbook/stop-at-once.md"
    assert found.text.endswith("-->\n\n## Why\n\n## Do this\n\n1.\n\n")
    assert "\nOrder: 5\n" in found.text
    assert sections([]) == PLAY_SECTIONS


def test_finished_plays_have_the_headings_of_a_first_play():
    """The headings for a first play are those of the plays in this repository."""
    ours = [source for source in open_manuscript(str(SAMPLE / "pelicanconf.py")).sources if source.kind == "play"]
    assert sections(ours) == PLAY_SECTIONS


@pytest.mark.parametrize("title", ["Let go", "Index"])
def test_a_new_play_cannot_have_a_taken_slug(title):
    """A new play cannot have the slug of another play or of the playbook's introduction."""
    assert "is taken by" in refusal(new_page.play_file, TITLE=title)


def test_a_new_series_shows_how_a_planned_part_is_written():
    """A new series has an example of a planned part, which cannot be published."""
    found = new_page.series_file({"TITLE": "More"}, a_manuscript(FILES))
    assert found.path == "series/more.md"
    assert "\nPlanned: (planned part) | cost | 2026-01-08\n" in found.text
    assert "is taken by content/series/turnings.md" in refusal(new_page.series_file, TITLE="Turnings")


@pytest.mark.parametrize("plan", [new_page.play_file, new_page.series_file])
@given(title=st.text(min_size=1, max_size=30))
def test_new_plays_and_series_build_at_once(plan, title):
    """A new play or series adds no problem, unless its title has control characters."""
    manuscript = a_manuscript(FILES)
    try:
        found = plan({"TITLE": title}, manuscript)
    except CommandError:
        return
    assert {each.code for each in problems_with(manuscript, a_source(found.text, found.path))} <= {"control-character"}


def an_essay(text: str) -> NewFile:
    """Return a new essay with `text`."""
    return NewFile("essay", "essays/one.md", text)


def test_an_existing_file_is_not_overwritten(tmp_path, monkeypatch):
    """An existing file is kept, even if it was created a moment ago, and no temporary file is left."""
    monkeypatch.chdir(tmp_path)
    manuscript = a_manuscript({})
    assert create(manuscript, an_essay("Title: One\nStatus: draft\n")).read_text().startswith("Title")
    with pytest.raises(CommandError, match=r"content/essays/one\.md exists already"):
        create(manuscript, an_essay("Title: Two\nStatus: draft\n"))
    assert [path.name for path in tmp_path.rglob("*.*")] == ["one.md"]
    assert (tmp_path / "content/essays/one.md").read_text() == "Title: One\nStatus: draft\n"


def test_a_file_that_would_cause_a_problem_is_not_written(tmp_path, monkeypatch):
    """A file that would cause a problem is not written; the problem is reported as in a build."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=r"content/essays/one\.md:1:9: .* \[control-character\]\.(.|\n)*Nothing was"):
        create(a_manuscript({}), an_essay("Title: O\x07ne\nStatus: draft\n"))
    with pytest.raises(CommandError, match="repeated-address"):
        create(a_manuscript({}), an_essay("Title: One\nStatus: draft\nSave_as: index.html\n"))
    assert list(tmp_path.iterdir()) == []


def test_all_three_commands_write_files_and_the_site_builds(site):
    """Each command prints the path of its file; the site builds and shows none of the new files."""
    site.write("content/series/turnings.md", FILES["series/turnings.md"]).essay("price", Series="turnings")
    before = site.build().files()
    options = {"TITLE": 'It\'s "so" $HOME', "SIDE": "cost", "SERIES": "turnings"}
    assert site.publish("", command="new", **options).said == "content/essays/its-so-home.md\n"
    assert site.publish("", command="new-series", TITLE="More").said == "content/series/more.md\n"
    assert site.publish("", command="new-play", TITLE="Go").said == "content/playbook/go.md\n"
    assert NOTE in (site.folder / "content/essays/its-so-home.md").read_text()
    build = site.build()
    assert build.code == 0, build.said
    assert build.files() == before


def test_a_refusal_is_one_line(site):
    """An error is printed in one line, and the exit code is 1."""
    site.essay("price")
    done = site.publish("", command="new", TITLE="Price")
    assert done.code == 1
    assert done.said == 'The slug "price" is taken by content/essays/price.md. Choose another: SLUG=…\n'
