"""Texts and file names that try to break the build, leave the output folder or run in a reader's browser."""

from __future__ import annotations

SET = "window.__canary=1"
SCRIPT = f"<script>{SET}</script>"

TEXTS = {
    "script": SCRIPT,
    "end of title and script": f"</title></script></style>{SCRIPT}",
    "attribute": f'" autofocus onfocus="{SET}" x="',
    "single-quoted attribute": f"' onmouseover='{SET}' x='",
    "image": f"<img src=x onerror={SET}>",
    "drawing": f"<svg onload={SET}>",
    "comment": f"--> {SCRIPT} <!--",
    "data section": f"]]> {SCRIPT}",
    "template": "{{ 7 * 7 }} {% include 'base.html' %} {# #} {{ config }} ${7*7} #{7*7}",
    "template attack": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "format": "{0.__class__} {slug} %s %(x)s {",
    "JSON": f'\\"}}]}} \\u003cscript\\u003e{SET}',
    "entity": f"&lt;script&gt;{SET}&lt;/script&gt; &amp;amp; &#x3c;script&#x3e;{SET}&#x3c;/script&#x3e; &bogus;",
    "right to left": "\u202egnp.exe \u2066x\u2069 \u200f",
    "nothing visible": "\u200b\u2060\ufeff x",
    "marks on marks": "Z" + "\u0300\u0489" * 300,
    "emoji": "👩\u200d👩\u200d👧 🏴\U000e0067\U000e0062",
    "private and last": "\ue000 \U0010fffd",
    "long": "long " * 4000,
    "one long word": "w" * 20_000,
    "quotes": "\"'`´‘’“”«»",  # noqa: RUF001 - every kind of quote
    "YAML": "!!python/object/apply:os.system ['touch pwned']",
    "YAML anchors": "&a [*a, *a]",
    "shell": "$(touch pwned) `touch pwned`; touch pwned | touch pwned",
    "SQL": "'; DROP TABLE essays; --",
    "Windows": "..\\..\\pwned",
}
"""Texts for titles, entries and summaries, which must be shown as they are."""

BODIES = {
    "brackets": "[" * 20_000,
    "brackets and links": "[a](" * 5_000,
    "images": "![" * 10_000,
    "quotations": ">" * 5_000 + " deep",
    "quotations apart": "> " * 3_000 + "deep",
    "lists": "\n".join("    " * depth + "- x" for depth in range(300)),
    "ticks": "`" * 20_000,
    "odd ticks": "` `` ``` " * 2_000,
    "stars": "*" * 20_000,
    "stars and words": "*a **b " * 3_000,
    "underlines": "_a __b " * 3_000,
    "table": "|".join(["a"] * 400) + "\n" + "|".join(["-"] * 400) + "\n" + ("|".join(["b"] * 400) + "\n") * 40,
    "divisions": "<div>" * 3_000,
    "half a tag": "<a href='" * 3_000,
    "comments": "<!--" * 5_000,
    "entities": "&amp;" * 20_000 + "&" * 20_000,
    "notes": "[^a]" * 1_000 + "\n\n[^a]: note",
    "headings": "# x\n\n" * 500,
    "definitions": "\n".join(f"[{n}]: #x" for n in range(3_000)),
    "blank lines": "\n \n" * 20_000,
    "backslashes": "\\" * 20_000,
    "processing": "<?php echo 1; ?> <!DOCTYPE x [<!ENTITY a 'b'>]> <![CDATA[ x ]]>",
    "attributes": f'para {{: onclick="{SET}" }}\n\n# head {{: #x onmouseover="{SET}" }}',
}
"""Bodies that are slow to parse, deeply nested or unclosed."""

NAMES = (
    "con",
    "nul.txt",
    "%2e%2e",
    "a'b",
    'a"b',
    "a&b",
    "a b",
    "-rf",
    "a;touch pwned",
    "{slug}",
    "é\u0301",
    "\u202egnp",
    "a\nb",
)
"""File names with a special meaning for some system or program."""
