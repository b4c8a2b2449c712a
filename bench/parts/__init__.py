"""The parts of the benchmark: what is measured beside what, and the goals that are set.

To add one: a function that takes a `Setting` and returns a `Part`, and a line in `PARTS`.
"""

from collections.abc import Callable

from .fixers import fixers
from .hook import hook
from .lines import lines
from .lint import lint
from .many import many
from .part import DAYS, WARM_UP, Part, Setting
from .tick import tick

__all__ = ['DAYS', 'PARTS', 'WARM_UP', 'Part', 'Setting']

PARTS: dict[str, Callable[[Setting], Part]] = {
    'lint': lint,
    'lines': lines,
    'many': many,
    'tick': tick,
    'hook': hook,
    'fixers': fixers,
}
