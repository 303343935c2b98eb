"""Findings as people, editors and CI services read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from ..checks import Problem
from ..days import noun
from ..package import NAME
from ..values import dataclass

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, and whether it is a mistake or only advice."""

    problem: Problem
    severity: Severity

    @property
    def sentence(self) -> str:
        """The message and its cure."""
        return f"{self.problem.message}. {self.problem.hint}"


def as_text(findings: Sequence[Finding], rules: Mapping[str, str]) -> str:  # noqa: ARG001 - one form of four
    """Return a line for each finding, and their sum."""
    lines = [
        f"{p.path}:{p.line}:{p.column}: {each.severity}: {p.message} [{p.code}]. {p.hint}"
        for each in findings
        for p in (each.problem,)
    ]
    errors = sum(each.severity == "error" for each in findings)
    return "\n".join([*lines, f"{_counted(errors, 'error')}, {_counted(len(findings) - errors, 'warning')}."])


def _counted(number: int, what: str) -> str:
    return f"{number} {noun(number, what)}"


def as_json(findings: Sequence[Finding], rules: Mapping[str, str]) -> str:  # noqa: ARG001 - likewise
    """Return a list of objects with path, line, column, severity, code, message and hint."""
    return json.dumps([_plain(each) for each in findings], ensure_ascii=False, indent=1)


def _plain(each: Finding) -> dict[str, Any]:
    p = each.problem
    place = {"path": p.path, "line": p.line, "column": p.column}
    return {**place, "severity": each.severity, "code": p.code, "message": p.message, "hint": p.hint}


def as_github(findings: Sequence[Finding], rules: Mapping[str, str]) -> str:  # noqa: ARG001 - likewise
    """Return GitHub's workflow commands, by which findings stand beside the lines of a change."""
    return "\n".join(
        f"::{each.severity} file={_property(p.path)},line={p.line},col={p.column},title={_property(p.code)}"
        f"::{_data(each.sentence)}"
        for each in findings
        for p in (each.problem,)
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(findings: Sequence[Finding], rules: Mapping[str, str]) -> str:
    """Return a log in SARIF 2.1.0 (OASIS), with what each code means as its help.

    Args:
        findings: what was found.
        rules: what each code means.

    """
    codes = sorted({each.problem.code for each in findings})
    driver = {
        "name": NAME,
        "rules": [{"id": code, "fullDescription": {"text": rules.get(code, code)}} for code in codes],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": list(_results(findings))}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _results(findings: Iterable[Finding]) -> Iterable[dict[str, Any]]:
    for each in findings:
        p = each.problem
        region = {"startLine": p.line, "startColumn": p.column}
        place = {"artifactLocation": {"uri": p.path}, "region": region}
        yield {
            "ruleId": p.code,
            "level": each.severity,
            "message": {"text": each.sentence},
            "locations": [{"physicalLocation": place}],
        }


FORMATS: Mapping[str, Callable[[Sequence[Finding], Mapping[str, str]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
