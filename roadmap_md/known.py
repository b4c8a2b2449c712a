"""Problems that are known already: of an old tracker, or of an old version of one.

A problem is known by its rule and the text of its line, so that lines which come before it make
nothing new of it; one of the past by its commit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .errors import UserError
from .lint import Diagnostic

VERSION = 1
# A fingerprint: path, code, and line or commit. As often as it is counted it is known.
Fingerprint = tuple[str, str, str]
Known = Counter[Fingerprint]


def fingerprints(data: bytes, diagnostics: Sequence[Diagnostic]) -> Iterator[Fingerprint]:
    """What each diagnostic is known by."""
    lines = data.split(b'\n')
    for diagnostic in diagnostics:
        line = lines[diagnostic.start.line - 1].decode(errors='replace').strip()
        known_by = diagnostic.problem.commit or line
        yield diagnostic.path.removeprefix('./'), diagnostic.rule.code, known_by


def digests(found: Iterable[Fingerprint]) -> Iterator[str]:
    """A name for each of *found*, 32 hexadecimal digits; those alike are told apart by counting."""
    from hashlib import blake2b  # a plain run has no need of it

    seen = Known()
    for fingerprint in found:
        seen[fingerprint] += 1
        parts = '\0'.join((*fingerprint, str(seen[fingerprint])))
        yield blake2b(parts.encode(errors='surrogateescape'), digest_size=16).hexdigest()


def unknown(data: bytes, diagnostics: Sequence[Diagnostic], known: Known) -> list[Diagnostic]:
    """Those of *diagnostics* that are not *known*; of two alike one may be."""
    left = Counter(known)
    new = []
    for diagnostic, fingerprint in zip(diagnostics, fingerprints(data, diagnostics), strict=True):
        if left[fingerprint]:
            left[fingerprint] -= 1
        else:
            new.append(diagnostic)
    return new


def baseline(found: Sequence[Fingerprint]) -> bytes:
    """A baseline file, in JSON, one problem a line so that git can merge it."""
    import json

    rows = ',\n'.join('  ' + json.dumps(entry, ensure_ascii=False) for entry in sorted(found))
    document = f'{{"baseline": {VERSION}, "problems": [\n{rows}\n]}}\n'
    return document.encode(errors='backslashreplace')  # a lone surrogate of a path, as JSON has it


def read_baseline(data: bytes, path: str) -> Known:
    """The inverse of ``baseline``. Raises UserError, naming *path*, where it is none."""
    import json

    try:
        document = json.loads(data)
        if document['baseline'] != VERSION:
            raise ValueError
        return Counter(
            (str(path), str(code), str(line)) for path, code, line in document['problems']
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UserError(f'{path} is no baseline', 'write one with --write-baseline') from None
