"""Input made to be slow, deep or large is linted in time and in memory that grow with its length."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roadmap_md.guidance import guidance
from roadmap_md.tracker import read_tracker

# What to repeat, and what may stand before and behind it; '{n}' counts.
REPEATED = {
    # containers
    'quotes': ('', '>', 'a\n'),
    'quotes with blanks': ('', '> ', '[ ] a\n'),
    'bullets on one line': ('', '- ', '[ ] a\n'),
    'numbers on one line': ('', '1. ', 'a\n'),
    'quotes and bullets': ('', '> - ', 'a\n'),
    'lines of deep quotes': ('', '> ' * 50 + 'a\n', ''),
    'lines of deep bullets': ('', '- ' * 50 + '[ ] a\n', ''),
    'lazy lines behind deep quotes': ('> ' * 50 + 'a\n', '[ ] b\n', ''),
    'quoted lines': ('', '> [ ] a\n', ''),
    'lazy lines': ('> a\n', '[ ] a\n', ''),
    'lazy lines of an item': ('- a\n', '[ ] a\n', ''),
    'quotes, each alone': ('', '> a\n\n', ''),
    'bullets without text': ('', '*\n', ''),
    'bullets of all kinds': ('', '- a\n* a\n+ a\n1. a\n2) a\n', ''),
    'numbered items': ('', '{n}. [ ] a\n', ''),
    'very long numbers': ('', '9' * 999 + '. a\n', ''),
    'a list of boxes': ('', '- [ ] Day 1\n', ''),
    'a loose list': ('', '- [ ] Day {n}\n\n', ''),
    'items with a line of text': ('', '- [ ] Day {n}\n  text\n', ''),
    'items nested by twos': ('', '- [ ] a\n  - [x] b\n', ''),
    'a list, then blanks': ('- a\n', '\n', 'b\n'),
    'an item, then indented blanks': ('- a\n', '    \n', 'b\n'),
    # lines of a tracker
    'bare lines': ('', '[ ] Day {n}\n', ''),
    'bare lines with hard breaks': ('# Week 1\n', '[ ] Day {n} – Lists  \n', ''),
    'bare lines of one title': ('', '[ ] Lists\n', ''),
    'bare emoji lines': ('', '✅ Day {n}\n', ''),
    'nearly boxes': ('[ ] a\n', '[] a\n', ''),
    'unknown boxes': ('[ ] a\n', '[?] a\n', ''),
    'citations': ('[ ] a\n', '[1] a\n', ''),
    'open boxes': ('', '[ \n', ''),
    'headings': ('', '# Week {n}\n', ''),
    'headings that sink': ('', '# a\n## b\n### c\n#### d\n##### e\n###### f\n', ''),
    'headings with a task each': ('', '## Week {n}\n[ ] Day 1\n', ''),
    'headings of one name': ('', '## Week\n- [ ] Day\n', ''),
    'decoration': ('', '# =====\n', ''),
    'legend lines': ('# Legend\n', '✅ done\n', ''),
    'legend lines, all unlike': ('# Legend\n', '[{n}] done\n', ''),
    'waivers': ('[ ] Day 1\n\n', '<!-- roadmap-md: allow RM301 day-1: why not -->\n', ''),
    'waivers for a title': ('[ ] Day 1\n\n', '<!-- roadmap-md: allow RM301 x{n}: why not -->\n', ''),
    'waivers that do not end': ('', '<!-- roadmap-md: allow RM301: x ', '\n'),
    'a reason of blanks': ('[ ] a\n\n<!-- roadmap-md: allow RM301: a', ' ', 'b -->\n'),
    'fences and waivers': ('', '```\n```\n<!-- roadmap-md: allow RM301: x -->\n', ''),
    'problems and waivers': ('', '- [ ] Day 1\n- [x] Day 2\n# Week\n\n<!-- roadmap-md: allow RM302: x -->\n\n', ''),
    'a long title in every message': ('No skipping\n\n- [/] ' + 'a' * 100_000 + '\n', '- [/] b\n', ''),
    'a long heading over many legends': ('# ' + 'a' * 100_000 + '\n', '[x] a\n\n', ''),
    'open waivers': ('', '<!-- roadmap-md: allow RM301 ', ''),
    'sentences that declare': ('', 'No skipping. ', '\n'),
    'sentences of one word': ('# Rules\n', 'a, ', '\n'),
    'identifiers': ('', '[ ] a {#a}\n', ''),
    'open identifiers': ('[ ] ', ' {#a', '\n'),
    'skipped days': ('', '- [ ] Day 1\n- [x] Day 2\n# Week\n', ''),
    'conflicts': ('', '<<<<<<< a\n=======\n>>>>>>> b\n', ''),
    'mixed line ends': ('', 'a\r\nb\n', ''),
    'mixed markers': ('', '- [x] a\n- [X] b\n- ✅ c\n', ''),
    # counts
    'counts on a line': ('- [ ] a\n\nProgress: ', '1/2 ', '\n'),
    'lines of progress': ('- [ ] a\n\n', 'Progress: {n}/9 (5%)\n\n', ''),
    'lines of bars': ('- [ ] a\n\n', '▓▓░░░\n', ''),
    'progress of each item': ('', '- a\n  - Progress: 0%\n    - [x] b\n', ''),
    'progress in one item': ('- a\n', '\n  Progress: 5%\n\n  - [ ] b\n', ''),
    'counts of sections': ('', '# Week {n} [1/2]\n- [ ] a\n', ''),
    'badges': ('- [ ] a\n\n', '![](https://progress-bar.dev/60/)', '\n'),
    'badges in HTML': ('- [ ] a\n\n<div>\n', '<img src="https://progress-bar.dev/60/">\n', '</div>\n'),
    'open images': ('- [ ] a\n\n', ('![' * 900) + ' 5%\n\n', ''),
    'open bars': ('# a [', '#', ' 5%\n'),
    # carriers
    'cells of many people': ('|Day' + '|a' * 19 + '|\n' + '|-' * 20 + '|\n', '|{n}' + '|   ✅   |   ⬜   ' * 9 + '|   ✅   |\n', ''),
    'a status behind many columns': ('|Day' + '|a' * 18 + '|Status|\n' + '|-' * 20 + '|\n', '|{n}' + '|ab|cd' * 9 + '|done|\n', ''),
    'rows of one name': ('|Day|Status|\n|-|-|\n', '|x|done|\n', ''),
    'rows of one name in many columns': ('|Status' + '|x' * 300 + '|\n' + '|-' * 301 + '|\n', '|done' + '|ab' * 300 + '|\n', ''),
    'rows of pipes': ('|Day|Status|\n|-|-|\n', '|\n', ''),
    'heads of groups': ('|Day|Status|\n|-|-|\n', '|**x**||\n', ''),
    'totals': ('|Day|Status|\n|-|-|\n', '|Total|done|\n', ''),
    'tables of a row': ('', '|Day|Status|\n|-|-|\n|a|done|\n\n', ''),
    'columns of statuses': ('|Day' + '|Status' * 300 + '|\n' + '|-' * 301 + '|\n', '|a' + '|done' * 300 + '|\n', ''),
    'a long cell': ('|Day|Status|\n|-|-|\n|1|done ', 'x', '|\n'),
    'a cell of words': ('|Day|Status|\n|-|-|\n|1|', 'done ', '|\n'),
    'a cell of choices': ('|Day|Status|\n|-|-|\n|1|', 'done / ', '|\n'),
    'a cell of emoji': ('|Day|Status|\n|-|-|\n|1|', '✅', '|\n'),
    'a cell of stars': ('|Day|Status|\n|-|-|\n|', '*', '|done|\n'),
    'a cell of stars and letters': ('|Day|Status|\n|-|-|\n|', '*a', '|done|\n'),
    'a cell of links': ('|Day|Status|\n|-|-|\n|', '[a](', '|done|\n'),
    'a cell of brackets': ('|Day|Status|\n|-|-|\n|', '[', '](a)|done|\n'),
    'a cell of pairs of brackets': ('|Day|Status|\n|-|-|\n|', '[[]', '](a)|done|\n'),
    'a cell of tags': ('|Day|Status|\n|-|-|\n|', '<', '|done|\n'),
    'a cell of digits': ('|Day|Status|\n|-|-|\n|', '1', '|done|\n'),
    'a cell of dates': ('|Day|Status|\n|-|-|\n|1|done ', '2026-1-', '|\n'),
    'a transposed table': ('|Day' + '|1' * 60_000 + '|\n' + '|-' * 60_001 + '|\n|Status', '|✅', '|\n'),
    'rows that name sections': ('|Phase|Status|\n|-|-|\n' + '|Phase 9|done|\n' * 20_000 + '\n', '# Phase {n}\n- [ ] a\n', ''),
    'rows that name sections by words': ('|Phase|Status|\n|-|-|\n' + '|x9|done|\n' * 20_000 + '\n', '# x{n} ✅\n', ''),
    'HTML tables': ('', '<table>\n<tr><th>Day</th><th>Status</th></tr><tr><td>1</td><td>✅</td></tr></table>\n\n', ''),
    'rows of an HTML table': ('<table>\n<tr><th>Day</th><th>Status</th></tr>\n', '<tr><td>1</td><td>✅</td></tr>\n', '</table>\n'),
    'rows of an HTML table on one line': ('<table><tr><th>Day</th><th>Status</th></tr>', '<tr><td>1</td><td>✅</td></tr>', '</table>\n'),
    'open cells of an HTML table': ('<table>', '<td>', '\n'),
    'signs in an HTML table': ('<table>\n', '<', '\n'),
    'attributes in an HTML table': ('<table>\n<td ', 'a ', '\n'),
    'comments in an HTML table': ('<table>\n', '<!-- ', '\n'),
    'data in an HTML table': ('<table>\n', '<![CDATA[', '\n'),
    'declarations in an HTML table': ('<table>\n', '<!a', '\n'),
    'references in an HTML table': ('<table><td>\n', '&#', '\n'),
    'names in an HTML table': ('<table><td>\n', '&a', '\n'),
    'ends in an HTML table': ('<table><td>\n', '</a ', '\n'),
    'scripts in an HTML table': ('<table><td>\n', '<script>', '\n'),
    'text areas in an HTML table': ('<table><td>\n', '<textarea></', '\n'),
    'questions in an HTML table': ('<table><td>\n', '<?', '\n'),
    'headings with statuses behind': ('', '## Week {n} ✅\n', ''),
    'headings with statuses before': ('', '## ✅ Week {n}\n', ''),
    'headings with decoration': ('', '## 🚀 Week {n}\n## ✅ a\n', ''),
    'headings with statuses, nested': ('', '# Week {n} ✅\n## a ✅\n### b ✅\n', ''),
    'headings with statuses over tasks': ('# a ✅\n', '## Week {n} ✅\n- [ ] a\n', ''),
    'a heading of statuses': ('## ', 'a ✅ (', '\n'),
    'a heading of words in brackets': ('## ', 'a (done ', '\n'),
    'a heading of emoji': ('## ', '🔄', ' a ✅\n'),
    'a heading of dashes': ('## a', ' –', ' done\n'),
    'a heading of colons': ('## a', ':', ' done\n'),
    'dated headings': ('', '### Day {n}: April 20, 2020\n\nx\n\n', ''),
    'a heading of a long date': ('### Day 1: ', '1-', '\n\nx\n'),
    'status lines': ('', '# a\nStatus: done\n\n', ''),
    'status lines in one section': ('# a\n', 'Status: done\n\n', ''),
    'status lines of a phase': ('# Phase 1\n', '## a\nPhase 1 Status: done\n\n', ''),
    'a status line of blanks': ('Status', ' ', ': done\n'),
    'a status line of stars': ('', '*', 'Status: done\n'),
    'a status line of fields': ('Status: ', '| x', ': done\n'),
    'a status line of choices': ('Status: ', 'done / ', '\n'),
    'a status line of points': ('Status: ', ' · a', '\n'),
    'sections named for a status': ('', '## Done\n- a\n', ''),
    'sections in one named for a status': ('## Done\n', '### x\n- a\n', ''),
    'markers in doubt': ('', '## In progress\n- ⏳ a\n', ''),
    'a heading of signs and a status': ('## ', '!', 'done\n'),
    'a heading of brackets and a status': ('## done', ' (', '\n'),
    'second statuses': ('', '- [ ] a ✅\n', ''),
    'second statuses in words': ('', '- [ ] a (done)\n', ''),
    'a title of statuses': ('- [ ] ', 'a (done ', '✅\n'),
    'struck items': ('- [ ] a\n', '- ~~a~~\n', ''),
    'a struck title': ('- [ ] a\n- ', '~', 'a~~\n'),
    'questions with reasons': ('', '# a?\n- ✅ a\n', ''),
    'points': ('', '# a\n- ✅ **a**: b c\n- ✅ d\n', ''),
    'a point of stars': ('- ✅ ', '**a', '\n'),
    # lines alone
    'blank lines': ('', '\n', ''),
    'carriage returns': ('', '\r', '\n'),
    'form feeds': ('', '\x0c', '\n'),
    'line separators': ('', '\u2028', '\n'),
    'bytes of zero': ('', '\0', '\n'),
    'one long word': ('', 'a', '\n'),
    'a long title': ('- [ ] ', 'a', '\n'),
    'a title of blanks': ('- [ ] a', ' ', 'b\n'),
    'a title of tabs': ('- [ ] a', ' \t', 'b\n'),
    'combining marks': ('- [ ] a', '\u0301', '\n'),
    'variation selectors': ('- [', '\ufe0f', '] a\n'),
    'a title of digits': ('- [ ] Day ', '9', '\n'),
    'a title of dots': ('- [ ] Module ', '1.', '\n'),
    'a heading of blanks': ('# ', ' ', 'a\n'),
    'a heading of hashes': ('# a ', '#', 'b\n'),
    'a heading of hashes and blanks': ('# a', ' #', 'b\n'),
    'a rule that is none': ('', '* ', 'x\n'),
    'underscores and blanks': ('_', ' ', '_ x\n'),
    'an underline that is none': ('a\n', '=', 'x\n'),
    'an underline': ('a\n', '-', '\n'),
    'a line of dashes and blanks': ('', '- ', '\n'),
    'indentation': ('', ' ', '[ ] a\n'),
    'indentation by tabs': ('- a\n', '\t', '[ ] a\n'),
    # code, HTML
    'fences': ('', '```\n', ''),
    'fences that never close': ('', '```a\n', ''),
    'a fence that never closes': ('```\n', 'a\n', ''),
    'a long fence': ('', '`', '\na\n'),
    'indented code': ('', '    a\n\n', ''),
    'backticks': ('[ ] a\n', '`', '\n[ ] b\n'),
    'backticks and letters': ('[ ] a\n', '`a', '``\n[ ] b\n'),
    'open code spans': ('[ ] a\n``b', '`a', '\n[ ] b\n'),
    'code spans over lines': ('', '`a\n[ ] b`\n', ''),
    'backslashes': ('[ ] a\n', '\\', '`\n[ ] b\n'),
    'comments': ('', '<!-- a -->\n', ''),
    'open comments': ('a\n', '<!--', '\n[ ] b\n'),
    'open comments on lines': ('a\n', 'b <!--\n', ''),
    'ends of comments': ('a <!-- b', '-->', '\n[ ] b\n'),
    'a tag': ('<', 'a', '>\n'),
    'attributes': ('<a', ' b', '\n'),
    'values': ('<a', ' b="', '\n'),
    'whole values': ('<a', " b='c'", '>\n'),
    'tags': ('', '<a ', '\n'),
    'blocks of HTML': ('', '<div>\n\n', ''),
    'declarations': ('', '<!A ', '\n'),
    'sections of data': ('', '<![CDATA[', '\n'),
    'questions': ('', '<?', '\n'),
    # tables
    'a long table': ('|a|b|\n|-|-|\n', '|[ ]|b|\n', ''),
    'tables': ('', '|a|\n|-|\n', ''),
    'pipes': ('', 'a|b\n', ''),
    'delimiter rows': ('', '|-|\n', ''),
    'a wide table': ('', '|', '\n|-|-|\n'),
    'a wide delimiter row': ('|a|b|\n', '|-', '|\n'),
    'a delimiter row of blanks': ('|a|\n', '| ', '!\n'),
    'a delimiter row of dashes': ('|a|\n|', '-', '!\n'),
    'escaped pipes': ('', '\\|', '\n|-|\n'),
    # links
    'brackets': ('', '[', '\n'),
    'closing brackets': ('a', ']', '\n'),
    'brackets and parentheses': ('', '[a](', '\n'),
    'definitions': ('', '[{n}]: /u\n', ''),
    'emphasis': ('[ ] ', '*a_ ', '\n'),
    'emphasis before a number': ('[ ] ', '**', 'Day 1\n'),
    'damaged emoji': ('[ ] ', 'ğŸš€ ', 'Day 1\n'),
}  # fmt: skip
MEGABYTE = 1_000_000
MOST_SECONDS, MOST_MEMORY = 10, 512 * 2**20
# Those that are slowest, and one of each kind; the long run takes all.
SAMPLE = (
    'bare lines with hard breaks', 'headings with a task each', 'quotes and bullets',
    'lines of deep bullets', 'waivers for a title', 'problems and waivers', 'skipped days',
    'a wide delimiter row',
    'lines of progress', 'progress in one item',
    'a status behind many columns', 'rows of one name in many columns', 'a cell of brackets',
    'rows that name sections by words', 'rows of an HTML table on one line',
    'comments in an HTML table', 'headings with statuses before', 'markers in doubt',
    'backticks and letters', 'open comments on lines', 'whole values', 'a title of digits', 'brackets',
)  # fmt: skip


def hostile(name: str, size: int) -> bytes:
    """That input, *size* bytes long."""
    before, repeated, after = REPEATED[name]
    times = size // len(repeated.encode())
    if '{n}' in repeated:
        text = before + ''.join(repeated.replace('{n}', str(n)) for n in range(times)) + after
        return text.encode()[:size].decode(errors='ignore').encode()
    return (before + repeated * times + after).encode()


LINT = """
import json, resource, sys, time
from datetime import date
import roadmap_md.lint
from roadmap_md.config import Config

before = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (before + int(sys.argv[1]),) * 2)
data = sys.stdin.buffer.read()
begun = time.process_time()
found = roadmap_md.lint.lint(data, 'ROADMAP.md', Config(), date(2026, 3, 2)).diagnostics
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([time.process_time() - begun, peak, len(found)]))
"""


def measure(name: str, size: int) -> tuple[float, int]:
    """Seconds of processor time and bytes at most, to lint that input in a process of its own."""
    run = subprocess.run(
        [sys.executable, '-c', LINT, str(MOST_MEMORY)], input=hostile(name, size),
        capture_output=True, timeout=300, cwd=Path(__file__).parent.parent, check=False,
    )  # fmt: skip
    assert run.returncode == 0, (name, run.stderr.decode()[-500:])
    seconds, peak, _ = json.loads(run.stdout)
    return seconds, peak


def test_there_are_a_hundred():
    assert len(REPEATED) >= 100


@pytest.mark.parametrize('name', SAMPLE)
def test_a_sample(name):
    seconds, _ = measure(name, MEGABYTE // 8)
    assert seconds < MOST_SECONDS / 2


@pytest.mark.long
def test_all_at_a_megabyte(capsys):
    figures = {name: measure(name, MEGABYTE) for name in REPEATED}
    slowest = sorted(figures, key=figures.__getitem__, reverse=True)
    with capsys.disabled():
        for name in slowest[:8]:
            print(f'\n{name}: {figures[name][0]:.1f} s, {figures[name][1] / 2**20:.0f} MB', end='')
    assert figures[slowest[0]][0] < MOST_SECONDS


def test_bare_lines_take_time_that_grows_with_them():
    name = 'bare lines with hard breaks'
    short, long = (min(measure(name, size)[0] for _ in range(3)) for size in (125_000, 500_000))
    assert long < 4 * short * 1.8


def test_guidance_takes_time_that_grows_with_the_headings():
    plan = '# Week 1\n' + ''.join(f'## Heading {i}\n- [ ] Task {i}\n' for i in range(12_000))
    tracker = read_tracker(plan.encode())
    begun = time.process_time()
    assert guidance(tracker, 11_999) == []
    assert time.process_time() - begun < 2
