"""Markers: which bytes mean which status, and which bytes to write for one."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from .errors import UserError
from .status import Status
from .words import status_word

# Emoji presentation is not part of a marker's meaning; a legend's spelling keeps it.
VARIATION_SELECTOR = b'\xef\xb8\x8f'
_LONGEST = 64  # bytes; no marker is longer, however long the line

# What a status is written with where neither legend nor tracker says, then what is recognised.
DEFAULTS: dict[Status, tuple[str, ...]] = {
    Status.NOT_STARTED: ('[ ]', '⬜', '🔲', '☐', '▢', ':white_large_square:'),
    Status.IN_PROGRESS: (
        '[/]', '🟨', '[~]', '[>]', '🟡', '🚧', '🔄', '⏳', '🟢', ':yellow_square:',
        ':yellow_circle:', ':construction:', ':arrows_counterclockwise:',
        ':hourglass_flowing_sand:',
    ),
    Status.COMPLETED: (
        '[x]', '✅', '[X]', '☑', '✔', '[✓]', '[✔]', '[✅]', '[☑]', ':white_check_mark:',
        ':heavy_check_mark:', ':ballot_box_with_check:',
    ),
    Status.CANCELLED: ('[-]', '❌', '🚫', '⏭', ':x:', ':no_entry_sign:'),
    Status.BLOCKED: ('⛔', '🔒', ':no_entry:', ':lock:'),
}  # fmt: skip

# In the wild these mean two things; what the defaults take them for never counts as done.
AMBIGUOUS = tuple(marker.encode() for marker in ('⏳', '🟢', '[-]', '[>]'))

# What Chinese, Japanese and Korean tables are filled in with; ⭕ is a blank to others.
EAST_ASIAN = {
    '⭕'.encode(): Status.COMPLETED, '🔺'.encode(): Status.IN_PROGRESS,
    '△'.encode(): Status.IN_PROGRESS,
}  # fmt: skip


class Family(Enum):
    """How a marker looks; a marker is rewritten in its own family where nothing says otherwise."""

    BOX = 'box'
    EMOJI = 'emoji'
    SHORTCODE = 'shortcode'


class Match(NamedTuple):
    """A marker at the beginning of a text: its bytes, and its status where one is known."""

    marker: bytes
    status: Status | None


class Preference(NamedTuple):
    """What the configuration says of markers, over any legend.

    Of the *markers* of a status the first is the one to write; all are recognised.
    """

    markers: tuple[tuple[str, Status], ...] = ()
    style: Family | None = None


class Vocabulary(NamedTuple):
    """The markers of one tracker.

    *meanings* is keyed by markers without variation selectors; *spellings* are what the legend
    or the configuration tells to write; *style* overrides spellings of the other family.
    """

    meanings: Mapping[bytes, Status]
    spellings: Mapping[Status, bytes]
    style: Family | None = None

    def status(self, marker: bytes) -> Status | None:
        """What *marker* means; None where it means nothing here."""
        bare = marker.replace(VARIATION_SELECTOR, b'')
        return self.meanings.get(bare) or (self._inside(bare) if bare[:1] == b'[' else None)

    def _inside(self, box: bytes) -> Status | None:
        """What a box with a status word or an emoji in it means: ``[DONE]``, ``[✅]``."""
        inside = box[1:-1].strip()
        if len(inside) < 2 or inside[:1] == b'[':
            return None
        return self.meanings.get(inside) or status_word(inside.decode(errors='replace'))

    def match(self, text: bytes) -> Match | None:
        """The marker that *text* begins with: known, or a box of one visible character that is not.

        A marker is followed by a blank or by nothing.
        """
        if text[:1] == b'[':
            marker = text[: text.find(b']', 1, _LONGEST) + 1]
            if not marker or text[len(marker) : len(marker) + 1] not in (b'', b' ', b'\t'):
                return None
            status = self.status(marker)
            if status is None and not _is_visible(marker[1:-1].replace(VARIATION_SELECTOR, b'')):
                return None
            return Match(marker, status)
        marker = text[:_LONGEST].split(b' ', 1)[0].split(b'\t', 1)[0]
        status = self.status(marker)
        return Match(marker, status) if status else None

    def spelling(self, status: Status, family: Family, used: Mapping[Status, bytes]) -> bytes:
        """What to write for *status* in place of a marker of *family*.

        In this order: the legend, what the tracker already uses, the default of the same family
        (of the other one where that means nothing here); of the configured style where there is
        one.
        """
        for spelling in (self.spellings.get(status), used.get(status)):
            if spelling and self.style in (None, family_of(spelling)):
                return spelling
        family = self.style or family
        usual = default(status, family)
        others = [spelling.encode() for spelling in DEFAULTS[status]]
        alike = (marker for marker in others if family_of(marker) is family)
        candidates = (usual, *alike, default(status, Family.BOX), *others)
        return next((marker for marker in candidates if self.status(marker) is status), usual)


class Target(NamedTuple):
    """The status to write, and what there is to spell it with.

    *used* counts what the tracker itself writes for each status in places of that kind.
    """

    status: Status
    vocabulary: Vocabulary
    used: Mapping[Status, Mapping[bytes, int]]

    def marker(self, family: Family) -> bytes:
        """The marker to write in place of one of *family*.

        Raises UserError where this tracker has none that means the status.
        """
        counts = self.used.get(self.status, {})
        alike = {said: times for said, times in counts.items() if family_of(said) is family}
        usual = max(alike or counts, key=counts.__getitem__, default=None)
        most = {self.status: usual} if usual else {}
        marker = self.vocabulary.spelling(self.status, family, most)
        if self.vocabulary.status(marker) is not self.status:
            raise self.unsayable(marker.decode())
        return marker

    def unsayable(self, marker: str) -> UserError:
        """What to raise where *marker*, the best there is, means something else."""
        return UserError(
            f'{marker} would not be read as {self.status.words}',
            'declare a marker for it in the legend',
        )


def _is_visible(inside: bytes) -> bool:
    text = inside.decode()
    return len(text) == 1 and not text.isspace()


def default(status: Status, family: Family) -> bytes:
    """The usual marker of *family* for *status*; of the other family where it has none."""
    spellings = [spelling.encode() for spelling in DEFAULTS[status]]
    return next((s for s in spellings if family_of(s) is family), spellings[0])


def family_of(marker: bytes) -> Family:
    if marker.startswith(b'['):
        return Family.BOX
    return Family.SHORTCODE if marker.startswith(b':') else Family.EMOJI


def meanings(pairs: Iterable[tuple[str, Status]], boxes_only: bool = False) -> dict[bytes, Status]:
    """The default meanings, boxes only where a legend stands, overridden by *pairs*."""
    known = {
        spelling.encode(): status
        for status, spellings in DEFAULTS.items()
        for spelling in spellings
        if not boxes_only or spelling.startswith('[')
    }
    for spelling, status in pairs:
        known[spelling.encode().replace(VARIATION_SELECTOR, b'')] = status
    return known


def is_symbol(token: bytes) -> bool:
    """A pictograph that could be meant as a marker: no letters, digits or punctuation in it."""
    if len(token) > _LONGEST or token.isascii():
        return False
    from unicodedata import category  # only where a line begins with something unusual

    text = token.decode(errors='replace')
    categories = {category(char) for char in text}
    return 'So' in categories and categories <= {'So', 'Mn', 'Cf', 'Sk'}
