"""How a text reads: sentences cut where one breathes, a year, and a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.reading import is_everyday, measured, seconds_to_read_aloud, sentences

PLAIN = "太阳在你背后，照在藕身上。早上十点前拍，光不刺眼。"
OFFICIAL = "农产品电子商务经营主体应当依据国家有关法律法规的规定切实履行产品质量安全与消费者权益保护的各项义务。"


def cut(text: str) -> list[str]:
    return [sentence.strip() for sentence in sentences(text)]


@pytest.mark.parametrize(
    "text, parts",
    [
        ("对。光从你背后来！藕就亮？", ["对。", "光从你背后来！", "藕就亮？"]),
        ("他说：“莲藕好吃。”大家都笑了。", ["他说：“莲藕好吃。”", "大家都笑了。"]),
        ("等等……再拍一次。", ["等等……", "再拍一次。"]),
        ("一行\n两行\n\n三行", ["一行", "两行", "三行"]),
        ("Turn round. Is it bright? Good!", ["Turn round.", "Is it bright?", "Good!"]),
        ("It costs 3.5 yuan. Ask Ms. He, e.g. today.", ["It costs 3.5 yuan.", "Ask Ms. He, e.g. today."]),
        ("看视频 3.2 MB。Watch it. 再看一遍。", ["看视频 3.2 MB。", "Watch it.", "再看一遍。"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, parts: list[str]):
    assert cut(text) == parts


@given(st.text(alphabet=st.sampled_from("莲藕。！？…”a .A\n;3"), max_size=60))
def test_the_sentences_joined_are_the_text(text: str):
    assert "".join(sentences(text)) == text
    assert all(sentences(text))


def test_a_plain_lesson_is_of_primary_school_and_an_official_text_is_not():
    assert measured(PLAIN, "zh").year <= 5
    assert measured(OFFICIAL, "zh").year == 12


def test_rare_characters_are_named_once_and_make_a_text_harder():
    reads = measured(PLAIN + "㛃藕䶮㛃。", "zh")

    assert reads.rare == "㛃䶮"
    assert reads.year > measured(PLAIN, "zh").year


def test_the_longest_sentence_is_named():
    assert measured("好。" + OFFICIAL + "拍。", "zh").longest == OFFICIAL


def test_plain_english_is_of_a_lower_grade_than_officialese():
    plain = measured("Turn with it once. Stop where it is bright. Take the shot.", "en")
    official = measured("Notwithstanding aforementioned stipulations, organisational responsibilities remain.", "en")

    assert plain.year <= 3 < 10 < official.year
    assert plain.sentence == 4


def test_a_text_without_words_is_of_the_first_year_and_takes_no_time():
    assert (measured("……", "zh").year, measured("", "en").seconds) == (1, 0)


def test_time_is_counted_by_characters_digits_and_words():
    assert seconds_to_read_aloud("藕" * 220) == 60
    assert seconds_to_read_aloud("word " * 150) == 60
    assert seconds_to_read_aloud("8" * 220) == 60


def test_everyday_characters_are_those_of_the_first_level():
    assert all(map(is_everyday, "啊藕光拍座"))
    assert not any(map(is_everyday, "亍䶮㛃𬭚鼐a"))


@given(st.text(max_size=200), st.sampled_from(["zh", "en"]))
def test_any_text_has_a_year_and_a_time(text: str, lang: str):
    reads = measured(text, lang)

    assert 1 <= reads.year <= 12 and reads.seconds >= 0
