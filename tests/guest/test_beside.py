"""Other plugins from PyPI write the same files before and after ours as without it."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from guest.law import FIRST, LAST, differences
from guest.sites import SITES, covering, rich_site

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not SITES, reason="part of make guest")]

SETTINGS = {
    "sitemap": {"SITEMAP": {"format": "txt"}},
    "neighbors": {},
    "related_posts": {"RELATED_POSTS_MAX": 3},
    "similar_posts": {"SIMILAR_POSTS_MIN_SCORE": 0.001},
    "seo": {"SEO_REPORT": True, "AUTHOR": "Someone"},
    "i18n_subsites": {"I18N_SUBSITES": {"fr": {}, "en": {}}},
    "tag_cloud": {"TAG_CLOUD_SORTING": "size"},
    "image_process": {"IMAGE_PROCESS": {"thumb": ["scale_out 4 4 True"]}},
    "precompress": {
        "PRECOMPRESS_BROTLI": False,
        "PRECOMPRESS_ZOPFLI": False,
        "PRECOMPRESS_TEXT_EXTENSIONS": [".html", ".css"],
    },
    "minify": {},
    "render_math": {},
    "more_categories": {},
}
"""Each plugin with settings that make it do something."""


@pytest.mark.parametrize("plugin", SETTINGS)
def test_another_plugin_works_as_without_ours(plugin, tmp_path):
    """Its files and the pages that it changes are the same over four builds, whichever plugin comes first."""
    if find_spec(f"pelican.plugins.{plugin}") is None:
        pytest.skip("only installed by hand: see requirements")
    row = covering()[list(SETTINGS).index(plugin)]
    given = rich_site({**row, "plugins": "none", "templates": "own"}, (plugin,), SETTINGS[plugin])
    assert differences(given, tmp_path, (FIRST, LAST)) == []
