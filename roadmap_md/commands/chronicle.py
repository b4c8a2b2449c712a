"""``stats --history``: what the past says about how it goes on."""

import os
import sys
from datetime import date
from typing import NamedTuple

from ..cache import remembered
from ..chronicle import Chronicle, Told, chronicle
from ..output import pager
from ..output.terminal import painter
from ..project import find_project
from ..rhythm import rhythm_of
from ..tracker import Tracker
from .log import SAID, read
from .reading import settle, today


class Read(NamedTuple):
    """The *trackers* by path, and what their past tells; *incomplete* is why that is not all."""

    trackers: list[tuple[str, Tracker]]
    told: Chronicle
    incomplete: list[str]


def read_chronicle(paths: tuple[str, ...], day: date | None) -> Read:
    """The past of the trackers at *paths*, as seen on that *day*, or today. Raises UserError."""
    project = find_project(paths)
    settle(project)
    config = project.config
    with remembered(project.root):
        found = [
            read(path, config.preference)
            for path in _each_once(project.trackers(paths, must_exist=False))
        ]
    incomplete = list(dict.fromkeys(why for one in found for why in one.past.incomplete))
    for why in incomplete:
        print(f'roadmap-md: {SAID[why]}', file=sys.stderr)
    plans = [one.past.newest.skeleton for one in found]
    told = chronicle(
        [Told(one.past.newest, one.past.transitions, one.past.scope) for one in found],
        rhythm_of(config.rest_days, config.pauses, plans),
        day or today(),
    )
    return Read([(one.path, one.past.newest) for one in found], told, incomplete)


def _each_once(paths: tuple[str, ...]) -> list[str]:
    """*paths* without those that lead to a file that is there already."""
    return list({os.path.realpath(path): path for path in paths[::-1]}.values())[::-1]


def history(paths: tuple[str, ...], output_format: str, color: str, day: date | None) -> int:
    """Tell the story of the trackers: streaks, squares, pace, forecast."""
    trackers, told, incomplete = read_chronicle(paths, day)
    from ..output import chronicle

    paint = painter(sys.stdout, color)
    pager.show(chronicle.screen(told, trackers, incomplete, paint))
    return 0
