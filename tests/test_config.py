"""The configuration is read whole or refused with the name of what is wrong."""

import pytest

from roadmap_md.config import Config
from roadmap_md.errors import UserError
from roadmap_md.settings import is_marker, read_config
from roadmap_md.status import Status
from roadmap_md.vocabulary import Family, Preference

SOUND = {
    'nothing': ('', Config(source='roadmap-md.toml')),
    'all': (
        """
        files = ["ROADMAP.md", "docs/plan.md"]
        select = ["RM1", "skipped-task"]
        ignore = ["RM103"]
        no-skipping = false
        [markers]
        style = "emoji"
        completed = ["🎉", "[o]"]
        in-progress = "🚧"
        [commit]
        type = "chore"
        scope = ""
        [limits]
        in-progress = 2
        """,
        Config(
            source='roadmap-md.toml', files=('ROADMAP.md', 'docs/plan.md'),
            select=('RM1', 'skipped-task'), ignore=('RM103',), no_skipping=False,
            preference=Preference(
                (('🎉', Status.COMPLETED), ('[o]', Status.COMPLETED), ('🚧', Status.IN_PROGRESS)),
                Family.EMOJI,
            ),
            commit_type='chore', commit_scope='', in_progress=2,
        ),
    ),
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
