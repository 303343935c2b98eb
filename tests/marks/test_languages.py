"""Quotation marks, apostrophes and blanks of each language, in sentences as authors type them."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.marks import set_marks

NARROW = "\N{NARROW NO-BREAK SPACE}"

SENTENCES = {
    "de": [
        ("""Er sagte: "Das ist 'gut'." Hans' Buch.""", "Er sagte: „Das ist ‚gut‘.“ Hans’ Buch."),
        ("'s ist 'ne Sache, ich hab's gewusst", "’s ist ’ne Sache, ich hab’s gewusst"),
        ("die '68er und Rock 'n' Roll", "die ’68er und Rock ’n’ Roll"),
        ("""der 27"-Monitor, "ein 24"-Bild", 5'10" groß""", "der 27″-Monitor, „ein 24″-Bild“, 5′10″ groß"),
        ('der Anti-"Held" ("so") – "ja" – nein', "der Anti-„Held“ („so“) – „ja“ – nein"),
        ('"Er sagte "ja" zu ihr."', "„Er sagte ‚ja‘ zu ihr.“"),
    ],
    "de-CH": [("\"gut\" und 'so', 10'000 Franken", "«gut» und ‹so›, 10’000 Franken")],
    "fr": [
        ("Non ! Vraiment ? Oui ; voici :", "Non~! Vraiment~? Oui~; voici~:"),
        ("Non! Vraiment? (Quoi?) Oui; voici: et puis", "Non~! Vraiment~? (Quoi~?) Oui~; voici~: et puis"),
        ('Il a dit "bonjour" et « salut », «adieu».', "Il a dit «~bonjour~» et «~salut~», «~adieu~»."),
        ('Il a dit " bonjour " hier.', "Il a dit «~bonjour~» hier."),
        ('"Non !" dit-il. Quoi… ?', "«~Non~!~» dit-il. Quoi…~?"),
        ("aujourd'hui, l'eau de l'\"Europe\"", "aujourd’hui, l’eau de l’«~Europe~»"),
        ("à 10:30, http://a.example/?b=1 ; voir :-) ou ;)", "à 10:30, http://a.example/?b=1~; voir :-) ou ;)"),
        ("Il dit \"c'est 'bon'\".", "Il dit «~c’est “bon”~»."),
    ],
    "fr-CH": [("\"Non\", dit-il: 'bien' !", "«~Non~», dit-il~: ‹~bien~›~!")],
    "fr-CA": [('"Non" ! Quoi? Voici: oui', "«~Non~»~! Quoi? Voici~: oui")],
    "es": [
        ('"¿Qué?", dijo. ¡"Hola"!', "«¿Qué?», dijo. ¡«Hola»!"),
        ("\"Dijo 'no' y se fue\"", "«Dijo “no” y se fue»"),
    ],
    "it": [
        ("L'\"Europa\" e un po' d'amore", "L’«Europa» e un po’ d’amore"),
        ("la 'ndrangheta negli anni '80", "la ’ndrangheta negli anni ’80"),
    ],
    "pt": [('"Água d\'alho"', "«Água d’alho»")],
    "pt-BR": [("\"Disse 'sim'\"", "“Disse ‘sim’”")],
    "nl": [
        ("'s Avonds zei hij: \"kom 't 'halen'\"", "’s Avonds zei hij: “kom ’t ‘halen’”"),
        ("in 's-Hertogenbosch, foto's", "in ’s-Hertogenbosch, foto’s"),
    ],
    "sv": [("Han sa \"ja 'nej'\".", "Han sa ”ja ’nej’”.")],
    "da": [("Han sagde \"ja 'nej'\".", "Han sagde »ja ›nej‹«.")],
    "nb": [("Han sa \"ja 'nei'\".", "Han sa «ja ’nei’».")],
    "fi": [("Hän sanoi \"joo 'ei'\", vaa'an", "Hän sanoi ”joo ’ei’”, vaa’an")],
    "pl": [("Powiedział: \"tak, 'nie'\" Kennedy'ego", "Powiedział: „tak, «nie»” Kennedy’ego")],
    "cs": [("Řekl: \"ano 'ne'\"", "Řekl: „ano ‚ne‘“")],
    "ru": [("Он сказал: \"да, 'нет'\", д'Артаньян", "Он сказал: «да, „нет“», д’Артаньян")],
    "uk": [('Він сказав "так", м\'який', "Він сказав «так», м’який")],
    "el": [("Είπε \"ναι 'όχι'\" απ' όλα", "Είπε «ναι “όχι”» απ’ όλα")],
    "tr": [("\"Evet\" dedi İstanbul'un 2024'te", "“Evet” dedi İstanbul’un 2024’te")],
    "ar": [('قال "نعم" ثم', "قال ”نعم“ ثم")],
    "he": [
        ('צה"ל אמר "שלום" וגב\' כהן', "צה\"ל אמר ”שלום“ וגב' כהן"),
        ('ב"הארץ" כתבו המ"מים, יו"רית, צ\'יפס', 'ב”הארץ“ כתבו המ"מים, יו"רית, צ\'יפס'),
        ('it\'s "good"', "it’s ”good“"),
    ],
    "fa": [('گفت "بله" و', "گفت «بله» و")],
    "zh-Hans": [
        ('说："你好"，他说"再见"。', "说：“你好”，他说“再见”。"),
        ("他说\"这是'好'的\"，don't", "他说“这是‘好’的”，don’t"),
    ],
    "zh-Hant": [("說：\"你好'嗎'\"", "說：「你好『嗎』」")],
    "zh-TW": [('說："你好"', "說：「你好」")],
    "ja": [("彼は\"Hello、'世界'\"と言った。", "彼は「Hello、『世界』」と言った。")],
    "ko": [('그는 "안녕"이라고', "그는 “안녕”이라고")],
    "en-GB": [],
    "hi": [('उसने "हाँ" कहा, it\'s', 'उसने "हाँ" कहा, it\'s')],
    "x-none": [("\"so\" 'so' it's", "\"so\" 'so' it's")],
}
"""Typed text and expected text; a tilde is a narrow no-break space."""


@pytest.mark.parametrize(
    ("lang", "typed", "read"),
    [(lang, *pair) for lang, pairs in SENTENCES.items() for pair in pairs],
)
def test_a_sentence_has_the_marks_of_its_language(lang, typed, read):
    """Quotation marks, nested ones, apostrophes, primes and spaces follow the language; unknown marks stay straight."""
    assert unescape(set_marks(f"<p>{typed}</p>", lang)).replace(NARROW, "~") == f"<p>{read}</p>"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('<p>"<em>Das</em>", so <strong>"er"</strong></p>', "<p>„<em>Das</em>“, so <strong>„er“</strong></p>"),
        ('<p>(<a href="x">"So"</a>) <em>Hans</em>\' Buch</p>', '<p>(<a href="x">„So“</a>) <em>Hans</em>’ Buch</p>'),
        ('<p>"<code>"x"</code>" <kbd>"y"</kbd></p>', '<p>„<code>"x"</code>“ <kbd>"y"</kbd></p>'),
        (
            '<pre>"a"</pre><math>"b"</math><p title="\'c\'">x</p>',
            '<pre>"a"</pre><math>"b"</math><p title="\'c\'">x</p>',
        ),
        ('<p>"Eins</p><p>"zwei"</p>', "<p>„Eins</p><p>„zwei“</p>"),
        ('<p>"Eins<br>zwei"</p>', "<p>„Eins<br>zwei“</p>"),
        ('<p>&quot;a&quot; \\"b\\" c---d</p>', '<p>„a“ \\"b\\" c&#8212;d</p>'),
        ('<p>"<img src="x" alt="">"</p>', '<p>„<img src="x" alt="">“</p>'),
    ],
)
def test_a_line_is_read_across_its_tags(typed, read):
    """Tags do not separate a mark from the words beside it; code, formulas and attributes do not change."""
    assert set_marks(typed, "de") == read


@pytest.mark.parametrize(
    ("lang", "typed", "read"),
    [
        ("en", '<em lang="de">"gut"</em>', '<em lang="de">„gut“</em>'),
        ("en", '<em lang="fr">Non !</em> Yes !', f'<em lang="fr">Non{NARROW}!</em> Yes !'),
        ("en", '<p lang="ja">彼は"はい"と</p>', '<p lang="ja">彼は「はい」と</p>'),
        ("de", '"<em lang="en">it\'s "so"</em>"', '„<em lang="en">it’s “so”</em>“'),
        ("de", '<blockquote lang="fr"><p>"Oui"</p></blockquote><p>"Ja"</p>', None),
        ("he", '"<bdi lang="en">it\'s</bdi>"', '”<bdi lang="en">it’s</bdi>“'),
    ],
)
def test_a_part_in_another_language_has_the_marks_of_that(lang, typed, read):
    """Text in an element with ``lang`` gets the marks of that language, and the text around it those of its own."""
    french = f'<blockquote lang="fr"><p>«{NARROW}Oui{NARROW}»</p></blockquote><p>„Ja“</p>'
    assert set_marks(typed, lang) == (read or french)


@pytest.mark.parametrize("lang", ["en", "en-GB", "EN-us"])
def test_marks_of_english_are_left_to_typogrify(lang):
    """In English we set only the marks that typogrify gets wrong, also beside a word in another language."""
    assert set_marks("<p>\"it's\" <i lang=\"de\">Auftragstaktik</i>'s 'so'</p>", lang) == (
        '<p>"it\'s" <i lang="de">Auftragstaktik</i>&#8217;s \'so\'</p>'
    )


@pytest.mark.parametrize("lang", ["de", "fr", "he", "ja", "x-none"])
@given(st.text(alphabet="\"'aé1 -.!?:«»<>/pemש日\\&;"))
def test_no_text_loses_a_letter(lang, text):
    """In any text only marks and the spaces beside them change."""
    kept = str.maketrans("", "", "\"' \t\n«»‹›„“”‚‘’″′「」『』-—\N{NARROW NO-BREAK SPACE}")
    assert unescape(set_marks(text, lang)).translate(kept) == unescape(text).translate(kept)


@pytest.mark.parametrize("lang", ["de", "fr", "he", "zh-Hans", "x-none"])
@given(st.text(alphabet="\"'aé1 -.!?:ש日"))
def test_marks_that_are_set_do_not_change(lang, text):
    """Setting the marks of a text twice gives the same as setting them once."""
    once = set_marks(text, lang)
    assert set_marks(once, lang) == once


@pytest.mark.parametrize(
    ("lang", "typed", "read"),
    [
        ("fr", "<h2>Ah bon ?{sign}</h2>", "<h2>Ah bon~?{sign}</h2>"),
        ("fr", '<p>"Oui"{note} Non !{note} <em>Si</em>!</p>', "<p>«~Oui~»{note} Non~!{note} <em>Si</em>~!</p>"),
        ("fr", "<p><code>a</code>!</p>", "<p><code>a</code>~!</p>"),
        ("de", '<p>\'so\'{note} 27"{note} "ja"{note}</p>', "<p>‚so‘{note} 27″{note} „ja“{note}</p>"),
    ],
)
def test_the_number_of_a_note_is_not_part_of_a_word(lang, typed, read):
    """A mark before the number of a note, or before the sign of a heading's link, ends its word."""
    note = '<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup>'
    signs = {"note": note, "sign": '<a class="headerlink" href="#a">#</a>'}
    assert set_marks(typed.format(**signs), lang).replace(NARROW, "~") == read.format(**signs)
