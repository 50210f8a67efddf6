"""Sentences that are read aloud: where one ends, what marks it, and what its name hangs on."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from lms.lib.sentences import marked, name, said


def texts(html: str) -> list[str]:
    return [one.text for one in said(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>一句。又一句！</p>", ["一句。", "又一句！"]),
        ("<p>他说：“太贵了！”走了。</p>", ["他说：“太贵了！”", "走了。"]),
        ("<p>多半是<strong>光</strong>不对。</p>", ["多半是光不对。"]),
        ("<ul><li>擦镜头</li><li>站稳</li></ul>", ["擦镜头", "站稳"]),
        ("<p>第一行<br>第二行</p>", ["第一行", "第二行"]),
        ("<p>Weigh 3.5 kg, e.g. of root. Then film.</p>", ["Weigh 3.5 kg, e.g. of root.", "Then film."]),
        ("<p>藕<sup><a>1</a></sup>要洗。</p>", ["藕要洗。"]),
        ("<p>a &lt; b</p>", ["a < b"]),
        ("<p>……</p><p> </p>", []),
    ],
)
def test_a_sentence_ends_with_its_stop_its_line_or_its_block(html: str, expected: list[str]):
    assert texts(html) == expected


def test_marking_changes_no_word_and_no_tag():
    html = '<p>多半是<a href="/x">光</a>不对。换个方向！</p><p>……</p>'

    assert marked(html).striptags() == Markup(html).striptags()
    assert marked(html).count("<span data-s") == 4  # three runs of the first sentence, one of the second
    assert marked(html).replace("</span>", "").count("<a href") == 1


def test_a_mended_comma_keeps_the_name_and_another_word_gives_another():
    assert name("刚挖出来的藕，又白又嫩。") == name("刚挖出来的藕 又白又嫩！") == name("刚挖出来的藕，又白又嫩")
    assert name("刚挖出来的藕，又白又嫩。") != name("刚挖出来的藕，又白又脆。")


@pytest.mark.parametrize(
    ("one", "other"), [("9.9 元", "99 元"), ("5%", "5"), ("6:30", "630"), ("1/2", "12"), ("3–5", "35")]
)
def test_another_price_is_another_sentence(one: str, other: str):
    assert name(one) != name(other)


def test_a_sentence_of_rare_characters_has_a_name_too():
    assert len(name("䶮和𬭚。")) == 8 and name("䶮") != name("𬭚")


def test_a_thousand_sentences_have_a_thousand_names():
    assert len({name(f"第 {number} 句") for number in range(1_000)}) == 1_000
