"""Series and plays that nothing published uses are hidden from readers."""

from __future__ import annotations

import pytest

from builders import SiteTest, a_manuscript
from essay_series.sources.published import Published

SERIES = "Title: Canary runs\n{}Summary: Canary summary.\nPlanned: Canary to come | cost | 2999-01-01\n\nCanary text.\n"
PLAY = "Title: Canary sings\n{}Summary: Canary summary.\nRelated: let-go\n\nCanary text.\n"
RECORD = 'authority = "x.org,2026"\n\n[addresses]\n"/series/canary/" = {{ first = "2009-04-01"{} }}\n'


def a_site_with_canaries(site: SiteTest, status: str = "") -> SiteTest:
    """Write a series and a play that only a draft, a hidden and a future essay use, and a published pair."""
    site.write("content/series/turnings.md", "Title: Turnings\nSummary: S.\n\nText.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\nSummary: S.\nRelated: canary\n\nText.\n")
    site.write("content/series/canary.md", SERIES.format(status)).write(
        "content/playbook/canary.md", PLAY.format(status)
    )
    site.essay("one", "Text.", Series="turnings", Tags="let-go", Summary="S.")
    uses = {"Series": "canary", "Tags": "canary, let-go", "Summary": "S."}
    site.essay("later", "Text.", Date="2999-01-01", **uses).essay("draft", "Text.", Status="draft", **uses)
    return site.essay("hidden", "Text.", Status="hidden", **uses)


def test_no_output_mentions_unused_series_and_plays(site):
    """No page, feed, list, card or copy, and not the record, has a word of either."""
    done = a_site_with_canaries(site).publish("https://e.example")
    assert done.code == 0, done.said
    assert "Let go" in done.published()
    assert "canary" not in done.published().lower()
    assert "canary" not in (site.folder / "content/published.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("status", "settings"), [("Status: published\n", ""), ("", "PREVIEW = True\n")])
def test_unused_series_and_plays_can_be_published_and_previewed(site, status, settings):
    """`Status: published` shows them before their first essay, and the preview always does."""
    site.settings = settings
    done = a_site_with_canaries(site, status).build()
    assert done.code == 0, done.said
    assert "Canary runs" in done.page("series/canary/index.html")
    assert "Canary sings" in done.page("playbook/index.html")


def test_a_recorded_series_stays_published():
    """An unused series stays published if the record has its address, unless it is gone or a draft."""
    files = {"series/canary.md": SERIES.format("")}
    for gone, shows in (("", True), (', gone = "2010-01-01"', False)):
        site = a_manuscript({**files, "published.toml": RECORD.format(gone)})
        assert ("/series/canary/" in Published.of(site).addresses) == shows
    draft = a_manuscript({"series/canary.md": SERIES.format("Status: draft\n"), "published.toml": RECORD.format("")})
    assert "/series/canary/" not in Published.of(draft).addresses
