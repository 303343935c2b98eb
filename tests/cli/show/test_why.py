"""The reasons for which the last build wrote or kept a file."""

from __future__ import annotations

import pytest

from builders import SiteTest

pytestmark = pytest.mark.site


@pytest.fixture
def built(site) -> SiteTest:
    """Return a site of two essays, of which one was changed after the first build."""
    site.settings = "TEMPLATE_PAGES = {'plain.html': 'plain.html'}\n"
    site.write("content/plain.html", "Hello.")
    site.essay("one").essay("two", Series="Turnings")
    site.build()
    site.essay("one", body="Other words.")
    built = site.build()
    assert built.code == 0, built.said
    return site


def why(site: SiteTest, page: str = "", **options: str) -> str:
    """Return the answer for `page`."""
    done = site.publish("", command="why", PAGE=page, **options)
    return done.said.strip()


@pytest.mark.parametrize(
    "page",
    [
        "essays/one/",
        "/essays/one/",
        "essays/one/index.html",
        "output/essays/one/index.html",
        "https://e.example/essays/one/",
    ],
)
def test_the_reason_for_a_page_is_shown(built, page):
    """A written page is explained with its reason, whether it is named by path or address."""
    said = why(built, page)
    assert said.startswith("essays/one/index.html was written by the last build, ")
    assert said.endswith(": its content changed.")


def test_a_kept_page_is_explained(built):
    """A kept page is explained with the reason for which it was last written."""
    said = why(built, "essays/two/")
    assert "was kept by the last build: none of its inputs has changed." in said
    assert said.endswith(": there is no earlier build.")


def test_a_page_that_every_build_writes_is_explained(built):
    """A page without recorded inputs is written by every build."""
    assert why(built, "plain.html") == "plain.html is made on every build."


def test_without_a_page_all_written_files_are_listed(built):
    """The files that the last build wrote are listed by their reason."""
    said = why(built)
    assert said.splitlines()[0].startswith("The last build wrote ")
    assert "essays/one/index.html" in said
    assert "essays/two/index.html" not in said


def test_an_unknown_page_is_refused(built):
    """An unknown page is an error that suggests a similar one, and an unknown output folder is an error."""
    assert "made no file essays/oen/. Did you mean PAGE=essays/one/?" in why(built, "essays/oen/")
    assert "No build of public/ is recorded." in why(built, "essays/one/", OUTPUT="public")
