"""The language server, spoken to as an editor does: its buffer, its positions, its commands."""

import asyncio
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from editor import editing
from lsprotocol import types
from test_hostile import MEGABYTE, REPEATED, hostile
from worktree import sh, work_tree

from roadmap_md.config import Config
from roadmap_md.fix import fix
from roadmap_md.lint import lint
from roadmap_md.rule import examples, page_of
from roadmap_md.rules import RULES
from roadmap_md.text import splice

pytestmark = pytest.mark.asyncio

PLAN = """\
No skipping.

# 計画 🎯

- [x] 🎯 入門
- [ ] 🧭 文法
- [ ] 会話
"""


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-16', 'utf-32'])
async def test_what_is_typed_is_checked_and_a_task_ticked_in_the_buffer(tmp_path, encoding):
    work = work_tree(tmp_path, PLAN)
    async with editing(work.file, encoding=encoding) as editor:
        assert await editor.diagnostics() == []
        editor.type(6, 3, 4, 'x')
        (found,) = await editor.diagnostics()
        assert (found.code, found.range.start.line, found.source) == ('RM301', 6, 'roadmap-md')
        editor.type(5, 9, 9, '🧭の')
        await editor.take(5, 'Tick')
        assert editor.text == PLAN.replace('[ ] 🧭 文法', '[x] 🧭 文🧭の法').replace(
            '[ ] 会', '[x] 会'
        )
        assert await editor.diagnostics() == []
        assert work.file.read_text() == PLAN


FIXABLE = [
    pytest.param(example.before.decode(), id=f'{rule.code}-{number}')
    for rule in RULES
    for number, example in enumerate(examples(page_of(rule)))
    if b'\0' not in example.before
    and (found := lint(example.before, 'ROADMAP.md', Config(), date.today()).diagnostics)
    and any(diagnostic.problem.edits for diagnostic in found)
]


async def test_every_problem_that_has_a_fix_has_a_quick_fix(tmp_path):
    seen = set()
    async with editing(work_tree(tmp_path).file) as editor:
        for (text,) in (row.values for row in FIXABLE):
            data = text.encode()
            report = lint(data, 'ROADMAP.md', Config(), date.today())
            for diagnostic in report.diagnostics:
                if not diagnostic.problem.edits:
                    continue
                editor.replace_all(text)
                await editor.diagnostics()
                actions = await editor.actions(diagnostic.start.line - 1, 'quickfix')
                mended = splice(data, diagnostic.problem.edits).decode()
                after = []
                for action in actions:
                    if action.edit and f' {diagnostic.rule.code} ' in action.title:
                        editor.apply(action.edit)
                        after.append(editor.text)
                        editor.replace_all(text)
                assert mended in after
                seen.add(diagnostic.rule.code)
    assert len(seen) > 10


async def test_fix_all_and_formatting_make_the_safe_fixes(tmp_path):
    text = PLAN.replace('\n', '\r\n', 2)
    fixed = fix(text.encode(), 'ROADMAP.md', Config(), date.today(), unsafe=False).data.decode()
    assert fixed != text
    async with editing(work_tree(tmp_path).file, text) as editor:
        await editor.take(0, 'Fix all')
        assert editor.text == fixed
        editor.replace_all(text)
        options = types.FormattingOptions(tab_size=4, insert_spaces=True)
        named = types.TextDocumentIdentifier(editor.uri)
        params = types.DocumentFormattingParams(named, options)
        editor.replace(await editor.client.text_document_formatting_async(params))
        assert editor.text == fixed


async def test_a_waiver_is_written_and_wants_a_reason(tmp_path):
    skipped = PLAN.replace('- [ ] 会', '- [x] 会')
    async with editing(work_tree(tmp_path).file, skipped) as editor:
        await editor.take(6, 'Allow RM301')
        key = '計画/文法'
        waiver = f'<!-- roadmap-md: allow RM301 {key}:  -->\n'
        assert editor.text == skipped.replace('- [x] 🎯', waiver + '- [x] 🎯')
        assert [found.code for found in await editor.diagnostics()] == ['RM902', 'RM301']
        (shown,) = editor.client.shown_documents
        here = shown.selection.start
        editor.type(here.line, here.character, here.character, 'she was ill')
        assert await editor.diagnostics() == []


async def test_what_the_rules_forbid_is_refused_in_the_words_of_the_command_line(tmp_path):
    work = work_tree(tmp_path, PLAN)
    refused = sh(tmp_path, 'roadmap-md tick 会話').stdout.splitlines()[0]
    async with editing(work.file) as editor:
        await editor.take(6, 'Tick')
        (asked,) = editor.asked
        assert f'roadmap-md: {asked.message}' == refused
        assert [action.title for action in asked.actions] == ['Allow RM301 for 計画/文法']
        assert editor.text == PLAN
        editor.choice = 'Allow RM301 for 計画/文法'
        await editor.take(6, 'Tick')
        assert '<!-- roadmap-md: allow RM301 計画/文法:  -->' in editor.text


async def test_ticks_are_committed_when_that_is_asked_for(tmp_path):
    work = work_tree(tmp_path, PLAN)
    async with editing(work.file) as editor:
        await editor.take(5, 'Tick')
        await editor.take(5, 'Commit')
        assert editor.said == ['ROADMAP.md is not saved: save it, then commit']
        work.file.write_text(editor.text)
        await editor.take(5, 'Commit')
        assert work.git('log', '-1', '--format=%s') == 'docs(roadmap): complete 🧭 文法'
        assert editor.said[1].startswith('✓ 🧭 文法 completed  ')
        await editor.take(5, 'Commit')
        assert editor.said[2] == 'nothing to commit: no status was changed'


async def test_a_hook_that_hangs_keeps_nobody_else_waiting(tmp_path):
    work = work_tree(tmp_path, PLAN)
    (work.top / 'waits').touch()
    work.hook('pre-commit', 'touch begun; while test -e waits; do sleep 0.1; done')
    async with editing(work.file) as editor:
        try:
            await editor.take(5, 'Tick')
            work.file.write_text(editor.text)
            commits = [
                asyncio.create_task(editor.run('roadmap-md.commit', editor.uri))
                for _ in range(2 * (os.cpu_count() or 1) + 8)
            ]
            while not (work.top / 'begun').exists():
                await asyncio.sleep(0.01)
            editor.type(6, 3, 4, 'x')
            assert await editor.diagnostics() == []
            work.file.write_text(editor.text)
        finally:
            (work.top / 'waits').unlink()
        await asyncio.gather(*commits)
        assert work.git('log', '--format=%s').splitlines() == [
            'docs(roadmap): complete 会話', 'docs(roadmap): complete 🧭 文法', 'first',
        ]  # fmt: skip
        assert editor.said[-1] == 'nothing to commit: no status was changed'


async def test_an_edit_for_another_version_is_refused(tmp_path):
    like = 'visual_studio_code@v1.65.2'  # its edits have versions
    async with editing(work_tree(tmp_path, PLAN).file, like=like) as editor:
        (tick,) = [one for one in await editor.actions(5) if one.title.startswith('Tick')]
        editor.version += 1  # typed, and not told yet
        await editor.run(tick.command.command, *tick.command.arguments)
        assert (editor.text, editor.said) == (PLAN, ['not changed: another version'])


async def test_lenses_say_what_is_next(tmp_path):
    text = PLAN.replace('[ ] 会', '[/] 会')
    async with editing(work_tree(tmp_path).file, text) as editor:
        named = types.TextDocumentIdentifier(editor.uri)
        found = await editor.client.text_document_code_lens_async(types.CodeLensParams(named))
        assert [(lens.range.start.line, lens.command.title) for lens in found] == [
            (0, 'next: 会話'), (6, 'tick'), (6, 'reset'),
        ]  # fmt: skip
        await editor.run(found[0].command.command, *found[0].command.arguments)
        (shown,) = editor.client.shown_documents
        assert (shown.selection.start.line, shown.selection.start.character) == (6, 6)


async def test_only_trackers_are_spoken_of(tmp_path):
    work = work_tree(tmp_path, PLAN.replace('- [ ] 会', '- [x] 会'))
    other = work.top / 'other.md'
    async with editing(other, work.file.read_text()) as editor:
        assert await editor.actions(6) == []
        assert editor.published == []
    async with editing(Path('/a\0b/ROADMAP.md'), 'no file at all') as editor:
        assert await editor.actions(0) == []
        assert editor.published == []
    (work.top / 'roadmap-md.toml').write_text("files = ['other.md']\n")
    async with editing(other, work.file.read_text()) as editor:
        assert [found.code for found in await editor.diagnostics()] == ['RM301']


async def test_what_is_saved_while_a_document_is_read_counts(tmp_path):
    work = work_tree(tmp_path)
    nested = '# a\n' + '- [ ] a\n  - [x] b\n' * 4_000
    async with editing(work.file, nested) as editor:
        await asyncio.sleep(0.3)
        (work.top / 'roadmap-md.toml').write_text("select = ['RM102']\n")
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri))
        editor.client.text_document_did_save(saved)
        while await editor.diagnostics():
            editor.news.clear()
            await asyncio.wait_for(editor.news.wait(), 60)


async def test_a_configuration_that_is_written_counts_at_once(tmp_path):
    work = work_tree(tmp_path, PLAN.replace('[ ] 会', '[x] 会'))
    async with editing(work.file, like='visual_studio_code') as editor:
        assert [found.code for found in await editor.diagnostics()] == ['RM301']
        written = work.top / 'roadmap-md.toml'
        assert f'**/{written.name}' in editor.watched
        written.write_text("select = ['RM102']\n")
        change = types.FileEvent(written.as_uri(), types.FileChangeType.Created)
        editor.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([change])
        )
        while await editor.diagnostics():
            editor.news.clear()
            await asyncio.wait_for(editor.news.wait(), 60)


async def test_an_unsound_configuration_is_said(tmp_path):
    work = work_tree(tmp_path, PLAN)
    (work.top / 'roadmap-md.toml').write_text('fils = []\n')
    async with editing(work.file) as editor:
        async with asyncio.timeout(60):
            while not editor.said:
                assert await editor.actions(5) == []
        assert [said.split(':')[0] for said in editor.said] == ['roadmap-md.toml']


async def test_features_are_switched_off(tmp_path):
    off = {
        'lenses': False,
        'formatting': False,
        'diagnostics': False,
        'fixes': False,
        'commit': False,
    }
    skipped = PLAN.replace('- [ ] 会', '- [x ] 会')
    async with editing(work_tree(tmp_path).file, skipped, options={'roadmap-md': off}) as editor:
        has = editor.announced
        assert (has.code_lens_provider, has.document_formatting_provider) == (None, None)
        assert 'roadmap-md.commit' not in has.execute_command_provider.commands
        async with asyncio.timeout(60):
            while not (found := await editor.actions(6)):
                pass  # not read yet
        titles = [action.title.split()[0] for action in found]
        assert titles == ['Allow', 'Tick', 'Start', 'Go']
        assert editor.published == []
        settings = {'roadmap-md': {'diagnostics': True}, 'another': {'lenses': 1}}
        params = types.DidChangeConfigurationParams(settings)
        editor.client.workspace_did_change_configuration(params)
        assert [found.code for found in await editor.diagnostics()] == ['RM102']
        settings = {'roadmap-md': {'lense': False}}
        params = types.DidChangeConfigurationParams(settings)
        editor.client.workspace_did_change_configuration(params)
        await editor.actions(0)
        assert editor.said[0].startswith(
            "no setting is named 'lense': there are diagnostics, fixes"
        )


async def test_the_rules_over_history_are_asked_when_somebody_wants_that(tmp_path):
    work = work_tree(tmp_path, '# Days\n\nNo rushing.\n\n## Week 1\n\n- [ ] Day 1\n- [ ] Day 2\n')
    sh(tmp_path, 'roadmap-md tick w1d1 w1d2')
    async with editing(work.file, options={'history': True}) as editor:
        while [found.code for found in await editor.diagnostics()] != ['RM401']:
            editor.news.clear()
            await asyncio.wait_for(editor.news.wait(), 60)
        editor.type(7, 11, 11, ': sets')
        assert [found.code for found in await editor.diagnostics()] == ['RM401']


async def test_lines_end_where_those_of_an_editor_do(tmp_path):
    text = (
        '# Days\u2028and\x0cnights\x85\n\n- [x] Day 1\rof\u2029two\n- [ ] Day 2 \x1c\n- [x] Day 3\n'
    )
    async with editing(work_tree(tmp_path).file, text) as editor:
        found = await editor.diagnostics()
        expected = lint(text.encode(), 'ROADMAP.md', Config(), date.today()).diagnostics
        assert [one.range.start.line + 1 for one in found] == [one.start.line for one in expected]
        await editor.take(3, 'Tick')
        assert editor.text == text.replace('[ ]', '[x]')


async def test_a_hostile_document_freezes_nothing(tmp_path):
    loop = asyncio.get_running_loop()
    nested = '# a\n' + '- [ ] a\n  - [x] b\n' * 6_000
    async with editing(work_tree(tmp_path).file, nested) as editor:
        begun = loop.time()
        await editor.actions(5)
        assert loop.time() - begun < 10  # a second, and what else the machine does
        editor.replace_all(PLAN)
        assert await editor.diagnostics() == []


async def test_it_ends_with_its_editor(tmp_path):
    run = subprocess.run(
        [sys.executable, '-m', 'roadmap_md', 'server'], input=b'', capture_output=True, timeout=60
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b'', b'')


async def test_what_is_unreachable_is_collected():
    """A command that is over at once does without; this one is there all day."""
    script = 'import gc; gc.disable(); from roadmap_md.server import serve; serve(); exit(not gc.isenabled())'
    ended = subprocess.run([sys.executable, '-c', script], stdin=subprocess.DEVNULL, check=False)
    assert ended.returncode == 0


async def test_without_the_extra_it_says_what_to_install():
    code = "import sys; sys.modules['pygls'] = None; from roadmap_md.__main__ import main; main(['server'])"
    run = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True)
    assert (
        run.stderr
        == "roadmap-md: this needs pygls.lsp, which is not installed\n  pip install 'roadmap-md[server]'\n"
    )


@pytest.mark.long
async def test_a_hostile_megabyte_is_answered_or_left(tmp_path):
    """A second to wait for what is being read, and what else the machine does."""
    waits = {}
    loop = asyncio.get_running_loop()
    async with editing(work_tree(tmp_path).file) as editor:
        for name in REPEATED:
            editor.replace_all(hostile(name, MEGABYTE).decode())
            begun = loop.time()
            await editor.actions(0)
            waits[name] = loop.time() - begun
    assert {name: wait for name, wait in waits.items() if wait > 10} == {}
