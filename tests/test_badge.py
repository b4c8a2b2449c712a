"""Badges: what they say, in which colour, and that they are sound SVG whatever the label."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from roadmap_md.__main__ import main
from roadmap_md.output.badge import badge, endpoint, svg
from roadmap_md.stats import Counts

SVG = '{http://www.w3.org/2000/svg}'


def made(completed: int, total: int, label: str = 'roadmap') -> tuple[dict[str, object], str]:
    """The badge in both formats."""
    of = badge(Counts(completed, 0, total - completed, 0, 0), label)
    return json.loads(endpoint(of)), svg(of)


@pytest.mark.parametrize(
    ('completed', 'total', 'message', 'color', 'fill'),
    [
        (0, 0, 'no tasks', 'lightgrey', '#9f9f9f'),
        (0, 50, '0%', 'red', '#e05d44'),
        (1, 1000, '0%', 'red', '#e05d44'),
        (19, 100, '19%', 'red', '#e05d44'),
        (20, 100, '20%', 'orange', '#fe7d37'),
        (40, 100, '40%', 'yellow', '#dfb317'),
        (60, 100, '60%', 'yellowgreen', '#a4a61d'),
        (80, 100, '80%', 'green', '#97ca00'),
        (999, 1000, '99%', 'green', '#97ca00'),
        (50, 50, '100%', 'brightgreen', '#4c1'),
    ],
)
def test_what_it_says(completed: int, total: int, message: str, color: str, fill: str) -> None:
    document, picture = made(completed, total)
    assert document == {
        'schemaVersion': 1, 'label': 'roadmap', 'message': message, 'color': color,
    }  # fmt: skip
    assert f'aria-label="roadmap: {message}"' in picture
    assert f'fill="{fill}"' in picture


@pytest.mark.parametrize(
    ('label', 'shown'),
    [
        pytest.param('roadmap', 'roadmap', id='plain'),
        pytest.param('学习计划 🚀', '学习计划 🚀', id='wide'),
        pytest.param('"><script>alert(1)</script>', '"><script>alert(1)</script>', id='markup'),
        pytest.param("a' onload='x & &amp;", "a' onload='x & &amp;", id='quotes and entities'),
        pytest.param(']]>', ']]>', id='the end of a section'),
        pytest.param('\x1b[31m\ufffe', '\\u{1b}[31m\\u{fffe}', id='characters XML has not'),
        pytest.param('\udcff', '\\u{dcff}', id='an argument that is no text'),
    ],
)
def test_svg_of_any_label(label: str, shown: str) -> None:
    picture = ElementTree.fromstring(made(1, 2, label)[1].encode())
    assert picture.get('role') == 'img'
    assert picture.get('aria-label') == picture.findtext(f'{SVG}title') == f'{shown}: 50%'
    assert [text.text for text in picture.iter(f'{SVG}text')] == [shown, shown, '50%', '50%']
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} == {
        'svg', 'title', 'linearGradient', 'stop', 'clipPath', 'rect', 'g', 'text',
    }  # fmt: skip


def test_svg_without_label() -> None:
    picture = ElementTree.fromstring(made(1, 2, '')[1])
    assert picture.get('aria-label') == '50%'
    assert [text.text for text in picture.iter(f'{SVG}text')] == ['50%', '50%']


@pytest.mark.parametrize(
    ('label', 'pixels'),  # as DejaVu Sans has them at 11 pixels; Verdana is its twin
    [
        ('roadmap', 49.2),
        ('progress', 47.5),
        ('AI Engineer Roadmap', 118.8),
        ('Learning Python & ML', 120.6),
        ('week-1/day-3', 74.6),
        ('WWMM', 40.7),
        ('iiiillll', 24.5),
        ('план', 28.2),
        ('学习计划', 44),
    ],
)
def test_width_is_about_right(label: str, pixels: float) -> None:
    picture = ElementTree.fromstring(made(1, 2, label)[1])
    *_, text = (t for t in picture.iter(f'{SVG}text') if t.text == label)
    given = float(text.get('textLength', 0))
    assert abs(given - pixels) <= 0.1 * pixels + 1
    assert float(text.get('x', 0)) + given < float(picture.get('width', 0))


def test_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Several trackers are one badge; a file holds what would be printed."""
    one, two, to = tmp_path / 'one.md', tmp_path / 'two.md', tmp_path / 'badge.svg'
    one.write_text('- [x] Lists\n- [x] Sets\n')
    two.write_text('- [x] Tuples\n- [ ] Dictionaries\n')
    assert main(['badge', str(one), str(two), '--json']) == 0
    assert json.loads(capfd.readouterr().out)['message'] == '75%'
    assert main(['badge', str(one), str(two)]) == 0
    printed = capfd.readouterr().out
    assert main(['badge', str(one), str(two), '-o', str(to)]) == 0
    assert to.read_text(encoding='utf-8') == printed
    done = subprocess.run(
        [sys.executable, '-m', 'roadmap_md', 'badge', one, '--label', '学习'],
        env={**os.environ, 'PYTHONIOENCODING': 'latin-1'}, capture_output=True, check=True,
    )  # fmt: skip
    assert ElementTree.fromstring(done.stdout).get('aria-label') == '学习: 100%'
    assert main(['badge', str(one), '-o', str(one / 'badge.svg')]) == 2
    assert 'cannot be written' in capfd.readouterr().err
