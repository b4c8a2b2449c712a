"""One status written as it is written in another version, and nothing else."""

import pytest

from roadmap_md.spelling import spelled_as
from roadmap_md.tracker import read_tracker

LEGEND = '## Legend\n\n- ⬜ Not started\n- ✅ Completed\n\n## Days\n\n'
WRITTEN = {
    # a version, the model, and the version with the status of the model's first task
    'as it is there': ('- [ ] a\n- [x] b\n', '- [X] a\n- [x] b\n', '- [X] a\n- [x] b\n'),
    'in another form': ('- [ ] a\n- [ ] b\n', '- ✅ a\n- [ ] b\n', '- ✅ a\n- [ ] b\n'),
    'other text stays': ('- [ ] a\n- [ ] b\n', '- [x] a!\n- [ ] c\n', '- [x] a\n- [ ] b\n'),
    'line ends stay': ('- [ ] a\r\n- [ ] b\r\n', '- [x] a\n- [ ] b\n', '- [x] a\r\n- [ ] b\r\n'),
    'struck through': ('- [ ] a\n- [ ] b\n', '- ~~a~~\n- [ ] b\n', '- ~~a~~\n- [ ] b\n'),
    'a word': ('## A (todo)\n', '## A (completed 2026-03-29)\n', '## A (completed 2026-03-29)\n'),
    'a cell with its blanks': (
        '| A | Status        |\n|---|---|\n| a | `Not started` |\n',
        '| A | Status        |\n|---|---|\n| a | `Done`        |\n',
        '| A | Status        |\n|---|---|\n| a | `Done`        |\n',
    ),
    'a cell with other text': (
        '| A | Status |\n|---|---|\n| a | ⬜ |\n', '| A | Status |\n|---|---|\n| b | ✅ |\n',
        '| A | Status |\n|---|---|\n| a | ✅ |\n',
    ),
    'what only the model knows': (
        f'{LEGEND}- ⬜ a\n', LEGEND.replace('✅', '🏁') + '- 🏁 a\n', f'{LEGEND}- ✅ a\n',
    ),
    'a count that the model has changed': (
        '## A [0/2]\n- [ ] a\n- [ ] b\n', '## A [1/2]\n- [x] a\n- [ ] b\n',
        '## A [1/2]\n- [x] a\n- [ ] b\n',
    ),
    'a count that it has not': (
        '## A [0/2]\n- [ ] a\n- [ ] b\n', '## A [0/2]\n- [x] a\n- [ ] b\n',
        '## A [0/2]\n- [x] a\n- [ ] b\n',
    ),
    'by its place': ('## Done\n- b\n## To do\n- a\n', '## Done\n- a\n- b\n## To do\n- c\n', None),
}  # fmt: skip


@pytest.mark.parametrize(('version', 'model', 'written'), WRITTEN.values(), ids=WRITTEN)
def test_written(version: str, model: str, written: str | None) -> None:
    before, other = read_tracker(version.encode()), read_tracker(model.encode())
    at = len(before.tasks) - 1 if written is None else 0
    after = spelled_as(before, at, other, 0)
    assert (after and after.data.decode()) == written
