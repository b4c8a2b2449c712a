"""The real commitlint accepts every message: the 50 of the tracker, and those of hostile titles."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from npm import installed
from test_message import generated

from roadmap_md.message import message
from roadmap_md.status import Status

PACKAGES = ('@commitlint/lint@21', '@commitlint/load@21', '@commitlint/config-conventional@21')
TRACKER = Path(__file__).parent.parent / 'ROADMAP.md'

# Each message is linted as a hook would (lines with '#' are comments) and as a server would.
LINT = """
import lint from '@commitlint/lint';
import load from '@commitlint/load';
import parse from '@commitlint/parse';
import { readFileSync } from 'node:fs';

const { rules, parserPreset } = await load({ extends: ['@commitlint/config-conventional'] });
const verdicts = [];
for (const message of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const problems = [];
  for (const commentChar of [null, '#']) {
    const parserOpts = { ...parserPreset.parserOpts, commentChar };
    const { errors, warnings } = await lint(message, rules, { parserOpts, defaultIgnores: false });
    problems.push(...[...errors, ...warnings].map(({ name }) => name));
  }
  const commit = await parse(message, undefined, parserPreset.parserOpts);
  verdicts.push({ problems, ...commit });
}
process.stdout.write(JSON.stringify(verdicts));
"""


@pytest.fixture(scope='session')
def commitlint(request: pytest.FixtureRequest) -> Path:
    """A folder in which commitlint is installed."""
    folder = installed(request, 'commitlint-21', *PACKAGES)
    (folder / 'lint.mjs').write_text(LINT)
    return folder


def verdicts(folder: Path, messages: Path) -> list[dict[str, Any]]:
    command = ['node', 'lint.mjs', str(messages)]
    done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def days() -> list[tuple[str, str]]:
    week, found = '', []
    for line in TRACKER.read_text(encoding='utf-8').splitlines():
        if heading := re.match(r'## Week (\d+)', line):
            week = heading[1]
        elif day := re.search(r'Day (\d+) – (.*?)\s*$', line):
            found.append((f'week-{week}/day-{day[1]}', day[2]))
    return found


REJECTED = {
    'complete week 1': 'type-empty',
    'docs(roadmap): Complete Week 1': 'subject-case',
    'docs(roadmap): complete week 1.': 'subject-full-stop',
    'learning: complete week 1': 'type-enum',
    'docs(roadmap): complete ' + 'x' * 77: 'header-max-length',
    'docs(roadmap): complete ' + '👩' * 39: 'header-max-length',
    'docs(roadmap): complete week 1\nbody': 'body-leading-blank',
    'docs(roadmap): complete week 1\n\n' + 'x' * 101: 'body-max-line-length',
    'docs(roadmap): complete week 1\n\nbody\nfixes #1': 'footer-leading-blank',
}


def test_commitlint_accepts_every_message(commitlint: Path, tmp_path: Path, long: bool) -> None:
    tracker = days()
    assert len(tracker) == 50
    evidence = ('0123456789abcdef' * 4, 'f' * 40)
    ours = [message(key, title, Status.COMPLETED) for key, title in tracker]
    ours += [message(key, title, Status.COMPLETED, evidence=evidence) for key, title in tracker[:5]]
    ours += generated(10_000 if long else 300, seed=4)
    bad = [message for message in REJECTED for _ in range(2)]
    batch = tmp_path / 'messages.json'
    batch.write_text(json.dumps([*ours, *bad]))
    found = verdicts(commitlint, batch)
    assert len(found) == len(ours) + len(bad)
    for text, verdict in zip(ours, found, strict=False):
        assert verdict['problems'] == [], text
        header = text.partition('\n')[0]
        assert verdict['type'] == 'docs'
        assert verdict['scope'] == ('roadmap' if header.startswith('docs(') else None)
        assert header.endswith(f': {verdict["subject"]}')
        assert verdict['notes'] == verdict['references'] == []
        assert verdict['revert'] is verdict['merge'] is None
    for text, verdict in zip(bad, found[len(ours) :], strict=True):
        assert REJECTED[text] in verdict['problems'], text
