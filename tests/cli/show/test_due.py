"""When the next build is needed."""

from __future__ import annotations

import json

from builders import a_manuscript
from essay_series.cli.show.due import next_build

LATER = "Title: Later\nDate: 2026-05-02\n\nText.\n"
NEXT = "Title: Nächstes\nDate: 2026-05-01 18:30 +02:00\n\nText.\n"
FILES = {"essays/later.md": LATER, "essays/next.md": NEXT, "essays/past.md": "Title: Past\nDate: 2009-04-01\n\nText.\n"}


def test_the_next_scheduled_essay_is_shown_with_its_time():
    """The time is in ISO 8601 with a zone, followed by the file."""
    assert next_build(a_manuscript(FILES), "text") == "2026-05-01T18:30:00+02:00 content/essays/next.md"
    assert json.loads(next_build(a_manuscript(FILES), "json")) == {
        "due": "2026-05-01T18:30:00+02:00",
        "file": "content/essays/next.md",
        "title": "Nächstes",
    }


def test_drafts_and_published_essays_need_no_build():
    """Without a scheduled essay, the answer says so."""
    files = {
        "essays/draft.md": LATER.replace("Title", "Status: draft\nTitle"),
        "essays/past.md": FILES["essays/past.md"],
    }
    assert next_build(a_manuscript(files), "text") == "nothing is scheduled"
    assert json.loads(next_build(a_manuscript(files), "json")) == {"due": None, "file": None, "title": None}


def test_a_build_at_the_shown_time_publishes_the_essay(site):
    """A build at that time publishes the essay, and the next one is due then."""
    site.essay("later", Date="2999-05-02").essay("next", Date="2999-05-01 18:30 +02:00")
    said = site.publish("", command="due").said
    assert said == "2999-05-01T18:30:00+02:00 content/essays/next.md\n"
    site.environment = {"AS_OF": said.split()[0]}
    assert "essays/next/index.html" in site.build().files()
    assert site.publish("", command="due", AS_OF=said.split()[0]).said.endswith("essays/later.md\n")


def test_an_unknown_format_is_refused(site):
    """An unknown format is an error of one line, with exit code 1."""
    done = site.essay("one").publish("", command="due", FORMAT="xml")
    assert (done.code, done.said) == (1, 'FORMAT: "xml" is not known. Use one of text, json.\n')
