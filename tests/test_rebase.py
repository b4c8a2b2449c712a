"""Commits that change trackers only go on top of others' as git's own rebase puts them there."""

from pathlib import Path

import pytest
from worktree import done

from roadmap_md.git import picks

WEEKS = [
    f'## Week {week}\n\n' + ''.join(f'- [ ] {week}{day}\n' for day in 'abc') for week in '1234'
]
PLAN = '# Plan\n\n' + '\n'.join(WEEKS)
# Two clones of one repository. Each *tick* is a commit; what is ticked on both sides is so far
# apart that git itself merges it as text.
START = """
git init -q -b main --bare there; git clone -q there ours 2>clone.txt
cd ours; mkdir deep; cp ../plan ROADMAP.md; sed 's/[a-c]$/& deep/' ../plan >'deep/pl än.md'; echo one >other.md
printf 'files = ["ROADMAP.md", "deep/pl än.md"]\\n' >roadmap-md.toml
git add .; git commit -qm 'docs: plan'; git push -q -u origin main
cd ..; git clone -q there theirs; cd ours
"""
FUNCTIONS = """
tick() { sed -i "s/\\[ \\] $1/[x] $1/" "${2:-ROADMAP.md}"; git commit -qam "docs(roadmap): complete $1${3:-}"; }
theirs() { (export GIT_AUTHOR_NAME=Bob; cd ../theirs; git pull -q --rebase; eval "$1"; git push -q); }
remake() { git cat-file commit HEAD | LC_ALL=C sed "$1" >../commit; git reset -q --soft $(git hash-object -w --literally -t commit ../commit); }
signer() { printf '#!/bin/sh\\ncat >/dev/null; echo "[GNUPG:] SIG_CREATED " >&2; echo "-----BEGIN PGP SIGNATURE-----"\\n'; }
hook() { printf '#!/bin/sh\\nexit 0\\n' >.git/hooks/$1; chmod +x .git/hooks/$1; }
"""
OTHERS = 'theirs "tick 4c"'
# What is done before; and whether it is rebased without a work tree.
CASES = {
    'one': (f'tick 1a; {OTHERS}', True),
    'many': (f'tick 1a; tick 2a; tick 2c; {OTHERS}; theirs "tick 4a"', True),
    'a tracker elsewhere': (f'tick 1a "deep/pl än.md"; {OTHERS}', True),
    'two trackers': (f'tick 1a "deep/pl än.md"; tick 1b; {OTHERS}; theirs "tick 4b \'deep/pl än.md\'"', True),
    'two in one commit': (f'sed -i "s/ ] 1a/x] 1a/" ROADMAP.md */*.md; git commit -qam both; {OTHERS}', True),
    'they did the same': ('tick 1a; tick 2a; theirs "tick 1a"', True),
    'they did all of it': ('tick 1a; theirs "tick 1a; tick 4a"', True),
    'a message with a body': (f"tick 1a '' '\n\nA note: ü 字\n\nRoadmap-Task: 1a\n'; {OTHERS}", True),
    'a message of nothing': (f'tick 1a; git commit -q --amend --allow-empty-message -m ""; {OTHERS}', True),
    'another author': (
        f"export GIT_AUTHOR_NAME='O. \\\"Ö\\\" 字' GIT_AUTHOR_DATE='@1 -0930'; tick 1a; {OTHERS}", True,
    ),
    'text': (f'sed -i "s/2b/2b, with more/; 1a words" ROADMAP.md; git commit -qam words; {OTHERS}', True),
    'they changed another file': ('tick 1a; theirs "echo two >>other.md; git commit -qam two"', True),
    'a hook of ours': (f'hook pre-commit; hook commit-msg; hook pre-push; tick 1a; {OTHERS}', True),
    'signing that is off': (f'git config commit.gpgSign false; tick 1a; {OTHERS}', True),
    'they did the same and took it back': (
        'tick 1a; tick 2a; theirs "tick 1a; git revert --no-edit HEAD >/dev/null"', True,
    ),
    'messages are cleaned': (
        f"git config commit.cleanup strip; tick 1a; git commit -q --amend --cleanup=verbatim -m '# one\n\n\n\ntwo  '; {OTHERS}", False,
    ),
    'a message that begins with a line break': (
        f"tick 1a; git commit -q --amend --cleanup=verbatim -m '\n\n one'; {OTHERS}", False,
    ),
    'a message without a line break at its end': (
        f"tick 1a; git reset -q --soft $(printf one | git commit-tree -p HEAD^ HEAD^{{tree}}); {OTHERS}", True,
    ),
    'a message of blanks': (
        f"tick 1a; git reset -q --soft $(printf ' \\n' | git commit-tree -p HEAD^ HEAD^{{tree}}); {OTHERS}", False,
    ),
    'a message that ends in line breaks': (
        f"tick 1a; git reset -q --soft $(printf 'one\\n\\n\\n' | git commit-tree -p HEAD^ HEAD^{{tree}}); {OTHERS}", True,
    ),
    'signing that is on without a value': (
        f'tick 1a; {OTHERS}; signer >../gpg; chmod +x ../gpg; git config gpg.program "$PWD/../gpg"; printf "[commit]\\n gpgSign\\n" >>.git/config', False,
    ),
    'fixups': (f'git config rebase.autoSquash true; tick 1a; tick 2a; git commit -q --amend -m "fixup! docs(roadmap): complete 1a"; {OTHERS}', True),
    'a name in which case matters': (
        f'git config core.ignoreCase true; sed s/ROADMAP/roadmap/ -i *.toml; cp ROADMAP.md roadmap.md; git add -A .; git -c core.ignoreCase=false add roadmap.md; git commit -qam both; git push -q; tick 1a roadmap.md; {OTHERS.replace("4c", "4c roadmap.md")}', True,
    ),
    'a replaced commit': (
        f"tick 1a; git replace $(git rev-parse HEAD) $(echo other | git commit-tree -p HEAD^ HEAD^{{tree}}); {OTHERS}", True,
    ),
    'a replaced blob': (
        f"tick 1a; git replace $(git rev-parse HEAD:ROADMAP.md) $(sed s/2b/xx/ ROADMAP.md | git hash-object -w --stdin); tick 2a; {OTHERS}", True,
    ),
    'a grafted commit': (
        f"tick 1a; tick 2a; tick 3a; git replace --graft HEAD HEAD^^; {OTHERS}", True,
    ),
    'a date in no zone of this world': (f'tick 1a; remake "s/^author.*/author A <a@b> 5 +1401/"; {OTHERS}', False),
    'a message in no encoding': (f'tick 1a; remake "s/complete/\\xfc/"; {OTHERS}', False),
    'a message of no characters': (f'tick 1a; remake "s/complete/\\xef\\xb7\\x90/"; {OTHERS}', False),
    'sha-256': ('', True),
    'another file too': (f'tick 1a; echo more >>other.md; git commit -qam more; {OTHERS}', False),
    'a new file': (f'tick 1a; echo more >new.md; git add .; git commit -qm more; {OTHERS}', False),
    'an empty commit': (f'tick 1a; git commit -q --allow-empty -m nothing; {OTHERS}', False),
    'a merge': ('git switch -qc side; tick 1a; git switch -q main; tick 2c; git merge -q side -m m;' + OTHERS, False),
    'a mode': (f'chmod +x ROADMAP.md; git commit -qam mode; {OTHERS}', False),
    'they moved it': ('tick 1a; theirs "git mv ROADMAP.md plan.md; git commit -qm moved"', False),
    'they changed the mode': ('tick 1a; theirs "chmod +x ROADMAP.md; git commit -qam mode"', False),
    'they changed attributes': (
        'tick 1a; theirs "echo \'*.md text\' >.gitattributes; git add .; git commit -qam attributes"', False,
    ),
    'they changed attributes beneath': (
        'tick 1a "deep/pl än.md"; theirs "echo \'*.md text\' >deep/.gitattributes; git add .; git commit -qam a"', False,
    ),
    'they changed the configuration': (
        'tick 1a; theirs "echo >>roadmap-md.toml; git commit -qam configuration"', False,
    ),
    'an attribute': (f'echo "*.md merge=text" >.git/info/attributes; tick 1a; {OTHERS}', False),
    'another encoding': (f'git -c i18n.commitEncoding=ISO-8859-1 commit -q --allow-empty -m ü; tick 1a; {OTHERS}', False),
    'messages in another encoding': (f'git config i18n.commitEncoding ISO-8859-1; tick 1a; {OTHERS}', False),
    **{
        hook: (f'tick 1a; {OTHERS}; hook {hook}', False)
        for hook in picks.HOOKS
    },
}  # fmt: skip
# The rest is of the same kinds.
OFTEN = (
    'they did the same and took it back', 'a name in which case matters', 'a message in no encoding',
    'many', 'two trackers', 'they did the same', 'they did all of it', 'another author', 'text', 'sha-256',
    'another file too', 'a merge', 'they moved it', 'they changed attributes beneath', 'post-rewrite',
)  # fmt: skip
FORMAT = '%an|%ae|%ad|%cn|%T|%B'


@pytest.mark.parametrize(
    ('script', 'is_direct'),
    [
        pytest.param(*case, marks=[pytest.mark.long] * (name not in OFTEN), id=name)
        for name, case in CASES.items()
    ],
)
def test_as_git_does(tmp_path: Path, script: str, is_direct: bool) -> None:
    (tmp_path / 'plan').write_text(PLAN)
    variables = {} if script else {'GIT_DEFAULT_HASH': 'sha256'}
    done(tmp_path, FUNCTIONS + START + (script or f'tick 1a; {OTHERS}'), **variables)
    ours, git_s = tmp_path / 'ours', tmp_path / "git's own"
    done(tmp_path, f'cp -r ours "{git_s}"')
    done(git_s, 'git fetch -q; git rebase -q --rebase-merges @{u} 2>&1')
    traced = tmp_path / 'trace'
    said = done(ours, 'roadmap-md sync --no-push', GIT_TRACE=str(traced))
    assert 'and yours on top' in said
    assert ('worktree add' not in traced.read_text()) == is_direct
    log = f"git log --date=raw --format='{FORMAT}'"
    assert done(ours, log) == done(git_s, log)
    assert (
        done(ours, 'git status --porcelain; git fsck --strict 2>&1 | grep -v dangling || true')
        == ''
    )
    assert done(ours, 'git for-each-ref --format="%(refname)" refs/roadmap-md') == ''
    assert not (ours / '.git/roadmap-md/rebase').exists()
    assert not [*ours.glob('.git/fast_import_crash_*')]
