"""A tracker that was damaged on its way is read whole, or refused in one line; never by half."""

from pathlib import Path

import pytest

from roadmap_md.__main__ import main
from roadmap_md.status import Status
from roadmap_md.tracker import read_tracker

SOUND = """\
# Plan — an excerpt “as it was”

| Week | Focus | Status |
|------|-------|--------|
| Week 1 (Days 1–7) | Foundations | 🔄 In progress |
| Week 2 (Days 8–14) | Querying | ⬜ Not started |
| Week 3 | Design | ✅ Done |

## Week 1 · Foundations

- [x] Day 01 — Setup · Install, connect
- [ ] Day 02 — Tables “and more”

## Week 4 ✅ (Completed)

Text…
"""
LEGEND = '[ ] Not started\n🔄 In progress\n✅ Done\n\n'
FORMS = {'without a legend': SOUND, 'with a legend': LEGEND + SOUND}


def damaged(text: str, *codecs: str) -> bytes:
    """*text* as it is where its UTF-8 was read as something else; what that lacks is lost."""
    for codec in codecs:
        text = text.encode().decode(codec, errors='ignore')
    return text.encode()


DAMAGES = {
    'cp1252': ('cp1252',), 'cp1253': ('cp1253',), 'cp1254': ('cp1254',), 'latin-1': ('latin-1',),
    'mac_roman': ('mac_roman',), 'cp1250': ('cp1250',), 'cp1252 twice': ('cp1252', 'cp1252'),
}  # fmt: skip


@pytest.mark.parametrize('codecs', DAMAGES.values(), ids=DAMAGES)
def test_code_pages(codecs):
    tracker, sound = read_tracker(damaged(SOUND, *codecs)), read_tracker(SOUND.encode())
    assert tracker.state == sound.state
    assert len(tracker.statused_sections) == len(sound.statused_sections) == 1


BYTES = {
    'a byte order mark': b'\xef\xbb\xbf' + SOUND.encode(),
    'CRLF': SOUND.replace('\n', '\r\n').encode(),
    'mixed ends': SOUND.replace('\n', '\r\n', 7).encode(),
    'no final newline': SOUND.rstrip('\n').encode(),
}


@pytest.mark.parametrize('data', BYTES.values(), ids=BYTES)
def test_bytes(data):
    assert read_tracker(data).state == read_tracker(SOUND.encode()).state


REFUSED = {
    'UTF-16, little-endian': (SOUND.encode('utf-16'), 'has a NUL byte at byte 3'),
    'UTF-16, big-endian': (SOUND.encode('utf-16-be'), 'has a NUL byte at byte 0'),
    'cp1252 itself': (SOUND.encode('cp1252', errors='ignore'), 'is not UTF-8 at byte 7'),
}


@pytest.mark.parametrize(('data', 'why'), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(data, why, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path('ROADMAP.md').write_bytes(data)
    for command in ('stats', 'next', 'list', 'tick next', 'convert --to box'):
        assert main(command.split()) == 2
        out, err = capsys.readouterr()
        assert out == ''
        assert err.startswith(f'roadmap-md: ROADMAP.md {why}\n')
    assert Path('ROADMAP.md').read_bytes() == data


def test_damaged_copies(request):
    """``--seeds FOLDER``: those in its folder *damaged* have as many tasks, alike, as each other."""
    folder = request.config.getoption('--seeds')
    found = sorted(Path(folder, 'damaged').glob('mojibake-*.md')) if folder else []
    if not found:
        pytest.skip('no --seeds with damaged/mojibake-*.md in it')
    states = {path.name: read_tracker(path.read_bytes()).state for path in found}
    assert len(set(states.values())) == 1, states
    assert Status.COMPLETED in next(iter(states.values()))
