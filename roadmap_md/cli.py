"""The command line: options, help, dispatch.

Each command imports what it runs when it runs.
"""

from collections.abc import Callable, Sequence
from datetime import date
from math import isnan
from typing import Any

import click

from . import __version__
from .errors import UserError
from .output import LINT_FORMATS
from .status import Status

_Function = Callable[..., Any]
_SHELLS = ['bash', 'zsh', 'fish', 'powershell']
_STATUSES = [status.value for status in Status]


# In the order in which a day needs them.
SECTIONS = {
    'Every day': ('status', 'next', 'list', 'start', 'tick', 'reset', 'undo', 'lint', 'rule'),
    'What was done': ('stats', 'log', 'diff', 'suggest'),
    'With others': ('sync', 'resolve', 'cohort'),
    'Where you look': ('ui', 'server', 'report', 'export', 'badge'),
    'Setting up': ('init', 'convert', 'install', 'uninstall', 'completion', 'config'),
    'Plumbing': ('hook', 'merge-file'),
}


class _Commands(click.Group):
    """Lists the commands by `SECTIONS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in SECTIONS.values() for name in names if name in self.commands]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        wide = max(map(len, self.commands))
        room = formatter.width - wide - 4  # for the indent and the gap
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([
                    (name.ljust(wide), self.commands[name].get_short_help_str(room))
                    for name in names if name in self.commands
                ])  # fmt: skip


def run(arguments: Sequence[str]) -> int:
    """Run the command that *arguments* name and return its exit code."""
    try:
        code = roadmap_md.main(list(arguments), prog_name='roadmap-md', standalone_mode=False)
    except click.UsageError as error:
        raise UserError(_said(error), _see(error)) from None
    except click.Abort:
        return 130
    except SystemExit as ended:  # what click makes of a broken pipe, and of nothing else
        raise BrokenPipeError from ended
    return code if isinstance(code, int) else 0


def complete(instruction: str) -> int:
    """Answer a shell that completes."""
    from .commands.completion import complete

    return complete(roadmap_md, instruction)


def _said(error: click.UsageError) -> str:
    """Click's words on one line, spelled as our own messages are."""
    words = ' '.join(error.format_message().split()).removesuffix('.')
    return words[:1].lower() + words[1:]


def _see(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else 'roadmap-md'
    return f"'{command} --help' shows what there is"


def _formats(*formats: str, default: str | None = None) -> Callable[[_Function], _Function]:
    """The options --output-format and --json; *default* says what holds if it is not the first."""

    def decorate(function: _Function) -> _Function:
        function = click.option(
            '--json', 'output_format', flag_value='json', help='Short for --output-format json.'
        )(function)
        return click.option(
            '--output-format', type=click.Choice(formats), default=None if default else formats[0],
            show_default=default or True, help='What to print.',
        )(function)  # fmt: skip

    return decorate


_color = click.option(
    '--color', type=click.Choice(['auto', 'always', 'never']), default='auto', show_default=True,
    help='Colour the output.',
)  # fmt: skip
_paths = click.argument('paths', nargs=-1, type=click.Path())


def _complete_tasks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    from .commands.completion import tasks

    return tasks(ctx, incomplete)


def _complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    from .commands.completion import rules

    return rules(incomplete)


def _complete_statuses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    from .commands.completion import statuses

    return statuses(incomplete)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={'help_option_names': ['-h', '--help']},
)
@click.version_option(__version__, '-V', '--version', message='%(prog)s %(version)s')
@click.pass_context
def roadmap_md(ctx: click.Context) -> int | None:
    """Keep a plan in Markdown and git: ROADMAP.md is the database, git is its journal.

    Without a command: where you are, and what is next.

    \b
    roadmap-md                     where am I, what is next
    roadmap-md start next          begin the next task
    roadmap-md tick next -m "…"    complete it, commit it, note what was learnt
    roadmap-md lint                check the plan
    """
    if ctx.invoked_subcommand:
        return None
    from .commands.status import status

    return status(())


@roadmap_md.command()
@_paths
@_formats('text', 'json')
@_color
def status(paths: tuple[str, ...], output_format: str, color: str) -> int:
    """Show where you are, and what is next.

    \b
    roadmap-md status
    """
    from .commands.status import status

    return status(paths, output_format, color)


@roadmap_md.command('next')
@_paths
@_formats('text', 'json')
@_color
def next_(paths: tuple[str, ...], output_format: str, color: str) -> int:
    """Show the next task, and what the plan says about it.

    \b
    roadmap-md next
    """
    from .commands.status import next_

    return next_(paths, output_format, color)


@roadmap_md.command('list')
@_paths
@click.option('--status', 'wanted', multiple=True, metavar='STATUS[,…]',
              shell_complete=_complete_statuses,
              help=f'Only tasks with that status: {", ".join(_STATUSES)}.')  # fmt: skip
@click.option('--explain', 'explained', is_flag=True,
              help='Each line of the file, with what it is taken for.')  # fmt: skip
@_formats('text', 'json')
@_color
def list_(
    paths: tuple[str, ...], wanted: tuple[str, ...], explained: bool, output_format: str, color: str
) -> int:
    """List the tasks with their names and statuses.

    \b
    roadmap-md list --status in-progress,blocked
    roadmap-md list --explain
    """
    from .commands.status import explain, list_
    from .status import read_statuses

    if explained:
        return explain(paths, output_format, color)
    return list_(
        paths, tuple(s for names in wanted for s in read_statuses(names)), output_format, color
    )


def _changing(function: _Function) -> _Function:
    """The options of the commands that change a status."""
    for decorate in (
        _color,
        _formats('text', 'json'),
        click.option('--diff', is_flag=True, help='Show the change as a diff, and make none.'),
        click.option('--dry-run', is_flag=True, help='Say what would be done, and do nothing.'),
        click.option('--no-commit', is_flag=True, help='Change the file, and leave git alone.'),
        click.option('-m', '--note', metavar='TEXT', help="What to keep as the commit's body."),
        click.option(
            '-f', '--file', type=click.Path(), help='The tracker, if not the configured one.'
        ),
    ):
        function = decorate(function)
    return function


_tasks = click.argument('tasks', nargs=-1, shell_complete=_complete_tasks)


def _change(to: Status, tasks: tuple[str, ...], no_commit: bool, **options: Any) -> int:
    from .commands.change import Options, change

    return change(tasks, to, Options(commit=not no_commit, **options))


@roadmap_md.command()
@_tasks
@_changing
def start(tasks: tuple[str, ...], **options: Any) -> int:
    """Mark tasks as in progress; each becomes a commit.

    TASKS are names such as next, w1d3, week-1/day-3, 1.3, ROADMAP.md:27, or words of one title.

    \b
    roadmap-md start next
    """
    return _change(Status.IN_PROGRESS, tasks, **options)


@roadmap_md.command()
@_tasks
@_changing
@click.option('--all', 'everything', is_flag=True, help='Every task of the tracker.')
def tick(tasks: tuple[str, ...], **options: Any) -> int:
    """Mark tasks as completed; each becomes a commit.

    TASKS are names such as next, w1d3, week-1/day-3, 1.3, ROADMAP.md:27, a range w1d1..w1d3,
    or words of one title. A tick that would skip a task is refused.

    \b
    roadmap-md tick w1d3 -m "sets are dictionaries without values"
    """
    return _change(Status.COMPLETED, tasks, **options)


@roadmap_md.command()
@_tasks
@_changing
@click.option('--all', 'everything', is_flag=True, help='Every task of the tracker.')
def reset(tasks: tuple[str, ...], **options: Any) -> int:
    """Mark tasks as not started; each becomes a commit.

    They are taken from the last to the first.

    \b
    roadmap-md reset w1d3
    """
    return _change(Status.NOT_STARTED, tasks, **options)


@roadmap_md.command()
@click.argument('name', required=False, metavar='[TASK|COMMIT]', shell_complete=_complete_tasks)
@click.option('-n', 'number', type=click.IntRange(1), metavar='N', help='The last N changes.')
@_changing
def undo(name: str | None, number: int | None, no_commit: bool, **options: Any) -> int:
    """Take back the last change of a status; it becomes a commit.

    Again, it takes back the one before. TASK, named as for tick, is for the last change of that
    task; COMMIT for all that this commit changed, however long ago. An undo is taken back by
    naming its commit.

    \b
    roadmap-md undo
    roadmap-md undo -n 3         the last three, a commit each
    roadmap-md undo w1d3         the last change of that task
    roadmap-md undo 1a2b3c4      what that commit did, be it an undo
    """
    from .commands.change import Options
    from .commands.undo import undo

    return undo(name, number, Options(commit=not no_commit, **options))


def _rules(name: str, what: str) -> Callable[[_Function], _Function]:
    """An option that names rules, several times or with commas."""

    def split(
        ctx: click.Context, option: click.Parameter, given: tuple[str, ...]
    ) -> tuple[str, ...]:
        from .rule import spelled

        return tuple(spelled(name.strip()) for names in given for name in names.split(','))

    return click.option(
        name, multiple=True, metavar='RULE[,…]', callback=split, help=what,
        shell_complete=_complete_rules,
    )  # fmt: skip


@roadmap_md.command()
@_paths
@click.option('--fix', is_flag=True, help='Apply the safe fixes.')
@click.option('--unsafe-fixes', is_flag=True, help='With --fix or --diff: the unsafe ones too.')
@click.option('--diff', is_flag=True, help='Show what --fix would do, and do nothing.')
@click.option('--staged', is_flag=True, help='Check what is staged, not the file; for hooks.')
@click.option('--commits', metavar='A..B', help='Check as well what each of these commits did.')
@click.option('--history', is_flag=True, help='Check as well all that was ever done.')
@_rules('--select', 'Only these rules (code, family or name).')
@_rules('--extend-select', 'These rules as well.')
@_rules('--ignore', 'All but these rules.')
@click.option('--strict', is_flag=True, help='Let warnings fail the run too.')
@click.option('--exit-zero', is_flag=True, help='Exit with 0 whatever is found.')
@click.option('-q', '--quiet', is_flag=True, help='Errors only, and no summary.')
@click.option('--statistics', is_flag=True, help='Count what each rule found.')
@click.option('--baseline', type=click.Path(), help='Leave out the problems that are known there.')
@click.option('--write-baseline', type=click.Path(), help='Write what is found as known problems.')
@click.option('--changed-since', metavar='REVISION', help='Leave out what was there then.')
@click.option('--stdin-filename', default='<stdin>', help='What "-" is called.', show_default=True)
@_formats(*LINT_FORMATS, default='$ROADMAP_MD_OUTPUT_FORMAT, github in Actions, full')
@_color
def lint(paths: tuple[str, ...], **options: Any) -> int:
    """Check trackers; "-" is standard input.

    Exit code 0: no errors, 1: errors, 2: something could not be checked.

    \b
    roadmap-md lint
    roadmap-md lint --fix plan.md
    roadmap-md lint --select RM3 --output-format concise
    roadmap-md lint --commits origin/main..HEAD    in CI, for a pull request
    """
    from .commands.lint import Options, lint

    return lint(paths, Options(**options))


@roadmap_md.command()
@click.argument('names', nargs=-1, metavar='[RULE]…', shell_complete=_complete_rules)
@_formats('text', 'json')
def rule(names: tuple[str, ...], output_format: str) -> int:
    """Explain a rule, or list them all.

    \b
    roadmap-md rule RM301
    """
    from .commands.rule import rule

    return rule(names, output_format)


def _number(ctx: click.Context, option: click.Parameter, given: float | None) -> float | None:
    if given is not None and isnan(given):  # is in every range
        raise click.BadParameter('nan is no number.', ctx, option)
    return given


def _day(ctx: click.Context, option: click.Parameter, given: str | None) -> date | None:
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"'{given}' is no day such as 2026-01-31.", ctx, option) from None


def _today(ctx: click.Context, option: click.Parameter, given: str | None) -> date | None:
    day = _day(ctx, option, given)
    if day and day.year == date.max.year:  # the week and the forecast must have an end
        raise click.BadParameter(f"'{given}' is too late.", ctx, option)
    return day


@roadmap_md.command()
@_paths
@click.option('--fail-under', type=click.FloatRange(0, 100), metavar='PERCENT', callback=_number,
              help='Exit with 1 where less than that is completed.')  # fmt: skip
@click.option('--history', is_flag=True, help='With what git knows: streaks, pace, forecast.')
@click.option(
    '--by', type=click.Choice(['day', 'week', 'person']), help='A table of what was done.'
)
@click.option('--why', is_flag=True, help='Explain the streak, day by day.')
@click.option('--since-ref', metavar='REVISION', help='What changed since: before and after.')
@click.option('--today', callback=_today, metavar='DATE', help='Take that day for today.')
@_formats('text', 'json', 'markdown', 'csv', 'github')
@_color
def stats(
    paths: tuple[str, ...],
    fail_under: float | None,
    history: bool,
    by: str | None,
    why: bool,
    since_ref: str | None,
    today: date | None,
    output_format: str,
    color: str,
) -> int:
    """Count what is done, by phase and week.

    With --history, which --by, --why, --today and csv imply, git is asked when it was done.

    \b
    roadmap-md stats
    roadmap-md stats --history                 streaks, pace and forecast
    roadmap-md stats --why                     why the streak is what it is
    roadmap-md stats --since-ref origin/main   in a pull request: what changed
    roadmap-md stats --output-format csv       completed, day by day
    roadmap-md stats --output-format github    to the step's summary, in Actions
    """
    is_past = bool(history or by or why or today)
    is_csv = output_format == 'csv'
    others = {'--since-ref': since_ref is not None, '--fail-under': fail_under is not None}
    _alone({'--history': is_past, **others})
    _alone({'--output-format csv': is_csv, **others})
    _alone({'--by': bool(by), '--why': why})
    if since_ref is not None:
        from .commands.since import since

        return since(paths, since_ref, output_format, color)
    if is_past or is_csv:
        from .commands import chronicle

        options = chronicle.Options(by, why, today, output_format, color)
        return chronicle.history(paths, options)
    from .commands.stats import stats

    return stats(paths, output_format, color, fail_under)


def _alone(options: dict[str, bool]) -> None:
    """Raises UsageError where several of *options* are given."""
    given = [name for name, is_given in options.items() if is_given]
    if len(given) > 1:
        raise click.UsageError(
            f'{" and ".join(given)} do not go together', click.get_current_context()
        )


@roadmap_md.command()
@_paths
@click.option(
    '--task',
    multiple=True,
    metavar='NAME',
    shell_complete=_complete_tasks,
    help='Only that task; several, or a range such as w1d1..w1d5, may be given.',
)
@click.option('--section', multiple=True, metavar='NAME', help='Only what is beneath that heading.')
@click.option(
    '--status',
    multiple=True,
    metavar='STATUS[,…]',
    shell_complete=_complete_statuses,
    help=f'Only what became that: {", ".join(_STATUSES)}.',
)
@click.option(
    '--author', multiple=True, metavar='TEXT', help='Only by whose name or address holds that.'
)
@click.option('--since', callback=_day, metavar='DATE', help='Only from that day on: 2026-01-31.')
@click.option('--until', callback=_day, metavar='DATE', help='Only up to the end of that day.')
@click.option('-n', 'number', type=click.IntRange(0), metavar='N', help='No more than N.')
@click.option('--notes', is_flag=True, help='With what the commits say, as tick -m kept it.')
@_formats('text', 'json', 'json-lines', 'csv', 'markdown')
@_color
def log(paths: tuple[str, ...], **options: Any) -> int:
    """Show what was done, and when, newest first.

    It is read from the versions of the file in git, so ticks made by hand are there too. Days and
    times are the authors' own.

    \b
    roadmap-md log
    roadmap-md log --notes --section w1                     a learning journal
    roadmap-md log --status completed --since 2026-01-01
    roadmap-md log --output-format csv > journal.csv
    """
    from .commands.log import Options, log

    return log(paths, Options(**options))


@roadmap_md.command()
@click.argument('versions', nargs=-1, metavar='[A] [B]')
@click.option('-f', '--file', type=click.Path(), help='The tracker, if not the configured ones.')
@click.option('--exit-code', is_flag=True, help='Exit with 1 where they differ.')
@_formats('text', 'json', 'markdown')
@_color
def diff(versions: tuple[str, ...], **options: Any) -> int:
    """Show which tasks and lines changed between two versions.

    A and B are revisions, files, or REVISION:PATH (:PATH for what is staged). Without B it is
    the file in the work tree, without A the last commit. A..B names two revisions.

    \b
    roadmap-md diff
    roadmap-md diff origin/main
    roadmap-md diff v1..v2 --output-format markdown    for a pull request
    roadmap-md diff old.md new.md
    """
    from .commands.diff import Options, diff

    return diff(versions, Options(**options))


@roadmap_md.command()
@click.argument('tasks', nargs=-1, shell_complete=_complete_tasks)
@click.option('-f', '--file', type=click.Path(), help='The tracker, if not the configured one.')
@click.option('--since-ref', metavar='REVISION', help='Read the commits after that one.')
@click.option('--all', 'everything', is_flag=True, help='Read all commits.')
@click.option('--apply', is_flag=True, help='Tick what is certain, or the tasks that are named.')
@click.option(
    '--date-from-evidence',
    is_flag=True,
    help="With --apply: the author's date of the newest evidence, not that of now.",
)
@click.option(
    '--dry-run', is_flag=True, help='With --apply: say what would be done, and do nothing.'
)
@click.option(
    '--diff', is_flag=True, help='With --apply: show the change as a diff, and make none.'
)
@_formats('text', 'json')
@_color
def suggest(tasks: tuple[str, ...], **options: Any) -> int:
    """Propose ticks for what commits seem to have completed.

    It reads the subjects and paths of the commits since the last tick, and shows what names an
    open task. Nothing is ticked without --apply; each tick is a commit that names its evidence.

    \b
    roadmap-md suggest
    roadmap-md suggest --apply                 what is certain
    roadmap-md suggest --apply w6d3 w6d4       what you name
    """
    from .commands.suggest import Options, suggest

    return suggest(tasks, Options(**options))


@roadmap_md.command()
@click.option('-f', '--file', type=click.Path(), help='The tracker, if not the configured ones.')
@click.option('--all', 'everything', is_flag=True, help='Commit the other edits of it as well.')
@click.option('--no-push', is_flag=True, help='Keep the commits here.')
@click.option('--remote', metavar='NAME', help='The remote, if not that of the branch.')
@click.option('--branch', metavar='NAME', help='The branch there, if not that of the branch.')
@click.option('--merge', is_flag=True, help='Merge what others did, and do not rebase on it.')
@click.option('--dry-run', is_flag=True, help='Say what would be done, and do nothing.')
@_formats('text', 'json')
@_color
def sync(no_push: bool, **options: Any) -> int:
    """Commit hand edits, take in what others did, and push.

    Each status that was changed in the file becomes a commit of its own, as tick makes it. All
    other edits stay in the file, staged or not. What a rule forbids is refused, and nothing is
    committed.

    \b
    roadmap-md sync
    roadmap-md sync --dry-run
    roadmap-md sync --all            the rest of the edits as one last commit
    """
    from .commands.sync import Options, sync

    return sync(Options(push=not no_push, **options))


@roadmap_md.command()
@click.argument('path', required=False, type=click.Path())
@click.option('--ref', nargs=3, metavar='BASE OURS THEIRS',
              help='Merge what three commits hold instead, and print it.')  # fmt: skip
@click.option('-o', '--output', 'to', type=click.Path(), metavar='FILE',
              help='With --ref: where to write it.')  # fmt: skip
@click.option('--add', is_flag=True, help='Stage it where no conflict is left.')
@click.option('--diff', is_flag=True, help='Show the change as a diff, and make none.')
@click.option('--dry-run', is_flag=True, help='Say what would be done, and do nothing.')
@_formats('text', 'json')
@_color
def resolve(path: str | None, **options: Any) -> int:
    """Settle conflicts in a tracker, as the merge driver would have.

    Statuses are merged task by task; what was settled by hand stays, and what the two sides
    disagree about stays a conflict: exit code 1.

    \b
    roadmap-md resolve
    roadmap-md resolve --add && git merge --continue
    roadmap-md resolve --ref "$(git merge-base main phone)" main phone
    """
    _alone({name: bool(options[name.strip('-').replace('-', '_')])
            for name in ('--ref', '--add', '--diff', '--dry-run')})  # fmt: skip
    if options['to'] is not None and not options['ref']:
        raise click.UsageError('--output goes with --ref', click.get_current_context())
    from .commands.resolve import Options, resolve

    return resolve(path, Options(**options))


@roadmap_md.command()
@_paths
@_formats('svg', 'json')
@click.option('-o', '--output', 'to', type=click.Path(), metavar='FILE',
              help='Where to write it; without, it is printed.')  # fmt: skip
@click.option('--label', default='roadmap', show_default=True, help='What stands on the left.')
def badge(paths: tuple[str, ...], output_format: str, to: str | None, label: str) -> int:
    """Make a badge that shows how much is completed.

    It is an SVG, or the JSON of a shields.io endpoint.

    \b
    roadmap-md badge -o badge.svg
    roadmap-md badge --json -o badge.json
    """
    from .commands.badge import badge

    return badge(paths, output_format, to, label)


@roadmap_md.command()
@_paths
@click.option('-o', '--output', 'to', type=click.Path(), metavar='FILE',
              help='Where to write it; without, it is printed.')  # fmt: skip
@click.option('--output-format', type=click.Choice(['html', 'markdown', 'github']), default='html',
              show_default=True, help='A page, or a summary; github adds it to that of the step.',
)  # fmt: skip
@click.option('--sheet', is_flag=True, help='Only what is printed: the sheet for the wall.')
@click.option('--pdf', is_flag=True, help='The sheet as PDF.')
@click.option('--paper', type=click.Choice(['a4', 'letter']), help='The size of the sheet.')
@click.option('--today', 'day', callback=_today, metavar='DATE', help='Take that day for today.')
def report(paths: tuple[str, ...], **options: Any) -> int:
    """Make one page of it all, to look at and to print.

    It needs nothing from elsewhere and runs nothing. Printed, it is the sheet for the wall, with
    boxes to tick by pen.

    \b
    roadmap-md report -o roadmap.html
    roadmap-md report --pdf --paper letter -o roadmap.pdf
    roadmap-md report --output-format markdown
    """
    from .commands.report import Options, report

    return report(paths, Options(**options))


@roadmap_md.command()
@click.argument('format', type=click.Choice(['ics', 'csv', 'json']))
@_paths
@click.option('-o', '--output', 'to', type=click.Path(), metavar='FILE',
              help='Where to write it; without, it is printed.')  # fmt: skip
@click.option('--todo', 'as_todos', is_flag=True,
              help='With ics: things to do, and not events.')  # fmt: skip
@click.option('--today', 'day', callback=_today, metavar='DATE', help='Take that day for today.')
def export(format: str, paths: tuple[str, ...], as_todos: bool, **options: Any) -> int:
    """Write the tasks and their days for calendars and spreadsheets.

    A task that is completed has the day of its author; one that is open a day to come, by rest
    days and pace.

    \b
    roadmap-md export ics -o roadmap.ics             all-day events
    roadmap-md export ics --todo -o roadmap.ics      for apps that keep tasks
    roadmap-md export csv -o roadmap.csv
    """
    if as_todos and format != 'ics':
        raise click.UsageError('--todo goes with ics', click.get_current_context())
    from .commands.export import Options, export

    return export(paths, Options(format, as_todos, **options))


@roadmap_md.command()
@click.argument('directories', nargs=-1, type=click.Path())
@click.option(
    '--refs', 'patterns', multiple=True, metavar='PATTERN',
    help='Each ref that matches is a learner; without, each branch of this repository.',
)  # fmt: skip
@click.option('-f', '--file', metavar='PATH',
              help='The tracker, from the top of each repository.')  # fmt: skip
@click.option(
    '--template', metavar='COMMIT', help='Has the plan to compare with; else what most have.'
)
@click.option(
    '--fetch', type=click.Path(allow_dash=True), metavar='FILE',
    help='Fetch the repositories of a list: NAME URL, a line each.',
)  # fmt: skip
@click.option(
    '--into', type=click.Path(), show_default='cohort.git', metavar='REPOSITORY',
    help='Where to: a bare one, made for that.',
)  # fmt: skip
@click.option(
    '--scheduler', metavar='ADDRESS',
    help='Let the workers of a Dask cluster read the directories: tcp://HOST:8786.',
)  # fmt: skip
@click.option('--history', is_flag=True, help='Tell when they ticked: streak, pace, times.')
@click.option('--lint', is_flag=True, help='Tell which rules are broken: errors only.')
@click.option('--today', 'day', callback=_today, metavar='DATE', help='Take that day for today.')
@click.option(
    '--only', help='Leave out all others.',
    type=click.Choice([
        'begun', 'not-begun', 'finished', 'unfinished', 'changed', 'stuck', 'problems',
    ]),
)  # fmt: skip
@click.option('--at', metavar='TASK', help='Only those who are at that task.')
@click.option(
    '--sort', type=click.Choice(['progress', 'name', 'last', 'streak', 'pace', 'problems']),
    show_default='progress, on a page name', help='Who comes first.',
)  # fmt: skip
@click.option(
    '--limit', type=click.IntRange(0), default=20, show_default=True,
    help='So many learners on the screen; 0 is all.',
)  # fmt: skip
@click.option('--anonymous', is_flag=True, help='Numbers instead of names.')
@_formats('text', 'json', 'json-lines', 'csv', 'markdown', 'html')
@click.option('-o', '--output', 'to', type=click.Path(), metavar='FILE',
              help='Where to write it; without, it is printed.')  # fmt: skip
@_color
def cohort(directories: tuple[str, ...], **options: Any) -> int:
    """Show how far many learners are who follow one plan.

    They are branches of one repository, or repositories of their own, here or elsewhere.

    \b
    roadmap-md cohort --template main              each branch but main
    roadmap-md cohort --refs 'refs/remotes/*/main'
    roadmap-md cohort learners/*                   each directory, its HEAD
    roadmap-md cohort --fetch learners.txt         each URL, in cohort.git
    roadmap-md cohort --history --output-format html -o cohort.html
    """
    from .commands.cohort import Options, cohort
    from .commands.whom import Whom

    whom = Whom(*(options.pop(name) for name in Whom._fields))
    return cohort(directories, Options(whom, **options))


@roadmap_md.command()
@click.argument('path', required=False, type=click.Path())
def ui(path: str | None) -> int:
    """Live in the plan: a tree to move in, tick and undo.

    Guidance, log and statistics stand beside it. What is done there is done as start, tick, reset
    and undo do it; ? shows the keys. It comes with pip install 'roadmap-md[ui]'.

    \b
    roadmap-md ui
    """
    from .ui.command import ui

    return ui(path)


@roadmap_md.command()
@click.argument('shell', type=click.Choice(_SHELLS))
def completion(shell: str) -> int:
    """Print what makes a shell complete tasks and rules.

    That for PowerShell comes from click, and was not tried in a PowerShell.

    \b
    eval "$(roadmap-md completion bash)"     in ~/.bashrc
    eval "$(roadmap-md completion zsh)"      in ~/.zshrc, after compinit
    roadmap-md completion fish | source      in ~/.config/fish/config.fish

    \b
    In $PROFILE of PowerShell:
    roadmap-md completion powershell | Out-String | Invoke-Expression
    """
    from .commands.completion import completion

    return completion(shell)


@roadmap_md.command()
@click.argument('path', required=False, type=click.Path())
@click.option('--title', default='Roadmap', show_default=True, help='The heading.')
@click.option('--weeks', type=click.IntRange(1, 520), help='As many as the titles need, else 1.')
@click.option(
    '--days', type=click.IntRange(1, 31), default=5, show_default=True, help='In each week.'
)
@click.option(
    '--titles',
    type=click.Path(allow_dash=True),
    metavar='FILE',
    help='A title a line, or a CSV with columns title and week; "-" is standard input.',
)
@click.option(
    '--from',
    'source',
    type=click.Path(),
    metavar='FILE',
    help='Add a legend, and rules, to that tracker instead.',
)
@click.option(
    '--style',
    type=click.Choice(['box', 'emoji', 'line']),
    default='box',
    show_default=True,
    help='- [ ] Day 1, - ⬜ Day 1, or [ ] Day 1 on a bare line.',
)
@click.option('--legend/--no-legend', default=None,
              help='Declare the markers; for boxes only on request.')  # fmt: skip
@click.option('--rules', is_flag=True, help='Declare: No skipping. No rushing. Tick daily.')
@click.option('--dry-run', is_flag=True, help='Print it, and write nothing.')
def init(path: str | None, style: str, **options: Any) -> int:
    """Write a new tracker.

    \b
    roadmap-md init --weeks 10 --days 5 --title "AI Engineer"
    roadmap-md init --titles topics.txt --style line --rules
    roadmap-md init --from plan.md --rules
    """
    from .commands.init import init
    from .plan import Form

    return init(path, form=Form(style), **options)


@roadmap_md.command()
@click.argument('path', required=False, type=click.Path())
@click.option(
    '--to',
    type=click.Choice(['box', 'emoji', 'line', 'table']),
    required=True,
    help='- [ ] Day 1, - ⬜ Day 1, [ ] Day 1 on a bare line, or rows of a table.',
)
@click.option(
    '--markers',
    type=click.Choice(['box', 'emoji']),
    help="Which markers to write, over the legend's.",
)
@click.option(
    '--section',
    'names',
    multiple=True,
    metavar='NAME',
    help='Only there; may be given several times.',
)
@click.option(
    '--all',
    'everything',
    is_flag=True,
    help='In a plan without statuses: a task of every list item.',
)
@click.option('--diff', is_flag=True, help='Show the change as a diff, and make none.')
@click.option('--dry-run', is_flag=True, help='Say what would be done, and do nothing.')
def convert(path: str | None, to: str, markers: str | None, **options: Any) -> int:
    """Give the tasks another form; titles, statuses and order stay.

    A plan without statuses gets some: what is numbered, or listed beneath a number, becomes a task.
    What would be lost is refused. The file is written, and no commit is made.

    \b
    roadmap-md convert --to box --diff             look first
    roadmap-md convert --to box                    from bare lines, emoji, rows
    roadmap-md convert --to table --section w1     one week
    roadmap-md convert plan.md --to box --all      every list item
    """
    from .commands.convert import convert
    from .convert import Form
    from .vocabulary import Family

    return convert(path, Form(to), Family(markers) if markers else None, **options)


_dry_run = click.option('--dry-run', is_flag=True, help='Say what would be done, and do nothing.')


def _completion(what: str) -> Callable[[_Function], _Function]:
    """The option --completion, with or without the name of a shell."""
    return click.option(
        '--completion', is_flag=False, flag_value='auto', type=click.Choice(['auto', *_SHELLS]),
        metavar='[SHELL]', help=what,
        shell_complete=lambda ctx, param, given: [s for s in _SHELLS if s.startswith(given)],
    )  # fmt: skip


@roadmap_md.command()
@_completion('What completes in a shell, yours if none is named; no hooks.')
@_dry_run
def install(completion: str | None, dry_run: bool) -> int:
    """Write git hooks, the merge driver, or shell completion.

    The hooks check what is staged and what the message claims. Those that are there already are
    kept, and called first. The driver merges statuses task by task; git diff says under which
    heading a change is. uninstall puts everything back.

    \b
    roadmap-md install
    roadmap-md install --completion
    """
    if completion is not None:
        from .commands import completion as of_shells

        return of_shells.install(completion, dry_run)
    from .commands.install import install

    return install(dry_run)


@roadmap_md.command()
@_completion('What install has written for a shell, all if none is named.')
@_dry_run
def uninstall(completion: str | None, dry_run: bool) -> int:
    """Take away what install has written.

    \b
    roadmap-md uninstall
    roadmap-md uninstall --completion
    """
    if completion is not None:
        from .commands import completion as of_shells

        return of_shells.uninstall(completion, dry_run)
    from .commands.install import uninstall

    return uninstall(dry_run)


@roadmap_md.command()
def server() -> int:
    """Answer an editor: the language server, on standard input.

    It needs pip install 'roadmap-md[server]'. The editor starts it.

    \b
    roadmap-md server
    """
    from .server import serve

    return serve()


@roadmap_md.group(no_args_is_help=False)
def hook() -> None:
    """Plumbing: what git's hooks call.

    \b
    roadmap-md hook commit-msg .git/COMMIT_EDITMSG
    """


@hook.command('commit-msg')
@click.argument('file', type=click.Path())
def commit_msg(file: str) -> int:
    """Refuse a message that claims a change of status which is not staged.

    \b
    roadmap-md hook commit-msg .git/COMMIT_EDITMSG
    """
    from .commands.hook import commit_msg

    return commit_msg(file)


@roadmap_md.command('merge-file')
@click.argument('base', type=click.Path())
@click.argument('ours', type=click.Path())
@click.argument('theirs', type=click.Path())
@click.argument('path', type=click.Path())
@click.argument('more', nargs=-1)
def merge_file(base: str, ours: str, theirs: str, path: str, more: tuple[str, ...]) -> int:
    """Plumbing: what git calls to merge a tracker.

    The result goes into the file OURS. PATH is where it is in the work tree; what may follow is the
    size of conflict markers and the labels of base, ours and theirs.

    \b
    roadmap-md merge-file %O %A %B %P %L %S %X %Y
    """
    from .commands.merge_file import merge_file

    return merge_file(base, ours, theirs, path, more)


@roadmap_md.group(no_args_is_help=False)
def config() -> None:
    """Show the configuration, or its schema.

    It is in roadmap-md.toml, or under [tool.roadmap-md] in pyproject.toml.

    \b
    roadmap-md config show
    """


@config.command()
@_formats('text', 'json')
def show(output_format: str) -> int:
    """Show what holds, and where it comes from.

    \b
    roadmap-md config show
    """
    from .commands.config import show

    return show(output_format)


@config.command()
def schema() -> int:
    """Print the JSON Schema of the configuration, for editors.

    \b
    roadmap-md config schema
    """
    from .commands.config import schema

    return schema()
