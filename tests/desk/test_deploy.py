"""Deploying: told first, sent when asked, and never what is not published."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

import set_up
from builders import SiteTest
from essay_series.desk.command import RefusedError
from essay_series.desk.deploy import rclone, rsync
from essay_series.desk.github_pages import differences, own_domain

ROOT = "https://essays.example"


@pytest.fixture(scope="module")
def publication(tmp_path_factory):
    """Return the folder of a site of one essay that was published once for all tests."""
    site = SiteTest(tmp_path_factory.mktemp("published")).essay("one")
    done = site.publish(ROOT)
    assert done.code == 0, done.said
    return site.folder


@pytest.fixture
def published(site, publication):
    """Return a site of one essay that was just published."""
    shutil.copytree(publication, site.folder, dirs_exist_ok=True, symlinks=True)
    return site


def deploy(site, **words):
    """Deploy `site` as an author does."""
    return site.publish("", command="deploy", **words)


def git(*words, cwd) -> str:
    """Return what git says."""
    return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, text=True).stdout


def needs(command):
    """Skip the test where `command` is not installed, and fail where CI is set."""
    if not shutil.which(command):
        reason = f"NO {command.upper()}: deploying by it was not tested"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


def files_of(folder) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}


@pytest.fixture
def bare(published, tmp_path_factory):
    """Return a bare repository that the site's own has as its origin."""
    folder = tmp_path_factory.mktemp("remote")
    git("init", "--quiet", "--bare", str(folder), cwd=folder)
    git("init", "--quiet", cwd=published.folder)
    git("remote", "add", "origin", str(folder), cwd=published.folder)
    git("config", "user.name", "Ada", cwd=published.folder)
    git("config", "user.email", "ada@essays.example", cwd=published.folder)
    return folder


def test_github_pages_gets_the_site_on_its_branch(published, bare):
    """The branch holds the published files, the domain and the mark that Jekyll is not wanted."""
    told = deploy(published, TARGET="github-pages")
    assert "new     essays/one/index.html" in told.said
    assert "add APPLY=1" in told.said
    assert git("branch", "--list", cwd=bare) == ""
    sent = deploy(published, TARGET="github-pages", APPLY="1")
    assert sent.code == 0, sent.said
    assert git("show", "gh-pages:CNAME", cwd=bare) == "essays.example"
    assert git("show", "gh-pages:.nojekyll", cwd=bare) == ""
    assert git("show", "gh-pages:essays/one/index.html", cwd=bare) == sent.page("essays/one/index.html")


def test_github_pages_is_told_only_what_changed(published, bare):
    """A second deployment follows the first in the branch's history, names the changes, and takes away what is gone."""
    deploy(published, TARGET="github-pages", APPLY="1")
    assert "Nothing has changed." in deploy(published, TARGET="github-pages").said
    published.essay("one", "Other.").essay("two").publish(ROOT)
    git("branch", "-D", "gh-pages", cwd=published.folder)
    told = deploy(published, TARGET="github-pages", APPLY="1", TO=str(bare)).said
    assert "changed essays/one/index.html" in told
    assert "new     essays/two/index.html" in told
    assert "archive/index.html" in told
    assert git("rev-list", "--count", "gh-pages", cwd=bare) == "2\n"
    assert "Nothing has changed." in deploy(published, TARGET="github-pages").said


def test_what_git_refuses_is_told(published):
    """Without a repository, or with a remote that is none, git's own reason is shown, and no traceback."""
    git("init", "--quiet", cwd=published.folder)
    done = deploy(published, TARGET="github-pages", TO="nowhere")
    assert (done.code, "Traceback" in done.said) == (1, False)
    assert "git says:" in done.said


def test_a_domain_of_githubs_needs_no_cname(tmp_path):
    """Only a domain of one's own is written into CNAME."""
    home = tmp_path / "index.html"
    home.write_text('<link rel="canonical" href="https://ada.github.io/essays/">', encoding="utf-8")
    assert own_domain(tmp_path) == ""
    home.write_text('<link rel="canonical" href="https://ada.example/">', encoding="utf-8")
    assert own_domain(tmp_path) == "ada.example"


def test_what_is_gone_is_told():
    """A file that the site no longer has is named as gone."""
    assert differences({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}) == [
        "changed b",
        "gone    c",
        "new     d",
    ]


@pytest.mark.external
def test_rsync_makes_a_folder_the_same(published, tmp_path):
    """What is new is copied and what is gone deleted, inside the target alone; a host's own .well-known stays."""
    needs("rsync")
    target = tmp_path / "srv/site"
    target.mkdir(parents=True)
    for file in (tmp_path / "srv/other.txt", target / "old.html", target / ".well-known/token"):
        file.parent.mkdir(exist_ok=True)
        file.write_text("x", encoding="utf-8")
    told = deploy(published, TARGET="rsync", TO=str(target))
    assert (told.code, "essays/one/index.html" in told.said, "old.html" in told.said) == (0, True, True)
    assert set(files_of(target)) == {"old.html", ".well-known/token"}
    sent = deploy(published, TARGET="rsync", TO=str(target), APPLY="1")
    assert sent.code == 0, sent.said
    assert files_of(target) == {**sent.files(), ".well-known/token": b"x"}
    assert (tmp_path / "srv/other.txt").exists()


@pytest.mark.parametrize("to", ["", "/", "~", "host:", "host:/", "host:~", "..", "/srv/../", "-e sh", "--rsh=x", "."])
def test_rsync_wants_a_folder_of_its_own(to):
    """A target in which everything else would be deleted, or that is an option, is refused."""
    with pytest.raises(RefusedError, match="in a folder of its own"):
        rsync(Path("public"), to, apply=True)


@pytest.mark.parametrize("to", ["", "bucket", "remote:", "remote:/", "--config:x", "remote:../x"])
def test_s3_wants_a_bucket(to):
    """A whole store, a local folder or an option is refused."""
    with pytest.raises(RefusedError, match="Say which bucket"):
        rclone(Path("public"), to, apply=True)


@pytest.fixture
def store(tmp_path):
    """Return the environment in which rclone's remote ``store`` is an S3-compatible server on this machine."""
    needs("rclone")
    server = set_up.store()
    if not server:
        reason = "NO S3-COMPATIBLE STORE: deploying to one was not tested"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_") and "proxy" not in k.lower()}
    running = subprocess.Popen(
        [server, "-H", "127.0.0.1", "-p", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    _wait_for(address)
    config = tmp_path / "rclone.conf"
    config.write_text(
        f"[store]\ntype = s3\nprovider = Other\nendpoint = {address}\naccess_key_id = x\nsecret_access_key = y\n"
        "region = us-east-1\n",
        encoding="utf-8",
    )
    yield {"RCLONE_CONFIG": str(config)}
    running.terminate()
    running.wait()


def _wait_for(address):
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/moto-api/data.json", timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the S3 server did not start")


@pytest.mark.external
def test_s3_gets_the_site(published, store, tmp_path, monkeypatch):
    """The bucket holds the published files, and what is gone is deleted from it."""
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    rclone_ = ["rclone", "--config", store["RCLONE_CONFIG"]]
    subprocess.run([*rclone_, "mkdir", "store:essays"], check=True)
    subprocess.run([*rclone_, "rcat", "store:essays/old.html"], check=True, input=b"x")
    told = deploy(published, TARGET="s3", TO="store:essays", **store)
    assert told.code == 0, told.said
    assert "essays/one/index.html: Skipped copy as --dry-run is set" in told.said
    sent = deploy(published, TARGET="s3", TO="store:essays", APPLY="1", **store)
    assert sent.code == 0, sent.said
    subprocess.run([*rclone_, "copy", "store:essays", str(tmp_path / "back")], check=True)
    assert files_of(tmp_path / "back") == sent.files()


def test_a_way_must_be_named(published):
    """Without a TARGET that is known, the three are told."""
    done = deploy(published, TARGET="ftp")
    assert (done.code, "TARGET=github-pages, TARGET=rsync or TARGET=s3" in done.said) == (1, True)


def test_a_missing_command_is_told_with_its_cure(published, tmp_path):
    """Where rsync is not installed, it is said how to get it."""
    done = deploy(published, TARGET="rsync", TO=str(tmp_path / "x"), PATH=str(tmp_path))
    assert (done.code, "rsync is not installed. Install it: apt install rsync" in done.said) == (1, True)


def test_only_what_is_published_is_sent(published, tmp_path):
    """A source that is newer than the publication, one without an address yet, or no publication at all, is refused."""
    words = {"TARGET": "rsync", "TO": str(tmp_path / "x"), "APPLY": "1"}
    essay = published.folder / "content/essays/one.md"
    later = (published.folder / "public").stat().st_mtime + 60
    os.utime(essay, (later, later))
    assert "essays/one.md was changed since the last make publish" in deploy(published, **words).said
    os.utime(essay, (0, 0))
    published.essay("two")
    assert "/essays/two/ is not published yet" in deploy(published, **words).said
    published.remove("content/essays/two.md")
    shutil.rmtree(published.folder / "public")
    done = deploy(published, **words)
    assert (done.code, "is not there yet: make publish" in done.said) == (1, True)
    assert not (tmp_path / "x").exists()
