"""Names of the theme's files, which change with what the files hold."""

from __future__ import annotations

import re
import shutil

from hypothesis import given
from hypothesis import strategies as st

from builders import PROJECT, SiteTest
from essay_series.hosts import assets

ROOT = "https://e.example"


@given(st.binary(), st.binary())
def test_a_name_changes_exactly_when_the_file_does(one, other):
    """Two files have the same hashed name if and only if their content is the same."""
    names = [assets({"theme/a.svg": data}).name("theme/a.svg") for data in (one, other)]
    assert re.fullmatch(r"theme/a\.[0-9a-f]{10}\.svg", names[0])
    assert (names[0] == names[1]) == (one == other)


def test_a_style_sheet_has_the_hashed_names_of_its_files():
    """So its own name changes when one of them changes."""
    sheet = b"a{src: url(\"f.woff2\")} b{src:url( 'f.woff2' )} c{src:url(https://x.example/f.woff2)}"
    found = [assets({"theme/f.woff2": font, "theme/s.css": sheet}) for font in (b"1", b"2")]
    for each in found:
        font = each.name("theme/f.woff2").removeprefix("theme/").encode()
        text = each.files[each.name("theme/s.css")]
        assert text.count(b'url("%s")' % font) == 2
        assert b"https://x.example/f.woff2" in text
    assert found[0].name("theme/s.css") != found[1].name("theme/s.css")


def test_a_licence_keeps_its_name():
    """No page loads it, and people look for it by its name."""
    assert assets({"theme/OFL.txt": b"x"}).files == {"theme/OFL.txt": b"x"}


def test_a_path_outside_the_theme_stays_unchanged():
    """Settings may name any file."""
    assert assets({}).name("images/x.png") == "images/x.png"


def test_every_file_that_pages_and_feeds_load_exists(site: SiteTest):
    """Each theme file that a page, a feed or a style sheet names exists, and no others except scripts."""
    built = site.essay("one").build()
    assert built.code == 0, built.said
    files = built.files()
    named = set(re.findall(r"/(theme/[\w./-]+)", built.page("index.html") + built.page("feeds/all.atom.xml")))
    sheet = next(path for path in files if re.fullmatch(r"theme/feed\.[0-9a-f]{10}\.css", path))
    named |= {f"theme/{name}" for name in re.findall(r'url\("([^"]+)"\)', built.page(sheet))}
    named |= set(re.findall(r"/(theme/[\w./-]+)", built.page("manifest.json")))
    unnamed = {path for path in files if path.startswith("theme/")} - named
    assert sorted(path.split(".")[0] for path in unnamed) == ["theme/OFL", "theme/register", "theme/search"]
    assert len(named) == 8


def test_a_changed_file_replaces_the_old_one(site: SiteTest):
    """The next build writes the new name into every page and removes the old file."""
    shutil.copytree(PROJECT / "theme", site.folder / "theme")
    site.settings = "THEME = 'theme'\nTHEME_TEMPLATES_OVERRIDES = ['theme/static/css']\n"
    before = site.essay("one").build().files()
    site.write("theme/static/images/match.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    after = site.build()
    [old] = before.keys() - after.files().keys()
    [new] = after.files().keys() - before.keys()
    assert old.startswith("theme/match.")
    assert new in after.page("essays/one/index.html")
    assert old not in after.published()


def test_netlify_caches_hashed_files_only(site: SiteTest):
    """Each hashed file has a line; pages and feeds, which browsers revalidate, have none."""
    built = site.essay("one").publish(ROOT)
    assert built.code == 0, built.said
    lines = built.page("_headers").splitlines()
    kept = [lines[at - 1] for at, line in enumerate(lines) if "immutable" in line and "/theme/" in lines[at - 1]]
    assert len(kept) == 10
    assert all(re.fullmatch(r"/theme/.+\.[0-9a-f]{10}\.\w+", path) for path in kept)
