"""How a script, a clip and a title are built, measured."""

from __future__ import annotations

import pytest

from lms.lib.advertising import Check, characters_spoken, parts, reading_seconds, structure

GOOD = (
    "你家炖藕，是不是老炖不烂？今天我教你挑。听，咔的一声，这才叫脆。"
    "我姓何，家在阜南王家坝村，我家八十亩塘，养了六年藕。冬天一到，孩子放学就要喝藕汤。"
    "先看藕节，九个孔。我切开给你看，白的吧？再掰一下，你听，一声就断。上秤称一称，这根一斤二两。"
    "我尝一口，真甜。孔大，炖二十分钟就面。凉拌切三毫米，孩子咬得动。"
    "合格证在这儿，编号在纸上，你们看得清吗？坏一根赔一根，签收后拍照找客服。"
    "一箱五斤，29块9，包邮。再说一遍，五斤29块9。"
    "怎么拍？点左下角小黄车，选五斤装，填地址，付款就行。今天备了三百箱。"
    "有人问能放几天？冰箱七天。售后我再说一遍，坏了拍照我赔。五斤29块9。明天下午四点，我教大家做藕夹。"
)


def checks(text: str, kind: str = "script") -> dict[str, Check]:
    return {check.name: check for check in structure(text, kind)}


def test_a_script_that_is_built_well_is_good_but_for_its_length():
    open_points = [name for name, check in checks(GOOD).items() if not check.good]

    assert open_points == ["length"]


def test_every_check_has_words_in_both_languages():
    for kind in parts.KINDS:
        for lang in ("zh", "en"):
            assert all(check.title and check.advice for check in structure(GOOD, kind, lang))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("opening", "大家好，欢迎来到我的直播间。"),
        ("self", "这藕特别脆。"),
        ("selling", "这藕特别好吃。"),
        ("trust", "相信我没错。"),
        ("price", "便宜卖。"),
        ("ordering", "谢谢大家。"),
        ("answers", "今天就到这里。"),
        ("questions", "这是藕。"),
        ("price_times", "五斤29块9。"),
        ("sentences", "这个藕是我们村里的塘里面早上五点钟刚刚挖出来的现在还带着泥呢。"),
        ("adjectives", "又香又甜又脆又嫩的藕。"),
        ("spoken", "本产品产自王家坝。"),
        ("jargon", "私域赋能闭环。"),
    ],
)
def test_what_is_missing_or_too_much_is_told(name, text):
    assert not checks(text)[name].good


def test_a_long_sentence_is_quoted():
    long = "这个藕是我们村里的塘里面早上五点钟刚刚挖出来的现在还带着泥呢"

    assert [said.words for said in checks(f"你看。{long}。")["sentences"].said] == [long]


def test_a_part_says_when_it_is_due():
    assert checks(GOOD)["price"].at == (190, 230)
    assert checks(GOOD)["jargon"].at is None


@pytest.mark.parametrize(("characters", "least"), [(55, 50), (112, 100), (220, 210)])
def test_a_clip_is_measured_against_the_nearest_length(characters, least):
    length = checks("藕" * characters, "clip")["length"]

    assert length.good and length.least == least


def test_a_title_has_the_goods_name_and_at_most_fifteen_characters():
    assert all(check.good for check in structure("王家坝深水藕五斤装", "title"))
    assert [check.name for check in structure("今天晚上七点半跟我一起来看看好东西", "title") if not check.good] == [
        "title_length",
        "title_name",
    ]


def test_what_is_spoken_is_counted():
    assert characters_spoken("莲藕，29.9 元！🍬") == 7
    assert characters_spoken("lotus root") == 3
    assert reading_seconds("藕" * 240) == 73


def test_an_empty_text_and_an_unknown_kind():
    assert not checks("")["length"].good
    with pytest.raises(ValueError, match="poem"):
        structure("藕", "poem")
