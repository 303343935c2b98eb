"""Libraries are changed only for builds of sites of this project's kind, and only in the versions that were checked."""

from __future__ import annotations

import sys

import pelican.plugins
import pytest
from pelican import __version__
from pelican.plugins import _utils as plugins
from typogrify import filters

from essay_series.adapter import patches
from essay_series.adapter.patches import INSTALLED, PATCHES, TYPOGRIFY, InstalledPlugins, Typeset


@pytest.fixture(autouse=True)
def _off():
    yield
    patches.switch_off()


def test_the_installed_versions_are_those_that_each_patch_was_checked_with():
    """No patch is off in this project's own environment; whoever upgrades a library checks the patch anew."""
    assert [patch.differences for patch in PATCHES] == [[]] * len(PATCHES)
    assert patches.switch_on(*PATCHES) == []
    assert all(patch.is_on for patch in PATCHES)


def test_what_was_replaced_is_put_back():
    """After the build of such a site the libraries are what they were, for builds of others in the same process."""
    before = filters.typogrify
    patches.switch_on(*PATCHES)
    assert filters.typogrify is not before
    patches.switch_off()
    assert filters.typogrify is before


def test_what_somebody_else_replaced_since_is_left_to_them(monkeypatch):
    """Another plugin's own change of the same function stays."""
    patches.switch_on(*PATCHES)
    monkeypatch.setattr(filters, "typogrify", str.upper)
    patches.switch_off()
    assert filters.typogrify == str.upper


def test_with_another_version_a_patch_is_off_and_one_line_says_so(monkeypatch):
    """The library stays as it is, and the line names the version, the one that was checked, and what is lost."""
    monkeypatch.setitem(TYPOGRIFY.checked_with, "pelican", "4.11.0")
    (line,) = patches.switch_on(*PATCHES)
    assert line.startswith(f"pelican is {__version__}, not 4.11.0: every build applies typography to all texts")
    assert not TYPOGRIFY.is_on


def test_what_is_typeset_is_not_typeset_again():
    """A text of our reader stays as it is; any other is typeset as before."""
    patches.switch_on(*PATCHES)
    once = filters.typogrify('"a" -- b')
    assert filters.typogrify(Typeset(once)) == once
    assert filters.typogrify(Typeset('"a"')) == '"a"'
    assert once == TYPOGRIFY.original('"a" -- b')


@pytest.fixture
def installed(tmp_path, monkeypatch) -> list[str]:
    """Install two plugins, and return the names of those that are imported."""
    loaded: list[str] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"import sys\nsys.loaded.append({name!r})\nregister = None\n")
    monkeypatch.setattr(sys, "loaded", loaded, raising=False)
    monkeypatch.setattr(pelican.plugins, "__path__", [str(tmp_path)])
    monkeypatch.setattr(sys, "modules", {**sys.modules})
    return loaded


def test_an_installed_plugin_is_loaded_only_where_the_settings_name_it(installed):
    """Its short name and its whole one are found as Pelican finds them; what is not named costs nothing."""
    patches.switch_on(INSTALLED)
    found = plugins.load_plugins({"PLUGINS": ["two"], "PLUGIN_PATHS": []})
    assert installed == ["two"]
    assert found == plugins.load_plugins({"PLUGINS": ["pelican.plugins.two"], "PLUGIN_PATHS": []})


def test_where_the_settings_name_no_plugins_all_that_are_installed_are_loaded(installed):
    """That is what Pelican does by itself."""
    patches.switch_on(INSTALLED)
    assert plugins.load_plugins({}) == list(INSTALLED.original().values())
    assert installed == ["one", "two"]


@pytest.mark.usefixtures("installed")
def test_only_installed_plugins_are_listed():
    """The names are those of all packages in the namespace, and no other name is among them."""
    assert "three" not in InstalledPlugins()
    assert set(InstalledPlugins()) == {"pelican.plugins.one", "pelican.plugins.two"}
