"""Every file of a small site, compared with the approved ones.

`make golden` approves the present files; the difference is then reviewed like any other.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from builders import SiteTest

pytestmark = pytest.mark.site

HERE = Path(__file__).parents[1] / "site"
EXPECTED = HERE / "expected"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, str]:
    """Return the small site's files as text, without look and blank lines."""
    site = SiteTest(tmp_path_factory.mktemp("golden"))
    shutil.copytree(HERE / "content", site.folder / "content")
    build = site.build()
    assert build.code == 0, build.said
    texts = {path: data for path, data in build.files().items() if not path.startswith("theme/")}
    return {path: plain(data.decode()) for path, data in texts.items()}


def plain(text: str) -> str:
    """Return `text` without its style sheet, colours, hashes, and blank lines."""
    text = re.sub(r"(?s)<style>.*?</style>", "<style></style>", text)
    text = re.sub(r"'sha256-[^']*'", "'sha256-'", text)
    text = re.sub(r"#[0-9a-f]{6}\b", "#colour", text)
    text = re.sub(r"(theme/[\w-]+)\.[0-9a-f]{10}\.", r"\1.", text)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines() if line.strip())


def expected() -> dict[str, str]:
    """Return the approved files."""
    found = (path for path in EXPECTED.rglob("*") if path.is_file())
    return {path.relative_to(EXPECTED).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_the_files_are_the_approved_ones(made):
    """The small site has exactly the approved files."""
    if os.environ.get("APPROVE"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, text in made.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_text(text, encoding="utf-8")
    assert sorted(made) == sorted(expected())


@pytest.mark.parametrize("path", sorted(expected()))
def test_each_file_is_as_approved(made, path):
    """Each file has the approved text."""
    assert made[path] == expected()[path]


def test_readers_find_every_page_from_the_home_page(made):
    """Each page is linked from one that is found, so that none has to be known by its address."""
    pages = {f"/{path}".removesuffix("index.html"): text for path, text in made.items() if path.endswith(".html")}
    found, waiting = set(), ["/"]
    while waiting:
        page = waiting.pop()
        if page in pages.keys() - found:
            found.add(page)
            links = re.findall(r'<a [^>]*?href="([^"]+)"', pages[page])
            waiting += [urlsplit(urljoin(page, link)).path for link in links]
    assert pages.keys() - found == set()
