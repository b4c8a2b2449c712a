"""Text that cannot act: terminals, logs and Markdown tables show it and do nothing else."""

import html
import json
import re
import sys
from unicodedata import category

import commonmark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.escape import json_escaped, markdown_cell, visible, without_unseen

ENGLAND = '\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f'


@pytest.mark.parametrize(
    'text',
    [
        '', 'Lists', 'a – b “c”', 'été', 'e\u0301te\u0301', 'עברית', 'हिन्दी', '漢字 かな 한글',
        '👩‍💻 ✔️ 🏳️‍🌈 🐻‍❄️',
        '👍🏽 🇩🇪 1️⃣', ENGLAND, 'a\xa0b', '漢\u3000字', '\U0001fae9', '\\u{1b}', 'â€“ ğŸš€',
    ],
)  # fmt: skip
def test_what_people_write_is_left_alone(text: str) -> None:
    assert visible(text) == text
    assert without_unseen(text) == text


@pytest.mark.parametrize(
    ('text', 'shown', 'folded'),
    [
        ('\x1b[31mred\x07', '\\u{1b}[31mred\\u{7}', ' [31mred '),
        ('a\nb\tc\r', 'a\\u{a}b\\u{9}c\\u{d}', 'a b c '),
        ('\x7f\x85\x9b', '\\u{7f}\\u{85}\\u{9b}', '   '),
        ('a\u2028b\u2029', 'a\\u{2028}b\\u{2029}', 'a b '),
        ('\u202eabc\u2066', '\\u{202e}abc\\u{2066}', 'abc'),
        ('a\u200bb\ufeff\xad', 'a\\u{200b}b\\u{feff}\\u{ad}', 'ab'),
        ('a\u200db', 'a\\u{200d}b', 'ab'),
        ('👩\u200d', '👩\\u{200d}', '👩'),
        ('x\ufe0f\ufe0f\ufe01', 'x\ufe0f\\u{fe0f}\\u{fe01}', 'x\ufe0f'),
        ('\U000e0041\U000e0100', '\\u{e0041}\\u{e0100}', ''),
        ('🏴\U000e0067', '🏴\\u{e0067}', '🏴'),
        ('\u3164\u115f\u034f', '\\u{3164}\\u{115f}\\u{34f}', ''),
        ('\ud800', '\\u{d800}', '\ufffd'),
        ('\ue000\uffff\U0001ffff\U0002fffe', '\\u{e000}\\u{ffff}\\u{1ffff}\\u{2fffe}', ''),
    ],
)
def test_unseen(text: str, shown: str, folded: str) -> None:
    assert visible(text) == shown
    assert without_unseen(text) == folded


CHARACTERS = map(chr, range(sys.maxunicode + 1))
ACTING = [char for char in CHARACTERS if category(char) in ('Cc', 'Zl', 'Zp', 'Cs')]
BIDI = list('\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069')


@given(st.text() | st.text(st.sampled_from([*ACTING, *BIDI, '\u200d', '\ufe0f', '👩', 'a'])))
def test_nothing_acts(text: str) -> None:
    for harmless in (visible(text), without_unseen(text)):
        assert not set(harmless) & {*ACTING, *BIDI}
        assert visible(harmless) == without_unseen(harmless) == harmless
        harmless.encode()


@pytest.mark.parametrize(
    ('text', 'cell'),
    [
        ('End-to-end mini flow (v2.0)', 'End-to-end mini flow (v2.0)'),
        ('a|b', 'a\\|b'),
        ('`a` *b* _c_ ~d~ $e$', '\\`a\\` \\*b\\* \\_c\\_ \\~d\\~ \\$e\\$'),
        ('<b>&amp;', '&lt;b&gt;&amp;amp;'),
        ('[a](b) ![c](d)', '\\[a\\](b) \\!\\[c\\](d)'),
        ('@ada o/r#1 GH-2', '@<!-- -->ada o/r#<!-- -->1 GH-<!-- -->2'),
        ('https://a.b www.a.b', 'https:<!-- -->//a.b www<!-- -->.a.b'),
        ('C# and #', 'C# and \\#'),
        ('a\nb\x1b', 'a\\\\u{a}b\\\\u{1b}'),
    ],
)
def test_markdown_cell(text: str, cell: str) -> None:
    assert markdown_cell(text) == cell


@given(st.text('ab1 `*_[]()<>&|~$!@#:/\\.-"\'') | st.text())
def test_a_cell_renders_as_it_stands(text: str) -> None:
    rendered = commonmark.commonmark('### a ' + markdown_cell(text) + ' z')
    bare = rendered.strip().removeprefix('<h3>').removesuffix('</h3>').replace('<!-- -->', '')
    assert '<' not in bare
    assert html.unescape(bare) == f'a {visible(text)} z'
    assert not re.search(r'(?<!\\)\|', markdown_cell(text))


JSON = {
    # what is said: how it stands in a document
    'Sets – é 学 👩‍💻': 'Sets – é 学 👩‍💻',
    'a "b" \\ \n': r'a \"b\" \\ \n',
    '\x7f\x80\x9b\x9f': r'\u007f\u0080\u009b\u009f',
    '\u202e\u2066\u2069\u200f\u061c': r'\u202e\u2066\u2069\u200f\u061c',
    '\u2028\u2029\ufeff': r'\u2028\u2029\ufeff',
    'caf\udce9': r'caf\udce9',
    'a\U000e0041\U0010ffff': r'a\udb40\udc41\udbff\udfff',
}


@pytest.mark.parametrize(('text', 'shown'), JSON.items())
def test_json_escaped(text: str, shown: str) -> None:
    document = json.dumps([text, {'a': text}], ensure_ascii=False, indent=2)
    escaped = json_escaped(document)
    assert escaped == f'[\n  "{shown}",\n  {{\n    "a": "{shown}"\n  }}\n]'
    assert json.loads(escaped) == [text, {'a': text}]


@given(st.text())
def test_json_escaped_says_the_same(text: str) -> None:
    assert json.loads(json_escaped(json.dumps(text, ensure_ascii=False))) == text
