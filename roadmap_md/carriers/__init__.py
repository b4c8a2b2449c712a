"""The places where a status may sit, one file each.

To add one: write its module, and its name here. A line that an earlier carrier has taken is not
for a later one, but where that gives a second status.
"""

from ..mark import Carrier
from . import (
    bare_line,
    heading,
    item_end,
    list_box,
    list_emoji,
    log_heading,
    rare,
    second_status,
    section_name,
    status_line,
)

CARRIERS: tuple[Carrier, ...] = (
    list_box.CARRIER, list_emoji.CARRIER, bare_line.CARRIER, rare.STRUCK,
    rare.CELL, rare.HTML, heading.CARRIER, status_line.CARRIER,
    item_end.CARRIER, rare.BAR, section_name.CARRIER, log_heading.CARRIER,
    second_status.CARRIER,
)  # fmt: skip
