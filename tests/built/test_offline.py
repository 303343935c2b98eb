"""Offline reading: the service worker with its list of files, and the web app manifest."""

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
def test_a_worker_lists_the_digests_of_its_files(files):
    """The worker has a digest of each file, in the given order, and changes exactly when one of them does."""
    found = kept(worker(files, "offline/"))
    assert found == {url: sha256(data).hexdigest()[:16] for url, data in files.items()}
    assert list(found) == list(files)


def test_the_cache_is_limited():
    """Files after the first few megabytes are cached only when they are read."""
    files = {str(number): bytes(MOST // 4) for number in range(9)}
    assert list(kept(worker(files, ""))) == ["0", "1", "2", "3"]


def test_only_listed_pages_are_cached(site: SiteTest):
    """Listed pages and the theme's files are cached; drafts, hidden essays and the error page are not."""
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


def test_offline_false_removes_the_worker(site: SiteTest):
    """With OFFLINE = False the worker removes itself, no page registers it, and there is no offline page."""
    built = site.essay("one").build()
    assert b"unregister()" in built.files()["sw.js"]
    assert "sw.js" not in built.page("index.html")
    assert "offline/index.html" not in built.files()


def test_without_the_setting_there_is_no_worker(bare_site: SiteTest):
    """Without OFFLINE there is neither a worker nor a manifest."""
    built = bare_site.essay("one").build()
    assert built.code == 0, built.said
    assert not {"sw.js", "manifest.json"} & built.files().keys()


def test_policies_allow_the_worker(site: SiteTest):
    """The policies of pages and hosts allow the site's own scripts and worker, and nothing else."""
    site.settings = "OFFLINE = True\n"
    built = site.essay("one").publish(ROOT)
    assert built.code == 0, built.said
    policies = [built.page("essays/one/index.html"), (site.folder / "deploy/nginx.conf").read_text(encoding="utf-8")]
    for policy in (*policies, built.page("_headers")):
        assert "script-src 'self';" in policy or "script-src 'self' 'wasm-unsafe-eval';" in policy
        assert "worker-src 'self'" in policy
    assert 'data-worker="/sw.js"' in built.page("essays/one/index.html")


def test_a_preview_has_no_worker(site: SiteTest):
    """In a preview no worker caches the author's pages."""
    site.settings = "OFFLINE = True\nPREVIEW = True\n"
    built = site.essay("one").build()
    assert b"unregister()" in built.files()["sw.js"]
    assert "register." not in built.page("index.html")


def test_the_manifest_names_the_site_and_shows_its_mark(site: SiteTest):
    """Each icon exists in its declared size, and the colours are the theme's."""
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


def test_the_manifest_needs_no_subtitle(site: SiteTest):
    """A site without a subtitle has a manifest with an empty description."""
    site.settings = "OFFLINE = True\ndel SITESUBTITLE\n"
    built = site.essay("one").build()
    assert built.code == 0, built.said
    assert json.loads(built.files()["manifest.json"])["description"] == ""
