"""Former addresses: a page that sends on, and the same in the words of each host."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SiteTest, a_manuscript
from essay_series import checks, hosts
from essay_series.hosts import Hosting
from essay_series.l10n import ENGLISH, Locale
from essay_series.l10n.tags import LangString
from essay_series.routes import file_at
from essay_series.sources.published import Published

ROOT = "https://e.example"
FOLDER = f"{ROOT}/a%20b"
NAMES = ("a", "b", "c", "d")
ALIASES = st.lists(st.sampled_from((*NAMES, "/essays/a/", "/essays/b", "/old.html", "/old", "/old/")), max_size=3)


def essay(slug: str, aliases: str = "") -> dict[str, str]:
    """Return the source of an essay with former slugs and addresses."""
    line = f"Aliases: {aliases}\n" if aliases else ""
    return {f"essays/{slug}.md": f"Title: The {slug}\nDate: 2009-04-01\n{line}\nText.\n"}


def redirecting(slug: str, aliases: str) -> Hosting:
    """Return what hosts must know of a site of one essay that has former addresses."""
    return hosts.hosting(a_manuscript(essay(slug, aliases), root=ROOT))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/essays/one/", "essays/one/index.html"),
        ("/", "index.html"),
        ("/2009/one.html", "2009/one.html"),
        ("/2009/one", "2009/one/index.html"),
        ("/v1.2/one.php", "v1.2/one.php/index.html"),
        ("/l%C3%A2cher/", "lâcher/index.html"),
        ("/?p=12", ""),
        ("/a/%2e%2e/%2e%2e/etc", ""),
    ],
)
def test_an_address_has_the_file_that_hosts_look_for(address, path):
    """The file for an address is where static hosts look for it, and never outside the site."""
    assert file_at(address) == path


def test_a_redirect_page_has_its_language_and_that_of_the_title():
    """It has the direction of its language, and marks a title in another language."""
    page = hosts.redirect_pages({"/old/": "/b/"}, {"/b/": LangString("Peace", "en")}, (), ROOT, Locale("he"))
    text = page["old/index.html"].decode()
    assert '<html lang="he" dir="rtl">' in text
    assert '<h1><bdi lang="en" dir="ltr">Peace</bdi></h1>' in text


def test_a_redirect_page_leads_to_the_present_address():
    """It shows the title, refreshes at once, has a link and a canonical address, and runs no script."""
    page = hosts.redirect_pages({"/old/": "/essays/ça/"}, {"/essays/ça/": "Fire & <ice>"}, (), ROOT, ENGLISH)
    text = page["old/index.html"].decode()
    assert '<html lang="en">' in text
    assert "<title>Fire &amp; &lt;ice&gt;</title>" in text
    assert '<meta http-equiv="refresh" content="0; url=/essays/%C3%A7a/">' in text
    assert '<link rel="canonical" href="https://e.example/essays/%C3%A7a/">' in text
    assert '<a href="/essays/%C3%A7a/">Fire &amp; &lt;ice&gt;</a>' in text
    assert "<script" not in text


def test_a_redirect_page_of_a_preview_is_relative_to_its_root():
    """Without the URL of the site it has no canonical address."""
    text = hosts.redirect_pages({"/old/": "/essays/one/"}, {}, (), "", ENGLISH)["old/index.html"].decode()
    assert 'content="0; url=/essays/one/"' in text
    assert "canonical" not in text


def test_redirects_of_a_site_in_a_folder_name_the_folder():
    """Pages and the files for Netlify, nginx and Caddy name it in the old and in the new address."""
    manuscript = a_manuscript(essay("one", "/old/"), root=FOLDER)
    facts = hosts.hosting(manuscript)
    page = hosts.redirect_pages(Published.of(manuscript).redirects, {}, (), FOLDER, ENGLISH)["old/index.html"].decode()
    assert 'content="0; url=/a%20b/essays/one/"' in page
    assert f'<link rel="canonical" href="{FOLDER}/essays/one/">' in page
    made, servers = hosts.netlify_files(facts), hosts.server_configs(facts)
    assert "/a%20b/old/ /a%20b/essays/one/ 301\n" in made["_redirects"].decode()
    assert "\n/a%20b/*\n" in made["_headers"].decode()
    assert 'location = "/a b/old/" { return 301 "/a%20b/essays/one/"; }' in servers["nginx.conf"]
    assert '"/a b/old/" "/a%20b/essays/one/"' in servers["Caddyfile"]


def test_two_sites_on_one_server_have_their_own_variables():
    """Variables of nginx are global, so their names have the host and the folder."""
    roots = ("https://e.example", "https://e.example/b", "https://f.example")
    told = [hosts.server_configs(hosts.hosting(a_manuscript({}, root=root)))["nginx.conf"] for root in roots]
    names = [set(re.findall(r"^map \$uri (\$\w+)", text, re.MULTILINE)) for text in told]
    assert all(names)
    assert len(set.union(*names)) == sum(map(len, names))


def test_no_redirect_page_replaces_a_file():
    """A path that is in use gets no redirect page."""
    assert hosts.redirect_pages({"/old": "/essays/one/"}, {}, {"old/index.html"}, ROOT, ENGLISH) == {}


@given(st.dictionaries(st.sampled_from(NAMES), ALIASES))
def test_no_redirect_leads_to_a_redirect(declared):
    """If no check reports the aliases, each leads to a page that exists: there are no chains and no loops."""
    files = {path: text for slug, aliases in declared.items() for path, text in essay(slug, ", ".join(aliases)).items()}
    manuscript = a_manuscript(files)
    if checks.run(manuscript):
        return
    published = Published(manuscript)
    assert set(published.redirects.values()) <= published.addresses
    assert not published.redirects.keys() & published.addresses
    pages = {place.path for place in published.places}
    assert all(file_at(then) not in pages or file_at(now) == file_at(then) for then, now in published.redirects.items())


def test_netlify_and_cloudflare_get_the_redirects_that_both_understand():
    """Each address is a line with a 301; addresses with a query, which the two write differently, are left out."""
    text = hosts.netlify_files(redirecting("one", "/l'été/, /old.html, /?p=12"))["_redirects"].decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == ["/l%27%C3%A9t%C3%A9/ /essays/one/ 301", "/old.html /essays/one/ 301"]


def test_server_configurations_have_redirects_and_removed_addresses():
    """Servers nginx and Caddy answer each former address, also with a query, and each removed one."""
    record = 'authority = "e.example,2009"\n[addresses]\n"/lost/" = { first = "2009-04-01", gone = "2010-01-01" }\n'
    files = essay("one", '/a "b"/, /?p=12') | {"published.toml": record}
    written = hosts.server_configs(hosts.hosting(a_manuscript(files, root=ROOT)))
    nginx, caddy = written["nginx.conf"], written["Caddyfile"]
    assert 'location = "/a \\"b\\"/" { return 301 "/essays/one/"; }' in nginx
    assert 'if ($request_uri = "/?p=12") { return 301 "/essays/one/"; }' in nginx
    assert 'location = "/lost/" { return 410; }' in nginx
    assert re.search(r'^\t+"/a \\"b\\"/" "/essays/one/"$', caddy, re.MULTILINE)
    assert '"/?p=12" "/essays/one/"' in caddy
    assert '"/lost/" "410"' in caddy


def test_an_address_in_two_spellings_is_written_once():
    """Encoded or not, it is the same to a server, and nginx would not start with both."""
    written = hosts.server_configs(redirecting("one", "/a b/, /a%20b/"))
    assert all(text.count('"/a b/"') == 1 for text in written.values())


def test_a_removed_address_that_exists_again_is_not_gone():
    """An address that leads to a page again is not answered as removed."""
    record = 'authority = "e.example,2009"\n[addresses]\n"/old/" = { first = "2009-04-01", gone = "2010-01-01" }\n'
    assert hosts.hosting(a_manuscript(essay("one", "/old/") | {"published.toml": record})).gone == ()


def test_feeds_and_data_have_copies_and_no_redirects():
    """Many feed readers do not follow redirects, so former addresses of feeds and data have copies."""
    files = {
        "essays/one.md": "Title: One\nDate: 2009-04-01\nSeries: turnings\n\nText.\n",
        "series/turnings.md": "Title: Turnings\nAliases: turns\n\nText.\n",
    }
    assert hosts.hosting(a_manuscript(files)).redirects == {"/series/turns/": "/series/turnings/"}


def test_a_built_site_has_redirects(site: SiteTest):
    """A preview and a publication have pages and copies; a publication also has the files for hosts."""
    site.essay("one", Aliases="uno, /2009/one.html", Series="turnings")
    site.write("content/series/turnings.md", "Title: Turnings\nAliases: turns\n\nText.\n")
    preview, published = site.build(), site.publish(ROOT)
    assert (preview.code, published.code) == (0, 0), preview.said + published.said
    for built in (preview, published):
        assert "/essays/one/" in built.page("essays/uno/index.html")
        assert "<title>One</title>" in built.page("2009/one.html")
        assert built.page("series/turns/ledger.json") == built.page("series/turnings/ledger.json")
    assert "_redirects" not in preview.files()
    assert "/essays/uno/ /essays/one/ 301\n" in published.page("_redirects")
    assert "server_name e.example;" in (site.folder / "deploy/nginx.conf").read_text()
    assert (site.folder / "deploy/Caddyfile").exists()


def test_a_file_of_the_authors_own_stays(site: SiteTest):
    """`_redirects` and a page at a former address that the author wrote are not replaced."""
    site.essay("one", Aliases="/old.html").write("content/extra/_redirects", "/x /y 302\n")
    site.write("content/extra/old.html", "By hand.\n")
    site.settings = "STATIC_PATHS = ['extra']\nEXTRA_PATH_METADATA = " + repr(
        {f"extra/{name}": {"path": name} for name in ("_redirects", "old.html")}
    )
    built = site.publish(ROOT)
    assert built.code == 0, built.said
    assert built.page("_redirects") == "/x /y 302\n"
    assert built.page("old.html") == "By hand.\n"
