"""The configuration is read whole or refused with the name of what is wrong."""

import json
import tomllib
from datetime import date
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from roadmap_md.config import Config
from roadmap_md.errors import UserError
from roadmap_md.rhythm import WEEKDAYS
from roadmap_md.rule import Severity
from roadmap_md.rules import RULES
from roadmap_md.settings import is_marker, read_config
from roadmap_md.status import Status
from roadmap_md.vocabulary import Family, Preference

SOUND = {
    'nothing': ('', Config(source='roadmap-md.toml')),
    'all': (
        """
        files = ["ROADMAP.md", "docs/plan.md"]
        select = ["RM1", "skipped-task"]
        extend-select = ["RM301"]
        ignore = ["RM103"]
        no-skipping = false
        rest-days = ["sunday", "saturday"]
        pauses = ["2026-12-20..2027-01-03", "2027-05-01"]
        [markers]
        style = "emoji"
        completed = ["🎉", "[o]"]
        in-progress = "🚧"
        [commit]
        type = "chore"
        scope = ""
        [limits]
        in-progress = 2
        [severity]
        RM301 = "warning"
        RM1 = "error"
        [per-file-ignores]
        "old/*.md" = ["RM2", "mixed-markers"]
        """,
        Config(
            source='roadmap-md.toml', files=('ROADMAP.md', 'docs/plan.md'),
            select=('RM1', 'skipped-task'), extend_select=('RM301',), ignore=('RM103',),
            severity=(('RM301', Severity.WARNING), ('RM1', Severity.ERROR)),
            per_file_ignores=(('old/*.md', ('RM2', 'mixed-markers')),), no_skipping=False,
            preference=Preference(
                (('🎉', Status.COMPLETED), ('[o]', Status.COMPLETED), ('🚧', Status.IN_PROGRESS)),
                Family.EMOJI,
            ),
            commit_type='chore', commit_scope='', in_progress=2, rest_days=(5, 6),
            pauses=((date(2026, 12, 20), date(2027, 1, 3)), (date(2027, 5, 1), date(2027, 5, 1))),
        ),
    ),
    'any two days of a week': ('rest-days = 2', Config(source='roadmap-md.toml', rest_days=2)),
    'no rest': ('rest-days = []', Config(source='roadmap-md.toml', rest_days=())),
    'the style of the legend': ('markers.style = "legend"', Config(source='roadmap-md.toml')),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'expected'), SOUND.values(), ids=SOUND)
def test_sound(text, expected):
    assert read_config(text, 'roadmap-md.toml') == expected


TABLES = {
    'the table': ('[tool.roadmap-md]\nfiles = ["a.md"]', ('a.md',)),
    'another table': ('[tool.ruff]', None),
    'no table': ('', None),
    'tool is none': ('tool = 1', None),
}


@pytest.mark.parametrize(('text', 'files'), TABLES.values(), ids=TABLES)
def test_a_table_of_pyproject(text, files):
    config = read_config(text, 'pyproject.toml', ('tool', 'roadmap-md'))
    assert (config.files if config else None) == files


REFUSED = {
    'no TOML': ('files = [', 'x.toml is not TOML: '),
    'an unknown key': ('fils = []', "x.toml: fils is no setting: did you mean 'files'?"),
    'an unknown key, unlike all': (
        'qqq = 1',
        'x.toml: qqq is no setting: there are files, select, extend-select, ignore, per-file-ignores',
    ),
    'a key with an underscore': ('no_skipping = true', "no_skipping is no setting: did you mean 'no-skipping'?"),
    'a key in a table': ('[commit]\ntpye = "x"', "x.toml: commit.tpye is no setting: did you mean 'type'?"),
    'no table': ('commit = "x"', 'x.toml: commit must be a table'),
    'files is a string': ('files = "a.md"', 'x.toml: files must be a list of strings'),
    'files is empty': ('files = []', 'x.toml: files is empty: name a tracker'),
    'a file outside': ('files = ["../a.md"]', "x.toml: files '../a.md' is outside the work tree"),
    'a file from the root': ('files = ["/a.md"]', "x.toml: files '/a.md' is outside the work tree"),
    'a file without a name': ('files = [""]', "x.toml: files '' is outside the work tree"),
    'an unknown rule': ('select = ["rm301"]', "x.toml: select 'rm301' is no rule: did you mean 'RM301'?"),
    'a rule misspelt': ('ignore = ["skiped-task"]', "'skiped-task' is no rule: did you mean 'skipped-task'?"),
    'a rule without a name': ('ignore = [""]', "x.toml: ignore '' is no rule"),
    'a style': ('markers.style = "x"', "x.toml: markers.style is 'x': write 'legend', 'box' or 'emoji'"),
    'a status': ('markers.done = "x"', "x.toml: markers.done is no setting"),
    'a word for a marker': ('markers.completed = "done"', "x.toml: markers.completed 'done' cannot be a marker"),
    'a number for a marker': ('markers.completed = 1', 'x.toml: markers.completed must be a list of strings'),
    'a type of two words': ('commit.type = "a b"', "x.toml: commit.type is 'a b': write one lower-case word"),
    'no type': ('commit.type = ""', "x.toml: commit.type is ''"),
    'a limit of none': ('limits.in-progress = 0', 'x.toml: limits.in-progress is 0: write a number from 1'),
    'a limit of true': ('limits.in-progress = true', 'x.toml: limits.in-progress is True'),
    'a severity': ('severity.RM301 = "off"', "severity.RM301 is 'off': write 'error' or 'warning'"),
    'the severity of no rule': ('severity.RM310 = "error"', "x.toml: severity 'RM310' is no rule"),
    'severities': ('severity = "error"', 'x.toml: severity must be a table'),
    'ignored in a file': (
        'per-file-ignores."a.md" = "RM3"', 'x.toml: per-file-ignores.a.md must be a list of strings'
    ),
    'ignored in files': ('per-file-ignores = ["RM3"]', 'x.toml: per-file-ignores must be a table'),
    'seven days of a week': ('rest-days = 7', 'x.toml: rest-days is 7: write weekdays, or how many days of a week'),
    'rest on true': ('rest-days = true', 'x.toml: rest-days is True: write weekdays'),
    'rest on a day': ('rest-days = "sunday"', "x.toml: rest-days is 'sunday': write weekdays"),
    'rest on a number': ('rest-days = [6]', 'x.toml: rest-days must be a list of strings'),
    'a weekday misspelt': ('rest-days = ["Sunda"]', "x.toml: rest-days 'Sunda' is no weekday: did you mean 'sunday'?"),
    'rest on every day': (
        f'rest-days = {json.dumps(WEEKDAYS)}', 'x.toml: rest-days leaves no day of the week: take one out'
    ),
    'a pause': ('pauses = "2026-12-20"', 'x.toml: pauses must be a list of strings'),
    'a pause in words': (
        'pauses = ["Christmas"]',
        "x.toml: pauses 'Christmas' is no pause: write first and last day: 2026-12-20..2027-01-03",
    ),
    'a pause without an end': ('pauses = ["2026-12-20.."]', "x.toml: pauses '2026-12-20..' is no pause"),
    'a pause by weeks': ('pauses = ["2026-W51-1"]', "x.toml: pauses '2026-W51-1' is no pause"),
    'a pause of no day': ('pauses = ["2026-02-30"]', "x.toml: pauses '2026-02-30' is no pause"),
    'a pause backwards': (
        'pauses = ["2027-01-03..2026-12-20"]',
        "x.toml: pauses '2027-01-03..2026-12-20' ends before it begins: swap the days",
    ),
    'a switch': ('no-skipping = 1', 'x.toml: no-skipping is 1: write true or false'),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'message'), REFUSED.values(), ids=REFUSED)
def test_refused(text, message):
    with pytest.raises(UserError) as caught:
        read_config(text, 'x.toml')
    assert message in str(caught.value)


def test_a_key_of_pyproject_is_named_whole():
    with pytest.raises(UserError, match=r'pyproject.toml: tool\.roadmap-md\.commit\.tpye is no'):
        read_config('[tool.roadmap-md.commit]\ntpye = 1', 'pyproject.toml', ('tool', 'roadmap-md'))


@pytest.mark.parametrize(
    'marker', ['[ ]', '[x]', '[✔]', '[✔\ufe0f]', '🎉', '✔\ufe0f', '👩\u200d💻']
)
def test_markers(marker):
    assert is_marker(marker)


@pytest.mark.parametrize(
    'marker',
    ['', 'x', '[]', '[xx]', '[[]', '[]]', '[\n]', '[\t]', '🎉 ', 'a🎉', '🎉\u00a0', '🎉' * 9],
)
def test_no_markers(marker):
    assert not is_marker(marker)


SELECTED = {
    # name: configuration, the rules of a few that are asked
    'all': (Config(), 'RM103 RM301 RM305'),
    'a family': (Config(select=('RM3',)), 'RM301 RM305'),
    'a name': (Config(select=('stale-count',)), 'RM305'),
    'more': (Config(select=('RM305',), extend_select=('RM1',)), 'RM103 RM305'),
    'less': (Config(ignore=('RM3',)), 'RM103'),
    'the longer name wins': (Config(ignore=('RM3',), extend_select=('RM301',)), 'RM103 RM301'),
    'one as long is ignored': (Config(select=('RM301',), ignore=('skipped-task',)), ''),
    'a file': (Config(per_file_ignores=(('*.md', ('RM3',)),)), 'RM103'),
    'a file in a folder': (Config(per_file_ignores=(('plans/*', ('RM301',)),)), 'RM103 RM305'),
    'another file': (Config(per_file_ignores=(('other.md', ('RM3',)),)), 'RM103 RM301 RM305'),
}  # fmt: skip


@pytest.mark.parametrize(('config', 'codes'), SELECTED.values(), ids=SELECTED)
def test_selection(config, codes):
    chosen = config.for_path('./plans/a.md')
    some = [rule for rule in RULES if rule.code in ('RM103', 'RM301', 'RM305')]
    assert ' '.join(rule.code for rule in some if chosen.selects(rule)) == codes


def test_severities_by_the_longest_name():
    config = Config(severity=(('RM3', Severity.WARNING), ('RM301', Severity.ERROR)))
    found = {rule.code: config.severity_of(rule) for rule in RULES}
    assert (found['RM301'], found['RM306']) == (Severity.ERROR, Severity.WARNING)
    assert found['RM101'] is Severity.ERROR


SCHEMA = json.loads((files('roadmap_md') / 'config.schema.json').read_text(encoding='utf-8'))


@pytest.mark.parametrize('name', [*SOUND, *REFUSED])
def test_the_schema_says_the_same(name):
    """Wherever the reader refuses, the schema does, and nowhere else."""
    text = (SOUND | REFUSED)[name][0]
    if name in ('no TOML', 'a pause of no day', 'a pause backwards'):
        pytest.skip('not for a schema to know')
    errors = list(Draft202012Validator(SCHEMA).iter_errors(tomllib.loads(text)))
    assert bool(errors) is (name in REFUSED), errors


def test_the_schema_knows_every_rule():
    codes, names = (choice['enum'] for choice in SCHEMA['$defs']['rule']['anyOf'])
    families = {'RM', *(rule.code[:3] for rule in RULES)}
    assert codes == sorted({rule.code for rule in RULES} | families)
    assert names == sorted(rule.name for rule in RULES)


def test_the_schema_knows_every_setting():
    from roadmap_md.commands.config import settings

    assert [name for name, _ in settings(Config())] == list(SCHEMA['properties'])
