"""Check the published sample with the Nu HTML checker on every page, and Lighthouse on each kind of page.

Run by ``make audit``; needs Node and Java. The checker's CSS messages are counted separately, since it does not know
anchor positioning and scroll-driven animations yet.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
sys.path[:0] = [str(PROJECT / folder) for folder in ("plugins", "tests", "tests/browser")]

from pages import KINDS  # noqa: E402 - the path is set just above

from builders import SiteTest  # noqa: E402
from quiet import served  # noqa: E402
from set_up import installed  # noqa: E402


def tools() -> Path:
    """Install the pinned tools into the cache, and return their folder."""
    folder = PROJECT / "cache/audit"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    quiet = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--legacy-peer-deps", "--silent"], cwd=folder, env=quiet, check=True
    )
    return folder / "node_modules"


def check_html(modules: Path, output: Path) -> int:
    """Print the findings of the Nu checker, and return the number of errors in HTML."""
    jar = modules / "vnu-jar/build/dist/vnu.jar"
    command = ["java", "-jar", jar, "--errors-only", "--skip-non-html", "--also-check-svg", output]
    messages = subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()
    style = [line for line in messages if re.search(r"error: CSS:", line)]
    errors = [line for line in messages if line not in style]
    pages = len(list(output.rglob("*.html")))
    print(f"Nu HTML checker: {pages} pages, {len(errors)} errors; {len(style)} properties unknown to its CSS part")
    print(*errors, sep="\n", end="\n" if errors else "")
    return len(errors)


def run_lighthouse(modules: Path, url: str) -> list[int]:
    """Print and return Lighthouse's four scores of the page at `url`."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        flags = "--headless=new --no-sandbox --disable-gpu"
        command = [modules / ".bin/lighthouse", url, "--quiet", "--output=json", f"--output-path={report.name}"]
        environment = {**os.environ, "CHROME_PATH": installed() or ""}
        subprocess.run([*command, f"--chrome-flags={flags}"], env=environment, check=True, capture_output=True)
        categories = json.loads(Path(report.name).read_text(encoding="utf-8"))["categories"].values()
    scores = {category["id"]: round(100 * category["score"]) for category in categories}
    print(f"{re.sub('https?://[^/]+', '', url):45}", *(f"{name} {score}" for name, score in scores.items()))
    return list(scores.values())


def audit() -> int:
    """Build, serve and check the site; return 0 if it has no errors and full scores."""
    modules = tools()
    site = SiteTest(PROJECT / "cache/audited")
    shutil.rmtree(site.folder, ignore_errors=True)
    output = site.folder / "public"
    with served(output) as root:
        built = site.sample().publish(root)
        if built.code:
            sys.exit(built.said)
        errors = check_html(modules, output)
        listed = {kind: path for kind, path in KINDS.items() if kind != "not-found"}
        scores = [run_lighthouse(modules, f"{root}{path}") for path in listed.values()]
    return int(errors > 0 or any(score < 100 for page in scores for score in page))


if __name__ == "__main__":
    sys.exit(audit())
