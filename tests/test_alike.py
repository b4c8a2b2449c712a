"""Of trackers that are alike only the first is read whole; the others are read no differently."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_laws import BOXES, EMOJI, documents, law

from roadmap_md import alike
from roadmap_md.alike import read_alike
from roadmap_md.config import Config
from roadmap_md.lines import known_lines
from roadmap_md.lint import lint
from roadmap_md.status import STATUSES, Status
from roadmap_md.stencil import Stencils
from roadmap_md.text import is_readable
from roadmap_md.tracker import Tracker, read_tracker
from roadmap_md.versions import Versions
from roadmap_md.vocabulary import Preference

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch):
    """Each test begins as a process does, and a plan that was met twice is the usual one."""
    monkeypatch.setattr('roadmap_md.stencil._OFTEN', 1)
    alike._known.clear()
    known_lines.clear()


def parts(tracker: Tracker) -> tuple:
    return (
        tracker.data, tracker.skeleton, tracker.marks, tracker.state, tracker.unread,
        tracker.vocabulary, tracker.page.blocks,
    )  # fmt: skip


def is_alike(first: bytes, second: bytes, preference: Preference = Preference()) -> bool:
    """Is *second* read in the places of *first*? However it is read, nothing differs."""
    one, other = read_alike(first, preference), read_alike(second, preference)
    assert parts(one) == parts(read_tracker(first, preference))
    assert parts(other) == parts(read_tracker(second, preference))
    versions, stencils = Versions(preference), Stencils(preference)
    for data in (first, second, first, second, second):
        whole = read_tracker(data, preference)
        stencilled = stencils.read(data)
        assert (stencilled is None) is not is_readable(data)
        if stencilled:
            assert tuple(STATUSES[code] for code in stencilled.state) == whole.state
            assert without_lines(stencilled.example) == without_lines(whole)
        tracker, state = versions.read(data)
        assert tuple(STATUSES[code] for code in b''.join(state)) == whole.state
        assert without_lines(tracker) == without_lines(whole)
    return one.silent is other.silent


def without_lines(tracker: Tracker) -> tuple:
    """What of a skeleton does not depend on how many lines of prose are in between."""
    sections, tasks, legend, declared = tracker.skeleton
    return (
        [section._replace(line=0, stop=0) for section in sections],
        [task._replace(line=0) for task in tasks],
        legend and legend.markers,
        [at is None for at in declared],
    )


WEEK = '# Plan\n\nMine.\n\n## Week 1\n[ ] Day 1 – Lists  \n[ ] Day 2 – Sets  \n'
ITEMS = '## Week 1\n- [ ] Day 1\n  - [ ] a\n> 1. [ ] b\n\nNotes\n'
LEGEND = '✅ Completed\n🟨 In Progress\n[ ] Not Started\n\n'
ONE_LINE = 'My plan\nand\nmore\nLegend: ✅ done, ⬜ open,\n🟨 doing\n\n'
TABLE = 'Symbol | Meaning\n---|---\n✅ | done\n[ ] | open\n\n'
ALIKE = {
    'the same': (WEEK, WEEK),
    'other states': (WEEK, WEEK.replace('[ ] Day 1', '✅ Day 1')),
    'other boxes': (ITEMS, ITEMS.replace('[ ]', '[x]')),
    'emoji for boxes': (ITEMS, ITEMS.replace('[ ] Day 1', '✅ Day 1').replace('[ ] b', '🟨 b')),
    'other prose': (WEEK, WEEK.replace('Mine.', 'It is yours, and it’s long – really…')),
    'other scripts': (WEEK, WEEK.replace('Mine.', 'Мой план: 学习')),
    'more prose': (
        WEEK.replace('Mine.', 'One\nTwo'),
        WEEK.replace('Mine.', 'One\nTwo\nThree\nFour').replace('[ ] Day 2', '✅ Day 2'),
    ),
    'prose in code': ('```\nx = 1\ny = 2\n```\n- [ ] a\n', '```\nx\ny\nz\n```\n- [x] a\n'),
    'a legend': (LEGEND + WEEK, LEGEND + WEEK.replace('[ ] Day', '✅ Day')),
    'a legend on one line': (ONE_LINE + WEEK, ONE_LINE + WEEK.replace('[ ] Day', '✅ Day')),
    'a legend that is a table': (TABLE + WEEK, TABLE + WEEK.replace('[ ] Day', '✅ Day')),
    'a rule': (WEEK + '\n## Rules\nNo skipping\n', WEEK + '\n## Rules\nNo skipping\n'),
    'bare lines beneath what asks': ('# Why?\n[ ] a\n', '# Why?\n✅ a\n'),
    'beneath what asks, with a legend': (
        LEGEND + '# Why?\n- [ ] a\n', LEGEND + '# Why?\n- ✅ a\n',
    ),
    'a task without a title': ('- [ ]\n- [x] b\n', '- [x]\n- [ ] b\n'),
}  # fmt: skip


@pytest.mark.parametrize(('first', 'second'), ALIKE.values(), ids=ALIKE)
def test_alike(first, second):
    assert is_alike(first.encode(), second.encode())


UNLIKE = {
    'another title': (WEEK, WEEK.replace('Lists', 'Tuples')),
    'another week': (WEEK, WEEK.replace('Week 1', 'Week 2')),
    'a task more': (WEEK, WEEK + '[ ] Day 3  \n'),
    'one line of prose, or two': (WEEK, WEEK.replace('Mine.', 'One\nTwo')),
    'a status line': ('# Plan\n\nMine.\n', '# Plan\n\nStatus: done\n'),
    'a status line of a week': (WEEK + '\n# Phase 2\n\nMine\n', WEEK + '\n# Phase 2\n\nPhase 2 status: done\n'),
    'bytes that no text has': ('- [ ] a\n\nMine\n', '- [ ] a\n\n\0\0\n'),
    'a rule that is declared': (WEEK, WEEK.replace('Mine.', 'No skipping.')),
    'no rule any more': (WEEK.replace('Mine.', 'No skipping.'), WEEK),
    'a heading underlined': ('Mine\n===\n- [ ] a\n', 'Yours\n===\n- [ ] a\n'),
    'front matter': ('---\ntitle: a\n---\n- [ ] a\n', '---\ntitle\n---\n- [ ] a\n'),
    'another legend': (LEGEND + WEEK, LEGEND.replace('[ ]', '⬜') + WEEK),
    'a legend of letters': (
        'é = done\nö = open\n\n- [ ] a\n\né is a letter\n',
        'é = done\nö = open\n\n- [ ] a\n\nö is a letter\n',
    ),
    'a legend on one line, or prose': (
        ONE_LINE + WEEK, ONE_LINE.replace('⬜ open', 'open') + WEEK,
    ),
    'prose, or a legend on one line': (
        ONE_LINE.replace('Legend: ✅ done, ⬜ open,', 'Soon') + WEEK, ONE_LINE + WEEK,
    ),
    'another table': (TABLE + WEEK, TABLE.replace('✅', '☑') + WEEK),
    'tasks that make a legend on one line': (
        '⬜ done | ⬜ open\n[ ] a\n', '✅ done | ⬜ open\n[ ] a\n',
    ),
    'tasks that make a legend': ('[ ] Done\n[ ] Started\n', '[x] Done\n[ ] Started\n'),
    'a label of a legend': (
        'Notes\n- ⬜ open, soon\n- ✅ done, well\n', 'Legend\n- ⬜ open, soon\n- ✅ done, well\n',
    ),
    'a marker that is unknown': ('- [ ] a\n- [ ] b\n', '- [?] a\n- [ ] b\n'),
    'a marker that the legend lacks': (LEGEND + WEEK, LEGEND + WEEK.replace('[ ] Day', '⏳ Day')),
    'a marker in code': ('```\n[ ] a\n```\n- [ ] b\n', '```\n[x] a\n```\n- [ ] b\n'),
    'a marker alone on its line, or prose': ('- [ ] a\n\nMine\n', '- [ ] a\n\n[x]\n'),
    'a hard break': ('[ ] a\nb\n[ ] c\n', '[ ] a\nb  \n[ ] c\n'),
    'code that hides a marker': ('[ ] a\nb `\n[ ] c\nd\n', '[ ] a\nb\n[ ] c\nd `\n'),
    'a marker that its section gives a meaning': (
        '# P\n\n## Done\n\n- ✅ a\n- ✅ b\n', '# P\n\n## Done\n\n- ⏳ a\n- ✅ b\n',
    ),
    'a task, or a point': ('- [ ] **Fast**: it is so\n', '- ✅ **Fast**: it is so\n'),
    'a point, or a task': ('- ✅ **Fast**: it is so\n', '- [ ] **Fast**: it is so\n'),
    'a task, or a reason': ('# Why?\n- [ ] it is so\n', '# Why?\n- ✅ it is so\n'),
    'a task, or a status': ('- [ ] a\n- [ ] Status: done\n', '- [ ] a\n- ✅ Status: done\n'),
    'a task, or a status, with a legend': (
        LEGEND + '- [ ] Status: done\n', LEGEND + '- ✅ Status: done\n',
    ),
    'a byte order mark': ('- [ ] a\n', '\ufeff- [ ] a\n'),
    'CRLF': ('- [ ] a\n', '- [ ] a\r\n'),
}  # fmt: skip


@pytest.mark.parametrize(('first', 'second'), UNLIKE.values(), ids=UNLIKE)
def test_unlike(first, second):
    assert not is_alike(first.encode(), second.encode())


def test_other_preferences():
    words = Preference((('DONE', Status.COMPLETED),))
    assert not is_alike(b'DONE a\nOPEN b\n', b'OPEN a\nDONE b\n', words)
    assert read_alike(b'DONE a\n').state == ()
    assert read_alike(b'DONE a\n', words).state == (Status.COMPLETED,)


MARKER = re.compile(rb'(?m)^([-+*>\d.) \t]*)(\[[^\]\n]{1,4}\]|[\x80-\xff]+)(?=[ \t\r\n])')
PROSE = ['Some words', 'and more of them.', 'Été, 学习', 'No rushing', 'Done', 'a\nb\nc', '']


@st.composite
def families(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A document, and one that mostly differs from it in states and prose."""
    first = draw(documents())
    markers = st.sampled_from([marker.encode() for marker in BOXES + EMOJI])
    second = MARKER.sub(lambda m: m[1] + draw(st.one_of(st.just(m[2]), markers)), first)
    lines = second.split(b'\n')
    for at in draw(st.lists(st.integers(0, len(lines) - 1), max_size=3)):
        lines.insert(at, draw(st.sampled_from(PROSE)).encode())
    return first, b'\n'.join(lines)


@law
@given(families())
def test_nothing_is_read_differently(family):
    is_alike(*family)


@law
@given(families())
def test_nothing_else_is_found(family):
    first, second = family
    lint(first, 'a.md', Config(), TODAY, read_alike)
    found = lint(second, 'a.md', Config(), TODAY, read_alike)
    assert found == lint(second, 'a.md', Config(), TODAY)


def test_many_of_one_template():
    sound = (ROOT / 'ROADMAP.md').read_bytes().replace(b'\n\n', b'\n\nMy words.\n\n', 1)
    for done in range(50):
        learner = sound.replace(b'[ ] Day', '✅ Day'.encode(), done)
        assert is_alike(sound, learner.replace(b'My words.', b'My own words, and no others.'))
