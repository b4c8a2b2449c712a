"""A repository, and how git is run in it: with an environment of our own."""

import os
import re
import sys
from collections.abc import Mapping
from typing import IO, NamedTuple

from ..errors import UserError

# What a git that runs us exports is about its own index and directory, not about the repository
# of the file that we were given: it is dropped. What speaks about the user is kept.
# https://git-scm.com/docs/git#_environment_variables
KEPT = (
    'GIT_ALLOW_PROTOCOL', 'GIT_ASKPASS', 'GIT_AUTHOR_', 'GIT_CEILING_DIRECTORIES',
    'GIT_COMMITTER_', 'GIT_CONFIG', 'GIT_DISCOVERY_ACROSS_FILESYSTEM', 'GIT_EDITOR',
    'GIT_EXEC_PATH', 'GIT_HTTP_', 'GIT_NO_LAZY_FETCH', 'GIT_PROXY_', 'GIT_SSH', 'GIT_SSL_',
    'GIT_TERMINAL_PROMPT', 'GIT_TRACE',
)  # fmt: skip
# A question must not stop to ask for a password, and its words are read by us.
QUESTION = {'GIT_TERMINAL_PROMPT': '0', 'LC_ALL': 'C', 'LANGUAGE': ''}
QUESTION_OPTIONS = ('--no-pager', '--literal-pathspecs', '--no-optional-locks')
# Plain git waits for the disk nowhere. Versions before 2.36 ignore this.
DURABLE = ('-c', 'core.fsync=committed,index,reference')
# Tidying up is for commands that nobody waits for; killed, it leaves a lock for good.
UNTIDIED = ('-c', 'maintenance.auto=false', '-c', 'gc.auto=0')
_OBJECT = re.compile(rb'[0-9a-f]{40}(?:[0-9a-f]{24})?')
_DATE = re.compile(r'-?\d+ [+-]\d{4,}')


class Repository(NamedTuple):
    """A work tree and the directories that git keeps for it; all absolute.

    *held* are file descriptors that every git we start keeps open: the lock of the run, which
    then lasts until the last of them has ended, even if we are killed.
    """

    top: str
    directory: str
    common: str
    held: tuple[int, ...] = ()

    @property
    def index_file(self) -> str:
        return os.path.join(self.directory, 'index')


class Answer(NamedTuple):
    code: int
    out: bytes
    words: str


def name_line(name: bytes) -> bytes:
    if b'\n' in name:
        raise UserError('a line break in the name of a file', 'rename it')
    return name + b'\n'


def raw_date(raw: str) -> str:
    """*raw* as git wrote it, for the others to rely on.

    Git leaves out what it cannot read, such as a date before 1970, and shows 1970 for it.
    """
    date = raw or '0 +0000'
    if not _DATE.fullmatch(date):
        raise lost('log')
    return date


def ask_hook(repo: Repository, *arguments: str, data: bytes = b'') -> bytes:
    """As `ask`, of the index that git named to the hook in which we may be."""
    # `lint` asks this, and runs nothing that a repository's configuration names
    question = ('-c', 'core.fsmonitor=false', *arguments)
    return _checked(run(repo.top, question, data, hook_environment(repo)), arguments).out


def hook_environment(repo: Repository) -> dict[str, str]:
    named = os.path.join(repo.top, os.environ.get('GIT_DIR', repo.directory))
    if os.path.realpath(named) != os.path.realpath(repo.directory):
        return {**own_environment(), **QUESTION}  # that hook is another repository's
    return {**os.environ, **QUESTION}


def ask(repo: Repository, *arguments: str, data: bytes = b'', index: str = '') -> bytes:
    """Git's answer; UserError in git's own words when it has none."""
    return reply(repo, *arguments, data=data, index=index).out


def reply(repo: Repository, *arguments: str, data: bytes = b'', index: str = '') -> Answer:
    """As `ask`, with what git warns of."""
    environment = {**own_environment(), **QUESTION}
    if index:
        environment['GIT_INDEX_FILE'] = index
    return _checked(run(repo.top, arguments, data, environment, repo.held), arguments)


def _checked(answer: Answer, arguments: tuple[str, ...]) -> Answer:
    if answer.code == 0:
        return answer
    verb = next(word for word in arguments if word[0] != '-' and '=' not in word)
    raise UserError(
        f'git {verb} failed: {answer.words or f"exit code {answer.code}"}',
        'mend what git says, then try again',
    )


def run(
    directory: str,
    arguments: tuple[str, ...],
    data: bytes = b'',
    environment: Mapping[str, str] | None = None,
    held: tuple[int, ...] = (),
) -> Answer:
    import subprocess  # 12 ms, which `lint` need not pay

    try:
        done = subprocess.run(
            ('git', '-C', directory, *QUESTION_OPTIONS, *arguments), input=data,
            capture_output=True, env=environment or {**own_environment(), **QUESTION},
            pass_fds=held,
        )  # fmt: skip
    except OSError as error:
        raise UserError(f'git could not be run ({error.strerror})', 'see that it works') from error
    return Answer(done.returncode, done.stdout, done.stderr.decode(errors='replace').strip())


def unnamed(data: bytes = b'') -> IO[bytes]:
    """A file without a name, which is gone when it is closed; it begins with *data*."""
    file = _new_file()
    file.write(data)
    file.seek(0)
    return file


def _new_file() -> IO[bytes]:
    if hasattr(os, 'memfd_create'):  # Linux; elsewhere this takes 8 ms to import
        return open(os.memfd_create('said'), 'w+b')
    from tempfile import TemporaryFile

    return TemporaryFile()


def talk(
    repo: Repository, *arguments: str, at: str = '', environment: Mapping[str, str] | None = None
) -> Answer:
    """Run git and the user's hooks, *at* some other work tree if one is named.

    What they say goes to files: a pipe would keep us waiting for whatever they leave running,
    such as the connection that ssh keeps open. A password is asked for only where somebody sits at
    a terminal.
    """
    import subprocess

    environment = {**own_environment(), **(environment or {})}
    if not (sys.stdin and sys.stdin.isatty()):
        environment['GIT_TERMINAL_PROMPT'] = '0'
    with unnamed() as out, unnamed() as words:
        try:
            code = subprocess.run(
                ('git', '-C', at or repo.top, *UNTIDIED, *arguments), stdin=subprocess.DEVNULL,
                stdout=out, stderr=words, env=environment, pass_fds=repo.held,
            ).returncode  # fmt: skip
        except OSError as error:
            raise UserError(
                f'git could not be run ({error.strerror})', 'see that it works'
            ) from error
        out.seek(0)
        words.seek(0)
        rows = words.read().decode(errors='replace').splitlines()
        # what comes from a remote is padded with blanks
        return Answer(code, out.read(), '\n'.join(row.rstrip() for row in rows).strip())


def own_environment() -> dict[str, str]:
    left = os.environ.keys() - dropped(os.environ)
    return {name: os.environ[name] for name in left}


def dropped(names: Mapping[str, str]) -> set[str]:
    return {name for name in names if name.startswith('GIT_') and not name.startswith(KEPT)}


def object_name(text: bytes, verb: str) -> str:
    if not _OBJECT.fullmatch(text):
        raise lost(verb)
    return text.decode()


def lost(verb: str) -> UserError:
    # git may end with 0 although what it wrote never reached us (a full disk, a broken pipe).
    return UserError(f'git {verb} gave no usable answer', 'try again')
