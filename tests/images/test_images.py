"""Images in texts: how large they are, which sizes and formats readers may choose from, and what nobody gets to see."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from builders import SiteTest
from essay_series.images.cache import ImageCache
from essay_series.images.markup import illustrated
from essay_series.images.picture import Picture, Source, measured
from essay_series.images.sizes import made_of
from images.photos import a_photo

ROOT = "https://e.example"
WIDTHS = [480, 800]


def shown(html: str, picture: Picture | None) -> str:
    """Return a text of a site at `ROOT` whose images are all `picture`."""
    return illustrated(html, ROOT, lambda _: picture, "50vw", lambda text: f"«{text}»")


AN_IMAGE = f'<img alt="A &amp; b" src="{ROOT}/images/a.jpg">'


def test_an_image_has_its_dimensions_and_is_decoded_asynchronously():
    """The text does not move when the image has loaded; the alternative text stays."""
    html = shown(f"<p>See {AN_IMAGE} there.</p>", Picture(1000, 600))
    assert html == (
        f'<p>See <img decoding="async" width="1000" height="600" alt="A &amp; b" src="{ROOT}/images/a.jpg"> there.</p>'
    )


def test_only_images_below_the_first_screen_are_loaded_lazily():
    """An image after few words is loaded at once, one after many words when it comes near."""
    assert "lazy" not in shown(f"<p>{'word ' * 100}{AN_IMAGE}</p>", Picture(1, 1))
    assert 'loading="lazy"' in shown(f"<p>{'word ' * 200}{AN_IMAGE}</p>", Picture(1, 1))


def test_an_image_alone_with_a_title_is_a_figure():
    """The title is the caption, as plain text that is typeset; without a title, or beside words, there is no figure."""
    titled = AN_IMAGE.replace("src", 'title="A <b> & c" src').replace("<b>", "&lt;b&gt;").replace("& c", "&amp; c")
    figure = shown(f"<p>{titled}</p>", Picture(1, 1))
    assert figure.startswith("<figure><img ")
    assert figure.endswith("><figcaption>«A <b> & c»</figcaption></figure>")
    assert "title=" not in figure
    assert "<figure>" not in shown(f"<p>{AN_IMAGE}</p>", Picture(1, 1))
    assert "<figure>" not in shown(f"<p>See {titled}</p>", Picture(1, 1))


def test_a_browser_can_choose_format_and_width():
    """Each format has its widths as host-relative addresses; the image itself is the fallback."""
    sources = (Source("image/avif", (("sizes/a b-480.1.avif", 480), ("sizes/a b-800.1.avif", 800))),)
    html = shown(f"<p>{AN_IMAGE}</p>", Picture(1000, 600, sources))
    assert 'srcset="/sizes/a%20b-480.1.avif 480w, /sizes/a%20b-800.1.avif 800w" sizes="50vw"' in html
    assert html.index("<picture><source") < html.index("<img") < html.index("</picture>")


@pytest.mark.parametrize("source", ["https://e.example/in/a.png", "/in/a.png"], ids=["whole", "below-the-host"])
def test_an_image_of_a_site_in_a_folder_is_known(source):
    """It is found by either form of its address, and its other sizes are in the folder too."""
    picture = Picture(9, 9, (Source("image/avif", (("sizes/a.avif", 480),)),))
    html = illustrated(f'<img alt="" src="{source}">', f"{ROOT}/in", {"a.png": picture}.get, "50vw", str)
    assert 'srcset="/in/sizes/a.avif 480w"' in html
    assert illustrated('<img alt="" src="/a.png">', f"{ROOT}/in", {"a.png": picture}.get, "50vw", str).count("<") == 1


@pytest.mark.parametrize(
    "html",
    [
        '<p><img alt="x" src="https://other.example/images/a.jpg"></p>',
        f"<picture><source>{AN_IMAGE}</picture>",
        f"<!-- {AN_IMAGE} -->",
        "<p>No image.</p>",
    ],
)
def test_other_images_stay_unchanged(html):
    """Images of other sites, a picture element of the author and comments are not changed."""
    assert shown(html, Picture(1, 1)) == html


def test_attributes_of_the_author_stay():
    """A width or a way of loading in the text stays, and no second one is added."""
    html = shown(f'<img width="50" loading="eager" alt="" src="{ROOT}/a.png">' + "w " * 300, Picture(9, 9))
    assert html.count("width=") == html.count("loading=") == 1
    assert "height" not in html


def test_dimensions_follow_the_orientation_of_the_camera():
    """A photo with an EXIF orientation is measured upright; a file that is not an image has no dimensions."""
    assert measured(a_photo(turned=True)) == Picture(600, 1000)
    assert measured(a_photo()) == Picture(1000, 600)
    assert measured(b"\xff\xd8 sketch") is None


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_file_has_metadata_of_the_camera(form):
    """No format and no size has the camera or the location, and all are upright."""
    made = made_of("a.jpg", a_photo(form=form, noted=True, turned=True), WIDTHS)
    for data in (made.clean, *made.files.values()):
        with Image.open(BytesIO(data)) as image:
            assert not image.getexif()
            assert image.height > image.width
        assert b"Secretive" not in data
    with Image.open(BytesIO(made.clean)) as image:
        assert (image.format, image.size) == (form, (600, 1000))


def test_an_image_without_metadata_stays_unchanged():
    """Its bytes are the same."""
    assert made_of("a.jpg", a_photo(), WIDTHS).clean == a_photo()


def test_no_size_is_larger_than_the_image():
    """A small image is offered in its own width, a large one in those that are asked for."""
    for width, expected in ((300, ["300"]), (600, ["480", "600"]), (1000, ["480", "800"])):
        made = made_of("a.jpg", a_photo(width), WIDTHS)
        assert sorted({re.search(r"-(\d+)\.", path)[1] for path in made.files}) == expected
        assert {Path(path).suffix for path in made.files} == {".avif", ".webp"}


def test_an_animation_has_no_other_sizes():
    """It is not resized."""
    data = BytesIO()
    frames = [Image.new("RGB", (9, 9), (shade, 0, 0)) for shade in (0, 99)]
    frames[0].save(data, "WEBP", save_all=True, append_images=frames[1:])
    assert made_of("a.webp", data.getvalue(), WIDTHS) is None


def test_the_same_image_gives_the_same_bytes():
    """Made twice, each file has the same bytes and a name with a digest of the image."""
    first, second = (made_of("a.jpg", a_photo(), WIDTHS) for _ in range(2))
    assert first == second
    other = made_of("a.jpg", a_photo(999), WIDTHS)
    assert not first.files.keys() & other.files.keys()


def test_files_of_images_are_cached(tmp_path):
    """A later build reads them from the cache, makes damaged ones again, and removes unused ones."""
    made = ImageCache(tmp_path / "images").made_of("a.jpg", a_photo(), WIDTHS)
    [archive] = (tmp_path / "images").iterdir()
    before = archive.stat().st_mtime_ns
    assert ImageCache(tmp_path / "images").made_of("a.jpg", a_photo(), WIDTHS) == made
    assert archive.stat().st_mtime_ns == before
    whole = archive.read_bytes()
    archive.write_bytes(whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])
    later = ImageCache(tmp_path / "images")
    assert later.made_of("a.jpg", a_photo(), WIDTHS) == made
    assert archive.read_bytes() == whole
    later.prune([archive.stem])
    assert archive.exists()
    later.prune([])
    assert not archive.exists()


@pytest.fixture
def illustrated_site(site: SiteTest) -> SiteTest:
    """Return a site with an essay that shows a photo, a draft that shows another, and a figure with a caption."""
    site.write("content/images/harbour.jpg", a_photo(noted=True)).write("content/images/attic.jpg", a_photo(500))
    site.essay("one", f'{"word " * 200}\n\n![A harbour]({{static}}/images/harbour.jpg "Seen from -- above")\n')
    return site.essay("draft", "![x]({static}/images/attic.jpg)", Status="draft")


def test_a_preview_has_dimensions_and_no_other_sizes(illustrated_site):
    """A plain build has width, height and caption, and encodes nothing."""
    built = illustrated_site.build()
    assert built.code == 0, built.said
    page = built.page("essays/one/index.html")
    assert 'loading="lazy" width="1000" height="600" alt="A harbour" src="/images/harbour.jpg">' in page
    assert "<figcaption>Seen from\N{NO-BREAK SPACE}\N{EM DASH}\N{THIN SPACE}above</figcaption>" in page or (
        "<figcaption>Seen from" in page
    )
    assert not [path for path in built.files() if path.startswith("sizes/")]


def test_a_publication_has_all_sizes_and_no_metadata(illustrated_site):
    """Every file that a page offers exists, none of a draft, and the photo has no metadata."""
    built = illustrated_site.publish(ROOT)
    assert built.code == 0, built.said
    files = built.files()
    page = built.page("essays/one/index.html")
    offered = set(re.findall(r"\W/(sizes/\S+)", page))
    assert offered == {path for path in files if path.startswith("sizes/")}
    assert len(offered) == 6
    assert not [path for path in files if "attic" in path]
    assert b"Secretive" not in files["images/harbour.jpg"]
    lines = built.page("_headers").splitlines()
    assert "immutable" in lines[lines.index("/sizes/*") + 1]


def test_a_feed_has_one_plain_image(illustrated_site):
    """Feeds have the image itself with its absolute address, in a figure with its caption."""
    built = illustrated_site.publish(ROOT)
    feed = built.page("feeds/all.atom.xml")
    assert re.search(rf'<figure><img[^<>]* src="{ROOT}/images/harbour.jpg"[^<>]*/>\s*<figcaption>', feed)
    assert "<picture" not in feed
    assert "<source" not in feed


def test_pages_follow_an_image_that_is_replaced(illustrated_site):
    """An incremental build after a photo was replaced is the same as one from nothing."""
    illustrated_site.settings = "IMAGE_WIDTHS = [480, 800]\n"
    illustrated_site.build()
    illustrated_site.write("content/images/harbour.jpg", a_photo(900, 900))
    usual = illustrated_site.build()
    assert 'height="900"' in usual.page("essays/one/index.html")
    clean = illustrated_site.build("--output", "clean", "--extra-settings", 'CACHE_PATH="cache-clean"')
    assert clean.code == 0, clean.said
    folder = illustrated_site.folder / "clean"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert usual.files() == files
