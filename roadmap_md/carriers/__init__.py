"""The places where a status may sit, one file each.

To add one: write its module, and its name here. A line that an earlier carrier has claimed is
not offered to a later one.
"""

from ..mark import Carrier
from . import bare_line, list_box, list_emoji

CARRIERS: tuple[Carrier, ...] = (list_box.CARRIER, list_emoji.CARRIER, bare_line.CARRIER)
