"""Conflicts that git has left: what is certain is settled, what was settled by hand stays."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from test_merge import DOCUMENTS, LONG, NORMAL, generated, seeds
from worktree import done, sh

from roadmap_md.conflicts import find_conflicts, sides
from roadmap_md.errors import UserError
from roadmap_md.git import Labels, merged_text
from roadmap_md.merge import Merged, merge
from roadmap_md.resolve import resolve

PLAN = """## Week 1 [0/4]

- [ ] Day 1: Lists
- [ ] Day 2: Tuples
- [/] Day 3: 漢字 🎯
- [ ] Day 4: Dicts

## Later

Some text.
"""
# Each side ticks a day of the first three lines; about day 3 they disagree.
START = """
git init -q -b main; git config maintenance.auto false; rm -f .git/hooks/*
git add .; git commit -qm plan; git switch -qc phone
sed -i 's/\\[ \\] Day 2/[x] Day 2/; s/0\\/4/1\\/4/; s/\\[\\/\\]/[-]/' ROADMAP.md; git commit -qam 2
git switch -q main
sed -i 's/\\[ \\] Day 1/[x] Day 1/; s/0\\/4/1\\/4/; s/\\[\\/\\]/[x]/' ROADMAP.md; git commit -qam 1
"""


class Reading(NamedTuple):
    data: bytes
    ours: bytes
    theirs: bytes


READINGS = {
    'merge': Reading(b'a\n<<<<<<< x\nb\n=======\nc\n>>>>>>> y\nd\n', b'a\nb\nd\n', b'a\nc\nd\n'),
    'diff3': Reading(b'<<<<<<< x\nb\n||||||| o\na\n=======\nc\n>>>>>>> y\n', b'b\n', b'c\n'),
    'no labels': Reading(b'<<<<<<<\nb\n=======\n>>>>>>>\n', b'b\n', b''),
    'odd labels': Reading(b'<<<<<<< <<<<<<< ||\nb\n=======\n>>>>>>> >> \x1b\n', b'b\n', b''),
    'CRLF': Reading(b'<<<<<<< x\r\nb\r\n=======\r\nc\r\n>>>>>>> y\r\n', b'b\r\n', b'c\r\n'),
    'no end of line': Reading(b'<<<<<<< x\nb\n=======\nc\n>>>>>>> y', b'b\n', b'c\n'),
    'larger': Reading(b'<' * 9 + b'\n=======\n' + b'=' * 9 + b'\nc\n' + b'>' * 9 + b' y\n', b'=======\n', b'c\n'),
    'smaller': Reading(b'<<< x\nb\n===\nc\n>>> y\n', b'b\n', b'c\n'),
    'within a base': Reading(
        b'<<<<<<< x\nb\n||||||| o\n<<<<<<<<< p\n1\n=========\n2\n>>>>>>>>> q\n=======\nc\n>>>>>>> y\n', b'b\n', b'c\n',
    ),
    'none': Reading(b'Week 1\n=======\n\n>>>>>>> quoted\n<<< no\n', *[b'Week 1\n=======\n\n>>>>>>> quoted\n<<< no\n'] * 2),
}  # fmt: skip


@pytest.mark.parametrize('row', READINGS.values(), ids=READINGS)
def test_reading(row: Reading) -> None:
    assert sides(row.data, find_conflicts(row.data)) == (row.ours, row.theirs)


BROKEN = {
    'no end': (b'a\n<<<<<<< x\nb\n=======\n', 'the conflict on line 2 has no end'),
    'no divider': (b'<<<<<<< x\nb\n>>>>>>> y\n', 'line 3 is a marker that does not fit'),
    'two dividers': (b'<<<<<<< x\nWeek 1\n=======\nc\n=======\nd\n>>>>>>> y\n', 'line 5 is'),
    'one in another': (b'<<<<<<< x\n<<<<<<< x\n=======\n>>>>>>> y\n', 'line 2 is'),
}


@pytest.mark.parametrize('row', BROKEN.values(), ids=BROKEN)
def test_markers_that_cannot_be_read(row: tuple[bytes, str]) -> None:
    with pytest.raises(UserError, match=row[1]):
        find_conflicts(row[0])


def conflict(ours: str, theirs: str, base: str | None = None) -> str:
    middle = '' if base is None else f'||||||| base\n{base}'
    return f'<<<<<<< ours\n{ours}{middle}=======\n{theirs}>>>>>>> theirs\n'


TEXTS = {
    # what the file holds, and what of it is left; nothing but the file is known
    'adjacent ticks, with a base': (
        conflict('- [x] a\n- [ ] b\n', '- [ ] a\n- [x] b\n', '- [ ] a\n- [ ] b\n'),
        '- [x] a\n- [x] b\n',
    ),
    'a tick and a title': (
        conflict('- [x] The book\n', '- [ ] The books\n', '- [ ] The book\n'), '- [x] The books\n',
    ),
    'a disagreement, and what is around it': (
        conflict('- [x] a\n- [x] b\n', '- [-] a\n- [ ] b\n', '- [/] a\n- [ ] b\n'),
        conflict('- [x] a\n', '- [-] a\n', '- [/] a\n') + '- [x] b\n',
    ),
    'adjacent ticks, without a base': (
        conflict('- [x] a\n- [ ] b\n', '- [ ] a\n- [x] b\n'),
        conflict('- [x] a\n- [ ] b\n', '- [ ] a\n- [x] b\n'),
    ),
    'without a base only what differs is left': (
        conflict('- [ ] a\n- [ ] b\n- [x] c\n', '- [ ] a\n- [ ] b\n- [ ] c\n'),
        '- [ ] a\n- [ ] b\n' + conflict('- [x] c\n', '- [ ] c\n'),
    ),
    'without a base nobody knows who has removed it': (
        conflict('', '- [x] c\n'), conflict('', '- [x] c\n'),
    ),
    'one of two': (
        '- [x] by hand\n' + conflict('- [ ] a\n', '- [x] a\n', '- [ ] a\n') + '\nText.\n\n'
        + conflict('One.\n', 'Two.\n', 'None.\n'),
        '- [x] by hand\n- [x] a\n\nText.\n\n' + conflict('One.\n', 'Two.\n', 'None.\n'),
    ),
    'nothing': (conflict('', '') + '- [ ] a\n', '- [ ] a\n'),
    'alike': (conflict('- [x] a\n', '- [x] a\n'), '- [x] a\n'),
}  # fmt: skip


@pytest.mark.parametrize('row', TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize('end', ['\n', '\r\n'], ids=['LF', 'CRLF'])
def test_a_file_alone(row: tuple[str, str], end: str) -> None:
    data, expected = (f'# Plan\n\n{text}'.replace('\n', end).encode() for text in row)
    style = 'diff3' if '|||||||' in row[0] else 'merge'

    def text_merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
        return Merged(*merged_text(base, ours, theirs, Labels(style=style)))

    assert resolve(data, None, text_merge) == Merged(expected, b'<<<<' not in expected)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / 'tree'
    tree.mkdir()
    (tree / 'ROADMAP.md').write_text(PLAN)
    done(tree, START)
    return tree


LEFT = """## Week 1 [2/4]

- [x] Day 1: Lists
- [x] Day 2: Tuples
<<<<<<< HEAD
- [x] Day 3: 漢字 🎯
%s=======
- [-] Day 3: 漢字 🎯
>>>>>>> phone
- [ ] Day 4: Dicts

## Later

Some text.
"""
STYLES = {'merge': '', 'diff3': '- [/] Day 3: 漢字 🎯\n', 'zdiff3': '- [/] Day 3: 漢字 🎯\n'}


@pytest.mark.parametrize('style', STYLES)
@pytest.mark.parametrize('crlf', [False, True], ids=['LF', 'CRLF by attribute'])
def test_what_git_has_left(tree: Path, style: str, crlf: bool) -> None:
    if crlf:
        done(tree, 'echo "*.md text eol=crlf" > .git/info/attributes; rm *.md; git checkout -q .')
    done(tree, f'git config merge.conflictStyle {style}; ! git merge phone')
    ended = sh(tree, 'roadmap-md resolve')
    assert ended.returncode == 1
    assert 'ROADMAP.md: 1 conflict, settled in part' in ended.stdout
    assert 'completed in HEAD, cancelled in phone; it was in progress' in ended.stdout
    found = (tree / 'ROADMAP.md').read_bytes().decode()
    assert found.count('\r\n') == (found.count('\n') if crlf else 0)
    rows = [
        row for row in found.replace('\r\n', '\n').splitlines(keepends=True) if row[:3] != '|||'
    ]
    assert ''.join(rows) == LEFT % STYLES[style]
    # What is settled then is as the driver would have it.
    done(tree, "sed -i '/^[<|=>]/d; /\\[[/-]\\] Day 3/d' ROADMAP.md; roadmap-md resolve --add")
    done(tree, 'git add ROADMAP.md; git commit -qm merged; git diff --exit-code')


def test_what_was_settled_by_hand_stays(tree: Path) -> None:
    done(tree, 'sed -i "s/Some text/Our text/" ROADMAP.md; git commit -qam ours')
    done(tree, 'git switch -q phone; sed -i "s/Some text/Their text/" ROADMAP.md')
    done(tree, 'git commit -qam theirs; git switch -q main; ! git merge phone')
    text = (tree / 'ROADMAP.md').read_text()
    start, stop = text.index('<<<<<<<', text.index('Later')), text.rindex('>>>>>>>')
    by_hand = f'{text[:start]}Text of both, and more.\nAnd a line.\n'
    (tree / 'ROADMAP.md').write_text(by_hand.replace('Day 4: Dicts', 'Day 4: Dictionaries'))
    assert stop > start
    ended = sh(tree, 'roadmap-md resolve')
    assert (ended.returncode, '1 conflict, settled in part' in ended.stdout) == (1, True)
    expected = (LEFT % '').replace('Some text.', 'Text of both, and more.\nAnd a line.')
    assert (tree / 'ROADMAP.md').read_text() == expected.replace('Dicts', 'Dictionaries')


AGREED = 'git switch -q phone; sed -i "s/\\[-\\]/[x]/" ROADMAP.md; git commit -qa --amend -m 2; git switch -q main'
BOTH = (
    PLAN.replace('[ ] Day 1', '[x] Day 1').replace('[ ] Day 2', '[x] Day 2').replace('[/]', '[x]')
)
BOTH = BOTH.replace('[0/4]', '[3/4]')
WAYS = {
    # how one comes to the end of a merge in a clone without the driver
    'resolve, add': ('! git merge phone; roadmap-md resolve; git add .; git commit -qm merged'),
    'resolve --add': ('! git merge phone; roadmap-md resolve --add; git commit -qm merged'),
    'rebase': '! git rebase phone; roadmap-md resolve --add; GIT_EDITOR=true git rebase --continue',
    'cherry-pick': '! git cherry-pick phone; roadmap-md resolve --add; git status | grep -q "all conflicts fixed"',
    'stash pop': (
        'git reset -q --hard HEAD~; git cherry-pick -n HEAD@{1}; git stash -q; git merge -q phone\n'
        '! git stash pop; roadmap-md resolve'
    ),
    'mergetool': (
        'git config mergetool.roadmap-md.cmd \'roadmap-md resolve "$MERGED"\'\n'
        'git config mergetool.roadmap-md.trustExitCode true; ! git merge phone\n'
        'git mergetool -y --tool roadmap-md; git commit -qm merged'
    ),
    'rerere': (
        'git config rerere.enabled true; ! git merge phone; roadmap-md resolve --add\n'
        'git commit -qm merged; git reset -q --hard HEAD~; ! git merge phone; ! grep "<<<" ROADMAP.md'
    ),
    'two versions of three commits': (
        'roadmap-md resolve --ref $(git merge-base main phone) main phone -o out.md; mv out.md ROADMAP.md'
    ),
    'to standard output': (
        'roadmap-md resolve --ref $(git merge-base main phone) main phone > out.md; mv out.md ROADMAP.md'
    ),
    'from beneath': 'mkdir sub; ! git merge phone; cd sub; roadmap-md resolve --add; git commit -qm merged',
}  # fmt: skip


@pytest.mark.parametrize('script', WAYS.values(), ids=WAYS)
def test_to_the_end(tree: Path, script: str) -> None:
    done(tree, AGREED)
    done(tree, script)
    assert (tree / 'ROADMAP.md').read_text() == BOTH


def test_nothing_is_written(tree: Path) -> None:
    sh(tree, 'git merge phone')
    before = (tree / 'ROADMAP.md').read_bytes(), done(tree, 'git ls-files -s')
    for options in ('--dry-run', '--diff'):
        assert sh(tree, f'roadmap-md resolve {options}').returncode == 1
    assert ((tree / 'ROADMAP.md').read_bytes(), done(tree, 'git ls-files -s')) == before
    # What is left is never staged.
    assert sh(tree, 'roadmap-md resolve --add').returncode == 1
    assert done(tree, 'git ls-files -s') == before[1]


def test_what_is_settled_but_not_staged(tree: Path) -> None:
    done(
        tree,
        '! git merge phone; ! roadmap-md resolve; sed -i "/^[<=>]/d; /\\[-\\] Day 3/d" ROADMAP.md',
    )
    said = 'no conflicts in ROADMAP.md; if it is as it should be: git add ROADMAP.md\n'
    assert done(tree, 'roadmap-md resolve') == said
    assert done(tree, 'git add ROADMAP.md; roadmap-md resolve') == 'no conflicts in ROADMAP.md\n'


def test_markers_are_committed_by_nobody(tree: Path) -> None:
    done(tree, 'roadmap-md install')
    shutil.copy(tree / 'ROADMAP.md', tree / 'sound.md')
    sh(tree, 'git merge phone')
    for script in ('git add .; git commit -qm merged', 'roadmap-md tick w1d4', 'roadmap-md lint'):
        ended = sh(tree, script)
        assert ended.returncode in (1, 2), script
        assert 'conflict' in ended.stdout or 'merge is under way' in ended.stdout, script


REFUSED = {
    # what is asked for: what is said
    'roadmap-md resolve': 'no conflicts in ROADMAP.md',
    'roadmap-md resolve nothing.md': 'nothing.md: there is no such file',
    'roadmap-md resolve --ref HEAD HEAD -x': "git knows no revision '-x'",
    'roadmap-md resolve --ref HEAD HEAD HEAD none.md': "there is no none.md in 'HEAD'",
    'roadmap-md resolve --add --diff': '--add and --diff do not go together',
    'printf "<<<<<<< a\\n" > b.md; roadmap-md resolve b.md': 'b.md: the conflict on line 1 has no end',
}


@pytest.mark.parametrize('script', REFUSED)
def test_refused(tree: Path, script: str) -> None:
    ended = sh(tree, script)
    assert ended.returncode == (0 if script == 'roadmap-md resolve' else 2)
    assert REFUSED[script] in ended.stdout


# The laws, over the generated merges of test_merge.


def broken(seed: int, documents: Sequence[Path] = DOCUMENTS) -> list[str]:
    """The laws that do not hold where git alone has merged what *seed* generates."""
    base, ours, theirs, _ = generated(seed, documents)
    found = []
    for style in STYLES:

        def text_merge(base: bytes, ours: bytes, theirs: bytes, style: str = style) -> Merged:
            return Merged(*merged_text(base, ours, theirs, Labels(style=style)))

        left = text_merge(base, ours, theirs).data
        conflicts = find_conflicts(left)
        if not conflicts:
            break
        halves = sides(left, conflicts)
        if resolve(left, (base, ours, theirs), text_merge) != merge(base, ours, theirs, text_merge):
            found.append(f'as the driver, {style}')
        alone = resolve(left, None, text_merge)
        if resolve(alone.data, None, text_merge) != alone:
            found.append(f'once is twice, {style}')
        rest = find_conflicts(alone.data)
        if style == 'merge' and sides(alone.data, rest) != halves:
            found.append('nothing is guessed without a base')
        # What is settled by hand: the first conflict, and a line above all.
        first = conflicts[0].whole
        by_hand = b'By hand.\n' + left[: first.start] + b'By hand, too.\n' + left[first.stop :]
        for versions in (None, (base, ours, theirs)):
            done = resolve(by_hand, versions, text_merge).data
            for half in sides(done, find_conflicts(done)):
                if not half.startswith(b'By hand.\n') or half.count(b'By hand, too.\n') != 1:
                    found.append(f'what is by hand stays, {style}')
    return found


@pytest.mark.parametrize('part', range(4))
def test_laws(part: int, long: bool) -> None:
    count = (LONG if long else NORMAL) // 4
    for seed in range(part * count, (part + 1) * count):
        assert broken(seed) == [], seed


def test_laws_of_seeds(long: bool, request: pytest.FixtureRequest) -> None:
    documents = seeds(request)
    for seed in range(LONG // 4 if long else NORMAL // 4):
        assert broken(seed, documents) == [], seed
