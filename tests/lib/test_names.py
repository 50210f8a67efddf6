"""Names of people: what may stand in one, and how one greets."""

from __future__ import annotations

import pytest

from lms.lib import names


@pytest.mark.parametrize(
    "name",
    [
        "张秀兰",
        "欧阳兰",
        "阿依古丽·买买提",
        "Anna-Maria O’Neill",
        "J. Müller",
        "㛃䶮",
        "𬭚𰻝",
        "〇",
        "བསོད་ནམས".replace("་", " "),
        "Ngũgĩ",
        "\U0003347f李",
    ],
)
def test_names_of_every_script_are_names(name: str):
    assert names.problem(name) == ""


@pytest.mark.parametrize(
    "name", ["😀😀", "<script>", "张三1", "a=b", "·", "...", "13800138000", "张三（女）", "@SUM", "李\u202e四"]
)
def test_what_no_name_has_is_odd(name: str):
    assert names.problem(name) == "odd"


def test_an_empty_and_an_endless_name_are_told_apart():
    assert (names.problem(""), names.problem("王" * 41), names.problem("王" * 40)) == ("missing", "too_long", "")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("张秀兰", "秀兰"),
        ("吴芬", "吴芬"),
        ("欧阳兰", "欧阳兰"),
        ("诸葛亮", "诸葛亮"),
        ("上官婉儿", "上官婉儿"),
        ("新学员", "新学员"),
        ("Anna Lee", "Anna Lee"),
        ("", ""),
    ],
)
def test_nobody_s_surname_is_cut(name: str, greeting: str):
    assert names.greeting(name) == greeting
