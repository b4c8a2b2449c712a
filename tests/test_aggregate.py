"""Counts that are kept by hand are read where they are meant, and rewritten as they were written."""

import pytest

from roadmap_md.aggregate import Rounding, aggregates, is_label, is_of_all, progress_line, without


def shown(found, text):
    return ' '.join(f'{text[a.start : a.stop]}={a.completed}/{a.total}' for a in found)


LINES = {
    # text: what is read
    'Progress: 12/50': '12/50=12/50',
    'Progress: 12 / 50 tasks': '12 / 50=12/50',
    '**Overall progress:** 60% (30/50)': '60%=60/100 30/50=30/50',
    '**Progress**: [12/50]': '12/50=12/50',
    '📊 Progress — 12/50 tasks done ✅': '12/50=12/50',
    'Progress (tasks): 12/50': '12/50=12/50',
    'Progress: 60 %': '60 %=60/100',
    'Progress: 66.7%': '66.7%=667/1000',
    'Progress: 66,75%': '66,75%=6675/10000',
    'Status: 60% complete': '60%=60/100',
    'Total: 12 of 50 days completed': '12 of 50=12/50',
    'Tasks completed: 12 out of 50': '12 out of 50=12/50',
    'Completed 12/50': '12/50=12/50',
    '12 of 50': '12 of 50=12/50',
    '12/50 days': '12/50=12/50',
    '**12/50** problems complete': '12/50=12/50',
    '60% done': '60%=60/100',
    'İlerleme: ███░░░░░░░ 39%': '███░░░░░░░=3/10 39%=39/100',
    'İlerleme: ██████████ 100% ✅': '██████████=10/10 100%=100/100',
    'PROGRÈS : 39 %': '39 %=39/100',
    '进度：3/10': '3/10=3/10',
    '已完成 3/10': '3/10=3/10',
    '進捗率: 39%': '39%=39/100',
    '진행률: 39%': '39%=39/100',
    '▓▓░░░': '▓▓░░░=2/5',
    '█▒▒': '█▒▒=1/3',
    '■■□': '■■□=2/3',
    '▰▰▱': '▰▰▱=2/3',
    '░░░░ 0%': '░░░░=0/4 0%=0/100',
    'Progress: ●●○': '●●○=2/3',
    '●●○ 66%': '●●○=2/3 66%=66/100',
    '🟩🟩⬜': '🟩🟩⬜=2/3',
    '🟦🟦⬛': '🟦🟦⬛=2/3',
    '🟩\ufe0f⬜\ufe0f⬜\ufe0f': '🟩\ufe0f⬜\ufe0f⬜\ufe0f=1/3',
    '⬜⬜⬜': '⬜⬜⬜=0/3',
    '[####--]': '####--=4/6',
    '[####----] 40%': '####----=4/8 40%=40/100',
    '[####    ]': '####    =4/8',
    '[===>   ]': '===>   =4/7',
    '[     ] 0%': '     =0/5 0%=0/100',
    '![Progress](https://img.shields.io/badge/progress-60%25-green)': '60=60/100',
    '![](https://img.shields.io/badge/Overall_Progress-12%2F50-blue?style=flat)': '12%2F50=12/50',
    '![](https://img.shields.io/badge/overall%20progress-12%20of%2050_tasks-blue)': '12%20of%2050=12/50',
    '[![](https://img.shields.io/badge/completed-12/50-blue)](a.md)': '12/50=12/50',
    '![Progress](https://progress-bar.dev/60/)': '60=60/100',
    '![](https://progress-bar.dev/60/?title=progress&width=200)': '60=60/100',
    '![](https://progress-bar.xyz/28)': '28=28/100',
    '![](https://geps.dev/progress/60)': '60=60/100',
    '![](https://us-central1-progress-markdown.cloudfunctions.net/progress/60)': '60=60/100',
    '<img alt="a" src="https://progress-bar.dev/60/">': '60=60/100',
    'Progress: ![60%](https://progress-bar.dev/60/) 60%': '60%=60/100 60=60/100 60%=60/100',
    '![a](https://img.shields.io/badge/build-60%25-red) ![](https://progress-bar.dev/60/)': '60=60/100',
}


@pytest.mark.parametrize(('text', 'read'), LINES.items(), ids=list(LINES))
def test_what_is_read_in_a_line(text, read):
    assert shown(progress_line(text), text) == read


NOT_COUNTS = """Total XP: 0 / 10,000|Hours: 3/21|Quiz score: ___/10|12/05|3/10|Progress: 12/05|60%
    Week 3/10|Day 12 of 50|24/7|24/7 support|and/or|1/2 cup|Add 1/2 cup of flour|v1.2/3|2026/03/02
    https://a.example/x%20y/3/4|[a](b%20c)|Score: 60%|Coverage: 80%|Read 3/10 pages|12 of 50 tasks left
    Progress: 12/50 remaining|Progress: 50-60%|Progress: ~60%|Progress: <60%|Progress: 1/2 and 1/3
    Progress: 7/5|Progress: 60% of week 3|Progress: 12/50 and 3 more|Progress: see 12/50|●●○|Difficulty: ●●○
    ▓▓▒░░|██▓░░|✅✅⬜⬜⬜|⬛⬛⬛|▓░|[##]|[###](a)|[   ]|`Progress: 60%`|Progress: 60% <!-- of what? -->
    ![Coverage](https://progress-bar.dev/60/)|![](https://progress-bar.dev/60/?title=Java)
    ![](https://progress-bar.dev/6/?scale=10)|![](https://img.shields.io/badge/coverage-60%25-green)
    ![](https://img.shields.io/badge/python-3.11%20%7C%203.12-blue)|https://progress-bar.dev/60/
    Progress: 12/50 (12/60)|Progress:|Progress: 12345678/12345678"""


@pytest.mark.parametrize(
    'text', [text.strip() for text in NOT_COUNTS.replace('\n', '|').split('|')]
)
def test_what_is_no_count(text):
    assert progress_line(text) == ()


HEADINGS = {
    '## Week 1 [1/3]': '1/3=1/3',
    '## Arrays & Hashing (9/9) ✅': '9/9=9/9',
    '## Week 1 – 1/3': '1/3=1/3',
    '## Week 1 – **1/3**': '1/3=1/3',
    '## Week 1: 1 of 3 tasks': '1 of 3=1/3',
    '## Week 1 [60 %]': '60 %=60/100',
    '## Week 1 ▓░░ 33% done': '▓░░=1/3 33%=33/100',
    '## Progress: 30/150 Problems Complete': '30/150=30/150',
    '## Tasks 3/10': '3/10=3/10',
    '## Week 3/10': '',
    '## Sprint #3/10': '',
    '## Lists ●●○': '',
    '## Lists ●●○ 66%': '●●○=2/3 66%=66/100',
    '## 24/7 support': '',
    '## 100% coverage': '',
    '## The 3 of 10 that matter': '',
    '**0%**': '0%=0/100',
    '█░░ 40%': '█░░=1/3 40%=40/100',
    '3/5': '3/5=3/5',
    '![](https://progress-bar.dev/60/)': '60=60/100',
}


@pytest.mark.parametrize(('text', 'read'), HEADINGS.items(), ids=list(HEADINGS))
def test_what_is_read_in_a_heading_or_cell(text, read):
    assert shown(aggregates(text), text) == read


@pytest.mark.parametrize('text', [text for text, read in HEADINGS.items() if '=' in read])
def test_a_name_is_without_its_counts(text):
    read = aggregates(text)
    counted = text
    for aggregate in reversed(read):
        new = aggregate.rewritten(text, 1, 7) if aggregate.total != 7 else '2/7'
        counted = counted[: aggregate.start] + new + counted[aggregate.stop :]
    assert without(counted) == without(text)


REWRITTEN = [
    # text, completed, total, after
    ('Progress: 12/50', 13, 51, 'Progress: 13/51'),
    ('Progress: 9 / 50 tasks', 10, 50, 'Progress: 10 / 50 tasks'),
    ('Done: 9 out of 50', 10, 50, 'Done: 10 out of 50'),
    ('Done: 9% (1/11)', 2, 11, 'Done: 18% (2/11)'),
    ('Done: 9 %', 2, 3, 'Done: 66 %'),
    ('Done: 9.5%', 2, 3, 'Done: 66.6%'),
    ('Done: 9,05%', 1, 30, 'Done: 3,33%'),
    ('Done: 9.00%', 1, 100, 'Done: 1.00%'),
    ('▓░░', 2, 3, '▓▓░'),
    ('░░░', 1, 3, '█░░'),
    ('█▒▒', 3, 3, '███'),
    ('■□□', 0, 3, '□□□'),
    ('🟩⬜⬜', 2, 3, '🟩🟩⬜'),
    ('🟦⬛⬛', 2, 3, '🟦🟦⬛'),
    ('⬜\ufe0f⬜\ufe0f⬜\ufe0f', 1, 3, '🟩\ufe0f⬜\ufe0f⬜\ufe0f'),
    ('[#-----]', 2, 3, '[####--]'),
    ('[##.....]', 1, 1, '[#######]'),
    ('[===>   ]', 2, 7, '[=>     ]'),
    ('[===>   ]', 1, 7, '[=      ]'),
    ('[===>   ]', 7, 7, '[=======]'),
    ('[     ] 0%', 1, 2, '[##   ] 50%'),
    ('![](https://progress-bar.dev/9/?width=99)', 1, 2, '![](https://progress-bar.dev/50/?width=99)'),
    (
        '![](https://img.shields.io/badge/progress-9%25-red)', 1, 1,
        '![](https://img.shields.io/badge/progress-100%25-red)',
    ),
    (
        '![1/2](https://img.shields.io/badge/progress-1%2F2-red)', 2, 2,
        '![2/2](https://img.shields.io/badge/progress-2%2F2-red)',
    ),
    ('Progress: 0%', 0, 0, 'Progress: 0%'),
]  # fmt: skip


@pytest.mark.parametrize(('text', 'completed', 'total', 'after'), REWRITTEN)
def test_what_is_written(text, completed, total, after):
    for aggregate in reversed(progress_line(text)):
        new = aggregate.rewritten(text, completed, total)
        text = text[: aggregate.start] + new + text[aggregate.stop :]
    assert text == after


ROUNDED = [
    # text, completed, total, the way of rounding by which it is right
    ('Done: 66%', 2, 3, Rounding.DOWN),
    ('Done: 67%', 2, 3, Rounding.HALF_UP),
    ('Done: 65%', 2, 3, None),
    ('Done: 34%', 1, 3, None),
    ('Done: 66.7%', 2, 3, Rounding.HALF_UP),
    ('▓░░', 4, 9, Rounding.DOWN),
    ('▓▓░', 5, 9, Rounding.HALF_UP),
    ('▓▓░', 4, 9, Rounding.UP),
    ('▓▓▓', 8, 9, Rounding.HALF_UP),
    ('▓▓▓', 4, 9, None),
    ('Done: 4/9', 4, 9, Rounding.DOWN),
    ('Done: 4/9', 4, 8, None),
]


@pytest.mark.parametrize(('text', 'completed', 'total', 'rounding'), ROUNDED)
def test_how_it_is_rounded(text, completed, total, rounding):
    assert progress_line(text)[0].rounding(completed, total) is rounding


@pytest.mark.parametrize(
    'text',
    ['Progress', '**Progress:**', 'Tasks completed', 'Days done', 'Overall', 'İLERLEME', '完了率'],
)
def test_what_progress_is_called(text):
    assert is_label(text)


@pytest.mark.parametrize(
    'text', ['', 'Tasks', 'Week', 'Total XP', 'Test coverage', 'Work in progress']
)
def test_what_progress_is_not_called(text):
    assert not is_label(text)


def test_what_speaks_of_the_whole():
    said = ('Overall progress', 'Total', 'Genel ilerleme', 'Progress', 'Tasks completed')
    assert [is_of_all(text) for text in said] == [True, True, True, False, False]
