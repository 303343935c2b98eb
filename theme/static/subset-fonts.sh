#!/bin/sh
# Cut the three web fonts of this site out of the full Vollkorn fonts.
#
#   sh subset-fonts.sh FOLDER [OUT]
#
#   FOLDER  holds Vollkorn-Regular.ttf, Vollkorn-Italic.ttf and
#           Vollkorn-SemiBold.ttf, version 4.105 (for instance from Debian's
#           package fonts-vollkorn 4.105-2)
#   OUT     where the woff2 files go; without it, fonts/ beside this script
#
# Needs `pyftsubset` on the PATH, from the Python packages fonttools and brotli
# (made with 'fonttools[woff]' 4.68.0 and brotli 1.2.1). The same fonts and the
# same versions give the same bytes: no time of day is written into the files.
#
# Vollkorn is under the SIL Open Font License 1.1 (fonts/OFL.txt). Neither the
# fonts nor their licence names a Reserved Font Name, so the subsets may keep
# the name Vollkorn. Copyright and licence stay in their name tables.
#
# Budget: the three files together stay under 60,000 bytes. So
#   regular   has everything below, and small caps (Vollkorn's italic has none);
#   italic    leaves out arrows, fractions, superscript digits as characters
#             (the feature sups still makes them) and rarer signs of Latin-1;
#   semibold  (headings, strong) leaves out fractions, superscripts, small
#             caps, tabular figures, daggers, and the rarer letters and signs.
# Figures are old-style and proportional unless asked otherwise (lnum, tnum).
# Vollkorn has no U+21A9 (the hooked return arrow): the browser takes that one
# from another font.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: sh subset-fonts.sh FOLDER [OUT]" >&2
    exit 2
fi
full=$1
out=${2:-$(dirname -- "$0")/fonts}

# Repertoire, as ranges of code points.
ascii='U+0020-007E'
latin1='U+00A0-00FF'
# no-break space, pound, section, copyright, guillemets, soft hyphen, multiply
signs='U+00A0,U+00A3,U+00A7,U+00A9,U+00AB,U+00AD,U+00BB,U+00D7'
# inverted marks, degree, middle dot
more_signs='U+00A1,U+00B0,U+00B7,U+00BF'
# the letters of Latin-1, and OE
letters='U+00C0-00D6,U+00D8-00F6,U+00F8-00FF,U+0152,U+0153'
# the same without A and O tilde, eth, Y acute, thorn
western='U+00C0-00C2,U+00C4-00CF,U+00D1-00D4,U+00D6,U+00D8-00DC,U+00DF-00E2,U+00E4-00EF,U+00F1-00F4,U+00F6,U+00F8-00FC,U+00FF,U+0152,U+0153'
# Extended-A letters common in names:
# c' C~ c~ e, e~ L/ l/ n' o" r~ s' S~ s~ u* u" z' z. Z~ z~ (' acute, ~ caron,
# , ogonek, / stroke, " double acute, * ring, . dot)
names='U+0107,U+010C,U+010D,U+0119,U+011B,U+0141,U+0142,U+0144,U+0151,U+0159,U+015B,U+0160,U+0161,U+016F,U+0171,U+017A,U+017C-017E'
# thin and hair space, hyphens, dashes, curly quotes, bullet, ellipsis, primes,
# euro, minus
marks='U+2009,U+200A,U+2010,U+2011,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026,U+2032,U+2033,U+20AC,U+2212'
# low quotes, daggers
more_marks='U+201A,U+201E,U+2020,U+2021'
# single guillemets, fraction slash, superscript digits (the other superscripts
# and the fractions are in Latin-1)
extras='U+2039,U+203A,U+2044,U+2070,U+2074-2079'
# left, right
arrows='U+2190,U+2192'

# Layout features. (Vollkorn has no clig; mark has nothing to do without
# combining accents, which are left out; both stay named for a later cut. ss11
# is the old-style 1 that looks like a 1 and not like a small capital I.)
text='kern,liga,clig,calt,mark,onum,lnum,pnum,ss11'

cut() { # style, repertoire, features, file
    pyftsubset "$full/Vollkorn-$1.ttf" \
        --unicodes="$2" \
        --layout-features="$3" \
        --layout-scripts='latn,DFLT' \
        --name-IDs='0,1,2,3,4,5,6,13,16,17' \
        --no-hinting \
        --no-recalc-timestamp \
        --flavor=woff2 \
        --output-file="$out/$4"
}

cut Regular \
    "$ascii,$latin1,U+0152,U+0153,$names,$marks,$more_marks,$extras,$arrows" \
    "$text,tnum,sups,smcp,c2sc" vollkorn-regular.woff2
cut Italic "$ascii,$signs,$more_signs,$letters,$names,$marks,$more_marks" \
    "$text,tnum,sups" vollkorn-italic.woff2
cut SemiBold "$ascii,$signs,$western,$marks,$arrows" \
    "$text" vollkorn-semibold.woff2
