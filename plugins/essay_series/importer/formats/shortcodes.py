"""Replace the shortcodes of WordPress by HTML, and list those for which there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

_CODE = re.compile(r"(<(?P<name>pre|code)\b.*?</(?P=name)\s*>)", re.DOTALL | re.IGNORECASE)
_LISTING = re.compile(
    r"\[(?P<name>code|sourcecode|source|php|python|css|html|xml|js|javascript|bash|sql|ruby|java)"
    r"(?P<attributes>[^\]]*)\](?P<inside>.*?)\[/(?P=name)\]",
    re.DOTALL,
)
_CAPTION = re.compile(r"\[(?P<name>(?:wp_)?caption)\b(?P<attributes>[^\]]*)\](?P<inside>.*?)\[/(?P=name)\]", re.DOTALL)
_GALLERY = re.compile(r"\[gallery\b(?P<attributes>[^\]]*)\]")
_EMBED = re.compile(
    r"\[(?:embed\b[^\]]*\](?P<inside>[^\[]*)\[/embed|(?P<name>youtube|vimeo|audio|video|soundcloud|tweet|playlist)\b"
    r"(?P<attributes>[^\]]*))\](?:\s*\[/(?:audio|video)\])?"
)
_ALONE = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_PARAGRAPH = re.compile(r"(<p>|<div class=\"wp-block-embed__wrapper\">)\s*(https?://[^\s<>\"]+)\s*(?=</)")
_OTHER = re.compile(r"(?<!\[)\[(?P<name>[a-z][\w-]*)(?P<attributes>(?:\s+[\w-]+\s*=\s*[^\]]*)?)\s*/?\](?![(\]])")
_ESCAPED = re.compile(r"\[(\[[a-z][\w-]*[^\[\]]*\])\]")
_ATTRIBUTE = re.compile(r"""(?P<key>[\w-]+)\s*=\s*(?:["'“”](?P<a>[^"'“”]*)["'“”]|(?P<b>[^\s"'\]]+))""")
_PROGRAMS = frozenset(("contact-form-7", "contact-form", "gallery", "poll", "ninja_forms", "slideshow", "wp_query"))


@dataclass(frozen=True, slots=True)
class Attachment:
    """An image in the media library."""

    url: str
    alt: str

    @property
    def html(self) -> str:
        """The image as HTML."""
        return f'<img src="{escape(self.url)}" alt="{escape(self.alt)}">'


def expanded(html: str, attachments: Mapping[str, Attachment]) -> tuple[str, tuple[str, ...]]:
    """Return `html` with shortcodes replaced, and those that were not; `attachments` is the media library, by id."""
    if "[" not in html and "://" not in html:
        return html, ()
    html = _LISTING.sub(_listing, html)
    pieces: list[str] = []
    left: list[str] = []
    for number, piece in enumerate(_CODE.split(html)):
        if number % 3 == 0:
            shown = _expanded(piece, attachments)
            left.extend(_others(shown))
            pieces.append(_ESCAPED.sub(r"\1", shown))
        elif number % 3 == 1:
            pieces.append(piece)
    return "".join(pieces), tuple(dict.fromkeys(f"shortcode {each}" for each in left))


def _expanded(html: str, attachments: Mapping[str, Attachment]) -> str:
    if "[" in html:
        html = _CAPTION.sub(_captioned, html)
        html = _GALLERY.sub(lambda found: _gallery(found, attachments), html)
        html = _EMBED.sub(_embedded, html)
    html = _ALONE.sub(lambda found: f'<a href="{found[1]}">{found[1]}</a>', html)
    return _PARAGRAPH.sub(lambda found: f'{found[1]}<a href="{found[2]}">{found[2]}</a>', html)


def _listing(found: re.Match[str]) -> str:
    attributes = _attributes(found["attributes"])
    named = found["name"] if found["name"] not in ("code", "sourcecode", "source") else ""
    language = attributes.get("language") or attributes.get("lang") or named
    inside = re.sub(r"<br\s*/?>|</?p>", "", unescape(found["inside"])).strip("\r\n")
    return f'<pre class="language-{escape(language or "text")}">{escape(inside, quote=False)}</pre>'


def _captioned(found: re.Match[str]) -> str:
    inside = found["inside"].strip()
    image = re.match(r"(?s)(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", inside)
    caption = _attributes(found["attributes"]).get("caption", "") or (inside[image.end() :].strip() if image else "")
    shown = image[0] if image else inside
    return f"<figure>{shown}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _gallery(found: re.Match[str], attachments: Mapping[str, Attachment]) -> str:
    attributes = _attributes(found["attributes"])
    numbers = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "")
    images = [attachments.get(number) for number in numbers]
    if not images or None in images:
        return found[0]
    return "".join(f"\n\n<figure>{image.html}</figure>\n\n" for image in images if image)


def _embedded(found: re.Match[str]) -> str:
    attributes = _attributes(found["attributes"] or "")
    given = next(iter(re.findall(r"https?://[^\s\"'<>\]]+", found["attributes"] or "")), "")
    address = (found["inside"] or "").strip() or given or attributes.get("src", "") or attributes.get("id", "")
    if found["name"] == "youtube" and re.fullmatch(r"[\w-]{11}", address):
        address = f"https://www.youtube.com/watch?v={address}"
    if not address.startswith(("http://", "https://")):
        return found[0]
    plain = escape(unescape(address))
    return f'<a href="{plain}">{plain}</a>'


def _others(html: str) -> Iterator[str]:
    for found in _OTHER.finditer(html):
        if found["attributes"] or found["name"] in _PROGRAMS or f"[/{found['name']}]" in html:
            yield found[0]


def _attributes(text: str) -> dict[str, str]:
    return {found["key"].lower(): found["a"] or found["b"] or "" for found in _ATTRIBUTE.finditer(text)}
