"""The tree of sections and tasks, folded and moved in by keys and mouse."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from ..overview import Name, Part, matching, overview
from ..tracker import Tracker
from .labels import Labels

Node = TreeNode[Part]


class Outline(Tree[Part]):
    """The parts of a tracker, all of them or those that a filter leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding('down,j', 'cursor_down', show=False),
        Binding('up,k', 'cursor_up', show=False),
        Binding('right', 'unfold', show=False),
        Binding('left', 'fold', show=False),
        Binding('enter,space', 'toggle_node', show=False),
        Binding('home,g', 'scroll_home', show=False),
        Binding('end,G', 'scroll_end', show=False),
    ]

    def __init__(self) -> None:
        super().__init__('', id='outline')
        self.guide_depth = 2
        self.show_root = self.show_guides = self.auto_expand = False
        self.labels: Labels | None = None
        self._filter = ('', False)
        self._shown = 0
        self._at: Node | None = None  # where the cursor was last seen

    @property
    def tracker(self) -> Tracker | None:
        return self.labels.tracker if self.labels else None

    @property
    def shown(self) -> int:
        """How many tasks the filter leaves."""
        return self._shown

    @property
    def part(self) -> Part | None:
        """Where the cursor is."""
        return self.cursor_node.data if self.cursor_node else None

    def show(self, tracker: Tracker, words: str = '', open_only: bool = False) -> None:
        """Show *tracker*, filtered; what was folded stays so, and the cursor where it was."""
        before = self.tracker
        same = before and before.skeleton == tracker.skeleton and not open_only
        was_filtered, self._filter = any(self._filter), (words, open_only)
        is_filtered = any(self._filter)
        wanted = matching(tracker, words, open_only) if is_filtered else None
        self._shown = len(tracker.tasks if wanted is None else wanted)
        self.labels = Labels(tracker)
        parts = overview(tracker, wanted)
        if same and not (was_filtered or is_filtered):
            self._restate(parts)
            return
        folds: dict[Name, bool] = {}
        if not was_filtered:
            folds = {node.data.name: node.is_expanded for node in self._all_nodes() if node.data}
        at = self.part
        self.clear()
        for part in parts:
            self._grow(self.root, part, None if is_filtered else folds)
        self.root.expand()
        self._return_to(at)

    def _restate(self, parts: Iterable[Part]) -> None:
        """Give the nodes what is new: they stand as they did."""
        for node, part in zip(self._all_nodes(), _all(parts), strict=True):
            node.data = part
            node.refresh()

    def _grow(self, above: Node, part: Part, folds: Mapping[Name, bool] | None) -> None:
        """Add *part*, folded as *folds* say; None is for open. New ones show where one is."""
        assert self.labels
        is_open = folds is None or folds.get(part.name, _leads_on(part))
        if folds is not None and part.name not in folds:
            is_open = is_open or self.labels.next in set(part.tasks)
        node = above.add('', part, expand=is_open, allow_expand=bool(part.beneath))
        for inner in part.beneath:
            self._grow(node, inner, folds)

    def _return_to(self, part: Part | None) -> None:
        if not self.root.children:
            self.move_cursor(None)  # else it stays on what is gone
            return
        is_there = part and self._go_to(lambda other: other.name == part.name, unfold=False)
        if not is_there and not self.go_to_next():
            self._put_cursor(self.root.children[0])

    @property
    def next(self) -> int | None:
        """The next task; None where there is none, or it is filtered out."""
        if self.labels is None or self.labels.next is None:
            return None
        shown = (task for node in self.root.children if node.data for task in node.data.tasks)
        return self.labels.next if self.labels.next in shown else None

    def go_to_next(self) -> bool:
        """Put the cursor on the next task; False where there is none, or it is filtered out."""
        following = self.next
        return following is not None and self._go_to(lambda part: part.task == following)

    def _go_to(self, is_it: Callable[[Part], bool], unfold: bool = True) -> bool:
        """Put the cursor on the first part that *is_it*, or on what that is folded into."""
        nodes = (node for node in self._all_nodes() if node.data and is_it(node.data))
        found = next(nodes, None)
        if found is None:
            return False
        at = found
        for above in _above(found):
            if unfold:
                above.expand()
            elif not above.is_expanded:
                at = above
        self._put_cursor(at)
        return True

    def _put_cursor(self, node: Node) -> None:
        _ = self.last_line  # to ask for it lays the lines out
        self.move_cursor(node)
        self.call_after_refresh(self._scroll_around, node)

    def _scroll_around(self, node: Node) -> None:
        """Show *node* with what is before and after it."""
        top, height = self.scroll_offset.y, self.size.height
        if not top < node.line < top + height - 1:
            self.scroll_to(y=node.line - height // 2, animate=False)

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Part]) -> None:
        """Keep the cursor on what it was in."""
        if self._at and any(node is event.node for node in _above(self._at)):
            self._put_cursor(event.node)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Part]) -> None:
        self._at = event.node

    def action_unfold(self) -> None:
        if self.cursor_node:
            self.cursor_node.expand()

    def action_fold(self) -> None:
        """Fold what is open; else go to what it is in."""
        node = self.cursor_node
        if node and node.is_expanded and node.allow_expand:
            node.collapse()
        elif node and node.parent and node.parent is not self.root:
            self.move_cursor(node.parent)

    def render_label(self, node: Node, base_style: Style, style: Style) -> Text:
        assert self.labels and node.data
        cells = self.size.width - self.guide_depth * len(list(_above(node)))
        return self.labels.label(node.data, cells, node.is_expanded, style)

    def get_label_width(self, node: Node) -> int:
        return 0  # a line is cut to the width that there is

    def _all_nodes(self) -> Iterator[Node]:
        waiting = list(self.root.children)[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += list(node.children)[::-1]


def _above(node: Node) -> Iterator[Node]:
    """The nodes that *node* is in, innermost first, without the root."""
    while node.parent and node.parent.parent:
        node = node.parent
        yield node


def _leads_on(part: Part) -> bool:
    """Are there more than tasks right beneath it?"""
    return any(inner.beneath for inner in part.beneath)


def _all(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all(part.beneath)
