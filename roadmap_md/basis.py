"""What is kept of one version of a tracker, so that others can be followed without parsing them."""

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .ledger import DIGEST, Name
from .pieces import joined, numbers, pieces, strings, text
from .status import STATUSES, Status

if TYPE_CHECKING:
    from .tracker import Skeleton, Tracker


class Basis(NamedTuple):
    """A version: of each task its line, its name, and its place in ``STATUSES``.

    *plan* is the digest of its skeleton; *meanings* are those of its markers, without variation
    selectors.
    """

    data: bytes
    plan: bytes
    lines: 'array[int]'
    state: bytes
    names: Sequence[Name]
    meanings: Mapping[bytes, Status]


def basis_of(tracker: 'Tracker', plan: bytes = b'') -> Basis:
    """That of *tracker*, whose markers are where, and what, the lines' forms say."""
    around: dict[int, tuple[str, ...]] = {}
    return Basis(
        tracker.data,
        plan or digest(tracker.skeleton),
        array('I', [mark.line for mark in tracker.marks]),
        bytes(map(STATUSES.index, tracker.state)),
        [name_of(tracker.skeleton, at, around) for at in range(len(tracker.tasks))],
        tracker.vocabulary.meanings,
    )


def digest(skeleton: 'Skeleton') -> bytes:
    """The same for skeletons that differ in lines only."""
    from hashlib import sha1  # not where nothing is read

    sections, tasks, _, _ = skeleton
    parts = (
        [(section.text, section.level, section.parent) for section in sections],
        [(t.key, t.text, t.section, t.parent, t.path, t.owner) for t in tasks],
    )
    return sha1(repr(parts).encode(errors='surrogatepass'), usedforsecurity=False).digest()[:DIGEST]


def name_of(skeleton: 'Skeleton', at: int, around: dict[int, tuple[str, ...]]) -> Name:
    """What task number *at* is called; *around* has the sections that were asked for before."""
    task = skeleton.tasks[at]
    return Name(task.key, task.title, _around(skeleton, task.section, around))


def _around(skeleton: 'Skeleton', at: int, known: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    if at < 0:
        return ()
    if at not in known:
        section = skeleton.sections[at]
        known[at] = (*_around(skeleton, section.parent, known), section.text)
    return known[at]


def dump(basis: Basis) -> bytes:
    """*basis* as bytes that `load` reads, on a machine of the same kind."""
    around = list(dict.fromkeys(name.sections for name in basis.names))
    place = {sections: at for at, sections in enumerate(around)}
    return joined((
        basis.data, basis.plan, basis.lines.tobytes(), basis.state,
        text(*(name.key for name in basis.names)),
        text(*(name.title for name in basis.names)),
        array('I', [place[name.sections] for name in basis.names]).tobytes(),
        text(*(section for sections in around for section in sections)),
        array('I', map(len, around)).tobytes(),
        b''.join(marker + b'\0' for marker in basis.meanings),
        bytes(STATUSES.index(status) for status in basis.meanings.values()),
    ))  # fmt: skip


def load(data: bytes) -> Basis:
    """The basis that `dump` made *data* of. Raises ValueError for anything else."""
    try:
        of, plan, lines, state, keys, titles, around, texts, lengths, markers, codes = pieces(data)
        sections = iter(strings(texts))
        chains = [tuple(next(sections) for _ in range(length)) for length in numbers('I', lengths)]
        named = zip(strings(keys), strings(titles), numbers('I', around), strict=True)
        return Basis(
            of, plan, numbers('I', lines), state,
            [Name(key, title, chains[at]) for key, title, at in named],
            dict(zip(markers.split(b'\0'), map(STATUSES.__getitem__, codes), strict=False)),
        )  # fmt: skip
    except (IndexError, RuntimeError, UnicodeDecodeError) as error:
        raise ValueError('this is no basis') from error
