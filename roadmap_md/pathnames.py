"""What the paths of files name, and which files of a commit hold something new."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .evidence import File
from .mentions import Mention, mentions
from .naming import words
from .text import Span
from .words import UNFINISHED_PATHS, words_of

_EMPTY = (
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
    '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
)
_FOREIGN = frozenset(
    {'node_modules', 'vendor', 'third_party', 'site-packages', '__pycache__', 'venv', 'dist'}
)

_LONGEST = 500  # characters of a path in which words are looked for


class Written(NamedTuple):
    """A file that a commit wrote, and the numbers in its path."""

    file: File
    said: tuple[Mention, ...]


def written(files: Sequence[File]) -> Iterator[Written]:
    """Those of *files*, of one commit, that hold something new: not what was moved, nor empty."""
    deleted = {file.before for file in files if not file.after}
    names = {_name(file.path) for file in files if not file.after}
    for file in files:
        if not file.after or file.after in _EMPTY or _is_foreign(file.path):
            continue
        is_moved = file.after in deleted or _name(file.path) in names
        if file.before or not is_moved:
            yield Written(file, named_in(file.path))


def gone(files: Sequence[File]) -> Iterator[str]:
    """The paths that are deleted, but for those that were moved to where the same is named."""
    deleted = {file.path: named_in(file.path) for file in files if not file.after}
    if not deleted:
        return
    blobs = {file.before for file in files if not file.after}
    names = set(map(_name, deleted))
    moved = {
        _numbers(named_in(file.path))
        for file in files
        if not file.before and (file.after in blobs or _name(file.path) in names)
    }
    for path, said in deleted.items():
        if _numbers(said) not in moved:
            yield path


def _name(path: str) -> str:
    return path.rpartition('/')[2]


def _is_foreign(path: str) -> bool:
    """Is it no work of the learner's: a library, a cache, a setting?"""
    return any(piece in _FOREIGN or piece.startswith('.') for piece in path.split('/'))


def unfinished(path: str) -> str:
    """The word by which *path* says that what is there is no work yet, if any."""
    found = (word.text for word in words(path[:_LONGEST], camel=True))
    return next((word for word in found if word in words_of(UNFINISHED_PATHS)), '')


def named_in(path: str) -> tuple[Mention, ...]:
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
