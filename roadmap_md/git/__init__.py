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
    newest_first,
    renamed_from,
)
from .index import (
    ACTIVE,
    Entry,
    add,
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
    stages,
    state,
    tracked,
    tree_entry,
    unmerged,
)
from .merging import (
    Labels,
    attributes,
    conflict_style,
    driver,
    global_attributes,
    merged_text,
    set_driver,
)
from .messages import (
    Claiming,
    Made,
    author,
    claiming,
    current_names,
    latest,
    notes,
    trailer_values,
    trailers,
)
from .objects import (
    Head,
    Tip,
    blob_at,
    blob_named,
    checked_out,
    commit_at,
    contents,
    ends,
    head,
    head_blob,
    move_ref,
    name_of,
    store,
    tip,
    versions,
    without,
)
from .process import Repository
from .stream import revisions
from .work import work
from .worktree import (
    at,
    create_bare,
    find,
    find_of_hook,
    hooks_directory,
    installed,
    ref_locks,
    repository,
    under_way,
)
