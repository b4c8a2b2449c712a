"""Questions to git, each one small function with plain values back.

The only package that runs git. What a person waits for asks git directly, because the import of
GitPython alone would take longer than a whole tick; what nobody waits for asks through it.
"""

from .history import (
    Altered,
    Rename,
    altered,
    changed_paths,
    commits,
    deletion,
    first_since,
    have_merges,
    moved_to,
    renamed_from,
)
from .index import (
    ACTIVE,
    Entry,
    commit,
    edited,
    enter,
    entry,
    may_amend,
    merged_versions,
    parent,
    read_head,
    read_trees,
    refresh,
    staged_blob,
    staged_paths,
    staged_versions,
    state,
    tracked,
    tree_entry,
    unmerged,
)
from .merging import (
    Labels,
    global_attributes,
    merge_driver,
    merged_text,
    set_merge_driver,
    with_merge,
)
from .messages import (
    Claiming,
    Made,
    author,
    claiming,
    current_names,
    latest,
    notes,
    trailers,
    with_trailer,
)
from .objects import (
    Head,
    Tip,
    blob_at,
    blob_name,
    checked_out,
    commit_at,
    contents,
    ends,
    head,
    head_blob,
    move_ref,
    store,
    tip,
    versions,
    without,
)
from .process import Repository
from .stream import revisions
from .work import work
from .worktree import (
    find,
    find_of_hook,
    hooks_directory,
    installed,
    ref_locks,
    repository,
    under_way,
)
