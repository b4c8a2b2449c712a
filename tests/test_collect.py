"""The repositories of many learners, fetched into one from real servers."""

import csv
import io
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from serving import SERVERS
from worktree import done, sh

from roadmap_md.collect import Remote, read_list
from roadmap_md.errors import UserError


@pytest.mark.parametrize(
    'text, expected',
    [
        ('', []),
        ('# all of them\n\n', []),
        ('https://x.org/ada.git', [('ada', 'https://x.org/ada.git')]),
        ('https://x.org/ada/', [('ada', 'https://x.org/ada/')]),
        ('git@x.org:ada/plan.git', [('plan', 'git@x.org:ada/plan.git')]),
        ('../ada/.git', [('ada', '../ada/.git')]),
        ('Ada https://x.org/a\nbo\tfile:///b', [('Ada', 'https://x.org/a'), ('bo', 'file:///b')]),
        ('a b c', 'list:1: more than a name and a URL'),
        ('x\na --upload-pack=id', 'list:2: --upload-pack=id is no URL'),
        ('x/a\ny/a', 'list:2: a is there twice'),
    ],
)
def test_read_list(text: str, expected: list[tuple[str, str]] | str) -> None:
    if isinstance(expected, str):
        with pytest.raises(UserError, match=expected):
            read_list(text, 'list')
    else:
        assert [tuple(remote) for remote in read_list(text, 'list')] == expected


@pytest.mark.parametrize(
    'name',
    ['ada', 'a.b', 'a..b', '.git', 'a.lock', 'ünïcödé', 'a b', 'a~^:?*[\\b', 'a/b', '@{', '-x'],
)
def test_every_name_has_a_ref(name: str, tmp_path: Path) -> None:
    ref = Remote(name, 'x').ref
    done(tmp_path, f"git check-ref-format '{ref}'")
    assert ref.count('/') == 3


def learner(folder: Path, name: str, ticked: int) -> None:
    place = folder / f'{name}.git'
    done(folder, f'git init -q -b trunk {name}; git init -q --bare -b trunk {place.name}')
    plan = ''.join(f'- [{"x" if at < ticked else " "}] Day {at}\n' for at in range(5))
    (folder / name / 'ROADMAP.md').write_text(plan)
    (folder / name / 'big').write_bytes(b'x' * 9_000_000)
    done(
        folder / name,
        f'git add .; git commit -qm plan; git push -q ../{place.name} trunk\n'
        f'git -C ../{place.name} config uploadpack.allowFilter true',
    )


def told(folder: Path, *options: str) -> tuple[dict[str, str], str]:
    """What each learner has completed, and what is said of the others."""
    command = f'roadmap-md cohort --fetch learners {" ".join(options)} --output-format csv 2>words'
    ended = sh(folder, command)
    words = (folder / 'words').read_text()
    assert 'Traceback' not in words
    assert ended.returncode == (1 if words else 0), words
    rows = csv.DictReader(io.StringIO(ended.stdout))
    return {row['learner']: row['completed'] for row in rows}, words


@pytest.mark.parametrize('server', SERVERS)
def test_fetched(server: str, tmp_path: Path) -> None:
    there, here = tmp_path / 'there', tmp_path / 'here'
    there.mkdir()
    here.mkdir()
    for at, name in enumerate(['ada', 'bo', 'chen']):
        learner(there, name, at + 1)
    with SERVERS[server](there) as url:
        rows = [f'{name} {url}/{name}.git' for name in ('ada', 'bo', 'chen', 'nobody')]
        (here / 'learners').write_text('\n'.join(rows))
        first, words = told(here)
        assert first == {'chen': '3', 'bo': '2', 'ada': '1'}
        assert words.startswith('roadmap-md: nobody: ')
        done(there / 'ada', 'sed -i "s/ ] Day 4/x] Day 4/" ROADMAP.md; git commit -qam tick\n'
                            'git push -q ../ada.git trunk; rm -rf ../bo.git')  # fmt: skip
        second, words = told(here)
        assert second == {'chen': '3', 'bo': '2', 'ada': '2'}
        assert 'bo: not fetched now: ' in words
    assert done(here / 'cohort.git', 'git for-each-ref --format="%(refname)"').split() == [
        'refs/cohort/ada/HEAD', 'refs/cohort/bo/HEAD', 'refs/cohort/chen/HEAD',
    ]  # fmt: skip
    done(here / 'cohort.git', 'git gc -q')
    size = int(done(here / 'cohort.git', 'du -sk .').split()[0])
    assert size < 2_000 or server == 'path', 'what is no tracker was fetched'


@pytest.mark.parametrize(
    'rows, said',
    [
        (['ext ext::touch% gone'], 'learners:1: more than a name and a URL'),
        (['ext ext::touch%20gone'], "transport 'ext' not allowed"),
        (['away http://127.0.0.1:1/a.git'], 'unable to access'),
    ],
)
def test_bad_remotes(rows: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / 'learners').write_text('\n'.join(rows))
    ended = sh(tmp_path, 'roadmap-md cohort --fetch learners')
    assert ended.returncode in (1, 2)
    assert said in ended.stdout
    assert not (tmp_path / 'gone').exists()


def test_an_interruption_ends_it(tmp_path: Path) -> None:
    """As on a terminal, where each git is interrupted too; of the others none is begun."""
    with socket.create_server(('127.0.0.1', 0), backlog=99) as silent:
        url = f'http://127.0.0.1:{silent.getsockname()[1]}'
        rows = (f'{number} {url}/{number}\n' for number in range(40))
        (tmp_path / 'learners').write_text(''.join(rows))
        with subprocess.Popen(
            (sys.executable, '-m', 'roadmap_md', 'cohort', '--fetch', 'learners'),
            cwd=tmp_path, start_new_session=True,
        ) as running:  # fmt: skip
            silent.settimeout(60)
            asked = [silent.accept()[0] for _ in range(8)]
            os.killpg(running.pid, signal.SIGINT)
            try:
                assert running.wait(10) == 130
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)
            for one in asked:
                one.close()
