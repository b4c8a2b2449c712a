"""Many learners with one plan: each as if he were alone, and those who cannot be read by name."""

import csv
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

import click
import pytest
from worktree import done, sh

from roadmap_md import git
from roadmap_md.__main__ import main
from roadmap_md.cli import roadmap_md
from roadmap_md.cohort import ONLY, SORTS, quartiles
from roadmap_md.config import Config
from roadmap_md.course import Tick
from roadmap_md.gather import Source, gather
from roadmap_md.git import refs
from roadmap_md.known_tips import KnownTips
from roadmap_md.lint import errors_only, lint
from roadmap_md.order import next_task
from roadmap_md.output.terminal import width
from roadmap_md.past import past_at
from roadmap_md.plan_outline import outline_of
from roadmap_md.stats import count
from roadmap_md.status import STATUSES
from roadmap_md.stencil import Stencils
from roadmap_md.survey import Clock, Survey
from roadmap_md.ticks import Wanted, ticks
from roadmap_md.tracker import read_tracker
from roadmap_md.vocabulary import Preference

PLAN = '# Plan\n\n## Week 1\n' + ''.join(f'- [ ] Day {at} – thing {at}\n' for at in range(1, 7))
TODAY = date(2026, 3, 1)
# What a learner does next; $n is a number.
DEEDS = {
    'tick': "sed -i 's/\\[[ x]\\] Day '$n' /[x] Day '$n' /' $f; git commit -qam tick",
    'start': "sed -i 's/\\[ \\] Day '$n' /[\\/] Day '$n' /' $f; git commit -qam start",
    'reset': "sed -i 's/\\[.\\] Day '$n' /[ ] Day '$n' /' $f; git commit -qam reset",
    'emoji': "sed -i 's/\\[ \\] Day '$n' /✅ Day '$n' /' $f; git commit -qam emoji",
    'other work': 'echo $n >>code.py; git add code.py; git commit -qm code',
    'retitle': "sed -i 's/Day '$n' – .*/Day '$n' – something else/' $f; git commit -qam retitle",
    'add': "echo '- [ ] Day 1'$n' – more' >>$f; git commit -qam add",
    'remove': "sed -i '/Day '$n' /d' $f; git commit -qam remove",
    'prose': "sed -i '2i Some words, '$n'.' $f; git commit -qam prose",
    'damage': "printf '\\377' >>$f; git commit -qam damage; git revert --no-edit HEAD >/dev/null",
    'merge': 'git checkout -q -b side HEAD~1 || exit 0; echo $n >side$s; git add side$s\n'
             'git commit -qm side; git checkout -q -; git merge -q --no-edit side; git branch -D side',
    'rename': 'git mv $f plan.md; git commit -qm away; git mv plan.md $f; git commit -qm back',
    'delete': 'git rm -q $f; git commit -qm gone; git revert --no-edit HEAD >/dev/null',
}  # fmt: skip


def learners(folder: Path, number: int, chance: random.Random, deeds: list[str]) -> None:
    """A repository with so many branches, on each of which something was done."""
    (folder / 'ROADMAP.md').write_text(PLAN)
    done(folder, 'git init -q -b main; git add .; git commit -qm "docs: the plan"')
    seconds = 1_767_600_000
    for at in range(number):
        rows = [f'git checkout -q -b learner/{at} main']
        for _ in range(chance.randrange(14)):
            seconds += chance.randrange(90_000)
            zone = chance.choice(['+0000', '+0930', '-0800'])
            for who in ('AUTHOR', 'COMMITTER'):
                rows.append(f"export GIT_{who}_DATE='{seconds} {zone}'")
            rows.append(f'n={chance.randrange(1, 7)} s={seconds} f=ROADMAP.md')
            rows.append(f'( {DEEDS[chance.choice(deeds)]} ) >/dev/null 2>&1 || true')
        done(folder, '\n'.join(rows))
    done(folder, 'git checkout -q main')


@pytest.mark.parametrize('part', range(2))
def test_each_is_told_as_if_alone(
    part: int, tmp_path: Path, long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('roadmap_md.ticks.AT_ONCE', 5)
    chance = random.Random(part)
    deeds = (
        ['tick', 'start', 'reset', 'emoji', 'other work']
        if part == 0
        else [*DEEDS, *['tick', 'start'] * 5]
    )
    learners(tmp_path, 100 if long else 12, chance, deeds)
    repo = git.at(str(tmp_path))
    found = refs.matching(repo, ('refs/heads/learner',))
    held = [one for one in refs.held(repo, found, 'ROADMAP.md') if one.data]
    wanted = [Wanted(one.ref.commit, read_tracker(one.data or b'')) for one in held]
    told = list(ticks(repo, 'ROADMAP.md', Preference(), wanted))
    assert sum(map(len, told)) >= len(wanted)
    for one, plan, made in zip(held, wanted, told, strict=True):
        head = git.Head(one.ref.commit, '', one.data)
        alone = past_at(repo, 'ROADMAP.md', head, Preference())
        expected = [
            Tick(of.date.toordinal(), of.current, STATUSES.index(of.before), STATUSES.index(of.after))
            for of in alone.transitions
            if of.current >= 0 and of.date
        ]  # fmt: skip
        assert sorted(made) == sorted(expected), one.ref.name
        assert plan.plan.data == one.data
    so_far: list[tuple[int, int]] = []
    source = Source(str(tmp_path), ('refs/heads/learner',), clock=Clock(TODAY))
    group = gather(source, lambda *counts: so_far.append(counts))
    assert so_far == [(count, len(held)) for count in range(5, len(held) + 1, 5)]
    by_name = {one.source: one for one in group.learners}
    for one in held:
        tracker = read_tracker(one.data or b'')
        learner = by_name[one.ref.name]
        assert learner.counts == count(tracker.state)
        current = next_task(tracker)
        assert learner.current == ('' if current is None else tracker.tasks[current].key)
    assert sum(plan.learners for plan in group.plans.values()) == len(held)


DAMAGE = """file() { echo .git/objects/$(git rev-parse "$1" | sed 's,^..,&/,'); }
damage() { for at in "$@"; do chmod u+w "$at"; head -c 30 "$at" >half; cat half >"$at"; done; }
"""
# What is wrong with a clone of the plan, what is said of it; '' where nothing is.
BROKEN = {
    'nothing': (':', ''),
    'other branch': ('git switch -q -c trunk; git branch -qD main', ''),
    'hostile': ("printf -- '- [ ] \\033]0;x\\a<script>=1+1|`%s`\\n' >>ROADMAP.md; git commit -qam x", ''),
    'work in progress': ('echo "- [x] a" >>ROADMAP.md', ''),
    'bare': ('rm ROADMAP.md; mv .git/* .; rm -rf .git; git config core.bare true', ''),
    'detached': ('git checkout -q --detach; git branch -qD main', ''),
    'in a rebase': ('git checkout -q --detach; mkdir .git/rebase-merge', ''),
    'sha256': ('rm -rf .git; git init -q --object-format=sha256; git add .; git commit -qm x', ''),
    'a file': ('cd ..; rm -rf "a file"; echo x >"a file"', 'this is no directory'),
    'no repository': ('rm -rf .git', 'this is no git repository'),
    'no head': ('rm .git/HEAD', 'this is no git repository'),
    'no objects': ('rm -rf .git/objects', 'this is no git repository'),
    'half a config': ('echo "[core" >>.git/config', 'git cannot work there: fatal: bad config'),
    'of the future': (
        'git config core.repositoryFormatVersion 99',
        'git cannot work there: fatal: Expected git repo version <= 1, found 99',
    ),
    'a lost worktree': ('rm -rf .git; echo gitdir: /gone >.git', 'fatal: not a git repository: /gone'),
    'empty': ('rm -rf .git; git init -q', 'there is no commit yet'),
    'unborn': (
        'git symbolic-ref HEAD refs/heads/master',
        'HEAD names a branch without commits; other branches have some',
    ),
    'a lost branch': (
        f'echo {"1" * 40} >.git/refs/heads/main',
        "the commit that HEAD names is missing or damaged; 'git fsck' tells more",
    ),
    'no index of a pack': (
        'git repack -qad; damage .git/objects/pack/*.idx',
        "the commit that HEAD names is missing or damaged; 'git fsck' tells more",
    ),
    'half a commit': ('damage $(file HEAD)', 'is corrupt'),
    'no tree': (
        'rm -f $(file HEAD^{tree})', "git cannot read what the commit holds; 'git fsck' tells more"
    ),
    'no object': (
        'rm -f $(file HEAD:ROADMAP.md)', "ROADMAP.md is missing or damaged; 'git fsck' tells more"
    ),
    'half an object': (
        'damage $(file HEAD:ROADMAP.md)', "ROADMAP.md is missing or damaged; 'git fsck' tells more"
    ),
    'partial': (
        'git config uploadpack.allowFilter true; cd ..\n'
        'git clone -q --no-checkout --filter=blob:none "file://$PWD/partial" p\n'
        'rm -rf partial; mv p partial', 'ROADMAP.md was left out of this partial clone',
    ),
    'shallow': (
        'git commit -q --allow-empty -m x; cd ..; git clone -q --depth 1 "file://$PWD/shallow" s\n'
        'rm -rf shallow; mv s shallow',
        'a shallow clone: what was done before its oldest commit is not known',
    ),
    'a lost past': (
        'git commit -q --allow-empty -m x; echo >>ROADMAP.md; git commit -qam x; rm -f $(file HEAD~1)',
        'the history cannot be read: fatal: cannot simplify commit',
    ),
    'another past': (
        'echo >>ROADMAP.md; git commit -qam x; git replace --graft HEAD',
        'commits are grafted or replaced: what git tells may not be what happened',
    ),
    'no tracker': ('git rm -q ROADMAP.md; git commit -qm x', 'there is no ROADMAP.md'),
    'a directory': (
        'git rm -q ROADMAP.md; mkdir ROADMAP.md; echo x >ROADMAP.md/x; git add .; git commit -qm x',
        'ROADMAP.md is a directory',
    ),
    'a link': ('ln -sf plan.md ROADMAP.md; git commit -qam x', 'ROADMAP.md is a symbolic link'),
    'a submodule': (
        'git rm -q ROADMAP.md; git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),ROADMAP.md\n'
        'git commit -qm x', 'ROADMAP.md is a submodule',
    ),
    'in lfs': (
        "printf 'version https://git-lfs.github.com/spec/v1\\nsize 9\\n' >ROADMAP.md; git commit -qam x",
        'ROADMAP.md is in Git LFS, of which git itself has a pointer only',
    ),
    'no tasks': ('echo "# Plan" >ROADMAP.md; git commit -qam x', 'ROADMAP.md has no tasks'),
    'binary': ("printf '\\0' >>ROADMAP.md; git commit -qam x", 'ROADMAP.md is no text: it has NUL bytes'),
    'latin': ("printf '\\344' >>ROADMAP.md; git commit -qam x", 'ROADMAP.md is not UTF-8'),
    'utf-16': (
        'iconv -t UTF-16 ROADMAP.md >x; mv x ROADMAP.md; git commit -qam x',
        'ROADMAP.md is UTF-16, not UTF-8',
    ),
    'conflict': (
        "printf '<<<<<<< a\\n=======\\n>>>>>>> b\\n' >>ROADMAP.md; git commit -qam x",
        'ROADMAP.md has conflict markers',
    ),
    'huge': (
        'head -c 20000000 /dev/zero | tr "\\0" "\\n" >ROADMAP.md; git commit -qam x',
        'ROADMAP.md has 20000000 bytes',
    ),
}  # fmt: skip


def clones(folder: Path, names: Iterable[str], sound: int = 0) -> Path:
    """Repositories that are BROKEN as the *names* say, and *sound* ones, named by numbers."""
    (folder / 'ROADMAP.md').write_text(PLAN.replace('[ ] Day 1', '[x] Day 1'))
    done(folder, 'git init -q -b main; git add .; git commit -qm plan; mkdir clones')
    for name in names:
        done(folder, f'mkdir "clones/{name}"; cp -r .git ROADMAP.md "clones/{name}"')
        done(folder / 'clones' / name, DAMAGE + BROKEN[name][0])
    done(folder, f'for at in $(seq {sound}); do mkdir clones/$at; cp -r .git clones/$at; done')
    return folder / 'clones'


def test_the_broken_are_named_and_stop_nobody(tmp_path: Path, long: bool) -> None:
    made = clones(tmp_path, BROKEN, 1_000 - len(BROKEN) if long else 10)
    ended = sh(made, 'roadmap-md cohort --history --output-format json *')
    assert ended.returncode == 1, ended.stdout
    told = json.loads(ended.stdout)
    troubles = {one['learner']: one['trouble'] for one in told['lost']}
    expected = {name: said for name, (_, said) in BROKEN.items() if said}
    assert troubles.keys() == expected.keys()
    assert len(expected) >= 20
    for name, said in expected.items():
        assert said in troubles[name] and '\n' not in troubles[name]
    sound = {one['learner']: one['completed'] for one in told['learners'] if 'trouble' not in one}
    assert sound == {path.name: 1 for path in made.iterdir() if path.name not in expected}


def test_who_is_damaged_does_not_stop_those_who_share_the_repository(tmp_path: Path) -> None:
    learners(tmp_path, 8, random.Random(3), ['tick'])
    done(tmp_path, DAMAGE + """
    for name in 2 4 5; do
      git switch -q learner/$name; git commit -q --allow-empty -m x
      echo "- [ ] $name" >>ROADMAP.md; git commit -qam x
    done
    rm -f $(file learner/2:ROADMAP.md); damage $(file learner/4:ROADMAP.md); rm -f $(file learner/5~1)
    """)  # fmt: skip
    ended = sh(tmp_path, "roadmap-md cohort --refs 'refs/heads/learner' --history --json")
    assert ended.returncode == 1
    told = json.loads(ended.stdout)
    sound = {one['learner']: one for one in told['learners'] if 'trouble' not in one}
    assert {*sound} == {f'learner/{at}' for at in (0, 1, 3, 6, 7)}
    assert all(one['active_days'] > 0 for one in sound.values() if one['completed'])
    assert {one['learner']: one['trouble'].partition(' commit')[0] for one in told['lost']} == {
        'learner/2': "ROADMAP.md is missing or damaged; 'git fsck' tells more",
        'learner/4': "ROADMAP.md is missing or damaged; 'git fsck' tells more",
        'learner/5': 'the history cannot be read: fatal: cannot simplify',
    }


@pytest.mark.parametrize(
    'arguments, names',
    [
        ('ann/plan bo/plan', 'ann/plan bo/plan'),
        ('ann/plan bo/plan cy', 'ann/plan bo/plan cy'),
        ('cy --refs refs/heads', 'main'),
        ('cy ann/plan --refs refs/heads', 'cy/main plan/main'),
        ('ann/plan bo/plan --refs refs/heads', 'ann/plan/main bo/plan/main'),
        ('ann bo/plan nobody/plan', 'ann bo/plan nobody/plan'),
    ],
)
def test_no_two_have_one_name(tmp_path: Path, arguments: str, names: str) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    done(tmp_path, 'git init -q -b main; git add .; git commit -qm plan; mkdir ann bo cy')
    done(tmp_path, 'for at in ann/plan bo/plan cy; do mkdir -p $at; cp -r .git $at; done')
    out = sh(tmp_path, f'roadmap-md cohort --output-format json-lines {arguments}').stdout
    assert sorted(json.loads(row)['learner'] for row in out.splitlines()) == names.split()


def test_whose_past_is_not_known_is_told_of_once(tmp_path: Path) -> None:
    made = clones(tmp_path, ['shallow'], 1)
    command = 'roadmap-md cohort --history --today 2026-03-06 --output-format'
    rows = [json.loads(row) for row in sh(made, f'{command} json-lines *').stdout.splitlines()]
    assert [(row['learner'], row['completed'], 'trouble' in row) for row in rows] == [
        ('1', 1, False), ('shallow', 1, True),
    ]  # fmt: skip
    told = json.loads(sh(made, f'{command} json --anonymous *').stdout)
    assert [row['learner'] for row in told['learners']] == ['learner 1', 'learner 2']
    assert [row['learner'] for row in told['lost']] == ['learner 2']
    table = csv.reader(io.StringIO(sh(made, f'{command} csv * 2>/dev/null').stdout))
    assert {len(row) for row in table} == {14}
    assert 'shallow  ██░░░░░░░░░░░░░░     1/6  16%\n' in sh(made, f'{command} text *').stdout


def test_a_screen_is_wide_enough(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN.replace('thing', '学习者👨‍👩‍👧' * 9))
    name = '学习者👨‍👩‍👧' * 9
    done(tmp_path, f'git init -q -b {name}; git add .; git commit -qm plan')
    for options in ('', '--lint', '--history', '--lint --history'):
        rows = done(tmp_path, f'COLUMNS=80 roadmap-md cohort {options}').splitlines()
        assert max(map(width, rows)) <= 80


def test_who_is_blocked_is_not_done(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text('- [x] one\n- ⛔ two\n')
    done(tmp_path, 'git init -q -b ada; git add .; git commit -qm plan')
    assert '1/2  50%  1 blocked' in done(tmp_path, 'roadmap-md cohort')
    assert '<td>1 blocked' in done(tmp_path, 'roadmap-md cohort --output-format html')


@pytest.mark.parametrize(
    'damage',
    [
        'rm -rf .git/roadmap-md; touch .git/roadmap-md',
        'echo x >.git/roadmap-md/tips.sqlite',
        'sql "delete from plan"',
        'sql "update plan set outline = 1"',
        "sql \"update plan set outline = replace(outline, 'thing', 'other')\"",
        'sql "update tips set states = zeroblob(length(states))"',
        'sql "update stamp set said = 1"',
        'sql "drop table tips"',
        'sql "update tips set commits = substr(commits, 2)"',
        'sql "update tips set states = x\'00\'"',
        'sql "update tips set current = null"',
        'sql "update tips set counts = states"',
        'sql "update tips set plan = null"',
    ],
)
def test_nothing_depends_on_what_is_kept(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / 'a?b#c%41 é'
    folder.mkdir()
    (folder / 'ROADMAP.md').write_text(PLAN)
    done(folder, 'git init -q -b main; git add .; git commit -qm plan')
    done(folder, 'for at in $(seq 60); do git branch $at; done')
    told = done(folder, 'roadmap-md cohort --json')
    assert (folder / '.git/roadmap-md/tips.sqlite').exists()
    done(
        folder,
        f'sql() {{ python -c "import sqlite3, sys\nwith sqlite3.connect(\'.git/roadmap-md/tips.sqlite\') as base: base.execute(sys.argv[1])" "$1"; }}; {damage}',
    )
    for _ in range(2):
        assert done(folder, 'roadmap-md cohort --json') == told


def test_tables_of_another_version_are_replaced(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / 'tips.sqlite')) as base:
        base.executescript('create table stamp (said blob); create table plan (name text)')
    (tmp_path / 'roadmap-md').mkdir()
    (tmp_path / 'tips.sqlite').rename(tmp_path / 'roadmap-md/tips.sqlite')
    read = Stencils().read(b'- [ ] one\n- [x] two\n')
    assert read
    outline, survey = outline_of(read.example), Survey()
    tips = {'a' * 40: survey.tip(outline, read.state)}
    kept = KnownTips(str(tmp_path), 'ROADMAP.md', None)
    kept.save(tips, [outline], 1)
    assert kept.load().tips == tips


def test_what_is_kept_does_not_grow_without_end(tmp_path: Path) -> None:
    kept, survey = KnownTips(str(tmp_path), 'ROADMAP.md', None), Survey()
    for number in range(30):
        read = Stencils().read(b'- [ ] one\n- [x] and %d\n' % number)
        assert read
        outline = outline_of(read.example)
        tips = {f'{number:040}': survey.tip(outline, read.state)}
        kept.save(tips, [outline], 1)
        known = kept.load()
        assert known.tips.items() >= tips.items()
        assert len(known.tips) == len(known.outlines) <= 6


def test_several_may_read_at_once(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    done(tmp_path, 'git init -q -b main; git add .; git commit -qm plan')
    done(tmp_path, 'for at in $(seq 60); do git branch $at; done')
    told = done(tmp_path, 'roadmap-md cohort --json')
    cache = tmp_path / '.git/roadmap-md'
    for _ in range(3):
        shutil.rmtree(cache)
        done(tmp_path, 'for at in 1 2 3 4; do roadmap-md cohort --json >../$at & done; wait')
        for at in range(1, 5):
            assert (tmp_path.parent / str(at)).read_text() == told
        assert done(tmp_path, 'roadmap-md cohort --json') == told
        assert [one.name for one in cache.iterdir()] == ['tips.sqlite']


@pytest.mark.parametrize(
    'pattern, lost', [('refs/heads', ['bob']), ('refs/heads/b*', ['bob']), ('refs/heads/*a', [])]
)
def test_a_damaged_ref_is_named(tmp_path: Path, pattern: str, lost: list[str]) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    done(tmp_path, 'git init -q -b ada; git add .; git commit -qm plan; : >.git/refs/heads/bob')
    ended = sh(tmp_path, f"roadmap-md cohort --json --refs '{pattern}'")
    told = json.loads(ended.stdout)
    assert [one['learner'] for one in told['lost']] == lost
    assert ended.returncode == bool(lost)


def test_nothing_in_a_title_acts(tmp_path: Path) -> None:
    made = clones(tmp_path, ['hostile'])
    for form in ('text', 'json', 'json-lines', 'csv', 'markdown'):
        ended = sh(made, f'roadmap-md cohort --output-format {form} hostile')
        assert '\033' not in ended.stdout
        assert '\a' not in ended.stdout


def test_without_names_no_trouble_tells_who(tmp_path: Path) -> None:
    made = clones(tmp_path, ['binary', 'empty', 'no head'])
    ended = sh(made, 'roadmap-md cohort --anonymous --output-format csv *')
    assert ended.stdout.splitlines()[1:] == [
        'roadmap-md: learner 1: ROADMAP.md is no text: it has NUL bytes',
        'roadmap-md: learner 2: there is no commit yet',
        'roadmap-md: learner 3: this is no git repository',
    ]
    (made / 'list').write_text('one /home/lovelace/plan\n')
    ended = sh(made, 'roadmap-md cohort --anonymous --output-format csv --fetch list')
    assert ended.stdout.splitlines()[1:] == ['roadmap-md: learner 1: git failed']
    done(made, 'git clone -q --bare empty/../../.git lovelace')
    (made / 'list').write_text(f'one {made}/lovelace\n')
    done(made, 'roadmap-md cohort --fetch list; rm -rf lovelace')
    ended = sh(made, 'roadmap-md cohort --anonymous --output-format csv --fetch list')
    assert ended.stdout.splitlines()[2:] == ['roadmap-md: learner 1: not fetched now']


def test_without_names_no_order_tells_who(tmp_path: Path) -> None:
    """Whoever has a list of all could count in it."""
    (tmp_path / 'ROADMAP.md').write_text('- [ ] one\n- [ ] two\n')
    done(tmp_path, 'git init -q -b ada; git add .; git commit -qm plan; git branch cy')
    done(tmp_path, 'git switch -qc bob; echo "- [ ] a" >>ROADMAP.md; git commit -qam bob')
    command = 'roadmap-md cohort --anonymous --output-format'
    for name in ('csv', 'json-lines', 'json', 'markdown', 'text', 'html'):
        one = done(tmp_path, f'{command} {name}')
        done(tmp_path, 'git branch -qm ada x; git branch -qm bob ada; git branch -qm x bob')
        assert done(tmp_path, f'{command} {name}') == one
    ended = sh(tmp_path, f'{command} csv --sort name')
    assert (ended.returncode, ended.stdout.splitlines()[0]) == (
        2, 'roadmap-md: in the order of their names they are not anonymous',
    )  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    rows = ['git init -q -b main; git add .; git commit -qm plan']
    for name, days in {'ada': '123456', 'bob': '12', 'cy': '', 'di': '1'}.items():
        rows.append(f'git checkout -q -b {name} main')
        for at, day in enumerate(days):
            when = f'2026-02-{20 + at}T12:00:00+0000'
            rows.append(f"sed -i 's/\\[ \\] Day {day}/[x] Day {day}/' ROADMAP.md")
            rows.append(f"GIT_AUTHOR_DATE={when} git commit -qam 'day {day}'")
    rows.append(
        "echo '- [ ] Day 7 – mine' >>ROADMAP.md; git commit -qam mine; git checkout -q main"
    )
    for name, days in {'eve': '3', 'fay': '46'}.items():
        rows.append('git checkout -q --detach main')
        rows += [f"sed -i 's/\\[ \\] Day {day}/[x] Day {day}/' ROADMAP.md" for day in days]
        rows.append(f'git commit -qam wrong; git update-ref refs/wrong/{name} HEAD')
    rows.append('git checkout -q main')
    rows.append('git tag v1 ada; git tag -a -m x v2 bob; git tag of-a-blob ada:ROADMAP.md')
    rows.append('git update-ref refs/remotes/origin/di di')
    rows.append('git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/di')
    done(tmp_path, '\n'.join(rows))
    return tmp_path


@pytest.mark.parametrize(
    'options, names',
    [
        ('', 'ada bob di cy main'),
        ('--template main', 'ada bob di cy'),
        ('--template main --sort name', 'ada bob cy di'),
        ('--template main --sort last', 'ada bob di cy'),
        ('--template main --sort streak', 'ada bob cy di'),
        ('--template main --only finished', 'ada'),
        ('--template main --only unfinished', 'bob di cy'),
        ('--template main --only not-begun', 'cy'),
        ('--template main --only changed', 'di'),
        ('--refs refs/wrong --only problems', 'wrong/fay wrong/eve'),
        ('--refs refs/wrong --refs refs/heads/bob --sort problems', 'wrong/fay wrong/eve bob'),
        ('--template main --only stuck --today 2026-03-07', 'bob di'),
        ('--template main --at week-1/day-3', 'bob'),
        ('--template main --anonymous', 'learner_1 learner_2 learner_3 learner_4'),
        ("--refs 'refs/heads/[ab]*'", 'ada bob'),
        ('--refs refs/heads/di', 'di'),
        ('--refs refs/heads/di --file ./ROADMAP.md', 'di'),
        ('--refs refs/tags', 'v1 v2'),
        ('--refs refs/remotes', 'origin/di'),
        ('--refs refs/remotes --refs refs/heads/cy', 'origin/di cy'),
    ],
)
def test_who_is_shown(small: Path, options: str, names: str) -> None:
    out = done(
        small,
        f'roadmap-md cohort --today 2026-02-25 {options} --output-format csv'.replace(
            '--today 2026-02-25 ' if '--today' in options else '\0', ''
        ),
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row['learner'].replace(' ', '_') for row in rows] == names.split()


def test_the_whole(small: Path) -> None:
    out = done(small, 'roadmap-md cohort --template main --history --today 2026-02-25 --json')
    told = json.loads(out)
    assert [(one['learner'], one['last'], one['streak']) for one in told['learners']] == [
        ('ada', '2026-02-25', 6), ('bob', '2026-02-21', 0), ('di', '2026-02-20', 0), ('cy', None, 0),
    ]  # fmt: skip
    assert [(stage['passed'], stage['here']) for stage in told['stages']] == [
        (3, 1), (2, 1), (1, 1), (1, 0), (1, 0), (1, 0),
    ]  # fmt: skip
    (changed,) = told['changed']
    assert (changed['learners'], changed['added'], changed['removed']) == (1, ['Day 7 – mine'], [])


def test_errors_are_counted_by_rule(small: Path) -> None:
    command = 'roadmap-md cohort --lint --refs refs/wrong --refs refs/heads/bob'
    told = json.loads(done(small, f'{command} --json'))['learners']
    assert {one['learner']: one['errors'] for one in told} == {
        'wrong/fay': {'RM301': 2}, 'wrong/eve': {'RM301': 1}, 'bob': {},
    }  # fmt: skip
    assert '\n  2 with errors: RM301 2\n' in done(small, command)
    rows = csv.DictReader(
        io.StringIO(done(small, f'{command} --sort problems --output-format csv'))
    )
    assert [(row['errors'], row['broken_rules']) for row in rows] == [
        ('2', 'RM301'), ('1', 'RM301'), ('0', ''),
    ]  # fmt: skip


def test_the_errors_are_those_of_each_alone(tmp_path: Path) -> None:
    """Whether the refs are known already or not."""
    learners(tmp_path, 12, random.Random(7), [*DEEDS])
    same = "seq 60 | sed 's,.*,create refs/heads/same/& refs/heads/learner/3,'"
    done(tmp_path, f'{same} | git update-ref --stdin')
    first, again, plain = (
        sh(tmp_path, f'roadmap-md cohort {options} --output-format json-lines').stdout.splitlines()
        for options in ('--lint', '--lint', '')
    )
    assert first == again
    read = [one for one in map(json.loads, first) if 'trouble' not in one]
    assert len(read) > 60
    broken = 0
    files = {
        commit: done(tmp_path, f'git show {commit}:ROADMAP.md').encode()
        for commit in {one['commit'] for one in read}
    }
    for one in read:
        data = files[one['commit']]
        codes = [of.rule.code for of in lint(data, '', errors_only(Config()), TODAY).diagnostics]
        assert one.pop('errors') == {code: codes.count(code) for code in codes}
        broken += len(codes)
    assert broken > 5
    assert read == [one for one in map(json.loads, plain) if 'trouble' not in one]


@pytest.mark.parametrize('form', ['text', 'json', 'json-lines', 'csv', 'markdown', 'html'])
def test_a_file_has_what_is_printed(
    form: str, small: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also where one is there already, and no tracker is, or that is another file."""
    monkeypatch.chdir(small)
    command = ['cohort', '--template', 'main', '--today', '2026-03-01', '--output-format', form]
    assert main(command) == 0
    printed = capfd.readouterr().out
    for _ in range(2):
        assert main([*command, '-o', 'made']) == 0
        assert capfd.readouterr().out == ''
        assert Path('made').read_text() == printed
        Path('ROADMAP.md').unlink(missing_ok=True)
    Path('ROADMAP.md').write_text(PLAN)
    assert main([*command, '-o', 'ROADMAP.md']) == 2
    assert 'is the tracker itself' in capfd.readouterr().err
    assert Path('ROADMAP.md').read_text() == PLAN


def test_a_file_that_was_there_is_replaced_whole_or_not_at_all(small: Path) -> None:
    made = small / 'made/it.json'
    made.parent.mkdir()
    command = 'roadmap-md cohort --json -o made/it.json'
    made.write_text('of old\n')
    ended = sh(small, f'(ulimit -f 1; {command})')
    assert (ended.returncode, made.read_text()) == (2, 'of old\n')
    assert 'cannot be written (File too large)' in ended.stdout
    assert [*made.parent.iterdir()] == [made]
    done(small, command)
    assert json.loads(made.read_text())['learners']


def test_every_choice_is_offered() -> None:
    offered = {
        one.name: list(one.type.choices)
        for one in roadmap_md.commands['cohort'].params
        if isinstance(one.type, click.Choice)
    }
    assert (offered['only'], offered['sort']) == ([*ONLY], [*SORTS])


@pytest.mark.parametrize(
    'numbers, expected',
    [
        ([], None), ([4], (4, 4, 4)), ([1, 2], (1, 1, 2)), ([1, 2, 3, 4], (1, 2, 3)),
        ([0, 0, 0, 9], (0, 0, 0)),
    ],
)  # fmt: skip
def test_quartiles(numbers: list[int], expected: tuple[int, int, int] | None) -> None:
    assert quartiles({number: numbers.count(number) for number in numbers}) == expected


@pytest.mark.parametrize(
    'command, said',
    [
        ('roadmap-md cohort --template nobody', "'nobody' names no commit here"),
        ('roadmap-md cohort --file plan.md --template main', "'main' has no plan.md"),
        ('roadmap-md cohort --at week-9/day-9', "no plan has a task 'week-9/day-9'"),
        ('roadmap-md cohort --refs refs/none', 'there are no learners'),
        ("roadmap-md cohort --file 'a\nb'", 'a line break in the name of a file'),
        ('roadmap-md cohort --fetch f --refs x', '--fetch has a list of all learners'),
        ('roadmap-md cohort --fetch f .', '--fetch has a list of all learners'),
        ('roadmap-md cohort --into x', '--into says where to fetch'),
        ('cd /; roadmap-md cohort', 'this is no git repository'),
    ],
)
def test_bad_input(small: Path, command: str, said: str) -> None:
    ended = sh(small, command)
    assert ended.returncode in (1, 2)
    assert said in ended.stdout
    assert 'Traceback' not in ended.stdout


def test_an_interruption_ends_it_at_once(small: Path, tmp_path: Path) -> None:
    """Also while git is at work, which is interrupted with it."""
    slow = tmp_path / 'slow'
    slow.mkdir()
    (slow / 'git').write_text(
        f'#!/bin/sh\ncase " $* " in *" --topo-order "*) touch {slow}/begun; exec sleep 100;; esac\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    (slow / 'git').chmod(0o755)
    command = [sys.executable, '-m', 'roadmap_md', 'cohort', '--history', '--refs', 'refs/heads']
    path = f'{slow}{os.pathsep}{os.environ["PATH"]}'
    with subprocess.Popen(
        command, cwd=small, env={**os.environ, 'PATH': path}, start_new_session=True,
        stdout=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            while not (slow / 'begun').exists():
                assert process.poll() is None
                time.sleep(0.01)
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(30) == 130
        finally:
            process.kill()
