"""The rules, a file a family. To add one: write it, and its name here."""

from ..rule import Rule
from .marker import malformed_marker, mixed_markers, unknown_marker
from .progress import skipped_task, started_out_of_order, too_many_in_progress
from .structure import (
    duplicate_task,
    empty_section,
    heading_without_space,
    number_gap,
    number_out_of_order,
    untitled_task,
)
from .text import byte_order_mark, conflict_markers, mixed_line_ends, not_utf8

# These take the bytes of a file; they are asked of files that cannot be read as a tracker too.
TEXT_RULES: tuple[Rule, ...] = (not_utf8, byte_order_mark, mixed_line_ends, conflict_markers)

# These take a tracker.
TRACKER_RULES: tuple[Rule, ...] = (
    unknown_marker, malformed_marker, mixed_markers,
    duplicate_task, number_gap, number_out_of_order, empty_section, untitled_task,
    heading_without_space,
    skipped_task, too_many_in_progress, started_out_of_order,
)  # fmt: skip

RULES = TEXT_RULES + TRACKER_RULES
