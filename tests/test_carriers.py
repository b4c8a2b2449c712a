"""Every place where a status may sit: what is read there, and what is written.

The statuses of sections that hold tasks stand behind the tasks.
"""

import json
from pathlib import Path

import pytest
from test_main_job import begin, git
from test_tracker import flush, outline

from roadmap_md.__main__ import main
from roadmap_md.errors import UserError
from roadmap_md.rewrite import set_statuses
from roadmap_md.status import Status
from roadmap_md.tracker import read_tracker

LIST_BOXES = {
    'every box': (
        """
        - [ ] One
        - [x] Two
        * [X] Three
        + [/] Four
        1. [~] Five
        2) [>] Six
        - [-] Seven
        - [✓] Eight
        - [✔] Nine
        """,
        """
        one | not-started | One
        two | completed | Two
        three | completed | Three
        four | in-progress | Four
        five | in-progress | Five
        six | in-progress | Six
        seven | cancelled | Seven
        eight | completed | Eight
        nine | completed | Nine
        """,
    ),
    'nested, quoted, in a numbered list': (
        """
        1. [ ] Parser
           - [x] Lossless
        > - [/] Quoted
        >   * [x] Deep
        """,
        """
        parser | not-started | Parser
          parser/lossless | completed | Lossless
        quoted | in-progress | Quoted
          quoted/deep | completed | Deep
        """,
    ),
    'a word in the box': (
        """
        - [DONE] One
        - [ done ] Two
        - [In Progress] Three
        - [todo] Four
        - [已完成] Five
        - [en cours] Six
        - [blocked] Seven
        - [some text] no
        - [done](x.md) no
        """,
        """
        one | completed | One
        two | completed | Two
        three | in-progress | Three
        four | not-started | Four
        five | completed | Five
        six | in-progress | Six
        seven | blocked | Seven
        """,
    ),
    'an emoji in the box': (
        """
        - [✅] One
        - [🚧] Two
        - [⬜] Three
        - [☑] Four
        """,
        """
        one | completed | One
        two | in-progress | Two
        three | not-started | Three
        four | completed | Four
        """,
    ),
    'struck through with its box': (
        """
        - [ ] One
        - ~~[x] Two~~
        - [x] ~~Three~~
        - ~~ [x] no ~~
        """,
        """
        one | not-started | One
        two | completed | Two
        three | completed | ~~Three~~
        """,
    ),
    'one character that a legend declares': (
        """
        Legend: [ ] open, [o] doing, [d] done

        - [ ] One
        - [o] Two
        - [d] Three
        - [x] Four
        """,
        """
        one | not-started | One
        two | in-progress | Two
        three | completed | Three
        four | completed | Four
        """,
    ),
    'one character that nobody declares is no status': (
        """
        - [ ] One
        - [o] Two
        - [1] Three
        """,
        """
        one | not-started | One
        """,
    ),
    'a template': (
        """
        - [ ]
        - [ ] {task}
        - [ ] ____
        """,
        """
        task-1 | not-started |\u0020
        task | not-started | {task}
        task-3 | not-started | ____
        """,
    ),
}  # fmt: skip

LIST_EMOJI = {
    'every emoji': (
        """
        - ⬜ One
        - 🔲 Two
        - 🟨 Three
        - 🚧 Four
        - ✅ Five
        - ☑️ Six
        - ❌ Seven
        - 🚫 Eight
        - ⛔ Nine
        - 🔒 Ten
        """,
        """
        one | not-started | One
        two | not-started | Two
        three | in-progress | Three
        four | in-progress | Four
        five | completed | Five
        six | completed | Six
        seven | cancelled | Seven
        eight | cancelled | Eight
        nine | blocked | Nine
        ten | blocked | Ten
        """,
    ),
    'shortcodes': (
        """
        - :white_check_mark: One
        - :construction: Two
        - :x: Three
        """,
        """
        one | completed | One
        two | in-progress | Two
        three | cancelled | Three
        """,
    ),
    'what ⏳ is in doubt of, the section says': (
        """
        ## In progress
        - ⏳ One
        ## Planned
        - ⏳ Two
        ## Other
        - ⏳ Three
        """,
        """
        in-progress/one | in-progress | One
        planned/two | not-started | Two
        other/three | in-progress | Three
        """,
    ),
    'reasons beneath a question are no tasks': (
        """
        ## Why this stack?
        - ✅ Fast to learn
        - ❌ Hard to test
        """,
        '',
    ),
    'points with a word in bold are no tasks': (
        """
        ## Features
        - ✅ **Fast**: it never waits
        - ✅ **Small** – one file only
        - ❌ **No magic:** nothing is hidden
        """,
        '',
    ),
    'points beside a task are tasks': (
        """
        ## Week 1
        - ✅ **Lists**: append and pop
        - ⬜ Tuples
        """,
        """
        week-1/lists-append-and-pop | completed | **Lists**: append and pop
        week-1/tuples | not-started | Tuples
        """,
    ),
    'points beside a box are tasks': (
        """
        ## Week 1
        - ✅ **Lists**: append and pop
        - [ ] Tuples
        """,
        """
        week-1/lists-append-and-pop | completed | **Lists**: append and pop
        week-1/tuples | not-started | Tuples
        """,
    ),
    'numbered ones in bold are tasks': (
        """
        - ✅ **Day 1**: lists and tuples
        - ⬜ **Day 2**: sets and dictionaries
        """,
        """
        day-1 | completed | **Day 1**: lists and tuples
        day-2 | not-started | **Day 2**: sets and dictionaries
        """,
    ),
    'under a legend they are meant': (
        """
        ⬜ to do
        ✅ done

        - ✅ **Lists**: append and pop
        - ⬜ **Sets**: add and discard
        """,
        """
        lists-append-and-pop | completed | **Lists**: append and pop
        sets-add-and-discard | not-started | **Sets**: add and discard
        """,
    ),
    'emoji that are no status are text': (
        """
        - 🚀 One
        - 🔥 Three
        """,
        '',
    ),
}  # fmt: skip

BARE_LINES = {
    'an underline beneath is no heading beside others': (
        """
        ## ⛔ Stop
        ⛔ One
        ---
        """,
        """
        stop/one | blocked | One
        """,
    ),
    'boxes and emoji': (
        """
        [ ] One\u0020\u0020
        🟨 Two
        ✅ Three\\
        [x] Four
        """,
        """
        one | not-started | One
        two | in-progress | Two
        three | completed | Three
        four | completed | Four
        """,
    ),
    'in a quote and in an item': (
        """
        > [ ] One
        > ✅ Two

        - Notes

          [ ] Three
        """,
        """
        one | not-started | One
        two | completed | Two
        three | not-started | Three
        """,
    ),
    'words are no markers': (
        """
        Done Lists
        TODO Tuples
        """,
        '',
    ),
}  # fmt: skip

STRIKETHROUGH = {
    'among tasks it is cancelled': (
        """
        - [ ] One
        - ~~Two~~
        """,
        """
        one | not-started | One
        two | cancelled | Two
        """,
    ),
    'alone it is text': (
        """
        - ~~One~~
        - Two
        """,
        '',
    ),
    'in another list it is text': (
        """
        - [ ] One

        ## Notes
        - ~~We use MySQL~~

        Or do we?

        - We do not
        """,
        """
        one | not-started | One
        """,
    ),
    'behind a blank line and what belongs to a task': (
        """
        - [ ] One

          More of it.

          - a note

        - ~~Two~~
        """,
        """
        one | not-started | One
        two | cancelled | Two
        """,
    ),
    'half a text is not': (
        """
        - [ ] One
        - ~~Two~~ three
        - ~~Four~~ ~~five~~
        """,
        """
        one | not-started | One
        """,
    ),
    'a link': (
        """
        - [x] One
        - ~~[Two](two.md)~~
        """,
        """
        one | completed | One
        two-two-md | cancelled | [Two](two.md)
        """,
    ),
    'beneath a task': (
        """
        - [ ] One
          - [x] Two
          - ~~Three~~
        """,
        """
        one | not-started | One
          one/two | completed | Two
          one/three | cancelled | Three
        """,
    ),
}  # fmt: skip

TABLE_CELLS = {
    'a status in the first column is no name of a row': (
        """
        | Status | Topic | Done |
        |---|---|---|
        | fertig | Lists | fertig |
        | Done | [x] | ✅ |
        """,
        """
        lists | completed | Lists
        x | completed | [x]
        """,
    ),
    'markers': (
        """
        | Day | Topic | Status |
        |-----|-------|:------:|
        | 1   | Lists | ✅ |
        | 2   | Sets  | 🟨 |
        | 3   | Dicts | ⬜ |
        """,
        """
        day-1 | completed | Day 1 – Lists
        day-2 | in-progress | Day 2 – Sets
        day-3 | not-started | Day 3 – Dicts
        """,
    ),
    'words': (
        """
        | Topic | Status |
        |---|---|
        | Lists | Done |
        | Sets | in progress |
        | Dicts | Not Started |
        | Files | BLOCKED |
        | Regex | Skipped |
        """,
        """
        lists | completed | Lists
        sets | in-progress | Sets
        dicts | not-started | Dicts
        files | blocked | Files
        regex | cancelled | Regex
        """,
    ),
    'marker and word': (
        """
        | Topic | Status |
        |---|---|
        | Lists | ✅ Completed |
        | Sets | 🔄 In progress |
        | Dicts | Planned 📋 |
        | Files | Done ✅ |
        | Regex | ⏳ Pending |
        """,
        """
        lists | completed | Lists
        sets | in-progress | Sets
        dicts | not-started | Dicts
        files | completed | Files
        regex | not-started | Regex
        """,
    ),
    'shortcodes and boxes': (
        """
        | Topic | Done |
        |---|---|
        | Lists | :white_check_mark: |
        | Sets | [ ] |
        | Dicts | [x] |
        | Files | `[/]` |
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        dicts | completed | Dicts
        files | in-progress | Files
        """,
    ),
    'Spanish': (
        """
        | Tema | Estado |
        |---|---|
        | Listas | Completado |
        | Tuplas | En progreso |
        | Conjuntos | Pendiente |
        """,
        """
        listas | completed | Listas
        tuplas | in-progress | Tuplas
        conjuntos | not-started | Conjuntos
        """,
    ),
    'Portuguese': (
        """
        | Semana | Situação |
        |---|---|
        | Semana 1 | Concluído |
        | Semana 2 | Em andamento |
        | Semana 3 | A fazer |
        """,
        """
        week-1 | completed | Semana 1
        week-2 | in-progress | Semana 2
        week-3 | not-started | Semana 3
        """,
    ),
    'French': (
        """
        | Leçon | Statut |
        |---|---|
        | Listes | Terminé |
        | Tuples | en cours |
        | Ensembles | À faire |
        """,
        """
        listes | completed | Listes
        tuples | in-progress | Tuples
        ensembles | not-started | Ensembles
        """,
    ),
    'German': (
        """
        | Woche | Stand |
        |---|---|
        | 1 | erledigt |
        | 2 | in Arbeit |
        | 3 | offen |
        """,
        """
        week-1 | completed | Woche 1
        week-2 | in-progress | Woche 2
        week-3 | not-started | Woche 3
        """,
    ),
    'Italian': (
        """
        | Lezione | Stato |
        |---|---|
        | Liste | Completato |
        | Tuple | In corso |
        | Insiemi | Da fare |
        """,
        """
        liste | completed | Liste
        tuple | in-progress | Tuple
        insiemi | not-started | Insiemi
        """,
    ),
    'Turkish': (
        """
        | Hafta | Durum |
        |---|---|
        | 1. Hafta | Tamamlandı |
        | 2. Hafta | DEVAM EDİYOR |
        | 3. Hafta | Başlanmadı |
        """,
        """
        week-1 | completed | 1. Hafta
        week-2 | in-progress | 2. Hafta
        week-3 | not-started | 3. Hafta
        """,
    ),
    'Russian': (
        """
        | Тема | Статус |
        |---|---|
        | Списки | Готово |
        | Кортежи | В работе |
        | Множества | Не начато |
        """,
        """
        списки | completed | Списки
        кортежи | in-progress | Кортежи
        множества | not-started | Множества
        """,
    ),
    'Chinese': (
        """
        | 章节 | 状态 |
        |---|---|
        | 列表 | 已完成 |
        | 元组 | 进行中 |
        | 集合 | 未开始 |
        """,
        """
        列表 | completed | 列表
        元组 | in-progress | 元组
        集合 | not-started | 集合
        """,
    ),
    'Japanese': (
        """
        | 項目 | ステータス |
        |---|---|
        | リスト | 完了 |
        | タプル | 進行中 |
        | 集合 | 未着手 |
        """,
        """
        リスト | completed | リスト
        タプル | in-progress | タプル
        集合 | not-started | 集合
        """,
    ),
    'Korean': (
        """
        | 주차 | 상태 |
        |---|---|
        | 1주차 | 완료 |
        | 2주차 | 진행 중 |
        | 3주차 | 예정 |
        """,
        """
        week-1 | completed | 1주차
        week-2 | in-progress | 2주차
        week-3 | not-started | 3주차
        """,
    ),
    'dates and remarks': (
        """
        | Topic | Status |
        |---|---|
        | Lists | ✅ 2026-03-29 |
        | Sets | Completed (March 29, 2026) |
        | Dicts | Done on 29.03.2026 |
        | Files | ✅ merged in #12 |
        | Regex | Done, but slowly |
        """,
        """
        lists | completed | Lists
        sets | completed | Sets
        dicts | completed | Dicts
        files | completed | Files
        regex | completed | Regex
        """,
    ),
    'bold, code and links': (
        """
        | Topic | Status |
        |---|---|
        | **Lists** | **✅ Done** |
        | `sets` | *In progress* |
        | [Dicts](d.md) | `todo` |
        | <b>Files</b> | __Done__ |
        """,
        """
        lists | completed | Lists
        sets | in-progress | sets
        dicts | not-started | Dicts
        files | completed | Files
        """,
    ),
    'empty cells are not started': (
        """
        | Topic | Status |
        |---|---|
        | Lists | ✅ |
        | Sets | |
        | Dicts |  |
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        dicts | not-started | Dicts
        """,
    ),
    'nothing but empty cells': (
        """
        | Topic | Status |
        |---|---|
        | Lists | |
        | Sets | |
        """,
        """
        lists | not-started | Lists
        sets | not-started | Sets
        """,
    ),
    'rows too short and too long': (
        """
        | Topic | Status |
        |---|---|
        | Lists | ✅ | more |
        | Sets |
        | Dicts | ⬜
        """,
        """
        lists | completed | Lists
        dicts | not-started | Dicts
        """,
    ),
    'escaped pipes': (
        """
        | Topic | Status |
        |---|---|
        | a \\| b | ✅ |
        | `c \\| d` | ⬜ |
        """,
        """
        a-b | completed | a | b
        c-d | not-started | c | d
        """,
    ),
    'no outer pipes': (
        """
        Topic | Status
        --- | ---
        Lists | ✅
        Sets | ⬜
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        """,
    ),
    'in a quote': (
        """
        > | Topic | Status |
        > |---|---|
        > | Lists | ✅ |
        > | Sets | ⬜ |
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        """,
    ),
    'in a list item': (
        """
        - Week 1

          | Topic | Status |
          |---|---|
          | Lists | ✅ |
          | Sets | ⬜ |
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        """,
    ),
    'a column for each person': (
        """
        | Day | Alice | Bob |
        |---|---|---|
        | Day 1 | ✅ | ⬜ |
        | Day 2 | 🟨 | |
        """,
        """
        alice/day-1 | completed | Day 1
        bob/day-1 | not-started | Day 1
        alice/day-2 | in-progress | Day 2
        bob/day-2 | not-started | Day 2
        """,
    ),
    'persons as rows': (
        """
        | Name | Week 1 | Week 2 |
        |---|---|---|
        | Alice | ✅ | ⬜ |
        | Bob | 🟨 | ⬜ |
        """,
        """
        week-1/alice | completed | Alice
        week-2/alice | not-started | Alice
        week-1/bob | in-progress | Bob
        week-2/bob | not-started | Bob
        """,
    ),
    'transposed': (
        """
        | Day | 1 | 2 | 3 |
        |---|---|---|---|
        | Status | ✅ | 🟨 | |
        """,
        """
        day-1 | completed | Day 1
        day-2 | in-progress | Day 2
        day-3 | not-started | Day 3
        """,
    ),
    'a marker before the name': (
        """
        | Feature | Notes |
        |---|---|
        | ✅ Lists | append |
        | ⬜ Sets | add |
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        """,
    ),
    'a second status column': (
        """
        | Topic | Status | Done |
        |---|---|---|
        | Lists | Completed | ✅ |
        | Sets | In progress | ⬜ |
        """,
        """
        lists | completed | Lists
        sets | in-progress | Sets
        """,
    ),
    'totals': (
        """
        | Week | Status |
        |---|---|
        | Week 1 | ✅ |
        | Week 2 | ⬜ |
        | **TOTAL** | 🟨 |
        """,
        """
        week-1 | completed | Week 1
        week-2 | not-started | Week 2
        """,
    ),
    'a status before the name of a total': (
        """
        | ✅ | Topic |
        |---|---|
        | ✅ | Lists |
        | ⬜ | Total |
        """,
        """
        lists | completed | Lists
        """,
    ),
    'groups of rows': (
        """
        | Topic | Status |
        |---|---|
        | **Basics** | |
        | Lists | ✅ |
        | **Advanced** | |
        | Meta | ⬜ |
        """,
        """
        lists | completed | Lists
        meta | not-started | Meta
        """,
    ),
    'all rows bold are no groups': (
        """
        | Topic | Status |
        |---|---|
        | **Lists** | |
        | **Sets** | ✅ |
        """,
        """
        lists | not-started | Lists
        sets | completed | Sets
        """,
    ),
    'rows that name sections': (
        """
        | Phase | Status |
        |---|---|
        | Phase 1 | ✅ |
        | Phase 2 | ⬜ |

        ## Phase 1
        - [x] Lists
        ## Phase 2: More
        - [ ] Sets
        """,
        """
        phase-1/lists | completed | Lists
        phase-2/sets | not-started | Sets
        Phase 1 | completed
        Phase 2: More | not-started
        """,
    ),
    'rows that name sections by their words': (
        """
        | Part | Status |
        |---|---|
        | Basics | in progress |
        | Elsewhere | done |

        ## Basics
        - [x] Lists
        - [ ] Sets
        """,
        """
        elsewhere | completed | Elsewhere
        basics/lists | completed | Lists
        basics/sets | not-started | Sets
        Basics | in-progress
        """,
    ),
    'in Japanese ⭕ is done': (
        """
        | 章 | 状態 |
        |---|---|
        | 一 リスト | ⭕ |
        | 二 集合 | 🔺 |
        | 三 辞書 | ❌ |
        """,
        """
        一-リスト | completed | 一 リスト
        二-集合 | in-progress | 二 集合
        三-辞書 | not-started | 三 辞書
        """,
    ),
    'in English ⭕ is not': (
        """
        | Topic | Status |
        |---|---|
        | Lists | ⭕ |
        | Sets | ✅ |
        | Dicts | ❌ |
        """,
        """
        sets | completed | Sets
        dicts | not-started | Dicts
        """,
    ),
    'a comparison of features': (
        """
        | Feature | Ours | Theirs |
        |---|---|---|
        | Lossless | ✅ | ❌ |
        | Fast | ✅ | ✅ |
        """,
        '',
    ),
    'one row that is not answered makes it a plan': (
        """
        | Feature | Ours | Theirs |
        |---|---|---|
        | Lossless | ✅ | ❌ |
        | Fast | ⬜ | ✅ |
        """,
        """
        ours/lossless | completed | Lossless
        theirs/lossless | not-started | Lossless
        ours/fast | not-started | Fast
        theirs/fast | completed | Fast
        """,
    ),
    'answers to numbered questions are statuses': (
        """
        | Day | Read | Coded |
        |---|---|---|
        | Day 1 | ✅ | ❌ |
        | Day 2 | ✅ | ✅ |
        """,
        """
        read/day-1 | completed | Day 1
        coded/day-1 | not-started | Day 1
        read/day-2 | completed | Day 2
        coded/day-2 | completed | Day 2
        """,
    ),
    '⏳ is in doubt': (
        """
        | Topic | Status |
        |---|---|
        | Lists | ⏳ |
        | Sets | ⏳ Waiting |
        | Dicts | ✅ |
        """,
        """
        lists | in-progress | Lists
        sets | blocked | Sets
        dicts | completed | Dicts
        """,
    ),
    'counts are none': (
        """
        | Week | Progress | Status |
        |---|---|---|
        | 1 | 3/5 | 60% |
        | 2 | 0/5 | 0% |
        """,
        '',
    ),
    'half of the cells have to be read': (
        """
        | Topic | Status |
        |---|---|
        | Lists | needs thought |
        | Sets | ask Ada |
        | Dicts | Done |
        """,
        '',
    ),
    'words beneath another head are none': (
        """
        | Topic | Notes |
        |---|---|
        | Lists | Done |
        | Sets | In progress |
        """,
        '',
    ),
    'a choice to be made': (
        """
        | Topic | Status |
        |---|---|
        | Lists | Not started / In progress / Done |
        """,
        '',
    ),
    'a legend is none': (
        """
        | Symbol | Meaning |
        |---|---|
        | ✅ | done |
        | ⬜ | to do |

        - ✅ Lists
        """,
        """
        lists | completed | Lists
        """,
    ),
    'only a head': (
        """
        | Topic | Status |
        |---|---|
        """,
        '',
    ),
    'numbers and titles': (
        """
        | # | Day | Title | Status |
        |---|---|---|---|
        | 1 | 3 | Lists | ✅ |
        | 2 | 4 | Sets | ⬜ |
        """,
        """
        day-3 | completed | Day 3 – Lists
        day-4 | not-started | Day 4 – Sets
        """,
    ),
    'rows that are told apart by a second column': (
        """
        | Week | Topic | Status |
        |---|---|---|
        | Week 1 | Lists | ✅ |
        | Week 1 | Sets | ⬜ |
        """,
        """
        week-1 | completed | Week 1 – Lists
        week-1~2 | not-started | Week 1 – Sets
        """,
    ),
}  # fmt: skip

HTML_TABLES = {
    'cells and boxes': (
        """
        <table>
        <tr><th>Topic</th><th>Status</th></tr>
        <tr><td>Lists</td><td>✅ Done</td></tr>
        <tr><td>Sets<td><input type="checkbox">
        <tr><td>Dicts</td><td><input type="checkbox" checked></td></tr>
        </table>
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        dicts | completed | Dicts
        """,
    ),
    'attributes, entities and links': (
        """
        <table class="a">
          <thead><tr><th>Topic</th><th align="center">Status</th></tr></thead>
          <tbody><tr><td><a href="x">A &amp; B</a></td><td align="center">&#9989;</td></tr></tbody>
        </table>
        """,
        """
        a-b | completed | A & B
        """,
    ),
    'a table without statuses': (
        """
        <table><tr><th>a</th></tr><tr><td>b</td></tr></table>
        """,
        '',
    ),
    'in a comment': (
        """
        <!-- <table><tr><th>Topic</th><th>Status</th></tr><tr><td>a</td><td>✅</td></tr></table> -->
        """,
        '',
    ),
}  # fmt: skip

HEADINGS = {
    'with counts of another kind': (
        """
        ## A (50% 🟨
        ## B 🟨 [██░░] 50%
        """,
        """
        a | in-progress | A
        """,
    ),
    'behind the text': (
        """
        ## Phase 1 ✅
        ## Phase 2 🔄
        ## Phase 3 ⬜
        """,
        """
        phase-1 | completed | Phase 1
        phase-2 | in-progress | Phase 2
        phase-3 | not-started | Phase 3
        """,
    ),
    'behind it in words': (
        """
        ## Auth (Done)
        ## Billing [in progress]
        ## Search – not started
        ## Export: blocked
        ## Import — ✅ COMPLETED
        ## Mail | Done
        ## About what is done
        """,
        """
        auth | completed | Auth
        billing | in-progress | Billing
        search | not-started | Search
        export | blocked | Export
        import | completed | Import
        mail | completed | Mail
        """,
    ),
    'with dates': (
        """
        ## Auth (COMPLETED 2026-03-29)
        ## Billing ✅ 2026-03-29
        ## Search (done March 29, 2026)
        """,
        """
        auth | completed | Auth
        billing | completed | Billing
        search | completed | Search
        """,
    ),
    'before the text': (
        """
        ### [x] Setup
        ### [ ] Build
        ### [/] Ship
        """,
        """
        setup | completed | Setup
        build | not-started | Build
        ship | in-progress | Ship
        """,
    ),
    'emoji before each': (
        """
        ## ✅ Setup
        ## 🟨 Build
        ## ⬜ Ship
        """,
        """
        setup | completed | Setup
        build | in-progress | Build
        ship | not-started | Ship
        """,
    ),
    'emoji before some is decoration': (
        """
        ## 🚀 Start
        ## ✅ Setup
        ## 🔥 Ship
        """,
        '',
    ),
    'one emoji alone is decoration': (
        """
        # Plan
        ## ✅ Checklist
        - [ ] One
        """,
        """
        checklist/one | not-started | One
        """,
    ),
    'in ten other languages': (
        """
        ## Uno (Completado)
        ## Dois (Em andamento)
        ## Trois (À faire)
        ## Vier (erledigt)
        ## Cinque (In corso)
        ## Altı (Tamamlandı)
        ## Семь (не начато)
        ## 八（已完成）
        ## 九（進行中）
        ## 열 (예정)
        """,
        """
        uno | completed | Uno
        dois | in-progress | Dois
        trois | not-started | Trois
        vier | completed | Vier
        cinque | in-progress | Cinque
        altı | completed | Altı
        семь | not-started | Семь
        八 | completed | 八
        九 | in-progress | 九
        열 | not-started | 열
        """,
    ),
    'underlined': (
        """
        Phase 1 ✅
        =========

        Phase 2 (todo)
        ---------
        """,
        """
        phase-1/phase-2 | not-started | Phase 2
        Phase 1 | completed
        """,
    ),
    'with counts': (
        """
        ## Week 1 [3/5] ✅
        ## Week 2 ⬜ (0/5)
        """,
        """
        week-1 | completed | Week 1
        week-2 | not-started | Week 2
        """,
    ),
    'nested': (
        """
        # Phase 1 ✅
        ## Week 1 ✅
        ## Week 2 🟨
        # Phase 2 ⬜
        """,
        """
        phase-1/week-1 | completed | Week 1
        phase-1/week-2 | in-progress | Week 2
        phase-2 | not-started | Phase 2
        Phase 1 | completed
        """,
    ),
    "over tasks it is the section's": (
        """
        ## Week 1 ✅
        - [x] Lists
        ## Week 2 (in progress)
        - [ ] Sets
        """,
        """
        week-1/lists | completed | Lists
        week-2/sets | not-started | Sets
        Week 1 | completed
        Week 2 | in-progress
        """,
    ),
    'closed by hashes': (
        """
        ## Phase 1 ✅ ##
        """,
        """
        phase-1 | completed | Phase 1
        """,
    ),
    'in a quote or an item it opens no section': (
        """
        > ## Phase 1 ✅

        - ## Phase 2 ✅
        """,
        '',
    ),
}  # fmt: skip

STATUS_LINES = {
    'in an underlined heading of two lines': (
        """
        **A**: b
        **Status:** ✅
        ---
        """,
        """
        a-b-status | completed | **A**: b **Status
        """,
    ),
    'plain, bold and quoted': (
        """
        # One
        Status: done
        # Two
        **Status:** 🔄 In Progress
        # Three
        **Status**: ⬜
        # Four
        > Status: `blocked`
        # Five
        *Status:* **✅ Completed**
        """,
        """
        one | completed | One
        two | in-progress | Two
        three | not-started | Three
        four | blocked | Four
        five | completed | Five
        """,
    ),
    'in an item': (
        """
        # One
        - Status: done
        - Owner: Ada
        # Two
        - Task
          - Status: done
        """,
        """
        one | completed | One
        """,
    ),
    'in ten other languages': (
        """
        # A
        Estado: Completado
        # B
        **Situação:** Em andamento
        # C
        **Statut :** À faire
        # D
        Stand: in Arbeit
        # E
        Stato: Completato
        # F
        Durum: Devam ediyor
        # G
        Статус: готово
        # H
        状态：已完成
        # I
        状態: 未着手
        # J
        상태: 진행 중
        """,
        """
        a | completed | A
        b | in-progress | B
        c | not-started | C
        d | in-progress | D
        e | completed | E
        f | in-progress | F
        g | completed | G
        h | completed | H
        i | not-started | I
        j | in-progress | J
        """,
    ),
    'several fields on a line': (
        """
        # One
        **Status:** ✅ Done | **Owner:** Ada
        # Two
        Status: todo · Due: 2026-01-01
        """,
        """
        one | completed | One
        two | not-started | Two
        """,
    ),
    'of a section further out': (
        """
        # Phase 1
        ## Week 1
        - [x] Lists
        ## Review
        **Phase 1 Status:** in progress
        """,
        """
        week-1/lists | completed | Lists
        Phase 1 | in-progress
        """,
    ),
    'of a section that is not around it': (
        """
        # Phase 1
        - [x] Lists
        # Review
        Phase 1 Status: done
        """,
        """
        phase-1/lists | completed | Lists
        """,
    ),
    'a choice to be made': (
        """
        # One
        Status: Not started / In progress / Done
        # Two
        Status: ⬜ Not Started | 🟨 In Progress | ✅ Done
        """,
        '''
        one | not-started | One
        two | not-started | Two
        ''',
    ),
    'free text': (
        """
        # One
        Status: we are thinking about it
        # Two
        Status: Done, except for the docs
        """,
        """
        two | completed | Two
        """,
    ),
    'two in one section': (
        """
        # One
        Status: done
        Status: todo
        """,
        '',
    ),
    "over tasks it is the section's": (
        """
        # One
        **Status:** done
        - [x] Lists
        - [ ] Sets
        """,
        """
        one/lists | completed | Lists
        one/sets | not-started | Sets
        One | completed
        """,
    ),
    'with dates': (
        """
        # One
        Status: Completed (2026-03-29)
        # Two
        Status: ✅ Done on 29.03.2026
        """,
        """
        one | completed | One
        two | completed | Two
        """,
    ),
    'before any section': (
        """
        Status: done
        """,
        '',
    ),
}  # fmt: skip

SECTION_NAMES = {
    'boxes around the name, open or not': (
        """
        # Plan
        ## Done [x]
        - Lists
        ## [ ] Done
        - Sets
        """,
        """
        done/lists | completed | Lists
        done/sets | completed | Sets
        Done | completed
        Done | not-started
        """,
    ),
    'English': (
        """
        # Done
        - Lists
        # In progress
        - Sets
        # Next
        - Dicts
        # Blocked
        - Files
        # Won't do
        - Perl
        """,
        """
        done/lists | completed | Lists
        in-progress/sets | in-progress | Sets
        next/dicts | not-started | Dicts
        blocked/files | blocked | Files
        won-t-do/perl | cancelled | Perl
        """,
    ),
    'ten other languages': (
        """
        # Hecho
        - A
        # Em andamento
        - B
        # À faire
        - C
        # Erledigt
        - D
        # In corso
        - E
        # Yapılacaklar
        - F
        # Готово
        - G
        # 已完成
        - H
        # 未着手
        - I
        # 진행 중
        - J
        """,
        """
        hecho/a | completed | A
        em-andamento/b | in-progress | B
        à-faire/c | not-started | C
        erledigt/d | completed | D
        in-corso/e | in-progress | E
        yapılacaklar/f | not-started | F
        готово/g | completed | G
        已完成/h | completed | H
        未着手/i | not-started | I
        진행-중/j | in-progress | J
        """,
    ),
    'emoji, numbers and brackets around the name': (
        """
        ## ✅ Done
        - Lists
        ## 2. In progress
        - Sets
        ## Planned (2027)
        - Dicts
        ## 📋 To do:
        - Files
        """,
        """
        done/lists | completed | Lists
        2-in-progress/sets | in-progress | Sets
        planned-2027/dicts | not-started | Dicts
        to-do/files | not-started | Files
        """,
    ),
    'headings beneath': (
        """
        # Plan
        ## Done
        ### Lists
        Text.
        ### Sets
        Text.
        """,
        """
        done/lists | completed | Lists
        done/sets | completed | Sets
        """,
    ),
    'headings beneath with items': (
        """
        # Plan
        ## Planned
        ### Week 1
        - Lists
        - Sets
        """,
        """
        week-1/lists | not-started | Lists
        week-1/sets | not-started | Sets
        """,
    ),
    'items with boxes keep their own': (
        """
        ## Done
        - [ ] Lists
        - Sets
          - with details
        """,
        """
        done/lists | not-started | Lists
        done/sets | completed | Sets
        """,
    ),
    'the title of a file': (
        """
        # TODO
        - Lists
        ## Notes
        - no task
        """,
        """
        todo/lists | not-started | Lists
        """,
    ),
    'a heading about something else': (
        """
        ## Done well
        - no task
        ## Testing
        - no task
        """,
        '',
    ),
    'paragraphs are none': (
        """
        ## Done
        We did it.
        """,
        '',
    ),
    'a table beneath has its own': (
        """
        ## In progress
        | Topic | Status |
        |---|---|
        | Lists | ✅ |
        """,
        """
        in-progress/lists | completed | Lists
        """,
    ),
}  # fmt: skip

ITEM_ENDS = {
    'beside another list': (
        """
        - Lists – Done
        - Tuples – In progress

        Notes:

        - Read the book
        """,
        """
        lists | completed | Lists
        tuples | in-progress | Tuples
        """,
    ),
    'over items of its own': (
        """
        - Lists – Done
          - a note
        - Tuples – In progress
        """,
        """
        lists | completed | Lists
        tuples | in-progress | Tuples
        """,
    ),
    'not of each item': (
        """
        - Lists – Done
        - Tuples – In progress
        - Sets
        """,
        '',
    ),
}  # fmt: skip

SECOND_STATUSES = {
    'an emoji, a word, a box': (
        """
        - [x] Lists ✅
        - [x] Sets (done)
        - [x] Dicts [x]
        - [/] Files – in progress
        - [ ] Regex, optional / todo
        - ✅ Types – done
        """,
        """
        lists | completed | Lists
        sets | completed | Sets
        dicts | completed | Dicts
        files-in-progress | in-progress | Files – in progress
        regex-optional-todo | not-started | Regex, optional / todo
        types-done | completed | Types – done
        """,
    ),
    '❌ behind an open box': (
        """
        - [ ] Lists ❌
        - [x] Sets ❌
        """,
        """
        lists | not-started | Lists
        sets | completed | Sets
        """,
    ),
    'with a date': (
        """
        - [x] Lists (done 2026-03-29)
        - [x] Sets ✅ 2026-03-29
        """,
        """
        lists | completed | Lists
        sets | completed | Sets
        """,
    ),
    'a text about it': (
        """
        - [ ] Find out what is done
        - [ ] Use ✅ for what is done
        """,
        """
        find-out-what-is-done | not-started | Find out what is done
        use-for-what-is-done | not-started | Use ✅ for what is done
        """,
    ),
    'on a bare line': (
        """
        [x] Lists ✅\u0020\u0020
        [ ] Sets
        """,
        """
        lists | completed | Lists
        sets | not-started | Sets
        """,
    ),
}  # fmt: skip

LOG_HEADINGS = {
    'dated days': (
        """
        ### Day 80: April 20, 2020

        Wrote it.

        ### Day 81 – 2020-04-21

        **Progress**: more.
        """,
        """
        day-80 | completed | Day 80: April 20, 2020
        day-81 | completed | Day 81 – 2020-04-21
        """,
    ),
    'nothing beneath': (
        """
        ### Day 82: April 22, 2020

        ### Day 83: April 23, 2020
        x
        """,
        """
        day-83 | completed | Day 83: April 23, 2020
        """,
    ),
    'no date, or no day': (
        """
        ### Day 80: Lists
        x
        ### Notes of April 20, 2020
        x
        """,
        '',
    ),
    'days with tasks are sections': (
        """
        ### Day 80: April 20, 2020
        - [x] Lists
        - [ ] Sets
        """,
        """
        day-80/lists | completed | Lists
        day-80/sets | not-started | Sets
        """,
    ),
}  # fmt: skip

READ = {
    f'{carrier}: {name}': row
    for carrier, rows in {
        'list box': LIST_BOXES, 'list emoji': LIST_EMOJI, 'bare line': BARE_LINES,
        'strikethrough': STRIKETHROUGH, 'table cell': TABLE_CELLS, 'HTML table': HTML_TABLES,
        'heading': HEADINGS, 'status line': STATUS_LINES, 'section name': SECTION_NAMES,
        'item end': ITEM_ENDS, 'second status': SECOND_STATUSES, 'log heading': LOG_HEADINGS,
    }.items()
    for name, row in rows.items()
}  # fmt: skip


def read(data: bytes) -> list[str]:
    """The tasks, and the sections that have a status of their own."""
    tracker = read_tracker(data)
    tasks = outline(data).split('\n') if tracker.tasks else []
    return tasks + [
        f'{tracker.sections[section].text} | {marks[0].mark.status.value}'
        for _, section, marks in tracker.statused_sections
    ]


@pytest.mark.parametrize(('text', 'expected'), READ.values(), ids=READ)
@pytest.mark.parametrize('end', ['\n', '\r\n'], ids=['LF', 'CRLF'])
def test_what_is_read(text, expected, end):
    data = flush(text).replace('\n', end).encode()
    assert read(data) == flush(expected).rstrip('\n').split('\n') * bool(expected)


# Which task is given which status.
WRITTEN = {
    'a box': (
        """
        - [ ] One
        """,
        'one', 'completed',
        """
        - [x] One
        """,
    ),
    'a box, back': (
        """
        - [x] One
        """,
        'one', 'not-started',
        """
        - [ ] One
        """,
    ),
    'a box in progress': (
        """
        * [ ] One
        """,
        'one', 'in-progress',
        """
        * [/] One
        """,
    ),
    'a box cancelled': (
        """
        * [x] One
        """,
        'one', 'cancelled',
        """
        * [-] One
        """,
    ),
    'there is no box for blocked': (
        """
        - [ ] One
        """,
        'one', 'blocked',
        """
        - ⛔ One
        """,
    ),
    "the tracker's own box": (
        """
        - [ ] One
        - [✔] Two
        - [✔] Three
        """,
        'one', 'completed',
        """
        - [✔] One
        - [✔] Two
        - [✔] Three
        """,
    ),
    'a word in a box': (
        """
        - [TODO] One
        - [DONE] Two
        """,
        'one', 'completed',
        """
        - [DONE] One
        - [DONE] Two
        """,
    ),
    'a box before a point stays a box': (
        """
        - [ ] **Lists**: append and pop
        - ✅ Two
        - ✅ Three
        """,
        'lists-append-and-pop', 'completed',
        """
        - [x] **Lists**: append and pop
        - ✅ Two
        - ✅ Three
        """,
    ),
    'an emoji': (
        """
        - ⬜ One
        """,
        'one', 'completed',
        """
        - ✅ One
        """,
    ),
    'an emoji, blocked': (
        """
        - ✅ One
        """,
        'one', 'blocked',
        """
        - ⛔ One
        """,
    ),
    'a shortcode': (
        """
        - :white_large_square: One
        """,
        'one', 'completed',
        """
        - :white_check_mark: One
        """,
    ),
    'a bare line': (
        """
        🟨 One \u0020
        ⬜ Two
        """,
        'one', 'completed',
        """
        ✅ One \u0020
        ⬜ Two
        """,
    ),
    'struck through': (
        """
        - [ ] One
        - ~~Two~~
        """,
        'two', 'completed',
        """
        - [ ] One
        - [x] Two
        """,
    ),
    'a box that is struck through': (
        """
        - ~~[x] One~~
        - [ ] Two
        """,
        'one', 'not-started',
        """
        - ~~[ ] One~~
        - [ ] Two
        """,
    ),
    'a cell': (
        """
        | Topic | Status |
        |-------|--------|
        | Lists | ⬜     |
        | Sets  | ✅     |
        """,
        'lists', 'completed',
        """
        | Topic | Status |
        |-------|--------|
        | Lists | ✅     |
        | Sets  | ✅     |
        """,
    ),
    'a cell in words': (
        """
        | Topic | Status      |
        |-------|-------------|
        | Lists | Not started |
        | Sets  | DONE        |
        """,
        'lists', 'completed',
        """
        | Topic | Status      |
        |-------|-------------|
        | Lists | DONE        |
        | Sets  | DONE        |
        """,
    ),
    'a word in its language and letters': (
        """
        | Tema  | Estado     |
        |-------|------------|
        | Uno   | PENDIENTE  |
        | Dos   | EN CURSO   |
        """,
        'uno', 'completed',
        """
        | Tema  | Estado     |
        |-------|------------|
        | Uno   | COMPLETADO |
        | Dos   | EN CURSO   |
        """,
    ),
    'a word of two languages': (
        """
        | Tema  | Estado       |
        |-------|--------------|
        | Um    | Em andamento |
        | Dois  | Bloqueado    |
        """,
        'dois', 'not-started',
        """
        | Tema  | Estado       |
        |-------|--------------|
        | Um    | Em andamento |
        | Dois  | Não iniciado |
        """,
    ),
    'marker and word': (
        """
        | Woche   | Stand        |
        |:--------|:------------:|
        | Woche 1 | ⬜ offen     |
        | Woche 2 | ✅ erledigt  |
        """,
        'week-1', 'in-progress',
        """
        | Woche   | Stand        |
        |:--------|:------------:|
        | Woche 1 | 🟨 in Arbeit |
        | Woche 2 | ✅ erledigt  |
        """,
    ),
    'a wider status, and no room for it': (
        """
        | Topic | Done |
        |-------|------|
        | Lists | ⬜   |
        | Sets  | In progress |
        """,
        'lists', 'in-progress',
        """
        | Topic | Done |
        |-------|------|
        | Lists | In progress |
        | Sets  | In progress |
        """,
    ),
    'and back': (
        """
        | Topic | Done |
        |-------|------|
        | Lists | In progress |
        | Sets  | ⬜   |
        """,
        'lists', 'not-started',
        """
        | Topic | Done |
        |-------|------|
        | Lists | ⬜   |
        | Sets  | ⬜   |
        """,
    ),
    'a table that is not aligned': (
        """
        |Topic|Status|
        |-|-|
        |Lists|todo|
        """,
        'lists', 'completed',
        """
        |Topic|Status|
        |-|-|
        |Lists|completed|
        """,
    ),
    'columns that are aligned by characters': (
        """
        | Topic | Status        |
        |-------|---------------|
        | Lists | ⬜ Todo        |
        | Sets  | ✅ Done        |
        | Dicts | ✅ Done        |
        """,
        'lists', 'completed',
        """
        | Topic | Status        |
        |-------|---------------|
        | Lists | ✅ Done        |
        | Sets  | ✅ Done        |
        | Dicts | ✅ Done        |
        """,
    ),
    'Chinese and Japanese take two columns each': (
        """
        | 項目   | 状態     |
        |--------|----------|
        | リスト | 未着手   |
        | 集合   | 完了     |
        | 辞書   | 進行中   |
        """,
        'リスト', 'completed',
        """
        | 項目   | 状態     |
        |--------|----------|
        | リスト | 完了     |
        | 集合   | 完了     |
        | 辞書   | 進行中   |
        """,
    ),
    'emphasis is kept': (
        """
        | Topic | Status          |
        |-------|-----------------|
        | Lists | **Not started** |
        | Sets  | **Done**        |
        """,
        'lists', 'completed',
        """
        | Topic | Status          |
        |-------|-----------------|
        | Lists | **Done**        |
        | Sets  | **Done**        |
        """,
    ),
    'code is kept': (
        """
        | Topic | Status        |
        |-------|---------------|
        | Lists | `not started` |
        """,
        'lists', 'completed',
        """
        | Topic | Status        |
        |-------|---------------|
        | Lists | `completed`   |
        """,
    ),
    'a date is dropped': (
        """
        | Topic | Status        |
        |-------|---------------|
        | Lists | ✅ 2026-03-29 |
        | Sets  | ⬜            |
        """,
        'lists', 'not-started',
        """
        | Topic | Status        |
        |-------|---------------|
        | Lists | ⬜            |
        | Sets  | ⬜            |
        """,
    ),
    'a remark is kept': (
        """
        | Topic | Status          |
        |-------|-----------------|
        | Lists | ✅ see #12      |
        """,
        'lists', 'in-progress',
        """
        | Topic | Status          |
        |-------|-----------------|
        | Lists | 🟨 see #12      |
        """,
    ),
    'an empty cell is filled': (
        """
        | Topic | Status |
        |-------|--------|
        | Lists |        |
        | Sets  | ✅     |
        """,
        'lists', 'completed',
        """
        | Topic | Status |
        |-------|--------|
        | Lists | ✅     |
        | Sets  | ✅     |
        """,
    ),
    'a narrow empty cell is filled': (
        """
        |Topic|Status|
        |--|--|
        |Lists||
        |Sets|✅|
        """,
        'lists', 'completed',
        """
        |Topic|Status|
        |--|--|
        |Lists|✅|
        |Sets|✅|
        """,
    ),
    'a cell is emptied where others are empty': (
        """
        | Topic | Status |
        |-------|--------|
        | Lists | ✅     |
        | Sets  |        |
        | Dicts |        |
        """,
        'lists', 'not-started',
        """
        | Topic | Status |
        |-------|--------|
        | Lists |        |
        | Sets  |        |
        | Dicts |        |
        """,
    ),
    'a cell beside a bold name is not emptied': (
        """
        | Topic     | Status |
        |-----------|--------|
        | **Lists** | ✅     |
        | Sets      |        |
        | Dicts     |        |
        """,
        'lists', 'not-started',
        """
        | Topic     | Status |
        |-----------|--------|
        | **Lists** | ⬜     |
        | Sets      |        |
        | Dicts     |        |
        """,
    ),
    'the last cell is not emptied where only it shows the column': (
        """
        | Day | 1  | 2 |
        |-----|----|---|
        | Status | ✅ | |
        """,
        'day-1', 'not-started',
        """
        | Day | 1  | 2 |
        |-----|----|---|
        | Status | ⬜ | |
        """,
    ),
    'a column for each person': (
        """
        | Day   | Alice | Bob |
        |-------|-------|-----|
        | Day 1 | ✅    | ⬜  |
        | Day 2 | ⬜    |     |
        """,
        'bob/day-2', 'completed',
        """
        | Day   | Alice | Bob |
        |-------|-------|-----|
        | Day 1 | ✅    | ⬜  |
        | Day 2 | ⬜    | ✅  |
        """,
    ),
    'the last open cell of a table that may compare features': (
        """
        | Topic | Alice | Bob |
        |-------|-------|-----|
        | Lists | ✅    | ✅  |
        | Sets  | ✅    | ⬜  |
        """,
        'bob/sets', 'completed',
        """
        | Topic | Alice | Bob |
        |-------|-------|-----|
        | Lists | ✅    | ✅  |
        | Sets  | ✅    | [x] |
        """,
    ),
    'no ❌ in a table of statuses where that is not started': (
        """
        | Day   | Done |
        |-------|------|
        | Day 1 | ✅   |
        | Day 2 | ❌   |
        """,
        'day-1', 'cancelled',
        """
        | Day   | Done |
        |-------|------|
        | Day 1 | 🚫   |
        | Day 2 | ❌   |
        """,
    ),
    '❌ where the tracker says so': (
        """
        | Day   | Done |
        |-------|------|
        | Day 1 | ✅   |
        | Day 2 | ❌   |
        """,
        'day-1', 'not-started',
        """
        | Day   | Done |
        |-------|------|
        | Day 1 | ❌   |
        | Day 2 | ❌   |
        """,
    ),
    '⭕ and 🔺': (
        """
        | 주차 | 완료 |
        |------|------|
        | 1주차 | ⭕ |
        | 2주차 | 🔺 |
        """,
        'week-2', 'completed',
        """
        | 주차 | 완료 |
        |------|------|
        | 1주차 | ⭕ |
        | 2주차 | ⭕ |
        """,
    ),
    'a marker before the name': (
        """
        | Topic    | Notes  |
        |----------|--------|
        | ✅ Lists | append |
        | ⬜ Sets  | add    |
        """,
        'sets', 'completed',
        """
        | Topic    | Notes  |
        |----------|--------|
        | ✅ Lists | append |
        | ✅ Sets  | add    |
        """,
    ),
    'both columns of statuses': (
        """
        | Topic | Status      | Done |
        |-------|-------------|------|
        | Lists | Completed   | ✅   |
        | Sets  | Not started | ⬜   |
        """,
        'sets', 'completed',
        """
        | Topic | Status      | Done |
        |-------|-------------|------|
        | Lists | Completed   | ✅   |
        | Sets  | Completed   | ✅   |
        """,
    ),
    'escaped pipes and no outer ones': (
        """
        Topic | Status
        --- | ---
        a \\| b | todo
        """,
        'a-b', 'completed',
        """
        Topic | Status
        --- | ---
        a \\| b | completed
        """,
    ),
    'in a quote, with CRLF': (
        """
        > | Topic | Status |\r
        > |-------|--------|\r
        > | Lists | ⬜     |\r
        """,
        'lists', 'completed',
        """
        > | Topic | Status |\r
        > |-------|--------|\r
        > | Lists | ✅     |\r
        """,
    ),
    'a heading': (
        """
        ## Phase 1 ⬜
        ## Phase 2 ✅
        """,
        'phase-1', 'completed',
        """
        ## Phase 1 ✅
        ## Phase 2 ✅
        """,
    ),
    'a heading in words': (
        """
        ## Auth (Not started)
        ## Mail (Done)
        """,
        'auth', 'completed',
        """
        ## Auth (Done)
        ## Mail (Done)
        """,
    ),
    'a heading in capitals with a date': (
        """
        ## Auth (COMPLETED 2026-03-29)
        """,
        'auth', 'in-progress',
        """
        ## Auth (IN PROGRESS)
        """,
    ),
    'a symbol without a sign before it stays one': (
        """
        ## Auth ⬜
        ## Mail (In progress)
        """,
        'auth', 'in-progress',
        """
        ## Auth 🟨
        ## Mail (In progress)
        """,
    ),
    'a word behind a dash': (
        """
        ## Auth – fertig
        """,
        'auth', 'not-started',
        """
        ## Auth – nicht begonnen
        """,
    ),
    'a box before a heading': (
        """
        ### [ ] Setup
        ### [x] Build
        """,
        'setup', 'completed',
        """
        ### [x] Setup
        ### [x] Build
        """,
    ),
    'an emoji before headings': (
        """
        ## ✅ Setup
        ## ⬜ Build
        """,
        'build', 'completed',
        """
        ## ✅ Setup
        ## ✅ Build
        """,
    ),
    'a damaged legend, behind a heading': (
        '''
        âœ… Completed
        ğŸŸ¨ In Progress
        [ ] Not Started

        ## Week 1 âœ…
        ''',
        'week-1', 'in-progress',
        '''
        âœ… Completed
        ğŸŸ¨ In Progress
        [ ] Not Started

        ## Week 1 ğŸŸ¨
        ''',
    ),
    'a box in brackets': (
        '''
        ## Week 1 [ ]
        ### Day 3: B (done 2026-03-29)
        ''',
        'week-1/day-3', 'not-started',
        '''
        ## Week 1 [ ]
        ### Day 3: B ([ ])
        ''',
    ),
    'a heading with counts': (
        """
        ## Auth ⬜ (0/5)
        """,
        'auth', 'completed',
        """
        ## Auth ✅ (0/5)
        """,
    ),
    'a status line': (
        """
        # Auth
        **Status:** 🔄 In Progress
        """,
        'auth', 'completed',
        """
        # Auth
        **Status:** ✅ Completed
        """,
    ),
    'a status line as the others say it': (
        """
        # Auth
        Status: ⬜
        # Mail
        Status: Done
        """,
        'auth', 'completed',
        """
        # Auth
        Status: Done
        # Mail
        Status: Done
        """,
    ),
    'a status line with more on it': (
        """
        # Auth
        **Estado:** pendiente | **Fecha:** 2026
        """,
        'auth', 'completed',
        """
        # Auth
        **Estado:** completado | **Fecha:** 2026
        """,
    ),
    'a status line with a date, quoted': (
        """
        > x

        # Auth
        > *Status:* `done` (2026-03-29)
        """,
        'auth', 'not-started',
        """
        > x

        # Auth
        > *Status:* `not started` (2026-03-29)
        """,
    ),
    'a second status': (
        """
        - [ ] Lists ⬜
        """,
        'lists', 'completed',
        """
        - [x] Lists ✅
        """,
    ),
    'a second status in words, with a date': (
        """
        - [x] Lists (done 2026-03-29)
        """,
        'lists', 'not-started',
        """
        - [ ] Lists (not started)
        """,
    ),
    '❌ behind an open box': (
        """
        - [ ] Lists ❌
        - [ ] Sets ❌
        """,
        'lists', 'completed',
        """
        - [x] Lists ✅
        - [ ] Sets ❌
        """,
    ),
    '❌ behind an open box again': (
        """
        - [x] Lists ✅
        - [ ] Sets ❌
        """,
        'lists', 'not-started',
        """
        - [ ] Lists ❌
        - [ ] Sets ❌
        """,
    ),
    'counts that include it': (
        """
        # Week 1 [0/2]
        Progress: ░░░░ 0%

        - [ ] Lists
        - [ ] Sets
        """,
        'week-1/lists', 'completed',
        """
        # Week 1 [1/2]
        Progress: ██░░ 50%

        - [x] Lists
        - [ ] Sets
        """,
    ),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'key', 'status', 'expected'), WRITTEN.values(), ids=WRITTEN)
def test_what_is_written(text, key, status, expected):
    tracker = read_tracker(flush(text).encode())
    index = [task.key for task in tracker.tasks].index(key)
    after = set_statuses(tracker, {index: Status(status)})
    assert after.data.decode() == flush(expected)


READ_ONLY = {
    'a section name': ('# Plan\n## Planned\n- Lists\n', 'section name'),
    'a heading beneath a section name': ('# Plan\n## Planned\n### Lists\nText.\n', 'section name'),
    'a log heading': ('### Day 1: April 20, 2020\nText.\n', 'log heading'),
    'an HTML table': (
        '<table><tr><th>Topic</th><th>Status</th></tr><tr><td>Lists</td><td>⬜</td></tr></table>\n',
        'HTML table',
    ),
}


@pytest.mark.parametrize('status', ['in-progress', 'blocked', 'cancelled'])
@pytest.mark.parametrize(('text', 'carrier'), READ_ONLY.values(), ids=READ_ONLY)
def test_what_can_only_be_read_is_refused(text, carrier, status):
    tracker = read_tracker(text.encode())
    with pytest.raises(UserError, match=f'from a.? {carrier}, which can only be read: '):
        set_statuses(tracker, {0: Status(status)})


def test_a_date_between_symbol_and_word_is_not_lost():
    """Without it another word would be read as the status."""
    tracker = read_tracker(
        '| Topic | Status |\n|---|---|\n| Lists | ✅ 2026-03-29 done |\n'.encode()
    )
    with pytest.raises(UserError, match='would not be read as not started'):
        set_statuses(tracker, {0: Status.NOT_STARTED})


# One little plan, in each carrier: Day 1 is completed, Day 2 in progress, Day 3 open.
PLANS = {
    'list box': '- [x] Day 1\n- [/] Day 2\n- [ ] Day 3\n',
    'list box, quoted': '> - [x] Day 1\n> - [/] Day 2\n> - [ ] Day 3\n',
    'word in a box': '- [DONE] Day 1\n- [IN PROGRESS] Day 2\n- [TODO] Day 3\n',
    'list emoji': '- ✅ Day 1\n- 🟨 Day 2\n- ⬜ Day 3\n',
    'shortcode': '- :white_check_mark: Day 1\n- :construction: Day 2\n- :white_large_square: Day 3\n',
    'bare line': '✅ Day 1  \n🟨 Day 2  \n⬜ Day 3  \n',
    'with a count': 'Progress: 1/3\n\n- [x] Day 1\n- [/] Day 2\n- [ ] Day 3\n',
    'table of markers': '| Day | Status |\n|-----|--------|\n| 1   | ✅     |\n| 2   | 🔄     |\n| 3   | ⬜     |\n',
    'table of words': '| Tag | Stand     |\n|-----|-----------|\n| 1   | erledigt  |\n| 2   | in Arbeit |\n| 3   | offen     |\n',
    'table with an empty cell': '|Day|Status|\n|-|-|\n|1|✅|\n|2|🔄|\n|3||\n',
    'transposed table': '| Day | 1 | 2 | 3 |\n|---|---|---|---|\n| Status | ✅ | 🔄 | ⬜ |\n',
    'markers before names': '| Day | Notes |\n|---|---|\n| ✅ Day 1 | a |\n| 🔄 Day 2 | b |\n| ⬜ Day 3 | c |\n',
    'heading': '## Day 1 ✅\n## Day 2 🔄\n## Day 3 ⬜\n',
    'heading in words': '## Day 1 (Done)\n## Day 2 (In progress)\n## Day 3 (Not started)\n',
    'box before a heading': '## [x] Day 1\n## [/] Day 2\n## [ ] Day 3\n',
    'status line': '## Day 1\nStatus: done\n## Day 2\nStatus: in progress\n## Day 3\nStatus: not started\n',
    'status line, in bold': '## Day 1\n**Estado:** ✅ Completado\n## Day 2\n**Estado:** 🔄 En progreso\n## Day 3\n**Estado:** ⬜ Pendiente\n',
    'second status': '- [x] Day 1 ✅\n- [/] Day 2 (in progress)\n- [ ] Day 3\n',
}  # fmt: skip
LOOKED_AT = {
    'section name': '## Done\n- Day 1\n## In progress\n- Day 2\n## Planned\n- Day 3\n',
    'HTML table': '<table><tr><th>Day</th><th>Status</th></tr>\n<tr><td>1</td><td>✅</td></tr>\n'
    '<tr><td>2</td><td>🔄</td></tr>\n<tr><td>3</td><td>⬜</td></tr></table>\n',
}  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty work tree, and where its tracker goes."""
    monkeypatch.chdir(tmp_path)
    git('init', '-q', '-b', 'main')
    return tmp_path / 'ROADMAP.md'


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """What a command that gives JSON says."""
    capsys.readouterr()
    assert main([*arguments, '--json']) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def check_plan(text: str, plan: Path, capsys: pytest.CaptureFixture[str]) -> bytes:
    """What there is to see in the plan is the same in all carriers; its bytes."""
    data = f'# Phase 1\n\n{text}'.encode()
    begin(plan, data)
    found = said(capsys, 'stats')
    totals = ('total', 'completed', 'in_progress', 'not_started', 'percent')
    assert [found[name] for name in totals] == [3, 1, 1, 1, 33]
    assert said(capsys, 'next')['task']['key'].endswith('day-2')
    assert main(['lint', '--fix']) == 0
    assert plan.read_bytes() == data
    return data


@pytest.mark.parametrize('text', PLANS.values(), ids=PLANS)
def test_a_plan_is_worked_off(text, plan, capsys):
    data = check_plan(text, plan, capsys)
    assert main(['tick', 'next']) == 0
    after = plan.read_bytes()
    pairs = zip(data.split(b'\n'), after.split(b'\n'), strict=True)
    changed = [new for old, new in pairs if old != new]
    assert len(changed) == (2 if b'Progress' in data else 1)
    assert git('rev-list', '--count', 'HEAD') == b'2\n'
    assert git('diff', '--stat', 'HEAD') == b''
    assert said(capsys, 'stats')['completed'] == 2
    assert said(capsys, 'next')['task']['key'].endswith('day-3')
    assert main(['tick', 'next']) == 0
    assert said(capsys, 'next')['task'] is None
    assert main(['reset', 'day-3']) == 0
    assert said(capsys, 'stats')['not_started'] == 1


@pytest.mark.parametrize('text', LOOKED_AT.values(), ids=LOOKED_AT)
def test_a_plan_that_can_only_be_looked_at(text, plan, capsys):
    data = check_plan(text, plan, capsys)
    assert main(['tick', 'next']) == 2
    assert 'which can only be read\n  ' in capsys.readouterr().err
    assert plan.read_bytes() == data
    assert git('rev-list', '--count', 'HEAD') == b'1\n'
