"""``config``: what holds, where it comes from, and its schema."""

from collections.abc import Iterator
from typing import Any

from ..config import Config
from ..escape import visible
from ..project import find_project
from ..rhythm import WEEKDAYS


def show(output_format: str) -> int:
    """Print every setting; those that differ from the default come from the file named."""
    config = find_project().config
    default = settings(Config())
    if output_format == 'json':
        from ..output import json

        print(json.document(source=config.source or None, settings=dict(settings(config))))
        return 0
    print(f'# {config.source or "nothing is configured; these are the defaults"}')
    for (name, value), (_, usual) in zip(settings(config), default, strict=True):
        where = '' if value == usual else f'  # {config.source}'
        print(visible(f'{name} = {_toml(value)}{where}'))
    return 0


def schema() -> int:
    """Print ``config.schema.json``."""
    from importlib.resources import files

    print((files('roadmap_md') / 'config.schema.json').read_text(encoding='utf-8'), end='')
    return 0


def settings(config: Config) -> list[tuple[str, Any]]:
    """Every setting with its name in the file and its value as TOML has it; None is not set."""
    return list(_settings(config))


def _settings(config: Config) -> Iterator[tuple[str, Any]]:
    yield 'files', list(config.files)
    yield 'select', list(config.select)
    yield 'extend-select', list(config.extend_select)
    yield 'ignore', list(config.ignore)
    yield 'per-file-ignores', {path: list(names) for path, names in config.per_file_ignores}
    yield 'severity', {name: severity.value for name, severity in config.severity}
    yield 'no-skipping', config.no_skipping
    style = config.preference.style
    markers: dict[str, Any] = {'style': style.value if style else 'legend'}
    for marker, status in config.preference.markers:
        markers.setdefault(status.value, []).append(marker)
    yield 'markers', markers
    yield 'commit', {'type': config.commit_type, 'scope': config.commit_scope}
    yield 'limits', {} if config.in_progress is None else {'in-progress': config.in_progress}
    yield 'rest-days', _rest_days(config.rest_days)
    yield (
        'pauses',
        [str(first) if first == last else f'{first}..{last}' for first, last in config.pauses],
    )


def _rest_days(days: tuple[int, ...] | int | None) -> list[str] | int | None:
    return [WEEKDAYS[day] for day in days] if isinstance(days, tuple) else days


def _toml(value: Any) -> str:
    """A setting as it stands in the file; what is not set is the tracker's to say."""
    import json

    if value is None:
        return '"as the tracker says"'
    if isinstance(value, dict):
        pairs = ', '.join(
            f'{json.dumps(k, ensure_ascii=False)} = {_toml(v)}' for k, v in value.items()
        )
        return f'{{ {pairs} }}' if pairs else '{}'
    return json.dumps(value, ensure_ascii=False)
