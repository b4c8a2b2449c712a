"""Which task of one version of a tracker is which task of another.

By explicit id; then number and title in the same section; then the title alone, in the same
section or, if only one task has it, anywhere; then the number, if the section is known by more than
its own number; then likeness of titles. What is only numbered alike, in a plan that shares no title
with the other one, is not the same.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from .keys import slug
from .task import Task
from .tracker import Skeleton

_MOST_PAIRS = 2_500  # that are compared letter by letter
_MOST_SECTIONS = 8  # that one title leads to
_SAME_NUMBER = 0.2  # how much liker that makes two titles
# What it weighs that sections share all titles, their own, the place.
_TITLES, _OWN, _PATH = 4, 2, 1
_KNOWN = 2.5  # what their weights are in sum where that is more than a number


def align(old: Skeleton, new: Skeleton) -> tuple[int, ...]:
    """For each task of *new* the index of the same task of *old*, or -1; none is given twice."""
    pairing = _Pairing(old, new)
    pairing.by_identifier()
    pairing.by(lambda side, at: (side.place[at], side.tails[at], side.tasks[at].text))
    pairing.by(lambda side, at: (side.place[at], side.tasks[at].text))
    pairing.by(lambda side, at: (side.place[at], side.tasks[at].title), titled=True)
    pairing.by(lambda side, at: side.unique(side.tasks[at].text), titled=True)
    pairing.by(lambda side, at: side.unique(side.tasks[at].title), titled=True)
    pairing.by_likeness(0.75)
    pairing.by(lambda side, at: (side.place[at], side.tails[at]) if side.known[at] else None)
    pairing.by_likeness(0.5, known=True)
    pairing.by_likeness(0.75, anywhere=True)
    return tuple(pairing.found)


class _Side:
    """One of the two versions; *place* tells sections that are the same by the same number."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.tasks = skeleton.tasks
        depths = _depths(skeleton)
        self.tails = [task.path[depths[task.section] :] for task in self.tasks]
        self.place: list[Hashable] = []
        self.known: list[bool] = []
        names = [name for task in self.tasks for name in {task.text, task.title}]
        self.counts = Counter(names)
        self.others: Counter[str] = Counter()

    def unique(self, name: str) -> str | None:
        """*name* where only one task has it, here and in the other version."""
        return name if self.counts[name] == 1 and self.others[name] <= 1 else None


def _depths(skeleton: Skeleton) -> list[int]:
    """How many sections are around a task of each section; the last is for those in none."""
    depths: list[int] = []
    for section in skeleton.sections:
        depths.append(depths[section.parent] + 1 if section.parent >= 0 else 1)
    return [*depths, 0]


class _Pairing:
    """The tasks of *new* that are *found* in *old*, and those that are left."""

    def __init__(self, old: Skeleton, new: Skeleton) -> None:
        self.old, self.new = _Side(old), _Side(new)
        self.old.others, self.new.others = self.new.counts, self.old.counts
        self.found = [-1] * len(new.tasks)
        self.left = [True] * len(old.tasks)
        same = {pair.new: pair for pair in _same_sections(old, new)}
        known = {pair.old for pair in same.values() if pair.known} | {-1}
        for task in old.tasks:
            self.old.place.append(task.section)
            self.old.known.append(task.section in known)
        for task in new.tasks:
            pair = same.get(task.section)
            # a section that is new is called by a number that no old one has
            self.new.place.append(
                pair.old if pair else -2 - task.section if task.section + 1 else -1
            )
            self.new.known.append(task.section < 0 or bool(pair and pair.known))

    def pair(self, old: int, new: int) -> None:
        self.found[new] = old
        self.left[old] = False

    def by_identifier(self) -> None:
        named = {
            task.key
            for side in (self.old, self.new)
            for task in side.tasks
            if task.key.rpartition('/')[2].partition('~')[0] != task.path[-1]
        }
        if named:
            self.by(lambda side, at: key if (key := side.tasks[at].key) in named else None)

    def by(self, name: Callable[[_Side, int], Hashable | None], titled: bool = False) -> None:
        """Pair the tasks of one *name*; those *titled* only, if asked for."""
        groups: dict[Hashable, tuple[list[int], list[int]]] = {}
        for at, task in enumerate(self.old.tasks):
            if self.left[at] and (task.title or not titled):
                key = name(self.old, at)
                if key is not None:
                    groups.setdefault((key, task.owner), ([], []))[0].append(at)
        for at, task in enumerate(self.new.tasks):
            if self.found[at] < 0 and (task.title or not titled):
                key = name(self.new, at)
                if key is not None and (group := groups.get((key, task.owner))):
                    group[1].append(at)
        for old, new in groups.values():
            if new:
                self.pair_in_order(old, new)

    def pair_in_order(self, old: Sequence[int], new: Sequence[int]) -> None:
        """Tasks of one name: those with the same neighbours first, the rest in order."""
        if len(old) != len(new):
            for around in (2, 1):
                for at in new:
                    free = [i for i in old if self.left[i]]
                    best = max(free, key=lambda i: self.neighbours(i, at), default=-1)
                    if self.found[at] < 0 and best >= 0 and self.neighbours(best, at) >= around:
                        self.pair(best, at)
        rest = [i for i in old if self.left[i]], [i for i in new if self.found[i] < 0]
        for one, other in zip(*rest, strict=False):
            self.pair(one, other)

    def neighbours(self, old: int, new: int) -> int:
        """How many of the two tasks around are called the same."""
        return sum(
            _text(self.old.tasks, old + step) == _text(self.new.tasks, new + step)
            for step in (-1, 1)
        )

    def by_likeness(self, least: float, known: bool = False, anywhere: bool = False) -> None:
        """Pair the likest titles that are *least* alike, of one (*known*) section or *anywhere*."""
        old: defaultdict[Hashable, list[int]] = defaultdict(list)
        new: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at, left in enumerate(self.left):
            if left and self.old.tasks[at].title:
                old[None if anywhere else self.old.place[at]].append(at)
        for at, found in enumerate(self.found):
            if found < 0 and self.new.tasks[at].title and self.new.known[at] >= known:
                new[None if anywhere else self.new.place[at]].append(at)
        pairs = [
            pair
            for place in old.keys() & new.keys()
            if len(old[place]) * len(new[place]) <= _MOST_PAIRS
            for pair in self.alike(old[place], new[place], least)
        ]
        for _, one, other in sorted(pairs, reverse=True):
            if self.left[one] and self.found[other] < 0:
                self.pair(one, other)

    def alike(
        self, old: Sequence[int], new: Sequence[int], least: float
    ) -> Iterator[tuple[float, int, int]]:
        from difflib import SequenceMatcher  # only where titles changed

        for other in new:
            matcher = SequenceMatcher(None, autojunk=False)
            matcher.set_seq2(self.new.tasks[other].title.casefold())
            for one in old:
                if self.old.tasks[one].owner != self.new.tasks[other].owner:
                    continue
                numbered = self.new.known[other] and self.old.tails[one] == self.new.tails[other]
                more = _SAME_NUMBER * numbered
                matcher.set_seq1(self.old.tasks[one].title.casefold())
                if matcher.real_quick_ratio() + more < least:
                    continue
                if matcher.quick_ratio() + more >= least:
                    likeness = matcher.ratio() + more
                    if likeness >= least:
                        yield likeness, one, other


def _text(tasks: Sequence[Task], at: int) -> str | None:
    return tasks[at].text if 0 <= at < len(tasks) else None


class _Pair(NamedTuple):
    """Two sections that are the same; *known* by more than their number."""

    old: int
    new: int
    known: bool


def _same_sections(old: Skeleton, new: Skeleton) -> Iterator[_Pair]:
    """The sections with tasks of their own that are the same: by their tasks, then their names."""
    mine, theirs = _titles(old), _titles(new)
    taken: tuple[set[int], set[int]] = set(), set()
    for before, at in _unchanged(mine, theirs):
        taken[0].add(before)
        taken[1].add(at)
        yield _Pair(before, at, known=True)
    scores: defaultdict[tuple[int, int], float] = defaultdict(float)
    for name, weight in (('titles', _TITLES), ('own', _OWN), ('path', _PATH)):
        leading: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at, section in mine.items():
            for title in section.names(name):
                leading[title].append(at)
        for at, section in theirs.items():
            for title in section.names(name):
                for before in leading[title][:_MOST_SECTIONS]:
                    most = max(len(section.titles), len(mine[before].titles))
                    scores[before, at] += weight / most if name == 'titles' else weight
    order = sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), pair))
    for before, at in order:
        if before not in taken[0] and at not in taken[1]:
            taken[0].add(before)
            taken[1].add(at)
            yield _Pair(before, at, scores[before, at] >= _KNOWN)


def _unchanged(
    mine: 'dict[int, _Titles]', theirs: 'dict[int, _Titles]'
) -> Iterator[tuple[int, int]]:
    """The sections that have all of the same titles; of several like that, those in order."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, sections in enumerate((mine, theirs)):
        for at, section in sections.items():
            if section.titles:
                name = section.own, frozenset(section.titles)
                groups.setdefault(name, ([], []))[side].append(at)
    for old, new in groups.values():
        if len(old) == len(new):
            yield from zip(old, new, strict=True)


class _Titles(NamedTuple):
    """What a section is known by: the titles of its tasks, its own, its place."""

    titles: set[str]
    own: str
    path: tuple[str, ...]

    def names(self, name: str) -> list[Hashable]:
        match name:
            case 'titles':
                return list(self.titles)
            case 'own':
                return [self.own] if self.own else []
        return [self.path]


def _titles(skeleton: Skeleton) -> dict[int, _Titles]:
    found: dict[int, _Titles] = {}
    paths: list[tuple[str, ...]] = []
    for section in skeleton.sections:
        above = paths[section.parent] if section.parent >= 0 else ()
        name = section.numbering.slug if section.numbering else slug(section.title)
        paths.append((*above, name))
    for task in skeleton.tasks:
        at = task.section
        if at >= 0 and at not in found:
            found[at] = _Titles(set(), slug(skeleton.sections[at].title), paths[at])
        if at >= 0 and task.title:
            found[at].titles.add(task.title)
    return found
