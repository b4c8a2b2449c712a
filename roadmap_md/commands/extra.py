"""What a command needs that does not come with the tool unless it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import UserError


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import within it what the extra *name* brings. Raises UserError where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name and error.name.partition('.')[0] == 'roadmap_md':
            raise  # ours: a fault
        raise UserError(
            f'this needs {error.name}, which is not installed',
            f"pip install 'roadmap-md[{name}]'",
        ) from None
