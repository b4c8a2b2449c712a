"""What the language server shows beside the text, and offers at the cursor."""

import asyncio
import os
import shutil

import pytest
from editor import Editor, editing
from lsprotocol import types
from worktree import Work, work_tree

pytestmark = pytest.mark.asyncio

PLAN = """\
# 計画 🎯

No skipping.

## Week 1
- [ ] 🎯 初日
- [ ] 🧭 二日目

<!-- roadmap-md: allow RM301 week-1/二日目: 病気 -->
"""
TICKED = PLAN.replace('[ ] 🎯', '[x] 🎯')


@pytest.fixture
def work(tmp_path) -> Work:
    """The first task was ticked, with a note."""
    made = work_tree(tmp_path, PLAN)
    made.file.write_text(TICKED)
    made.sh("""git commit -qam 'docs: complete 初日' -m 'harder than <b>it</b> looked'""")
    return made


def place(editor: Editor, line: int, character: int) -> types.Position:
    before = editor.text.split('\n')[line][:character]
    return types.Position(line, editor.units(before))


async def hovered(editor: Editor, line: int) -> str:
    """What is shown at the end of that line."""
    found = await editor.client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(editor.uri), place(editor, line, 99))
    )
    assert found
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def hinted(editor: Editor) -> dict[tuple[int, int], str]:
    """The hints, by line and units."""
    everything = types.Range(types.Position(0, 0), types.Position(99, 0))
    found = await editor.client.text_document_inlay_hint_async(
        types.InlayHintParams(types.TextDocumentIdentifier(editor.uri), everything)
    )
    return {(h.position.line, h.position.character): str(h.label) for h in found or ()}


async def offered(editor: Editor, line: int, character: int) -> list[types.CompletionItem]:
    here = place(editor, line, character)
    found = await editor.client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(editor.uri), here)
    )
    assert isinstance(found, types.CompletionList)
    return list(found.items)


async def known(editor: Editor) -> None:
    """Wait until the past was read."""
    while 'is being read' in await hovered(editor, 5):
        await asyncio.sleep(0)  # somebody else's turn: each question is answered by the server


async def test_what_git_tells_comes_when_it_was_read(work):
    refreshed = asyncio.Event()
    async with editing(work.file) as editor:

        @editor.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)
        def refresh(_: None) -> None:
            refreshed.set()

        await asyncio.wait_for(refreshed.wait(), 60)
        assert '5 Jan 2026' in (await hinted(editor)).values()
        assert (await hovered(editor, 5)).split('\n\n')[1:3] == [
            'completed Monday 5 January 2026, 09:00, by Ada Learner'
            f' ({work.git("rev-parse", "--short=7", "HEAD")})  ',
            '> harder than \\<b>it\\</b> looked  ',
        ]
        assert (await hovered(editor, 6)).split('\n\n')[1] == 'not started  '

        await editor.take(6, 'Tick')
        work.file.write_text(editor.text)
        work.sh("git commit -qam 'docs: complete 二日目' -m 'at last'")
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri))
        editor.client.text_document_did_save(saved)
        while '> at last' not in (said := await hovered(editor, 6)):
            await asyncio.sleep(0)
        assert 'completed Monday 5 January 2026' in said

        editor.type(4, 0, 0, 'An introduction.\n\n')
        editor.type(7, 10, 10, '!')
        assert list((await hinted(editor)).values()) == ['2/2', '2/2', '5 Jan 2026', '5 Jan 2026']


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-16', 'utf-32'])
async def test_places_are_counted_as_the_editor_does(work, encoding):
    async with editing(work.file, encoding=encoding) as editor:
        await known(editor)
        ends = {line: editor.units(editor.text.split('\n')[line]) for line in (0, 4, 5)}
        expected = {(0, ends[0]): '1/2', (4, ends[4]): '1/2', (5, ends[5]): '5 Jan 2026'}
        assert await hinted(editor) == expected
        editor.type(5, 3, 4, ' ')  # it is reset in the buffer
        assert await hinted(editor) == {(0, ends[0]): '0/2', (4, ends[4]): '0/2'}
        for line, character, label, after in (
            (6, 3, '[/]', '- [/] 🧭 二日目'),
            (8, 25, 'RM302', '<!-- roadmap-md: allow RM302 week-1/二日目: 病気 -->'),
            (8, 33, 'week-1/初日', '<!-- roadmap-md: allow RM302 week-1/初日: 病気 -->'),
        ):
            found = await offered(editor, line, character)
            (item,) = [item for item in found if item.label == label]
            editor.replace([item.text_edit, *(item.additional_text_edits or ())])
            assert editor.text.split('\n')[line] == after


async def test_nobody_waits_for_git(work, tmp_path, monkeypatch):
    """Not who types, not who asks, and not who leaves, in however many documents."""
    waits, git = tmp_path / 'waits', tmp_path / 'bin/git'
    git.parent.mkdir()
    git.write_text(
        f'#!/bin/sh\nwhile test -e {waits}; do sleep 0.1; done\nexec {shutil.which("git")} "$@"\n'
    )
    git.chmod(0o755)
    monkeypatch.setenv('PATH', f'{git.parent}:{os.environ["PATH"]}')
    try:
        async with editing(work.file) as editor:
            await known(editor)
            waits.touch()
            for number in range(2 * (os.cpu_count() or 1) + 8):
                uri = (tmp_path / f'{number}/ROADMAP.md').as_uri()
                item = types.TextDocumentItem(uri, 'markdown', 1, PLAN)
                editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
            editor.type(5, 3, 4, ' ')
            await asyncio.wait_for(editor.diagnostics(), 20)
            said = await asyncio.wait_for(hovered(editor, 5), 20)
            assert said.split('\n\n')[1] == 'not started  '
            editor.type(5, 3, 4, 'x')
            said = await asyncio.wait_for(hovered(editor, 5), 20)
            assert '> harder than' in said
    finally:
        waits.unlink()


async def test_without_git_there_are_no_dates(tmp_path):
    path = tmp_path / 'ROADMAP.md'
    path.write_text(TICKED)
    async with editing(path) as editor:
        await known(editor)
        assert (await hovered(editor, 5)).split('\n\n')[1] == 'completed  '
        assert list((await hinted(editor)).values()) == ['1/2', '1/2']
        found = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(types.TextDocumentIdentifier(editor.uri))
        )
        assert drawn(found or ()) == [
            '計画 🎯 1/2', '  Week 1 1/2', '    🎯 初日 completed', '    🧭 二日目 not started',
        ]  # fmt: skip


def drawn(symbols, indent=''):
    rows = []
    for symbol in symbols:
        rows.append(f'{indent}{symbol.name} {symbol.detail}')
        rows += drawn(symbol.children or (), indent + '  ')
    return rows


async def test_what_is_switched_off_is_not_announced(work):
    off = dict.fromkeys(('hover', 'hints', 'symbols', 'completion'), False)
    async with editing(work.file, options=off) as editor:
        assert editor.announced.hover_provider is None
        assert editor.announced.inlay_hint_provider is None
        assert editor.announced.document_symbol_provider is None
        assert editor.announced.completion_provider is None
