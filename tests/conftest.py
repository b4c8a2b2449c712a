"""The seal: no test sees the developer's git, home, clock, colours or ``nohup``."""

import os
import signal

import pytest
from hypothesis import settings

IDENTITY = {
    'GIT_AUTHOR_NAME': 'Ada Learner',
    'GIT_AUTHOR_EMAIL': 'ada@example.com',
    'GIT_COMMITTER_NAME': 'Ada Learner',
    'GIT_COMMITTER_EMAIL': 'ada@example.com',
}
CLOCK = {
    'GIT_AUTHOR_DATE': '2026-01-05T09:00:00+0100',
    'GIT_COMMITTER_DATE': '2026-01-05T09:00:00+0100',
    'TZ': 'UTC',
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption('--long', action='store_true', help='run the long campaigns, whole')
    parser.addoption('--write-examples', action='store_true', help='write what is printed now')
    parser.addoption(
        '--seeds', type=os.path.abspath, help='a folder of real trackers to read as well'
    )


def pytest_configure(config: pytest.Config) -> None:
    """The same examples in each run, without a clock; fewer in a normal one."""
    settings.register_profile(
        'sealed', settings.get_profile('ci'), max_examples=200 if config.getoption('--long') else 40
    )
    settings.load_profile('sealed')


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption('--long'):
        return
    for item in items:
        if 'long' in item.keywords:
            item.add_marker(pytest.mark.skip(reason='a long campaign; run with --long'))


@pytest.fixture(scope='session')
def long(request: pytest.FixtureRequest) -> bool:
    """Whether this is the long run."""
    return bool(request.config.getoption('--long'))


@pytest.fixture(scope='session', autouse=True)
def seal(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp('home')
    for name in list(os.environ):
        if name.startswith(('GIT_', 'GITHUB_', 'ROADMAP_MD', 'LC_', 'XDG_')) or name in (
            'EDITOR',
            'PAGER',
            'NO_COLOR',
            'FORCE_COLOR',
            'COLUMNS',
            # As on a user's machine, our modules are compiled once, not in each of 1,000s of runs.
            'PYTHONDONTWRITEBYTECODE',
        ):
            del os.environ[name]
    # What was started in the background ignores these, and so would all that the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.environ.update(
        IDENTITY,
        **CLOCK,
        HOME=str(home),
        LC_ALL='C.UTF-8',
        TERM='dumb',
        GIT_CONFIG_NOSYSTEM='1',
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_TERMINAL_PROMPT='0',
        PRE_COMMIT_HOME=str(home / 'pre-commit'),
    )
