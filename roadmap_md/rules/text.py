"""RM0: the bytes of the file."""

import re
from collections.abc import Iterator

from ..rule import Problem, Severity, rule
from ..text import BOM, Span


@rule('RM001', 'not-utf8', Severity.ERROR)
def not_utf8(data: bytes) -> Iterator[Problem]:
    r"""A tracker is UTF-8.

    Bytes that are not UTF-8 are shown differently by every program, and a tool that guessed
    would change them. Save the file as UTF-8; nothing else is checked until then.

    ```diff
     # Plan
    -- [ ] Caf\xe9
    +- [ ] Café
    ```
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        wrong = ' '.join(f'{byte:02x}' for byte in data[error.start : error.end])
        yield Problem(Span(error.start, error.end), f'not UTF-8 at byte {error.start} ({wrong})')
    else:
        if (at := data.find(b'\0')) >= 0:
            yield Problem(Span(at, at + 1), f'a NUL byte at byte {at}; this is no text file')


@rule('RM002', 'byte-order-mark', Severity.WARNING)
def byte_order_mark(data: bytes) -> Iterator[Problem]:
    r"""A tracker has no byte order mark.

    UTF-8 needs none, and programs that do not expect one lose the first heading.

    ```diff
    -\ufeff# Plan
    +# Plan
     - [ ] Day 1
    ```
    """
    if data.startswith(BOM):
        yield Problem(Span(0, len(BOM)), 'byte order mark')


@rule('RM003', 'mixed-line-ends', Severity.WARNING)
def mixed_line_ends(data: bytes) -> Iterator[Problem]:
    r"""All lines end alike, in LF or in CRLF.

    Where they are mixed, editors and git turn one into the other, and a diff shows lines that
    nobody changed. Reported once, at the first line that ends unlike most.

    ```diff
     # Plan
    -- [ ] Day 1\r
    +- [ ] Day 1
     - [ ] Day 2
    ```
    """
    carriage = [match.start() for match in re.finditer(rb'\r\n', data)]
    total = data.count(b'\n')
    plain = total - len(carriage)
    if not carriage or not plain:
        return
    if len(carriage) <= plain:
        at = carriage[0]
        yield Problem(Span(at, at + 2), f'ends in CRLF, but {_most(plain, total)} end in LF')
    elif match := re.search(rb'(?<!\r)\n', data):
        most = _most(len(carriage), total)
        yield Problem(Span(*match.span()), f'ends in LF, but {most} end in CRLF')


def _most(count: int, total: int) -> str:
    return f'{count} of {total} lines'


_CONFLICT = re.compile(rb'^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}\r?$', re.M)


@rule('RM006', 'conflict-markers', Severity.ERROR)
def conflict_markers(data: bytes) -> Iterator[Problem]:
    """No merge conflict is left in the tracker.

    Between the markers stand two versions of the same tasks; whatever is counted there is wrong.

    ```diff
     - [x] Day 1
    -<<<<<<< HEAD
     - [x] Day 2
    -=======
     - [ ] Day 3
    ->>>>>>> phone
    ```
    """
    opened = False
    for match in _CONFLICT.finditer(data):
        sign = match.group()[:1]
        if sign == b'<':
            opened = True
        elif not opened:
            continue  # '=======' alone underlines a heading
        yield Problem(Span(*match.span()), 'conflict marker')
        opened = sign != b'>'
