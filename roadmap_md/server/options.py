"""What the editor may switch off, feature by feature, so that other servers can do it instead."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import UserError

SECTION = 'roadmap-md'
SWITCHES = (
    'diagnostics', 'fixes', 'waivers', 'statuses', 'lenses', 'formatting', 'commit',
    'hover', 'hints', 'symbols', 'completion', 'history',
)  # fmt: skip


class Options(NamedTuple):
    """The names of the features that are switched off; what was long ago is, until one asks."""

    off: frozenset[str] = frozenset({'history'})

    def has(self, switch: str) -> bool:
        return switch not in self.off

    def changed(self, settings: Any) -> 'Options':
        """What holds after *settings* such as ``{"lenses": false}``, which need not name all.

        They may stand by themselves, or as those of ``roadmap-md``. Raises UserError for what is
        no switch.
        """
        if isinstance(settings, Mapping) and SECTION in settings:
            settings = settings[SECTION]
        if settings is None:
            return self
        if not isinstance(settings, Mapping):
            raise UserError('the settings are no table', 'they look like {"lenses": false}')
        for name, value in settings.items():
            if name not in SWITCHES:
                raise UserError(f"no setting is named '{name}'", f'there are {", ".join(SWITCHES)}')
            if not isinstance(value, bool):
                raise UserError(f"the setting '{name}' is {value!r}", 'it is true or false')
        off = {name for name, value in settings.items() if not value}
        return Options(self.off - settings.keys() | off)
