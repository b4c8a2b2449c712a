"""What is remembered of structures makes things faster and changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from console import prepare

from roadmap_md import markdown
from roadmap_md.mask import mask
from roadmap_md.structures import NAME, remembered
from roadmap_md.tracker import read_tracker


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    prepare(tmp_path, '')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(markdown, 'known', {})
    return tmp_path


def imported(*command: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, '-X', 'importtime', '-m', 'roadmap_md', *command],
        capture_output=True, text=True, encoding='utf-8',
    )  # fmt: skip
    return {line.rpartition('|')[2].strip() for line in done.stderr.splitlines() if '|' in line}


def test_a_known_structure_needs_no_parser(tree: Path) -> None:
    """Of any state: the mask says nothing of it."""
    assert 'mistletoe.block_token' in imported('lint')
    assert 'mistletoe.block_token' not in imported('lint')
    assert 'mistletoe.block_token' not in imported('tick', 'next')
    assert 'mistletoe.block_token' not in imported('status')
    with (tree / 'ROADMAP.md').open('a') as file:
        file.write('\n# Another section\n')
    assert 'mistletoe.block_token' in imported('lint')


def test_what_is_kept_is_what_was_read(tree: Path) -> None:
    data = (tree / 'ROADMAP.md').read_bytes()
    with remembered(str(tree)):
        expected = read_tracker(data).skeleton
    kept = dict(markdown.known)
    markdown.known.clear()
    with remembered(str(tree)):
        assert markdown.known == kept
        assert read_tracker(data).skeleton == expected


DAMAGES = {
    'gone': lambda data: None,
    'empty': lambda data: b'',
    'cut off': lambda data: data[: len(data) // 2],
    'a digit changed': lambda data: data[:-1] + (b'1' if data[-1:] != b'1' else b'2'),
    'noise': lambda data: os.urandom(500),
    'of another version': lambda data: data.replace(b'0.1.0', b'0.0.9'),
}


@pytest.mark.parametrize('damage', DAMAGES.values(), ids=DAMAGES)
def test_what_is_not_whole_is_not_used(damage, tree: Path) -> None:
    data = (tree / 'ROADMAP.md').read_bytes()
    with remembered(str(tree)):
        read_tracker(data)
    kept = tree / '.git' / NAME
    damaged = damage(kept.read_bytes())
    kept.unlink() if damaged is None else kept.write_bytes(damaged)
    markdown.known.clear()
    with remembered(str(tree)):
        assert markdown.known == {}
        assert len(read_tracker(data).tasks) == 50
    markdown.known.clear()
    with remembered(str(tree)):
        assert list(markdown.known) == [mask(data)]


def test_the_newest_are_kept(tree: Path) -> None:
    for count in range(1, 31):
        with remembered(str(tree)):
            read_tracker(b'# Plan\n' * count)
        markdown.known.clear()
    with remembered(str(tree)):
        assert [len(known.split('\n')) for known in markdown.known] == list(range(16, 32))


def test_nothing_is_kept_outside_a_work_tree(tmp_path: Path) -> None:
    with remembered(str(tmp_path)):
        read_tracker(b'- [ ] Day 1\n')
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_nothing_is_said(tree: Path) -> None:
    (tree / '.git/roadmap-md').write_text('a file where a directory should be')
    done = subprocess.run([sys.executable, '-m', 'roadmap_md', 'lint', '-q'], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b'')
