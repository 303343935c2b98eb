"""Series and plays that nothing published uses: readers find no trace of them, and their author sees them."""

from __future__ import annotations

import pytest

from builders import SiteTest, a_manuscript
from essay_series.sources.published import Published

SERIES = "Title: Canary runs\n{}Summary: Canary summary.\nPlanned: Canary to come | cost | 2999-01-01\n\nCanary text.\n"
PLAY = "Title: Canary sings\n{}Summary: Canary summary.\nRelated: let-go\n\nCanary text.\n"
RECORD = 'authority = "x.org,2026"\n\n[addresses]\n"/series/canary/" = {{ first = "2009-04-01"{} }}\n'


def a_site_with_canaries(site: SiteTest, status: str = "") -> SiteTest:
    """Write a series and a play that a draft, a hidden and a future essay use, beside a published pair."""
    site.write("content/series/turnings.md", "Title: Turnings\nSummary: S.\n\nText.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\nSummary: S.\nRelated: canary\n\nText.\n")
    site.write("content/series/canary.md", SERIES.format(status)).write(
        "content/playbook/canary.md", PLAY.format(status)
    )
    site.essay("one", "Text.", Series="turnings", Tags="let-go", Summary="S.")
    uses = {"Series": "canary", "Tags": "canary, let-go", "Summary": "S."}
    site.essay("later", "Text.", Date="2999-01-01", **uses).essay("draft", "Text.", Status="draft", **uses)
    return site.essay("hidden", "Text.", Status="hidden", **uses)


def test_no_published_file_tells_of_a_series_or_a_play_that_nothing_published_uses(site):
    """Home, playbook, ledgers, feeds, sitemap, search, lists, cards and copies hold no word of either."""
    done = a_site_with_canaries(site).publish("https://e.example")
    assert done.code == 0, done.said
    assert "Let go" in done.published()
    assert "canary" not in done.published().lower()
    assert "canary" not in (site.folder / "content/published.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("status", "settings"), [("Status: published\n", ""), ("", "PREVIEW = True\n")])
def test_they_show_where_their_file_says_so_and_in_the_preview(site, status, settings):
    """`Status: published` shows them before their first essay, and the preview shows them anyway."""
    site.settings = settings
    done = a_site_with_canaries(site, status).build()
    assert done.code == 0, done.said
    assert "Canary runs" in done.page("series/canary/index.html")
    assert "Canary sings" in done.page("playbook/index.html")


def test_what_readers_were_given_stays_until_its_author_says_otherwise():
    """A series whose address is in the published record shows on, and one that is gone does not."""
    files = {"series/canary.md": SERIES.format("")}
    for gone, shows in (("", True), (', gone = "2010-01-01"', False)):
        site = a_manuscript({**files, "published.toml": RECORD.format(gone)})
        assert ("/series/canary/" in Published.of(site).addresses) == shows
    draft = a_manuscript({"series/canary.md": SERIES.format("Status: draft\n"), "published.toml": RECORD.format("")})
    assert "/series/canary/" not in Published.of(draft).addresses
