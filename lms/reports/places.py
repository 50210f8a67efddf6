"""The areas that a cut falls into: the next ones below it that the installation knows."""

from __future__ import annotations

from collections.abc import Iterable

import peewee

from lms.lib import areas
from lms.programmes.models import Area, Membership
from lms.reports.cuts import EVERYWHERE, Cut, lying_in

TOWNSHIP = 4
COUNTY = 3
REST = "rest"


def below(cut: Cut) -> list[Area]:
    """The areas of the next level under the one area of a cut, in the order of their codes; several areas are
    themselves the places. A level that the installation does not list is skipped."""
    if len(cut.areas) > 1:
        return named(cut.areas)
    code = cut.areas[0]
    deeper = Area.level > (areas.level(code) if code else 0)
    inside = lying_in(Area.code, cut.areas) & deeper
    next_level = Area.select(peewee.fn.MIN(Area.level)).where(inside)
    return list(Area.select().where(inside & (Area.level == next_level)).order_by(Area.code))


def named(codes: Iterable[str]) -> list[Area]:
    """The areas of these codes that the installation knows."""
    return list(Area.select().where(Area.code.in_(list(codes))).order_by(Area.code))


def names(codes: Iterable[str], lang: str) -> dict[str, str]:
    """Code → name, for the areas of a page."""
    wanted = {code for code in codes if code}
    return {area.code: area.name(lang) for area in named(wanted)} if wanted else {}


def path(code: str, own: tuple[str, ...]) -> list[Area]:
    """The area and those above it that the reader may see, highest first."""
    above = [
        area for area in named(areas.lineage(code)) if any(not one or areas.contains(one, area.code) for one in own)
    ]
    return sorted(above, key=lambda area: area.level)


def around(cut: Cut, own: tuple[str, ...]) -> list[Area]:
    """The area of a cut with those above it that the reader may see, and those below it."""
    return [*(path(cut.areas[0], own) if len(cut.areas) == 1 else []), *below(cut)]


def where_people_are(own: tuple[str, ...]) -> tuple[str, ...]:
    """The deepest area, down to a county, that holds everybody: where somebody who sees everything begins to read.

    Two looks at the ends of the index on codes, whatever the number of people."""
    if own != EVERYWHERE:
        return own
    first, last = Membership.select(peewee.fn.MIN(Membership.area_code), peewee.fn.MAX(Membership.area_code)).scalar(
        as_tuple=True
    )
    shared = [code for code in areas.lineage(first or "") if last and areas.contains(code, last)]
    shared = [area.code for area in named(shared) if area.level <= COUNTY]
    return (max(shared, key=areas.level),) if shared else own


def place_of(code: str, places: set[str]) -> str:
    """The place among `places` in which a row with this code lies, or REST."""
    return next((above for above in areas.lineage(code) if above in places), REST)
