"""What commits say, and who made them."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .process import Repository, ask, hook_environment, lost, object_name, raw_date, run


class Claiming(NamedTuple):
    """A commit whose message claims something. *date* is as git writes it raw."""

    commit: str
    parent: str
    date: str
    trailers: str
    message: bytes


class Made(NamedTuple):
    """A commit, by whom and when (as git writes it raw); *committed* is in seconds."""

    commit: str
    parents: tuple[str, ...]
    author: str
    email: str
    date: str
    committed: int


def trailers(repo: Repository, message: bytes) -> str:
    """The trailers of a commit's *message*, a line each: ``Name: value``. Comments hold none."""
    options = ('--parse', '--no-divider')
    return ask(repo, 'interpret-trailers', *options, data=message).decode(errors='replace')


def trailer_values(repo: Repository, commits: Sequence[str], name: str) -> dict[str, list[str]]:
    """What the trailers of that *name* say in the messages of those of *commits* that have some."""
    if not commits:
        return {}  # git would tell of HEAD
    out = ask(
        repo, '-c', 'log.showSignature=false', 'log', '--no-walk=unsorted', '--stdin', '--no-color',
        '--no-decorate', '--no-notes', '--no-patch', '-z',
        f'--format=%H%x00%(trailers:key={name},valueonly)',
        data='\n'.join((*commits, '')).encode(),
    )  # fmt: skip
    fields = out.decode(errors='replace').split('\0')
    pairs = zip(fields[::2], fields[1::2], strict=False)
    return {commit: value.split() for commit, value in pairs if value.strip()}


def current_names(
    repo: Repository, people: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Those of *people* whom .mailmap gives another name or e-mail."""
    plain = [one for one in people if not set('<>\n') & set(''.join(one)) and all(one)]
    if not plain:
        return {}
    data = ''.join(f'{name} <{email}>\n' for name, email in plain).encode(errors='surrogatepass')
    answer = run(repo.top, ('check-mailmap', '--stdin'), data)
    lines = answer.out.decode(errors='replace').split('\n')[:-1]
    if answer.code or len(lines) != len(plain):
        return {}
    found = {}
    for one, line in zip(plain, lines, strict=True):
        name, _, email = line.removesuffix('>').rpartition(' <')
        if (name, email) != one:
            found[one] = name, email
    return found


def notes(repo: Repository, commits: Iterable[str]) -> dict[str, str]:
    """For each of *commits* that is here the body of its message, without trailers."""
    names = [commit for commit in commits if commit]
    if not names:
        return {}  # git would tell of HEAD
    out = ask(
        repo, '-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8', 'log',
        '--ignore-missing', '--no-walk=unsorted', '--stdin', '--no-color', '--no-decorate',
        '--no-notes', '--no-patch', '-z', '--format=%H%x00%b%x00%(trailers)',
        data='\n'.join((*names, '')).encode(),
    )  # fmt: skip
    fields = [field.decode(errors='replace') for field in out.split(b'\0')]
    triples = zip(fields[::3], fields[1::3], fields[2::3], strict=False)
    return {
        commit: body.rstrip().removesuffix(trailers.rstrip()).strip('\n').rstrip()
        for commit, body, trailers in triples
    }


def claiming(repo: Repository, *revisions: str) -> 'Iterator[Claiming]':
    """The commits among *revisions* whose messages speak of tasks in trailers; no merges."""
    out = ask(
        repo, '-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8', 'log',
        '--no-merges', '--basic-regexp', '-i', '--grep=^roadmap-task', '--no-color',
        '--no-decorate', '--no-notes', '--no-patch', '--date=raw', '-z',
        '--format=%H%x00%P%x00%ad%x00%B%x00%(trailers:only,unfold)', '--end-of-options',
        *revisions, '--',
    )  # fmt: skip
    fields = out.split(b'\0')[:-1]
    if len(fields) % 5:
        raise lost('log')
    for at in range(0, len(fields), 5):
        commit, parent, date, message, trailers = fields[at : at + 5]
        yield Claiming(
            object_name(commit, 'log'), parent.decode(errors='replace'),
            raw_date(date.decode(errors='replace')), trailers.decode(errors='replace'), message,
        )  # fmt: skip


def latest(repo: Repository, most: int) -> list[Made]:
    """The *most* latest commits before HEAD, newest first."""
    out = ask(
        repo, '-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8', 'log',
        f'-{most}', '--no-color', '--no-decorate', '--no-notes', '--no-patch', '--date=raw', '-z',
        '--format=%H%x00%P%x00%aN%x00%aE%x00%ad%x00%ct', 'HEAD', '--',
    )  # fmt: skip
    fields = [field.decode(errors='replace') for field in out.split(b'\0')[:-1]]
    if len(fields) % 6:
        raise lost('log')
    rows = (fields[at : at + 6] for at in range(0, len(fields), 6))
    return [
        Made(commit, tuple(parents.split()), author, email, raw_date(date), int(committed or 0))
        for commit, parents, author, email, date, committed in rows
    ]


def author(repo: Repository) -> tuple[str, str, str] | None:
    """Name, address and date (as git writes it raw) of who would commit now; None if nobody may.

    In a hook it is the author of the commit being made.
    """
    environment = hook_environment(repo) if 'GIT_DIR' in os.environ else None
    answer = run(repo.top, ('var', 'GIT_AUTHOR_IDENT'), environment=environment)
    found = re.fullmatch(
        r'(.*) <(.*)> (-?\d+ [+-]\d{4,})', answer.out.decode(errors='replace').strip()
    )
    return (found[1], found[2], found[3]) if found and not answer.code else None
