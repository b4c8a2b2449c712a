"""RM1: the markers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..mark import Fault, Mark
from ..page import Text
from ..rule import Problem, Severity, rule
from ..status import Status
from ..text import Edit, Span
from ..tracker import Tracker
from ..vocabulary import AMBIGUOUS, VARIATION_SELECTOR, Vocabulary, family_of, is_symbol


@rule('RM101', 'unknown-marker', Severity.ERROR)
def unknown_marker(tracker: Tracker) -> Iterator[Problem]:
    """Every marker is one that the legend declares, or a usual one where there is no legend.

    A line whose marker means nothing is not counted, and its day can be skipped unseen.

    ```diff
     ## Week 1
     - [x] Day 1
    -- [?] Day 2
    +- [ ] Day 2
     - [ ] Day 3
    ```

    ```diff
     # Legend
     [ ] Not started
     ✅ Completed

     ## Week 1
     ✅ Day 1
    -🚧 Day 2
    +[ ] Day 2
    ```
    """
    for mark in tracker.unread:
        if mark.fault is Fault.UNKNOWN:
            yield Problem(mark.span, f'{_shown(tracker, mark.span)} {_not_declared(tracker)}')
    for span in _strays(tracker):
        yield Problem(span, f'{_shown(tracker, span)} {_not_declared(tracker)}')


def _not_declared(tracker: Tracker) -> str:
    if legend := tracker.skeleton.legend:
        return f'is not in the legend on line {min(legend.lines) + 1}'
    return 'is no marker that means a status'


def _shown(tracker: Tracker, span: Span) -> str:
    return tracker.data[slice(*span)].decode()


def _strays(tracker: Tracker) -> Iterator[Span]:
    """Symbols that begin a line right beneath a task's, in the same form, and are no marker."""
    for text in _beneath_tasks(tracker):
        symbol, _, title = tracker.data[slice(*text.span)].replace(b'\t', b' ').partition(b' ')
        if title.strip() and is_symbol(symbol):
            yield Span(text.span.start, text.span.start + len(symbol))


def _beneath_tasks(tracker: Tracker) -> Iterator[Text]:
    """The lines without a marker that stand right beneath a task's, in the same form."""
    marked = {mark.line: mark for mark in (*tracker.marks, *tracker.unread)}
    hidden = tracker.skeleton.legend.lines if tracker.skeleton.legend else frozenset()
    for text in tracker.page.texts:
        above = marked.get(text.line - 1)
        if above is None or text.line in marked or text.line in hidden:
            continue
        if _same_form(tracker, above, text):
            yield text


def _same_form(tracker: Tracker, above: Mark, text: Text) -> bool:
    if above.item < 0 or text.item < 0:
        return above.block == text.block
    blocks = tracker.page.blocks
    return blocks[above.item].parent == blocks[text.item].parent


@rule('RM102', 'malformed-marker', Severity.ERROR)
def malformed_marker(tracker: Tracker) -> Iterator[Problem]:
    r"""A box is `[`, one character, `]`; behind a box and behind an emoji stands a blank.

    What is nearly a box looks like one to people, and like text to GitHub and to every tool. An
    emoji that runs into its text is reported beneath a task.

    ```diff
    -- [] Lists
    +- [ ] Lists
    -- [x ] Tuples
    +- [x] Tuples
    -- [ ]Sets
    +- [ ] Sets
    --[ ] Dictionaries
    +- [ ] Dictionaries
    -- [\u00a0] Files
    +- [ ] Files
    ```
    """
    for mark in tracker.unread:
        if mark.fault is Fault.MALFORMED:
            shown = _shown(tracker, mark.span).replace('\u00a0', '\\u{a0}')
            said = f'{shown} is not a box; write [ ] and a blank behind it'
            yield Problem(mark.span, said, edits=(_well_formed(tracker.data, mark.span),))
    for span, behind in _run_in(tracker):
        said = f'{_shown(tracker, span)} is no marker without a blank behind it'
        yield Problem(span, said, edits=(Edit(behind, b' '),))


_RUN_IN = re.compile('\ufe0f?(?P<blank>\u00a0*)(?=[^\\W_])')


def _run_in(tracker: Tracker) -> Iterator[tuple[Span, Span]]:
    """Markers that run into a text, and where their blank belongs."""
    known = [m.decode() for m in tracker.vocabulary.meanings if not m.isascii() and m[:1] != b'[']
    for text in _beneath_tasks(tracker):
        line = tracker.data[slice(*text.span)].decode()
        for marker in known:
            if line.startswith(marker) and (match := _RUN_IN.match(line, len(marker))):
                stop = text.span.start + len(line[: match.start('blank')].encode())
                yield Span(text.span.start, stop), Span(stop, stop + 2 * len(match['blank']))
                break


def _well_formed(data: bytes, span: Span) -> Edit:
    """The box that is meant: its item's blank, one character, a blank behind it."""
    start, stop = span
    written = data[start:stop]
    bullet = written[:1] + b' ' if written[:1] in b'-+*' else b''
    inside = written[written.index(b'[') + 1 : -1].decode().strip() or ' '
    if data.startswith(b'\xc2\xa0', stop):
        stop += 2
    behind = b'' if data[stop : stop + 1] in (b'', b' ', b'\t', b'\r', b'\n') else b' '
    return Edit(Span(start, stop), bullet + f'[{inside}]'.encode() + behind)


@rule('RM103', 'mixed-markers', Severity.WARNING)
def mixed_markers(tracker: Tracker) -> Iterator[Problem]:
    """One status has one spelling: the legend's, else the one that the tracker uses most.

    Two spellings of one status cannot be searched, and read as if they meant two things.
    Reported once for each spelling, where it first stands.

    ```diff
     - [x] Lists
     - [x] Tuples
    -- [X] Sets
    +- [x] Sets
     - [ ] Dictionaries
    ```
    """
    data = tracker.data
    meant = {
        data[mark.span.start : mark.span.stop]: mark.status for mark in _at_line_starts(tracker)
    }
    for status in dict.fromkeys(meant.values()):
        spellings = [marker for marker, means in meant.items() if means is status]
        declared = tracker.vocabulary.spellings.get(status) if status else None
        if status and spellings != [declared or spellings[0]]:
            yield from _mixed(tracker, status, declared)


def _mixed(tracker: Tracker, status: Status, declared: bytes | None) -> Iterator[Problem]:
    marks = [mark for mark in _at_line_starts(tracker) if mark.status is status]
    spelled = [(tracker.data[slice(*mark.span)], mark) for mark in marks]
    counts = Counter(marker.replace(VARIATION_SELECTOR, b'') for marker, _ in spelled)
    usual = (declared or counts.most_common(1)[0][0]).replace(VARIATION_SELECTOR, b'')
    written = declared or next(m for m, _ in spelled if m.replace(VARIATION_SELECTOR, b'') == usual)
    if declared and family_of(usual) is not family_of(spelled[0][0]) and len(counts) == 1:
        return  # the whole tracker is kept in another form than its legend
    reported = {usual}
    for marker, mark in spelled:
        bare = marker.replace(VARIATION_SELECTOR, b'')
        if bare not in reported:
            reported.add(bare)
            where = 'the legend has' if declared else 'elsewhere'
            times = f' ({counts[bare]} times)' if counts[bare] > 1 else ''
            alike = [m.span for text, m in spelled if text.replace(VARIATION_SELECTOR, b'') == bare]
            yield Problem(
                mark.span,
                f'{marker.decode()} for {status.words}, {where} {usual.decode()}{times}',
                edits=tuple(Edit(span, written) for span in alike),
            )


# What has its meaning by where it stands.
_BY_CONTEXT = (b'~~', *AMBIGUOUS)


def _at_line_starts(tracker: Tracker) -> Sequence[Mark]:
    """The marks before texts; elsewhere a word and a symbol may well say the same."""
    if not tracker.elsewhere and not any(glyph in tracker.data for glyph in _BY_CONTEXT):
        return tracker.marks
    return [
        mark
        for carrier, mark in zip(tracker.carriers, tracker.marks, strict=True)
        if carrier.kin == 'line'
        and tracker.vocabulary.status(tracker.data[slice(*mark.span)]) is mark.status
    ]


@rule('RM108', 'contradictory-marker', Severity.WARNING)
def contradictory_marker(tracker: Tracker) -> Iterator[Problem]:
    """A task says its status once, or twice the same.

    An open box before a text and a ✅ behind it, or a ✅ before the words *not started*: one was
    forgotten, and a reader believes the other. What is counted is the box, and the words. Behind an
    open box ❌ is no contradiction.

    ```diff
     ## Week 1
    -- [ ] Lists ✅
    +- [x] Lists ✅
     - [x] Tuples (done)
    -- [x] Sets (in progress)
    +- [/] Sets (in progress)
    ```

    ```diff
     | Week | Status |
     |---|---|
    -| Lists | ✅ Not started |
    +| Lists | ⬜ Not started |
    ```
    """
    known: dict[str, str | None] = {}  # in a table the same few stand in all cells
    for statused in (*tracker.elsewhere, *tracker.statused_sections):
        first, *others = (marked.mark for marked in statused.marks)
        for second in others:
            if second.status is not first.status and first.status and second.status:
                other = _shown(tracker, first.span) or 'its section'
                yield Problem(
                    second.span,
                    f'{_shown(tracker, second.span)} says {second.status.words}, but'
                    f' {other} says {first.status.words}',
                )
        for carrier, mark in statused.marks:
            if carrier.kin != 'line':
                text = _shown(tracker, mark.span)
                if text not in known:
                    known[text] = _two_statuses(text, tracker.vocabulary)
                if said := known[text]:
                    yield Problem(mark.span, said)


def _two_statuses(text: str, vocabulary: Vocabulary) -> str | None:
    """What is wrong where a symbol and a word stand side by side and differ."""
    from ..phrase import read_phrase  # where there is something to ask

    phrase = read_phrase(text, vocabulary)
    if phrase is None or phrase.shown in (None, phrase.status):
        return None
    symbol = phrase.symbol or phrase.behind.strip()
    is_doubtful = symbol.encode().replace(VARIATION_SELECTOR, b'') in AMBIGUOUS
    if is_doubtful or (phrase.shown, phrase.status) == (Status.CANCELLED, Status.NOT_STARTED):
        return None
    assert phrase.shown
    return f"{symbol} says {phrase.shown.words}, but '{phrase.word}' says {phrase.status.words}"


@rule('RM109', 'ambiguous-marker', Severity.WARNING)
def ambiguous_marker(tracker: Tracker) -> Iterator[Problem]:
    """A marker with two meanings is declared.

    ⏳ is waiting to some and in progress to others, 🟢 done or on its way, `[-]` cancelled or half
    done. A legend, or `markers` in the configuration, says which. Reported once for each.

    ```diff
    -- ⏳ Lists
    +- 🟨 Lists
     - ⬜ Tuples
    ```
    """
    settled = {marker.encode() for marker, _ in tracker.preference.markers}
    if legend := tracker.skeleton.legend:
        settled |= {marker.encode() for marker, _ in legend.markers}
    for glyph in AMBIGUOUS:
        if glyph not in tracker.data:
            continue
        for mark, status in zip(tracker.marks, tracker.state, strict=True):
            written = tracker.data[slice(*mark.span)]
            if written.replace(VARIATION_SELECTOR, b'') == glyph and written not in settled:
                yield Problem(
                    mark.span, f'{glyph.decode()} has two meanings; read as {status.words} here'
                )
                break
