"""The terminal interface: what keys do to the file and to git, and what is seen then."""

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from worktree import Work, work_tree

from roadmap_md.project import find_project
from roadmap_md.tracker import Tracker
from roadmap_md.ui.app import RoadmapApp
from roadmap_md.ui.desk import Desk
from roadmap_md.ui.dialogs import Note, Said
from roadmap_md.ui.keys import table

WEEKS = """\
# Plan

No skipping.

## Week 1
- [x] Day 1 – Lists
- [ ] Day 2 – Tuples
- [ ] Day 3 – Sets

## Week 2
Take it easy.

- [ ] Day 1 – 文件
- [ ] Day 2 – JSON
"""
Play = Callable[['Pilot[None]', RoadmapApp], Awaitable[None]]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    monkeypatch.chdir(tmp_path)
    return work_tree(tmp_path, WEEKS)


def played(play: Play, size: tuple[int, int] = (80, 24)) -> RoadmapApp:
    """The application, after *play* was done with it."""

    async def run() -> RoadmapApp:
        project = find_project([])
        desk = Desk(project, project.trackers(())[0])
        stamp = desk.stamp()
        app = RoadmapApp(desk, desk.read(), stamp)
        async with app.run_test(size=size) as pilot:
            await until(
                pilot, lambda: not isinstance(app.beside.past, str) or 'git' in app.beside.past
            )
            await play(pilot, app)
        return app

    return asyncio.run(run())


async def until(pilot: 'Pilot[None]', is_so: Callable[[], object]) -> None:
    for _ in range(1000):
        if is_so():
            await pilot.pause()
            return
        await pilot.pause(0.03)
    raise AssertionError(screen(pilot.app))


async def press(pilot: 'Pilot[None]', *keys: str) -> None:
    """Press *keys*, and wait until what they ask for is done."""
    app = pilot.app
    assert isinstance(app, RoadmapApp)
    await pilot.press(*keys)
    await until(pilot, lambda: not app._waiting)


def screen(app: object) -> str:
    """What is seen."""
    assert isinstance(app, RoadmapApp)
    strips = app.screen._compositor.render_strips()
    return '\n'.join(''.join(segment.text for segment in strip).rstrip() for strip in strips)


def state(work: Work) -> str:
    """The markers, which are the committed ones, and nothing else is changed."""
    assert work.git('status', '--porcelain') == ''
    return ''.join(re.findall(r'(?m)^- \[(.)\]', work.bytes('show', 'HEAD:ROADMAP.md').decode()))


# Keys; the markers then; the subjects of the commits, newest first; what is said.
KEYS = {
    'the cursor is on the next': ('t', 'xx   ', ['complete week 1 day 2 – Tuples'], 'Tuples completed'),
    'start': ('s', 'x/   ', ['start week 1 day 2 – Tuples'], 'Tuples started'),
    'typed ahead': ('t n t n t', 'xxxx ', ['complete week 2 day 1 – 文件', 'complete week 1 day 3 – Sets',
                    'complete week 1 day 2 – Tuples'], '文件 completed'),
    'moved to': ('k r', '     ', ['reset week 1 day 1 – Lists'], 'Lists reset'),
    'undo': ('t u', 'x    ', ['undo week 1 day 2 – Tuples', 'complete week 1 day 2 – Tuples'], '↶ week 1 day 2'),
    'undo, twice': ('s t u u', 'x    ', ['undo', 'undo', 'complete', 'start'], 'in progress → not started'),
    'done already': ('up t', 'x    ', [], 'was completed already'),
    'a section': ('up up t', 'x    ', [], 'no task is under the cursor'),
    'a folded section': ('G t', 'x    ', [], 'no task is under the cursor'),
    'nothing found': ('slash z z z enter t', 'x    ', [], 'no task is under the cursor'),
    'unfolded': ('t n t G right down t', 'xxxx ', ['complete week 2', 'complete', 'complete'], '文件 completed'),
}  # fmt: skip


@pytest.mark.parametrize(('keys', 'markers', 'subjects', 'said'), KEYS.values(), ids=KEYS)
def test_keys(work: Work, keys: str, markers: str, subjects: list[str], said: str) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, *keys.split())
        assert said in screen(app), screen(app)

    played(play)
    assert state(work) == markers
    made = work.git('log', '--format=%s', 'HEAD~1..' if not subjects else f'HEAD~{len(subjects)}..')
    if subjects:
        assert len(made.splitlines()) == len(subjects)
        for one, subject in zip(made.splitlines(), subjects, strict=True):
            assert one.startswith(f'docs(roadmap): {subject}')
    assert len(work.git('log', '--format=%h').splitlines()) == 1 + len(subjects)


LAID_OUT = """\
 Plan                                                                ROADMAP.md
 ███░░░░░░░░░░░░░░░░  1 of 5  20%   next week 1 day 2 – Tuples
 ▿ Week 1                         ██░░░░   1/3 │ Task  Log  Stats
     ✓ Day 1 – Lists                           │ week 1 day 2 – Tuples
     · Day 2 – Tuples                     next │ · not started
     · Day 3 – Sets                            │ Week 1
 ▹ Week 2                         ░░░░░░   0/2 │ line 7 · week-1/day-2
"""


def test_80_columns(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        rows = screen(app).splitlines()
        assert '\n'.join(rows[:7]) == LAID_OUT.rstrip()
        assert rows[-1] == 't Tick s Start r Reset m Note u Undo n Next / Filter ? Keys q Quit'

    played(play)


@pytest.mark.parametrize('size', [(40, 12), (20, 6), (300, 80)], ids=str)
def test_other_sizes(work: Work, size: tuple[int, int]) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 't')
        assert 'Day 2' in screen(app) and max(map(len, screen(app).splitlines())) <= size[0]

    played(play, size)
    assert state(work) == 'xx   '


def test_a_refusal_names_the_waiver_and_changes_nothing(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 'down', 't')
        assert isinstance(app.screen, Said)
        said = ' '.join(re.findall(r'│ (.*) │', screen(app)))
        assert 'RM301' in said and '<!-- roadmap-md: allow RM301 week-1/day-2: the reason -->' in (
            re.sub(r'\s+', ' ', said)
        )
        await press(pilot, 'escape', 'up', 't')  # and it goes on

    played(play)
    assert state(work) == 'xx   '


def test_a_note_is_kept_with_all_its_lines(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 'm', 'escape')  # thought better of it
        assert state(work) == 'x    '
        await press(pilot, 'm')
        assert isinstance(app.screen, Note)
        await press(pilot, *'tq', 'ctrl+j', *'x', 'enter')
        assert 'Tuples completed' in screen(app)
        await until(pilot, lambda: 'tq' in screen(app))  # beside the tree, once history is read

    played(play)
    assert state(work) == 'xx   '
    assert work.git('log', '-1', '--format=%b').startswith('tq\nx\n')


def test_a_note_outlives_a_refusal(work: Work) -> None:
    work.hook('pre-commit', 'exit 1')

    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 'm')
        await press(pilot, *'tq', 'enter')
        assert isinstance(app.screen, Said)
        work.hook('pre-commit', 'exit 0')
        await press(pilot, 'escape', 'm')
        await press(pilot, 'enter')

    played(play)
    assert state(work) == 'xx   '
    assert work.git('log', '-1', '--format=%b').startswith('tq\n')


def test_a_hand_edit_is_shown_and_kept(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        work.sh(
            "sed -i 's/Take it easy/Do not hurry/; s/Sets/Bags/; s/- \\[ \\] Day 2 – JSON/- [\\/] Day 2 – JSON/' ROADMAP.md"
        )
        await until(pilot, lambda: 'Bags' in screen(app))
        assert 'was edited elsewhere' in screen(app)
        await press(pilot, 't')

    played(play)
    assert work.edits('HEAD~', 'HEAD') == ['-- [ ] Day 2 – Tuples', '+- [x] Day 2 – Tuples']
    assert len(work.edits()) == 6  # three lines edited by hand, not committed
    assert 'Bags' in work.file.read_text()


def test_a_tick_of_what_somebody_else_has_just_changed_is_not_made(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        app.look = lambda: None  # type: ignore[method-assign]  # it has not looked yet
        work.sh("sed -i 's/- \\[ \\] Day 2 – T/- [\\/] Day 2 – T/' ROADMAP.md")
        await press(pilot, 't')
        assert 'was changed elsewhere meanwhile' in screen(app)

    played(play)
    assert work.git('log', '--format=%s') == 'first'


# What the file becomes, and what is said; what was shown before stays.
UNREADABLE = {
    'not UTF-8': (b'\xff', 'is not UTF-8 at byte 0'),
    'a conflict': (b'<<<<<<< a\n- [ ] 1\n=======\n- [x] 1\n>>>>>>> b\n', 'has conflict markers'),
    'deleted': (None, 'there is no such file'),
}


def test_what_cannot_be_read_leaves_what_is_shown(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        for data, said in UNREADABLE.values():
            work.file.unlink()
            if data is not None:
                work.file.write_bytes(data)
            await until(pilot, lambda said=said: said in screen(app))
            assert 'how it was before' in screen(app) and 'Tuples' in screen(app)
            await press(pilot, 't')
            assert isinstance(app.screen, Said)
            await press(pilot, 'escape')
        work.file.write_text(WEEKS.replace('Tuples', 'Twins'))
        await until(pilot, lambda: 'Twins' in screen(app))

    played(play)
    assert work.git('log', '--format=%s') == 'first'


# As it is written, as it is seen.
HOSTILE = {
    '[red]x[/red]': '[red]x[/red]',
    '[@click=app.quit]x[/red]': '[@click=app.quit]x[/red]',
    '\x1b[31mx': '\\u{1b}[31mx',
    '\u202ex': '\\u{202e}x',
    '[/red] $panel {x}': '[/red] $panel {x}',
    '👩‍💻 日本語': '👩‍💻 日本語',
}


def test_titles_only_show(work: Work) -> None:
    days = ''.join(f'- [ ] Day {at} – {title}\n' for at, title in enumerate(HOSTILE, 1))
    weeks = ''.join(f'## Week {at} – {title}\n{days}\n' for at, title in enumerate(HOSTILE, 1))
    work.file.write_text(f'# {"".join(HOSTILE)}\n\n{weeks}')
    work.sh('git commit -qam hostile')

    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        for shown in HOSTILE.values():
            assert screen(app).count(shown) >= 3  # a heading, a day, the title of all
            await press(pilot, 't', 'n')
            assert f'{shown} completed' in screen(app)
        await press(pilot, 'tab', 'up', 'up', 'tab', 'tab', 'slash', *'red', 'escape')

    played(play, (200, 40))
    assert state(work) == 'x' * 6 + ' ' * 30


def test_filter(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 'slash', *'js', 'enter')
        assert 'JSON' in screen(app) and 'Lists' not in screen(app)
        assert '1 of 5 tasks' in screen(app)
        await press(pilot, 'escape', 'o')
        assert '4 of 5 tasks' in screen(app) and 'Lists' not in screen(app)
        await press(pilot, 'n', 't', 'o')
        assert 'Lists' in screen(app)

    played(play)
    assert state(work) == 'xx   '


def test_letters_that_follow_each_other_filter_once(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('roadmap_md.ui.app.TYPING', 1.0)

    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        asked: list[str] = []
        show = app.outline.show

        def counted(tracker: Tracker, words: str = '', open_only: bool = False) -> None:
            asked.append(words)
            show(tracker, words, open_only)

        monkeypatch.setattr(app.outline, 'show', counted)
        await press(pilot, 'slash', *'json')
        assert 'Lists' in screen(app) and not asked
        await until(pilot, lambda: 'Lists' not in screen(app))
        assert asked == ['json']

    played(play)


def test_the_mouse(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await pilot.click('#outline', offset=(2, 4))  # ▹ of week 2
        assert 'JSON' in screen(app)
        await pilot.click('#outline', offset=(9, 1))  # day 1
        await press(pilot, 'r')
        await pilot.click('.name:last-child')
        await until(
            pilot, lambda: 'Streak' in screen(app) or 'no task was completed' in screen(app)
        )

    played(play)
    assert state(work) == '     '


def test_one_moves_on_while_git_works(work: Work) -> None:
    """The hook waits for us."""
    work.hook('pre-commit', f'until [ -e {work.directory()}/go ]; do sleep 0.05; done')

    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await pilot.press('t', 'down', 't', 'down', 'tab')
        await until(pilot, lambda: app.outline.cursor_line == 4 and app.beside.at == 1)
        assert len(app._waiting) == 2 and '⋯ week 1 day 2' in screen(app)
        (work.directory() / 'go').touch()
        await until(pilot, lambda: not app._waiting)

    played(play)
    assert state(work) == 'xxx  '


def test_history_of_others_is_seen(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 'tab')
        assert 'Tuples' not in screen(app).partition('Log')[2].replace('Day 2 – Tuples', '')
        work.sh("sed -i 's/\\[ \\] Day 2 – T/[x] Day 2 – T/' ROADMAP.md; git commit -qam 'by hand'")
        await until(pilot, lambda: '✓ Tuples' in screen(app))

    played(play)


def test_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / 'ROADMAP.md').write_text(WEEKS)

    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 't')
        assert 'so nothing was committed' in screen(app)
        await press(pilot, 'u')
        assert isinstance(app.screen, Said)

    played(play)
    assert '- [x] Day 2' in (tmp_path / 'ROADMAP.md').read_text()


def test_all_is_deleted_under_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = work_tree(tmp_path / 'work', WEEKS)
    monkeypatch.chdir(work.top)

    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        shutil.rmtree(work.top)
        await until(pilot, lambda: 'directory was deleted' in app.beside.past)
        await press(pilot, 't', 'escape', 'u')
        assert isinstance(app.screen, Said)

    played(play)


def test_a_plan_without_statuses(work: Work) -> None:
    work.file.write_text('# Plan\n\nNothing yet.\n')

    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        await press(pilot, 't', 'n', 'r', 'slash', 'x', 'escape', 'o', 'tab', 'left', 'right')
        assert 'a plan without statuses' in screen(app)

    played(play)


def test_a_file_that_is_emptied_and_filled_again(work: Work) -> None:
    async def play(pilot: 'Pilot[None]', app: RoadmapApp) -> None:
        for text in '', '# Plan\n', WEEKS:
            work.file.write_text(text)
            await until(pilot, lambda text=text: app.tracker.data == text.encode())
            await press(pilot, 'j', 'n', 't', 'tab', 'tab', 'tab')
        assert 'Tuples completed' in screen(app)

    played(play)
    assert state(work) == 'xx   '


def test_the_page_has_the_keys() -> None:
    page = (Path(__file__).parents[1] / 'docs/ui.md').read_text(encoding='utf-8')
    rows = ''.join(f'| {keys} | {says} |\n' for keys, says in table())
    assert f'| key | does |\n| --- | --- |\n{rows}' in page
