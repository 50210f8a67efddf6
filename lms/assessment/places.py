"""Places on a picture for those who don't tap: nine fields, told apart by words."""

from __future__ import annotations

from lms.i18n import lazy

# Row by row from the upper left.
NAMES = (
    lazy("Upper left"), lazy("Above"), lazy("Upper right"),
    lazy("On the left"), lazy("In the middle"), lazy("On the right"),
    lazy("Lower left"), lazy("Below"), lazy("Lower right"),
)  # fmt: skip
SIDE = 3


def field_of(x: float | None, y: float | None) -> int | None:
    """The field in which a place lies (0 to 1 from the upper left); None for no place on the picture."""
    if x is None or y is None or not (0 <= x <= 1 and 0 <= y <= 1):
        return None
    return min(SIDE - 1, int(y * SIDE)) * SIDE + min(SIDE - 1, int(x * SIDE))


def middle_of(field: int) -> tuple[float, float]:
    """The middle of a field."""
    row, column = divmod(field, SIDE)
    return (column + 0.5) / SIDE, (row + 0.5) / SIDE


def chosen(field: int | None, x: float | None, y: float | None) -> tuple[float | None, float | None]:
    """The place that a form means: the one that was tapped, as long as it lies in the chosen field, or the field's
    middle."""
    if field is None or not 0 <= field < len(NAMES) or field_of(x, y) == field:
        return x, y
    return middle_of(field)
