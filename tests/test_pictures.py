"""The pictures in the papers show what is printed now."""

import re
from html import unescape

import printed
from console import ROOT, settled


def rows(svg: str) -> str:
    """What can be read in a picture, a line for each piece of it."""
    return settled(unescape('\n'.join(re.findall(r'<text[^>]*>([^<]*)</text>', svg))))


def test_a_terminal_prints_what_its_picture_shows() -> None:
    for name, made in printed.pictures():
        kept = (ROOT / 'docs/pictures' / name).read_text(encoding='utf-8')
        assert rows(kept) == rows(made.decode()), 'python docs/pictures makes them anew'


def test_every_picture_is_there_and_is_told_in_words() -> None:
    shown: set[str] = set()
    for page in (ROOT / 'README.md', *(ROOT / 'docs').glob('*.md')):
        text = page.read_text(encoding='utf-8')
        images = re.findall(r'<img ([^>]*pictures/[^>]*)>', text)
        assert all(re.search(r'alt="[^"]{20,}"', image) for image in images), page
        links = re.findall(
            r'(?:src|srcset)="([^"]*pictures/[^"]*)"|\]\(([^)]*pictures/[^)]*)\)', text
        )
        shown |= {str((page.parent / (one or other)).resolve()) for one, other in links}
    made = {
        str(path) for path in (ROOT / 'docs/pictures').iterdir() if path.suffix in ('.svg', '.png')
    }
    assert shown == made
