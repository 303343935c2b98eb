"""Cards, the pictures beside shared links: their texts, and that they can always be drawn."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from builders import PROJECT, a_couple, a_play, an_essay, views_of
from essay_series.cards.card import HEIGHT, WIDTH, Card, alt_of, card_of
from essay_series.cards.cover import Cover, draw_cover
from essay_series.cards.draw import draw
from essay_series.cards.letters import Face, block, legible
from essay_series.cards.matches import alight, row
from essay_series.cards.signs import balance, beams
from essay_series.look import look_of

LOOK = look_of(PROJECT / "theme")
CARD = Card("Turnings, part 2 of 4", "The price", "What is paid.", "A site", "cost", 2, 4)
PUBLISHED = "SITEURL = 'https://e.example'\nCARDS = True\n"


def cards(**facts) -> dict[str, Card | None]:
    """Return the card of each page of a site of a pair, by the page's template and title."""
    views = views_of(*a_couple(plays=("let-go",), **facts), plays=(a_play(),))
    return {
        f"{view.template} {view.title}".strip(): card_of(view, "A site", "About it.", str) for view in views.values()
    }


def test_a_card_shows_the_place_of_its_page():
    """A card shows series, part, side and entry of an essay, the parts of a series, and what a play belongs to."""
    found = cards(summary="In short.")
    assert found["article Price"] == Card(
        "turnings, part 1 of 2", "Price", "The price.", "A site", "cost", 1, 2, sign="cost"
    )
    assert found["ledger turnings"] == Card(
        "A series in 2 parts", "turnings", "", "A site", matches=2, costs=1, benefits=1
    )
    assert found["play Let go"] == Card("Playbook", "Let go", "", "A site", costs=1, benefits=1)
    assert found["index"] == Card("", "A site", "About it.", "")
    assert found["archives Archive"] is None


def test_a_card_has_an_alternative_text():
    """The alternative text is one or two sentences."""
    assert alt_of(CARD) == "Turnings, part 2 of 4, a cost: The price. What is paid."
    assert alt_of(replace(CARD, kicker="", side=None, text="")) == "The price."
    card = Card("Playbook", "Let go", "", "A site", costs=1, benefits=2)
    assert alt_of(card) == "Playbook: Let go. 1 cost, 2 benefits."


def test_a_hidden_essay_has_no_card():
    """A hidden essay has no card."""
    (view,) = (v for v in views_of(unlisted=(an_essay("one", status="hidden"),)).values() if v.template == "article")
    assert card_of(view, "A site", "", str) is None


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        replace(CARD, side="benefit", matches=60, lit=60),
        replace(CARD, title="Long words in a title " * 9, text="And a long sentence below it. " * 20),
        Card("", "A", "", "", costs=40, benefits=39),
        Card("", "A", "", ""),
    ],
)
def test_a_card_is_small(card):
    """The same card gives the same bytes, few of them, at 1200 by 630 pixels."""
    data = draw(card, LOOK)
    assert data == draw(card, LOOK)
    assert Image.open(BytesIO(data)).size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(data) <= 25_000


@pytest.mark.parametrize("title", ["Micro-revolutions", "Long words in a title " * 9])
def test_a_cover_shows_its_words_and_the_mark(title):
    """The same cover gives the same small file, with ink for each of its texts and for the mark, if there is one."""
    mark = look_of(PROJECT / "theme").mark["icon-512"]
    cover = Cover(title, "A sentence.", "A name", mark)
    data = draw_cover(cover, LOOK)
    assert data == draw_cover(cover, LOOK)
    assert Image.open(BytesIO(data)).size == (1200, 1800)
    assert len(data) <= 60_000
    fewer = (replace(cover, title="A"), replace(cover, text=""), replace(cover, name=""), replace(cover, mark=None))
    assert len({draw_cover(each, LOOK) for each in fewer} | {data}) == 5


def test_the_lit_match_is_at_the_part():
    """The flame has its own colour, and its position is that of the part."""
    flame = tuple(bytes.fromhex(LOOK.light["flame"][1:]))

    def where(card: Card) -> int:
        picture = Image.open(BytesIO(draw(card, LOOK))).convert("RGB")
        seen = [x for x in range(WIDTH) for y in range(480, HEIGHT) if picture.getpixel((x, y)) == flame]
        return min(seen)

    assert where(replace(CARD, lit=1)) < where(CARD) < where(replace(CARD, lit=4))


def test_a_balance_shows_a_sign_for_each_cost_and_benefit():
    """Signs of both sides have the same amount of ink, except the stroke of a plus, and no match is lit."""
    costs = [shape for shape in balance(2, 0, 900, 500) if shape.colour == "cost"]
    benefits = [shape for shape in balance(0, 2, 900, 500) if shape.colour == "benefit"]
    assert (len(costs), len(benefits)) == (2, 4)
    assert {shape.colour for shape in balance(3, 3, 900, 500)} == {"cost", "benefit", "rule", "ink"}


@pytest.mark.parametrize(
    ("outcome", "higher"), [("cost", "benefit"), ("benefit", "cost"), ("level", None), ("depends", None)]
)
def test_the_heavier_side_of_a_beam_is_down(outcome, higher):
    """The heavier end of a beam is lower, and equal ends are level."""
    height = {s.colour: sum(y for _, y in s.outline) / 4 for s in beams([outcome], 900, 500) if s.colour != "ink"}
    above = min(height, key=height.get) if abs(height["cost"] - height["benefit"]) > 1 else None
    assert above == higher


def test_the_card_of_a_ledger_shows_its_verdicts():
    """Verdicts are in the figure and in the alternative text."""
    card = Card("", "Turnings", "", "A site", costs=1, benefits=1, outcomes=("depends",))
    assert alt_of(card) == "Turnings. 1 cost, 1 benefit. 1 depends."
    assert draw(card, LOOK) != draw(replace(card, outcomes=("level",)), LOOK) != draw(replace(card, outcomes=()), LOOK)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u0160\u00e1rka\u2019s 1984", "S\u00e1rka\u2019s 1984"),
        ("Fire \U0001f525!", "Fire !"),
        ("a\u0308", "\u00e4"),
        ("\u05e9\u05dc\u05d5\u05dd and peace", ""),
        ("", ""),
    ],
)
def test_no_card_shows_the_sign_for_a_missing_letter(text, shown):
    """A letter without its accent may replace one that the font lacks; otherwise the text is left out."""
    assert legible(text, LOOK.fonts["semibold"]) == shown


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory):
    """Return a look whose fonts have two letters of Hebrew, which look like I and H."""
    font = TTFont(LOOK.fonts["regular"])
    for table in font["cmap"].tables:
        table.cmap |= {ord("\u05d0"): table.cmap[ord("I")], ord("\u05d1"): table.cmap[ord("H")]}
    file = tmp_path_factory.mktemp("fonts") / "hebrew.woff2"
    font.save(file)
    return replace(LOOK, fonts=dict.fromkeys(LOOK.fonts, file))


def test_a_card_may_run_from_right_to_left(hebrew):
    """Its text begins at the right margin, and its figure is on the left."""
    card = Card("", "\u05d0\u05d1\u05d1", "", "A site", matches=4, lit=2, from_right=True)
    latin = replace(card, title="HHI", from_right=False)
    words, figure = (0, 0, WIDTH, 440), (0, 450, WIDTH, HEIGHT)
    mine, other = (Image.open(BytesIO(draw(each, hebrew))).convert("RGB") for each in (card, latin))
    boxes = (ink_of(mine.crop(words)), ink_of(other.crop(words)))
    assert abs((WIDTH - boxes[0][2]) - boxes[1][0]) <= 6
    assert boxes[0][0] > WIDTH // 2
    assert mine.crop(boxes[0]).tobytes() == other.crop(boxes[1]).tobytes()
    flame = tuple(bytes.fromhex(LOOK.light["flame"][1:]))
    assert all(x < WIDTH // 2 for x, _ in places_of(flame, mine.crop(figure)))
    assert all(x > WIDTH // 2 for x, _ in places_of(flame, other.crop(figure)))


def test_a_book_whose_title_cannot_be_drawn_has_no_cover(hebrew):
    """A cover without the title would hide the one that a reading system shows."""
    title = "\u05d0\u05d1"
    assert draw_cover(Cover(title, "", "A"), LOOK) == b""
    assert draw_cover(Cover(title, "", "A", from_right=True), hebrew)


def test_letters_that_cannot_be_joined_are_not_drawn(monkeypatch, hebrew):
    """Without a library for text from right to left, such text is left out."""
    assert legible("\u05d0\u05d1", hebrew.fonts["regular"])
    monkeypatch.setattr("essay_series.cards.letters.can_shape", lambda: False)
    assert legible("\u05d0\u05d1", hebrew.fonts["regular"]) == ""
    assert legible("\u00e4", hebrew.fonts["regular"]) == "\u00e4"


def ink_of(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the box of all that is drawn."""
    paper = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    box = ImageChops.difference(picture, paper).getbbox()
    assert box
    return box


def places_of(colour: tuple[int, ...], picture: Image.Image) -> list[tuple[int, int]]:
    """Return the places of all pixels of one colour, of which there are some."""
    found = [(x, y) for x in range(picture.width) for y in range(picture.height) if picture.getpixel((x, y)) == colour]
    assert found
    return found


@given(st.lists(st.text("abcmw", min_size=1, max_size=9), min_size=1, max_size=30), st.integers(300, 1200))
def test_lines_fit_their_column(words, width):
    """Return the positions of all pixels of one colour, of which there are some."""
    set_ = block(" ".join(words), Face(LOOK.fonts["semibold"], 60), 1, (width, 4))
    assert all(set_.face.font.getlength(line) <= width + 1 for line in set_.lines)
    assert len(set_.lines) <= 4
    assert not set_.is_whole or " ".join(set_.lines).split() == words


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120), st.text(max_size=400), st.integers(0, 200))
def test_any_words_can_be_drawn(title, text, matches):
    """Any text makes a card: a long one, one from right to left, or one in letters that the font lacks."""
    drawn = draw(replace(CARD, title=title, text=text, matches=matches), LOOK)
    assert Image.open(BytesIO(drawn)).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    "title",
    [
        "W" * 400,
        "long words " * 60,
        "\u05e9\u05dc\u05d5\u05dd",
        "\u6c49\u5b57",
        "a\u0301\u200d\ud83d\udd25".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_the_margins_are_empty(title):
    """There is no ink in the margins, however long the title is."""
    picture = Image.open(BytesIO(draw(replace(CARD, title=title), LOOK))).convert("RGB")
    paper = picture.getpixel((0, 0))
    assert {picture.getpixel((x, y)) for x in (*range(40), *range(WIDTH - 40, WIDTH)) for y in range(0, HEIGHT, 3)} == {
        paper
    }


def test_a_published_page_names_its_card(site):
    """The card in a page's head is in the output, with its size and alternative text; a preview has none."""
    site.settings = PUBLISHED
    site.essay("one", Series="Turnings", Summary="In short.")
    build = site.build()
    assert build.code == 0, build.said
    head = build.page("essays/one/index.html")
    assert '<meta property="og:image" content="https://e.example/essays/one/index.card.png">' in head
    assert '<meta property="og:image:width" content="1200">' in head
    assert '<meta property="og:image:alt" content="Turnings: One. In short.">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head
    assert Image.open(BytesIO(build.files()["essays/one/index.card.png"])).size == (WIDTH, HEIGHT)
    site.settings = ""
    assert "og:image" not in site.build().page("essays/one/index.html")


def test_a_card_is_drawn_again_only_if_its_text_changes(site):
    """A new summary changes the card of that essay, and no other."""
    site.settings = PUBLISHED
    site.essay("one", Summary="In short.").essay("two", Summary="In short.")
    output = site.build().output
    before = {name: (output / f"essays/{name}/index.card.png").stat().st_ino for name in ("one", "two")}
    site.essay("one", Summary="In other words.")
    assert site.build().code == 0
    after = {name: (output / f"essays/{name}/index.card.png").stat().st_ino for name in ("one", "two")}
    assert (after["one"] != before["one"], after["two"]) == (True, before["two"])


def test_a_theme_without_a_look_has_no_cards(bare_site):
    """If the theme has no look, there are no cards, and no page names one."""
    bare_site.settings += PUBLISHED
    build = bare_site.essay("one").build()
    assert build.code == 0, build.said
    assert not [path for path in build.files() if path.endswith(".png")]


def test_a_single_match_is_lit():
    """A row of one match is one lit match."""
    burning = list(row(1, 1, 100, 50))
    assert burning == list(alight((92, 50), (1, 1)))
    assert [shape.colour for shape in burning] == ["ink", "flame"]
