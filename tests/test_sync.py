"""``sync``: hand edits become commits, and the file stays as its author left it."""

import json
from pathlib import Path

import pytest
from worktree import Work, done, sh, work_tree

PLAN = """\
# Days

Rules: No skipping.

## Week 1 [1/5]

- [x] Day 1 – Lists
- [/] Day 2 – Tuples
- [ ] Day 3 – Sets
- [ ] Day 4 – 日本語 🎉
- [ ] Day 5 – Files
"""
# An edit of statuses that every row of a table may begin with.
TICK = 'sed -i "s/\\[\\/\\] Day 2/[x] Day 2/" ROADMAP.md\n'


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'work', PLAN)


def subjects(work: Work, since: str) -> list[str]:
    """The first lines of the commits since *since*, oldest first, without what is always so."""
    lines = work.git('log', '--reverse', '--format=%s', f'{since}..').splitlines()
    return [line.removeprefix('docs(roadmap): ') for line in lines]


def day(number: int, text: str) -> str:
    """Shell that makes the box of a day hold *text*."""
    return f'sed -i "s/\\[.\\] Day {number}/[{text}] Day {number}/" ROADMAP.md\n'


def test_each_transition_is_a_commit(work: Work) -> None:
    work.sh(day(2, 'X') + day(3, r'\/') + 'sed -i "s,1/5,2/5," ROADMAP.md')
    head, edited = work.git('rev-parse', 'HEAD'), work.file.read_bytes()
    done(work.top, 'roadmap-md sync --no-push')
    assert work.file.read_bytes() == edited
    assert work.git('status', '--porcelain') == ''
    assert subjects(work, head) == [
        'complete week 1 day 2 – Tuples', 'start week 1 day 3 – Sets',
    ]  # fmt: skip
    assert work.edits('HEAD^', 'HEAD') == ['-- [ ] Day 3 – Sets', '+- [/] Day 3 – Sets']
    assert work.edits('HEAD^^', 'HEAD^') == [
        '-## Week 1 [1/5]', '+## Week 1 [2/5]', '-- [/] Day 2 – Tuples', '+- [X] Day 2 – Tuples',
    ]  # fmt: skip
    assert work.git('log', '-1', '--format=%(trailers)') == (
        'Roadmap-Task: week-1/day-3\nRoadmap-Status: in-progress'
    )
    assert 'nothing to commit' in done(work.top, 'roadmap-md sync --no-push')


COMPLETE_2 = 'complete week 1 day 2 – Tuples'
EDITS = {
    # what is edited; what is committed; what git status shows then, and the edits that are left
    'nothing': ('', [], '', []),
    'in an order that rules accept': (
        day(4, r'\/') + day(3, 'x') + day(2, 'x'),
        [COMPLETE_2, 'complete week 1 day 3 – Sets', 'start week 1 day 4 – 日本語 🎉'],
        '', [],
    ),
    'from last to first': (
        day(1, r'\/') + day(2, ' '),
        ['reset week 1 day 2 – Tuples', 'start week 1 day 1 – Lists'], '', [],
    ),
    'cancelled by a line through it': (
        'sed -i "s/\\[ \\] Day 5 – Files/~~Day 5 – Files~~/" ROADMAP.md',
        ['cancel week 1 day 5 – Files'], '', [],
    ),
    'retitled': (
        TICK + 'sed -i "s/Tuples/Pairs/" ROADMAP.md',
        [COMPLETE_2], ' M ROADMAP.md', ['-- [x] Day 2 – Tuples', '+- [x] Day 2 – Pairs'],
    ),
    'moved': (
        TICK + 'sed -i -e "/Day 2/d" -e "s/.*Day 1/- [x] Day 2 – Tuples\\n&/" ROADMAP.md',
        [COMPLETE_2], ' M ROADMAP.md', ['-- [x] Day 1 – Lists', '+- [x] Day 1 – Lists'],
    ),
    'spelled otherwise': (
        day(1, 'X'), [], ' M ROADMAP.md', ['-- [x] Day 1 – Lists', '+- [X] Day 1 – Lists'],
    ),
    'retitled, and a new one that is called much like it': (
        'sed -i "s/Files/Files and folders/" ROADMAP.md; echo "- [-] Filer" >>ROADMAP.md', [],
        ' M ROADMAP.md', ['-- [ ] Day 5 – Files', '+- [ ] Day 5 – Files and folders', '+- [-] Filer'],
    ),
    'a count that is wrong': (
        TICK + 'sed -i "s,1/5,4/5," ROADMAP.md',
        [COMPLETE_2], ' M ROADMAP.md', ['-## Week 1 [2/5]', '+## Week 1 [4/5]'],
    ),
    'a count that is left alone': (TICK, [COMPLETE_2], '', []),
    'new, with a status': (
        TICK + 'echo "- [-] Day 6 – New" >>ROADMAP.md',
        [COMPLETE_2], ' M ROADMAP.md', ['+- [-] Day 6 – New'],
    ),
    'a ticked one deleted': (
        TICK + 'sed -i "/Day 1/d" ROADMAP.md',
        [COMPLETE_2], ' M ROADMAP.md', ['-- [x] Day 1 – Lists'],
    ),
    'all staged': (TICK + 'git add .', [COMPLETE_2], '', []),
    'staged, and edited on': (
        day(3, r'\/') + 'git add .\n' + TICK + 'echo more >>ROADMAP.md',
        [COMPLETE_2, 'start week 1 day 3 – Sets'], ' M ROADMAP.md', ['+more'],
    ),
    'another text staged': (
        'echo more >>ROADMAP.md; git add .\n' + TICK, [COMPLETE_2], 'M  ROADMAP.md', [],
    ),
    'staged, and taken back': (
        TICK + 'git add .; git cat-file blob HEAD:ROADMAP.md >ROADMAP.md',
        [], 'MM ROADMAP.md', ['-- [x] Day 2 – Tuples', '+- [/] Day 2 – Tuples'],
    ),
    'staged in one status, now in another': (
        day(2, '-') + 'git add .\n' + day(2, 'x'), [COMPLETE_2], '', [],
    ),
    'the mode changed': (TICK + 'chmod +x ROADMAP.md', [COMPLETE_2], ' M ROADMAP.md', []),
    'other files': (
        TICK + 'echo x >>other.md; git add other.md; echo y >>third.md; echo z >new.md',
        [COMPLETE_2], 'M  other.md\n M third.md\n?? new.md', ['+y'],
    ),
    'line ends by git': (
        'git config core.autocrlf true; sed -i "s/$/\\r/" ROADMAP.md\n' + TICK,
        [COMPLETE_2], '', [],
    ),
    'detached': ('git checkout -q --detach\n' + TICK, [COMPLETE_2], '', []),
    'formatted by a hook': (
        'printf "#!/bin/sh\\nsed -i s/Rules:/RULES:/ ROADMAP.md; git add ROADMAP.md\\n"'
        ' >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit\n' + TICK,
        [COMPLETE_2], '', [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'committed', 'status', 'left'), EDITS.values(), ids=EDITS)
def test_hand_edits(
    work: Work, script: str, committed: list[str], status: str, left: list[str]
) -> None:
    work.sh(script)
    head, edited = work.git('rev-parse', 'HEAD'), work.file.read_bytes()
    mode = work.file.stat().st_mode
    done(work.top, 'roadmap-md sync --no-push')
    assert subjects(work, head) == committed
    if 'hook' not in script:
        assert (work.file.read_bytes(), work.file.stat().st_mode) == (edited, mode)
    assert work.bytes('status', '--porcelain').decode().rstrip('\n') == status
    assert work.edits() == left


def test_all_commits_the_rest_last(work: Work) -> None:
    work.sh(TICK + 'git add .; sed -i "s/Sets/Sets and more/" ROADMAP.md; echo x >>other.md')
    head, edited = work.git('rev-parse', 'HEAD'), work.file.read_bytes()
    done(work.top, 'roadmap-md sync --no-push --all')
    assert subjects(work, head) == [COMPLETE_2, 'edit the plan']
    assert work.bytes('show', 'HEAD:ROADMAP.md') == work.file.read_bytes() == edited
    assert work.bytes('status', '--porcelain') == b' M other.md\n'


CRLF = 'sed -i "s/$/\\r/" ROADMAP.md\n'
COMMITTED_CRLF = CRLF + 'git commit -qam crlf\n'
LINE_ENDS = {
    # what is done before a tick by hand; whether line ends are part of what is left
    'changed by hand': (CRLF, True),
    'changed back by hand': (COMMITTED_CRLF + 'sed -i "s/\\r//" ROADMAP.md', True),
    'as git changes them': ('git config core.autocrlf true\n' + CRLF, False),
    'as git leaves them': (COMMITTED_CRLF + 'git config core.autocrlf true', False),
    'as text=auto leaves them': (COMMITTED_CRLF + 'echo "* text=auto" >.gitattributes', False),
    'as text=auto eol=lf leaves them': (
        COMMITTED_CRLF + 'echo "* text=auto eol=lf" >.gitattributes', False,
    ),
    'as text changes them': (COMMITTED_CRLF + 'echo "* text" >.gitattributes', True),
    'as eol changes them': (COMMITTED_CRLF + 'echo "* eol=crlf" >.gitattributes', True),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'is_edit'), LINE_ENDS.values(), ids=LINE_ENDS)
def test_line_ends(work: Work, script: str, is_edit: bool) -> None:
    work.sh(script + '\n' + TICK)
    head, edited = work.git('rev-parse', 'HEAD'), work.file.read_bytes()
    said = done(work.top, 'roadmap-md sync --no-push --all --dry-run')
    assert ('edit the plan' in said) == is_edit
    assert ('other edits stay' in done(work.top, 'roadmap-md sync --no-push')) == is_edit
    done(work.top, 'roadmap-md sync --no-push --all')
    assert subjects(work, head) == [COMPLETE_2, *['edit the plan'] * is_edit]
    assert work.file.read_bytes() == edited
    assert work.git('status', '--porcelain', '--', 'ROADMAP.md') == ''


REFUSED = {
    # what is edited; options; the exit code, and what is said
    'a task skipped': (
        day(2, 'x') + day(4, 'x'), '', 1,
        "week 1 day 4 – 日本語 🎉 would be completed, but 'Sets' on line 9 is not (RM301",
    ),
    'a marker that nobody knows': (day(2, '?'), '', 1, 'refused: line 8: [?] is no marker'),
    'the waiver': (day(2, 'x') + day(4, 'x'), '', 1, 'allow RM301 week-1/day-3: the reason'),
    'two at once': (day(3, r'\/'), '', 1, 'allow RM302 week-1/day-3: the reason'),
    'started out of order': (day(2, 'x') + day(4, r'\/'), '', 1, 'RM306'),
    'more than one a day': (
        'printf "[severity]\\nRM401 = \'error\'\\n" >roadmap-md.toml\n'
        'sed -i "s/skipping/rushing/" ROADMAP.md; git commit -qam rushing\n'
        + day(2, 'x') + day(3, 'x'), '', 1, 'allow RM401 week-1/day-3',
    ),
    'reopened without a reason': (
        'printf "[severity]\\nRM402 = \'error\'\\n" >roadmap-md.toml\n' + day(2, ' ') + day(1, ' '),
        '', 1, "to say why, take that edit back and use 'reset -m'",
    ),
    'a ticked one deleted': (
        TICK + 'sed -i "/Day 1/d" ROADMAP.md', '--all', 1, 'allow RM404 week-1/day-1: the reason',
    ),
    'a new task that breaks a rule': (
        TICK + 'echo "- [x] Day 6" >>ROADMAP.md', '--all', 1, 'RM301',
    ),
    'conflict markers': (
        'printf "<<<<<<< a\\n- [x] b\\n=======\\n- [ ] b\\n>>>>>>> c\\n" >>ROADMAP.md', '', 2,
        'ROADMAP.md has conflict markers\n  \'roadmap-md resolve\' settles what is certain',
    ),
    'not UTF-8': ('printf "\\377" >>ROADMAP.md', '', 2, 'is not UTF-8 at byte'),
    'deleted': ('rm ROADMAP.md', '', 2, 'there is no ROADMAP.md here'),
    'no longer tracked': ('git rm -q --cached ROADMAP.md', '', 2, 'is not tracked by git'),
    'not committed yet': (
        'git rm -q --cached ROADMAP.md; git commit -qm gone; git add -N ROADMAP.md', '', 2,
        "is in no commit yet\n  git add ROADMAP.md && git commit -m 'docs: add the roadmap'",
    ),
    'no repository': ('rm -rf .git', '', 2, 'ROADMAP.md is in no git work tree\n  git init'),
    'a merge under way': (TICK + 'git rev-parse HEAD >.git/MERGE_HEAD', '', 2, 'a merge is under'),
    'a hook that says no': (
        TICK + 'printf "#!/bin/sh\\necho not today; exit 1\\n" >.git/hooks/pre-commit;'
        ' chmod +x .git/hooks/pre-commit', '', 2, 'git said: not today',
    ),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'options', 'code', 'said'), REFUSED.values(), ids=REFUSED)
def test_refused(work: Work, script: str, options: str, code: int, said: str) -> None:
    work.sh(script)
    is_git = (work.top / '.git').exists()
    before = work.snapshot() if is_git else None
    refused = sh(work.top, f'roadmap-md sync --no-push {options}')
    assert refused.returncode == code
    assert said in refused.stdout
    assert (work.snapshot() if is_git else None) == before


def test_a_waiver_in_the_file_allows_it(work: Work) -> None:
    work.sh(day(2, 'x') + day(4, 'x'))
    work.sh('sed -i "4i <!-- roadmap-md: allow RM301 w1d3: was ill -->" ROADMAP.md')
    head = work.git('rev-parse', 'HEAD')
    done(work.top, 'roadmap-md sync --no-push')
    assert subjects(work, head) == [COMPLETE_2, 'complete week 1 day 4 – 日本語 🎉']


def test_what_git_refuses_leaves_those_before(work: Work) -> None:
    work.hook('commit-msg', 'if grep -q start "$1"; then echo no starts; exit 1; fi\n')
    work.sh(day(2, 'x') + day(3, r'\/'))
    head, edited = work.git('rev-parse', 'HEAD'), work.file.read_bytes()
    refused = sh(work.top, 'roadmap-md sync --no-push')
    assert refused.returncode == 2
    assert '1 of 2 were committed and stand; then git did not commit' in refused.stdout
    assert subjects(work, head) == [COMPLETE_2]
    assert work.file.read_bytes() == edited
    assert work.edits() == ['-- [ ] Day 3 – Sets', '+- [/] Day 3 – Sets']
    assert work.edits('--cached') == []


def test_several_trackers_are_committed_or_none(work: Work) -> None:
    work.sh(
        "printf \"files = ['ROADMAP.md', 'more.md']\\n\" >roadmap-md.toml\n"
        'printf -- "- [ ] Day 1\\n- [ ] Day 2\\n" >more.md; git add .; git commit -qm more\n'
        'sed -i "s/ ] Day 2/x] Day 2/" more.md\n' + TICK
    )
    head = work.git('rev-parse', 'HEAD')
    assert sh(work.top, 'roadmap-md sync --no-push').returncode == 1
    assert subjects(work, head) == []
    work.sh('sed -i "s/ ] Day 1/x] Day 1/" more.md')
    done(work.top, 'roadmap-md sync --no-push')
    assert subjects(work, head) == [COMPLETE_2, 'complete day 1', 'complete day 2']


def test_dry_run_changes_nothing(work: Work) -> None:
    work.sh(TICK + 'echo "- [-] Day 6 – New" >>ROADMAP.md')
    before = work.snapshot()
    objects = sorted(path for path in (work.directory() / 'objects').rglob('*') if path.is_file())
    assert done(work.top, 'roadmap-md sync --no-push --dry-run --all') == (
        'would commit: docs(roadmap): complete week 1 day 2 – Tuples\n'
        'would commit: docs(roadmap): edit the plan\n'
    )
    assert work.snapshot() == before
    found = sorted(path for path in (work.directory() / 'objects').rglob('*') if path.is_file())
    assert found == objects


def test_a_new_task_is_not_taken_for_an_old_one(tmp_path: Path) -> None:
    """Its title is liker to that of the old one than what that is called now."""
    work = work_tree(tmp_path / 'work', '- [x] Lists\n- [ ] Generators\n')
    work.sh('sed -i "s/Generators/Generators and coroutines/" ROADMAP.md')
    work.sh('echo "- [x] Iterators" >>ROADMAP.md')
    assert done(work.top, 'roadmap-md sync --no-push') == (
        'other edits stay in ROADMAP.md (+2 −1); --all commits them too\n'
        '  Iterators may be another task: its status goes with them\n'
        'nothing to commit\n'
    )


def test_a_status_by_section_stays(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'work', '## To do\n\n- Lists\n- Sets\n\n## Done\n\n- Tuples\n')
    work.sh('sed -i "/Lists/d" ROADMAP.md; echo "- Lists" >>ROADMAP.md')
    assert done(work.top, 'roadmap-md sync --no-push') == (
        'other edits stay in ROADMAP.md (+1 −1); --all commits them too\n'
        '  Lists has its status from its place: its status goes with them\n'
        'nothing to commit\n'
    )


def test_a_plan_without_statuses_is_not_done(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'work', 'A plan\n')
    work.sh('echo more >>ROADMAP.md')
    said = done(work.top, 'roadmap-md sync --no-push --all').splitlines()
    assert [row.partition('  ')[0] for row in said] == ['✎ the plan was edited']


def test_a_file_that_is_named(work: Work) -> None:
    work.sh('echo "- [ ] one" >more.md; git add .; git commit -qm more; sed -i "s/ ]/x]/" more.md')
    head = work.git('rev-parse', 'HEAD')
    work.sh(TICK)
    done(work.top, 'mkdir sub; cd sub; roadmap-md sync --no-push --file ../more.md')
    assert subjects(work, head) == ['complete one']
    assert work.git('status', '--porcelain') == 'M ROADMAP.md'


def test_json(work: Work) -> None:
    work.sh(TICK + 'echo "- [-] Day 6 – New" >>ROADMAP.md')
    said = json.loads(done(work.top, 'roadmap-md sync --no-push --json'))
    assert said['commits'] == [
        {
            'key': 'week-1/day-2', 'title': 'Tuples', 'from': 'in-progress', 'to': 'completed',
            'commit': work.git('rev-parse', 'HEAD'), 'path': 'ROADMAP.md',
            'subject': 'docs(roadmap): complete week 1 day 2 – Tuples',
        }
    ]  # fmt: skip
    (left,) = said['left']
    assert (left['path'], left['added'], left['removed']) == ('ROADMAP.md', 1, 0)
    assert [task['key'] for task in left['tasks']] == ['week-1/day-6']


def test_titles_do_not_act(work: Work) -> None:
    work.sh("printf -- '- [ ] Day 6 – a\\033[31mb\\n' >>ROADMAP.md; git commit -qam more")
    work.sh('sed -i "s/\\[.\\] /[x] /" ROADMAP.md')
    said = done(work.top, 'roadmap-md sync --no-push')
    assert '\x1b' not in said
    assert 'a\\u{1b}[31mb' in said
