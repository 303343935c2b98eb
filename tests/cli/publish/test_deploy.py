"""Deploying: told first, sent when asked, never what is not published, and nothing of others is touched."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import set_up
from builders import PROJECT, SiteTest, a_manuscript, sealed
from essay_series.cli.command import CommandError
from essay_series.cli.publish.deploy import require_earlier_deployment
from essay_series.cli.publish.github_pages import differences, own_domain
from essay_series.cli.publish.rclone import bucket
from essay_series.cli.publish.rsync import folder
from essay_series.publish.marker import MARKER, Marker, marker_from

ROOT = "https://essays.example"
SETTINGS = "SEARCH_SAVE_AS = ''\nCOPIES = []\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> SiteTest:
    """Return a published site of two essays, in a repository with an origin, from which each test gets a copy."""
    site = SiteTest(tmp_path_factory.mktemp("template") / "site", settings=SETTINGS)
    site.folder.mkdir()
    site.essay("one").essay("two").write(".gitignore", "public/\ncache/\ndeploy/\n.public*\n")
    done = site.publish(ROOT)
    assert done.code == 0, done.said
    git("init", "--quiet", "--bare", "--initial-branch", "main", "origin.git", cwd=site.folder.parent)
    git("init", "--quiet", "--initial-branch", "main", cwd=site.folder)
    git("remote", "add", "origin", "../origin.git", cwd=site.folder)
    git("config", "user.name", "Ada", cwd=site.folder)
    git("config", "user.email", "ada@essays.example", cwd=site.folder)
    committed(site)
    return site


def committed(site) -> None:
    """Commit all sources of `site`."""
    git("add", "--all", cwd=site.folder)
    git("commit", "--quiet", "--message", "Published", cwd=site.folder)


@pytest.fixture
def published(template, tmp_path) -> SiteTest:
    """Return a copy of the published site, with an origin of its own."""
    shutil.copytree(template.folder.parent, tmp_path, dirs_exist_ok=True)
    return SiteTest(tmp_path / "site", settings=SETTINGS)


def withdrawn(site, slug):
    """Withdraw an essay of `site` and publish."""
    assert site.publish(ROOT, command="gone", ADDRESS=f"/essays/{slug}/").code == 0
    done = site.remove(f"content/essays/{slug}.md").publish(ROOT)
    assert done.code == 0, done.said
    return done


def deploy(site, **words):
    """Deploy `site` as an author does."""
    return site.publish("", command="deploy", **words)


def git(*words, cwd) -> str:
    """Return what git says."""
    return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, text=True).stdout


def on_branch(repository) -> set[str]:
    """Return the files on the branch."""
    return set(git("ls-tree", "-r", "--name-only", "gh-pages", cwd=repository).splitlines())


def needs(command):
    """Skip the test where `command` is not installed, and fail where CI is set."""
    if not shutil.which(command):
        reason = f"NO {command.upper()}: deploying by it was not tested"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


def files_of(folder) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}


@pytest.fixture
def bare(published) -> Path:
    """Return the bare repository that the site's own has as its origin."""
    return published.folder.parent / "origin.git"


@pytest.mark.site
def test_github_pages_gets_the_site_on_its_branch(published, bare):
    """The branch gets the published files, CNAME and .nojekyll; files of others stay.

    A second deployment is one more commit, lists the changes, and removes files that are gone.
    """
    told = deploy(published, TARGET="github-pages")
    assert "new     essays/one/index.html" in told.said
    assert "add APPLY=1" in told.said
    assert git("branch", "--list", cwd=bare) == ""
    sent = deploy(published, TARGET="github-pages", APPLY="1")
    assert sent.code == 0, sent.said
    assert git("show", "gh-pages:CNAME", cwd=bare) == "essays.example"
    assert git("show", "gh-pages:.nojekyll", cwd=bare) == ""
    assert git("show", "gh-pages:essays/one/index.html", cwd=bare) == sent.page("essays/one/index.html")
    assert on_branch(bare) == {*sent.files(), "CNAME", ".nojekyll"}
    assert "Nothing has changed." in deploy(published, TARGET="github-pages").said
    add_to_branch(bare, "google.html")
    published.essay("one", "Other.").write("public/notes.txt", "Mine.")
    withdrawn(published, "two")
    told = deploy(published, TARGET="github-pages").said
    sent = deploy(published, TARGET="github-pages", APPLY="1", TO=str(bare))
    assert {"changed essays/one/index.html", "gone    essays/two/index.html"} <= set(told.splitlines())
    assert told.partition("Not part of this site")[0] == sent.said.partition("Not part of this site")[0]
    assert "never sent: notes.txt" in told
    assert "Not part of this site, left on the target: 1 file, such as google.html." in told
    assert on_branch(bare) == {*sent.files(), "CNAME", ".nojekyll", "google.html"} - {"notes.txt"}
    assert git("rev-list", "--count", "gh-pages", cwd=bare) == "3\n"
    assert "Nothing has changed." in deploy(published, TARGET="github-pages").said


def add_to_branch(bare, name) -> None:
    """Put a file on the branch, as another person does."""
    clone = bare.parent / "other"
    git("clone", "--quiet", "--branch", "gh-pages", str(bare), str(clone), cwd=bare)
    (clone / name).write_text("x")
    git("add", "--all", cwd=clone)
    git("-c", "user.name=Bob", "-c", "user.email=b@x.example", "commit", "--quiet", "--message", "x", cwd=clone)
    git("push", "--quiet", cwd=clone)
    shutil.rmtree(clone)


@pytest.mark.external
def test_a_machine_that_is_behind_cannot_deploy(published, bare, tmp_path):
    """A machine that lacks a later publication is refused until it pulls."""
    needs("rsync")
    other = SiteTest(tmp_path / "other", settings=SETTINGS)
    target = tmp_path / "srv/site"
    target.parent.mkdir()
    git("push", "--quiet", "origin", "main", cwd=published.folder)
    shutil.copytree(published.folder, other.folder)
    published.essay("four").publish(ROOT)
    committed(published)
    ways = ({"TARGET": "github-pages"}, {"TARGET": "rsync", "TO": str(target)})
    for way in ways:
        assert deploy(published, **way, APPLY="1").code == 0
    before = on_branch(bare), files_of(target)
    for way in ways:
        done = deploy(other, **way, APPLY="1")
        assert (done.code, "The target is ahead of this checkout" in done.said) == (1, True), done.said
    assert (on_branch(bare), files_of(target)) == before
    git("push", "--quiet", "origin", "main", cwd=published.folder)
    git("pull", "--quiet", "origin", "main", cwd=other.folder)
    assert "does not match the published record" in deploy(other, **ways[1], APPLY="1").said
    assert other.publish(ROOT).code == 0
    for way in ways:
        done = deploy(other, **way, APPLY="1")
        assert done.code == 0, done.said
    assert "essays/four/index.html" in on_branch(bare)


@dataclass
class FakeTarget:
    """A target of a few files in memory."""

    files: dict[str, bytes] = field(default_factory=dict)

    def paths(self) -> set[str]:
        """Return the files."""
        return {*self.files}

    def read(self, path) -> bytes | None:
        """Return what a file holds."""
        return self.files.get(path)

    def update(self, plan, *, apply) -> None:
        """Do nothing."""


LINES = 'authority = "e.example,2026"\n[addresses]\n"/feeds/all.atom.xml" = { first = "2026-01-01", id = "feed" }\n'
LINES += '"/essays/one/" = { first = "2026-01-01", id = "one" }\n[earlier]\n"0123" = "2026-01-01"\n'


def feed(identity, *items) -> bytes:
    """Return an Atom feed with its entries."""
    entries = "".join(f"<entry><id>{each}</id><title>{each}</title></entry>" for each in items)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{identity}</id>{entries}</feed>'.encode()


def marked(**facts) -> dict[str, bytes]:
    """Return the files of a target with a marker."""
    return {"index.html": b"", MARKER: Marker(**{"site": "e.example,2026", "record": "0123", **facts}).text().encode()}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, ""),
        ({".well-known/token": b"x"}, ""),
        (marked(), ""),
        ({"feeds/all.atom.xml": feed("feed", "one")}, ""),
        ({"mine.txt": b"x"}, "no marker of an earlier deployment of this site"),
        ({MARKER: b"{"}, "no marker"),
        ({"feeds/all.atom.xml": feed("another", "one")}, "no marker"),
        (marked(site="other.example,2026"), "The target holds the site of other.example,2026"),
        (marked(record="4567"), "The target is ahead of this checkout"),
        (marked(commit="0" * 40), "The target is ahead of this checkout"),
        (
            {"feeds/all.atom.xml": feed("feed", "one", "four")},
            'The target is ahead of this checkout: it contains "four"',
        ),
    ],
)
@pytest.mark.site
def test_a_target_is_empty_or_an_earlier_deployment(files, said):
    """A target with other files, another site, a later deployment or a damaged marker is refused."""
    site = a_manuscript({"published.toml": sealed(LINES)}, content=str(PROJECT / "content"))
    if not said:
        require_earlier_deployment(site, FakeTarget(files), {*files})
        return
    with pytest.raises(CommandError, match=said):
        require_earlier_deployment(site, FakeTarget(files), {*files})


@pytest.mark.site
def test_a_target_of_the_same_or_an_older_commit_is_accepted(published):
    """A target of a later commit is refused, even if that commit was fetched."""
    site = a_manuscript({"published.toml": sealed(LINES)}, content=str(published.folder))
    first = git("rev-parse", "HEAD", cwd=published.folder).strip()
    published.essay("one", "Other.")
    committed(published)
    require_earlier_deployment(site, FakeTarget(marked(commit=first)), {MARKER})
    second = git("rev-parse", "HEAD", cwd=published.folder).strip()
    git("reset", "--quiet", "--hard", first, cwd=published.folder)
    with pytest.raises(CommandError, match="ahead of this checkout"):
        require_earlier_deployment(site, FakeTarget(marked(commit=second)), {MARKER})
    git("commit", "--quiet", "--amend", "--message", "Reworded", cwd=published.folder)
    require_earlier_deployment(site, FakeTarget(marked(commit=first)), {MARKER})


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"site": "x"}', "[" * 9999])
def test_a_damaged_marker_is_none(text):
    """A marker that cannot be parsed counts as missing."""
    assert marker_from(text) is None


def test_a_marker_names_a_commit_or_nothing():
    """A commit in a marker that is not a hash is dropped, so git never takes it for an option."""
    assert marker_from('{"site": "a", "record": "b", "commit": "--help"}').commit == ""


@pytest.mark.site
def test_errors_of_git_are_shown(published):
    """With an invalid remote git's own message is shown, without a traceback."""
    done = deploy(published, TARGET="github-pages", TO="nowhere")
    assert (done.code, "Traceback" in done.said) == (1, False)
    assert "git says:" in done.said


def test_only_an_own_domain_needs_a_cname(tmp_path):
    """Domains of GitHub are not written into CNAME."""
    home = tmp_path / "index.html"
    home.write_text('<link rel="canonical" href="https://ada.github.io/essays/">', encoding="utf-8")
    assert own_domain(tmp_path) == ""
    home.write_text('<link rel="canonical" href="https://ada.example/">', encoding="utf-8")
    assert own_domain(tmp_path) == "ada.example"


def test_a_site_in_a_folder_claims_no_domain(tmp_path):
    """A site in a folder of its host gets no CNAME, since the host has other pages."""
    (tmp_path / "index.html").write_text('<link rel="canonical" href="https://ada.example/essays/">', encoding="utf-8")
    assert own_domain(tmp_path) == ""


def test_removed_files_are_listed():
    """A file that the site no longer has is listed as gone."""
    assert differences({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}) == [
        "changed b",
        "gone    c",
        "new     d",
    ]


@pytest.mark.external
def test_rsync_changes_only_files_of_the_site(published, tmp_path):
    """New files are copied and removed ones deleted, as the dry run listed; other files stay."""
    needs("rsync")
    target = tmp_path / "srv/site"
    target.mkdir(parents=True)
    (target / ".well-known").mkdir()
    (target / ".well-known/token").write_text("x")
    told = deploy(published, TARGET="rsync", TO=str(target))
    assert (told.code, "essays/one/index.html" in told.said) == (0, True), told.said
    assert set(files_of(target)) == {".well-known/token"}
    sent = deploy(published, TARGET="rsync", TO=f"{target}/./", APPLY="1")
    assert sent.code == 0, sent.said
    assert files_of(target) == {**sent.files(), ".well-known/token": b"x"}
    others = {"essays/two/[a]*.txt": b"x", "mine/x.txt": b"x", "theme/mine.css": b"x", ".well-known/token": b"x"}
    for path, data in others.items():
        (target / path).parent.mkdir(exist_ok=True)
        (target / path).write_bytes(data)
    withdrawn(published, "two")
    published.write("public/notes.txt", "Mine.")
    told = deploy(published, TARGET="rsync", TO=str(target)).said
    sent = deploy(published, TARGET="rsync", TO=str(target), APPLY="1")
    assert sent.code == 0, sent.said
    of_rsync = [[line for line in said.splitlines() if line[:2] in ("*d", ">f", "cd")] for said in (told, sent.said)]
    assert of_rsync[0] == of_rsync[1]
    assert any("essays/two/index.html" in line for line in of_rsync[0])
    assert "never sent: notes.txt" in sent.said
    assert "left on the target: 4 files" in sent.said
    assert files_of(target) == {p: d for p, d in {**sent.files(), **others}.items() if p != "notes.txt"}


@pytest.mark.external
def test_a_folder_with_other_files_needs_take_over(published, tmp_path):
    """A folder that is not empty is refused; with TAKE_OVER=yes its files stay."""
    needs("rsync")
    target = tmp_path / "srv/site"
    target.mkdir(parents=True)
    (target / "old.html").write_text("x")
    words = {"TARGET": "rsync", "TO": str(target), "APPLY": "1"}
    for more, said in (({}, "old.html, and no marker"), ({"TAKE_OVER": "please"}, "TAKE_OVER:")):
        done = deploy(published, **words, **more)
        assert (done.code, said in done.said) == (1, True), done.said
    assert set(files_of(target)) == {"old.html"}
    taken = deploy(published, **words, TAKE_OVER="yes")
    assert taken.code == 0, taken.said
    assert files_of(target) == {**taken.files(), "old.html": b"x"}
    assert deploy(published, **words).code == 0


NO_FOLDERS = [
    "/",
    "//",
    "/.",
    "/..",
    "/srv",
    "/srv/",
    "/srv/.",
    "/srv/..",
    "/srv/../",
    "/srv/./.",
    "//srv//",
    "/etc",
    "/etc/",
    "/etc/nginx",
    "/home",
    "/home/ada",
    "/usr/share",
    "/var/www",
    "/root",
    "~",
    "~/",
    "~root",
    ".",
    "..",
    "./",
    "../",
    "-e",
    "--rsh=x",
    "a:b:c",
    "::module",
    "host::module",
    "host:",
    "host:/",
    "host://",
    "host:/.",
    "host:/srv",
    "host:/srv/..",
    "host:/srv/.",
    "host:/etc/",
    "host:/etc/nginx",
    "host:/home/ada",
    "host:~",
    "host:~/",
    "host:~ada",
    "host:~/.",
    "host:.",
    "host:..",
    "host:../x",
    "host:site/..",
    "host:/home/ada/../bob",
    "you@host:~",
    "you@host:/",
    "rsync://host/",
    "rsync://host",
    "rsync://host/..",
    "rsync://host/module/../..",
]


@pytest.mark.parametrize("to", ["", " ", "/srv/site\nx", *NO_FOLDERS])
def test_rsync_refuses_folders_that_are_not_for_the_site_alone(to, tmp_path, monkeypatch):
    """Folders of the system, homes, folders around them and options are refused, in any spelling."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="holds nothing but the site"):
        folder(to, tmp_path)


@pytest.mark.parametrize(
    ("to", "meant"),
    [
        ("/srv//site/./", "/srv/site"),
        ("host:/srv//a/../site/", "host:/srv/site"),
        ("you@host:~/site", "you@host:~/site"),
        ("host:site", "host:site"),
        ("host:/var/www/site", "host:/var/www/site"),
        ("rsync://host:873/module/", "rsync://host:873/module"),
    ],
)
def test_folders_are_normalized(to, meant, tmp_path):
    """Dots and repeated slashes are removed first."""
    assert folder(to, tmp_path).to == meant


def test_symbolic_links_to_refused_folders_are_refused(tmp_path):
    """A link to the system, a home or the project, or into it, is treated as its target."""
    project = tmp_path / "project"
    project.mkdir()
    for place in ("/", "/etc", str(Path.home()), str(project), str(project / "content"), str(tmp_path)):
        link = tmp_path / "link"
        link.symlink_to(place)
        with pytest.raises(CommandError, match="holds nothing but the site"):
            folder(str(link), project)
        link.unlink()


@pytest.mark.parametrize(
    "to", ["", "bucket", "remote:", "remote:/", "--config:x", "remote:../x", "remote:.", "remote:b/..", "remote:a\nb:c"]
)
def test_s3_needs_a_bucket(to):
    """A whole store, a local folder and an option are refused."""
    with pytest.raises(CommandError, match="Give the bucket"):
        bucket(to)


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
def test_s3_changes_only_files_of_the_site(published, store, tmp_path, monkeypatch):
    """The bucket gets the published files, removed ones are deleted, and other files stay."""
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    rclone_ = ["rclone", "--config", store["RCLONE_CONFIG"]]
    words = {"TARGET": "s3", "TO": "store:essays/www", **store}
    subprocess.run([*rclone_, "mkdir", "store:essays"], check=True)
    told = deploy(published, **words)
    assert told.code == 0, told.said
    assert "essays/one/index.html: Skipped copy as --dry-run is set" in told.said
    sent = deploy(published, **words, APPLY="1")
    assert sent.code == 0, sent.said
    subprocess.run([*rclone_, "rcat", "store:essays/www/old.html"], check=True, input=b"x")
    withdrawn(published, "two")
    told = deploy(published, **words).said
    assert "essays/two/index.html: Skipped delete as --dry-run is set" in told
    assert "old.html: Skipped" not in told
    sent = deploy(published, **words, APPLY="1")
    assert sent.code == 0, sent.said
    subprocess.run([*rclone_, "copy", "store:essays", str(tmp_path / "back")], check=True)
    assert files_of(tmp_path / "back/www") == {**sent.files(), "old.html": b"x"}
    refused = deploy(published, **{**words, "TO": "store:essays"}, APPLY="1")
    assert (refused.code, "no marker of an earlier deployment" in refused.said) == (1, True)


@pytest.mark.site
def test_the_target_must_be_given(published):
    """Without a known TARGET, the three kinds are listed."""
    done = deploy(published, TARGET="ftp")
    assert (done.code, "TARGET=github-pages, TARGET=rsync or TARGET=s3" in done.said) == (1, True)


@pytest.mark.site
def test_a_missing_program_is_reported(published, tmp_path):
    """If rsync is not installed, the message says how to install it."""
    done = deploy(published, TARGET="rsync", TO=str(tmp_path / "x"), PATH=str(tmp_path))
    assert (done.code, "rsync is not installed. Install it: apt install rsync" in done.said) == (1, True)


@pytest.mark.site
def test_only_a_current_publication_is_deployed(published, tmp_path):
    """A source that is newer than the publication, a new address, or no publication at all is refused."""
    words = {"TARGET": "rsync", "TO": str(tmp_path / "x"), "APPLY": "1"}
    essay = published.folder / "content/essays/one.md"
    later = time.time() + 60
    os.utime(essay, (later, later))
    assert "essays/one.md has changed since the last make publish" in deploy(published, **words).said
    os.utime(essay, (0, 0))
    published.essay("four")
    assert "/essays/four/ is not published yet" in deploy(published, **words).said
    published.remove("content/essays/four.md")
    shutil.rmtree(published.folder / "public")
    done = deploy(published, **words)
    assert (done.code, "There is no public/ yet. Run make publish" in done.said) == (1, True)
    assert not (tmp_path / "x").exists()
