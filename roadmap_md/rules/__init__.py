"""The rules, a file a family. To add one: write it, and its name here."""

from ..rule import Rule
from .claims import false_claim
from .marker import (
    ambiguous_marker,
    contradictory_marker,
    malformed_marker,
    mixed_markers,
    unknown_marker,
)
from .pace import future_tick, many_ticks_in_one_commit, rushed, stalled
from .progress import (
    parent_disagrees,
    section_disagrees,
    skipped_task,
    stale_count,
    started_out_of_order,
    too_many_in_progress,
)
from .rendering import (
    accidental_heading,
    lines_run_together,
    marker_is_a_link,
    not_a_checkbox,
)
from .structure import (
    duplicate_task,
    empty_section,
    heading_without_space,
    number_gap,
    number_out_of_order,
    untitled_task,
)
from .text import (
    byte_order_mark,
    conflict_markers,
    hidden_characters,
    lossy_mojibake,
    mixed_line_ends,
    mojibake,
    not_utf8,
)
from .transitions import lost_progress, reopened_without_reason, skipped_in_progress
from .waivers import expired_waiver, unknown_waiver, unused_waiver, waiver_without_reason

# These take the bytes of a file; they are asked of files that cannot be read as a tracker too.
TEXT_RULES: tuple[Rule, ...] = (
    not_utf8, byte_order_mark, mixed_line_ends, mojibake, lossy_mojibake, conflict_markers,
    hidden_characters,
)  # fmt: skip

# These take a tracker, and look at neither its states nor its prose.
SKELETON_RULES: tuple[Rule, ...] = (
    unknown_marker, malformed_marker, lines_run_together, accidental_heading,
    duplicate_task, number_gap, number_out_of_order, empty_section, untitled_task,
    heading_without_space,
)  # fmt: skip

# These take a tracker, and look at how things stand in it.
STATE_RULES: tuple[Rule, ...] = (
    mixed_markers, not_a_checkbox, marker_is_a_link, contradictory_marker, ambiguous_marker,
    skipped_task, too_many_in_progress, parent_disagrees, section_disagrees, stale_count,
    started_out_of_order,
)  # fmt: skip

# Of these, those whose problems are about several tasks, each of which may be waived.
GAP_RULES: tuple[Rule, ...] = (skipped_task, started_out_of_order)

# These take a tracker, and what happened to it.
HISTORY_RULES: tuple[Rule, ...] = (
    rushed, reopened_without_reason, stalled, lost_progress, many_ticks_in_one_commit, future_tick,
    skipped_in_progress,
)  # fmt: skip

# Of these, those that a change of one status may break.
CHANGE_RULES: tuple[Rule, ...] = (rushed, reopened_without_reason, skipped_in_progress)

# These take the message of a commit.
MESSAGE_RULES: tuple[Rule, ...] = (false_claim,)

# These are about the waivers, and come when it is known which of them were needed.
LAST_RULES: tuple[Rule, ...] = (
    unused_waiver, waiver_without_reason, expired_waiver, unknown_waiver,
)  # fmt: skip

TRACKER_RULES = SKELETON_RULES + STATE_RULES
RULES = tuple(sorted(TEXT_RULES + TRACKER_RULES + HISTORY_RULES + MESSAGE_RULES + LAST_RULES))
ALL_NAMES = tuple(name for rule in RULES for name in (rule.code, rule.name))
