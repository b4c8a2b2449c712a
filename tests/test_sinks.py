"""Hostile titles and paths, and where they end up: they can be read there, and nothing of them acts.

What acts is decided by readers that know nothing of this package.
"""

import csv
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category
from urllib.parse import unquote_to_bytes

import cmarkgfm
import jsonschema
import pytest
from cmarkgfm.cmark import Options
from console import on_a_terminal
from test_formats import GITLAB, SARIF

RUN = [sys.executable, '-m', 'roadmap_md']

ACTING = (
    [
        # terminals
        '\x1b[5mblink', '\x1b[2J', '\x1b]0;owned\x07', '\x1b]52;c;b3duZWQ=\x07', '\x1bc', '\x9b7m',
        '\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\', '\x1bP$q"p\x1b\\', '\x08\x08\x08',
        '\r', '\x7f', '\x85', '\x1b', '\x90', '\u2028', '\u2029', '\x0b', '\x0c', '\t',
        # what cannot be seen, or turns other text around
        '\u202egnp.exe', '\u2066', '\u2069', '\u061c', '\u200b', '\u200d', '\ufeff', '\u3164',
        '\U000e0041\U000e0042', '\ufe0f\ufe01', '\U000e0100', '\ue000', '\uffff',
        # the log of Actions
        '::error::x', '::add-mask::a', '::stop-commands::x', ' ::group::x', '\u3000::endgroup::',
        '\xa0::notice title=a::b', '::', '##[group]x', '##[error]', '##[', '###[add-mask]a',
        '%0A::error::x', '%0D', '%25', '%3A%3A', ',line=1', 'file=/etc/passwd', '::debug',
        # Markdown and HTML
        '|', '\\|', '\\', '`', '``', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>',
        '](javascript:alert(1))', '[a](javascript:alert(1))', '![a](https://evil.example/x.png)',
        '<!--', '-->', '</td>', '<https://evil.example>', 'https://evil.example', 'www.evil.example',
        '@everyone', '@org/team', 'a@evil.example', '#1', 'org/repo#1', 'GH-1', '&lt;', '&#60;',
        '**', '__', '~~', '$x$', '$$', '$`x`$', '[^1]', '[x]', ':tada:', '#', '---', '> [!NOTE]',
        # SARIF, JSON, formulas, formats
        '{0}', '{{0}}', '{', '}', '[here](1)', '"', "'", '\\u001b', '\\', 'null', '=1+1', '%s', '%n',
        # what people write
        'Lists', 'Sets – “a”', '漢字', 'עברית', 'قائمة', '👩‍💻', '👍🏽', 'e\u0301', '🎯', '',
    ]
)  # fmt: skip


def title(choose: random.Random) -> str:
    """A title of one of many kinds, in one line."""
    kind = choose.randrange(6)
    if kind < 2:
        return choose.choice(ACTING)
    if kind == 2:
        return ''.join(chr(choose.randrange(1, 0x3000)) for _ in range(40)).replace('\n', '')
    if kind == 3:
        points = (choose.choice([*range(1, 0xD800), *range(0xE000, 0x11000)]) for _ in range(9))
        return ''.join(map(chr, points)).replace('\n', '')
    if kind == 4 and not choose.randrange(9):
        return choose.choice(ACTING) * choose.choice([50, 2000])
    return choose.choice(['', ' ', 'a']).join(choose.choices(ACTING, k=choose.randrange(2, 9)))


NAMES = [
    b'plan.md', b'::error::x.md', b' ::error file=a,line=1::b.md', b'a%0A::error::b,c=d:e.md',
    b'##[group]x.md', b'\x1b]0;owned\x07.md', '\u202edm.exe.md'.encode(), b'a b#c?d=e.md',
    b'[a](javascript:alert(1)).md', b'new\n::error::line.md', b'latin-\xe9.md', b'c:x.md', b'%41.md',
    b'<img src=x>.md', '漢字 🎯.md'.encode(), b'back\\slash.md',
]  # fmt: skip


class Campaign(NamedTuple):
    """A work tree of hostile trackers, the paths of them, and what there is to say of each."""

    tree: Path
    paths: list[str]
    found: list[dict[str, Any]]


@pytest.fixture(scope='module')
def campaign(tmp_path_factory: pytest.TempPathFactory, long: bool) -> Campaign:
    """Six small trackers with 126 titles, or many with 10,000 in all."""
    tree = tmp_path_factory.mktemp('campaign')
    subprocess.run(['git', 'init', '-q', tree], check=True)
    choose = random.Random(1)
    paths = []
    weeks, count = (40, 84) if long else (7, 6)
    for number in range(count):
        name = NAMES[number * 3 % len(NAMES)]
        directory = os.path.join(os.fsencode(tree), b'%d' % number)
        os.mkdir(directory)
        rows = ['# ' + title(choose), '', 'Rules: No skipping.', '']
        for week in range(weeks):
            rows += [f'## Week {week} – {title(choose)}', '']
            rows += [f'- [ ] {title(choose)}', f'- [x] {title(choose)}', '']
        with open(os.path.join(directory, name), 'wb') as file:
            file.write('\n'.join(rows).encode('utf-8', 'replace'))
        paths.append(os.fsdecode(os.path.join(b'%d' % number, name)))
    committed(tree, paths, choose)
    found = json.loads(printed(tree, 'lint', '--json', *paths))['diagnostics']
    assert len([one for one in found if one['code'] == 'RM301']) > weeks // 2 * count
    return Campaign(tree, paths, found)


def committed(tree: Path, paths: list[str], choose: random.Random) -> None:
    """A past for the trackers: someone with a hostile name ticked, and wrote hostile notes."""
    now = [(tree / path).read_bytes() for path in paths]
    name = ''.join(char for char in choose.choice(ACTING) * 2 if char not in '\n<>') + 'A'
    who = {'GIT_AUTHOR_NAME': name, 'GIT_AUTHOR_EMAIL': '=1+1@evil.example'}
    notes = 'notes\n\n' + '\n'.join(ACTING).replace('\x00', '')
    for message, versions in (
        ('plan', [data.replace(b'- [x] ', b'- [ ] ') for data in now]),
        (notes, now),
    ):
        for path, data in zip(paths, versions, strict=True):
            (tree / path).write_bytes(data)
        subprocess.run(['git', 'add', '-A'], cwd=tree, check=True)
        subprocess.run(
            ['git', 'commit', '-q', '--cleanup=verbatim', '-F', '-'],
            cwd=tree, check=True, input=message.encode('utf-8', 'replace'), env={**os.environ, **who},
        )  # fmt: skip


def printed(tree: Path, *command: str, **environment: str) -> str:
    """All that *command* prints, with its lines as they are."""
    done = subprocess.run(
        [*RUN, *command], cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout[-2000:]
    said = done.stdout.decode()
    return said[: said.rindex('}') + 1] if '--json' in command else said


# Terminals.

OWN = re.compile(
    r'\x1b\[(?:0|(?:[12]|3[1-6])(?:;(?:[12]|3[1-6]))*)m|\x1b]8;;(?:file://[!-~]*)?\x1b\\'
)
UNSEEN = {'Cc', 'Zl', 'Zp', 'Cs', 'Co', 'Cf', 'Cn'}
# Within words and emoji; and newer than this Python's Unicode.
HARMLESS = re.compile(
    '(?<=[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])'
    '|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]'
    '|[\U0001f000-\U0001faff]'
)


def unseen(text: str) -> set[str]:
    """What of *text* a person would not see where it stands."""
    left = set(HARMLESS.sub('', text)) - {'\n'}
    return {char for char in left if category(char) in UNSEEN or char in '\u3164\u115f\u034f'}


SHOWN = [
    ['lint', '--output-format', 'full'],
    ['lint', '--output-format', 'concise'],
    ['lint', '--statistics'],
    ['lint', '--diff'],
    ['list'],
    ['status'],
    ['next'],
    ['stats'],
    ['log', '--notes'],
    ['stats', '--history'],
    ['stats', '--why'],
    ['stats', '--by', 'person'],
    ['stats', '--since-ref', 'HEAD~1'],
]
DOCUMENTS = [
    ['lint', '--output-format', 'json'],
    ['lint', '--output-format', 'json-lines'],
    ['lint', '--output-format', 'gitlab'],
    ['lint', '--output-format', 'sarif'],
    ['list', '--json'],
    ['stats', '--output-format', 'markdown'],
    ['stats', '--json'],
    ['log', '--notes', '--json'],
    ['log', '--notes', '--output-format', 'json-lines'],
    ['log', '--notes', '--output-format', 'csv'],
    ['log', '--notes', '--output-format', 'markdown'],
    ['stats', '--history', '--output-format', 'markdown'],
    ['stats', '--history', '--json'],
    ['stats', '--why', '--output-format', 'markdown'],
    ['stats', '--why', '--output-format', 'csv'],
    ['stats', '--by', 'person', '--output-format', 'csv'],
    ['stats', '--since-ref', 'HEAD~1', '--output-format', 'markdown'],
    ['stats', '--since-ref', 'HEAD~1', '--json'],
]


@pytest.mark.parametrize(
    'command', [*SHOWN, *DOCUMENTS, ['lint', '--output-format', 'github']], ids=' '.join
)
def test_terminal(command: list[str], campaign: Campaign) -> None:
    said = on_a_terminal(*command, *campaign.paths, directory=campaign.tree, PAGER='')
    assert 'Traceback' not in said
    assert len(said) > 100
    assert unseen(OWN.sub('', said)) == set()


# The log of GitHub Actions.


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def unescaped(text: str, *escapes: str) -> str:
    for escape in (*escapes, '%25'):
        text = text.replace(escape, chr(int(escape[1:], 16)))
    return text


def commands(log: str) -> Iterator[Command]:
    """What the runner would take for commands, whatever their names.

    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    for line in re.split('\r\n|\r|\n', log):
        info, found, data = line.lstrip()[2:].partition('::')
        if line.lstrip().startswith('::') and found:
            name, _, rest = info.partition(' ')
            pairs = (pair.split('=', 1) for pair in rest.strip().split(',') if '=' in pair)
            properties = {k: unescaped(v, '%0D', '%0A', '%3A', '%2C') for k, v in pairs}
            yield Command(name, properties, unescaped(data, '%0D', '%0A'))
        elif line.lstrip().startswith('::') or '##[' in line:
            yield Command('', {}, line)


@pytest.mark.parametrize(
    ('line', 'found'),
    [
        ('plain', []),
        ('a ::error::b', []),
        (' ::error::b', [('error', {}, 'b')]),
        ('\u3000::error a=b%2C,c=%253A::d%0Ae', [('error', {'a': 'b,', 'c': '%3A'}, 'd\ne')]),
        ('a ##[group]b', [('', {}, 'a ##[group]b')]),
        ('::open', [('', {}, '::open')]),
        ('a\r::error::b', [('error', {}, 'b')]),
    ],
)
def test_the_reader_of_the_log(line: str, found: list[tuple[str, dict[str, str], str]]) -> None:
    assert [*commands(line)] == found


def unspelled(text: str) -> str:
    """*text*, with the characters that are spelled in it."""
    return re.sub(r'\\u\{([0-9a-f]+)\}', lambda match: chr(int(match[1], 16)), text)


def test_actions_log(campaign: Campaign) -> None:
    """By default each diagnostic is one command, and nothing else is."""
    log = printed(campaign.tree, 'lint', *campaign.paths, GITHUB_ACTIONS='true')
    found = [*commands(log)]
    assert len(found) == len(campaign.found)
    for command, one in zip(found, campaign.found, strict=True):
        assert command.name == one['severity']
        assert command.properties.pop('title') == f'{one["code"]} {one["name"]}'
        path = command.properties.pop('file')
        assert unspelled(path) == unspelled(one['path'])
        place = {'line': one['line'], 'endLine': one['end_line']}
        if one['line'] == one['end_line']:
            place |= {'col': one['column'], 'endColumn': one['end_column']}
        assert command.properties == {name: str(number) for name, number in place.items()}
        start = f'{path}:{one["line"]}:{one["column"]}: {one["code"]} '
        assert command.data.startswith(start)
        assert unspelled(command.data[len(start) :]) == unspelled(one['message'])


@pytest.mark.parametrize('command', [*SHOWN, *DOCUMENTS], ids=' '.join)
def test_actions_log_of_everything_else(command: list[str], campaign: Campaign) -> None:
    said = printed(campaign.tree, *command, *campaign.paths, GITHUB_ACTIONS='true')
    assert len(said) > 100
    assert [*commands(said)] == []
    assert unseen(said) == set()


def test_actions_log_of_errors(tmp_path: Path) -> None:
    for name in ('::error::x.md', '##[group]x.md'):
        (tmp_path / name).mkdir()
        done = subprocess.run(
            [*RUN, 'list', name], cwd=tmp_path, capture_output=True, text=True,
            env={**os.environ, 'GITHUB_ACTIONS': 'true'},
        )  # fmt: skip
        assert 'is a directory' in done.stderr
        assert [*commands(done.stderr)] == []


# Documents.

PCHAR = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")  # RFC 3986, and no colon
EMBEDDED_LINK = re.compile(r'\[(?:\\.|[^\]\\])*\]\([^)]*\)')


def test_sarif(campaign: Campaign) -> None:
    log = json.loads(
        printed(campaign.tree, 'lint', '-q', '--output-format', 'sarif', *campaign.paths)
    )
    jsonschema.validate(log, SARIF)
    errors = [one for one in campaign.found if one['severity'] == 'error']
    results = log['runs'][0]['results']
    assert len(results) == min(len(errors), 5001)
    for result, one in zip(results[:5000], errors[:5000], strict=True):
        text = result['message']['text']
        assert not {'{', '}'} & set(re.sub(r'\{\{|\}\}', '', text))
        assert not EMBEDDED_LINK.search(text)
        assert unseen(text) == set()
        said = text.replace('{{', '{').replace('}}', '}').replace(']\\(', '](')
        assert unspelled(said) == unspelled(one['message'])
        uri = result['locations'][0]['physicalLocation']['artifactLocation']['uri']
        assert PCHAR.fullmatch(uri)
        assert not uri.startswith('/')
        assert unquote_to_bytes(uri) == os.fsencode(one['path'])


def test_gitlab(campaign: Campaign) -> None:
    report = json.loads(
        printed(campaign.tree, 'lint', '-q', '--output-format', 'gitlab', *campaign.paths)
    )
    jsonschema.validate(report, GITLAB)
    errors = [one for one in campaign.found if one['severity'] == 'error']
    assert len({entry['fingerprint'] for entry in report}) == len(report) == len(errors)
    for entry, one in zip(report, errors, strict=True):
        assert unseen(entry['description']) == set()
        assert unspelled(entry['description']) == unspelled(f'{one["code"]} {one["message"]}')
        assert entry['location'] == {'path': one['path'], 'lines': {'begin': one['line']}}


# Markdown.


class Page(HTMLParser):
    """The tags with their attributes, and the pieces of text, of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.texts: list[str] = []
        self.cells: list[str] = []
        self.comments: set[str] = set()
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        if tag in ('td', 'h3'):
            self.cells.append('')
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ('td', 'h3')

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.inside:
            self.cells[-1] += data

    def handle_comment(self, data: str) -> None:
        self.comments.add(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    handle_pi = unknown_decl = handle_decl


def test_step_summary(campaign: Campaign) -> None:
    for path in campaign.paths:
        summary = campaign.tree / 'summary.md'
        summary.unlink(missing_ok=True)
        command = ('stats', '--output-format', 'github', path)
        assert printed(campaign.tree, *command, GITHUB_STEP_SUMMARY='summary.md') == ''
        rendered = cmarkgfm.github_flavored_markdown_to_html(
            summary.read_text(encoding='utf-8'), Options.CMARK_OPT_UNSAFE
        )
        page = Page(rendered)
        tags = {tag for tag, _ in page.tags}
        assert tags <= {'h3', 'p', 'strong', 'table', 'thead', 'tbody', 'tr', 'th', 'td'}
        assert {name for _, attributes in page.tags for name, _ in attributes} <= {'align'}
        assert page.comments <= {' '}
        assert not [text for text in page.texts if re.search(r'@\w|#\d|GH-\d|://|www\.', text)]
        sections = json.loads(printed(campaign.tree, 'stats', '--json', path))['sections']
        heading, *cells = page.cells
        assert len(cells) == 4 * len(sections)
        # Its first heading is its title, unless several stand side by side.
        names = (sections[0]['text'], path)
        assert any(solid(name).startswith(solid(heading).partition('…')[0]) for name in names)
        for name, section in zip(cells[::4], sections, strict=True):
            if section['kind'] and not section['title']:
                continue
            if section['kind']:  # "Week 3  Title"
                name = name.partition('  ')[2]
            begin, cut, _ = solid(name).partition('…')
            title = solid(section['title'] if section['kind'] else section['text'])
            assert title.startswith(begin) if cut else title == begin


def solid(text: str) -> str:
    """*text* without blanks."""
    return ''.join(unspelled(text).split())


# The journal.


def test_log_as_csv_and_markdown(campaign: Campaign) -> None:
    log = json.loads(printed(campaign.tree, 'log', '--notes', '--json', *campaign.paths))
    transitions = log['transitions']
    assert len(transitions) >= 5 * len(campaign.paths)
    rows = [*csv.DictReader(printed(
        campaign.tree, 'log', '--notes', '--output-format', 'csv', *campaign.paths
    ).splitlines(keepends=True))]  # fmt: skip
    assert len(rows) == len(transitions)
    for row, transition in zip(rows, transitions, strict=True):
        for cell in row.values():
            assert not re.match('[=+@\t\r-]', cell)
            assert unseen(cell) == set()
        for name in ('key', 'title', 'author', 'path'):
            said = row[name]
            assert unspelled(said.removeprefix("'")) == unspelled(transition[name]).removeprefix(
                "'"
            )
    table = printed(campaign.tree, 'log', '--notes', '--output-format', 'markdown', *campaign.paths)
    rendered = cmarkgfm.github_flavored_markdown_to_html(table, Options.CMARK_OPT_UNSAFE)
    page = Page(rendered)
    assert {tag for tag, _ in page.tags} <= {'table', 'thead', 'tbody', 'tr', 'th', 'td'}
    assert len(page.cells) == 7 * len(transitions)
    assert not [text for text in page.texts if re.search(r'@\w|#\d|GH-\d|://|www\.', text)]


# Statistics of the past.


@pytest.mark.parametrize(
    'command',
    [
        ['--history'],
        ['--why'],
        ['--by', 'day'],
        ['--by', 'week'],
        ['--by', 'person'],
        ['--since-ref', 'HEAD~1'],
    ],
    ids=' '.join,
)
def test_stats_as_markdown_and_csv(command: list[str], campaign: Campaign) -> None:
    table = printed(
        campaign.tree, 'stats', *command, '--output-format', 'markdown', *campaign.paths
    )
    rendered = cmarkgfm.github_flavored_markdown_to_html(table, Options.CMARK_OPT_UNSAFE)
    page = Page(rendered)
    tags = {'h3', 'p', 'strong', 'pre', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td'}
    assert {tag for tag, _ in page.tags} <= tags
    assert {name for _, attributes in page.tags for name, _ in attributes} <= {'align', 'lang'}
    assert page.comments <= {' '}
    assert not [text for text in page.texts if re.search(r'@\w|#\d|GH-\d|://|www\.', text)]
    if command[0] in ('--why', '--by'):
        rows = printed(campaign.tree, 'stats', *command, '--output-format', 'csv', *campaign.paths)
        for row in csv.reader(rows.splitlines(keepends=True)):
            for cell in row:
                assert not re.match('[=+@\t\r-]', cell)
                assert unseen(cell) == set()
