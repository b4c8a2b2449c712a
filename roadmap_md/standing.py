"""Where a group of learners stands, all together, and how they are spread."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median, quantiles
from typing import NamedTuple

from .cohort import Learner


class Standing(NamedTuple):
    """How far some *learners* are, of whom one at least could be read.

    *percents* are theirs in rising order; one who has nothing to do has none, and counts as 0.
    """

    percents: Sequence[int]
    finished: int
    begun: int

    @property
    def learners(self) -> int:
        return len(self.percents)

    @property
    def median(self) -> float:
        return median(self.percents)

    @property
    def mean(self) -> float:
        return sum(self.percents) / len(self.percents)

    @property
    def middle(self) -> tuple[float, float]:
        """Between these is the middle half of all."""
        if self.learners < 2:
            return self.percents[0], self.percents[0]
        low, _, high = quantiles(self.percents, n=4, method='inclusive')
        return low, high


def standing(learners: Iterable[Learner]) -> Standing:
    each = Counter(one.counts for one in learners)
    percents = Counter[int]()
    for counts, number in each.items():
        percents[counts.percent or 0] += number
    begun = sum(number for counts, number in each.items() if counts.is_begun)
    return Standing(sorted(percents.elements()), percents[100], begun)


def broken(learners: Iterable[Learner]) -> list[tuple[str, int]]:
    """The codes of the rules that are broken, each by how many; what most do comes first."""
    each = Counter(code for one in learners for code in one.errors or ())
    return sorted(each.items(), key=lambda pair: (-pair[1], pair[0]))


class Range(NamedTuple):
    """So many *learners* are from *low* to *high* percent, both included."""

    low: int
    high: int
    learners: int


_ENDS = ((0, 0), (1, 9), *((low, low + 9) for low in range(10, 100, 10)), (100, 100))


def spread(percents: Iterable[int]) -> list[Range]:
    """How many have each tenth; who has nothing and who has all stand alone."""
    each = Counter(percents)
    return [
        Range(low, high, sum(each[percent] for percent in range(low, high + 1)))
        for low, high in _ENDS
    ]
