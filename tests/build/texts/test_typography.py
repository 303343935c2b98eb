"""The fast typography gives the same bytes as the library."""

from __future__ import annotations

import pytest
import smartypants
from hypothesis import example, given
from hypothesis import strategies as st
from typogrify import filters

from builders import PROJECT
from essay_series.build.texts import typography
from mixtures import ANYTHING, CODE, PROSE, mixtures

LIBRARY = typography._LIBRARY  # noqa: SLF001 - the library's own, whoever has replaced it since
STEPS = ("amp", "smartypants", "caps", "initial_quotes", "widont")
ATTRIBUTES = smartypants.Attr


@pytest.fixture(autouse=True)
def library(monkeypatch):
    """Restore the library afterwards; it has the attributes that Pelican sets."""
    before = ATTRIBUTES.default
    monkeypatch.setattr(filters, "typogrify", LIBRARY)
    ATTRIBUTES.default = ATTRIBUTES.set1 | ATTRIBUTES.w
    yield
    ATTRIBUTES.default = before


def same(text: str, *arguments, **wanted) -> bool:
    """Tell whether our function and the library's give the same for `text`."""
    return typography.typogrify(text, *arguments, **wanted) == LIBRARY(text, *arguments, **wanted)


@pytest.mark.parametrize("kinds", [PROSE, ANYTHING, (*PROSE, *CODE)], ids=["prose", "anything", "code"])
def test_thousands_of_mixtures_come_out_the_same(kinds):
    """Quotes at every boundary, entities, nested and broken tags, comments, code and Unicode give the same bytes."""
    assert [text for text in mixtures(kinds, 4000, seed=8) if not same(text)] == []


@given(st.lists(st.sampled_from(ANYTHING), max_size=12).map("".join))
def test_any_mixture_comes_out_the_same(text):
    """Any sequence of pieces gives the same bytes."""
    assert same(text)


@given(st.text())
def test_any_text_comes_out_the_same(text):
    """Any text gives the same bytes."""
    assert same(text)


@given(st.text(alphabet="s'. aT1"))
@example("The boss's's.")
@example("a's's's b")
def test_any_text_of_apostrophes_comes_out_the_same(text):
    """So does text in which two apostrophes share an "s"."""
    assert same(text)


@given(st.text(alphabet="\"' -.&<>/pae\\`\n1A;#"))
def test_any_text_of_marks_comes_out_the_same(text):
    """So does text with hardly anything but punctuation."""
    assert same(text)


@pytest.mark.slow
@pytest.mark.parametrize("quote", ['"', "'", "''", "\"'", "'\"", "&quot;", "``", "\\'"])
def test_quotes_come_out_the_same_at_every_boundary(quote):
    """A quote between any two pieces gives the same bytes, alone or in a paragraph."""
    assert [a for a in PROSE if not same("".join(f"<p>{a}{quote}{b}</p>" for b in PROSE))] == []
    assert [a for a in PROSE if not same(f"{a}{quote}") or not same(f"{quote}{a}")] == []


@pytest.mark.parametrize("text", ["<a b c</p> d</p>", "<em x</li> y</li>", "<p>a <b c</b> d</p>"])
def test_a_tag_that_is_not_closed_comes_out_the_same(text):
    """A tag within an unclosed tag gives the same bytes."""
    assert same(text)


@pytest.mark.parametrize("attributes", [ATTRIBUTES.set0, ATTRIBUTES.set2, ATTRIBUTES.set3, ATTRIBUTES.q])
@pytest.mark.parametrize("others", [0, ATTRIBUTES.w, ATTRIBUTES.h])
def test_every_setting_of_dashes_is_kept(attributes, others):
    """All values of TYPOGRIFY_DASHES, and any other attributes, give the same bytes."""
    ATTRIBUTES.default = attributes | others
    assert [text for text in mixtures(ANYTHING, 300, seed=9) if not same(text)] == []


@pytest.mark.parametrize("omitted", STEPS)
def test_every_step_can_be_left_out(omitted):
    """TYPOGRIFY_OMIT_FILTERS gives the same bytes for any steps."""
    alone = dict.fromkeys(set(STEPS) - {omitted}, False)
    texts = list(mixtures(ANYTHING, 500, seed=10))
    assert [text for text in texts if not (same(text, None, **{omitted: False}) and same(text, None, **alone))] == []


@pytest.mark.parametrize("ignored", [(), ["em"], [".amp"], ["#a"], ["h2#a", "td"]])
def test_ignored_tags_are_ignored(ignored):
    """TYPOGRIFY_IGNORE_TAGS gives the same bytes."""
    assert [text for text in mixtures(ANYTHING, 500, seed=11) if not same(text, ignored)] == []


def test_an_unknown_step_is_an_error():
    """An unknown step raises the library's exception, which Pelican relies on."""
    with pytest.raises(TypeError, match="nonsense"):
        typography.typogrify("a b", None, nonsense=False)


def test_with_another_version_the_library_does_the_work(monkeypatch):
    """With another version of the library, its own function is called."""
    monkeypatch.setattr(typography, "_LIBRARY", lambda text, *_, **__: f"new {text}")
    assert typography.typogrify("a -- b") == "a &#8212;&nbsp;b"
    monkeypatch.setitem(typography.VERSIONS, "smartypants", "2.0.1")
    assert typography.typogrify("a -- b") == "new a -- b"


OFF = {
    "the fast typography": (
        "from essay_series.build.texts.typography import VERSIONS; VERSIONS['typogrify'] = '0'",
        "",
    ),
    "the patch": (
        "from essay_series.adapter.patches import TYPOGRIFY; TYPOGRIFY.checked_with['pelican'] = '0'",
        "pelican is 4.12.0, not 0: every build applies typography to all texts",
    ),
}


@pytest.mark.parametrize("what", OFF)
def test_a_whole_site_has_the_same_bytes_without_it(site, tmp_path, what):
    """A site that is built with the library's function has the same bytes."""
    off, line = OFF[what]
    for number, text in enumerate(mixtures([t for t in PROSE if ":" not in t], 30, seed=12)):
        title = " ".join(text.split()) or "Title"
        site.essay(f"essay-{number}", text, Title=f"Title {title}", Summary=f"Summary {title}")
    fast = site.build()
    site.settings = (
        f"import sys; sys.path.append({str(PROJECT / 'plugins')!r})\n{off}\nOUTPUT_PATH = {str(tmp_path / 'slow')!r}\n"
    )
    slow = site.build()
    assert (fast.code, slow.code) == (0, 0), fast.said
    assert line in slow.said
    assert fast.files()
    assert {p.relative_to(tmp_path / "slow").as_posix(): p.read_bytes() for p in (tmp_path / "slow").rglob("*.*")} == (
        fast.files()
    )
