"""Many repositories fetched into one, a ref for the HEAD of each; who is not there stops nobody."""

import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import NamedTuple
from urllib.parse import quote

from . import git
from .errors import UserError
from .git import Repository, refs

BENEATH = 'refs/cohort/'
_AT_ONCE = 8  # fetches, which mostly wait for others
_TRIES = 3
_PATIENCE = 1.0  # seconds before the second try, twice that before the third
# What another try will not change, in the words of git and of its hosts.
_FINAL = re.compile(
    r'not found|does not exist|does not appear to be a git repository|access denied|'
    r'authentication failed|could not read username|permission denied|remote ref HEAD|'
    r'not supported|not allowed',
    re.IGNORECASE,
)


class Remote(NamedTuple):
    """A learner, and where their repository is."""

    name: str
    url: str

    @property
    def ref(self) -> str:
        """Where their HEAD is kept: a name may hold what a ref may not."""
        safe = quote(self.name, safe='').replace('~', '%7E').replace('.', '%2E')
        return f'{BENEATH}{safe}/HEAD'


def read_list(text: str, path: str) -> list[Remote]:
    """The remotes of a list: a URL a line, with a name before it or without; ``#`` begins a remark.

    Without a name the last part of the URL that is no ``.git`` is one. Raises UserError for a line
    that is none, and for a name that is given twice.
    """
    found: dict[str, Remote] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith('#'):
            continue
        if len(words) > 2:
            raise UserError(f'{path}:{number}: more than a name and a URL', 'put one learner there')
        url = words[-1]
        name = words[0] if len(words) == 2 else _last_part(url)
        if url.startswith('-') or not name:
            raise UserError(f'{path}:{number}: {url} is no URL', 'mend that line')
        if name in found:
            raise UserError(f'{path}:{number}: {name} is there twice', 'put a name before the URL')
        found[name] = Remote(name, url)
    return list(found.values())


def _last_part(url: str) -> str:
    parts = [part for part in re.split(r'[/:]', url.rstrip('/')) if part != '.git']
    return parts[-1].removesuffix('.git') if parts else ''


def collect(
    directory: str, remotes: Sequence[Remote], progress: Callable[[], object]
) -> dict[str, str]:
    """Fetch what is new of all *remotes* into the bare repository at *directory*, which is made.

    Returns why some could not be had, in git's words, by name. What was fetched of them before
    stays. *progress* is called when one is done. Raises UserError where that is no repository.
    """
    if not os.path.lexists(directory):
        git.create_bare(directory)
    repo = git.at(directory, around=False)
    refs.expect_fetches(repo)
    lost: dict[str, str] = {}
    stop = Event()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = {pool.submit(_fetch, repo, remote, stop): remote for remote in remotes}
        try:
            for done in as_completed(waiting):
                if words := done.result():
                    lost[waiting[done].name] = words
                progress()
        finally:  # interrupted, those that have not begun yet never do
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
    return lost


def _fetch(repo: Repository, remote: Remote, stop: Event) -> str:
    """Fetch from one, again until told to *stop*; empty, or what git said in the end."""
    words = ''
    for attempt in range(_TRIES):
        if attempt and stop.wait(_PATIENCE * attempt):
            break
        words = refs.fetch_head(repo, remote.url, remote.ref)
        if not words or _FINAL.search(words):
            break
    return words
