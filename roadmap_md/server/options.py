"""What the editor may switch off, feature by feature, so that other servers can do it instead."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import UserError

SECTION = 'roadmap-md'
SWITCHES = (
    'diagnostics', 'fixes', 'waivers', 'statuses', 'lenses', 'formatting', 'commit',
    'hover', 'hints', 'symbols', 'completion',
)  # fmt: skip


class Options(NamedTuple):
    """The names of the features that are switched off."""

    off: frozenset[str] = frozenset()

    def has(self, switch: str) -> bool:
        return switch not in self.off


def read_options(settings: Any) -> Options:
    """What *settings* say: ``{"lenses": false}``, by themselves or as those of ``roadmap-md``.

    Raises UserError for what is no switch.
    """
    if isinstance(settings, Mapping) and isinstance(settings.get(SECTION), Mapping):
        settings = settings[SECTION]
    if not settings:
        return Options()
    if not isinstance(settings, Mapping):
        raise UserError('the settings are no table', 'they look like {"lenses": false}')
    for name, value in settings.items():
        if name not in SWITCHES:
            raise UserError(f"no setting is named '{name}'", f'there are {", ".join(SWITCHES)}')
        if not isinstance(value, bool):
            raise UserError(f"the setting '{name}' is {value!r}", 'it is true or false')
    return Options(frozenset(name for name, value in settings.items() if not value))
