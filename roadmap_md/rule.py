"""What a rule is. A rule is a generator that yields where, and what is wrong there."""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from .text import Edit, Span


class Severity(Enum):
    """Errors make a run fail; warnings do with ``--strict``."""

    ERROR = 'error'
    WARNING = 'warning'


class Safety(Enum):
    """Whether a fix is applied by ``--fix`` alone.

    COMPUTED: where it leaves all keys, titles and states as they were. PROVED: where it leaves
    the states, for it carries its own proof that the text is right. OFFERED: never.
    """

    COMPUTED = 'computed'
    PROVED = 'proved'
    OFFERED = 'offered'


class Problem(NamedTuple):
    """What a rule found: the bytes that the author should change, and why.

    *keys* are the tasks that waivers have to name to allow it, each of them; *edits* are the fix,
    where there is one that leaves nothing to be decided. *commit* is the one that did it, where
    the problem is in the past.
    """

    span: Span
    message: str
    keys: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    safety: Safety = Safety.COMPUTED
    commit: str = ''


class Rule(NamedTuple):
    """A rule: its code and name, how much it matters, its check, and its page.

    *check* takes the bytes of a file or a tracker, and the rule's options as keywords. One that is
    *off* is asked only where it is selected by its own code or name.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[..., Iterator[Problem]]
    page: str
    off: bool = False


class Example(NamedTuple):
    """The bytes before, and after they were mended; *reported* are the lines, from 1, to report."""

    before: bytes
    after: bytes
    reported: tuple[int, ...]


def rule(
    code: str, name: str, severity: Severity, off: bool = False
) -> Callable[[Callable[..., Iterator[Problem]]], Rule]:
    """The decorated check as a rule; its docstring is the rule's page."""

    def decorate(check: Callable[..., Iterator[Problem]]) -> Rule:
        return Rule(code, name, severity, check, check.__doc__ or '', off)

    return decorate


def spelled(name: str) -> str:
    """A code or family (``rm301``) or the name of a rule, in the letters that rules have."""
    return name.upper() if name[:2].upper() == 'RM' else name.lower()


def page_of(rule: Rule) -> str:
    """The rule's page in Markdown, without a heading."""
    from inspect import cleandoc  # imports ast, tokenize and more

    return cleandoc(rule.page)


_FENCE = r'(?ms)^```diff\n(.*?)^```$'


def examples(page: str) -> list[Example]:
    """The ``diff`` examples of a page; bytes that cannot be seen stand as escapes."""
    return [_example(match[1].splitlines()) for match in re.finditer(_FENCE, page)]


def _example(rows: list[str]) -> Example:
    before = [row[1:] for row in rows if row[:1] in ('', ' ', '-')]
    after = [row[1:] for row in rows if row[:1] in ('', ' ', '+')]
    kept = [row for row in rows if row[:1] != '+']
    reported = tuple(number for number, row in enumerate(kept, 1) if row[:1] == '-')
    return Example(_text(before), _text(after), reported)


_ESCAPE = r'\\(x[0-9a-f]{2}|u[0-9a-f]{4}|r)'


def _text(rows: list[str]) -> bytes:
    def unescaped(match: re.Match[str]) -> str:
        if match[1] == 'r':
            return '\r'
        code = int(match[1][1:], 16)
        is_byte = match[1][0] == 'x' and code > 0x7F
        return chr(code + 0xDC00) if is_byte else chr(code)  # as surrogateescape does

    text = ''.join(re.sub(_ESCAPE, unescaped, row) + '\n' for row in rows)
    return text.encode(errors='surrogateescape')
