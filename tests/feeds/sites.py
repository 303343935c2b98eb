"""A site for feeds: everything in it that has ever broken a feed."""

from __future__ import annotations

from builders import Build, SiteTest

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


def write(site: SiteTest, essays: int = 0) -> SiteTest:
    """Write a site with a series, both sides, plays, a revision, a translation, hard HTML and `essays` more essays."""
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
    """Build `site`, which must succeed."""
    build = site.build()
    assert build.code == 0, build.said
    return build
