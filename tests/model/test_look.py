"""How a site looks: read from the theme and from the site, and followed by everything that has colours or fonts."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO

import pytest
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from builders import PROJECT, SiteTest
from essay_series.look import COLOURS, LookError, contrast, look_of

THEME = PROJECT / "theme"
NIGHT = {"paper": "#0a0a0a", "paper-raised": "#101010", "ink": "#ffffff", "ink-quiet": "#eeeeee", "rule": "#666666"}
NIGHT |= {"rule-strong": "#999999", "ember": "#ffcc99", "flame": "#00ff00", "deep": "#99ccff", "link": "#ffff99"}
NIGHT |= {"link-read": "#ff99ff", "focus": "#99ccff", "select": "#333333"}


def a_look(folder, text: str):
    """Write the site's own look, and return its file."""
    file = folder / "look.toml"
    file.write_text(text, encoding="utf-8")
    return file


def table(name: str, values) -> str:
    """Return a table of TOML."""
    return f"[{name}]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


def told(folder, text: str) -> list[str]:
    """Return what is said of a look, each line without the folder."""
    with pytest.raises(LookError) as error:
        look_of(THEME, a_look(folder, text))
    return str(error.value).replace(f"{folder}/", "").splitlines()


def test_a_theme_without_a_look_has_none(tmp_path):
    """A theme that does not say how it looks is left as it is, whatever the site says."""
    assert look_of(tmp_path, a_look(tmp_path / "..", "")) is None


def test_the_site_overrides_what_it_names_and_nothing_else(tmp_path):
    """One colour of the site's own takes the place of the theme's; all others stay."""
    mine, theirs = look_of(THEME, a_look(tmp_path, '[light]\nember = "#5C0000"\n')), look_of(THEME)
    assert mine.light == {**theirs.light, "ember": "#5c0000"}
    assert (mine.dark, mine.fonts, mine.mark) == (theirs.dark, theirs.fonts, theirs.mark)


def test_files_of_the_site_lead_from_its_own_folder(tmp_path):
    """A font that the site's look names is found beside that file."""
    (tmp_path / "my.woff2").write_bytes(b"wOF2")
    assert look_of(THEME, a_look(tmp_path, '[fonts]\nitalic = "my.woff2"\n')).fonts["italic"] == tmp_path / "my.woff2"


def test_what_the_theme_says_of_its_letters_holds_for_its_own_fonts(tmp_path):
    """Fonts of the site's own are taken to have the letters of its languages, unless it says which they have."""
    theirs = look_of(THEME)
    assert [theirs.has_letters_of(*each) for each in (("de", "Latn"), ("pl", "Latn"), ("ru", "Cyrl"))] == [
        True,
        False,
        False,
    ]
    (tmp_path / "my.woff2").write_bytes(b"wOF2")
    own = '[fonts]\nregular = "my.woff2"\n'
    mine = look_of(THEME, a_look(tmp_path, own))
    assert mine.has_letters_of("pl-PL", "Latn")
    assert mine.has_letters_of("ru", "Cyrl")
    mine = look_of(THEME, a_look(tmp_path, f'{own}[letters]\nscripts = "Cyrl"\nlacks = "mn kk"\n'))
    said = [("ru", "Cyrl"), ("kk-KZ", "Cyrl"), ("de", "Latn")]
    assert [mine.has_letters_of(*each) for each in said] == [True, False, False]


def test_the_theme_knows_which_letters_its_fonts_have():
    """A language of Latin letters is in the list unless all cuts have those of its months and days (ISO 639-1)."""
    look = look_of(THEME)
    covered = set.intersection(*({*TTFont(file).getBestCmap()} for file in look.fonts.values()))
    likely = get_global("likely_subtags")
    latin = [tag for tag in locale_identifiers() if len(tag) == 2 and "_Latn_" in likely.get(tag, "")]
    lacking = [tag for tag in latin if {*map(ord, letters_of(tag))} - covered]
    assert look.scripts == ("Latn",)
    assert sorted(look.lacks) == sorted(lacking)


def letters_of(tag: str) -> set[str]:
    """Return the letters of the months and days of a language."""
    locale = Locale.parse(tag)
    words = (*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values())
    return {letter for word in words for letter in word if letter.isalpha()}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "[light\n",
            ["look.toml:1:7: invalid TOML: Expected ']' at the end of a table declaration. Correct the line."],
        ),
        ('[light]\nembre = "#000000"\n', ['look.toml:2:1: "embre" is not known. Did you mean "ember"?']),
        ("[lihgt]\n", ['look.toml:1:1: "lihgt" is not known. Did you mean "light"?']),
        (
            '[letters]\nscripts = ["Latn"]\nlacks = "pl, cs"\n',
            [
                "look.toml:2:1: ['Latn'] is not a list of codes. Write it as \"Latn Cyrl\".",
                "look.toml:3:1: 'pl, cs' is not a list of codes. Write it as \"Latn Cyrl\".",
            ],
        ),
        ("light = 3\n", ['look.toml:1:1: "light" is not a table. Write [light] and a line for each value.']),
        (
            '[dark]\nink = "red"\npaper = 7\n',
            [
                "look.toml:2:1: 'red' is not a colour. Write it as #rrggbb.",
                "look.toml:3:1: 7 is not a colour. Write it as #rrggbb.",
            ],
        ),
        (
            '[mark]\nmark = "x.svg"\n',
            ["look.toml:2:1: there is no file 'x.svg'. Paths are relative to this file."],
        ),
        (
            '[light]\n\nselect = "#241c16"\n',
            ["look.toml:3:1: ink on select has a contrast of 1.0 to 1 in [light], not 7. Make one lighter or darker."],
        ),
    ],
)
def test_each_mistake_is_told_with_its_line_and_cure(tmp_path, text, lines):
    """Unknown names, values that cannot be read, missing files and pale colours are all told, at once."""
    assert told(tmp_path, text) == lines


@pytest.mark.parametrize("missing", ["light", "fonts"])
def test_a_missing_value_is_reported(tmp_path, missing):
    """The look of a theme must be complete."""
    for path in ("static/fonts", "static/images"):
        shutil.copytree(THEME / path, tmp_path / path)
    shutil.copy(THEME / "match.svg", tmp_path)
    text = (THEME / "look.toml").read_text(encoding="utf-8")
    key = {"light": "ember", "fonts": "italic"}[missing]
    begin = text.index(f"[{missing}]")
    line = text.index(f"\n{key} =", begin)
    (tmp_path / "look.toml").write_text(text[:line] + text[text.index("\n", line + 1) :], encoding="utf-8")
    with pytest.raises(LookError, match=rf"look.toml:1:1: the table \[{missing}\] has no {key}\. Add a line for it\."):
        look_of(tmp_path)


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_contrast_is_symmetric(one, other):
    """It is from 1 for equal colours to 21 for black and white."""
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.001
    assert contrast(one, one) == 1


@pytest.mark.site
def test_everything_with_colours_follows_the_look_of_the_site(site: SiteTest):
    """Pages, feeds, the manifest, cards and the cover of a book have the site's colours, and none of the theme's."""
    assert NIGHT.keys() == set(COLOURS)
    site.write("look.toml", table("light", NIGHT) + table("dark", NIGHT))
    site.settings += "CARDS = True\n"
    site.essay("one", Series="turnings")
    built = site.publish("https://e.example")
    assert built.code == 0, built.said
    page = built.page("index.html")
    sheet = next(path for path in built.files() if "feed." in path and path.endswith(".css"))
    assert f"--flame: {NIGHT['flame']};" in page
    assert NIGHT["paper"] in built.page(sheet)
    assert json.loads(built.page("manifest.json"))["theme_color"] == NIGHT["paper"]
    with Image.open(BytesIO(built.files()["essays/one/index.card.png"])) as card:
        assert card.convert("RGB").getpixel((1, 1)) == tuple(bytes.fromhex(NIGHT["paper"][1:]))
    theirs = look_of(THEME)
    old = {colour.encode() for colour in (*theirs.light.values(), *theirs.dark.values())}
    pages = {path: data for path, data in built.files().items() if path.endswith((".html", ".css", ".json"))}
    assert [path for path, data in pages.items() if any(colour in data for colour in old)] == []


@pytest.mark.site
def test_a_mark_of_ones_own_is_shown_everywhere(site: SiteTest):
    """Header, icon, manifest and feeds have it, and nothing of the theme's mark is left, PNGs included."""
    site.write("mark.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>')
    site.write("look.toml", '[mark]\nmark = "mark.svg"\n')
    built = site.essay("one").publish("https://e.example")
    assert built.code == 0, built.said
    page = built.page("essays/one/index.html")
    icon = re.search(r'<link rel="icon" type="image/svg\+xml" href="/(theme/mark\.[0-9a-f]{10}\.svg)">', page)[1]
    assert f'<img class="match" src="/{icon}" width="32" height="32" alt="">' in page
    assert "match-flame" not in page.partition("</style>")[2]
    assert b"M0 0h8v8H0z" in built.files()[icon]
    assert [each["src"] for each in json.loads(built.page("manifest.json"))["icons"]] == [f"/{icon}"]
    assert f"https://e.example/{icon}" in built.page("feeds/all.atom.xml")


@pytest.mark.site
def test_a_look_that_cannot_be_used_stops_the_build(site: SiteTest):
    """The mistake is told with its line, and nothing is written."""
    site.write("look.toml", '[light]\nink = "red"\n')
    build = site.essay("one").build()
    assert build.code == 1
    assert "look.toml:2:1: 'red' is not a colour. Write it as #rrggbb." in build.said
    assert build.files() == {}


@pytest.mark.site
def test_a_changed_look_renders_all_pages(site: SiteTest):
    """So does a look that appears or disappears."""
    site.essay("one")
    first = site.build().page("index.html")
    site.write("look.toml", '[light]\nember = "#5c0000"\n')
    assert "#5c0000" in site.build().page("index.html")
    site.remove("look.toml")
    assert site.build().page("index.html") == first
