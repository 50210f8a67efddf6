"""荷田县 and what lies in it. The province code 39 and all below it are assigned to nobody (GB/T 2260)."""

from __future__ import annotations

import random

from lms.lib import areas
from lms.programmes.models import Area

PROVINCE, CITY, COUNTY = "390000000000", "390100000000", "390121000000"
ABOVE = [
    (PROVINCE, "云禾省（演示）", "Yunhe (demonstration)"),
    (CITY, "云泽市", "Yunze"),
    (COUNTY, "荷田县", "Hetian"),
]
TOWNSHIPS = [
    ("藕塘镇", "Outang"),
    ("莲溪镇", "Lianxi"),
    ("稻香镇", "Daoxiang"),
    ("柳堤乡", "Liudi"),
    ("菱湖镇", "Linghu"),
    ("桃坞乡", "Taowu"),
    ("石埂镇", "Shigeng"),
    ("芦荡乡", "Ludang"),
    ("茶坪镇", "Chaping"),
    ("杏花乡", "Xinghua"),
]
VILLAGES = [
    ("前塘村", "Qiantang"),
    ("后湾村", "Houwan"),
    ("莲子村", "Lianzi"),
    ("大垄村", "Dalong"),
    ("小桥村", "Xiaoqiao"),
    ("东坡村", "Dongpo"),
    ("西渠村", "Xiqu"),
    ("老槐村", "Laohuai"),
]
SYLLABLES = [("禾", "he"), ("荷", "lian"), ("溪", "xi"), ("坪", "ping"), ("塘", "tang"), ("湾", "wan"), ("岗", "gang"),
             ("洲", "zhou"), ("桥", "qiao"), ("陂", "bei")]  # fmt: skip
FEWEST_TOWNSHIPS, MOST_TOWNSHIPS, MOST_VILLAGES = 5, 60, 40


def area_rows(trainees: int, rng: random.Random) -> list[dict[str, object]]:
    """The county for so many trainees: five townships with three villages each when there is only the story, so that
    rates can be shown; ten, and more when there are thousands."""
    townships = min(MOST_TOWNSHIPS, max(len(TOWNSHIPS) if trainees > 200 else FEWEST_TOWNSHIPS, trainees // 5_000))
    villages = min(MOST_VILLAGES, max(3, trainees // (townships * 200)))
    rows = [row(code, zh, en) for code, zh, en in ABOVE]
    for number in range(townships):
        code = f"{COUNTY[:6]}{100 + number}000"
        rows.append(row(code, *name_of(TOWNSHIPS, number, "镇", rng)))
        for place in range(villages):
            rows.append(row(f"{code[:9]}{201 + place}", *village_name(number, place, rng)))
    return rows


def village_name(township: int, place: int, rng: random.Random) -> tuple[str, str]:
    """The names that we thought of, beginning with another one in each township."""
    if place < len(VILLAGES):
        return VILLAGES[(township * 3 + place) % len(VILLAGES)]
    return name_of(VILLAGES, place, "村", rng)


def row(code: str, name_zh: str, name_en: str) -> dict[str, object]:
    """An area as a row."""
    return {"code": code, "name_zh": name_zh, "name_en": name_en, "level": areas.level(code)}


def name_of(names: list[tuple[str, str]], number: int, ending: str, rng: random.Random) -> tuple[str, str]:
    """The name of this number: one that we thought of, or two syllables put together."""
    if number < len(names):
        return names[number]
    (first, one), (second, two) = rng.sample(SYLLABLES, 2)
    return f"{first}{second}{number}{ending}", f"{(one + two).capitalize()} {number}"


def villages() -> list[str]:
    """The codes of the county's villages."""
    level_of_villages = 5
    rows = Area.select().where((Area.level == level_of_villages) & Area.code.startswith(COUNTY[:6]))
    return [area.code for area in rows.order_by(Area.code)]


def townships() -> list[str]:
    """The codes of the county's townships."""
    level_of_townships = 4
    rows = Area.select().where((Area.level == level_of_townships) & Area.code.startswith(COUNTY[:6]))
    return [area.code for area in rows.order_by(Area.code)]
