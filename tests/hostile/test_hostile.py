"""Hostile or damaged sources are refused with file and line, or shown as they are."""

from __future__ import annotations

import os

import pytest
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

from builders import SiteTest, a_manuscript
from essay_series.checks import run
from hostile.cases import BODIES, NAMES, TEXTS

HEADER = "Title: One\nDate: 2009-04-01\n"
EXPECTED = {"__pycache__", "content", "output", "cache", "pelicanconf.py", ".output.lock", ".output.standby"}
VALUES = ("title", "entry", "summary", "slug", "series", "tags", "side", "answers", "date", "part", "aliases", "lang")


def problems_of(text: str | bytes, path: str = "essays/one.md") -> list[str]:
    """Return the problems of one essay."""
    return [str(problem) for problem in run(a_manuscript({path: text}))]


def on_one_line(text: str) -> str:
    """Return `text` on one line, as a header can hold it."""
    return " ".join(text.split())


def accepted(key: str) -> dict[str, str]:
    """Return the hostile texts that the checks accept under `key`."""
    lines = {name: on_one_line(text) for name, text in TEXTS.items()}
    return {name: text for name, text in lines.items() if not problems_of(header(key, text))}


def header(key: str, text: str) -> str:
    """Return an essay whose `key` is `text`."""
    values = {"title": "One", "date": "2009-04-01", "slug": "one", key: text}
    return "".join(f"{name}: {value}\n" for name, value in values.items()) + "\nText.\n"


@pytest.mark.parametrize("key", VALUES)
@pytest.mark.parametrize("name", TEXTS)
def test_any_front_matter_value_is_accepted_or_refused(key, name):
    """Any text under any key is accepted, or refused with file, line and code."""
    for problem in problems_of(header(key, on_one_line(TEXTS[name]))):
        assert problem.startswith("essays/one.md:")
        assert "[" in problem
        assert len(problem) < 500


@pytest.mark.parametrize("name", BODIES)
def test_any_body_is_accepted_or_refused(name):
    """Any body becomes HTML or is refused, without endless recursion."""
    sources = a_manuscript({"essays/one.md": f"{HEADER}\n{BODIES[name]}\n"})
    problems = run(sources)
    assert all(problem.path == "essays/one.md" for problem in problems)
    if not problems:
        assert isinstance(sources.config.to_html(BODIES[name]), str)


@pytest.mark.parametrize(
    "data", [b"\0", b"\xff\xfe", b"Title: \xe9\n", b"\xef\xbb\xbf", b"\r\r\r", b"---\n" * 999, b":" * 9999]
)
def test_bytes_that_are_no_source_are_refused(data):
    """Bytes that are no text with a header are refused with file and line."""
    problems = problems_of(data)
    assert problems
    assert all(problem.startswith("essays/one.md:") for problem in problems)


@pytest.mark.parametrize("name", TEXTS)
def test_a_damaged_record_is_refused_by_line(name):
    """Any bytes in the published record are read as facts or refused with a line."""
    for problem in run(a_manuscript({"essays/one.md": f"{HEADER}\nText.\n", "published.toml": TEXTS[name].encode()})):
        assert str(problem).startswith("published.toml:")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory) -> SiteTest:
    """Return a site with all accepted hostile texts in titles, entries, summaries, names and bodies."""
    site = SiteTest(tmp_path_factory.mktemp("hostile") / "site")
    for number, name in enumerate(sorted(accepted("title").keys() & accepted("entry").keys())):
        text = on_one_line(TEXTS[name])
        keys = {"Slug": f"essay-{number}", "Series": "Turnings", "Side": "cost", "Entry": text, "Summary": text}
        site.essay(f"essay-{number}", f"{name}:\n\n`{text}`", Title=text, **keys)
    addresses = set()
    for number, text in enumerate(accepted("tags").values()):
        address = slugify(text, DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"])
        if 0 < len(address) < 200 and address not in addresses:
            addresses.add(address)
            site.essay(f"tagged-{number}", Tags=text)
    return site


@pytest.mark.site
def test_hostile_texts_are_built_and_nothing_leaves_the_output(hostile_site):
    """Accepted texts are built without a crash, and no file appears outside the output."""
    before = {path for path in hostile_site.folder.parent.rglob("*") if hostile_site.folder not in path.parents}
    built = hostile_site.build()
    assert built.code == 0, built.said
    assert "Traceback" not in built.said
    beside = {path.name for path in hostile_site.folder.iterdir()}
    assert beside <= EXPECTED
    assert before == {path for path in hostile_site.folder.parent.rglob("*") if hostile_site.folder not in path.parents}
    assert not [path for path in hostile_site.folder.rglob("*") if path.name == "pwned" and path.is_file()]


@pytest.mark.site
def test_template_code_in_a_text_is_shown_and_not_run(hostile_site):
    """Jinja code in a text is shown as it was written."""
    essays = hostile_site.build().files()
    page = next(data for path, data in essays.items() if path.startswith("essays/") and b"7 * 7" in data)
    assert b">49<" not in page
    assert b" 49 " not in page
    assert b"{% include" in page


@pytest.mark.site
@pytest.mark.parametrize("name", NAMES)
def test_a_strange_file_name_is_built_or_refused(tmp_path, name):
    """A file name with a special meaning gives a page or a problem."""
    site = SiteTest(tmp_path / "site").essay(name)
    built = site.build()
    assert "Traceback" not in built.said
    assert built.code == 0 or "content/essays/" in built.said
    assert {path.name for path in site.folder.iterdir()} <= EXPECTED


@pytest.mark.site
def test_an_undecodable_file_name_is_refused(tmp_path):
    """A file name that is not valid UTF-8 is a problem and no crash."""
    site = SiteTest(tmp_path).essay("one")
    with open(os.fsencode(tmp_path / "content/essays") + b"/\xff.md", "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(f"{HEADER}\nText.\n".encode())
    built = site.build()
    assert built.code == 1
    assert "Traceback" not in built.said


@pytest.mark.site
@pytest.mark.parametrize("target", ["outside.md", "nowhere.md"])
@pytest.mark.parametrize("link", ["essays/link.md", "images/link.png", "essays"])
def test_a_link_out_of_the_content_folder_is_refused(tmp_path, target, link):
    """A symbolic link that leaves the content folder or is broken is refused, and nothing is published."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "outside.md").write_text(f"{HEADER}\nA secret.\n", encoding="utf-8")
    site = SiteTest(tmp_path / "site").write("content/pages/about.md", "Title: About\n\nText.\n")
    place = site.folder / "content" / link
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(outside / target if place.suffix else outside)
    built = site.build()
    assert built.code == 1, built.said
    assert "[stray-file]" in built.said
    assert not built.output.exists()


@pytest.mark.site
@pytest.mark.parametrize("link", ["essays/x.md", "images/x.png"])
def test_a_link_that_leads_to_itself_is_refused(site, link):
    """A symbolic link to itself is refused like a broken one."""
    place = site.write("content/pages/about.md", "Title: About\n\nText.\n").folder / "content" / link
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(place.name)
    built = site.build()
    assert built.code == 1, built.said
    assert f"content/{link}:1:1" in built.said
    assert "[stray-file]" in built.said
    assert "Traceback" not in built.said


@pytest.mark.site
def test_a_link_within_the_content_folder_is_followed(tmp_path):
    """A symbolic link to another file of the content folder is followed."""
    site = SiteTest(tmp_path).essay("one", "![A dot]({static}/images/two.png)").write("content/images/one.png", b"dot")
    (tmp_path / "content/images/two.png").symlink_to("one.png")
    built = site.build()
    assert built.code == 0, built.said
    assert built.files()["images/two.png"] == b"dot"
