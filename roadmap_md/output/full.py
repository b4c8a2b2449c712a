"""Diagnostics for people, each with its line, a caret under what is meant, and the next step."""

from collections.abc import Iterator, Sequence

from ..escape import visible
from ..lint import Diagnostic
from .concise import headline
from .terminal import Painter, columns, fit, width


def diagnostics(data: bytes, found: Sequence[Diagnostic], paint: Painter) -> Iterator[str]:
    """The diagnostics of the file *data*, in blocks."""
    lines = data.split(b'\n')
    for diagnostic in found:
        yield headline(diagnostic, paint)
        number = str(diagnostic.start.line)
        before, marked, after = _pieces(lines[diagnostic.start.line - 1], diagnostic)
        gutter = ' ' * len(number)
        room = columns() - len(number) - 3
        before, rest = _cut(before, marked + after, room)
        carets = '^' * max(1, min(width(marked), room - width(before)))
        yield f'{gutter} {paint("|", "blue")}'
        yield f'{paint(f"{number} |", "blue")} {before}{rest}'.rstrip()
        here = paint(f'{carets} {diagnostic.rule.name}', 'red', 'bold')
        yield f'{gutter} {paint("|", "blue")} {" " * width(before)}{here}'
        yield f'{gutter} {paint("=", "blue")} {_next_step(diagnostic)}'
        yield ''


def _pieces(line: bytes, diagnostic: Diagnostic) -> tuple[str, str, str]:
    """What stands before the problem, the problem, and what follows it on its first line."""
    text = line.decode(errors='backslashreplace').removeprefix('\ufeff').rstrip('\r')
    start = diagnostic.start.column - 1
    stop = (
        diagnostic.stop.column - 1 if diagnostic.stop.line == diagnostic.start.line else len(text)
    )
    pieces = text[:start], text[start:stop], text[stop:]
    before, marked, after = (visible(piece.replace('\t', '    ')) for piece in pieces)
    return before, marked, after


def _cut(before: str, rest: str, room: int) -> tuple[str, str]:
    """Both, so that they fit into *room* cells and the problem is seen."""
    if width(before) + width(rest) > room and width(before) > room // 3:
        while width(before) > room // 3:
            before = before[max(1, len(before) - room) if len(before) > room else 1 :]
        before = '…' + before
    return before, fit(rest, room - width(before))


def _next_step(diagnostic: Diagnostic) -> str:
    if diagnostic.safe is not None:
        from shlex import quote

        unsafe = '' if diagnostic.safe else ' --unsafe-fixes'
        path = visible(quote(diagnostic.path))
        return f'fix: roadmap-md lint --fix{unsafe} --select {diagnostic.rule.code} {path}'
    return f'help: roadmap-md rule {diagnostic.rule.code}'
