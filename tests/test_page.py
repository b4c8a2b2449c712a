"""Lines of text are found behind whatever contains them, at the byte where they begin."""

import pytest

from roadmap_md.markdown import Kind
from roadmap_md.page import read_page

TEXTS = {
    'a paragraph': ('a\nb', 'a b'),
    'indented lines': ('  a\n   b', 'a b'),
    'blanks at the end are kept': ('a  \nb', 'a\u2423\u2423 b'),
    'items': ('- a\n* b\n+ c\n1. d\n2) e', '-a -b -c -d -e'),
    'lines of an item': ('- a\n  b\nc', '-a b c'),
    'an item in an item': ('- a\n  - b\n    - c', '-a -b -c'),
    'items on one line': ('- - 1. a', '-a'),
    'blanks behind a bullet': ('-   a\n-\tb', '-a -b'),
    'an item that begins with a blank line': ('-\n  a', 'a'),
    'a second paragraph of an item': ('- a\n\n  b', '-a b'),
    'a quote': ('> a\n>b\n> > c', 'a b c'),
    'lazy lines of a quote': ('> a\nb', 'a b'),
    'an item in a quote': ('> - a\n>   b', '-a b'),
    'an item in an item in a quote': ('> - a\n>   - b', '-a -b'),
    'a quote in an item': ('- > a\n  > b', '-a b'),
    'quotes in items in quotes': ('> - > - a\n>   >   - b', '-a -b'),
    'an item that begins with a blank line in a quote': ('> -\n>   a\n> - b', 'a -b'),
    'an underlined heading': ('a\nb\n===', 'a b'),
    'CRLF': ('a\r\n- b\r\n', 'a -b'),
    'a BOM': ('\ufeffa\n- b', 'a -b'),
    'a form feed is text': ('a\x0cb', 'a\x0cb'),
    'not code, HTML, tables or headings': (
        '# a\n\n    b\n\n```\nc\n```\n\n<p>d</p>\n\n|e|\n|-|\n|f|',
        '',
    ),
}


@pytest.mark.parametrize(('text', 'expected'), TEXTS.values(), ids=TEXTS)
def test_texts(text, expected):
    page = read_page(text.encode())
    found = [
        ('-' if each.item >= 0 else '')
        + page.data[slice(*each.span)].decode().replace(' ', '\u2423')
        for each in page.texts
    ]
    assert found == [word for word in expected.split(' ') if word]


HEADINGS = {
    'plain': ('# Week 1', 'Week 1'),
    'closed': ('## Week 1 ##  ', 'Week 1'),
    'closed by more': ('# Week 1 #####', 'Week 1'),
    'a word that ends in a hash': ('# C#', 'C#'),
    'only hashes': ('# ##', ''),
    'indented': ('   # Week 1', 'Week 1'),
    'a tab': ('#\tWeek\t1', 'Week\t1'),
    'underlined': ('Week 1\n===', 'Week 1'),
    'underlined, two lines': ('Week 1\n  – Lists  \n---', 'Week 1 – Lists'),
    'CRLF': ('# Week 1 #\r\n', 'Week 1'),
    'a BOM': ('\ufeff# Week 1', 'Week 1'),
    'emphasis is kept': ('# **Week** `1`', '**Week** `1`'),
}


@pytest.mark.parametrize(('text', 'expected'), HEADINGS.values(), ids=HEADINGS)
def test_headings(text, expected):
    page = read_page(text.encode())
    [heading] = [b for b in page.blocks if b.kind in (Kind.HEADING, Kind.UNDERLINED)]
    assert page.heading(heading) == expected


@pytest.mark.parametrize(
    ('data', 'lines'),
    [
        (b'', ['']),
        (b'a', ['a']),
        (b'a\n', ['a', '']),
        (b'a\r\nb\rc\r', ['a', 'b\rc']),
        (b'\xef\xbb\xbfa\n\r\n', ['a', '', '']),
        ('é\u2028\x0c\x85\n'.encode(), ['é\u2028\x0c\x85', '']),
    ],
)
def test_lines(data, lines):
    page = read_page(data)
    assert [data[slice(*page.line(at))].decode() for at in range(len(page.starts))] == lines


@pytest.mark.parametrize('data', [b'\xff', b'a\n\xc3', b'\xed\xa0\x80'])
def test_what_is_not_utf8_is_no_page(data):
    with pytest.raises(UnicodeDecodeError):
        read_page(data)
