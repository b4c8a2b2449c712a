"""The language server, spoken to as an editor does: its buffer, its positions, its commands."""

import pytest
from editor import editing
from worktree import work_tree

pytestmark = pytest.mark.asyncio

PLAN = """\
# 計画 🎯

No skipping.

- [x] 🎯 初日
- [ ] 🧭 二日目
- [ ] 三日目
"""


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-16', 'utf-32'])
async def test_a_gap_is_shown_while_it_is_typed(tmp_path, encoding):
    work = work_tree(tmp_path, PLAN)
    async with editing(work.file, encoding=encoding) as editor:
        assert await editor.diagnostics() == []
        editor.type(6, 3, 4, 'x')
        (found,) = await editor.diagnostics()
        assert (found.code, found.range.start.line, found.source) == ('RM301', 6, 'roadmap-md')
        editor.type(5, 2, 5, '[x]')
        assert await editor.diagnostics() == []


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-16', 'utf-32'])
async def test_a_task_is_ticked_in_the_buffer(tmp_path, encoding):
    work = work_tree(tmp_path, PLAN)
    async with editing(work.file, encoding=encoding) as editor:
        await editor.take(5, 'Tick')
        assert editor.text == PLAN.replace('[ ] 🧭', '[x] 🧭')
        assert work.file.read_text() == PLAN
