"""Counts are taken for what they speak of, made right, and set back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_laws import documents, law, statuses

from roadmap_md.rewrite import edit_status
from roadmap_md.status import Status
from roadmap_md.tally import count_edits, stale
from roadmap_md.text import splice
from roadmap_md.tracker import Tracker, read_tracker

TICKED = {
    # name: before, which tasks are completed, after
    'a heading': ('# A [0/2]\n- [ ] a\n- [ ] b\n', '1', '# A [1/2]\n- [ ] a\n- [x] b\n'),
    'every section around it, and no other': (
        '# A 0/3\n## B [0/2] 0%\n- [ ] a\n- [ ] b\n## C (0/1)\n- [ ] c\n', '0',
        '# A 1/3\n## B [1/2] 50%\n- [x] a\n- [ ] b\n## C (0/1)\n- [ ] c\n',
    ),
    'one that was wrong, and does not include it': (
        '# A [1/1]\n- [ ] a\n# B [0/1]\n- [ ] b\n', '1', '# A [1/1]\n- [ ] a\n# B [1/1]\n- [x] b\n',
    ),
    'one that was wrong, and includes it': (
        '# A [2/2]\n- [ ] a\n- [ ] b\n', '0', '# A [1/2]\n- [x] a\n- [ ] b\n',
    ),
    'a line': ('Progress: 0/2\n\n- [ ] a\n- [ ] b\n', '0', 'Progress: 1/2\n\n- [x] a\n- [ ] b\n'),
    'a percentage that may be rounded either way': (
        'Done: 33%\n\n- [x] a\n- [ ] b\n- [ ] c\n', '1', 'Done: 66%\n\n- [x] a\n- [x] b\n- [ ] c\n',
    ),
    'a percentage that was rounded half up': (
        'Done: 67%\n\n- [x] a\n- [x] b\n- [ ] c\n- [-] d\n- [-] e\n- [-] f\n', '3 4 5',
        'Done: 83%\n\n- [x] a\n- [x] b\n- [ ] c\n- [x] d\n- [x] e\n- [x] f\n',
    ),
    'a percentage with a decimal': (
        'Done: 33.3%\n\n- [x] a\n- [ ] b\n- [ ] c\n', '1', 'Done: 66.6%\n\n- [x] a\n- [x] b\n- [ ] c\n',
    ),
    'a bar that was rounded up': (
        '▓░░░ 1/9\n\n- [x] a\n' + '- [ ] b\n' * 8, '1 2',
        '▓▓░░ 3/9\n\n- [x] a\n' + '- [x] b\n' * 2 + '- [ ] b\n' * 6,
    ),
    'cancelled tasks, left out': (
        'Done: 0/1\n\n- [ ] a\n- [-] b\n', '0', 'Done: 1/1\n\n- [x] a\n- [-] b\n',
    ),
    'cancelled tasks, counted too': (
        'Done: 0/2 (0%)\n\n- [ ] a\n- [-] b\n', '0', 'Done: 1/2 (50%)\n\n- [x] a\n- [-] b\n',
    ),
    'a badge': (
        '![Progress](https://progress-bar.dev/0/)\n\n- [ ] a\n- [ ] b\n', '0',
        '![Progress](https://progress-bar.dev/50/)\n\n- [x] a\n- [ ] b\n',
    ),
    'a badge in HTML': (
        '<p align="center">\n  <img src="https://geps.dev/progress/0">\n</p>\n\n- [ ] a\n', '0',
        '<p align="center">\n  <img src="https://geps.dev/progress/100">\n</p>\n\n- [x] a\n',
    ),
    'the whole, beneath the last section': (
        '# A\n- [ ] a\n- [ ] b\n# B\n- [ ] c\n\nOverall progress: 0%\n', '0',
        '# A\n- [x] a\n- [ ] b\n# B\n- [ ] c\n\nOverall progress: 33%\n',
    ),
    'a heading that is underlined': (
        'Progress: 0/2\n---\n- [ ] a\n- [ ] b\n', '0', 'Progress: 1/2\n---\n- [x] a\n- [ ] b\n',
    ),
    'line ends': ('Done: 0/1\r\n\r\n- [ ] a\r\n', '0', 'Done: 1/1\r\n\r\n- [x] a\r\n'),
    'a byte order mark': ('\ufeff# A [0/1]\n- [ ] a\n', '0', '\ufeff# A [1/1]\n- [x] a\n'),
    'none': ('# A\n- [ ] a\n', '0', '# A\n- [x] a\n'),
}  # fmt: skip


def changed(tracker: Tracker, changes: dict[int, Status]) -> Tracker:
    """*tracker* with these statuses, and the counts that go with them."""
    markers = [edit for at, status in changes.items() for edit in edit_status(tracker, at, status)]
    edits = [*markers, *count_edits(tracker, changes)]
    return read_tracker(splice(tracker.data, edits), tracker.preference)


@pytest.mark.parametrize(('before', 'indices', 'after'), TICKED.values(), ids=TICKED)
def test_counts_of_what_is_ticked(before: str, indices: str, after: str) -> None:
    changes = dict.fromkeys(map(int, indices.split()), Status.COMPLETED)
    assert changed(read_tracker(before.encode()), changes).data.decode() == after


TASKS = '\n\n- [x] a\n- [x] b\n- [ ] c\n'
LINES = {
    # name: before, after the counts were made right
    'the innermost section that has as many': (
        f'# A\n\nDone: 1/3\n\n## B{TASKS}', f'# A\n\nDone: 2/3\n\n## B{TASKS}'),
    'one further out': (
        '# A\n\n## B\n- [x] a\n\nDone: 0/2\n\n## C\n- [ ] b\n',
        '# A\n\n## B\n- [x] a\n\nDone: 1/2\n\n## C\n- [ ] b\n'),
    'of something else': (f'Done: 1/9{TASKS}',) * 2,
    'a percentage beside what is of something else': (f'Done: 1/9 (11%){TASKS}',) * 2,
    'a percentage of the innermost section': (
        f'# A\n- [ ] x\n\n## B\n\nDone: 0%{TASKS}', f'# A\n- [ ] x\n\n## B\n\nDone: 66%{TASKS}'),
    'a percentage that is right only further out': (
        f'# A{TASKS}\n# B\n- [ ] d\n\nProgress: 50%\n',) * 2,
    'beneath a heading that speaks of progress': (
        f'# A\n\n## Overall status\n\n- Progress: 100%\n\n## B{TASKS}',
        f'# A\n\n## Overall status\n\n- Progress: 66%\n\n## B{TASKS}'),
    'beneath the title': (f'# A\n\nProgress: 0%\n\n# B{TASKS}', f'# A\n\nProgress: 66%\n\n# B{TASKS}'),
    'beneath a section without tasks': (f'# A{TASKS}\n# B\n\nProgress: 0%\n',) * 2,
    'beneath a numbered section without tasks': (f'# Week 1\n\nProgress: 0%\n\n# Week 2{TASKS}',) * 2,
    'a part of an item without tasks': (f'# A\n\n- Course\n\n  Progress: ███░░ 60%{TASKS}',) * 2,
    'a part of an item with tasks': (
        '- Ship\n  Done: 0/1\n  - [x] a\n- [ ] b\n', '- Ship\n  Done: 1/1\n  - [x] a\n- [ ] b\n'),
    'a part of a task, which it does not count': (
        '- [ ] Ship\n\n  Done: 0%\n  - [x] a\n- [ ] b\n', '- [ ] Ship\n\n  Done: 100%\n  - [x] a\n- [ ] b\n'),
    'a heading of progress speaks of what is around it': (
        f'# A\n\n## Progress: 0/3 tasks completed\n\n## B{TASKS}',
        f'# A\n\n## Progress: 2/3 tasks completed\n\n## B{TASKS}'),
    'in quotes': (f'> **Progress:** 0/3{TASKS}', f'> **Progress:** 2/3{TASKS}'),
    'in code': (f'    Progress: 0/3{TASKS}',) * 2,
    'in a code span': (f'`Progress: 0/3`{TASKS}',) * 2,
    'in a heading, in a code span': (f'# `[0/3]`{TASKS}',) * 2,
    'in a comment': (f'<!--\nProgress: 0/3\n-->{TASKS}',) * 2,
    'in HTML that shows what is written': (
        f'<pre>\n<img src="https://progress-bar.dev/0/">\n</pre>{TASKS}',) * 2,
    'in front matter': (f'---\nprogress: 0/3\n---{TASKS}',) * 2,
    'in a definition': (f'[b]: https://progress-bar.dev/0/{TASKS}',) * 2,
    'in a task': ('- [ ] Progress: 1/1\n',) * 2,
    'no tasks': ('# Progress: 3/5\n\nProgress: 40%\n',) * 2,
    'nothing but cancelled tasks': ('# A [0/0] 0%\n- [-] a\n',) * 2,
    'wrapped prose': (f'We have done\n3 tasks of 12\nso far.{TASKS}',) * 2,
}  # fmt: skip


def mended(data: bytes) -> bytes:
    tracker = read_tracker(data)
    return splice(data, (count.edit for count in stale(tracker)))


@pytest.mark.parametrize(('before', 'after'), LINES.values(), ids=LINES)
def test_what_lines_speak_of(before: str, after: str) -> None:
    assert mended(before.encode()).decode() == after


# Laws

plans = st.lists(st.sampled_from(['[ ]', '[x]', '[/]', '[-]']), min_size=1, max_size=9)
forms = st.sampled_from([
    'Progress: {c}/{t}', '**Progress:** {p}% ({c}/{t})', '- {c} of {t} tasks completed', 'Done: {p} %',
    '{bar} {p}%', '{bar}', '[{ascii}] {p}%', '![](https://progress-bar.dev/{p}/)', '進捗：{p}%',
    '![](https://img.shields.io/badge/progress-{c}%2F{t}-blue)', 'Status: {c} / {t}', 'Progress: {p}.{d}%',
])  # fmt: skip


def down(part: int, whole: int) -> int:
    return part // whole


def half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


def counted(form: str, markers: list[str], width: int, rounding) -> str:
    """A line of that *form* which is right for tasks with these *markers*."""
    completed, total = markers.count('[x]'), len(markers) - markers.count('[-]')
    percent = rounding(completed * 100, total or 1)
    cells = rounding(completed * width, total or 1)
    return form.format(
        c=completed, t=total, p=percent, d=completed * 1000 // (total or 1) % 10,
        bar='█' * cells + '░' * (width - cells), ascii='#' * cells + '-' * (width - cells),
    )  # fmt: skip


def plan(form: str, markers: list[str], width: int, rounding) -> bytes:
    tasks = ''.join(f'- {marker} {at}\n' for at, marker in enumerate(markers))
    heading = f'# Plan [{counted("{c}/{t}", markers, width, rounding)}]'
    return f'{heading}\n\n{counted(form, markers, width, rounding)}\n\n{tasks}'.encode()


@law
@given(forms, plans, st.integers(3, 12), st.sampled_from([down, half_up]))
def test_what_is_right_is_left_alone(form, markers, width, rounding):
    if '{d}' in form and rounding is half_up:
        return
    data = plan(form, markers, width, rounding)
    assert list(stale(read_tracker(data))) == []


@law
@given(forms, plans, st.integers(3, 12), st.data())
def test_set_and_set_back_gives_the_bytes_back(form, markers, width, draws):
    settable = ['[x]' if marker == '[-]' else marker for marker in markers]
    tracker = read_tracker(plan(form, settable, width, down))
    on_the_way = tracker
    order = draws.draw(st.permutations(range(len(settable))))
    for index in order:
        status = draws.draw(st.sampled_from([Status.COMPLETED, Status.NOT_STARTED]))
        on_the_way = changed(on_the_way, {index: status})
        assert list(stale(on_the_way)) == []
    for index in reversed(order):
        on_the_way = changed(on_the_way, {index: tracker.state[index]})
    assert on_the_way.data == tracker.data


@law
@given(forms, plans, st.integers(3, 12), st.data())
def test_what_was_rounded_half_up_is_right_again(form, markers, width, draws):
    if '{d}' in form:
        return
    tracker = read_tracker(plan(form, markers, width, half_up))
    index = draws.draw(st.integers(0, len(markers) - 1))
    status = draws.draw(statuses)
    assert list(stale(changed(tracker, {index: status}))) == list(stale(tracker)) == []


@law
@given(documents(), st.data())
def test_counts_are_made_right_once(data, draws):
    lines = data.split(b'\n')
    for form in draws.draw(st.lists(forms, max_size=4)):
        written = form.format(
            c=1, t=draws.draw(st.integers(0, 9)), p=7, d=5, bar='█░░░', ascii='#---'
        )
        lines.insert(draws.draw(st.integers(0, len(lines))), written.encode() + b'\n')
    once = mended(b'\n'.join(lines))
    assert mended(once) == once
