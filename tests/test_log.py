"""``log``: what is imported, paged and filtered. Its examples are in tests/data/cli/log.md."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from console import on_a_terminal
from worktree import Work, work_tree

from roadmap_md.output import progress

RUN = [sys.executable, '-m', 'roadmap_md']


@pytest.fixture
def work(tmp_path: Path) -> Work:
    work = work_tree(tmp_path)
    for day in range(1, 4):
        work.sh(
            f"sed -i 's/\\[ \\] Day {day}/[x] Day {day}/' ROADMAP.md; git commit -qam 'day {day}'"
        )
    return work


def transitions(top: Path, *options: str) -> list[str]:
    done = subprocess.run(
        [*RUN, 'log', '--json', *options], cwd=top, capture_output=True, check=True
    )
    return [f'{t["path"]} {t["key"]}' for t in json.loads(done.stdout)['transitions']]


def test_neither_parser_nor_gitpython_is_imported_where_the_skeleton_is_known(work: Work) -> None:
    transitions(work.top)
    done = subprocess.run(
        [sys.executable, '-X', 'importtime', '-m', 'roadmap_md', 'log'],
        cwd=work.top, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.rpartition('|')[2].strip().split('.')[0] for line in done.stderr.splitlines()}
    assert 'roadmap_md' in imported
    heavy = {'mistletoe', 'git', 'gitdb', 'difflib', 'wcwidth', 'json', 'click', 'hashlib'}
    assert imported & heavy == set()
    assert 'roadmap_md.alike' not in done.stderr


def test_several_trackers(work: Work) -> None:
    work.sh(
        "cp ROADMAP.md b.md; git add .; git commit -qm b; sed -i 's/\\[x\\] Day 1/[ ] Day 1/' b.md"
    )
    assert transitions(work.top, 'b.md', 'ROADMAP.md', '-n', '2') == [
        'b.md day-1',
        'ROADMAP.md day-3',
    ]
    assert transitions(work.top, 'b.md', 'ROADMAP.md', '--task', 'd2') == ['ROADMAP.md day-2']


def test_paths_are_as_seen_from_here(work: Work) -> None:
    work.sh('mkdir docs; git mv ROADMAP.md docs/plan.md; git commit -qm mv')
    assert transitions(work.top / 'docs', 'plan.md', '-n', '1') == ['../ROADMAP.md day-3']


def test_tasks_that_are_gone_have_their_old_names(work: Work) -> None:
    work.sh("sed -i '/Day 1 /d' ROADMAP.md; git commit -qam gone")
    assert transitions(work.top, '--task', 'day-1') == ['ROADMAP.md day-1']


def test_notes_of_two_repositories(work: Work, tmp_path: Path) -> None:
    other = work_tree(tmp_path / 'other')
    other.sh("sed -i 's/\\[ \\] Day 1/[x] Day 1/' ROADMAP.md; git commit -qam a -m Aha.")
    assert noted(work.top, 'ROADMAP.md', str(other.file)) == ['Aha.', '', '', '']


def test_notes_before_the_first_commit(tmp_path: Path) -> None:
    tmp_path.joinpath('ROADMAP.md').write_text('- [ ] Day 1\n')
    subprocess.run(['git', 'init', '-q', tmp_path], check=True)
    assert noted(tmp_path) == []


def noted(top: Path, *paths: str) -> list[str]:
    done = subprocess.run(
        [*RUN, 'log', '--json', '--notes', *paths], cwd=top, capture_output=True, check=True
    )
    return sorted((t['note'] for t in json.loads(done.stdout)['transitions']), reverse=True)


def test_the_configuration_of_a_repository_starts_nothing(work: Work, tmp_path: Path) -> None:
    acted = tmp_path / 'acted'
    for name in (
        'core.fsmonitor', 'core.pager', 'pager.log', 'diff.external', 'diff.md.command', 'diff.md.textconv',
        'filter.md.clean', 'filter.md.smudge', 'trailer.x.command', 'gpg.program', 'core.editor',
    ):  # fmt: skip
        work.git('config', name, f'touch {acted}; false')
    work.sh(
        "git config log.showSignature true; echo '*.md diff=md filter=md' > .git/info/attributes"
    )
    # renamed in the index alone, which git is to read then
    entry = work.git('ls-files', '-s', 'ROADMAP.md').split()
    work.sh(
        'mv ROADMAP.md plan.md; git -c core.fsmonitor= update-index --force-remove ROADMAP.md;'
        f'git -c core.fsmonitor= update-index --add --cacheinfo 100644,{entry[1]},plan.md'
    )
    acted.unlink(missing_ok=True)
    for name in ('plan.md', 'ROADMAP.md', 'other.md'):
        transitions(work.top, '--notes', name)
        assert not acted.exists(), name


def test_a_pager_shows_it_on_a_terminal_only(work: Work, tmp_path: Path) -> None:
    pager = tmp_path / 'my pager'
    pager.write_text('#!/bin/sh\necho paged; cat\n')
    pager.chmod(0o755)
    environment = {'PAGER': f'"{pager}" -x'}
    paged = on_a_terminal('log', directory=work.top, **environment)
    assert paged.startswith('paged\n')
    assert 'day 3' in paged
    for said in (
        on_a_terminal('log', directory=work.top, PAGER=''),
        on_a_terminal('log', directory=work.top, PAGER='cat'),
        on_a_terminal('log', directory=work.top, PAGER='no-such-pager'),
        on_a_terminal('log', '--json', directory=work.top, **environment),
        subprocess.run(
            [*RUN, 'log'], cwd=work.top, env={**os.environ, **environment}, capture_output=True
        ).stdout.decode(),
    ):
        assert 'paged' not in said
        assert 'day-3' in said or 'day 3' in said


def test_an_interrupt_is_the_pagers(work: Work, tmp_path: Path) -> None:
    """It stops a search there; who wrote to it does not leave it alone with the terminal."""
    note = tmp_path / 'note'
    note.write_text('a\n\n' + 'much\n' * 40_000)  # more than a pipe takes
    work.sh(f"sed -i 's/\\[ \\] Day 5/[x] Day 5/' ROADMAP.md; git commit -qaF {note}")
    pager = tmp_path / 'pager'
    pager.write_text(
        '#!/bin/sh\nsleep 0.5; kill -INT $PPID; sleep 0.2; tail -n 1; sleep 0.2; echo end\n'
    )
    pager.chmod(0o755)
    shown = on_a_terminal('log', '--notes', directory=work.top, PAGER=str(pager)).splitlines()
    assert 'day 1' in shown[-2]
    assert shown[-1] == 'end'
    assert on_a_terminal('log', '--notes', directory=work.top, PAGER='head -c 9') == '\x1b[1mMonda'


def test_who_leaves_the_pager_early_sees_no_error(work: Work) -> None:
    assert on_a_terminal('log', directory=work.top, PAGER='true') == ''


def test_who_waits_long_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, 'stderr', said)
    monkeypatch.setattr(progress, '_PATIENCE', 0)
    for isatty, expected in ((False, ''), (True, '\rreading: 64\r\033[K')):
        monkeypatch.setattr(said, 'isatty', lambda isatty=isatty: isatty)
        with progress.Progress('reading') as step:
            for _ in range(100):
                step()
        assert said.getvalue() == expected


def test_who_waits_for_many_is_told_how_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    clock = iter(range(100))
    monkeypatch.setattr(sys, 'stderr', said)
    monkeypatch.setattr(said, 'isatty', lambda: True)
    ticking = SimpleNamespace(monotonic=lambda: float(next(clock)))
    monkeypatch.setattr(progress, 'time', ticking)
    with progress.Progress('fetching', 3) as step:
        for _ in range(3):
            step()
    assert [row.strip() for row in said.getvalue().split('\r')[1:]] == [
        'fetching: 1 of 3, 6 s left', 'fetching: 2 of 3, 3 s left', 'fetching: 3 of 3, 0 s left',
        '\033[K',
    ]  # fmt: skip
