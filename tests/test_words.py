"""Each word means one thing, in each of the languages that are read."""

from collections import Counter
from itertools import chain

import pytest

from roadmap_md.status import Status
from roadmap_md.words import (
    PROGRESS_LABELS,
    SECTION_WORDS,
    STATUS_LABELS,
    STATUS_WORDS,
    TOTAL_LABELS,
    fold,
    section_word,
    status_word,
    words_of,
)

LANGUAGES = ['en', 'es', 'pt', 'fr', 'de', 'it', 'tr', 'ru', 'zh', 'ja', 'ko']
LISTS = {
    f'{status.value} {language}': words
    for status, languages in STATUS_WORDS.items()
    for language, words in languages.items()
}
SECTIONS = {f'sections {status.value}': words for status, words in SECTION_WORDS.items()}
LABELS = {'status': STATUS_LABELS, 'progress': PROGRESS_LABELS, 'total': TOTAL_LABELS}


@pytest.mark.parametrize('status', Status)
def test_each_status_has_words_in_each_language(status):
    assert list(STATUS_WORDS[status]) == LANGUAGES
    assert SECTION_WORDS[status]


ALL_LISTS = LISTS | SECTIONS | LABELS


@pytest.mark.parametrize('words', ALL_LISTS.values(), ids=ALL_LISTS)
def test_words_are_lower_case_and_stand_once(words):
    listed = [' '.join(word.split()) for word in words.split(',')]
    assert all(listed)
    assert [word for word in listed[1:] if word != word.casefold()] == []  # the first is written
    assert [word for word, count in Counter(listed).items() if count > 1] == []


def test_a_word_means_one_status():
    meanings = {}
    for status in Status:
        for words in (*STATUS_WORDS[status].values(), SECTION_WORDS[status]):
            for word in words_of(words):
                meanings.setdefault(word, set()).add(status)
    assert {word: both for word, both in meanings.items() if len(both) > 1} == {}


def test_names_of_sections_are_no_status_words():
    words = set(chain.from_iterable(words_of(words) for words in LISTS.values()))
    assert {w for words in SECTIONS.values() for w in words_of(words)} & words == set()


def test_the_longest_word_is_within_what_a_legend_looks_at():
    from roadmap_md.legend import _LONGEST_WORD

    assert max(len(w) for words in LISTS.values() for w in words_of(words)) <= _LONGEST_WORD


@pytest.mark.parametrize('language', LANGUAGES)
@pytest.mark.parametrize('status', Status)
def test_what_is_written_is_read(status, language):
    written = STATUS_WORDS[status][language].partition(',')[0]
    for spelling in (written, written.upper(), written.title()):
        assert status_word(spelling) is status


FOLDED = {
    'case': ('In Progress', 'in progress'),
    'blanks': (' in \u00a0 progress\t', 'in progress'),
    'accents': ('CONCLUIDO', 'concluído'),
    'İ': ('İPTAL EDİLDİ', 'iptal edildi'),
    'I for ı': ('BAŞLANMADI', 'başlanmadı'),
    'ё': ('завершен', 'завершён'),
    'apostrophes': ('Won’t do', "won't do"),
}


@pytest.mark.parametrize(('text', 'word'), FOLDED.values(), ids=FOLDED)
def test_what_does_not_matter(text, word):
    assert fold(text) == fold(word)
    assert status_word(text) is status_word(word) is not None


NAMES = {
    'a status word': ('To do', Status.NOT_STARTED),
    'now, next, later': ('Now', Status.IN_PROGRESS),
    'a kanban column': ('Up next', Status.NOT_STARTED),
    'what was done': ('Recently shipped', Status.COMPLETED),
    'what will not be': ("Won't have", Status.CANCELLED),
    'Spanish': ('Tareas pendientes', Status.NOT_STARTED),
    'Chinese': ('待办事项', Status.NOT_STARTED),
    'prose': ('Next steps', None),
    'a topic': ('Testing', None),
}


@pytest.mark.parametrize(('text', 'status'), NAMES.values(), ids=NAMES)
def test_sections(text, status):
    assert section_word(text) is status
