"""What commits say of tasks that nobody ticked: which seem to be done, and how sure that is.

A proposal is no tick. What a commit may mean otherwise is left out, or offered with its candidates.
Commits are read newest first, and what a later one takes back or begins anew counts no more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from .history import read_date
from .mentions import Mention, mentions
from .naming import SMALL, Named, Names, Word, by_kind, words
from .status import Status
from .text import Span
from .tracker import Tracker
from .wording import Part, Says, parts
from .words import UNFINISHED_PATHS, fold, words_of

_MOST_EVIDENCE = 10  # that is kept for one task, the newest
_LONGEST = 500  # characters of a text; what stands behind them is not read
_MOST_BY_PATHS = 7  # tasks that the paths of one commit may name before it is a collection
_EMPTY = (
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
    '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
)
_FOREIGN = frozenset(
    {'node_modules', 'vendor', 'third_party', 'site-packages', '__pycache__', 'venv', 'dist'}
)


class File(NamedTuple):
    """What a commit did to the file at *path*: *before* and *after* are blobs, empty for none."""

    path: str
    before: str
    after: str


class Commit(NamedTuple):
    """A commit, its first line, and what it changed; *date* is the author's, as git has it raw."""

    name: str
    parents: tuple[str, ...]
    author: str
    email: str
    date: str
    subject: str
    files: tuple[File, ...]


class Source(Enum):
    """Where in a commit something stands."""

    SUBJECT = 'subject'
    PATH = 'path'


class Evidence(NamedTuple):
    """*text* of a commit names a task, at *span*; *doubt* says why that is not certain, if so."""

    commit: str
    author: str
    email: str
    date: str
    source: Source
    text: str
    spans: tuple[Span, ...]
    doubt: str

    @property
    def is_certain(self) -> bool:
        return not self.doubt

    @property
    def when(self) -> datetime:
        """The author's date, in the author's own offset."""
        seconds, _, offset = self.date.partition(' ')
        return read_date(int(seconds), int(offset))


class Suggestion(NamedTuple):
    """A task that seems to be done, and why, newest first; *more* were left out."""

    task: int
    evidence: tuple[Evidence, ...]
    more: int
    is_certain: bool


class Ambiguous(NamedTuple):
    """What names one of several *tasks*, and nothing tells which."""

    tasks: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    more: int


class Found(NamedTuple):
    """What commits say, in the order of the tasks."""

    suggestions: tuple[Suggestion, ...]
    ambiguous: tuple[Ambiguous, ...]


def find_evidence(
    tracker: Tracker,
    commits: Iterable[Commit],
    trackers: frozenset[str],
    opened: Mapping[str, set[int]],
) -> Found:
    """What *commits*, newest first, say of the tasks of *tracker* that are open.

    What they do to *trackers*, paths, is no evidence. *opened* are the tasks that a commit gave an
    open status, '' for what is not committed yet: what was done before that does not count.
    """
    reader = _Reader(tracker, trackers, opened)
    for commit in commits:
        reader.read(commit)
    return reader.found()


def free(tracker: Tracker, suggestions: Sequence[Suggestion], skips: Mapping[int, str]) -> str:
    """A name for the certain ones before the first that would skip a task; '' where there is none.

    A task between them that is no such one is settled, so that the name means nothing else.
    """
    certain = [one.task for one in suggestions if one.is_certain]
    first = min((task for task in certain if task in skips), default=len(tracker.tasks))
    chosen = [task for task in certain if task < first]
    for at in range(chosen[0], chosen[-1]) if chosen else ():
        if at not in chosen and tracker.state[at] is not Status.COMPLETED:
            chosen = [task for task in chosen if task < at]
            break
    keys = [tracker.tasks[task].key for task in chosen]
    return '..'.join(dict.fromkeys((keys[0], keys[-1]))) if keys else ''


class _Kept:
    """The evidence for one task, or for one set of candidates."""

    def __init__(self) -> None:
        self.evidence: list[Evidence] = []
        self.more = 0
        self.is_certain = False

    def add(self, evidence: Evidence) -> None:
        self.is_certain = self.is_certain or evidence.is_certain
        if len(self.evidence) < _MOST_EVIDENCE:
            self.evidence.append(evidence)
        else:
            self.more += 1


class _Path(NamedTuple):
    """A file that a commit wrote, and the numbers in its path."""

    file: File
    said: tuple[Mention, ...]


class _Reader:
    """Reads commits, the newest first."""

    def __init__(
        self, tracker: Tracker, trackers: frozenset[str], opened: Mapping[str, set[int]]
    ) -> None:
        self.tracker = tracker
        self.names = Names(tracker)
        self.trackers = trackers
        self.opened = opened
        self.closed = {at for at in range(len(tracker.tasks)) if not self._is_open(at)}
        self.closed |= opened.get('', set())
        self.gone: set[str] = set()
        self.single: dict[int, _Kept] = {}
        self.several: dict[tuple[int, ...], _Kept] = {}

    def _is_open(self, at: int) -> bool:
        return self.tracker.state[at] in (Status.NOT_STARTED, Status.IN_PROGRESS)

    def found(self) -> Found:
        return Found(
            tuple(
                Suggestion(task, tuple(kept.evidence), kept.more, kept.is_certain)
                for task, kept in sorted(self.single.items())
            ),
            tuple(
                Ambiguous(tasks, tuple(kept.evidence), kept.more)
                for tasks, kept in sorted(self.several.items())
            ),
        )

    def read(self, commit: Commit) -> None:
        self.closed |= self.opened.get(commit.name, set())
        if len(commit.parents) > 1:
            return
        files = [file for file in commit.files if file.path not in self.trackers]
        if commit.files and not files:
            return
        written = list(self._written(files))
        commit = commit._replace(subject=commit.subject[:_LONGEST])
        subject = _Subject(self.names, commit, written)
        if written or not files:
            self._take_subject(subject)
        self._take_paths(subject, [path for path in written if path.file.path not in self.gone])
        self.closed |= subject.taken_back

    def _written(self, files: Sequence[File]) -> Iterator[_Path]:
        """The files that hold something new; what was deleted is remembered, if it names a task."""
        deleted = {file.before for file in files if not file.after}
        names = {_name(file.path) for file in files if not file.after}
        moved: set[tuple[Mention, ...]] = set()
        for file in files:
            if not file.after or file.after in _EMPTY or _is_foreign(file.path):
                continue
            said = _in_path(file.path)
            if not file.before and (file.after in deleted or _name(file.path) in names):
                moved.add(_numbers(said))
            else:
                yield _Path(file, said)
        for file in files:
            if not file.after and _numbers(_in_path(file.path)) not in moved:
                self.gone.add(file.path)

    def _take_subject(self, subject: '_Subject') -> None:
        for named, part in subject.named:
            if part.says.is_work:
                self._take(subject.evidence(named, part), named.tasks)

    def _take_paths(self, subject: '_Subject', written: Sequence[_Path]) -> None:
        found = [
            (path, named)
            for path in written
            for named in self._named_by(path, subject)
            if subject.allows(path.file, named)
        ]
        tasks = {task for _, named in found for task in named.tasks}
        many = len(tasks - subject.tasks) > _MOST_BY_PATHS
        for path, named in found:
            self._take(subject.path_evidence(path.file, named, many), named.tasks)

    def _named_by(self, path: _Path, subject: '_Subject') -> list[Named]:
        text = path.file.path
        found = self.names.numbered(text, path.said, by_kind(subject.said)) if path.said else []
        told = {task for named in found for task in named.tasks}
        may_be_titled = not path.file.before and self.names.may_be_titled(text)
        by_title = list(self._titled(text)) if may_be_titled else []
        return found + [named for named in by_title if not told.intersection(named.tasks)]

    def _titled(self, path: str) -> Iterator[Named]:
        """What is named by title: a folder or a file is called so, or has a longer one in it."""
        start = 0
        for piece in path.split('/'):
            read = [
                Word(word.text, Span(word.span.start + start, word.span.stop + start))
                for word in words(piece.partition('.')[0], camel=True)
            ]
            for named in self.names.titled(read):
                title = self.names.titles[named.tasks[0]]
                rest = [word.text for word in read if not word.text.isdecimal()]
                if len(title) > 2 or rest == list(title):
                    yield named._replace(doubt='by its title')
            start += len(piece) + 1

    def _take(self, evidence: Evidence, tasks: Sequence[int]) -> None:
        mine = [task for task in tasks if self._is_for(evidence, task)]
        if len(mine) == 1:
            if mine[0] not in self.closed:
                self.single.setdefault(mine[0], _Kept()).add(evidence)
            return
        still_open = tuple(task for task in mine if task not in self.closed)
        if still_open:
            self.several.setdefault(still_open, _Kept()).add(evidence)

    def _is_for(self, evidence: Evidence, task: int) -> bool:
        """In a table for several people, is that task the author's?"""
        owner = fold(self.tracker.tasks[task].owner)
        return not owner or owner in (fold(evidence.author), *fold(evidence.author).split())


class _Subject:
    """The subject of a commit: what it names, and what it says of that."""

    def __init__(self, names: Names, commit: Commit, written: Sequence[_Path]) -> None:
        self.names = names
        self.commit = commit
        text = commit.subject
        self.said = mentions(text)
        beside = by_kind(mention for path in written for mention in path.said)
        numbered = names.numbered(text, self.said, beside) if self.said else []
        self.numbered = [self._told(named) for named in numbered]
        self.titled = names.titled(self.words) if names.may_be_titled(text) else []
        self.named = [(named, self._part(named)) for named in self._agreed()]
        self.named += self._beneath() if self.said and not self.named else []

    # Of most subjects nobody asks for these.
    @cached_property
    def words(self) -> list[Word]:
        return words(self.commit.subject)

    @cached_property
    def parts(self) -> list[Part]:
        spans = [*(m.span for m in self.said), *(named.span for named in self.titled)]
        spans += [span for named in self.numbered for span in self._title_spans(named)]
        return parts(self.commit.subject, spans)

    def _told(self, named: Named) -> Named:
        """*named*, told apart by the title, where it says that too."""
        titled = [at for at in named.tasks if self.names.title_place(at, self.words)]
        return named._replace(tasks=(titled[0],)) if len(titled) == 1 else named

    def _title_spans(self, named: Named) -> Iterator[Span]:
        for task in named.tasks:
            if place := self.names.title_place(task, self.words):
                yield place

    def _agreed(self) -> list[Named]:
        """What is named by number, then what is named by title alone.

        Where the title is that of another task, nobody knows which of the two is meant.
        """
        told = {task for named in self.numbered for task in named.tasks}
        others = [named for named in self.titled if not told.intersection(named.tasks)]
        if others and self.numbered:
            tasks = {task for named in (*self.numbered, *others) for task in named.tasks}
            return [Named(tuple(sorted(tasks)), self.numbered[0].span, 'number and title differ')]
        return [*self.numbered, *(named._replace(doubt='by its title') for named in others)]

    def _beneath(self) -> list[tuple[Named, Part]]:
        """Of a section that is said to be done, the tasks."""
        if all(part.says is not Says.DONE for part in self.parts):
            return []
        found = []
        for named in self.names.beneath(self.commit.subject, self.said):
            part = self._part(named)
            if part.says is Says.DONE:
                found.append((named._replace(doubt='all of its section'), part))
        return found

    def _part(self, named: Named) -> Part:
        return next(part for part in self.parts if named.span.start < part.span.stop)

    @property
    def tasks(self) -> set[int]:
        return {task for named, _ in self.named for task in named.tasks}

    @property
    def taken_back(self) -> set[int]:
        """The tasks that it says are gone, or begun: what was done before counts no more."""
        return {
            named.tasks[0]
            for named, part in self.named
            if part.says <= Says.UNFINISHED
            and 0 <= part.word <= named.span.start
            and len(named.tasks) == 1
        }

    def evidence(self, named: Named, part: Part) -> Evidence:
        doubt = named.doubt
        if not doubt and part.says is not Says.DONE and not self._is_small(named):
            doubt = 'does not say that it is complete'
        return self._made(Source.SUBJECT, self.commit.subject, named, doubt)

    def path_evidence(self, file: File, named: Named, many: bool) -> Evidence:
        doubt = named.doubt
        if not doubt and (found := _unfinished(file.path)):
            doubt = f"it says '{found}'"
        if not doubt and not self._is_small(named):
            doubt = 'a file of it'
        if not doubt and file.before:
            doubt = 'was there before'
        if not doubt and many and not self.tasks.intersection(named.tasks):
            doubt = 'one of many in one commit'
        if not doubt and not self.tasks.intersection(named.tasks):
            if self._least() is Says.TOUCHED:
                doubt = 'the subject speaks of a correction'
            elif self.tasks:
                doubt = 'the subject names another'
        return self._made(Source.PATH, file.path, named, doubt)

    def _is_small(self, named: Named) -> bool:
        numbering = self.names.tracker.tasks[named.tasks[0]].numbering
        return numbering is None or numbering.kind in SMALL

    def _made(self, source: Source, text: str, named: Named, doubt: str) -> Evidence:
        commit = self.commit
        return Evidence(
            commit.name, commit.author, commit.email, commit.date, source, text,
            tuple(sorted({named.span, *named.around})), doubt,
        )  # fmt: skip

    def allows(self, file: File, named: Named) -> bool:
        """May a file that names a task be evidence for it, by what the subject says?"""
        of_them = [part for own, part in self.named if set(own.tasks) & set(named.tasks)]
        if of_them:
            return all(part.says.is_work for part in of_them)
        if file.before and (self.tasks or self._least() is Says.TOUCHED):
            return False
        return self._least() >= Says.TOUCHED

    def _least(self) -> Says:
        return min(part.says for part in self.parts)


def _name(path: str) -> str:
    return path.rpartition('/')[2]


def _is_foreign(path: str) -> bool:
    """Is it no work of the learner's: a library, a cache, a setting?"""
    return any(piece in _FOREIGN or piece.startswith('.') for piece in path.split('/'))


def _unfinished(path: str) -> str:
    """The word by which *path* says that what is there is no work yet, if any."""
    found = (word.text for word in words(path[:_LONGEST], camel=True))
    return next((word for word in found if word in words_of(UNFINISHED_PATHS)), '')


def _in_path(path: str) -> tuple[Mention, ...]:
    """The numbers that *path* names; none where its pieces contradict each other."""
    said = mentions(path)
    if not said:
        return ()
    kept: list[Mention] = []
    inner: dict[str, list[Mention]] = {}
    end = len(path)
    while end >= 0:
        start = path.rfind('/', 0, end) + 1
        here = [mention for mention in said if start <= mention.span.start < end]
        for kind in {mention.numbering.kind for mention in here}:
            outer = [mention for mention in here if mention.numbering.kind == kind]
            if kind not in inner:
                inner[kind] = outer
                kept += outer
            elif not all(any(_is_part(one, other) for other in outer) for one in inner[kind]):
                return ()
        end = start - 1
    return tuple(sorted(kept, key=lambda mention: mention.span))


def _is_part(inner: Mention, outer: Mention) -> bool:
    one, other = inner.numbering, outer.numbering
    return one == other or (other.first <= one.first <= one.last <= other.last and not other.letter)


def _numbers(said: Iterable[Mention]) -> tuple[Mention, ...]:
    """What is *said*, wherever in the text."""
    return tuple(mention._replace(span=Span(0, 0)) for mention in said)
