"""Damaged text is repaired to what it was, or not at all; sound text is left alone."""

import gettext
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.damage import looks_damaged
from roadmap_md.mojibake import CODECS, LATIN, Certainty, codec, damaged, repairs

ROOT = Path(__file__).parent.parent
KEPT, DROPPED, REPLACED = range(3)
READINGS = ('kept', 'dropped', 'U+FFFD')


def damage(text: str, name: str, reading: int = KEPT) -> str:
    return damaged(text, codec(name))[reading]


def mended(text: str, sure: Certainty = Certainty.INFERRED) -> str:
    lines = text.split('\n')
    for repair in repairs(text):
        assert repair.before == lines[repair.line]
        if repair.certainty <= sure:
            lines[repair.line] = repair.after
    return '\n'.join(lines)


REPAIRED = {
    'a dash': ('Week 1 â€“ Lists', 'Week 1 – Lists'),
    'an arrow': ('backend engineer â†’ AI engineer', 'backend engineer → AI engineer'),
    'a check mark': ('âœ… Completed', '✅ Completed'),
    'a pictograph, Windows-1254': ('ğŸŸ¨ In Progress', '🟨 In Progress'),
    'a pictograph, Windows-1252': ('ðŸ”¥ recruiters love this.', '🔥 recruiters love this.'),
    'a word': ('cafÃ©', 'café'),
    'a short word': ('Ã©tÃ©', 'été'),
    'a capital': ('CAFÃ‰ Ãœ Ã€ propos', 'CAFÉ Ü À propos'),
    'Polish': ('ZaÅ¼Ã³Å‚Ä‡ gÄ™Å›lÄ… jaÅºÅ„', 'Zażółć gęślą jaźń'),
    'Polish, Windows-1250': ('ZaĹĽĂłĹ‚Ä‡ gÄ™Ĺ›lÄ… â€“ jaĹşĹ„', 'Zażółć gęślą – jaźń'),
    'Vietnamese': ('Tuáº§n 1: Há»c', 'Tuần 1: Học', 'kept'),
    'Cyrillic, Windows-1251': ('РџСЂРёРІРµС‚, РјРёСЂ', 'Привет, мир'),
    'Cyrillic, KOI8-R': (damage('Привет, мир', 'koi8-r'), 'Привет, мир'),
    'a console': ('ΓÇô caf├⌐ ΓåÆ na├»ve', '– café → naïve'),
    'Mac Roman': ('Week 1 ‚Äì caf√©, d‚Äôabord', 'Week 1 – café, d’abord'),
    'Chinese': (damage('学习列表和元组', 'cp1252'), '学习列表和元组'),
    'control characters': ('Learn Ã\x81', 'Learn Á'),
    'between sound lines': ('# Été\n- [ ] Lists â€“ Sets\n- [x] “Tuples”…', '# Été\n- [ ] Lists – Sets\n- [x] “Tuples”…'),
    'beside what came later': ('✅ Day 1 â€“ Lists', '✅ Day 1 – Lists'),
    'a carriage return': ('a â€“ b\r\nc\r\n', 'a – b\r\nc\r\n'),
    'form feed and line separator': ('a â€“ b\fc\u2028d', 'a – b\fc\u2028d'),
    'a byte order mark': ('\ufeffâœ… a\nâ€“', '\ufeff✅ a\n–'),
    'a damaged byte order mark': ('ï»¿# Plan â€“', '\ufeff# Plan –'),
    'twice': (damage(damage('Week 1 – “été” ✅', 'cp1252'), 'cp1252'), 'Week 1 – “été” ✅'),
    'three times': (damage(damage(damage('œuf – été', 'cp1252'), 'cp1252'), 'latin-1'), 'œuf – été'),
}  # fmt: skip


@pytest.mark.parametrize('row', REPAIRED.values(), ids=REPAIRED)
def test_repaired(row):
    before, after, *reading = row
    before = damage(after, 'cp1252') if reading else before
    assert {repair.certainty for repair in repairs(before)} == {Certainty.EXACT}
    assert mended(before) == after


UNTOUCHED = {
    'ASCII': 'Day 1 - Lists',
    'a letter in German quotes': 'Ä“',
    'the same in a sentence': 'Der Buchstabe „Ä“ steht',
    'a capital before guillemets': '«CAFÉ»',
    'a word before guillemets': 'café» … déjà»',
    'a letter in French quotes': 'la lettre «Ã», puis «â»',
    'an ellipsis': 'naïve… voilà… ESKİ…',
    'a dash': 'À–É, café–bar, KÖLN–MÜNCHEN',
    'an apostrophe': 'CAFÉ’S',
    'ß': 'Spaß“, Spaß™, Fuß…',
    'a trade mark': 'CAFÉ™ NESTLÉ®',
    'Portuguese': 'São Paulo, NÃO, coração',
    'Vietnamese': 'Tuần 1 – Học cách đọc, ĐẶNG',
    'Polish': 'Zażółć gęślą jaźń, PÓŁ',
    'Czech': 'zvlášť příšerně žluťoučký kůň, SÍŤ',
    'Turkish': 'İŞĞ ığüşöç “İ” Ş…',
    'Icelandic': 'Það er „ð“ og þ…',
    'Romanian': 'ÎN ÂȘĂȚÎ',
    'Russian': '«Привет», — сказал он… №5',
    'Russian, a word that Windows would take for damage': 'талтан',
    'Ukrainian': 'Її дії: Ні, Рік, Вік',
    'Serbian': 'његов ђак, ЊЕГОВА ЋУД',
    'Greek': 'Ο ΔΙΑΒΑΤΗΣ «Άλφα»… ΑΊΓΛΗ',
    'Hebrew': 'שלום “עולם”',
    'Arabic': 'مرحبا «بالعالم»',
    'Chinese': '学习“列表”……',
    'a sum': '2√π ≈ 3½ × 4″ ± √2',
    'boxes': '┌──┬──┐\n│a │b │\n└──┴──┘',
    'double boxes': '╔╗\n╚╝',
    'progress': '▓▓▓░░ 60 %',
    'emoji': '✅ 🟨 👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☑️',
    'code': 'A file read as Windows-1252 shows `â€“` for a dash.',
    'a replacement character': 'caf\ufffd',
}


@pytest.mark.parametrize('text', UNTOUCHED.values(), ids=UNTOUCHED)
def test_untouched(text):
    assert repairs(text) == []


def test_all_that_stays_untouched_in_one_file():
    assert repairs('\n'.join(UNTOUCHED.values())) == []


LOSSY = {
    'a quote to close': ('â€œit worksâ€. So', Certainty.INFERRED, '“it works”. So', ''),
    'a low quote to close': ('â€žit worksâ€. So', Certainty.INFERRED, '„it works”. So', ''),
    'a quote to close, U+FFFD': ('â€œit worksâ€\ufffd.', Certainty.INFERRED, '“it works”.', ''),
    'no quote to close': ('it worksâ€. So', Certainty.AMBIGUOUS, '', '❀ ”'),
    'in a word': ('â€œit worksâ€s', Certainty.AMBIGUOUS, '', '”'),
    'after a closed quote': ('â€œaâ€\x9d bâ€.', Certainty.AMBIGUOUS, '', '”'),
    'a pictograph': ('# ğŸ¯ One golden rule', Certainty.AMBIGUOUS, '', '🍯 🎯 🏯 🐯'),
    'the only byte that is lost': (
        damage('Иван и Ирина идут домой', 'cp1251', DROPPED), Certainty.INFERRED, 'Иван и Ирина идут домой', '',
    ),
    'a blank that was none': ('â€“ dÃ©jÃ  vu', Certainty.AMBIGUOUS, '', 'à'),
    'two codecs': ('gÃŒn', Certainty.AMBIGUOUS, '', 'Ì ü'),
    'two codecs, and one has seen more of its own': ('Ć†lgyeria', Certainty.AMBIGUOUS, '', 'Æ Ɔ'),
    'quotes written later, which one codec has': ('â€¢ dot “ok”', Certainty.AMBIGUOUS, '', '• ⤢'),
    'a dash written later, which one codec has': (
        'â¬œ Tag 1 – fertig', Certainty.AMBIGUOUS, '', '⬜ ⬽',
    ),
    'too much': ('â€“ â€œ â€“ â€“ â€œ â', Certainty.UNEXPLAINED, '', ''),
}  # fmt: skip


@pytest.mark.parametrize(('before', 'certainty', 'after', 'some'), LOSSY.values(), ids=LOSSY)
def test_lossy(before, certainty, after, some):
    (repair,) = repairs(before)
    assert repair.certainty is certainty
    assert repair.after == (after or before)
    assert set(some.split()) <= set(repair.candidates)
    assert len(repair.candidates) <= 12
    assert 'lost' in repair.reason or repair.certainty is Certainty.AMBIGUOUS


def test_one_line_of_a_long_sound_file():
    sound = [
        f'{chr(0x4E00 + number)}{chr(0x416 + number % 9)} – “{number}”…' for number in range(2000)
    ]
    before = '\n'.join((*sound, 'Day 1 â€“ Lists', *sound))
    assert [(repair.line, repair.after) for repair in repairs(before)] == [(2000, 'Day 1 – Lists')]


def test_places():
    assert [repair.column for repair in repairs('\ufeffa â€“')] == [3]
    found = repairs('# A\n\n- [ ] é, Ã©: â€“\r\n✅ â€“')
    assert [(repair.line, repair.column, repair.codec) for repair in found] == [(3, 2, 'cp1252')]
    found = repairs('- [ ] Lists â€“ Sets\n- [ ] ğŸ¯\n')
    assert [(repair.line, repair.column) for repair in found] == [(0, 12), (1, 6)]


def damaged_tracker(text: str) -> str:
    return damage(text, 'cp1254', DROPPED)


def sound_trackers(seeds: str | None) -> Iterator[str]:
    yield (ROOT / 'ROADMAP.md').read_bytes().decode()
    if seeds:
        yield (Path(seeds) / 'progress_tracker.original.md').read_bytes().decode()


def test_the_tracker(request):
    for sound in sound_trackers(request.config.getoption('--seeds')):
        before = damaged_tracker(sound)
        found = repairs(before)
        assert Counter(repair.certainty.name for repair in found) == {
            'EXACT': 104, 'INFERRED': 2, 'AMBIGUOUS': 1,
        }  # fmt: skip
        assert [r.line + 1 for r in found if r.certainty is Certainty.INFERRED] == [158, 230]
        (golden,) = (repair for repair in found if repair.certainty is Certainty.AMBIGUOUS)
        assert golden.line + 1 == 226
        assert {'🍯', '🎯', '🏯', '🐯'} <= set(golden.candidates[:4])
        lines, expected = mended(before).split('\n'), sound.split('\n')
        assert [
            n for n, pair in enumerate(zip(lines, expected, strict=True), 1) if len(set(pair)) > 1
        ] == [226]
        # What is left after one round of fixes is seen in the next.
        left = repairs(mended(before, Certainty.EXACT))
        assert [r.certainty.name for r in left] == ['INFERRED', 'AMBIGUOUS', 'INFERRED']
        assert repairs(sound) == []


def test_the_seeds(request):
    seeds = request.config.getoption('--seeds')
    if not seeds:
        pytest.skip('needs --seeds')
    before = (Path(seeds) / 'progress_tracker.damaged.md').read_bytes().decode()
    sound = (Path(seeds) / 'progress_tracker.original.md').read_bytes().decode()
    assert before == damaged_tracker(sound)


def test_twice_damaged_and_lossy():
    sound = 'Days 1–7\nRésumé\nWeek – 1\n├─ a'
    found = repairs(damage(damage(sound, 'cp1252', DROPPED), 'cp1252', DROPPED))
    assert all(
        r.after == line for r, line in zip(found, sound.split('\n'), strict=True) if r.certainty < 3
    )
    assert {repair.codec for repair in found} >= {'cp1252, cp1252'}


# What is Arabic looks sound: cp1256 is there to keep others from what it explains better.
@pytest.mark.parametrize('name', [name for name in CODECS if name != 'cp1256'])
def test_the_cheap_look_misses_nothing(name):
    reading = codec(name).readings[KEPT]
    firsts = ''.join(reading[byte] for byte in range(0xC2, 0xF5))
    rest = ''.join(reading[byte] for byte in range(0x80, 0xC0)) + '\ufffd'
    assert [
        first + then for first in firsts for then in rest if not looks_damaged(first + then)
    ] == []


# --- laws ---

ALPHABETS = (
    'abcdeéèàçœ',
    'abcąćęłńóśźż',
    'abcğışöüç',
    'абвгдежзиклмн',
    'αβγδέήίόύώ',
    '学习列表和元组',
    'あいうえおカキ',
)
SIGNS = ('–', '—', '→', '✅', '🎯', '“', '”', '’', '…', '«', '»', '- [ ] ')


@st.composite
def documents(draw) -> str:
    """Lines of words of one language, with the signs that people use."""
    letters = draw(st.sampled_from(ALPHABETS))
    word = st.text(letters, min_size=1, max_size=8).flatmap(
        lambda w: st.sampled_from((w, w.title()))
    )
    line = st.lists(st.one_of(word, word, st.sampled_from(SIGNS)), max_size=8).map(' '.join)
    return '\n'.join(draw(st.lists(line, min_size=1, max_size=8)))


@given(documents(), st.sampled_from(CODECS), st.integers(KEPT, REPLACED))
def test_no_exact_repair_is_wrong(text, name, reading):
    before, sound = damage(text, name, reading), text.split('\n')
    for repair in repairs(before):
        if repair.certainty is Certainty.EXACT:
            assert repair.after == sound[repair.line]


@given(documents())
def test_no_sound_text_is_repaired(text):
    assert mended(text) == text


@given(documents(), st.sampled_from(LATIN), st.integers(KEPT, REPLACED))
def test_twice_is_once(text, name, reading):
    once = mended(damage(text, name, reading))
    assert mended(once) == once


@given(st.text(), st.sampled_from(CODECS))
def test_any_text(text, name):
    before = damage(text.encode(errors='replace').decode(), name)
    after = mended(before)
    assert after.count('\n') == before.count('\n')
    for old, new in zip(before.split('\n'), after.split('\n'), strict=True):
        assert not old.isascii() or old == new


# --- speed ---


def seconds(text: str) -> float:
    started = time.process_time()
    repairs(text)
    return time.process_time() - started


SOUND = {
    'Chinese': '- [ ] 第一天 – 学习列表和元组，练习小问题。\n',
    'emoji': '- ✅ Day 1 – Lists → tuples 🎯 don’t stop…\n',
}


@pytest.mark.parametrize('line', SOUND.values(), ids=SOUND)
def test_sound_text_costs_nothing(line):
    assert min(seconds(line * 10_000) for _ in range(5)) < 0.01


HOSTILE = [
    'Ã',
    'â€',
    'â€“',
    'Ã©',
    'ðŸ',
    'â€œ ',
    'Ã\n',
    'â€\n',
    'âœ… ✅ ',
    '`â€“',
    'ÃƒÂ',
    'ï¿½\ufffd',
    'РџСЂ',
]


@pytest.mark.parametrize('text', HOSTILE)
def test_hostile_text_is_read_in_linear_time(text, long):
    size = (1 << 20) // (1 if long else 16)
    assert seconds(text * (size // len(text.encode()))) < (8 if long else 1)


# --- evidence ---

SETS = (
    *(('cp1252', way) for way in range(3)), *(('cp1254', way) for way in range(3)),
    *(('cp1250', way) for way in range(3)), *(('cp1251', way) for way in range(3)),
    *(('cp1253', way) for way in range(3)), ('latin-1', KEPT), ('mac_roman', KEPT),
)  # fmt: skip
LENGTH = 40  # lines of a file


def messages() -> Iterator[tuple[str, Iterator[str]]]:
    """What Django says in each of its languages."""
    import django

    folders: dict[str, list[Path]] = {}
    for path in sorted(Path(django.__file__).parent.rglob('*.mo')):
        folders.setdefault(path.parents[1].name, []).append(path)
    for language, paths in folders.items():
        yield language, (line for path in paths for line in sentences(path))


def sentences(path: Path) -> Iterator[str]:
    with path.open('rb') as file:
        for text in gettext.GNUTranslations(file)._catalog.values():
            yield from text.split('\n')


def names() -> Iterator[tuple[str, Iterator[str]]]:
    """The languages, countries, scripts and currencies in each language that Babel knows."""
    from babel import Locale, localedata

    for language in sorted(localedata.locale_identifiers()):
        if '_' not in language:
            yield language, names_in(Locale.parse(language))


def names_in(locale) -> Iterator[str]:
    for named in (locale.languages, locale.territories, locale.scripts, locale.currencies):
        yield from named.values()


@cache
def files(long: bool, length: int) -> list[list[str]]:
    """Files of *length* lines that are not ASCII, each of one language; outside the long run a few."""
    found = []
    for source, step in ((messages, 12), (names, 40)):
        for _language, texts in list(source())[:: 1 if long else step]:
            lines = list(dict.fromkeys(text for text in texts if not text.isascii()))
            found += [lines[at : at + length] for at in range(0, len(lines), length)]
    return found


# All that Mac Roman leaves of this file is Ã±, which is ñ wherever else it stands.
NOTHING_TELLS = {('mac_roman', 'A\u0331naira')}


def figures(documents: list[list[str]], name: str, reading: int) -> Counter[str]:
    """How many lines were repaired, and how sure; how many of these wrongly."""
    count: Counter[str] = Counter()
    for lines in documents:
        before = [damage(line, name, reading) for line in lines]
        found = {repair.line: repair for repair in repairs('\n'.join(before))}
        count['lines'] += len(lines)
        for number, line in enumerate(lines):
            repair = found.get(number)
            count[repair.certainty.name if repair else 'silent'] += 1
            if repair and repair.certainty < Certainty.AMBIGUOUS and repair.after != line:
                count['wrong'] += 1
                assert (name, line) in NOTHING_TELLS
    return count


@pytest.mark.parametrize(
    ('name', 'reading'), SETS, ids=[f'{name}-{READINGS[reading]}' for name, reading in SETS]
)
def test_no_repair_is_wrong(name, reading, long):
    documents = files(long, LENGTH)[:: 4 if long else 8]
    count = figures(documents, name, reading)
    assert count['wrong'] <= (name == 'mac_roman')
    assert count['EXACT'] > count['lines'] / 5


@pytest.mark.parametrize('length', [1, LENGTH, 1000])
def test_no_sound_line_is_touched(length, long):
    documents = files(long, length)[:: 1 if long else 8]
    assert not long or sum(map(len, documents)) > 60_000
    changed = [
        repair
        for lines in documents
        for repair in repairs('\n'.join(lines))
        if repair.certainty < Certainty.AMBIGUOUS
    ]
    assert changed == []
