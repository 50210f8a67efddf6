"""What the copy coach finds in a script: where, how grave, and what it leaves alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib import advertising
from lms.lib.advertising import check


def found(text: str, *packs: str) -> list[tuple[str, str]]:
    return [(finding.words, finding.rule) for finding in check(text, packs)]


def test_the_script_of_the_design_has_its_three_places():
    text = "家人们，这是全国最好的莲藕，吃了能降血压！今天五斤只要 29 块 9，错过再等一年，点下面小黄车带走。"

    assert found(text) == [("全国最好", "ABS-1"), ("吃了能降血压", "MED-1"), ("错过再等一年", "PRC-3")]


def test_a_finding_says_why_by_which_article_and_what_instead():
    finding = check("我家的蜂蜜最甜")[0]

    assert finding.severity == "must"
    assert finding.article == "广告法第九条第三项"
    assert "很甜" in finding.rewrites
    assert finding.proof == ""


def test_what_needs_proof_says_which():
    finding = check("这是有机莲藕")[0]

    assert (finding.words, finding.severity) == ("有机", "proof")
    assert "证书编号" in finding.proof


def test_the_reader_chooses_the_language_of_the_reasons():
    assert check("全网最好吃", lang="en")[0].article == "Advertising Law, article 9(3)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("这是zui好吃的藕", "zui好吃"),
        ("降🍬效果好", "降🍬"),
        ("全网第①", "全网第①"),
        ("全 国 第 一 的藕", "全 国 第 一"),
        ("ＮＯ．１的蜂蜜", "ＮＯ．１"),
        ("我家藕絕對最甜", "最甜"),
        ("最*好*吃的藕", "最*好*吃"),
        ("最\u200b好吃的藕", "最\u200b好吃"),
        ("吃了能jiang血压", "吃了能jiang血压"),
        ("加 vx 便宜", "加 vx"),
        ("國 jia 級的藕", "國 jia 級"),
        ("冶疗失眠", "冶疗失眠"),
        ("最👍好吃的藕", "最👍好吃"),
    ],
)
def test_evasions_are_found_at_their_place_in_the_original(text, words):
    assert words in [finding.words for finding in check(text)]


@pytest.mark.parametrize(
    "text",
    [
        "观众：能治糖尿病吗？",
        "有家人问，能治糖尿病吗？不能，这就是一道菜。",
        "我们这是普通食品，不能治病",
        "治不了病，就是好吃",
        "不是最便宜的，但是实在",
        "别信什么降血糖的蜂蜜",
        "收到最好放冰箱",
        "第一书记帮我们修了路",
        "最佳食用时间是三天内",
        "保证不了明天到",
        "It is not a medicine and never cures a cough.",
        "Does it cure a cough?",
        "We do our best.",
    ],
)
def test_what_takes_back_asks_or_only_looks_alike_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["谁说不能降血糖？", "不是最甜的不要钱", "难道这不是最好吃的藕吗", "你想不想降血糖？"])
def test_a_no_that_means_yes_is_found(text):
    assert found(text)


def test_the_hosts_yes_to_a_viewers_question_is_found():
    assert found("观众：能治糖尿病吗？\n主播：能，放心吃。") == [("能", "MED-1")]
    assert found("观众：能治糖尿病吗？\n主播：不能，这就是一道菜。") == []


def test_goods_that_are_named_bring_their_own_rules():
    assert found("家人们干了这杯米酒")[0][1] == "ALC-1"
    assert found("来，敞开喝几杯") != [] and found("这个菜敞开吃") == []
    assert advertising.packs_in("蜂蜜和绿茶") == ["tea", "honey"]


def test_an_award_may_stay_with_its_proof():
    assert check("2024年莲藕评比，得了全县第一")[0].severity == "proof"


def test_a_certificate_number_said_aloud_settles_the_claim():
    assert found("有机莲藕，有机证书编号100OP1200345") == []


def test_overlapping_rules_give_one_finding_the_gravest():
    assert len(found("全国最好最甜最香的莲藕")) == 3
    assert [rule for _words, rule in found("最有机的藕")] == ["CRT-1"]


def test_an_unknown_pack_is_refused():
    with pytest.raises(ValueError, match="tobacco"):
        check("藕", ["tobacco"])


def test_a_text_beyond_the_limit_is_refused():
    with pytest.raises(advertising.TooLong):
        check("藕" * (advertising.MOST_CHARACTERS + 1))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。", "！？", "\u200b", "🍬"])
def test_a_text_without_words_has_no_findings(text):
    assert check(text) == []


WORDS = st.sampled_from(
    [*"最好第一降血糖不能治病，。！？\n 🍬①zui", "全网最低价", "有人问", "能治病吗？", "\u200b", "％"]
)


@given(st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=80))
def test_findings_are_in_order_apart_and_quote_the_original(text):
    findings = check(text)

    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(finding.words for finding in findings)
    assert all(first.end <= second.start for first, second in pairwise(findings))


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("我家的藕天天吃，能降血压。", "我家的藕凉拌、炖汤都好吃。"),
        ("这蜜最甜，吃了能养胃。", "这蜜最甜，凉拌、炖汤都好吃。"),
        ("Our tea can lower blood pressure.", "Our tea is good in soups and salads."),
    ],
)
def test_a_rewrite_stands_in_for_the_words_that_lead_to_the_claim(text, rewritten):
    finding = check(text)[-1]

    assert text[: finding.start] + finding.rewrites[0] + text[finding.end :] == rewritten
