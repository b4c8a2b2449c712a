"""Every tick of many learners, from a walk over the history of all of them.

Where that is one line of commits, each of which has a tracker that can be read, as with nearly all
learners, their ticks are what differs from one version to the next. The others are read one by one,
as `past` reads a tracker.
"""

from array import array
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

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
_AT_ONCE = 1_000
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
    found = _Walk(preference, wanted)
    with closing(_revisions(repo, path, found)) as revisions:
        for one in revisions:
            if isinstance(one, Blob):
                found.read(one)
            else:
                found.add(one)
    odd = found.odd | {at for left in found.waiting.values() for at in left}
    odd |= _renamed(repo, path, found.first)
    for at, learner in enumerate(wanted):
        yield _alone(repo, path, preference, learner) if at in odd else found.of(at)


def _revisions(
    repo: Repository, path: str, found: '_Walk'
) -> Generator[Blob | Revision, None, None]:
    """What `git.revisions` tells of those that are waited for, a share of the tips at a time.

    Git says nothing of a share before it knows all commits of it, which takes most of its time. So
    it is asked for the next one while this one is read.
    """
    from concurrent.futures import ThreadPoolExecutor

    tips = list(found.waiting)
    shares = (tips[at : at + _AT_ONCE] for at in range(0, len(tips), _AT_ONCE))
    with ThreadPoolExecutor(1) as pool:

        def ask(share: Sequence[str]) -> tuple[Iterator[Blob | Revision], 'Future[Any]']:
            left = [tip for tip in share if tip in found.waiting]
            stream = git.revisions(repo, path, left, set(), linked=True) if left else iter(())
            return stream, pool.submit(next, stream, None)

        asked = map(ask, shares)  # a share each time that it is turned to
        following = next(asked, None)
        while following:
            stream, first = following
            following = next(asked, None)
            found.forget()
            if one := first.result():
                yield one
                yield from stream


def _renamed(repo: Repository, path: str, first: Mapping[str, list[int]]) -> set[int]:
    """Whose tracker had another name before it was added by the *first* of their commits."""
    odd: set[int] = set()
    for commit, learners in first.items():
        parent = git.tip(repo, '', commit).parent
        if parent and git.renamed_from(repo, parent, commit, path):
            odd.update(learners)
    return odd


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


class _Walk:
    """What is found, newest first: learners *waiting* for a commit of theirs, by that.

    Those who have more than a line of commits are *odd*; *first* are those of whom a commit is the
    oldest.
    """

    def __init__(self, preference: Preference, wanted: Sequence[Wanted]) -> None:
        self.waiting: dict[str, list[int]] = {}
        for at, one in enumerate(wanted):
            self.waiting.setdefault(one.commit, []).append(at)
        self.odd: set[int] = set()
        self.first: dict[str, list[int]] = {}
        self._plans = [one.plan for one in wanted]
        self._ticks: list[array[int]] = [array('q') for _ in wanted]
        self._versions: dict[str, Version | None] = {'': None}
        # Plans are known by their ids; who keeps them keeps these from being another one's.
        self._names: dict[int, tuple[Tracker, str]] = {}
        self._stencils = Stencils(preference)
        self._reader = Versions(preference)
        self._ways: dict[tuple[int, int], Sequence[int] | None] = {}

    def forget(self) -> None:
        """The versions that were read, as git begins to tell all anew."""
        self._versions = {'': None}

    def read(self, blob: Blob) -> None:
        """A version, most of which differ from the one before it in a marker."""
        data = blob.data
        self._versions[blob.name] = None if data is None else self._version(data)

    def _version(self, data: bytes) -> Version | None:
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

    def add(self, revision: Revision) -> None:
        learners = self.waiting.pop(revision.commit, None)
        if learners is None:
            return
        for parent in revision.parents:
            self.waiting[parent] = self.waiting.get(parent, []) + learners
        after = self._versions[revision.blob] if revision.before else None
        if len(revision.parents) > 1 or len(revision.before) != 1 or after is None:
            self.odd.update(learners)
            return
        before = self._versions[revision.before[0]]
        if before is None:
            if revision.before[0] or revision.parents:
                self.odd.update(learners)
            else:
                self.first[revision.commit] = learners
            return
        changes = self._changes(before, after)
        day = day_of(revision.date)
        for at in learners if changes else ():
            way = self._way(after.plan, self._plans[at])
            ticks = self._ticks[at]
            for task, was, now in changes:
                task = task if way is None else way[task]
                if task >= 0:
                    ticks.append(day << 32 | task << 8 | was << 4 | now)

    def _changes(self, before: Version, after: Version) -> list[tuple[int, int, int]]:
        way = self._way(before.plan, after.plan)
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

    def _way(self, old: 'Tracker', new: 'Tracker') -> Sequence[int] | None:
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

    def of(self, at: int) -> list[Tick]:
        """The ticks of learner number *at*, oldest first."""
        return [
            Tick(packed >> 32, packed >> 8 & 0xFFFFFF, packed >> 4 & 15, packed & 15)
            for packed in reversed(self._ticks[at])
        ]
