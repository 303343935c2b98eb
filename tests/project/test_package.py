"""The installed package: its files, its dependencies, and that it works without a checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from builders import PROJECT, Build, SiteTest
from essay_series.extras import MODULES, install_command

PROJECT_FACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INSIDE = "pelican/plugins/essay_series"
SETTINGS = """
SITENAME = "A blog"
SITEURL = "https://blog.example"
TAG_AUTHORITY = "blog.example,2009-04-01"
TIMEZONE = "UTC"
PATH = "content"
PLUGINS = ["essay_series"]
"""
SITE = "ESSAY_SERIES_SITE = True\n"
PRINT_LOADED = """
import atexit, sys
atexit.register(lambda: print(*{m.__file__ for n, m in list(sys.modules.items()) if "essay_series" in n}, sep="\\n"))
"""
"""Settings that make a build end by printing every file of the package that it loaded."""


def built_package(kind: str, folder: Path, project: Path = PROJECT) -> Path:
    """Return the ``wheel`` or ``sdist`` of a project, built into `folder` without the network."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return next(folder.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel of this project."""
    return built_package("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """Return the Python of an environment with the wheel and its dependencies, without extras.

    Pip installs the wheel, and the dependencies are linked from this environment. Two extras have folders of their own,
    which `run` adds by name.
    """
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True)
    base = packages(PROJECT_FACTS["dependencies"])
    link(base, folder / "libraries")
    for extra in ("site", "images"):
        link(packages(PROJECT_FACTS["optional-dependencies"][extra]) - base, folder / extra)
    next(folder.glob("lib/*/site-packages")).joinpath("libraries.pth").write_text(f"{folder / 'libraries'}\n")
    return python


def packages(lines: list[str]) -> set[str]:
    """Return the names of the packages required by `lines`, direct and indirect."""
    return {name for line in lines for name in needed(Requirement(line))}


def needed(requirement: Requirement, extras: frozenset[str] = frozenset({""})) -> set[str]:
    """Return the names of a required package and its dependencies; none if its marker does not apply."""
    if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
        return set()
    lines = metadata.distribution(requirement.name).requires or ()
    wanted = frozenset(requirement.extras or {""})
    return {requirement.name} | {name for line in lines for name in needed(Requirement(line), wanted)}


def link(names: set[str], folder: Path) -> None:
    """Link every file of the packages `names` into `folder`."""
    for distribution in map(metadata.distribution, names):
        for file in distribution.files or ():
            if ".." not in file.parts:
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).symlink_to(distribution.locate_file(file))


@pytest.fixture
def blog(tmp_path) -> Path:
    """Return the folder of a stock blog with a series of three parts."""
    (tmp_path / "pelicanconf.py").write_text(f"{SETTINGS}{PRINT_LOADED}")
    (tmp_path / "content").mkdir()
    for number, name in enumerate(("One", "Two", "Three"), 1):
        header = f"Title: {name}\nDate: 2009-04-0{number}\nSeries: Slow bread\nSummary: Part {number}.\n"
        (tmp_path / f"content/{name.lower()}.md").write_text(f"{header}\nThe text of {name}.\n")
    return tmp_path


def run(python: Path, folder: Path, *words: str, extra: str = "", **variables: str) -> subprocess.CompletedProcess:
    """Run a module in `folder` with a Python that sees nothing of this environment except the named extras."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    found = os.pathsep.join(str(python.parent.parent / name) for name in extra.split())
    with_extra = {"PYTHONPATH": found} if extra else {}
    return subprocess.run(
        [str(python), "-m", *words],
        cwd=folder,
        env={**environment, "COLUMNS": "200", **with_extra, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def build(python: Path, folder: Path, **how: str) -> str:
    """Build the blog as Pelican's users do, and return the output."""
    done = run(python, folder, "pelican", "content", "--settings", "pelicanconf.py", "--fatal=errors", **how)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def add(folder: Path, *lines: str) -> None:
    """Add lines to the settings of the blog."""
    with (folder / "pelicanconf.py").open("a") as settings:
        settings.writelines(f"{line}\n" for line in lines)


def loaded(output: str) -> set[str]:
    """Return the files of the package that a build printed at its end."""
    return set(re.findall(r"^/.*\.py$", output, re.MULTILINE))


@pytest.mark.site
@pytest.mark.parametrize(("settings", "extra"), [("", ""), (SITE, "site")])
def test_the_installed_plugin_makes_the_pages_of_a_series(installed, blog, settings, extra):
    """The installed plugin gives a stock blog the pages and feeds of its series.

    A site of this project's kind needs the extra for sites, and no other.
    """
    add(blog, settings)
    assert loaded(build(installed, blog, extra=extra))
    page = (blog / "output/series/slow-bread/index.html").read_text(encoding="utf-8")
    assert all(f"{name}</a>" in page for name in ("One", "Two", "Three"))
    assert {path.suffix for path in (blog / "output").rglob("slow-bread.*")} == {".xml", ".json"}


@pytest.mark.site
def test_the_test_environment_has_no_extras(installed):
    """The environment of these tests has only the dependencies."""
    absent = ", ".join(
        f"importlib.util.find_spec('{name}')" for name in ("PIL", "brotli", "filelock", "typogrify", "bs4")
    )
    program = f"import importlib.util; print({{{absent}}})"
    assert subprocess.check_output([installed, "-c", program], text=True) == "{None}\n"


@pytest.mark.site
@pytest.mark.parametrize(
    ("settings", "extra", "message"),
    [
        (SITE, "", "ESSAY_SERIES_SITE: required packages are missing. Install them: pip install {}site]"),
        (
            f"{SITE}SEARCH_INDEX = CARDS = True",
            "site",
            "CARDS and SEARCH_INDEX: required packages are missing. Install them: pip install {}images,search]",
        ),
    ],
)
def test_a_setting_that_needs_a_missing_extra_is_refused(installed, blog, settings, extra, message):
    """The build ends with the command that installs the extra, and without a traceback."""
    add(blog, settings)
    done = run(installed, blog, "pelican", "content", "--settings", "pelicanconf.py", extra=extra)
    printed = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert message.format('"pelican-essay-series[') in printed
    assert "Traceback" not in printed


@pytest.mark.site
def test_commands_without_their_extra_say_how_to_install_it(installed, blog):
    """The commands end with the command that installs the extra, and without a traceback."""
    message = 'The commands need more than the plugin: pip install "pelican-essay-series[site]"\n'
    done = run(installed, blog, "pelican.plugins.essay_series", "status")
    assert (done.returncode, done.stderr) == (1, message)
    program = subprocess.run([installed.parent / "essays", "status"], capture_output=True, text=True, check=False)
    assert (program.returncode, program.stderr) == (1, message)


@pytest.mark.site
def test_images_are_shown_without_pillow(installed, blog):
    """Without Pillow a text keeps its image as written."""
    (blog / "content/images").mkdir()
    (blog / "content/images/dot.gif").write_bytes(b"GIF89a\1\0\1\0\0\0\0;")
    with (blog / "content/one.md").open("a") as text:
        text.write("\n![A dot]({static}/images/dot.gif)\n")
    add(blog, SITE)
    build(installed, blog, extra="site")
    assert 'alt="A dot"' in (blog / "output/one.html").read_text(encoding="utf-8")


@pytest.mark.site
def test_the_installed_copy_is_preferred_to_a_checkout(installed, blog):
    """Pelican prefers the installed copy to PLUGIN_PATHS, and all modules are loaded from it."""
    add(blog, SITE, f"PLUGIN_PATHS = [{str(PROJECT / 'plugins')!r}]")
    files = loaded(build(installed, blog, extra="site"))
    assert any(file.endswith("build/texts/comments.py") for file in files)
    assert [file for file in files if not Path(file).is_relative_to(installed.parent.parent)] == []


@pytest.mark.site
def test_the_installed_copy_makes_the_same_site_as_a_checkout(installed, tmp_path):
    """A site has the same bytes with the installed plugin and theme as with a checkout."""
    site = SiteTest(tmp_path, settings='BOOK_FORMATS = ["page"]\n').sample()
    of_checkout = site.build().files()
    add(tmp_path, "from pelican.plugins.essay_series import theme", "THEME = theme()")
    add(tmp_path, 'THEME_TEMPLATES_OVERRIDES = [theme("static/css")]', "PLUGIN_PATHS = []", 'OUTPUT_PATH = "other"')
    build(installed, tmp_path, extra="site images")
    assert Build(0, "", tmp_path / "other").files() == of_checkout


@pytest.mark.site
def test_commands_of_a_checkout_refuse_to_run_beside_an_installed_copy(installed, blog):
    """They name the copy that Pelican takes and how to remove it, and do nothing."""
    done = run(installed, blog, "essay_series", "status", PYTHONPATH=str(PROJECT / "plugins"))
    assert done.returncode == 1
    for words in (f"{installed.parent.parent}", str(PROJECT / "plugins/essay_series"), "pip uninstall"):
        assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.site
def test_commands_run_from_the_installed_copy(installed, blog):
    """``python -m pelican.plugins.essay_series…`` runs the commands."""
    add(blog, SITE)
    (blog / "publishconf.py").write_text((blog / "pelicanconf.py").read_text())
    for command, output in (("status", "Slow bread"), ("verify", "gave the same bytes")):
        done = run(installed, blog, "pelican.plugins.essay_series", command, extra="site")
        assert (done.returncode, done.stderr, output in done.stdout) == (0, "", True), done.stdout


@pytest.mark.site
def test_the_package_returns_the_folder_of_its_theme(installed, blog):
    """The function `theme` returns the folder of the theme, installed or not."""
    program = "from pelican.plugins.essay_series import theme; print(theme('static', 'css'))"
    folder = Path(subprocess.check_output([installed, "-c", program], cwd=blog, text=True).strip())
    assert (folder / "tokens.css").is_file()
    assert folder.is_relative_to(installed.parent.parent)
    from essay_series import theme  # noqa: PLC0415 - the name is this test's subject

    assert Path(theme("static", "css")) == PROJECT / "theme/static/css"


@pytest.mark.site
def test_the_wheel_has_exactly_the_needed_files(wheel):
    """The wheel has code, templates, scripts, locks and the theme with its fonts, and nothing else."""
    names = set(zipfile.ZipFile(wheel).namelist())
    files = (path for path in (PROJECT / "plugins/essay_series").rglob("*") if path.is_file())
    ours = {path for path in files if path.parent.name != "__pycache__"}  # which also holds compiled templates
    theme = {path for path in (PROJECT / "theme").rglob("*") if path.is_file()}
    left_out = {PROJECT / "theme/screenshot.png", PROJECT / "theme/static/subset-fonts.sh"}
    wanted = {f"{INSIDE}/{path.relative_to(PROJECT / 'plugins/essay_series').as_posix()}" for path in ours}
    wanted |= {f"{INSIDE}/{path.relative_to(PROJECT).as_posix()}" for path in theme - left_out}
    wanted.add(f"{INSIDE}/starter/requirements.txt")
    assert {name for name in names if ".dist-info/" not in name} == wanted
    licences = {name.partition("/licenses/")[2] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "theme/static/fonts/OFL.txt"}


@pytest.mark.site
def test_wheels_are_reproducible(wheel, tmp_path):
    """A wheel built from the source archive, with other file times and modes, has the same bytes."""
    with tarfile.open(built_package("sdist", tmp_path)) as archive:
        archive.extractall(tmp_path, filter="data")
    for path in tmp_path.rglob("*.py"):
        path.chmod(0o600)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    again = built_package("wheel", tmp_path / "again", next(path for path in tmp_path.iterdir() if path.is_dir()))
    assert again.read_bytes() == wheel.read_bytes()


def test_the_metadata_has_the_tested_python_versions():
    """The classifiers name exactly the Python versions that the test workflow uses."""
    jobs = yaml.safe_load((PROJECT / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    tested = {step["with"]["python-version"] for step in steps if "setup-python" in step.get("uses", "")}
    tested = tested - {"${{ matrix.python }}"} | {*jobs["python"]["strategy"]["matrix"]["python"]}
    claimed = {line.rpartition(" :: ")[2] for line in PROJECT_FACTS["classifiers"] if "Python :: 3." in line}
    assert claimed == tested


def test_every_package_of_an_extra_has_its_module():
    """An extra is detected by a module of each of its packages."""
    brings = metadata.packages_distributions()
    packages = {
        extra: {Requirement(line).name for line in PROJECT_FACTS["optional-dependencies"][extra]} for extra in MODULES
    }
    found = {extra: {canonical(brings[module][0]) for module in modules} for extra, modules in MODULES.items()}
    assert found == packages
    assert MODULES.keys() == PROJECT_FACTS["optional-dependencies"].keys()


def canonical(name: str) -> str:
    """Return the normalized name of a package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_install_command_has_only_missing_extras(monkeypatch):
    """All missing extras are in one command, which is empty if none is missing."""
    assert install_command(MODULES) == ""
    monkeypatch.setitem(MODULES, "images", ("no_such_module",))
    monkeypatch.setitem(MODULES, "book", ("no_such_module",))
    assert install_command(["images", "site", "book"]) == 'pip install "pelican-essay-series[book,images]"'
