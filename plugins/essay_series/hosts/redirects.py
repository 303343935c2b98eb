"""Redirect pages for former addresses; they work on every host and without scripts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape

from ..l10n import Locale, foreign
from ..l10n.tags import lang_of
from ..routes import encoded, file_at, folder_of


def pages(
    moved: Mapping[str, str], titles: Mapping[str, str], taken: Collection[str], root: str, locale: Locale
) -> dict[str, bytes]:
    """Return the redirect pages by output path; an address that no file can serve, such as one with a query, has none.

    Args:
        moved: the present address by each former address; both begin with a slash.
        titles: the titles of pages by address; where one is missing, the link shows the address.
        taken: output paths that are in use.
        root: the URL of the site, without a slash at the end; empty in a preview.
        locale: the site's language.

    """
    paths = {old: file_at(old) for old in moved}
    return {
        path: page(moved[old], titles.get(moved[old], ""), root, locale).encode()
        for old, path in paths.items()
        if path and path not in taken
    }


def page(new: str, title: str, root: str, locale: Locale) -> str:
    """Return the HTML of a page that redirects to the address `now`."""
    address = escape(folder_of(root) + encoded(new))
    words = escape(title or new)
    shown = foreign.marked(words, lang_of(title, locale.tag), locale.tag)
    # translators: the page has moved; %(link)s leads to its new address
    moved = locale.gettext("This page has moved: %(link)s", link=f'<a href="{address}">{shown}</a>')
    canonical = f'<link rel="canonical" href="{escape(root + encoded(new))}">\n' if root else ""
    return f"""\
<!doctype html>
<html{foreign.of_page(locale.tag)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{words}</title>
<meta http-equiv="refresh" content="0; url={address}">
{canonical}</head>
<body>
<h1>{shown}</h1>
<p>{moved}</p>
</body>
</html>
"""
