"""Settings that give the sample its books."""

EPUB = "BOOK_FORMATS = ['page', 'epub']\nBOOK_FILES = True\n"
EPUB_AND_PDF = "BOOK_FORMATS = ['page', 'epub', 'pdf']\nBOOK_FILES = True\n"
