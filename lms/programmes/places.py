"""Places as people write them: a code, or a name with or without those above it (荷田县柳溪镇前塘村, 柳溪镇, Liuxi)."""

from __future__ import annotations

from collections.abc import Iterable

import peewee

from lms.lib import areas as codes
from lms.programmes.models import Area, inside

TOWNSHIP, VILLAGE = 4, 5


class Places:
    """Finds areas within some others (`""`: everywhere). Of several with one name the only one in `near` is meant.
    What was found once is not looked for again."""

    def __init__(self, roots: Iterable[str], *, near: str = "") -> None:
        self.roots = list(roots)
        self.near = near
        self.known: dict[str, str | None] = {"": ""}

    def find(self, text: str) -> str | None:
        """The code of the place, "" for no text, None when it is unknown or could be several."""
        key = "".join(text.split())
        if key not in self.known:
            self.known[key] = self.by_code(key) if key.isdigit() else self.by_name(key, text.strip())
        return self.known[key]

    def by_code(self, code: str) -> str | None:
        """A code that may lack the zeros at its end."""
        area = Area.get_or_none((Area.code == code.ljust(12, "0")) & inside(Area.code, self.roots))
        return area and area.code

    def by_name(self, path: str, english: str) -> str | None:
        """The one place that a name can mean."""
        fitting = self.meanings(path, english)
        if len(fitting) > 1 and self.near:
            fitting = [code for code in fitting if codes.contains(self.near, code)]
        return fitting[0] if len(fitting) == 1 else None

    def meanings(self, path: str, english: str = "") -> list[str]:
        """The places whose name ends the path, and above which the rest names nothing else."""
        endings = [path[start:] for start in range(len(path))]
        named = Area.name_zh.in_(endings)
        if english:  # most areas have no English name, and would all be meant by none
            named |= peewee.fn.LOWER(Area.name_en) == english.lower()
        return [
            area.code
            for area in Area.select().where(named & inside(Area.code, self.roots)).order_by(Area.code)
            if (english and english.lower() == area.name_en.lower())
            or lies_under(area, path.removesuffix(area.name_zh))
        ]


def with_township(code: str) -> str:
    """A township by its name; a village with its township before it, which tells it from others of its name."""
    wanted = [one for one in codes.lineage(code) if codes.level(one) >= TOWNSHIP]
    rows = Area.select().where(Area.code.in_(wanted or [""])).order_by(Area.code)
    return "".join(area.name_zh for area in rows)


def lies_under(area: Area, rest: str) -> bool:
    """Whether the rest of a path is made of names above the area, in their order."""
    lineage = codes.lineage(area.code)[:-1]
    names = {row.code: row.name_zh for row in Area.select().where(Area.code.in_(lineage or [""]))}
    for code in reversed(lineage):
        rest = rest.removesuffix(names.get(code, ""))
    return not rest
