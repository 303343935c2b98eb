"""Rules for a site's feeds, each a function that yields what breaks it.

They restate RFC 4287, RFC 4151, RFC 5005, the RSS Advisory Board's profile, JSON Feed 1.1, OPML 2.0 and the known
behaviour of feed readers. They read only the written bytes and import nothing of the code that made them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from html import unescape

from lxml import etree, html

ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:[A-Z][a-z]{2}) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]+$")
BUDGET = 250_000
NOT_TEXT = (
    ".//script | .//style | .//*[@aria-hidden='true'] | .//a[@class='headerlink'] | .//span[@class='footnote-number']"
)
"""The elements of a page that are not part of the essay's text."""
REFERENCES = ("href", "src", "poster", "cite", "srcset", "data")
FORBIDDEN = ("script", "style", "iframe", "form", "input", "button", "object", "embed", "link", "meta", "svg", "math")


@dataclass(frozen=True)
class Folder:
    """The files of a published site, and the address where it is published."""

    root: str
    files: dict[str, bytes]

    @cached_property
    def atom(self) -> dict[str, etree._Element]:
        """Every Atom feed by its path."""
        return {path: etree.fromstring(data) for path, data in self.files.items() if path.endswith(".atom.xml")}

    @cached_property
    def rss(self) -> dict[str, etree._Element]:
        """The channel of every RSS feed by its path."""
        found = {path: etree.fromstring(data) for path, data in self.files.items() if path.endswith(".rss.xml")}
        return {path: root[0] for path, root in found.items()}

    @cached_property
    def json(self) -> dict[str, dict]:
        """Every JSON feed by its path."""
        paths = (path for path in self.files if path.startswith("feeds/") and path.endswith(".json"))
        return {path: json.loads(self.files[path]) for path in paths}

    def texts(self) -> Iterator[tuple[str, str, etree._Element]]:
        """Yield path, id and parsed HTML of every item in every format."""
        for path, feed in self.atom.items():
            for entry in feed.iter(f"{ATOM}entry"):
                yield path, entry.findtext(f"{ATOM}id"), entry.find(f"{ATOM}content")[0]
        for path, channel in self.rss.items():
            for item in channel.iter("item"):
                inner = item.findtext(f"{CONTENT}encoded") or ""
                yield path, item.findtext("guid"), html.fragment_fromstring(inner, create_parent="div")
        for path, feed in self.json.items():
            for item in feed["items"]:
                yield path, item["id"], html.fragment_fromstring(item["content_html"], create_parent="div")

    def subscribed(self) -> dict[str, etree._Element]:
        """Return the Atom feeds without archive documents."""
        return {path: feed for path, feed in self.atom.items() if feed.find(f"{HISTORY}archive") is None}


Check = Callable[[Folder], Iterator[str]]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Add a function to the checks."""
    CHECKS[function.__name__] = function
    return function


def link(feed: etree._Element, relation: str) -> str | None:
    """Return the address of the feed's own link with `relation`, or None."""
    return next((each.get("href") for each in feed.findall(f"{ATOM}link") if each.get("rel") == relation), None)


def has_one(element: etree._Element, name: str) -> bool:
    """Return whether `element` has exactly one child `name`, and that one has text."""
    found = element.findall(name)
    return len(found) == 1 and bool("".join(found[0].itertext()))


@check
def well_formed_in_utf8(folder: Folder) -> Iterator[str]:
    """Every document is well-formed UTF-8, and its root is in the 512 bytes that clients sniff."""
    for path, data in folder.files.items():
        if path.startswith("feeds/") and path.endswith((".xml", ".opml")):
            if not data.startswith(b'<?xml version="1.0" encoding="utf-8"?>'):
                yield f"{path}: no declaration of UTF-8"
            if not re.search(rb"<(feed|rss|opml)\b", data[:512]):
                yield f"{path}: root not in the first 512 bytes"
            try:
                etree.fromstring(data)
            except etree.XMLSyntaxError as error:
                yield f"{path}: {error}"


@check
def required_elements(folder: Folder) -> Iterator[str]:
    """Feeds and items have exactly one of each element that their format requires."""
    for path, feed in folder.atom.items():
        required = [(e, f"{ATOM}{n}") for e in (feed, *feed.iter(f"{ATOM}entry")) for n in ("id", "title", "updated")]
        yield from (
            f"{path}: {name}" for element, name in [*required, (feed, f"{ATOM}author")] if not has_one(element, name)
        )
    for path, channel in folder.rss.items():
        required = [(channel, name) for name in ("title", "link", "description")]
        required += [(item, name) for item in channel.iter("item") for name in ("title", "link", "guid", "pubDate")]
        yield from (f"{path}: {name}" for element, name in required if not has_one(element, name))
    for path, feed in folder.json.items():
        if not all(item.get("id") and item.get("content_html") for item in feed["items"]) or not feed["title"]:
            yield f"{path}: an item without id or content, or no title"


@check
def ids_are_tag_uris(folder: Folder) -> Iterator[str]:
    """Every id is a tag: URI as in RFC 4151, without spaces, and not a preview's."""
    for path, feed in folder.atom.items():
        for element in feed.iter(f"{ATOM}id"):
            if not TAG.match(element.text) or "preview.invalid" in element.text:
                yield f"{path}: {element.text}"


@check
def ids_are_unique_in_a_feed(folder: Folder) -> Iterator[str]:
    """No two items of has_one feed have the same id."""
    for feeds, name in ((folder.atom, f"{ATOM}id"), (folder.rss, "guid")):
        for path, feed in feeds.items():
            counts = Counter(each.findtext(name) for each in feed if each.tag in (f"{ATOM}entry", "item"))
            yield from (f"{path}: {identity}" for identity, number in counts.items() if number > 1)


@check
def each_feed_has_its_own_id(folder: Folder) -> Iterator[str]:
    """No two feeds have the same id."""
    counts = Counter(feed.findtext(f"{ATOM}id") for feed in folder.atom.values())
    yield from (identity for identity, number in counts.items() if number > 1)


@check
def one_id_in_all_formats(folder: Folder) -> Iterator[str]:
    """The same items have the same ids in Atom, RSS and JSON, in the same order."""
    for path, feed in folder.subscribed().items():
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        rss = folder.rss[path.replace(".atom.xml", ".rss.xml")]
        other = folder.json[path.replace(".atom.xml", ".json")]
        if ids != [item.findtext("guid") for item in rss.iter("item")] or ids != [i["id"] for i in other["items"]]:
            yield path


@check
def guids_are_no_permalinks(folder: Folder) -> Iterator[str]:
    """An RSS guid that is no address says so."""
    for path, channel in folder.rss.items():
        yield from (path for guid in channel.iter("guid") if guid.get("isPermaLink") != "false")


@check
def dates_have_a_form_and_a_zone(folder: Folder) -> Iterator[str]:
    """Dates are RFC 3339 or RFC 822 with seconds, a zone, and the right day of the week."""
    for path, feed in folder.atom.items():
        for name in ("updated", "published"):
            yield from (f"{path}: {d.text}" for d in feed.iter(f"{ATOM}{name}") if not RFC3339.match(d.text))
    for path, channel in folder.rss.items():
        for date in (*channel.iter("pubDate"), *channel.iter("lastBuildDate")):
            if not RFC822.match(date.text) or f"{parsedate_to_datetime(date.text):%a}" != date.text[:3]:
                yield f"{path}: {date.text}"
    for path, feed in folder.json.items():
        dates = [item[name] for item in feed["items"] for name in ("date_published", "date_modified")]
        yield from (f"{path}: {date}" for date in dates if not RFC3339.match(date))


@check
def times_are_distinct(folder: Folder) -> Iterator[str]:
    """No two items of a feed have the same time, so that readers need not guess their order."""
    for path, feed in folder.atom.items():
        for name in ("updated", "published"):
            dates = [entry.findtext(f"{ATOM}{name}") for entry in feed.iter(f"{ATOM}entry")]
            if len({datetime.fromisoformat(date) for date in dates}) < len(dates):
                yield f"{path}: {name}"


@check
def dates_are_those_of_the_texts(folder: Folder) -> Iterator[str]:
    """A feed is as new as its newest item, no revision precedes its essay, and no date is in the future."""
    for path, feed in folder.atom.items():
        items = [
            [datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")) for name in ("published", "updated")]
            for entry in feed.iter(f"{ATOM}entry")
        ]
        if datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) != max(updated for _, updated in items):
            yield f"{path}: the feed's own date"
        if any(updated < published or updated > datetime.now(UTC) for published, updated in items):
            yield f"{path}: an item's dates"


@check
def self_link_is_the_feeds_address(folder: Folder) -> Iterator[str]:
    """Each feed names its own address, with its type."""
    for path, feed in folder.atom.items():
        if link(feed, "self") != f"{folder.root}/{path}":
            yield path
    for path, channel in folder.rss.items():
        own = channel.find(f"{ATOM}link[@rel='self']")
        if own is None or own.get("href") != f"{folder.root}/{path}" or own.get("type") != "application/rss+xml":
            yield path
    for path, feed in folder.json.items():
        if feed["feed_url"] != f"{folder.root}/{path}":
            yield path


@check
def alternate_link_is_the_feeds_page(folder: Folder) -> Iterator[str]:
    """Each feed links to an existing page that no other feed links to."""
    pages = Counter()
    for path, feed in folder.subscribed().items():
        address = link(feed, "alternate")
        pages[address] += 1
        file, _, anchor = address.removeprefix(f"{folder.root}/").partition("#")
        page = folder.files.get(f"{file}index.html")
        if page is None or (anchor and f'id="{anchor}"'.encode() not in page):
            yield f"{path}: {address}"
    yield from (f"{address} twice" for address, number in pages.items() if number > 1)


@check
def titles_are_plain_and_distinct(folder: Folder) -> Iterator[str]:
    """No two feeds share a title, and titles have no markup and nothing escaped twice."""
    titles = [feed.findtext(f"{ATOM}title") for feed in folder.atom.values()]
    yield from (title for title, number in Counter(titles).items() if number > 1)
    for path, feed in folder.atom.items():
        for title in feed.iter(f"{ATOM}title"):
            if len(title) or title.get("type", "text") != "text" or unescape(title.text) != title.text:
                yield f"{path}: {title.text}"


@check
def references_are_absolute(folder: Folder) -> Iterator[str]:
    """Every address in every text is absolute, in every attribute, except for those within the text."""
    for path, _, text in folder.texts():
        for element in text.iter():
            for name in REFERENCES:
                value = element.get(name)
                targets = [part.split()[0] for part in value.split(",")] if value and name == "srcset" else [value]
                yield from (
                    f"{path}: {t}" for t in targets if t is not None and not re.match(r"(https?:|mailto:|tel:|#)", t)
                )


@check
def texts_are_safe_and_bare(folder: Folder) -> Iterator[str]:
    """Texts have no script, frame, form, style or event handler, and no permalinks of headings."""
    for path, _, text in folder.texts():
        for element in text.iter():
            name = etree.QName(element).localname
            bad = [a for a in element.attrib if a.startswith(("on", "data-")) or a in ("style", "hidden")]
            if name in FORBIDDEN or bad or "headerlink" in element.get("class", ""):
                yield f"{path}: {name} {bad}"


@check
def footnotes_work_in_readers(folder: Folder) -> Iterator[str]:
    """References have the class that readers look for, both ends exist, and no two items share an id."""
    owners: dict[tuple[str, str], str] = {}
    for path, identity, text in folder.texts():
        ids = [element.get("id") for element in text.iter() if element.get("id")]
        for each in ids:
            if owners.setdefault((path, each), identity) != identity or ids.count(each) > 1:
                yield f"{path}: id {each} twice"
        for anchor in text.iter("a", f"{XHTML}a"):
            classes = anchor.get("class", "").split()
            if {"footnote-ref", "footnote-backref"} & {*classes}:
                if not {"footnote", "reversefootnote"} & {*classes}:
                    yield f"{path}: classes {classes}"
                if anchor.get("href").partition("#")[2] not in ids:
                    yield f"{path}: {anchor.get('href')} leads nowhere"


@check
def texts_are_whole(folder: Folder) -> Iterator[str]:
    """Every word of an essay's page is in its item, in each format."""
    pages: dict[str, set[str]] = {}
    for feed in folder.atom.values():
        for entry in feed.iter(f"{ATOM}entry"):
            url = entry.find(f"{ATOM}link[@rel='alternate']").get("href")
            page = folder.files[f"{url.removeprefix(folder.root + '/')}index.html"]
            prose = html.fromstring(page.decode()).find_class("prose")[0]
            for element in prose.xpath(NOT_TEXT):
                element.drop_tree()
            pages[entry.findtext(f"{ATOM}id")] = set(prose.text_content().split())
    for path, identity, text in folder.texts():
        if missing := pages[identity] - set("".join(text.itertext()).split()):
            yield f"{path}: {sorted(missing)[:5]}"


@check
def summary_and_text_have_their_elements(folder: Folder) -> Iterator[str]:
    """RSS has the summary before content:encoded, Atom types its content, and both name a language."""
    for path, channel in folder.rss.items():
        for item in channel.iter("item"):
            names = [child.tag for child in item]
            if "description" in names and names.index("description") > names.index(f"{CONTENT}encoded"):
                yield f"{path}: description behind the text"
        if not channel.findtext("language"):
            yield f"{path}: no language"
    for path, feed in folder.atom.items():
        if not feed.get(XML_LANG):
            yield f"{path}: no language"
        for content in feed.iter(f"{ATOM}content"):
            if content.get("type") != "xhtml" or [child.tag for child in content] != [f"{XHTML}div"]:
                yield f"{path}: content is no div of XHTML"


@check
def history_is_complete_or_archived(folder: Folder) -> Iterator[str]:
    """Series feeds are complete and unpaged; archives form one chain from the feed to the oldest (RFC 5005)."""
    for path, feed in folder.atom.items():
        complete, archive = (feed.find(f"{HISTORY}{name}") is not None for name in ("complete", "archive"))
        older, newer, current = (link(feed, name) for name in ("prev-archive", "next-archive", "current"))
        if complete is not ("/series/" in path):
            yield f"{path}: complete or not"
        if complete and (older or newer or archive):
            yield f"{path}: complete and paged"
        if archive and not current:
            yield f"{path}: an archive without its feed"
        if older:
            before = folder.atom.get(older.removeprefix(f"{folder.root}/"))
            if before is None or (archive and link(before, "next-archive") != link(feed, "self")):
                yield f"{path}: the chain breaks at {older}"


@check
def no_feed_is_large_or_empty(folder: Folder) -> Iterator[str]:
    """Every feed has items, only a complete one may exceed the budget, and no character is invalid in XML."""
    for path, data in folder.files.items():
        if not path.startswith("feeds/") or not path.endswith((".xml", ".json")):
            continue
        if len(data) > BUDGET and not path.startswith("feeds/series/"):
            yield f"{path}: {len(data)} bytes"
        if not re.search(rb'<entry\b|<item>|"content_html"', data):
            yield f"{path}: empty"
        if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad]", data.decode()):
            yield f"{path}: a character that readers cannot show"
