"""Which figures stay unsaid, so that no group of one to four people shows a rate, not even by subtraction.

Source: promise 10 of the product; small groups as such are hidden first ("primary"), then as many others as it takes
("complementary suppression", as statistical offices do; Willenborg and de Waal, Elements of Statistical Disclosure
Control, 2001, chapter 3; Gusfield, SIAM Journal on Computing 17 (1988), for the audit of a table by its cycles).

What somebody may know who tries: every figure that is shown, all sums, and that people come whole. Nothing protects
against one thing: where nobody at all (or everybody) has finished, the total says it of each group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEWEST = 5

Cell = tuple[int, int]
Node = tuple[str, int]
Arcs = dict[Node, list[Node]]


@dataclass(frozen=True)
class Hidden:
    """What stays unsaid of a table: cells as (row, column), the totals of rows and of columns, and the grand total."""

    cells: frozenset[Cell]
    rows: frozenset[int]
    columns: frozenset[int]
    whole: bool


def too_few(people: int) -> bool:
    """Whether a group is so small that a rate would tell of single people. A group of nobody has no rate to show."""
    return 0 < people < FEWEST


def hidden(groups: Sequence[int]) -> set[int]:
    """The positions of the groups whose figures stay unsaid when the groups' total is shown beside them.

    Those under five, and where these could be found by subtraction, the smallest others, until what is hidden is at
    least two groups and at least five people. Equal groups are taken in their order, so that two pages over the same
    groups hide the same. If everybody stands alone ([1, 1, 1, 1, 1]) the total would have to go too: see `suppress`.
    """
    unsaid = {position for position, people in enumerate(groups) if too_few(people)}
    others = sorted(set(range(len(groups))) - unsaid, key=lambda at: (groups[at] == 0, groups[at], at))
    while unsaid and others and is_told([groups[at] for at in unsaid]):
        unsaid.add(others.pop(0))
    return unsaid


def is_told(groups: Sequence[int]) -> bool:
    """Whether the sum of hidden groups gives one of them away, or is itself a group of too few."""
    return len(groups) == 1 or sum(groups) < FEWEST or all(people == 1 for people in groups)


def suppress(table: Sequence[Sequence[int]]) -> Hidden:
    """What stays unsaid of a two-way table of people (rows by columns) that is shown with all its totals.

    Afterwards no hidden figure can be worked out from the sums, and no sum of hidden figures that can be worked out
    along a row or a column is a group under five. Raises ValueError for rows of unequal length.
    """
    grid = with_totals(table)
    unsaid = {cell for cell in cells_of(grid) if too_few(grid[cell[0]][cell[1]])}
    while near := next(problems(grid, unsaid), None):
        unsaid.add(next_to_hide(grid, unsaid, near))
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    return Hidden(
        cells=frozenset((row, column) for row, column in unsaid if row < last_row and column < last_column),
        rows=frozenset(row for row, column in unsaid if row < last_row and column == last_column),
        columns=frozenset(column for row, column in unsaid if row == last_row and column < last_column),
        whole=(last_row, last_column) in unsaid,
    )


def with_totals(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table with a column of row totals at its right and a row of column totals at its foot."""
    if len({len(row) for row in table}) > 1:
        raise ValueError("the rows of a table have one length")
    rows = [[*row, sum(row)] for row in table]
    width = len(rows[0]) if rows else 1
    return [*rows, [sum(row[column] for row in rows) for column in range(width)]]


def cells_of(grid: Sequence[Sequence[int]]) -> list[Cell]:
    """All places of a grid, row by row."""
    return [(row, column) for row in range(len(grid)) for column in range(len(grid[0]))]


def problems(grid: Sequence[Sequence[int]], unsaid: set[Cell]) -> Iterator[set[Cell]]:
    """For each figure that gets out, the cells among which one more is to be hidden: single lines first."""
    cells = cells_of(grid)
    for axis in (0, 1):
        for line in range((len(grid), len(grid[0]))[axis]):
            along = [cell for cell in cells if cell[axis] == line]
            if is_open(grid, along, unsaid):
                yield set(along)
    arcs = arcs_of(grid, unsaid)
    for cell in sorted(unsaid):
        if is_exposed(grid, arcs, cell):
            yield {other for other in cells if other[0] == cell[0] or other[1] == cell[1]}


def is_open(grid: Sequence[Sequence[int]], line: Sequence[Cell], unsaid: set[Cell]) -> bool:
    """Whether one row or column by itself gives something away: its only hidden figure, or a sum under five."""
    apart = [grid[row][column] for row, column in line[:-1] if (row, column) in unsaid]
    if line[-1] in unsaid:
        return not apart
    return bool(apart) and (len(apart) == 1 or sum(apart) < FEWEST)


def next_to_hide(grid: Sequence[Sequence[int]], unsaid: set[Cell], near: set[Cell]) -> Cell:
    """The next cell to hide: among those near if possible, a cell rather than a total, people rather than a zero, one
    that opens no new line, the smallest."""
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    rows, columns = {row for row, _column in unsaid}, {column for _row, column in unsaid}

    def cost(cell: Cell) -> tuple[bool, bool, bool, int, int, Cell]:
        row, column = cell
        is_total = row == last_row or column == last_column
        new_lines = (row not in rows) + (column not in columns)
        return cell not in near, is_total, grid[row][column] == 0, new_lines, grid[row][column], cell

    return min((cell for cell in cells_of(grid) if cell not in unsaid), key=cost)


def is_exposed(grid: Sequence[Sequence[int]], arcs: Arcs, cell: Cell) -> bool:
    """Whether the sums allow only one value for a hidden cell.

    Rows and columns are the nodes of a graph, hidden cells its edges. Another table with the same shown figures differs
    from this one by +1 and −1 around a cycle, so a cell may have another value if and only if a cycle goes through it.
    """
    start, end = ends(grid, cell)
    return not (leads(arcs, end, start) or (may_shrink(grid, cell) and leads(arcs, start, end)))


def arcs_of(grid: Sequence[Sequence[int]], unsaid: set[Cell]) -> Arcs:
    """The ways in which one person more, or one fewer, may be passed on through the hidden cells."""
    arcs: Arcs = {}
    for cell in unsaid:
        start, end = ends(grid, cell)
        arcs.setdefault(start, []).append(end)
        if may_shrink(grid, cell):
            arcs.setdefault(end, []).append(start)
    return arcs


def ends(grid: Sequence[Sequence[int]], cell: Cell) -> tuple[Node, Node]:
    """The two nodes of a cell, from the one that one more person leaves to the one that they enter; a total the other
    way round, for what its line gains, it must gain too."""
    row, column = ("row", cell[0]), ("column", cell[1])
    is_total = (cell[0] == len(grid) - 1) != (cell[1] == len(grid[0]) - 1)
    return (column, row) if is_total else (row, column)


def may_shrink(grid: Sequence[Sequence[int]], cell: Cell) -> bool:
    """Whether one person fewer is thinkable. A group of one is not taken for nobody, for zeros are mostly shown."""
    return grid[cell[0]][cell[1]] > 1


def leads(arcs: Arcs, start: Node, goal: Node) -> bool:
    """Whether a way along the arcs leads from start to goal, other than the cell that lies between the two."""
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for node in arcs.get(here, ()):
            if node not in seen and (here, node) != (start, goal):
                seen.add(node)
                ahead.append(node)
    return goal in seen
