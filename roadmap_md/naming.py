"""Which tasks of a tracker a text names that is not about the tracker: by number, or by title."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from .mentions import Mention
from .numbering import Numbering, of_slug
from .order import leaves
from .text import Span
from .tracker import Tracker
from .words import fold

# What one works at for a day or less. What names anything else may be about a piece of it.
SMALL = frozenset(
    {'day', 'lesson', 'lecture', 'session', 'exercise', 'lab', 'task', 'step', 'topic'}
)
_CALENDAR = ('year', 'semester', 'quarter', 'month', 'week', 'day')
_MOST_IN_A_RANGE = 31
_SHORTEST_TITLE = 9  # characters, in two words or more
_JOINT = re.compile(r'(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])')
_WORD = re.compile(r'[^\W_]+')
_OF = re.compile(r'[\s(]+(?:of|in|from|for|de|del|do|da|du|von|der|di)\s+', re.IGNORECASE)
_NEAR = re.compile(
    r'[\s,;:()\[\]&+/|_.–—-]*+(?:(?:of|in|from|for|de|del|do|da|du|von|der|di|and|to|und|y|et|e|ve|и)\s+)?',
    re.IGNORECASE,
)
_APART = re.compile(r'[,;&+/|]|\s(?:and|und|y|et|e|ve|и)\s|\s[–—-]\s', re.IGNORECASE)

# By kinds, what else is named beside a text.
Beside = Mapping[str, set[Numbering]]


class Named(NamedTuple):
    """What stands at *span* names one of *tasks*; which one is not known where there are several.

    *doubt* says what else it may be about, in a few words; mostly nothing. *around* are the places
    that say in which section.
    """

    tasks: tuple[int, ...]
    span: Span
    doubt: str = ''
    around: tuple[Span, ...] = ()


class Word(NamedTuple):
    """A word, folded, and where it stands."""

    text: str
    span: Span


class Names:
    """The names of the tasks of *tracker* that have no tasks beneath them."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.around: dict[int, tuple[Numbering, ...]] = {}
        self.kinds: set[str] = set()
        self._by_number: dict[Numbering, list[int]] = {}
        self.titles: dict[int, tuple[str, ...]] = {}
        self._by_word: dict[str, list[int]] = {}
        tasks = tracker.tasks
        for at in leaves(tracker):
            read = (of_slug(slug) for slug in tasks[at].path[:-1])
            self.around[at] = tuple(numbering for numbering in read if numbering)
            if own := tasks[at].numbering:
                self.kinds.add(own.kind)
                self._by_number.setdefault(own, []).append(at)
            self.titles[at] = tuple(word.text for word in words(tasks[at].title))
        self._index()

    def _index(self) -> None:
        """Index what is told apart by its title alone by the first word of that."""
        tasks: dict[tuple[str, ...], list[int]] = {}
        for at, title in self.titles.items():
            tasks.setdefault(title, []).append(at)
        for title, found in tasks.items():
            if len(found) == 1 and self.is_long(found[0]):
                self._by_word.setdefault(title[0], []).append(found[0])
        self._may_be_titled = re.compile('|'.join(map(re.escape, sorted(self._by_word))) or r'(?!)')

    def is_long(self, task: int) -> bool:
        """Is the title of *task* more than a word that stands anywhere?"""
        title = self.titles[task]
        is_long = len(title) > 1 and len(' '.join(title)) >= _SHORTEST_TITLE
        return is_long and any(word.isalpha() for word in title)

    def may_be_titled(self, text: str) -> bool:
        """A cheap look whether a title may stand in *text*."""
        return not text.isascii() or self._may_be_titled.search(text.lower()) is not None

    def numbered(self, text: str, said: Sequence[Mention], beside: Beside) -> list[Named]:
        """The tasks that *text* names by what is *said* in it, and *beside* it where that tells.

        One for each number; those whose numbers no task has are left out, and so is a range of
        which that is true of one.
        """
        found: list[Named] = []
        for at, mention in enumerate(said):
            if mention.numbering.kind not in self.kinds:
                continue
            around = dict(_around(text, said, at))
            for named in self._of_mention(mention, around, beside):
                is_far = bool(around) and not named.doubt and _is_far(text, said, at)
                found.append(named._replace(doubt='may be elsewhere') if is_far else named)
        return found

    def _of_mention(
        self, mention: Mention, around: Mapping[str, Mention], beside: Beside
    ) -> Iterator[Named]:
        number = mention.numbering
        if whole := self._fitting(number, around, beside):
            named = [self._named(whole, mention, around)]
        elif number.first == number.last or number.last - number.first >= _MOST_IN_A_RANGE:
            return
        else:
            ends = range(number.first, number.last + 1)
            each = (number._replace(first=end, last=end) for end in ends)
            found = [self._fitting(one, around, beside) for one in each]
            if not all(found):
                return
            named = [self._named(tasks, mention, around) for tasks in found]
        yield from (one for one in named if one)

    def _fitting(
        self, number: Numbering, around: Mapping[str, Mention], beside: Beside
    ) -> tuple[int, ...]:
        """The tasks of that number; fewer, where what is said around or beside it tells."""
        tasks = [
            at
            for at in self._by_number.get(number, ())
            if all(self._agrees(at, other.numbering) for other in around.values())
        ]
        if len(tasks) > 1:
            for kind, numbers in beside.items():
                if kind != number.kind and kind not in around and len(numbers) == 1:
                    (one,) = numbers
                    tasks = [at for at in tasks if self._agrees(at, one)] or tasks
        return tuple(tasks)

    def _agrees(self, at: int, number: Numbering) -> bool:
        """Is task *at* in that section, or in none of that kind?"""
        alike = [own for own in self.around[at] if own.kind == number.kind]
        return not alike or any(_holds(own, number) for own in alike)

    def _named(
        self, tasks: tuple[int, ...], mention: Mention, around: Mapping[str, Mention]
    ) -> Named | None:
        """What *mention* names; None where it is about a piece of it."""
        kinds = {own.kind for at in tasks for own in self.around[at]}
        doubt = '' if mention.sure else 'may be something else'
        for kind, other in around.items():
            if kind in kinds:
                continue
            if kind == 'part' or _is_piece(mention, other):
                return None
            doubt = f'the plan has no {other.numbering.slug.replace("-", " ", 1)}'
        places = tuple(other.span for kind, other in around.items() if kind in kinds)
        return Named(tasks, mention.span, doubt, places)

    def beneath(self, text: str, said: Sequence[Mention]) -> list[Named]:
        """The tasks of each section that *text* names, where it names no task itself."""
        if any(mention.numbering.kind in self.kinds for mention in said):
            return []
        found: list[Named] = []
        for at, mention in enumerate(said):
            around = dict(_around(text, said, at))
            tasks = [task for task in self.around if self._is_in(task, mention, around)]
            places = {self._place(task, mention) for task in tasks}
            if len(places) == 1:
                found += (Named((task,), mention.span) for task in tasks)
        return found

    def _is_in(self, task: int, mention: Mention, around: Mapping[str, Mention]) -> bool:
        own = self.around[task]
        kinds = [numbering.kind for numbering in own]
        innermost = mention.numbering.kind in kinds and not any(
            kind in kinds[kinds.index(mention.numbering.kind) + 1 :] for kind in around
        )
        return (
            innermost
            and mention.numbering in own
            and all(kind in kinds for kind in around)
            and all(self._agrees(task, other.numbering) for other in around.values())
        )

    def _place(self, task: int, mention: Mention) -> tuple[Numbering, ...]:
        own = self.around[task]
        return own[: own.index(mention.numbering) + 1]

    def title_place(self, task: int, text: Sequence[Word]) -> Span | None:
        """Where the whole title of *task* stands in *text*, if it does."""
        return _place_of(self.titles[task], text) if self.titles[task] else None

    def titled(self, text: Sequence[Word]) -> list[Named]:
        """The tasks whose whole title stands in *text*; of two titles in one place the longer."""
        found: list[Named] = []
        for word in dict.fromkeys(word.text for word in text):
            for task in self._by_word.get(word, ()):
                if (span := _place_of(self.titles[task], text)) is not None:
                    found.append(Named((task,), span))
        return [one for one in found if not any(_is_within(one.span, o.span) for o in found)]


def words(text: str, camel: bool = False) -> list[Word]:
    """The words of *text*, as titles are compared; *camel* takes ``FewShot`` for two."""
    found = []
    for match in _WORD.finditer(text):
        at = match.start()
        for piece in _JOINT.split(match[0]) if camel else [match[0]]:
            found.append(Word(fold(piece), Span(at, at + len(piece))))
            at += len(piece)
    return found


def _place_of(title: tuple[str, ...], text: Sequence[Word]) -> Span | None:
    for at in range(len(text) - len(title) + 1):
        if all(text[at + i].text == word for i, word in enumerate(title)):
            return Span(text[at].span.start, text[at + len(title) - 1].span.stop)
    return None


def _is_within(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.stop <= other.stop


def _holds(outer: Numbering, inner: Numbering) -> bool:
    """Is *inner* that number, or one of that range?"""
    if outer == inner:
        return True
    is_range = outer.first < outer.last and not inner.letter and outer.outer == inner.outer
    return is_range and outer.first <= inner.first and inner.last <= outer.last


def _is_piece(mention: Mention, other: Mention) -> bool:
    """Is *other* a piece of what *mention* names: ``day 2`` of ``week 3``, ``exercise 2``?"""
    kind, inner = mention.numbering.kind, other.numbering.kind
    if kind in SMALL:
        return False
    if kind in _CALENDAR and inner in _CALENDAR:
        return _CALENDAR.index(inner) > _CALENDAR.index(kind)
    return other.span.start > mention.span.start


def _around(text: str, said: Sequence[Mention], at: int) -> Iterator[tuple[str, Mention]]:
    """For each other kind, which of those *said* goes with number *at*.

    The one right behind it (``day 3 and 4 of week 6``); else the nearest before it (``week 6 day 3,
    day 4``).
    """
    mine = said[at].numbering.kind
    for kind in dict.fromkeys(mention.numbering.kind for mention in said):
        if kind == mine:
            continue
        before = [mention for mention in said[:at] if mention.numbering.kind == kind]
        behind = _right_behind(text, said, at, kind, bool(before))
        if behind or before:
            yield kind, behind or before[-1]


def _right_behind(
    text: str, said: Sequence[Mention], at: int, kind: str, has_other: bool
) -> Mention | None:
    """The one of *kind* behind number *at*, if nothing but the rest of a list stands between.

    Where it *has_other* ones before it, an ``of`` does.
    """
    mine = said[at].numbering.kind
    for one, other in pairwise(said[at:]):
        between = text[one.span.stop : other.span.start]
        if other.numbering.kind == kind:
            pattern = _OF if has_other else _NEAR
            return other if pattern.fullmatch(between) else None
        if has_other or other.numbering.kind != mine or not _NEAR.fullmatch(between):
            return None
    return None


def _is_far(text: str, said: Sequence[Mention], at: int) -> bool:
    """May number *at* be of another section than the number of its kind before it?

    ``week 7 day 1 uses day 3``, where nothing sets the two apart.
    """
    before = [mention for mention in said[:at] if mention.numbering.kind == said[at].numbering.kind]
    if not before or said[at - 1] is not before[-1]:
        return False
    between = text[before[-1].span.stop : said[at].span.start]
    return not (_NEAR.fullmatch(between) or _APART.search(between))


def by_kind(said: Iterable[Mention]) -> dict[str, set[Numbering]]:
    """What is *said*, by kinds."""
    found: dict[str, set[Numbering]] = {}
    for mention in said:
        found.setdefault(mention.numbering.kind, set()).add(mention.numbering)
    return found
