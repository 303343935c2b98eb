"""Templates are compiled once, and what is kept of them is never run where it may not be ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import BytecodeCache, DictLoader, Environment

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


def rendered(file: Path, text: str = "{{ 1 + 1 }}", key: str = "a", **filters) -> str:
    """Return what an environment of a new build makes of a template; what it compiles is left in `file`."""
    kept = CompiledTemplates(file, key)
    environment = Environment(loader=DictLoader({"a": text}), autoescape=True)
    environment.filters.update(filters)
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
    "other settings or code": {"key": "b"},
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_other_is_compiled_anew(what, tmp_path, compiled):
    """A template is compiled again if its text or whatever else it was compiled with is another."""
    rendered(tmp_path / "kept")
    rendered(tmp_path / "kept", **OTHERS[what])
    assert len(compiled) == 2


def test_another_version_of_jinja_compiles_anew(tmp_path, compiled, monkeypatch):
    """Code of one version is nothing to another."""
    rendered(tmp_path / "kept")
    monkeypatch.setattr(templates.jinja2, "__version__", "4")
    rendered(tmp_path / "kept")
    assert len(compiled) == 2


def test_a_value_that_a_filter_gave_while_compiling_is_not_kept(tmp_path):
    """Jinja asks filters of constants when it compiles; what they say may be something else in the next build."""
    text = "{{ 'a'|ours }}"
    assert rendered(tmp_path / "kept", text, ours=lambda _: "one") == "one"
    assert rendered(tmp_path / "kept", text, ours=lambda _: "two") == "two"


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
