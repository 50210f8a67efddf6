"""What a form says, as the answer that its kind of question stores."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.datastructures import MultiDict

PLACE = re.compile(r"at-([0-9]{1,2})")
MOST = 60


def body_of(form: MultiDict[str, str]) -> dict[str, Any]:
    """The facts of an answer; `asked` in the form is the kind of question. What makes no sense is left for the judge
    to refuse."""
    asked = form.get("asked", "choice")
    if asked == "number":
        return {"number": form.get("number", "").strip(), "unit": form.get("unit", 0, type=int)}
    if asked == "text":
        return {"words": form.get("words", "").strip()}
    if asked in ("order", "match"):
        return {"chosen": placed(form, asked)}
    positions = [int(text) for text in form.getlist("chosen") if re.fullmatch("[0-9]{1,2}", text)]
    return {"chosen": sorted(positions if asked == "tap" else set(positions))[: MOST + 1]}


def placed(form: MultiDict[str, str], asked: str) -> list[int]:
    """What was placed: the items in the order of the places that they were given, or the right side given to each left
    one. Nothing when all was left blank; -1, which is no position, where two items have one place or one has none."""
    given = {int(found[1]): form[name] for name in form if (found := PLACE.fullmatch(name))}
    if not any(given.values()):
        return []
    figures = {place: int(text) if re.fullmatch("[0-9]{1,2}", text) else -1 for place, text in given.items()}
    if asked == "match":
        return [figures[place] for place in sorted(figures)]
    if sorted(figures.values()) != list(range(1, len(figures) + 1)):
        return [-1]
    return sorted(figures, key=lambda place: figures[place])
