"""Every line is taken for something, and it can be asked for what."""

import pytest
from hypothesis import given
from test_laws import documents, law

from roadmap_md.explain import explain
from roadmap_md.tracker import read_tracker

TAKEN = {
    'tasks and sections': (
        '# Plan\n\n## Week 1\n- [x] Day 1\n- [ ] Day 2\n',
        ['section Plan', 'blank', 'section week-1', 'task completed week-1/day-1 (list item box)', 'task not-started week-1/day-2 (list item box)'],
    ),
    'a legend, a rule, a waiver': (
        'No skipping.\n\n⬜ open\n✅ done\n\n<!-- roadmap-md: allow RM301 d1: ill -->\n# A\n- ✅ Day 1\n',
        [
            'rule no skipping', 'blank', 'legend ⬜ is not-started', 'legend ✅ is completed', 'blank',
            'waiver RM301 d1', 'section A', 'task completed day-1 (list item emoji)',
        ],
    ),
    'a legend on one line': (
        'Key: ⬜ open,\n✅ done, ⛔ blocked\n\n- ✅ a\n',
        ['legend ⬜ is not-started', 'legend ✅ is completed, ⛔ is blocked', 'blank', 'task completed a (list item emoji)'],
    ),
    'a legend that is a table': (
        '| Key | Status |\n|---|---|\n| ⬜ | open |\n| ✅ | done |\n',
        ['legend', 'legend', 'legend ⬜ is not-started', 'legend ✅ is completed'],
    ),
    'what is not understood': (
        '- [] a\n- [?] b\n', ['unread not quite a box', 'unread no marker that is known'],
    ),
    'what is no task': (
        '---\na: b\n---\n\n```\n[ ] x\n\n```\n\n| a |\n|---|\n\n<div>\n</div>\n\n=====\n---\n- b\n',
        [
            'front matter', 'front matter', 'front matter', 'blank', 'code', 'code', 'code', 'code', 'blank',
            'table', 'table', 'blank', 'html', 'html', 'blank', 'decoration', 'decoration', 'guidance',
        ],
    ),
    'no final line end': ('- [ ] a', ['task not-started a (list item box)']),
    'nothing': ('', ['blank']),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'taken'), TAKEN.values(), ids=TAKEN)
def test_explained(text, taken):
    lines = explain(read_tracker(text.encode()))
    said = [(line.role.value, line.status and line.status.value, line.says) for line in lines]
    assert [' '.join(filter(None, parts)) for parts in said] == taken


@law
@given(documents())
def test_every_line_once(data):
    tracker = read_tracker(data)
    lines = explain(tracker)
    assert [line.number for line in lines] == list(
        range(len(data.removesuffix(b'\n').split(b'\n')))
    )
    tasks = [line.number for line in lines if line.role.value == 'task']
    assert tasks == sorted({task.line for task in tracker.tasks})
