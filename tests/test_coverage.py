"""The coverage page shows what is found beside what a person reads, and where they differ."""

import subprocess
import sys
from pathlib import Path

import pytest
from console import ROOT

TRACKERS = {
    'alike.md': b'# A\n\n- [x] one\n- [ ] two\n\nTick `[x]` | here, whenever something has been done.\n',
    'other.md': b'# B\n\n- [x] one\n- [ ] two\n- [/] three\n- [?] four\n\n## Week 1\nStatus: done\n',
    'refused.md': b'- [ ] caf\xe9\n',
}
READINGS = """\
file tasks not-started in-progress completed blocked cancelled carriers sections note why
alike.md 2 1 0 1 0 0 list_item_box 0 - -
other.md 5 1 2 2 0 0 list_item_box;_bare_line 1 - A_reason.
refused.md 1 1 0 0 0 0 list_item_box 0 - -
"""
TABLE = """\
| file | carriers | tasks | not started | in progress | completed | blocked | cancelled | sections | looks like a status | agrees |
|---|---|--:|--:|--:|--:|--:|--:|--:|---|---|
| `alike.md` | list item box | 2 | 1 | 0 | 1 | 0 | 0 | 0 | 6: Tick \\`\\[x\\]\\` \\| here, whenever something h… | yes |
| `other.md` | list item box; status line (bare line; list item box) | 4 (5) | 1 | 1 (2) | 2 | 0 | 0 | 0 (1) | 6: - \\[?\\] four | **no** |

## Why they differ

- `other.md`: A reason.

## Refused

- refused.md is not UTF-8 at byte 9: save it as UTF-8
"""
SUMMARY = """\
- **1 of 3** files are read as a person reads them (33%).
- False tasks, found where a person sees none: 0.
- Missed tasks: 2 of 8.
- Tasks with another status: 0.
- As many sections with a status of their own: in 2 of 3 files.
"""


def coverage(folder: Path, readings: str) -> subprocess.CompletedProcess[str]:
    for name, data in TRACKERS.items():
        (folder / name).write_bytes(data)
    rows = [[field.strip('-') for field in row.split(' ')] for row in readings.splitlines()]
    text = '\n'.join('\t'.join(row).replace('_', ' ') for row in rows)
    (folder / 'readings.tsv').write_text(text, encoding='utf-8')
    script = [sys.executable, ROOT / 'bench/coverage.py', folder]
    return subprocess.run(
        [*script, '--readings', folder / 'readings.tsv'], capture_output=True, encoding='utf-8'
    )


def test_page(tmp_path: Path) -> None:
    done = coverage(tmp_path, READINGS)
    assert (done.stderr, done.returncode) == ('', 0)
    assert done.stdout[done.stdout.index('| file |') :] == TABLE
    assert SUMMARY in done.stdout


COMPLAINTS = {
    'no reason': (('A_reason.', '-'), 'other.md: the readings differ, and no reason is given'),
    'a reason too many': (
        ('0 0 list_item_box 0 - -\nother', '0 0 list_item_box 0 - A_reason.\nother'),
        'alike.md: the readings agree, so delete the reason why they differ',
    ),
    'no such file': (('refused.md', 'gone.md'), 'gone.md: there is a reading, but no such file'),
    'a sum': (('alike.md 2', 'alike.md 3'), 'alike.md: 3 tasks, but 2 by their statuses'),
}  # fmt: skip


@pytest.mark.parametrize(('change', 'said'), COMPLAINTS.values(), ids=COMPLAINTS)
def test_complaints(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    done = coverage(tmp_path, READINGS.replace(*change))
    assert (done.stderr, done.returncode) == (f'{said}\n', 1)


def test_false_tasks_and_other_statuses(tmp_path: Path) -> None:
    done = coverage(tmp_path, READINGS.replace('other.md 5 1 2 2', 'other.md 3 3 0 0'))
    assert 'sees none: 1.\n- Missed tasks: 1 of 6.\n- Tasks with another status: 2.' in done.stdout
