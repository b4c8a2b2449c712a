"""Some who fail stop nobody, and are found without asking for each."""

from collections.abc import Iterator, Sequence

import pytest

from roadmap_md.errors import UserError
from roadmap_md.halves import by_halves


@pytest.mark.parametrize('at_once', [True, False], ids=['before the first', 'on the way'])
@pytest.mark.parametrize(
    'bad, most_asked',
    [
        (set(), 1), ({0}, 25), ({999}, 25), ({500}, 25), ({3, 4, 700}, 70),
        (set(range(10)), 100),
    ],
    ids=['nobody', 'the first', 'the last', 'one', 'three', 'ten'],
)  # fmt: skip
def test_who_fails_is_found(bad: set[int], most_asked: int, at_once: bool) -> None:
    asked = []

    def ask(some: Sequence[int]) -> Iterator[int]:
        asked.append(some)
        if at_once and bad.intersection(some):
            raise UserError('cannot', '')
        for one in some:
            if one in bad:
                raise UserError('cannot', '')
            yield one

    told = list(by_halves(ask, range(1_000)))
    assert [one for one in told if isinstance(one, int)] == [
        n for n in range(1_000) if n not in bad
    ]
    assert [at for at, one in enumerate(told) if isinstance(one, UserError)] == sorted(bad)
    assert len(asked) <= most_asked


def test_where_all_fail_it_comes_to_an_end() -> None:
    asked = []

    def ask(some: Sequence[int]) -> Iterator[int]:
        asked.append(some)
        raise UserError('cannot', '')
        yield 1

    assert len(list(by_halves(ask, range(100_000)))) == 100_000
    assert len(asked) < 500


def test_nobody() -> None:
    assert list(by_halves(iter, [])) == []
