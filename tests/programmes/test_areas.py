"""Areas: the shipped provinces, tables of more, and places as people write them."""

from __future__ import annotations

import pytest

from lms.db import utc_now
from lms.errors import Refused
from lms.programmes import areas
from lms.programmes.models import Area
from lms.programmes.places import Places
from tests.cast import COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE, Cast

TABLE = [
    ("代码", "名称", "name_en"),
    ("3499", "云泽市", "Yunze"),
    ("349930", "新溪县", "Xinxi"),
    ("349930101", "大柳镇", ""),
]


def test_thirty_four_provinces_ship_once(app):
    assert areas.load_provinces() == 34
    assert areas.load_provinces() == 0
    assert Area.get_by_id("520000000000").name("en") == "Guizhou"


def test_a_table_adds_counties_and_townships_once(cast: Cast):
    loaded = areas.load(TABLE, by=cast.admin.id, now=utc_now())
    assert [row.code for row in loaded.new] == ["349930000000", "349930101000"]
    assert Area.get_by_id("349930101000").level == 4
    again = areas.load(TABLE, by=cast.admin.id, now=utc_now())
    assert (again.new, again.changed, again.known) == ([], [], 3)


def test_a_changed_name_is_changed(cast: Cast):
    loaded = areas.load([("code", "name"), (TOWNSHIP, "藕塘街道")], by=cast.admin.id, now=utc_now())
    assert [row.name_zh for row in loaded.changed] == ["藕塘街道"]
    assert Area.get_by_id(TOWNSHIP).name_zh == "藕塘街道"


def test_bad_rows_are_named_and_nothing_is_loaded(cast: Cast):
    table = [*TABLE, ("12x", "坏码"), ("349930102", ""), ("349930101", "又一个"), ("419930101", "无主镇")]
    planned = areas.plan(table)
    assert [bad.line for bad in planned.bad] == [5, 6, 7, 8]
    with pytest.raises(Refused):
        areas.load(table, by=cast.admin.id, now=utc_now())
    assert not Area.select().where(Area.code == "349930000000").exists()


def test_a_table_without_headings_is_refused(cast: Cast):
    with pytest.raises(Refused):
        areas.plan([("349930", "新溪县")])


@pytest.mark.parametrize(
    "typed", ["莲子村", "藕塘镇莲子村", "荷田县藕塘镇莲子村", "安徽省荷田县 藕塘镇 莲子村", VILLAGE, "lianzi"]
)
def test_a_place_is_found_however_it_is_written(cast: Cast, typed: str):
    assert Places([COUNTY]).find(typed) == VILLAGE


def test_a_place_elsewhere_or_of_two_meanings_is_not_guessed(cast: Cast):
    Area.create(code="349921102000", name_zh="菱湖镇", level=4)
    Area.create(code="349921102201", name_zh="莲子村", level=5)
    places = Places([COUNTY])
    assert places.find("莲子村") is None and places.find("藕塘镇莲子村") == VILLAGE
    assert Places([OTHER_COUNTY]).find("藕塘镇莲子村") is None
    assert places.find("") == ""


def test_places_without_an_english_name_are_not_meant_by_the_place_above_them(cast: Cast):
    Area.insert_many(
        [(f"3499211012{number:02}", f"新{number}村", 5) for number in range(10, 15)],
        fields=[Area.code, Area.name_zh, Area.level],
    ).execute()
    assert Places([COUNTY]).meanings("藕塘镇") == [TOWNSHIP]
