"""`make check`: every source and every built page, for people, editors and CI."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SiteTest
from essay_series.checks import Problem
from essay_series.cli.check.check import meanings
from essay_series.cli.check.inspect import inspect
from essay_series.cli.check.inspect.pages import PAGE_CHECKS
from essay_series.cli.findings import FORMATS, Finding
from essay_series.hosts.redirects import page
from essay_series.l10n import ENGLISH

PAGE = "<!doctype html><html lang=en><head><title>{0}</title></head><body><main><h1>{0}</h1>{1}</main></body></html>"
GOOD = {
    "index.html": PAGE.format(
        "Home", '<a href="/a/#there">A</a> <img src="/i.png" alt="An i"> <a href="https://x.example/">x</a>'
    ),
    "a/index.html": PAGE.format("A", '<h2 id="there">There</h2><a href="../">Home</a><a href="#there">up</a>'),
    "i.png": "",
}
BAD = {
    "dead-link": [
        '<a href="/b/">b</a>',
        '<a href="/A/">A</a>',
        '<img src="j.png" alt="">',
        '<img srcset="/i.png 1x, /j.png 2x" alt="">',
        '<a href="https://site.example/b/">b</a>',
    ],
    "dead-place": ['<a href="/a/#here">a</a>', '<a href="#here">a</a>', '<a href="#x">a</a><input name="x">'],
    "unresolved-link-in-page": [
        '<a data-href="{filename}two.md">a</a>',
        '<p title="%7Bstatic%7D/i.png">a</p>',
        "<p>See {filename}two.md</p>",
        "<p><b>See</b> {Static}/i.png</p>",
    ],
    "heading-order": ["<h1>Two</h1>", "<h3>Three</h3>"],
    "image-without-text": ['<img src="/i.png">'],
    "repeated-id-in-page": ['<p id="a"></p><p id="a"></p>'],
    "typewriter": [
        '<p>He said "so"</p>',
        "<p>It's</p>",
        "<p>the &#8216;90s</p>",
        "<p><em>Herald</em>&#8216;s</p>",
        "<p>a -- b</p>",
        "<p>so...</p>",
        "<p>so , then</p>",
        "<p>1914-18</p>",
    ],
}


def found(pages) -> list[str]:
    """Return the codes that are found in `pages`."""
    return [each.code for each in inspect({p: t.encode() for p, t in pages.items()}, "https://site.example")]


def test_links_of_a_site_in_a_folder_are_checked_only_within_it():
    """Links to other folders of the host belong to other sites; links within the folder are checked."""
    links = ("/in/", "https://site.example/in/a.html", "/other/", "/in/nowhere/", "/in/a.html#none")
    page = GOOD["index.html"].replace("</main>", "".join(f'<a href="{link}">x</a>' for link in links) + "</main>")
    files = {"index.html": page.encode(), "a.html": GOOD["index.html"].replace("<title>", "<title>A ").encode()}
    told = [each.message for each in inspect(files, "https://site.example/in") if each.code.startswith("dead")]
    assert told == ["/in/nowhere/ does not exist", "/in/a.html#none: a.html has no anchor #none"]


def test_a_site_without_defects_has_no_findings():
    """Valid links in every form, anchors, images and external addresses give no findings."""
    assert found(GOOD) == []


@pytest.mark.parametrize(("code", "html"), [(code, html) for code, each in BAD.items() for html in each])
def test_each_defect_is_found_once(code, html):
    """A page with one defect has one finding, with the code of that defect."""
    assert found({**GOOD, "b.html": PAGE.format("B", html)}) == [code]


def test_unclear_pages_are_found():
    """A page without a language, and one with the title of another page, are reported."""
    nameless = PAGE.format("B", "").replace(" lang=en", "")
    assert found({**GOOD, "b.html": nameless}) == ["unclear-page"]
    assert found({**GOOD, "b.html": PAGE.format("A", "")}) == ["unclear-page"]


@pytest.mark.parametrize(
    "place", ["spot", "Top", "", "caf%C3%A9", "café", ":~:text=so", "spot:~:text=so", "a%26b", "100%"]
)
def test_links_may_lead_to_every_anchor_that_browsers_accept(place):
    """Ids in any form, anchor names, the top of a page and text fragments are valid."""
    places = '<a name="spot"></a><i id="café"></i><i id=100%></i><i id="a&amp;b"></i>'
    assert found({**GOOD, "b.html": PAGE.format("B", f'{places}<a href="#{place}">a</a>')}) == []


def test_an_invalid_address_is_ignored():
    """An address that cannot be parsed causes no traceback; the checks of sources report it."""
    assert found({**GOOD, "b.html": PAGE.format("B", '<a href="https://[your-app].example/">a</a>')}) == []


def test_link_syntax_in_code_is_no_finding():
    """A page may show in code how links are written."""
    html = "<p><code>{filename}two.md</code> and {filename}</p><pre><b>{static}/i.png</b></pre>"
    assert found({**GOOD, "b.html": PAGE.format("B", html)}) == []


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("f.rss.xml", "<rss><d>&lt;a href=&quot;{filename}b.md&quot;&gt;</d></rss>", 1),
        ("f.atom.xml", "<feed><c><p>{static}/i.png</p></c></feed>", 1),
        ("f.json", {"content_html": "<img srcset='{static}/i.png 2x'>"}, 1),
        ("f.rss.xml", "<rss><d>&lt;code&gt;{filename}b.md&lt;/code&gt;</d></rss>", 0),
        ("f.json", {"content_html": "<code>{static}/i.png</code>"}, 0),
    ],
)
def test_unresolved_links_in_feeds_are_reported(path, text, count):
    """An unresolved link in a feed alone is reported, unless it is in code."""
    if isinstance(text, dict):
        text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [text]})
    assert found({**GOOD, path: text}) == ["unresolved-link-in-page"] * count


def test_redirect_pages_are_not_checked():
    """Two redirects to one page share its title, which is no finding."""
    moved = page("/a/", "A", "", ENGLISH)
    assert found({**GOOD, "b/index.html": moved, "c/index.html": moved}) == []
    assert found({**GOOD, "b/index.html": moved.replace("refresh", "x")}) == ["unclear-page"]


def test_a_title_shared_with_a_generated_page_is_reported_at_the_page_with_a_source():
    """The order of the addresses does not matter, and two generated pages may share a title."""
    pages = {p: PAGE.format("Same", "").encode() for p in ("a.html", "b.html", "c.html")}
    told = inspect(pages, "", ["b.html", "c.html"])
    assert [(each.path, each.code) for each in told] == [("a.html", "unclear-page")]


@pytest.mark.parametrize(
    "html", ["<code>\"a\" -- 'b'</code>", "<pre>...</pre>", "<p>6\" and 5' and 2004-003, 555-0199</p>"]
)
def test_code_measures_and_numbers_are_no_typewriter_habits(html):
    """Code, measures such as 6" and telephone numbers are not reported."""
    assert found({**GOOD, "b.html": PAGE.format("B", html)}) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p>A book about .<span class="caps">NET</span>) and about <em>.NET</em>, or the .<abbr>NET</abbr></p>',
        "<p>See <a href='https://x.example/'>https://x.example/a--b?c=1914-18...</a></p>",
        "<p>Write to a--b@x.example or look at www.x.example/a--b</p>",
        '<p lang="fr">Vraiment ! Et pourquoi ?</p>',
        '<p>So <em lang="fr">non !</em> it is</p>',
        '<p lang="he">צה"ל וגב\' כהן</p>',
        '<p lang="hi">"a" it\'s</p>',
        '<p>So <em lang="hi">"a"</em> it is</p>',
        '<p lang="de">Er sagte „so‘s“</p>',
    ],
)
def test_names_addresses_and_other_languages_are_no_typewriter_habits(html):
    """Marks are judged in the line that readers see, across elements; addresses are not prose."""
    assert found({**GOOD, "b.html": PAGE.format("B", html)}) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>So <em>much</em> , or</p>",
        "<p>Vraiment !</p>",
        "<p>a <b>-</b>- b</p>",
        '<p lang="fr">Oui , non</p>',
        '<p lang="nl">‘s avonds</p>',
        "<p><i lang='de'>Zeit</i> , so</p>",
        "<p lang='he'>\"שלום\"</p>",
    ],
)
def test_habits_across_elements_are_found(html):
    """A habit whose characters are in two elements of one line is found."""
    assert found({**GOOD, "b.html": PAGE.format("B", html)}) == ["typewriter"]


def test_the_hint_for_a_straight_mark_depends_on_the_language():
    """For German text the hint names German quotation marks, for English text English ones."""
    pages = {"b.html": PAGE.format("B", '<p lang=\'fr\'>"a"</p><p lang=\'de\'>"b"</p><p>"c"</p>').encode()}
    assert [each.hint for each in inspect(pages, "", [])] == ["Write « and ».", "Write „ and “.", "Write “ and ”."]


def check(site: SiteTest, **words) -> tuple[int, str]:
    """Run `make check` on `site`; return its code and what it printed."""
    done = site.publish("", command="check", **words)
    return done.code, done.said


def test_findings_in_pages_are_reported_at_their_sources(site):
    """A finding in a page has the file and the line that the author wrote."""
    site.essay("one", 'First.\n\n### Too deep\n\nBeside it <a href="https://x.example/">x</a>.', Summary="One.")
    site.essay("two", "Words, in <q>1914-18</q> or so.", Summary="Two.")
    code, said = check(site)
    assert code == 1
    assert 'content/essays/one.md:7:1: error: the heading "Too deep" has level 3, below one of level 1' in said
    assert "content/essays/two.md:5:1: error: a hyphen in a range: Words, in 1914-18 or so. [typewriter]." in said
    assert said.endswith("2 errors, 0 warnings.\n")


def test_redirects_and_file_names_with_spaces_are_no_findings(site):
    """Redirect pages are not checked, and a file name with spaces becomes a valid address."""
    name = "my photo (2).svg"
    site.write(f"content/images/{name}", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.essay("one", f"![A]({{static}}/images/{name}) [B]({{static}}/images/{name})", Summary="One.", Aliases="a1, a2")
    code, said = check(site)
    assert (code, said.endswith("0 errors, 0 warnings.\n")) == (0, True), said
    made = site.build()
    address = "/images/my%20photo%20%282%29.svg"
    assert [made.page("essays/one/index.html").count(f'{key}="{address}"') for key in ("src", "href")] == [1, 1]
    assert name not in made.page("feeds/all.atom.xml")


def test_strict_makes_warnings_fail(site):
    """Advice alone exits with 0, and with STRICT=1 it exits with 1."""
    site.essay("one")
    code, said = check(site)
    warning = 'content/essays/one.md:1:1: warning: the page has no summary [missing-summary]. Add "Summary: …" with '
    assert (code, said) == (0, f"{warning}one sentence.\n0 errors, 1 warning.\n")
    assert check(site, STRICT="1")[0] == 1


def test_with_mistakes_in_sources_nothing_is_built(site):
    """If the sources have mistakes, these and the advice are reported, and Pelican is not run."""
    site.essay("one", Date="never")
    code, said = check(site)
    assert code == 1
    assert "[unreadable-date]" in said
    assert "CRITICAL" not in said


@pytest.mark.site
def test_a_sound_site_passes(site):
    """A site without mistakes has no findings in the theme's pages either."""
    assert check(site.sample()) == (0, "0 errors, 0 warnings.\n")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_every_finding(site, form):
    """Text, JSON, GitHub and SARIF have the same findings."""
    site.essay("one", "So...").essay("two", Date="2009-04-02", Summary="Two.")
    said = check(site, FORMAT=form)[1]
    assert said.count("missing-summary") >= 1
    if form in ("json", "sarif"):
        json.loads(said)


def test_an_unknown_format_is_refused(site):
    """A typo in FORMAT is an error of one line."""
    told = 'FORMAT: "xml" is not known. Use one of text, json, github, sarif.\n'
    assert check(site.essay("one"), FORMAT="xml") == (1, told)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
PLACES = st.integers(1, 99)
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.builds(
            Problem, TEXTS, st.integers(1, 99), st.integers(1, 99), st.sampled_from(sorted(PAGE_CHECKS)), TEXTS, TEXTS
        ),
        st.sampled_from(["error", "warning"]),
    ),
    max_size=4,
)


@given(FINDINGS)
def test_github_commands_survive_any_text(findings):
    """With any message and path, each finding is one command that can be parsed back."""
    text = FORMATS["github"](findings, {})
    lines = text.split("\n") if findings else []
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        match = re.fullmatch(r"::(\w+) file=([^,:]*),line=(\d+),col=(\d+),title=([\w-]+)::(.*)", line, re.DOTALL)
        path = match[2].replace("%3A", ":").replace("%2C", ",")
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            path = path.replace(code, character)
        assert (match[1], path) == (finding.severity, finding.problem.path)


@given(FINDINGS)
def test_sarif_output_follows_the_standard(findings):
    """Every result has an explained rule, a level, a text and a location that counts from 1."""
    log = json.loads(FORMATS["sarif"](findings, meanings()))
    (run,) = log["runs"]
    rules = {rule["id"]: rule["fullDescription"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert log["version"] == "2.1.0"
    assert len(run["results"]) == len(findings)
    for result in run["results"]:
        assert rules[result["ruleId"]]
        assert result["level"] in ("error", "warning")
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert "uri" in place["artifactLocation"]


def test_every_code_is_explained():
    """Each check of pages has a docstring with a bad and a good form."""
    assert all("Bad: " in meanings()[code] and "Good: " in meanings()[code] for code in PAGE_CHECKS)


def test_a_leak_is_an_error_of_the_check(site):
    """A published file that mentions a draft is an error of the check, not only of the publication."""
    title = "The unripe quinces of a late autumn"
    site.write("content/images/door.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><title>{title}</title></svg>')
    site.essay("one", "![A door]({static}/images/door.svg)").essay("two", "Text.", Title=title, Status="draft")
    code, said = check(site)
    assert code == 1
    assert "output/images/door.svg:1:1: error: " in said
    assert "is the title of essays/two.md, which is not published [leak]" in said


@pytest.mark.site
def test_missing_translations_are_warnings(tmp_path):
    """A language without a catalogue, and a site's own catalogue that lacks messages, are warnings; the site builds."""
    site = SiteTest(tmp_path, "DEFAULT_LANG = 'tlh'\n").essay("one")
    said = site.build().said
    assert "the interface of the site is in English" in said
    assert "ocutils" not in said
    done = site.publish("", command="check")
    assert (done.code, "untranslated-message" in done.said) == (0, True)
    site.settings = "DEFAULT_LANG = 'tlh'\nCATALOGUES = ['l10n']\n"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    site.write("l10n/tlh.po", f'{head}msgid "Search"\nmsgstr "100 % nej"\n')
    said = site.publish("", command="check").said
    assert 'l10n/tlh.po:4:1: warning: the translation of "Search" cannot be used' in said
    assert "messages are not translated" in said
