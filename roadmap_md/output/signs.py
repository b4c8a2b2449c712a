"""How a status is shown to people."""

from ..status import Status

SIGNS = {
    Status.NOT_STARTED: '·', Status.IN_PROGRESS: '▸', Status.COMPLETED: '✓',
    Status.BLOCKED: '!', Status.CANCELLED: '–',
}  # fmt: skip
STYLES = {
    Status.NOT_STARTED: (), Status.IN_PROGRESS: ('yellow', 'bold'), Status.COMPLETED: ('green',),
    Status.BLOCKED: ('red',), Status.CANCELLED: ('dim',),
}  # fmt: skip
