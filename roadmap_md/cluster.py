"""The same work on the workers of a Dask cluster: the only module that talks to one.

What is lost with a worker Dask itself gives to another one.
"""

from collections.abc import Iterator, Sequence

from distributed import Client, as_completed

from . import __version__, cache
from .cohort import Group
from .errors import UserError
from .gather import Source, gather

_PATIENCE = 10  # seconds until a scheduler has answered


def gathered(address: str, sources: Sequence[Source]) -> Iterator[Group]:
    """What ``gather`` finds in each of *sources*, as it comes.

    Raises UserError where no scheduler answers, it has no workers, or one of them has another
    version of this tool.
    """
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UserError(f'no scheduler answers at {address}', 'see that it runs') from error
    with client:
        _check_versions(client, address)
        # Each is asked for anew in every run: what a repository holds may have changed.
        for _, group in as_completed(client.map(gather, sources, pure=False), with_results=True):
            yield group


def version() -> str:
    """What must be the same everywhere."""
    return f'{__version__} {cache.contents_stamp()}'


def _check_versions(client: Client, address: str) -> None:
    try:
        found = client.run(version)
    except ModuleNotFoundError:
        raise UserError(
            f'the workers of {address} lack roadmap-md', "pip install 'roadmap-md[cluster]' there"
        ) from None
    if not found:
        raise UserError(f'{address} has no workers', 'start some: dask worker ' + address)
    others = sorted(worker for worker, said in found.items() if said != version())
    if others:
        raise UserError(
            f'{others[0]} has another version of roadmap-md, or {len(others)} have',
            'install the same one everywhere',
        )
