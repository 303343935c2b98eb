"""`Site` → the views of the page of all cases and the page of all corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...l10n import Locale
from ...model import Essay
from ..linker import Linker
from ..pieces import CaseLine, CorrectedEssay, CorrectionLine, Link
from ..shapes.registers import CasesView, CorrectionsView
from ..words import known_day

_WAY_BACK = re.compile(r'(?:\s|&#160;)*<a class="footnote-backref"[^>]*>.*?</a>', re.DOTALL)
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)


def registers(linker: Linker) -> Iterator[CorrectionsView | CasesView]:
    """Yield the pages of corrections and of cases, each only if there is something to list."""
    site, routes, locale = linker.site, linker.routes, linker.locale
    if site.corrected:
        essays = (CorrectedEssay(linker.part(essay), corrections(essay, locale)) for essay in site.corrected)
        yield CorrectionsView(
            address=routes.page("CORRECTIONS"),
            essays=tuple(essays),
            title=locale.gettext("Corrections"),
            summary=locale.gettext("What essays of this site had wrong, and what is right."),
        )
    if site.cases:
        cases = (
            CaseLine(case.name, case.years, linker.part(essay), note_html(essay.content, case.note))
            for case, essay in site.cases
        )
        yield CasesView(
            address=routes.page("CASES"),
            cases=tuple(cases),
            # translators: real events that essays argue from
            title=locale.gettext("Cases"),
            summary=locale.gettext("Every case that the essays argue from, with its year and its source."),
        )


def register_links(linker: Linker) -> Iterator[Link]:
    """Yield links to the pages of `registers` that the site has."""
    site, routes, locale = linker.site, linker.routes, linker.locale
    if site.corrected and routes.page("CORRECTIONS").path:
        yield Link(routes.page("CORRECTIONS").url, locale.gettext("Corrections"))
    if site.cases and routes.page("CASES").path:
        yield Link(routes.page("CASES").url, locale.gettext("Cases"))


def corrections(essay: Essay, locale: Locale) -> tuple[CorrectionLine, ...]:
    """Return the corrections of `essay` as pages show them, the newest first."""
    newest_first = sorted(essay.corrections, key=lambda each: each.day, reverse=True)
    return tuple(CorrectionLine(known_day(each.day, locale), each.wrong, each.right) for each in newest_first)


def note_html(html: str, label: str) -> str:
    """Return the HTML of the footnote `label` in `html` without the link back to its mark; empty if there is none."""
    _, begins, rest = html.partition(f'<li id="fn:{label}">')
    if not label or not begins:
        return ""
    note = re.split(r'</li>\s*(?:<li id="fn:|</ol>\s*</div>)', rest, maxsplit=1)[0]
    note = _WAY_BACK.sub("", note).replace("<p></p>", "").strip()
    paragraph = _ONE_PARAGRAPH.fullmatch(note)
    return paragraph[1] if paragraph else note
