"""Imports go down, never up; below floor 3 nothing touches the world, and little is imported."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / 'roadmap_md'
DESIGN = PACKAGE.parent / 'docs' / 'design.md'
FLOOR = {
    name: int(floor)
    for floor, names in re.findall(r'^\| (\d) \| [^|]+ \| (.+) \|$', DESIGN.read_text(), re.M)
    for name in re.findall(r'`(\w+)/?`', names)
}
MODULES = sorted(path for path in PACKAGE.rglob('*.py') if path != PACKAGE / '__init__.py')

# What opens files, runs processes, reads the clock, or prints.
WORLD = {
    'os', 'io', 'pathlib', 'shutil', 'tempfile', 'glob', 'subprocess', 'multiprocessing', 'socket',
    'time', 'locale', 'getpass', 'platform', 'logging', 'fcntl', 'git', 'click',
}  # fmt: skip
CALLS = {'open', 'print', 'input', 'exec', 'eval', 'breakpoint'}
CLOCK = {('date', 'today'), ('datetime', 'now'), ('datetime', 'utcnow'), ('datetime', 'today')}
CAGED = {'mistletoe': 'markdown', 'git': 'git'}


def name_of(path: Path) -> str:
    """The module, or the package of the floor plan that it is in."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix('.py')


def imports(path: Path) -> set[str]:
    """The full names of the modules that the module at *path* imports, wherever in it."""
    package = ('roadmap_md', *path.relative_to(PACKAGE).parts[:-1])
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = '.'.join(package[: len(package) - node.level + 1]) if node.level else ''
            module = '.'.join(filter(None, (base, node.module)))
            found.add(module)
            if node.level:
                found.update(f'{module}.{alias.name}' for alias in node.names)
    return found


def ours(path: Path) -> set[str]:
    """The names in the floor plan of what the module at *path* imports."""
    inner = {name.split('.')[1] for name in imports(path) if name.startswith('roadmap_md.')}
    return inner & FLOOR.keys()


every_module = pytest.mark.parametrize(
    'path', MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES]
)


@every_module
def test_every_module_has_a_floor(path):
    assert name_of(path) in FLOOR


@every_module
def test_imports_go_down(path):
    floor = FLOOR[name_of(path)]
    assert {name: FLOOR[name] for name in ours(path) if FLOOR[name] > floor} == {}


def test_no_module_imports_one_that_imports_it():
    known = {name: set() for name in FLOOR}
    for path in MODULES:
        known[name_of(path)] |= ours(path) - {name_of(path)}
    done: set[str] = set()
    while ready := {name for name in known.keys() - done if known[name] <= done}:
        done |= ready
    assert known.keys() - done == set()


@every_module
def test_libraries_are_caged(path):
    roots = {name.split('.')[0] for name in imports(path)}
    assert {library for library, cage in CAGED.items() if cage != name_of(path)} & roots == set()


@every_module
def test_below_floor_3_nothing_touches_the_world(path):
    if FLOOR[name_of(path)] >= 3:
        pytest.skip('floor 3 and above may')
    assert {name.split('.')[0] for name in imports(path)} & WORLD == set()
    tree = ast.parse(path.read_text(encoding='utf-8'))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert {call.id for call in calls if isinstance(call, ast.Name)} & CALLS == set()
    methods = [call for call in calls if isinstance(call, ast.Attribute)]
    of_names = {(m.value.id, m.attr) for m in methods if isinstance(m.value, ast.Name)}
    assert of_names & CLOCK == set()


# 'roadmap-md lint' is waited for at every commit; each of these costs milliseconds.
HEAVY = """ast asyncio click dataclasses difflib git hashlib inspect json logging mistletoe pathlib rich
    shutil subprocess tempfile tokenize tomllib typing_extensions unicodedata urllib""".split()


def test_the_linter_imports_nothing_heavy():
    code = 'import sys; before = set(sys.modules); import roadmap_md.lint; print(*set(sys.modules) - before)'
    run = subprocess.run(
        [sys.executable, '-I', '-S', '-c', f'import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); {code}'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {name.split('.')[0] for name in run.stdout.split()}
    assert loaded & set(HEAVY) == set()
    assert 'roadmap_md' in loaded
