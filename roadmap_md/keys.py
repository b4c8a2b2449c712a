"""Names of tasks: paths of kinds and numbers such as ``week-1/day-3``."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_LONGEST_SLUG = 60
_BETWEEN_WORDS = re.compile(r'[\W_]+')


Sections = tuple[tuple[str, bool], ...]


class Place(NamedTuple):
    """Where a task sits: the sections that enclose it, outermost first, and the task itself.

    Each section is its slug and whether it is numbered; *tail* holds the slugs of the tasks that
    it hangs under and its own.
    """

    sections: Sections
    tail: tuple[str, ...]

    @property
    def path(self) -> tuple[str, ...]:
        return *(slug for slug, _ in self.sections), *self.tail


def slug(text: str) -> str:
    """*text* as it stands in a key: lower-case words joined by ``-``, 60 characters at most."""
    words = _BETWEEN_WORDS.sub('-', text.casefold()).strip('-')
    if len(words) <= _LONGEST_SLUG:
        return words
    return words[:_LONGEST_SLUG].rsplit('-', 1)[0].strip('-')


def keys_of(places: Sequence[Place], identifiers: Sequence[str], least: int = 1) -> list[str]:
    """A unique key for each place: its identifier, or its path at the least depth that will do.

    The depth is one for the whole file: the innermost numbered section and as many above it as
    make the keys unique, or nearly so; then all sections. What is left alike gets ``~2``, ``~3``.
    """
    deepest = max((len(place.sections) for place in places), default=0)
    best: list[str] = []
    for numbered, depth in [(True, d) for d in range(least, deepest + 1)] + [(False, deepest)]:
        prefixes = {
            sections: _prefix(sections, depth, numbered)
            for sections in {place.sections for place in places}
        }
        keys = [
            identifier or '/'.join((*prefixes[place.sections], *place.tail))
            for place, identifier in zip(places, identifiers, strict=True)
        ]
        if not best or len(set(keys)) > len(set(best)):
            best = keys
        if len(set(best)) == len(best):
            break
    return _told_apart(best)


def _prefix(sections: Sections, depth: int, numbered: bool) -> list[str]:
    slugs = [slug for slug, is_numbered in sections if is_numbered or not numbered]
    slugs = slugs or [slug for slug, _ in sections]
    return slugs[max(len(slugs) - depth, 0) :]


def _told_apart(keys: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    taken = set(keys)
    apart = []
    for key in keys:
        seen[key] += 1
        name = key
        while seen[key] > 1 and (name := f'{key}~{seen[key]}') in taken:
            seen[key] += 1
        taken.add(name)
        apart.append(name)
    return apart
