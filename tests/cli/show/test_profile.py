"""Profiles of builds."""

from __future__ import annotations

import re

from essay_series.build.timings import Timings


def test_the_phases_add_up_to_the_whole(site):
    """``make profile`` builds the site, and the times of the phases add up to the total."""
    built = site.essay("one").publish("", command="profile")
    assert built.code == 0, built.said
    lines = re.findall(r"^(\S.*?) +(\d+\.\d\d) s +\d+%$", built.said, re.MULTILINE)
    phases = [float(seconds) for name, seconds in lines if name != "all"]
    assert len(phases) > 8
    assert abs(sum(phases) - float(dict(lines)["all"])) < 0.01 * len(phases)
    assert (site.folder / "output/essays/one/index.html").exists()


def test_a_failed_build_has_its_exit_code(site):
    """A site with mistakes is not built, and the exit code says so."""
    assert site.essay("one", Date="never").publish("", command="profile").code == 1


def test_a_cold_profile_leaves_the_site_alone(site):
    """MODE=cold builds everything in a temporary folder; an unknown mode is refused."""
    assert site.essay("one").build().code == 0
    before = site.essay("one", body="Mended.").folder / "output/essays/one/index.html"
    cold = site.publish("", command="profile", MODE="cold")
    assert cold.code == 0, cold.said
    assert "let Pelican read" in cold.said
    assert "Mended." not in before.read_text(encoding="utf-8")
    assert site.publish("", command="profile", MODE="warm").code == 1


def test_a_phase_that_comes_twice_is_counted_once():
    """A phase that is measured in pieces has one line."""
    timings = Timings()
    for phase in ("read", "write", "read"):
        timings.end(phase)
    assert [line.split()[0] for line in timings.table().splitlines()] == ["read", "write", "all"]
