"""Commit messages: what they say, and that no title, key or note makes them say more."""

import random
import re
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.message import Undone, is_scope, is_type, message, trailer_key
from roadmap_md.status import Status

DONE = Status.COMPLETED


def header(title: str, key: str = 'week-1/day-1') -> str:
    return message(key, title, DONE).split('\n')[0]


def body(note: str) -> str:
    """The paragraphs between header and trailers."""
    return '\n\n'.join(message('week-1/day-1', 'Lists', DONE, note).split('\n\n')[1:-1])


def units(text: str) -> int:
    return len(text.encode('utf-16-le')) // 2


def test_design() -> None:
    assert message('week-1/day-1', 'Lists', DONE, 'Lists are mutable.') == (
        'docs(roadmap): complete week 1 day 1 – Lists\n'
        '\n'
        'Lists are mutable.\n'
        '\n'
        'Roadmap-Task: week-1/day-1\n'
        'Roadmap-Status: completed\n'
    )


def test_evidence_stands_in_trailers() -> None:
    commits = ('a' * 40, 'b' * 64)
    text = message(
        'day-1', 'Lists', DONE, 'Learned: lists\nRoadmap-Evidence: forged', evidence=commits
    )
    parsed = subprocess.run(
        ['git', 'interpret-trailers', '--parse'],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert parsed.splitlines() == [
        'Roadmap-Task: day-1',
        'Roadmap-Status: completed',
        f'Roadmap-Evidence: {commits[0]}',
        f'Roadmap-Evidence: {commits[1]}',
    ]
    assert max(map(units, text.splitlines())) <= 100


@pytest.mark.parametrize(
    ('status', 'verb'),
    [
        (Status.NOT_STARTED, 'reset'),
        (Status.IN_PROGRESS, 'start'),
        (Status.COMPLETED, 'complete'),
        (Status.BLOCKED, 'block'),
        (Status.CANCELLED, 'cancel'),
    ],
)
def test_verbs(status: Status, verb: str) -> None:
    text = message('day-3', 'Sets', status, type='chore', scope='')
    assert text.startswith(f'chore: {verb} day 3 – Sets\n\nRoadmap-Task: day-3\n')
    assert text.endswith(f'\nRoadmap-Status: {status.value}\n')


@pytest.mark.parametrize(
    ('key', 'title', 'subject'),
    [
        ('week-8', '', 'week 8'),
        ('phase-2/week-1-4', 'Git', 'phase 2 week 1-4 – Git'),
        ('module-2.1/day-3b', 'Git', 'module 2.1 day 3b – Git'),
        ('basics/day-3', 'Git', 'day 3 – Git'),
        ('basics/install-python', 'Install Python', 'Install Python'),
        ('basics/install-python', '', 'basics/install-python'),
        ('', '', 'task'),
    ],
)
def test_subjects(key: str, title: str, subject: str) -> None:
    assert header(title, key) == f'docs(roadmap): complete {subject}'


@pytest.mark.parametrize(
    ('title', 'shown'),
    [
        ('C# and F#, a@b.example', 'C# and F#, a@b.example'),
        ('https://a.example/b#c', 'https://a.example/b#c'),
        ('“Quotes” & `code`: 100% – é', '“Quotes” & `code`: 100% – é'),
        ('What is a list?', 'What is a list?'),
        ('Lists.', 'Lists'),
        ('Lists. . .', 'Lists…'),
        ('Lists...', 'Lists…'),
        ('Lists…', 'Lists…'),
        ('列表。', '列表'),
        ('[skip ci] [CI  skip] [no ci]', '(skip ci) (CI skip) (no ci)'),
        ('[skip actions] [skip-travis]', '(skip actions) (skip-travis)'),
        ('[sk\u200bip\nci] ***NO_CI***', '(skip ci) (NO_CI)'),
        ('[x] [1]', '[x] [1]'),
        ('fixes #1, closes o/r#2', 'fixes # 1, closes o/r# 2'),
        ('fixes: https://a.example/1', 'fixes – https://a.example/1'),
        ('Resolves GH-1 and ABC-2', 'Resolves – GH 1 and ABC-2'),
        ('@ada (@bob) é@eve .@eve @', '@ ada (@ bob) é@ eve .@ eve @'),
        ('BREAKING CHANGE: x', 'BREAKING CHANGE : x'),
        ('a (b): c (d)!: e', 'a (b) – c (d)! – e'),
        ('\x1b[31m a\tb\x00\u202ec\u2028d', '[31m a b c d'),
        ('-m --amend', '-m --amend'),
    ],
)
def test_titles(title: str, shown: str) -> None:
    assert header(title) == f'docs(roadmap): complete week 1 day 1 – {shown}'


@pytest.mark.parametrize('letter', ['x', '漢', '👩🏽', '👩‍💻', 'e\u0301', '🇩🇪', 'word '])
def test_long_titles_are_cut_between_letters(letter: str) -> None:
    cut = header(letter * 400)
    assert 90 <= units(cut) <= 100
    kept = cut.removesuffix('…').removeprefix('docs(roadmap): complete week 1 day 1 – ')
    assert (kept + ' ').replace(letter, '').strip() == ''


def test_a_title_that_just_fits_is_whole() -> None:
    room = 100 - len(header('')) - len(' – ')
    assert header('x' * room).endswith('x')
    assert header('x' * (room + 1)).endswith('x…')


@pytest.mark.parametrize(
    ('note', 'shown'),
    [
        ('', ''),
        (' \n\u200b\n', ''),
        ('One.\n\n\n\nTwo.\r\n  three\n', 'One.\n\nTwo.\n  three'),
        ('Learned: lists\n- a: x\n- b', ' Learned: lists\n- a: x\n- b'),
        ('word ' * 30, ('word ' * 14).strip() + '\n' + ('word ' * 14).strip() + '\nword word'),
        ('# heading', '> # heading'),
        ('---\ndiff --git a b\nFrom x', '> ---\n> diff --git a b\n> From x'),
        ('# ------------------------ >8 ------------------------',) * 2,
        ('BREAKING CHANGE: x', '> BREAKING CHANGE : x'),
        (' * breaking change x', '>  * breaking change x'),
        ('Signed-off-by: A <a@b.example>', '> Signed-off-by: A <a@b.example>'),
        ('Roadmap-Task: week-9/day-9', '> Roadmap-Task: week-9/day-9'),
        ('fixes #1 [skip\nci] @ada', ' fixes # 1 (skip\nci) @ ada'),
        ('x' * 150, 'x' * 98 + '\n' + 'x' * 52),
        ('x' * 98 + '@b.example', 'x' * 97 + '\nx@b.example'),
        ('See https://a.example/' + 'b' * 60, 'See\nhttps://a.example/' + 'b' * 60),
        (f'ftp://{"b" * 60}/{"c" * 60}', f'ftp://{"b" * 60}/\n{"c" * 60}'),
    ],
)  # fmt: skip
def test_notes(note: str, shown: str) -> None:
    assert body(note) == shown.replace('# ----', '> # ----')


def test_a_keyword_in_the_title_finds_no_address() -> None:
    text = message('day-1', 'How to fix', DONE, 'https://a.example/1')
    assert text.startswith('docs(roadmap): complete day 1 – How to fix\n\n> https://a.example/1\n')


def test_trailer_keys() -> None:
    assert trailer_key('week-1/day-1') == 'week-1/day-1'
    assert trailer_key('semana-1/día-2/列表') == 'semana-1/día-2/列表'
    long, longer = trailer_key('x' * 200), trailer_key('x' * 201)
    assert long != longer
    assert long.startswith('x' * 70)
    assert len('Roadmap-Task: ' + long) == 100
    assert trailer_key('a b') != trailer_key('a-b')
    assert trailer_key('a\nRoadmap-Task: b').startswith('a-Roadmap-Task--b~')


@pytest.mark.parametrize('text', ['', 'Docs', 'docs!', 'do cs', 'docs:', 'd\nx', 'дока', '(x)'])
def test_no_type_nor_scope(text: str) -> None:
    assert not is_type(text)
    assert not is_scope(text)
    with pytest.raises(ValueError):
        message('day-1', '', DONE, type=text)


def test_types_and_scopes() -> None:
    assert is_type('docs')
    assert is_scope('learning/ai-engineer')
    assert is_scope('2026')


ACTING = (
    """
'|"|`|``x``|#1|fixes #1|closes: o/r#12|Fixes https://github.com/o/r/issues/1|GH-7|ABC-12 #close
[skip ci]|[CI SKIP]|[no ci]|[skip  actions]|***NO_CI***|skip-checks: true|@ada|a@b.example|@types/x
-m|--amend|- x|* x|> x|# x|#|##|C#|C#7|---|--- a|-- >8 --|diff --git a/x b/x|Index: x|From x|gpg: x
BREAKING CHANGE: x|breaking change x|* BREAKING-CHANGE: x|feat!: x|fix(x)!: y|(a): b|)!: x|): |:|!|(
Signed-off-by: A <a@b>|Roadmap-Task: week-9/day-9|Roadmap-Status: blocked|Cc: x|Key #1|Merge branch
.|..|...|….|…|Lists.|etc.|Lists . . .|。|UPPER CASE|Start Case|PascalCase|Sentence case|1.2.3|v1.0
https://a.example/b#c|https://a.example/b?c=d&e=f|www.a.example|$HOME|`rm -r`|%s|\\n|{0}|<b>|&amp;
列表|列表。|リスト|리스트|שלום|قائمة|हिन्दी|Ünïcödé|ğŸš€|â€“|👩‍💻|👍🏽|🇩🇪|✔️|1️⃣
""".strip()
    .replace('\n', '|')
    .split('|')
)
ODD = ['\n', '\r\n', '\t', '\0', '\x1b[31m', '\x7f', '\x85', '\u2028', '\u202e', '\u2066', '\u200b',
       '\u200d', '\ufe0f', '\u0301', '\ufeff', '\ud800', '\uffff', '\ufdd0', '\U0001ffff', '\ue000',
       '\U000e0041', '\xa0', '\u3000', '\u3164']  # fmt: skip


def text_of(choose: random.Random) -> str:
    """A text of one of many kinds; every kind is about as frequent as any other."""
    kind = choose.randrange(8)
    if kind < 3:
        return choose.choice(ACTING)
    if kind == 3:
        return choose.choice(ACTING) * choose.choice([2, 50, 120])
    if kind in (4, 5):
        last = (0x3000, 0x110000)[kind - 4]
        return ''.join(chr(choose.randrange(last)) for _ in range(choose.randrange(200)))
    parts = [choose.choice(ACTING + ODD) for _ in range(choose.randrange(1, 40))]
    return choose.choice(['', ' ', '\n', ' (x): ']).join(parts)


def generated(count: int, seed: int = 1) -> list[str]:
    """Messages made of hostile titles; of hostile notes and keys too, every second and third."""
    choose = random.Random(seed)
    messages = []
    for index in range(count):
        key = f'week-{index % 9}/day-{index % 5}' if index % 3 else text_of(choose)
        note = text_of(choose) + choose.choice(['', '\n', '\n\n']) + text_of(choose)
        scope = '' if index % 11 == 0 else 'roadmap'
        status = choose.choice(list(Status))
        undone = None if index % 5 else Undone('0a1b2c3d' * 5, is_redo=bool(index % 2))
        note *= index % 2
        messages.append(message(key, text_of(choose), status, note, scope=scope, undone=undone))
    return messages


HIDDEN = re.compile(
    '[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200b\ufeff\ud800-\udfff]'
)


def check(text: str) -> None:
    first, second, *rest = text.removesuffix('\n').split('\n')
    assert re.match(r'docs(\(roadmap\))?: (reset|start|complete|block|cancel|undo|redo) \S', first)
    assert not first.endswith(('.', ' '))
    assert second == ''
    assert max(units(line) for line in [first, *rest]) <= 100
    assert not [line for line in rest if line != line.rstrip()]
    assert not HIDDEN.search(text)
    assert not re.search(r'(?i)\[(skip|ci|no|actions)\s+(skip|ci|actions)\]', text)
    assert not re.search(r'(?<![A-Za-z0-9_])@\w', re.sub(r'https?://\S+', '', text))
    keyword = r'(?i)\b(fix(e[sd])?|close[sd]?|resolve[sd]?)'
    assert not re.search(keyword + r':?\s+(\S+/\S+)?(#\d|https?:)', text)
    assert [line for line in rest if re.match('---(?!-)|#|diff -|BREAKING', line)] == []
    if re.search(r': (un|re)do ', first):
        assert re.fullmatch('Roadmap-Undoes: [0-9a-f]{40,64}', rest.pop())
    assert rest[-2].startswith('Roadmap-Task: ')
    assert rest[-1].startswith('Roadmap-Status: ')


@given(st.text(), st.text(), st.none() | st.text())
def test_any_text(key: str, title: str, note: str | None) -> None:
    check(message(key, title, DONE, note))


def test_hostile_texts(long: bool) -> None:
    for text in generated(10_000 if long else 1_000):
        check(text)


HOSTILE = """
[|[skip|-|[-|fixes |fixes  | |.|. |)|\x1b|#|@|x|* |> |-- |e\u0301|👩|https://
""".strip('\n').split('|')


@pytest.mark.parametrize('part', [*HOSTILE, '\n'])
def test_long_notes_take_linear_time(part: str) -> None:
    text = part * (100_000 // len(part))
    start = time.process_time()
    message(text, text, DONE, text)
    assert time.process_time() - start < 1


def test_git_sees_two_trailers(tmp_path: Path, long: bool) -> None:
    messages = generated(10_000 if long else 300, seed=2)
    for start in range(0, len(messages), 500):
        batch = messages[start : start + 500]
        for index, text in enumerate(batch):
            (tmp_path / str(index)).write_text(text, encoding='utf-8')
        command = ['git', 'interpret-trailers', '--parse', *map(str, range(len(batch)))]
        seen = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout
        assert seen.decode() == ''.join(text.rpartition('\n\n')[2] for text in batch)


def test_git_keeps_every_byte(tmp_path: Path, long: bool) -> None:
    messages = generated(2_000 if long else 40, seed=3)
    subprocess.run(['git', 'init', '-q'], cwd=tmp_path, check=True)
    for text in messages:
        subprocess.run(
            ['git', 'commit', '-q', '--allow-empty', '-F', '-', '--cleanup=verbatim'],
            cwd=tmp_path, check=True, input=text.encode(),
        )  # fmt: skip
    command = ['git', 'log', '-z', '--reverse', '--format=tformat:%B']
    log = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout
    assert log.decode().split('\0')[:-1] == messages
