"""``rule``: explain a rule, or list them all."""

from ..errors import UserError
from ..output.terminal import columns, fit
from ..rule import Rule, page_of
from ..rules import ALL_NAMES, RULES


def rule(names: tuple[str, ...], output_format: str) -> int:
    """Print the pages of rules, by code or name; a line for each rule without one."""
    chosen = [found for name in names for found in find_rules(name)] or list(RULES)
    if output_format == 'json':
        from ..output import json

        print(json.document(rules=[_document(found) for found in chosen]))
    elif names:
        print('\n\n'.join(f'# {r.code} {r.name} ({_weight(r)})\n\n{page_of(r)}' for r in chosen))
    else:
        for found in chosen:
            row = f'{found.code}  {found.severity.value:<8} {found.name:<22} {_first_line(found)}'
            print(fit(row, columns()))
    return 0


def find_rules(name: str) -> list[Rule]:
    """The rules with this code, family or name. Raises UserError where there is none."""
    code = name.upper()
    found = [r for r in RULES if name and (r.code.startswith(code) or r.name == name.lower())]
    if not found:
        from difflib import get_close_matches

        names = {known.lower(): known for known in ALL_NAMES}
        near = get_close_matches(name.lower(), names, n=1)
        hint = f"did you mean '{names[near[0]]}'?" if near else "'roadmap-md rule' lists them"
        raise UserError(f"'{name}' is no rule", hint)
    return found


def _weight(found: Rule) -> str:
    return f'{found.severity.value}, off by default' if found.off else found.severity.value


def _first_line(found: Rule) -> str:
    return found.page.strip().partition('\n')[0]


def _document(found: Rule) -> dict[str, str | bool]:
    return {
        'code': found.code, 'name': found.name, 'severity': found.severity.value,
        'summary': _first_line(found), 'page': page_of(found), 'enabled': not found.off,
    }  # fmt: skip
