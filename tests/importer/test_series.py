"""Series of imported texts and the order of their parts."""

from __future__ import annotations

import pytest

from essay_series.importer.item import ImportRefusedError
from essay_series.importer.series import rules_from, sides_from, table_of
from importer.exports import Imported, imported, put, wxr, wxr_item

TAXONOMY = "<category domain='series' nicename='s'>Other turnings</category>"


def part(number: int) -> str:
    """Return a series taxonomy and the part number that a WordPress plugin stores."""
    meta = f"<wp:meta_key>_series_part_7</wp:meta_key><wp:meta_value>{number}</wp:meta_value>"
    return f"{TAXONOMY}<wp:postmeta>{meta}</wp:postmeta>"


def days(*numbers: int) -> bytes:
    """Return an export with a post for each of these days of April 2009."""
    return wxr(
        *(wxr_item(f"day-{n}", date=f"2009-04-{n:02} 10:00:00", gmt=f"2009-04-{n:02} 10:00:00") for n in numbers)
    )


def test_a_taxonomy_becomes_a_series(tmp_path):
    """Parts that are not in order of date are numbered, and the series is declared, since others are."""
    items = [
        wxr_item("one", more=part(2)),
        wxr_item("two", date="2009-04-02 10:00:00", gmt="2009-04-02 10:00:00", more=part(1)),
    ]
    found = imported(tmp_path, "old.xml", wxr(*items))
    assert [found.header(f"essays/{name}.md")["Part"] for name in ("one", "two")] == ["2", "1"]
    assert found.plan.declarations == {"series/other-turnings.md": "Title: Other turnings\n\n"}


def test_parts_in_order_of_date_get_no_numbers(tmp_path):
    """Parts in order of date have no key for their number."""
    found = imported(tmp_path, "old.xml", wxr(wxr_item("one", more=part(1))))
    assert "Part" not in found.header("essays/one.md")


def test_a_range_of_dates_can_become_a_series(tmp_path):
    """A rule makes a series of the posts from its first to its last day."""
    found = imported(tmp_path, "old.xml", days(1, 2, 3, 4), series=rules_from("2009-04-02..2009-04-03=Turnings"))
    assert [found.header(path).get("Series") for path in found.paths] == [None, "turnings", "turnings", None]


def test_a_label_can_become_a_series(tmp_path):
    """A rule for a label takes precedence over the export's series, and the label becomes no play."""
    more = f"{TAXONOMY}<category domain='post_tag' nicename='g'>Go</category>"
    found = imported(tmp_path, "old.xml", wxr(wxr_item(more=more)), series=rules_from("go=New turnings"))
    assert found.header("essays/price.md")["Series"] == "New turnings"
    assert "Tags" not in found.header("essays/price.md")


def test_tags_can_become_plays(tmp_path):
    """With PLAYS each tag gets a file and stays on its texts."""
    more = "<category domain='post_tag' nicename='g'>Go on</category>"
    put(tmp_path, {"old.xml": wxr(wxr_item(more=more))})
    found = Imported(tmp_path / "old.xml", plays=True)
    assert found.header("essays/price.md")["Tags"] == "Go on"
    assert found.plan.declarations == {"playbook/go-on.md": "Title: Go on\n\n"}


@pytest.mark.parametrize(
    "text", ["=x", "a=", "2009-04-01..2009-04-02", "2009-04-31..2009-05-01=x", "2009-04-02..2009-04-01=x"]
)
def test_an_unreadable_rule_is_refused(text):
    """A rule needs a title and a label or a range of valid dates."""
    with pytest.raises(ImportRefusedError):
        rules_from(text)


def test_a_table_of_sides_is_read_as_written():
    """Cells that a spreadsheet could take for formulas are escaped, and read back as text."""
    table = table_of([("essays/a.md", "=1+1", "Turnings", "cost", "You pay, “dearly”.", "b")])
    assert "'=1+1" in table
    assert sides_from(table, "sides.csv") == {
        "essays/a.md": {"Series": "Turnings", "Side": "cost", "Entry": "You pay, “dearly”.", "Answers": "b"}
    }
    with pytest.raises(ImportRefusedError, match=r"sides\.csv:2"):
        sides_from("text,side\n,cost\n", "sides.csv")
