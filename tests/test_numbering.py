"""Numbers read from the headings and tasks of real trackers, in the languages they are kept in."""

import time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.numbering import KINDS, Numbering, kinds_beginning, read_numbering
from roadmap_md.words import KIND_WORDS

NUMBERED = """
Week 1 – Python Data Structures | week-1 | Python Data Structures
PHASE 1 — PYTHON & ENGINEERING FOUNDATIONS | phase-1 | PYTHON & ENGINEERING FOUNDATIONS
Week 8 | week-8 |
Day 3: Sets | day-3 | Sets
Day 03 - Sets | day-3 | Sets
Day 3) Sets | day-3 | Sets
Day 3.Sets | day-3 | Sets
Day 3 • Sets | day-3 | Sets
Day 3 -> Sets | day-3 | Sets
Day 3, Sets | day-3 | Sets
Day 3 Sets | day-3 | Sets
Day 3: .NET | day-3 | .NET
Day 3 .NET | day-3 | .NET
Day 3 – Q&A: 3/5 | day-3 | Q&A: 3/5
Day 5 – End-to-end mini flow | day-5 | End-to-end mini flow
Day 80: April 20, 2020 | day-80 | April 20, 2020
Month 2: Basics (Target: 1,000 XP) | month-2 | Basics (Target: 1,000 XP)
Week 4 (Days 22–30) | week-4 | (Days 22–30)
Week 1, Day 3: Sets | week-1 | Day 3: Sets
Week 0 | week-0 |
Day 3b | day-3b |
Day 3B – Sets | day-3b | Sets
**Day 1**: Lists | day-1 | Lists
**Day 1: Lists** | day-1 | Lists
**Day** 1: Lists | day-1 | Lists
**Day 1** – **Lists** | day-1 | **Lists**
__Day 1__ Lists | day-1 | Lists
`Day 1` Lists | day-1 | Lists
~~Day 1~~ – Lists | day-1 | Lists
(Week 1) Lists | week-1 | Lists
[Day 1](days/1.md) – Lists | day-1 | Lists
[Day 1: Lists](days/1.md) ✅ | day-1 | Lists ✅
**[Day 1](days/1_(a).md)**: Lists | day-1 | Lists
🚀 Phase 2: Git | phase-2 | Git
📅 Week 1 | week-1 |
1️⃣ Week 1 | week-1 |
🛡️ Milestone 6: Security (ON-GOING) | milestone-6 | Security (ON-GOING)
Week 1 â€“ Python | week-1 | â€“ Python
Week 2 Â· Querying | week-2 | Â· Querying
Module 2.1: React | module-2.1 | React
Step 1.2.3 React | step-1.2.3 | React
Weeks 1-4: Basics | week-1-4 | Basics
Weeks 1–4 | week-1-4 |
Week 1 to 4 Basics | week-1-4 | Basics
Weeks 1 - 4 Basics | week-1-4 | Basics
Week 1 – 4: Basics | week-1-4 | Basics
Days 1 & 2 | day-1-2 |
Semanas 1 a 4 | week-1-4 |
Hafta 1–13 | week-1-13 |
Day 1 – 30 minutes of reading | day-1 | 30 minutes of reading
Week 4-1 | week-4 | 1
Day 1/100 | day-1 |
Day 1/100 – Lists | day-1 | Lists
Part 1 of 3: Lists | part-1 | Lists
Day #1 | day-1 |
Day no. 1 | day-1 |
Week-1 | week-1 |
Day_1_lists | day-1 | lists
Day1 | day-1 |
D1 | day-1 |
W1 – Lists | week-1 | Lists
W1D3 – Lists | week-1 | D3 – Lists
Part IV – Lists | part-4 | Lists
Phase II Lists | phase-2 | Lists
Part I The beginning | part-1 | The beginning
Week One | week-1 |
DAY TWO: Lists | day-2 | Lists
Day twenty | day-20 |
1st week | week-1 |
Second Week – Lists | week-2 | Lists
Semana 1 | week-1 |
DÍA 3: Listas | day-3 | Listas
Dia 3: Listas | day-3 | Listas
Lección 4 | lesson-4 |
LECCION 4 | lesson-4 |
1ª semana | week-1 |
Mês 2 – Listas | month-2 | Listas
Aula 7: Listas | lesson-7 | Listas
Étape 2 : les listes | step-2 | les listes
Leçon 3 | lesson-3 |
Unité 2 | unit-2 |
Woche 3 | week-3 |
2. Woche – Listen | week-2 | Listen
Meilenstein 1 | milestone-1 |
Settimana n. 2 | week-2 |
Capitolo 5 | chapter-5 |
Hafta 1 | week-1 |
AY 3 | month-3 |
ADIM 3: Listeler | step-3 | Listeler
BÖLÜM 5 | chapter-5 |
1. Hafta | week-1 |
3. Gün – Listeler | day-3 | Listeler
3. Gün Listeler | day-3 | Listeler
Неделя 1 | week-1 |
НЕДЕЛЯ №1: списки | week-1 | списки
1 неделя | week-1 |
1-я неделя – списки | week-1 | списки
Урок 12. Списки | lesson-12 | Списки
第1周 | week-1 |
第一周：列表 | week-1 | 列表
第3天 列表 | day-3 | 列表
第二阶段 | phase-2 |
第十二章：函数 | chapter-12 | 函数
第九十九周 | week-99 |
第1-4周 基础 | week-1-4 | 基础
阶段一 | phase-1 |
周1 | week-1 |
第1週 | week-1 |
1週目 | week-1 |
1日目：リスト | day-1 | リスト
フェーズ1 | phase-1 |
ステップ2 リスト | step-2 | リスト
第1章 | chapter-1 |
1주차 | week-1 |
1~2주차: 기초 | week-1-2 | 기초
1일차 리스트 | day-1 | 리스트
3단계 | step-3 |
제1장 | chapter-1 |
1주 | week-1 |
Day １ | day-1 |
Ｄａｙ １ | day-1 |
"""
WEEK_1 = Numbering('week', 1, 1)
ROWS = [tuple(cell.strip() for cell in row.split('|')) for row in NUMBERED.strip('\n').split('\n')]


@pytest.mark.parametrize(('text', 'slug', 'title'), ROWS, ids=[row[0] for row in ROWS])
@pytest.mark.parametrize('form', ['NFC', 'NFD'])
def test_numbered(form: str, text: str, slug: str, title: str) -> None:
    numbering, rest = read_numbering(normalize(form, text))
    assert numbering is not None
    assert (numbering.slug, rest) == (slug, normalize(form, title))


def test_damaged_emoji_are_passed_over() -> None:
    assert read_numbering('ğŸ“… Week 1') == read_numbering('ðŸ“… Week 1') == (WEEK_1, '')


NOT_NUMBERED = """
||🎯|**|Daydream 3|Weekend|Weekend 3|Day job|Part of 3 things|Phase|One golden rule|Step by step
2024 goals|May 3|1. Lists|12) x|1.2 Title|Problem 3|1. Unit tests|1. Day planning|4 weeks|4 hafta
4 semanas|2 недели|30 Days, 30 Projects|First steps|First day at work|Second day planning
Day I learned git|Week XX – Title|Phase X: later|Step I took|Part IIII|Week two-factor|D3.js basics
W3C standards|d1-d5|Day 3things|Day 3/4/2024|Day 12345678|M01 – HTML|$day1|./day1|@day 1|Day ²
周一|任务一览|3天|1주일|3단계로|第三方库|Week Ⅳb1|Day \ud800|Python 3|GPT-4|Total days: 3
""".strip().replace('\n', '|')


@pytest.mark.parametrize('text', NOT_NUMBERED.split('|'))
def test_not_numbered(text: str) -> None:
    assert read_numbering(text) == (None, text)


def test_values() -> None:
    assert read_numbering('Weeks 1-4')[0] == Numbering('week', 1, 4)
    assert read_numbering('Day 3b')[0] == Numbering('day', 3, 3, 'b')
    assert read_numbering('Module 2.1')[0] == Numbering('module', 1, 1, '', (2,))


@pytest.mark.parametrize(
    ('letters', 'kinds'),
    [
        ('w', ['week']),
        ('ph', ['phase']),
        ('PH', ['phase']),
        ('m', ['month', 'module', 'milestone']),
        ('semana', ['week']),
        ('gün', ['day']),
        ('GUN', ['day']),
        ('part', ['part']),
        ('周', ['week']),
        ('주차', ['week']),
        ('xyz', []),
        ('', []),
    ],
)
def test_kinds_beginning(letters: str, kinds: list[str]) -> None:
    assert kinds_beginning(letters)[: len(kinds) or None] == kinds


def test_english_nouns_come_first() -> None:
    assert kinds_beginning('d')[0] == 'day'
    assert set(kinds_beginning('s')) >= {'step', 'sprint', 'week'}


@pytest.mark.parametrize('kind', KIND_WORDS)
def test_every_word_is_read(kind: str) -> None:
    for pair in KIND_WORDS[kind].split():
        if '#' in pair or '1' in pair:
            numbering, title = read_numbering(pair.replace('#', '1'))
            assert (numbering, title) == (Numbering(kind, 1, 1), ''), pair
            continue
        for word in pair.split('/'):
            for spelling in (word, word.upper(), word.title()):
                numbering, _ = read_numbering(f'{spelling} 7')
                assert numbering == Numbering(KINDS[word], 7, 7), spelling


def test_kinds_are_words_of_their_own() -> None:
    assert [kind for kind in KIND_WORDS if KINDS.get(kind) != kind] == []


PIECES = """
Day|Weeks|d|Part|W|D|Second|One|IV|неделя|第|周|주차|三|1|12|4| |.|-| – | to |/|**|_|`|[|](x)|:|🚀
""".strip('\n').split('|')


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(''.join))
def test_any_text_is_read(text: str) -> None:
    numbering, title = read_numbering(text)
    if numbering is None:
        assert title == text
    else:
        assert numbering.kind in KIND_WORDS
        assert 0 <= numbering.first <= numbering.last
        assert title == title.strip()
        assert read_numbering(numbering.slug) == (numbering, '')


HOSTILE = """
|a|
|1|
| |
|*|Day 1
|*_|Day 1
|[|Day 1
|[`|Day 1
|第|
|一|
|ğŸ|
|â|
|e\u0301|
|\u1112|
Day | |x
Day |1|
Day |1.|
Day 1 | |x
Day 1| -|x
Day 1|-|x
Day 1 |- |2
[Day 1](|(|
[Day 1](|()|
[Day 1|](|
Second | |x
1| |x
Day one|-|
""".strip('\n').split('\n')


@pytest.mark.parametrize('row', HOSTILE)
def test_time_is_linear(row: str) -> None:
    before, repeated, after = row.split('|')
    text = before + repeated * (100_000 // len(repeated)) + after
    start = time.process_time()
    read_numbering(text)
    assert time.process_time() - start < 0.5
