"""``badge``: how far the plan is, as a picture or for shields.io."""

from ..output import badge as output
from ..stats import count
from .reading import open_trackers
from .writing import write


def badge(
    paths: tuple[str, ...], output_format: str = 'svg', to: str | None = None, label: str = ''
) -> int:
    """Print the badge of all trackers together, or write it to the file *to*."""
    opened = open_trackers(paths, 'never')
    counts = count(status for _, tracker in opened.trackers for status in tracker.state)
    made = output.badge(counts, label)
    text = output.endpoint(made) if output_format == 'json' else output.svg(made)
    write(text, to, [path for path, _ in opened.trackers])
    return 0
