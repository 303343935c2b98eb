"""Errors in templates are reported with file, line and hint."""

from __future__ import annotations

import pytest
from jinja2 import Environment, FileSystemLoader

from builders import SiteTest
from essay_series.adapter.errors import template_error

WRONG = {
    "{{ missing.name }}": "'missing' is undefined",
    "{{ page.nothing.more }}": "has no attribute 'nothing'",
    '{% include "absent.html" %}': "there is no template absent.html",
    "{{ 1 + 'one' }}": "unsupported operand",
    "{{ [1, 2][0:2:0] }}": "slice step cannot be zero",
    "{{ page.nothing() }}": "has no attribute 'nothing'",
    "{{ 1 | unknown }}": "No filter named 'unknown'",
    "{% if %}": "Expected an expression",
}


def error_of(folder, text, **filters) -> Exception:
    """Return the exception of rendering a template whose third line is `text`."""
    (folder / "page.html").write_text(f"<p>\n\n{text}\n", encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True)
    environment.filters |= filters
    with pytest.raises(Exception) as caught:  # noqa: PT011 - of any kind
        environment.get_template("page.html").render(page=object())
    return caught.value


@pytest.mark.parametrize("text", WRONG)
def test_an_error_in_a_template_is_reported_with_its_line(tmp_path, monkeypatch, text):
    """Each kind of error is reported with the path and line of the template."""
    monkeypatch.chdir(tmp_path)
    message = template_error(error_of(tmp_path, text))
    assert message.startswith("page.html:3: ")
    assert WRONG[text] in message


def test_an_error_in_our_code_keeps_its_traceback(tmp_path):
    """An exception of a filter that a template calls keeps its traceback, since the template is right."""
    assert template_error(error_of(tmp_path, "{{ 'x' | broken }}", broken=lambda text: text + 1)) is None
    assert template_error(ValueError("elsewhere")) is None


@pytest.mark.site
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_build_ends_without_a_traceback(tmp_path, workers):
    """A wrong name in a theme ends the build with one line, also if a worker renders the page."""
    settings = "THEME_TEMPLATES_OVERRIDES.insert(0, 'own')\n"
    site = SiteTest(tmp_path, settings, environment={"BUILD_WORKERS": workers}).sample()
    block = "{% block content %}{{ nothing.at_all }}{% endblock %}"
    site.write("own/article.html", f"{{% extends '!theme/article.html' %}}\n{block}\n")
    build = site.build()
    said = build.said
    assert build.code == 1
    assert "own/article.html:2: 'nothing' is undefined. Correct the template." in said
    assert "Traceback" not in said
