"""What is known of a tracker's past, what came since, and what is not committed yet."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from . import git
from .basis import Basis
from .errors import UserError
from .git import Head, Repository
from .history import Blob, Revision
from .ledger import NONE, Ledger
from .replay import UNSAVED, Replay, Unlike
from .trail import follow_names, left_out
from .vocabulary import Preference

if TYPE_CHECKING:
    from .tracker import Tracker

Progress = Callable[[], object]


class Asked(NamedTuple):
    """What is at *path*, relative to the top: *data* in the work tree, if any, and *head* in HEAD.

    *progress* is called for each version that is read.
    """

    repo: Repository
    path: str
    preference: Preference
    data: bytes | None
    head: Head
    progress: Callable[[], object]


class Read(NamedTuple):
    """What was found, what of that is *committed*, and the *newest* tracker.

    *plan* is the number of its plan, and *keys* are those of its tasks. From the *basis* a later
    run can read on.
    """

    ledger: Ledger
    committed: Ledger
    plan: int
    keys: tuple[str, ...]
    newest: 'Callable[[], Tracker]'
    basis: Basis | None
    missing: bool = False


def walk(asked: Asked, known: Ledger | None, basis: Basis | None) -> Read | None:
    """The past of a tracker, of which some may be *known*, with a *basis* from which to read on.

    None where there is no such file, and never was.
    """
    if not (known and asked.data and asked.head.blob):
        known = None
    elif basis and basis.plan == _plan_of(known):
        try:
            return _newer(asked, known, basis) or _parsed(asked, None)
        except Unlike:
            pass
    return _parsed(asked, known)


def _plan_of(known: Ledger) -> bytes:
    plan = known.tip.plan
    return b'' if plan == NONE else known.plans.values[plan]


def _parsed(asked: Asked, known: Ledger | None) -> Read | None:
    """What is *known*, and what came since, or else all of it."""
    from .structures import remembered  # not where only markers change

    with remembered(asked.repo.top):
        return (_newer(asked, known) if known else None) or _whole(asked)


def read_newest(repo: Repository, data: bytes, preference: Preference) -> 'Tracker':
    from .alike import read_alike
    from .structures import remembered

    with remembered(repo.top):
        return read_alike(data, preference)


def _newer(asked: Asked, known: Ledger, basis: Basis | None = None) -> Read | None:
    """What is *known*, and what came since; None where that takes more than comparing.

    Raises Unlike where it takes more than following from the *basis*.
    """
    repo, path, head = asked.repo, asked.path, asked.head
    replay = Replay(asked.preference, head.blob, known)
    if basis:
        replay.begin(basis, known.tip.plan)
    committed: Ledger | None = known
    if head.commit != known.tip.commit:
        committed = _since(asked, known, replay)
    if committed is None or committed.tip.plan == NONE:
        return None
    if head.data == asked.data:
        return _as_committed(asked, committed, replay)
    replay.unsaved(path, asked.data or b'', _heads(repo, path, committed.tip.blob, replay))
    version = replay.versions[UNSAVED]
    if not version or not replay.is_plain:
        return None
    return _with_unsaved(asked, committed, replay, version.plan)


def _since(asked: Asked, known: Ledger, replay: Replay) -> Ledger | None:
    repo, path, head = asked.repo, asked.path, asked.head
    try:
        gone = git.commits(repo, known.tip.commit, head.commit)
    except UserError:
        return None  # what is known goes up to a commit that is no longer there
    if gone and len(known.paths.values) > 1:
        return None
    merges: list[Revision] = []
    for found in git.revisions(repo, path, [head.commit, f'^{known.tip.commit}'], set()):
        if isinstance(found, Blob):
            asked.progress()
        elif not found.before:
            merges.append(found)
            continue
        replay.add(found)
    if not replay.is_plain or any(left_out(repo, path, merges)):
        return None
    ledger = replay.ledger()
    ledger.follow(known, gone)
    # Of commits of one second only git knows the order, unless what is new, and what is gone, is
    # one line of commits each: then both are built on all the rest.
    seconds = ledger.revisions.seconds
    if len({*seconds}) < len(seconds) and git.have_merges(repo, head.commit, known.tip.commit):
        return None
    if head.blob in replay.versions:
        ledger.tip = replay.tip(head.commit, head.blob)
    elif head.blob == known.tip.blob:
        ledger.tip = known.tip._replace(commit=head.commit)
    else:
        return None
    return ledger


def _whole(asked: Asked) -> Read | None:
    repo, path, _, data, (commit, head, at_head), progress = asked
    name = path
    if commit and at_head != data:  # a symbolic link has a blob, and no tracker
        head = git.head_blob(repo, path, commit) or ''
    if commit and not head and data and (source := git.renamed_from(repo, commit, '', path)):
        name, head = source.path, source.blob  # git mv, not committed yet
    replay = Replay(asked.preference, head)
    heads: tuple[str, ...] = ()
    if commit:
        follow_names(repo, name, commit, replay, progress)
        heads = _heads(repo, name, head, replay)
    committed = replay.ledger()
    if name == path:
        committed.tip = replay.tip(commit, head)
    if data is None and not replay.versions:
        return None
    if data and data == at_head and committed.tip.plan != NONE:
        return _as_committed(asked, committed, replay)
    if data is not None:
        replay.unsaved(path, data, heads)
        if version := replay.versions[UNSAVED]:
            return _with_unsaved(asked, committed, replay, version.plan)
    from .tracker import read_tracker

    newest = replay.first or read_tracker(b'')
    return _with_unsaved(asked, committed, replay, replay.plan(newest), lambda: newest)


def _as_committed(asked: Asked, committed: Ledger, replay: Replay) -> Read:
    """What was found where the work tree has what HEAD has."""
    _, _, plan, keys = committed.tip
    newest = partial(read_newest, asked.repo, asked.data or b'', asked.preference)
    return Read(committed, committed, plan, keys, newest, replay.basis, replay.missing)


def _with_unsaved(
    asked: Asked,
    committed: Ledger,
    replay: Replay,
    plan: int,
    newest: 'Callable[[], Tracker] | None' = None,
) -> Read:
    """And what is not committed yet; *newest* is told where what lies there is not readable."""
    ledger = replay.ledger()
    ledger.follow(committed)
    ledger.tip = committed.tip
    newest = newest or partial(read_newest, asked.repo, asked.data or b'', asked.preference)
    return Read(ledger, committed, plan, replay.keys(plan), newest, replay.basis, replay.missing)


def _heads(repo: Repository, path: str, head: str, replay: Replay) -> tuple[str, ...]:
    """The blobs that a commit of *path* would come after: HEAD's and, in a merge, the others'."""
    merged = git.head_blob(repo, path, 'MERGE_HEAD') if git.under_way(repo, 'MERGE_HEAD') else ''
    heads = tuple(blob for blob in (head, merged) if blob)
    for blob in heads:
        if blob not in replay.versions:
            replay.add(Blob(blob, git.contents(repo, blob)[0]))
    return heads
