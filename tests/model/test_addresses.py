"""The addresses that texts have before Pelican has read them: Pelican's own, whatever its settings are."""

from __future__ import annotations

import pytest
from pelican import signals
from pelican.settings import DEFAULT_CONFIG

from essay_series.adapter.settings.config import complete, config_from
from essay_series.config import SettingsError
from essay_series.model import NOWHERE, Address
from essay_series.routes import UnknownWordError

WRITTEN = {"title": "One", "date": "2009-04-01"}


def config(**settings):
    """Return what we know of Pelican's own settings, with `settings`."""
    every = {**DEFAULT_CONFIG, "PATH": "/content", "AUTHOR": "Anna Beck", **settings}
    complete(every)
    return config_from(every)


def url(path: str = "essays/one.md", kind: str = "essay", settings: dict | None = None, **written: str) -> str:
    """Return the address of a text."""
    return config(**settings or {}).address(kind, path, {**WRITTEN, **written}).url


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{category}/{slug}.html", "essays/one.html"),
        ("{author}/{slug}.html", "anna-beck/one.html"),
        ("{date:%Y}/{date:%m}/{slug}/", "2009/04/one/"),
        ("{path}.html", "essays/one.md.html"),
        ("{mood}/{slug}", "calm/one"),
        ("{year}/{slug}", "2011/one"),
        ("{slug}-{lang}", "one-en"),
    ],
)
def test_every_word_that_pelican_fills_in_is_filled_in(pattern, expected):
    """Category, author, date, path, keys of one's own and words of the settings stand in addresses as in Pelican's."""
    settings = {"ARTICLE_URL": pattern, "ARTICLE_SAVE_AS": "{slug}", "DEFAULT_METADATA": {"year": 2011}}
    assert url(settings=settings, mood="calm") == expected


def test_words_of_a_path_and_a_file_name_are_known():
    """What PATH_METADATA and FILENAME_METADATA say of a file is as good as its front matter."""
    settings = {
        "ARTICLE_URL": "{room}/{date:%d}/{slug}/",
        "PATH_METADATA": r"essays/(?P<room>[^/]*)/.*",
        "FILENAME_METADATA": r"(?P<date>\d{4}-\d\d-\d\d)-(?P<slug>.*)",
    }
    there = config(**settings)
    assert there.address("essay", "essays/blue/2009-04-07-two.md", {}).url == "blue/07/two/"
    assert there.inherited("essays/blue/2009-04-07-two.md")["room"] == "blue"


def test_words_of_the_settings_for_a_path_are_known(tmp_path):
    """What EXTRA_PATH_METADATA says of a file or of its folder is as good as its front matter."""
    (tmp_path / "essays").mkdir()
    (tmp_path / "essays/one.md").touch()
    settings = {"PATH": str(tmp_path), "ARTICLE_URL": "{shelf}", "EXTRA_PATH_METADATA": {"essays": {"shelf": "top"}}}
    assert url(settings=settings) == "top"


def test_a_language_has_the_address_that_pelican_makes_of_it():
    """The site's language has the plain pattern; another stands in its address as its author wrote it."""
    assert url(lang="en") == "one.html"
    assert [url(lang=lang) for lang in ("fr", "pt-br", "pt-BR")] == ["one-fr.html", "one-pt-br.html", "one-pt-BR.html"]


def test_drafts_hidden_ones_and_pages_have_the_patterns_of_their_own():
    """A draft lies where drafts lie, even if it names its address of later; pages lie where pages do."""
    assert url(status="draft", save_as="x.html", url="x.html") == "drafts/one.html"
    assert url(status="draft", lang="fr") == "drafts/one-fr.html"
    assert url(status="hidden") == "one.html"
    assert url("pages/one.md", "page") == "pages/one.html"
    assert url("pages/one.md", "page", lang="fr") == "pages/one-fr.html"
    own = {**WRITTEN, "save_as": "x/index.html", "url": "x/"}
    assert config().address("essay", "a.md", own) == Address("x/index.html", "x/")


def test_a_draft_without_a_date_has_an_address():
    """Pelican dates it on the last possible day."""
    settings = {"DRAFT_URL": "{date:%Y}/{slug}", "DRAFT_SAVE_AS": "{slug}"}
    assert config(**settings).address("essay", "a.md", {"title": "A", "status": "draft"}).url == "9999/a"


def test_a_kind_of_text_can_be_switched_off():
    """An empty output path means that there is no page and no address."""
    assert config(ARTICLE_SAVE_AS="").address("essay", "a.md", WRITTEN) == NOWHERE


@pytest.mark.parametrize("pattern", ["{mood}/{slug}", "{author.slug}", "{}/{slug}", "{slug", "{date:%Y}{date.era}"])
def test_a_placeholder_without_a_value_is_an_error(pattern):
    """The error names the placeholder."""
    with pytest.raises(UnknownWordError, match=r"\w"):
        url(settings={"ARTICLE_URL": pattern})


@pytest.mark.parametrize("pattern", ["series/{category}/", "series/{}/", "series/{slug", "{slug.x}"])
def test_a_pattern_of_ours_that_nothing_can_fill_in_is_told_with_its_words(pattern):
    """A mistake in a setting of the plugin's own names the setting and the words that it may hold."""
    with pytest.raises(SettingsError, match=r"^SERIES_URL: .* It may use: \{slug\}\.$"):
        config(SERIES_URL=pattern)


def test_finding_an_address_sends_no_signal():
    """Plugins get no signal of the temporary object, and still get those of a build."""
    heard = []
    signals.content_object_init.connect(heard.append, weak=False)
    try:
        url()
    finally:
        signals.content_object_init.disconnect(heard.append)
    assert heard == []
    assert not signals.content_object_init.is_muted


def test_an_unreadable_date_still_gives_an_address():
    """A check reports the date."""
    assert url(date="2009-13-45") == "one.html"


def test_what_a_file_inherits_is_not_missing():
    """A title and any other key may come from the settings or the file's name, as a date may."""
    there = config(DEFAULT_METADATA={"title": "Unnamed", "side": "cost"}, FILENAME_METADATA=r"(?P<title>[a-z]+)")
    inherited = there.inherited("essays/named.md")
    assert (inherited["title"], inherited["side"]) == ("named", "cost")
