"""Where the nodes of the page stand: computed here, so that the page is drawn at once and always the same.

Stress majorisation (Gansner, Koren & North 2004, in its local form) puts nodes as far apart as
they are in the graph; what still overlaps is pushed apart; components are set side by side. All
steps are plain sums over arrays: no randomness, and no linear algebra whose last digits depend on
the machine's library.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from math import cos, pi, sin, sqrt

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: Pairs of nodes, and how far apart they want to be, in pixels.
Wishes = tuple[npt.NDArray[np.int_], npt.NDArray[np.int_], Array]
Point = tuple[int, int]
#: Left, top, right, bottom.
Frame = tuple[float, float, float, float]
#: A node's width and height on the page, its label included, in pixels.
Size = tuple[float, float]

#: Pixels between neighbours.
_EDGE = 90.0
#: Pixels kept free around a node.
_MARGIN = 12.0
#: Pixels kept free between components.
_GAP = 20.0
#: How many components are fitted together; more of them go in rows.
_FITTED = 24
#: Width to height of what is drawn.
_ASPECT = 1.25
_ROUNDS = 120
_PUSHES = 250
#: How much room a component gets, as a multiple of what its nodes take up.
_LOOSE = 2.2
#: Components of so many nodes need no room but what they take.
_FEW = 12
#: Up to how many nodes all distances are looked at; of larger graphs so many around each node, and to so many far ones.
_SMALL = 250
_AROUND = 40
_PIVOTS = 50
#: The angle by which sunflower seeds follow one another: points on it never fall together.
_GOLDEN = pi * (3 - sqrt(5))


def layout(neighbours: Sequence[Sequence[int]], sizes: Sequence[Size], first: Sequence[bool]) -> list[Point]:
    """A point for each node. ``neighbours[i]`` are the nodes that node ``i`` has an edge with.

    Nodes with ``first`` are laid out as if there were no others, so that the picture is good
    while the others are hidden; the others then go where there is room beside them.
    """
    n = len(neighbours)
    place = np.zeros((n, 2))
    boxes = np.array(sizes, dtype=np.float64).reshape(n, 2) / 2 + _MARGIN / 2
    placed = np.zeros(n, dtype=bool)
    for wanted in (np.array(first, dtype=bool), np.ones(n, dtype=bool)):
        for component in _components(neighbours, wanted):
            _settle(component, neighbours, place, boxes, placed)
        loose = [c for c in _components(neighbours, wanted) if not placed[c].any()]
        _pack(loose, place, boxes, placed)
        placed |= wanted
    return [(round(x), round(y)) for x, y in place.tolist()]


def _components(neighbours: Sequence[Sequence[int]], wanted: Flags) -> list[list[int]]:
    """The connected parts of the ``wanted`` nodes, the largest first."""
    found: list[list[int]] = []
    seen: set[int] = set()
    for start in range(len(neighbours)):
        if wanted[start] and start not in seen:
            reached = sorted(_steps(start, neighbours, wanted))
            seen.update(reached)
            found.append(reached)
    return sorted(found, key=lambda component: (-len(component), component[0]))


def _steps(
    start: int, neighbours: Sequence[Sequence[int]], wanted: Flags, *, most: int | None = None
) -> dict[int, int]:
    """How many edges lie between ``start`` and each of the ``wanted`` nodes; no further than ``most`` nodes."""
    steps = {start: 0}
    queue = deque([start])
    while queue and (most is None or len(steps) <= most):
        node = queue.popleft()
        for other in neighbours[node]:
            if wanted[other] and other not in steps:
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps


def _settle(
    component: Sequence[int], neighbours: Sequence[Sequence[int]], place: Array, boxes: Array, placed: Flags
) -> None:
    """Lay out one component around those of its nodes that are ``placed`` already."""
    fixed = placed[component]
    if fixed.all() or len(component) == 1:
        return
    wanted = np.zeros(len(neighbours), dtype=bool)
    wanted[component] = True
    number = {node: i for i, node in enumerate(component)}
    inner = [[number[other] for other in neighbours[node] if other in number] for node in component]
    wishes = _wishes(inner, whole=not fixed.any())
    here = place[component]
    here[~fixed] = _start(wishes, here, fixed) if fixed.any() else _spread(inner)
    here = _majorise(here, wishes, ~fixed)
    if not fixed.any() and len(component) > _FEW:
        here = _loosen(here, boxes[component])
    place[component] = _push_apart(here, boxes[component], ~fixed)


def _wishes(neighbours: Sequence[Sequence[int]], *, whole: bool) -> Wishes:
    """How far apart pairs of nodes want to be: all pairs of a small graph.

    Of a large one each node and those around it, and each node and a few that lie far from one
    another (a sparse stress model, Ortmann, Klimenta & Brandes 2017); those only if ``whole``.
    """
    n = len(neighbours)
    everyone = np.ones(n, dtype=bool)
    small = whole and n <= _SMALL
    found = [_steps(node, neighbours, everyone, most=None if small else _AROUND) for node in range(n)]
    if whole and not small:
        for pivot, steps in _pivots(neighbours):
            for node, distance in steps.items():
                found[node].setdefault(pivot, distance)
    pairs = [(i, j, steps) for i, near in enumerate(found) for j, steps in near.items() if i != j]
    table = np.array(pairs, dtype=np.int_)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.float64) * _EDGE


def _pivots(neighbours: Sequence[Sequence[int]]) -> list[tuple[int, dict[int, int]]]:
    """Nodes that lie far from one another, each with its distances to all nodes."""
    everyone = np.ones(len(neighbours), dtype=bool)
    nearest = np.full(len(neighbours), len(neighbours))
    found: list[tuple[int, dict[int, int]]] = []
    pivot = 0
    for _ in range(min(_PIVOTS, len(neighbours))):
        steps = _steps(pivot, neighbours, everyone)
        found.append((pivot, steps))
        nearest = np.minimum(nearest, [steps[node] for node in range(len(neighbours))])
        pivot = int(np.argmax(nearest))
    return found


def _spread(neighbours: Sequence[Sequence[int]]) -> Array:
    """Rough first places of a component: coordinates are distances to nodes that are far from each other."""
    everyone = np.ones(len(neighbours), dtype=bool)

    def far(node: int) -> npt.NDArray[np.int_]:
        steps = _steps(node, neighbours, everyone)
        return np.array([steps[other] for other in range(len(neighbours))])

    left = far(int(np.argmax(far(0))))
    right = far(int(np.argmax(left)))
    top_node = int(np.argmax(np.minimum(left, right)))
    top = far(top_node)
    bottom = far(int(np.argmax(top - np.abs(left - right))))
    return np.stack([left - right, top - bottom], axis=1) * (_EDGE / 2) + _sunflower(len(neighbours))


def _start(wishes: Wishes, here: Array, fixed: Flags) -> Array:
    """First places of nodes that join others: in the middle of those that they are near to."""
    first, second, apart = wishes
    weight = np.where(fixed[second], 1 / apart**2, 0.0)
    total = _sum(first, weight, len(here))
    middle = np.stack([_sum(first, weight * here[second, axis], len(here)) for axis in (0, 1)], axis=1)
    points = np.where(total[:, None] > 0, middle / np.maximum(total, 1e-12)[:, None], here[fixed].mean(axis=0))
    return points[~fixed] + _sunflower(int((~fixed).sum()))


def _sunflower(n: int) -> Array:
    seeds = [(sqrt(i + 0.5) * cos(i * _GOLDEN), sqrt(i + 0.5) * sin(i * _GOLDEN)) for i in range(n)]
    return np.array(seeds).reshape(n, 2) * (_EDGE / 6)


def _sum(index: npt.NDArray[np.int_], values: Array, n: int) -> Array:
    """For each of ``n`` nodes the sum of the values that have its number, added up in their order."""
    return np.bincount(index, weights=values, minlength=n).astype(np.float64, copy=False)


def _majorise(points: Array, wishes: Wishes, free: Flags) -> Array:
    """Move the ``free`` points until all are about as far apart as they want to be."""
    first, second, apart = wishes
    moving = free[first]
    first, second, apart = first[moving], second[moving], apart[moving]
    weight = 1 / apart**2
    total = np.maximum(_sum(first, weight, len(points)), 1e-12)
    for _ in range(_ROUNDS):
        between = points[first] - points[second]
        scale = apart / np.maximum(np.sqrt((between**2).sum(axis=1)), 1e-6)
        wanted = points[second] + scale[:, None] * between
        moved = np.stack([_sum(first, weight * wanted[:, axis], len(points)) / total for axis in (0, 1)], axis=1)
        points = np.where(free[:, None], moved, points)
    return points


def _loosen(points: Array, boxes: Array) -> Array:
    """The same picture, larger if its nodes would not have room in it."""
    side = float(np.ptp(points, axis=0).max())
    room = float((4 * boxes[:, 0] * boxes[:, 1]).sum()) * _LOOSE
    return points * max(1.0, sqrt(room) / max(side, 1.0))


def _push_apart(points: Array, boxes: Array, free: Flags) -> Array:
    """Move ``free`` nodes until no two boxes (half widths and heights) overlap, or nearly none."""
    n = len(points)
    for _ in range(_PUSHES if n <= 2 * _SMALL else _PUSHES // 4):
        first, second = _beside(points, boxes)
        between = points[first] - points[second]
        lack = boxes[first] + boxes[second] - np.abs(between)
        clash = (lack > 0).all(axis=1) & (free[first] | free[second])
        if not clash.any():
            break
        first, second, between, lack = first[clash], second[clash], between[clash], lack[clash]
        # along the axis on which less has to give way; where they coincide, the one that comes first goes up or left
        across = lack[:, 0] < lack[:, 1]
        way = np.where(between == 0, -1.0, np.sign(between))
        push = np.stack([across, ~across], axis=1) * way * lack * 0.6
        share = np.where(free[first] & free[second], 0.5, 1.0)
        for nodes, side in ((first, 1.0), (second, -1.0)):
            part = side * share * free[nodes]
            points = points + np.stack([_sum(nodes, part * push[:, axis], n) for axis in (0, 1)], axis=1)
    return points


def _beside(points: Array, boxes: Array) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Pairs of nodes whose boxes may overlap: those that are near one another from left to right."""
    order = np.argsort(points[:, 0], kind="stable")
    x = points[order, 0]
    last = np.searchsorted(x, x + boxes[order, 0] + boxes[:, 0].max(), side="left")
    counts = np.maximum(last - np.arange(len(x)) - 1, 0)
    left = np.repeat(np.arange(len(x)), counts)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    first, second = order[left], order[right]
    near = np.abs(points[first, 1] - points[second, 1]) < boxes[first, 1] + boxes[second, 1]
    return first[near], second[near]


def _pack(components: Sequence[Sequence[int]], place: Array, boxes: Array, placed: Flags) -> None:
    """Set the components beside what is ``placed`` already, and so that the whole is about as wide as a screen."""
    taken = [_frame(np.flatnonzero(placed), place, boxes)] if placed.any() else []
    for component in components[:_FITTED]:
        taken.append(_move(component, place, boxes, _best_place(_frame(component, place, boxes), taken)))
    rest = components[_FITTED:]  # many and small: in rows, under the others
    left, right = (min(f[0] for f in taken), max(f[2] for f in taken)) if rest else (0.0, 0.0)
    x, y, row = left, max(f[3] for f in taken) + _GAP if rest else 0.0, 0.0
    for component in rest:
        low_x, low_y, high_x, high_y = _frame(component, place, boxes)
        if x > left and x + high_x - low_x > right:
            x, y, row = left, y + row + _GAP, 0.0
        _move(component, place, boxes, (x, y))
        x, row = x + high_x - low_x + _GAP, max(row, high_y - low_y)


def _frame(component: Sequence[int] | npt.NDArray[np.intp], place: Array, boxes: Array) -> Frame:
    low, high = (place[component] - boxes[component]).min(axis=0), (place[component] + boxes[component]).max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _move(component: Sequence[int], place: Array, boxes: Array, to: tuple[float, float]) -> Frame:
    low_x, low_y, high_x, high_y = _frame(component, place, boxes)
    place[component] += np.array([to[0] - low_x, to[1] - low_y])
    return to[0], to[1], to[0] + high_x - low_x, to[1] + high_y - low_y


def _best_place(frame: Frame, taken: Sequence[Frame]) -> tuple[float, float]:
    """Where a frame's corner goes: free, and so that all frames together come nearest to a screen's form."""
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    if not taken:
        return 0.0, 0.0
    corners = [(x, y) for a in taken for b in taken for x in (b[0], a[2] + _GAP) for y in (b[1], a[3] + _GAP)]
    edge = max(f[2] for f in taken), max(f[3] for f in taken)
    free = [
        corner
        for corner in dict.fromkeys(corners)
        if all(
            corner[0] >= f[2] + _GAP
            or corner[0] + width + _GAP <= f[0]
            or corner[1] >= f[3] + _GAP
            or corner[1] + height + _GAP <= f[1]
            for f in taken
        )
    ]

    def extent(corner: tuple[float, float]) -> tuple[float, float, float]:
        x, y = corner
        return max(max(edge[0], x + width) / _ASPECT, max(edge[1], y + height)), y, x

    return min(free, key=extent)


def neighbours_of(n: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Adjacency lists of ``n`` nodes, each neighbour once and in order."""
    found: Mapping[int, set[int]] = {i: set() for i in range(n)}
    for a, b in edges:
        if a != b:
            found[a].add(b)
            found[b].add(a)
    return [sorted(found[i]) for i in range(n)]
