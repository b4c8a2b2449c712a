"""Questions to git, each one small function with plain values back.

The only module that runs git. What a person waits for asks git directly, because the import of
GitPython alone would take longer than a whole tick; what nobody waits for asks through it.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple

from .errors import UserError

if TYPE_CHECKING:
    import subprocess
    from queue import SimpleQueue

    from .evidence import Commit, File
    from .history import Blob, Revision

    # Revisions, and the blobs that they are the first to name; None ends them.
    _Batch = tuple[list[Revision], list[str]] | BaseException | None

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
NO_REPOSITORY = 'not a git repository (or any'
NO_WORK_TREE = 'must be run in a work tree'
NO_OBJECTS = ('0' * 40, '0' * 64)
_OBJECT = re.compile(rb'[0-9a-f]{40}(?:[0-9a-f]{24})?')
_COMMIT = re.compile(rb'\0C[0-9a-f]{40,64}\0P')
_DATE = re.compile(r'-?\d+ [+-]\d{4,}')
# Set for the hooks of our own commits: the repository that they are about.
ACTIVE = 'ROADMAP_MD_ACTIVE'


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


class Entry(NamedTuple):
    """A file in a tree or in the index. *flag* is that of ``git ls-files -v``."""

    mode: str
    blob: str
    flag: str = 'H'


class State(NamedTuple):
    """Where a path stands. *head* is empty before the first commit."""

    head: str
    committed: Entry | None
    staged: Entry | None
    unmerged: bool


class Tip(NamedTuple):
    """A commit, its first parent and the blob of a path in it; empty where there is none."""

    commit: str
    parent: str
    blob: str


class Rename(NamedTuple):
    """A file that was at *path*, with that *blob*, before it was at *target*."""

    path: str
    blob: str
    target: str


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


class Answer(NamedTuple):
    code: int
    out: bytes
    words: str


def find(path: str) -> Repository | None:
    """The repository whose work tree the file *path* would lie in; it need not exist.

    None where there is no work tree: not a repository, a bare one, a .git directory itself, or
    no git at all (see `installed`). Raises UserError, in git's own words, for one that git
    refuses to work with.
    """
    directory = os.path.dirname(os.path.abspath(path))
    while not os.path.lexists(directory):  # deleted, with all that was in it
        directory = os.path.dirname(directory)
    return _find(directory, {**_environment(), **QUESTION})


def find_of_hook(path: str) -> Repository | None:
    """As `find`, else the repository that git named to the hook in which we may be.

    It names one whose work tree holds no .git, such as that of ``git --git-dir=… --work-tree=…``.
    """
    found = find(path)
    if found is None and 'GIT_DIR' in os.environ:
        return _find(os.getcwd(), {**os.environ, **QUESTION})
    return found


def _find(directory: str, environment: Mapping[str, str]) -> Repository | None:
    questions = ('--show-toplevel', '--absolute-git-dir', '--git-common-dir')
    if not installed():
        return None
    answer = _run(directory, ('rev-parse', *questions), environment=environment)
    if answer.code:
        hidden = NO_REPOSITORY in answer.words and _unreadable(directory)
        if (NO_REPOSITORY in answer.words or NO_WORK_TREE in answer.words) and not hidden:
            return None
        raise UserError(f'git cannot work here: {answer.words}', 'do as git says, then try again')
    answers = answer.out.split(b'\n')[:-1]
    if len(answers) != len(questions):  # a line break in a name, or an answer that was lost
        asked = (('rev-parse', question) for question in questions)
        given = (_run(directory, question, environment=environment) for question in asked)
        answers = [answer.out.removesuffix(b'\n') for answer in given]
    top, own, common = map(os.fsdecode, answers)
    if not (os.path.isabs(top) and os.path.isabs(own) and common):
        raise _lost('rev-parse')
    if not os.path.lexists(os.path.join(own, 'HEAD')):
        raise _lost('rev-parse')
    return Repository(top, own, os.path.realpath(os.path.join(directory, common)))


def _unreadable(directory: str) -> bool:
    """Whether there is a repository all the same: git takes one that it cannot read for none."""
    if 'GIT_CEILING_DIRECTORIES' in os.environ or not os.path.isdir(directory):
        return False
    device = os.stat(directory).st_dev
    while os.stat(directory).st_dev == device:
        try:
            os.lstat(os.path.join(directory, '.git', 'HEAD'))
            return True
        except (FileNotFoundError, NotADirectoryError):
            if directory == (directory := os.path.dirname(directory)):
                break
        except OSError:
            return True
    return False


def repository(path: str, hint: str) -> Repository:
    """The repository that *path* is in; *hint* is what to do where it is in none.

    Raises UserError.
    """
    if repo := find(path):
        return repo
    if not installed():
        raise UserError('git is not installed', 'install it')
    raise UserError(f'{path} is in no git work tree', hint)


def installed() -> bool:
    """Whether there is a git to ask."""
    for directory in os.get_exec_path():
        if os.access(os.path.join(directory, 'git'), os.X_OK):
            return True
    return False


def state(repo: Repository, path: str) -> State:
    """Where *path*, relative to the top, stands in HEAD and in the index."""
    status = _ask(
        repo, 'status', '--porcelain=v2', '--branch', '-z', '--no-ahead-behind', '--no-renames',
        '--untracked-files=no', '--ignore-submodules=all', '--', path,
    ).split(b'\0')  # fmt: skip
    head = [line[13:] for line in status if line.startswith(b'# branch.oid ')]
    if len(head) != 1:
        raise _lost('status')
    commit = '' if head[0] == b'(initial)' else _object_name(head[0], 'status')
    if any(line.startswith(b'u ') for line in status):
        return State(commit, None, None, unmerged=True)
    staged = entry(repo, path)
    committed = staged
    for line in status:
        if line.startswith(b'1 '):
            _, _, _, mode, _, _, blob, _ = line.decode(errors='replace').split(' ', 7)
            committed = None if blob in NO_OBJECTS else Entry(mode, blob)
    return State(commit, committed if commit else None, staged, unmerged=False)


def entry(repo: Repository, path: str) -> Entry | None:
    """What the index holds for *path*; None for a path that git does not track."""
    lines = _ask(repo, 'ls-files', '--stage', '-v', '-z', '--', path).split(b'\0')[:-1]
    if len(lines) != 1:
        return None
    flag, mode, blob, stage = lines[0].partition(b'\t')[0].split(b' ')
    if stage != b'0':
        return None
    return Entry(mode.decode(), _object_name(blob, 'ls-files'), flag.decode())


def unmerged(repo: Repository) -> bool:
    """Whether any path in the index waits for a conflict to be settled."""
    return bool(_ask(repo, 'ls-files', '--unmerged', '-z'))


def tip(repo: Repository, path: str, commit: str = 'HEAD') -> Tip:
    """The commit that *commit* names, its parent, and *path* in it."""
    names = f'{commit}\n{commit}^\n'.encode() + os.fsencode(f'{commit}:{path}') + b'\n'
    lines = _ask(repo, 'cat-file', '--batch-check', data=names).split(b'\n')[:-1]
    if len(lines) != 3:
        raise _lost('cat-file')
    return Tip(*('' if line.endswith(b' missing') else _first_name(line) for line in lines))


def _first_name(line: bytes) -> str:
    return _object_name(line.partition(b' ')[0], 'cat-file')


def contents(repo: Repository, *blobs: str) -> list[bytes]:
    """The bytes of each blob."""
    found = _contents(_ask(repo, 'cat-file', '--batch', data='\n'.join((*blobs, '')).encode()))
    if len(found) != len(blobs) or None in found:
        raise _lost('cat-file')
    return [data for data in found if data is not None]


def _contents(answer: bytes) -> list[bytes | None]:
    """What ``cat-file --batch`` gave, name by name; None for a name that means nothing."""
    found: list[bytes | None] = []
    while answer:
        header, _, rest = answer.partition(b'\n')
        if header.endswith(b' missing'):
            found.append(None)
            answer = rest
            continue
        size = header.rpartition(b' ')[2]
        if not size.isdigit() or rest[int(size) : int(size) + 1] != b'\n':
            raise _lost('cat-file')
        found.append(rest[: int(size)])
        answer = rest[int(size) + 1 :]
    return found


def checked_out(repo: Repository, blob: str, path: str) -> bytes:
    """The bytes of *blob* as the attributes of *path* would have it in the work tree."""
    return _ask(repo, 'cat-file', '--filters', f'--path={path}', blob)


def store(repo: Repository, data: bytes, path: str = '') -> str:
    """Keep *data* as a blob and return its name; with *path*, what git would make of that file."""
    kind = (f'--path={path}',) if path else ()
    return _object_name(
        _ask(repo, *DURABLE, 'hash-object', '-w', *kind, '--stdin', data=data).strip(),
        'hash-object',
    )


def read_head(repo: Repository, index: str) -> None:
    """Make the index file *index* equal HEAD, keeping what it knows of the work tree.

    Raises UserError where that index holds unmerged paths.
    """
    _ask(repo, 'read-tree', '-i', '-m', 'HEAD', index=index)


def enter(repo: Repository, index: str, path: str, what: Entry, refresh: bool = False) -> None:
    """Enter *what* for *path* into the index file *index*.

    *refresh* what it knows of the work tree's files, so that plumbing too sees them unchanged.
    """
    options = ('-q', '--ignore-submodules', '--refresh') if refresh else ()
    _ask(
        repo, *DURABLE, 'update-index', '--cacheinfo', f'{what.mode},{what.blob},{path}',
        *options, index=index,
    )  # fmt: skip
    # What the user said about the file went with the old entry.
    if what.flag.islower():
        _ask(repo, *DURABLE, 'update-index', '--assume-unchanged', '--', path, index=index)
    if what.flag.upper() == 'S':
        _ask(repo, *DURABLE, 'update-index', '--skip-worktree', '--', path, index=index)


def commit(repo: Repository, index: str, message: str, words: str, date: str = '') -> int:
    """Commit the index file *index* with the message in the file *message*; git's exit code.

    *date* is the author's, as git has it raw; without one it is what it always is.
    Hooks and signing are the user's. What git and they say goes to the file *words*: a pipe
    would keep us waiting for whatever a hook left running.
    """
    import subprocess

    environment = _environment()
    environment |= {'GIT_INDEX_FILE': index, ACTIVE: repo.directory}
    if date:
        environment['GIT_AUTHOR_DATE'] = f'@{date}'
    options = (
        # Whatever the configuration says about encodings, the message is in this one.
        '-c', 'i18n.commitEncoding=UTF-8',
        # Tidying up is for commands that nobody waits for; killed, it leaves a lock for good.
        '-c', 'maintenance.auto=false', '-c', 'gc.auto=0',
        'commit', '--quiet', '--cleanup=verbatim', '-F', '-',
    )  # fmt: skip
    with open(message, 'rb') as standard_input, open(words, 'wb') as output:
        try:
            process = subprocess.Popen(
                ('git', '-C', repo.top, *DURABLE, *options), stdin=standard_input, stdout=output,
                stderr=output, env=environment, pass_fds=repo.held,
            )  # fmt: skip
        except OSError:
            # It may have failed after git was started, which must not go on behind our back.
            with suppress(ChildProcessError):
                while True:
                    os.wait()
            raise
        try:
            return process.wait()
        except BaseException:
            # Ctrl-C reaches git as well, which then puts its things in order and ends.
            process.wait()
            raise


def ref_locks(repo: Repository) -> list[str]:
    """The lock files that git makes while it moves HEAD and the branch that HEAD is on."""
    with open(os.path.join(repo.directory, 'HEAD'), 'rb') as file:
        head = os.fsdecode(file.read()).rstrip('\n')
    locks = [os.path.join(repo.directory, 'HEAD.lock')]
    if head.startswith('ref: '):
        locks.append(os.path.join(repo.common, f'{head.removeprefix("ref: ")}.lock'))
    return locks


def first_since(repo: Repository, commit: str, path: str) -> str:
    """The first commit after *commit*, on the way to HEAD, that changed *path*; empty if none.

    Only a recovery asks this, and nobody waits for one: so it goes through GitPython, as git's
    command run by it. Its Repo and its index are not used: they know nothing of sha256
    repositories or of hooks. It starts from the whole environment and can only add to that,
    hence ``env -u``.
    """
    from git.cmd import Git  # 80 ms

    code, out, _ = Git(repo.top).execute(
        [
            'env', *(f'-u{name}' for name in _dropped(os.environ)), 'git', *QUESTION_OPTIONS,
            'rev-list', '--first-parent', '--reverse', f'{commit}..HEAD', '--', path,
        ],
        env=QUESTION, with_extended_output=True, with_exceptions=False, stdout_as_string=False,
        strip_newline_in_stdout=False,
    )  # fmt: skip
    if code:
        raise _lost('rev-list')
    first = bytes(out).partition(b'\n')[0]
    return _object_name(first, 'rev-list') if first else ''


def blob_at(repo: Repository, revision: str, path: str) -> bytes | None:
    """What *revision* holds for *path*, relative to the top; None where it holds nothing.

    Raises UserError where there is no such revision.
    """
    line = _line(commit_at(repo, revision).encode() + b':' + os.fsencode(path))
    found = _contents(_ask(repo, 'cat-file', '--batch', data=line))
    return found[0] if found else None


def commit_at(repo: Repository, revision: str) -> str:
    """The commit that *revision* names. Raises UserError where there is none."""
    answer = _run(
        repo.top, ('rev-parse', '--verify', '--quiet', '--end-of-options', revision + '^{commit}')
    )
    if answer.code:
        hint = "'git log --all' shows what there is"
        if os.path.exists(os.path.join(repo.common, 'shallow')):
            hint = "this clone is shallow: 'git fetch --unshallow' gets the rest"
        raise UserError(f"git knows no revision '{revision}'", hint)
    return _object_name(answer.out.strip(), 'rev-parse')


def ends(repo: Repository, span: str) -> tuple[str, str]:
    """The commits that ``A..B`` names; one that is left out is HEAD. Raises UserError."""
    first, dots, last = span.partition('..')
    if not dots or last.startswith('.'):
        raise UserError(f"'{span}' is no range of commits", "write one such as 'main..HEAD'")
    return commit_at(repo, first or 'HEAD'), commit_at(repo, last or 'HEAD')


def staged_blob(repo: Repository, path: str) -> bytes | None:
    """What the index holds for *path*, relative to the top; None where it holds nothing.

    In a hook that is the index of the commit being made.
    """
    answer = _ask_hook(repo, 'cat-file', '--batch', data=_line(b':' + os.fsencode(path)))
    found = _contents(answer)
    if len(found) != 1:
        raise _lost('cat-file')
    return found[0]


def _line(name: bytes) -> bytes:
    if b'\n' in name:
        raise UserError('a line break in the name of a file', 'rename it')
    return name + b'\n'


def staged_versions(
    repo: Repository, paths: Sequence[str], base: str = 'HEAD'
) -> list[tuple[bytes | None, bytes | None]]:
    """For each of *paths* what *base* holds and what the index holds; None for nothing.

    In a hook that is the index of the commit being made.
    """
    names = (os.fsencode(f'{at}:{path}') for path in paths for at in (base, ''))
    found = _contents(_ask_hook(repo, 'cat-file', '--batch', data=b''.join(map(_line, names))))
    if len(found) != 2 * len(paths):
        raise _lost('cat-file')
    return list(zip(found[::2], found[1::2], strict=True))


def versions(
    repo: Repository, paths: Sequence[str], *commits: str
) -> list[tuple[bytes | None, ...]]:
    """For each of *paths* what each of *commits* holds; None for nothing, as for no commit."""
    names = (os.fsencode(f'{at or NO_OBJECTS[0]}:{path}') for path in paths for at in commits)
    found = _contents(_ask(repo, 'cat-file', '--batch', data=b''.join(map(_line, names))))
    if len(found) != len(commits) * len(paths):
        raise _lost('cat-file')
    return list(zip(*(found[at :: len(commits)] for at in range(len(commits))), strict=True))


def changed_paths(repo: Repository, parent: str, commit: str) -> list[str]:
    """The paths that *commit* has otherwise than its *parent*, which may be none."""
    sides = (parent, commit) if parent else ('--root', '--no-commit-id', commit)
    out = _ask(repo, 'diff-tree', '-r', '-z', '--name-only', '--no-renames', *sides, '--')
    return [os.fsdecode(path) for path in out.split(b'\0')[:-1]]


def merged_versions(repo: Repository, path: str) -> list[bytes | None]:
    """What the commits that are being merged hold for *path*, each; None for nothing."""
    with suppress(OSError), open(os.path.join(repo.directory, 'MERGE_HEAD')) as file:
        names = (line.strip().encode() + b':' + os.fsencode(path) for line in file)
        return _contents(_ask_hook(repo, 'cat-file', '--batch', data=b''.join(map(_line, names))))
    return []


def staged_paths(repo: Repository, base: str = '') -> list[str]:
    """The paths whose staged content differs from *base*, or HEAD, relative to the top."""
    out = _ask_hook(
        repo, 'diff', '--cached', '--name-only', '-z', '--no-renames', '--no-ext-diff',
        '--diff-filter=d', '--ignore-submodules', *filter(None, [base]), '--',
    )  # fmt: skip
    if out and not out.endswith(b'\0'):
        raise _lost('diff')
    return [os.fsdecode(path) for path in out.split(b'\0')[:-1]]


def trailers(repo: Repository, message: bytes) -> str:
    """The trailers of a commit's *message*, a line each: ``Name: value``. Comments hold none."""
    options = ('--parse', '--no-divider')
    return _ask(repo, 'interpret-trailers', *options, data=message).decode(errors='replace')


def under_way(repo: Repository, *names: str) -> bool:
    """Whether one of *names*, such as ``MERGE_HEAD``, is in git's directory."""
    return any(os.path.lexists(os.path.join(repo.directory, name)) for name in names)


def may_amend(repo: Repository) -> bool:
    """Whether the commit that a hook of ours is about may take the place of HEAD.

    Git does not tell its hooks. It stands on git's command line, where that can be read; else an
    amended commit keeps its author and date, which ``git commit`` exports. Yes where that is not
    who commits: a rebase, or a tool that calls the hooks itself.
    """
    if 'GIT_AUTHOR_DATE' not in os.environ or under_way(repo, 'rebase-merge', 'rebase-apply'):
        return True
    for words in _ancestors():
        if 'commit' in words and os.path.basename(words[0]) in ('git', 'git-commit'):
            return any(len(word) > 3 and '--amend'.startswith(word) for word in words)
    exported = [os.environ.get(f'GIT_AUTHOR_{part}', '') for part in ('NAME', 'EMAIL', 'DATE')]
    head = ('log', '-1', '--no-show-signature', '--format=%an%n%ae%n@%ad', '--date=raw')
    answer = _run(repo.top, head, environment=_hook_environment(repo))
    return os.fsencode('\n'.join(exported)) == answer.out.rstrip(b'\n')


def parent(repo: Repository) -> str:
    """The first parent of HEAD; empty where there is none."""
    line = _ask_hook(repo, 'cat-file', '--batch-check', data=b'HEAD^\n')
    return '' if line.endswith(b' missing\n') else _first_name(line)


def _ancestors() -> Iterator[list[str]]:
    """The command lines of the processes that this one runs in, the nearest first (Linux only)."""
    process = os.getppid()
    with suppress(OSError):
        while process > 1:
            with open(f'/proc/{process}/cmdline', 'rb') as file:
                yield [os.fsdecode(word) for word in file.read().split(b'\0')]
            with open(f'/proc/{process}/stat', 'rb') as file:
                # the name of the command, in parentheses, may hold anything
                process = int(file.read().rpartition(b')')[2].split()[1])


def hooks_directory(repo: Repository) -> str:
    """Where git looks for the hooks of *repo*, absolute; it need not exist.

    Raises UserError where git looks nowhere.
    """
    if _run(repo.top, ('config', '--get', 'core.hooksPath')).out == b'\n':
        raise UserError(
            'core.hooksPath is empty, so git runs no hooks', 'git config --unset core.hooksPath'
        )
    named = _ask(repo, 'rev-parse', '--git-path', 'hooks').removesuffix(b'\n')
    return os.path.normpath(os.path.join(repo.top, os.fsdecode(named)))


class Labels(NamedTuple):
    """What stands behind conflict markers of *size* characters."""

    ours: str = 'ours'
    base: str = 'base'
    theirs: str = 'theirs'
    size: int = 7


def merged_text(base: bytes, ours: bytes, theirs: bytes, labels: Labels) -> tuple[bytes, bool]:
    """What git makes of three texts, and whether that is without a conflict.

    In the style that is configured where we are. Raises UserError where git merges nothing, as
    with what is no text.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix='roadmap-md.') as directory:
        paths = [os.path.join(directory, name) for name in ('ours', 'base', 'theirs')]
        for path, data in zip(paths, (ours, base, theirs), strict=True):
            with open(path, 'wb') as file:
                file.write(data)
        names = (labels.ours, labels.base, labels.theirs)
        options = [f'--marker-size={labels.size}', *(w for name in names for w in ('-L', name))]
        # It is about no index and no path: the environment may stay as git has made it.
        environment = {**os.environ, **QUESTION}
        answer = _run('.', ('merge-file', '-p', *options, *paths), b'', environment)
    # The number of conflicts, 127 at most.
    # https://git-scm.com/docs/git-merge-file#_description
    if answer.code not in range(128):
        raise UserError(f'git merge-file failed: {answer.words}', 'merge that file by hand')
    return answer.out, answer.code == 0


_DRIVER = 'merge.roadmap-md'


def merge_driver(repo: Repository) -> dict[str, str]:
    """The settings of our merge driver in the configuration of *repo* itself, by name."""
    question = ('config', '--local', '-z', '--get-regexp', rf'^{re.escape(_DRIVER)}\.')
    rows = _run(repo.top, question).out.decode(errors='replace').split('\0')[:-1]
    pairs = (row.partition('\n') for row in rows)
    return {name.removeprefix(f'{_DRIVER}.'): value for name, _, value in pairs}


def set_merge_driver(repo: Repository, settings: Mapping[str, str]) -> None:
    """Configure our merge driver; without *settings*, no more."""
    if merge_driver(repo):
        _ask(repo, 'config', '--local', '--remove-section', _DRIVER)
    for name, value in settings.items():
        _ask(repo, 'config', '--local', f'{_DRIVER}.{name}', value)


# What the log of a file is asked for, in NUL-terminated fields; each of ours begins with a letter.
_LOG = (
    '-c', 'log.showSignature=false', '-c', 'log.showRoot=true', '-c', 'log.follow=false',
    '-c', 'i18n.logOutputEncoding=UTF-8', 'log', '--no-color', '--no-decorate', '--no-notes',
    '--no-renames', '--no-ext-diff', '--no-textconv', '--full-history', '-c', '--raw', '-z',
    '--no-abbrev', '--date=raw', '--format=C%H%x00P%P%x00T%ad%x00A%an%x00E%ae',
)  # fmt: skip
_BATCH = 1 << 15  # bytes of a log, which git writes commit by commit


def revisions(
    repo: Repository, path: str, tips: Sequence[str], known: set[str]
) -> 'Iterator[Blob | Revision]':
    """The commits before *tips* that changed *path*, and the blobs that they name, each once.

    A blob comes before the first revision that names it; *known* ones do not come, and those that
    do are added. Two gits run side by side, and what they say is read as it comes.
    """
    import subprocess
    from queue import SimpleQueue
    from threading import Thread

    from .history import Blob

    absent = _absent(repo, path, tips) - known if _is_partial(repo) else set()
    known |= absent
    yield from (Blob(name, None) for name in sorted(absent))
    options = ('git', '-C', repo.top, *QUESTION_OPTIONS)
    # A wide pipe spares half of the turns that the processes take.
    streams = {'stdout': subprocess.PIPE, 'stderr': subprocess.DEVNULL, 'pipesize': 1 << 20}
    environment = {**_environment(), **QUESTION}
    question = (*_LOG, '--end-of-options', *tips, '--', path)
    log = subprocess.Popen(
        (*options, *question), stdin=subprocess.DEVNULL, env=environment, **streams
    )  # type: ignore[call-overload]
    contents: subprocess.Popen[bytes] | None = None
    batches: SimpleQueue[_Batch] = SimpleQueue()
    try:
        first = log.stdout.read(_BATCH)
        if first:
            contents = subprocess.Popen(
                (*options, 'cat-file', '--batch', '--buffer'),
                stdin=subprocess.PIPE,
                # What is longer than this is read to where it is to be, the rest is copied.
                bufsize=1 << 15,
                env=environment,
                **streams,
            )  # type: ignore[call-overload]
            assert contents
            feed = Thread(
                target=_feed, args=(first, log, contents, path, known, batches), daemon=True
            )
            feed.start()
            assert contents.stdout
            while found := batches.get():
                if isinstance(found, BaseException):
                    raise found
                for name in found[1]:
                    yield Blob(name, _next_blob(contents.stdout, name))
                yield from found[0]
            if contents.wait():
                raise _lost('cat-file')
        if log.wait():
            _ask(repo, *_LOG[:-1], '--format=', '-1', '--end-of-options', *tips, '--', path)
            raise _lost('log')
    finally:
        for process in filter(None, (log, contents)):
            if process.poll() is None:
                process.kill()
                process.wait()


def _is_partial(repo: Repository) -> bool:
    """Whether git may lack objects, and knows where they are."""
    try:
        with open(os.path.join(repo.common, 'config'), 'rb') as file:
            return b'promisor' in file.read()
    except OSError:
        return False


def _absent(repo: Repository, path: str, tips: Sequence[str]) -> set[str]:
    """The blobs of *path* that are not here, and that the remote did not give when asked.

    They are asked for at once: one by one, as git itself would, takes thirty times as long.
    """
    question = ('rev-list', '--objects', '--missing=print', '--end-of-options', *tips, '--', path)

    def missing() -> set[str]:
        lines = _ask(repo, *question).split(b'\n')
        return {_object_name(line[1:], 'rev-list') for line in lines if line[:1] == b'?'}

    names = missing()
    # https://git-scm.com/docs/git#_environment_variables
    if os.environ.get('GIT_NO_LAZY_FETCH', '').casefold() not in ('', '0', 'false', 'no', 'off'):
        return names
    remotes = _run(repo.top, ('config', '--get-regexp', r'^remote\..*\.promisor$')).out.split(b'\n')
    for line in remotes if names else ():
        remote = os.fsdecode(line.partition(b' ')[0])[len('remote.') : -len('.promisor')]
        if remote and not remote.startswith('-'):
            # https://git-scm.com/docs/partial-clone#_fetching_missing_objects
            _run(
                repo.top,
                (
                    '-c', 'fetch.negotiationAlgorithm=noop', '-c', 'maintenance.auto=false',
                    'fetch', '--quiet', '--no-tags',
                    '--no-write-fetch-head', '--recurse-submodules=no', '--filter=blob:none',
                    '--stdin', '--end-of-options', remote,
                ),
                '\n'.join((*sorted(names), '')).encode(),
            )  # fmt: skip
    return missing() if names else names


def _feed(
    first: bytes,
    log: 'subprocess.Popen[bytes]',
    contents: 'subprocess.Popen[bytes]',
    path: str,
    known: set[str],
    batches: 'SimpleQueue[_Batch]',
) -> None:
    """Read the *log*, and ask for the *contents* that it names, as it comes."""
    assert log.stdout and contents.stdin
    here = os.fsencode(path)
    try:
        rest, read = b'', first
        while read:
            rest += read
            end = _last_commit(rest)
            _pass_on(_revisions(rest[:end], here), contents.stdin, known, batches)
            rest = rest[end:]
            read = log.stdout.read(_BATCH)
        _pass_on(_revisions(rest, here), contents.stdin, known, batches)
        contents.stdin.close()
        batches.put(None)
    except BaseException as error:
        batches.put(error)


def _last_commit(log: bytes) -> int:
    """Where the last commit in *log* begins: what is before that is whole."""
    at = log.rfind(b'\0C')
    while at >= 0 and not _COMMIT.match(log, at):  # a path may begin with a C too
        at = log.rfind(b'\0C', 0, at)
    return at + 1


def _pass_on(
    found: 'Iterator[Revision]',
    wanted: IO[bytes],
    known: set[str],
    batches: 'SimpleQueue[_Batch]',
) -> None:
    revisions = list(found)
    names = [
        name
        for revision in revisions
        for name in (revision.blob, *revision.before)
        if name and not (name in known or known.add(name))  # type: ignore[func-returns-value]
    ]
    if not revisions:
        return
    batches.put((revisions, names))
    if names:
        wanted.write('\n'.join((*names, '')).encode())
        wanted.flush()


# A commit with one parent, or none, that changed a file and nothing of its kind.
_PLAIN = (
    rb'C([0-9a-f]{40,64})\0P([0-9a-f]*)\0T(-?\d+ [+-]\d{4,})\0A([^\0]*)\0E([^\0]*)\0\0?\n?'
    rb':(100\d{3}|0{6}) 100\d{3} ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [AM]\d*\0'
)


def _revisions(log: bytes, path: bytes) -> 'Iterator[Revision]':
    """The revisions of *path* in what git logged; of a directory of that name nothing.

    A merge that is like one of its parents names no blobs.
    """
    from .history import Revision

    here = os.fsdecode(path)
    done = 0
    # Newest first, a commit and a blob are mostly named by the one before: once is enough.
    names: dict[bytes, str] = {}
    # What follows a path is a commit, else this one changed more than one file.
    for match in re.finditer(_PLAIN + re.escape(path) + rb'\0(?![:\n])', log):
        if match.start() > done:
            yield from _other_revisions(log[done : match.start()], path)
        done = match.end()
        commit, parent, date, author, email, mode, before, blob = match.groups()
        known = names.get
        now = known(commit) or commit.decode(), known(blob) or blob.decode()
        names = {parent: parent.decode(), before: before.decode()}
        yield Revision(
            now[0], (names[parent],) if parent else (),
            sys.intern(author.decode(errors='replace')), sys.intern(email.decode(errors='replace')),
            date.decode(), here, (names[before],) if mode[:1] == b'1' else ('',), now[1],
        )  # fmt: skip
    yield from _other_revisions(log[done:], path)


def _other_revisions(log: bytes, path: bytes) -> 'Iterator[Revision]':
    fields = iter(log.split(b'\0')[:-1])
    names = os.fsdecode(path)
    commit: list[bytes] = []
    silent = False
    for field in fields:
        if field[:1] == b'C':
            if silent:
                yield _revision(commit, names, (), '')
            silent = True
            commit = [field, *(next(fields, b'') for _ in range(4))]
            if bytes(part[0] for part in commit if part) != b'CPTAE':
                raise _lost('log')
            continue
        if not field:  # what stands before the sides of a merge, if there are any
            continue
        silent = False
        colons, _, raw = field.lstrip(b'\n').rpartition(b':')
        sides = len(colons) + 1
        words = raw.split(b' ')
        if colons.strip(b':') or len(words) != 2 * sides + 3 or not commit:
            raise _lost('log')
        if next(fields, None) != path:
            continue
        blobs = [
            '' if mode[:3] != b'100' else _object_name(blob, 'log')
            for mode, blob in zip(words[: sides + 1], words[sides + 1 :], strict=False)
        ]
        yield _revision(commit, names, tuple(blobs[:-1]), blobs[-1])
    if silent:
        yield _revision(commit, names, (), '')


def _revision(commit: list[bytes], path: str, before: tuple[str, ...], after: str) -> 'Revision':
    from .history import Revision

    name, parents, date, author, email = (part[1:].decode(errors='replace') for part in commit)
    return Revision(name, tuple(parents.split()), author, email, _date(date), path, before, after)


def _date(raw: str) -> str:
    """*raw* as git wrote it, for the others to rely on.

    Git leaves out what it cannot read, such as a date before 1970, and shows 1970 for it.
    """
    date = raw or '0 +0000'
    if not _DATE.fullmatch(date):
        raise _lost('log')
    return date


def _next_blob(contents: IO[bytes], name: str) -> bytes | None:
    """The next answer of ``cat-file --batch``, which is about *name*."""
    header = contents.readline()
    found, _, rest = header.partition(b' ')
    if found.decode(errors='replace') == name and rest == b'missing\n':
        return None
    kind, _, size = rest.partition(b' ')
    if found.decode(errors='replace') != name or kind != b'blob' or not size[:-1].isdigit():
        raise _lost('cat-file')
    data = contents.read(int(size))
    if len(data) != int(size) or contents.read(1) != b'\n':
        raise _lost('cat-file')
    return data


# As `_LOG`, of all that commits changed. A child always comes before its parents.
_WORK = (
    '-c', 'log.showSignature=false', '-c', 'log.showRoot=true', '-c', 'log.follow=false',
    '-c', 'log.diffMerges=off', '-c', 'i18n.logOutputEncoding=UTF-8', 'log', '--no-color',
    '--no-decorate', '--no-notes', '--no-renames', '--no-ext-diff', '--no-textconv',
    '--date-order', '--raw', '-z', '--no-abbrev', '--date=raw',
    '--format=C%H%x00P%P%x00T%ad%x00A%aN%x00E%aE%x00S%s',
)  # fmt: skip
_MOST_FILES = 5_000  # of one commit; one of more speaks of nothing in particular


def work(repo: Repository, since: str = '') -> 'Iterator[Commit]':
    """The commits of HEAD, newest first, without those that the commit *since* has too.

    They are read as they come. A merge changes no files, and one with more than 5,000 neither.
    """
    import subprocess

    question = (*_WORK, '--end-of-options', 'HEAD', *([f'^{since}'] if since else []), '--')
    log = subprocess.Popen(
        ('git', '-C', repo.top, *QUESTION_OPTIONS, *question), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**_environment(), **QUESTION},
    )  # fmt: skip
    try:
        assert log.stdout
        yield from _commits(_fields(log.stdout))
        if log.wait():
            _ask(repo, *_WORK[:-1], '--format=', *question[len(_WORK) :])
            raise _lost('log')
    finally:
        if log.poll() is None:
            log.kill()
            log.wait()
        if log.stdout:
            log.stdout.close()


def _fields(stream: IO[bytes]) -> Iterator[bytes]:
    """The NUL-terminated fields of *stream*, as they come."""
    rest = b''
    while read := stream.read1(_BATCH):  # type: ignore[attr-defined]
        *fields, rest = (rest + read).split(b'\0')
        yield from fields
    if rest:
        raise _lost('log')


def _commits(fields: Iterator[bytes]) -> 'Iterator[Commit]':
    from .evidence import File

    head: list[bytes] = []
    files: list[File] = []
    count = 0
    for field in fields:
        if field[:1] == b'C':
            if head:
                yield _commit_of(head, files if count <= _MOST_FILES else [])
            head = [field, *(next(fields, b'') for _ in range(5))]
            files, count = [], 0
            if b''.join(part[:1] for part in head) != b'CPTAES':
                raise _lost('log')
        elif field:
            words = field.lstrip(b'\n').split(b' ')
            path = next(fields, b'')
            if not head or len(words) != 5 or words[0][:1] != b':' or not path:
                raise _lost('log')
            count += 1
            modes = words[0][1:4], words[1][:3]
            if b'100' in modes and count <= _MOST_FILES:
                before, after = (
                    _object_name(blob, 'log') if mode == b'100' else ''
                    for mode, blob in zip(modes, words[2:4], strict=True)
                )
                files.append(File(os.fsdecode(path), before, after))
    if head:
        yield _commit_of(head, files if count <= _MOST_FILES else [])


def _commit_of(head: list[bytes], files: 'list[File]') -> 'Commit':
    from .evidence import Commit

    name, parents, date, author, email, subject = (
        part[1:].decode(errors='replace') for part in head
    )
    return Commit(name, tuple(parents.split()), author, email, _date(date), subject, tuple(files))


def with_trailer(repo: Repository, commits: Sequence[str], name: str) -> set[str]:
    """Those of *commits* whose message has a trailer of that *name*."""
    out = _ask(
        repo, '-c', 'log.showSignature=false', 'log', '--no-walk=unsorted', '--stdin', '--no-color',
        '--no-decorate', '--no-notes', '--no-patch', '-z',
        f'--format=%H%x00%(trailers:key={name},valueonly)',
        data='\n'.join((*commits, '')).encode(),
    )  # fmt: skip
    fields = out.split(b'\0')
    pairs = zip(fields[::2], fields[1::2], strict=False)
    return {commit.decode() for commit, value in pairs if value.strip()}


def renamed_from(repo: Repository, parent: str, commit: str, path: str) -> Rename | None:
    """What *path* in *commit*, or in the index, was called in *parent*; None where it is new."""
    renames = _renames(repo, parent, commit)
    return next((rename for rename in renames if rename.target == path), None)


def _renames(repo: Repository, parent: str, commit: str) -> Iterator[Rename]:
    """The files of *parent* that have another name in *commit*, or in the index without one.

    Git calls it a copy where something else took the old name at once (``-B``); without ``-C`` it
    tells of no other copies.
    """
    between = (parent, commit) if commit else (parent,)
    # `log` asks this, and runs nothing that a repository's configuration names
    index = ('-c', 'core.fsmonitor=false', 'diff-index', '--cached')
    verb = ('diff-tree',) if commit else index
    fields = iter(
        _ask(
            repo, *verb, '-r', '-z', '--raw', '--no-abbrev', '--no-ext-diff', '-B', '-M',
            '-l1000', '--diff-filter=RC', *between, '--',
        ).split(b'\0')[:-1]
    )  # fmt: skip
    for field in fields:
        words = field.split(b' ')
        if len(words) != 5 or words[4][:1] not in b'RC':
            raise _lost('diff-tree')
        source, target = next(fields, b''), next(fields, b'')
        if words[0][1:4] == b'100':
            blob = _object_name(words[2], 'diff-tree')
            yield Rename(os.fsdecode(source), blob, os.fsdecode(target))


def without(repo: Repository, path: str, commits: Sequence[str]) -> set[str]:
    """Those of *commits* that have nothing at *path*."""
    if '\n' in path:
        return {commit for commit in commits if not head_blob(repo, path, commit)}
    names = b''.join(_line(f'{commit}:'.encode() + os.fsencode(path)) for commit in commits)
    lines = _ask(repo, 'cat-file', '--batch-check', data=names).split(b'\n')[:-1]
    if len(lines) != len(commits):
        raise _lost('cat-file')
    pairs = zip(commits, lines, strict=True)
    return {commit for commit, line in pairs if line.endswith(b' missing')}


def deletion(repo: Repository, commit: str, path: str) -> str:
    """The commit at or before *commit* that deleted *path*, which is not there; empty if none.

    One that only moved it away deleted nothing.
    """
    out = _ask(repo, 'rev-list', '-1', '--parents', '--end-of-options', commit, '--', path)
    names = [_object_name(name, 'rev-list') for name in out.split()]
    for parent in names[1:]:
        if any(rename.path == path for rename in _renames(repo, parent, names[0])):
            return ''
    return names[0] if names else ''


def moved_to(repo: Repository, commit: str, path: str) -> str:
    """What *path*, as it was called before or is, is called in *commit*; empty if it is gone."""
    seen: set[str] = set()
    while path not in seen and not head_blob(repo, path, commit):
        seen.add(path)
        out = _ask(repo, 'rev-list', '-1', '--parents', '--end-of-options', commit, '--', path)
        last, *parents = [_object_name(name, 'rev-list') for name in out.split()] or ['']
        renames = (rename for parent in parents for rename in _renames(repo, parent, last))
        path = next((rename.target for rename in renames if rename.path == path), '')
        if not path:
            return ''
    return '' if path in seen else path


def head_blob(repo: Repository, path: str, revision: str = 'HEAD') -> str | None:
    """The blob of *path* in *revision*, empty where it has no such file; None without a commit."""
    if _run(repo.top, ('rev-parse', '--verify', '--quiet', revision + '^{commit}')).code:
        return None
    out = _ask(repo, 'ls-tree', '-z', '--full-tree', revision, '--', path)
    mode, _, rest = out.partition(b' ')
    if out.count(b'\0') != 1 or mode[:3] != b'100' or not rest.startswith(b'blob '):
        return ''
    return _object_name(rest[len('blob ') :].partition(b'\t')[0], 'ls-tree')


class Altered(NamedTuple):
    """What makes git tell of the past otherwise than it was: the contents of its files and refs."""

    shallow: bytes
    grafts: bytes
    replaced: bytes


def altered(repo: Repository) -> Altered:
    question = ('for-each-ref', '--format=%(objectname) %(refname)', 'refs/replace/')
    replaced = _ask(repo, *question)
    if replaced:
        used = _run(repo.top, ('config', '--type=bool', '--get', 'core.useReplaceRefs')).out
        replaced = b'' if used == b'false\n' else replaced
    return Altered(_kept(repo, 'shallow'), _kept(repo, 'info', 'grafts'), replaced)


def _kept(repo: Repository, *parts: str) -> bytes:
    try:
        with open(os.path.join(repo.common, *parts), 'rb') as file:
            return file.read()
    except FileNotFoundError:
        return b''


class Head(NamedTuple):
    """The commit that HEAD is, and what it has at a path; empty, and None, where it has nothing."""

    commit: str
    blob: str
    data: bytes | None


def head(repo: Repository, path: str) -> Head:
    """What is to know first, in one question. A symbolic link has a blob too: see `head_blob`."""
    names = _line(b'HEAD^{commit}') + _line(b'HEAD:' + os.fsencode(path))
    answer = _ask(repo, 'cat-file', '--batch', data=names)
    found = _contents(answer)
    if len(found) != 2:
        raise _lost('cat-file')
    if found[0] is None:
        return Head('', '', None)
    commit = answer[: answer.index(b' ')]
    rest = answer[answer.index(b'\n') + 1 + len(found[0]) + 1 :]
    blob = b'' if found[1] is None else rest[: rest.index(b' ')]
    return Head(
        _object_name(commit, 'cat-file'), _object_name(blob, 'cat-file') if blob else '', found[1]
    )


def commits(repo: Repository, included: str, excluded: str) -> frozenset[str]:
    """The commits up to *included* and not up to *excluded*; UserError where git lacks one."""
    out = _ask(repo, 'rev-list', '--end-of-options', included, f'^{excluded}', '--')
    return frozenset(_object_name(name, 'rev-list') for name in out.split())


def have_merges(repo: Repository, one: str, other: str) -> bool:
    """Are there merges before one of two commits and not before the other?"""
    options = ('rev-list', '--merges', '--max-count=1', '--end-of-options')
    return bool(_ask(repo, *options, f'{one}...{other}', '--'))


def current_names(
    repo: Repository, people: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Those of *people* whom .mailmap gives another name or e-mail."""
    plain = [one for one in people if not set('<>\n') & set(''.join(one)) and all(one)]
    if not plain:
        return {}
    data = ''.join(f'{name} <{email}>\n' for name, email in plain).encode(errors='surrogatepass')
    answer = _run(repo.top, ('check-mailmap', '--stdin'), data)
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
    out = _ask(
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
    out = _ask(
        repo, '-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8', 'log',
        '--no-merges', '--basic-regexp', '-i', '--grep=^roadmap-task', '--no-color',
        '--no-decorate', '--no-notes', '--no-patch', '--date=raw', '-z',
        '--format=%H%x00%P%x00%ad%x00%B%x00%(trailers:only,unfold)', '--end-of-options',
        *revisions, '--',
    )  # fmt: skip
    fields = out.split(b'\0')[:-1]
    if len(fields) % 5:
        raise _lost('log')
    for at in range(0, len(fields), 5):
        commit, parent, date, message, trailers = fields[at : at + 5]
        yield Claiming(
            _object_name(commit, 'log'), parent.decode(errors='replace'),
            _date(date.decode(errors='replace')), trailers.decode(errors='replace'), message,
        )  # fmt: skip


def latest(repo: Repository, most: int) -> list[Made]:
    """The *most* latest commits before HEAD, newest first."""
    out = _ask(
        repo, '-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8', 'log',
        f'-{most}', '--no-color', '--no-decorate', '--no-notes', '--no-patch', '--date=raw', '-z',
        '--format=%H%x00%P%x00%aN%x00%aE%x00%ad%x00%ct', 'HEAD', '--',
    )  # fmt: skip
    fields = [field.decode(errors='replace') for field in out.split(b'\0')[:-1]]
    if len(fields) % 6:
        raise _lost('log')
    rows = (fields[at : at + 6] for at in range(0, len(fields), 6))
    return [
        Made(commit, tuple(parents.split()), author, email, _date(date), int(committed or 0))
        for commit, parents, author, email, date, committed in rows
    ]


def author(repo: Repository) -> tuple[str, str, str] | None:
    """Name, address and date (as git writes it raw) of who would commit now; None if nobody may.

    In a hook it is the author of the commit being made.
    """
    environment = _hook_environment(repo) if 'GIT_DIR' in os.environ else None
    answer = _run(repo.top, ('var', 'GIT_AUTHOR_IDENT'), environment=environment)
    found = re.fullmatch(
        r'(.*) <(.*)> (-?\d+ [+-]\d{4,})', answer.out.decode(errors='replace').strip()
    )
    return (found[1], found[2], found[3]) if found and not answer.code else None


def _ask_hook(repo: Repository, *arguments: str, data: bytes = b'') -> bytes:
    """As `_ask`, of the index that git named to the hook in which we may be."""
    # `lint` asks this, and runs nothing that a repository's configuration names
    question = ('-c', 'core.fsmonitor=false', *arguments)
    return _checked(_run(repo.top, question, data, _hook_environment(repo)), arguments)


def _hook_environment(repo: Repository) -> dict[str, str]:
    named = os.path.join(repo.top, os.environ.get('GIT_DIR', repo.directory))
    if os.path.realpath(named) != os.path.realpath(repo.directory):
        return {**_environment(), **QUESTION}  # that hook is another repository's
    return {**os.environ, **QUESTION}


def _ask(repo: Repository, *arguments: str, data: bytes = b'', index: str = '') -> bytes:
    """Git's answer; UserError in git's own words when it has none."""
    environment = {**_environment(), **QUESTION}
    if index:
        environment['GIT_INDEX_FILE'] = index
    return _checked(_run(repo.top, arguments, data, environment, repo.held), arguments)


def _checked(answer: Answer, arguments: tuple[str, ...]) -> bytes:
    if answer.code == 0:
        return answer.out
    verb = next(word for word in arguments if word[0] != '-' and '=' not in word)
    raise UserError(
        f'git {verb} failed: {answer.words or f"exit code {answer.code}"}',
        'mend what git says, then try again',
    )


def _run(
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
            capture_output=True, env=environment or {**_environment(), **QUESTION},
            pass_fds=held,
        )  # fmt: skip
    except OSError as error:
        raise UserError(f'git could not be run ({error.strerror})', 'see that it works') from error
    return Answer(done.returncode, done.stdout, done.stderr.decode(errors='replace').strip())


def _environment() -> dict[str, str]:
    dropped = _dropped(os.environ)
    return {name: value for name, value in os.environ.items() if name not in dropped}


def _dropped(names: Mapping[str, str]) -> set[str]:
    return {name for name in names if name.startswith('GIT_') and not name.startswith(KEPT)}


def _object_name(text: bytes, verb: str) -> str:
    if not _OBJECT.fullmatch(text):
        raise _lost(verb)
    return text.decode()


def _lost(verb: str) -> UserError:
    # git may end with 0 although what it wrote never reached us (a full disk, a broken pipe).
    return UserError(f'git {verb} gave no usable answer', 'try again')
