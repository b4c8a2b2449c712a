"""A legend is a block of markers and status words, two or more, and nothing else."""

import pytest

from roadmap_md.legend import find_legend
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
    'the first of two': ('⬜ open\n✅ done\n\n# More\n\n☐ open\n☑ done\n', '⬜ not-started, ✅ completed'),
    'behind a list of tasks': ('- [ ] Lists\n- [x] Sets\n\n# Key\n[ ] to do\n[x] done\n', '[ ] not-started, [x] completed'),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'expected'), LEGENDS.values(), ids=LEGENDS)
def test_legends(text, expected):
    legend = find_legend(read_page(text.encode()))
    assert legend is not None
    assert ', '.join(f'{marker} {status.value}' for marker, status in legend.markers) == expected


NONE = {
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
