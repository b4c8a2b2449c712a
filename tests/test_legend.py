"""A legend is a block of markers and status words, two or more, and nothing else."""

import pytest

from roadmap_md.legend import find_legend
from roadmap_md.markdown import Kind
from roadmap_md.page import read_page
from roadmap_md.tracker import read_tracker

LEGENDS = {
    'lines': ('[ ] Not started\n🟨 In progress\n✅ Completed\n', '[ ] not-started, 🟨 in-progress, ✅ completed'),
    'a list': ('- [ ] to do\n- [x] done\n', '[ ] not-started, [x] completed'),
    'one item with lazy lines': ('- [ ] to do\n🟨 doing\n✅ done\n', '[ ] not-started, 🟨 in-progress, ✅ completed'),
    'a separator': ('⬜ = open\n✅ – done\n⛔: blocked\n❌ -> cancelled\n', '⬜ not-started, ✅ completed, ⛔ blocked, ❌ cancelled'),
    'the word means': ('- ✅ means done\n- ⏳ means waiting\n', '✅ completed, ⏳ blocked'),
    'in code': ('- `[ ]` to do\n- `[x]` done\n', '[ ] not-started, [x] completed'),
    'two words of one status': ('⬜ Todo / not started\n✅ done or finished\n', '⬜ not-started, ✅ completed'),
    'bold words': ('- ⬜ **Not started**\n- ✅ *Completed*.\n', '⬜ not-started, ✅ completed'),
    'upper case': ('⬜ NOT STARTED\n✅ DONE\n', '⬜ not-started, ✅ completed'),
    'explained under a heading': (
        '## Legend\n\n✅ Done – you could teach it\n⬜ Open, or not yet begun\n', '✅ completed, ⬜ not-started',
    ),
    'explained under a longer heading': ('## 🔑 Status Key:\n✅ done, well\n⬜ to do, soon\n', '✅ completed, ⬜ not-started'),
    'U+FE0F is kept': ('☑\ufe0f done\n☐ open\n', '☑\ufe0f completed, ☐ not-started'),
    'damaged': ('âœ… Completed\n[ ] Not Started\n', 'âœ… completed, [ ] not-started'),
    'shortcodes': (':white_check_mark: done\n:hourglass: in progress\n', ':white_check_mark: completed, :hourglass: in-progress'),
    'in a quote': ('> ⬜ open\n> ✅ done\n', '⬜ not-started, ✅ completed'),
    'right beneath a label': ('**Legend:**\n- ⬜ open\n- ✅ done, and tested\n', '⬜ not-started, ✅ completed'),
    'beneath a label that follows text': ('Some text\nKey:\n⬜ open\n✅ done\n', '⬜ not-started, ✅ completed'),
    'lines beneath a label': ('Key:\n⬜ open\n✅ done\n', '⬜ not-started, ✅ completed'),
    'a loose list': ('- ⬜ open\n\n- 🟨 doing\n\n- ✅ done\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Spanish': ('- ⬜ Sin empezar\n- 🟨 En progreso\n- ✅ Completado\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Portuguese': ('⬜ Não iniciado\n🔄 Em andamento\n✅ Concluído\n', '⬜ not-started, 🔄 in-progress, ✅ completed'),
    'French': ('⬜ À faire\n🟨 En cours\n✅ Terminé\n⛔ Bloqué\n', '⬜ not-started, 🟨 in-progress, ✅ completed, ⛔ blocked'),
    'German': ('⬜ Offen\n🟨 In Arbeit\n✅ Erledigt / fertig\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Italian': ('⬜ Da fare\n🟨 In corso\n✅ Fatto\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Turkish': ('⬜ Yapılacak\n🟨 Devam ediyor\n✅ Tamamlandı\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Russian': ('⬜ Не начато\n🟨 В процессе\n✅ Готово\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Chinese': ('⬜ 未开始\n🟨 进行中\n✅ 已完成\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Japanese': ('⬜ 未着手\n🟨 作業中\n✅ 完了\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'Korean': ('⬜ 시작 전\n🟨 진행 중\n✅ 완료\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'no blank in Chinese': ('⬜未开始\n🟨：进行中\n✅：已完成\n', '⬜ not-started, 🟨 in-progress, ✅ completed'),
    'signs in Japanese': ('○：完了\n△：進行中\n×：未着手\n', '○ completed, △ in-progress, × not-started'),
    'another language in its heading': ('## Légende\n- ✅ Fait et relu\n- ⬜ À faire bientôt\n', '✅ completed, ⬜ not-started'),
    'two lines of two under a heading': (
        '## Legend\n✅ done | 🟨 doing\n⬜ to do | ⛔ blocked\n',
        '✅ completed, 🟨 in-progress, ⬜ not-started, ⛔ blocked',
    ),
    'the first of two': ('⬜ open\n✅ done\n\n# More\n\n☐ open\n☑ done\n', '⬜ not-started, ✅ completed'),
    'behind a list of tasks': ('- [ ] Lists\n- [x] Sets\n\n# Key\n[ ] to do\n[x] done\n', '[ ] not-started, [x] completed'),
}  # fmt: skip

ON_ONE_LINE = {
    'dots': ('🟢 added · 🔴 not added\n', '🟢 completed, 🔴 not-started'),
    'bars': ('Legend: ✅ done | 🟨 in progress | ⬜ not started\n', '✅ completed, 🟨 in-progress, ⬜ not-started'),
    'commas and a bold label': (
        '**Legend:** ✅ = Completed, 🔄 = In Progress, ⬜ = Not Started\n',
        '✅ completed, 🔄 in-progress, ⬜ not-started',
    ),
    'boxes': ('[x] done  [/] doing  [ ] todo\n', '[x] completed, [/] in-progress, [ ] not-started'),
    'boxes in code': ('`[x]` done, `[ ]` open\n', '[x] completed, [ ] not-started'),
    'semicolons': ('✅ done; 🚧 in progress; ❌ cancelled\n', '✅ completed, 🚧 in-progress, ❌ cancelled'),
    'slashes': ('✅ done / 🚧 wip / ⬜ todo\n', '✅ completed, 🚧 in-progress, ⬜ not-started'),
    'bullets': ('✅ Shipped • 🚧 In development • 📋 Planned\n', '✅ completed, 🚧 in-progress, 📋 not-started'),
    'one blank': ('✅ Done 🚧 In progress ⬜ Todo\n', '✅ completed, 🚧 in-progress, ⬜ not-started'),
    'in parentheses': ('(✅ done, ⬜ open)\n', '✅ completed, ⬜ not-started'),
    'a label in parentheses': ('(Key: ✅ done, ⬜ open)\n', '✅ completed, ⬜ not-started'),
    'in a quote': ('> Key: ✅ done · ⬜ open\n> Updated weekly.\n', '✅ completed, ⬜ not-started'),
    'a list item': ('- Legend: ✅ done, ⬜ open\n- Have fun\n', '✅ completed, ⬜ not-started'),
    'emphasis': ('_Legend: ✅ **done** · ⬜ *open*_\n', '✅ completed, ⬜ not-started'),
    'arrows': ('✅ → done, ⬜ → to do\n', '✅ completed, ⬜ not-started'),
    'the word means': ('✅ means done, ⬜ means open\n', '✅ completed, ⬜ not-started'),
    'shortcodes': (':white_check_mark: done, :construction: wip\n', ':white_check_mark: completed, :construction: in-progress'),
    'U+FE0F is kept': ('☑\ufe0f done, ⬜ open\n', '☑\ufe0f completed, ⬜ not-started'),
    'two words of one status': ('✅ done/finished, ⬜ todo or planned\n', '✅ completed, ⬜ not-started'),
    'explained behind a label': ('Legend: ✅ done and reviewed, ⬜ open to all\n', '✅ completed, ⬜ not-started'),
    'under a heading': ('## Status legend\n✅ done, really · ⬜ open\n', '✅ completed, ⬜ not-started'),
    'symbols': ('Symbols: ✅ done, ⬜ open\n', '✅ completed, ⬜ not-started'),
    'status': ('Status: ✅ Done | 🔄 In progress | ⬜ Not started\n', '✅ completed, 🔄 in-progress, ⬜ not-started'),
    'wrapped': ('Legend: ✅ done, 🟨 doing,\n⬜ to do, ⛔ blocked\n', '✅ completed, 🟨 in-progress, ⬜ not-started, ⛔ blocked'),
    'wrapped after the first': ('Key: ⬜ open,\n✅ done, ⛔ blocked\n', '⬜ not-started, ✅ completed, ⛔ blocked'),
    'two items of two': (
        '- ✅ done · 🟨 doing\n- ⬜ open · ⛔ blocked\n', '✅ completed, 🟨 in-progress, ⬜ not-started, ⛔ blocked',
    ),
    'beneath a label': ('**Legend**\n✅ done, well · ⬜ open\n', '✅ completed, ⬜ not-started'),
    'after a sentence': ('Tick one a day.\n✅ done | ⬜ open\n', '✅ completed, ⬜ not-started'),
    'right above tasks': ('✅ done | ⬜ open\n✅ Lists\n⬜ Sets\n', '✅ completed, ⬜ not-started'),
    'behind priorities': (
        'Priority: 🔴 High 🟡 Medium 🟢 Low\n\n✅ done | ⬜ open\n', '✅ completed, ⬜ not-started',
    ),
    'CRLF': ('✅ done | ⬜ open\r\n', '✅ completed, ⬜ not-started'),
    'before one of lines': ('✅ done | ⬜ open\n\n☑ done\n☐ open\n', '✅ completed, ⬜ not-started'),
    'behind one of lines': ('☑ done\n☐ open\n\n✅ done | ⬜ open\n', '☑ completed, ☐ not-started'),
    'Spanish': ('Leyenda: ✅ Hecho · 🔄 En curso · ⬜ Pendiente\n', '✅ completed, 🔄 in-progress, ⬜ not-started'),
    'Portuguese': ('**Legenda:** ✅ Concluído | 🔄 Em andamento | ⬜ Não iniciado\n', '✅ completed, 🔄 in-progress, ⬜ not-started'),
    'French': ('Légende : ✅ terminé, 🚧 en cours, ⬜ à faire\n', '✅ completed, 🚧 in-progress, ⬜ not-started'),
    'German': ('Zeichenerklärung: ✅ erledigt, 🟨 in Arbeit, ⬜ offen\n', '✅ completed, 🟨 in-progress, ⬜ not-started'),
    'Italian': ('Leggenda: ✅ fatto, 🟨 in corso, ⬜ da fare\n', '✅ completed, 🟨 in-progress, ⬜ not-started'),
    'Turkish': ('Gösterge: ✅ Tamamlandı, 🟨 Devam ediyor, ⬜ Başlanmadı\n', '✅ completed, 🟨 in-progress, ⬜ not-started'),
    'Russian': ('Обозначения: ✅ готово, 🟨 в работе, ⬜ запланировано\n', '✅ completed, 🟨 in-progress, ⬜ not-started'),
    'Chinese': ('图例：✅ 已完成 🚧 进行中 ⬜ 未开始\n', '✅ completed, 🚧 in-progress, ⬜ not-started'),
    'Chinese without blanks': ('图例：✅已完成，🚧进行中，⬜未开始\n', '✅ completed, 🚧 in-progress, ⬜ not-started'),
    'Japanese': ('凡例：✅ 完了、🚧 進行中、⬜ 未着手\n', '✅ completed, 🚧 in-progress, ⬜ not-started'),
    'Korean': ('범례: ✅ 완료 / 🚧 진행 중 / ⬜ 예정\n', '✅ completed, 🚧 in-progress, ⬜ not-started'),
}  # fmt: skip

TABLES = {
    'two columns': ('| Symbol | Meaning |\n|---|---|\n| ✅ | Done |\n| ⬜ | To do |\n', '✅ completed, ⬜ not-started'),
    'the other order': ('| Status | Icon |\n|---|---|\n| Done | ✅ |\n| To do | ⬜ |\n', '✅ completed, ⬜ not-started'),
    'boxes in code': ('| Key | |\n|---|---|\n| `[x]` | done |\n| `[ ]` | open |\n', '[x] completed, [ ] not-started'),
    'a head that says nothing': ('| | |\n|-|-|\n| ✅ | done |\n| ⬜ | open |\n', '✅ completed, ⬜ not-started'),
    'a head that is an entry': ('| ✅ | done |\n|---|---|\n| ⬜ | open |\n', '✅ completed, ⬜ not-started'),
    'bold words': ('| Mark | Status |\n|---|---|\n| ✅ | **Completed** |\n| ⬜ | *Not started* |\n', '✅ completed, ⬜ not-started'),
    'explained in the word': (
        '| Symbol | Meaning |\n|---|---|\n| ✅ | Done – reviewed |\n| ⬜ | Open to all |\n', '✅ completed, ⬜ not-started',
    ),
    'explained in a column': (
        '| Icon | Status | Explanation |\n|---|---|---|\n| ✅ | Done | All of it |\n| ⬜ | Open | None |\n',
        '✅ completed, ⬜ not-started',
    ),
    'explained under a heading': (
        '## Legend\n\n| A | B | C |\n|---|---|---|\n| ✅ | Done | All of it |\n| ⬜ | Open | None |\n',
        '✅ completed, ⬜ not-started',
    ),
    'one row': ('| ✅ | 🟨 | ⬜ |\n|---|---|---|\n| done | doing | open |\n', '✅ completed, 🟨 in-progress, ⬜ not-started'),
    'one row with a label': ('| Symbol | ✅ | ⬜ |\n|---|---|---|\n| Meaning | done | open |\n', '✅ completed, ⬜ not-started'),
    'no bars around': ('Symbol | Meaning\n---|---\n✅ | done\n⬜ | open\n', '✅ completed, ⬜ not-started'),
    'in a quote': ('> | Symbol | Meaning |\n> |---|---|\n> | ✅ | done |\n> | ⬜ | open |\n', '✅ completed, ⬜ not-started'),
    'shortcodes': (
        '| Key | Status |\n|---|---|\n| :white_check_mark: | done |\n| :x: | cancelled |\n',
        ':white_check_mark: completed, :x: cancelled',
    ),
    'behind tasks': (
        '| Task | Status |\n|---|---|\n| Lists | ✅ |\n\n| Key | |\n|---|---|\n| ✅ | done |\n| ⬜ | open |\n',
        '✅ completed, ⬜ not-started',
    ),
    'behind priorities': (
        '| Icon | Priority |\n|---|---|\n| 🔴 | High |\n| 🟢 | Low |\n\n| Icon | Status |\n|---|---|\n| ✅ | done |\n| ⬜ | open |\n',
        '✅ completed, ⬜ not-started',
    ),
    'Chinese': ('| 图标 | 含义 |\n|---|---|\n| ✅ | 已完成 |\n| 🚧 | 进行中 |\n', '✅ completed, 🚧 in-progress'),
}  # fmt: skip

LEGENDS |= {f'on one line: {name}': row for name, row in ON_ONE_LINE.items()}
LEGENDS |= {f'a table: {name}': row for name, row in TABLES.items()}


@pytest.mark.parametrize(('text', 'expected'), LEGENDS.values(), ids=LEGENDS)
def test_legends(text, expected):
    legend = find_legend(read_page(text.encode()))
    assert legend is not None
    assert ', '.join(f'{marker} {status.value}' for marker, status in legend.markers) == expected


NONE = {
    'a form beside one that is filled in': (
        '## A\n- **Status**: `[ ] Not started` | `[x] Done`\n\n## B\n- **Status**: `[x] Done`\n'
    ),
    'one line': '✅ Completed\n',
    'a task among them': '⬜ open\n✅ done\n⬜ Lists\n',
    'a sentence behind it': '⬜ open\n✅ done\nTick one a day.\n',
    'explained without a heading': '⬜ open, you have not begun\n✅ done, you could teach it\n',
    'under another heading': '# Key dates\n⬜ open, soon\n✅ done, well\n',
    'a heading alone': '# Legend\n\n- [ ] Lists\n- [x] Sets\n',
    'tasks of one word that is no status': '- [ ] Lists\n- [x] Sets\n',
    'a table with a status column': '| Task | Status |\n|---|---|\n| Lists | ✅ done |\n| Sets | ⬜ open |\n',
    'in code': '```\n⬜ open\n✅ done\n```\n',
    'in a comment': '<!--\n⬜ open\n✅ done\n-->\n',
    'the same marker twice': '✅ done\n✅ completed\n',
    'a word of two statuses': '✅ done / open\n⬜ todo\n',
    'a loose list with a task in it': '- ⬜ open\n\n- ⬜ Lists\n\n- ✅ done\n',
    'a label over tasks': 'Key:\n⬜ Lists\n✅ Sets\n',
    'one entry behind a label': 'Status: ✅ Done\n',
    'one entry behind a legend’s label': 'Legend: ✅ done\n',
    'priorities': 'Priority: 🔴 High 🟡 Medium 🟢 Low\n',
    'priorities under a heading': '## Legend\n🔴 High | 🟡 Medium | 🟢 Low\n',
    'priorities in a table': '| Icon | Meaning |\n|---|---|\n| 🔴 | High |\n| 🟢 | Low |\n',
    'two statuses of two tasks': 'Lists: ✅ done, Sets: ⬜ open\n',
    'two statuses of one task': 'Lists ✅ done, ⬜ open\n',
    'counts on one line': '✅ Done: 12 | 🟨 In progress: 3 | ⬜ Not started: 5\n',
    'counts before words': '✅ 12 done · ⬜ 5 open\n',
    'a sentence': 'Use ✅ when done and ⬜ when open.\n',
    'a sentence on one line with a legend': '✅ done | ⬜ open. Tick one a day\n',
    'a task and a date': '- [x] Done ✅ 2026-01-01\n- [ ] Open ⬜ 2026-01-02\n',
    'one marker twice on one line': '✅ done | ✅ completed\n',
    'a checklist on one line': 'Status: [x] Started [ ] Completed\n',
    'a checklist of two': '- [x] Started\n- [ ] Completed\n',
    'a list of choices': '[ ] Not started [ ] In progress [x] Completed\n',
    'one line in code': '```\n✅ done | ⬜ open\n```\n',
    'one line in a heading': '## ✅ done | ⬜ open\n',
    'one line in a comment': '<!-- ✅ done | ⬜ open -->\n',
    'markers in a row': '✅ ⬜ 🟨\n',
    'a table of tasks with a marker each': '| Status | Task |\n|---|---|\n| ✅ | Lists |\n| ⬜ | Sets |\n',
    'a table of tasks with icons': (
        '| Icon | Status | Task |\n|---|---|---|\n| 🚀 | done | Lists |\n| 🔒 | open | Sets |\n| 🎉 | done | Dicts |\n'
    ),
    'a table of three columns that says nothing': '| A | B | C |\n|-|-|-|\n| ✅ | done | all |\n| ⬜ | open | none |\n',
    'a table with one entry': '| Symbol | Meaning |\n|---|---|\n| ✅ | done |\n',
    'a table with a task in it': '| Symbol | Meaning |\n|---|---|\n| ✅ | done |\n| ⬜ | Lists |\n',
    'a table of words': '| 状态 | 说明 |\n|---|---|\n| 已完成 | 完成 |\n| 未开始 | 待办 |\n',
    'a table of counts': '| ✅ | 🟨 | ⬜ |\n|---|---|---|\n| 12 | 3 | 5 |\n',
    'a table of people': '| Task | Ana | Ben |\n|---|---|---|\n| Lists | ✅ | ⬜ |\n',
    'a table without rows': '| ✅ | done |\n|---|---|\n',
    'nothing': '',
}


@pytest.mark.parametrize('text', NONE.values(), ids=NONE)
def test_no_legends(text):
    assert find_legend(read_page(text.encode())) is None


@pytest.mark.parametrize('text', [text for text, _ in LEGENDS.values()], ids=list(LEGENDS))
def test_its_lines_are_no_tasks(text):
    tracker = read_tracker(text.encode())
    legend = tracker.skeleton.legend
    assert legend.lines.isdisjoint(task.line for task in tracker.tasks)


@pytest.mark.parametrize('text', [text for text, _ in TABLES.values()], ids=list(TABLES))
def test_each_line_of_a_table_is_the_legends(text):
    page = read_page(text.encode())
    legend = find_legend(page)
    (table,) = (b for b in page.blocks if b.kind is Kind.TABLE and b.first in legend.lines)
    assert legend.lines == set(range(table.first, table.stop))


MEANT = {
    'its marker': ('✅', 'completed'),
    'its marker with U+FE0F': ('✅\ufe0f', 'completed'),
    'a box that it does not name': ('[/]', 'in-progress'),
    'the sound form of a damaged one': ('🟨', 'in-progress'),
    'the damaged form': ('ğŸŸ¨', 'in-progress'),
    'another usual emoji': ('🚧', None),
    'a tick that is none of its': ('✔', None),
}


@pytest.mark.parametrize(('marker', 'status'), MEANT.values(), ids=MEANT)
def test_what_counts_beside_it(marker, status):
    tracker = read_tracker(f'[ ] open\nğŸŸ¨ in progress\n✅ done\n\n- {marker} Lists\n'.encode())
    assert [status.value for status in tracker.state] == ([status] if status else [])
