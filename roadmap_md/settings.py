"""Reads the configuration: ``[tool.roadmap-md]`` in pyproject.toml, or roadmap-md.toml.

``config.schema.json`` says the same for editors; a test holds the two together.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from .config import Config
from .errors import UserError
from .message import is_scope, is_type
from .rhythm import WEEKDAYS
from .rule import Severity
from .rules import ALL_NAMES, RULES
from .status import Status
from .vocabulary import Family, Preference

_KEYS = (
    'files', 'select', 'extend-select', 'ignore', 'per-file-ignores', 'severity', 'no-skipping',
    'markers', 'commit', 'limits', 'rest-days', 'pauses',
)  # fmt: skip


def read_config(text: str, source: str, table: tuple[str, ...] = ()) -> Config | None:
    """The configuration in the *table* of a TOML *text*; None where there is no such table.

    Raises UserError, naming *source* and the key, where it is not sound.
    """
    import tomllib

    try:
        found: Any = tomllib.loads(text)
    except RecursionError:
        raise UserError(f'{source} is nested too deep', 'take brackets out of it') from None
    except ValueError as error:  # TOMLDecodeError, and numbers of too many digits
        raise UserError(f'{source} is not TOML', str(error)) from None
    for name in table:
        found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            return None
    return _Reader(source, '.'.join(table)).config(found)


class _Reader:
    """Reads tables; every message names the file and the key."""

    def __init__(self, source: str, prefix: str) -> None:
        self.source = source
        self.prefix = prefix

    def config(self, found: Any) -> Config:
        self.check_keys(found, self.prefix, _KEYS)
        commit = self.table(found, 'commit', ('type', 'scope'))
        limits = self.table(found, 'limits', ('in-progress',))
        default = Config()
        return Config(
            source=self.source,
            files=self.paths(found),
            select=self.rules(found, 'select', default.select),
            extend_select=self.rules(found, 'extend-select', default.extend_select),
            ignore=self.rules(found, 'ignore', default.ignore),
            per_file_ignores=self.per_file_ignores(found),
            severity=self.severity(found),
            preference=self.markers(found),
            commit_type=self.word(commit, 'commit.type', default.commit_type, is_type),
            commit_scope=self.word(
                commit, 'commit.scope', default.commit_scope, _is_scope_or_empty
            ),
            in_progress=self.limit(limits, 'limits.in-progress'),
            no_skipping=self.switch(found, 'no-skipping'),
            rest_days=self.rest_days(found),
            pauses=tuple(map(self.pause, self.strings(found, 'pauses', ()))),
        )

    def check_keys(self, found: Any, name: str, known: tuple[str, ...]) -> None:
        if not isinstance(found, dict):
            raise self.wrong(name, 'must be a table')
        for key in found:
            if key not in known:
                raise self.wrong(self.named(name, key), 'is no setting', self.nearest(key, known))

    def nearest(self, key: str, known: tuple[str, ...]) -> str:
        from difflib import get_close_matches

        names = {name.casefold(): name for name in known}
        near = get_close_matches(key.casefold().replace('_', '-'), names, n=1, cutoff=0.5)
        return f"did you mean '{names[near[0]]}'?" if near else 'there are ' + ', '.join(known)

    def table(self, found: dict[str, Any], name: str, known: tuple[str, ...]) -> dict[str, Any]:
        table = found.get(name, {})
        self.check_keys(table, self.named(self.prefix, name), known)
        return dict(table)

    def paths(self, found: dict[str, Any]) -> tuple[str, ...]:
        paths = self.strings(found, 'files', Config().files)
        for path in paths:
            if path.startswith('/') or '..' in path.split('/') or not path or '\0' in path:
                raise self.wrong(
                    'files', f"'{path}' is outside the work tree", 'name a file inside it'
                )
        if not paths:
            raise self.wrong('files', 'is empty', 'name a tracker')
        return paths

    def rules(
        self, found: dict[str, Any], key: str, default: tuple[str, ...], shown: str = ''
    ) -> tuple[str, ...]:
        names = self.strings(found, key, default, shown)
        for name in names:
            self.check_rule(shown or key, name)
        return names

    def check_rule(self, key: str, name: str) -> None:
        is_family = name and any(rule.code.startswith(name) for rule in RULES)
        if not is_family and name not in ALL_NAMES:
            raise self.wrong(key, f"'{name}' is no rule", self.nearest(name, ALL_NAMES))

    def per_file_ignores(self, found: dict[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        table = found.get('per-file-ignores', {})
        if not isinstance(table, dict):
            raise self.wrong('per-file-ignores', 'must be a table')
        return tuple(
            (pattern, self.rules(table, pattern, (), f'per-file-ignores.{pattern}'))
            for pattern in table
        )

    def severity(self, found: dict[str, Any]) -> tuple[tuple[str, Severity], ...]:
        table = found.get('severity', {})
        if not isinstance(table, dict):
            raise self.wrong('severity', 'must be a table')
        pairs = []
        for name, value in table.items():
            self.check_rule('severity', name)
            if value not in ('error', 'warning'):
                raise self.wrong(f'severity.{name}', f'is {value!r}', "write 'error' or 'warning'")
            pairs.append((name, Severity(value)))
        return tuple(pairs)

    def markers(self, found: dict[str, Any]) -> Preference:
        statuses = {status.value: status for status in Status}
        table = self.table(found, 'markers', ('style', *statuses))
        style = table.pop('style', None)
        if style not in (None, 'legend', 'box', 'emoji'):
            raise self.wrong('markers.style', f"is '{style}'", "write 'legend', 'box' or 'emoji'")
        pairs: list[tuple[str, Status]] = []
        for name in table:
            value = [table[name]] if isinstance(table[name], str) else table[name]
            for marker in self.strings({name: value}, name, (), 'markers.' + name):
                if not is_marker(marker):
                    raise self.wrong(
                        'markers.' + name, f"'{marker}' cannot be a marker",
                        'a marker is [ ] with one character in it, or an emoji',
                    )  # fmt: skip
                pairs.append((marker, statuses[name]))
        return Preference(tuple(pairs), Family(style) if style in ('box', 'emoji') else None)

    def rest_days(self, found: dict[str, Any]) -> tuple[int, ...] | int | None:
        value = found.get('rest-days')
        if value is None or (type(value) is int and 0 <= value < len(WEEKDAYS)):
            return value
        if not isinstance(value, list):
            raise self.wrong(
                'rest-days', f'is {value!r}', 'write weekdays, or how many days of a week, up to 6'
            )
        for name in self.strings(found, 'rest-days', ()):
            if name not in WEEKDAYS:
                raise self.wrong(
                    'rest-days', f"'{name}' is no weekday", self.nearest(name, WEEKDAYS)
                )
        if len(set(value)) == len(WEEKDAYS):
            raise self.wrong('rest-days', 'leaves no day of the week', 'take one out')
        return tuple(sorted(map(WEEKDAYS.index, set(value))))

    def pause(self, text: str) -> tuple[date, date]:
        first, dots, last = text.partition('..')
        try:
            days = _day(first), _day(last if dots else first)
        except ValueError:
            raise self.wrong(
                'pauses',
                f"'{text}' is no pause",
                'write first and last day: 2026-12-20..2027-01-03',
            ) from None
        if days[1] < days[0]:
            raise self.wrong('pauses', f"'{text}' ends before it begins", 'swap the days')
        return days

    def strings(
        self, found: dict[str, Any], key: str, default: tuple[str, ...], shown: str = ''
    ) -> tuple[str, ...]:
        value = found.get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise self.wrong(shown or key, 'must be a list of strings')
        return tuple(value)

    def word(
        self, found: dict[str, Any], key: str, default: str, fits: Callable[[str], bool]
    ) -> str:
        value = found.get(key.rpartition('.')[2], default)
        if not isinstance(value, str) or not fits(value):
            raise self.wrong(key, f'is {value!r}', 'write one lower-case word')
        return value

    def limit(self, found: dict[str, Any], key: str) -> int | None:
        value = found.get(key.rpartition('.')[2])
        if value is not None and (type(value) is not int or value < 1):
            raise self.wrong(key, f'is {value!r}', 'write a number from 1')
        return value

    def switch(self, found: dict[str, Any], key: str) -> bool | None:
        value = found.get(key)
        if value is not None and type(value) is not bool:
            raise self.wrong(key, f'is {value!r}', 'write true or false')
        return value

    def named(self, name: str, key: str) -> str:
        return f'{name}.{key}' if name else key

    def wrong(self, key: str, what: str, hint: str = '') -> UserError:
        if self.prefix and not key.startswith(self.prefix):
            key = f'{self.prefix}.{key}'
        return UserError(f'{self.source}: {key} {what}', hint)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if text != day.isoformat():
        raise ValueError(text)  # a form of ISO 8601 that few can read
    return day


def _is_scope_or_empty(text: str) -> bool:
    return not text or is_scope(text)


def is_marker(text: str) -> bool:
    """Could *text* stand before a title without changing what the line is in Markdown?"""
    if text.startswith('['):
        inside = text[1:-1].replace('\ufe0f', '')
        return text.endswith(']') and len(inside) == 1 and inside not in '[]\n\t'
    return 1 <= len(text) <= 8 and not any(char.isascii() or char.isspace() for char in text)
