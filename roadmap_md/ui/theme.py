"""The terminal's own colours, so that what is light stays light, and what is dark dark."""

from textual.theme import BUILTIN_THEMES, Theme

TERMINAL = Theme(
    name='terminal',
    ansi=True,
    primary='ansi_cyan',
    secondary='ansi_cyan',
    warning='ansi_yellow',
    error='ansi_red',
    success='ansi_green',
    accent='ansi_cyan',
    foreground='ansi_default',
    background='ansi_default',
    surface='ansi_default',
    panel='ansi_default',
    boost='ansi_default',
    variables={
        **BUILTIN_THEMES['ansi-dark'].variables,
        'block-cursor-foreground': 'ansi_default',
        'block-cursor-background': 'ansi_default',
        'block-cursor-text-style': 'reverse',
        'block-cursor-blurred-text-style': 'reverse',
        'block-hover-background': 'ansi_default',
        'footer-key-foreground': 'ansi_cyan',
        'input-cursor-text-style': 'reverse',
        'input-cursor-background': 'ansi_default',
        'input-cursor-foreground': 'ansi_default',
    },
)
