"""What a report is made of, and the command that makes it."""

import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pasts import day, past
from worktree import Work, done, sh, work_tree

from roadmap_md.__main__ import main
from roadmap_md.burnup import burn_up, weekly
from roadmap_md.chronicle import Told, chronicle
from roadmap_md.guidance import advice, rules
from roadmap_md.inline import inline
from roadmap_md.output.report import burnup
from roadmap_md.output.report.plan import Card, shown
from roadmap_md.output.report.year import year
from roadmap_md.report import Plan
from roadmap_md.rhythm import Rhythm
from roadmap_md.tracker import read_tracker

SEED = read_tracker((Path(__file__).parents[1] / 'ROADMAP.md').read_bytes())


@pytest.mark.parametrize(
    'text, pieces',
    [
        ('', ''),
        ('Lists & <b>', 'Lists & <b>'),
        ('`a[0]` and **b**', 'code(a[0])| and |strong(b)'),
        ('[docs](https://a.example/b)', 'docs→https://a.example/b'),
        ('see https://a.example/b, then', 'see |https://a.example/b→https://a.example/b|, then'),
        ('**[docs](mailto:a@b.example)**', 'strong(docs)→mailto:a@b.example'),
        ('![chart](https://a.example/b.png)', 'chart'),
        ('[a](javascript:alert(1))', '[a](javascript:alert(1))'),
        ('[a](JavaScript:void)', 'a'),
        ('[a](data:text/html,x)', 'a'),
        ('[a](day1.md)', 'a'),
        ('[a](//b.example)', 'a'),
        ('[a](https://b.example/"x)', 'a'),
        ('a ** b', 'a ** b'),
        ('x[0](y)', 'x|0'),
    ],
)  # fmt: skip
def test_inline(text: str, pieces: str) -> None:
    def told(text: str, code: bool, strong: bool, href: str) -> str:
        said = f'code({text})' if code else f'strong({text})' if strong else text
        return f'{said}→{href}' if href else said

    assert '|'.join(told(*piece) for piece in inline(text)) == pieces


@pytest.mark.parametrize('mark', ['`', '[', '**', '[a](', '![', 'https://', '](', '`**['])
def test_inline_is_linear(mark: str) -> None:
    """A megabyte of what opens and never closes; quadratic work would not end today."""
    text = mark * (1_000_000 // len(mark))
    assert ''.join(piece.text for piece in inline(text))


def told(cards: list[Card]) -> str:
    """``1+[2+3]``: the number of tasks on each card, and in brackets the cards in it."""
    return '+'.join(
        str(len(card.tasks)) + (f'[{told(card.cards)}]' if card.cards else '') for card in cards
    )


T = '- [ ] a\n'


@pytest.mark.parametrize(
    'text, expected',
    [
        ('', ''),
        ('# Plan\n', ''),
        (T, '1'),
        (f'# Plan\n\n{T}', '1'),
        (f'# Plan\n\n## A\n\n{T}\n## B\n\n{T}{T}', '1+2'),
        (f'# Plan\n\n{T}\n## A\n\n{T}{T}', '1+2'),
        (f'{T}\n# A\n\n{T}{T}', '1+2'),
        (f'# Phase 1\n\n## Week 1\n\n{T}\n## Week 2\n\n{T}', '0[1+1]'),
        (f'# Plan\n\n# Phase 1\n\n## Week 1\n\n{T}\n# Phase 2\n\n{T}', '0[1]+1'),
        (f'# Plan\n\n## Empty\n\n## A\n\n### B\n\n{T}', '0[1]'),
        ('## [x] a\n\n## [ ] b\n', '2'),
        ('# A\n\n- [ ] a\n  - [ ] b\n- [ ] c\n', '3'),
        (f'{T}\n# Plan\n\n{T}\n## A\n\n{T}', '1+1[1]'),
    ],
)
def test_cards(text: str, expected: str) -> None:
    tracker = read_tracker(text.encode())
    cards = shown(Plan('plan.md', tracker, {}, ())).cards
    assert told(cards) == expected
    assert sum(card.counts.total for card in cards) == len(tracker.tasks)


def test_guidance_of_the_seed() -> None:
    found = [
        (SEED.sections[at].text.split(' —')[0], one.heading, one.lines[0])
        for at, of in advice(SEED).items()
        for one in of
        if one.heading
    ]
    assert found[:3] == [
        (
            'PHASE 1',
            'While learning JSON, files, APIs → always think:',
            '- ✔ how will Laravel send data here?',
        ),
        ('PHASE 2', 'Don’t treat this basic. Start acting like:', '- ✔ team contributor'),
        (
            'Week 5 – Prompt Foundations',
            'You should think:',
            '- ✔ how to make output deterministic',
        ),
    ]
    assert [(one.heading, one.lines) for one in rules(SEED)] == [
        ('', ('Print this. Tick daily. Stay consistent.',)),
        (
            '🚀 Personal Rule',
            ('- No skipping.', '- No rushing.', '- Consistency > speed.',
             '- Every tick = closer to AI Engineering'),
        ),
    ]  # fmt: skip


def test_points_by_week() -> None:
    points = burn_up(
        [past('1 A 0>. | 1 B 0>. | 2 A .>x | 7 C 0>. | 8 B .>x | 20 c 0>. | 21 c .>0')]
    )
    assert [
        (point.day, point.total, point.completed, point.added, point.removed)
        for point in weekly(points)
    ] == [(day(7), 3, 1, 1, 0), (day(8), 3, 2, 0, 0), (day(21), 3, 2, 1, 1)]


DAYS = ' | '.join(f'{n} {task} .>x' for n, task in zip(range(1, 15, 2), 'ABCDEFG', strict=True))


def chronicled(text: str, today: date, left: int):
    tracker = read_tracker(('- [ ] a\n' * left).encode())
    return chronicle([Told(tracker, past(text), [])], Rhythm(), today)


def test_year() -> None:
    """The first year, from the Monday of the first day on; then the last."""
    first = year(chronicled(DAYS, day(15), 9), is_whole=True)
    assert len(first.squares) == 53 * 7 and not first.late
    assert [square.style for square in first.squares[:16]] == [
        *['done-4', 'missed'] * 7, 'open', 'ahead',
    ]  # fmt: skip
    assert first.squares[0].says == 'Monday 5 January 2026: 1 completed'
    assert first.legend == [('missed', 'missed'), ('open', 'today is not over')]
    assert first.says == (
        '7 tasks completed on 7 days; 1 on Monday 5 January 2026, the most on one day'
    )
    later = year(chronicled(DAYS, day(7 * 53 + 3), 9), is_whole=True)
    assert later.late
    assert [square.style for square in later.squares[:3]] == ['missed', 'done-4', 'missed']
    shallow = year(chronicled(DAYS, day(15), 9), is_whole=False)
    assert not shallow.legend
    assert {square.style for square in shallow.squares} == {'done-4', 'before', 'ahead'}


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r'[\d.]+', path)]


@pytest.mark.parametrize(
    'left, today, has_fan, ends',
    [
        pytest.param(7, 15, True, 3, id='a forecast'),
        pytest.param(900, 15, True, 0, id='far beyond what is shown'),
        pytest.param(7, 3, False, 0, id='too little is known'),
        pytest.param(0, 15, False, 0, id='nothing is left'),
    ],
)
def test_burn_up(left: int, today: int, has_fan: bool, ends: int) -> None:
    """All of it is in view, whatever the forecast."""
    begin = ''.join(f'1@1+0 {task} 0>. | ' for task in 'ABCDEFGH')
    told = chronicled(begin + DAYS, day(today), left)
    drawn = burnup.burn_up(told)
    assert (bool(drawn.fan), len(drawn.ends)) == (has_fan, ends)
    for path in (drawn.scope, drawn.done, drawn.area, drawn.fan, drawn.likely):
        xs, ys = numbers(path)[::2], numbers(path)[1::2]
        assert all(0 <= x <= burnup.WIDTH for x in xs) and all(0 <= y <= burnup.HEIGHT for y in ys)
    assert drawn.says.startswith(f'Since 5 Jan 2026, {7 if today > 13 else 2} of 8 tasks were')
    assert [tick.text for tick in drawn.across] == ['0', '2', '4', '6', '8']


def titles(page: str) -> list[str]:
    return re.findall(r'<h2[^>]*>(.*?)</h2>', page)


def test_without_a_repository(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / 'a.md').write_text('# One\n\n- [x] Lists\n- [ ] Sets\n')
    (tmp_path / 'b.md').write_text('# Two\n\nJust text.\n')
    assert main(['report', str(tmp_path / 'a.md')]) == 0
    page, said = capfd.readouterr()
    assert said == 'roadmap-md: not in a git work tree, so nothing is known of when\n'
    assert titles(page) == ['Where you are', 'Next', 'The plan', 'The rules']
    assert main(['report', str(tmp_path / 'a.md'), str(tmp_path / 'b.md')]) == 0
    page, _ = capfd.readouterr()
    assert '<title>2 plans</title>' in page and '1 of 2' in page
    assert titles(page) == ['Where you are', 'Next', 'One', 'Two', 'The rules']


def test_links_lead_to_what_they_name(tmp_path: Path) -> None:
    (tmp_path / 'plan.md').write_text('- [ ] a\n\n# Lists\n\n- [ ] b\n\n# Sets\n\n- [ ] c\n')
    page = done(tmp_path, 'roadmap-md report plan.md 2>/dev/null')
    links = dict(re.findall('<a href="#(part-[^"]+)"[^>]*>([^<]+)', page))
    assert list(links.values()) == ['Lists', 'Sets']
    assert links == dict(
        re.findall('id="(part-[^"]+)">\n<header>\n<h3.*class="name">([^<]+)', page)
    )


# The tracker, and what the page, its Markdown and the calendar are called.
CALLED = {
    'a heading over all': ('# Days\n\n## Week 1\n\n- [ ] a\n', 'Days'),
    'a number, over all': ('# Week 1\n\n- [ ] a\n', 'Week 1'),
    'the first of several numbers': (f'# Week 1\n\n{T}\n# Week 2\n\n{T}', 'plan.md'),
    'no heading': (T, 'plan.md'),
}


@pytest.mark.parametrize('text, called', CALLED.values(), ids=CALLED)
def test_what_the_whole_is_called(text: str, called: str, tmp_path: Path) -> None:
    (tmp_path / 'plan.md').write_text(text)
    assert f'<title>{called}</title>' in done(tmp_path, 'roadmap-md report plan.md 2>&1')
    markdown = done(tmp_path, 'roadmap-md report plan.md --output-format markdown 2>/dev/null')
    assert markdown.startswith(f'### {called}\n')
    assert f'CALNAME:{called}' in done(tmp_path, 'roadmap-md export ics plan.md 2>&1')


def test_with_history(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'w')
    done(work.top, 'roadmap-md tick next -m "a **bold** <note>"')
    page = done(work.top, 'roadmap-md report --today 2026-01-05')
    assert titles(page) == [
        'Where you are', 'Next', 'The way to the end', 'What was done', 'The year', 'The plan',
        'What was learnt', 'The rules',
    ]  # fmt: skip
    assert 'a <strong>bold</strong> &lt;note&gt;' in page
    assert page == done(work.top, 'roadmap-md report --today 2026-01-05')
    markdown = done(work.top, 'roadmap-md report --today 2026-01-05 --output-format markdown')
    assert [line for line in markdown.splitlines() if line.startswith('#')] == [
        '### Days', '#### What was learnt', '#### The rules',
    ]  # fmt: skip
    summary = work.top / 'summary.md'
    done(
        work.top,
        'roadmap-md report --today 2026-01-05 --output-format github',
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert summary.read_text(encoding='utf-8') == markdown


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'w')


@pytest.mark.parametrize(
    'options, said',
    [
        ('--sheet --output-format markdown', '--sheet, --pdf and --paper are about the page'),
        ('--output-format github -o x', 'the summary of the step has its own file'),
        ('-o ROADMAP.md/x.html', 'ROADMAP.md/x.html cannot be written'),
        ('-o ./ROADMAP.md', './ROADMAP.md is the tracker itself'),
        ('none.md', 'none.md'),
        ('ROADMAP.md ../plan.md', '../plan.md is in no git work tree'),
        ('--today tomorrow', '--today'),
    ],
)
def test_errors_that_can_be_mended(options: str, said: str, work: Work) -> None:
    (work.top.parent / 'plan.md').write_text(T)
    ended = sh(work.top, f'roadmap-md report {options}')
    assert ended.returncode == 2
    assert said in ended.stdout and 'Traceback' not in ended.stdout
    assert len(ended.stdout.splitlines()) <= 2


@pytest.mark.parametrize(
    'library, extra, option', [('jinja2', 'report', '--sheet'), ('weasyprint', 'pdf', '--pdf')]
)
def test_without_the_extra_it_says_what_to_install(
    library: str, extra: str, option: str, work: Work
) -> None:
    code = f'import sys; sys.modules["{library}"] = None; from roadmap_md.__main__ import main; sys.exit(main())'
    ended = sh(work.top, f"python -c '{code}' report {option} -o x")
    assert (ended.returncode, ended.stdout) == (
        2,
        f'roadmap-md: this needs {library}, which is not installed\n'
        f"  pip install 'roadmap-md[{extra}]'\n",
    )


def test_the_summary_needs_no_extra(work: Work) -> None:
    code = 'import sys; sys.modules["jinja2"] = None; from roadmap_md.__main__ import main; sys.exit(main())'
    assert done(work.top, f"python -c '{code}' report --output-format markdown").startswith('### D')


def test_a_wheel_has_all_that_the_page_is_made_of(tmp_path: Path, long: bool) -> None:
    if not long:
        pytest.skip('a build in an environment of its own; run with --long')
    root = Path(__file__).parents[1]
    command = [sys.executable, '-m', 'pip', 'wheel', '-q', '--no-deps', '-w', tmp_path, root]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob('*.whl')
    made_of = (root / 'roadmap_md/output/report').glob('*.*')
    names = {f'roadmap_md/output/report/{path.name}' for path in made_of}
    assert len(names) > 10 and names <= set(zipfile.ZipFile(wheel).namelist())
