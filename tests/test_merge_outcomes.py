"""What comes of a merge, whoever merges: the table of docs/merging.md, each row with real git."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from console import ROOT
from test_merge_git import BOTH, PLAN, tree
from worktree import done, sh

__all__ = ['tree']
# Two branches that plain git cannot merge: `main` has ticked day 1, `other` day 2.


class Outcome(NamedTuple):
    """What the table says comes of it, how it is done, and what ROADMAP.md, or *file*, is then.

    *script* runs where the driver is installed; *plainly* says whether git alone fails.
    """

    said: str
    script: str
    text: str = BOTH
    file: str = 'ROADMAP.md'
    plainly: bool = False


BOTH_TICKED = 'both ticks'
DISAGREE = (
    'git branch -f other; for name in other:- main:/; do git switch -q ${name%:*}\n'
    'sed -i "s#\\[x\\] Day 1#[${name#*:}] Day 1#" ROADMAP.md; git commit --no-verify -qam it; done\n'
)
CONFLICT = PLAN.replace(
    '- [ ] Day 1: Lists\n',
    '<<<<<<< ours\n- [/] Day 1: Lists\n=======\n- [-] Day 1: Lists\n>>>>>>> theirs\n',
)
WITH_BASE = CONFLICT.replace('=======', '||||||| base\n- [x] Day 1: Lists\n=======')
CRLF = BOTH.replace('\n', '\r\n')
AGAIN = 'git rm -q --cached ROADMAP.md; rm ROADMAP.md; git reset -q --hard'

OUTCOMES = {
    '`merge`, `pull`': Outcome(BOTH_TICKED, 'git pull -q --no-rebase --no-edit . other'),
    '`merge`, the other way round': Outcome(BOTH_TICKED, 'git switch -q other; git merge -q --no-edit main'),
    '`merge -s recursive`': Outcome(BOTH_TICKED, 'git merge -q --no-edit -s recursive other'),
    '`merge --squash`': Outcome(BOTH_TICKED, 'git merge -q --squash other'),
    'a criss-cross merge': Outcome(
        'all ticks',
        'git branch old; git branch new other; git merge -q --no-edit new; git switch -q other\n'
        'git merge -q --no-edit old; tick 3; git switch -q main; tick 4\n'
        'test $(git merge-base --all main other | wc -l) = 2; git merge -q --no-edit other',
        BOTH.replace('[ ]', '[x]'),
    ),
    'an octopus merge (`merge a b`)': Outcome(
        'git asks no driver there, refuses, and leaves all as it was: merge one after the other',
        'git switch -qc third main~; tick 3; git switch -q main; ! git merge -q other third\n'
        'git diff --exit-code HEAD; git merge -q --no-edit other; git merge -q --no-edit third',
        BOTH.replace('[ ] Day 3', '[x] Day 3'),
    ),
    '`rebase`, `pull --rebase`': Outcome(BOTH_TICKED, 'git pull -q --rebase . other'),
    '`rebase --apply`, `am --3way`': Outcome(
        BOTH_TICKED, 'git format-patch -q -1 other -o ..; git am -q -3 ../0001*; git rebase -q --apply other',
        plainly=True,
    ),
    '`rebase --autostash`': Outcome(
        BOTH_TICKED,
        'git reset -q --hard HEAD~; sed -i "s/\\[ \\] Day 1/[x] Day 1/" ROADMAP.md\n'
        'git rebase -q --autostash other; ! grep "<<<" ROADMAP.md',
    ),
    '`cherry-pick`': Outcome(BOTH_TICKED, 'git cherry-pick other'),
    '`revert`': Outcome(
        'that tick is taken back, those around it stay',
        'git reset -q --hard HEAD~; tick 3; sed -i "s/\\[ \\] \\(Day [12]\\)/[x] \\1/" ROADMAP.md\n'
        'git commit --no-verify -qam more; git revert --no-edit HEAD~',
    ),
    '`stash pop`': Outcome(
        BOTH_TICKED,
        'git reset -q --hard HEAD~; sed -i "s/\\[ \\] Day 1/[x] Day 1/" ROADMAP.md; git stash -q\n'
        'git merge -q --ff-only other; git stash pop -q',
    ),
    '`switch --merge`': Outcome(
        BOTH_TICKED,
        'git reset -q --hard HEAD~; sed -i "s/\\[ \\] Day 1/[x] Day 1/" ROADMAP.md\n'
        'git switch -q --merge other; ! grep "<<<" ROADMAP.md',
    ),
    '`apply --3way`': Outcome(BOTH_TICKED, 'git diff main~ other > ../patch; git apply -3 ../patch'),
    'a linked worktree': Outcome(
        BOTH_TICKED, 'git worktree add -q ../linked other; cd ../linked; git merge -q --no-edit main',
        file='../linked/ROADMAP.md',
    ),
    'a submodule': Outcome(
        BOTH_TICKED,
        'mkdir ../super; cd ../super; git init -q; git -c protocol.file.allow=always submodule --quiet add ../tree sub\n'
        'cd sub; roadmap-md install; git merge -q --no-edit origin/other', file='../super/sub/ROADMAP.md',
    ),
    'beneath the top': Outcome(BOTH_TICKED, 'mkdir sub; cd sub; git merge -q --no-edit other'),
    'a bare repository (`merge-tree`)': Outcome(
        'both ticks, where its `config` and `info/attributes` are those that `install` writes',
        'git clone -q --bare . ../bare.git; cp -r .git/info ../bare.git\n'
        'git -C ../bare.git config merge.roadmap-md.driver "$(git config merge.roadmap-md.driver)"\n'
        'cd ../bare.git; made=$(git merge-tree --write-tree main other); git show $made:ROADMAP.md > out',
        file='../bare.git/out',
    ),
    'one side has renamed the tracker': Outcome(
        'git asks the driver of the new name; without one, a conflict that `roadmap-md resolve` settles',
        'git switch -q other; git mv ROADMAP.md plan.md; git commit --no-verify -qm mv; git switch -q main\n'
        '! git merge other; roadmap-md resolve --add plan.md; git commit --no-verify -qm merged', file='plan.md',
    ),
    'both sides disagree': Outcome('a conflict on that line', f'{DISAGREE}! git merge other', CONFLICT),
    '…, with `merge.conflictStyle=diff3` or `zdiff3`': Outcome(
        '…, with its base', f'{DISAGREE}git config merge.conflictStyle zdiff3; ! git merge other', WITH_BASE,
    ),
    '…, with `-X ours` or `-X theirs`': Outcome(
        'a conflict, too: git does not tell drivers', f'{DISAGREE}! git merge -X ours other', CONFLICT,
    ),
    '…, with `rerere`': Outcome(
        'settled once by hand, it is settled by git the next time',
        f'{DISAGREE}git config rerere.enabled true; ! git merge other\n'
        'sed -i "/^[<=>]/d; /\\[-\\] Day 1/d" ROADMAP.md; git commit --no-verify -qam merged\n'
        'git reset -q --hard HEAD~; ! git merge other; git add .; git commit --no-verify -qm again',
        PLAN.replace('[ ] Day 1', '[/] Day 1'), plainly=True,
    ),
    '`*.md text eol=crlf`': Outcome(
        'both ticks, and CRLF in the file', f'echo "*.md text eol=crlf" >> .git/info/attributes; {AGAIN}; git merge -q --no-edit other', CRLF,
    ),
    '`core.autocrlf=true`, `* text=auto`': Outcome(
        '…', f'git config core.autocrlf true; echo "* text=auto" > .gitattributes; {AGAIN}; git merge -q --no-edit other', CRLF,
    ),
    'one side has changed all line ends': Outcome(
        'both ticks, and the new line ends',
        'git switch -q other; sed -i "s/$/\\r/" ROADMAP.md; git commit --no-verify -qam crlf\n'
        'git switch -q main; git merge -q --no-edit other', CRLF,
    ),
    'a clone without the tool': Outcome(
        "git's own merge; `roadmap-md resolve` where there is a conflict",
        'roadmap-md uninstall; ! git merge other; roadmap-md resolve --add; git commit -qm merged',
    ),
}  # fmt: skip


@pytest.mark.parametrize('row', OUTCOMES.values(), ids=OUTCOMES)
def test_outcome(tree: Path, row: Outcome) -> None:
    functions = (
        'tick() { sed -i "s/\\[ \\] Day $1/[x] Day $1/" ROADMAP.md\n'
        'git commit --no-verify -qam "day $1"; }\n'
    )
    if row.said.startswith('both') and not row.plainly:
        plain = shutil.copytree(tree, tree.parent / 'plain' / 'tree')
        assert sh(plain, functions + row.script.replace('roadmap-md install', ':')).returncode, (
            'plain git does it too'
        )
    done(tree, 'roadmap-md install')
    done(tree, functions + row.script)
    assert (tree / row.file).read_bytes().decode() == row.text


def test_the_page_has_them_all() -> None:
    page = (ROOT / 'docs/merging.md').read_text(encoding='utf-8')
    table = page[page.index('## What comes of it') : page.index('## Where the driver is')]
    rows = re.findall(r'^\| (?!who|--)(.+?) \| (.+?) \|$', table, re.M)
    assert rows == [(name, row.said) for name, row in OUTCOMES.items()]


def workflow() -> str:
    """The shell steps of the workflow in docs/merging.md, but for the installation."""
    page = (ROOT / 'docs/merging.md').read_text(encoding='utf-8')
    steps = re.search(r'^      - run: \|\n((?: {10}.*\n)+)', page, re.M)
    assert steps
    return steps[1]


@pytest.mark.parametrize('agreed', [True, False])
def test_the_workflow_for_websites(tree: Path, agreed: bool) -> None:
    if not agreed:
        done(tree, DISAGREE)
    done(tree, 'git clone -q --bare . ../remote; git clone -q ../remote ../clone')
    clone = tree.parent / 'clone'
    done(clone, 'git switch -q other')
    ended = sh(clone, workflow(), BASE='main', HEAD='other')
    pushed = done(tree.parent / 'remote', 'git show other:ROADMAP.md')
    if agreed:
        assert (ended.returncode, pushed) == (0, BOTH), ended.stdout
        return
    assert ended.returncode == 1
    assert 'week 1 day 1 – Lists: cancelled in ours, in progress in theirs' in ended.stdout
    assert '++<<<<<<< ours' in ended.stdout
    assert pushed == done(tree, 'git show other:ROADMAP.md')
