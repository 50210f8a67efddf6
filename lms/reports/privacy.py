"""When a figure stays unsaid: it would show a rate of fewer than five people, or let one be found by subtraction from
figures that can be asked for beside it (promise 10)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import peewee

from lms.learning import tallies
from lms.learning.measures import enrolment_exists
from lms.learning.models import Enrolment
from lms.lib import areas, smallcells
from lms.programmes.models import Membership
from lms.reports import places
from lms.reports.cuts import NOT_SAID, Cut, lies_in
from lms.reports.figures import PROGRAMME, scope


def unsaid(cut: Cut, own: tuple[str, ...], enrolled: int | None = None) -> bool:
    """Whether the figures of a cut are not to be shown to somebody who sees the areas `own`. `enrolled`: the number of
    its people, where that is known already."""
    enrolled = how_many(cut) if enrolled is None else enrolled
    return bool(enrolled) and (
        smallcells.too_few(enrolled)
        or rest_is_too_few(cut, enrolled)
        or group_is_hidden(cut)
        or any(place_is_hidden(cut, above) for above in areas_around(cut, own))
    )


def how_many(cut: Cut) -> int:
    """The enrolled people of a cut."""
    return sum(count for _value, count in numbers(cut, None))


def numbers(cut: Cut, column: str | None) -> list[tuple[str, int]]:
    """(value, enrolled people) by a column that enrolments and memberships share; one line without a column."""
    table = Enrolment if cut.course else Membership
    condition = cut.enrolments() if cut.course else cut.members() & enrolment_exists()
    value = getattr(table, column) if column else peewee.Value("")
    rows = table.select(value, peewee.fn.COUNT(table.id)).where(condition)
    return list((rows.group_by(value) if column else rows).tuples())


def rest_is_too_few(cut: Cut, enrolled: int) -> bool:
    """Whether taking one filter away adds fewer than five people, who could then be told by subtraction."""
    wider = []
    if cut.cohort:
        wider.append(replace(cut, cohort=None))
    if cut.group:
        wider.append(replace(cut, group=""))
    if cut.since or cut.until:
        wider.append(replace(cut, since=None, until=None))
    return any(smallcells.too_few(how_many(one) - enrolled) for one in wider)


def group_is_hidden(cut: Cut) -> bool:
    """Whether this group is one of those that stay unsaid among all groups of the same cut."""
    if not cut.group:
        return False
    groups = dict(numbers(replace(cut, group=""), "group"))
    names = sorted(groups)
    hidden = {names[at] for at in smallcells.hidden([groups[name] for name in names])}
    return ("" if cut.group == NOT_SAID else cut.group) in hidden


def areas_around(cut: Cut, own: tuple[str, ...]) -> list[str]:
    """The areas above the one of the cut of which the reader sees figures too."""
    if len(cut.areas) != 1 or not cut.areas[0]:
        return []
    above = areas.lineage(cut.areas[0])[:-1]
    around = [code for code in above if any(lies_in(code, one) for one in own)]
    return [*([""] if "" in own else []), *around]


def place_is_hidden(cut: Cut, above: str) -> bool:
    """Whether the cut's area is one of the places that stay unsaid on the page of an area above it."""
    wide = cut.within(above)
    codes = [place.code for place in places.below(wide)]
    if cut.areas[0] not in codes:
        return False
    enrolled = by_place(wide, codes)
    return codes.index(cut.areas[0]) in smallcells.hidden([enrolled[code] for code in [*codes, places.REST]])


def by_place(cut: Cut, codes: list[str]) -> Counter[str]:
    """Place → enrolled people: from the tallies when the cut has no filter."""
    counts: Counter[str] = Counter()
    if cut.filtered:
        for code, count in numbers(cut, "area_code"):
            counts[places.place_of(code, set(codes))] += count
        return counts
    stored = tallies.read(map(scope, [*cut.areas, *codes]), ["enrolled"])
    counts.update({code: stored[scope(code), PROGRAMME, "enrolled"] for code in codes})
    counts[places.REST] = stored[scope(cut.areas[0]), PROGRAMME, "enrolled"] - sum(counts.values())
    return counts
