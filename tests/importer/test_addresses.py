"""Former addresses of imported texts, and links to them."""

from __future__ import annotations

import pytest

from essay_series.importer.addresses import alias_of, aliases_text, host_of, key_of
from importer.exports import blogger, blogger_entry, imported, wxr, wxr_item


@pytest.mark.parametrize(
    "form",
    [
        "https://old.example/2009/05/gain/",
        "http://www.old.example/2009/05/gain",
        "//old.example/2009/05/gain/",
        "/2009/05/gain/",
        "/2009/05/gain/?m=1",
        "/2009/05/gain/?utm_source=feed&amp;m=1",
        "https://old.example/2009/05/gain/index.html",
        "https://old.example/2009/05/gain/amp/",
        "https://old.example/2009//05/gain/",
        "https://old.example/2009/05/g%61in/",
        "https://old.example/?p=77",
        "/?p=77",
    ],
)
def test_links_to_every_form_of_an_address_are_resolved(tmp_path, form):
    """Permalinks, numbers, mobile and AMP forms, doubled slashes and percent signs lead to one text."""
    gain = wxr_item("gain", link="https://old.example/2009/05/gain/", id="77")
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body=f"<p>See <a href='{form}'>it</a>.</p>"), gain))
    assert found.body("essays/price.md") == "See [it]({filename}/essays/gain.md)."
    assert found.header("essays/gain.md")["Aliases"] == "/2009/05/gain/"


@pytest.mark.parametrize(
    "host", ["old.blogspot.com", "old.blogspot.de", "old.blogspot.co.uk", "www.old.blogspot.com.br"]
)
def test_links_to_national_blogger_hosts_are_resolved(tmp_path, host):
    """A Blogger blog has a host for each country; links to any of them are resolved."""
    body = f"<a href='http://{host}/2009/04/gain.html?m=1'>it</a>"
    found = imported(tmp_path, "old.xml", blogger(blogger_entry(body=body), blogger_entry("gain")))
    assert found.body("essays/price.md") == "[it]({filename}/essays/gain.md)"
    assert host_of(f"http://{host}/") == "old.blogspot.com"


def test_posts_with_the_same_name_are_all_imported(tmp_path):
    """Posts of the same name each get a file, their alias, and the links to them."""
    first = blogger_entry("blog-post", "<a href='/2009/05/blog-post.html'>next</a>")
    second = blogger_entry("blog-post", "Two").replace("2009/04/", "2009/05/").replace("2009-04-01", "2009-05-01")
    third = blogger_entry("blog-post", "Three").replace("2009/04/", "2009/06/").replace("2009-04-01", "2009-06-01")
    found = imported(tmp_path, "old.xml", blogger(second, third, first))
    assert found.paths == ["essays/blog-post-2.md", "essays/blog-post-3.md", "essays/blog-post.md"]
    assert found.body("essays/blog-post.md") == "[next]({filename}/essays/blog-post-2.md)"
    assert [found.header(path)["Aliases"] for path in found.paths] == [f"/2009/0{n}/blog-post.html" for n in (5, 6, 4)]


def test_aliases_are_normalized(tmp_path):
    """An alias has no doubled slash, no percent encoding, and composed letters."""
    link = "https://old.example//greek/%CE%B5%CF%80%CE%AF%CF%80%CE%B5%CE%B4%CE%BF-2/"
    found = imported(tmp_path, "old.xml", wxr(wxr_item("x", link=link)))
    assert found.header("essays/x.md")["Aliases"] == "/greek/επίπεδο-2/"


@pytest.mark.parametrize(
    ("address", "alias"),
    [
        ("/2009/price/", "/2009/price/"),
        ("/?p=10", ""),
        ("https://old.example/", ""),
        ("/a/../../b", ""),
        ("/a%00b", ""),
        ("/a%0Ab", ""),
        ("/a;b", ""),
        ("/a:b", ""),
        ("/a%3Fb", ""),
        ("/e\u0301", "/\u00e9"),
        ("https://[bad/", ""),
        ("/" + "a" * 300, ""),
    ],
)
def test_an_alias_is_an_address_that_a_file_can_have(address, alias):
    """An address with a query, a path out of the site or a forbidden character gives no alias."""
    assert alias_of(address) == alias


def test_an_alias_may_contain_a_comma():
    """Aliases with a comma are separated by semicolons."""
    assert aliases_text(["/a,b/"]) == "/a,b/;"
    assert aliases_text(["/a,b/", "/c/"]) == "/a,b/; /c/"
    assert aliases_text(["/a/", "/c/", "/a/"]) == "/a/, /c/"


def test_only_the_first_text_gets_a_shared_address(tmp_path):
    """Of two texts with one address the first gets the alias, and the report names the other."""
    items = [wxr_item("a", link="https://old.example/x/"), wxr_item("b", link="https://old.example/x/")]
    found = imported(tmp_path, "old.xml", wxr(*items))
    assert [found.header(path).get("Aliases") for path in found.paths] == ["/x/", None]
    assert "another page has its old address /x/" in found.said


def test_an_address_that_cannot_be_an_alias_is_reported(tmp_path):
    """The report says how to redirect a post that was only known by its number."""
    found = imported(tmp_path, "old.xml", wxr(wxr_item(link="https://old.example/?p=7")))
    advice = "its old address /?p=7 cannot be an alias: let the server redirect it to /essays/price/"
    assert advice in found.said


def test_anchors_that_are_gone_are_removed_from_links(tmp_path):
    """A link to a comment becomes text; an anchor that was imported stays."""
    gain = "<h2 id='real'>Part</h2><p id='para'>Text.</p>"
    body = (
        "<a href='#comment-3'>a</a> <a href='/2009/05/gain/#respond'>b</a> <a href='/2009/05/gain/#real'>c</a> "
        "<a href='/2009/05/gain/#para'>d</a> <a href='#here'>e</a> <span id='here'>f</span>"
    )
    items = [wxr_item(body=body), wxr_item("gain", gain, link="https://old.example/2009/05/gain/")]
    found = imported(tmp_path, "old.xml", wxr(*items))
    assert found.body("essays/price.md") == (
        "a [b]({filename}/essays/gain.md) [c]({filename}/essays/gain.md#real) [d]({filename}/essays/gain.md#para) "
        '[e](#here) <span id="here">f</span>'
    )
    assert "links to places that are gone were replaced by their text: #comment-3" in found.said
    assert "a link to #respond in essays/gain.md leads to its top" in found.said


def test_unusable_links_become_text(tmp_path):
    """Scripts, invalid addresses and links without an address become text."""
    body = (
        "<a href='javascript:x()'>a</a> <a href='https://[x.example/'>b</a> <a href='mailto:x@y.example'>c</a> <a>d</a>"
    )
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body=body)))
    assert found.body("essays/price.md") == "a b [c](mailto:x@y.example) d"


def test_address_keys_ignore_the_form_of_an_address():
    """Forms of one address have the same key, and different addresses different keys."""
    assert key_of("/a/") == key_of("http://x.example/A/index.html") == key_of("/a.html")
    assert len({key_of(each) for each in ("/a/", "/a/b/", "/?p=1", "/?p=2", "/", "/a-1/")}) == 6
