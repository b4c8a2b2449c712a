"""``suggest`` in real repositories: what is proposed, and that no more is done than was asked for.

What people see of it is in tests/data/cli/suggest.md; what is read in texts in test_inference.py.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from console import on_a_terminal
from worktree import Work, done, sh, work_tree

PLAN = """\
# Roadmap

No skipping.

## Week 1

- [ ] Day 1 – Lists
- [ ] Day 2 – Tuples
- [ ] Day 3 – Sets

## Week 2

- [ ] Day 1 – Files
- [ ] Day 2 – Error handling
"""
FREE = PLAN.replace('No skipping.', 'Have fun.')
# `work FILE SUBJECT` commits something new in that file, an hour after the commit before.
SHELL = r"""
T=${T:-1767600000}
clock() { T=$((T + 3600)); export GIT_AUTHOR_DATE="$T +0300" GIT_COMMITTER_DATE="$T +0000"; }
work() { mkdir -p "$(dirname "$1")"; echo "$T" >> "$1"; git add -A; clock; git commit -qm "$2"; }
ticked() { sed -i "s/\[ \] $1/[x] $1/" ROADMAP.md; clock; git commit -qam "tick $1"; }
opened() { sed -i "s/\[x\] $1/[ ] $1/" ROADMAP.md; clock; git commit -qam "again $1"; }
"""


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'work', PLAN)


def run(work: Work, script: str) -> str:
    return done(work.top, SHELL + script)


def suggested(work: Work, *options: str) -> dict[str, Any]:
    answer = subprocess.run(
        [sys.executable, '-m', 'roadmap_md', 'suggest', '--json', *options],
        cwd=work.top, capture_output=True, check=True,
    )  # fmt: skip
    document: dict[str, Any] = json.loads(answer.stdout)
    return document


def keys(work: Work, *options: str) -> str:
    """The keys that are proposed, ``?`` behind those that are likely only."""
    found = suggested(work, *options)
    said = [one['key'] + '?' * (not one['certain']) for one in found['suggestions']]
    return ' '.join(said + ['/'.join(one['candidates']) for one in found['ambiguous']])


HISTORIES = {
    'nothing': ('', ''),
    'subject': ("work a.py 'Week 1 day 1'", 'week-1/day-1'),
    'path': ('work week1/week1_d2_tuples.py x', 'week-1/day-2'),
    'title': ('work notes/error_handling.md x', 'week-2/day-2?'),
    'bare': ("work a.py 'Day 1'", 'week-1/day-1/week-2/day-1'),
    'on a branch that was merged': (
        "git checkout -qb topic; work a.py w1d1; git checkout -q main; work b.py x; clock; git merge -q --no-edit topic",
        'week-1/day-1',
    ),
    "a merge's own words": (
        "git checkout -qb topic; work a.py x; git checkout -q main; work b.py x; clock; git merge -q -m 'Week 1 day 1' topic",
        '',
    ),
    'in the future of an author': (
        "clock; echo > a; git add a; GIT_AUTHOR_DATE='4000000000 +1400' git commit -qm w1d1",
        'week-1/day-1',
    ),
    'reverted': ("work a.py 'Add w1d1'; clock; git revert --no-edit HEAD >/dev/null", ''),
    'deleted': ("work week1/day1.py x; git rm -qr week1; clock; git commit -qm 'clean up'", ''),
    'moved': ("work week1/day1.py x; mkdir src; git mv week1 src; clock; git commit -qm sort", 'week-1/day-1'),
    'squashed': (
        "git checkout -qb t; work week1/day1.py a; work week1/day2.py b; git checkout -q main; git merge -q --squash t >/dev/null; clock; git commit -qm both",
        'week-1/day-1 week-1/day-2',
    ),
    'a submodule': (
        "git init -q sub; git -C sub commit -q --allow-empty -m x; git -c advice.addEmbeddedRepo=false add sub; clock; git commit -qm x",
        '',
    ),
    'a link': ("ln -s a week1day1; git add .; clock; git commit -qm x", ''),
    'a line break in a name': ("work 'week1/day\n1' x; work 'week 1/day 2 \n' x", 'week-1/day-1 week-1/day-2'),
    'bytes that are no text': (
        "work \"$(printf 'week1/day1\\377.py')\" x; git -c i18n.commitEncoding=UTF-8 commit -q --allow-empty -m \"$(printf 'w1d2 \\377')\"",
        'week-1/day-1 week-1/day-2',
    ),
    # Since the last tick.
    'before the last tick': ("work a.py w1d1; work b.py w1d2; ticked 'Day 1 – Lists'", ''),
    'after the last tick': ("ticked 'Day 1 – Lists'; work b.py w1d2", 'week-1/day-2'),
    'work that began before the plan': (
        'git checkout -q --orphan new; git rm -qrf --cached .; rm -f ROADMAP.md; work week1/day1.py x; git checkout -q main -- ROADMAP.md; clock; git commit -qm plan',
        'week-1/day-1',
    ),
    'a plan that came with ticks': (
        "git checkout -q --orphan new; sed -i 's/\\[ \\] Day 1 – Lists/[x] Day 1 – Lists/' ROADMAP.md; git rm -qrf --cached .; work week1/day2.py x; work week1/day3.py y",
        'week-1/day-3',
    ),
    'in the commit that ticks another': (
        "sed -i 's/\\[ \\] Day 1 – Lists/[x] Day 1 – Lists/' ROADMAP.md; work week1/day2.py x", '',
    ),
    # Opened again.
    'opened again': ("ticked 'Day 1 – Lists'; work a.py w1d1; work b.py w1d2; opened 'Day 1 – Lists'", 'week-1/day-2'),
    'opened again, and done again': ("ticked 'Day 1 – Lists'; opened 'Day 1 – Lists'; work a.py w1d1", 'week-1/day-1'),
    'opened again, not committed': (
        "ticked 'Day 1 – Lists'; work a.py w1d1; work b.py w1d2; sed -i 's/\\[x\\]/[ ]/' ROADMAP.md", 'week-1/day-2',
    ),
    'begun later': (
        "work a.py w1d1; work b.py w1d2; sed -i 's/\\[ \\] Day 1 – L/[\\/] Day 1 – L/' ROADMAP.md; clock; git commit -qam start",
        'week-1/day-2',
    ),
    'begun before': (
        "sed -i 's/\\[ \\] Day 1 – L/[\\/] Day 1 – L/' ROADMAP.md; clock; git commit -qam start; work a.py w1d1", 'week-1/day-1',
    ),
    # What has been ticked, or settled otherwise, and is not committed.
    'ticked, not committed': ("work a.py w1d1; sed -i 's/\\[ \\] Day 1 – L/[x] Day 1 – L/' ROADMAP.md", ''),
    'cancelled, not committed': ("work a.py w1d1; sed -i 's/\\[ \\] Day 1 – L/[-] Day 1 – L/' ROADMAP.md", ''),
    # The plan itself.
    'the plan under another name': (
        "git mv ROADMAP.md week1-day1.md; clock; git commit -qm x; git mv week1-day1.md ROADMAP.md; clock; git commit -qm x; work week1/day2.py x",
        'week-1/day-2',
    ),
    'words about the plan': ("echo >> ROADMAP.md; clock; git commit -qam 'Week 1 day 1'", ''),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'expected'), HISTORIES.values(), ids=HISTORIES)
def test_what_is_proposed(work: Work, script: str, expected: str) -> None:
    run(work, script)
    before = work.snapshot()
    assert keys(work) == expected
    assert work.snapshot() == before


def test_which_commits_are_read(work: Work) -> None:
    run(
        work, "work a.py w1d2; git tag here; work b.py w1d3; ticked 'Day 1 – Lists'; work c.py w2d1"
    )
    assert keys(work) == 'week-2/day-1'
    assert keys(work, '--all') == 'week-1/day-2 week-1/day-3 week-2/day-1'
    assert keys(work, '--since-ref', 'here') == 'week-1/day-3 week-2/day-1'
    assert keys(work, '--all', 'w1d1..w1d2') == 'week-1/day-2'
    assert suggested(work, '--all')['since'] is None
    assert suggested(work)['since'] == work.git('rev-parse', 'HEAD^')


def test_what_was_ticked_from_evidence_is_not_the_last_tick(work: Work) -> None:
    run(work, 'work a.py w1d1; work week1/d2_tuples.py x; roadmap-md suggest --apply')
    assert keys(work) == 'week-1/day-2?'
    run(work, 'roadmap-md suggest --apply w1d2; roadmap-md suggest --apply')
    assert keys(work) == ''


def test_each_tick_is_a_commit_that_names_its_evidence(work: Work) -> None:
    run(work, "work a.py 'Week 1 day 1 and 2'; work week1/day2.py x")
    evidence = work.git('rev-parse', 'HEAD', 'HEAD^').split()
    run(work, 'roadmap-md suggest --apply')
    assert work.git('log', '-2', '--format=%s').splitlines() == [
        'docs(roadmap): complete week 1 day 2 – Tuples',
        'docs(roadmap): complete week 1 day 1 – Lists',
    ]
    for commit, named in (('HEAD', evidence), ('HEAD^', evidence[1:])):
        trailers = done(
            work.top, f'git log -1 --format=%B {commit} | git interpret-trailers --parse'
        )
        assert [line.partition(': ')[2] for line in trailers.splitlines()][2:] == named
        assert trailers.count('Roadmap-Evidence: ') == len(named)
        assert len(work.edits(f'{commit}^', commit)) == 2
    assert work.git('status', '--porcelain') == ''
    log = done(work.top, 'roadmap-md log --json')
    assert [t['key'] for t in json.loads(log)['transitions']] == ['week-1/day-2', 'week-1/day-1']


def test_dates(work: Work) -> None:
    run(work, 'work week1/day1.py x; work week1/day2.py x')
    dates = work.git('log', '-2', '--reverse', '--format=%ad', '--date=raw').splitlines()
    now = "export GIT_AUTHOR_DATE='1800000000 -0500' GIT_COMMITTER_DATE='1800000000 -0500';"
    run(
        work,
        f'{now} roadmap-md suggest --apply w1d1; roadmap-md suggest --apply --date-from-evidence',
    )
    shown = work.git('log', '-2', '--format=%ad | %cd | %an', '--date=raw').splitlines()
    assert shown == [
        f'{dates[1]} | 1800000000 -0500 | Ada Learner',
        '1800000000 -0500 | 1800000000 -0500 | Ada Learner',
    ]


@pytest.mark.parametrize('date', ['0 +0000', '1 -0030', '1767600000 +1345', '4000000000 -1200'])
def test_odd_dates_of_evidence(work: Work, date: str) -> None:
    run(work, f"echo > a; git add a; GIT_AUTHOR_DATE='@{date}' git commit -qm w1d1")
    run(work, 'roadmap-md suggest --apply --date-from-evidence')
    assert work.git('log', '-1', '--format=%ad', '--date=raw') == date


def test_a_skip_is_refused_and_nothing_changed(work: Work) -> None:
    run(work, 'work week1/day1.py x; work week1/day3.py x')
    assert [one['skips'] for one in suggested(work)['suggestions']] == [None, 'week-1/day-2']
    before = work.snapshot()
    refused = sh(work.top, 'roadmap-md suggest --apply')
    assert refused.returncode == 1
    assert "'Tuples' on line 8 is not (RM301 skipped-task)" in refused.stdout
    assert 'week-1/day-1 would skip nothing' in refused.stdout
    assert work.snapshot() == before
    run(
        work,
        'roadmap-md suggest --apply week-1/day-1; work week1/day2.py x; roadmap-md suggest --apply',
    )
    assert keys(work) == ''
    assert work.file.read_text().count('[x]') == 3


def test_without_an_order_nothing_is_skipped(tmp_path: Path) -> None:
    plan = '## Habits\n\n- [ ] Read the manual\n- [ ] Write every day\n'
    work = work_tree(tmp_path / 'work', plan)
    run(work, "work a.py 'Write every day'")
    (one,) = suggested(work)['suggestions']
    assert (one['key'], one['certain'], one['skips']) == ('habits/write-every-day', False, None)
    run(work, 'roadmap-md suggest --apply write; roadmap-md suggest --apply write')
    assert work.git('log', '-1', '--format=%s') == 'docs(roadmap): complete Write every day'


def test_what_is_not_certain_is_ticked_only_by_name(work: Work) -> None:
    run(work, "work a.py 'Day 1'; work week1/d2_x.py x")
    before = work.snapshot()
    assert 'nothing is certain; name what you have done' in run(work, 'roadmap-md suggest --apply')
    assert json.loads(run(work, 'roadmap-md suggest --apply --json'))['changes'] == []
    assert work.snapshot() == before
    run(work, 'roadmap-md suggest --apply w1d1 w1d2')
    assert work.file.read_text().count('[x]') == 2
    assert work.git('log', '-1', '--format=%(trailers:key=Roadmap-Evidence,valueonly)')


WRONG = {
    'suggest --apply w2d1': ('no commit speaks of week-2/day-1', "'roadmap-md tick week-2/day-1' needs none"),
    'suggest --apply w9d9': ("no task in ROADMAP.md is named 'w9d9'", ''),
    'suggest --dry-run': ('--dry-run without --apply', ''),
    'suggest --diff': ('--diff without --apply', ''),
    'suggest --date-from-evidence': ('--date-from-evidence without --apply', ''),
    'suggest --all --since-ref HEAD': ('--since-ref and --all', ''),
    'suggest --since-ref nowhere': ("git knows no revision 'nowhere'", ''),
    'suggest --since-ref=--output=x': ("git knows no revision '--output=x'", ''),
    'suggest --since-ref HEAD:ROADMAP.md': ("git knows no revision 'HEAD:ROADMAP.md'", ''),
    'suggest -f nowhere.md': ('nowhere.md', ''),
}  # fmt: skip


@pytest.mark.parametrize(('command', 'words'), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line(
    work: Work, command: str, words: tuple[str, str]
) -> None:
    run(work, 'work a.py w1d1')
    before = work.snapshot()
    said = sh(work.top, f'roadmap-md {command}')
    assert said.returncode == 2
    for part in words:
        assert part in said.stdout
    assert 'Traceback' not in said.stdout
    assert len(said.stdout.splitlines()) == 2
    assert work.snapshot() == before


def test_dry_run_and_diff_change_nothing(work: Work) -> None:
    run(work, 'work a.py w1d1')
    before = work.snapshot()
    assert run(work, 'roadmap-md suggest --apply --dry-run') == (
        'would be completed: week 1 day 1 – Lists\n'
    )
    assert '+- [x] Day 1 – Lists' in run(work, 'roadmap-md suggest --apply --diff')
    assert work.snapshot() == before


def test_other_edits_stay_as_they_were(work: Work) -> None:
    run(
        work,
        'work a.py w1d1; echo staged > third.md; git add third.md; echo mine >> ROADMAP.md; echo x > new',
    )
    run(work, 'roadmap-md suggest --apply')
    assert work.edits('HEAD^', 'HEAD') == ['-- [ ] Day 1 – Lists', '+- [x] Day 1 – Lists']
    assert work.edits() == ['+mine']
    assert work.git('diff', '--cached', '--name-only') == 'third.md'
    assert work.git('status', '--porcelain', 'new') == '?? new'


def test_a_hook_that_refuses_leaves_everything(work: Work) -> None:
    run(work, 'work a.py w1d1')
    work.hook('commit-msg', 'grep -q Roadmap-Evidence "$1" && echo no; exit 1')
    before = work.snapshot()
    said = sh(work.top, 'roadmap-md suggest --apply')
    assert said.returncode == 2
    assert 'git said: no' in said.stdout
    assert work.snapshot() == before


def test_our_own_hooks_accept_it(work: Work) -> None:
    run(work, 'work a.py w1d1; roadmap-md install >/dev/null; roadmap-md suggest --apply')
    assert work.git('log', '-1', '--format=%s') == 'docs(roadmap): complete week 1 day 1 – Lists'


HOSTILE = [
    '\x1b]0;title\x07w1d1 \x1b[31mred',
    'w1d1 \u202eltr \u200b\u2066',
    'w1d1 ::error::x ##[group]y',
    '--w1d1 -n w1d1 $(touch pwned) `touch pwned`',
    'w1d1 ' + 'x' * 5000,
    'w1d1 日本語 🎯 👩\u200d💻 ' * 10,
]


@pytest.mark.parametrize('subject', HOSTILE, ids=lambda text: repr(text[:12]))
def test_no_subject_acts_in_a_terminal(work: Work, subject: str) -> None:
    subprocess.run(
        ['git', 'commit', '-q', '--allow-empty', '-m', subject], cwd=work.top, check=True
    )
    for colored in ('', '1'):
        said = done(work.top, 'roadmap-md suggest', FORCE_COLOR=colored)
        bare = said.replace('\x1b[', '') if colored else said
        assert not set(bare) & set('\x1b\x07\u202e\u200b\u2066')
        assert 'week 1 day 1 – Lists' in said
    assert max(map(len, done(work.top, 'roadmap-md suggest').splitlines())) <= 80
    log = done(work.top, 'roadmap-md suggest', GITHUB_ACTIONS='true')
    assert not any(line.lstrip().startswith('::') for line in log.splitlines())
    assert '##[' not in log
    document = done(work.top, 'roadmap-md suggest --json')
    assert document.isprintable() or not set(document) & set('\x1b\x07\u202e\u200b\u2066')
    text = json.loads(document)['suggestions'][0]['evidence'][0]['text']
    assert text == ' '.join(subject.split(' ')).rstrip()[:500]
    assert not (work.top / 'pwned').exists()


def test_paths_do_not_act_either(work: Work) -> None:
    run(work, 'work "$(printf \'week1/day1 \\033[31m.py\')" x')
    assert '\x1b' not in done(work.top, 'roadmap-md suggest')
    assert '\\u{1b}' in done(work.top, 'roadmap-md suggest')


SETTINGS = [
    'log.follow true', 'log.diffMerges first-parent', 'log.showSignature true', 'log.showRoot false',
    'log.decorate full', 'log.date iso', 'log.mailmap true', 'diff.renames copies', 'diff.noprefix true',
    'diff.external false', 'diff.relative true', 'color.ui always', 'core.quotePath true',
    'core.pager false', 'core.abbrev 4', 'format.pretty oneline',
]  # fmt: skip


def test_no_setting_of_git_changes_what_is_read(work: Work) -> None:
    run(work, 'work week1/day1.py x; git checkout -qb t; work week1/day2.py x')
    run(work, 'git checkout -q main; work b x; clock; git merge -q --no-edit t')
    before = suggested(work)
    assert len(before['suggestions']) == 2
    for setting in SETTINGS:
        work.sh(f'git config {setting}')
        assert suggested(work) == before, setting
        work.sh(f'git config --unset {setting.split()[0]}')


def test_several_trackers(work: Work) -> None:
    (work.top / 'roadmap-md.toml').write_text('files = ["ROADMAP.md", "b.md"]\n')
    (work.top / 'b.md').write_text(FREE)
    run(
        work,
        "git add .; git commit -qm b; echo >> b.md; git commit -qam 'Week 1 day 2'; work c w1d1",
    )
    assert 'say which with --file' in sh(work.top, 'roadmap-md suggest').stdout
    assert keys(work, '-f', 'ROADMAP.md') == 'week-1/day-1'
    run(work, 'mkdir sub; cd sub; roadmap-md suggest -f ../b.md --apply')
    assert work.edits('HEAD^', 'HEAD') == ['-- [ ] Day 1 – Lists', '+- [x] Day 1 – Lists']


def test_where_there_is_no_history(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    said = sh(tmp_path, 'roadmap-md suggest')
    assert (said.returncode, said.stdout.splitlines()[0]) == (
        2, 'roadmap-md: ROADMAP.md is in no git work tree',
    )  # fmt: skip
    assert done(tmp_path, 'git init -q; roadmap-md suggest') == (
        'no commit speaks of an open task (in all commits)\n'
    )


@pytest.mark.parametrize('damage', [b'<<<<<<< a\n=======\n>>>>>>> b\n', b'\0', b'\xff'], ids=repr)
def test_a_tracker_that_cannot_be_read(work: Work, damage: bytes) -> None:
    run(work, 'work a.py w1d1')
    work.file.write_bytes(work.file.read_bytes() + damage)
    said = sh(work.top, 'roadmap-md suggest')
    assert said.returncode == 2
    assert len(said.stdout.splitlines()) == 2


def test_a_shallow_clone_says_that_it_is(work: Work) -> None:
    run(work, 'work a.py w1d1; work b.py w1d2')
    done(work.top, 'git clone -q --depth=1 "file://$PWD" ../short')
    short = Work(work.top.parent / 'short')
    assert 'this clone is shallow' in done(short.top, 'roadmap-md suggest')
    found = suggested(short)
    assert (found['complete'], found['incomplete']) == (False, ['shallow'])


def test_what_names_the_task_is_coloured_on_a_terminal(work: Work) -> None:
    run(work, 'work week1/week1_d2_tuples.py x')
    shown = on_a_terminal('suggest', directory=work.top)
    assert 'week1/\x1b[36;1mweek1\x1b[0m_\x1b[36;1md2\x1b[0m_tuples.py' in shown


def test_a_large_history_is_read_as_it_comes(work: Work) -> None:
    count = 3000
    stream = b''.join(
        b'commit refs/heads/main\nauthor A <a@b.c> %d +0000\ncommitter A <a@b.c> %d +0000\ndata 4\nw1d1\n%s'
        b'M 100644 inline f%d\ndata 1\nx\n'
        % (1767600000 + at, 1767600000 + at, b'' if at else b'from refs/heads/main^0\n', at)
        for at in range(count)
    )
    subprocess.run(['git', 'fast-import', '--quiet'], cwd=work.top, input=stream, check=True)
    work.sh('git reset -q --hard')
    (one,) = suggested(work)['suggestions']
    assert len(one['evidence']) + one['more_evidence'] == count


def test_ticking_imports_nothing_of_it(work: Work) -> None:
    answer = subprocess.run(
        [sys.executable, '-X', 'importtime', '-m', 'roadmap_md', 'tick', 'next'],
        cwd=work.top, env={**os.environ}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.rpartition('|')[2].strip() for line in answer.stderr.splitlines()}
    ours = ('evidence', 'inference', 'naming', 'wording', 'mentions')
    assert not imported & {f'roadmap_md.{name}' for name in ours}
