"""From one form to another: the same tasks, and nothing that is lost without a word."""

import re
from pathlib import Path

import cmarkgfm
import pytest
from console import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_laws import documents, law

from roadmap_md.convert import Form, converted
from roadmap_md.errors import UserError
from roadmap_md.select import sections_named
from roadmap_md.tracker import read_tracker
from roadmap_md.vocabulary import Family, Preference

BOX, EMOJI, LINE, TABLE = Form
SEED = (ROOT / 'ROADMAP.md').read_bytes()
LEGEND = '[ ] open  \n🟨 doing  \n✅ done\n'


def convert(text: str, to: Form, *sections: str, **options: object) -> str:
    tracker = read_tracker(text.encode())
    names = sections_named(tracker, sections) if sections else None
    return converted(tracker, to, sections=names, **options).data.decode()


CONVERTED = {
    # bare lines and lists
    'bare lines': (BOX, '## Week 1\n[ ] a  \n✅ b\n', '## Week 1\n- [ ] a  \n- [x] b\n'),
    'bare lines to emoji': (EMOJI, '[ ] a  \n[x] b\n', '- ⬜ a  \n- ✅ b\n'),
    'emoji to boxes': (BOX, '- ✅ a\n* 🟨 b\n- ⛔ c\n', '- [x] a\n* [/] b\n- ⛔ c\n'),
    'boxes to emoji': (EMOJI, '1. [x] a\n2. [~] b\n', '1. ✅ a\n2. 🟨 b\n'),
    'the spelling of the tracker': (BOX, '- [X] a\n\n✅ b\n', '- [X] a\n\n- [X] b\n'),
    'text around the lines': (BOX, 'Today:\n[ ] a\nmore\n', 'Today:\n- [ ] a\nmore\n'),
    'lines of an item': (BOX, '- [ ] a\n[ ] b\n', '- [ ] a\n- [ ] b\n'),
    'lines in an item': (BOX, '- A\n  [ ] a  \n  [ ] b\n', '- A\n  - [ ] a  \n  - [ ] b\n'),
    'in a quote': (BOX, '> [ ] a\n> ✅ b\n', '> - [ ] a\n> - [x] b\n'),
    'lines, underlined by accident': (BOX, '[ ] a\n---\n\nb\n', '- [ ] a\n---\n\nb\n'),
    'CRLF, BOM, no final newline': (
        BOX, '\ufeff[ ] a  \r\n[ ] b', '\ufeff- [ ] a  \r\n- [ ] b',
    ),
    'a list to lines': (LINE, '- [ ] a\n- ✅ b\n+ [x] c\n', '[ ] a  \n✅ b  \n[x] c\n'),
    'a list to lines, with breaks': (LINE, '- [ ] a\\\n- [ ] b  \n', '[ ] a\\\n[ ] b  \n'),
    'a loose list to lines': (LINE, '- [ ] a\n\n- [ ] b\n', '[ ] a\n\n[ ] b\n'),
    'a list beneath a line': (LINE, 'Today:\n- [ ] a\n', 'Today:  \n[ ] a\n'),
    'a list in a quote': (LINE, '> - [ ] a\r\n> - [ ] b\r\n', '> [ ] a  \r\n> [ ] b\r\n'),
    'items that go on': (LINE, '- [ ] a\n  more\n- [ ] b\n', '[ ] a\n  more  \n[ ] b\n'),
    'struck through': (BOX, '- [ ] a\n- ~~b~~\n', '- [ ] a\n- [-] b\n'),
    # legends
    "the legend's markers": (BOX, f'{LEGEND}\n## Week 1\n[ ] a  \n✅ b\n',
        '- [ ] open  \n- 🟨 doing  \n- ✅ done\n\n## Week 1\n- [ ] a  \n- ✅ b\n'),
    'a legend on one line': (
        BOX, 'Legend: [ ] open | ✅ done\n\n[ ] a\n', 'Legend: [ ] open | ✅ done\n\n- [ ] a\n',
    ),
    'a legend that is one item': (LINE, '- [ ] open  \n✅ done\n\n## A\n- [ ] a\n- ✅ b\n',
        '[ ] open  \n✅ done\n\n## A\n[ ] a  \n✅ b\n'),
    'a table that is a legend': (LINE,
        '| Key | |\n|---|---|\n| [ ] | open |\n| ✅ | done |\n\n- ✅ a\n',
        '| Key | |\n|---|---|\n| [ ] | open |\n| ✅ | done |\n\n✅ a\n'),
    # sections that name a status
    'sections': (BOX, '# Done\n- a\n\n# In progress\n* b\n  more\n\n# À faire\n1. c\n',
        '# Done\n- [x] a\n\n# In progress\n* [/] b\n  more\n\n# À faire\n1. [ ] c\n'),
    'a heading beneath one that names a status': (
        BOX, '# Plan\n\n## Later\n- a\n\n### B\nText.\n', '# Plan\n\n## Later\n- [ ] a\n\n### B\nText.\n',
    ),
    'bars beneath items': (BOX, '- A\n  Progress: ██░░ 50%\n- B\n  ████ 100%\n',
        '- [/] A\n  Progress: ██░░ 50%\n- [x] B\n  ████ 100%\n'),
    'headings are left alone': (BOX, '## A ✅\n\nText.\n\n## B\n✅ b\n', '## A ✅\n\nText.\n\n## B\n- [x] b\n'),
    # tables
    'a list to a table': (TABLE, '## Week 1\n- [ ] aa\n- ✅ 列表\n', '## Week 1\n'
        '| Task | Status |\n| ---- | ------ |\n| aa   | [ ]    |\n| 列表 | ✅     |\n'),
    'numbered days to a table': (TABLE, '[ ] Day 1 – Lists  \n✅ Day 2 – Sets  \n',
        '| Day | Title | Status |\n| --- | ----- | ------ |\n'
        '| 1   | Lists | [ ]    |\n| 2   | Sets  | ✅     |\n'),
    'beneath a line, with a pipe': (TABLE, 'Today:\n- [ ] a|b\n- [x] cc\n',
        'Today:\n\n| Task | Status |\n| ---- | ------ |\n| a\\|b | [ ]    |\n| cc   | [x]    |\n'),
    'a loose list to a table, in a quote': (TABLE, '> - [ ] aa\r\n- [ ] bb\r\n\r\n- [ ] cc\r\n',
        '> | Task | Status |\r\n> | ---- | ------ |\r\n> | aa   | [ ]    |\r\n\r\n'
        '| Task | Status |\r\n| ---- | ------ |\r\n| bb   | [ ]    |\r\n| cc   | [ ]    |\r\n'),
    'a table to a list': (BOX, '| Day | Topic | Status |\n|-|-|-|\n| 1 | a\\|b | ✅ Done |\n| 2 | cc | |\n',
        '- [x] Day 1 – a|b\n- [ ] Day 2 – cc\n'),
    'a table to lines': (LINE, 'A\n\n| Task | Status |\n|-|-|\n| aa | ✅ |\n| bb | todo |\n\nB\n',
        'A\n\n✅ aa  \n[ ] bb\n\nB\n'),
    'a table in a quote': (EMOJI, '> | Task | Status |\n> |-|-|\n> | aa | [x] |\n', '> - ✅ aa\n'),
}  # fmt: skip


@pytest.mark.parametrize(('to', 'before', 'after'), CONVERTED.values(), ids=CONVERTED)
def test_converted(to: Form, before: str, after: str) -> None:
    assert convert(before, to) == after
    assert convert(after, to) == after


UNCHANGED = {
    'boxes': (BOX, '- [ ] a\n  1. [X] b\n'),
    "the legend's markers": (BOX, f'{LEGEND}\n- ✅ a\n- [x] b\n'),
    'lines': (LINE, '[ ] a\n✅ b\n'),
    'a table': (TABLE, '| Task | Status |\n|-|-|\n| a | ✅ |\n'),
    'headings': (BOX, '## A ✅\n\n## B\n\nStatus: in progress\n'),
    'a log': (EMOJI, '### Day 1: April 1, 2020\n\nLists.\n'),
    'guidance': (BOX, f'{LEGEND}\n- [ ] a\n- ✔ why?\n'),
}


@pytest.mark.parametrize(('to', 'text'), UNCHANGED.values(), ids=UNCHANGED)
def test_unchanged(to: Form, text: str) -> None:
    assert convert(text, to) == text


REFUSED = {
    'a number': (LINE, '1. [ ] a\n', "line 1: 'a' would lose its number"),
    'a number in a table': (TABLE, '1. [ ] a\n', "line 1: 'a' would lose its number"),
    'tasks beneath': (LINE, '- [ ] a\n  - [ ] b\n', "line 1: 'a' has something beneath it"),
    'text beneath': (TABLE, '- [ ] a\n\n  more\n', "line 1: 'a' has something beneath it"),
    'beneath an item': (LINE, '- A\n  - [ ] a\n', "line 2: 'a' is beneath another item"),
    'an item between': (LINE, '- [ ] a\n- b\n- [ ] c\n', "line 3: 'c' would be read otherwise"),
    'a break beneath': (LINE, '- [ ] a\n---\n', "line 2: '---' would be read otherwise"),
    'a marker that cannot be read': (BOX, '[ ] a\n[x ] b\n', r"line 2: '\[x ]' cannot be read"),
    'no emoji in the legend': (EMOJI, f'{LEGEND}\n- [ ] a\n', '⬜ would not be read as not started'),
    'points': (EMOJI, '- [ ] **Fast**: it is quick\n', "line 1: '.*' would be read otherwise"),
    'a line that goes on': (TABLE, '- [ ] a\n  more\n', 'part of a paragraph that no row'),
    'markup in a title': (TABLE, '- [ ] **a**\n', "line 1: '.*a.*' has markup"),
    'a status twice': (TABLE, '- [ ] a (done)\n', 'says its status twice'),
    'a column': (BOX, '| Task | Status | Hours |\n|-|-|-|\n| a | ✅ | 3 h |\n',
        "line 3: '3 h' in the column 'Hours' would be lost"),
    'a date': (BOX, '| Task | Status |\n|-|-|\n| a | ✅ 2026-01-05 |\n', "'2026-01-05' beside the status"),
    'a remark': (BOX, '| Task | Status |\n|-|-|\n| a | done, see #1 |\n', 'see #1.* beside the status'),
    'a total': (BOX, '| Task | Status |\n|-|-|\n| a | ✅ |\n| Total | 1/1 |\n', 'line 4 is no task'),
    'a link': (BOX, '| Task | Status |\n|-|-|\n| [a](b) | ✅ |\n', 'the markup of .* would be lost'),
    'persons': (BOX, '| Day | Ada | Bob |\n|-|-|-|\n| Day 1 | ✅ | ⬜ |\n', 'line 3 holds several tasks'),
    'a table in a list': (BOX, '- A\n\n  | Task | Status |\n  |-|-|\n  | a | ✅ |\n', 'line 3 is in a list'),
    'the second of two': (LINE, '- [ ] a\n\n1. [ ] b\n', "line 3: 'b' would lose its number"),
}  # fmt: skip


@pytest.mark.parametrize(('to', 'text', 'why'), REFUSED.values(), ids=REFUSED)
def test_refused(to: Form, text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        convert(text, to)


def test_markers() -> None:
    text = f'{LEGEND}\n## A\n[ ] a  \n✅ b\n'
    listed = '- [ ] open  \n- 🟨 doing  \n- ✅ done\n\n## A\n- [ ] a  \n- [x] b\n'
    assert convert(text, BOX, style=Family.BOX) == listed
    tracker = read_tracker(text.encode(), Preference(style=Family.BOX))
    assert converted(tracker, BOX).data.decode() == listed
    assert convert('- ✅ a\n', LINE, style=Family.BOX) == '[x] a\n'


def test_sections() -> None:
    text = '## Week 1\n[ ] a\n\n## Week 2: B\n[ ] b\n\n## Notes\n- c\n'
    second = text.replace('[ ] b', '- [ ] b')
    assert {convert(text, BOX, name) for name in ('w2', 'week-2', 'Week 2', 'B')} == {second}
    assert convert(text, BOX, 'w2', 'Notes') == second
    assert convert(text, BOX, 'notes') == text.replace('- c', '- [ ] c')
    with pytest.raises(
        UserError, match="no section is named 'w3': there are week-1, week-2, notes"
    ):
        convert(text, BOX, 'w3')


PLANS = {
    'beneath numbers': (
        '# Plan\n- about it\n\n## Week 1\nRead.\n- Lists\n* Sets\n\n### Resources\n- [a](b)\n',
        {'- Lists': '- [ ] Lists', '* Sets': '* [ ] Sets'}),
    'numbered': ('- Day 1: Lists\n- Day 2: Sets\n\n## Notes\n- Day 1 was good\n',
        {'- Day 1: ': '- [ ] Day 1: ', '- Day 2': '- [ ] Day 2'}),
    'short numbers': ('### Q1 (Hafta 1–2)\n- H1: a\n- H2: b\n\n### Q2\n- H3: c\n- d\n',
        {'- H': '- [ ] H'}),
    'no numbers of weeks': ('## Week 1\n- F1: a\n- F2: b\n', {'- F': '- [ ] F'}),
    'items beneath a day': ('- Day 1: Lists\n  - read\n  - write\n', {'- Day': '- [ ] Day'}),
    'items beneath an item': ('## Week 1\n- Lists\n  - read\n  1. write\n',
        {'- read': '- [ ] read', '1. write': '1. [ ] write'}),
    'labels': ('## Week 1\n**Topics:**\n- a\n\n**Resources:**\n- b\n\n## Semana 2\nTemas:\n\n- c\n',
        {'- a': '- [ ] a', '- c': '- [ ] c'}),
    'a label that is an item': ('## Week 1\n- Tasks:\n  - a\n- Links:\n  - b\n', {'- a': '- [ ] a'}),
    'a table of contents': ('- [Week 1](#week-1)\n\n## Week 1\n- a\n', {'- a': '- [ ] a'}),
    'a quote, code': ('## Week 1\n> - a\n\n```\n- b\n```\n- c\n', {'- c': '- [ ] c'}),
}  # fmt: skip


@pytest.mark.parametrize(('plan', 'changes'), PLANS.values(), ids=PLANS)
@pytest.mark.parametrize('to', [BOX, EMOJI])
def test_plans_without_statuses(plan: str, changes: dict[str, str], to: Form) -> None:
    after = plan
    for old, new in changes.items():
        after = after.replace(old, new if to is BOX else new.replace('[ ]', '⬜'))
    if to is BOX:
        after = after.replace('- [ ] Day 1 was', '- Day 1 was')
    assert convert(plan, to) == after.replace('- ⬜ Day 1 was', '- Day 1 was')
    assert convert(after, to) == after


UNDECIDED = {
    'no numbers': ('# Plan\n- a\n- b\n', 'no list item is numbered'),
    'questions': ('## Features\n- F1: a\n- F2: b\n', 'no list item is numbered'),
    'a label': (
        '## Week 1\n- a\n\n**Deliverable:**\n- b\n',
        r"line 5: nobody knows whether '\*\*Deli",
    ),
    'no list': ('# Plan\n\nSoon.\n', 'there is no list'),
}


@pytest.mark.parametrize(('plan', 'why'), UNDECIDED.values(), ids=UNDECIDED)
def test_undecided(plan: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        convert(plan, BOX)


def test_plans_by_name() -> None:
    plan = '# A\n- a\n\n# B\n- b\n  - c\n'
    assert convert(plan, BOX, 'B') == plan.replace('- c', '- [ ] c')
    assert convert(plan, BOX, everything=True) == '# A\n- [ ] a\n\n# B\n- b\n  - [ ] c\n'
    for to in (LINE, TABLE):
        with pytest.raises(UserError, match='no statuses yet'):
            convert(plan, to, everything=True)
    with pytest.raises(UserError, match='there are tasks with statuses'):
        convert('- [ ] a\n', BOX, everything=True)


def boxes_on_github(text: str) -> int:
    html = cmarkgfm.github_flavored_markdown_to_html(text.removeprefix('\ufeff'))
    return str(html).count('<input type="checkbox"')


# cmark-gfm makes no boxes of '[/]', nor in quotes.
SHOWN = [row for row in CONVERTED.values() if row[0] is BOX and '>' not in row[1]]


@pytest.mark.parametrize(('to', 'before', 'after'), SHOWN)
def test_github_shows_as_many_boxes(to: Form, before: str, after: str) -> None:
    assert boxes_on_github(after) == len(
        re.findall(r'(?m)^\ufeff? *(?:[-*]|\d\.) \[[ xX]\] ', after)
    )


def test_github_shows_the_tables() -> None:
    for to, _, after in CONVERTED.values():
        if to is TABLE:
            html = MarkdownIt('gfm-like', {'linkify': False}).render(after)
            assert html.count('<tr>') == len(re.findall(r'^(?:> )?\|', after, re.M)) - html.count(
                '<table>'
            )
            assert str(cmarkgfm.github_flavored_markdown_to_html(after)).count(
                '<tr>'
            ) == html.count('<tr>')


# Round trips.

words = st.text('abc |é列é.', min_size=1, max_size=8).map(str.strip).filter(str.isalnum)
statuses = st.sampled_from(['[ ]', '[/]', '[x]', '[-]'])
rows = st.lists(st.tuples(statuses, words), min_size=1, max_size=6)
ends = st.sampled_from(['\n', '\r\n'])
EMOJI_OF = {'[ ]': '⬜', '[/]': '🟨', '[x]': '✅', '[-]': '❌'}


def written(rows: list[tuple[str, str]], before: str, behind: str) -> str:
    lines = [
        f'{before}{marker} Day {at} – {text}{behind}' for at, (marker, text) in enumerate(rows, 1)
    ]
    return '## Week 1\n' + '\n'.join(lines) + '\n\n---\n'


@given(rows, ends, st.sampled_from(['', '> ']))
def test_round_trips(rows: list[tuple[str, str]], end: str, quote: str) -> None:
    boxes = written(rows, f'{quote}- ', '  ').replace('\n', end)
    lines = written(rows, quote, '  ').replace('\n', end)
    emoji = written([(EMOJI_OF[m], text) for m, text in rows], f'{quote}- ', '  ').replace(
        '\n', end
    )
    assert convert(boxes, LINE) == lines
    assert convert(lines, BOX) == boxes
    assert convert(boxes, EMOJI) == emoji
    assert convert(emoji, BOX) == boxes
    bare = convert(emoji, LINE)
    assert convert(bare, EMOJI) == emoji


@given(rows, ends)
def test_round_trips_through_tables(rows: list[tuple[str, str]], end: str) -> None:
    boxes = written(rows, '- ', '').replace('\n', end)
    assert convert(convert(boxes, TABLE), BOX) == boxes


def told(data: bytes) -> list[tuple[str, str, object]]:
    tracker = read_tracker(data)
    return [(t.key, t.title, s) for t, s in zip(tracker.tasks, tracker.state, strict=True)]


@law
@given(documents(), st.sampled_from(Form), st.sampled_from([None, *Family]))
def test_whatever_the_document(data: bytes, to: Form, style: Family | None) -> None:
    """The same tasks or a refusal; a second time there is nothing to do."""
    assume(style is not Family.SHORTCODE)
    before = read_tracker(data)
    try:
        after = converted(before, to, style).data
    except UserError:
        return
    if before.tasks:
        assert told(after) == told(data)
    again = converted(read_tracker(after), to, style)
    assert (again.data, again.carriers.total()) == (after, 0)


@pytest.mark.parametrize('to', [BOX, TABLE])
def test_the_seed(to: Form) -> None:
    listed = converted(read_tracker(SEED), to).data
    back = converted(read_tracker(listed), LINE).data
    if to is BOX:
        assert listed == re.sub(
            rb'^(?=(\[ \]|\xf0\x9f\x9f\xa8|\xe2\x9c\x85) )', b'- ', SEED, flags=re.M
        )
        assert back == SEED
    # A row keeps no blanks at its end; between lines they are the break.
    assert [line.rstrip() for line in back.split(b'\n')] == [
        line.rstrip() for line in SEED.split(b'\n')
    ]
    assert told(listed) == told(SEED)


def test_seeds(request: pytest.FixtureRequest) -> None:
    """The author's own change, in a folder given with --seeds."""
    folder = request.config.getoption('--seeds')
    if not folder or not (Path(folder) / 'progress_tracker.bulleted.md').exists():
        pytest.skip('no --seeds with progress_tracker.bulleted.md in it')
    bare, listed = (
        (Path(folder) / f'progress_tracker.{name}.md').read_bytes()
        for name in ('original', 'bulleted')
    )
    made = converted(read_tracker(bare), BOX).data
    pairs = zip(made.split(b'\n'), listed.split(b'\n'), strict=True)
    differ = {at: (ours, theirs) for at, (ours, theirs) in enumerate(pairs, 1) if ours != theirs}
    # The author gave a bullet to the legend's first line only, so that GitHub runs the others into
    # that one item; here each entry is an item.
    assert differ == {
        12: ('- 🟨 In Progress  '.encode(), '🟨 In Progress  '.encode()),
        13: ('- ✅ Completed  '.encode(), '✅ Completed  '.encode()),
    }
    assert converted(read_tracker(made), LINE).data == bare
    assert converted(read_tracker(listed), LINE).data == bare
    assert converted(read_tracker(listed), BOX).data == listed
