"""Which tasks are surely the same, so that a status of one may be committed for the other."""

import pytest

from roadmap_md.identity import same_task
from roadmap_md.tracker import read_tracker

OLD = '- [ ] Lists\n- [ ] Tuples\n- [ ] Sets\n'
NUMBERED = '## Week 1\n- [ ] Day 1: Lists\n- [ ] Day 2: Tuples\n'
SAME = {
    # the old version, the new one, and for each task of that which one it was
    'as it was': (OLD, OLD, [0, 1, 2]),
    'moved': (OLD, '- [ ] Sets\n- [ ] Lists\n- [ ] Tuples\n', [2, 0, 1]),
    'retitled': (OLD, OLD.replace('Tuples', 'Tuples and more'), [0, 1, 2]),
    'retitled, two of them': (
        OLD, '- [ ] Lists\n- [ ] Tuples II\n- [ ] Sets II\n', [0, 1, 2],
    ),
    'retitled beyond likeness': (OLD, OLD.replace('Tuples', 'Generators'), [0, -1, 2]),
    'retitled, with a new one beside it': (
        OLD, '- [ ] Lists\n- [ ] Tuples and more\n- [ ] Tupels\n- [ ] Sets\n', [0, -1, -1, 2],
    ),
    'a new one in the place of one that was moved': (
        OLD, '- [ ] Lists\n- [ ] Tuplets\n- [ ] Sets\n- Tuples\n', [0, -1, 2],
    ),
    'renumbered': (
        NUMBERED, '## Week 1\n- [ ] Day 1: New\n- [ ] Day 2: Lists\n- [ ] Day 3: Tuples\n',
        [-1, 0, 1],
    ),
    'another title of the same number': (
        NUMBERED, NUMBERED.replace('Tuples', 'Generators'), [0, 1],
    ),
    'an explicit id': ('- [ ] Lists {#a}\n- [ ] x\n', '- [ ] x\n- [ ] Sets {#a}\n', [1, 0]),
}  # fmt: skip


@pytest.mark.parametrize(('old', 'new', 'same'), SAME.values(), ids=SAME)
def test_same(old: str, new: str, same: list[int]) -> None:
    before, after = read_tracker(old.encode()), read_tracker(new.encode())
    assert [same_task(before, after, at) for at in range(len(after.tasks))] == same
