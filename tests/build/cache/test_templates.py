"""Templates are compiled once, and what is kept of them is never run where it may not be ours."""

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
    """Return the names of the templates that are compiled from now on."""
    names: list[str] = []
    dump = CompiledTemplates.dump_bytecode

    def told(self: BytecodeCache, bucket) -> None:
        names.append(bucket.key)
        dump(self, bucket)

    monkeypatch.setattr(CompiledTemplates, "dump_bytecode", told)
    return names


def rendered(file: Path, text: str = "{{ 1 + 1 }}", key: str = "a", filters=None, **options) -> str:
    """Return what an environment of a new build makes of a template; what it compiles is left in `file`."""
    kept = CompiledTemplates(file, key)
    options = {"autoescape": True, **options}
    environment = Environment(loader=DictLoader({"a": text}), **options)  # noqa: S701 - it is one of them
    environment.filters.update(filters or {})
    kept.watch(environment)
    made = environment.get_template("a").render()
    kept.save()
    return made


def test_the_next_build_compiles_nothing(tmp_path, compiled):
    """What one build compiled the next one loads."""
    assert [rendered(tmp_path / "kept") for _ in range(3)] == ["2", "2", "2"]
    assert len(compiled) == 1


def test_all_environments_of_a_build_share_what_is_compiled(tmp_path, compiled):
    """Pelican makes an environment for each of its generators."""
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
def test_what_is_other_is_compiled_anew(what, tmp_path, compiled):
    """A template is compiled again if its text or whatever else it was compiled with is another."""
    rendered(tmp_path / "kept")
    rendered(tmp_path / "kept", **OTHERS[what])
    assert len(compiled) == 2


class OfTheAuthor(Extension):
    """An extension that may do anything."""


UNUSUAL = {
    "an extension of the author's": {"extensions": [OfTheAuthor]},
    "a function that finishes values": {"finalize": str},
    "a function that says what is escaped": {"autoescape": bool},
    "missing values that are an error": {"undefined": StrictUndefined},
}


@pytest.mark.parametrize("what", UNUSUAL)
def test_only_an_unusual_environment_depends_on_the_code_of_the_site(what, tmp_path, compiled):
    """What an extension or a function of the author's does may change with any setting; Jinja itself does not."""
    for key in ("a", "b"):
        rendered(tmp_path / "usual", key=key, extensions=["jinja2.ext.i18n"])
    assert len(compiled) == 1
    for key in ("a", "b"):
        rendered(tmp_path / "unusual", key=key, **UNUSUAL[what])
    assert len(compiled) == 3


def test_sites_share_what_is_compiled_and_mistakes_name_their_own_files(tmp_path, compiled):
    """The same text in another folder is not compiled again, and what goes wrong in it is told of that folder."""
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


def test_what_was_compiled_long_ago_goes_first(tmp_path, compiled, monkeypatch):
    """The file does not grow with every text that a template ever had."""
    monkeypatch.setattr(templates, "MOST", 2)
    for text in ("a", "b", "c", "c", "b", "a"):
        rendered(tmp_path / "kept", text)
    assert len(compiled) == 4


def test_code_lies_where_python_keeps_its_own(tmp_path, monkeypatch):
    """It outlives the cache of a site; where Python keeps nothing, that cache holds it."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert templates.file_in(tmp_path / "cache").parent == tmp_path / "cache"  # there is no such folder yet
    Path(cache_from_source(templates.__file__)).parent.mkdir(parents=True)
    assert templates.file_in(tmp_path / "cache").parent.name == "build"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert templates.file_in(tmp_path / "cache").parent == tmp_path / "cache"


def test_another_version_of_jinja_compiles_anew(tmp_path, compiled, monkeypatch):
    """Code of one version is nothing to another."""
    rendered(tmp_path / "kept")
    monkeypatch.setattr(templates.jinja2, "__version__", "4")
    rendered(tmp_path / "kept")
    assert len(compiled) == 2


def test_a_value_that_a_filter_gave_while_compiling_is_not_kept(tmp_path):
    """Jinja asks filters of constants when it compiles; what they say may be something else in the next build."""
    text = "{{ 'a'|ours }}"
    assert rendered(tmp_path / "kept", text, filters={"ours": lambda _: "one"}) == "one"
    assert rendered(tmp_path / "kept", text, filters={"ours": lambda _: "two"}) == "two"


def other_owner(file: Path) -> None:
    """Let everybody write to `file`."""
    file.chmod(0o666)


def linked(file: Path) -> None:
    """Let `file` be a link."""
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
def test_a_file_that_may_not_be_ours_is_not_loaded(what, tmp_path, compiled):
    """What others may have written, or what is damaged, is compiled again."""
    file = tmp_path / "kept"
    rendered(file)
    assert file.stat().st_mode & 0o777 == 0o600
    NOT_OURS[what](file)
    assert rendered(file) == "2"
    assert len(compiled) == 2


def test_an_environment_that_brings_a_cache_keeps_it(tmp_path, compiled):
    """Who has Jinja keep code elsewhere is not overruled."""
    environment = Environment(loader=DictLoader({"a": "a"}), autoescape=True, bytecode_cache=Nowhere())
    CompiledTemplates(tmp_path / "kept", "a").watch(environment)
    assert environment.get_template("a").render() == "a"
    assert compiled == []


class Nowhere(BytecodeCache):
    """Keeps nothing."""

    def load_bytecode(self, bucket) -> None:
        """Know nothing."""

    def dump_bytecode(self, bucket) -> None:
        """Keep nothing."""
