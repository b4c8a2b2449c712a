"""``diff``: every change between two versions is told once, and nothing else is."""

import json
import random
import shutil
from pathlib import Path
from time import process_time

import pytest
from test_merge import DOCUMENTS, ticked
from worktree import Work, done, sh, work_tree

from roadmap_md.difference import Difference, difference
from roadmap_md.output.text import name
from roadmap_md.status import Status
from roadmap_md.tracker import read_tracker

SIGNS = {
    Status.NOT_STARTED: '.', Status.IN_PROGRESS: '~', Status.COMPLETED: 'x',
    Status.BLOCKED: '!', Status.CANCELLED: '-',
}  # fmt: skip


def told(one: Difference) -> str:
    """The difference in a line: ``A .>x | new B . | gone C x | A called D | moved E | -old +new``."""
    before, after = one.before, one.after
    parts = [
        f'{name(after, pair.new)} {SIGNS[one.went(pair)[0]]}>{SIGNS[one.went(pair)[1]]}'
        for pair in one.transitions
    ]
    parts += [f'new {name(after, at)} {SIGNS[after.state[at]]}' for at in one.added]
    parts += [f'gone {name(before, at)} {SIGNS[before.state[at]]}' for at in one.removed]
    parts += [f'{name(before, p.old)} called {name(after, p.new)}' for p in one.retitled]
    parts += [f'moved {name(after, pair.new)}' for pair in one.moved]
    old, new = before.data.split(b'\n'), after.data.split(b'\n')
    for lines in one.text:
        rows = [f'-{old[at].decode()}' for at in lines.old]
        parts.append(' '.join([*rows, *(f'+{new[at].decode()}' for at in lines.new)]))
    return ' | '.join(parts)


def told_of(before: str, after: str) -> str:
    return told(difference(read_tracker(before.encode()), read_tracker(after.encode())))


PLAN = '# Plan\n\n## Week 1\n\n- [ ] Lists\n- [ ] Tuples\n\n## Week 2\n\n- [ ] Dicts\n- [x] Sets\n'
TABLE = '| Day | Status |\n|---|---|\n| One | todo |\n| Two | done |\n'
# What is done to a version, as replacements in it, and what is told of that.
CASES = {
    'nothing': (PLAN, [], ''),
    'a tick': (PLAN, [('[ ] Tuples', '[x] Tuples')], 'Tuples .>x'),
    'two, and a reset': (
        PLAN, [('[ ] Tuples', '[x] Tuples'), ('[ ] Dicts', '[/] Dicts'), ('[x] Sets', '[ ] Sets')],
        'Tuples .>x | Dicts .>~ | Sets x>.',
    ),
    'another spelling': (PLAN, [('[x] Sets', '[X] Sets')], '-- [x] Sets +- [X] Sets'),
    'a task more': (PLAN, [('- [ ] Tuples\n', '- [ ] Tuples\n- [x] Graphs\n')], 'new Graphs x'),
    'a task less': (PLAN, [('- [x] Sets\n', '')], 'gone Sets x'),
    'another title': (PLAN, [('Tuples', 'Tuples, and more')], 'Tuples called Tuples, and more'),
    'another title, ticked': (
        PLAN, [('[ ] Tuples', '[x] Tuples, and more')],
        'Tuples, and more .>x | Tuples called Tuples, and more',
    ),
    'another place': (PLAN, [('- [x] Sets\n', ''), ('- [ ] Tuples', '- [x] Sets\n- [ ] Tuples')], 'moved Sets'),
    'another order': (
        PLAN.replace('Tuples', 'Tuples\n- [ ] Trees\n- [ ] Graphs'),
        [('- [ ] Lists\n', ''), ('- [ ] Graphs\n', '- [ ] Graphs\n- [ ] Lists\n')], 'moved Lists',
    ),
    'a week put in before it': (
        PLAN, [('## Week 2', '## Week 2\n\n- [ ] Strings\n\n## Week 3')],
        'new Strings . | +## Week 3',
    ),
    'text': (PLAN, [('# Plan\n', '# The plan\n\nFor me.\n')], '-# Plan +# The plan + +For me.'),
    'blank lines': (PLAN, [('- [ ] Dicts', '\n- [ ] Dicts')], '+'),
    'blank lines beside a tick': (PLAN, [('- [ ] Dicts', '\n- [x] Dicts')], 'Dicts .>x'),
    'two weeks made one': (PLAN, [('\n## Week 2\n\n', '')], 'moved Dicts | moved Sets | -## Week 2'),
    'a count that goes with a tick': (
        PLAN.replace('Week 1', 'Week 1 [0/2]'), [('[ ] Tuples', '[x] Tuples'), ('0/2', '1/2')],
        'Tuples .>x',
    ),
    'a count alone': (
        PLAN.replace('Week 1', 'Week 1 [0/2]'), [('0/2', '1/2')], '-## Week 1 [0/2] +## Week 1 [1/2]',
    ),
    'a cell': (TABLE, [('todo', 'done')], 'One .>x'),
    'a cell, and its row': (TABLE, [('One | todo', 'Ones | done')],
        'Ones .>x | One called Ones'),
    'another form': (
        '- [ ] A\n- [x] B\n', [('[ ]', '⬜'), ('[x]', '✅')], '-- [ ] A -- [x] B +- ⬜ A +- ✅ B',
    ),
}  # fmt: skip


@pytest.mark.parametrize('case', CASES.values(), ids=CASES)
@pytest.mark.parametrize('end', ['\n', '\r\n'])
def test_what_is_told(case: tuple[str, list[tuple[str, str]], str], end: str) -> None:
    before, edits, wanted = case
    after = before
    for old, new in edits:
        after = after.replace(old, new, 1)
    said = told_of(before.replace('\n', end), after.replace('\n', end)).replace('\r', '')
    assert said == wanted
    back = told_of(after.replace('\n', end), before.replace('\n', end))
    assert bool(back) == bool(wanted)


def test_ends_of_lines_are_no_text() -> None:
    """A file that an editor has saved with CRLF is told of once, and a tick in it as ever."""
    after = PLAN.replace('[ ] Tuples', '[x] Tuples').replace('\n', '\r\n')
    one = difference(read_tracker(PLAN.encode()), read_tracker(after.encode()))
    assert (told(one), len(one.ends)) == ('Tuples .>x', PLAN.count('\n'))
    assert not difference(one.after, one.after).ends


def test_a_plan_of_which_each_title_changed() -> None:
    """The blank lines between them are not all compared with each other."""
    weeks = (f'## Week {week}\n\n- [ ] Day 1: Thing {week}\n\n' for week in range(1, 1001))
    before = ''.join(weeks)
    after = before.replace('[ ]', '[x]').replace('Thing', 'Think')
    start = process_time()
    one = difference(*(read_tracker(data.encode()) for data in (before, after)))
    assert len(one.retitled) == len(one.transitions) == 1000 and not one.text
    assert process_time() - start < 8


def test_what_cannot_be_written_is_told_once() -> None:
    """A status that comes from the heading above changes as the line moves."""
    before = '# Plan\n\n## Done\n\n- Lists\n\n## Planned\n\n- Sets\n- Dicts\n'
    after = '# Plan\n\n## Done\n\n- Lists\n- Sets\n\n## Planned\n\n- Dicts\n'
    assert told_of(before, after) == 'Sets .>x | moved Sets'


def test_statuses_alone_are_told_and_nothing_else(long: bool) -> None:
    """So they are beside other text, which is told as it is."""
    many = changed = 0
    for seed in range(3_000 if long else 150):
        chance = random.Random(seed)
        data = ticked(chance, chance.choice(DOCUMENTS).read_bytes())
        before, after = read_tracker(data), read_tracker(ticked(chance, data))
        wanted = [
            (at, was, now)
            for at, (was, now) in enumerate(zip(before.state, after.state, strict=True))
            if was is not now
        ]
        one = difference(before, after)
        found = [(pair.new, *one.went(pair)) for pair in one.transitions]
        assert (found, any(one[3:])) == (wanted, False), seed
        many += len(wanted)
        more = b'\n\nSomething new, no. %d\n' % seed
        with_text = read_tracker(after.data + more)
        if with_text.skeleton.tasks == after.skeleton.tasks and with_text.state == after.state:
            one = difference(before, with_text)
            assert [(pair.new, *one.went(pair)) for pair in one.transitions] == wanted, seed
            rows = with_text.data.split(b'\n')
            new = [rows[at] for lines in one.text for at in lines.new]
            assert more.strip() in new and not any(one[3:7]), seed
            # the last line had no end, or the blanks that a hard break is made of
            assert {row for row in new if row.strip()} <= {
                more.strip(),
                after.data.split(b'\n')[-1],
            }
            changed += 1
    assert many > (2_500 if long else 100) and changed > many / 4


@pytest.fixture
def work(tmp_path: Path) -> Work:
    work = work_tree(tmp_path / 'work', PLAN)
    work.sh(
        'git tag one; sed -i "s/ ] Lists/x] Lists/" ROADMAP.md; git commit -qam two; git tag two'
    )
    work.sh('sed -i "s/ ] Tuples/x] Tuples/" ROADMAP.md; git add .')
    work.sh('sed -i "s/ ] Dicts/x] Dicts/" ROADMAP.md; cp ROADMAP.md ../copy.md')
    return work


VERSIONS = {
    '': 'Tuples Dicts',
    'one': 'Lists Tuples Dicts',
    'one two': 'Lists',
    'one..two': 'Lists',
    'one..': 'Lists',
    '..one': 'Lists',
    'two one': 'Lists',
    'ROADMAP.md': 'Tuples Dicts',
    ':ROADMAP.md': 'Dicts',
    'HEAD :ROADMAP.md': 'Tuples',
    'one:ROADMAP.md ../copy.md': 'Lists Tuples Dicts',
    'one ROADMAP.md': 'Lists Tuples Dicts',
    '../copy.md ROADMAP.md': '',
    'ROADMAP.md one': 'Lists Tuples Dicts',
    '-f ROADMAP.md two': 'Tuples Dicts',
}


@pytest.mark.parametrize(('versions', 'wanted'), VERSIONS.items(), ids=VERSIONS)
def test_versions(work: Work, versions: str, wanted: str) -> None:
    was = work.snapshot()
    (found,) = json.loads(done(work.top, f'roadmap-md diff --json {versions}'))['files']
    assert ' '.join(one['title'] for one in found['transitions']) == wanted
    ended = sh(work.top, f'roadmap-md diff --exit-code {versions}')
    assert (ended.returncode, work.snapshot()) == (bool(wanted), was)


REFUSED = {
    'nope': "git knows no revision 'nope'",
    'HEAD:nope.md': "git knows no file 'HEAD:nope.md'",
    '-- --output=x': "git knows no revision '--output=x'",
    'one...two': 'write two',
    'one two three': 'more than two versions',
    '-f nope.md': 'neither HEAD nor the work tree has it',
    'HEAD:': "'HEAD:' is no file",
    '../copy.md nul.md': 'nul.md has a NUL byte',
    'nul.md ../copy.md': 'roadmap-md: nul.md has a NUL byte',
    'nul.md': 'has a NUL byte',
    'conflict.md': 'has conflict markers',
}


@pytest.mark.parametrize(('versions', 'said'), REFUSED.items(), ids=REFUSED)
def test_what_is_refused(work: Work, versions: str, said: str) -> None:
    (work.top / 'nul.md').write_bytes(b'- [ ] A\0\n')
    (work.top / 'conflict.md').write_text('<<<<<<< a\n- [ ] A\n=======\n- [x] A\n>>>>>>> b\n')
    ended = sh(work.top, f'roadmap-md diff {versions}')
    assert (ended.returncode, said in ended.stdout) == (2, True), ended.stdout


def test_before_the_first_commit(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    ended = sh(tmp_path, 'git init -q; roadmap-md diff')
    assert (ended.returncode, 'nothing is committed yet' in ended.stdout) == (2, True)


@pytest.mark.parametrize(('says', 'told'), [('true', ''), ('false', 'lines have CRLF now')])
def test_line_ends_that_git_has_written(work: Work, says: str, told: str) -> None:
    work.sh(f'git config core.autocrlf {says}; git checkout -q .; sed -i "s/$/\\r/" ROADMAP.md')
    work.file.write_bytes(work.file.read_bytes().replace(b'\r\r', b'\r'))
    printed = sh(work.top, 'roadmap-md diff').stdout
    assert told in printed and ('ends of lines' in printed) is bool(told), printed


def test_a_file_that_had_another_name(work: Work) -> None:
    work.sh('git commit -qam three; git mv ROADMAP.md plan.md; git commit -qm move')
    printed = done(work.top, 'roadmap-md diff --json one -f plan.md')
    assert len(json.loads(printed)['files'][0]['transitions']) == 3


def test_without_a_repository(tmp_path: Path) -> None:
    (tmp_path / 'a.md').write_text(PLAN)
    (tmp_path / 'b.md').write_text(PLAN.replace('[ ] Lists', '[x] Lists'))
    assert '· → ✓  week 1' not in done(tmp_path, 'roadmap-md diff a.md b.md')
    assert '· → ✓  Lists' in done(tmp_path, 'roadmap-md diff a.md b.md')
    assert 'name two files' in sh(tmp_path, 'roadmap-md diff one').stdout


@pytest.mark.parametrize('output_format', ['text', 'json', 'markdown'])
def test_nothing_acts(tmp_path: Path, output_format: str) -> None:
    (tmp_path / 'a.md').write_text('# ```\n\n- [ ] A\n')
    (tmp_path / 'b.md').write_text('# ````\n\n- [x] B \x1b[31m\u202e <b>|`\n\n```\n\x1b]0;x\x07\n')
    printed = done(tmp_path, f'roadmap-md diff a.md b.md --output-format {output_format}')
    assert not set('\x1b\x07\u202e') & set(printed)
    if output_format == 'markdown':
        assert printed.count('\n`````') == 2 and '<b>' not in printed.partition('`````')[0]


# The driver that `install` sets up: over which heading git says that a change is.

HEADINGS = {
    'bare-lines-french-crlf': '## Semaine 1', 'boxes-in-many-forms': '## Woche 2',
    'damaged': '## Week 1 â€“ Data â€œtypesâ€', 'emoji-lists': '## Ventajas',
    'headings-with-statuses': '## 🚀 Launch', 'legend-as-one-item': '## 第三周',
    'legend-of-characters': '### [o] Sort', 'log-of-days': '### Day 3: April 22, 2020',
    'mixed-line-ends': '# Mixed', 'odd-blanks-and-ends': '## Week 2\tDONE',
    'second-statuses': '# Week 1', 'sections-as-statuses': '## À faire',
    'status-lines': '## Módulo 7', 'table-in-cjk': '# 学習計画',
    'table-of-markers': '## Phase 1: The rest', 'table-of-people': '# 스터디',
    'table-of-words': '# Piano di studio', 'everything': '### Guidance', 'bom-crlf-no-newline': '', 'html-table': '',
    'legend-and-bare-lines-crlf': '### Week 2', 'boxes-in-weeks': '## Week 2: 数据',
}  # fmt: skip


@pytest.mark.parametrize(
    'path', [p for p in DOCUMENTS if p.name != 'ROADMAP.md'], ids=lambda path: path.stem
)
def test_headings_of_hunks(tmp_path: Path, path: Path) -> None:
    work = work_tree(tmp_path, path.read_bytes().decode())
    done(work.top, 'roadmap-md install; echo; printf "\\nmore\\n" >> ROADMAP.md')
    (hunk,) = (row for row in work.git('diff', '-U0').splitlines() if row.startswith('@@'))
    assert hunk.rpartition('@@')[2].strip() == HEADINGS[path.stem]


def test_headings_of_punctuation_are_none(tmp_path: Path) -> None:
    work = work_tree(tmp_path, '# ======\n# PHASE 1\n# ======\n\nText.\n\n- [ ] A\n- [ ] B\n')
    done(work.top, 'roadmap-md install; sed -i "s/ ] B/x] B/" ROADMAP.md')
    for shown in (
        'git diff -U0', 'git stash -q; git stash show -p -U0; git stash pop -q', 'echo q | git add -p',
        'git -c core.hooksPath= commit -qam "B"; git log -p -U0 -1', 'git show -U0',
    ):  # fmt: skip
        assert '@@ # PHASE 1' in done(work.top, shown), shown


ATTRIBUTES = {
    # what there is before, and what git uses for the tracker after `install`
    'nothing': ('', 'roadmap-md'),
    'an older install': (
        'roadmap-md install >/dev/null; sed -i "s/ diff=.*//" .git/info/attributes;'
        ' git config --remove-section diff.roadmap-md', 'roadmap-md',
    ),
    'another driver': ('echo "*.md diff=markdown" > .gitattributes', 'markdown'),
    'no diff': ('echo "*.md -diff" > .gitattributes', 'unset'),
    'a driver of that name': ('git config diff.roadmap-md.xfuncname x', 'unspecified'),
}  # fmt: skip


@pytest.mark.parametrize('case', ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_what_somebody_else_has_said_stays(tmp_path: Path, case: tuple[str, str]) -> None:
    before, wanted = case
    work = work_tree(tmp_path, PLAN)
    done(work.top, before + '\n:')
    own = 'git config --get-regexp "^diff" || :; git check-attr diff ROADMAP.md'
    was = done(work.top, own)
    done(work.top, 'roadmap-md install')
    assert done(work.top, 'git check-attr diff merge -- ROADMAP.md').split()[2::3] == [
        wanted, 'roadmap-md',
    ]  # fmt: skip
    assert 'there already: the merge driver' in done(work.top, 'roadmap-md install')
    done(work.top, 'roadmap-md uninstall')
    assert done(work.top, own) == was
    assert not (work.top / '.git/info/attributes').exists()


def test_no_driver_is_asked_where_history_is_read(work: Work) -> None:
    work.sh('git commit -qam three; echo "ROADMAP.md diff=own" > .gitattributes')
    log = done(work.top, 'roadmap-md log --json; roadmap-md diff one two')
    for kind in ('textconv', 'command'):
        work.sh(f'git config diff.own.{kind} false')
    shutil.rmtree(work.directory() / 'roadmap-md')
    assert done(work.top, 'roadmap-md log --json; roadmap-md diff one two') == log
