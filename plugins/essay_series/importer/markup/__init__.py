"""Convert HTML to the Markdown of this project.

`tree` parses and simplifies HTML, `endnotes` finds its footnotes, `writer` and `inline` write Markdown, and
`equivalence` compares the HTML built from it with the original. `convert` does all of this for one text, and keeps each
block as HTML that would be built into something else.
"""
