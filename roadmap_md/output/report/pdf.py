"""A page as PDF, by WeasyPrint; nothing is fetched for it."""

from collections.abc import Mapping

from weasyprint import HTML


def pdf(page: str) -> bytes:
    """The *page* on paper."""
    made = HTML(string=page, url_fetcher=_nothing).write_pdf()
    assert isinstance(made, bytes)
    return made


def _nothing(url: str, *_: object, **__: object) -> Mapping[str, object]:
    raise ValueError(f'nothing is fetched, and so is not {url}')
