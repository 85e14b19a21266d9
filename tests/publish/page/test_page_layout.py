from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.publish.page.layout import Point, Size, layout, neighbours_of

BOX: Size = (60.0, 20.0)


def lay(n: int, edges: list[tuple[int, int]], first: list[bool] | None = None) -> list[Point]:
    return layout(neighbours_of(n, edges), [BOX] * n, first or [True] * n)


def overlaps(points: list[Point]) -> list[tuple[int, int]]:
    width, height = BOX
    return [
        (i, j)
        for (i, (ax, ay)), (j, (bx, by)) in combinations(enumerate(points), 2)
        if abs(ax - bx) < width - 1 and abs(ay - by) < height - 1
    ]


def test_adjacency_has_each_neighbour_once_and_no_node_itself() -> None:
    assert neighbours_of(3, [(0, 1), (1, 0), (2, 2), (2, 1)]) == [[1], [0, 2], [1]]


@pytest.mark.parametrize(
    ("n", "edges"),
    [
        (0, []),
        (1, []),
        (5, []),
        (2, [(0, 1)]),
        (30, [(0, i) for i in range(1, 30)]),
        (30, [(i, i + 1) for i in range(29)]),
        (40, [(i, (i * 7 + 3) % 40) for i in range(40)] + [(i, (i * 3 + 1) % 40) for i in range(40)]),
        (60, [(2 * i, 2 * i + 1) for i in range(30)]),
        (300, [(i, i // 2) for i in range(1, 300)]),
    ],
    ids=["nothing", "one", "five alone", "pair", "star", "path", "tangle", "many pairs", "large tree"],
)
def test_no_node_covers_another(n: int, edges: list[tuple[int, int]]) -> None:
    points = lay(n, edges)
    assert len(points) == n
    assert overlaps(points) == []
    assert points == lay(n, edges)


def test_neighbours_are_nearer_than_strangers() -> None:
    points = lay(11, [(i, i + 1) for i in range(10)])
    (ax, ay), (bx, by), (zx, zy) = points[0], points[1], points[10]
    assert (ax - bx) ** 2 + (ay - by) ** 2 < (ax - zx) ** 2 + (ay - zy) ** 2


def test_what_comes_later_does_not_move_what_is_there() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (6, 7)]
    first = [True, True, True, True, False, False, False, False]
    assert lay(8, edges, first)[:4] == lay(4, edges[:3])
    assert overlaps(lay(8, edges, first)) == []


@given(
    st.integers(1, 25).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40),
            st.lists(st.booleans(), min_size=n, max_size=n),
        )
    )
)
def test_any_graph_has_a_picture(graph: tuple[int, list[tuple[int, int]], list[bool]]) -> None:
    n, edges, first = graph
    points = lay(n, edges, first)
    assert len(points) == n
    assert all(abs(x) < 100_000 and abs(y) < 100_000 for x, y in points)
    assert len(set(points)) == n
