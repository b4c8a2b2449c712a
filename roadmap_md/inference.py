"""Infers from commits which tasks seem to be done, and how sure that is; it changes nothing.

What a commit may mean otherwise is left out, or offered with its candidates. Commits are read
newest first: what a later one takes back or begins anew counts no more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .evidence import Ambiguous, Commit, Evidence, Found, Suggestion
from .naming import Named, Names, Word, by_kind, words
from .pathnames import Written, gone, written
from .status import Status
from .subject import Subject
from .text import Span
from .tracker import Tracker
from .words import fold

_MOST_EVIDENCE = 10  # that is kept for one task, the newest
_MOST_BY_PATHS = 7  # tasks that the paths of one commit may name before it is a collection
_LONGEST = 500  # characters of a subject; what stands behind them is not read


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
        new = list(written(files))
        self.gone.update(gone(files))
        commit = commit._replace(subject=commit.subject[:_LONGEST])
        subject = Subject(self.names, commit, new)
        if new or not files:
            self._take_subject(subject)
        self._take_paths(subject, [path for path in new if path.file.path not in self.gone])
        self.closed |= subject.taken_back

    def _take_subject(self, subject: Subject) -> None:
        for named, part in subject.named:
            if part.says.is_work:
                self._take(subject.evidence(named, part), named.tasks)

    def _take_paths(self, subject: Subject, new: Sequence[Written]) -> None:
        found = [
            (path, named)
            for path in new
            for named in self._named_by(path, subject)
            if subject.allows(path.file, named)
        ]
        tasks = {task for _, named in found for task in named.tasks}
        many = len(tasks - subject.tasks) > _MOST_BY_PATHS
        for path, named in found:
            self._take(subject.path_evidence(path.file, named, many), named.tasks)

    def _named_by(self, path: Written, subject: Subject) -> list[Named]:
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
