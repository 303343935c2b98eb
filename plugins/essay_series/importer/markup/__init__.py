"""HTML → the Markdown that is built here.

`tree` reads and tidies HTML, `endnotes` finds its notes, `writer` writes Markdown, and `law` says whether the page
built of that says what the HTML said. `convert` holds them together: what does not pass stays HTML.
"""
