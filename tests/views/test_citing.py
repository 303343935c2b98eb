"""Citations, Markdown copies and the index of a site, read by the libraries that other programs use."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from builders import a_config, a_couple, a_part, a_source, an_essay, views_of
from essay_series.metadata import Publication, bibtex, csl, index_json, llms_txt, markdown, text_fragment
from essay_series.metadata.copies import text_of

SITE = Publication("https://e.example", "A site", "A. Author", "What it is about", "en")
COPIES = ("md", "bib", "csl.json")
CSL = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "URL"],
        "properties": {
            "type": {"enum": ["post-weblog", "webpage"]},
            "author": {"type": "array", "items": {"required": ["literal"]}},
            "issued": {"properties": {"date-parts": {"items": {"type": "array", "items": {"type": "integer"}}}}},
        },
    },
}
"""The part of CSL-JSON's schema that citations use."""
PLAIN = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


def a_view(**facts):
    """Return the view of one essay."""
    views = views_of(an_essay("one", **facts), copies=COPIES)
    return next(view for view in views.values() if view.template == "article")


def plain_tex(text: str) -> str:
    """Return `text` with every special character of TeX escaped; independent of the code under test."""
    named = {"\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum"}
    return "".join(f"\\text{named[c]}{{}}" if c in named else f"\\{c}" if c in "$&#%_" else c for c in text)


def test_a_part_is_cited_with_its_series():
    """Both forms name author, title, day, place in the series and address."""
    part = next(view for view in views_of(*a_couple()).values() if view.template == "article" and view.side)
    (entry,) = parse_string(bibtex(part, SITE), "bibtex").entries.values()
    assert entry.fields["year"] == "2009"
    assert entry.fields["note"] == "Part 1 of 2 of turnings"
    assert entry.fields["url"] == "https://e.example/essays/price/"
    (item,) = json.loads(csl(part, SITE))
    assert (item["collection-title"], item["collection-number"]) == ("turnings", "1")
    assert item["issued"] == {"date-parts": [[2009, 4, 1]]}


def test_a_series_is_cited_from_its_first_day():
    """The ledger is cited as a whole, from the day of its first part."""
    ledger = next(view for view in views_of(*a_couple()).values() if view.template == "ledger")
    (entry,) = parse_string(bibtex(ledger, SITE), "bibtex").entries.values()
    assert (entry.fields["year"], entry.fields["month"]) == ("2009", "4")
    assert json.loads(csl(ledger, SITE))[0]["type"] == "webpage"


@given(PLAIN, PLAIN)
def test_any_title_and_author_can_be_cited(title, author):
    """A BibTeX library reads one entry with the same title, and the CSL-JSON is valid."""
    view = a_view(title=title, author=author)
    (entry,) = parse_string(bibtex(view, SITE), "bibtex").entries.values()
    assert str(Text.from_latex(entry.fields["title"])) == str(Text.from_latex(f"{{{plain_tex(title)}}}"))
    (item,) = json.loads(csl(view, SITE))
    jsonschema.validate([item], CSL)
    assert (item["title"], item["author"]) == (title, [{"literal": author}])


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("50% & more", r"50\% \& more"),
        ("a_b #1 $2", r"a\_b \#1 \$2"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        ("a\\b~c^d", r"a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d"),
    ],
)
def test_special_characters_of_tex_are_escaped(title, written):
    """Characters that are commands in TeX are escaped, so that TeX prints them."""
    assert f"title = {{{{{written}}}}}," in bibtex(a_view(title=title), SITE)


def resolve(target: str) -> str:
    """Return an address for any target of a link."""
    return f"https://e.example/{target.partition('}')[2]}" if target.startswith("{") else target


def test_a_copy_has_a_heading_and_absolute_links():
    """A copy begins with title, summary, author, day and place in the series, and its links are absolute URLs."""
    text = (
        "See [one]({filename}one.md), ![a]({static}/a.png) and [it](https://x.example/).\n\n[ref]: {filename}two.md\n"
    )
    source = a_source(f"Title: T\n\n{text}")
    view = next(
        v
        for v in views_of(a_part("one", summary="Short.", entry="So.", side="cost")).values()
        if v.template == "article"
    )
    copy = markdown(view, source, resolve, a_config().to_html, SITE)
    assert copy.startswith("# One\n\n> Short.\n\n")
    assert "A. Author. 1 April 2009. Cost: So. <https://e.example/essays/one/>" in copy
    assert "[one](https://e.example/one.md)" in copy
    assert "](https://e.example//a.png)" in copy
    assert "[ref]: https://e.example/two.md" in copy


@pytest.mark.parametrize(
    ("written", "copied"),
    [
        ("a <!-- a note\nto myself --> b", "a b"),
        ("- a `b\n- <!-- a ` note -->", "- a `b\n-"),
        ("a `b <!-- c` --> d\n\n        <!-- e -->", "a `b <!-- c` --> d\n\n        <!-- e -->"),
        ("`<!-- code -->` stays", "`<!-- code -->` stays"),
        ("<span data-promise='secret'>one day</span> more", "one day more"),
        ("```\n[x]({filename}y.md)\n```", "```\n[x]({filename}y.md)\n```"),
        ("never closed <!-- and so on", "never closed"),
    ],
)
def test_a_copy_shows_nothing_that_its_page_does_not(written, copied):
    """A copy has no comments and no names of promises; code in it does not change."""
    assert text_of(a_source(f"Title: T\n\n{written}\n"), resolve, a_config().to_html) == f"{copied}\n"


def test_the_index_lists_everything_published():
    """The index lists essays with their ledger entries, series with parts and plays with both sides; no draft."""
    views = views_of(*a_couple(plays=("let-go",)), unlisted=(an_essay("draft", status="draft"),), copies=COPIES)
    found = json.loads(index_json(views, SITE))
    assert [essay["url"] for essay in found["essays"]] == [
        f"https://e.example/essays/{slug}/" for slug in ("gain", "price")
    ]
    gain, price = found["essays"]
    assert (price["side"], price["entry"], price["part"]) == ("cost", "The price.", 1)
    assert price["answers"] == gain["url"]
    assert price["markdown"] == "https://e.example/essays/price/index.md"
    assert found["series"][0]["parts"] == [price["url"], gain["url"]]
    assert found["plays"][0]["costs"] == [price["url"]]
    assert "draft" not in json.dumps(found)


def test_a_list_for_language_models_leads_to_the_texts():
    """Under the name of the site, every essay is a link to its Markdown, with its summary."""
    said = llms_txt(views_of(an_essay("one", summary="Short."), copies=COPIES), SITE)
    assert said.startswith("# A site\n\n> What it is about\n\n## Essays\n\n")
    assert "- [One](https://e.example/essays/one/index.md): Short." in said


def test_copies_are_made_only_if_the_setting_says_so():
    """Without the setting no page links to a copy of itself, and a ledger never has a Markdown copy."""
    assert a_view().copies
    assert all(not getattr(view, "copies", ()) for view in views_of(*a_couple()).values())
    ledger = next(view for view in views_of(*a_couple(), copies=COPIES).values() if view.template == "ledger")
    assert [copy.title for copy in ledger.copies] == ["BibTeX", "CSL-JSON"]


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8), max_size=12))
def test_a_fragment_names_the_ends_of_its_sentence(words):
    """The two ends of a text fragment decode to the first and last words and contain no character of its syntax."""
    fragment = text_fragment(" ".join(words))
    if not words:
        assert fragment == ""
        return
    told = fragment.removeprefix("#:~:text=").split(",")
    assert unquote(told[-1]) == words[-1]
    assert " ".join(words).startswith(unquote(told[0]))
    assert not re.search(r"[-&,#\s]", "".join(told))


def test_an_undated_essay_can_be_cited():
    """A citation of an essay without a date has no date."""
    view = a_view(date=None)
    assert "year" not in bibtex(view, SITE)
    assert "issued" not in json.loads(csl(view, SITE))[0]


def test_a_site_without_an_author_is_not_cited_as_one():
    """A citation of an essay without an author begins with its title; the site's name stands in it once."""
    site = Publication("https://e.example", "A site", "A site", "", "en")
    view = a_view(title="One")
    assert "author" not in bibtex(view, site)
    assert bibtex(view, site).count("A site") == 1
    assert "author" not in json.loads(csl(view, site))[0]


def test_a_citation_ends_in_one_full_stop(site):
    """After a date that ends in a full stop, as in Russian, a citation has no second one."""
    site.settings = 'DEFAULT_LANG = "ru"\n'
    page = site.essay("one").build().page("essays/one/index.html")
    assert re.search(r"[^.]\. <span class=.cite-address.>", page)
