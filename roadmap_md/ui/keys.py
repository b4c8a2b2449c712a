"""The keys, said once: for the screen, for `?`, and for the documentation."""

from typing import NamedTuple

from textual.binding import Binding


class Key(NamedTuple):
    """Keys that do *action*, in a word for the footer (none: it is not there) and in a sentence."""

    keys: str
    action: str
    word: str
    says: str


KEYS = (
    Key('t', 'change("completed")', 'Tick', 'tick the task: completed'),
    Key('s', 'change("in-progress")', 'Start', 'start it: in progress'),
    Key('r', 'change("not-started")', 'Reset', 'reset it: not started'),
    Key('m', 'note', 'Note', 'tick it with a note, which the commit keeps'),
    Key('u', 'undo', 'Undo', 'take back the last change of a status'),
    Key('n', 'next', 'Next', 'go to the next task'),
    Key('slash', 'filter', 'Filter', 'show only what has these words: week 3, blocked'),
    Key('o', 'open_only', '', 'show only what is still open, or all again'),
    Key('escape', 'unfilter', '', 'show all again'),
    Key('tab', 'pane(1)', '', 'turn to the task, the log, the statistics'),
    Key('shift+tab', 'pane(-1)', '', 'turn to the task, the log, the statistics'),
    Key('J', 'scroll_pane(1)', '', 'scroll that'),
    Key('K', 'scroll_pane(-1)', '', 'scroll that'),
    Key('question_mark', 'keys', 'Keys', 'these keys'),
    Key('q,ctrl+c', 'quit', 'Quit', 'leave; a commit that has begun is finished'),
)
# What the tree brings.
MOVES = (
    ('↑, ↓, j, k', 'move'),
    ('←, →', 'fold and unfold; Enter and Space do either'),
    ('g, G', 'go to the first line, to the last'),
    ('mouse', 'a click goes there, one on ▹ unfolds'),
)
_SHOWN = {
    'slash': '/', 'question_mark': '?', 'escape': 'Esc', 'tab': 'Tab', 'shift+tab': 'Shift-Tab',
    'ctrl+c': 'Ctrl-C',
}  # fmt: skip


def bindings() -> list[Binding]:
    return [
        Binding(keys, action, word, show=bool(word), key_display=_said(keys).split(', ')[0],
                priority='tab' in keys)  # which else moves the focus
        for keys, action, word, _ in KEYS
    ]  # fmt: skip


def _said(keys: str) -> str:
    return ', '.join(_SHOWN.get(key, key) for key in keys.split(','))


def table() -> list[tuple[str, str]]:
    """Keys, and what they do."""
    rows: dict[str, list[str]] = {}
    for key in KEYS:
        rows.setdefault(key.says, []).append(_said(key.keys))
    return [*((', '.join(keys), says) for says, keys in rows.items()), *MOVES]
