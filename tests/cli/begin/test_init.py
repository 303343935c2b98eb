"""New sites: what `essays init` writes, and that it writes all of it or nothing."""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

import forked
from builders import PROJECT, Build
from essay_series.cli.begin import init, starter
from essay_series.cli.command import run
from essay_series.cli.verbs import VERBS

WHEEL = "pelican_essay_series-0.1.0-py3-none-any.whl"


@pytest.fixture(autouse=True)
def _made_wheel(monkeypatch):
    """Replace the wheel by a few bytes; its content is tested elsewhere."""
    monkeypatch.setattr(starter.own_wheel, "wheel", lambda: (WHEEL, b"a wheel"))


def started(folder: Path, **options: str) -> str:
    """Start a site in `folder`."""
    return init.started({"DIR": str(folder), **options})


def test_a_new_site_has_everything_it_needs(tmp_path):
    """A new site has settings with the answers, content, Makefile, workflow, locks and the plugin."""
    folder = tmp_path / "a" / "gardens"
    said = started(folder, NAME='It\'s "my" garden', AUTHOR="Å. N.", LANGUAGE="pt-br", TIMEZONE="Europe/Lisbon")
    assert f"Started a new site in {folder}/" in said
    settings = (folder / "pelicanconf.py").read_text(encoding="utf-8")
    for line in ('SITENAME = "It\'s \\"my\\" garden"', 'AUTHOR = "Å. N."', 'DEFAULT_LANG = "pt-BR"'):
        assert line in settings.splitlines()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"Makefile", ".gitignore", "publishconf.py", ".github/workflows/publish.yml", f"vendor/{WHEEL}"} <= there
    assert (
        json.loads((folder / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))["name"]
        == 'It\'s "my" garden'
    )
    assert yaml.safe_load((folder / ".github/workflows/publish.yml").read_text(encoding="utf-8"))["name"] == "publish"
    assert not list(tmp_path.rglob("*.new"))


def test_the_first_essays_are_parts_in_the_order_of_a_series(tmp_path):
    """Once their drafts are published, the opening comes first, then the cost, then the benefit that answers it."""
    started(tmp_path / "g")
    essays = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "g/content/essays").iterdir()}
    dates = {name: re.search(r"^Date: (.*)$", text, re.MULTILINE)[1] for name, text in essays.items()}
    assert sorted(dates, key=dates.__getitem__) == ["opening", "a-cost", "a-benefit"]
    assert len(set(dates.values())) == 3


@pytest.mark.parametrize(
    ("language", "keeps"),
    [("en", False), ("de", False), ("ru", False), ("el", False), ("sr", False)]
    + [(each, True) for each in ("ja", "zh", "zh-Hant", "ko", "he", "ar", "fa", "hi", "th")],
)
def test_addresses_keep_letters_that_transliteration_would_spoil(tmp_path, language, keeps):
    """In scripts that cannot be read in transliteration, addresses of a new site keep their letters."""
    started(tmp_path / "g", LANGUAGE=language)
    lines = (tmp_path / "g/pelicanconf.py").read_text(encoding="utf-8").splitlines()
    assert ("SLUGIFY_USE_UNICODE = True" in lines) is keeps


def test_the_plugin_is_locked_with_all_that_it_needs(tmp_path):
    """Every line of the lock has a hash, also that of the plugin's wheel."""
    started(tmp_path / "g")
    lines = (tmp_path / "g/requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    wanted = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert all("--hash=sha256:" in line for line in wanted)
    assert f"./vendor/{WHEEL} --hash=sha256:{sha256(b'a wheel').hexdigest()}" in wanted
    assert any(line.startswith("weasyprint==") for line in wanted)


def test_its_makefile_has_every_verb(tmp_path):
    """Every command of the program but init is a target of the site's Makefile."""
    started(tmp_path / "g")
    made = (tmp_path / "g/Makefile").read_text(encoding="utf-8")
    verbs = re.search(r"^COMMANDS := (.*)$", made, re.MULTILINE)[1].split()
    assert verbs == [verb.name for verb in VERBS if verb.name != "init"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"NAME": " "}, ['NAME: a site needs a name, such as NAME="The shared garden".']),
        ({"NAME": "a\nb"}, ["NAME: the text contains a line break or a control character. Write it on one line."]),
        ({"LANGUAGE": "xx"}, ['LANGUAGE: "xx" is not a known language.']),
        ({"LANGUAGE": "english"}, ['LANGUAGE: "english" is not a known language.']),
        (
            {"SITEURL": "example.org"},
            ['SITEURL: "example.org" is not the address of a site. Write it as https://example.org.'],
        ),
        (
            {"TIMEZONE": "Europe/Berlni"},
            ['TIMEZONE: "Europe/Berlni" is not a time zone. Did you mean "Europe/Berlin"?'],
        ),
        ({"TIMEZONE": "x", "SITEURL": "x"}, ['SITEURL: "x" is not the address', 'TIMEZONE: "x" is not a time zone']),
    ],
)
def test_unusable_answers_are_refused(tmp_path, options, told):
    """Each unusable answer is reported with a cure, and nothing is written."""
    with pytest.raises(init.CommandError) as error:
        started(tmp_path / "g", **options)
    lines = str(error.value).splitlines()
    assert lines[-1] == "Nothing was written."
    assert len(lines) == len(told) + 1
    assert all(line.startswith(begin) for line, begin in zip(lines, told, strict=False))
    assert list(tmp_path.iterdir()) == []


def test_existing_files_are_not_overwritten(tmp_path):
    """A folder that is not empty, or a file, is refused and left alone."""
    (tmp_path / "g").mkdir()
    (tmp_path / "g/mine.txt").write_text("mine")
    (tmp_path / "f").write_text("mine")
    for name, told in (("g", "is not empty (mine.txt is in it)"), ("f", "is a file")):
        with pytest.raises(init.CommandError, match=re.escape(told)):
            started(tmp_path / name)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["f", "g", "mine.txt"]


def test_an_empty_repository_is_kept(tmp_path):
    """A folder with an empty repository becomes the site, and the repository is kept."""
    (tmp_path / "g/.git").mkdir(parents=True)
    (tmp_path / "g/.git/HEAD").write_text("ref: refs/heads/main\n")
    started(tmp_path / "g")
    assert (tmp_path / "g/.git/HEAD").is_file()
    assert (tmp_path / "g/Makefile").is_file()


def test_a_failed_start_leaves_no_folder(tmp_path, monkeypatch):
    """If a file cannot be written, no folder is left behind."""

    def full(path, data):
        if path.name == "about.md":
            raise OSError(28, "No space left on device", str(path))
        return write(path, data)

    write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        started(tmp_path / "g")
    assert list(tmp_path.iterdir()) == []


def test_questions_are_asked_only_in_a_terminal(tmp_path, monkeypatch):
    """Without a terminal, missing options have defaults: the name is made from the folder's."""
    monkeypatch.setattr("builtins.input", lambda _: pytest.fail("asked"))
    started(tmp_path / "my-garden")
    assert 'SITENAME = "My garden"' in (tmp_path / "my-garden/pelicanconf.py").read_text(encoding="utf-8")


def test_unanswered_questions_start_nothing(tmp_path, monkeypatch):
    """Ctrl-D at a question ends the command with one line, and nothing is written."""
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: (_ for _ in ()).throw(EOFError))
    with pytest.raises(init.CommandError, match="not answered"):
        started(tmp_path / "g")
    assert list(tmp_path.iterdir()) == []


def test_the_next_steps_are_commands_of_make(tmp_path, monkeypatch, capsys):
    """The new site has a Makefile, so its commands are those of make even if make did not start the program."""
    monkeypatch.delenv("MAKELEVEL", raising=False)
    monkeypatch.setenv("DIR", str(tmp_path / "g"))
    assert run(init.init) == 0
    assert "  make serve " in capsys.readouterr().out


def essays(folder: Path, *arguments: str) -> Build:
    """Call the program in `folder`, with the package importable as if it were installed."""
    variables = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), "SITEURL": "https://g.example"}
    variables.pop("MAKELEVEL", None)
    done = forked.start(folder, "essay_series", *arguments, variables=variables, together=True).wait()
    return Build(done.code, done.said, folder / "output")


@pytest.fixture
def garden(tmp_path) -> Path:
    """Return a new site that takes the package from the checkout."""
    folder = tmp_path / "garden"
    started(folder, NAME='It\'s "my" garden', SITEURL="https://g.example")
    settings = folder / "pelicanconf.py"
    text = settings.read_text(encoding="utf-8").replace("pelican.plugins.essay_series", "essay_series")
    settings.write_text(text + f"PLUGIN_PATHS = [{str(PROJECT / 'plugins')!r}]\n", encoding="utf-8")
    return folder


@pytest.mark.site
def test_a_new_site_checks_clean(garden):
    """A new site builds without errors or warnings, and has a home page, a playbook and an about page."""
    done = essays(garden, "check", "--strict")
    assert (done.code, done.said) == (0, "0 errors, 0 warnings.\n")
    assert essays(garden, "html").code == 0
    assert {"index.html", "about/index.html", "404.html"} <= essays(garden, "html").files().keys()


@pytest.mark.site
def test_a_new_site_with_published_drafts_is_complete(garden):
    """With its drafts published, a new site has a home page, a ledger and plays, passes the checks and publishes."""
    for essay in (garden / "content/essays").glob("*.md"):
        essay.write_text(essay.read_text(encoding="utf-8").replace("Status: draft\n", ""), encoding="utf-8")
    done = essays(garden, "check", "--strict")
    assert (done.code, done.said) == (0, "0 errors, 0 warnings.\n")
    published = essays(garden, "publish")
    assert published.code == 0, published.said
    public = Build(0, "", garden / "public")
    assert {"index.html", "playbook/first-play/index.html", "essays/a-cost/index.html"} <= public.files().keys()
    assert "What it costs, in one" in public.page("series/first-series/index.html")
    assert tomllib.loads((garden / "content/published.toml").read_text(encoding="utf-8"))


@pytest.mark.site
def test_without_an_author_there_is_no_byline(garden):
    """Without an author, no page has a byline, and the site's name does not replace it."""
    for essay in (garden / "content/essays").glob("*.md"):
        essay.write_text(essay.read_text(encoding="utf-8").replace("Status: draft\n", ""), encoding="utf-8")
    assert essays(garden, "html").code == 0
    page = Build(0, "", garden / "output").page("series/first-series/book/index.html")
    assert "by It" not in page


def test_an_upgrade_shows_what_it_changes_and_then_writes_it(tmp_path, monkeypatch):
    """An upgrade updates wheel, lock and Makefile, keeps the author's files, and does nothing the second time."""
    from essay_series.cli.begin import upgrade  # noqa: PLC0415 - beside what it is tested with

    folder = tmp_path / "g"
    started(folder)
    makefile = (folder / "Makefile").read_bytes()
    (folder / "Makefile").write_text("old:\n")
    (folder / "README.md").write_text("mine")
    monkeypatch.chdir(folder)
    newer = WHEEL.replace("0.1.0", "0.2.0")
    monkeypatch.setattr(starter.own_wheel, "wheel", lambda: (newer, b"newer"))
    shown = upgrade.upgraded({})
    assert "-old:" in shown
    assert f"new: vendor/{newer}" in shown
    assert f"removed: vendor/{WHEEL}" in shown
    assert (folder / "Makefile").read_text() == "old:\n"
    upgrade.upgraded({"APPLY": "1"})
    assert (folder / "Makefile").read_bytes() == makefile
    assert [path.name for path in (folder / "vendor").iterdir()] == [newer]
    assert (folder / "README.md").read_text() == "mine"
    assert upgrade.upgraded({}) == "Nothing to upgrade: this site has this version already."


def test_only_started_sites_can_be_upgraded(tmp_path, monkeypatch):
    """A folder that was not started with init is left alone."""
    from essay_series.cli.begin import upgrade  # noqa: PLC0415 - beside what it is tested with

    monkeypatch.chdir(tmp_path)
    with pytest.raises(upgrade.CommandError, match="has no vendor/"):
        upgrade.upgraded({"APPLY": "1"})
