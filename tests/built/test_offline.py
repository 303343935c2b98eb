"""What lets a device keep the site: a worker with a list of what it keeps, and a manifest with name and mark."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from builders import PROJECT, SiteTest
from essay_series.look import look_of
from essay_series.offline import MOST, worker

ROOT = "https://e.example"


def kept(script: bytes) -> dict[str, str]:
    """Return what a worker keeps: the digest of each file by its address."""
    return json.loads(re.search(r"const FILES = (\{.*?\});", script.decode(), re.DOTALL)[1])


@given(st.dictionaries(st.text("abc/", min_size=1), st.binary()))
def test_a_worker_changes_exactly_when_what_it_keeps_does(files):
    """Each file stands in it with a digest of what it holds, in the order that is given."""
    found = kept(worker(files, "offline/"))
    assert found == {url: sha256(data).hexdigest()[:16] for url, data in files.items()}
    assert list(found) == list(files)


def test_nobody_is_asked_to_keep_too_much():
    """What comes after a few megabytes is left to be kept when it is read."""
    files = {str(number): bytes(MOST // 4) for number in range(9)}
    assert list(kept(worker(files, ""))) == ["0", "1", "2", "3"]


def test_exactly_what_is_listed_is_kept(site: SiteTest):
    """Pages and files of the theme are kept as they lie there; drafts, hidden essays and what is not found are not."""
    site.settings = "OFFLINE = True\n"
    site.essay("one").essay("hidden", Status="hidden").essay("draft", Status="draft")
    built = site.build()
    assert built.code == 0, built.said
    files = built.files()
    found = kept(files["sw.js"])
    assert {"", "essays/one/", "offline/", "archive/", "manifest.json"} <= found.keys()
    assert not [url for url in found if "hidden" in url or "draft" in url or url.endswith(".txt")]
    for url, digest in found.items():
        data = files[url] if url in files else files[f"{url}index.html"]
        assert sha256(data).hexdigest().startswith(digest)


def test_a_site_that_keeps_nothing_says_so(site: SiteTest):
    """Where the setting is off the worker ends itself, no page knows of it, and none stands for what is not kept."""
    built = site.essay("one").build()
    assert b"unregister()" in built.files()["sw.js"]
    assert "sw.js" not in built.page("index.html")
    assert "offline/index.html" not in built.files()


def test_a_site_that_never_heard_of_it_has_no_worker(bare_site: SiteTest):
    """Without the setting there is neither a worker nor a manifest."""
    built = bare_site.essay("one").build()
    assert built.code == 0, built.said
    assert not {"sw.js", "manifest.json"} & built.files().keys()


def test_hosts_let_a_worker_fetch_where_there_is_one(site: SiteTest):
    """The policy of pages and of the host allow the site's own scripts and worker, and nothing of others."""
    site.settings = "OFFLINE = True\n"
    built = site.essay("one").publish(ROOT)
    assert built.code == 0, built.said
    policies = [built.page("essays/one/index.html"), (site.folder / "deploy/nginx.conf").read_text(encoding="utf-8")]
    for policy in (*policies, built.page("_headers")):
        assert "script-src 'self';" in policy or "script-src 'self' 'wasm-unsafe-eval';" in policy
        assert "worker-src 'self'" in policy
    assert 'data-worker="/sw.js"' in built.page("essays/one/index.html")


def test_a_preview_keeps_nothing(site: SiteTest):
    """Where the author sees drafts, no worker stands between them and their pages."""
    site.settings = "OFFLINE = True\nPREVIEW = True\n"
    built = site.essay("one").build()
    assert b"unregister()" in built.files()["sw.js"]
    assert "register." not in built.page("index.html")


def test_the_manifest_names_the_site_and_shows_its_mark(site: SiteTest):
    """Each icon is there, as large as it is said to be, and the colours are the theme's."""
    site.settings = "SITENAME = 'A \"quoted\" <name>'\n"
    built = site.essay("one").publish(ROOT)
    assert built.code == 0, built.said
    manifest = json.loads(built.page("manifest.json"))
    assert manifest["name"] == 'A "quoted" <name>'
    assert manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["background_color"] == look_of(PROJECT / "theme").light["paper"]
    assert manifest["icons"]
    for icon in manifest["icons"]:
        data = built.files()[icon["src"].removeprefix("/")]
        if icon["sizes"] != "any":
            with Image.open(BytesIO(data)) as image:
                assert icon["sizes"] == f"{image.width}x{image.height}"
    assert '<link rel="manifest" href="/manifest.json">' in built.page("index.html")


def test_a_site_needs_no_subtitle_for_its_manifest(site: SiteTest):
    """A site without a subtitle has a manifest with an empty description."""
    site.settings = "OFFLINE = True\ndel SITESUBTITLE\n"
    built = site.essay("one").build()
    assert built.code == 0, built.said
    assert json.loads(built.files()["manifest.json"])["description"] == ""
