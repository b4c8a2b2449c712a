"""New trackers are read as what was asked for, whatever the titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.errors import UserError
from roadmap_md.plan import Form, Week, new_tracker, weeks_of, with_preface
from roadmap_md.rules import SKELETON_RULES
from roadmap_md.tracker import read_tracker

WEEKS = {
    'one week without titles': (([], None, 2), [('', '')]),
    'as many as there are titles': ((['a', 'b', 'c'], None, 2), [('a', 'b'), ('c', '')]),
    'more than there are titles': ((['a'], 2, 2), [('a', ''), ('', '')]),
}


@pytest.mark.parametrize(('given', 'titles'), WEEKS.values(), ids=WEEKS)
def test_weeks(given, titles):
    assert weeks_of(*given) == [Week(at, row) for at, row in enumerate(titles, 1)]


def test_too_many_titles():
    with pytest.raises(UserError, match='3 titles are more than 2 days'):
        weeks_of(['a', 'b', 'c'], 1, 2)


WRITTEN = {
    Form.BOX: '# Plan\n\n## Week 1\n\n- [ ] Day 1: Lists\n- [ ] Day 2\n',
    Form.EMOJI: (
        '# Plan\n\n## Legend\n\n- ⬜ Not started\n- 🟨 In progress\n- ✅ Completed\n\n'
        '## Week 1\n\n- ⬜ Day 1: Lists\n- ⬜ Day 2\n'
    ),
    Form.LINE: (
        '# Plan\n\n## Legend\n\n[ ] Not started  \n🟨 In progress  \n✅ Completed  \n\n'
        '## Week 1\n\n[ ] Day 1: Lists  \n[ ] Day 2  \n'
    ),
}


@pytest.mark.parametrize(('form', 'text'), WRITTEN.items(), ids=[form.value for form in Form])
def test_forms(form, text):
    week = Week(1, ('Lists', ''))
    assert (
        new_tracker('Plan', [week], form, legend=form is not Form.BOX, rules=False) == text.encode()
    )


@given(
    st.lists(st.text(max_size=12), max_size=12), st.sampled_from(Form), st.booleans(), st.booleans()
)
def test_every_title_is_read_or_refused(titles, form, legend, rules):
    try:
        data = new_tracker('Plan', weeks_of(titles, None, 5), form, legend, rules)
    except UserError:
        return
    tracker = read_tracker(data)
    assert len(tracker.tasks) == max(-(-len(titles) // 5), 1) * 5
    assert {status.value for status in tracker.state} == {'not-started'}
    assert bool(tracker.skeleton.legend) is legend
    assert (tracker.skeleton.declared.no_skipping is not None) is rules
    assert [
        (r.code, p) for r in SKELETON_RULES for p in r.check(tracker) if r.code != 'RM201'
    ] == []


LABEL = 'Legend:  \n[ ] Not started  \n[/] In progress  \n[x] Completed  \n'
RULES = 'Rules: No skipping. No rushing. Tick daily.\n'
PREFACED = {
    'beneath the title': ('# Plan\n\n- [ ] a\n', f'# Plan\n\n{RULES}\n{LABEL}\n- [ ] a\n'),
    'right beneath the title': ('# Plan\n- [ ] a\n', f'# Plan\n\n{RULES}\n{LABEL}\n- [ ] a\n'),
    'beneath an underlined title': ('Plan\n====\n- [x] a\n', f'Plan\n====\n\n{RULES}\n{LABEL}\n- [x] a\n'),
    'before all where there is no title': ('- [ ] a\n', f'{RULES}\n{LABEL}\n- [ ] a\n'),
    'behind front matter': (
        '---\na: b\n---\n\n- [ ] a\n', f'---\na: b\n---\n\n{RULES}\n{LABEL}\n- [ ] a\n',
    ),
    'CRLF': (
        '# Plan\r\n- [ ] a\r\n', f'# Plan\n\n{RULES}\n{LABEL}\n- [ ] a\n'.replace('\n', '\r\n'),
    ),
    'before prose': ('# Plan\n\nMine.\n', f'# Plan\n\n{RULES}\n{LABEL}\nMine.\n'),
    'a title and no more': ('# Plan', f'# Plan\n\n{RULES}\n{LABEL}'),
}  # fmt: skip


@pytest.mark.parametrize(('before', 'after'), PREFACED.values(), ids=PREFACED)
def test_prefaces(before, after):
    assert with_preface(before.encode(), Form.BOX, legend=True, rules=True).decode() == after


@pytest.mark.parametrize(
    'text',
    ['# Plan\n\n[ ] open\n✅ done\n\n- [ ] a\n', '# Plan\n\n- ⭐ b\n- ⛔ a\n'],
    ids=['a legend is there', 'a marker that the legend lacks'],
)
def test_no_preface(text):
    with pytest.raises(UserError):
        with_preface(text.encode(), Form.BOX, legend=True, rules=True)
