"""Where bytes are as editors count, and edits that are told to them."""

import pytest
from lsprotocol.types import Position

from roadmap_md.server.edits import differing
from roadmap_md.server.positions import Places
from roadmap_md.text import splice

TEXT = '- [ ] 🎯 集\r\n\u2028é\n🎯'

# Line and character, in units of each encoding, and what stands behind that place.
PLACES = [
    pytest.param((0, 0), (0, 0), (0, 0), TEXT, id='the beginning'),
    pytest.param((0, 10), (0, 8), (0, 7), ' 集\r\n\u2028é\n🎯', id='behind an emoji'),
    pytest.param((0, 11), (0, 9), (0, 8), '集\r\n\u2028é\n🎯', id='before an ideograph'),
    pytest.param((0, 14), (0, 10), (0, 9), '\r\n\u2028é\n🎯', id='before CR LF'),
    pytest.param((1, 0), (1, 0), (1, 0), '\u2028é\n🎯', id='a line separator ends no line'),
    pytest.param((1, 5), (1, 2), (1, 2), '\n🎯', id='the end of a line'),
    pytest.param((2, 4), (2, 2), (2, 1), '', id='the end'),
]


@pytest.mark.parametrize('utf8, utf16, utf32, rest', PLACES)
def test_places(utf8, utf16, utf32, rest):
    data = TEXT.encode()
    offset = len(data) - len(rest.encode())
    for encoding, (line, character) in (('utf-8', utf8), ('utf-16', utf16), ('utf-32', utf32)):
        places = Places(data, encoding)
        assert places.position(offset) == Position(line, character)
        assert places.offset(Position(line, character)) == offset


BEYOND = [
    pytest.param((0, 99), 14, id='beyond a line'),
    pytest.param((9, 0), len(TEXT.encode()), id='beyond the text'),
    pytest.param((0, 7), 6, id='within a pair of surrogates'),
]


@pytest.mark.parametrize('position, offset', BEYOND)
def test_what_is_no_place_is_the_one_before(position, offset):
    assert Places(TEXT.encode(), 'utf-16').offset(Position(*position)) == offset


EDITED = [
    pytest.param('a\nb\nc\n', 'a\nb\nc\n', [], id='nothing'),
    pytest.param('a\nb\nc\n', 'a\nB\nC\n', ['B\n', 'C\n'], id='a line each'),
    pytest.param('a\nb\nc\n', 'a\nx\ny\nc\n', ['x\ny\n'], id='more lines'),
    pytest.param('a\nb\nb\n', 'a\nb\n', [''], id='one of two lines alike'),
    pytest.param('a\r\nb\n', 'a\nb\n', ['a\n'], id='the end of a line'),
    pytest.param('\ufeffa', 'a', ['a'], id='a byte order mark'),
    pytest.param('', 'a\n', ['a\n'], id='from nothing'),
]


@pytest.mark.parametrize('before, after, written', EDITED)
def test_differing(before, after, written):
    edits = list(differing(before.encode(), after.encode()))
    assert [edit.new.decode() for edit in edits] == written
    assert splice(before.encode(), edits) == after.encode()
