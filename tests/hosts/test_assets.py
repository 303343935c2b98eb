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
    """Two files of one name have one new name if and only if they are the same."""
    names = [assets({"theme/a.svg": data}).name("theme/a.svg") for data in (one, other)]
    assert re.fullmatch(r"theme/a\.[0-9a-f]{10}\.svg", names[0])
    assert (names[0] == names[1]) == (one == other)


def test_a_style_sheet_follows_what_it_loads():
    """A sheet names the files beside it by their new names, so that its own name changes with theirs."""
    sheet = b"a{src: url(\"f.woff2\")} b{src:url( 'f.woff2' )} c{src:url(https://x.example/f.woff2)}"
    found = [assets({"theme/f.woff2": font, "theme/s.css": sheet}) for font in (b"1", b"2")]
    for each in found:
        font = each.name("theme/f.woff2").removeprefix("theme/").encode()
        text = each.files[each.name("theme/s.css")]
        assert text.count(b'url("%s")' % font) == 2
        assert b"https://x.example/f.woff2" in text
    assert found[0].name("theme/s.css") != found[1].name("theme/s.css")


def test_a_licence_keeps_its_name():
    """What people look for, and no page loads, stays where it is."""
    assert assets({"theme/OFL.txt": b"x"}).files == {"theme/OFL.txt": b"x"}


def test_a_file_of_others_keeps_its_name():
    """A path that is not the theme's is what it was, so that settings may name any file."""
    assert assets({}).name("images/x.png") == "images/x.png"


def test_pages_and_feeds_load_what_was_written(site: SiteTest):
    """Every file of the theme that a page, a feed or a style sheet names is there, and no other but scripts."""
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


def test_a_changed_file_takes_the_place_of_the_old_one(site: SiteTest):
    """The next build writes the new name into every page, and takes the old file away."""
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


def test_netlify_is_told_what_may_be_kept(site: SiteTest):
    """Each such file has its line; pages and feeds, which browsers ask for each time, have none."""
    built = site.essay("one").publish(ROOT)
    assert built.code == 0, built.said
    lines = built.page("_headers").splitlines()
    kept = [lines[at - 1] for at, line in enumerate(lines) if "immutable" in line and "/theme/" in lines[at - 1]]
    assert len(kept) == 10
    assert all(re.fullmatch(r"/theme/.+\.[0-9a-f]{10}\.\w+", path) for path in kept)
