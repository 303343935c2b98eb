"""The import of each export format."""

from __future__ import annotations

import gzip

import pytest

from essay_series.importer.detect import read
from essay_series.importer.item import Export, ImportRefusedError, ReadOptions, demand_complete
from importer.exports import (
    Imported,
    blogger,
    blogger_entry,
    ghost,
    imported,
    mt_entry,
    put,
    takeout,
    takeout_entry,
    wxr,
    wxr_item,
    zipped,
)

SUBSTACK = {
    "posts.csv": (
        "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url,section_name\n"
        '11.price,2009-04-01T08:00:00.000Z,true,,newsletter,everyone,"The price, and more",A subtitle,,Turnings\n'
        "12.secret,2009-04-02T08:00:00.000Z,true,,newsletter,only_paid,Secret,,,\n"
        "13.plan,,false,,newsletter,everyone,Plan,,,\n"
        "14.gone,2009-04-04T08:00:00.000Z,true,,thread,everyone,Gone,,,\n"
    ),
    "posts/11.price.html": '<p>See <a href="https://old.substack.com/p/secret">it</a>.</p>',
    "posts/12.secret.html": "<p>Secret.</p>",
    "posts/13.plan.html": "<p>Plan.</p>",
    "posts/11.opens.csv": "a,b\n",
}
STORY = """<!DOCTYPE html><html><head><title>Price</title></head><body><article class="h-entry">
<header><h1 class="p-name">Price</h1></header><section data-field="subtitle" class="p-summary">A subtitle</section>
<section data-field="body" class="e-content"><section class="section"><div class="section-divider"><hr
class="section-divider"></div><div class="section-content"><h3 class="graf--title">Price</h3><p>Text.</p></div></section>
</section><footer><p>By <a href="https://medium.com/@anna" class="p-author h-card">Anna</a> on
<a href="https://medium.com/p/ab"><time class="dt-published" datetime="2009-04-01T08:00:00.000Z">April</time></a>.</p>
<p><a href="https://medium.com/@anna/price-ab12cd34ef56" class="p-canonical">Canonical link</a></p></footer></article>"""
JEKYLL = {
    "_config.yml": "url: https://old.example\npermalink: /:year/:month/:title.html\ntimezone: Europe/Berlin\n",
    "_posts/2009-04-01-price.md": (
        '---\ntitle: "The price: a start"\ntags: [Let go]\nredirect_from:\n  - /price/\nseries: Turnings\n---\n'
        "See [it]({% post_url 2009-04-02-gain %}).\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n"
        "- one\n  - two\n\n~~gone~~\n"
    ),
    "_posts/2009-04-02-gain.md": "---\ntitle: Gain\n---\nText.\n",
    "_posts/2009-04-03-hidden.md": "---\ntitle: Hidden\npublished: false\n---\nText.\n",
    "_posts/2009-04-04-old.textile": "---\ntitle: Old\n---\nh1. Text\n",
    "_drafts/plan.md": "---\ntitle: Plan\n---\nText.\n",
    "about.md": "---\ntitle: About\n---\nWe.\n",
    "README.md": "About the folder.\n",
    "_layouts/default.html": "<html></html>",
}
HUGO = {
    "hugo.toml": 'baseURL = "https://old.example/"\n[permalinks]\npost = "/:year/:month/:slug/"\n',
    "content/post/price.md": (
        '+++\ntitle = "Price"\ndate = 2009-04-01T10:00:00+02:00\ntags = ["Let go"]\naliases = ["/old-price/"]\n'
        'series = ["Turnings"]\n+++\nSee [it]({{< ref "gain" >}}) and ![A match](match.png "Lit").\n\n'
        "{{< youtube abc123 >}}\n"
    ),
    "content/post/gain/index.md": "---\ntitle: Gain\ndate: 2009-04-02\nslug: gained\n---\nText.\n",
    "content/post/plan.md": "---\ntitle: Plan\ndate: 2009-04-03\ndraft: true\n---\nText.\n",
    "content/post/match.png": b"\x89PNG",
    "content/about.md": "---\ntitle: About\n---\nWe.\n",
    "content/_index.md": "---\ntitle: Home\n---\n",
}


def test_a_wordpress_post_keeps_its_metadata(tmp_path):
    """Date with zone, author, summary, series, plays and former address are in the front matter."""
    author = "<wp:author><wp:author_login>anna</wp:author_login><wp:author_display_name>Anna B.</wp:author_display_name></wp:author>"
    terms = (
        "<category domain='category' nicename='t'>Turnings</category>"
        "<category domain='category' nicename='u'>Uncategorized</category>"
        "<category domain='post_tag' nicename='l'>Let go</category><category domain='post_tag'>Hands off</category>"
    )
    item = wxr_item(title="Price &amp;amp; more", excerpt="A <b>short</b> summary.", more=terms)
    found = imported(tmp_path, "old.xml", wxr(item, head=author))
    assert found["essays/price.md"] == (
        "Title: Price & more\nDate: 2009-04-01 10:00+02:00\nSeries: turnings\nTags: Let go\nAuthor: Anna B.\n"
        "Summary: A short summary.\nAliases: /2009/04/price/\n\nText.\n"
    )
    assert "Not in the playbook, so they are left out; PLAYS=1 makes plays of them: Hands off (1)" in found.said


def test_wordpress_texts_keep_their_paragraphs(tmp_path):
    """Blank lines separate paragraphs and line ends break lines, except in texts of the block editor."""
    old = "One\ntwo\n\n<strong>Three</strong>\n<ul>\n<li>a</li>\n</ul>\nfour"
    new = "<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->"
    found = imported(tmp_path, "old.xml", wxr(wxr_item("old", old), wxr_item("new", new)))
    assert found.body("essays/old.md") == "One  \ntwo\n\n**Three**\n\n-   a\n\nfour"
    assert found.body("essays/new.md") == "One two"


def test_wordpress_shortcodes_become_markdown(tmp_path):
    """Footnotes, captions, videos, bare addresses and listings become Markdown."""
    notes = '<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>[{"content":"A note.","id":"n1"}]</wp:meta_value></wp:postmeta>'
    body = (
        '<p>Text<sup data-fn="n1" class="fn"><a href="#n1" id="n1-link">1</a></sup>.</p>\n'
        '[caption id="a" width="1"]<img src="https://old.example/a.png" alt="A"> A caption[/caption]\n\n'
        "[youtube https://www.youtube.com/watch?v=1]\n\nhttps://video.example/2\n\n[php]\n&lt;?php echo 1;\n[/php]\n<!-- wp:footnotes /-->"
    )
    found = imported(
        tmp_path, "old.xml", wxr(wxr_item(body=body, more=notes)), fetched={"https://old.example/a.png": "images/a.png"}
    )
    assert found.body("essays/price.md") == (
        'Text[^1].\n\n![A]({static}/images/a.png "A caption")\n\n<https://www.youtube.com/watch?v=1>\n\n'
        "<https://video.example/2>\n\n```php\n<?php echo 1;\n```\n\n[^1]: A note."
    )
    assert "Status" not in found.header("essays/price.md"), "a caption counts as text"


def test_a_text_with_an_unknown_shortcode_becomes_a_draft(tmp_path):
    """A text that would be incomplete becomes a draft, and the report lists what is missing."""
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body='<p>See</p> [contact-form to="a"] and [sic].')))
    assert found.header("essays/price.md")["Status"] == "draft"
    assert 'imported as a draft, because parts are missing: shortcode [contact-form to="a"]' in found.said
    assert "[sic]" not in found.said


def test_an_image_next_to_a_word_does_not_make_a_draft(tmp_path):
    """A link that replaces an image or frame beside a word does not count as a missing word."""
    body = "<!-- wp:x --><p>See<a href='/x'><img src='/a.png' alt='A'></a>it<iframe src='https://v.example/1'></iframe>now</p>"
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body=body)))
    assert "Status" not in found.header("essays/price.md")
    assert found.body("essays/price.md") == "See[A](https://old.example/x)it<https://v.example/1>now"


def test_wordpress_comments_and_other_kinds_are_counted(tmp_path):
    """Comments and items that are no texts are counted by kind; further kinds can be imported as texts."""
    comment = (
        "<wp:comment><wp:comment_author>B</wp:comment_author><wp:comment_content>Yes</wp:comment_content></wp:comment>"
    )
    data = wxr(
        wxr_item(more=comment), wxr_item("a", kind="attachment", status="inherit"), wxr_item("b", kind="podcast")
    )
    found = imported(tmp_path, "old.xml", data)
    assert "3 items: 1 imported, 0 skipped, 2 not texts (1 attachment, 1 podcast)" in found.said
    assert "Not imported: 1 comment by readers; COMMENTS=" in found.said
    assert found.export.comments[0]["content"] == "Yes"
    assert Imported(tmp_path / "old.xml", read_options=ReadOptions(types=("podcast",))).paths == [
        "essays/b.md",
        "essays/price.md",
    ]


@pytest.mark.parametrize("name", ["old.xml.gz", "old.zip"])
def test_a_compressed_export_is_read(tmp_path, name):
    """A gzipped or zipped WordPress export is read."""
    data = wxr(wxr_item())
    packed = gzip.compress(data) if name.endswith("gz") else zipped({"old/export.xml": data, "old/._x.xml": b"litter"})
    assert imported(tmp_path, name, packed).paths == ["essays/price.md"]


def test_an_old_blogger_export_is_read_without_comments(tmp_path):
    """A post keeps its date, zone, labels and address; comments are counted."""
    found = imported(tmp_path, "old.xml", blogger(blogger_entry(), blogger_entry("", kind="comment")))
    assert found["essays/price.md"] == (
        "Title: Price\nDate: 2009-04-01 10:00+02:00\nTags: Let go\nAuthor: Anna\nAliases: /2009/04/price.html\n\nText.\n"
    )
    assert "2 items: 1 imported, 0 skipped, 1 not texts (1 comment)" in found.said


@pytest.mark.parametrize("is_zip", [False, True])
def test_a_blogger_takeout_is_read(tmp_path, is_zip):
    """Type, status and file name are read from Takeout's own namespace, also within its ZIP."""
    entries = [
        takeout_entry(
            body='<a href="https://my.example/2009/04/gain.html">x</a> <a href="https://my.example/2009/04/plan.html">y</a>'
        ),
        takeout_entry("gain"),
        takeout_entry("plan", status="DRAFT"),
        takeout_entry("we", kind="PAGE"),
        takeout_entry("talk", kind="COMMENT"),
    ]
    data = takeout(*entries)
    found = (
        imported(tmp_path, "old.zip", zipped({"Takeout/Blogger/Blogs/Old/feed.atom": data}))
        if is_zip
        else imported(tmp_path, "feed.atom", data)
    )
    assert found.paths == ["essays/gain.md", "essays/plan.md", "essays/price.md", "pages/we.md"]
    assert found.header("essays/price.md") | {"Date": ""} == {
        "Title": "Price",
        "Date": "",
        "Tags": "Let go",
        "Author": "Anna",
        "Aliases": "/2009/04/price.html",
    }
    assert found.header("essays/plan.md")["Status"] == "draft"
    assert found.body("essays/price.md") == "[x]({filename}/essays/gain.md) y"


def test_a_movable_type_export_comes_with_its_paragraphs_and_addresses(tmp_path):
    """Body and extended body are one text; its addresses follow the pattern that the author names."""
    text = (
        mt_entry(body="One\ntwo\n\nThree", TAGS='"hands off",b')
        + mt_entry("plan", STATUS="Draft")
        + mt_entry("md", "*x*\n\n1. y", CONVERT_BREAKS="markdown")
    )
    found = imported(tmp_path, "old.txt", text.encode(), permalink="/{year}/{month}/{name}.html")
    assert found["essays/price.md"] == (
        "Title: Price\nDate: 2009-04-01 10:00+00:00\nTags: Let go\nAuthor: Anna\nAliases: /2009/04/price.html\n\n"
        "One  \ntwo\n\nThree\n"
    )
    assert found.header("essays/plan.md")["Status"] == "draft"
    assert found.body("essays/md.md") == "*x*\n\n1. y"
    assert "PERMALINK=/{year}/{month}/{name}.html gives them" in found.said


def test_a_ghost_export_comes_with_its_states(tmp_path):
    """Drafts, posts for members and those that were only sent are drafts; a text in Ghost's own form is kept back."""
    posts = [{"html": '<p>See <a href="__GHOST_URL__/post-1/">it</a>.</p>', "custom_excerpt": "S."}, {}]
    posts += [{"status": "draft"}, {"visibility": "members"}, {"status": "sent"}, {"html": None, "lexical": "{}"}]
    posts += [{"html": None, "mobiledoc": '{"cards":[["markdown",{"markdown":"*x*"}]]}'}, {"type": "page"}]
    found = imported(tmp_path, "old.json", ghost(*posts))
    assert found["essays/post-0.md"] == (
        "Title: Post 0\nDate: 2009-04-01 08:00+00:00\nTags: Let go\nSummary: S.\nAliases: /post-0/\n\n"
        "See [it]({filename}/essays/post-1.md).\n"
    )
    drafts = [path for path in found.paths if found.header(path).get("Status") == "draft"]
    assert drafts == ["essays/post-2.md", "essays/post-3.md", "essays/post-4.md"]
    assert found.body("essays/post-6.md") == "*x*"
    assert 'Skipped: "Post 5": the export has its text only in Ghost\'s own format' in found.said
    assert "pages/post-7.md" in found.paths


def test_a_substack_export_is_read(tmp_path):
    """A section becomes a series, a post for subscribers a draft, and a row without a text is skipped by name."""
    found = imported(tmp_path, "old.zip", zipped(SUBSTACK))
    assert found["essays/price.md"] == (
        "Title: The price, and more\nDate: 2009-04-01 08:00+00:00\nSeries: turnings\nSummary: A subtitle\n"
        "Aliases: /p/price\n\nSee it.\n"
    )
    assert [found.header(f"essays/{name}.md")["Status"] for name in ("secret", "plan")] == ["draft", "draft"]
    assert 'Skipped: "Gone": the export does not have its text' in found.said
    assert "4 items: 3 imported, 1 skipped, 0 not texts" in found.said


def test_a_medium_export_is_read(tmp_path):
    """Medium's title, subtitle and footer are removed from the text, and drafts stay drafts."""
    files = {
        "posts/2009-04-01_Price-ab12cd34ef56.html": STORY,
        "posts/draft_Plan-ab12cd34ef57.html": STORY,
        "profile/p.html": "x",
    }
    found = imported(tmp_path, "old.zip", zipped(files))
    assert found["essays/price.md"] == (
        "Title: Price\nDate: 2009-04-01 08:00+00:00\nAuthor: Anna\nSummary: A subtitle\n"
        "Aliases: /@anna/price-ab12cd34ef56\n\nText.\n"
    )
    assert [found.header(path).get("Status") for path in found.paths] == ["draft", None]


def test_a_jekyll_folder_is_read(tmp_path):
    """YAML headers, dates in file names, drafts, permalinks and redirects are read, and kramdown is converted."""
    found = Imported(put(tmp_path / "old", JEKYLL))
    assert found["essays/price.md"] == (
        "Title: The price: a start\nDate: 2009-04-01\nSeries: turnings\nTags: Let go\nAliases: /2009/04/price.html, /price/\n\n"
        "See [it]({filename}/essays/gain.md).\n\n```ruby\nputs 1\n```\n\n-   one\n    -   two\n\n<del>gone</del>\n"
    )
    assert found.header("essays/gain.md")["Aliases"] == "/2009/04/gain.html"
    assert [found.header(f"essays/{name}.md")["Status"] for name in ("hidden", "plan")] == ["draft", "draft"]
    assert found.body("pages/about.md") == "We."
    assert "Skipped: _posts/2009-04-04-old.textile: it is written in .textile" in found.said
    assert "8 items: 5 imported, 1 skipped, 2 not texts" in found.said


def test_a_hugo_folder_is_read(tmp_path):
    """TOML and YAML headers, bundles, aliases, permalinks, references and images are read."""
    found = Imported(put(tmp_path / "old", HUGO))
    assert found["essays/price.md"] == (
        "Title: Price\nDate: 2009-04-01 10:00+02:00\nSeries: turnings\nTags: Let go\nAliases: /2009/04/price/, /old-price/\n\n"
        'See [it]({filename}/essays/gained.md) and ![A match]({static}/images/content/post/match.png "Lit").\n\n'
        "<https://www.youtube.com/watch?v=abc123>\n"
    )
    assert found.plan.files == {"images/content/post/match.png": "content/post/match.png"}
    assert found.header("essays/plan.md")["Status"] == "draft"
    assert found.paths[-1] == "pages/about.md"


def test_imported_images_never_collide(tmp_path):
    """Images whose names become equal get a digest, and existing images are not replaced."""
    body = "![A](a%20b.png) ![B](a-b.png) ![C](c.png)"
    files = {"x.md": f"Title: X\nDate: 2009-04-01\n\n{body}\n", **dict.fromkeys(("a b.png", "a-b.png", "c.png"), "x")}
    found = Imported(put(tmp_path / "old", files), ours={"images/c.png": "ours"})
    assert found.plan.files == {"images/a-b.png": "a b.png", "images/a-b-bac527ad.png": "a-b.png"}
    assert found.body("essays/x.md").count("images/a-b-bac527ad.png") == 1
    assert "Images that exist already and are not changed: images/c.png" in found.said


def test_a_folder_of_markdown_is_read(tmp_path):
    """Headers in YAML, TOML, JSON and plain lines are read; a text without a date becomes a draft."""
    files = {
        "a.md": "---\ntitle: 'A: one'\ndate: 2009-04-01\ntags:\n- Let go\n---\nText.\n",
        "b.md": '+++\ntitle = "B"\ndate = 2009-04-02\n+++\nText.\n',
        "c.md": '{\n"title": "C", "date": "2009-04-03"\n}\nText.\n',
        "2009-04-04-d.md": "Title: D\n\nText.\n",
        "e.md": "# E\n\nText.\n",
        "f.md": "---\ntitle: [\n---\nText.\n",
    }
    found = Imported(put(tmp_path / "old", files))
    assert [found.header(f"essays/{name}.md").get("Date") for name in "abcd"] == [f"2009-04-0{n}" for n in range(1, 5)]
    assert found.header("essays/a.md")["Title"] == "A: one"
    assert found.header("essays/e.md")["Status"] == "draft"
    assert "Skipped: f.md: its header cannot be read" in found.said


def test_the_settings_of_a_pelican_site_are_not_run(tmp_path):
    """Plain values of the settings are read without running them, and the report lists the others."""
    conf = (
        "import no_such_module\nfrom pathlib import Path\nPath('ran').touch()\nHOST = 'old.example'\n"
        "SITEURL = 'https://' + HOST\nPATH = 'texts'\nARTICLE_URL = 'blog/{slug}.html'\n"
        "ARTICLE_SAVE_AS = 'blog/{slug}.html'\nTIMEZONE = no_such_module.zone()\nARTICLE_PATHS = ['']\n"
    )
    files = {
        "pelicanconf.py": conf,
        "texts/price.md": "Title: Price\nDate: 2009-04-01\nSummary: S.\n\nSee [it](https://old.example/blog/gain.html).\n",
    }
    files |= {
        "texts/gain.rst": "Gain\n####\n\n:date: 2009-04-02 10:00\n\n*Text* with `a link <|filename|price.md>`_.\n"
    }
    found = Imported(put(tmp_path / "old", files))
    assert not (tmp_path / "ran").exists()
    assert found["essays/price.md"] == (
        "Title: Price\nDate: 2009-04-01\nSummary: S.\nAliases: /blog/price.html\n\nSee [it]({filename}/essays/gain.md).\n"
    )
    assert found.body("essays/gain.md") == "*Text* with [a link]({filename}/essays/price.md)."
    assert "pelicanconf.py computes these settings, so they are not used: TIMEZONE" in found.said


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        (
            "a.xml",
            b"<rss><channel><generator>Site-Server v@build Squarespace</generator></channel></rss>",
            "choose the export for WordPress",
        ),
        ("a.json", b'{"tumblr": 1}', "import the blog into WordPress.com"),
        ("a.xml", b"<rss version='2.0'><channel/></rss>", "a feed has only the latest texts"),
        ("a.bin", b"\x00\x01\x02", "is not known as an export"),
        ("a.txt", b"", "is not known as an export"),
        ("a.json", b'{"db": [{"data": {}}]}', "holds no posts"),
    ],
)
def test_an_unsupported_export_is_refused_with_advice(tmp_path, name, data, advice):
    """An unsupported export and a file that is none are refused with advice."""
    put(tmp_path, {name: data})
    with pytest.raises(ImportRefusedError, match=advice):
        read(tmp_path / name, ReadOptions())


def test_every_item_must_be_accounted_for():
    """An import in which an item was dropped or read twice is refused."""
    export = Export("WordPress", 2, skipped=[("A", "why")])
    with pytest.raises(ImportRefusedError, match=r"old.xml holds 2 items, and 1 were read"):
        demand_complete(export, "old.xml")
    export.lost.append("B")
    demand_complete(export, "old.xml")
    export.others["menu"] += 1
    with pytest.raises(ImportRefusedError, match=r"2 items, and 3 were read"):
        demand_complete(export, "old.xml")


def test_a_zip_of_several_exports_is_refused(tmp_path):
    """A ZIP with several exports is refused, and the message names them."""
    data = zipped({"old.000.xml": wxr(wxr_item()), "old.001.xml": wxr(wxr_item("gain"))})
    with pytest.raises(ImportRefusedError, match=r"several exports: old\.000\.xml, old\.001\.xml"):
        imported(tmp_path, "old.zip", data)


def test_hyphens_in_a_movable_type_text_end_no_section(tmp_path):
    """A line of five hyphens separates sections only if the name of one follows."""
    found = imported(tmp_path, "old.txt", mt_entry(body="One\n-----\nTwo").encode())
    assert found.body("essays/price.md") == "One\n\n\\-----\n\nTwo"
