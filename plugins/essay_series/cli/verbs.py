"""The table of all commands: the group, help and options of each, and the function that runs it.

An option is given on the command line, as ``--title``, or as an environment variable, ``TITLE``, which is how ``make``
passes it on. The functions read the environment in both cases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command."""

    variable: str
    """Its name in the environment, such as ``AS_OF``."""
    help: str
    choices: tuple[str, ...] = ()
    """All values that it may have; empty for any."""
    number: tuple[int, int] | None = None
    """The least and the greatest value, for an option whose value is a whole number."""
    flag: str = ""
    """The value of an option that is given without one; empty for all others."""

    @property
    def name(self) -> str:
        """Its name on the command line, such as ``--as-of``."""
        return f"--{self.variable.lower().replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Verb:
    """A command, which is a subcommand of ``essays`` and a target of ``make``."""

    name: str
    group: str
    help: str
    """Its effect, in one sentence."""
    function: str
    """The function to run, as ``module:name`` with a module of this package; see `command.run`."""
    options: tuple[Option, ...] = ()
    examples: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    """Further arguments of the function."""
    folder: str = ""
    """The variable of a folder that is given as an argument, without the name of an option."""
    ignores_shell: bool = False
    """Whether to ignore variables of the environment, since a shell may have set them for something else."""


BEGIN, WRITE, LOOK, PUBLISH, KEEP = "Begin", "Write", "Build and inspect", "Publish", "Maintain"
GROUPS = (BEGIN, WRITE, LOOK, PUBLISH, KEEP)

_APPLY = Option("APPLY", "Write the changes; without it they are only shown.", flag="1")
_FORCE = Option("FORCE", "Rewrite files even if they have uncommitted changes.", flag="1")
_STRICT = Option("STRICT", "Exit with status 1 for warnings as well as errors.", flag="1")
_FORMAT = Option("FORMAT", "The format of the findings.", ("text", "json", "github", "sarif"))
_SITEURL = Option("SITEURL", "The address of the published site, such as https://example.org.")
_AS_OF = Option("AS_OF", "Build the site as of the end of a day, such as 2009-04-05, or as of a time of day.")
_SLUG = Option("SLUG", "Its name in addresses; made from the title if left out.")
_TITLE = Option("TITLE", "Its title.")

VERBS = (
    Verb(
        "init",
        BEGIN,
        "Start a new site in a folder of its own.",
        "begin.init:init",
        (
            Option("NAME", "The name of the site."),
            Option("AUTHOR", "The author's name, as readers see it."),
            Option("LANGUAGE", "Its language, such as en or pt-BR."),
            _SITEURL,
            Option("TIMEZONE", "The time zone of its dates, such as Europe/Berlin."),
        ),
        ('essays init ../gardens --name "The shared garden" --language en',),
        folder="DIR",
        ignores_shell=True,
    ),
    Verb(
        "upgrade",
        BEGIN,
        "Update a site's plugin, Makefile, workflow and locks to this version.",
        "begin.upgrade:upgraded",
        (_APPLY,),
        ("essays upgrade --apply",),
    ),
    Verb(
        "new",
        WRITE,
        "Start an essay, as a draft.",
        "write.new:new_essay",
        (
            _TITLE,
            Option("SIDE", "Its column of the ledger.", ("cost", "benefit")),
            Option("SERIES", "The slug or title of its series."),
            Option("PLAY", "The plays that it teaches, separated by commas."),
            Option("ANSWERS", "The slug of the essay on the other side that it is weighed against."),
            Option("ENTRY", "The sentence that it adds to the ledger."),
            Option("DATE", "The day of publication, such as 2009-04-01."),
            _SLUG,
        ),
        ('essays new --title "Letting go of the controls" --side cost',),
    ),
    Verb("new-play", WRITE, "Start a play, as a draft.", "write.new_page:new_play", (_TITLE, _SLUG)),
    Verb("new-series", WRITE, "Start a series, as a draft.", "write.new_page:new_series", (_TITLE, _SLUG)),
    *(
        Verb(
            f"rename-{kind}",
            WRITE,
            f"Change the slug of {thing}, wherever it is named.",
            "write.rename:renamed",
            (Option("OLD", "The present slug."), Option("NEW", "The new slug."), _APPLY, _FORCE),
            (f"essays rename-{kind} --old letting-go --new letting-go-of-the-controls --apply",),
            (kind,),
        )
        for kind, thing in (("essay", "an essay"), ("play", "a play"), ("series", "a series"))
    ),
    Verb(
        "move",
        WRITE,
        "Move an essay within its series.",
        "write.move:moved",
        (
            Option("ESSAY", "The slug of the essay."),
            Option("AFTER", "The slug of the essay that it is to follow, or start."),
            _APPLY,
            _FORCE,
        ),
        ("essays move --essay letting-go --after start --apply",),
    ),
    Verb(
        "follow",
        WRITE,
        "Mark the translations of an essay as up to date.",
        "write.follow:followed",
        (
            Option("ESSAY", "The slug of the essay."),
            Option("INTO", "The language of one translation, such as de; if left out, all of them."),
            _APPLY,
            _FORCE,
        ),
        ("essays follow --essay letting-go --into de --apply",),
    ),
    Verb(
        "recover",
        WRITE,
        "Finish a change of several files that was interrupted.",
        "write.rewrite.command:recovered",
    ),
    Verb(
        "html",
        LOOK,
        "Build the site into output/.",
        "html:html",
        (_AS_OF,),
        ("essays html --as-of 2009-04-05",),
    ),
    Verb(
        "serve",
        LOOK,
        "Preview the site on this machine, drafts included; open pages follow each change.",
        "preview.serve:preview",
        (
            Option("PORT", "The first port to try.", number=(0, 65535)),
            Option("PREVIEW_HOSTS", "Other names of this machine, separated by commas."),
        ),
        ("essays serve --port 8001",),
    ),
    Verb(
        "status",
        LOOK,
        "Show parts, sides, drafts, and what is scheduled, planned or overdue.",
        "show.status:status",
    ),
    Verb(
        "explain",
        LOOK,
        "Explain an essay's place in its series, which pages show it, and what a change would affect.",
        "show.explain:explain",
        (Option("ESSAY", "Its slug, file, address or title."),),
        ("essays explain --essay letting-go",),
    ),
    Verb(
        "why",
        LOOK,
        "Explain why the last build wrote a file, or kept it.",
        "show.why:why",
        (
            Option("PAGE", "Its address, or its path in the output folder; if left out, list all files written."),
            Option("OUTPUT", "The output folder, such as public or cache/preview."),
        ),
        ("essays why --page essays/letting-go/",),
    ),
    Verb(
        "due",
        LOOK,
        "Show when the next build is needed for a scheduled essay.",
        "show.due:due",
        (Option("FORMAT", "The format of the answer.", ("text", "json")),),
    ),
    Verb(
        "check",
        LOOK,
        "Check all sources and every built page.",
        "check.check:check",
        (_FORMAT, _STRICT),
        ("essays check --format github --strict",),
    ),
    Verb(
        "check-links",
        LOOK,
        "Check all external links.",
        "check.check_links:check_links",
        (
            Option("TIME", "The time limit, in seconds.", number=(1, 86_400)),
            Option("FRESH", "Check every address again, ignoring the cache.", flag="1"),
            _FORMAT,
            _STRICT,
        ),
    ),
    Verb(
        "profile",
        LOOK,
        "Build the site and print where the time goes.",
        "show.profile:profile",
        (Option("MODE", "Build as usual, or from nothing in a temporary folder.", ("usual", "cold")),),
    ),
    Verb(
        "publish",
        PUBLISH,
        "Build the site for its readers into public/.",
        "publish.publish:publication",
        (
            _SITEURL,
            Option("FIRST", "Start a new published record.", flag="yes"),
            Option("AGAIN", "Publish even if subscribers will see some items twice.", flag="1"),
        ),
        ("essays publish --siteurl https://example.org",),
    ),
    Verb(
        "feed-diff",
        PUBLISH,
        "Show what subscribers would see if this were published.",
        "show.feed_diff:difference",
        (_SITEURL, Option("OLD", "The folder to compare with, instead of the last publication."), _AS_OF),
    ),
    Verb(
        "deploy",
        PUBLISH,
        "Send public/ to its host.",
        "publish.deploy:deployment",
        (
            Option("TARGET", "The kind of host.", ("github-pages", "rsync", "s3")),
            Option("TO", "The destination: a git remote, a folder for rsync, or a bucket."),
            Option("APPLY", "Send the files; without it they are only listed.", flag="1"),
            Option("TAKE_OVER", "Replace what is there, even if it is not from this site.", flag="yes"),
            _SITEURL,
        ),
        ("essays deploy --target github-pages --apply",),
    ),
    Verb(
        "gone",
        PUBLISH,
        "Record a published address as permanently removed.",
        "publish.gone:gone",
        (Option("ADDRESS", "The address, such as /essays/one/; a * at its end matches anything."),),
        ("essays gone --address /essays/one/",),
    ),
    Verb("record", PUBLISH, "Repair the published record after a merge or a loss.", "publish.mend_record:mended"),
    Verb("verify", PUBLISH, "Check that builds in different conditions give the same bytes.", "publish.verify:verify"),
    Verb("editors", KEEP, "Generate editor support for front matter.", "editors.editors:editors"),
    Verb(
        "import",
        KEEP,
        "Import the texts of another site.",
        "begin.import_site:import_site",
        (
            Option("FROM", "The file or folder to read."),
            Option("KIND", "The kind of export, if it is not detected."),
            Option("PARTIAL", "Import what can be read of a damaged export, and list what is lost.", flag="1"),
            Option("IMAGES", "Fetch the images from the hosts of the old site.", flag="1"),
            Option("SERIES", "Which texts form a series: label=Title; 2009-04-01..2009-04-30=Title."),
            Option("SIDES", "A CSV table of parts and sides; it is created if it does not exist."),
            Option("PLAYS", "Turn tags that no file declares into plays.", flag="1"),
            Option("PERMALINK", "The form of the old addresses, such as /{year}/{month}/{name}.html."),
            Option("SITE", "The address of the old site, such as https://old.example."),
            Option("TYPES", "Further WordPress post types to import, separated by commas."),
            Option("COMMENTS", "The file to save readers' comments in."),
            _APPLY,
        ),
        ("essays import --from export.xml --apply",),
    ),
)

_OPTIONS = {option.variable: option for verb in VERBS for option in verb.options}
_FOLDERS = {verb.folder for verb in VERBS if verb.folder}
_COMMAND = re.compile(rf"\bmake ({'|'.join(sorted((verb.name for verb in VERBS), key=len, reverse=True))})\b")
_VALUE = re.compile(rf"\b({'|'.join([*_OPTIONS, *_FOLDERS])})=(\"[^\"]*\"|[^\s,;:)]*[^\s,;:).])")


def as_typed(text: str, environment: Mapping[str, str]) -> str:
    """Return `text`, with ``make new TITLE=…`` as ``essays new --title …`` unless make started this process."""
    if "MAKELEVEL" in environment:
        return text
    return _VALUE.sub(_as_option, _COMMAND.sub(r"essays \1", text))


def _as_option(match: re.Match[str]) -> str:
    if match[1] in _FOLDERS:
        return match[2]
    option = _OPTIONS[match[1]]
    return option.name if option.flag else f"{option.name} {match[2]}"
