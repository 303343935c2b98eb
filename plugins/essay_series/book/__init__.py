"""A series as a book: an HTML page, an EPUB and a PDF, all of the same texts.

`binding` joins essays into one text: with unique ids, continuous numbers of notes, and internal links between parts.
`epub` and `pdf` make files of the HTML that the templates render; they import their libraries only when they run.
"""
