"""Asking what may take minutes, while everything else goes on."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar('_T')


async def in_background(function: Callable[..., _T], *arguments: object) -> _T:
    """What *function* returns or raises. It changes nothing that it could leave half done.

    It has a thread of its own, so that it keeps nobody else from theirs; nor is it waited for at
    the end of the process.
    """
    told: Future[_T] = Future()

    def run() -> None:
        try:
            told.set_result(function(*arguments))
        except Exception as error:
            told.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    # Whoever stops waiting for it does not stop it.
    return await asyncio.shield(asyncio.wrap_future(told))
