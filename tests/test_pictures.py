"""The pictures in the papers show what is printed now."""

import re
from html import unescape

import terminal
from console import ROOT, settled


def rows(svg: str) -> str:
    """What can be read in a picture, a line for each piece of it."""
    return settled(unescape('\n'.join(re.findall(r'<text[^>]*>([^<]*)</text>', svg))))


def test_a_terminal_prints_what_its_picture_shows() -> None:
    for name, made in terminal.pictures():
        kept = (ROOT / 'docs/pictures' / name).read_text(encoding='utf-8')
        assert rows(kept) == rows(made.decode()), 'python docs/pictures makes them anew'
