"""The log equals what was done: random edits, merges, rebases and renames, made by real git.

Each task has a word in its title that no edit touches. So a reader that knows nothing of trackers
can say what every commit did: it looks at each version of the only Markdown file, on the side of
each parent.
"""

import os
import random
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from roadmap_md import git
from roadmap_md.past import read_past
from roadmap_md.vocabulary import Preference

MARKERS = {'[ ]': 'not-started', '🟨': 'in-progress', '✅': 'completed'}
TASK = re.compile(r'(?m)^(?:- )?(\[ \]|🟨|✅) .*\b(k\d+k)\b')
LEGEND = '# Legend\n\n[ ] Not Started  \n🟨 In Progress  \n✅ Completed  \n\n'
WORDS = 'Lists Tuples Sets Requests Chunking Embeddings Retrieval Caching Tracing Guards'.split()

Versions = dict[str, dict[str, str]]


class Work:
    """A work tree in which random things are done."""

    def __init__(self, top: Path, seed: int) -> None:
        self.top = top
        self.choose = random.Random(seed)
        self.clock = 1_767_600_000
        self.tasks = 0
        self.branches = ['main']
        top.mkdir()
        self.git('init', '-q', '-b', 'main', '.')
        rows = [LEGEND]
        for week in range(1, self.choose.randint(2, 4)):
            rows.append(f'## Week {week} – {self.choose.choice(WORDS)}\n')
            rows += [self.task(day) for day in range(1, self.choose.randint(3, 6))]
            rows.append('\n')
        (top / 'ROADMAP.md').write_text(''.join(rows), encoding='utf-8')
        self.commit()

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        self.clock += 60
        when = f'@{self.clock} +0000'
        return subprocess.run(
            ['git', *arguments], cwd=self.top, capture_output=True, encoding='utf-8',
            env={**os.environ, 'GIT_AUTHOR_DATE': when, 'GIT_COMMITTER_DATE': when, 'GIT_EDITOR': ':'},
        )  # fmt: skip

    def commit(self) -> None:
        self.git('add', '-A')
        self.git('commit', '-q', '--allow-empty', '-m', 'a')

    @property
    def file(self) -> Path:
        (file,) = self.top.glob('*.md')
        return file

    def task(self, day: int) -> str:
        self.tasks += 1
        words = ' '.join(self.choose.sample(WORDS, 2))
        return f'[ ] Day {day} – {words} k{self.tasks}k  \n'

    def edit(self, *kinds: str) -> None:
        """Change the file, once in each of these ways."""
        lines = self.file.read_text(encoding='utf-8').splitlines(keepends=True)
        for kind in kinds:
            tasks = [at for at, line in enumerate(lines) if TASK.match(line)]
            if tasks:
                getattr(self, kind)(lines, self.choose.choice(tasks))
        self.file.write_text(''.join(lines), encoding='utf-8')

    def tick(self, lines: list[str], at: int) -> None:
        marker = self.choose.choice([*MARKERS])
        lines[at] = re.sub(r'\[ \]|🟨|✅', marker, lines[at], count=1)

    def retitle(self, lines: list[str], at: int) -> None:
        lines[at] = re.sub(r' (k\d+k)', rf' and {self.choose.choice(WORDS)} \1', lines[at])

    def prose(self, lines: list[str], at: int) -> None:
        lines[at:at] = ['\n', f'{self.choose.choice(WORDS)} are not hard.\n', '\n']

    def add(self, lines: list[str], at: int) -> None:
        lines.insert(at + 1, self.task(self.choose.randint(7, 99)))

    def delete(self, lines: list[str], at: int) -> None:
        del lines[at]

    def move(self, lines: list[str], at: int) -> None:
        line = lines.pop(at)
        tasks = [place for place, other in enumerate(lines) if TASK.match(other)]
        lines.insert(self.choose.choice(tasks or [at]), line)

    def rename_week(self, lines: list[str], at: int) -> None:
        del at
        weeks = [place for place, line in enumerate(lines) if line.startswith('## Week')]
        place = self.choose.choice(weeks)
        lines[place] = lines[place].rstrip() + f' & {self.choose.choice(WORDS)}\n'

    def renumber_weeks(self, lines: list[str], at: int) -> None:
        del at
        first = next(place for place, line in enumerate(lines) if line.startswith('## Week'))
        for place, line in enumerate(lines):
            lines[place] = re.sub(r'^## Week (\d+)', lambda m: f'## Week {int(m[1]) + 1}', line)
        lines[first:first] = ['## Week 1 – Setup\n', self.task(1), self.task(2), '\n']

    def reformat(self, lines: list[str], at: int) -> None:
        del at
        bullets = any(line.startswith('- ') for line in lines)
        for place, line in enumerate(lines):
            if TASK.match(line):
                lines[place] = line.removeprefix('- ') if bullets else f'- {line}'

    def step(self) -> None:
        """Do one thing; what conflicts is given up."""
        match self.choose.choices(
            ['tick', 'text', 'both', 'rename', 'branch', 'switch', 'merge', 'evil', 'rebase', 'pick', 'revert', 'gone'],
            [26, 6, 10, 4, 8, 16, 24, 6, 6, 4, 3, 1],
        )[0]:  # fmt: skip
            case 'tick':
                self.edit(*['tick'] * self.choose.choice([1, 1, 1, 2, 3]))
                self.commit()
            case 'text':
                self.edit(self.kind())
                self.commit()
            case 'both':
                self.edit(self.kind(), 'tick')
                self.commit()
            case 'rename':
                self.git('mv', self.file.name, f'{self.choose.choice(WORDS)}.md')
                self.edit(*['tick'] * self.choose.choice([0, 1]))
                self.commit()
            case 'branch':
                self.branches.append(f'b{len(self.branches)}')
                self.git('checkout', '-q', '-b', self.branches[-1])
            case 'switch':
                self.git('checkout', '-q', self.choose.choice(self.branches))
            case 'merge':
                self.merge(
                    '--no-edit',
                    self.choose.choice([['--no-ff'], ['-X', 'ours'], ['-s', 'ours'], []]),
                )
            case 'evil':
                if self.merge('--no-commit', ['--no-ff']):
                    self.edit('tick')
                    self.commit()
            case 'rebase':
                if self.git('rebase', '-q', self.choose.choice(self.branches)).returncode:
                    self.git('rebase', '--abort')
            case 'pick':
                if self.git('cherry-pick', self.choose.choice(self.branches)).returncode:
                    self.git('cherry-pick', '--abort')
            case 'revert':
                if self.git('revert', '--no-edit', 'HEAD').returncode:
                    self.git('revert', '--abort')
            case 'gone':
                data, name = self.file.read_bytes(), self.file.name
                self.git('rm', '-q', name)
                self.git('commit', '-q', '-m', 'gone')
                (self.top / name).write_bytes(data)
                self.edit(*['tick'] * self.choose.choice([0, 1]))
                self.commit()
        if len([*self.top.glob('*.md')]) != 1:  # two names, each from one side of a merge
            self.git('reset', '-q', '--hard', 'HEAD^')

    def kind(self) -> str:
        return self.choose.choice(
            [
                'retitle',
                'prose',
                'add',
                'delete',
                'move',
                'rename_week',
                'renumber_weeks',
                'reformat',
            ]
        )

    def merge(self, option: str, strategy: list[str]) -> bool:
        other = self.choose.choice(self.branches)
        if self.git('merge', '-q', option, *strategy, other).returncode:
            self.git('merge', '--abort')
            return False
        return True


def what_was_done(work: Work) -> Counter[tuple[str, str, str, str]]:
    """Commit, word of the task, status before and after; by the plain reading of every version."""
    log = work.git('log', '--format=%H %P', 'HEAD').stdout
    read: Versions = {}
    rows = [line.split() for line in log.splitlines()]
    for commit, *_ in rows:
        names = work.git('ls-tree', '--name-only', '-z', commit).stdout.split('\0')
        name = next((name for name in names if name.endswith('.md')), '')
        text = work.git('cat-file', 'blob', f'{commit}:{name}').stdout if name else ''
        read[commit] = {key: MARKERS[marker] for marker, key in TASK.findall(text)}
    parents = {commit: before for commit, *before in rows}
    found: Counter[tuple[str, str, str, str]] = Counter()
    for commit, before in parents.items():
        # what is gone is compared with what was there before
        sides = [read[side] or read[parents[side][0]] for side in before]
        for key, now in read[commit].items():
            were = [side[key] for side in sides if key in side]
            if were and now not in were:
                found[commit, key, were[0], now] += 1
    return found


def what_is_told(work: Work) -> Counter[tuple[str, str, str, str]]:
    repo = git.find(str(work.file))
    assert repo
    past = read_past(repo, str(work.file), Preference())
    return Counter(
        (t.commit, t.title.rpartition(' ')[2], t.before.value, t.after.value)
        for t in past.transitions
    )


@pytest.mark.parametrize('part', range(10))
def test_the_log_equals_what_was_done(part: int, tmp_path: Path, long: bool) -> None:
    for seed in range(part, 2_000 if long else 30, 10):
        work = Work(tmp_path / str(seed), seed)
        for _ in range(work.choose.randint(5, 40)):
            work.step()
        done, told = what_was_done(work), what_is_told(work)
        assert told == done, (seed, told - done, done - told)
