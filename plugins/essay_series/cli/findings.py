"""The findings of a check as text, JSON, GitHub annotations or SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from ..checks import Problem
from ..package import NAME
from ..values import dataclass
from .terminal import counted

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its severity."""

    problem: Problem
    severity: Severity

    @property
    def sentence(self) -> str:
        """The message and its cure."""
        return f"{self.problem.message}. {self.problem.hint}"


def exit_status(findings: Iterable[Finding], *, strict: bool) -> int:
    """Return the exit status of a command that found `findings`: 1 for errors and, if `strict`, for warnings."""
    return int(any(strict or each.severity == "error" for each in findings))


def as_text(findings: Sequence[Finding], _: Mapping[str, str]) -> str:
    """Return a line for each finding, and a last one with their number."""
    lines = [
        f"{p.path}:{p.line}:{p.column}: {each.severity}: {p.message} [{p.code}]. {p.hint}"
        for each in findings
        for p in (each.problem,)
    ]
    errors = sum(each.severity == "error" for each in findings)
    return "\n".join([*lines, f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}."])


def as_json(findings: Sequence[Finding], _: Mapping[str, str]) -> str:
    """Return a JSON array of objects with path, line, column, severity, code, message and hint."""
    return json.dumps([_plain(each) for each in findings], ensure_ascii=False, indent=1)


def _plain(each: Finding) -> dict[str, Any]:
    p = each.problem
    place = {"path": p.path, "line": p.line, "column": p.column}
    return {**place, "severity": each.severity, "code": p.code, "message": p.message, "hint": p.hint}


def as_github(findings: Sequence[Finding], _: Mapping[str, str]) -> str:
    """Return workflow commands of GitHub Actions, which annotate the lines of a pull request."""
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
    """Return a log in SARIF 2.1.0 (OASIS); `rules` holds the meaning of each code."""
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
        location = {"artifactLocation": {"uri": p.path}, "region": region}
        yield {
            "ruleId": p.code,
            "level": each.severity,
            "message": {"text": each.sentence},
            "locations": [{"physicalLocation": location}],
        }


FORMATS: Mapping[str, Callable[[Sequence[Finding], Mapping[str, str]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
