"""The main job: tick the whole AI Engineer tracker, day by day, in every form it is found in."""

import json
import subprocess
from pathlib import Path

import pytest
from console import ROOT

from roadmap_md.__main__ import main

SOUND = (ROOT / 'ROADMAP.md').read_bytes()
# As it came: UTF-8 read as Windows-1254, undefined bytes lost.
DAMAGED = SOUND.decode('cp1254', errors='ignore').encode()
BULLETED = SOUND.replace(b'\n[ ] ', b'\n- [ ] ')
FORMS = {
    'sound': SOUND,
    'damaged': DAMAGED,
    'bulleted': BULLETED,
    'crlf': SOUND.replace(b'\n', b'\r\n'),
    'byte-order-mark': b'\xef\xbb\xbf' + SOUND,
    'no-final-newline': SOUND.removesuffix(b'\n'),
    'all-at-once': b'\xef\xbb\xbf' + BULLETED.removesuffix(b'\n').replace(b'\n', b'\r\n'),
}


def git(*arguments: str) -> bytes:
    return subprocess.run(['git', *arguments], check=True, capture_output=True).stdout


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty work tree, and where its tracker goes."""
    monkeypatch.chdir(tmp_path)
    git('init', '-q', '-b', 'main')
    return tmp_path / 'ROADMAP.md'


def begin(plan: Path, data: bytes) -> None:
    plan.write_bytes(data)
    git('add', '.')
    git('commit', '-qm', 'docs: plan')


def stats(capsys: pytest.CaptureFixture[str], *paths: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(['stats', '--json', *paths]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def check_numbers(capsys: pytest.CaptureFixture[str], path: str) -> None:
    """8 phases, 10 weeks of which 3 are untitled, 50 days, none completed."""
    found = stats(capsys, path)
    sections = found['sections']
    assert isinstance(sections, list)
    titles = {
        kind: [s['title'] for s in sections if s['kind'] == kind] for kind in ('phase', 'week')
    }
    assert (len(titles['phase']), len(titles['week']), titles['week'].count('')) == (8, 10, 3)
    assert (found['total'], found['completed'], found['percent']) == (50, 0, 0)


def tick_all(plan: Path, first: bytes, days: int = 50) -> None:
    """Tick the first *days* one by one, then take all back."""
    spelling = next(line for line in first.splitlines() if b' Completed' in line).split()[0]
    before = first
    for _ in range(days):
        assert main(['tick', 'next']) == 0
        after = plan.read_bytes()
        old, new = the_line_that_differs(before, after)
        assert new == old.replace(b'[ ]', spelling, 1)
        assert git('cat-file', 'blob', 'HEAD:ROADMAP.md') == after
        before = after
    assert int(git('rev-list', '--count', 'HEAD')) == days + 1
    assert git('status', '--porcelain') == b''
    assert main(['reset', '--all']) == 0
    assert plan.read_bytes() == first
    assert git('diff', f'HEAD~{2 * days}', 'HEAD') == b''


def the_line_that_differs(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    pairs = zip(before.split(b'\n'), after.split(b'\n'), strict=True)
    (pair,) = [(old, new) for old, new in pairs if old != new]
    return pair


@pytest.mark.parametrize('form', FORMS)
def test_every_form(form: str, plan: Path, capsys: pytest.CaptureFixture[str], long: bool) -> None:
    """The last day of all only in three forms, which are all of them together, unless it is long."""
    begin(plan, FORMS[form])
    check_numbers(capsys, 'ROADMAP.md')
    is_whole = long or form in ('sound', 'damaged', 'all-at-once')
    tick_all(plan, FORMS[form], 50 if is_whole else 5)


def test_seeds(
    plan: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    """The same for trackers in a folder given with --seeds, if they are that tracker."""
    folder = request.config.getoption('--seeds')
    seeds = sorted(Path(folder).glob('progress_tracker.*.md')) if folder else []
    if not seeds:
        pytest.skip('no --seeds with progress_tracker.*.md in it')
    for at, seed in enumerate(seeds):
        data = seed.read_bytes()
        directory = plan.parent / str(at)
        directory.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(directory)
            git('init', '-q', '-b', 'main')
            begin(directory / 'ROADMAP.md', data)
            check_numbers(capsys, 'ROADMAP.md')
            tick_all(directory / 'ROADMAP.md', data)


def test_titles_are_shown_as_they_are(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(plan, DAMAGED)
    assert main(['list']) == 0
    assert 'Day 1 â€“ Lists' in capsys.readouterr().out


def test_guidance_is_no_task(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(plan, SOUND)
    assert main(['list', '--json']) == 0
    tasks = json.loads(capsys.readouterr().out)['tasks']
    assert not [t for t in tasks if 'Not Started' in t['text'] or 'what can fail' in t['text']]
    assert tasks[0] == {
        'key': 'week-1/day-1', 'title': 'Lists', 'text': 'Day 1 – Lists', 'status': 'not-started',
        'path': 'ROADMAP.md', 'line': 24, 'column': 1, 'owner': None,
        'sections': ['PHASE 1 — PYTHON & ENGINEERING FOUNDATIONS', 'Week 1 – Python Data Structures'],
    }  # fmt: skip


def test_a_skip_is_refused(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(plan, SOUND)
    assert main(['tick', 'w1d1']) == 0
    before, head = plan.read_bytes(), git('rev-parse', 'HEAD')
    capsys.readouterr()
    assert main(['tick', 'w1d3']) == 1
    assert "'Tuples' on line 25 is not" in capsys.readouterr().err
    assert (plan.read_bytes(), git('rev-parse', 'HEAD')) == (before, head)
    assert git('status', '--porcelain') == b''


def test_a_skip_by_hand_is_found(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(plan, SOUND.replace('[ ] Day 1 – Lists'.encode(), '✅ Day 1 – Lists'.encode()))
    plan.write_bytes(
        plan.read_bytes().replace('[ ] Day 3 – Sets'.encode(), '✅ Day 3 – Sets'.encode())
    )
    assert main(['lint', '--quiet']) == 1
    assert capsys.readouterr().out.startswith(
        "ROADMAP.md:26:1: RM301 completed, but 'Tuples' on line 25 is not\n"
    )
