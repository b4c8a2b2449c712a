"""What is shown beside a task, as Markdown and as plain text; nothing in it can act."""

import re
from datetime import UTC, datetime

import commonmark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.escape import markdown_line
from roadmap_md.history import Transition
from roadmap_md.milestones import Milestones
from roadmap_md.output.hover import Form, Row, Story, markdown, plain, rows
from roadmap_md.status import Status
from roadmap_md.tracker import read_tracker

PLAN = """\
# Phase 1
Always with tests.

## Week 1: *Lists* & <b>sets</b>
Read first:
* the `docs`
- [x] Day 1: Lists
- [ ] Day 2: 集合 🎉

## While learning
- what can fail?
"""


def happened(status: Status, day: int | None) -> Transition:
    date = datetime(2026, 1, day, 19, 40, tzinfo=UTC) if day else None
    before, commit, author = Status.NOT_STARTED, '1a2b3c4d5e', 'Ada_L <b>'
    return Transition('', '', before, status, commit, author, '', date, '', (), 0)


STARTED, COMPLETED = happened(Status.IN_PROGRESS, 5), happened(Status.COMPLETED, 6)

MARKDOWN = """\
**week 1 day 1 – Lists**

started Monday 5 January 2026, 19:40, by Ada_L \\<b> (1a2b3c4)⏎
completed Tuesday 6 January 2026, 19:40, by Ada_L \\<b> (1a2b3c4)⏎

> insert(0, x) moves⏎
> ⏎
> 2\\. \\_everything\\_⏎

**Week 1 – \\*Lists\\* & \\<b>sets\\</b>: 1 of 2**

Read first:⏎

- the \\`docs\\`

Always with tests.⏎

**While learning**

- what can fail?""".replace('⏎', '  ')
PLAIN = """\
week 1 day 2 – 集合 🎉
not started

Week 1 – *Lists* & <b>sets</b>: 1 of 2
Read first:
- the `docs`
Always with tests.

While learning
- what can fail?"""


def test_all_that_is_known() -> None:
    story = Story(Milestones(STARTED, COMPLETED), 'insert(0, x) moves\n\n2. _everything_')
    assert markdown(rows(read_tracker(PLAN.encode()), 0, story)) == MARKDOWN


def test_little_that_is_known() -> None:
    assert plain(rows(read_tracker(PLAN.encode()), 1, Story())) == PLAIN


@pytest.mark.parametrize(
    'marker, reached, is_whole, expected',
    [
        (' ', Milestones(), True, ['not started']),
        (' ', Milestones(), False, ['not started', 'its history is being read']),
        ('/', Milestones(STARTED), True, ['started Monday 5 January 2026, 19:40']),
        ('x', Milestones(None, COMPLETED), True, ['completed Tuesday 6 January 2026, 19:40']),
        (
            'x', Milestones(None, happened(Status.COMPLETED, None)), True,
            ['completed in the file, not committed yet'],
        ),
        ('-', Milestones(STARTED), True, ['started Monday 5 January 2026, 19:40', 'cancelled']),
        # the buffer is newer than what git knows
        ('x', Milestones(STARTED), True, ['started Monday 5 January 2026, 19:40', 'completed']),
        (' ', Milestones(STARTED, COMPLETED), True,
         ['started Monday 5 January 2026, 19:40', 'not started']),
    ],
)  # fmt: skip
def test_status(
    marker: str, reached: Milestones, is_whole: bool, expected: list[str]
) -> None:  # fmt: skip
    tracker = read_tracker(f'- [{marker}] Day 1\n'.encode())
    found = rows(tracker, 0, Story(reached, '', is_whole))
    assert [row.text.partition(', by')[0] for row in found if row.form is Form.TEXT] == expected


HOSTILE = [
    '<script>alert(1)</script>', '![x](http://evil/x.png)', '[x](command:rm)', '<http://evil>',
    '&lt;', '`a` ``b', '**b** _i_ __b__ *i* ~~s~~', '# heading', '- item', '+ item', '1. one',
    '1) one', '> quote', '===', '---', '***', '___', '```', '~~~', '    code', '\tcode', '\\', '\\\\',
    'a\\', '[a]: b', '<!-- c -->', '| a |', '\u202eRTL', '\x1b[31mred', '<details>', '&#60;b&#62;',
    'snake_case_name', 'a < b > c & d',
]  # fmt: skip


@pytest.mark.parametrize('text', HOSTILE)
@pytest.mark.parametrize('form', list(Form))
def test_text_is_only_text(form: Form, text: str) -> None:
    written = markdown([Row(Form.TITLE, 'task'), Row(form, text), Row(Form.TEXT, 'end')])
    page = commonmark.commonmark(written)
    assert not set(re.findall(r'<(\w+)', page)) - {'p', 'strong', 'blockquote', 'ul', 'li', 'br'}
    assert '\x1b' not in page
    assert '\u202e' not in page


@given(st.text(alphabet='ab _*`\\<>[]()!#-+=1.~&;/:|é字', max_size=12))
def test_a_line_renders_as_it_is_written(text: str) -> None:
    page = commonmark.commonmark(markdown_line(text.strip()))
    shown = page.removeprefix('<p>').removesuffix('</p>\n')
    for escaped, sign in (('&lt;', '<'), ('&gt;', '>'), ('&quot;', '"'), ('&amp;', '&')):
        shown = shown.replace(escaped, sign)
    assert shown == text.strip()


@pytest.mark.parametrize(
    'text, expected',
    [
        ('Files, JSON & HTTP/2 (a_b) – 50%!', 'Files, JSON & HTTP/2 (a_b) – 50%!'),
        ('see https://example.com/a_b', 'see https://example.com/a_b'),
        ('C++ -> C# #1 @ada', 'C++ -> C# #1 @ada'),
    ],
)
def test_what_people_write_stays_readable(text: str, expected: str) -> None:
    assert markdown_line(text) == expected
