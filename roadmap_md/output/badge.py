"""A badge: how far a plan is, as SVG, or as JSON for shields.io.

The SVG needs nothing from elsewhere, and text in it is text: it can act on no page that shows it.
"""

import json
import re
from html import escape
from typing import NamedTuple

from ..escape import visible
from ..stats import Counts
from .terminal import width

# Up to what percentage which colour; the names are shields.io's, and so are the values.
_COLORS = (
    (19, 'red', '#e05d44'),
    (39, 'orange', '#fe7d37'),
    (59, 'yellow', '#dfb317'),
    (79, 'yellowgreen', '#a4a61d'),
    (99, 'green', '#97ca00'),
    (100, 'brightgreen', '#4c1'),
)
_NO_COLOR = ('lightgrey', '#9f9f9f')
_PADDING = 5


class Badge(NamedTuple):
    """What a badge says, and its colour: a name of shields.io's, and the same for SVG."""

    label: str
    message: str
    color: str
    fill: str


def badge(counts: Counts, label: str) -> Badge:
    """The badge of a plan with these *counts*."""
    if counts.percent is None:
        return Badge(visible(label), 'no tasks', *_NO_COLOR)
    color, fill = next(rest for limit, *rest in _COLORS if counts.percent <= limit)
    return Badge(visible(label), f'{counts.percent}%', color, fill)


def endpoint(badge: Badge) -> str:
    """The document that https://shields.io/badges/endpoint-badge asks for."""
    parts = {'label': badge.label, 'message': badge.message, 'color': badge.color}
    return json.dumps({'schemaVersion': 1, **parts}, ensure_ascii=False) + '\n'


def svg(badge: Badge) -> str:
    """The badge in the flat style that is seen everywhere, 20 pixels high.

    Its width is an estimate, for it depends on the reader's fonts; ``textLength`` makes the text
    fit into it.
    """
    label, message = _pixels(badge.label), _pixels(badge.message)
    left = label + 2 * _PADDING if label else 0
    whole = left + message + 2 * _PADDING
    said = escape(f'{badge.label}: {badge.message}' if label else badge.message)
    texts = _text(badge.label, _PADDING, label) + _text(badge.message, left + _PADDING, message)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" aria-label="{said}">
<title>{said}</title>
<linearGradient id="s" x2="0" y2="100%">
<stop offset="0" stop-color="#bbb" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/>
</linearGradient>
<clipPath id="r"><rect width="{whole}" height="20" rx="3" fill="#fff"/></clipPath>
<g clip-path="url(#r)">
<rect width="{left}" height="20" fill="#555"/>
<rect x="{left}" width="{whole - left}" height="20" fill="{badge.fill}"/>
<rect width="{whole}" height="20" fill="url(#s)"/>
</g>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
{texts}</g>
</svg>
"""


def _text(text: str, x: int, pixels: int) -> str:
    """*text* at *x*, and its shadow beneath it."""
    if not text:
        return ''
    rest = f'textLength="{pixels}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>\n'
    shadow = f'<text aria-hidden="true" x="{x}" y="15" fill="#010101" fill-opacity=".3" '
    return f'{shadow}{rest}<text x="{x}" y="14" {rest}'


# Pixels of Verdana's characters at 11 pixels, and of all others: of one cell, and of two.
_PIXELS = (
    (r"[ijlI|!,.:;/' ]", 3.4), (r'[frtJ()\[\]-]', 4.2), (r'[csz?"*]', 5.9), (r'[A-Z&+<=>~]', 7.8),
    (r'[mw@%MW]', 10.4),
)  # fmt: skip
_NARROW, _WIDE = 6.8, 11


def _pixels(text: str) -> int:
    """How wide *text* is, about."""
    pixels = 0.0
    for pattern, each in reversed(_PIXELS):
        text, number = re.subn(pattern, '', text)
        pixels += number * each
    wide = max(width(text) - len(text), 0)
    return round(pixels + _NARROW * (width(text) - 2 * wide) + _WIDE * wide)
