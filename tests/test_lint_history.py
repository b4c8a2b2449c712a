"""``lint --staged``, ``--commits`` and ``--history``, and a tick that is refused, at the command line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from worktree import done, sh

PLAN = """\
# Plan

Rules: No rushing.

## Week 1

- [ ] Day 1: Lists
- [ ] Day 2: Tuples
- [ ] Day 3: Sets
- [ ] Day 4: Practice
- [ ] Day 5: Files
- [ ] Day 6: More
"""
# `ticked A B` ticks by hand, in one commit; each commit is a day later than the one before.
SHELL = r"""
mark() { sed -Ei "s/\[.\](.*$2)/[$1]\1/" ROADMAP.md; }
tick() { for title; do mark x "$title"; done; }
day() { D=$((D + 1)); export GIT_AUTHOR_DATE="2026-01-$((D + 10))T12:00:00Z"; }
commit() { day; git commit -qam "$1"; }
ticked() { tick "$@"; commit "$1"; }
gone() { sed -i "/$1/d" ROADMAP.md; }
waive() { echo "<!-- roadmap-md: allow $1 -->" >> ROADMAP.md; commit waiver; }
D=0
"""
LINT = 'roadmap-md lint --select RM4,RM901 --output-format concise'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / 'top'
    top.mkdir()
    (top / 'ROADMAP.md').write_text(PLAN)
    done(
        top,
        'git init -q -b main; git config maintenance.auto false; git add .; git commit -qm plan',
    )
    return top


def codes(printed: str) -> str:
    """Code and line of each row."""
    rows = re.findall(r'^ROADMAP\.md:(\d+):\d+: (RM\d+)', printed, re.M)
    return ' '.join(f'{code}:{line}' for line, code in rows)


STAGED = {
    # name: what is done before, the options, what is found (code and line), the exit code
    'nothing': ('', '', '', 0),
    'not staged': ('ticked Lists; gone Lists', '', '', 0),
    'a tick': ('tick Lists; git add .', '', '', 0),
    'lost': ('ticked Lists; gone Lists; git add .', '', 'RM404:1', 1),
    'lost, quietly': ('ticked Lists; gone Lists; git add .', '--quiet', 'RM404:1', 1),
    'lost, and ticked': ('ticked Lists; gone Lists; tick Tuples; git add .', '--quiet', 'RM404:1', 1),
    'lost, and its text is left': ('ticked Lists; sed -i "s/- .x. Day 1/Day 1/" ROADMAP.md; git add .', '--quiet', 'RM404:1', 1),
    'lost in a comment': (
        'ticked Lists; sed -i "s/^- .x. Day 1.*/<!--\\n&\\n-->/" ROADMAP.md; git add .', '--quiet', 'RM404:1', 1
    ),
    'lost in a fence that is opened above': (
        'ticked Lists; sed -i "s/^$/~~~/" ROADMAP.md; git add .', '--quiet', 'RM404:1', 1
    ),
    'replaced by another on its line': (
        'ticked Lists; sed -i "s/^- .x. Day 1.*/- [ ] Day 9: Rust/" ROADMAP.md; git add .', '--quiet', 'RM404:1', 1
    ),
    'renumbered and retitled': ('ticked Lists; sed -i "s/Day 1: Lists/Day 1: Arrays/" ROADMAP.md; git add .', '--quiet', '', 0),
    'archived': ('ticked Lists; grep Lists ROADMAP.md > old.md; gone Lists; git add .', '--quiet', '', 0),
    'archived, but not staged': ('ticked Lists; grep Lists ROADMAP.md > old.md; gone Lists; git add ROADMAP.md', '--quiet', 'RM404:1', 1),
    'another plan': ('ticked Lists; printf -- "- [ ] Rust\\n" > ROADMAP.md; git add .', '--quiet', '', 0),
    'the first version': ('git checkout -q --orphan new; tick Lists Tuples Sets Practice Files', '', '', 0),
    'no text in HEAD': ('printf "\\377" > ROADMAP.md; commit a; git checkout -q HEAD~ ROADMAP.md', '', '', 0),
    'waived': ('ticked Lists; gone Lists; echo "<!-- roadmap-md: allow RM404 week-1/day-1: a slip -->" >> ROADMAP.md; git add .', '', '', 0),
    'of no interest': ('ticked Lists; gone Lists; git add .', '--ignore RM404', '', 0),
    'many': ('tick Lists Tuples Sets Practice; git add .', '--ignore RM401', 'RM405:7', 0),
    'many, quietly': ('tick Lists Tuples Sets Practice; git add .', '--quiet', '', 0),
    'two today': ('tick Lists Tuples; git add .', '', 'RM401:8', 0),
    'the second of a day': ('ticked Lists; tick Tuples; git add .', '', 'RM401:8', 0),
    'the second of a day, quietly': ('ticked Lists; tick Tuples; git add .', '--quiet', '', 0),
    'the second of a day, as an error': (
        'ticked Lists; printf "severity.RM401 = \\"error\\"" > roadmap-md.toml; tick Tuples; git add .',
        '--quiet', 'RM401:8', 1,
    ),
    'the first of another day': ('ticked Lists; day; tick Tuples; git add .', '', '', 0),
    'the second of a day, of somebody else': (
        'ticked Lists; tick Tuples; git add .; export GIT_AUTHOR_EMAIL=bob@example.com', '', '', 0
    ),
    'the second of a day, of one person by the mailmap': (
        'ticked Lists; echo "<ada@example.com> <bob@example.com>" > .mailmap; tick Tuples; git add .;'
        ' export GIT_AUTHOR_EMAIL=bob@example.com', '', 'RM401:8', 0,
    ),
    'not in progress first': ('tick Lists; git add .', '--select RM408', 'RM408:7', 0),
    'in progress first': ('mark / Lists 2>/dev/null || sed -i "s/. . Day 1/[\\/] Day 1/" ROADMAP.md; commit a; tick Lists; git add .', '--select RM408', '', 0),
    'reopened: who knows the message': ('ticked Lists; mark " " Lists; git add .', '', '', 0),
    'a merge with conflicts': (
        'git checkout -q -b side; ticked Lists; git checkout -q main; sed -i "s/1: Lists/1: All/" ROADMAP.md; commit b;'
        ' ! git merge -q side >/dev/null 2>&1; git checkout -q --theirs ROADMAP.md; git add .', '', '', 0,
    ),
    'a merge that loses a tick': (
        'ticked Lists; git checkout -q -b side; ticked Sets; git checkout -q main; ticked Files;'
        ' git merge -q --no-commit side >/dev/null; gone Lists; git add .', '', 'RM404:1', 1,
    ),
    'a merge of what was deleted': (
        'ticked Lists; git checkout -q -b side; gone Lists; commit a; git checkout -q main; ticked Files;'
        ' git merge -q --no-commit side >/dev/null', '', '', 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'options', 'expected', 'code'), STAGED.values(), ids=STAGED)
def test_staged(tree: Path, script: str, options: str, expected: str, code: int) -> None:
    ended = sh(tree, f'{SHELL}\n{script}\n{LINT} --staged {options}')
    assert (codes(ended.stdout), ended.returncode) == (expected, code), ended.stdout


SCENES = {
    # name: what is done before, the options, what is found
    'the past is not asked for': ('ticked Lists; gone Lists; commit a', '', ''),
    'all': ('ticked Lists; gone Lists; commit a', '--history', 'RM404:1'),
    'the last commit': ('ticked Lists; gone Lists; commit a', '--commits HEAD~..HEAD', 'RM404:1'),
    'the one before': ('ticked Lists; gone Lists; commit a; ticked Sets', '--commits HEAD~..HEAD', ''),
    'a range to before the last': ('ticked Lists; gone Lists; commit a; ticked Sets', '--commits HEAD~2..HEAD~', 'RM404:1'),
    'an empty range': ('ticked Lists; gone Lists; commit a', '--commits HEAD..HEAD', ''),
    'an empty range, of nothing': ('ticked Lists; gone Lists; commit a', '--commits ..', ''),
    'a branch': (
        'git checkout -q -b side; ticked Lists; gone Lists; commit a; git checkout -q main; ticked Files;'
        ' git checkout -q side', '--commits main..', 'RM404:1',
    ),
    'the merge that CI checks out': (
        'git checkout -q -b side; ticked Lists; mark " " Lists; commit a; git checkout -q main; ticked Files;'
        ' git merge -q --no-edit side', '--commits HEAD^..HEAD', 'RM402:7',
    ),
    'of a day, what came before the range counts': (
        'ticked Lists; D=0; ticked Tuples', '--commits HEAD~..HEAD', 'RM401:8'
    ),
    'what is not committed': ('ticked Lists; gone Lists', '--history', ''),
    'a rename in the range': (
        'git mv ROADMAP.md old.md; ticked() { sed -i s/..Day.1/x\\ Day/ old.md; commit a; }; commit mv;'
        ' git mv old.md ROADMAP.md; gone Files; commit b', '--commits HEAD~..HEAD', '',
    ),
    'no commit yet': ('rm -rf .git; git init -q', '--history', ''),
    # waivers
    'waived': ('ticked Lists; mark " " Lists; commit a; waive "RM402 w1d1: all forgotten"', '--history', ''),
    'waived, another': ('ticked Lists; mark " " Lists; commit a; waive "RM402 w1d2: x"', '--history', 'RM402:7 RM901:13'),
    'waived by a name that it has now': (
        'ticked Lists; mark " " Lists; commit a; sed -i "s/Day 1: Lists/Day 0: Lists/" ROADMAP.md; waive "RM402 day-0: x"', '--history', '',
    ),
    'waived, and gone': ('ticked Lists; gone Lists; commit a; waive "RM404 week-1/day-1: a slip"', '--history', ''),
    'waived, and one of two gone': (
        'D=0; ticked Lists; ticked Tuples; sed -i "/Lists/d;/Tuples/d" ROADMAP.md; commit a; waive "RM404 week-1/day-1: x"',
        '--history', 'RM404:1',
    ),
    'waived, all of the file': ('ticked Lists; gone Lists; commit a; waive "RM404: a slip"', '--history', ''),
    'unused': ('ticked Lists; waive "RM404: a slip"', '--history', 'RM901:13'),
    'unused, with RM408 off': ('ticked Lists; waive "RM408: a slip"', '--history', ''),
    'unused, but who knows': ('ticked Lists; waive "RM404: a slip"', '', ''),
    'unused in a range, but who knows': ('ticked Lists; waive "RM404: a slip"', '--commits HEAD~..', ''),
    'unused, beside another': ('ticked Lists; waive "RM301, RM404: a slip"', '--select RM3', ''),
    'unused, and of another family': ('ticked Lists; waive "RM301: a slip"', '--select RM3', 'RM901:13'),
    'a family of which some need the past': ('ticked Lists; waive "RM: a slip"', '', ''),
    # what is configured
    'more a day': ('printf "limits.max-per-day = 2" > roadmap-md.toml; D=0; ticked Lists; D=0; ticked Tuples; D=0; ticked Sets',
                   '--history', 'RM401:9'),
    'rushing is allowed': ('printf "no-rushing = false" > roadmap-md.toml; ticked Lists; D=0; ticked Tuples', '--history', ''),
    'no rushing, undeclared': (
        'sed -i /No.rushing/d ROADMAP.md; printf "no-rushing = true" > roadmap-md.toml; ticked Lists; D=0; ticked Tuples',
        '--history', 'RM401:7',
    ),
    'a limit switches it on': (
        'sed -i /No.rushing/d ROADMAP.md; printf "limits.max-per-day = 1" > roadmap-md.toml; ticked Lists; D=0; ticked Tuples',
        '--history', 'RM401:7',
    ),
    'more in a commit': (
        'printf "no-rushing = false\\nlimits.max-per-commit = 4" > roadmap-md.toml; ticked Lists Tuples Sets Practice', '--history', ''
    ),
    'less in a commit': (
        'printf "no-rushing = false\\nlimits.max-per-commit = 1" > roadmap-md.toml; ticked Lists Tuples', '--history', 'RM405:7'
    ),
    'idle': ('printf "consistency = true" > roadmap-md.toml; ticked Lists', '--history', 'RM403:8'),
    'idle, in a range': ('printf "consistency = true" > roadmap-md.toml; ticked Lists', '--commits HEAD~..', ''),
    'idle, on a pause': (
        'printf "consistency = true\\npauses = [\\"2026-01-01..2999-01-01\\"]" > roadmap-md.toml; ticked Lists', '--history', ''
    ),
    'idle, and waived': ('printf "consistency = true" > roadmap-md.toml; ticked Lists; waive "RM403: on a ship"', '--history', ''),
    'ignored in this file': (
        'printf "[per-file-ignores]\\n\\"ROADMAP.md\\" = [\\"RM404\\"]" > roadmap-md.toml; ticked Lists; gone Lists; commit a', '--history', ''
    ),
    'off by default, also by its family': ('ticked Lists', '--history --select RM4', ''),
    'on by its name': ('ticked Lists', '--history --select skipped-in-progress', 'RM408:7'),
    # what is known
    'a baseline': (
        f'ticked Lists; gone Lists; commit a; {LINT} --history --write-baseline known.json >/dev/null 2>&1;'
        ' ticked Tuples; gone Tuples; commit b', '--history --baseline known.json', 'RM404:1',
    ),
    'a baseline of all': (
        f'ticked Lists; mark " " Lists; commit a; {LINT} --history --write-baseline known.json >/dev/null 2>&1;'
        ' sed -i "s/Lists/Arrays/" ROADMAP.md; commit b', '--history --baseline known.json', '',
    ),
    'what was there then': ('ticked Lists; gone Lists; commit a; ticked Tuples', '--history --changed-since HEAD~', ''),
    'what was not there then': ('ticked Lists; gone Lists; commit a; ticked Tuples', '--history --changed-since HEAD~2', 'RM404:1'),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'options', 'expected'), SCENES.values(), ids=SCENES)
def test_scenes(tree: Path, script: str, options: str, expected: str) -> None:
    ended = sh(tree, f'{SHELL}\n{script}\n{LINT} {options}')
    assert codes(ended.stdout) == expected, ended.stdout
    assert ended.returncode == int('RM404' in expected), ended.stdout


REFUSED = {
    'no such revision': ('--commits nowhere..HEAD', "git knows no revision 'nowhere'"),
    'an option': ('--commits=--all..HEAD', "git knows no revision '--all'"),
    'one commit': (
        '--commits HEAD',
        "'HEAD' is no range of commits: write one such as 'main..HEAD'",
    ),
    'three dots': ('--commits HEAD...HEAD', "'HEAD...HEAD' is no range of commits"),
    'a line break': ("--commits 'a\nb..HEAD'", "git knows no revision 'a\\u{a}b'"),
    'an escape': ("--commits '\033[31m..HEAD'", "git knows no revision '\\u{1b}[31m'"),
    'not checked out': (
        '--commits HEAD..side',
        "'HEAD..side' ends in commits that are not checked out",
    ),
    'both': (
        '--commits HEAD~..HEAD --history',
        '--staged, --commits and --history exclude each other',
    ),
    'staged': ('--staged --history', 'exclude each other'),
    'standard input': ('--history -', 'standard input has no history'),
    'rules that ask history alone': ('--select RM4', 'RM4: asked of history alone'),
    'a rule that asks history alone': (
        '--select lost-progress,RM406',
        'lost-progress, RM406: asked of history',
    ),
    'no repository': ('--history ../plan.md', '../plan.md is in no git work tree'),
}


@pytest.mark.parametrize(('options', 'said'), REFUSED.values(), ids=REFUSED)
def test_refused(tree: Path, options: str, said: str) -> None:
    (tree.parent / 'plan.md').write_text(PLAN)
    done(tree, f'{SHELL} git checkout -q -b side; ticked Lists; git checkout -q main')
    ended = sh(tree, f'roadmap-md lint {options}')
    assert (ended.returncode, said in ended.stdout) == (2, True), ended.stdout
    assert len(ended.stdout.splitlines()) <= 2


def test_a_shallow_clone_says_so(tree: Path) -> None:
    done(
        tree,
        f'{SHELL} ticked Lists; ticked Tuples; ticked Sets; git clone -q --depth=2 "file://$PWD" ../near',
    )
    near = tree.parent / 'near'
    assert 'this clone is shallow' in done(near, f'{LINT} --history')
    ended = sh(near, f'{LINT} --commits HEAD~2..HEAD')
    assert ended.returncode == 2
    assert ended.stdout.count('git fetch --unshallow') == 1, ended.stdout


def test_plain_lint_starts_no_git(tree: Path) -> None:
    done(
        tree,
        f'{SHELL} waive "RM404: x"; mkdir ../bin; printf "#!/bin/sh\ntouch {tree}/started" > ../bin/git; chmod +x ../bin/git',
    )
    sh(tree, 'PATH="$PWD/../bin:$PATH"; roadmap-md lint; roadmap-md lint --select RM4,RM9')
    assert not (tree / 'started').exists()


def imported(tree: Path, *options: str) -> set[str]:
    ended = subprocess.run(
        [sys.executable, '-X', 'importtime', '-m', 'roadmap_md', 'lint', *options],
        cwd=tree, capture_output=True, text=True,
    )  # fmt: skip
    return {line.rpartition('|')[2].strip() for line in ended.stderr.splitlines()}


HISTORY = {
    f'roadmap_md.{name}' for name in ('past', 'replay', 'journey', 'history', 'align', 'rhythm')
}


def test_what_is_imported(tree: Path) -> None:
    """Nothing of history where it is not read: in a hook also where nothing but statuses changed."""
    done(tree, f'{SHELL} ticked Lists; tick Tuples; git add .')
    assert imported(tree) & HISTORY == set()
    assert imported(tree, '--staged', '--quiet') & HISTORY == set()
    assert HISTORY - imported(tree, '--history') == {'roadmap_md.rhythm'}


FORMATS = {
    'full': 'RM404',
    'concise': 'RM404',
    'json': '"code": "RM404"',
    'json-lines': '"code": "RM404"',
    'github': '::error title=RM404 lost-progress,file=ROADMAP.md,line=1',
    'gitlab': '"check_name": "lost-progress"',
    'sarif': '"ruleId": "RM404"',
}


@pytest.mark.parametrize(('output_format', 'said'), FORMATS.items())
def test_formats(tree: Path, output_format: str, said: str) -> None:
    done(tree, f'{SHELL} ticked Lists; gone Lists; commit a')
    ended = sh(tree, f'roadmap-md lint --history --output-format {output_format} 2>/dev/null')
    assert (ended.returncode, said in ended.stdout) == (1, True), ended.stdout


def test_a_title_does_not_act(tree: Path) -> None:
    done(
        tree,
        f"{SHELL} sed -i 's/Lists/\033[31m::error::x/' ROADMAP.md; commit p; ticked error; gone error; commit a",
    )
    for output_format in ('full', 'github', 'json'):
        ended = sh(
            tree, f'roadmap-md lint --history --output-format {output_format} --select RM404'
        )
        assert '\033' not in ended.stdout
        assert not re.search('^::error::x', ended.stdout, re.M)


def test_fingerprints_stay(tree: Path) -> None:
    """A problem of the past is the same, whatever becomes of its task."""
    script = f'{SHELL} ticked Lists; mark " " Lists; commit a; D=9;'
    found = []
    for more in ('', 'ticked Lists', 'sed -i 1d ROADMAP.md; commit b'):
        done(tree, script + more)
        script = SHELL + 'D=12;'
        printed = done(
            tree, 'roadmap-md lint --history --select RM402 --output-format gitlab 2>/dev/null'
        )
        found.append([problem['fingerprint'] for problem in json.loads(printed)])
    assert len(found[0]) == 1
    assert found[0] == found[1] == found[2]


TICKS = {
    # name: what is done before, the configuration, the command, whether it is refused, what is said
    'the first': ('', '', 'tick w1d1', False, ''),
    'the second': ('ticked Lists', '', 'tick w1d2', False, 'is the 2nd of 2 tasks completed on 2026-01-11 in '),
    'the second, beside other work': (
        'echo >> x; git add x; D=0; commit x; D=0; ticked Lists; echo >> x; D=0; commit y', '', 'tick w1d2', False, 'is the 2nd of 2'
    ),
    'the fourth': ('tick Lists; ticked Tuples; D=0; ticked Sets', '', 'tick w1d4', False, 'is the 4th of 4'),
    'the second, and one by hand that is not committed': (
        'ticked Lists; tick Sets', '', 'tick w1d2', False, 'is the 2nd of 2'
    ),
    'the second, in a plan that was edited': (
        'ticked Lists; D=0; sed -i "s/Sets/Bags/" ROADMAP.md; commit a', '', 'tick w1d2', False, 'is the 2nd of 2'
    ),
    'the second, in a plan that is being edited': (
        'ticked Lists; sed -i "s/Sets/Bags/" ROADMAP.md', '', 'tick w1d2', False, 'is the 2nd of 2'
    ),
    'the second, after a merge': (
        'git checkout -q -b side; ticked Lists; git checkout -q main; echo >> x; git add x; D=0; commit x;'
        ' git merge -q --no-edit side', '', 'tick w1d2', False, 'is the 2nd of 2',
    ),
    'the first, after the ticks of another day were merged': (
        'git checkout -q -b side; ticked Lists; day; git checkout -q main; echo >> x; git add x; commit x;'
        ' git merge -q --no-edit side', '', 'tick w1d2', False, '',
    ),
    'the first of this author': (
        'export GIT_AUTHOR_EMAIL=bob@example.com; ticked Lists; unset GIT_AUTHOR_EMAIL; export GIT_AUTHOR_EMAIL=ada@example.com',
        '', 'tick w1d2', False, '',
    ),
    'the second of this author, with another between': (
        'ticked Lists; D=0; export GIT_AUTHOR_EMAIL=bob@example.com; ticked Tuples; export GIT_AUTHOR_EMAIL=ada@example.com',
        '', 'tick w1d3', False, 'is the 2nd of 2',
    ),
    'the first, for the other was taken back': (
        'ticked Lists; D=0; mark " " Lists; commit a', '', 'tick w1d1', False, ''
    ),
    'two at once': ('', '', 'tick w1d1 w1d2', False, 'is the 2nd of 2'),
    'two at once, and another day': ('ticked Lists; day', '', 'tick w1d2', False, ''),
    'the second, of an error': (
        'ticked Lists', 'severity.RM401 = "error"', 'tick w1d2', True, 'would be the 2nd of 2 tasks completed on 2026-01-11'
    ),
    'the second, tried': ('ticked Lists', 'severity.RM401 = "error"', 'tick w1d2 --dry-run', True, 'would be the 2nd of 2'),
    'two at once, of an error': ('', 'severity.RM401 = "error"', 'tick w1d1 w1d2', True, 'would be the 2nd of 2'),
    'of another day': ('ticked Lists; day', 'severity.RM401 = "error"', 'tick w1d2', False, ''),
    'without a commit': ('ticked Lists', 'severity.RM401 = "error"', 'tick w1d2 --no-commit', False, ''),
    'already': ('ticked Lists; D=0; ticked Tuples', 'severity.RM401 = "error"', 'tick w1d2', False, ''),
    'started': ('ticked Lists', 'severity.RM401 = "error"', 'start w1d2', False, ''),
    'ignored': ('ticked Lists', 'ignore = ["RM401"]', 'tick w1d2', False, ''),
    'more a day': ('ticked Lists', 'limits.max-per-day = 2', 'tick w1d2', False, ''),
    'waived': (
        'ticked Lists; D=0; waive "RM401 w1d2: a free day"; D=0; day', 'severity.RM401 = "error"', 'tick w1d2', False, ''
    ),
    'reset': ('ticked Lists', '', 'reset w1d1', False, ''),
    'reset, of an error': ('ticked Lists', 'severity.RM402 = "error"', 'reset w1d1', True, 'would be reopened without a reason'),
    'reset with a reason': ('ticked Lists', 'severity.RM402 = "error"', 'reset w1d1 -m forgotten', False, ''),
    'not started': (
        '', 'extend-select = ["RM408"]\nseverity.RM408 = "error"', 'tick w1d1', True,
        'would be completed without having been in progress',
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ('script', 'config', 'command', 'refused', 'said'), TICKS.values(), ids=TICKS
)
def test_ticks(
    tree: Path, script: str, config: str, command: str, refused: bool, said: str
) -> None:
    (tree / 'roadmap-md.toml').write_text(config)
    before = 'git rev-parse HEAD > ../before; cp ROADMAP.md ../plan'
    ended = sh(tree, f'{SHELL}\n{script}\n{before}\nroadmap-md {command}')
    assert ended.returncode == int(refused), ended.stdout
    assert said in ended.stdout
    assert ('RM4' in ended.stdout) == bool(said), ended.stdout
    if refused:
        assert done(tree, 'git rev-parse HEAD') == (tree.parent / 'before').read_text()
        assert (tree / 'ROADMAP.md').read_bytes() == (tree.parent / 'plan').read_bytes()


def test_a_hook_refuses_what_is_an_error(tree: Path) -> None:
    done(tree, f'{SHELL} ticked Lists; roadmap-md install')
    ended = sh(tree, f'{SHELL} gone Lists; commit a')
    assert (ended.returncode, 'RM404' in ended.stdout) == (1, True), ended.stdout
