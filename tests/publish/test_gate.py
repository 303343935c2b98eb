"""The gate: a site with every kind of unpublished source passes, and whatever of them is put into it is found."""

from __future__ import annotations

import pytest

from builders import KINDS, SiteTest, a_manuscript
from essay_series import hosts
from essay_series.adapter.reading.sources import open_manuscript
from essay_series.l10n import ENGLISH
from essay_series.publish.gate import Leak, Machine, examine
from essay_series.sources.keys import KEYS, keys_of

pytestmark = pytest.mark.site

SENTENCE = "Nobody had painted the ferryman's “lantern” for eleven winters -- in a row."
ENTRY = "You learn who would have walked away."
DRAFT = "essays/the-unmarked-door.md"
HIDDEN = "essays/under-the-floorboards.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the manuscript and the files of a site whose drafts answer, link, promise and are promised."""
    site = SiteTest(tmp_path_factory.mktemp("site"))
    site.write("content/series/turnings.md", "Title: Turnings\nPlanned: Quiet harbours | cost\n\nA run.\n")
    site.write(
        "content/series/shelved.md", "Title: Shelved together\nStatus: draft\n\nAn unseen run of thoughts it is."
    )
    site.write("content/playbook/let-go.md", "Title: Let go\n\nText.\n")
    site.write("content/playbook/whisper.md", "Title: Whisper downwards\nStatus: draft\n\nSay it low.\n")
    site.write("content/pages/colophon.md", "Title: Colophon in progress\nStatus: draft\n\nText.\n")
    site.write("content/images/lantern-sketch.jpg", b"\xff\xd8 sketch").write("content/images/seen.jpg", b"\xff\xd8")
    site.write("content/images/nobodys.jpg", b"\xff\xd8").write("content/images/wide.jpg", b"\xff\xd8")
    site.write("content/extra/favicon.ico", b"\x00")
    site.settings = (
        "STATIC_PATHS = ['images', 'extra']\nEXTRA_PATH_METADATA = {'extra/favicon.ico': {'path': 'favicon.ico'}}\n"
    )
    facts = {"Series": "turnings", "Tags": "let-go"}
    shown = "See ![a lamp]({static}/images/seen.jpg)."
    site.essay("one", shown, **facts, Side="benefit", Entry="Light.", Answers="the-unmarked-door")
    site.essay("two", "<div>Raw “HTML”</div> & more.", **facts, Date="2009-04-02")
    site.essay(
        "the-unmarked-door",
        f"{SENTENCE} See [it]({{filename}}under-the-floorboards.md).\n\n![x]({{static}}/images/lantern-sketch.jpg)\n\n"
        '<picture><source srcset="/images/wide.jpg 2x"><img alt="" src="/images/seen.jpg"></picture>',
        **{**facts, "Side": "cost", "Entry": ENTRY, "Answers": "one", "Status": "draft"},
    )
    site.essay("quiet-harbours", "Ships [wait]({filename}one.md) there all in vain.", **facts, Date="2999-01-01")
    hidden = "Under the boards lay letters that nobody had answered."
    site.essay("under-the-floorboards", hidden, **facts, Status="hidden", Date="2009-04-03")
    site.essay("notes", "Two words.", Status="draft", Date=None)
    done = site.build()
    assert done.code == 0, done.said
    return open_manuscript(str(site.folder / "pelicanconf.py")), done.files()


def leaks(*given, **more) -> list[Leak]:
    """Return the leaks of a built site."""
    return list(examine(*given, **more).leaks)


def told_of(found) -> set[tuple[str, str]]:
    """Return the file and the source of each leak."""
    return {(leak.path, leak.source) for leak in found}


def test_a_site_with_drafts_hidden_and_future_essays_passes(built):
    """What the build makes of unpublished sources that answer, link and are promised holds nothing of them."""
    manuscript, files = built
    assert leaks(manuscript, files, made=files, public=("theme",)) == []
    assert "essays/under-the-floorboards/index.html" in files
    assert "images/seen.jpg" in files


def test_files_that_only_drafts_show_are_not_copied(built):
    """An image in a static folder stays at home until a page that readers have shows it; others go by name."""
    assert [path for path in built[1] if path.startswith("images/") or path.endswith(".ico")] == [
        *("favicon.ico", "images/seen.jpg"),
    ]


def test_the_former_address_of_a_hidden_essay_stays_and_is_no_leak():
    """Readers who have it are sent on by a page of its own; no file that anybody can read lists it."""
    hidden = "Title: Quiet\nDate: 2009-04-01\nStatus: hidden\nAliases: former, /2009/quiet.html\n\nText.\n"
    files = {"essays/quiet.md": hidden, "essays/one.md": "Title: One\nDate: 2009-04-01\nAliases: uno\n\nText.\n"}
    manuscript = a_manuscript(files, root="https://e.example")
    facts = hosts.hosting(manuscript)
    built = hosts.redirect_pages(facts.redirects, {}, (), facts.root, ENGLISH) | hosts.netlify_files(facts)
    assert examine(manuscript, built).leaks == ()
    assert {"essays/former/index.html", "2009/quiet.html", "essays/uno/index.html"} <= built.keys()
    assert b"/essays/uno/ /essays/one/ 301" in built["_redirects"]
    assert "/essays/former/" in hosts.server_configs(facts)["nginx.conf"]


TITLE = "The unmarked door"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("essays/quiet-harbours.md", "Ships wait there all in vain."),
        ("essays/notes.md", '<a href="/essays/notes/">x</a>'),
        ("essays/notes.md", "<b>Notes</b>"),
        ("pages/colophon.md", "Colophon in progress"),
        ("playbook/whisper.md", "Whisper downwards"),
        ("series/shelved.md", "An unseen run of thoughts it is."),
        ("images/lantern-sketch.jpg", '<img src="/images/lantern-sketch.jpg">'),
        (HIDDEN, '<a href="/essays/under-the-floorboards/">soon</a>'),
        (HIDDEN, "<!-- Under the floorboards -->"),
    ],
)
def test_every_kind_of_unpublished_source_is_watched(built, source, words):
    """Future essays, hidden ones, draft pages, plays and series, and their images are all secrets."""
    manuscript, files = built
    found = leaks(manuscript, {**files, "archive/index.html": words.encode()})
    assert told_of(found) == {("archive/index.html", source)}
    assert "not published [leak]" in str(found[0])


def test_a_hidden_essay_stands_on_its_own_page_alone(built):
    """The same words are no leak on its own page, and one anywhere else."""
    manuscript, files = built
    page = files["essays/under-the-floorboards/index.html"]
    assert b"boards lay letters" in page
    assert told_of(leaks(manuscript, {**files, "copy.html": page})) == {("copy.html", HIDDEN)}


def test_a_file_that_nobody_made_is_a_leak(built):
    """A stray file is named; one that was packed of a file that was made is none."""
    manuscript, files = built
    more = {**files, "index.html.gz": b"\x1f\x8b", "old.html": b"x", "old.html.br": b"y", "none.html.gz": b"z"}
    found = leaks(manuscript, more, made=files)
    assert [leak.path for leak in found] == ["none.html.gz", "old.html", "old.html.br"]
    assert "no build made this file [unknown-file]" in str(found[0])


PUBLISHED = "Title: {}\nDate: 2009-04-01\n\n{}\n"
KEPT = "Title: {}\nDate: 2009-04-01\nStatus: draft\n\n{}\n"


@pytest.mark.parametrize(
    ("title", "text", "output"),
    [
        ("Letting go", "Text.", "<h1>Letting go of the controls</h1>"),
        ("Notes", "Text.", "<p>Notes on a voyage, and Notes.</p>"),
        ("May", "Text.", "<p>Published on 2 May 2009</p>"),
        ("2009", "Text.", "<h2>2009</h2>"),
        ("Text", "Text.", '<p class="text" type="text">x</p>'),
        ("Other", "A published sentence that both of them hold in common.", "<p>that both of them hold in common</p>"),
        ("Other", "We see the **ledger** of the long voyage.", "<p>we see the ledger of the long voyage</p>"),
    ],
)
def test_what_a_published_source_says_itself_is_no_leak(title, text, output):
    """Common titles, and sentences that stand in a published text too, give no false alarm."""
    body = (
        "Letting go of the controls. Notes on a voyage. A published sentence that both of them hold in common."
        " We see the [ledger]({filename}/series/x.md) of the long voyage."
    )
    files = {"essays/one.md": PUBLISHED.format("One", body), "essays/two.md": KEPT.format(title, text)}
    assert leaks(a_manuscript(files), {"index.html": output.encode()}) == []


WORDS = "The ferryman sold his boat"


@pytest.mark.parametrize("key", sorted({"Epigraph", "Cover", "Note"} | {key.name for key in KEYS if not key.neutral}))
def test_whatever_stands_under_a_key_of_a_draft_is_a_secret(key):
    """What a draft says under any key is found, also under one that no schema knows; but for words of a format."""
    kind, folder = next(((k, f) for f, k in KINDS.items() for each in keys_of(k) if each.name == key), ("", "essays"))
    status = "" if kind == "essay" else "Status: draft\n"
    text = f"Title: Two\nDate: 2999-01-01\n{status}{key}: {WORDS}\n    and went home.\n\nText.\n"
    site = a_manuscript({f"{folder}/two.md": text.replace("Title: Two\n", "" if key == "Title" else "Title: Two\n")})
    told = leaks(site, {"a.html": f"<p>{WORDS}</p>".encode()})
    assert told_of(told) == {("a.html", f"{folder}/two.md")}
    assert str(told[0]).endswith("which is not published [leak]. Remove it there, or publish that file too.")


def test_a_planned_part_of_a_draft_is_a_secret_without_its_side_and_day():
    """The title of a planned part is found as pages show it, without what stands beside it in the source."""
    text = "Title: Two\nStatus: draft\nPlanned: The quiet harbours | cost | 2009-04-01\n\nText.\n"
    (leak,) = leaks(a_manuscript({"series/two.md": text}), {"a.html": b"<li>The quiet harbours</li>"})
    assert "is a planned part of" in leak.message


@pytest.mark.parametrize(
    ("line", "page", "what"),
    [
        ("Correction: 2009-04-02 | the lamp was out | the lamp burned", "The lamp burned.", "a correction"),
        ("Correction: 2009-04-02 | the lamp was out | the lamp burned", "The lamp was out.", "a correction"),
        ("Case: Scouts of the estuary | 1908 | boys", "Scouts of the estuary", "a case"),
        ("Tags: first lights, quiet harbours", "quiet harbours", "one of the tags"),
        ("Tags: first lights, quiet harbours", "first lights, quiet harbours", "one of the tags"),
    ],
)
def test_each_piece_of_a_line_with_several_is_a_secret(line, page, what):
    """Each name, case and correction of a draft is found by itself, as pages show it."""
    site = a_manuscript({"essays/two.md": f"Title: Two\nDate: 2999-01-01\n{line}\n\nText.\n"})
    (leak,) = leaks(site, {"a.html": page.encode()})
    assert f"is {what} of" in leak.message


def test_a_key_is_secret_unless_it_is_declared_public():
    """What a published file says under a key that nothing declares public is found, and the cure is told."""
    files = {"essays/one.md": f"Title: One\nDate: 2009-04-01\nRemark: {WORDS}\nEntry: An entry of it\n\nText.\n"}
    page = {"a.html": f"<p>{WORDS}</p><p>An entry of it</p>".encode()}
    (leak,) = leaks(a_manuscript(files), page)
    assert f'a.html: "{WORDS}" is the remark of essays/one.md, a key that is not public [leak].' in str(leak)
    assert str(leak).endswith('declare the key public: PUBLIC_KEYS = ["Remark"].')
    assert leaks(a_manuscript(files, public_keys=frozenset({"remark"})), page) == []


def test_no_output_shows_a_key_that_is_not_public(site):
    """Pages, copies, feeds and lists hold nothing that stands under a key of the author's own, and it is published."""
    site.write("content/pages/about.md", f"Title: About\nRemark: {WORDS}\n\nText.\n")
    site.essay("one", "Text.", Remark=WORDS, Series="Turnings", Tags="Let go")
    done = site.publish("https://e.example")
    assert done.code == 0, done.said
    assert "ferryman" not in done.published()


def test_an_address_is_a_secret_where_its_words_are_none():
    """A link to a draft is a leak also where published texts use the words of its slug."""
    files = {"essays/one.md": PUBLISHED.format("One", "Letting go."), "essays/letting-go.md": KEPT.format("Two", "x")}
    page = '<a href="https://e.example/essays/letting-go/#x">x</a>'
    assert told_of(leaks(a_manuscript(files), {"a.html": page.encode()})) == {("a.html", "essays/letting-go.md")}
    assert leaks(a_manuscript(files), {"a.html": page.replace("essays", "words").encode()}) == []


def test_a_word_of_the_theme_is_no_leak():
    """What theme and settings say by themselves is known, and is nobody's secret."""
    site = a_manuscript({"essays/one.md": KEPT.format("Skip to the text", "Text.")})
    page = {"index.html": b"<a>Skip to the text</a>"}
    assert [leak.path for leak in leaks(site, page)] == ["index.html"]
    assert leaks(site, page, public=["<a>Skip to the text</a>"]) == []


def test_a_comment_in_a_published_source_is_no_excuse():
    """A draft's title in an HTML comment of a published essay is a leak, since comments are published."""
    comment = "<!-- then The unmarked door -->"
    files = {"essays/one.md": PUBLISHED.format("One", comment), "essays/two.md": KEPT.format(TITLE, "x")}
    assert told_of(leaks(a_manuscript(files), {"a.html": comment.encode()})) == {("a.html", "essays/two.md")}


def test_a_draft_that_a_published_essay_answers_is_not_told_by_it():
    """The slug after Answers is an author's note and no published word."""
    files = {
        "essays/one.md": "Title: One\nDate: 2009-04-01\nAnswers: the-unmarked-door\n\nText.\n",
        "essays/the-unmarked-door.md": KEPT.format("Untitled thing", "x"),
    }
    found = leaks(a_manuscript(files), {"one.json": b'{"answers": "the-unmarked-door"}'})
    assert told_of(found) == {("one.json", "essays/the-unmarked-door.md")}


def test_a_language_of_its_own_script_is_read_too():
    """A sentence without blanks between its words is compared sign by sign."""
    sentence = "誰も十一年の間その灯を塗らなかった。"
    site = a_manuscript({"essays/one.md": KEPT.format("One", sentence)})
    assert leaks(site, {"index.html": f"<p>{sentence}</p>".encode()})


MACHINE = Machine(("/home/ada/sites/essays", "/home/ada", "/srv"), ("lovelace", "root", "ab"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<!-- /home/ada/sites/essays/content/a.md -->", True),
        ('{"p": "\\/home\\/ada\\/x"}', True),
        ("file:///home/ada/x.md", True),
        ("mail lovelace@host", True),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAxyz0", True),
        ("key = AKIAQWERTYUIOPASDFGH", True),
        (":root { --x: 1 } /srv/x", False),
        ("-----BEGIN PRIVATE KEY----- starts a key", False),
        ("AKIAIOSFODNN7EXAMPLE", False),
        ("/home/adaline/", False),
        ("Loveless lovelaces", False),
    ],
)
def test_no_file_tells_of_the_machine(text, told):
    """Folders, names and keys of the machine that builds are found; what only looks alike is not."""
    files = {"a.json" if text.startswith("{") else "a.html": text.encode()}
    found = leaks(a_manuscript({}), files, machine=MACHINE)
    assert [leak.source for leak in found] == ["this machine"] * told


def test_a_name_that_the_author_publishes_is_no_trace():
    """The by-line may be the user's name."""
    site = a_manuscript({"essays/one.md": PUBLISHED.format("One", "By Lovelace.")})
    assert leaks(site, {"a.html": b"<p>By Lovelace, lovelace.</p>"}, machine=MACHINE) == []


def test_publishing_stops_at_a_leak(site):
    """A page that shows a draft's title stops the publication: file, words and source are told, nothing is put."""
    site.write("content/images/door.svg", f"<svg><title>{TITLE}</title></svg>")
    site.essay("one", "![A door]({static}/images/door.svg)").essay("two", "x", Title=TITLE, Status="draft")
    done = site.publish("https://e.example")
    assert (done.code, done.output.exists()) == (1, False)
    assert 'images/door.svg: "The unmarked door" is the title of essays/two.md, which is not' in done.said
    assert "Traceback" not in done.said


def test_a_comment_of_a_published_source_is_withheld():
    """What an author comments out is found in whatever is published, unless the author says it elsewhere too."""
    text = "Told -- to all who came here. <!-- Ask <i>Anna</i> whether she minds -- then say it. -->"
    site = a_manuscript({"essays/one.md": PUBLISHED.format("One", text)})
    assert leaks(site, {"a.html": "<p>Told \u2014 to all who came here.</p>".encode()}) == []
    assert told_of(leaks(site, {"a.html": b"<p>Ask Anna whether she minds then say it.</p>"})) == {
        ("a.html", "essays/one.md")
    }
