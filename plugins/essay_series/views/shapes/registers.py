"""Views of the pages that list the corrections and the cases of all essays."""

from __future__ import annotations

from ...values import dataclass
from ..pieces import CaseLine, CorrectedEssay
from .base import View


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView(View):
    """The page that lists the corrections of all essays."""

    essays: tuple[CorrectedEssay, ...]
    """The most recently corrected first."""
    template: str = "corrections"
    section: str = "corrections"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesView(View):
    """The page that lists the cases on which essays base their arguments."""

    cases: tuple[CaseLine, ...]
    """The oldest first."""
    template: str = "cases"
    section: str = "cases"
