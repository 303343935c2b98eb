"""The preview in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cli.previews import serving

pytestmark = pytest.mark.browser
TIMEOUT = 40_000


def test_an_open_page_follows_its_source(browser, site):
    """An open page shows a change, an error over the last good page, and the corrected page, without a reload."""
    site.essay("one", body="First words.").essay("two")
    with serving(site, 8840) as preview:
        page = browser.new_page()
        page.goto(f"{preview.address}essays/one/")
        expect(page.locator(".prose")).to_contain_text("First words.")
        site.essay("one", body="Second words.")
        expect(page.locator(".prose")).to_contain_text("Second words.", timeout=TIMEOUT)

        site.essay("one", Date="2009-13-45", body="Third words.")
        panel = page.locator("#preview-problems")
        expect(panel).to_be_visible(timeout=TIMEOUT)
        expect(panel).to_contain_text('content/essays/one.md:2:7: "2009-13-45" is not a date')
        expect(page.locator(".prose")).to_contain_text("Second words.")
        other = browser.new_page()
        other.goto(f"{preview.address}essays/two/")
        expect(other.locator("#preview-problems")).to_contain_text("one.md:2:7")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()

        site.essay("one", body="Fourth words.")
        expect(page.locator(".prose")).to_contain_text("Fourth words.", timeout=TIMEOUT)
        expect(page.locator("#preview-problems")).to_be_hidden()
        expect(other.locator("#preview-problems")).to_be_hidden(timeout=TIMEOUT)
        page.close()
        other.close()
