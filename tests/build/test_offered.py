"""Markdown finds the extensions that it is offered, as it finds those of the installed packages."""

from __future__ import annotations

import pytest
from markdown import Markdown, util

from essay_series.build import guards

NAMES = ["extra", "toc", "meta", "markdown.extensions.nl2br"]
TEXT = "Title: A\n\n# One\n\nTwo  \nlines[^1] | and\n\n[^1]: A note.\n"


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch):
    """Let what is offered be forgotten after each test."""
    monkeypatch.setattr(util, "get_installed_extensions", util.get_installed_extensions)


def test_what_was_found_once_is_found_again():
    """The extensions of all packages make the same of a text when they are offered, also by way of the store."""
    before = Markdown(extensions=NAMES).convert(TEXT)
    found = guards.offered()
    guards.offer([list(each) for each in found])
    assert guards.offered() == found
    assert Markdown(extensions=NAMES).convert(TEXT) == before


def test_an_extension_of_another_package_is_found():
    """Whatever a package calls its extension, Markdown knows it by that name."""
    guards.offer([("breaks", "markdown.extensions.nl2br:Nl2BrExtension")])
    assert "<br" in Markdown(extensions=["breaks"]).convert("One\ntwo")


def test_what_nobody_offers_is_refused_as_ever():
    """A name that no package offers, and no module has, is an error."""
    guards.offer([])
    with pytest.raises(ModuleNotFoundError):
        Markdown(extensions=["breaks"])
