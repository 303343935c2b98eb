"""The benchmark measures what it says: its corpus, its sites and its ratios."""

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
from bench.corpus import draughts
from bench.preview import SAVES

BY_NAME = {contender.name: contender for contender in CONTENDERS}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_corpus_is_the_same_each_time_and_another_for_another_seed():
    """All contenders, on all machines, get the same essays."""
    assert list(draughts(20)) == list(draughts(20))
    assert list(draughts(20)) != list(draughts(20, seed=1))


@pytest.fixture(scope="module")
def bodies() -> list[str]:
    """Return the texts of four hundred essays."""
    return [one.body for one in draughts(400)]


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
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
def test_an_essay_of_the_corpus_has_what_real_essays_have(bodies, pattern, least, most):
    """On average an essay holds so many words, headings, links, quotes and other marks."""
    assert least <= mean(len(re.findall(pattern, body, re.MULTILINE)) for body in bodies) <= most


def test_series_of_the_corpus_have_five_to_twelve_parts():
    """The series follow one another and number their parts from one."""
    essays = list(draughts(100))
    ends = [one.part for one, after in pairwise(essays) if after.part == 1]
    assert ends
    assert all(5 <= parts <= 12 for parts in ends)
    assert [one.slug for one in essays] == sorted(one.slug for one in essays)


@pytest.mark.site
def test_with_our_plugin_the_site_is_stock_pelicans_to_the_byte(tmp_path):
    """What stock Pelican and pelican-series make, Pelican and our plugin make, and what hosts need besides."""
    made = {}
    for name in ("pelican", "plugin"):
        BY_NAME[name].lay_out(tmp_path / name, draughts(30))
        subprocess.run(BY_NAME[name].command, cwd=tmp_path / name, check=True, capture_output=True)
        made[name] = tree(tmp_path / name / "output")
    assert len(made["pelican"]) > 70
    for_hosts = {path: made["plugin"].pop(path) for path in ("_headers", "_redirects", "robots.txt")}
    assert all(for_hosts.values())
    assert made["plugin"] == made["pelican"]


@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda contender: contender.name)
def test_every_contender_gets_every_essay_with_its_facts(contender, tmp_path):
    """The sources of each contender say the same: title, day, summary, series, and a link of its own kind."""
    contender.lay_out(tmp_path / "site", draughts(12))
    for draught in draughts(12):
        text = (tmp_path / "site" / contender.essays / f"{draught.slug}.md").read_text(encoding="utf-8")
        facts = (draught.title, str(draught.day), draught.summary, draught.series, *draught.tags)
        assert [fact for fact in facts if fact not in text] == []
        assert "essay:" not in text
        assert draught.body.splitlines()[0] in text
    assert (tmp_path / "site" / contender.template).is_file()


def test_ratios_are_of_runs_of_the_same_round():
    """A round in which the whole machine was slow tells nothing about a contender."""
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


def test_the_worst_edit_is_told_in_times_of_stock_pelican():
    """Builds from nothing are no edit; of the rest the mode that takes longest against Pelican counts."""
    walls = {"cold": (9.0, 1.0), "edit": (1.0, 1.0), "theme": (3.0, 3.0), "new": (2.0, 1.0)}
    runs = [
        SimpleNamespace(size=5, contender=name, mode=mode, round=1, wall=wall, cpu=wall, memory=1)
        for mode, both in walls.items()
        for name, wall in zip(("ours", "pelican"), both, strict=True)
    ]
    told = report.text(runs, list(walls))
    assert "The worst of our edits, new, takes 2.00 times as long as pelican." in told


def test_what_previews_show_has_tables_of_its_own():
    """Saves that an open page showed are told by what was saved, for those contenders that have a preview."""
    run = SimpleNamespace(size=5, contender="ours", mode="cold", round=1, wall=1.0, cpu=1.0, memory=1)
    shown = [
        SimpleNamespace(size=5, contender=name, mode="a word", round=1, wall=wall, cpu=0.0, memory=0.0)
        for name, wall in (("ours", 0.5), ("hugo", 0.25))
    ]
    told = report.markdown([run], ["cold"], CONTENDERS, "a machine", shown)
    assert (
        "From save to shown. Wall time in seconds:\n\n| | a word |\n|---|---|\n| ours | 0.50 |\n| hugo | 0.25 |" in told
    )
    assert "| hugo | 0.50 (0.50 to 0.50) |" in told
    assert "a word" not in report.markdown([run], ["cold"], CONTENDERS, "a machine")


@pytest.mark.parametrize("contender", [one for one in CONTENDERS if one.preview], ids=lambda contender: contender.name)
@pytest.mark.parametrize("what", SAVES)
def test_each_save_changes_the_sources(contender, what, tmp_path):
    """What a preview is asked to show is in its sources, and another in each round."""
    draught = list(draughts(12))[6]
    contender.lay_out(tmp_path / "site", draughts(12))
    trees = [tree(tmp_path / "site")]
    for number in (0, 1):
        SAVES[what].do(contender, tmp_path / "site", draught, number)
        trees.append(tree(tmp_path / "site"))
    assert trees[0] != trees[1] != trees[2] != trees[0]
    assert any("{port}" in word for word in contender.preview)


def test_growth_is_told_between_two_sizes():
    """Four times the essays in five times the time is five times, and memory is told at its peak."""
    runs = [
        SimpleNamespace(size=size, contender="ours", mode="cold", round=1, wall=wall, cpu=wall, memory=wall)
        for size, wall in ((5, 1.0), (20, 5.0))
    ]
    assert "From 5 to 20 essays ours takes so many times as long: cold 5.00." in report.text(runs, ["cold"])
    assert "5.00 times as much memory" in report.markdown(runs, ["cold"], CONTENDERS, "a machine")
