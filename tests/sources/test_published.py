"""The addresses that a manuscript publishes, its former addresses, and its permanent ids."""

from __future__ import annotations

import re

from builders import a_manuscript
from essay_series.sources.published import Published

ESSAY = "Title: One\nDate: 2009-04-01\n{0}\nText.\n"
RECORD = 'authority = "e.example,2009"\n\n[addresses]\n'
LINE = '"{0}" = {{ first = "2009-04-01", id = "{1}" }}\n'


def published(files, **config) -> Published:
    """Return what the sources `files` publish."""
    return Published(a_manuscript(files, **config))


def test_every_kind_of_address_is_known():
    """Pages, ledgers, their data, feeds in all formats and the list of feeds are published addresses."""
    found = published(
        {
            "essays/one.md": ESSAY.format("Series: turnings\nTags: let-go\n"),
            "essays/secret.md": ESSAY.format("Status: draft\n"),
            "pages/about.md": "Title: About\n\nText.\n",
            "series/turnings.md": "Title: Turnings\n\nText.\n",
            "playbook/let-go.md": "Title: Let go\n\nText.\n",
        }
    ).addresses
    pages = {
        "/",
        "/archive/",
        "/about/",
        "/essays/one/",
        "/series/turnings/",
        "/playbook/",
        "/playbook/let-go/",
        "/playbook/let-go/worksheet/",
        "/feeds/",
    }
    keys = ("all", "series/turnings", "plays/let-go")
    feeds = {f"/feeds/{key}.{form}" for key in keys for form in ("atom.xml", "rss.xml", "json")}
    assert found == pages | feeds | {"/feeds/", "/series/turnings/ledger.json", "/feeds/all.opml"}


def test_a_former_slug_redirects_all_its_addresses():
    """The pages and feeds of a renamed essay, page, play or series redirect to the new ones."""
    found = published(
        {
            "essays/one.md": ESSAY.format("Aliases: uno, /2009/one.html\nTags: let-go\nSeries: turnings\n"),
            "pages/about.md": "Title: About\nAliases: us\n\nText.\n",
            "playbook/let-go.md": "Title: Let go\nAliases: let-loose\n\nText.\n",
            "series/turnings.md": "Title: Turnings\nAliases: turns\n\nText.\n",
        }
    ).former
    assert found["/essays/uno/"] == found["/2009/one.html"] == "/essays/one/"
    assert found["/us/"] == "/about/"
    assert found["/playbook/let-loose/"] == "/playbook/let-go/"
    assert found["/feeds/plays/let-loose.rss.xml"] == "/feeds/plays/let-go.rss.xml"
    assert found["/series/turns/ledger.json"] == "/series/turnings/ledger.json"
    assert found["/feeds/series/turns.json"] == "/feeds/series/turnings.json"


def test_a_draft_has_no_former_addresses():
    """The aliases of a draft redirect nowhere."""
    assert published({"essays/one.md": ESSAY.format("Status: draft\nAliases: uno\n")}).former == {}


def test_a_recorded_id_is_kept_wherever_the_essay_goes():
    """An essay keeps the id of its first address through two renames, and so do a play's feeds."""
    record = RECORD + LINE.format("/essays/first/", "tag:e.example,2009:essay/x")
    record += LINE.format("/feeds/plays/old.atom.xml", "tag:e.example,2009:feed/y")
    ids = published(
        {
            "essays/third.md": ESSAY.format("Aliases: second, first\nTags: let-go\n"),
            "playbook/let-go.md": "Title: Let go\nAliases: old\n\nText.\n",
            "published.toml": record,
        },
        authority="elsewhere.example,2020",
    ).ids
    assert ids["/essays/third/"] == "tag:e.example,2009:essay/x"
    assert ids["/feeds/plays/let-go.atom.xml"] == "tag:e.example,2009:feed/y"


def test_new_ids_are_minted_under_the_recorded_authority():
    """After a move to another domain, new ids still have the recorded authority."""
    files = {"essays/one.md": ESSAY.format(""), "published.toml": RECORD}
    assert published(files, authority="new.example,2030").ids["/essays/one/"].startswith("tag:e.example,2009:essay/")


def test_two_folders_of_one_host_mint_different_ids():
    """Two sites on one domain mint different ids for essays with the same slug."""
    files = {"essays/hello.md": ESSAY.format("")}
    roots = ("https://e.example", "https://e.example/one", "https://e.example/tw%C3%B6")
    ids = [published(files, root=root, authority="e.example,2009").ids.values() for root in roots]
    assert len({each for site in ids for each in site}) == sum(map(len, ids))
    assert all(re.fullmatch(r"tag:e\.example,2009:[a-z0-9/]+", each) for site in ids for each in site)


def test_a_site_keeps_its_recorded_ids_in_every_folder():
    """A site that moves into a folder of its host keeps its ids."""
    files = {"essays/hello.md": ESSAY.format("")}
    before = published(files, root="https://e.example", authority="e.example,2009").ids
    record = RECORD + "".join(LINE.format(*each) for each in before.items())
    assert published({**files, "published.toml": record}, root="https://e.example/essays").ids == before


def test_a_preview_has_provisional_ids():
    """Without an authority, ids are marked as those of a preview."""
    assert published({"essays/one.md": ESSAY.format("")}).ids["/essays/one/"].startswith("tag:preview.invalid,2000:")


def test_no_essay_takes_the_id_of_another():
    """A new essay at the former address of another gets an id of its own."""
    files = {"essays/one.md": ESSAY.format(""), "essays/two.md": ESSAY.format("Aliases: old\n")}
    record = RECORD + LINE.format("/essays/old/", published(files, authority="e.example,2009").ids["/essays/one/"])
    ids = published({**files, "published.toml": record}).ids
    assert ids["/essays/two/"] != ids["/essays/one/"]
