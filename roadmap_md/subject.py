"""What the subject of a commit names, and what it says of that and of the files beside it."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from .evidence import Commit, Evidence, File, Source
from .mentions import mentions
from .naming import SMALL, Named, Names, Word, by_kind, words
from .numbering import is_closed
from .pathnames import Written, unfinished
from .text import Span
from .wording import Part, Says, parts


class Subject:
    """The subject of *commit*, which has *written* files: what it names, as *named*, and says."""

    def __init__(self, names: Names, commit: Commit, written: Sequence[Written]) -> None:
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
        """*named*, told apart by the title, where it says that too.

        A short title may be a word like others (``day 3 sets up the parser``) unless it stands
        where titles do: ``Day 3 – Sets``.
        """
        titled = [at for at in named.tasks if self.names.title_place(at, self.words)]
        if len(named.tasks) == 1 or len(titled) != 1:
            return named
        place = self.names.title_place(titled[0], self.words)
        is_sure = self.names.is_long(titled[0]) or (place and self._follows(named.span, place))
        doubt = named.doubt or ('' if is_sure else 'by its title')
        return named._replace(tasks=(titled[0],), doubt=doubt)

    def _follows(self, span: Span, title: Span) -> bool:
        """Does *title* stand right behind *span*, and nothing behind that?"""
        text = self.commit.subject
        between = text[span.stop : title.start]
        return not any(map(str.isalnum, between)) and is_closed(text, title.stop)

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
            doubt = 'not said to be complete'
        return self._made(Source.SUBJECT, self.commit.subject, named, doubt)

    def path_evidence(self, file: File, named: Named, many: bool) -> Evidence:
        doubt = named.doubt
        if not doubt and (found := unfinished(file.path)):
            doubt = f"it says '{found}'"
        if not doubt and not self._is_small(named):
            doubt = 'a file of it'
        if not doubt and file.before:
            doubt = 'was there before'
        if not doubt and many and not self.tasks.intersection(named.tasks):
            doubt = 'one of many'
        if not doubt and not self.tasks.intersection(named.tasks):
            if self._least() is Says.TOUCHED:
                doubt = 'in a correction'
            elif self.tasks:
                doubt = 'another is named'
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
