"""What came of a change, in words: a line where it went well, a dialog where it did not."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from ..commands.changing import VERBS, Change, Decision, Noticed
from ..commands.changing import Outcome as Changed
from ..commands.refusal import Refused, reasons, remarks, ways_out
from ..commands.undoing import Made, Plan
from ..commands.undoing import Outcome as Undone
from ..errors import UserError
from ..escape import visible
from ..output.signs import SIGNS, STYLES
from ..output.text import name
from .dialogs import Said

Telling = Text | Said


def telling(outcomes: Iterable[Changed | Undone]) -> Iterator[Telling]:
    """Let the *outcomes* happen, all of them, and tell of each."""
    try:
        decided: Decision | None = None
        for outcome in outcomes:
            if isinstance(outcome, Decision):
                decided = outcome
                yield from _already(outcome)
            elif isinstance(outcome, Change):
                assert decided
                yield _changed(decided, outcome)
            elif isinstance(outcome, Made):
                yield _undone(outcome)
            elif isinstance(outcome, Noticed):
                for said in remarks(outcome.found, outcome.after):
                    yield Text(visible(said), 'yellow')
            elif not isinstance(outcome, Plan):
                yield Text(visible(outcome), 'yellow')
    except Refused as refused:
        yield _refused(refused)
    except UserError as error:
        yield _failed(error)


def _already(decided: Decision) -> Iterator[Text]:
    for task in decided.already:
        said = f'{name(decided.before, task)} was {decided.before.state[task].words} already'
        yield Text(visible(said), 'dim')


def _changed(decided: Decision, change: Change) -> Text:
    status = decided.after.state[change.task]
    return Text.assemble(
        (SIGNS[status], ' '.join(STYLES[status])),
        f' {visible(name(decided.after, change.task))} {VERBS[status]}',
        (f'  {change.commit[:7]}', 'dim'),
    )


def _undone(made: Made) -> Text:
    undo, before, after, _ = made.step
    was, now = before.state[undo.task], after.state[undo.task]
    return Text.assemble(
        ('↷' if undo.is_redo else '↶', 'bold'),
        f' {visible(name(before, undo.task))}  {was.words} → {now.words}',
        (f'  {made.commit[:7]}', 'dim'),
    )


def _refused(refused: Refused) -> Said:
    rows = [Text(visible(said)) for said in reasons(refused.found, refused.before, refused.after)]
    for said in ways_out(refused.found, 'to say why, tick it with m'):
        rows += [Text(), Text(visible(said), 'cyan')]
    return Said('Refused: nothing was changed', rows)


def _failed(error: UserError) -> Said:
    """git's own words stay broken as it broke them."""
    rows = [Text(visible(line)) for line in error.message.expandtabs().splitlines()]
    return Said('That did not work', [*rows, Text(), Text(visible(error.hint), 'cyan')])
