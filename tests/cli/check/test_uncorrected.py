"""A fact that changes after publication without a correction is told as advice."""

from __future__ import annotations

import subprocess

import pytest

ROOT = "https://e.example"


def git(folder, *words: str) -> None:
    """Run git in `folder` as somebody."""
    somebody = ("-c", "user.name=A", "-c", "user.email=a@e.example")
    subprocess.run(["git", *somebody, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def published(site):
    """Return a site whose two essays were published and committed."""
    site.essay("one", "It took half a year, in Spithead.").essay("two", "It was 1797.", Date="2009-04-02")
    assert site.publish(ROOT).code == 0
    git(site.folder, "init", "--quiet")
    git(site.folder, "add", "--all")
    git(site.folder, "commit", "--quiet", "--message", "Published")
    return site


def advised(site) -> list[str]:
    """Return what `make check` says about changed facts."""
    said = site.publish(ROOT, command="check").said
    return [line for line in said.splitlines() if "[changed-fact]" in line]


def test_a_changed_fact_without_a_correction_is_reported(published):
    """The warning names the published fact, the present one, its line, and the cure."""
    published.essay("one", "It took four months, in Spithead.")
    told = advised(published)
    assert len(told) == 1
    assert told[0].startswith("content/essays/one.md:4:9: ")
    assert 'published with "half", the text now has "four"' in told[0]


def test_corrected_facts_and_other_changes_are_not_reported(published):
    """A new correction, or a change of no fact, gives no warning."""
    published.essay("one", "It took four months, in Spithead.", Correction="2009-04-09 | half a year | four months")
    published.essay("two", "The year was 1797.", Date="2009-04-02")
    assert advised(published) == []


def test_without_a_publication_nothing_is_reported(site):
    """An unpublished essay may be changed freely."""
    site.essay("one", "It took half a year.")
    git(site.folder, "init", "--quiet")
    git(site.folder, "add", "--all")
    git(site.folder, "commit", "--quiet", "--message", "Drafted")
    site.essay("one", "It took four months.")
    assert advised(site) == []
