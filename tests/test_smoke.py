def test_smoke(site):
    b = site.essay("one", Series="x", Side="cost").build()
    print(b.said)
    assert b.code == 0
    assert "cost" in b.page("series/x/index.html")

def test_bare(bare_site):
    b = bare_site.write("content/one.md", "Title: One\nDate: 2009-01-01\nSeries: x\nTags: b\n\nText\n").build()
    print(b.said, sorted(b.files()))
    assert b.code == 0
