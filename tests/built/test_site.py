"""Whole sites built by Pelican: the pages of essays, series and plays, and the absence of anything unpublished."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from textwrap import dedent

import pytest

from builders import PROJECT, SiteTest
from essay_series.cli.preview.serve import SETTINGS

PAIR = {"Series": "turnings", "Entry": "An entry."}


@pytest.fixture
def pair(site) -> SiteTest:
    """Return a site with a cost and the benefit that answers it."""
    site.essay("price", Side="cost", Answers="gain", Tags="let-go", **PAIR)
    return site.essay("gain", Date="2009-04-02", Side="benefit", Answers="price", Tags="let-go", **PAIR)


def built(site: SiteTest, *arguments: str):
    """Build `site`, which must succeed."""
    build = site.build(*arguments)
    assert build.code == 0, build.said
    return build


def text_of(html: str) -> str:
    """Return the visible text of a page, with single spaces."""
    body = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", html)
    return re.sub(r"\s+", " ", body.replace("\xa0", " ").replace("&nbsp;", " "))


def test_a_pair_is_numbered_and_linked(pair):
    """Two essays that answer each other show their part, and link to each other."""
    build = built(pair)
    price, gain = (build.page(f"essays/{slug}/index.html") for slug in ("price", "gain"))
    assert "Part 1 of 2" in text_of(price)
    assert 'rel="next" href="/essays/gain/"' in price
    assert 'rel="prev" href="/essays/price/"' in gain
    assert "Previous part: the cost that this benefit is weighed against Price" in text_of(gain)


def test_a_pair_is_one_row_of_the_ledger(pair):
    """A cost and the benefit that answers it are one row of the table, the cost on the left."""
    ledger = built(pair).page("series/turnings/index.html")
    row = re.search(r"(?s)<tbody.*?</tbody>", ledger)[0]
    assert row.count("<tr") == 1
    assert row.index('id="price"') < row.index('id="gain"')


def test_the_ledger_as_json(pair):
    """ledger.json has the parts in order, with sides, entries and answers."""
    data = json.loads(built(pair).page("series/turnings/ledger.json"))
    assert (data["costs"], data["benefits"]) == (1, 1)
    assert [(part["slug"], part["side"], part["answers"]) for part in data["parts"]] == [
        ("price", "cost", "gain"),
        ("gain", "benefit", "price"),
    ]
    assert data["parts"][0]["entry"] == "An entry."


def test_unpaired_entries_are_listed_under_their_side(site):
    """A cost without an answer is in a list of its own, and there is no table."""
    ledger = built(site.essay("price", Side="cost", **PAIR)).page("series/turnings/index.html")
    assert "Cost not yet answered (1)" in text_of(ledger)
    assert "<table" not in ledger


def test_planned_parts_are_not_linked_or_counted(pair):
    """A planned part is shown with its date in the ledger and the contents, and the number of parts is the same."""
    pair.write(
        "content/series/turnings.md",
        """
        Title: Turnings
        Planned: The last word | benefit | 2009-05-01

        Introduction.
        """,
    )
    build = built(pair)
    for path in ("series/turnings/index.html", "essays/price/index.html", "index.html"):
        assert "The last word" in text_of(build.page(path))
        assert "planned for 1 May 2009" in text_of(build.page(path))
        assert not re.search(r"<a [^>]*>The last", build.page(path))
    assert "Part 1 of 2" in text_of(build.page("essays/price/index.html"))


def test_a_part_has_structured_data(pair):
    """Each part has its series and position as JSON-LD, and both in its title."""
    html = built(pair).page("essays/gain/index.html")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])["@graph"][0]
    assert (data["position"], data["isPartOf"]["name"]) == (2, "turnings")
    assert "<title>Gain · Part 2 of 2, benefit · " in html


def test_a_revision_is_shown_with_its_date(pair):
    """Readers see when an essay was revised and what was changed."""
    pair.essay("other", Modified="2009-05-01", Revision="A date corrected.")
    text = text_of(built(pair).page("essays/other/index.html"))
    assert "Revised 1 May 2009 : A date corrected." in text


def test_a_series_of_one_part_has_no_count(site):
    """A single part shows its series without a number."""
    html = built(site.essay("alone", Series="turnings")).published()
    assert "turnings" in html
    assert "of 1" not in html


def test_what_is_not_published_is_nowhere(pair):
    """Drafts, with or without a date, hidden and future essays are in no other page, feed or file name."""
    secret = {"Series": "turnings", "Side": "cost", "Tags": "let-go"}
    pair.essay("canary-draft", Status="draft", Title="Canary", Entry="Canary", Summary="Canary", **secret)
    pair.essay("canary-dateless", Status="draft", Date=None, Title="Canary", Entry="Canary", **secret)
    pair.essay("canary-future", Date="2999-01-01", Title="Canary", Entry="Canary", **secret)
    pair.essay("canary-hidden", Status="hidden", Title="Canary", Entry="Canary", **secret)
    files = built(pair).files()
    own = files.pop("essays/canary-hidden/index.html")
    assert b"noindex" in own
    assert not any("canary" in path for path in files)
    assert not any(b"canary" in data.lower() for data in files.values())
    assert b"Part 1 of 2" in files["essays/price/index.html"]


def test_files_that_only_drafts_link_to_are_not_copied(site):
    """A file beside the essays is published when a published essay links to it, and not before."""
    site.write("content/essays/paper.pdf", "canary").essay("one", Status="draft", body="[x]({static}paper.pdf)")
    assert b"canary" not in built(site).files().values()
    site.essay("one", body="[x]({static}paper.pdf)")
    assert b"canary" in built(site).files().values()


def test_a_series_whose_parts_are_all_drafts_has_no_page(site):
    """A series without a file and without published parts is on no page."""
    files = built(site.essay("one", Status="draft", Series="turnings").essay("two")).files()
    assert not any("turnings" in path for path in files)
    assert b"turnings" not in b"".join(files.values())


def test_a_declared_series_without_parts_shows_its_plans(site):
    """A published series file makes a page with its introduction and plans, and without a count."""
    site.write("content/series/turnings.md", "Title: Turnings\nStatus: published\nPlanned: One day\n\nSoon.\n")
    ledger = text_of(built(site).page("series/turnings/index.html"))
    assert "Soon." in ledger
    assert "One day" in ledger
    assert "0" not in ledger


def test_an_essay_answered_by_a_draft_is_unpaired(site):
    """A published cost whose benefit is still a draft is listed alone, and does not name it."""
    site.essay("price", Side="cost", Answers="gain", **PAIR)
    site.essay("gain", Side="benefit", Answers="price", Status="draft", **PAIR)
    html = built(site).published()
    assert "Cost not yet answered (1)" in text_of(html)
    assert "gain" not in html.lower().replace("against", "")


def test_a_part_in_the_middle_renumbers_the_rest(site):
    """An essay between two others becomes part 2, and part 2 becomes part 3."""
    site.essay("first", Series="turnings", Part="10").essay("last", Series="turnings", Part="30")
    assert "Part 2 of 2" in text_of(built(site).page("essays/last/index.html"))
    site.essay("middle", Series="turnings", Part="20", Date="2010-01-01")
    build = built(site)
    assert "Part 2 of 3" in text_of(build.page("essays/middle/index.html"))
    assert "Part 3 of 3" in text_of(build.page("essays/last/index.html"))


def test_essays_of_one_day_are_ordered_by_slug(site):
    """Essays with the same date are sorted by slug, whatever the order on the disk."""
    for slug in ("beta", "alpha", "gamma"):
        site.essay(slug, Series="turnings")
    build = built(site)
    labels = {slug: text_of(build.page(f"essays/{slug}/index.html")) for slug in ("alpha", "beta", "gamma")}
    for number, slug in enumerate(labels, start=1):
        assert f"Part {number} of 3" in labels[slug]


def test_the_old_name_of_a_renamed_series_is_gone(pair):
    """After a series is renamed, its old page and name are nowhere."""
    built(pair)
    for slug, other, side in (("price", "gain", "cost"), ("gain", "price", "benefit")):
        pair.essay(slug, Series="changes", Side=side, Answers=other, Entry="An entry.")
    build = built(pair)
    assert "series/changes/index.html" in build.files()
    assert "turnings" not in build.published()


def test_pages_that_are_switched_off_are_not_linked(pair):
    """Ledgers, plays and the playbook that settings switch off are named on other pages without a link."""
    pair.settings = "SERIES_SAVE_AS = BOOK_SAVE_AS = PLAY_SAVE_AS = PLAYBOOK_SAVE_AS = LEDGER_DATA_SAVE_AS = ''\n"
    files = built(pair).files()
    assert not any(path.startswith(("series/", "playbook/")) for path in files)
    for path in ("index.html", "essays/price/index.html", "archive/index.html"):
        main = re.search(r"(?s)<main.*</main>", files[path].decode())[0]
        assert 'href="/"' not in main
        assert "turnings" in main


def test_an_essay_removed_between_two_builds_is_gone(site):
    """The second build in one process, as with --autoreload, has nothing of an essay that was removed."""
    site.essay("stays", Series="turnings", Tags="kept").essay("goes", Series="turnings", Tags="lost")
    built(site)
    script = """
        from pathlib import Path
        from pelican import Pelican
        from pelican.settings import read_settings
        override = {"PATH": "content", "DELETE_OUTPUT_DIRECTORY": True}
        pelican = Pelican(read_settings("pelicanconf.py", override=override))
        pelican.run()
        Path("content/essays/goes.md").unlink()
        pelican.run()
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(script)],
        cwd=site.folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = [f for f in (site.folder / "output").rglob("*") if f.is_file()]
    assert [f.name for f in files if b"stays" in f.read_bytes()]
    assert [f.name for f in files if b"goes" in f.read_bytes() or b"lost" in f.read_bytes()] == []
    assert not (site.folder / "output/essays/goes").exists()
    assert not (site.folder / "output/playbook/lost").exists()


def test_names_that_differ_in_case_spaces_or_unicode_form_are_one(site):
    """Names of a series or a play that differ only in case, spaces or Unicode form are the same name."""
    site.essay("one", Series="Caf\u00e9 Turn", Tags="Let Go")
    site.essay("two", Series="cafe\u0301 turn", Tags="let-go")
    build = built(site)
    pages = [path for path in build.files() if path.endswith("index.html")]
    assert len([path for path in pages if path.startswith("series/") and "/book/" not in path]) == 1
    assert len([path for path in pages if path.startswith("playbook/") and "/worksheet/" not in path]) == 2
    assert "Part 2 of 2" in text_of(build.page("essays/two/index.html"))


def test_titles_and_names_are_escaped_everywhere(site):
    """HTML in a title, an entry, a series or a play is escaped on every page."""
    evil = '<script>alert("x")</script> & "co"/<b>'
    site.essay("one", Title=evil, Entry=evil, Summary="Plain.", Series=evil, Side="cost", Tags=evil.replace(",", ""))
    files = built(site).files()
    pages = [data.decode() for path, data in files.items() if path.endswith(".html")]
    assert len(pages) > 5
    for html in pages:
        assert "<script>" not in html
        assert "<b>" not in html


def test_a_play_called_python3_is_not_page_3_of_python(site):
    """The name of a play is never taken for a page number of another."""
    site.essay("one", Tags="python").essay("two", Tags="python3")
    build = built(site)
    assert "One" in text_of(build.page("playbook/python/index.html"))
    assert "Two" in text_of(build.page("playbook/python3/index.html"))


def test_essays_may_share_a_title_but_not_a_slug(site):
    """Two essays with one title are two pages; two with one slug are an error that names both files."""
    site.essay("one", Title="Letting go", Series="turnings").essay("two", Title="Letting go", Series="turnings")
    before = built(site).files()
    assert "Part 2 of 2" in text_of(before["essays/two/index.html"].decode())
    refused = site.essay("two", Slug="one").build()
    assert refused.code == 1
    assert "essays/two.md:3:7" in refused.said
    assert "essays/one.md" in refused.said
    assert refused.files() == before


def test_an_essay_needs_neither_tags_nor_a_series(site):
    """An essay without tags and series has its page, and is on the home page and in the archive."""
    build = built(site.essay("lone"))
    assert "Lone" in text_of(build.page("essays/lone/index.html"))
    assert "/essays/lone/" in build.page("index.html")
    assert "/essays/lone/" in build.page("archive/index.html")


def test_two_series_may_share_plays(pair):
    """A play lists the essays of both series; each series counts its own parts."""
    pair.essay("other", Series="departures", Tags="let-go", Date="2010-01-01")
    pair.essay("another", Series="departures", Tags="let-go", Date="2010-01-02")
    build = built(pair)
    play = build.page("playbook/let-go/index.html")
    assert all(f"/essays/{slug}/" in play for slug in ("price", "gain", "other", "another"))
    assert "Part 1 of 2" in text_of(build.page("essays/other/index.html"))
    assert build.page("playbook/index.html").count('<table class="matrix"') == 2


def test_a_translation_has_its_own_page(pair):
    """A translation has its own page, links to its original and is not counted as another part."""
    pair.essay("price-fr", Title="Prix", Slug="price", Lang="fr", Side="cost", Answers="gain", **PAIR)
    build = built(pair)
    french = build.page("essays/price/fr/index.html")
    assert '<html lang="fr">' in french
    assert "Partie 1" not in text_of(french)
    assert 'href="/essays/gain/"' in french.partition('<nav class="contents"')[2]
    assert 'hreflang="fr"' in build.page("essays/price/index.html")
    named = r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">'
    all_versions = [("en", "/essays/price/"), ("fr", "/essays/price/fr/"), ("x-default", "/essays/price/")]
    assert re.findall(named, french) == all_versions
    assert "Prix" not in build.page("series/turnings/index.html")


def test_pelicans_lists_and_feeds_are_off(pair):
    """All feeds are ours, with ids of our own; tags, categories and authors have no pages."""
    files = built(pair).files()
    for feed in ("feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/plays/let-go.atom.xml"):
        assert b"tag:preview.invalid,2000:essay/" in files[feed]
        assert b"Price" in files[feed]
    assert not any(path.startswith(("tag", "category", "author")) for path in files)


def test_a_play_has_one_feed(site):
    """Essays may name a play by slug or title; the feed of the play has all of them."""
    site.write("content/playbook/let-go.md", "Title: Let go of the how\n\nText.\n")
    site.essay("one", Tags="let-go").essay("two", Tags="Let go of the how")
    build = built(site)
    assert 'href="/feeds/plays/let-go.atom.xml"' in build.page("playbook/let-go/index.html")
    assert build.page("feeds/plays/let-go.atom.xml").count("<entry>") == 2
    assert len([path for path in build.files() if path.startswith("feeds/plays/")]) == 3


def test_an_essay_shows_a_guest_author(site):
    """An essay shows its author if that is not the author of the site."""
    build = built(site.essay("one", Author="A Guest").essay("two"))
    assert "A Guest · 1 April 2009" in text_of(build.page("essays/one/index.html"))
    assert "Guest" not in build.page("essays/two/index.html")


def test_footnotes_belong_to_their_references(site):
    """Footnotes that are defined in another order than they are referenced belong to the right reference."""
    html = built(site.essay("one", body="A[^a] b[^b].\n\n[^b]: B.\n\n[^a]: A.")).page("essays/one/index.html")
    notes = re.findall(r'role="doc-footnote" id="fn:(\w)"', html)
    assert [*dict.fromkeys(re.findall(r'\[id="fnref:(\w)"\]', html))] == notes == ["b", "a"]


def test_apostrophes_are_correct(site):
    """Apostrophes after emphasis, links and code, before decades and after dashes are correct in pages and feeds."""
    title, summary = "*No* rock of the '90s", 'He asked--"who?"--in \'68'
    site.essay(
        "one", Title=title, Summary=summary, body="*Auftragstaktik*'s [Herald](https://h.example/)'s `x`'s '90s."
    )
    build = built(site)
    marks = "</em>&#8217;s", "</a>&#8217;s", "</code>&#8217;s", "&#8217;90s."
    for page in ("essays/one/index.html", "feeds/all.atom.xml"):
        html = unescape(build.page(page))
        assert [mark for mark in marks if unescape(mark) not in html] == []
        assert "\N{RIGHT SINGLE QUOTATION MARK}90s" in html.split("<main")[0].split("<entry")[-1]
        assert "\N{LEFT SINGLE QUOTATION MARK}" not in html
    said = unescape(build.published())
    assert "asked\N{EM DASH}\N{LEFT DOUBLE QUOTATION MARK}who?\N{RIGHT DOUBLE QUOTATION MARK}" in said
    assert "in \N{RIGHT SINGLE QUOTATION MARK}68" in said


def test_quotation_marks_follow_the_language_of_each_text(site):
    """Titles, summaries and texts have the quotation marks of their language on pages, in lists and in feeds."""
    site.essay(
        "eins",
        Lang="de",
        Title='Ein "Titel"',
        Summary='Das "Gute" -- \'s',
        body='Er sagte "gut" & NASA.\n\n![Ein Bild](/x.svg "Das \'Bild\'")',
    )
    site.essay("deux", Lang="fr", Title="Vraiment ?", body="Non ! Oui", Summary='Il dit "oui".')
    site.essay("fünf", Title='So "fünf"', body='"Gut" it is.')
    site.settings = "EXTRA_PATH_METADATA = {'essays/fünf.md': {'lang': 'de'}}\n"
    site.essay("three", Title='A "title"', body='So *"gut"*{: lang="de" } is "good".')
    site.write("content/pages/ueber.md", 'Title: "Über"\nLang: de\nSummary: S.\n\nText.\n')
    site.write("content/essays/vier.rst", 'Vier "Worte"\n#############\n:date: 2009-04-01\n:lang: de\n\nSo "gut".\n')
    build = built(site)
    said = {path: unescape(build.page(path)) for path in ("archive/index.html", "feeds/all.atom.xml")}
    german, french = "Ein „Titel“", "Vraiment\N{NARROW NO-BREAK SPACE}?"
    assert {path for path, text in said.items() if german in text and french in text} == said.keys()
    assert "Er sagte „gut“ & NASA." in unescape(build.page("essays/eins/de/index.html"))
    assert "<figcaption>Das ‚Bild‘</figcaption>" in build.page("essays/eins/de/index.html")  # noqa: RUF001 - marks are what it is about
    assert 'class="caps"' not in build.page("essays/eins/de/index.html")
    assert "So „gut“." in build.page("essays/vier/de/index.html")
    assert "Vier „Worte“" in said["archive/index.html"]
    assert "„Gut“ it is." in build.page("essays/funf/de/index.html")
    assert "<h1>„Über“" in build.page("ueber/de/index.html")
    english = unescape(build.page("essays/three/index.html"))
    assert 'So <em lang="de">„gut“</em> is “good”.' in english.replace("\N{NO-BREAK SPACE}", " ")
    assert "A “title”" in said["archive/index.html"].replace("\N{NO-BREAK SPACE}", " ")


def test_markdown_extensions_are_enabled(site):
    """Typographic quotes, footnotes, heading anchors, tables and definition lists work."""
    site.essay(
        "one",
        body=dedent(
            """
            He said "so" -- and NASA agreed[^a].

            ## A head

            | a | b |
            |---|---|
            | 1 | 2 |

            Term
            :   Meaning

            [^a]: Source.
            """
        ),
    )
    html = built(site).page("essays/one/index.html")
    for made in ("&#8220;so&#8221; &#8212;", 'class="caps"', 'id="fn:a"', 'id="a-head"', "<table>", "<dl>"):
        assert made in html


def test_the_setting_alone_adds_pages_to_the_default_theme(bare_site):
    """ESSAY_SERIES_SITE alone adds ledgers and a playbook to a site with Pelican's default theme."""
    head = "Title: {0}\nDate: 2009-04-0{1}\nSeries: Old one\nTags: first, {0}\nFoo: bar\n\n![](x.png) Text.\n"
    bare_site.write("content/one.md", head.format("One", 1)).write("content/two.md", head.format("Two", 2))
    build = built(bare_site)
    ledger = build.page("series/old-one/index.html")
    assert 'href="/one.html"' in ledger
    assert 'id="banner"' in ledger
    assert 'href="/playbook/first/"' in build.page("playbook/index.html")
    assert "tag/first.html" in build.files()


def test_the_same_sources_give_the_same_bytes_anywhere(site, tmp_path):
    """Time zone, locale, hash seed and output folder change no byte of a site."""
    site.sample()
    conditions = (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    )
    files = []
    for number, condition in enumerate(conditions):
        site.environment = condition
        build = built(site, "--output", str(tmp_path / f"out{number}"))
        build.output = tmp_path / f"out{number}"
        files.append(build.files())
    assert len(files[0]) > 40
    assert files[0] == files[1]


def test_a_second_build_removes_only_its_own_files(pair):
    """A page that is no longer made is removed; a file that something else put into the output is kept."""
    built(pair)
    pair.write("output/CNAME", "example.org")
    pair.remove("content/essays/gain.md").essay("price", Side="cost", **PAIR)
    files = built(pair).files()
    assert "essays/gain/index.html" not in files
    assert files["CNAME"] == b"example.org"


def test_all_mistakes_are_reported_and_nothing_is_written(pair):
    """Ten mistakes in six files are reported at once with place and cure, and the last output stays the same."""
    before = built(pair).files()
    pair.write("content/series/turnings.md", "Title: Turnings\nPlaned: x\n\nText.\n")
    pair.write("content/playbook/let-go.md", "Title: Let go\n\n[x]({filename}/essays/nowhere.md)\n")
    pair.write("content/essays/a.md", "Titel: A\nDate: 2009-13-45\n\nText.\n")
    pair.essay("b", Sid="cost", Series="turning")
    pair.essay("c", Side="costs", Tags="let-goo", body="![A match]({static}/images/x.png)")
    pair.write("content/essays/d.md", b"Title: D\xff\nDate: 2009-04-01\n\nText.\n")
    build = pair.build()
    places = re.findall(r"^(content/\S+?):(\d+):(\d+): .+ \[[a-z0-9-]+\]\. .+[.?]$", build.said, re.MULTILINE)
    assert len({path for path, *_ in places}) == 6
    assert len(places) == 10
    assert "10 problems in 6 files" in build.said
    assert "Traceback" not in build.said
    assert build.code == 1
    assert build.files() == before


def test_a_draft_with_an_address_has_no_page(site):
    """A draft or future essay with Save_as and Url is not written there before it is published."""
    site.essay("one", Status="draft", Save_as="canary/one.html", Url="canary/one.html")
    site.essay("two", Date="2999-01-01", Save_as="canary/two.html", Url="canary/two.html")
    assert "canary" not in built(site.essay("public")).published()


def test_a_preview_adds_unpublished_pages_only(pair):
    """Drafts and future essays have marked pages with their files; numbers, lists and feeds stay the same."""
    secret = {"Series": "turnings", "Side": "cost", "Tags": "let-go", "Entry": "Canary"}
    pair.essay("draft", Status="draft", Save_as="elsewhere/draft.html", Url="elsewhere/draft.html", **secret)
    pair.essay("dateless", Status="draft", Date=None, body="[x]({attach}paper.pdf)", **secret)
    pair.essay("coming", Date="2999-01-01", **secret).essay("secret", Status="hidden", **secret)
    pair.write("content/essays/paper.pdf", "").write("content/pages/plan.md", "Title: Plan\nStatus: draft\n\nText.\n")
    public = built(pair).files()
    extra = [f"{name}={json.dumps(value)}" for name, value in SETTINGS.items()]
    preview = pair.build("--extra-settings", *extra)
    assert preview.code == 0, preview.said
    pages = {f"drafts/{name}/index.html" for name in ("draft", "dateless", "pages/plan", "coming")}
    for path in pages:
        assert "Only this preview shows the page" in preview.page(path)
        assert f'href="/{path.removesuffix("index.html")}"' in preview.page("index.html")
    shown = preview.files()
    assert shown.keys() - public.keys() == pages | {"drafts/dateless/paper.pdf"}
    pages_now, pages_then = (
        {p: text_of(f[p].decode()) for p in public if p.endswith(".html")} for f in (shown, public)
    )
    assert {p for p in pages_then if pages_now[p] != pages_then[p]} == {"index.html", "essays/secret/index.html"}
    assert all(shown[path] == public[path] for path in public if path.startswith("feeds/") and path.endswith("xml"))
    assert "9999" not in preview.published()
