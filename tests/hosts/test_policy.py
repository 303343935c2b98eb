"""The content security policy: what pages may load and run, and that nothing else is."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from builders import SiteTest, a_manuscript
from essay_series import checks, hosts
from essay_series.hosts.policy import of_page, of_site, with_policy

ROOT = "https://e.example"
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def hashed(style: str) -> str:
    """Return the word of a policy that allows just `style`."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def directive(policy: str, name: str) -> list[str]:
    """Return what `policy` says of `name`."""
    found = [words[1:] for words in map(str.split, policy.split(";")) if words[0] == name]
    return found[0] if found else ["(as default-src)"]


def test_a_page_may_use_its_own_styles_and_no_others():
    """The policy has the hash of each style and style attribute of the page; a page without any allows none."""
    plain = of_page("<style>a{}</style>", (), https=True)
    assert directive(plain, "style-src") == [hashed("a{}")]
    styled = of_page('<style>a{}</style><style>a{}</style><td style="color: &quot;x&quot;">', (), https=True)
    assert directive(styled, "style-src") == ["'unsafe-hashes'", hashed("a{}"), hashed('color: "x"')]
    assert directive(of_page("<p>style=</p>", (), https=True), "style-src") == ["(as default-src)"]
    odd = of_page("<td title='a > b' STYLE=color:red>", (), https=True)
    assert directive(odd, "style-src") == ["'unsafe-hashes'", hashed("color:red")]


def test_everything_is_forbidden_by_default():
    """No form is sent, no base is set, and only https is upgraded."""
    policy = of_page("", (), https=True)
    assert directive(policy, "default-src") == ["'none'"]
    assert directive(policy, "base-uri") == directive(policy, "form-action") == ["'none'"]
    assert "script-src" not in policy
    assert "upgrade-insecure-requests" in policy
    assert "upgrade-insecure-requests" not in of_page("", (), https=False)


def test_a_declared_host_is_allowed_for_what_the_page_loads_from_it():
    """The host of a frame may fill frames but not load images or scripts; an undeclared host may load nothing."""
    page = '<iframe src="https://video.example/1"></iframe><img src="https://other.example/a.png">'
    policy = of_page(page, {"video.example"}, https=True)
    assert directive(policy, "frame-src") == ["https://video.example"]
    assert directive(policy, "img-src") == ["'self'", "data:"]
    assert "script-src" not in policy
    assert "other.example" not in policy


def test_the_header_of_the_site_forbids_framing():
    """A page cannot forbid this in a meta element; feeds may use their style sheet."""
    policy = of_site((), https=True)
    assert directive(policy, "frame-ancestors") == ["'none'"]
    assert "'self'" in directive(policy, "style-src")
    assert "script-src" not in policy


def test_the_policy_is_after_the_encoding_and_before_the_styles():
    """A browser knows the policy before it loads anything."""
    page = with_policy('<head><meta charset="utf-8"><style>a{}</style></head>', (), https=True)
    assert page.index("charset") < page.index("Content-Security-Policy") < page.index("<style>")


def test_a_page_of_the_preview_has_no_policy(site: SiteTest):
    """The preview runs a script that reloads pages."""
    site.essay("one", "Text.[^a]\n\n| a |\n|--:|\n| b |\n\n[^a]: Note.")
    built = site.build()
    assert built.code == 0, built.said
    policy = META.search(built.page("essays/one/index.html"))[1]
    assert len([word for word in directive(policy, "style-src") if word.startswith("'sha256-")]) == 3
    site.settings = "PREVIEW = True\n"
    assert not META.search(site.build().page("essays/one/index.html"))


def test_a_site_without_declared_hosts_has_no_policy(bare_site: SiteTest):
    """It may run scripts; neither its pages nor its host send a policy."""
    bare_site.settings += f"SITEURL = '{ROOT}'\n"
    built = bare_site.essay("one", "<script>x</script>").build()
    assert built.code == 0, built.said
    assert "Content-Security-Policy" not in built.published()
    assert "nosniff" in built.page("_headers")


def test_a_declared_host_passes_the_checks():
    """Only https is allowed."""
    text = 'Title: A\nDate: 2009-04-01\n\n<iframe src="{0}://v.example/1"></iframe><script src="{0}://v.example/2">\n'
    for scheme, wrong in (("https", 0), ("http", 3)):
        manuscript = a_manuscript({"essays/a.md": text.format(scheme)}, allowed_hosts=frozenset({"v.example"}))
        assert len(checks.run(manuscript)) == wrong


def test_the_headers_are_the_same_on_every_host():
    """Netlify's file, nginx's and Caddy's send the same policy and the same other headers."""
    facts = hosts.hosting(a_manuscript({"essays/a.md": "Title: A\nDate: 2009-04-01\n\nText.\n"}, root=ROOT))
    texts = [hosts.netlify_files(facts)["_headers"].decode(), *hosts.server_configs(facts).values()]
    for text in texts:
        assert of_site((), https=True) in text
        assert "nosniff" in text
        assert "strict-origin-when-cross-origin" in text
        assert "Strict-Transport-Security is yours" in text
    assert "/feeds/all.opml\n  Content-Type: application/xml\n" in texts[0]
