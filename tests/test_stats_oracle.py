"""``stats --history`` against one who counts on their fingers: each day, each version, each task.

The histories are real and random; who made them knows every version, so nothing of the tool is
asked what happened.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, NamedTuple

MARKERS = ' /x-'
WORDS = 'Lists Tuples Sets Requests Chunking Embeddings Retrieval Caching Tracing Guards'.split()
DAY = timedelta(days=1)
OFFSETS = (0, 60, 345, 840, -480, -570)  # minutes


class Version(NamedTuple):
    """A commit: when and by whom, and the marker of each task in it."""

    when: datetime
    who: str
    tasks: dict[str, str]


def versions(choose: random.Random, number: int) -> list[Version]:
    """A history in which neither clocks nor calendars go back."""
    zone = timezone(timedelta(minutes=choose.choice(OFFSETS)))
    when = datetime(2026, 1, 5, 9, tzinfo=zone)
    tasks = {task(at): choose.choice(MARKERS) for at in range(choose.randint(3, 9))}
    found = [Version(when, 'ada', tasks)]
    while len(found) < number:
        when += timedelta(minutes=choose.choice((3, 300, 700, 1500, 4000)))
        moved = when.astimezone(timezone(timedelta(minutes=choose.choice(OFFSETS))))
        when = moved if moved.date() >= when.date() and not choose.randrange(4) else when
        before = [*found[-2].tasks] if len(found) > 1 else []
        gone = [title for title in before if title not in tasks]
        tasks = dict(tasks)
        if gone and choose.randrange(3):  # it is back
            tasks = {title: tasks.get(title, choose.choice(MARKERS)) for title in before}
        elif not choose.randrange(9):
            tasks[task(number + len(found))] = choose.choice(MARKERS)
        elif not choose.randrange(6) and len(tasks) > 2:
            del tasks[choose.choice(list(tasks))]
        else:
            tasks[choose.choice(list(tasks))] = choose.choice(MARKERS + 'xxxx')
        found.append(Version(when, choose.choice(('ada', 'bob')), tasks))
    return found


def task(number: int) -> str:
    """A title that is like no other."""
    random_words = random.Random(number).sample(WORDS, 3)
    return ' '.join(f'{word}{number}' for word in random_words)


def commits(found: list[Version]) -> Iterator[str]:
    """What `git fast-import` reads."""
    for version in found:
        text = '# Plan\n\n' + ''.join(f'- [{m}] {title}\n' for title, m in version.tasks.items())
        by = f'{version.who} <{version.who}@example.com> {version.when.timestamp():.0f}'
        yield f'commit refs/heads/main\nauthor {by} {version.when:%z}\ncommitter {by} +0000\n'
        yield f'data 1\na\nM 644 inline ROADMAP.md\ndata {len(text)}\n{text}\n'


class Finger(NamedTuple):
    """What is counted: for each day what happened on it, and how it ended."""

    days: dict[date, list[tuple[str, str]]]
    ends: dict[date, dict[str, str]]


def count(found: list[Version]) -> Finger:
    """Day by day: what a task is when it ends, against what it was when it began or appeared."""
    on: dict[date, list[Version]] = {}
    for version in found:
        on.setdefault(version.when.date(), []).append(version)
    known: dict[str, str] = {}
    ever: set[str] = set()
    days: dict[date, list[tuple[str, str]]] = {}
    there: set[str] = set()
    for day, of_day in on.items():
        began = {title: known[title] for title in there}
        for version in of_day:
            there = set(version.tasks)
            for title, marker in version.tasks.items():
                if title not in began:
                    began[title] = marker
                    ever |= {title} if marker == 'x' else set()
                known[title] = marker
        happened = days.setdefault(day, [])
        for title, was in began.items():
            if known[title] == 'x' != was:
                happened.append((title, 'again' if title in ever else 'completed'))
                ever.add(title)
            elif was == 'x' != known[title]:
                happened.append((title, 'reopened'))
    return Finger(days, {day: of_day[-1].tasks for day, of_day in on.items()})


def kinds(
    done: set[date], today: date, rest: int | list[str], is_pause: Callable[[date], bool]
) -> dict[date, str]:
    """What each day was, each week looked at for itself."""
    found: dict[date, str] = {}
    day = min(done)
    while day <= today:
        free = sum(
            1 for other, kind in found.items()
            if kind == 'rest' and other.isocalendar()[:2] == day.isocalendar()[:2]
        )  # fmt: skip
        if day in done:
            found[day] = 'done'
        elif is_pause(day):
            found[day] = 'pause'
        elif isinstance(rest, list) and f'{day:%A}'.lower() in rest:
            found[day] = 'rest'
        elif day == today:
            found[day] = 'open'
        else:
            found[day] = 'rest' if isinstance(rest, int) and free < rest else 'missed'
        day += DAY
    return found


def runs(were: dict[date, str]) -> Iterator[tuple[date, date, int]]:
    """All that could be called a streak, by its first and last day."""
    done = [day for day, kind in were.items() if kind == 'done']
    for first, last in combinations_with_replacement(done, 2):
        within = [kind for day, kind in were.items() if first <= day <= last]
        if 'missed' not in within:
            yield first, last, within.count('done')


RESTS: list[Any] = [0, 0, 1, 2, ['saturday', 'sunday'], ['wednesday']]


def test_as_counted_on_fingers(tmp_path: Path, long: bool) -> None:
    for seed in range(300 if long else 6):
        top = tmp_path / str(seed)
        top.mkdir()
        as_counted(top, random.Random(seed))


def as_counted(top: Path, choose: random.Random) -> None:
    found = versions(choose, choose.choice((2, 10, 60)))
    rest = choose.choice(RESTS)
    starts = [choose.randrange(40) for _ in range(choose.randrange(3))]
    pauses = [(on(at), on(at + choose.randrange(9))) for at in starts]
    subprocess.run(['git', 'init', '-q', '-b', 'main', top], check=True)
    subprocess.run(
        ['git', 'fast-import', '--quiet'], cwd=top, input=''.join(commits(found)), text=True,
        check=True,
    )  # fmt: skip
    subprocess.run(['git', 'reset', '-q', '--hard'], cwd=top, check=True)
    said = json.dumps([f'{first}..{last}' for first, last in pauses])
    (top / 'roadmap-md.toml').write_text(f'rest-days = {json.dumps(rest)}\npauses = {said}\n')
    last = found[-1].when.date()
    for today in {last, last + DAY, last + 5 * DAY}:
        compare(
            stats(top, today), count(found), today,
            lambda done, today=today: kinds(
                done, today, rest, lambda day: any(a <= day <= b for a, b in pauses)
            ),
        )  # fmt: skip


def on(number: int) -> date:
    return date(2026, 1, 5) + number * DAY


def stats(top: Path, today: date) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, '-m', 'roadmap_md', 'stats', '--json', '--today', str(today)],
        cwd=top, capture_output=True, text=True, env={**os.environ, 'TZ': 'Pacific/Pago_Pago'},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def compare(
    told: dict[str, Any], counted: Finger, today: date,
    kinds_of: Callable[[set[date]], dict[date, str]],
) -> None:  # fmt: skip
    happened = [(str(day), *one) for day, of_day in counted.days.items() for one in of_day]
    assert sorted(happened) == sorted((e['date'], e['title'], e['what']) for e in told['events'])
    done = {day for day, of_day in counted.days.items() if {w for _, w in of_day} - {'reopened'}}
    if not done:
        assert told['streak']['longest'] == 0
        return
    were = kinds_of(done)
    assert [(day['date'], day['kind']) for day in told['days']] == [
        (str(day), kind) for day, kind in were.items()
    ]
    ended = max(done)
    goes_on = 'missed' not in [kind for day, kind in were.items() if day > ended]
    now = max(length for _, last, length in runs(were) if last == ended) if goes_on else 0
    longest = max(length for *_, length in runs(were))
    assert (told['streak']['current'], told['streak']['longest']) == (now, longest)
    first = {day: sum(what == 'completed' for _, what in of) for day, of in counted.days.items()}
    count_in = [day for day, kind in were.items() if kind != 'pause']
    if were[today] != 'done' and today in count_in:
        count_in.remove(today)  # it is not over
    if sum(first.get(day, 0) for day in count_in):
        recent = count_in[-28:]
        pace = sum(first.get(day, 0) for day in recent) * 7 / max(len(recent), 7)
        assert told['pace']['per_week'] == round(pace, 2)
    changed, before = {}, None
    for day, end in counted.ends.items():
        if end != before:
            of = list(end.values())
            changed[str(day)] = (len(of), of.count('x'), of.count('-'))
        before = end
    points = {p['date']: (p['total'], p['completed'], p['cancelled']) for p in told['burn_up']}
    assert changed == {day: points[day] for day in changed}
