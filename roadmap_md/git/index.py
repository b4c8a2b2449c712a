"""The index, and commits made from one."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from .objects import NO_OBJECTS, answered, first_name
from .process import (
    DURABLE,
    QUESTION,
    UNTIDIED,
    Repository,
    ask,
    ask_hook,
    hook_environment,
    lost,
    name_line,
    object_name,
    own_environment,
    run,
)
from .worktree import under_way

# Set for the hooks of our own commits: the repository that they are about.
ACTIVE = 'ROADMAP_MD_ACTIVE'


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


def state(repo: Repository, path: str) -> State:
    """Where *path*, relative to the top, stands in HEAD and in the index."""
    status = ask(
        repo, 'status', '--porcelain=v2', '--branch', '-z', '--no-ahead-behind', '--no-renames',
        '--untracked-files=no', '--ignore-submodules=all', '--', path,
    ).split(b'\0')  # fmt: skip
    head = [line[13:] for line in status if line.startswith(b'# branch.oid ')]
    if len(head) != 1:
        raise lost('status')
    commit = '' if head[0] == b'(initial)' else object_name(head[0], 'status')
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
    lines = ask(repo, 'ls-files', '--stage', '-v', '-z', '--', path).split(b'\0')[:-1]
    if len(lines) != 1:
        return None
    flag, mode, blob, stage = lines[0].partition(b'\t')[0].split(b' ')
    if stage != b'0':
        return None
    return Entry(mode.decode(), object_name(blob, 'ls-files'), flag.decode())


def tree_entry(repo: Repository, commit: str, path: str) -> Entry | None:
    """What *commit* holds for *path*; None where it holds nothing."""
    out = ask(repo, 'ls-tree', '-z', '--full-tree', commit, '--', path)
    if out.count(b'\0') != 1:
        return None
    mode, _, blob = out.partition(b'\t')[0].decode().split(' ')
    return Entry(mode, object_name(blob.encode(), 'ls-tree'))


def tracked(repo: Repository, paths: Sequence[str]) -> set[str]:
    """Those of *paths* that the index holds."""
    out = ask(repo, 'ls-files', '-z', '--', *paths)
    return {os.fsdecode(path) for path in out.split(b'\0')[:-1]}


def unmerged(repo: Repository) -> bool:
    """Whether any path in the index waits for a conflict to be settled."""
    return bool(ask(repo, 'ls-files', '--unmerged', '-z'))


def stages(repo: Repository, path: str) -> dict[int, str]:
    """The blobs that wait to be merged at *path*, by stage: 1 is base, 2 ours, 3 theirs."""
    found = {}
    for row in ask(repo, 'ls-files', '--unmerged', '-z', '--', path).split(b'\0')[:-1]:
        _, blob, stage = row.partition(b'\t')[0].split(b' ')
        found[int(stage)] = object_name(blob, 'ls-files')
    return found


def add(repo: Repository, path: str) -> None:
    """Stage the file at *path*, which settles what was unmerged there."""
    ask(repo, *DURABLE, 'add', '--', path)


def read_head(repo: Repository, index: str) -> None:
    """Make the index file *index* equal HEAD, keeping what it knows of the work tree.

    Raises UserError where that index holds unmerged paths.
    """
    ask(repo, 'read-tree', '-i', '-m', 'HEAD', index=index)


def enter(repo: Repository, index: str, path: str, what: Entry, refresh: bool = False) -> None:
    """Enter *what* for *path* into the index file *index*.

    *refresh* what it knows of the work tree's files, so that plumbing too sees them unchanged.
    """
    options = ('-q', '--ignore-submodules', '--refresh') if refresh else ()
    ask(
        repo, *DURABLE, 'update-index', '--add', '--replace', '--cacheinfo',
        f'{what.mode},{what.blob},{path}', *options, index=index,
    )  # fmt: skip
    # What the user said about the file went with the old entry.
    if what.flag.islower():
        ask(repo, *DURABLE, 'update-index', '--assume-unchanged', '--', path, index=index)
    if what.flag.upper() == 'S':
        ask(repo, *DURABLE, 'update-index', '--skip-worktree', '--', path, index=index)


def refresh(repo: Repository, index: str) -> None:
    """Look which files are as the index file *index* knows them."""
    options = ('-q', '--ignore-submodules', '--refresh')
    ask(repo, *DURABLE, 'update-index', *options, index=index)


def read_trees(repo: Repository, index: str, old: str, new: str, dry_run: bool = False) -> str:
    """Bring the index file *index* and the work tree from the commit *old* to *new*.

    What is edited or staged stays. Where that is in the way git says so, nothing has changed, and
    what it said is returned.
    """
    options = ('-m', '-u', *(['-n'] if dry_run else []))
    environment = {**own_environment(), **QUESTION, 'GIT_INDEX_FILE': index}
    arguments = (*DURABLE, 'read-tree', *options, old, new)
    answer = run(repo.top, arguments, b'', environment, repo.held)
    said = answer.words.removeprefix('error: ')
    return said or f'git read-tree ended with {answer.code}' if answer.code else ''


def edited(repo: Repository, index: str) -> list[str]:
    """The tracked paths that differ from HEAD, in the index file *index* or in the work tree."""
    out = ask(
        repo, 'status', '--porcelain=v2', '-z', '--no-renames', '--untracked-files=no',
        '--ignore-submodules=all', index=index,
    )  # fmt: skip
    rows = (os.fsdecode(row) for row in out.split(b'\0')[:-1])
    return [row.split(' ', 10 if row[0] == 'u' else 8)[-1] for row in rows if row[0] in '1u']


def commit(repo: Repository, index: str, message: str, words: str, date: str = '') -> int:
    """Commit the index file *index* with the message in the file *message*; git's exit code.

    *date* is the author's, as git has it raw; without one it is what it always is.
    Hooks and signing are the user's. What git and they say goes to the file *words*: a pipe
    would keep us waiting for whatever a hook left running.
    """
    import subprocess

    environment = own_environment()
    environment |= {'GIT_INDEX_FILE': index, ACTIVE: repo.directory}
    if date:
        environment['GIT_AUTHOR_DATE'] = f'@{date}'
    options = (
        # Whatever the configuration says about encodings, the message is in this one.
        '-c', 'i18n.commitEncoding=UTF-8',
        *UNTIDIED,
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


def staged_blob(repo: Repository, path: str) -> bytes | None:
    """What the index holds for *path*, relative to the top; None where it holds nothing.

    In a hook that is the index of the commit being made.
    """
    answer = ask_hook(repo, 'cat-file', '--batch', data=name_line(b':' + os.fsencode(path)))
    found = answered(answer)
    if len(found) != 1:
        raise lost('cat-file')
    return found[0]


def staged_versions(
    repo: Repository, paths: Sequence[str], base: str = 'HEAD'
) -> list[tuple[bytes | None, bytes | None]]:
    """For each of *paths* what *base* holds and what the index holds; None for nothing.

    In a hook that is the index of the commit being made.
    """
    names = (os.fsencode(f'{at}:{path}') for path in paths for at in (base, ''))
    found = answered(ask_hook(repo, 'cat-file', '--batch', data=b''.join(map(name_line, names))))
    if len(found) != 2 * len(paths):
        raise lost('cat-file')
    return list(zip(found[::2], found[1::2], strict=True))


def merged_versions(repo: Repository, path: str) -> list[bytes | None]:
    """What the commits that are being merged hold for *path*, each; None for nothing."""
    with suppress(OSError), open(os.path.join(repo.directory, 'MERGE_HEAD')) as file:
        names = (line.strip().encode() + b':' + os.fsencode(path) for line in file)
        return answered(ask_hook(repo, 'cat-file', '--batch', data=b''.join(map(name_line, names))))
    return []


def staged_paths(repo: Repository, base: str = '') -> list[str]:
    """The paths whose staged content differs from *base*, or HEAD, relative to the top."""
    out = ask_hook(
        repo, 'diff', '--cached', '--name-only', '-z', '--no-renames', '--no-ext-diff',
        '--diff-filter=d', '--ignore-submodules', *filter(None, [base]), '--',
    )  # fmt: skip
    if out and not out.endswith(b'\0'):
        raise lost('diff')
    return [os.fsdecode(path) for path in out.split(b'\0')[:-1]]


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
    answer = run(repo.top, head, environment=hook_environment(repo))
    return os.fsencode('\n'.join(exported)) == answer.out.rstrip(b'\n')


def parent(repo: Repository) -> str:
    """The first parent of HEAD; empty where there is none."""
    line = ask_hook(repo, 'cat-file', '--batch-check', data=b'HEAD^\n')
    return '' if line.endswith(b' missing\n') else first_name(line)


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
