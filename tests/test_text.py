"""What people read: names of sections, which of them are shown, and lines that fit."""

import pytest
from wcwidth import wcswidth

from roadmap_md.output.terminal import wrap
from roadmap_md.output.text import _outline, section_name
from roadmap_md.tracker import read_tracker

NAMES = {
    'without the shouting': ('# PHASE 1 — GIT', 'Phase 1  GIT'),
    'in the words of its author': ('# Woche 1 – Grundlagen', 'Woche 1  Grundlagen'),
    'in another script': ('# 第3周：列表', '第3周  列表'),
    'bold': ('# **Week 1**: Lists', 'Week 1  Lists'),
    'with an emoji': ('# 🗺️ Week 1: Lists', '🗺️ Week 1  Lists'),
    'without a title': ('# Week 8', 'Week 8'),
    'with a count': ('# Week 1: Lists [1/3]', 'Week 1  Lists'),
    'without a number': ('# Lists', 'Lists'),
}


@pytest.mark.parametrize(('heading', 'name'), NAMES.values(), ids=NAMES)
def test_section_names(heading, name):
    tracker = read_tracker(f'{heading}\n- [ ] a\n'.encode())
    assert section_name(tracker.sections[0]) == name


TASK = '\n- [ ] a\n'
OUTLINES = {
    'phases, not their weeks': (f'# Phase 1\n## Week 1{TASK}# Phase 2\n## Week 2{TASK}', ['Phase 1', 'Phase 2']),
    'weeks of the only phase': (f'# Phase 1\n## Week 1{TASK}## Week 2{TASK}', ['Week 1', 'Week 2']),
    'what stands under the title': (f'# Plan\n## Lists{TASK}## Sets{TASK}', ['Lists', 'Sets']),
    'the title where there is no more': (f'# Plan{TASK}', ['Plan']),
    'nothing': ('- [ ] a\n', []),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'shown'), OUTLINES.values(), ids=OUTLINES)
def test_outlines(text, shown):
    tracker = read_tracker(text.encode())
    assert [tracker.sections[row.section].text for row in _outline(tracker)] == shown


WRAPPED = {
    'words': ('While learning JSON, always think', ['While learning', '  JSON, always', '  think']),
    'no blanks': ('学习列表和元组练习小问题', ['学习列表和元组', '  练习小问题']),
    'a word that is too long': ('https://example.com/a/b', ['https://example', '  .com/a/b']),
    'nothing': ('', ['']),
}


@pytest.mark.parametrize(('text', 'lines'), WRAPPED.values(), ids=WRAPPED)
def test_wrap(text, lines):
    assert wrap(text, 15, '  ') == lines
    assert all(wcswidth(line) <= 15 for line in lines)
