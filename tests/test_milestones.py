"""When a task was started and completed, from what happened to it."""

from datetime import UTC, datetime

import pytest

from roadmap_md.history import Transition
from roadmap_md.milestones import milestones
from roadmap_md.status import Status

NAMES = {
    '⬜': Status.NOT_STARTED, '🟨': Status.IN_PROGRESS, '✅': Status.COMPLETED,
    '⛔': Status.BLOCKED, '❌': Status.CANCELLED,
}  # fmt: skip


def transitions(story: str) -> list[Transition]:
    """*story* has a word for each day, oldest first: the task's index, from and to."""
    told = [
        Transition(
            '', '', NAMES[word[-2]], NAMES[word[-1]], f'{day}', '', '',
            datetime(2026, 1, day, tzinfo=UTC), '', (), int(word[:-2]),
        )
        for day, word in enumerate(story.split(), 1)
    ]  # fmt: skip
    return told[::-1]


@pytest.mark.parametrize(
    'story, expected',
    [
        ('', {}),
        ('0⬜🟨', {0: '1 -'}),
        ('0⬜✅', {0: '- 1'}),
        ('0⬜🟨 0🟨✅', {0: '1 2'}),
        ('0⬜🟨 1⬜✅ 0🟨✅', {0: '1 3', 1: '- 2'}),
        ('0⬜🟨 0🟨✅ 0✅🟨', {0: '1 -'}),  # done again: it is not completed, and was started then
        ('0⬜🟨 0🟨✅ 0✅🟨 0🟨✅', {0: '1 4'}),
        ('0⬜🟨 0🟨✅ 0✅⬜', {}),
        ('0⬜🟨 0🟨⬜ 0⬜🟨', {0: '3 -'}),
        ('0⬜🟨 0🟨⛔ 0⛔🟨', {0: '1 -'}),
        ('0⬜🟨 0🟨⛔', {0: '1 -'}),
        ('0⬜✅ 0✅❌', {}),
        ('0⬜✅ 0❌✅', {0: '- 2'}),  # the same done on two branches
        ('-1⬜✅', {}),  # the task is gone
    ],
)
def test_milestones(story: str, expected: dict[int, str]) -> None:
    found = milestones(transitions(story))
    assert {
        task: ' '.join(each.commit if each else '-' for each in reached)
        for task, reached in found.items()
    } == expected
