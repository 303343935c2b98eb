"""Feeds of essays, and a site with everything that has ever broken a feed."""

from __future__ import annotations

from builders import PATTERNS, Build, SiteTest, a_site
from essay_series.feeds.files import files
from essay_series.feeds.items import FeedContext
from essay_series.feeds.shapes import Channel
from essay_series.feeds.topics import topics
from essay_series.l10n import ENGLISH
from essay_series.routes import Routes

CHANNEL = Channel("https://e.example", "A & <site>", "An author", "en", "https://e.example/feeds/")

ROOT = "https://essays.example/sub"
SETTINGS = f"ALLOWED_HOSTS = None\nSITEURL = {ROOT!r}\nTAG_AUTHORITY = 'essays.example,2026-11-22'\n"
HARD = """\
A [root link](/sub/about/), a [page]({filename}/pages/about.md), a [part of this](#here), a note[^n]
and a second[^two_words].

## Here

<figure><img src="{static}/images/a.png" srcset="/sub/images/a.png 1x, /sub/images/b.png 2x" alt="A" style="width: 9em">
</figure>
<blockquote cite="/sub/about/">Said</blockquote>
<video poster="/sub/images/a.png" src="https://film.example/1.mp4" onplay="alert(1)"></video>
<iframe src="https://film.example/1" title="A film"></iframe>
<details><summary>More</summary>Hidden away.</details>
<form action="/x"><input name="q"></form><script>alert("canary")</script><style>p{color:red}</style>
<svg viewBox="0 0 9 9"><title>Picture</title><path d="M0 0"/></svg><span aria-hidden="true" class="x">•</span>

    code & <tags> ]]>

[^n]: A note with a [link](/sub/about/).
[^two_words]: Another.
"""


def feed_files(*essays, **site) -> dict[str, bytes]:
    """Return the feeds of `essays` by path."""
    whole, routes = a_site(*essays, **site), Routes(PATTERNS)
    listed = topics(whole, routes, ENGLISH)
    addresses = [f"/{essay.address.url}" for essay in essays]
    addresses += [f"/{routes.feed(topic.key).url}" for topic in listed]
    ids = {address: f"tag:e.example,2026:{number}" for number, address in enumerate(addresses)}
    return files(listed, FeedContext(whole, routes, CHANNEL, ids, str))


def write(site: SiteTest, essays: int = 0) -> SiteTest:
    """Write a site with a series, both sides, plays, a revision, a translation, hard HTML and `essays` more."""
    site.settings = SETTINGS
    site.write("content/pages/about.md", "Title: About\n\nText.\n")
    site.write("content/images/a.png", b"x").write("content/images/b.png", b"x")
    site.write("content/series/turnings.md", "Title: Turnings & <more>\nSummary: What turns.\n\nText.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\nSummary: Hands off.\n\nText.\n")
    part = {"Series": "turnings", "Tags": "let-go", "Summary": "A summary."}
    site.essay("opening", HARD, Title='AT&T "quotes" & <3 - dash', **{**part, "Tags": None})
    site.essay("price", HARD, Side="cost", Entry="It costs.", Answers="gain", **part)
    site.essay("gain", "Gained.", Side="benefit", Entry="It gives.", Answers="price", **part)
    site.essay(
        "price-fr",
        "Le prix.",
        Title="Prix",
        Slug="price",
        Lang="fr",
        Side="cost",
        Entry="Cela.",
        Answers="gain",
        **part,
    )
    site.essay("lone", "Alone.", Modified="2009-05-01", Revision="A date was wrong.", Author="A. Guest")
    for number in range(essays):
        site.essay(f"more-{number:03}", "A long text. " * 500, Date=f"2010-01-{number % 28 + 1:02}")
    return site


def published(site: SiteTest) -> Build:
    """Build `site`, which must succeed, and return the build."""
    build = site.build()
    assert build.code == 0, build.said
    return build
