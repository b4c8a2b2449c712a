"""Does a text look damaged? A cheap look, which spares sound files the repairs (``mojibake``)."""

import re

# What lead bytes and what the others become, in any of the codecs, and a little more.
_SUSPICIOUS = re.compile(
    '[\xa0-\u01af\u0300-\u0323\u0392-\u0454\u2013-\u2044\u20ac-\u25ca\uf8ff\ufb01\ufb02]'
    '[\x80-\u02dd\u0384-\u0491\u2013-\u2044\u20a7-\u25a0\ufffd]'
)


def looks_damaged(text: str) -> bool:
    """May a line of *text* be damaged? False is certain."""
    return not text.isascii() and _SUSPICIOUS.search(text) is not None
