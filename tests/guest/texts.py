"""Articles and pages in Markdown, reStructuredText and HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape


@dataclass(frozen=True)
class Text:
    """An article or a page: its path, its front matter, and its body in the format of its file extension."""

    path: str
    keys: Mapping[str, str]
    body: str

    def written(self) -> bytes:
        """Return the file."""
        ending = self.path.rpartition(".")[2]
        return {"md": self._markdown, "rst": self._restructured, "html": self._html}[ending]().encode()

    def having(self, **keys: str) -> Text:
        """Return the text with other `keys`."""
        return replace(self, keys={**self.keys, **keys})

    def saying(self, more: str) -> Text:
        """Return the text with another paragraph."""
        paragraph = f"<p>{more}</p>" if self.path.endswith(".html") else more
        return replace(self, body=f"{self.body}\n\n{paragraph}\n")

    def _markdown(self) -> str:
        return "".join(f"{key}: {value}\n" for key, value in self.keys.items()) + f"\n{self.body}\n"

    def _restructured(self) -> str:
        title = self.keys["Title"]
        fields = "".join(f":{key.lower()}: {value}\n" for key, value in self.keys.items() if key != "Title")
        return f"{title}\n{'#' * 2 * len(title)}\n\n{fields}\n{self.body}\n"

    def _html(self) -> str:
        facts = ((key.lower(), escape(value)) for key, value in self.keys.items() if key != "Title")
        meta = "".join(f'<meta name="{key}" content="{value}">\n' for key, value in facts)
        return (
            f"<html><head>\n<title>{escape(self.keys['Title'])}</title>\n{meta}</head>\n<body>{self.body}</body></html>"
        )


FIRST_BODY = """Plain words, *marked* ones, and "quoted 'ones'" -- with dashes... [A link]({filename}/first.md#part).

# Part

A `code span` and <b>raw</b> HTML, &amp; an image: ![dot]({static}/images/dot.png)

## Part

x"""
BLOCKS = """> "Quoted."

1. One
2. Two

```python
print("x")
```

|a|b|
|-|-|
|1|2|

A note[^1].

[^1]: Here."""
LINKS = """[Attached]({attach}/notes/dot.png), [a tag]({tag}a), [home]({index}), [author]({author}ann),
[gone]({filename}no.md)."""
ODD = """<!-- a comment -->

[TOC]

Term
: Meaning

*[HTML]: Hyper

HTML [nowhere](#nowhere), $x^2$, \\(y\\)."""
RAW = '<img class="image-process-thumb" src="/images/dot.png" alt="dot">\n\n<div markdown="1">*in*</div>\n\nEnd.'
RESTRUCTURED = """Plain words, *marked* ones, "quoted 'ones'" -- and a `link <{filename}/first.md>`__.

Part
----

More."""
DIRECTIVES = """.. a comment

.. code-block:: python

    print('x')

A note [1]_.

.. [1] Here.

.. image:: {static}/images/dot.png
    :alt: dot"""
ROLES = "* One\n* Two\n\nA :math:`x^2`, `a tag <{tag}a>`__, |word|.\n\n.. |word| replace:: replaced\n"
BODIES = {
    "md": (FIRST_BODY, BLOCKS, LINKS, ODD, RAW),
    "rst": (RESTRUCTURED, DIRECTIVES, ROLES),
    "html": (
        '<p>Plain "words" &amp; a <a href="{filename}/first.md">link</a>.</p><!-- a comment -->',
        '<h2 id="part">Part</h2><p>A <img src="{static}/images/dot.png" alt="dot"> <code>x -- y</code></p>',
    ),
}


def article(path: str, day: int, number: int = 0, **keys: str) -> Text:
    """Return an article of a day in April 2009, with the body `number` in its format."""
    bodies = BODIES[path.rpartition(".")[2]]
    title = path.rpartition("/")[2].rpartition(".")[0].capitalize()
    facts = {"Title": title, "Date": f"2009-04-{day:02} 10:00", **keys}
    return Text(f"content/{path}", facts, bodies[number % len(bodies)])


def page(path: str, number: int = 0, **keys: str) -> Text:
    """Return a page, which has no date."""
    text = article(f"pages/{path}", 1, number, **keys)
    return replace(text, keys={key: value for key, value in text.keys.items() if key != "Date"})
