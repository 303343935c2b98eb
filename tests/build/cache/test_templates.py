"""Templates are compiled once, and cached code is loaded only from a file that can be trusted."""

from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from jinja2 import BytecodeCache, DictLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from essay_series.build import templates
from essay_series.build.templates import CompiledTemplates


@pytest.fixture
def compiled(monkeypatch) -> list[str]:
    """Return a list that collects the names of the templates that are compiled from now on."""
    names: list[str] = []
    dump = CompiledTemplates.dump_bytecode

    def told(self: BytecodeCache, bucket) -> None:
        names.append(bucket.key)
        dump(self, bucket)

    monkeypatch.setattr(CompiledTemplates, "dump_bytecode", told)
    return names


def rendered(file: Path, text: str = "{{ 1 + 1 }}", key: str = "a", filters=None, **options) -> str:
    """Return a template rendered by the environment of a new build, whose compiled templates are saved to `file`."""
    kept = CompiledTemplates(file, key)
    options = {"autoescape": True, **options}
    environment = Environment(loader=DictLoader({"a": text}), **options)  # noqa: S701 - it is one of them
    environment.filters.update(filters or {})
    kept.watch(environment)
    made = environment.get_template("a").render()
    kept.save()
    return made


def test_the_next_build_compiles_nothing(tmp_path, compiled):
    """The next build loads what this one compiled."""
    assert [rendered(tmp_path / "kept") for _ in range(3)] == ["2", "2", "2"]
    assert len(compiled) == 1


def test_all_environments_of_a_build_share_what_is_compiled(tmp_path, compiled):
    """The environments of all generators share their compiled templates."""
    kept = CompiledTemplates(tmp_path / "kept", "a")
    for _ in range(3):
        environment = Environment(loader=DictLoader({"a": "a"}), autoescape=True)
        kept.watch(environment)
        environment.get_template("a")
    assert len(compiled) == 1


OTHERS = {
    "another text": {"text": "{{ 1 + 2 }}"},
    "another option": {"trim_blocks": True},
    "escaping": {"autoescape": False},
    "an extension of Jinja's": {"extensions": ["jinja2.ext.do"]},
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_change_of_text_or_environment_compiles_again(what, tmp_path, compiled):
    """A template is compiled again if its text or an option of its environment has changed."""
    rendered(tmp_path / "kept")
    rendered(tmp_path / "kept", **OTHERS[what])
    assert len(compiled) == 2


class OfTheAuthor(Extension):
    """An extension whose code may do anything."""


UNUSUAL = {
    "an extension of the author's": {"extensions": [OfTheAuthor]},
    "a function that finishes values": {"finalize": str},
    "a function that says what is escaped": {"autoescape": bool},
    "missing values that are an error": {"undefined": StrictUndefined},
}


@pytest.mark.parametrize("what", UNUSUAL)
def test_only_customized_environments_depend_on_the_config_digest(what, tmp_path, compiled):
    """Settings and code are part of the key only with an extension or function of the author's."""
    for key in ("a", "b"):
        rendered(tmp_path / "usual", key=key, extensions=["jinja2.ext.i18n"])
    assert len(compiled) == 1
    for key in ("a", "b"):
        rendered(tmp_path / "unusual", key=key, **UNUSUAL[what])
    assert len(compiled) == 3


def test_sites_share_compiled_templates_and_errors_name_their_own_files(tmp_path, compiled):
    """The same text in another folder is not compiled again, and an error in it names the file in that folder."""
    told = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text("{{ 1 // zero }}")
        kept = CompiledTemplates(tmp_path / "kept", "a")
        environment = Environment(loader=FileSystemLoader(tmp_path / name), autoescape=True)
        kept.watch(environment)
        with pytest.raises(ZeroDivisionError) as mistake:
            environment.get_template("a").render(zero=0)
        told.append(mistake.traceback[-1].path)
        kept.save()
    assert told == [tmp_path / "one/a", tmp_path / "two/a"]
    assert len(compiled) == 1


def test_the_least_recently_used_templates_are_dropped(tmp_path, compiled, monkeypatch):
    """The cache has a limited size and drops the least recently used templates."""
    monkeypatch.setattr(templates, "MOST", 2)
    for text in ("a", "b", "c", "c", "b", "a"):
        rendered(tmp_path / "kept", text)
    assert len(compiled) == 4


def test_the_cache_is_beside_compiled_modules(tmp_path, monkeypatch):
    """The cache file is beside Python's compiled modules, or in the site's cache if Python keeps none."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert templates.file_in(tmp_path / "cache").parent == tmp_path / "cache"  # there is no such folder yet
    Path(cache_from_source(templates.__file__)).parent.mkdir(parents=True)
    assert templates.file_in(tmp_path / "cache").parent.name == "build"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert templates.file_in(tmp_path / "cache").parent == tmp_path / "cache"


def test_another_version_of_jinja_compiles_anew(tmp_path, compiled, monkeypatch):
    """Code compiled by another version of Jinja is not used."""
    rendered(tmp_path / "kept")
    monkeypatch.setattr(templates.jinja2, "__version__", "4")
    rendered(tmp_path / "kept")
    assert len(compiled) == 2


def test_a_template_with_a_folded_filter_is_not_cached(tmp_path):
    """A template is not cached if compiling it called a filter of the site, whose result may change."""
    text = "{{ 'a'|ours }}"
    assert rendered(tmp_path / "kept", text, filters={"ours": lambda _: "one"}) == "one"
    assert rendered(tmp_path / "kept", text, filters={"ours": lambda _: "two"}) == "two"


def other_owner(file: Path) -> None:
    """Make `file` writable for everybody."""
    file.chmod(0o666)


def linked(file: Path) -> None:
    """Replace `file` by a symbolic link."""
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


NOT_OURS = {
    "writable": other_owner,
    "a link": linked,
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "turned": lambda file: file.write_bytes(file.read_bytes()[:-1] + b"?"),
    "empty": lambda file: file.write_bytes(b""),
    "a folder": lambda file: [file.unlink(), file.mkdir()],
    "gone": Path.unlink,
}


@pytest.mark.parametrize("what", NOT_OURS)
def test_a_file_that_is_not_trusted_is_not_loaded(what, tmp_path, compiled):
    """A cache file that is damaged or that others can write to is not loaded."""
    file = tmp_path / "kept"
    rendered(file)
    assert file.stat().st_mode & 0o777 == 0o600
    NOT_OURS[what](file)
    assert rendered(file) == "2"
    assert len(compiled) == 2


def test_an_environment_with_its_own_bytecode_cache_keeps_it(tmp_path, compiled):
    """A bytecode cache that is already set is not replaced."""
    environment = Environment(loader=DictLoader({"a": "a"}), autoescape=True, bytecode_cache=Nowhere())
    CompiledTemplates(tmp_path / "kept", "a").watch(environment)
    assert environment.get_template("a").render() == "a"
    assert compiled == []


class Nowhere(BytecodeCache):
    """A bytecode cache that stores nothing."""

    def load_bytecode(self, bucket) -> None:
        """Know nothing."""

    def dump_bytecode(self, bucket) -> None:
        """Keep nothing."""
