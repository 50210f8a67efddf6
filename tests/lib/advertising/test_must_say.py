"""The ten things that a script has to say, with the words that say them or an example."""

from __future__ import annotations

import pytest

from lms.lib.advertising import BLANK, must_say, obligations

WHOLE = (
    "我是王家坝的何嫂，这是我家塘里早上挖的莲藕。一箱五斤，六根左右，29块9，包邮。"
    "顺丰今天发，两天到。坏一根赔一根，签收二十四小时内拍照找客服，生鲜不支持七天无理由。"
    "放冰箱能放七天，凉拌、炖汤都行。送一包辣椒面，五十克，怕辣的少放。合格证在这儿，编号AH2026-0917。"
)
ENGLISH = (
    "I am He from Wangjiaba village and this is our lotus root. Five jin a box, 29.9 yuan. We ship by SF express "
    "today. If anything is broken, send a photo and we refund it. Keep it in the fridge. "
    "Here is the certificate of conformity."
)


def done(text: str) -> dict[str, bool]:
    return {one.id: one.done for one in must_say(text) if one.concerned}


def test_there_are_ten_in_both_languages():
    assert len(must_say("")) == 10
    assert all(set(item.title) == set(item.basis) == set(item.example) == {"zh", "en"} for item in obligations.items())


def test_a_whole_script_has_said_all():
    assert all(done(WHOLE).values())


def test_a_whole_script_in_english_has_said_all():
    assert all(done(ENGLISH).values())


def test_an_empty_text_has_said_nothing_and_gets_examples():
    missing = [one for one in must_say("") if one.concerned]

    assert not any(one.done for one in missing)
    assert all(BLANK in one.example or one.id in ("returns", "keeping") for one in missing)


def test_what_is_said_is_quoted_from_its_place():
    price = next(one for one in must_say(WHOLE) if one.id == "price")

    assert price.said[0].words == "29块9"
    assert WHOLE[price.said[0].start : price.said[0].end] == "29块9"


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("seller", "我叫小何，家里种藕"),
        ("product", "阜南县王家坝的莲藕"),
        ("quantity", "一盒三十枚"),
        ("price", "只要29块9"),
        ("shipping", "48小时内发货"),
        ("returns", "坏了我们赔"),
        ("keeping", "插清水里，两天换一次水"),
        ("gift", "送一袋五十克的蘸料"),
        ("warning", "对菌菇过敏的别买"),
        ("certificates", "合格证对着镜头给大家看"),
    ],
)
def test_each_thing_can_be_said(id, text):
    assert next(one for one in must_say(text) if one.id == id).done


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("seller", "我们是有机莲藕"),
        ("shipping", "今天全部包邮"),
        ("shipping", "We ship by courier"),
        ("product", "这个莲藕特别好"),
        ("quantity", "今天来看看我的藕"),
        ("price", "有五块地种藕"),
        ("gift", "今天下单送好礼"),
        ("warning", "米酒今天上架"),
        ("certificates", "我们都是正规的"),
    ],
)
def test_what_is_not_said_stays_open(id, text):
    assert not next(one for one in must_say(text) if one.id == id).done


def test_gift_and_warning_come_up_only_where_they_belong():
    assert {one.id for one in must_say("五斤莲藕29块9，顺丰送货") if not one.concerned} == {"gift", "warning"}
    assert {one.id for one in must_say("买蜂蜜送一瓶") if not one.concerned} == set()


def test_the_reader_chooses_the_language():
    assert must_say("", "en")[0].title == "Who sells, and whose goods"
