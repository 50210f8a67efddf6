"""How a text reads, for its author."""

from lms.catalogue.readability import measured


def test_short_chinese_sentences_are_easy():
    assert measured("太阳在你背后。藕就亮。", "zh").year <= 4


def test_thirteen_characters_a_sentence_are_the_fifth_year():
    reads = measured("刚挖出来的藕又白又嫩拍出来。" * 3, "zh")
    assert (reads.sentence, reads.year) == (13, 5)


def test_a_long_chinese_sentence_is_hard():
    assert measured("由于拍摄时所处的方位与光源之间的相对关系没有得到妥善处理因此画面整体偏暗。", "zh").year > 8


def test_plain_english_is_easier_than_official_english():
    plain = measured("Stand with the sun behind you. The root will shine.", "en")
    official = measured("Appropriate illumination considerably facilitates photographic documentation.", "en")
    assert plain.year < 5 < official.year


def test_220_characters_take_a_minute_aloud():
    assert measured("藕" * 220, "zh").seconds == 60


def test_nothing_takes_no_time():
    assert measured("", "zh").seconds == 0
