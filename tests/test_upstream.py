"""``sync`` with others: what comes, what goes, and what stays as it was, in real clones."""

import os
import re
from pathlib import Path

import pytest
from worktree import done, sh

PLAN = '# Plan\n\n' + ''.join(
    f'- [ ] {title}\n' for title in ('Lists', 'Tuples', 'Sets', 'Dicts', 'Maps')
)
# `there` is a bare repository; `ours` and `theirs` are clones of it.
START = """
git init -q -b main --bare there
git clone -q there ours 2>clone.txt
cd ours; cat > ROADMAP.md; printf 'one\\ntwo\\nthree\\n' | tee other.md > third.md
git add .; git commit -qm 'docs: plan'; git push -q -u origin main
cd ..; git clone -q there theirs
"""
# Ticks a task, as a commit of git's own; and what the others do, which is sent at once.
FUNCTIONS = """
tick() { sed -i "s/\\[ \\] $1/[x] $1/" ROADMAP.md; git commit -q --no-verify -m "docs(roadmap): complete $1" -- ROADMAP.md; }
theirs() { (export GIT_AUTHOR_NAME=Bob; cd ../theirs; git pull -q --rebase; eval "$1"; git push -q); }
"""


def ticked(*titles: str, text: str = PLAN) -> str:
    for title in titles:
        text = text.replace(f'[ ] {title}', f'[x] {title}')
    return text


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    (tmp_path / 'plan').write_text(PLAN)
    done(tmp_path, f'{{ {START} }} < plan')
    return tmp_path / 'ours'


def run(ours: Path, script: str) -> str:
    return done(ours, FUNCTIONS + script)


def at(repository: Path, what: str = 'main:ROADMAP.md') -> str:
    return done(repository, f'git show {what}')


def state(tree: Path) -> list[str]:
    """All that a refused sync must leave as it was."""
    asked = (
        'git rev-parse HEAD',
        'git status --porcelain --branch',
        'git diff',
        'git diff --cached',
    )
    index = (tree / '.git/index').read_bytes().hex() if (tree / '.git').is_dir() else ''
    return [*(re.sub(r' \[(ahead|behind).*', '', done(tree, one)) for one in asked), index]


both_ways = pytest.mark.parametrize(
    'merge', ['', pytest.param(' --merge', marks=pytest.mark.long)], ids=['rebase', 'merge']
)

# What is done before, what `sync` prints (in this order), and what the tracker there has then.
EXCHANGES = {
    'nothing': ('', 'nothing to commit, up to date with origin/main', ()),
    'ours only': ('tick Lists', '↑ 1 commit to origin/main', ('Lists',)),
    'a hand edit': ('sed -i "s/ ] Lists/x&/; s/x ]/x]/" ROADMAP.md', '↑ 1 commit', ('Lists',)),
    'theirs only': ('theirs "tick Lists"', '↓ 1 commit from origin/main', ('Lists',)),
    'both': (
        'tick Lists; theirs "tick Tuples"', '↓ 1 commit from origin/main, and yours on top',
        ('Lists', 'Tuples'),
    ),
    'both did the same': ('tick Lists; theirs "tick Lists"', '↓ 1 commit', ('Lists',)),
    'many': (
        'tick Lists; tick Sets; theirs "tick Tuples; tick Dicts"', '↓ 2 commits', ('Lists', 'Sets', 'Tuples', 'Dicts'),
    ),
    'a driver of that name that fails': (
        'git config merge.roadmap-md.driver false; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'installed': (
        'roadmap-md install >/dev/null; rm .git/hooks/*; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'merge=union by attribute': (
        'echo "*.md merge=union" >.gitattributes; git add .; git commit -qm "chore: union"; tick Lists;'
        'theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'attributes of the user': (
        'echo "*.md text" >../own; git config core.attributesFile "$PWD/../own"; tick Lists; theirs "tick Tuples"',
        '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'a merge among ours': (
        'git switch -qc side; tick Lists; git switch -q main; tick Dicts; git -c merge.default=union merge -q --no-edit -X ours side;'
        'theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples', 'Dicts'),
    ),
    'pull.rebase and merge.ff': (
        'git config pull.rebase false; git config merge.ff only; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'rebase.autoStash and updateRefs': (
        'git config rebase.autoStash true; git config rebase.updateRefs true; git config rebase.backend apply;'
        'tick Lists; git branch old; tick Sets; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Sets', 'Tuples'),
    ),
    'a branch with an odd name': (
        "git switch -qc 'ö-$(x)\";&🎯'; git push -q -u origin HEAD; tick Lists; git push -q origin HEAD:main", '↑ 1 commit', ('Lists',),
    ),
    'url.insteadOf': (
        'git config url.$PWD/../.insteadOf base:; git remote set-url origin base:there; tick Lists; theirs "tick Tuples"',
        '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'pushurl': (
        'git remote set-url origin ../nowhere/../there; git remote set-url --push origin $PWD/../there; mkdir ../nowhere;'
        'tick Lists', '↑ 1 commit', ('Lists',),
    ),
    'a shallow clone': (
        'cd ..; theirs() { (cd theirs; git pull -q; eval "$1"; git push -q); }; theirs "tick Dicts"; rm -rf ours;'
        'git clone -q --depth 1 file://$PWD/there ours; cd ours; tick Lists; cd ..; theirs "tick Tuples"; cd ours',
        '↓ 1 commit', ('Lists', 'Tuples', 'Dicts'),
    ),
    'a partial clone': (
        'git -C ../there config uploadpack.allowFilter true; cd ..; rm -rf ours;'
        'git clone -q --filter=blob:none file://$PWD/there ours; cd ours; tick Lists; theirs "tick Tuples; tick Sets"',
        '↓ 2 commits', ('Lists', 'Tuples', 'Sets'),
    ),
    'a sparse checkout': (
        'git sparse-checkout set --no-cone /ROADMAP.md 2>/dev/null; tick Lists; theirs "tick Tuples; echo 4 >>third.md; git commit -qam four"',
        '↓ 2 commits', ('Lists', 'Tuples'),
    ),
    'a submodule': (
        'git -c protocol.file.allow=always submodule --quiet add ../there sub; git commit -qm sub; tick Lists; theirs "tick Tuples"',
        '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'two branches there': (
        'git push -q origin main:side; tick Lists', '↑ 1 commit', ('Lists',),
    ),
    'from beneath': ('tick Lists; theirs "tick Tuples"; mkdir sub; cd sub', '↓ 1 commit', ('Lists', 'Tuples')),
    'push.default nothing': ('git config push.default nothing; tick Lists', '↑ 1 commit', ('Lists',)),
    'push.default matching': ('git config push.default matching; tick Lists', '↑ 1 commit', ('Lists',)),
    'push.default upstream': (
        'git config push.default upstream; git switch -q -c mine -t origin/main; tick Lists', '↑ 1 commit to origin/main', ('Lists',),
    ),
    'a branch that is not there yet': (
        'git update-ref -d refs/remotes/origin/main; git -C ../there update-ref -d refs/heads/main; tick Lists', '↑', ('Lists',),
    ),
    'hooks and their path': (
        'mkdir hooks; printf "#!/bin/sh\\npwd >>\\"$PWD/.git/ran\\"\\n" | tee hooks/pre-rebase >hooks/pre-push; chmod +x hooks/*;'
        'git config core.hooksPath hooks; git add .; git commit -qm hooks; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
}  # fmt: skip


@both_ways
@pytest.mark.parametrize(('script', 'said', 'titles'), EXCHANGES.values(), ids=EXCHANGES)
def test_exchanges(ours: Path, script: str, said: str, titles: tuple[str, ...], merge: str) -> None:
    edited = 'echo more >>other.md; echo staged >>third.md; git add third.md'
    if 'sparse' in script:
        edited = ':'
    printed = run(
        ours, f'{script}\n(cd "$(git rev-parse --show-toplevel)"; {edited})\nroadmap-md sync{merge}'
    )
    expected = said.replace(', and yours on top', ', merged') if merge else said
    assert expected in printed
    assert at(ours.parent / 'there') == ticked(*titles) == (ours / 'ROADMAP.md').read_text()
    lines = (ours / 'other.md').read_text() if edited != ':' else 'three\nmore\n'
    assert lines.endswith('three\nmore\n')
    assert run(ours, 'git diff --cached --name-only') == ('third.md\n' if edited != ':' else '')
    assert 'up to date' in run(ours, 'roadmap-md sync')
    assert not (ours / '.git/roadmap-md/rebase').exists()
    assert not list((ours / '.git').rglob('*.lock'))
    ahead = run(ours, 'git rev-list --count HEAD --not --remotes')
    assert ahead == '0\n'


# What is refused: exit code, words that are said, and nothing has moved.
REFUSED = {
    'a detached HEAD': ('git switch -q --detach', 2, 'HEAD is on no branch'),
    'no upstream': ('git branch -q --unset-upstream', 2, 'main has no upstream\n  git push -u origin main'),
    'no remote': ('git remote remove origin', 2, 'git remote add origin URL, then git push -u origin main'),
    'another remote': ('git remote add mine ../x; set -- --remote other', 2, "no remote is called 'other'\n  there are mine, origin"),
    'an option for a remote': ('set -- --remote --upload-pack=x', 2, 'no remote is called'),
    'no branch of that name': ('set -- --branch +x:main', 2, "'+x:main' is no name for a branch"),
    'unreachable': ('git remote set-url origin ../nowhere', 2, "could not be fetched. git said: fatal: '../nowhere' does not appear"),
    'nobody listens': ('git remote set-url origin git://127.0.0.1:1/x', 2, 'what you have committed is safe here'),
    'gone there': ('git -C ../there branch -q -m main old', 2, 'origin/main is gone'),
    'a merge under way': ('theirs "tick Lists"; git fetch -q; git merge -q --no-commit --no-ff origin/main', 2, 'a merge is under way'),
    'a bisection': ('git bisect start -q', 2, 'a bisection is under way'),
    'no commit in common': (
        'git switch -q --orphan alone; echo x >ROADMAP.md; git add .; git commit -qm x; git branch -q -u origin/main;'
        'git config push.default upstream', 2, 'no commit in common',
    ),
    'push.default does not say': ('git switch -q -c mine -t origin/main; tick Lists', 2, 'say which branch with --branch'),
    'an edit in the way': (
        'theirs "sed -i 1d other.md; git commit -qam x"; echo mine >>other.md', 2,
        'nothing was taken in: other.md is edited here, and changed upstream\n  commit that first: git commit -- other.md',
    ),
    'a staged edit in the way': (
        'theirs "sed -i 1d other.md; git commit -qam x"; echo mine >>other.md; git add .; tick Lists', 2, 'other.md is edited here',
    ),
    'a file in the way': (
        'theirs "echo x >new; git add .; git commit -qm x"; echo mine >new', 2, 'new would be overwritten, and git does not track it',
    ),
    'an ignored file in the way': (
        'theirs "echo x >new; git add .; git commit -qm x"; echo new >>.git/info/exclude; echo mine >new', 2, 'new would be overwritten',
    ),
    'text of the plan in the way': (
        'theirs "sed -i s/Plan/Ours/ ROADMAP.md; git commit -qam x"; sed -i s/Plan/Mine/ ROADMAP.md', 2,
        'ROADMAP.md is edited here, and changed upstream on the same lines',
    ),
    'a conflict': (
        'theirs "sed -i \'s/ ] Lists/-] Lists/\' ROADMAP.md; git commit -qam no-lists"; tick Lists', 1,
        'here   - [x] Lists\n  there  - [-] Lists\n  to settle it: roadmap-md install, then git rebase origin/main',
    ),
    'a conflict elsewhere': (
        'theirs "sed -i 1s/^/theirs/ other.md; git commit -qam x"; sed -i 1s/^/ours/ other.md; git commit -qam y', 1,
        'other.md conflicts with origin/main, and nothing was moved',
    ),
    'a conflict with what they have deleted': (
        'theirs "git rm -q other.md; git commit -qm x"; sed -i 1s/^/ours/ other.md; git commit -qam y', 1,
        'here   (changed)\n  there  (deleted)\n  to settle it',
    ),
    'a conflict that git has seen before': (
        'git config rerere.enabled true; git config rerere.autoUpdate true; export GIT_EDITOR=:;'
        'theirs "sed -i 1s/^/theirs/ other.md; git commit -qam x"; sed -i 1s/^/ours/ other.md; git commit -qam y;'
        'git fetch -q; git rebase -q origin/main 2>/dev/null >&2 || true; echo both >other.md; git add .;'
        'git rebase --continue >/dev/null; git reset -q --hard main@{1}', 1,
        'other.md conflicts with origin/main, and nothing was moved',
    ),
    'a signature that fails': (
        'theirs "tick Lists"; tick Sets; git config commit.gpgSign true; git config gpg.program false', 2, 'gpg failed to sign',
    ),
    'a hook before the rebase': (
        'theirs "tick Lists"; tick Sets; printf "#!/bin/sh\\necho not now >&2; exit 1\\n" | tee .git/hooks/pre-rebase >.git/hooks/pre-merge-commit;'
        'chmod +x .git/hooks/*', 2, 'not now',
    ),
    'a hook before the push': (
        'tick Lists; printf "#!/bin/sh\\necho \'not \\033[31mnow\' >&2; exit 1\\n" >.git/hooks/pre-push; chmod +x .git/hooks/*', 2, 'not \\u{1b}[31mnow',
    ),
    'a hook there': (
        'tick Lists; printf "#!/bin/sh\\necho no ticks, please; exit 1\\n" >../there/hooks/pre-receive; chmod +x ../there/hooks/*', 2,
        'remote: no ticks, please',
    ),
}  # fmt: skip


@both_ways
@pytest.mark.parametrize(('script', 'code', 'said'), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(ours: Path, script: str, code: int, said: str, merge: str) -> None:
    asked = 'case " $* " in *" --"*) echo "$@" >../given;; esac'
    run(ours, f'{script}\n{asked}')
    given = (ours.parent / 'given').read_text().strip() if (ours.parent / 'given').exists() else ''
    (ours / 'third.md').write_text('edited\n')
    before = state(ours)
    ended = sh(ours, f'roadmap-md sync {given}{merge}')
    expected = said.replace('git rebase', 'git merge') if merge else said
    assert (ended.returncode, expected in ended.stdout) == (code, True), ended.stdout
    assert 'Traceback' not in ended.stdout
    assert state(ours) == before
    assert not (ours / '.git/roadmap-md/rebase').exists()


# Edits of the plan that are not committed, while others changed it too.
CARRIED = {
    'in the file': ('sed -i "s/^# Plan/&\\n\\nnotes/" ROADMAP.md', '# Plan\n\nnotes\n', ''),
    'staged': ('sed -i "s/^# Plan/&\\n\\nnotes/" ROADMAP.md; git add ROADMAP.md', '# Plan\n\nnotes\n', '+notes'),
    'staged, and more': (
        'sed -i "s/^# Plan/&\\n\\nnotes/" ROADMAP.md; git add ROADMAP.md; echo "more" >>ROADMAP.md',
        '# Plan\n\nnotes\n', '+notes',
    ),
    'a retitled task': ('sed -i "s/Maps/Maps and more/" ROADMAP.md', 'Maps and more\n', ''),
}  # fmt: skip


@pytest.mark.parametrize('ticks', ['', 'tick Lists'], ids=['behind', 'both moved'])
@pytest.mark.parametrize(('script', 'kept', 'staged'), CARRIED.values(), ids=CARRIED)
def test_edits_of_the_plan_are_carried_over(
    ours: Path, script: str, kept: str, staged: str, ticks: str
) -> None:
    run(ours, f'{ticks}\n{script}\ntheirs "tick Sets"\nroadmap-md sync')
    text = (ours / 'ROADMAP.md').read_text()
    assert kept in text
    assert '[x] Sets' in text
    index, head = (at(ours, f'{name}:ROADMAP.md') for name in ('', 'HEAD'))
    assert head == ticked('Sets', *ticks.split()[1:])
    assert ('notes' in index, '[x] Sets' in index) == (bool(staged), True)
    assert text.endswith('more\n') == ('more' in script)


def test_a_dry_run_fetches_and_that_is_all(ours: Path) -> None:
    run(ours, 'tick Lists; theirs "tick Sets"')
    head, there = run(ours, 'git rev-parse HEAD'), at(ours.parent / 'there', 'main')
    said = run(ours, 'roadmap-md sync --dry-run')
    assert 'would take in 1 commit from origin/main\n' in said
    assert said.endswith('would send 1 commit to origin/main\n')
    assert (run(ours, 'git rev-parse HEAD'), at(ours.parent / 'there', 'main')) == (head, there)
    assert '"how": null,\n      "commits": 1' in run(ours, 'roadmap-md sync --dry-run --json')


def test_without_a_push(ours: Path) -> None:
    there = at(ours.parent / 'there', 'main')
    assert (
        run(ours, 'tick Lists; roadmap-md sync --no-push')
        == 'nothing to commit, nothing to take in\n'
    )
    assert at(ours.parent / 'there', 'main') == there
    run(ours, 'git branch -q --unset-upstream')
    assert run(ours, 'roadmap-md sync --no-push') == 'nothing to commit\n'


@both_ways
def test_a_tracker_that_they_have_moved(ours: Path, merge: str) -> None:
    run(
        ours,
        'tick Lists; theirs "tick Tuples; mkdir docs; git mv ROADMAP.md docs; git commit -qm moved"',
    )
    run(ours, f'roadmap-md sync{merge}')
    assert (ours / 'docs/ROADMAP.md').read_text() == ticked('Lists', 'Tuples')
    assert at(ours.parent / 'there', 'main:docs/ROADMAP.md') == ticked('Lists', 'Tuples')
    assert not (ours / 'ROADMAP.md').exists()


def test_two_remotes(ours: Path) -> None:
    """What comes from one goes to another, as git itself would push."""
    run(
        ours, 'git clone -q --bare ../there ../fork; git remote add fork ../fork; git fetch -q fork'
    )
    run(ours, 'git config remote.pushDefault fork; tick Lists; theirs "tick Sets"')
    assert '↑ 2 commits to fork/main\n' in run(ours, 'roadmap-md sync')
    assert at(ours.parent / 'fork') == ticked('Lists', 'Sets')
    assert at(ours.parent / 'there') == ticked('Sets')
    assert 'up to date' in run(ours, 'roadmap-md sync')
    run(ours, 'tick Maps; roadmap-md sync --remote origin --branch side')
    assert at(ours.parent / 'there', 'side:ROADMAP.md') == ticked('Lists', 'Sets', 'Maps')


def test_in_a_linked_work_tree(ours: Path) -> None:
    run(ours, 'git worktree add -q ../linked -b other; cd ../linked; git push -q -u origin other')
    linked = ours.parent / 'linked'
    run(linked, 'tick Lists')
    run(ours, 'theirs "git switch -q other; tick Sets; git push -q -u origin other"')
    run(linked, 'roadmap-md sync')
    assert at(ours.parent / 'there', 'other:ROADMAP.md') == ticked('Lists', 'Sets')
    assert (linked / 'ROADMAP.md').read_text() == ticked('Lists', 'Sets')
    assert os.listdir(ours / '.git/worktrees') == ['linked']


def test_all_is_signed_as_configured(ours: Path) -> None:
    signer = '#!/bin/sh\ncat >/dev/null; printf "\\n[GNUPG:] SIG_CREATED \\n" >&2; echo "-----BEGIN PGP SIGNATURE-----"\n'
    (ours.parent / 'gpg').write_text(signer)
    run(
        ours,
        'chmod +x ../gpg; git config gpg.program "$PWD/../gpg"; git config commit.gpgSign true',
    )
    run(ours, 'tick Lists; theirs "tick Sets"; roadmap-md sync')
    assert '\ngpgsig ' in run(ours, 'git cat-file commit HEAD')


def test_hooks_after_a_merge(ours: Path) -> None:
    run(ours, 'printf "#!/bin/sh\\npwd >../ran\\n" >.git/hooks/post-merge; chmod +x .git/hooks/*')
    run(ours, 'theirs "tick Sets"; roadmap-md sync')
    assert (ours.parent / 'ran').read_text() == f'{ours}\n'
