"""The check takes linear time, whatever the text: no rule backtracks badly. How long that is tells `bench.copy`."""

from __future__ import annotations

import time

import pytest

from lms.lib import advertising
from lms.lib.advertising import check

# Ten times the text; half as much again for the machine's moods.
MOST_RATIO = 16

ADVERSARIAL = {
    "lawful talk": "家人们，这是我家塘里早上刚挖的莲藕，五斤装29块9，今天备了三百箱，坏一根赔一根。",
    "one hit after another": "全国最甜，",
    "one sentence without an end": "全国最甜",
    "beginnings of rules": "最",
    "denials": "不能说不会不敢",
    "numbers": "1",
    "Chinese numbers": "一百二十",
    "spaces": " ",
    "spaces between words": "最 ",
    "diseases": "糖尿病",
    "questions": "能治病吗？能。",
    "viewers' lines": "观众：能治病吗\n",
    "rivals": "比超市",
    "sold": "卖了",
    "English": "the best of the ",
    "letters": "a",
    "pinyin": "zuihao",
    "ornaments": "最*",
    "emoji": "🍬",
    "line ends": "\n",
}


def seconds(text: str) -> float:
    """The quicker of two checks, in processor time: what else runs must not count."""
    taken = []
    for _turn in range(2):
        began = time.process_time()
        check(text, advertising.PACKS)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("words", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_ten_times_the_text_takes_some_ten_times_as_long(words):
    short, long = seconds((words * 10_000)[:10_000]), seconds((words * 100_000)[:100_000])

    assert long < MOST_RATIO * max(short, 0.01)
