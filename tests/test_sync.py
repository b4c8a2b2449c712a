"""``sync``: hand edits become commits, and the file stays as its author left it."""

from pathlib import Path

import pytest
from worktree import Work, done, sh, work_tree

PLAN = '# Days\n\n' + ''.join(f'- [ ] Day {number} – something\n' for number in range(1, 6))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'work', PLAN)


def subjects(work: Work) -> list[str]:
    """The first lines of the commits since the first, oldest first, without what is always so."""
    lines = work.git('log', '--reverse', '--format=%s').splitlines()[1:]
    return [line.removeprefix('docs(roadmap): ').removesuffix(' – something') for line in lines]


def test_each_transition_is_a_commit(work: Work) -> None:
    work.sh('sed -i "s/ ] Day [12]/x&/; s/x ]/x]/; s/ ] Day 3/\\/] Day 3/" ROADMAP.md')
    before = work.file.read_bytes()
    done(work.top, 'roadmap-md sync --no-push')
    assert subjects(work) == ['complete day 1', 'complete day 2', 'start day 3']
    assert work.file.read_bytes() == before
    assert work.git('status', '--porcelain') == ''


def test_what_a_rule_forbids_is_refused(work: Work) -> None:
    work.sh('sed -i "s/ ] Day 2/x] Day 2/" ROADMAP.md')
    before = work.snapshot()
    refused = sh(work.top, 'roadmap-md sync --no-push')
    assert refused.returncode == 1
    assert 'allow RM301 day-1: the reason' in refused.stdout
    assert work.snapshot() == before
