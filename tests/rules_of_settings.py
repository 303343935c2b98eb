"""Rules of the walk for settings, the theme and plugins."""

from __future__ import annotations

from author import Author, Code
from builders import PROJECT
from rules import other, rule

SETTINGS = (
    *(("SITENAME", "Mine"), ("SITENAME", "Yours"), ("AUTHOR", "B"), ("SITESUBTITLE", "Of it"), ("TYPOGRIFY", False)),
    *(("TIMEZONE", "Pacific/Auckland"), ("COPIES", ["md"]), ("COPIES", []), ("LLMS_SAVE_AS", "llms.txt")),
    *(("MANIFEST_SAVE_AS", ""), ("WITH_FUTURE_DATES", True), ("AS_OF", "2009-04-03"), ("DEFAULT_LANG", "de")),
    *(("ARTICLE_URL", "at/{slug}/"), ("ASSET_PATHS", ["static/fonts"])),
)


@rule("setting", which=SETTINGS)
def resettle(author: Author, which: tuple[str, object]) -> None:
    """Change one setting, and restore all others."""
    name, value = which
    for each, _ in SETTINGS:
        author.settings.pop(each, None)
    author.set(**{name: value})


@rule("setting", word=("<!-- a -->", "<!-- bb -->"))
def retheme(author: Author, word: str) -> None:
    """Change a template."""
    path = "theme/templates/components/page/site-footer.html"
    text = (PROJECT / path).read_text(encoding="utf-8")
    author.put(path, text.replace("<footer", f"{word}<footer"))


@rule("setting", colour=("red", "green"))
def restyle(author: Author, colour: str) -> None:
    """Change a style sheet."""
    path = "theme/static/css/utilities.css"
    author.put(path, (PROJECT / path).read_text(encoding="utf-8") + f"b {{ color: {colour}; }}\n")


ROOTS = ("", "https://a.example", "https://b.example")
WIDTHS = ([], [8], [8, 16])
FORMATS = ([], ["page"], ["page", "epub"], ["epub"])
KEEPING = (True, False, None)


@rule("feature", root=ROOTS)
def readdress(author: Author, root: str) -> None:
    """Change or remove the address of the site."""
    author.set(SITEURL=other(root, author.settings.get("SITEURL", ""), ROOTS))


@rule("feature")
def search(author: Author) -> None:
    """Switch the search index on or off."""
    author.set(SEARCH_INDEX=not author.settings.get("SEARCH_INDEX"))


@rule("feature", widths=WIDTHS)
def widen(author: Author, widths: list[int]) -> None:
    """Change the sizes of images."""
    author.set(IMAGE_WIDTHS=other(widths, author.settings.get("IMAGE_WIDTHS", []), WIDTHS))


@rule("feature")
def card(author: Author) -> None:
    """Switch cards on or off."""
    author.set(CARDS=not author.settings.get("CARDS"))


@rule("feature", formats=FORMATS)
def bind(author: Author, formats: list[str]) -> None:
    """Change the formats of books."""
    formats = other(formats, author.settings.get("BOOK_FORMATS", ["page"]), FORMATS)
    author.set(BOOK_FORMATS=formats, BOOK_FILES="epub" in formats)


@rule("feature", keeping=KEEPING)
def keep(author: Author, keeping: bool | None) -> None:  # noqa: FBT001 - likewise
    """Switch offline reading on, off or to removal."""
    author.set(OFFLINE=other(keeping, author.settings.get("OFFLINE", False), KEEPING))


@rule("costly")
def print_books(author: Author) -> None:
    """Switch books in PDF on or off."""
    on = not author.settings.get("BOOK_FILES")
    author.set(BOOK_FORMATS=["page", "pdf"] if on else ["page"], BOOK_FILES=on)


PLUGIN = '''"""A plugin that signs every page."""

from pelican import signals


def sign(path, context):
    """Say how many articles there are, at the end of a page."""
    if path.endswith(".html"):
        with open(path, "a", encoding="utf-8") as page:
            page.write(f"<!-- {word} {{len(context['articles'])}} -->")


def register():
    """Be called for every file that is written."""
    signals.content_written.connect(sign)
'''


PLUGIN_WORDS = ("signed", "sealed")


OURS = ["essay_series"]
BOTH = ["essay_series", "signing"]
PLUGIN_PATHS = [str(PROJECT / "plugins"), "own"]


@rule("plugin")
def accompany(author: Author) -> None:
    """Switch on or off another plugin, which changes pages as they are written."""
    author.files.setdefault("own/signing.py", PLUGIN.format(word=PLUGIN_WORDS[0]))
    author.set(PLUGINS=OURS if author.settings.get("PLUGINS") == BOTH else BOTH, PLUGIN_PATHS=PLUGIN_PATHS)


@rule("plugin", word=PLUGIN_WORDS)
def reprogram(author: Author, word: str) -> None:
    """Change the code of that plugin."""
    codes = [PLUGIN.format(word=each) for each in PLUGIN_WORDS]
    author.files["own/signing.py"] = other(PLUGIN.format(word=word), author.files.get("own/signing.py"), codes)
    author.set(PLUGINS=BOTH, PLUGIN_PATHS=PLUGIN_PATHS)


@rule("environment", name=("one", "two"))
def surround(author: Author, name: str) -> None:
    """Change an environment variable that a setting reads."""
    author.settings["SITENAME"] = Code("__import__('os').environ.get('THE_NAME', 'none')")
    author.build()
    author.variables["THE_NAME"] = other(name, author.variables.get("THE_NAME"), ("one", "two"))
    author.build()


@rule("environment", name=("one", "two"))
def surround_otherwise(author: Author, name: str) -> None:
    """Change an environment variable that a setting reads with ``os.getenv``."""
    author.settings["SITENAME"] = Code("__import__('os').getenv('OUR_NAME', 'none')")
    author.build()
    author.variables["OUR_NAME"] = other(name, author.variables.get("OUR_NAME"), ("one", "two"))
    author.build()


@rule("environment")
def outsource(author: Author) -> None:
    """Change a module of the site that a setting imports."""
    author.settings["SITENAME"] = Code("__import__('own.names', fromlist=['NAME']).NAME")
    for name in ("one", "another"):
        author.put("own/names.py", f"NAME = {name!r}\n")


@rule("environment")
def refilter(author: Author) -> None:
    """Change a module of the site with a template filter."""
    author.settings["JINJA_FILTERS"] = Code("{'plain_css': __import__('own.filters', fromlist=['plain']).plain}")
    for css in ("b {}", "b { color: red }"):
        author.put("own/filters.py", f"def plain(_):\n    return {css!r}\n")
    del author.settings["JINJA_FILTERS"]  # under which no style sheet shows
    author.build()
