"""Small exports of other programs, and plans of their import."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from markdown import Markdown

from builders import a_manuscript
from essay_series.importer.detect import read
from essay_series.importer.item import Export, ReadOptions
from essay_series.importer.plan import ImportOptions, Plan, plan
from essay_series.importer.report import report

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DECLARED = {"series/turnings.md": "Title: Turnings\n\nText.\n", "playbook/let-go.md": "Title: Let go\n\nText.\n"}
SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "excerpt": "http://wordpress.org/export/1.2/excerpt/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "wp": "http://wordpress.org/export/1.2/",
    }.items()
)
_MARKDOWN = Markdown(
    extensions=["extra", "sane_lists", "toc", "footnotes", "essay_series.build.texts.comments"],
    extension_configs={"toc": {"permalink": "#"}, "footnotes": {"SUPERSCRIPT_TEXT": "{}"}},
    output_format="html",
)


def to_html(text: str) -> str:
    """Return the HTML of Markdown as the project's own site builds it."""
    return _MARKDOWN.reset().convert(text)


def wxr_item(name: str = "price", body: str = "Text.", **facts) -> str:
    """Return an item of a WordPress export; `facts` are its other elements."""
    known = {
        "title": name.capitalize(),
        "link": f"https://old.example/2009/04/{name}/",
        "id": str(sum(map(ord, name))),
        "date": "2009-04-01 10:00:00",
        "gmt": "2009-04-01 08:00:00",
        "status": "publish",
        "kind": "post",
        "excerpt": "",
        "password": "",
        "more": "",
        **facts,
    }
    return (
        f"<item><title>{known['title']}</title><link>{known['link']}</link><dc:creator>anna</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{known['excerpt']}]]></excerpt:encoded>"
        f"<wp:post_id>{known['id']}</wp:post_id><wp:post_date>{known['date']}</wp:post_date>"
        f"<wp:post_date_gmt>{known['gmt']}</wp:post_date_gmt><wp:post_name>{name}</wp:post_name>"
        f"<wp:status>{known['status']}</wp:status><wp:post_type><![CDATA[{known['kind']}]]></wp:post_type>"
        f"<wp:post_password>{known['password']}</wp:post_password>{known['more']}</item>\n"
    )


def wxr(*items: str, head: str = "") -> bytes:
    """Return a WordPress export."""
    start = '<?xml version="1.0" encoding="UTF-8"?>\n'
    channel = f"<channel><title>Old</title><link>https://old.example</link>{head}{''.join(items)}</channel>"
    return f"{start}<rss version='2.0' {SPACES}>{channel}</rss>\n".encode()


def blogger_entry(name: str = "price", body: str = "<p>Text.</p>", *, kind: str = "post", more: str = "") -> str:
    """Return an entry of a Blogger export in the form used until 2024."""
    text = body.replace("&", "&amp;").replace("<", "&lt;")
    link = f"<link rel='alternate' href='https://old.blogspot.com/2009/04/{name}.html'/>" if name else ""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{abs(hash(name)) % 1000}</id>"
        "<published>2009-04-01T10:00:00.000+02:00</published>"
        "<category scheme='http://schemas.google.com/g/2005#kind' "
        f"term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
        "<category scheme='http://www.blogger.com/atom/ns#' term='Let go'/>"
        f"<title type='text'>{name.capitalize()}</title><content type='html'>{text}</content>{link}"
        f"<author><name>Anna</name></author>{more}</entry>\n"
    )


def blogger(*entries: str) -> bytes:
    """Return a Blogger export in the form used until 2024."""
    spaces = "xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'"
    return f"<feed {spaces}><id>tag:blogger.com,1999:blog-1</id>\n{''.join(entries)}</feed>".encode()


def takeout_entry(name: str = "price", body: str = "<p>Text.</p>", *, kind: str = "POST", status: str = "LIVE") -> str:
    """Return an entry of a Blogger feed from Google Takeout."""
    text = body.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-9{len(name)}</id><blogger:type>{kind}</blogger:type>"
        f"<blogger:status>{status}</blogger:status>"
        "<author><name>Anna</name><blogger:type>BLOGGER</blogger:type></author>"
        f"<title>{name.capitalize()}</title><content type='html'>{text}</content><blogger:metaDescription/>"
        "<published>2009-04-01T08:00:00Z</published><category scheme='tag:blogger.com,1999:blog-1' term='Let go'/>"
        f"<blogger:filename>/2009/04/{name}.html</blogger:filename><blogger:trashed/></entry>\n"
    )


def takeout(*entries: str) -> bytes:
    """Return a Blogger feed from Google Takeout."""
    spaces = "xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'"
    return (
        f"<?xml version='1.0' encoding='utf-8'?><feed {spaces}><title>Old</title>\n{''.join(entries)}</feed>".encode()
    )


def mt_entry(name: str = "price", body: str = "Text.", **facts: str) -> str:
    """Return an entry of a Movable Type export."""
    known = {
        "AUTHOR": "Anna",
        "TITLE": name.capitalize(),
        "BASENAME": name,
        "STATUS": "Publish",
        "CONVERT BREAKS": "__default__",
        "DATE": "04/01/2009 10:00:00 AM",
        "CATEGORY": "Let go",
        **{key.replace("_", " "): value for key, value in facts.items()},
    }
    head = "".join(f"{key}: {value}\n" for key, value in known.items())
    return f"{head}-----\nBODY:\n{body}\n-----\nEXTENDED BODY:\n\n-----\nEXCERPT:\n\n-----\n--------\n"


def ghost(*posts: dict) -> bytes:
    """Return a Ghost export; each post has the given fields besides those of a plain one."""
    plain = {"html": "<p>Text.</p>", "status": "published", "visibility": "public", "type": "post"}
    found = [
        {"id": str(number), "title": f"Post {number}", "slug": f"post-{number}", **plain, **post}
        | {"published_at": post.get("published_at", "2009-04-01T08:00:00.000Z")}
        for number, post in enumerate(posts)
    ]
    tables = {"tags": [{"id": "t", "name": "Let go"}], "posts_tags": [{"post_id": "0", "tag_id": "t"}]}
    return json.dumps({"db": [{"meta": {}, "data": {"posts": found, **tables}}]}).encode()


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of `files`, by path."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return data.getvalue()


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write `files` below `folder`, and return the folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


class Imported:
    """The planned import of an export into a site that declares a series and a play."""

    def __init__(self, path: Path, ours: dict | None = None, read_options: ReadOptions | None = None, **options):
        """Read the export at `path`, and plan its import."""
        self.export: Export = read(path, read_options or ReadOptions())
        self.ours = a_manuscript(DECLARED if ours is None else ours, to_html=to_html, to_html_with_comments=to_html)
        self.options = ImportOptions(**options)
        self.plan: Plan = plan(self.export, self.ours, self.options, NOW, lambda *_: None)
        self.said = "\n".join(report(self.export, self.plan, self.options, "content"))

    def __getitem__(self, path: str) -> str:
        """Return the new source at `path`."""
        return next(each.text for each in self.plan.sources if each.path == path)

    @property
    def paths(self) -> list[str]:
        """The paths of the new sources."""
        return sorted(each.path for each in self.plan.sources)

    def header(self, path: str) -> dict[str, str]:
        """Return the front matter of a new source."""
        lines = self[path].partition("\n\n")[0].split("\n")
        return dict(line.split(": ", 1) for line in lines)

    def body(self, path: str) -> str:
        """Return the text of a new source, without its front matter."""
        return self[path].partition("\n\n")[2].rstrip("\n")


def imported(folder: Path, name: str, data: bytes, **facts) -> Imported:
    """Plan the import of a file with the content `data`."""
    put(folder, {name: data})
    return Imported(folder / name, **facts)
