"""RM104 to RM107 say what GitHub shows: decided by cmark-gfm, which it renders with."""

import re
from datetime import date

import cmarkgfm
import pytest

from roadmap_md.config import Config
from roadmap_md.fix import fix
from roadmap_md.lint import lint

RENDERING = ('RM104', 'RM105', 'RM106', 'RM107')
BOX = '<input type="checkbox"'


def html(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text))


def reported(text: str) -> list[str]:
    found = lint(text.encode(), 'ROADMAP.md', Config(select=RENDERING), date(2026, 1, 1))
    return [diagnostic.rule.code for diagnostic in found.diagnostics]


TEXTS = {
    # name: text, what is reported, what the HTML shows because of that
    'a list': ('- [ ] Lists\n- [x] Sets\n', [], BOX),
    'a bare box': ('[ ] Lists\n', ['RM104'], '<p>[ ] Lists</p>'),
    'bare boxes in a list item': ('- [ ] Lists\n[ ] Sets\n', ['RM104', 'RM105'], 'Lists\n[ ] Sets'),
    'bare boxes in a quote': ('> [ ] Lists\n', ['RM104'], '<p>[ ] Lists</p>'),
    'a bare emoji': ('✅ Lists\n', [], '<p>✅ Lists</p>'),
    'lines that run together': ('✅ Lists\n✅ Sets\n', ['RM105'], '✅ Lists\n✅ Sets'),
    'lines with blanks': ('✅ Lists  \n✅ Sets\n', [], '✅ Lists<br />\n✅ Sets'),
    'lines with a backslash': ('✅ Lists\\\n✅ Sets\n', [], '✅ Lists<br />\n✅ Sets'),
    'one blank is too few': ('✅ Lists \n✅ Sets\n', ['RM105'], '✅ Lists\n✅ Sets'),
    'lines that end in CRLF': ('✅ Lists\r\n✅ Sets\r\n', ['RM105'], '✅ Lists\n✅ Sets'),
    'text before': ('Today:\n✅ Lists\n', ['RM105'], 'Today:\n✅ Lists'),
    'an underline': ('✅ Lists\n---\n', ['RM106'], '<h2>✅ Lists</h2>'),
    'a double underline': ('✅ Lists\n===\n', ['RM106'], '<h1>✅ Lists</h1>'),
    'a break': ('✅ Lists\n\n---\n', [], '<hr />'),
    'a break behind a list': ('- ✅ Lists\n---\n', [], '<hr />'),
    'a link': ('- [x](sets.md)\n', ['RM107'], '<a href="sets.md">x</a>'),
    'a link behind a box': ('- [x] [Sets](sets.md)\n', [], BOX),
    'a reference': ('- [x][sets]\n\n[sets]: sets.md\n', ['RM107'], '<a href="sets.md">x</a>'),
    'no reference': ('- [x][sets]\n', [], '[x][sets]'),
    'a label': ('[x] Sets\n\n[X]: sets.md\n', ['RM104', 'RM107'], '<a href="sets.md">x</a> Sets'),
    'a label and a real box': ('- [x] Sets\n\n[x]: sets.md\n', [], BOX),
}


@pytest.mark.parametrize(('text', 'codes', 'shown'), TEXTS.values(), ids=TEXTS)
def test_what_github_shows(text: str, codes: list[str], shown: str) -> None:
    assert sorted(reported(text)) == codes
    assert shown in html(text)


# This cmark-gfm shows no boxes in quotes, written as lists or not.
MENDED = [t for t, codes, _ in TEXTS.values() if 'RM107' not in codes and not t.startswith('>')]


@pytest.mark.parametrize('text', MENDED)
def test_after_the_fixes_github_shows_every_status(text: str) -> None:
    """Each task is a list item or a line of its own; a box can be clicked."""
    config = Config(select=RENDERING)
    fixed = fix(text.encode(), 'ROADMAP.md', config, date(2026, 1, 1), unsafe=True).data.decode()
    shown = html(fixed)
    assert '<h' not in shown.replace('<hr', '')
    assert not re.search(r'\[[ x]\] ', shown)
    assert shown.count(BOX) == len(re.findall(r'\[[ x]\] ', text))
    assert len(re.findall(r'✅', shown)) == len(
        re.findall(r'(?:<li>|<p>|^)(?:Today:<br />\n)?✅', shown, re.M)
    )
