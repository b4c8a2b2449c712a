"""From one repository to its learners: what is done of each, wherever that is done."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from os.path import basename
from typing import NamedTuple

from . import git
from .absence import explained, head_commit, missing, one_line, unreadable
from .cohort import Group, Learner
from .config import Config
from .errors import UserError
from .git import Repository, refs
from .git.refs import Held, Ref
from .halves import by_halves
from .known_tips import KnownTips
from .plan_outline import PlanOutline, outline_of
from .stencil import Stencils
from .survey import Clock, Survey, Tip
from .tracker import Tracker, read_tracker
from .vocabulary import Preference

_FEW = 50  # refs, that are read as fast as what is known of them
Tell = Callable[[int, int], None]
_BEGINNINGS = ('refs/heads/', 'refs/cohort/', 'refs/remotes/', 'refs/tags/', 'refs/')


class Checks(NamedTuple):
    """The rules to ask, as they are configured, on the day that it is."""

    config: Config
    today: date


class Source(NamedTuple):
    """Where learners are: the refs of the repository at *directory* that match *patterns*.

    Without any it is one learner's, and HEAD is what counts. *path* is that of the tracker, from
    the top; the refs that are *left_out* are no learners. Their history is read if there is a
    *clock*, and the rules are asked if there are *checks*. What *called* says stands before the
    names of refs, or is the learner's.
    """

    directory: str
    patterns: tuple[str, ...] = ()
    path: str = 'ROADMAP.md'
    preference: Preference = Preference()
    clock: Clock | None = None
    left_out: frozenset[str] = frozenset()
    checks: Checks | None = None
    called: str = ''


def gather(source: Source, tell: Tell | None = None) -> Group:
    """The learners there. One who cannot be read is named, and stops nobody else.

    What takes long *tells* of how many it is done, and of how many there are.
    """
    try:
        repo = git.at(source.directory, around=bool(source.patterns))
        wanted = _wanted(repo, source)
    except UserError as error:
        trouble = one_line(error.message)
        if trouble.startswith(source.directory):  # whose name stands beside it
            trouble = f'this{trouble.removeprefix(source.directory)}'
        return Group((Learner(_name(source), source.directory, trouble=trouble),), {})
    reading = _Reading(repo, source)
    states = reading.states(wanted)
    learners = list(_counted(states, len(wanted), tell if source.checks else None))
    if source.clock:
        learners = list(_followed(repo, source, learners, reading, tell))
    return Group(tuple(explained(repo, source.path, learners)), reading.survey.plans())


def _counted(learners: Iterable[Learner], total: int, tell: Tell | None) -> Iterator[Learner]:
    for count, learner in enumerate(learners, 1):
        yield learner
        if tell:
            tell(count, total)


def _wanted(repo: Repository, source: Source) -> Sequence[Ref]:
    if not source.patterns:
        return [Ref('', head_commit(repo))]
    return [ref for ref in refs.matching(repo, source.patterns) if ref.name not in source.left_out]


class _Reading:
    """Reads what many refs hold, and of what earlier runs have read nothing."""

    def __init__(self, repo: Repository, source: Source) -> None:
        self.repo = repo
        self.source = source
        self.survey = Survey()
        self.stencils = Stencils(source.preference)
        self.outlines: dict[str, PlanOutline] = {}
        self.named: dict[int, tuple[Tracker, PlanOutline]] = {}

    def states(self, wanted: Sequence[Ref]) -> Iterator[Learner]:
        if len(wanted) < _FEW:
            yield from self._read(wanted, {})
            return
        kept = KnownTips(self.repo.common, self.source.path, self.source.preference)
        known = kept.load()
        self.outlines.update(known.outlines)
        tips = {} if self.source.checks else known.tips  # what rules find is not known
        new: dict[str, Tip] = {}
        unknown = [ref for ref in wanted if ref.commit not in tips]
        read = self._read(unknown, new)
        for ref in wanted:
            if (tip := tips.get(ref.commit)) is None:
                yield next(read)
            else:
                yield self.survey.add(_called(ref, self.source), self.outlines[tip.plan], tip)
        new = {commit: tip for commit, tip in new.items() if commit not in known.tips}
        if new:
            names = {tip.plan for tip in new.values()}
            kept.save(new, map(self.outlines.__getitem__, names), len(wanted))

    def _read(self, wanted: Sequence[Ref], new: dict[str, Tip]) -> Iterator[Learner]:
        """What is at the *wanted* refs; what could be read is added to *new*."""
        checks = self.source.checks
        for held in refs.held(self.repo, wanted, self.source.path):
            called = _called(held.ref, self.source)
            read = self._tracker(held)
            if isinstance(read, str):
                yield Learner(*called, trouble=read)
                continue
            outline, state = read
            tip = new[held.ref.commit] = self.survey.tip(outline, state)
            learner = self.survey.add(called, outline, tip)
            if checks:
                errors = _errors(held.data or b'', self.source.path, checks)
                learner = learner._replace(errors=errors)
            yield learner

    def _tracker(self, held: Held) -> tuple[PlanOutline, bytes] | str:
        """The plan and the state of what is *held*, or what is wrong with it."""
        path, size, data = self.source.path, held.size, held.data
        if data is None:
            return f'{path} has {size} bytes' if size >= 0 else missing(path)
        try:
            found = self.stencils.read(data)
        except UnicodeDecodeError:
            found = None
        if found is None or not found.state:
            return unreadable(data, path)
        return self._outline(found.example), found.state

    def _outline(self, example: Tracker) -> PlanOutline:
        if id(example) not in self.named:
            outline = outline_of(example)
            # Who keeps the tracker keeps its number from being another one's.
            self.named[id(example)] = example, self.outlines.setdefault(outline.name, outline)
        return self.named[id(example)][1]


@lru_cache(maxsize=1 << 10)  # of those who have just begun many have one file
def _errors(data: bytes, path: str, checks: Checks) -> Mapping[str, int]:
    from .alike import read_alike
    from .lint import errors  # the rules are asked when somebody wants that

    return errors(data, path, checks.config, checks.today, read_alike)


def _followed(
    repo: Repository, source: Source, learners: Sequence[Learner], reading: _Reading,
    tell: Tell | None,
) -> Iterator[Learner]:  # fmt: skip
    """The learners with their course."""
    from .ticks import AT_ONCE, Wanted, ticks

    assert source.clock
    if why := _incomplete(repo):
        yield from (one._replace(trouble=one.trouble or why) for one in learners)
        return
    those = [one for one in learners if one.plan]
    plans = {
        name: read_tracker(reading.outlines[name].example, source.preference)
        for name in {one.plan for one in those}
    }
    wanted = [Wanted(one.commit, plans[one.plan]) for one in those]
    every = by_halves(partial(ticks, repo, source.path, source.preference), wanted)
    yield from (one for one in learners if not one.plan)
    for count, (learner, made) in enumerate(zip(those, every, strict=True), 1):
        if tell and count % AT_ONCE == 0:  # they come so many at once
            tell(count, len(those))
        if isinstance(made, UserError):
            why = f'the history cannot be read: {one_line(made.message)}'
            yield learner._replace(trouble=why)
        else:
            yield reading.survey.follow(learner, plans[learner.plan], made, source.clock)


def _incomplete(repo: Repository) -> str:
    """Why what git tells may not be all that happened; empty where it is."""
    altered = git.altered(repo)
    if altered.shallow:
        return 'a shallow clone: what was done before its oldest commit is not known'
    if altered.grafts or altered.replaced:
        return 'commits are grafted or replaced: what git tells may not be what happened'
    return ''


def _called(ref: Ref, source: Source) -> tuple[str, str, str]:
    """The name of a learner, where that was read, and the commit."""
    if not ref.name:
        return _name(source), source.directory, ref.commit
    beginning = next(filter(ref.name.startswith, _BEGINNINGS), '')
    name = ref.name.removeprefix(beginning)
    return f'{source.called}/{name}' if source.called else name, ref.name, ref.commit


def _name(source: Source) -> str:
    return source.called or directory_name(source.directory)


def directory_name(directory: str) -> str:
    return basename(directory.rstrip('/')).removesuffix('.git') or directory
