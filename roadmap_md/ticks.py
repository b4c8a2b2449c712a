"""Every tick of many learners, from a walk over the history of all of them.

Where that is one line of commits, each of which has a tracker that can be read, as with nearly all
learners, their ticks are what differs from one version to the next. The others are read one by one,
as `past` reads a tracker.
"""

from array import array
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from . import git
from .align import align
from .course import Tick
from .git import Head, Repository
from .history import Blob, Revision, day_of
from .plan_outline import plan_name
from .stencil import Stencils
from .versions import Versions, in_rows
from .vocabulary import Preference

if TYPE_CHECKING:
    from concurrent.futures import Future

    from .tracker import Tracker

# Tips that one git starts from: without a commit-graph it takes the longer for each commit the more
# there are, while what they have in common is walked again for each share.
AT_ONCE = 1_000
_FEW = 2  # lines in which a version differs from the next, or another one is asked


class Version(NamedTuple):
    """What is read in one version: its plan, and the numbers of the statuses."""

    plan: 'Tracker'
    state: bytes


class Wanted(NamedTuple):
    """A learner: the *commit* at the tip, and the *plan* there, to which the ticks are told."""

    commit: str
    plan: 'Tracker'


def ticks(
    repo: Repository, path: str, preference: Preference, wanted: Sequence[Wanted]
) -> Iterator[list[Tick]]:
    """The ticks of each of the *wanted*, oldest first. Raises UserError where git fails."""

    @cache
    def is_renamed(commit: str) -> bool:
        """Had the tracker another name before *commit* added it?"""
        parent = git.tip(repo, '', commit).parent
        return bool(parent and git.renamed_from(repo, parent, commit, path))

    plans = _Plans(preference)
    shares = (wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE))
    with closing(_told(repo, path, (_Walk(plans, share) for share in shares))) as every:
        for walk, told in every:
            for one in told:
                if isinstance(one, Blob):
                    walk.read(one)
                else:
                    walk.add(one)
            odd = walk.odd_ones(is_renamed)
            for at, learner in enumerate(walk.wanted):
                yield _alone(repo, path, preference, learner) if at in odd else walk.of(at)


def _told(
    repo: Repository, path: str, walks: Iterable['_Walk']
) -> Generator[tuple['_Walk', Iterable[Blob | Revision]], None, None]:
    """Each of the *walks*, and what `git.revisions` tells of those that it waits for.

    Git says nothing before it knows all commits, which takes most of its time. So it is asked for
    the next walk while one is read.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:

        def ask(
            walk: '_Walk',
        ) -> tuple['_Walk', Iterator[Blob | Revision], 'Future[Blob | Revision | None]']:
            stream = git.revisions(repo, path, list(walk.waiting), set(), linked=True)
            return walk, stream, pool.submit(next, stream, None)

        asked = map(ask, walks)  # one each time that it is turned to
        following = next(asked, None)
        while following:
            walk, stream, first = following
            following = next(asked, None)
            if one := first.result():
                yield walk, chain((one,), stream)
            else:
                yield walk, ()


def _alone(repo: Repository, path: str, preference: Preference, one: Wanted) -> list[Tick]:
    from .past import past_at
    from .status import STATUSES

    blob = git.head_blob(repo, path, one.commit) or ''
    head = Head(one.commit, blob, git.contents(repo, blob)[0] if blob else None)
    found = [
        Tick(of.date.toordinal(), of.current, STATUSES.index(of.before), STATUSES.index(of.after))
        for of in past_at(repo, path, head, preference).transitions
        if of.date and of.current >= 0
    ]
    return found[::-1]


class _Plans:
    """The plans that are met, and what is known of versions that have them.

    They are known by their ids: who keeps them keeps these from being another one's.
    """

    def __init__(self, preference: Preference) -> None:
        self._stencils = Stencils(preference)
        self._reader = Versions(preference)
        self._names: dict[int, tuple[Tracker, str]] = {}
        self._ways: dict[tuple[int, int], Sequence[int] | None] = {}

    def version(self, data: bytes) -> Version | None:
        """What *data* is, most of which differs from the one before it in a marker."""
        reading = self._reader.follow(data, _FEW)
        if reading and reading.tracker:
            return Version(reading.tracker, b''.join(reading.state))
        try:
            found = self._stencils.read(data)
        except UnicodeDecodeError:
            return None
        if found is None:
            return None
        plan, state, is_plain = found
        if is_plain:
            lines = (mark.line for mark in plan.marks)
            meanings = plan.vocabulary.meanings
            self._reader.begin(data, lines, in_rows(state), meanings, plan)
        return Version(plan, state)

    def way(self, old: 'Tracker', new: 'Tracker') -> Sequence[int] | None:
        """For each task of *old* which one of *new* it is, or -1; None where none differs."""
        if old is new:
            return None
        key = id(old), id(new)
        if key not in self._ways:
            self._ways[key] = self._aligned(old, new)
        return self._ways[key]

    def _aligned(self, old: 'Tracker', new: 'Tracker') -> Sequence[int] | None:
        if self._name(old) == self._name(new):
            return None
        found = [-1] * len(old.tasks)
        for at, task in enumerate(align(old.skeleton, new.skeleton)):
            if task >= 0:
                found[task] = at
        return found

    def _name(self, plan: 'Tracker') -> str:
        if id(plan) not in self._names:
            self._names[id(plan)] = plan, plan_name(plan)
        return self._names[id(plan)][1]


class _Walk:
    """What is found of those *wanted*, newest first: who is *waiting* for a commit, by that."""

    def __init__(self, plans: _Plans, wanted: Sequence[Wanted]) -> None:
        self.wanted = wanted
        self.waiting: dict[str, list[int]] = {}
        for at, one in enumerate(wanted):
            self.waiting.setdefault(one.commit, []).append(at)
        self._plans = plans
        self._versions: dict[str, Version | None] = {'': None}
        self._ticks: list[array[int]] = [array('q') for _ in wanted]
        self._odd: set[int] = set()  # who have more than a line of commits
        self._first: dict[str, list[int]] = {}  # of whom a commit is the oldest

    def read(self, blob: Blob) -> None:
        data = blob.data
        self._versions[blob.name] = None if data is None else self._plans.version(data)

    def add(self, revision: Revision) -> None:
        learners = self.waiting.pop(revision.commit, None)
        if learners is None:
            return
        for parent in revision.parents:
            self.waiting[parent] = self.waiting.get(parent, []) + learners
        after = self._versions[revision.blob] if revision.before else None
        if len(revision.parents) > 1 or len(revision.before) != 1 or after is None:
            self._odd.update(learners)
            return
        before = self._versions[revision.before[0]]
        if before is None:
            if revision.before[0] or revision.parents:
                self._odd.update(learners)
            else:
                self._first[revision.commit] = learners
            return
        changes = self._changes(before, after)
        day = day_of(revision.date)
        for at in learners if changes else ():
            way = self._plans.way(after.plan, self.wanted[at].plan)
            ticks = self._ticks[at]
            for task, was, now in changes:
                task = task if way is None else way[task]
                if task >= 0:
                    ticks.append(day << 32 | task << 8 | was << 4 | now)

    def _changes(self, before: Version, after: Version) -> list[tuple[int, int, int]]:
        way = self._plans.way(before.plan, after.plan)
        state = after.state
        if way is None:
            if before.state == state:
                return []
            pairs = enumerate(zip(before.state, state, strict=True))
            return [(task, was, now) for task, (was, now) in pairs if was != now]
        return [
            (new, was, state[new])
            for was, new in zip(before.state, way, strict=True)
            if new >= 0 and was != state[new]
        ]

    def odd_ones(self, is_renamed: Callable[[str], bool]) -> set[int]:
        """Whose ticks are not told so: who have more than a line of commits, or another name."""
        found = self._odd.union(*self.waiting.values())
        return found.union(*(who for first, who in self._first.items() if is_renamed(first)))

    def of(self, at: int) -> list[Tick]:
        """The ticks of learner number *at*, oldest first."""
        return [
            Tick(packed >> 32, packed >> 8 & 0xFFFFFF, packed >> 4 & 15, packed & 15)
            for packed in reversed(self._ticks[at])
        ]
