"""What is kept of a version of a tracker, so that later ones can be followed without parsing it."""

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .ledger import Name
from .pieces import joined, numbers, pieces, strings, text
from .status import STATUSES, Status


class Basis(NamedTuple):
    """The version in *blob*: of each task its line, its name, and its place in ``STATUSES``.

    *meanings* are those of the markers, without variation selectors.
    """

    blob: str
    lines: 'array[int]'
    state: bytes
    names: Sequence[Name]
    meanings: Mapping[bytes, Status]


def dump(basis: Basis) -> bytes:
    """*basis* as bytes that `load` reads, on a machine of the same kind."""
    around = list(dict.fromkeys(name.sections for name in basis.names))
    place = {sections: at for at, sections in enumerate(around)}
    return joined((
        basis.blob.encode(), basis.lines.tobytes(), basis.state,
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
        blob, lines, state, keys, titles, around, texts, lengths, markers, codes = pieces(data)
        sections = iter(strings(texts))
        chains = [tuple(next(sections) for _ in range(length)) for length in numbers('I', lengths)]
        names = zip(strings(keys), strings(titles), numbers('I', around), strict=True)
        return Basis(
            blob.decode(), numbers('I', lines), state,
            [Name(key, title, chains[at]) for key, title, at in names],
            dict(zip(markers.split(b'\0'), map(STATUSES.__getitem__, codes), strict=False)),
        )  # fmt: skip
    except (IndexError, RuntimeError, UnicodeDecodeError) as error:
        raise ValueError('this is no basis') from error
