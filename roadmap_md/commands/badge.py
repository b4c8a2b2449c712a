"""``badge``: how far the plan is, as a picture or for shields.io."""

from ..errors import UserError
from ..output import badge as output
from ..stats import count
from .reading import open_trackers


def badge(
    paths: tuple[str, ...], output_format: str = 'svg', to: str | None = None, label: str = ''
) -> int:
    """Print the badge of all trackers together, or write it to the file *to*."""
    opened = open_trackers(paths, 'never')
    counts = count(status for _, tracker in opened.trackers for status in tracker.state)
    made = output.badge(counts, label)
    text = output.endpoint(made) if output_format == 'json' else output.svg(made)
    if to is None:
        print(text, end='')
    else:
        _write(to, text)
    return 0


def _write(path: str, text: str) -> None:
    try:
        with open(path, 'w', encoding='utf-8', newline='\n') as file:
            file.write(text)
    except OSError as error:
        why = error.strerror or error
        raise UserError(f'{path} cannot be written ({why})', 'check the path') from error
