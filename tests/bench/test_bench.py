"""The benchmark: its corpus, its sites and its ratios."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import mean
from types import SimpleNamespace

import pytest
from PIL import Image

from bench import plot, report
from bench.contenders import CONTENDERS
from bench.corpus import corpus_of
from bench.preview import SAVES

BY_NAME = {contender.name: contender for contender in CONTENDERS}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_corpus_depends_only_on_its_seed():
    """The corpus is always the same, and differs for another seed."""
    assert list(corpus_of(20)) == list(corpus_of(20))
    assert list(corpus_of(20)) != list(corpus_of(20, seed=1))


@pytest.fixture(scope="module")
def bodies() -> list[str]:
    """Return the texts of four hundred essays."""
    return [one.body for one in corpus_of(400)]


@pytest.mark.parametrize(
    ("pattern", "lowest", "highest"),
    [
        (r"\S+", 1040, 1150),
        (r"^## ", 2.8, 3.7),
        (r"^- ", 6.5, 8.5),
        (r"\*\*[^*]+\*\*", 4.2, 5.2),
        (r"`[^`]+`", 3.0, 3.8),
        (r"\(https://", 3.6, 4.8),
        (r" & ", 2.9, 3.7),
        (r" --", 4.2, 5.2),
        (r"\.\.\.", 8.8, 10.6),
        (r"'", 9.2, 11),
        (r"\(essay:", 1, 1),
        (r"\[\^note\](?!:)", 1, 1),
    ],
)
def test_essays_of_the_corpus_are_realistic(bodies, pattern, lowest, highest):
    """Essays have a realistic average number of words, headings, links, quotes and other markup."""
    assert lowest <= mean(len(re.findall(pattern, body, re.MULTILINE)) for body in bodies) <= highest


def test_series_of_the_corpus_have_five_to_twelve_parts():
    """Series have five to twelve parts and follow each other, numbered from one."""
    essays = list(corpus_of(100))
    ends = [one.part for one, after in pairwise(essays) if after.part == 1]
    assert ends
    assert all(5 <= parts <= 12 for parts in ends)
    assert [one.slug for one in essays] == sorted(one.slug for one in essays)


@pytest.mark.site
def test_our_plugin_makes_the_site_of_stock_pelican(tmp_path):
    """Pelican with our plugin makes the bytes of pelican-series, and a few files for hosts."""
    made = {}
    for name in ("pelican", "plugin"):
        BY_NAME[name].lay_out(tmp_path / name, corpus_of(30))
        subprocess.run(BY_NAME[name].command, cwd=tmp_path / name, check=True, capture_output=True)
        made[name] = tree(tmp_path / name / "output")
    assert len(made["pelican"]) > 70
    for_hosts = {path: made["plugin"].pop(path) for path in ("_headers", "_redirects", "robots.txt")}
    assert all(for_hosts.values())
    assert made["plugin"] == made["pelican"]


@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda contender: contender.name)
def test_contenders_get_the_same_essays(contender, tmp_path):
    """Each contender's sources have title, date, summary, series, tags, and a link of its own kind."""
    contender.lay_out(tmp_path / "site", corpus_of(12))
    for essay in corpus_of(12):
        text = (tmp_path / "site" / contender.essays / f"{essay.slug}.md").read_text(encoding="utf-8")
        facts = (essay.title, str(essay.day), essay.summary, essay.series, *essay.tags)
        assert [fact for fact in facts if fact not in text] == []
        assert "essay:" not in text
        assert essay.body.splitlines()[0] in text
    assert (tmp_path / "site" / contender.template).is_file()


def test_ratios_are_of_runs_of_the_same_round():
    """Ratios compare runs of the same round, so that a slow round does not matter."""
    walls = {("ours", 1): 1.0, ("hugo", 1): 2.0, ("ours", 2): 10.0, ("hugo", 2): 30.0, ("hugo", 3): 1.0}
    walls |= {("plugin", 1): 4.0, ("plugin", 2): 6.0}
    runs = [
        SimpleNamespace(size=5, contender=name, mode="cold", round=number, wall=wall, cpu=wall, memory=1)
        for (name, number), wall in walls.items()
    ]
    assert report.ratio(runs, 5, "cold", "hugo") == [2, 3]
    assert report.ratio(runs, 5, "cold", "hugo", "plugin") == [0.5, 5]
    assert "2.75 (0.50 to 5.00)" in report.text(runs, ["cold"])
    assert "2.50 (2.00 to 3.00)" in report.text(runs, ["cold"])
    assert "2.50 (2.00 to 3.00)" in report.markdown(runs, ["cold"], CONTENDERS, "a machine")
    assert Image.open(BytesIO(plot.png(runs, ["cold"]))).size[0] == plot.WIDTH


def test_the_slowest_edit_is_compared_with_stock_pelican():
    """The report names the slowest edit compared with Pelican; builds from nothing do not count."""
    walls = {"cold": (9.0, 1.0), "edit": (1.0, 1.0), "theme": (3.0, 3.0), "new": (2.0, 1.0)}
    runs = [
        SimpleNamespace(size=5, contender=name, mode=mode, round=1, wall=wall, cpu=wall, memory=1)
        for mode, both in walls.items()
        for name, wall in zip(("ours", "pelican"), both, strict=True)
    ]
    text = report.text(runs, list(walls))
    assert "The worst of our edits, new, takes 2.00 times as long as pelican." in text


def test_previews_have_tables_of_their_own():
    """The times of previews have tables by kind of save, for contenders with a preview."""
    run = SimpleNamespace(size=5, contender="ours", mode="cold", round=1, wall=1.0, cpu=1.0, memory=1)
    shown = [
        SimpleNamespace(size=5, contender=name, mode="a word", round=1, wall=wall, cpu=0.0, memory=0.0)
        for name, wall in (("ours", 0.5), ("hugo", 0.25))
    ]
    text = report.markdown([run], ["cold"], CONTENDERS, "a machine", shown)
    assert (
        "From save to shown. Wall time in seconds:\n\n| | a word |\n|---|---|\n| ours | 0.50 |\n| hugo | 0.25 |" in text
    )
    assert "| hugo | 0.50 (0.50 to 0.50) |" in text
    assert "a word" not in report.markdown([run], ["cold"], CONTENDERS, "a machine")


@pytest.mark.parametrize("contender", [one for one in CONTENDERS if one.preview], ids=lambda contender: contender.name)
@pytest.mark.parametrize("save", SAVES)
def test_each_save_changes_the_sources(contender, save, tmp_path):
    """Each save changes the sources, differently in each round."""
    essay = list(corpus_of(12))[6]
    contender.lay_out(tmp_path / "site", corpus_of(12))
    trees = [tree(tmp_path / "site")]
    for number in (0, 1):
        SAVES[save].do(contender, tmp_path / "site", essay, number)
        trees.append(tree(tmp_path / "site"))
    assert trees[0] != trees[1] != trees[2] != trees[0]
    assert any("{port}" in word for word in contender.preview)


def test_the_report_compares_two_sizes():
    """The report compares time and peak memory of two sizes."""
    runs = [
        SimpleNamespace(size=size, contender="ours", mode="cold", round=1, wall=wall, cpu=wall, memory=wall)
        for size, wall in ((5, 1.0), (20, 5.0))
    ]
    assert "From 5 to 20 essays ours takes so many times as long: cold 5.00." in report.text(runs, ["cold"])
    assert "5.00 times as much memory" in report.markdown(runs, ["cold"], CONTENDERS, "a machine")
