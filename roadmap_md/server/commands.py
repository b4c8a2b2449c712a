"""The commands that an editor may have executed. They change its buffer; `commit` alone, git."""

from collections.abc import Awaitable, Callable

from lsprotocol import types

from ..commands.refusal import waivable, ways_out
from ..errors import UserError
from ..escape import visible
from ..order import next_task
from ..output import text
from ..rule import Rule
from ..rules import RULES
from ..status import Status
from .committing import committed
from .formatting import fixed
from .language_server import Server
from .statuses import change
from .waiving import waive as waived

FIX_ALL, WAIVE, NEXT, COMMIT = (
    f'roadmap-md.{name}' for name in ('fixAll', 'waive', 'next', 'commit')
)
VERBS = {
    Status.COMPLETED: ('Tick', 'roadmap-md.tick'),
    Status.IN_PROGRESS: ('Start', 'roadmap-md.start'),
    Status.NOT_STARTED: ('Reset', 'roadmap-md.reset'),
}


async def tick(server: Server, uri: str, key: str) -> None:
    await _set(server, uri, key, Status.COMPLETED)


async def start(server: Server, uri: str, key: str) -> None:
    await _set(server, uri, key, Status.IN_PROGRESS)


async def reset(server: Server, uri: str, key: str) -> None:
    await _set(server, uri, key, Status.NOT_STARTED)


async def fix_all(server: Server, uri: str) -> None:
    """Make all safe fixes."""
    checked = await server.known_now(uri)
    edits = await server.in_thread(fixed, checked)
    if not edits:
        server.say('nothing can be fixed safely', types.MessageType.Info)
    await server.apply(checked.document, edits, 'Fix all')


async def go_to_next(server: Server, uri: str) -> None:
    """Go to the task that is next."""
    checked = await server.known_now(uri)
    tracker = checked.read
    index = next_task(tracker)
    if index is None:
        server.say('nothing is next: every task is settled or blocked', types.MessageType.Info)
    elif not await server.show(checked.document, tracker.marks[index].title.start):
        line = tracker.tasks[index].line + 1
        server.say(f'next: {text.name(tracker, index)}, line {line}', types.MessageType.Info)


async def commit(server: Server, uri: str) -> None:
    """Commit each status that was changed, as ``sync`` does; nothing is pushed."""
    async with server.committing:  # a hook may take its time, and needs one thread for that
        checked = await server.known_now(uri)
        server.say(await server.in_thread(committed, checked), types.MessageType.Info)
    server.memory.read(checked)


async def _set(server: Server, uri: str, key: str, to: Status) -> None:
    checked = await server.known_now(uri)
    made = await server.in_thread(change, checked, key, to)
    if not made.refused:
        await server.apply(checked.document, made.edits, f'{VERBS[to][0]} {key}')
        return
    waivers = {
        f'Allow {rule.code} for {visible(key)}': (rule, key) for rule, key in waivable(made.refused)
    }
    if not waivers or not server.asks:
        server.say('\n'.join((made.why, *ways_out(made.refused, ''))))
    elif chosen := await server.ask(made.why, list(waivers)):
        rule, key = waivers[chosen]
        line = made.after.page.locate_line(made.refused[0][1].span.start)
        await _waive(server, uri, rule, key, line)


async def waive(server: Server, uri: str, code: str, key: str, line: int) -> None:
    """Write a waiver, and go to where its reason is wanted."""
    rule = next((rule for rule in RULES if rule.code == code), None)
    if rule is None:
        raise UserError(f'no rule is named {code}', "'roadmap-md rule' lists them")
    await _waive(server, uri, rule, key, line)


async def _waive(server: Server, uri: str, rule: Rule, key: str, line: int) -> None:
    checked = await server.known_now(uri)
    written = await server.in_thread(waived, checked.read, rule, key, line)
    if await server.apply(checked.document, [written.edit], f'Allow {rule.code}'):
        # The editor may tell us later what it has done.
        await server.show(checked.document.edited([written.edit]), written.reason)


COMMANDS: dict[str, Callable[..., Awaitable[None]]] = {
    'roadmap-md.tick': tick, 'roadmap-md.start': start, 'roadmap-md.reset': reset,
    FIX_ALL: fix_all, WAIVE: waive, NEXT: go_to_next, COMMIT: commit,
}  # fmt: skip
