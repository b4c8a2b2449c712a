"""What is read as a tracker, in every form that the project's own one has been kept in."""

import re
from pathlib import Path

import pytest

from roadmap_md.rewrite import edit_status, set_statuses
from roadmap_md.status import Status
from roadmap_md.tracker import read_tracker

SOUND = (Path(__file__).parent.parent / 'ROADMAP.md').read_bytes()
DAMAGED = SOUND.decode('cp1254', errors='ignore').encode()
BULLETED = re.sub(rb'^\[ \]', b'- [ ]', SOUND, flags=re.M)
CRLF = SOUND.replace(b'\n', b'\r\n')
BOM = b'\xef\xbb\xbf'

FORMS = {
    'sound': SOUND,
    'damaged': DAMAGED,
    'bulleted': BULLETED,
    'crlf': CRLF,
    'bom': BOM + SOUND,
    'no final newline': SOUND.rstrip(),
    'bom, crlf, no final newline': BOM + CRLF.rstrip(),
    'damaged, crlf': DAMAGED.replace(b'\n', b'\r\n'),
    'bulleted, crlf': BULLETED.replace(b'\n', b'\r\n'),
}
form = pytest.mark.parametrize('data', FORMS.values(), ids=FORMS)


def outline(data: bytes) -> str:
    """The tasks of a tracker: key, status and text, indented beneath the task they hang under."""
    tracker = read_tracker(data)
    rows = []
    for task, status in zip(tracker.tasks, tracker.state, strict=True):
        depth, parent = 0, task.parent
        while parent >= 0:
            depth, parent = depth + 1, tracker.tasks[parent].parent
        rows.append(f'{"  " * depth}{task.key} | {status.value} | {task.text}')
    return '\n'.join(rows)


def sections(data: bytes) -> str:
    """The sections of a tracker: kind and number, and title, indented beneath each other."""
    tracker = read_tracker(data)
    rows = []
    for index, section in enumerate(tracker.sections):
        depth = len(list(tracker.enclosing(index))) - 1
        name = section.numbering.slug if section.numbering else '-'
        rows.append(f'{"  " * depth}{name} | {section.title}')
    return '\n'.join(rows)


@form
def test_the_roadmap_in_all_its_forms(data):
    tracker = read_tracker(data)
    kinds = [section.numbering.kind for section in tracker.sections if section.numbering]
    assert (kinds.count('phase'), kinds.count('week'), len(tracker.tasks)) == (8, 10, 50)
    untitled = [s for s in tracker.sections if s.numbering and not s.title]
    assert [section.numbering.kind for section in untitled] == ['week'] * 3
    assert set(tracker.state) == {Status.NOT_STARTED}
    assert not tracker.unread
    assert all(task.numbering.kind == 'day' for task in tracker.tasks)
    assert [task.key for task in tracker.tasks] == [
        f'week-{week}/day-{day}' for week in range(1, 11) for day in range(1, 6)
    ]
    assert len(tracker.skeleton.legend.markers) == 3


@form
def test_what_the_roadmap_declares(data):
    tracker = read_tracker(data)
    lines = tracker.data.decode().split('\n')
    said = [line for line in tracker.skeleton.declared if line is not None]
    assert [
        name for line in said for name in ('skipping', 'rushing', 'onsisten') if name in lines[line]
    ]
    assert tracker.skeleton.declared.no_skipping is not None
    assert tracker.skeleton.declared.no_rushing is not None
    assert tracker.skeleton.declared.consistency is not None


@form
def test_every_tick_changes_one_marker_and_reset_gives_the_file_back(data):
    before = first = read_tracker(data)
    completed = dict(map(reversed, first.skeleton.legend.markers))[Status.COMPLETED].encode()
    for index in range(len(first.tasks)):
        after = set_statuses(before, {index: Status.COMPLETED})
        start, stop = before.marks[index].span
        assert after.data == before.data[:start] + completed + before.data[stop:]
        before = after
    assert set(before.state) == {Status.COMPLETED}
    every = dict.fromkeys(range(len(first.tasks)), Status.NOT_STARTED)
    assert set_statuses(before, every).data == data


@form
def test_a_legend_spelling_is_written_for_every_status(data):
    tracker = read_tracker(data)
    for marker, status in tracker.skeleton.legend.markers:
        edits = edit_status(tracker, 7, status)
        assert [edit.new for edit in edits] == (
            [] if status is Status.NOT_STARTED else [marker.encode()]
        )


def test_the_damaged_roadmap_is_read_where_it_was_repaired():
    tracker = read_tracker(DAMAGED.replace(b'[ ] Day 1 ', '✅ Day 1 '.encode(), 1))
    assert tracker.state[0] is Status.COMPLETED


TRACKERS = {
    'boxes of all kinds': (
        """
        - [ ] One
        * [x] Two
        + [X] Three
        1. [/] Four
        2) [~] Five
        - [-] Six
        """,
        """
        one | not-started | One
        two | completed | Two
        three | completed | Three
        four | in-progress | Four
        five | in-progress | Five
        six | cancelled | Six
        """,
    ),
    'nested, and in quotes': (
        """
        - [ ] Parser
          - [x] Lossless
            1. [x] Bytes
          - notes
            - [/] Fast
        > - [ ] Quoted
        >   - [x] Deep
        """,
        """
        parser | not-started | Parser
          parser/lossless | completed | Lossless
            parser/lossless/bytes | completed | Bytes
          parser/fast | in-progress | Fast
        quoted | not-started | Quoted
          quoted/deep | completed | Deep
        """,
    ),
    'bare lines of boxes and emoji': (
        """
        # Week 1
        [ ] Day 1 – Lists\u0020\u0020
        🟨 Day 2
        ✅ Day 3\\
        [x] Day 4
        """,
        """
        week-1/day-1 | not-started | Day 1 – Lists
        week-1/day-2 | in-progress | Day 2
        week-1/day-3 | completed | Day 3
        week-1/day-4 | completed | Day 4
        """,
    ),
    'emoji bullets, with and without U+FE0F': (
        """
        - ✔ One
        - ✔\ufe0f Two
        - ⛔ Three
        - ❌ Four
        """,
        """
        one | completed | One
        two | completed | Two
        three | blocked | Three
        four | cancelled | Four
        """,
    ),
    'under a legend only its markers and the boxes are statuses': (
        """
        ⬜ To do
        ✅ Done

        - ✅ One
        - ✔ what can fail?
        - [x] Two
        🚧 Three
        """,
        """
        one | completed | One
        two | completed | Two
        """,
    ),
    'nothing in code, comments, HTML, tables and front matter is a task': (
        """
        ---
        title: [ ] Plan
        ---
        - [ ] One `[ ] no`

        ```
        - [ ] fenced
        ```

            - [ ] indented

        <!-- - [ ] comment
        - [ ] comment -->

        <div>
        - [ ] html
        </div>

        | a | b |
        |-------|---|
        | c | [ ] d |

        `a code span
        [ ] over lines`
        """,
        'one-no | not-started | One `[ ] no`',
    ),
    'links, footnotes and citations are no tasks': (
        """
        - [Python](python.md)
        - [x](x.md) and [x][y]
        - [1] Knuth
        - [^1] a footnote
        - [[wiki]]

        [x]: https://example.com
        """,
        '',
    ),
    'identifiers': (
        """
        - [ ] Lists {#lists-1}
        - [ ] Tuples ^tuples
        - [ ] Sets x^2
        """,
        """
        lists-1 | not-started | Lists
        tuples | not-started | Tuples
        sets-x-2 | not-started | Sets x^2
        """,
    ),
    'duplicates are told apart': (
        """
        - [ ] Lists
        - [ ] Lists
        - [ ] Lists~2
        - [ ] !?
        """,
        """
        lists | not-started | Lists
        lists~2 | not-started | Lists
        lists-2 | not-started | Lists~2
        task-4 | not-started | !?
        """,
    ),
    'one depth of keys for the whole file': (
        """
        # Phase 1
        ## Week 1
        - [ ] Day 1
        # Phase 2
        ## Week 1
        - [ ] Day 1
        """,
        """
        phase-1/week-1/day-1 | not-started | Day 1
        phase-2/week-1/day-1 | not-started | Day 1
        """,
    ),
    'slugs of headings where there are no numbers': (
        """
        # Plan
        ## Éclair & co
        - [ ] Setup
        ## Other
        - [ ] Setup
        """,
        """
        éclair-co/setup | not-started | Setup
        other/setup | not-started | Setup
        """,
    ),
    'an item that begins with a blank line': (
        """
        -
          [ ] One
        - [ ] Two
        """,
        """
        one | not-started | One
        two | not-started | Two
        """,
    ),
    'a lazy line of an item is beside it, not beneath': (
        """
        - [ ] One
        [ ] Two
        """,
        """
        one | not-started | One
        two | not-started | Two
        """,
    ),
    'an underline right under bare lines does not hide them': (
        """
        ## Week 1
        [ ] Day 1
        [x] Day 2
        ---
        """,
        """
        week-1/day-1 | not-started | Day 1
        week-1/day-2 | completed | Day 2
        """,
    ),
    'indentation by tabs': ('- [ ] One\n\t- [x] Two\n\t\t- [ ] Three',
        """
        one | not-started | One
          one/two | completed | Two
            one/two/three | not-started | Three
        """,
    ),
    'form feed, U+2028, U+0085 and a lone CR end no line': (
        '- [ ] One\x0c- [ ] a\n- [x] Two\u2028- [ ] b\n- [ ] Three\x85- [ ] c\n- [x] Four\r- [ ] d',
        """
        one-a | not-started | One\x0c- [ ] a
        two-b | completed | Two\u2028- [ ] b
        three-c | not-started | Three\x85- [ ] c
        four-d | completed | Four\r- [ ] d
        """,
    ),
    'empty boxes': ('- [ ]\n- [x]\n- [ ] \n',
        """
        task-1 | not-started |\u0020
        task-2 | completed |\u0020
        task-3 | not-started |\u0020
        """,
    ),
    'days that are numbered through': (
        """
        # 30 days of Python
        - [x] Day 1: Lists
        - [ ] Day 2
        """,
        """
        day-1 | completed | Day 1: Lists
        day-2 | not-started | Day 2
        """,
    ),
    'week and day in one line': (
        """
        - [x] W1D1 Lists
        - [ ] Week 1, Day 2: Tuples
        - [ ] Week 2 Day 1 – Chapter 3
        """,
        """
        week-1/day-1 | completed | W1D1 Lists
        week-1/day-2 | not-started | Week 1, Day 2: Tuples
        week-2/day-1 | not-started | Week 2 Day 1 – Chapter 3
        """,
    ),
}  # fmt: skip


def flush(text: str) -> str:
    """*text* without the indentation of the table that it stands in."""
    if not text.startswith('\n'):
        return text
    from textwrap import dedent

    return dedent(text.strip('\n').rstrip(' '))


@pytest.mark.parametrize(('text', 'expected'), TRACKERS.values(), ids=TRACKERS)
def test_tasks(text, expected):
    assert outline(flush(text).encode()).split('\n') == flush(expected).rstrip('\n').split('\n')


SECTIONS = {
    'nested by level, numbers read': (
        """
        # Plan
        ## Phase 1 — Basics
        ### Semana 2: Listas
        ## Phase 2
        """,
        """
        - | Plan
          phase-1 | Basics
            week-2 | Listas
          phase-2 |\u0020
        """,
    ),
    'decoration opens and closes nothing': (
        """
        # =====
        # Phase 1
        # =====
        ## Week 1
        # -----
        ## Week 2
        """,
        """
        phase-1 |\u0020
          week-1 |\u0020
          week-2 |\u0020
        """,
    ),
    'underlined headings': (
        """
        Phase 1
        =======

        Week 1
        two lines
        ---------
        [ ] Day 1
        ---
        """,
        """
        phase-1 |\u0020
          week-1 | two lines
        """,
    ),
    'closed headings': (
        """
        # Phase 1 #
        ## Week 1 – C# ##
        ### Week 2 – C#
        #
        """,
        """
        phase-1 |\u0020
          week-1 | C#
            week-2 | C#
        """,
    ),
    'guidance is a section of its own': (
        """
        # Phase 1
        ## Week 1
        [ ] Day 1
        ## While learning → always think:
        - ✔ what can fail?
        """,
        """
        phase-1 |\u0020
          week-1 |\u0020
          - | While learning → always think:
        """,
    ),
    'a heading in an item or a quote opens none': ('- # One\n\n> # Two\n\n# Three', '- | Three'),
}


@pytest.mark.parametrize(('text', 'expected'), SECTIONS.values(), ids=SECTIONS)
def test_sections(text, expected):
    assert sections(flush(text).encode()).split('\n') == flush(expected).rstrip('\n').split('\n')


DECLARED = {
    'before the first section with tasks': (
        'Print this. Tick daily.\n# Week 1\n- [ ] Day 1',
        'consistency',
    ),
    'under a heading that speaks of rules': (
        '# Week 1\n- [ ] Day 1\n# Golden rules\n- **No skipping.**\n- Never rush\n',
        'no_skipping no_rushing',
    ),
    'several in a line': (
        'No skipping, no rushing. Stay consistent!\n- [ ] One',
        'no_skipping no_rushing consistency',
    ),
    'don’t': ('Don’t skip!\n\n- [ ] One', 'no_skipping'),
    'elsewhere it is talk': ('# Week 1\n- [ ] Day 1\n\nNo skipping.\n', ''),
    'in the middle of a sentence it is talk': ('There is no skipping here.\n\n- [ ] One', ''),
    'after a colon or a dash': (
        'Rules: no skipping – no rushing\n\n- [ ] One',
        'no_skipping no_rushing',
    ),
    'in code it is an example': ('```\nNo skipping.\n```\n- [ ] One', ''),
    'a legend declares markers only': ('[-] skipped\n[x] done\n\n- [ ] One', ''),
}


@pytest.mark.parametrize(('text', 'expected'), DECLARED.values(), ids=DECLARED)
def test_declared_rules(text, expected):
    declared = read_tracker(text.encode()).skeleton.declared
    assert [
        name for name, line in declared._asdict().items() if line is not None
    ] == expected.split()


@pytest.mark.parametrize('data', [b'', b'\n', BOM, b'\r\n', b'# Plan', b'just text\n'])
def test_a_file_without_tasks(data):
    tracker = read_tracker(data)
    assert tracker.tasks == ()
    assert set_statuses(tracker, {}).data == data
