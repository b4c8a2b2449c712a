"""What a message claims, against what its commit does: with plain hooks, in real repositories."""

import time
from pathlib import Path

import pytest
from worktree import done, sh

from roadmap_md.message import trailer_key
from roadmap_md.rule import examples, page_of
from roadmap_md.rules.claims import Change, false_claim
from roadmap_md.tracker import read_tracker

PLAN = """\
## Week 1

- [x] Day 1: Lists
- [ ] Day 2: Tuples
- [ ] Day 3: Sets
"""
LONG = 'https://example.com/' + 'a' * 100


def says(*trailers: str, header: str = 'docs: days') -> str:
    return '\n'.join((header, '', *trailers, ''))


def completed(*tasks: str) -> str:
    return says(*(f'Roadmap-Task: {t}\nRoadmap-Status: completed' for t in tasks))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    done(tmp_path, 'git init -q -b main; git add .; git commit -qm "docs: plan"')
    done(tmp_path, 'roadmap-md install; rm .git/hooks/pre-commit')
    done(tmp_path, 'git config alias.say "commit -q --allow-empty -m"')
    return tmp_path


TICK = 'sed -i "s/. . Day 2/[x] Day 2/" ROADMAP.md\n'
BOTH = 'sed -i "s/\\[ \\]/[x]/" ROADMAP.md\n'
ADD = 'git add .\n'
WEEK = says('Roadmap-Task: week-1/day-2', 'Roadmap-Status: completed')
CASES = {
    # name: what is done before the commit, its message, the exit code
    'a tick': (TICK + ADD, WEEK, 0),
    'nothing': ('', WEEK, 1),
    'a tick that is not staged': (TICK, WEEK, 1),
    'something else': ('echo text >> ROADMAP.md\n' + ADD, WEEK, 1),
    'another task': (TICK + ADD, completed('week-1/day-3'), 1),
    'a task that was completed before': (TICK + ADD, completed('week-1/day-1'), 1),
    'a task that there is none': (TICK + ADD, completed('week-1/day-9'), 1),
    'another status': ('sed -i "s/. . Day 2/[\\/] Day 2/" ROADMAP.md\n' + ADD, WEEK, 1),
    'a start': (
        'sed -i "s/. . Day 2/[\\/] Day 2/" ROADMAP.md\n' + ADD,
        says('Roadmap-Task: week-1/day-2', 'Roadmap-Status: in-progress'), 0,
    ),
    'a reset': (
        'sed -i "s/.x. Day 1/[ ] Day 1/" ROADMAP.md\n' + ADD,
        says('Roadmap-Task: week-1/day-1', 'Roadmap-Status: not-started'), 0,
    ),
    'no status': (TICK + ADD, says('Roadmap-Task: week-1/day-2'), 1),
    'a status that there is none': (
        TICK + ADD, says('Roadmap-Task: week-1/day-2', 'Roadmap-Status: done'), 1
    ),
    'two tasks': (BOTH + ADD, completed('week-1/day-2', 'week-1/day-3'), 0),
    'two tasks, one of them false': (TICK + ADD, completed('week-1/day-2', 'week-1/day-3'), 1),
    'one status for two tasks': (
        BOTH + ADD,
        says('Roadmap-Task: w1d2', 'Roadmap-Task: w1d3', 'Roadmap-Status: completed'), 0,
    ),
    'a short name': (TICK + ADD, completed('w1d2'), 0),
    'in other letters': ('', says('roadmap-task : week-1/day-2', 'ROADMAP-STATUS: completed'), 1),
    'beside other trailers': (
        '', says('Roadmap-Task: w1d2', 'Roadmap-Status: completed', 'Signed-off-by: A <a@b.c>'), 1
    ),
    'text, no trailer': ('', says('Roadmap-Task: w1d2', '', 'is what a trailer looks like.'), 0),
    'a comment': ('git config commit.cleanup strip', says('text', '', '# Roadmap-Task: w1d2'), 0),
    'a key that is cut': (
        f'echo "- [x] {LONG}" >> ROADMAP.md\n{TICK}{ADD}',
        completed(trailer_key('week-1/' + 'https-example-com')), 0,
    ),
    'a tracker that is not configured': (
        f'printf -- "- [x] Day 7\\n" > plan.md\n{ADD}', completed('day-7'), 0
    ),
    'a renumbered week': (
        f'sed -i "1i # Phase 2\\n" ROADMAP.md\n{TICK}{ADD}', completed('phase-2/week-1/day-2'), 0
    ),
    'a retitled day': ('sed -i "s/. . Day 2: Tuples/[x] Day 2: Pairs/" ROADMAP.md\n' + ADD, WEEK, 0),
    'two week 1, of which one is new': (
        'printf "# Phase 2\\n## Week 1\\n- [ ] Day 1\\n" >> ROADMAP.md\n'
        f'sed -i "1i # Phase 1\\n" ROADMAP.md\n{TICK}{ADD}',
        completed('phase-1/week-1/day-2'), 0,
    ),
    'beside a name with a line break': (f'touch "a\nb.md"\n{TICK}{ADD}', WEEK, 0),
    'no text any more': ('printf "a\\0b" > ROADMAP.md\n' + ADD, WEEK, 1),
    'no tracker any more': ('git rm -q ROADMAP.md', WEEK, 1),
    'a fixup': ('', f'fixup! {WEEK}', 0),
    'a squash': ('', f'squash! {WEEK}', 0),
    'an amend': ('', f'amend! {WEEK}', 0),
    'a revert': ('', f'Revert "docs: days"\n\nThis reverts it.\n\n{WEEK}', 0),
    'a merge': ('', f"Merge branch 'x'\n\n{WEEK}", 0),
    'a merge of lists is none': ('', f'Merge lists\n\n{WEEK}', 1),
    'ignored': ("printf 'ignore = [\"RM406\"]\\n' > roadmap-md.toml\n", WEEK, 0),
    'lowered': ("printf '[severity]\\nfalse-claim = \"warning\"\\n' > roadmap-md.toml\n", WEEK, 0),
}  # fmt: skip


@pytest.mark.parametrize(('before', 'message', 'code'), CASES.values(), ids=CASES)
def test_messages(tree: Path, before: str, message: str, code: int) -> None:
    done(tree, before)
    head = done(tree, 'git rev-parse HEAD')
    ended = sh(tree, 'git say "$message"', message=message)
    assert (ended.returncode, 'RM406' in ended.stdout) == (code, bool(code)), ended.stdout
    assert (done(tree, 'git rev-parse HEAD') == head) is bool(code)


# Several commits. WEEK is in $week; each line but the last ends well.
SCENES = {
    # name: the script, the exit code of its last line
    'the same message once more': (TICK + 'git add .; git say "$week"\necho > x; git add x', 'git say "$week"', 1),
    'amend: another message': (TICK + 'git add .; git say "docs: tick"', 'git commit -q --amend -m "$week"', 0),
    'amend: more files': (TICK + 'git add .; git say "$week"; echo > x; git add x', 'git commit -q --amend --no-edit', 0),
    'amend: another author': (TICK + 'git add .; git say "$week"', 'git commit -q --amend --no-edit --reset-author', 0),
    'amend: the tick is taken back': (
        TICK + 'git add .; git say "$week"; git checkout -q HEAD~ ROADMAP.md', 'git commit -q --allow-empty --amend --no-edit', 1,
    ),
    'amend: a false claim': ('git say "docs: nothing"', 'git commit -q --allow-empty --amend -m "$week"', 1),
    'amend: the first commit': (TICK, 'git commit -q -a --amend -m "$week"', 0),
    'amend: by an alias': (
        TICK + 'git add .; git say "docs: tick"; git config alias.again "commit -q --amend"', 'git again -m "$week"', 0,
    ),
    'merge': (
        TICK + 'git commit -qam "$week"; git checkout -q -b other HEAD~; git say "docs: other"',
        'git merge -q --no-edit main -m "$week"', 0,
    ),
    'merge, with a conflict': (
        'git checkout -q -b other; sed -i s/Tuples/Pairs/ ROADMAP.md; git commit -qam "docs: other"; git checkout -q main\n'
        + TICK + 'sed -i s/Tuples/Couples/ ROADMAP.md; git commit -qam "$week"; ! git merge -q other; git checkout -q --ours ROADMAP.md; git add .',
        'git commit -qm "$week"', 0,
    ),
    'revert': (TICK + 'git commit -qam "$week"', 'git revert --no-edit HEAD', 0),
    'revert, with the message that it had': (
        TICK + 'git commit -qam "$week"; git revert --no-commit HEAD', 'git commit -qm "$week"', 0,
    ),
    'cherry-pick': (
        'git checkout -q -b other\n' + TICK + 'git commit -qam "$week"; git checkout -q main',
        'git cherry-pick --edit other', 0,
    ),
    'cherry-pick of what is there': (
        'git checkout -q -b other\n' + TICK + 'git commit -qam "$week"; git checkout -q main\n'
        + TICK + 'git commit -qam "docs: day 2"; git cherry-pick --no-commit other', 'git say "$week"', 1,
    ),
    'rebase: reword': (
        TICK + 'git commit -qam "$week"; echo > x; git add x; git say "docs: other"',
        'GIT_SEQUENCE_EDITOR="sed -i s/^pick/reword/" git rebase -q -i HEAD~2', 0,
    ),
    'rebase: squash': (
        TICK + 'git commit -qam "$week"; sed -i "s/. . Day 3/[x] Day 3/" ROADMAP.md; git commit -qam "${week%2*}3${week#*2}"',
        'GIT_SEQUENCE_EDITOR="sed -i 2s/^pick/squash/" git rebase -q -i HEAD~2', 0,
    ),
    'rebase: fixup': (
        TICK + 'git commit -qam "$week"; echo > x; git add x; git commit -q --fixup HEAD',
        'GIT_SEQUENCE_EDITOR=: git rebase -q -i --autosquash HEAD~2', 0,
    ),
    'rebase: edit': (
        TICK + 'git commit -qam "$week"; GIT_SEQUENCE_EDITOR="sed -i s/^pick/edit/" git rebase -q -i HEAD~; echo > x; git add x',
        'git commit -q --amend --no-edit; git rebase --continue', 0,
    ),
    'a linked work tree': ('git worktree add -q linked', 'cd linked; git say "$week"', 1),
    'a linked work tree, and a tick': (
        'git worktree add -q linked; cd linked\n' + TICK, 'cd linked; git commit -qam "$week"', 0,
    ),
    'a directory beneath': ('mkdir sub', 'cd sub; git say "$week"', 1),
    'verbose, and the diff looks like a claim': (
        'printf "%s" "$week" > notes; git add notes; git config commit.verbose true',
        'GIT_EDITOR="sed -i 1s/^/docs:\\ notes/" git commit -q', 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(('before', 'last', 'code'), SCENES.values(), ids=SCENES)
def test_scenes(tree: Path, before: str, last: str, code: int) -> None:
    done(tree, before, week=WEEK, GIT_EDITOR=':')
    ended = sh(tree, last, week=WEEK, **({} if 'GIT_EDITOR' in last else {'GIT_EDITOR': ':'}))
    assert (ended.returncode, 'RM406' in ended.stdout) == (code, bool(code)), ended.stdout


AUTHORS = {
    # what git exports to a hook, where its command line is not to be seen
    'that of HEAD, so it is amended': ('@1767600000 +0100', 0),
    'another date': ('@1767600001 +0100', 1),
    'none, for it is not git commit': (None, 0),
}


@pytest.mark.parametrize(('date', 'code'), AUTHORS.values(), ids=AUTHORS)
def test_authors(tree: Path, monkeypatch: pytest.MonkeyPatch, date: str | None, code: int) -> None:
    done(tree, TICK + 'git commit -qam "$week"; printf "%s" "$week" > message', week=WEEK)
    monkeypatch.delenv('GIT_AUTHOR_DATE')
    if date:
        monkeypatch.setenv('GIT_AUTHOR_DATE', date)
    assert sh(tree, 'roadmap-md hook commit-msg message').returncode == code


SAID = {
    'not done': ('week-1/day-2', "completed, but 'Tuples' on line 4 of plan.md is not started"),
    'done before': ('week-1/day-1', "completed, but 'Lists' on line 3 of plan.md was completed before"),
    'not there': ('week-9/day-1', 'completed, but no tracker here has such a task'),
}  # fmt: skip


@pytest.mark.parametrize(('task', 'said'), SAID.values(), ids=SAID)
def test_what_is_said(task: str, said: str) -> None:
    plan = read_tracker(PLAN.encode())
    message = completed(task)
    trailers = message.partition('\n\n')[2]
    changes = [Change('plan.md', plan, plan), Change('gone.md', plan, None)]
    (problem,) = false_claim.check(message.encode(), trailers=trailers, changes=changes)
    assert problem.message == f'is claimed to be {said}'
    assert message[slice(*problem.span)] == task


def test_many_blanks_take_no_time() -> None:
    """They took the square of their number: minutes."""
    for value in ('', 'x' + ' ' * 100_000 + 'y'):
        message = completed(' ' * 100_000 + value)
        trailers = f'Roadmap-Task: {value}\nRoadmap-Status: completed\n'
        started = time.process_time()
        (problem,) = false_claim.check(message.encode(), trailers=trailers)
        assert time.process_time() - started < 5
        assert message[slice(*problem.span)] == value


# The directory in which git is called, and what leads to the message from there.
CALLED = {
    'the top': ('.', '.git/COMMIT_EDITMSG'),
    'a directory beneath': ('sub', '../.git/COMMIT_EDITMSG'),
}


@pytest.mark.parametrize(('directory', 'path'), CALLED.values(), ids=CALLED)
def test_the_way_to_the_message(tree: Path, directory: str, path: str) -> None:
    (tree / 'sub').mkdir()
    ended = sh(tree / directory, 'git say "$week"', week=WEEK)
    assert f'  git commit --edit --file {path}\n' in ended.stdout
    assert (tree / directory / path).read_text() == WEEK


def test_the_way_to_the_message_may_have_blanks(tree: Path) -> None:
    done(tree, 'mv .git "../git dir"; echo "gitdir: $(cd "../git dir"; pwd)" > .git')
    ended = sh(tree, 'git say "$week"', week=WEEK)
    assert "/git dir/COMMIT_EDITMSG'\n" in ended.stdout, ended.stdout


def test_the_example() -> None:
    (example,) = examples(page_of(false_claim))
    after = read_tracker(PLAN.replace('[ ] Day 2', '[x] Day 2').encode())
    changes = [Change('ROADMAP.md', read_tracker(PLAN.encode()), after)]
    for message, lines in ((example.before, example.reported), (example.after, ())):
        trailers = message.decode().partition('\n\n')[2]
        problems = false_claim.check(message, trailers=trailers, changes=changes)
        assert tuple(message[: p.span.start].count(b'\n') + 1 for p in problems) == lines


def test_the_hook_starts_no_git_where_nothing_is_claimed(tmp_path: Path) -> None:
    (tmp_path / 'message').write_text('docs: text\n\nThe trailer Roadmap-Task names a task.\n')
    done(tmp_path, 'PATH=${PATH%%:*}; GIT_TRACE=1 roadmap-md hook commit-msg message')
