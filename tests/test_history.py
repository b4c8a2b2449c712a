"""History: repositories made by lines of shell, each with what is to be read in it beside it.

What happened stands as ``commit: task from>to``, newest first, where a status is ``.`` not
started, ``~`` in progress, ``x`` completed, ``!`` blocked, ``-`` cancelled.
"""

from pathlib import Path

import pytest
from worktree import sh

from roadmap_md import git
from roadmap_md.history import read_date
from roadmap_md.past import Past, read_past
from roadmap_md.status import Status
from roadmap_md.vocabulary import Preference

PLAN = """\
# Roadmap

# Legend

[ ] Not Started␠␠
🟨 In Progress␠␠
✅ Completed␠␠

---

# ============
# PHASE 1 — PYTHON
# ============

## Week 1 – Data
[ ] Day 1 – Lists␠␠
[ ] Day 2 – Tuples␠␠
[ ] Day 3 – Practice␠␠

## Week 2 – Files
[ ] Day 1 – Read␠␠
[ ] Day 2 – Write␠␠
[ ] Day 3 – Practice␠␠

### Notes
- ✔ think

```
[ ] Day 9 – Fence
```
""".replace('␠', ' ')

# Each commit is a minute later than the one before. `mark` sets the marker before a title.
SHELL = r"""
T=1767600000
F=ROADMAP.md
clock() { T=$((T + 60)); export GIT_AUTHOR_DATE="@$T +0000" GIT_COMMITTER_DATE="@$T +0000"; }
commit() { clock; git add -A; git commit -q --allow-empty -m "$1"; }
mark() { sed -Ei "s/^([-* ]*)(\[.\]|🟨|✅)( .*$1 *\r?)$/\1$2\3/" "$F"; }
reset() { mark "$1" '[ ]'; }
begin() { mark "$1" 🟨; }
tick() { mark "$1" ✅; }
ticked() { tick "$1"; commit "$1"; }
edit() { sed -Ei "$1" "$F"; }
branch() { git checkout -q -b "$@"; }
switch() { git checkout -q "$1"; }
merge() { clock; git merge -q --no-edit "$@" >/dev/null; }
conflict() { clock; if git merge -q --no-edit "$@" >/dev/null 2>&1; then exit 9; fi; }
other() { echo "$1" >> other.txt; commit "$1"; }
git init -q -b main .
git config merge.conflictStyle merge
git config maintenance.auto false
cp "$PLAN" ROADMAP.md
commit plan
"""

CASES = {
    # One line of history.
    'no tick': ('', ''),
    'one tick': ('ticked Lists', 'Lists: Lists .>x'),
    'to and fro': (
        'begin Lists; commit a; tick Lists; commit b; reset Lists; commit c',
        'c: Lists x>. | b: Lists ~>x | a: Lists .>~',
    ),
    'two at once': ('tick Lists; begin Write; commit a', 'a: Lists .>x, Write .>~'),
    'one title in two weeks': (
        "edit '/Week 2/,$s/^\\[ \\] Day 3/✅ Day 3/'; commit a",
        'a: week-2/day-3 .>x',
    ),
    'other boxes than the legend declares': ("edit 's/^\\[ \\] (Day 1 – Lists)/[x] \\1/'; commit a", 'a: Lists .>x'),
    'first version is where it starts': (
        'git checkout -q --orphan new; tick Lists; commit again',
        '',
    ),
    'empty commits': ('commit a; ticked Lists; commit b', 'Lists: Lists .>x'),
    'mode': ('chmod +x ROADMAP.md; commit a; ticked Lists; chmod -x ROADMAP.md; commit b', 'Lists: Lists .>x'),
    'amend': (
        'ticked Lists; tick Tuples; clock; git commit -qa --amend -m both',
        'both: Lists .>x, Tuples .>x',
    ),
    # Edits of the text.
    'title edited': ("edit 's/Lists/Lists and slices/'; commit a", ''),
    'title edited with the tick': ("tick Lists; edit 's/Lists/Lists and slices/'; commit a", 'a: Lists and slices .>x'),
    'title written anew with the tick': (
        "tick Lists; edit 's/Lists/Arrays, all of them/'; commit a",
        'a: Arrays, all of them .>x',
    ),
    'title edited later': ("ticked Lists; edit 's/Lists/Arrays/'; commit a; reset Arrays; commit b",
                           'b: Arrays x>. | Lists: Lists .>x'),
    'moved in its week': ("edit '/Day 1 – Lists/{h;d};/Day 2 – Tuples/G'; commit a", ''),
    'moved in its week and ticked': (
        "edit '/Day 1 – Lists/{s/^.../✅/;h;d};/Day 2 – Tuples/G'; commit a", 'a: Lists .>x'),
    'moved to another week and ticked': (
        "edit '/Day 1 – Lists/{s/^... Day 1/🟨 Day 4/;h;d};/Day 2 – Write/G'; commit a", 'a: Lists .>~'),
    'moved to another week, done': (
        "ticked Lists; edit '/Day 1 – Lists/{s/Day 1/Day 4/;h;d};/Day 2 – Write/G'; commit a",
        'Lists: Lists .>x'),
    'numbers swapped': (
        "tick Tuples; edit 's/Day 1 – Lists/Day 2 – Lists/;s/Day 2 – Tuples/Day 1 – Tuples/'; commit a",
        'a: Tuples .>x'),
    'one before it': ("edit 's/^(... Day 1 – Lists)/[ ] Day 0 – Setup  \\n\\1/'; tick Lists; commit a", 'a: Lists .>x'),
    'days renumbered': (
        "ticked Lists; edit 's/Day 2 – Tuples/Day 3 – Tuples/;s/^(.*)Day 1 – Lists/[ ] Day 1 – Setup  \\n\\1Day 2 – Lists/;"
        "/Data/,/Files/s/Day 3 – Practice/Day 4 – Practice/'; tick Tuples; commit a",
        'a: Tuples .>x | Lists: Lists .>x'),
    'weeks renumbered': (
        "ticked Lists; edit 's/Week 2/Week 3/;s/^## Week 1 (.*)/## Week 1 – Setup\\n[ ] Day 1 – Python  \\n[ ] Day 2 – Git  \\n\\n"
        "## Week 2 \\1/'; tick Read; commit a",
        'a: Read .>x | Lists: Lists .>x'),
    'bare weeks renumbered': (
        "edit 's/Week (.) .*/Week \\1/'; ticked Lists; edit 's/Week 2/Week 3/;s/Week 1/Week 2/'; "
        "edit 's/^## Week 2/## Week 1\\n[ ] Day 1 – Python  \\n\\n## Week 2/'; tick Read; commit a",
        'a: Read .>x | Lists: Lists .>x'),
    'born done': ("edit 's/^(... Day 1 – Read)/✅ Day 0 – New  \\n\\1/'; commit a", ''),
    'one deleted, the next ticked': ("tick Tuples; edit '/Day 1 – Lists/d'; commit a", 'a: Tuples .>x'),
    'one deleted that was done': ("ticked Lists; edit '/Day 1 – Lists/d'; commit a", 'Lists: Lists .>x'),
    'heading renamed': ("edit 's/Week 1 – Data/Week 1 – Data structures/'; tick Tuples; commit a", 'a: Tuples .>x'),
    'week moved': (
        "edit '/^## Week 1/,/^$/{/Day 3/s/^.../✅/;H;d};/^### Notes/{x;G}'; commit a", 'a: week-1/day-3 .>x'),
    'blanks at the end only': ("edit 's/ +$//'; commit a; ticked Lists", 'Lists: Lists .>x'),
    'no final newline': ("printf %s \"$(cat $F)\" > $F; commit a; ticked Lists", 'Lists: Lists .>x'),
    'one title twice': (
        "edit 's/Day 2 – Tuples/Practice  \\n[ ] Practice/'; commit a; "
        "edit '/^.*Lists/{n;n;s/^.../✅/}'; commit b",
        'b: week-1/practice~2 .>x'),
    'one title twice, and once more above': (
        "edit 's/Day 2 – Tuples/Practice  \\n[ ] Practice/'; commit a; edit '0,/^... Practice/s/^... Practice/✅ Practice/'; commit b; "
        "edit 's/^(... Day 1 – Lists)/[ ] Practice  \\n\\1/'; tick Lists; commit c",
        'c: Lists .>x | b: week-1/practice .>x'),
    'titles swapped between weeks': (
        "edit 's/Lists/@/;s/Read/Lists/;s/@/Read/'; edit '/Data/,/Files/s/^...( Day 1)/✅\\1/'; commit a", 'a: Read .>x'),
    'a new plan': (
        "tick Lists; tick Tuples; commit a; edit '/Week 2/,/Notes/d;s/Week 1.*/Week 1 – Rust/;s/✅ Day/[ ] Day/;"
        "s/Lists/Ownership/;s/Tuples/Lifetimes/;s/Practice/Traits/'; commit b",
        'a: Lists .>x, Tuples .>x'),
    # Other forms.
    'CRLF': ("ticked Lists; edit 's/$/\\r/'; commit a; begin Tuples; commit b", 'b: Tuples .>~ | Lists: Lists .>x'),
    'to list items': ("edit 's/^(\\[ \\] Day)/- \\1/'; commit a; ticked Lists", 'Lists: Lists .>x'),
    'to list items with a tick': ("tick Read; edit 's/^(\\[ \\]|✅)( Day)/- \\1\\2/'; commit a", 'a: Read .>x'),
    'another legend': (
        "ticked Lists; edit 's/✅/☑/;s/🟨/▶/'; commit a; edit 's/^... (Day 2 – Write)/▶ \\1/'; commit b",
        'b: Write .>~ | Lists: Lists .>x'),
    'a status with a new meaning': (
        "edit 's/^🟨 In Progress/🟨 Blocked/'; begin Lists; commit a", 'a: Lists .>!'),
    'legend only': ("edit 's/^✅ Completed/🎉 Completed/'; commit a", ''),
    'to a table': (
        "cat > $F <<'E'\n# Week 1\n\n| Day | Topic | Status |\n|--|--|--|\n| 1 | Lists | Not started |\n| 2 | Sets | Not started |\nE\n"
        "commit a; sed -i 's/Lists | Not started/Lists | Completed/' $F; commit b",
        'b: Lists .>x'),
    'in a fence': ("edit 's/^\\[ \\] Day 9/✅ Day 9/'; commit a", ''),
    'in a comment': (
        "edit 's/^(... Day 1 – Read.*)/<!--\\n\\1\\n-->/'; commit a; ticked Read; edit '/<!--|-->/d'; commit b", ''),
    'mojibake and repair': (
        "cp $F keep; sed -i 's/–/â€“/' $F; git add $F; clock; git commit -qm a; cp keep $F; rm keep; commit b; ticked Lists",
        'Lists: Lists .>x'),
    'an explicit id': (
        "printf '## A\\n- [ ] Lists {#l}\\n- [ ] Sets\\n\\n## B\\n- [ ] Maps\\n' > $F; commit a; "
        "printf '## A\\n- [ ] Sets\\n\\n## B\\n- [ ] Maps\\n- [x] Something else {#l}\\n' > $F; commit b",
        'b: Something else .>x'),
    'no numbers, retitled': (
        "printf '## A\\n- [ ] Learn lists\\n- [ ] Sets\\n' > $F; commit a; "
        "printf '## A\\n- [x] Learn lists and tuples\\n- [ ] Sets\\n' > $F; commit b",
        'b: Learn lists and tuples .>x'),
    'beneath another': (
        "printf -- '- [ ] Ship\\n  - [ ] tests\\n  - [ ] docs\\n' > $F; commit a; "
        "printf -- '- [ ] Ship it\\n  - [x] tests\\n  - [ ] docs\\n' > $F; commit b",
        'b: tests .>x'),
    # Merges.
    'clean merge': (
        'branch side; ticked Lists; switch main; ticked Write; merge side',
        'Write: Write .>x | Lists: Lists .>x'),
    'fast forward': ('branch side; ticked Lists; switch main; merge side', 'Lists: Lists .>x'),
    'no fast forward': ('branch side; ticked Lists; switch main; merge --no-ff side', 'Lists: Lists .>x'),
    'both the same': (
        'branch side; ticked Lists; switch main; ticked Lists; merge side', 'Lists: Lists .>x | Lists: Lists .>x'),
    'conflict, theirs': (
        'branch side; ticked Lists; switch main; begin Lists; commit m; conflict side; git checkout -q --theirs $F; commit merge',
        'm: Lists .>~ | Lists: Lists .>x'),
    'conflict, a third status': (
        'begin Lists; commit b; branch side; ticked Lists; switch main; edit "/Lists/s/^🟨/[-]/"; commit m; conflict side; '
        'git checkout -q --theirs $F; reset Lists; commit merge',
        'merge: Lists ->. | m: Lists ~>- | Lists: Lists ~>x | b: Lists .>~'),
    'beside each other': (
        'branch side; ticked Lists; switch main; ticked Tuples; conflict side; git checkout -q --theirs $F; tick Tuples; commit merge',
        'Tuples: Tuples .>x | Lists: Lists .>x'),
    'evil merge': (
        'branch side; ticked Lists; switch main; ticked Write; git merge -q --no-commit --no-ff side >/dev/null; tick Read; commit merge',
        'merge: Read .>x | Write: Write .>x | Lists: Lists .>x'),
    'merge with a title edited on one side': (
        "branch side; edit 's/Lists/Lists and slices/'; commit e; switch main; ticked Write; merge side", 'Write: Write .>x'),
    'merge with a task moved on one side': (
        "branch side; edit '/Day 1 – Lists/{s/Day 1/Day 4/;h;d};/Day 2 – Write/G'; commit e; switch main; tick Data; "
        "edit '/Data/,/Files/s/^... Day 3/🟨 Day 3/'; commit t; merge side",
        't: week-1/day-3 .>~'),
    'ours': (
        'branch side; ticked Lists; switch main; ticked Write; merge -s ours side',
        'Write: Write .>x | Lists: Lists .>x'),
    'octopus': (
        'branch a main; ticked Lists; branch b main; ticked Read; switch main; other o; merge a b',
        'Read: Read .>x | Lists: Lists .>x'),
    'criss-cross': (
        'branch a; ticked Lists; branch b main; ticked Write; git checkout -q a; git tag a1; merge b; git checkout -q b; merge a1; '
        'tick Read; commit Read; git checkout -q a; merge b; git checkout -q main; merge a',
        'Read: Read .>x | Write: Write .>x | Lists: Lists .>x'),
    'squash': (
        'branch side; ticked Lists; ticked Tuples; switch main; git merge -q --squash side >/dev/null; commit squashed',
        'squashed: Lists .>x, Tuples .>x'),
    'revert': (
        'ticked Lists; clock; git revert --no-edit HEAD >/dev/null; clock; git commit -q --amend -m undo',
        'undo: Lists x>. | Lists: Lists .>x'),
    'revert of a merge': (
        'branch side; ticked Lists; switch main; other o; merge side; clock; git revert --no-edit -m 1 HEAD >/dev/null; '
        'git commit -q --amend -m undo',
        'undo: Lists x>. | Lists: Lists .>x'),
    'cherry-pick': (
        'branch side; ticked Lists; switch main; other o; clock; git cherry-pick side >/dev/null', 'Lists: Lists .>x'),
    'rebase': (
        'branch side; ticked Lists; ticked Write; switch main; other o; switch side; clock; git rebase -q main',
        'Write: Write .>x | Lists: Lists .>x'),
    # Other names.
    'renamed': (
        'ticked Lists; git mv $F TRACKER.md; F=TRACKER.md; commit mv; ticked Tuples',
        'Tuples: Tuples .>x | Lists: Lists .>x'),
    'renamed and back': (
        'ticked Lists; git mv $F T.md; F=T.md; commit a; ticked Tuples; git mv T.md ROADMAP.md; F=ROADMAP.md; commit b; ticked Read',
        'Read: Read .>x | Tuples: Tuples .>x | Lists: Lists .>x'),
    'renamed with a tick': (
        'git mv $F T.md; F=T.md; tick Lists; commit mv', 'mv: Lists .>x'),
    'renamed in case only': (
        'ticked Lists; git mv $F Roadmap.md; F=Roadmap.md; commit mv; ticked Read', 'Read: Read .>x | Lists: Lists .>x'),
    'renamed twice': (
        'ticked Lists; git mv $F a.md; commit a; git mv a.md b.md; F=b.md; commit b; ticked Read', 'Read: Read .>x | Lists: Lists .>x'),
    'renamed beside a tick': (
        'branch side; ticked Lists; switch main; git mv $F T.md; F=T.md; commit mv; ticked Write; merge side',
        'Write: Write .>x | Lists: Lists .>x'),
    'renamed on the side': (
        'branch side; git mv $F T.md; F=T.md; commit mv; ticked Lists; switch main; F=ROADMAP.md; ticked Write; merge side; F=T.md; ticked Read',
        'Read: Read .>x | Write: Write .>x | Lists: Lists .>x'),
    'renamed with ticks beside it': (
        'branch side; begin Lists; commit b; ticked Lists; switch main; git mv $F T.md; F=T.md; begin Read; commit mv; merge side; ticked Tuples',
        'Tuples: Tuples .>x | mv: Read .>~ | Lists: Lists ~>x | b: Lists .>~'),
    'renamed on a side that is left out': (
        'branch side; git mv $F T.md; F=T.md; commit mv; ticked Lists; switch main; F=ROADMAP.md; ticked Write; merge -s ours side',
        'Write: Write .>x | Lists: Lists .>x'),
    'into a directory': (
        'ticked Lists; mkdir docs; git mv $F docs/plan.md; F=docs/plan.md; commit mv; ticked Read', 'Read: Read .>x | Lists: Lists .>x'),
    'an odd name': (
        "git mv $F ':(top) *[a]?.md'; F=':(top) *[a]?.md'; commit mv; cp \"$F\" b.md; commit b; ticked Lists", 'Lists: Lists .>x'),
    'a name like an option': (
        "mkdir -- -d; git mv -- $F -d/Cé\\\"漢.md; F='./-d/Cé\"漢.md'; commit mv; ticked Lists", 'Lists: Lists .>x'),
    'a name with a line break': (
        "N=\"$(printf 'a\\nb.md')\"; git mv $F \"$N\"; F=$N; commit mv; ticked Lists", 'Lists: Lists .>x'),
    # Gone and back.
    'deleted and restored': (
        'ticked Lists; cp $F keep; git rm -q $F; git commit -qm rm; mv keep $F; commit back; ticked Read', 'Read: Read .>x | Lists: Lists .>x'),
    'deleted and restored with a tick': (
        'cp $F ../keep; git rm -q $F; other rm; mv ../keep $F; tick Lists; commit back', 'back: Lists .>x'),
    'deleted': ('ticked Lists; git rm -q $F; commit rm', 'Lists: Lists .>x'),
    'moved away, and a new one from the same template': (
        'cp $F ../keep; ticked Lists; git mv $F 2025.md; commit away; mv ../keep $F; commit new; ticked Read',
        'Read: Read .>x | Lists: Lists .>x'),
    'a symbolic link in its place': (
        'ticked Lists; mv $F plan.md; ln -s plan.md $F; commit link; F=plan.md; ticked Read; F=ROADMAP.md', 'Read: Read .>x | Lists: Lists .>x'),
    'a directory of that name before': (
        'git mv $F keep; mkdir $F; echo - > $F/x; commit a; git rm -rq $F; git mv keep $F; commit b; ticked Lists', 'Lists: Lists .>x'),
    # What cannot be read.
    'conflict markers committed': (
        'branch side; ticked Lists; switch main; begin Lists; commit m; conflict side; commit marked; git checkout -q side -- $F; commit solved',
        'm: Lists .>~ | Lists: Lists .>x'),
    'conflict markers committed, then a tick': (
        'branch side; ticked Lists; switch main; begin Lists; commit m; conflict side; commit marked; '
        'git checkout -q side -- $F; tick Read; commit solved; ticked Write',
        'Write: Write .>x | solved: Read .>x | m: Lists .>~ | Lists: Lists .>x'),
    'UTF-16 for a while': (
        'ticked Lists; iconv -t UTF-16 $F > x; cp $F keep; mv x $F; git add $F; clock; git commit -qm wide; mv keep $F; tick Read; commit back',
        'back: Read .>x | Lists: Lists .>x'),
    'a NUL byte for a while': (
        "cp $F ../keep; printf '\\0' >> $F; tick Lists; commit nul; cp ../keep $F; tick Lists; commit back", 'back: Lists .>x'),
    # What git is told about the file.
    'attribute binary': ("echo '*.md binary' > .gitattributes; commit a; ticked Lists", 'Lists: Lists .>x'),
    'attribute -diff': ("echo '*.md -diff' > .gitattributes; commit a; ticked Lists", 'Lists: Lists .>x'),
    'textconv and external diff': (
        "echo '*.md diff=x' > .gitattributes; git config diff.x.textconv false; git config diff.x.command false; "
        'git config diff.external false; commit a; ticked Lists', 'Lists: Lists .>x'),
    'configuration': (
        'for c in log.showSignature=true log.showRoot=false color.ui=always log.decorate=full diff.noprefix=true log.follow=true '
        'diff.renames=copies log.date=relative core.pager=false diff.interHunkContext=50 log.mailmap=false core.quotePath=true '
        'format.pretty=oneline core.abbrev=4 log.diffMerges=off i18n.logOutputEncoding=latin1; do git config ${c%%=*} ${c#*=}; done; ticked Lists',
        'Lists: Lists .>x'),
    'eol': (
        "echo '*.md eol=crlf' > .gitattributes; commit a; edit 's/$/\\r/'; tick Lists; clock; git commit -qam b", 'b: Lists .>x'),
    # Not committed yet.
    'not committed': ('ticked Lists; tick Read', '-: Read .>x | Lists: Lists .>x'),
    'staged': ('tick Read; git add .', '-: Read .>x'),
    'not committed, retitled': ("tick Lists; edit 's/Lists/Arrays/'", '-: Arrays .>x'),
    'merge under way': (
        'branch side; ticked Lists; switch main; begin Lists; commit m; conflict side; git checkout -q --theirs $F; tick Read; git add .',
        '-: Read .>x | m: Lists .>~'),
    'conflict under way': ('branch side; ticked Lists; switch main; begin Lists; commit m; conflict side || true', 'm: Lists .>~'),
    'not under version control': ("cp $F new.md; F=new.md; tick Lists", ''),
    'moved on a branch that little is alike with by now': (
        "branch b; git mv ROADMAP.md a.md; commit mv; git mv a.md b.md; commit mv; F=b.md; edit 's/^#.*|^-.*|^$/a line of other words, quite long, in place of it/'; commit c; ticked Write;"
        ' switch main; F=ROADMAP.md; ticked Lists; merge -s ours b', 'Lists: Lists .>x | Write: Write .>x'),
    'moved on both sides of a merge': (
        "branch b; git mv ROADMAP.md a.md; F=a.md; commit mv; edit 's/^#.*|^-.*|^$/a line of other words, quite long, in place of it/'; commit c; ticked Write;"
        ' switch main; git mv ROADMAP.md b.md; F=b.md; commit mv; ticked Lists; merge -s ours b', 'Lists: Lists .>x | Write: Write .>x'),
    'weeks that are alike, and one before them': (
        r"printf '## Week 1 – Same\n- [x] a\n- [ ] b\n\n## Week 2 – Same\n- [ ] a\n- [ ] b\n' > $F; commit a;"
        r" edit 's/Week 2/Week 3/; s/Week 1/Week 2/'; sed -i '1i ## Week 1 – Setup\n- [ ] c\n' $F; commit b", ''),
    'moved, not committed': ('ticked Lists; git mv ROADMAP.md plan.md; F=plan.md', 'Lists: Lists .>x'),
    'moved and ticked, not committed': ('ticked Lists; git mv ROADMAP.md plan.md; F=plan.md; tick Read', '-: Read .>x | Lists: Lists .>x'),
    'moved, back again': ('ticked Lists; git mv ROADMAP.md a.md; commit a; git mv a.md ROADMAP.md; tick Read', '-: Read .>x | Lists: Lists .>x'),
    # Where HEAD is.
    'detached': ('ticked Lists; ticked Read; git checkout -q HEAD^', 'Lists: Lists .>x'),
    'worktree': ('ticked Lists; git worktree add -q ../w -b w; cd ../w; ticked Read', 'Read: Read .>x | Lists: Lists .>x'),
    'packed': ('ticked Lists; ticked Read; git gc -q; git commit-graph write --reachable --changed-paths 2>/dev/null', 'Read: Read .>x | Lists: Lists .>x'),
    'sparse checkout': ('ticked Lists; git sparse-checkout init --no-cone; git sparse-checkout set other.txt', 'Lists: Lists .>x'),
    # Dates.
    'clock behind': ('ticked Lists; T=1700000000; ticked Tuples; T=1767700000; ticked Read', 'Read: Read .>x | Lists: Lists .>x | Tuples: Tuples .>x'),
    'clock ahead': ('T=4102444800; ticked Lists; T=1767700000; ticked Read', 'Lists: Lists .>x | Read: Read .>x'),
    'far ahead': ('T=999999999999; ticked Lists; T=1767700000; ticked Read', 'Lists: Lists .>x | Read: Read .>x'),
}  # fmt: skip

SIGNS = dict(zip(Status, '.~x!-', strict=True))


def past(path: Path) -> Past:
    repo = git.find(str(path))
    assert repo
    return read_past(repo, str(path), Preference())


def said(found: Past, subjects: dict[str, str]) -> str:
    """What was found, as it stands beside the scripts."""
    commits: list[tuple[str, list[str]]] = []
    for t in found.transitions:
        name = t.key if t.title in ('', 'Practice') else t.title
        what = f'{name} {SIGNS[t.before]}>{SIGNS[t.after]}'
        if commits and commits[-1][0] == t.commit:
            commits[-1][1].append(what)
        else:
            commits.append((t.commit, [what]))
    return ' | '.join(f'{subjects[commit]}: {", ".join(what)}' for commit, what in commits)


def build(directory: Path, script: str) -> tuple[Path, dict[str, str]]:
    """The repository that *script* makes: its tracker, and its commits with their subjects."""
    plan = directory / 'plan'
    plan.write_text(PLAN, encoding='utf-8')
    top = directory / 'top'
    top.mkdir()
    done = sh(
        top,
        f'{SHELL}\n{script}\nprintf "%s/%s" "$PWD" "$F" > "$OUT"',
        PLAN=str(plan),
        OUT=str(directory / 'path'),
    )
    assert done.returncode == 0, done.stdout
    path = Path((directory / 'path').read_text(encoding='utf-8'))
    log = sh(path.parent if path.parent.is_dir() else top, 'git log --all --format="%H %s"').stdout
    rows = (row.partition(' ') for row in log.splitlines())
    return path, {'': '-', **{commit: subject for commit, _, subject in rows}}


@pytest.mark.parametrize(('script', 'expected'), CASES.values(), ids=CASES)
def test_history(script: str, expected: str, tmp_path: Path) -> None:
    path, subjects = build(tmp_path, script)
    found = past(path)
    assert said(found, subjects) == expected
    assert found.incomplete == ()


def test_there_are_as_many_as_promised() -> None:
    assert len(CASES) >= 60


# Repositories of other kinds.

CLONE = """
git init -q --bare -b main ../far; git -C ../far config uploadpack.allowFilter true
git -C ../far config uploadpack.allowAnySHA1InWant true
git push -q ../far main; git clone -q {options} "file://$PWD/../far" ../near; cd ../near
"""


def test_no_commit_yet(tmp_path: Path) -> None:
    done = sh(tmp_path, 'git init -q; echo "- [ ] Day 1" > ROADMAP.md')
    assert done.returncode == 0
    assert not past(tmp_path / 'ROADMAP.md').transitions


def test_a_shallow_clone_says_so(tmp_path: Path) -> None:
    script = 'ticked Lists; ticked Tuples; ticked Read;' + CLONE.format(options='--depth=2')
    path, subjects = build(tmp_path, script)
    found = past(path)
    assert said(found, subjects) == 'Read: Read .>x'
    assert found.incomplete == ('shallow',)


def test_a_partial_clone_is_completed(tmp_path: Path) -> None:
    script = 'ticked Lists; ticked Read;' + CLONE.format(options='--filter=blob:none')
    path, subjects = build(tmp_path, script)
    found = past(path)
    assert said(found, subjects) == 'Read: Read .>x | Lists: Lists .>x'
    assert found.incomplete == ()


def test_a_partial_clone_that_cannot_be_completed_says_so(tmp_path: Path) -> None:
    script = 'ticked Lists; ticked Read;' + CLONE.format(options='--filter=blob:none')
    path, subjects = build(tmp_path, script + 'mv ../far ../gone')
    found = past(path)
    assert said(found, subjects) == ''
    assert found.incomplete == ('missing',)


def test_nothing_is_fetched_where_git_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'ticked Lists; ticked Read;' + CLONE.format(options='--filter=blob:none')
    path, _ = build(tmp_path, script)
    monkeypatch.setenv('GIT_NO_LAZY_FETCH', '1')
    assert past(path).incomplete == ('missing',)
    monkeypatch.delenv('GIT_NO_LAZY_FETCH')
    assert past(path).incomplete == ()


def test_a_lost_object_is_passed_over(tmp_path: Path) -> None:
    script = """
    begin Lists; commit a; tick Lists; commit b; ticked Read
    lost=$(git rev-parse HEAD^:ROADMAP.md); rm -f .git/objects/$(echo $lost | cut -c1-2)/$(echo $lost | cut -c3-)
    """
    path, subjects = build(tmp_path, script)
    found = past(path)
    assert said(found, subjects) == 'Read: Lists ~>x, Read .>x | a: Lists .>~'
    assert found.incomplete == ('missing',)


@pytest.mark.parametrize(
    ('change', 'why'),
    [
        ('git replace HEAD~2 HEAD~1', 'replaced'),
        ('git rev-parse HEAD > .git/info/grafts', 'grafted'),
    ],
)
def test_replaced_and_grafted_commits_are_said(change: str, why: str, tmp_path: Path) -> None:
    path, _ = build(tmp_path, f'ticked Lists; ticked Read; ticked Write; {change}')
    assert past(path).incomplete == (why,)


def test_sha256(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text('- [ ] Day 1\n')
    done = sh(
        tmp_path,
        'git init -q --object-format=sha256; git add .; git commit -qm a;'
        " sed -i 's/ /x/2' ROADMAP.md; git commit -qam b",
    )
    assert done.returncode == 0, done.stdout
    (transition,) = past(tmp_path / 'ROADMAP.md').transitions
    assert (transition.after, len(transition.commit)) == (Status.COMPLETED, 64)


def test_submodule(tmp_path: Path) -> None:
    script = """
    ticked Lists; git init -q ../outer; cd ../outer; git -c protocol.file.allow=always submodule add -q "$PWD/../top" sub
    cd sub; ticked Read
    """
    path, subjects = build(tmp_path, script)
    assert said(past(path), subjects) == 'Read: Read .>x | Lists: Lists .>x'


def test_what_a_hook_exports_is_about_another_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, subjects = build(tmp_path, 'ticked Lists')
    for name in ('GIT_DIR', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_EXTERNAL_DIFF'):
        monkeypatch.setenv(name, '/nowhere')
    assert said(past(path), subjects) == 'Lists: Lists .>x'


# Where the clocks change: an hour before and an hour after, in spring and in autumn. POSIX names of
# zones, https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
ZONES = {
    'Berlin': ('CET-1CEST,M3.5.0,M10.5.0/3', ['2026-03-29T01:30:00+01:00', '2026-03-29T03:30:00+02:00',
                                              '2026-10-25T01:30:00+02:00', '2026-10-25T03:30:00+01:00']),
    'New York': ('EST5EDT,M3.2.0,M11.1.0', ['2026-03-08T01:30:00-05:00', '2026-03-08T03:30:00-04:00',
                                            '2026-11-01T00:30:00-04:00', '2026-11-01T02:30:00-05:00']),
    'Lord Howe': ('<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', ['2026-04-05T01:15:00+11:00', '2026-04-05T02:30:00+10:30',
                                                           '2026-10-04T01:30:00+10:30', '2026-10-04T03:00:00+11:00']),
    'Santiago': ('<-04>4<-03>,M9.1.6/24,M4.1.6/24', ['2026-04-04T22:30:00-03:00', '2026-04-05T00:30:00-04:00',
                                                     '2026-09-05T23:30:00-04:00', '2026-09-06T01:30:00-03:00']),
}  # fmt: skip


@pytest.mark.parametrize('here', ['UTC', 'Etc/GMT-14', 'XXX+12'])
@pytest.mark.parametrize(('zone', 'dates'), ZONES.values(), ids=ZONES)
def test_a_day_is_the_authors(
    zone: str, dates: list[str], here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ''.join(
        f'mark Lists "{marker}"; git add -A; TZ="{zone}" GIT_AUTHOR_DATE={date[:19]} git commit -qm {number}\n'
        for number, (date, marker) in enumerate(zip(dates, ('🟨', '✅', '🟨', '✅'), strict=True))
    )
    path, _ = build(tmp_path, rows)
    monkeypatch.setenv('TZ', here)
    found = [t.date.isoformat() for t in past(path).transitions if t.date]
    assert found == dates[::-1]


def test_the_authors_date_counts_not_the_committers(tmp_path: Path) -> None:
    script = """
    tick Lists; git add .; GIT_AUTHOR_DATE='2026-02-01T23:59:59 -0930' GIT_COMMITTER_DATE='2026-03-01T12:00:00 +0000' git commit -qm a
    branch side HEAD^; other o; git cherry-pick main >/dev/null
    """
    path, _ = build(tmp_path, script)
    (transition,) = past(path).transitions
    assert transition.date and transition.date.isoformat() == '2026-02-01T23:59:59-09:30'


@pytest.mark.parametrize(
    ('raw', 'iso'),
    [
        ('0 +0000', '1970-01-01T00:00:00+00:00'),
        ('-1 +0000', '1969-12-31T23:59:59+00:00'),
        ('1767600000 +0545', '2026-01-05T13:45:00+05:45'),
        ('1767600000 -9999', '2026-01-05T08:00:00+00:00'),
        ('99999999999999999999 +0000', '9999-12-30T20:00:00+00:00'),
    ],
)
def test_dates(raw: str, iso: str) -> None:
    seconds, offset = map(int, raw.split())
    assert read_date(seconds, offset).isoformat() == iso


# Author lines that git itself would not write, and what is made of them.
AUTHORS = {
    'author A <a@b> 1767600000 +0130': ('A', 'a@b', '2026-01-05T09:30:00+01:30'),
    'author A <a@b> -5 +0000': ('A', 'a@b', '1970-01-01T00:00:00+00:00'),
    'author A <a@b>': ('A', 'a@b', '1970-01-01T00:00:00+00:00'),
    'author  <> 1767600000 +99999': ('', '', '2026-01-05T08:00:00+00:00'),
    'author A <a@b> 99999999999999999999999 +0000': ('A', 'a@b', '1970-01-01T00:00:00+00:00'),
    'author A': ('', '', '1970-01-01T00:00:00+00:00'),
    'encoding UTF-8': ('', '', '1970-01-01T00:00:00+00:00'),
}  # fmt: skip


@pytest.mark.parametrize(('line', 'expected'), AUTHORS.items(), ids=AUTHORS)
def test_author_lines(line: str, expected: tuple[str, str, str], tmp_path: Path) -> None:
    script = f"""tick Lists; git add -A; {{ echo "tree $(git write-tree)"; echo "parent $(git rev-parse HEAD)"
    echo "{line}"; echo "committer C <c@d> $T +0000"; echo; echo a; }} > ../commit
    git reset -q --soft "$(git hash-object -t commit -w --literally ../commit)"; ticked Read"""
    path, subjects = build(tmp_path, script)
    found = past(path)
    assert {subjects[t.commit] for t in found.transitions} == {'a', 'Read'}
    (transition,) = (t for t in found.transitions if t.title == 'Lists')
    assert transition.date
    assert (transition.author, transition.email, transition.date.isoformat()) == expected


def test_a_name_is_one_line(tmp_path: Path) -> None:
    """What Unicode takes for a line's end does not hide what .mailmap says about others."""
    script = (
        "echo 'B <b@c> <ada@example.com>' > .mailmap; ticked Lists; tick Read; clock; "
        r"""GIT_AUTHOR_EMAIL=u@v GIT_AUTHOR_NAME="$(printf 'a\342\200\250b')" git commit -qam b"""
    )
    path, _ = build(tmp_path, script)
    assert [t.who for t in past(path).transitions] == ['a\u2028b <u@v>', 'B <b@c>']


def test_a_thousand_versions_that_cannot_be_read(tmp_path: Path) -> None:
    def version(minute: int, data: bytes) -> bytes:
        when = b'%d +0000' % (1_767_600_000 + 60 * minute)
        return (
            b'commit refs/heads/main\nauthor A <a@b> %b\ncommitter A <a@b> %b\ndata 0\n'
            b'M 100644 inline ROADMAP.md\ndata %d\n%b\n' % (when, when, len(data), data)
        )

    plan = b'- [ ] Lists\n- [ ] Read\n'
    stream = [version(n, plan + b'\xff %d' % n if n else plan) for n in range(1_200)]
    stream.append(version(1_200, plan.replace(b'[ ] Lists', b'[x] Lists')))
    (tmp_path / 'stream').write_bytes(b''.join(stream))
    assert (
        sh(
            tmp_path, 'git init -q -b main; git fast-import --quiet < stream; git reset -q --hard'
        ).returncode
        == 0
    )
    (transition,) = past(tmp_path / 'ROADMAP.md').transitions
    assert (transition.title, transition.after) == ('Lists', Status.COMPLETED)


def test_deleted_with_its_directory(tmp_path: Path) -> None:
    script = (
        'mkdir -p a/b; git mv ROADMAP.md a/b/plan.md; F=a/b/plan.md; ticked Lists;'
        ' git rm -q a/b/plan.md; commit gone'
    )
    path, subjects = build(tmp_path, script)
    assert not path.parent.exists()
    assert said(past(path), subjects) == 'Lists: Lists .>x'


def test_what_is_done_now_by_another_name(tmp_path: Path) -> None:
    """Each transition knows which task it is about now."""
    script = "ticked Lists; ticked Write; edit 's/Week 1 – Data/Week 3 – Data/;s/Lists/Arrays/'; edit '/Write/d'; commit a"
    path, _ = build(tmp_path, script)
    found = past(path)
    names = [
        (t.key, found.newest.tasks[t.current].key if t.current >= 0 else '')
        for t in found.transitions
    ]
    assert names == [('week-2/day-2', ''), ('week-1/day-1', 'week-3/day-1')]


FIRST = '+Practice +Write +Read +Practice +Tuples +Lists'.split()
SCOPE = {
    'nothing': ('', ''),
    'a tick': ('ticked Lists', ''),
    'a task more': (r"edit 's/(.*Tuples.*)/\1\n[ ] Day 9 – Sets  /'; commit a", '+Sets'),
    'a task that is there already done': (r"edit 's/(.*Tuples.*)/\1\n✅ Day 9 – Sets  /'; commit a", '+Sets=x'),
    'a task less': ("edit '/Tuples/d'; commit a", '-Tuples'),
    'a task less that was done': ("ticked Tuples; edit '/Tuples/d'; commit a", '-Tuples=x'),
    'retitled': ("edit 's/Tuples/Pairs/'; commit a", ''),
    'moved': ("edit '/Day 2 – Write/d; s/(.*Tuples.*)/[ ] Day 7 – Write  \\n\\1/'; commit a", ''),
    'removed on a branch': ("branch b; edit '/Write/d'; commit a; switch main; other c; merge b", '-Write'),
    'removed at a merge': ('branch b; ticked Write; switch main; ticked Lists; clock; '
        "git merge -q --no-commit b >/dev/null; edit '/Read/d'; commit m", '-Read'),
    'removed at a merge, where one parent had no such task': (
        r"branch b; edit 's/(.*Tuples.*)/\1\n[ ] Day 9 – Sets  /'; commit a; switch main; other c; clock; "
        "git merge -q --no-commit b >/dev/null; edit '/Sets/d'; commit m", '+Sets'),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'expected'), SCOPE.values(), ids=SCOPE)
def test_what_appeared_and_was_removed(script: str, expected: str, tmp_path: Path) -> None:
    path, _ = build(tmp_path, script)
    words = [
        f'{"+" if change.after else "-"}{change.title}'
        f'{"=x" * (Status.COMPLETED in (change.before, change.after))}'
        for change in reversed(past(path).scope)
    ]
    first, rest = words[:6], ' '.join(words[6:])
    assert first == FIRST
    assert rest == expected
