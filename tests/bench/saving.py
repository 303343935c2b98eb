"""From the moment an author saves to the moment the open page shows it: ``make serve`` and a real browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from set_up import installed

ROUNDS = 5


def measured(folder: Path, essay: str, path: str) -> str:
    """Return how long it takes until what is saved is shown, in words.

    Args:
        folder: a site of this project's.
        essay: the file that is saved, below the folder.
        path: where its page is found, without a slash in front.

    """
    browser_path = installed()
    if not browser_path:
        return "NO BROWSER: from save to shown was not measured"
    log = folder / "serve.log"
    command = [sys.executable, "-m", "essay_series.desk.serve"]
    environment = {**os.environ, "PYTHONPATH": "plugins", "PORT": "8950"}
    with (
        log.open("w") as said,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said) as process,
        sync_playwright() as playwright,
    ):
        try:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            return _rounds(browser, _address(log), folder / essay, path, log)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _rounds(browser: Browser, address: str, file: Path, path: str, log: Path) -> str:
    page = browser.new_page()
    page.goto(f"{address}{path}")
    text, waits = file.read_text(encoding="utf-8"), []
    for number in range(ROUNDS + 1):
        start = time.perf_counter()
        file.write_text(f"{text}\n\nSaved{number}.\n", encoding="utf-8")
        page.wait_for_function(f"document.body.innerText.includes('Saved{number}.')", timeout=120_000)
        waits.append(time.perf_counter() - start)
    file.write_text(text, encoding="utf-8")
    builds = [float(seconds) for seconds in re.findall(r"in ([\d.]+)\s+seconds", log.read_text(encoding="utf-8"))]
    return f"from save to shown {median(waits[1:]):.2f} s, of which building {median(builds[-ROUNDS:]):.2f} s"


def _address(log: Path) -> str:
    while True:
        found = re.search(r"http://\S+", log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.1)
