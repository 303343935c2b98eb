"""The author's commands, as an author runs them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

from builders import PROJECT


@contextmanager
def serving(site, port: int):
    """Run the preview of `site`; yield its address, and what it has said so far."""
    site.build()
    build = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--fatal=errors"]
    command = [sys.executable, "-m", "essay_series.desk.serve", str(port), "--", *build]
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'plugins'}{os.pathsep}{PROJECT}"}
    log = site.folder / "said.txt"
    with (
        log.open("w") as said,
        subprocess.Popen(command, cwd=site.folder, env=environment, stdout=said, stderr=said) as process,
    ):
        try:
            wait_for(lambda: "http://" in log.read_text())
            yield log.read_text().split("The site is at ")[1].split()[0], log
        finally:
            process.terminate()


def wait_for(condition, seconds: float = 30) -> None:
    """Wait until `condition` holds, and fail if it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def page(address: str) -> str:
    """Return the page at `address`."""
    with urlopen(address) as answer:  # noqa: S310 - our own preview
        return answer.read().decode()


def test_the_preview_follows_the_sources(site):
    """After an essay is changed the preview shows the change."""
    with serving(site.essay("one", body="Before."), 8760) as (address, _):
        assert "Before." in page(f"{address}essays/one/")
        site.essay("one", body="After.")
        wait_for(lambda: "After." in page(f"{address}essays/one/"))


def test_the_preview_keeps_the_last_good_page_and_tells_a_mistake_once(site):
    """A mistake is told in the terminal, once, and the page stays as it was until the mistake is mended."""
    with serving(site.essay("one", body="Before."), 8780) as (address, log):
        site.essay("one", Date="2009-13-45", body="After.")
        wait_for(lambda: "[unreadable-date]" in log.read_text())
        time.sleep(1)
        assert log.read_text().count("[unreadable-date]") == 1
        assert "Before." in page(f"{address}essays/one/")
        site.essay("one", body="Mended.")
        wait_for(lambda: "Mended." in page(f"{address}essays/one/"))


def test_the_preview_takes_the_next_port_that_is_free(site):
    """Two previews can run side by side, each at an address of its own."""
    with serving(site.essay("one"), 8800) as (first, _), serving(site, 8800) as (second, _):
        assert first != second
        assert "One" in page(first)
        assert "One" in page(second)
