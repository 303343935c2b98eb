"""From a Markdown text to typeset HTML, and the extensions of Markdown that take part."""
