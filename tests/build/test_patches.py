"""Libraries are patched only during builds in the site mode, and only in versions that were checked."""

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


def test_every_patch_was_checked_with_the_installed_version():
    """In this project's own environment no patch is off."""
    assert [patch.differences for patch in PATCHES] == [[]] * len(PATCHES)
    assert patches.switch_on(*PATCHES) == []
    assert all(patch.is_on for patch in PATCHES)


def test_patches_are_undone_after_a_build():
    """After a build in the site mode the libraries are restored, for other builds in the same process."""
    before = filters.typogrify
    patches.switch_on(*PATCHES)
    assert filters.typogrify is not before
    patches.switch_off()
    assert filters.typogrify is before


def test_a_later_patch_of_another_plugin_stays(monkeypatch):
    """If another plugin has patched the same function since, its patch stays."""
    patches.switch_on(*PATCHES)
    monkeypatch.setattr(filters, "typogrify", str.upper)
    patches.switch_off()
    assert filters.typogrify == str.upper


def test_with_another_version_a_patch_is_off_and_one_line_says_so(monkeypatch):
    """The line names the installed version, the one that was checked, and the consequence."""
    monkeypatch.setitem(TYPOGRIFY.checked_with, "pelican", "4.11.0")
    (line,) = patches.switch_on(*PATCHES)
    assert line.startswith(f"pelican is {__version__}, not 4.11.0: every build applies typography to all texts")
    assert not TYPOGRIFY.is_on


def test_what_is_typeset_is_not_typeset_again():
    """A text from our reader is not typeset again; any other is."""
    patches.switch_on(*PATCHES)
    once = filters.typogrify('"a" -- b')
    assert filters.typogrify(Typeset(once)) == once
    assert filters.typogrify(Typeset('"a"')) == '"a"'
    assert once == TYPOGRIFY.original('"a" -- b')


@pytest.fixture
def installed(tmp_path, monkeypatch) -> list[str]:
    """Install two plugins, and return a list that collects the names of those that are imported."""
    loaded: list[str] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"import sys\nsys.loaded.append({name!r})\nregister = None\n")
    monkeypatch.setattr(sys, "loaded", loaded, raising=False)
    monkeypatch.setattr(pelican.plugins, "__path__", [str(tmp_path)])
    monkeypatch.setattr(sys, "modules", {**sys.modules})
    return loaded


def test_only_named_plugins_are_loaded(installed):
    """An installed plugin is loaded only if the settings name it, in short or in full."""
    patches.switch_on(INSTALLED)
    found = plugins.load_plugins({"PLUGINS": ["two"], "PLUGIN_PATHS": []})
    assert installed == ["two"]
    assert found == plugins.load_plugins({"PLUGINS": ["pelican.plugins.two"], "PLUGIN_PATHS": []})


def test_without_a_setting_all_installed_plugins_are_loaded(installed):
    """If the settings do not set PLUGINS, Pelican loads all installed plugins."""
    patches.switch_on(INSTALLED)
    assert plugins.load_plugins({}) == list(INSTALLED.original().values())
    assert installed == ["one", "two"]


@pytest.mark.usefixtures("installed")
def test_only_installed_plugins_are_listed():
    """The list has the names of exactly the packages in the namespace."""
    assert "three" not in InstalledPlugins()
    assert set(InstalledPlugins()) == {"pelican.plugins.one", "pelican.plugins.two"}
