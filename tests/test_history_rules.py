"""What the rules over history find, in repositories made by lines of shell.

What is found stands as ``CODE commit: task``: the commit that the message names, and the task on
whose line it stands, or ``-`` for the top of the file.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from test_history import build
from worktree import sh

from roadmap_md.commands.recall import Recalls
from roadmap_md.config import Config
from roadmap_md.lint import Diagnostic, lint
from roadmap_md.project import Project
from roadmap_md.rule import Rule, examples, page_of
from roadmap_md.rules import HISTORY_RULES

NOW = datetime(2026, 1, 20, 12, tzinfo=UTC)  # a Tuesday; the histories begin on Monday 5 January
ALL = Config(select=('RM4', 'RM408'))


def found(
    path: Path, config: Config = ALL, span: str | None = None, since: str | None = None,
    now: datetime = NOW,
) -> list[Diagnostic]:  # fmt: skip
    """What is found in the tracker at *path*, and in its past."""
    project = Project(str(path.parent), config)
    recall = Recalls(project, span, since, now).of(str(path))
    return lint(path.read_bytes(), str(path), config, now.date(), recall=recall).diagnostics


def said(diagnostics: Sequence[Diagnostic], subjects: dict[str, str], data: bytes) -> str:
    names = {commit[:7]: subject for commit, subject in subjects.items() if commit}
    lines = data.decode().splitlines()
    rows = []
    for code, message, line in (
        (d.rule.code, d.problem.message, d.start.line) for d in diagnostics
    ):
        named = re.search(r'\b[0-9a-f]{7}\b', message)
        title = re.sub(r'^\W*(?:x\] )?(?:Day \d – )?', '', lines[line - 1].strip())
        rows.append(f'{code} {names[named[0]] if named else "now"}: {"-" if line == 1 else title}')
    return ' | '.join(rows)


# Days pass with `sleep`; `deleted` takes the line with a title away; `declare` adds a line of rules.
MORE = """
sleep() { T=$((T + 86400 * $1)); }
deleted() { sed -i "/$1/d" "$F"; commit "without $1"; }
declare() { sed -i "2i Rules: $1" "$F"; commit rules; }
says() { git commit -q --amend -m "$(git log -1 --format=%s)" -m "$1"; }
archive() { grep -h "$1" "$F" >> archive.md; sed -i "/$1/d" "$F"; commit archive; }
"""

A_WEEK = 'ticked Lists; sleep 1; ticked Tuples; sleep 1; ticked Read'
CASES = {
    'a week': (A_WEEK, ''),
    # RM401
    'two on a day, undeclared': ('ticked Lists; ticked Tuples', ''),
    'two on a day': ('declare "No rushing."; ticked Lists; ticked Tuples', 'RM401 Tuples: Tuples'),
    'three on a day are said once': (
        'declare "No rushing."; ticked Lists; ticked Tuples; ticked Read', 'RM401 Tuples: Tuples'
    ),
    'two in one commit': ('declare "No rushing."; tick Lists; tick Tuples; commit a', 'RM401 a: Tuples'),
    'one a day': ('declare "No rushing.";' + A_WEEK, ''),
    'one of two is taken back': (
        'declare "No rushing."; ticked Lists; reset Lists; commit a; says why; ticked Tuples', ''
    ),
    'taken back a day later': (
        'declare "No rushing."; ticked Lists; ticked Tuples; sleep 1; reset Lists; commit a; says why',
        'RM401 Tuples: Tuples',
    ),
    'one task twice': (
        'declare "No rushing."; ticked Lists; reset Lists; commit a; says why; ticked Lists', ''
    ),
    'two people, one each': (
        'declare "No rushing."; ticked Lists; GIT_AUTHOR_EMAIL=bob@example.com ticked Tuples', ''
    ),
    'one person by two names': (
        'declare "No rushing."; ticked Lists; GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=ADA@example.com ticked Tuples',
        'RM401 Tuples: Tuples',
    ),
    'before the rule was declared': ('ticked Lists; ticked Tuples; declare "No rushing."', 'RM401 Tuples: Tuples'),
    'a task and the one above it': (
        'printf -- "No rushing\\n\\n- [ ] a\\n  - [ ] Day 1 – b\\n  - [ ] Day 2 – c\\n" > "$F"; commit new; sleep 1;'
        'sed -i "s/\\[ \\] Day 1/[x] Day 1/" "$F"; commit b; sleep 1; sed -i "s/\\[ \\]/[x]/" "$F"; commit c', '',
    ),
    # A day is the author's.
    'before and after midnight': (
        'declare "No rushing."; tick Lists; git add .; GIT_AUTHOR_DATE=2026-01-06T23:50:00+0100 git commit -qm a;'
        ' tick Tuples; git add .; GIT_AUTHOR_DATE=2026-01-07T00:10:00+0100 git commit -qm b', '',
    ),
    'one day in two zones, a day apart': (
        'declare "No rushing."; tick Lists; git add .; GIT_AUTHOR_DATE=2026-01-06T00:10:00+1400 git commit -qm a;'
        ' tick Tuples; git add .; GIT_AUTHOR_DATE=2026-01-06T23:50:00-1100 git commit -qm b', 'RM401 b: Tuples',
    ),
    'the committers day does not count': (
        'declare "No rushing."; tick Lists; git add .; GIT_AUTHOR_DATE=2026-01-06T12:00:00Z git commit -qm a;'
        ' tick Tuples; git add .; GIT_AUTHOR_DATE=2026-01-07T12:00:00Z git commit -qm b', '',
    ),
    # RM402
    'reopened': ('ticked Lists; reset Lists; commit a', 'RM402 a: Lists'),
    'reopened, and in progress': ('ticked Lists; begin Lists; commit a', 'RM402 a: Lists'),
    'reopened with a reason': ('ticked Lists; reset Lists; commit a; says "forgot it all"', ''),
    'reopened with trailers alone': (
        'ticked Lists; reset Lists; commit a; says "Roadmap-Task: w1d1\nRoadmap-Status: not-started"', 'RM402 a: Lists'
    ),
    'reopened with a reason and trailers': (
        'ticked Lists; reset Lists; commit a; says "forgot\n\nRoadmap-Task: w1d1\nRoadmap-Status: not-started"', ''
    ),
    'reverted': ('ticked Lists; git revert --no-edit HEAD >/dev/null', ''),
    'cancelled': (
        'printf -- "- [ ] a\\n" > "$F"; commit new; sed -i s/.\\]/x]/ "$F"; commit a; sed -i s/.\\]/-]/ "$F"; commit b', ''
    ),
    'reopened and completed again': ('ticked Lists; reset Lists; commit a; ticked Lists', 'RM402 a: Lists'),
    'reopened in a task that is gone': (
        'ticked Lists; reset Lists; commit a; deleted Lists', 'RM402 a: -'
    ),
    # RM403; working days of weeks with three days
    'stalled, undeclared': ('ticked Lists', ''),
    'stalled': ('declare "Tick daily."; ticked Lists', 'RM403 now: Tuples'),
    'stalled, as another sentence says': ('declare "Stay consistent."; ticked Lists', 'RM403 now: Tuples'),
    'before the first tick': ('declare "Tick daily."', ''),
    'ticked yesterday': ('declare "Tick daily."; ticked Lists; sleep 14; ticked Read', ''),
    'all is done': ('declare "Tick daily."; edit "s/^\\[ \\] D/✅ D/"; commit a', 'RM405 a: Lists'),
    # RM404
    'deleted': ('ticked Lists; deleted Lists', 'RM404 without Lists: -'),
    'deleted before it was completed': ('deleted Lists', ''),
    'deleted in progress': ('begin Lists; commit a; deleted Lists', ''),
    'deleted in the first version': ('ticked Lists; git checkout -q --orphan new; deleted Lists', ''),
    'deleted two': ('ticked Lists; sleep 1; ticked Read; edit "/Lists|Read/d"; commit a', 'RM404 a: -'),
    'deleted and brought back': ('ticked Lists; deleted Lists; git revert --no-edit HEAD >/dev/null', ''),
    'deleted and brought back by hand, elsewhere': (
        'ticked Lists; deleted Lists; printf "✅ Day 1 – Lists  \\n" >> "$F"; deleted Write; commit a', ''
    ),
    'deleted and brought back, open': (
        'ticked Lists; deleted Lists; git revert --no-edit HEAD >/dev/null; reset Lists; commit a; says why',
        'RM404 without Lists: Lists',
    ),
    'retitled': ('ticked Lists; edit "s/Lists/Arrays/"; commit a', ''),
    'moved': ("ticked Lists; edit '/Day 1 – Lists/{h;d};/Day 2 – Tuples/G'; commit a", ''),
    'renumbered': ("ticked Lists; edit 's/Day 1 – Lists/Day 7 – Lists/'; commit a", ''),
    'its section renamed': ('ticked Lists; edit "s/Week 1 – Data/Unit 3 – Structures/"; commit a', ''),
    'the file renamed': ('ticked Lists; git mv "$F" plan.md; F=plan.md; commit a', ''),
    'the file deleted and restored': (
        'ticked Lists; git rm -q "$F"; commit a; git checkout -q HEAD~ -- "$F"; commit b', ''
    ),
    'archived': ('ticked Lists; archive Lists', ''),
    'archived, and open there': (
        'ticked Lists; echo "- [ ] Day 1 – Lists" > archive.md; deleted Lists', 'RM404 without Lists: -'
    ),
    'archived before, so not now': (
        'ticked Lists; echo "- [x] Day 1 – Lists" > archive.md; commit a; deleted Lists', 'RM404 without Lists: -'
    ),
    'archived, where one of that title is': (
        'ticked Lists; sleep 1; ticked Read; edit "s/Read/Lists/"; commit a; sleep 1;'
        ' archive "Day 1 – Lists"; true', '',
    ),
    'one archived, another of that title deleted': (
        'echo "- [x] Day 1 – Lists" > archive.md; commit a; ticked Lists; echo "- [ ] Day 2 – More" >> archive.md;'
        ' deleted Lists', 'RM404 without Lists: -',
    ),
    'replaced by another plan': (
        'ticked Lists; printf "# Rust\\n\\n- [ ] Ownership\\n- [ ] Lifetimes\\n" > "$F"; commit a', ''
    ),
    'replaced by nothing': ('ticked Lists; printf "# Rust\\n" > "$F"; commit a', 'RM404 a: -'),
    'deleted on a branch, and merged': (
        'ticked Lists; branch side; deleted Lists; switch main; ticked Read; merge side', 'RM404 without Lists: -'
    ),
    'deleted by a merge': (
        'ticked Lists; branch side; ticked Write; switch main; ticked Tuples; git merge -q --no-commit side >/dev/null;'
        ' deleted Lists', 'RM404 without Lists: -',
    ),
    # RM405
    'three at once': ('tick Lists; tick Tuples; tick Read; commit a', ''),
    'four at once': ('tick Lists; tick Tuples; tick Read; tick Write; commit a', 'RM405 a: Lists'),
    'four at once, one of them gone': (
        'tick Lists; tick Tuples; tick Read; tick Write; commit a; edit "/Lists/d"; commit b', 'RM404 b: - | RM405 a: Tuples'
    ),
    'the first version': (
        'git checkout -q --orphan new; tick Lists; tick Tuples; tick Read; tick Write; commit a', ''
    ),
    'appeared completed': (
        'for n in 4 5 6 7; do printf "✅ Day $n – More $n  \\n" >> "$F"; done; commit a', ''
    ),
    'merged': ('branch side;' + A_WEEK + '; ticked Write; switch main; other o; merge side', ''),
    'squashed': (
        'branch side;' + A_WEEK + '; ticked Write; switch main; git merge -q --squash side >/dev/null; commit squash',
        'RM405 squash: Lists',
    ),
    # RM406
    'a claim': ('ticked Lists; says "Roadmap-Task: week-1/day-1\nRoadmap-Status: completed"', ''),
    'a claim by another name': ('ticked Lists; says "Roadmap-Task: w1d1\nRoadmap-Status: completed"', ''),
    'a false claim': ('other o; says "Roadmap-Task: w1d1\nRoadmap-Status: completed"', 'RM406 o: Lists'),
    'a false claim, of a task that is none': (
        'ticked Lists; says "Roadmap-Task: w9d9\nRoadmap-Status: completed"', 'RM406 Lists: -'
    ),
    'a false claim in the first commit': (
        'git checkout -q --orphan new; other o; says "Roadmap-Task: w1d1\nRoadmap-Status: completed"', 'RM406 o: Lists'
    ),
    'a fixup of a claim': ('other "fixup! o"; says "Roadmap-Task: w1d1\nRoadmap-Status: completed"', ''),
    'a merge of a claim': (
        'branch side; ticked Lists; switch main; other o; merge side; says "Roadmap-Task: w1d1\nRoadmap-Status: completed"',
        '',
    ),
    # RM407
    'tomorrow': ('tick Lists; git add .; GIT_AUTHOR_DATE=2026-01-21T11:59:00Z git commit -qm a', ''),
    'the day after': ('tick Lists; git add .; GIT_AUTHOR_DATE=2026-01-21T12:01:00Z git commit -qm a', 'RM407 a: Lists'),
    'the day after, two': (
        'tick Lists; tick Read; git add .; GIT_AUTHOR_DATE=2026-02-21T12:01:00Z git commit -qm a', 'RM407 a: Lists'
    ),
    'in another zone it is later': ('tick Lists; git add .; GIT_AUTHOR_DATE=2026-01-22T01:50:00+1400 git commit -qm a', ''),
    'reopened the day after': (
        'ticked Lists; reset Lists; git add .; GIT_AUTHOR_DATE=2026-02-21T12:01:00Z git commit -qm a -m why', ''
    ),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'expected'), CASES.values(), ids=CASES)
def test_histories(script: str, expected: str, tmp_path: Path) -> None:
    path, subjects = build(tmp_path, MORE + script)
    diagnostics = found(path, Config(select=('RM4',)))
    assert said(diagnostics, subjects, path.read_bytes()) == expected


JOURNAL = re.compile(
    r'(\d{4}-\d\d-\d\d)  (?:\((?P<today>today)\)|(?P<what>.*?)(?:  “(?P<why>.*)”)?)'
)
MARKERS = {'·': '[ ]', '▸': '[/]', '✓': '[x]'}
TITLES = ('Lists', 'Tuples', 'Sets', 'Practice', 'Files')


def told(directory: Path, journal: bytes) -> tuple[Path, dict[str, int], date]:
    """The repository whose journal that is, the line of each of its commits, and the last day."""
    directory.mkdir()
    done = sh(directory, 'git init -q -b main; git config maintenance.auto false')
    path = directory / 'ROADMAP.md'
    rules = 'Rules: No rushing. Tick daily.\n\n'
    path.write_text(rules + ''.join(f'- [ ] Day {n}: {t}\n' for n, t in enumerate(TITLES, 1)))
    sh(directory, 'git add .; git commit -qm plan')
    lines, day = {}, ''
    for number, row in enumerate(journal.decode().splitlines(), 1):
        match = JOURNAL.fullmatch(row)
        assert match, row
        day = match[1]
        if match['today']:
            continue
        for change in match['what'].split(', '):
            how, title = change.split(' ')
            new = rf's|\[.\] (.*{title})|{MARKERS.get(how, "")} \1|'
            sh(directory, f"sed -Ei '{f'/{title}/d' if how == 'deleted' else new}' ROADMAP.md")
        done = sh(
            directory, 'git commit -qam tick -m "$WHY"; git rev-parse HEAD',
            WHY=match['why'] or '', GIT_AUTHOR_DATE=f'{day}T12:00:00Z',
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        lines[done.stdout[:7]] = number
    return path, lines, date.fromisoformat(day)


@pytest.mark.parametrize('rule', HISTORY_RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    for number, example in enumerate(examples(page_of(rule))):
        for name, journal, expected in (
            ('before', example.before, example.reported),
            ('after', example.after, ()),
        ):
            path, lines, last = told(tmp_path / f'{name}{number}', journal)
            day = min(last, date(2026, 2, 1))
            now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
            messages = [
                d.problem.message for d in found(path, Config(select=(rule.code,)), now=now)
            ]
            named = [re.search(r'\b[0-9a-f]{7}\b', message) for message in messages]
            today = len(journal.splitlines())
            assert tuple(lines[at[0]] if at else today for at in named) == expected, messages


SAID = {
    'RM401': (
        'declare "No rushing."; ticked Lists; ticked Tuples; ticked Read',
        'the 2nd of 3 tasks completed on 2026-01-05 in {Tuples}, at most 1 a day',
    ),
    'RM402': ('ticked Lists; reset Lists; commit a', 'reopened on 2026-01-05 in {a} without a reason'),
    'RM402, gone': (
        'ticked Lists; reset Lists; commit a; deleted Lists',
        "'Lists' (week-1/day-1): reopened on 2026-01-05 in {a} without a reason",
    ),
    'RM403': (
        'declare "Tick daily."; ticked Lists',
        'next, but nothing was completed since 2026-01-05; 5 days were missed, at most 1',
    ),
    'RM404': (
        'ticked Lists; deleted Lists',
        "'Lists' (week-1/day-1) was completed, and deleted on 2026-01-05 in {without Lists}",
    ),
    'RM404, two': (
        'ticked Lists; ticked Read; edit "/Lists|Read/d"; commit a',
        "'Lists' (week-1/day-1) and 'Read' (week-2/day-1) were completed, and deleted on 2026-01-05 in {a}",
    ),
    'RM404, four': (
        'ticked Lists; ticked Tuples; ticked Read; ticked Write; edit "/Lists|Tuples|Read|Write/d"; commit a',
        "'Lists' (week-1/day-1), 'Tuples' (week-1/day-2) and 2 more were completed,"
        ' and deleted on 2026-01-05 in {a}',
    ),
    'RM405': (
        'tick Lists; tick Tuples; tick Read; tick Write; commit a',
        'the first of 4 tasks completed at once on 2026-01-05 in {a}, at most 3',
    ),
    'RM406': (
        'other o; says "Roadmap-Task: w1d1\nRoadmap-Status: completed"',
        'is claimed to be completed on 2026-01-05 in {o},'
        " but 'Lists' on line 16 of ROADMAP.md is not started",
    ),
    'RM407': (
        'tick Lists; git add .; GIT_AUTHOR_DATE=2026-02-21T12:01:00Z git commit -qm a',
        'completed on 2026-02-21 in {a}, which is yet to come',
    ),
    'RM408': ('ticked Lists', 'completed on 2026-01-05 in {Lists} without having been in progress'),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'expected'), SAID.values(), ids=SAID)
def test_what_is_said(
    script: str, expected: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path, subjects = build(tmp_path, MORE + script)
    code = request.node.callspec.id[:5]
    diagnostics = found(path, Config(select=(code,)))
    names = {subject: commit[:7] for commit, subject in subjects.items()}
    assert [d.problem.message for d in diagnostics] == [expected.format_map(names)]
    for problem in (d.problem for d in diagnostics if code != 'RM403'):
        assert problem.commit[:7] in problem.message


REST = {
    # name: what is configured, the day it is, how many days were missed
    'the day itself': ({}, (5, 23), 0),
    'the day after, which is not over': ({}, (6, 23), 0),
    'one day': ({}, (7, 1), 0),
    'two days': ({}, (8, 1), 2),
    'more may be missed': ({'max_idle_days': 2}, (8, 1), 0),
    'a weekend': ({'rest_days': (5, 6), 'max_idle_days': 4}, (12, 23), 0),
    'a weekend, and no day of rest': ({'rest_days': (), 'max_idle_days': 4}, (12, 23), 6),
    'a pause': ({'pauses': ((date(2026, 1, 6), date(2026, 1, 18)),)}, (20, 1), 0),
    'days of rest in any week': ({'rest_days': 5}, (12, 1), 0),
    'of no interest': ({'consistency': False}, (20, 1), 0),
}  # fmt: skip


@pytest.mark.parametrize(('configured', 'moment', 'missed'), REST.values(), ids=REST)
def test_days_of_rest(
    configured: dict, moment: tuple[int, int], missed: int, tmp_path: Path
) -> None:
    path = tmp_path / 'ROADMAP.md'
    path.write_text('Stay consistent.\n\n- [ ] Day 1\n- [ ] Day 2\n')
    sh(
        tmp_path,
        'git init -q; git add .; git commit -qm plan; sed -i "s/ . Day 1/x] Day 1/" ROADMAP.md; git commit -qam a',
    )
    config = Config(select=('RM403',))._replace(**configured)
    diagnostics = found(path, config, now=datetime(2026, 1, *moment, tzinfo=UTC))
    said = [re.search(r'(\d+) days were missed', d.problem.message) for d in diagnostics]
    assert [int(at[1]) for at in said if at] == [missed] * bool(missed)


@pytest.mark.parametrize('here', ['UTC', 'Etc/GMT-14', 'XXX+12'])
def test_a_day_is_the_authors_wherever_it_is_read(here: str, tmp_path: Path) -> None:
    script = (
        'declare "No rushing."; tick Lists; git add .; GIT_AUTHOR_DATE=2026-01-06T00:10:00+1400 git commit -qm a;'
        ' tick Tuples; git add .; GIT_AUTHOR_DATE=2026-01-06T23:50:00-1100 git commit -qm b;'
        ' tick Read; git add .; GIT_AUTHOR_DATE=2026-01-07T00:10:00-1100 git commit -qm c'
    )
    path, _ = build(tmp_path, MORE + script)
    ended = sh(
        path.parent, 'roadmap-md lint --history --select RM401 --output-format concise', TZ=here
    )
    assert re.findall(r'^ROADMAP\.md:(\d+)', ended.stdout, re.M) == ['18'], ended.stdout
