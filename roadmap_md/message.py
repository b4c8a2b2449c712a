"""The message of a commit that changes one status.

It passes commitlint with its conventional preset and Conventional Commits 1.0 whatever key, title
and note are; nothing in it skips a build, closes an issue, notifies a person or reads as a trailer
but the trailers at its end. Lengths are in UTF-16 units, as commitlint counts them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .escape import without_unseen
from .status import Status

HEADER_LENGTH = LINE_LENGTH = 100
BODY_WIDTH = 72
_LONGEST_TITLE = 1000  # what is looked at of one; a header shows a tenth of it
TASK_TRAILER = 'Roadmap-Task'
STATUS_TRAILER = 'Roadmap-Status'
EVIDENCE_TRAILER = 'Roadmap-Evidence'
UNDO_TRAILER = 'Roadmap-Undoes'

_VERBS = {
    Status.NOT_STARTED: 'reset',
    Status.IN_PROGRESS: 'start',
    Status.COMPLETED: 'complete',
    Status.BLOCKED: 'block',
    Status.CANCELLED: 'cancel',
}
# The preset has a list of types and wants them in lower case; the parser reads \w there. Scopes
# may be paths; what ends the scope for some parser is left out.
_TYPE = r'[a-z][a-z0-9_]{0,19}'
_SCOPE = r'[a-z0-9][a-z0-9_./-]{0,39}'


def is_type(text: str) -> bool:
    """Whether *text* can be a message's type, such as ``docs``."""
    return re.fullmatch(_TYPE, text) is not None


def is_scope(text: str) -> bool:
    """Whether *text* can be a message's scope, such as ``roadmap`` or ``learning/ai``."""
    return re.fullmatch(_SCOPE, text) is not None


class Undone(NamedTuple):
    """The *commit* that a change takes back; *is_redo* where that took something back itself."""

    commit: str
    is_redo: bool = False


def message(
    key: str,
    title: str,
    status: Status,
    note: str | None = None,
    type: str = 'docs',
    scope: str = 'roadmap',
    evidence: Sequence[str] = (),
    undone: Undone | None = None,
) -> str:
    """The whole message, for ``git commit -F - --cleanup=verbatim``; it ends in a line feed.

    *evidence* are the commits that the change is inferred from. An empty *scope* leaves the
    parentheses out. Raises ValueError where *type* or *scope* cannot be one; the configuration has
    checked them.
    """
    if not is_type(type) or (scope and not is_scope(scope)):
        raise ValueError(f'{type!r} with {scope!r} cannot begin a commit message')
    start = f'{type}({scope}): ' if scope else f'{type}: '
    trailers = f'{TASK_TRAILER}: {trailer_key(key)}\n{STATUS_TRAILER}: {status.value}\n'
    trailers += ''.join(f'{EVIDENCE_TRAILER}: {commit}\n' for commit in evidence)
    verb = _VERBS[status]
    if undone:
        verb = 'redo' if undone.is_redo else 'undo'
        trailers += f'{UNDO_TRAILER}: {undone.commit}\n'
    body = '\n'.join(_body(note or ''))
    if body.startswith('http'):
        body = f'> {body}'  # a title may end in 'fix', and a keyword may look beyond blank lines
    paragraphs = (_header(start + verb, key, title), body, trailers)
    return '\n\n'.join(paragraph for paragraph in paragraphs if paragraph)


def edit_message(type: str = 'docs', scope: str = 'roadmap') -> str:
    """The message of a commit of the plan's text."""
    return f'{type}({scope}): edit the plan\n' if scope else f'{type}: edit the plan\n'


class Claim(NamedTuple):
    """That a task gets a status, as the trailers of a message say it; *status* may be empty."""

    task: str
    status: str


def claims(trailers: str) -> list[Claim]:
    """What the *trailers* of a message, a line each, say of tasks.

    A task's status is the one that follows it, else the one before it: one status may stand for
    several tasks.
    """
    tasks: list[str] = []
    found: list[Claim] = []
    status = ''
    for line in trailers.splitlines():
        name, _, value = (piece.strip() for piece in line.partition(':'))
        if name.lower() == TASK_TRAILER.lower():
            tasks.append(value)
        elif name.lower() == STATUS_TRAILER.lower():
            status = value
            found += (Claim(task, status) for task in tasks)
            tasks = []
    return found + [Claim(task, status) for task in tasks]


def _length(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(char > '\uffff' for char in text)


def _header(start: str, key: str, title: str) -> str:
    name, title = spoken(key), _one_line(title)
    what = f'{name} – {title}' if name and title else name or title or _one_line(key) or 'task'
    # A parser takes the scope up to the last '): ', and '!: ' for a breaking change.
    what = re.sub(r'\)(!?): ', r')\1 – ', what)
    return _cut(f'{start} {what}', HEADER_LENGTH)


def _one_line(text: str) -> str:
    line = ' '.join(_inert(without_unseen(text[:_LONGEST_TITLE])).split())
    return re.sub(r'(?:\.\s?){3,}$', '…', line).rstrip(' .。．｡')


@lru_cache(maxsize=4096)
def spoken(key: str) -> str:
    """``week 1 day 1`` for ``week-1/day-1``; nothing where the task has no number."""
    numbered = r'([^\W\d_]+)-(\d+(?:\.\d+)*(?:-\d+)?[a-z]?)'
    pieces = [re.fullmatch(numbered, piece) for piece in key.split('/')]
    if not pieces[-1]:
        return ''
    return ' '.join(f'{piece[1]} {piece[2]}' for piece in pieces if piece)


def _fitting(text: str, length: int) -> int:
    """Where to cut *text* so that it takes at most *length* units and no emoji is halved."""
    end = units = 0
    while end < len(text) and (units := units + _length(text[end])) <= length:
        end += 1
    for at in range(end, max(end - 16, 0), -1):
        if at == len(text) or not _clings(text, at):
            return at
    return end


def _cut(text: str, length: int) -> str:
    if _length(text) <= length:
        return text
    return text[: _fitting(text, length - 1)].rstrip() + '…'


def _clings(text: str, end: int) -> bool:
    """Whether the character at *end* belongs to the one before it."""
    from unicodedata import category  # only for what is cut

    return (
        category(text[end])[0] == 'M'
        or '\u200d' in text[end - 1 : end + 1]
        or '\U0001f3fb' <= text[end] <= '\U0001f3ff'  # a skin tone
        or ('\U0001f1e6' <= text[end] <= '\U0001f1ff' and _is_second_of_flag(text, end))
    )


def _is_second_of_flag(text: str, end: int) -> bool:
    before = re.search('[\U0001f1e6-\U0001f1ff]*$', text[:end])
    return before is not None and len(before[0]) % 2 == 1


def trailer_key(key: str) -> str:
    """*key* as it stands in its trailer: one word on one line, always the same for one key.

    Keys of the usual kind stand as they are. One that is too long, or holds what no trailer can,
    is cut and ends in ``~`` and a checksum, so that two keys are never taken for one. Who looks
    for the commits of a task compares the trailer with ``trailer_key(task.key)``.
    """
    word = ''.join(
        char
        if char.isalnum() or char in './-_~+' or (char > '\x7f' and not char.isspace())
        else '-'
        for char in without_unseen(key)
    )
    room = LINE_LENGTH - len(TASK_TRAILER) - len(': ')
    if word and word == key and _length(word) <= room:
        return word
    from zlib import crc32  # few trackers have such keys

    checksum = f'~{crc32(key.encode(errors="surrogatepass")):08x}'
    return word[: _fitting(word, room - len(checksum))] + checksum


# Text that acts, and what it becomes: a blank or other brackets, the least that can be changed.
# 'C#', 'a@b.example' and a '#' or '@' alone are left as they are, addresses with their anchors.
_INERT = (
    # https://docs.github.com/actions/managing-workflow-runs/skipping-workflow-runs and its kin
    (
        r'\[(\s{0,9}(?:[\w-]{1,20}[\s_-]{1,9})?skip(?:[\s_-]{1,9}[\w-]{1,20})?\s{0,9}'
        r'|\s{0,9}no[\s_-]{1,9}ci\s{0,9})\]',
        r'(\1)',
    ),
    (r'\*\*\*(\s{0,9}NO_CI\s{0,9})\*\*\*', r'(\1)'),
    (r'\bskip-(?=checks\s{0,9}:)', 'skip '),
    # https://docs.github.com/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
    (
        r'\b(close[sd]?|closing|fix(?:e[sd]|ing)?|resolve[sd]?|resolving|implement(?:s|ed|ing)?)'
        r'\s{0,9}:?\s{1,9}(?=https?://|(?-i:[A-Z][A-Z0-9]{0,9}-\d))',
        r'\1 – ',
    ),
    (r'(?<![\w/.-])GH-(?=\d)', 'GH '),
    (r'\b(BREAKING[ -]CHANGE)\s{0,9}:', r'\1 :'),
    (r'\+semver:', '+ semver:'),
)
# An address that fits on a line is left whole; a longer one is text like any other.
_ADDRESS = r'((?<![A-Za-z0-9_])https?://[\w.-]\S{0,80}(?!\S))'
_MAY_ACT = re.compile(r'[#@\[:*]|-\d')
# Lines at which git, a mailbox or a release tool stops reading, or reads something of its own.
_ACTING_LINE = (
    r'\s*(?:#|---(?!-)|[\s-]*(?:>8|8<|>%|%<)|gpg:|(?-i:diff -|Index: |From )'
    r'|(?:[|*]\s*)*breaking[ -]change\b'
    r'|(?:[\w-]+-by|roadmap-[\w-]+|change-id|cc|bug|refs?|close[sd]?|fix(?:e[sd])?|resolve[sd]?)\s*:)'
)


def _inert(text: str) -> str:
    if not _MAY_ACT.search(text):
        return text
    for pattern, replacement in _INERT:
        text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
    pieces = re.split(_ADDRESS, text)
    pieces[::2] = map(_unlinked, pieces[::2])
    return ''.join(pieces)


def _unlinked(text: str) -> str:
    """*text* whose ``#1``, ``owner/project#1`` and ``@name`` are no links; a blank is enough."""
    return re.sub(r'(?<=#)(?=[\w-])|(?<=(?<![A-Za-z0-9_])@)(?=[\w-])', ' ', text)


def _body(note: str) -> Iterator[str]:
    """The lines of *note*, wrapped; one that would act is quoted with ``>``."""
    lines = (without_unseen(line.expandtabs(4)).rstrip() for line in note.splitlines())
    blank = True
    for line in _inert('\n'.join(lines)).split('\n'):
        if line or not blank:
            yield from map(_quoted, _wrapped(line))
        blank = not line


def _quoted(line: str) -> str:
    if re.match(_ACTING_LINE, line, re.IGNORECASE):
        return f'> {line}'
    # commitlint takes 'Learned: lists' for a footer, but not where it is indented.
    return f' {line}' if re.match(r'[A-Za-z0-9_-]+(?::\s|\s+#)', line) else line


def _wrapped(line: str) -> Iterator[str]:
    """*line* in lines of ``BODY_WIDTH`` where its words allow; longer words are broken at 98."""
    if _length(line) <= BODY_WIDTH:
        yield line
        return
    indent = ' ' * min(len(line) - len(line.lstrip()), 8)
    row = ''
    for word in line.split():
        if row and _length(row) + 1 + _length(word) > BODY_WIDTH:
            yield row
            row = ''
        *full, rest = _pieces(word, LINE_LENGTH - len('> ') - len(indent))
        yield from (indent + piece for piece in full)
        row = f'{row} {rest}' if row else indent + rest
    yield row


def _pieces(word: str, room: int) -> Iterator[str]:
    """*word* in pieces of at most *room* units; an address is broken behind ``/?&=-``."""
    at = 0
    while at < len(word):
        part = word[at : at + room + 1]
        end = _fitting(part, room)
        if at + end < len(word):
            end = max(part.rfind(mark, end // 2, end) for mark in '/?&=-') + 1 or end
            end -= end > 1 and part[end : end + 1] == '@'  # alone it would be a mention
        yield part[:end]
        at += end
