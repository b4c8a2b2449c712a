"""The laws of the design, over trackers that nobody would write and somebody has.

Law 4 (fix twice = fix once) waits for fixes; law 5, of merges, is in test_merge.py.
"""

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from roadmap_md import marking as module
from roadmap_md.carriers import bare_line, list_box
from roadmap_md.config import Config
from roadmap_md.errors import UserError
from roadmap_md.lint import lint
from roadmap_md.mark import Carrier
from roadmap_md.marking import Marked
from roadmap_md.rewrite import WriteProofError, edit_status, set_statuses
from roadmap_md.status import Status
from roadmap_md.table import place_of, read_table
from roadmap_md.tally import count_edits
from roadmap_md.text import Edit, Span
from roadmap_md.tracker import Tracker, read_tracker
from roadmap_md.vocabulary import Family, Preference

# 100 documents in a normal run, the same ones each time; 10,000 with --long.
NORMAL, LONG = 100, 10_000

BOXES = ('[ ]', '[x]', '[X]', '[/]', '[~]', '[-]', '[✔]')
EMOJI = ('⬜', '🟨', '✅', '✔', '✔\ufe0f', '☑\ufe0f', '🚧', '❌', '⛔')
FAULTY = ('[]', '[?]', '[x ]', '[\u00a0]', '[ ]Text', '-[ ]', '🎉', '[1]', '[ ](x)', '[[a]]')
WORDS = (
    '**A**: b c',
    'Day 1',
    'Day 2 – Lists',
    'Tuples',
    'Week 3',
    '**Sets**',
    '`x`',
    '`open',
    'a|b',
    '<b>',
    '-->',
)
ODD = (
    '\x0c',
    '\u2028',
    '\x85',
    '\u00a0',
    '\u200b',
    '\x1f',
    'é',
    'e\u0301',
    '𝕏',
    'עברית',
    '\ufeff',
    '\ufffd',
    '\r',
)

texts = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(ODD),
    st.text(st.characters(exclude_characters='\0\n', exclude_categories=['Cs']), max_size=8),
)
titles = st.lists(texts, max_size=3).map(' '.join)
markers = st.sampled_from(BOXES + EMOJI)
anything = st.sampled_from(BOXES + EMOJI + FAULTY)
bullets = st.sampled_from(
    ['- ', '* ', '+ ', '1. ', '2) ', '-   ', '-\t', '  - ', '    - ', '\t- ', '- - ']
)
quotes = st.sampled_from(['', '', '', '> ', '>', '> > '])
breaks = st.sampled_from(['', '', '  ', '\\', '\t', ' {#id}', ' ^id'])


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(''.join)


tasks = st.one_of(
    joined(quotes, bullets, anything, st.just(' '), titles, breaks),
    joined(quotes, anything, st.just(' '), titles, breaks),
    joined(quotes, bullets, st.just('\n  '), markers, st.just(' '), titles),
    joined(bullets, anything),
)
headings = joined(
    st.sampled_from(['# ', '## ', '### ', '#', '> # ', '- # ']),
    st.sampled_from(['Week 1', 'Week 2 – ', 'Phase 1', 'Rules', 'Legend', '=====', '']),
    titles,
)
fixed = st.sampled_from([
    '', '', '---', '===', '***', '```', '~~~ py', '<!--', '-->', '<!-- a -->', '<div>', '</div>',
    '<details><summary>a</summary>', '| a | b |', '|---|---|', '| [ ] | ✅ |', 'a|b', '-|-',
    '[x]: /url', '    code', '\tcode', 'No skipping.', '<<<<<<< HEAD', '=======', '>>>>>>> x',
    '<!-- roadmap-md: allow RM301 next: why not -->', '`open', 'close`',
])  # fmt: skip
legends = st.sampled_from([
    '[ ] Not Started\n🟨 In Progress\n✅ Completed\n',
    '- [ ] to do\n- [o] doing\n- [x] done\n',
    '- ⬜ planned\n🔄 in progress\n✅\ufe0f done\n',
    '☐ open\n☑\ufe0f done\n',
    'âœ… Completed\nğŸŸ¨ In Progress\n[ ] Not Started\n',
    'Legend: ⬜ open | 🟨 doing | ✅ done\n',
    '(`[x]` done, [o] doing,\n✅ passed)\n',
    '| Key | |\n|---|---|\n| ⬜ | open |\n| ✅ | done |\n',
    '| ⬜ | ✅ |\n|---|---|\n| open | done |\n',
])  # fmt: skip
openings = st.sampled_from(
    ['', '', '---\ntitle: [ ] a\n---\n', '+++\na = 1\n+++\n', '---\n', '# Plan\n']
)
phrases = st.sampled_from([
    '✅', '⬜', '🔄 In progress', 'Done', 'not started', '[x]', '[ ]', ':white_check_mark:', '**✅ Done**',
    '', ' ', '📋 Planned', 'Done ✅', 'COMPLETED 2026-03-29', '❌', 'fertig', '完了', 'something else', '3/5',
    '🎉', '`[ ] Not started`', 'Not started / Done', '~~Done~~', '✅ merged in #12', '50%',
    '(done 2026-03-29)', 'Done / finished', '✅ 2026-03-29 done', '__Done__', '⭕', '🔺 完了', '⏳',
])  # fmt: skip
STATUS_HEADS = ('Status', 'Done?', '', 'Alice', '上태', '✅')


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table with a column or two of statuses, ragged here and there."""
    wide = draw(st.integers(2, 4))
    head = [
        draw(st.sampled_from(('Day', 'Day', 'Topic', 'Status'))),
        *draw(st.lists(st.sampled_from(STATUS_HEADS), min_size=wide, max_size=wide)),
    ]
    rows = draw(st.lists(st.lists(phrases, min_size=1, max_size=wide + 1), max_size=5))
    named = [
        [draw(st.sampled_from(('1', '2', 'Lists', 'Week 1', '**Total**', 'a\\|b', ''))), *row]
        for row in rows
    ]
    blank = draw(st.sampled_from(['', ' ', '  ']))
    return (
        '\n'
        + '\n'.join(
            '|' + '|'.join(f'{blank}{cell}{blank}' for cell in row) + '|'
            for row in (head, ['---'] * len(head), *named)
        )
        + '\n'
    )


elsewhere = st.one_of(
    tables(),
    joined(st.sampled_from(['## Week 1', '## A', '### Day 3: B', '# 完了']), st.just(' '), phrases),
    joined(
        st.sampled_from(['## A (', '## B – ', '# C: ']), phrases, st.sampled_from(['', ')', ' ✅'])
    ),
    joined(st.sampled_from(['## ', '### ']), markers, st.just(' '), titles),
    joined(
        st.sampled_from(['**Status:** ', 'Status: ', '- Estado: ', '\nWeek 1 Status: ']), phrases
    ),
    joined(
        st.sampled_from(['## Done', '## À faire', '## In progress', '## Next (soon)', '## Why?']),
        st.just('\n'),
    ),
    joined(
        bullets,
        st.sampled_from(['[ ] ', '[x] ', '✅ ', '']),
        titles,
        st.sampled_from(
            [' ✅', ' (done)', ' ❌', ' [x]', ' (done 2026-03-29)', ' / todo', ' (⬜)']
        ),
    ),
    joined(bullets, st.sampled_from(['~~', '~~[x] ']), titles, st.just('~~')),
    st.sampled_from(['### Day 80: April 20, 2020\n\nWrote it.', '### Day 1 – 2026-01-01']),
)
lines = st.one_of(tasks, tasks, tasks, headings, titles, fixed, elsewhere, elsewhere)
ends = st.sampled_from([['\n'], ['\r\n'], ['\n', '\r\n'], ['\n', '\n\n', '\r\n\r\n']])


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """The bytes of a tracker with anything in it, in any line ends, with and without a BOM."""
    body = draw(st.lists(lines, max_size=25))
    if draw(st.booleans()):
        body.insert(draw(st.integers(0, len(body))), '\n' + draw(legends))
    end = draw(ends)
    text = draw(openings) + ''.join(line + end[at * 7 % len(end)] for at, line in enumerate(body))
    if len(end) == 1:
        text = text.replace('\r\n', '\n').replace('\n', end[0])
    if draw(st.booleans()):
        text = text.rstrip('\r\n')
    return (draw(st.sampled_from(['', '', '\ufeff'])) + text).encode()


preferences = st.sampled_from([
    Preference(), Preference(), Preference(), Preference(style=Family.BOX), Preference(style=Family.EMOJI),
    Preference((('🎉', Status.COMPLETED), ('[o]', Status.IN_PROGRESS))),
])  # fmt: skip
statuses = st.sampled_from(list(Status))


def law(test):
    """Run *test* on many documents: few in a normal run, and the same each time."""

    def run(long: bool) -> None:
        settings(
            max_examples=LONG if long else NORMAL, derandomize=True, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )(test)()  # fmt: skip

    run.__name__ = run.__qualname__ = test.__name__
    return run


def changed(tracker: Tracker, wanted: dict[int, Status]) -> Tracker | None:
    """The tracker with the *wanted* statuses; None where it says that it cannot be written."""
    try:
        return set_statuses(tracker, wanted)
    except (UserError, WriteProofError):
        return None


def settable(tracker: Tracker, index: int, status: Status) -> bool:
    """Can task *index* be given *status*: is it no place to look at, is there a marker for it?"""
    try:
        edit_status(tracker, index, status)
    except UserError:
        return False
    return True


@law
@given(documents(), preferences)
def test_law_1_no_change_is_no_change(data, preference):
    tracker = read_tracker(data, preference)
    assert set_statuses(tracker, {}).data == data
    assert set_statuses(tracker, dict(enumerate(tracker.state))).data == data


@law
@given(documents(), preferences, statuses)
def test_law_1_only_the_marker_changes(data, preference, status):
    tracker = read_tracker(data, preference)
    for index, task in enumerate(tracker.statused):
        if not settable(tracker, index, status):
            continue
        after = set_statuses(tracker, {index: status}).data
        kept = data
        edits = edit_status(tracker, index, status)
        for edit in edits:
            assert any(may_change(tracker, marked, edit.span) for marked in task.marks)
        counts = count_edits(tracker, {index: status}) if edits else []
        for edit in sorted([*edits, *counts], reverse=True):
            kept = kept[: edit.span.start] + edit.new + kept[edit.span.stop :]
        assert after == kept
        if tracker.state[index] is status:
            assert after == data


def may_change(tracker: Tracker, marked: Marked, span: Span) -> bool:
    """Is *span* that of the marker, of the blanks that fill its cell, or of what strikes through?"""
    start, stop = marked.mark.span
    changed = tracker.data[slice(*span)]
    match marked.carrier.kin:
        case 'cell':
            row, column = place_of(read_table(tracker.page, marked.mark.block), marked.mark.span)
            return span.start == start and span.stop in (stop, row.cells[column].span.stop)
        case 'line' if tracker.data[start:stop] == b'~~':
            return changed == b'~~'
    return span == marked.mark.span


LEGEND = '[ ] Not Started\n🟨 In Progress\n✅ Completed\n\n'


@law
@given(
    st.lists(
        joined(bullets, st.sampled_from(['[ ]', '🟨', '✅']), st.just(' '), titles), max_size=9
    ),
    st.lists(
        st.sampled_from([Status.IN_PROGRESS, Status.COMPLETED, Status.NOT_STARTED]), min_size=3
    ),
    st.sampled_from(['\n', '\r\n']),
)
def test_law_1_the_inverse_edit_gives_the_bytes_back(body, journey, end):
    data = (LEGEND + '\n'.join(body)).replace('\n', end).encode()
    tracker = read_tracker(data)
    for index, first in enumerate(tracker.state):
        on_the_way = tracker
        if len(tracker.statused[index].marks) > 1:
            continue  # a second status is none that the tool writes
        for status in journey:
            on_the_way = set_statuses(on_the_way, {index: status})
        assert set_statuses(on_the_way, {index: first}).data == data


@law
@given(documents(), preferences, st.data())
def test_law_2_states_never_move_the_skeleton(data, preference, draws):
    tracker = read_tracker(data, preference)
    wanted = {}
    for index, now in enumerate(tracker.state):
        usable = [status for status in Status if settable(tracker, index, status)] or [now]
        wanted[index] = draws.draw(st.sampled_from(usable), label=tracker.tasks[index].key)
    after = set_statuses(tracker, wanted)
    assert after.state == tuple(wanted.values())
    again = read_tracker(after.data, preference)
    assert again.skeleton == tracker.skeleton
    assert again.state == after.state


@law
@given(documents(), preferences, st.data())
def test_law_3_what_is_written_is_what_was_asked_or_nothing(data, preference, draws):
    tracker = read_tracker(data, preference)
    assume(tracker.tasks)
    wanted = draws.draw(st.dictionaries(st.integers(0, len(tracker.tasks) - 1), statuses))
    if (after := changed(tracker, wanted)) is not None:
        expected = tuple(wanted.get(at, status) for at, status in enumerate(tracker.state))
        again = read_tracker(after.data, preference)
        assert (again.skeleton, again.state) == (tracker.skeleton, expected)


@law
@given(documents())
@example(b'')
@example(b'\xef\xbb\xbf')
@example(b'\r\n')
def test_every_document_is_linted_where_it_says(data):
    rows = data.decode().split('\n')
    for diagnostic in lint(data, 'ROADMAP.md', Config(), date(2026, 3, 2)).diagnostics:
        for line, column in (diagnostic.start, diagnostic.stop):
            assert 1 <= line <= len(rows)
            assert 1 <= column <= len(rows[line - 1]) + 1
        assert diagnostic.problem.span.start < diagnostic.problem.span.stop <= len(data)
        assert diagnostic.problem.message == diagnostic.problem.message.strip()


@law
@given(st.binary(max_size=200))
def test_any_bytes_are_linted(data):
    found = lint(data, 'ROADMAP.md', Config(), date(2026, 3, 2)).diagnostics
    try:
        data.decode()
    except UnicodeDecodeError:
        assert 'RM001' in [diagnostic.rule.code for diagnostic in found]


# Law 3 is worth only what it catches: carriers that write wrong, and markers that mean more.


def renames(page, mark, target):
    return [Edit(Span(mark.span.start, mark.title.stop), target.marker(Family.BOX) + b' Renamed')]


def forgets(page, mark, target):
    return []


def writes_another(page, mark, target):
    return [Edit(mark.span, b'[/]')]


def opens_a_fence(page, mark, target):
    return [Edit(Span(page.starts[mark.line], mark.span.stop), b'```' + target.marker(Family.BOX))]


def adds_a_task(page, mark, target):
    return [Edit(mark.span, target.marker(Family.BOX) + b' a\n[ ]')]


def adds_a_heading(page, mark, target):
    return [Edit(mark.span, target.marker(Family.BOX)), Edit(Span(0, 0), b'# Week 9\n')]


def is_no_text(page, mark, target):
    return [Edit(mark.span, b'[\n]')]


def ticks_the_next_too(page, mark, target):
    second = page.data.index(b'[ ]', mark.span.stop)
    return [Edit(mark.span, target.marker(Family.BOX)), Edit(Span(second, second + 3), b'[x]')]


BROKEN = (
    renames, forgets, writes_another, opens_a_fence, adds_a_task, adds_a_heading, is_no_text,
    ticks_the_next_too,
)  # fmt: skip


@pytest.mark.parametrize('write', BROKEN, ids=[write.__name__ for write in BROKEN])
@pytest.mark.parametrize(
    'data', [b'- [ ] one\n- [ ] two\n', b'[ ] one  \n[ ] two  \n'], ids=['items', 'lines']
)
def test_law_3_catches_a_carrier_that_writes_wrong(write, data, monkeypatch):
    carriers = tuple(c._replace(write=write) for c in (list_box.CARRIER, bare_line.CARRIER))
    monkeypatch.setattr(module, 'CARRIERS', carriers)
    with pytest.raises(WriteProofError):
        set_statuses(read_tracker(data), {0: Status.COMPLETED})


def test_law_3_a_place_that_can_only_be_read(monkeypatch):
    monkeypatch.setattr(
        module, 'CARRIERS', (Carrier('place to look at', list_box.read, None, 'line'),)
    )
    with pytest.raises(UserError, match='from a place to look at, which can only be read'):
        set_statuses(read_tracker(b'- [ ] one\n'), {0: Status.COMPLETED})


HOSTILE = {
    'a marker of blanks': ('[ ]\n', '- [ ] one'),
    'a marker that ends the box early': ('[x] a', '- [ ] one'),
    'a marker that opens a comment': ('<!--', '- [ ] one\n- [ ] two'),
    'a marker that opens a fence': ('```', '[ ] one\n[ ] two'),
    'a marker that is a heading': ('#', '[ ] one\n[ ] two'),
    'a marker that is a list item': ('-', '[ ] one\n[ ] two'),
}


@pytest.mark.parametrize(('marker', 'text'), HOSTILE.values(), ids=HOSTILE)
def test_law_3_catches_a_marker_that_means_more(marker, text):
    preference = Preference(((marker, Status.COMPLETED),))
    tracker = read_tracker(text.encode(), preference)
    if tracker.state[0] is Status.COMPLETED:
        return
    with pytest.raises((WriteProofError, UserError)):
        after = set_statuses(tracker, {0: Status.COMPLETED})
        raise AssertionError(after.data)


def test_a_status_that_no_marker_means_is_refused_with_what_to_do():
    tracker = read_tracker('⬜ open\n✅ done\n\n- ⬜ one\n'.encode())
    with pytest.raises(UserError, match='⛔ would not be read as blocked: declare a marker'):
        set_statuses(tracker, {0: Status.BLOCKED})


WRITTEN = {
    'the default, boxes': ('- [ ] a', 'completed', '- [x] a'),
    'the default, emoji': ('- ⬜ a', 'in-progress', '- 🟨 a'),
    'what the tracker uses': ('- [ ] a\n- [X] b\n- [X] c', 'completed', '- [X] a'),
    'what the tracker uses, in the same family': (
        '- [ ] a\n- ✅ b\n- ✅ c\n- [X] d',
        'completed',
        '- [X] a',
    ),
    'what the tracker uses, in another': ('- [ ] a\n- ✅ b\n- ✔ c\n- ✅ d', 'completed', '- ✅ a'),
    'the legend': ('[ ] open\n✅ done\n\n- [ ] a\n- [x] b', 'completed', '- ✅ a'),
    'the legend with U+FE0F': (
        '⬜ open\n✔\ufe0f done\n\n- ⬜ a\n- ✔ b',
        'completed',
        '- ✔\ufe0f a',
    ),
    'a box where the legend has none': ('⬜ open\n✅ done\n\n- ⬜ a', 'in-progress', '- [/] a'),
    'a status without a box': ('- [ ] a', 'blocked', '- ⛔ a'),
}


@pytest.mark.parametrize(('text', 'status', 'line'), WRITTEN.values(), ids=WRITTEN)
def test_what_is_written(text, status, line):
    tracker = read_tracker(text.encode())
    after = set_statuses(tracker, {0: Status(status)})
    assert after.data.decode().split('\n')[tracker.tasks[0].line] == line


PREFERRED = {
    'box, over the legend': (Preference(style=Family.BOX), '[ ] open\n✅ done\n\n- [ ] a', '- [x] a'),
    'box, the legend\'s own': (Preference(style=Family.BOX), '⬜ open\n[X] done\n\n- ⬜ a', '- [X] a'),
    'emoji, over the legend': (Preference(style=Family.EMOJI), '[ ] open\n[x] done\n\n- [ ] a', '- ✅ a'),
    'emoji': (Preference(style=Family.EMOJI), '- [ ] a', '- ✅ a'),
    'a marker': (Preference((('🎉', Status.COMPLETED),)), '- [ ] a', '- 🎉 a'),
    'a marker over the legend': (
        Preference((('🎉', Status.COMPLETED),)), '[ ] open\n✅ done\n\n- [ ] a', '- 🎉 a',
    ),
    'a marker of that style': (Preference((('[o]', Status.COMPLETED),), Family.BOX), '- [ ] a', '- [o] a'),
}  # fmt: skip


@pytest.mark.parametrize(('preference', 'text', 'line'), PREFERRED.values(), ids=PREFERRED)
def test_what_is_written_where_it_is_configured(preference, text, line):
    tracker = read_tracker(text.encode(), preference)
    after = set_statuses(tracker, {0: Status.COMPLETED})
    assert after.data.decode().split('\n')[-1] == line
    assert set_statuses(after, {0: Status.NOT_STARTED}).state == tracker.state
