"""Explanations of an essay: its place, its appearances, and the effects of changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import get_args, get_type_hints

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

from builders import a_manuscript, a_source
from essay_series import views
from essay_series.cli.command import CommandError
from essay_series.cli.show.appearances import IN_OTHERS, PLACES
from essay_series.cli.show.changes import changes
from essay_series.cli.show.explain import explanation, find
from essay_series.cli.show.what_if import changed, variant, what_if

FILES = {
    "series/turnings.md": "Title: Turnings\n\nText.\n",
    "playbook/let-go.md": "Title: Let go\n\nSee [it]({filename}/essays/price.md).\n",
    "essays/opening.md": "Title: Opening\nDate: 2009-04-01\nSeries: turnings\n\nText.\n",
    "essays/price.md": (
        "Title: Price\nDate: 2009-04-02\nSeries: turnings\nSide: cost\nEntry: A price.\nAnswers: gain\nTags: let-go\n"
        "Aliases: toll\n\nText.\n"
    ),
    "essays/gain.md": (
        "Title: Gain\nDate: 2009-04-03\nSeries: turnings\nSide: benefit\nEntry: A gain.\nAnswers: price\n"
        "Tags: let-go\n\nText.\n"
    ),
    "essays/closing.md": "Title: Closing\nDate: 2009-04-04 18:30\nSeries: turnings\n\nText.\n",
    "essays/soon.md": "Title: Soon\nDate: 2026-02-01\nSeries: turnings\n\nText.\n",
    "essays/idea.md": "Title: Idea\nStatus: draft\nSeries: turnings\n\nText.\n",
    "essays/lone.md": "Title: Lone\nDate: 2009-04-02\n\nText.\n",
}
EXPECTED = """\
Price
  content/essays/price.md
  published, 2009-04-02, part 2 of 4 of "Turnings"

Why it is part 2
  Parts are ordered by their dates; on the same day, by their slugs.
      1  2009-04-01  opening
  >   2  2009-04-02  price
      3  2009-04-03  gain

Its side
  cost: A price.
  weighed against the benefit "Gain" (gain)

Pages that show it
  /essays/price/  its own page
  /  in its series
  /archive/  under its year
  /essays/gain/  in the list of parts, as its answer
  /playbook/  under its plays, in the matrix
  /playbook/let-go/  among the costs
  /series/turnings/  in a pair
  and 2 other parts in the list of parts

Feeds that carry it
  /feeds/all.atom.xml  All essays
  /feeds/series/turnings.atom.xml  Turnings, in reading order
  /feeds/sides/costs.atom.xml  The costs
  /feeds/plays/let-go.atom.xml  Let go

Texts that link to it
  content/playbook/let-go.md:3

Its addresses
  /essays/price/  now
  /essays/toll/  before

If it were a draft
  it is no longer part of "Turnings", which has 3 parts left
  parts 3 to 4 become 2 to 3
  "Gain" loses its answer
  the play "Let go" loses its last cost
  removed: /essays/price/, /feeds/sides/costs.json, /feeds/sides/costs.rss.xml and /feeds/sides/costs.atom.xml
  a mistake in content/playbook/let-go.md: essays/price.md is not published [link-to-unpublished]

Dated before 2009-04-01, the date of "Opening"
  it becomes part 1 of 4 of "Turnings"
  part 1 becomes 2

Dated after 2009-04-03, the date of "Gain"
  it becomes part 3 of 4 of "Turnings"
  part 3 becomes 2"""


def explained(slug: str, files=FILES, **settings) -> str:
    """Return the explanation of an essay."""
    manuscript = a_manuscript(files, **settings)
    return unstyle(explanation(manuscript, find(manuscript, slug)))


def effects(slug: str, change: str, files=FILES) -> tuple[str, ...]:
    """Return the effects of the change that starts with `change`."""
    manuscript = a_manuscript(files)
    return next(each.effects for each in changes(manuscript, find(manuscript, slug)) if each.change.startswith(change))


def test_an_essay_is_explained_from_its_place_to_what_would_change_it():
    """The explanation of a part, word for word."""
    assert explained("price") == EXPECTED


def classes_in(hint: object, met: frozenset[object] = frozenset()) -> Iterator[object]:
    """Yield every class that values of the type `hint` may contain."""
    yield hint
    inner = get_type_hints(hint).values() if is_dataclass(hint) and hint not in met else get_args(hint)
    for each in inner:
        yield from classes_in(each, met | {hint})


def test_every_field_that_may_hold_an_essay_has_a_phrase():
    """No page that shows an essay is left out of its explanation."""
    shown = {
        name
        for kind in views.KINDS
        for name, hint in get_type_hints(kind).items()
        if any(each is views.Part for each in classes_in(hint))
    }
    assert shown == PLACES.keys() | set(IN_OTHERS)


def test_the_page_of_cases_is_among_those_that_show_an_essay():
    """An essay that argues from a case is told of the page on which that stands."""
    case = FILES["essays/lone.md"].replace("\n\n", "\nCase: A door | 1997 | a\n\n[^a]: A book.\n\n")
    assert "\n  /cases/  with its cases\n" in explained("lone", {**FILES, "essays/lone.md": case})


@pytest.mark.parametrize(
    "name",
    [
        *("price", "Price", "price.md", "essays/price.md", "content/essays/price.md", "toll", "/essays/toll/"),
        *("/essays/price/", "essays/price", "/essays/price/index.html", "https://e.example/essays/price/"),
    ],
)
def test_an_essay_is_found_by_any_of_its_names(name):
    """An essay is found by its slug, title, file, full or partial address, or former slug."""
    assert find(a_manuscript(FILES, root="https://e.example"), name).slug == "price"


def test_an_unknown_essay_is_refused_with_a_suggestion():
    """An unknown name is an error that suggests a similar one."""
    with pytest.raises(CommandError, match=r'no essay is called "prise"\. Did you mean "price"'):
        find(a_manuscript(FILES), "prise")


def test_effects_of_a_scheduled_essay_are_those_on_its_day():
    """A scheduled essay's effects are computed as of its day."""
    text = explained("soon")
    assert 'scheduled, 2026-02-01, belongs to "turnings", but is not a part of it yet' in text
    assert "Pages that show it\n  none, because it is not published yet" in text
    assert effects("soon", "On its day, 2026-02-01") == (
        'it becomes part 5 of 5 of "Turnings"',
        "new: /essays/soon/",
    )


def test_effects_of_a_draft_are_those_of_its_publication():
    """A draft would be published today or on its date, with everything else that is due by then."""
    assert effects("idea", "If it were published today") == (
        'it becomes part 5 of 5 of "Turnings"',
        "new: /essays/idea/",
    )
    dated = {**FILES, "essays/idea.md": "Title: Idea\nDate: 2026-03-01\nStatus: draft\nSeries: turnings\n\nText.\n"}
    assert effects("idea", "If it were published with its date, 2026-03-01", dated) == (
        'it becomes part 6 of 6 of "Turnings"',
        "new: /essays/idea/ and /essays/soon/",
    )


def test_in_a_series_sorted_by_part_free_numbers_are_proposed():
    """In a series ordered by Part, only free numbers are proposed."""
    parts = {"opening": 10, "price": 20, "gain": 30, "closing": 31, "soon": 40, "idea": 50}
    files = dict(FILES)
    for slug, part in parts.items():
        path = f"essays/{slug}.md"
        files[path] = files[path].replace("Series: turnings\n", f"Series: turnings\nPart: {part}\n")
    assert "Parts are ordered by their key Part." in explained("price", files)
    assert effects("price", 'With "Part: 9"', files)[0] == 'it becomes part 1 of 4 of "Turnings"'
    assert effects("price", "Without Part in the whole series", files) == ("nothing changes",)
    manuscript = a_manuscript(files)
    assert not any('"Part: 31"' in each.change for each in changes(manuscript, find(manuscript, "price")))


def test_a_lone_essay_has_no_part_to_explain():
    """An essay outside any series has no place, and no dates are proposed."""
    text = explained("lone")
    assert "published, 2009-04-02, outside any series" in text
    assert "Why it is" not in text
    assert "Dated" not in text


def test_the_first_day_and_id_of_a_recorded_essay_are_shown():
    """A recorded essay's first day and feed id come from the published record."""
    record = (
        'authority = "e.example,2026"\n\n[addresses]\n"/essays/price/" = { first = "2026-01-02", id = "tag:e:x" }\n'
    )
    text = explained("price", {**FILES, "published.toml": record})
    assert "  /essays/price/  now, first published on 2026-01-02\n  tag:e:x  in feeds\n" in text


def test_mistakes_that_a_change_would_cause_are_listed_up_to_a_number():
    """A part in one essay alone is a mistake in all others; the first four are listed, and the rest is counted."""
    manuscript = a_manuscript(FILES)
    essay = manuscript.essays["essays/price.md"]
    after = variant(manuscript, changed(manuscript.by_path[essay.source], {"Part": "1"}))
    found = [each for each in what_if("", manuscript, after, essay).effects if "mistake" in each]
    assert found[0].startswith('a mistake in content/essays/closing.md: "Part" is missing')
    assert (len(found), found[-1]) == (5, "1 more mistake")


@given(st.data())
def test_listed_numbers_are_those_of_the_changed_site(data):
    """For any change, the listed new numbers are those of the changed site."""
    days = data.draw(st.lists(st.integers(1, 28), min_size=2, max_size=9))
    files = {f"essays/e{n}.md": f"Title: E{n}\nDate: 2009-04-{d:02}\nSeries: S\n\nText.\n" for n, d in enumerate(days)}
    before = a_manuscript(files)
    essay = before.essays[data.draw(st.sampled_from(sorted(files)))]
    values = data.draw(st.sampled_from(({"Date": "2009-04-14"}, {"Status": "draft"}, {"Part": "3"}, {"Series": "T"})))
    after = variant(before, changed(before.by_path[essay.source], values))
    said = "\n".join(what_if("", before, after, essay).effects)
    moved = {slug: place.number for slug, place in before.site.places.items() if slug != essay.slug}
    for first, last, to in re.findall(r"^parts? (\d+)(?: to (\d+))? becomes? (\d+)", said, re.MULTILINE):
        for slug, place in before.site.places.items():
            if slug != essay.slug and int(first) <= place.number <= int(last or first):
                moved[slug] = place.number + int(to) - int(first)
    then = {slug: place.number for slug, place in after.site.places.items() if slug != essay.slug}
    assert moved == then
    own = re.search(r"^it becomes part (\d+)", said, re.MULTILINE)
    place = after.site.places.get(essay.slug)
    number = before.site.places[essay.slug].number
    assert (place.number if place else None) == (int(own[1]) if own else None if "no longer" in said else number)


@given(st.sampled_from(sorted(path for path in FILES if path.startswith("essays/"))))
def test_the_same_sources_change_nothing(path):
    """An unchanged manuscript has no effects."""
    manuscript = a_manuscript(FILES)
    essay = manuscript.essays[path]
    assert what_if("", manuscript, variant(manuscript, manuscript.by_path[path]), essay).effects == ("nothing changes",)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Title: A\nDate: x\n\nText.", {"Date": "y"}, "Date: y\nTitle: A\n\nText."),
        ("---\ntitle: A\nDATE: x\n---\nText.", {"Date": "y"}, "---\nDate: y\ntitle: A\n---\nText."),
        ("Title: A\nPart: 1\n    2\npart: 3\n\nPart: 4", {"Part": None}, "Title: A\n\nPart: 4"),
        ("Title: A\n\nText.", {"Part": None, "Status": "draft"}, "Status: draft\nTitle: A\n\nText."),
    ],
)
def test_a_key_is_changed_as_an_author_would(text, values, expected):
    """A changed key replaces all its lines in the header, and the text stays."""
    assert "\n".join(changed(a_source(text.encode()), values).lines) == expected


def test_the_command_prints_an_explanation(site):
    """The command prints an explanation, or one line for an unknown essay."""
    site.essay("one", Series="turnings")
    assert 'part 1 of 1 of "turnings"' in site.publish("", command="explain", ESSAY="one").said
    refused = site.publish("", command="explain", ESSAY="two")
    assert (refused.code, refused.said.count("\n")) == (1, 1)
