"""A canonical order of the units, and of the sign of each, that no name and no order enters.

Each unit with a sign gauge stands twice in a graph, once per sign. Colours are refined until the
weights tell no two vertices of a colour apart (McKay's individualisation and refinement); where
colours are left over, one vertex is singled out and the search branches. Of all orders that the
search meets, the one with the smallest description is taken. Two branches of equal description
show a symmetry of the network: the rest of the later branch then repeats the earlier one, and is
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from toynets.errors import ToynetsError
from toynets.fields import record

MAX_LEAVES = 5000

Colours = tuple[int, ...]


@record
class Graph:
    """Vertices 0, 1, …, with coloured edges.

    Attributes:
        start: what each vertex is known to be at the start; sorted by it.
        parents: for each vertex (vertex, edge colour, tied group or -1) of what comes in.
        children: the same for what goes out.
        partner: the vertex of the same unit with the other sign, or the vertex itself.
        bias_group: for each vertex the tied group of its bias, or -1.
        groups: the number of tied groups.
    """

    start: list[tuple[Any, ...]]
    parents: list[list[tuple[int, int, int]]]
    children: list[list[tuple[int, int, int]]]
    partner: list[int]
    bias_group: list[int]
    groups: int = 0


def ranks(keys: Sequence[Any]) -> Colours:
    """Number keys by their order, equal ones alike.

    >>> ranks(["b", "a", "b"])
    (1, 0, 1)
    """
    order = {key: k for k, key in enumerate(sorted(set(keys)))}
    return tuple(order[key] for key in keys)


def refine(graph: Graph, colours: Colours) -> Colours:
    """Split colours by what comes in and goes out, until nothing splits."""
    while True:
        groups = _group_colours(graph, colours)
        keys = []
        for v, colour in enumerate(colours):
            sides = [
                tuple(sorted((colours[w], edge, groups[g]) for w, edge, g in around[v]))
                for around in (graph.parents, graph.children)
            ]
            own = groups[graph.bias_group[v]]
            keys.append((colour, colours[graph.partner[v]], own, *sides))
        finer = ranks(keys)
        if max(finer) == max(colours):
            return finer
        colours = finer


def _group_colours(graph: Graph, colours: Colours) -> list[int]:
    """Colour tied groups by their members; the last entry is for -1, no group."""
    members: list[list[tuple[int, int]]] = [[] for _ in range(graph.groups)]
    for v, around in enumerate(graph.parents):
        for w, _, g in around:
            if g >= 0:
                members[g].append((colours[v], colours[w]))
        if graph.bias_group[v] >= 0:
            members[graph.bias_group[v]].append((colours[v], -1))
    return [*ranks([tuple(sorted(m)) for m in members]), -1]


def canonical(graph: Graph, describe: Callable[[Colours], Any]) -> Colours:
    """Return the colouring, one vertex to a colour, of the smallest description.

    Args:
        graph: the vertices.
        describe: from such a colouring to a description that no name or order enters;
            descriptions can be compared.

    Raises:
        ToynetsError: so many symmetries that the search was given up.
    """
    search = _Search(graph, describe)
    search.visit(refine(graph, ranks(graph.start)), ())
    return search.best


class _Search:
    def __init__(self, graph: Graph, describe: Callable[[Colours], Any]) -> None:
        self.graph = graph
        self.describe = describe
        self.leaves: dict[Hashable, tuple[int, ...]] = {}  # description -> the path to it
        self.best: Colours = ()
        self.smallest: Any = None

    def visit(self, colours: Colours, path: tuple[int, ...]) -> int:
        """Search below one node; return the depth to which the search may fall back."""
        depth = len(path)
        cell = _first_cell(colours)
        if not cell:
            return self.leaf(colours, path)
        for vertex in cell:
            single = ranks([(c, v != vertex) for v, c in enumerate(colours)])
            back = self.visit(refine(self.graph, single), (*path, vertex))
            if back < depth:
                return back
        return depth

    def leaf(self, colours: Colours, path: tuple[int, ...]) -> int:
        description = self.describe(colours)
        known = self.leaves.get(description)
        if known is None:
            self.leaves[description] = path
            if len(self.leaves) > MAX_LEAVES:
                raise ToynetsError(
                    f"the units have more than {MAX_LEAVES} orders that their weights hardly tell "
                    "apart.",
                    cause="the network is far too symmetric for a canonical order by this search.",
                )
            if self.smallest is None or description < self.smallest:
                self.smallest, self.best = description, colours
            return len(path)
        # Below their last common node the two branches are images of each other: go back to it.
        return next((k for k, (a, b) in enumerate(zip(path, known, strict=False)) if a != b), 0)


def _first_cell(colours: Colours) -> list[int]:
    cells: dict[int, list[int]] = {}
    for v, colour in enumerate(colours):
        cells.setdefault(colour, []).append(v)
    return next((cells[c] for c in sorted(cells) if len(cells[c]) > 1), [])
