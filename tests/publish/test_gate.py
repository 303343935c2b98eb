"""The leak gate: a site with unpublished sources passes, and any of their content in its output is found."""

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
    """Return the manuscript and files of a site whose drafts answer, link, promise and are promised."""
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


def leaked(found) -> set[tuple[str, str]]:
    """Return the file and the source of each leak."""
    return {(leak.path, leak.source) for leak in found}


def test_a_site_with_unpublished_sources_passes(built):
    """The build puts nothing of unpublished sources into its output, however they are connected."""
    manuscript, files = built
    assert leaks(manuscript, files, made=files, public=("theme",)) == []
    assert "essays/under-the-floorboards/index.html" in files
    assert "images/seen.jpg" in files


def test_files_of_drafts_are_not_copied(built):
    """An attached file is copied only if a published page shows it or the settings name it."""
    assert [path for path in built[1] if path.startswith("images/") or path.endswith(".ico")] == [
        *("favicon.ico", "images/seen.jpg"),
    ]


def test_the_former_address_of_a_hidden_essay_is_no_leak():
    """A hidden essay's alias has a redirect page, and is in no public list."""
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
def test_every_kind_of_unpublished_source_is_checked(built, source, words):
    """Words of future and hidden essays, draft pages, plays and series, and their images are leaks."""
    manuscript, files = built
    found = leaks(manuscript, {**files, "archive/index.html": words.encode()})
    assert leaked(found) == {("archive/index.html", source)}
    assert "not published [leak]" in str(found[0])


def test_a_hidden_essay_is_no_leak_on_its_own_page(built):
    """A hidden essay's words are no leak on its own page, and one anywhere else."""
    manuscript, files = built
    page = files["essays/under-the-floorboards/index.html"]
    assert b"boards lay letters" in page
    assert leaked(leaks(manuscript, {**files, "copy.html": page})) == {("copy.html", HIDDEN)}


def test_an_unknown_file_is_a_leak(built):
    """A file that no build made is reported; a compressed copy of a built file is not."""
    manuscript, files = built
    more = {**files, "index.html.gz": b"\x1f\x8b", "old.html": b"x", "old.html.br": b"y", "none.html.gz": b"z"}
    found = leaks(manuscript, more, made=files)
    assert [leak.path for leak in found] == ["none.html.gz", "old.html", "old.html.br"]
    assert "no build made this file [unknown-file]" in str(found[0])


PUBLISHED = "Title: {}\nDate: 2009-04-01\n\n{}\n"
DRAFTED = "Title: {}\nDate: 2009-04-01\nStatus: draft\n\n{}\n"


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
def test_published_text_is_no_leak(title, text, output):
    """Common titles, and sentences that a published text has too, are no leaks."""
    body = (
        "Letting go of the controls. Notes on a voyage. A published sentence that both of them hold in common."
        " We see the [ledger]({filename}/series/x.md) of the long voyage."
    )
    files = {"essays/one.md": PUBLISHED.format("One", body), "essays/two.md": DRAFTED.format(title, text)}
    assert leaks(a_manuscript(files), {"index.html": output.encode()}) == []


WORDS = "The ferryman sold his boat"


@pytest.mark.parametrize("key", sorted({"Epigraph", "Cover", "Note"} | {key.name for key in KEYS if not key.neutral}))
def test_every_key_of_a_draft_is_secret(key):
    """A draft's value under any key is found, known or unknown, except for those of fixed formats."""
    kind, folder = next(((k, f) for f, k in KINDS.items() for each in keys_of(k) if each.name == key), ("", "essays"))
    status = "" if kind == "essay" else "Status: draft\n"
    text = f"Title: Two\nDate: 2999-01-01\n{status}{key}: {WORDS}\n    and went home.\n\nText.\n"
    site = a_manuscript({f"{folder}/two.md": text.replace("Title: Two\n", "" if key == "Title" else "Title: Two\n")})
    found = leaks(site, {"a.html": f"<p>{WORDS}</p>".encode()})
    assert leaked(found) == {("a.html", f"{folder}/two.md")}
    assert str(found[0]).endswith("which is not published [leak]. Remove it there, or publish that file too.")


def test_a_planned_part_of_a_draft_is_secret():
    """The title of a planned part is found without its side and date."""
    text = "Title: Two\nStatus: draft\nPlanned: The quiet harbours | cost | 2009-04-01\n\nText.\n"
    (leak,) = leaks(a_manuscript({"series/two.md": text}), {"a.html": b"<li>The quiet harbours</li>"})
    assert "is a planned part of" in leak.message


@pytest.mark.parametrize(
    ("line", "page", "value"),
    [
        ("Correction: 2009-04-02 | the lamp was out | the lamp burned", "The lamp burned.", "a correction"),
        ("Correction: 2009-04-02 | the lamp was out | the lamp burned", "The lamp was out.", "a correction"),
        ("Case: Scouts of the estuary | 1908 | boys", "Scouts of the estuary", "a case"),
        ("Tags: first lights, quiet harbours", "quiet harbours", "one of the tags"),
        ("Tags: first lights, quiet harbours", "first lights, quiet harbours", "one of the tags"),
    ],
)
def test_each_part_of_a_compound_value_is_secret(line, page, value):
    """Each tag, case and correction of a draft is found by itself, as pages show it."""
    site = a_manuscript({"essays/two.md": f"Title: Two\nDate: 2999-01-01\n{line}\n\nText.\n"})
    (leak,) = leaks(site, {"a.html": page.encode()})
    assert f"is {value} of" in leak.message


def test_a_key_is_secret_unless_it_is_declared_public():
    """A published file's value under an undeclared key is found, and the message says how to declare it."""
    files = {"essays/one.md": f"Title: One\nDate: 2009-04-01\nRemark: {WORDS}\nEntry: An entry of it\n\nText.\n"}
    page = {"a.html": f"<p>{WORDS}</p><p>An entry of it</p>".encode()}
    (leak,) = leaks(a_manuscript(files), page)
    assert f'a.html: "{WORDS}" is the remark of essays/one.md, a key that is not public [leak].' in str(leak)
    assert str(leak).endswith('declare the key public: PUBLIC_KEYS = ["Remark"].')
    assert leaks(a_manuscript(files, public_keys=frozenset({"remark"})), page) == []


def test_no_output_shows_a_key_that_is_not_public(site):
    """No output contains a value under an author's own key."""
    site.write("content/pages/about.md", f"Title: About\nRemark: {WORDS}\n\nText.\n")
    site.essay("one", "Text.", Remark=WORDS, Series="Turnings", Tags="Let go")
    done = site.publish("https://e.example")
    assert done.code == 0, done.said
    assert "ferryman" not in done.published()


def test_the_address_of_a_draft_is_secret():
    """A link to a draft is a leak even if published texts use the words of its slug."""
    files = {
        "essays/one.md": PUBLISHED.format("One", "Letting go."),
        "essays/letting-go.md": DRAFTED.format("Two", "x"),
    }
    page = '<a href="https://e.example/essays/letting-go/#x">x</a>'
    assert leaked(leaks(a_manuscript(files), {"a.html": page.encode()})) == {("a.html", "essays/letting-go.md")}
    assert leaks(a_manuscript(files), {"a.html": page.replace("essays", "words").encode()}) == []


def test_a_word_of_the_theme_is_no_leak():
    """Words of the theme and the settings are no leaks."""
    site = a_manuscript({"essays/one.md": DRAFTED.format("Skip to the text", "Text.")})
    page = {"index.html": b"<a>Skip to the text</a>"}
    assert [leak.path for leak in leaks(site, page)] == ["index.html"]
    assert leaks(site, page, public=["<a>Skip to the text</a>"]) == []


def test_a_comment_in_a_published_source_does_not_publish_its_words():
    """A draft's title is a leak even if a published source has it in a comment."""
    comment = "<!-- then The unmarked door -->"
    files = {"essays/one.md": PUBLISHED.format("One", comment), "essays/two.md": DRAFTED.format(TITLE, "x")}
    assert leaked(leaks(a_manuscript(files), {"a.html": comment.encode()})) == {("a.html", "essays/two.md")}


def test_answering_a_draft_does_not_publish_its_slug():
    """A draft's slug is a leak even if a published essay answers it."""
    files = {
        "essays/one.md": "Title: One\nDate: 2009-04-01\nAnswers: the-unmarked-door\n\nText.\n",
        "essays/the-unmarked-door.md": DRAFTED.format("Untitled thing", "x"),
    }
    found = leaks(a_manuscript(files), {"one.json": b'{"answers": "the-unmarked-door"}'})
    assert leaked(found) == {("one.json", "essays/the-unmarked-door.md")}


def test_scripts_without_spaces_are_checked():
    """A sentence in a script without spaces is found."""
    sentence = "誰も十一年の間その灯を塗らなかった。"
    site = a_manuscript({"essays/one.md": DRAFTED.format("One", sentence)})
    assert leaks(site, {"index.html": f"<p>{sentence}</p>".encode()})


MACHINE = Machine(("/home/ada/sites/essays", "/home/ada", "/srv"), ("lovelace", "root", "ab"))


@pytest.mark.parametrize(
    ("text", "is_leak"),
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
def test_traces_of_the_machine_are_leaks(text, is_leak):
    """Folders, user names and keys of the building machine are found; similar words are not."""
    files = {"a.json" if text.startswith("{") else "a.html": text.encode()}
    found = leaks(a_manuscript({}), files, machine=MACHINE)
    assert [leak.source for leak in found] == ["this machine"] * is_leak


def test_a_published_user_name_is_no_leak():
    """The user name is no leak if a published text has it."""
    site = a_manuscript({"essays/one.md": PUBLISHED.format("One", "By Lovelace.")})
    assert leaks(site, {"a.html": b"<p>By Lovelace, lovelace.</p>"}, machine=MACHINE) == []


def test_publishing_stops_at_a_leak(site):
    """A leak stops the publication with its file, words and source, and nothing is published."""
    site.write("content/images/door.svg", f"<svg><title>{TITLE}</title></svg>")
    site.essay("one", "![A door]({static}/images/door.svg)").essay("two", "x", Title=TITLE, Status="draft")
    done = site.publish("https://e.example")
    assert (done.code, done.output.exists()) == (1, False)
    assert 'images/door.svg: "The unmarked door" is the title of essays/two.md, which is not' in done.said
    assert "Traceback" not in done.said


def test_comments_of_a_published_source_are_secret():
    """Words that are only in a comment of a published source are a leak."""
    text = "Told -- to all who came here. <!-- Ask <i>Anna</i> whether she minds -- then say it. -->"
    site = a_manuscript({"essays/one.md": PUBLISHED.format("One", text)})
    assert leaks(site, {"a.html": "<p>Told \u2014 to all who came here.</p>".encode()}) == []
    assert leaked(leaks(site, {"a.html": b"<p>Ask Anna whether she minds then say it.</p>"})) == {
        ("a.html", "essays/one.md")
    }
