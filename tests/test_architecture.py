"""The floors of the house: a package imports only from lower floors, never from its own floor or from above."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

LMS = Path(__file__).parent.parent / "lms"

FLOORS = [
    {"lib"},
    {"settings", "db", "errors", "i18n", "files", "media", "jobs", "installation", "migrations", "ffmpeg"},
    {"web", "audit"},
    {"accounts", "catalogue"},
    {"notifications"},
    {"programmes"},
    {"learning"},
    {"submissions"},
    {"assessment", "practice", "classroom", "discussion", "certificates", "outcomes"},
    {"today", "authoring", "reports", "exchange", "administration"},
    {"cli", "models", "serving"},
    {"factory"},
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# The first floor's files stand on each other in this order, and the second floor's audit below its web.
STAIRS = ["errors", "settings", "i18n", "db", "migrations", "media", "installation", "jobs", "audit", "web"]

MODULES = sorted(path for path in LMS.rglob("*.py") if path.name != "__init__.py" or path.parent != LMS)


def room_of(path: Path) -> str:
    """The package or file directly under lms/ that a module belongs to."""
    return path.relative_to(LMS).parts[0].removesuffix(".py")


def rooms_imported(path: Path) -> set[str]:
    """The rooms that a module imports, wherever in the file."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "lms":
            rooms |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lms."):
            rooms.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("lms.")}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(LMS).as_posix())
def test_a_room_imports_only_from_lower_floors(path: Path):
    here = room_of(path)
    for there in rooms_imported(path) - {here}:
        assert there in FLOOR_OF, f"{there} stands on no floor: give it one in {Path(__file__).name}"
        stairs = here in STAIRS and there in STAIRS and STAIRS.index(there) < STAIRS.index(here)
        assert stairs or FLOOR_OF[there] < FLOOR_OF[here], f"{here} (floor {FLOOR_OF[here]}) imports {there}"
