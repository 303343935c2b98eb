"""Every verb of the command line: what it is for, what can be given to it, and the module that does it.

A word, such as ``TITLE``, is given as an option, ``--title``, or through the environment, which is how ``make`` hands
it on. The modules read words by name, whichever way they came.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A word that an author may give to a verb."""

    word: str
    """Its name in the environment."""
    help: str
    choices: tuple[str, ...] = ()
    """What it may be, where that is a closed list."""
    number: tuple[int, int] = (0, 0)
    """The least and the greatest number that it may be, where it is one."""
    flag: str = ""
    """What the word is where the option is given; empty where the option has a value."""

    @property
    def name(self) -> str:
        """The option, such as ``--as-of``."""
        return f"--{self.word.lower().replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Verb:
    """A subcommand."""

    name: str
    group: str
    help: str
    """What it does, in one sentence."""
    module: str
    """The module that does it, below this package's parent."""
    options: tuple[Option, ...] = ()
    examples: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    """What the module is called with, where it needs that."""
    folder: str = ""
    """The word that is given without the name of an option: a folder."""
    is_alone: bool = False
    """Whether only options count, and no word that a shell may have for other ends, such as ``LANGUAGE``."""


BEGIN, WRITE, LOOK, PUBLISH, KEEP = "Begin", "Write", "Build and look", "Publish", "Keep in order"
GROUPS = (BEGIN, WRITE, LOOK, PUBLISH, KEEP)

_APPLY = Option("APPLY", "Write the changes; without it they are only shown.", flag="1")
_FORCE = Option("FORCE", "Rewrite files that are not committed, too.", flag="1")
_STRICT = Option("STRICT", "Exit with status 1 for warnings, too.", flag="1")
_FORMAT = Option("FORMAT", "How findings are printed.", ("text", "json", "github", "sarif"))
_SITEURL = Option("SITEURL", "The address of the published site, such as https://example.org.")
_AS_OF = Option("AS_OF", "Build as of the end of a day, such as 2009-04-05, or as of an hour.")
_SLUG = Option("SLUG", "Its name in addresses; made of the title if left out.")
_TITLE = Option("TITLE", "Its title.")
_RENAMES = (Option("OLD", "The present slug."), Option("NEW", "The new slug."), _APPLY, _FORCE)

VERBS = (
    Verb(
        "init",
        BEGIN,
        "Start a new site in a folder of its own.",
        "cli.begin.init",
        (
            Option("NAME", "The name of the site."),
            Option("AUTHOR", "Who writes, as readers are shown it."),
            Option("LANGUAGE", "Its language, such as en or pt-BR."),
            _SITEURL,
            Option("TIMEZONE", "The time zone of its dates, such as Europe/Berlin."),
        ),
        ('essays init ../gardens --name "The shared garden" --language en',),
        folder="DIR",
        is_alone=True,
    ),
    Verb(
        "upgrade",
        BEGIN,
        "Bring a site's Makefile, workflow and locks to this version.",
        "cli.begin.upgrade",
        (_APPLY,),
        ("essays upgrade --apply",),
    ),
    Verb(
        "new",
        WRITE,
        "Start an essay, as a draft.",
        "cli.write.new",
        (
            _TITLE,
            Option("SIDE", "The column of the ledger that it stands in.", ("cost", "benefit")),
            Option("SERIES", "Slug or title of its series."),
            Option("PLAY", "Plays that it teaches, with commas between them."),
            Option("ANSWERS", "Slug of the essay on the other side that it is weighed against."),
            Option("ENTRY", "The one sentence that it adds to the ledger."),
            Option("DATE", "The day of publication, such as 2009-04-01."),
            _SLUG,
        ),
        ('essays new --title "Letting go of the controls" --side cost',),
    ),
    Verb("new-play", WRITE, "Start a play, as a draft.", "cli.write.new_play", (_TITLE, _SLUG)),
    Verb("new-series", WRITE, "Start a series, as a draft.", "cli.write.new_series", (_TITLE, _SLUG)),
    Verb(
        "rename-essay",
        WRITE,
        "Give an essay a new slug, wherever it is named.",
        "cli.write.rename",
        _RENAMES,
        ("essays rename-essay --old letting-go --new letting-go-of-the-controls --apply",),
        ("essay",),
    ),
    Verb(
        "rename-play",
        WRITE,
        "Give a play a new slug, wherever it is named.",
        "cli.write.rename",
        _RENAMES,
        arguments=("play",),
    ),
    Verb(
        "rename-series",
        WRITE,
        "Give a series a new slug, wherever it is named.",
        "cli.write.rename",
        _RENAMES,
        arguments=("series",),
    ),
    Verb(
        "move",
        WRITE,
        "Move an essay within its series.",
        "cli.write.move",
        (
            Option("ESSAY", "The slug of the essay."),
            Option("AFTER", "The slug of the essay that it follows, or start."),
            _APPLY,
            _FORCE,
        ),
        ("essays move --essay letting-go --after start --apply",),
    ),
    Verb(
        "follow",
        WRITE,
        "Note that the translations of an essay follow its present state.",
        "cli.write.follow",
        (
            Option("ESSAY", "The slug of the essay."),
            Option("INTO", "The language of one translation, such as de; without it, all of them."),
            _APPLY,
            _FORCE,
        ),
        ("essays follow --essay letting-go --into de --apply",),
    ),
    Verb("recover", WRITE, "Finish a change of several files that was interrupted.", "cli.write.recover"),
    Verb(
        "html",
        LOOK,
        "Build the site into output/.",
        "cli.html",
        (_AS_OF,),
        ("essays html --as-of 2009-04-05",),
        ("content", "--fatal=errors", "--settings", "pelicanconf.py"),
    ),
    Verb(
        "serve",
        LOOK,
        "Preview the site on this machine, drafts included; open pages follow each change.",
        "cli.preview.serve",
        (
            Option("PORT", "The first port to try.", number=(0, 65535)),
            Option("PREVIEW_HOSTS", "Other names of this machine, with commas between them."),
        ),
        ("essays serve --port 8001",),
    ),
    Verb("status", LOOK, "Show parts, sides, drafts, and what is scheduled, planned or overdue.", "cli.show.status"),
    Verb(
        "explain",
        LOOK,
        "Explain where an essay stands, which pages show it, and what a change would affect.",
        "cli.show.explain",
        (Option("ESSAY", "Its slug, file or address."),),
        ("essays explain --essay letting-go",),
    ),
    Verb(
        "why",
        LOOK,
        "Explain why the last build wrote a file, or kept it.",
        "cli.show.why",
        (
            Option("PAGE", "Its address, or its path in the output folder; without it, all that was written."),
            Option("OUTPUT", "The output folder, such as public or cache/preview."),
        ),
        ("essays why --page essays/letting-go/",),
    ),
    Verb(
        "due",
        LOOK,
        "Show when the next build is needed for a scheduled essay.",
        "cli.show.due",
        (Option("FORMAT", "How it is printed.", ("text", "json")),),
    ),
    Verb(
        "check",
        LOOK,
        "Check all sources and every built page.",
        "cli.check.check",
        (_FORMAT, _STRICT),
        ("essays check --format github --strict",),
    ),
    Verb(
        "check-links",
        LOOK,
        "Check all external links.",
        "cli.check.check_links",
        (
            Option("TIME", "How many seconds it may take.", number=(1, 86_400)),
            Option("FRESH", "Ask for every address again.", flag="1"),
            _FORMAT,
            _STRICT,
        ),
    ),
    Verb(
        "profile",
        LOOK,
        "Build the site and print where the time goes.",
        "cli.show.profile",
        (Option("MODE", "Build as usual, or from nothing in a folder elsewhere.", ("usual", "cold")),),
    ),
    Verb(
        "publish",
        PUBLISH,
        "Build the site for its readers into public/.",
        "cli.publish.publish",
        (
            _SITEURL,
            Option("FIRST", "Begin a new published record.", flag="yes"),
            Option("AGAIN", "Publish although subscribers will see some items twice.", flag="1"),
        ),
        ("essays publish --siteurl https://example.org",),
    ),
    Verb(
        "feed-diff",
        PUBLISH,
        "Show what subscribers would see if this were published.",
        "cli.show.feed_diff",
        (_SITEURL, Option("OLD", "The folder to compare with, in place of the last publication."), _AS_OF),
    ),
    Verb(
        "deploy",
        PUBLISH,
        "Send public/ to its host.",
        "cli.publish.deploy",
        (
            Option("TARGET", "How it is sent.", ("github-pages", "rsync", "s3")),
            Option("TO", "Where to: a remote of git, a folder for rsync, or a bucket."),
            Option("APPLY", "Send it; without it what would be sent is only shown.", flag="1"),
            Option("TAKE_OVER", "Replace what is there, although it is not this site's.", flag="yes"),
            _SITEURL,
        ),
        ("essays deploy --target github-pages --apply",),
    ),
    Verb(
        "gone",
        PUBLISH,
        "Record a published address as permanently removed.",
        "cli.publish.gone",
        (Option("ADDRESS", "The address, such as /essays/one/; one that ends in * means all that begin so."),),
        ("essays gone --address /essays/one/",),
    ),
    Verb("record", PUBLISH, "Repair the published record after a merge or a loss.", "cli.publish.mend_record"),
    Verb("verify", PUBLISH, "Check that builds in different conditions give the same bytes.", "cli.publish.verify"),
    Verb("editors", KEEP, "Generate editor support for front matter.", "cli.editors.editors"),
    Verb(
        "import",
        KEEP,
        "Import the texts of another site.",
        "cli.begin.bring_in",
        (
            Option("FROM", "The file or folder to read."),
            Option("KIND", "What it is, where that cannot be seen."),
            Option("PARTIAL", "Go on where it is damaged, and name what is lost.", flag="1"),
            Option("IMAGES", "Fetch the images on the hosts that it names.", flag="1"),
            Option("SERIES", "What makes a series: label=Title; 2009-04-01..2009-04-30=Title."),
            Option("SIDES", "The table of parts and sides; it is written where there is none."),
            Option("PLAYS", "Make plays of tags that no file declares.", flag="1"),
            Option("PERMALINK", "The addresses that texts had, such as /{year}/{month}/{name}.html."),
            Option("SITE", "The address at which they were found, such as https://old.example."),
            Option("TYPES", "Further kinds of WordPress's posts, with commas between them."),
            Option("COMMENTS", "The file to keep readers' comments in."),
            _APPLY,
        ),
        ("essays import --from export.xml --apply",),
    ),
)

BY_NAME: Mapping[str, Verb] = {verb.name: verb for verb in VERBS}
_OPTIONS = {option.word: option for verb in VERBS for option in verb.options}
_FOLDERS = {verb.folder for verb in VERBS if verb.folder}
_CALL = re.compile(rf"\bmake ({'|'.join(sorted(BY_NAME, key=len, reverse=True))})\b")
_WORD = re.compile(rf"\b({'|'.join([*_OPTIONS, *_FOLDERS])})=(\"[^\"]*\"|[^\s,;:)]*[^\s,;:).])")


def as_typed(text: str, environment: Mapping[str, str]) -> str:
    """Return the message `text` with commands as they are typed where it is printed.

    Args:
        text: names commands as make has them, such as ``make new TITLE=…``.
        environment: that of the process; where make did not start it, they become ``essays new --title …``.

    """
    if "MAKELEVEL" in environment:
        return text
    return _WORD.sub(_as_option, _CALL.sub(r"essays \1", text))


def _as_option(match: re.Match[str]) -> str:
    if match[1] in _FOLDERS:
        return match[2]
    option = _OPTIONS[match[1]]
    return option.name if option.flag else f"{option.name} {match[2]}"
