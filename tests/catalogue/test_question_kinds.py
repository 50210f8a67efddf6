"""Questions of every kind: how an author writes them, what is told of slips, which answers fit and are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lms.catalogue import answers, lint, placing
from lms.catalogue.course import parse
from lms.catalogue.parsed import KINDS, Amount, Area, Option, Question, Span
from tests.catalogue.courses import CONTENTS
from tests.catalogue.kinds import EN, ZH, pages

KNOWN = {"few_hours", "many_hours", "heavy_page"}


def files(zh: str = ZH, en: str = EN) -> dict[str, bytes]:
    """A course of the one lesson."""
    return {"course.toml": CONTENTS.encode(), **pages(zh, en, "light")}


def asked(name: str, zh: str = ZH) -> Question:
    """A question of the lesson."""
    course, _problems = parse(files(zh))
    assert course
    return course.lessons[0].check(f"light/check:{name}")


def codes(zh: str = ZH, en: str = EN) -> set[str]:
    """The codes of all errors."""
    return {one.code for one in lint.check(files(zh, en)) if one.severity == "error"}


def test_a_question_of_every_kind_is_understood_without_a_word_of_complaint():
    course, _problems = parse(files())
    assert course
    kinds = {block.question.kind for block in course.lessons[0].blocks["zh"] if block.question}
    assert kinds | {"choice"} == set(KINDS)
    assert codes() <= KNOWN


def test_what_stands_beside_the_words_is_read():
    assert [option.place for option in asked("dark").options] == [Area(60, 20, 30, 60), Area(20, 50, radius=15)]
    assert [option.place for option in asked("shake").options] == [Span(3, 5), Span(7, 9)]
    assert [option.amount for option in asked("length").options] == [Amount(24, 2, "厘米"), Amount(1, 0, "米")]
    assert asked("first").options[0].also == ("擦镜头", "擦一擦镜头", "wipe the lens", "clean the lens")
    assert [(option.text, option.other) for option in asked("say").options][:2] == [
        ("藕", "又白又嫩"),
        ("蜜", "有枣花香"),
    ]
    assert (asked("rules").misses, asked("rules").alarms) == (0, 1)
    assert asked("dark").media and asked("dark").media.src == "room.svg"
    assert asked("dark").otherwise == "看看哪里黑。"


def test_a_question_says_how_hard_it_is_and_what_it_brings_back():
    told = files() | {
        path: text.replace(b"dark hotspot", b"dark hotspot level=2 review=shooting/light")
        for path, text in files().items()
        if path.endswith(".md")
    }
    course, problems = parse(told)

    assert course and not [one for one in problems if one.code == "question_setting"]
    questions = [one.question for one in course.lessons[0].blocks["zh"] if one.question]
    assert [(one.level, one.review) for one in questions if one.id == "dark"] == [(2, "shooting/light")]


def test_what_is_to_be_typed_or_found_in_a_clip_is_neither_searched_nor_read_aloud():
    course, _problems = parse(files())
    assert course
    text = course.lessons[0].plain_text("zh")
    assert "一根筷子" in text and "又白又嫩" in text and "模糊的花" in text
    assert not any(word in text for word in ("擦一擦镜头", "24", "手一抖", "最甜"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("steps order", "steps sort", "unknown_kind"),
        ("alarms=1", "alarms=many", "question_setting"),
        ("dark hotspot", "dark hotspot alarms=1", "question_setting"),
        ("dark hotspot", "dark hotspot level=4", "question_setting"),
        ("dark hotspot", "dark hotspot review=light", "question_setting"),
        (" @ 60,20 30×60", "", "no_place"),
        (" @ 60,20 30×60", " @ 80,20 30×60", "no_place"),
        ("0:03–0:05 手一抖", "手一抖", "no_place"),
        ("0:03–0:05 手一抖", "0:05–0:03 手一抖", "no_place"),
        ("24 ± 2 厘米", "一拃", "no_place"),
        ("![藕放在窗边，右边一半是黑的](room.svg)\n", "", "no_media"),
        ("![模糊的花](b.svg) ", "", "no_media"),
        ("](b.svg)", "](gone.svg)", "dead_image"),
        ("![模糊的花]", "![]", "no_alt"),
        ("| 蜜 | 有枣花香 | 闻一闻。 |", "| 蜜 |", "pair"),
        ("- [ ] …\n  > 看看镜头。\n", "", "no_otherwise"),
        ("用一句话招呼进来的人。\n", "用一句话招呼进来的人。\n\n- [x] 好\n", "voice_answers"),
    ],
)
def test_a_slip_is_told(old: str, new: str, code: str):
    assert old in ZH
    assert code in codes(ZH.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("steps order", "steps choice", "pair_kind"),
        ("alarms=1", "alarms=2", "pair_kind"),
        ("3. Film\n", "", "pair_answers"),
        ("@ 20,50 r15", "@ 20,50 r16", "pair_places"),
        ("0:03-0:05", "0:03-0:06", "pair_places"),
        ("24 ± 2 cm", "24 ± 3 cm", "pair_places"),
        ("- [x] 0:06-0:07", "- [ ] 0:06-0:07", "pair_right"),
    ],
)
def test_both_languages_ask_the_same(old: str, new: str, code: str):
    assert old in EN
    assert code in codes(en=EN.replace(old, new))


@pytest.mark.parametrize("read", [placing.placed, placing.said, placing.timed, placing.measured])
def test_a_long_row_of_blanks_does_not_hang_the_reader(read: Callable[[Option], Option | None]):
    # Where each blank is looked at from each before it, this takes a quarter of an hour.
    read(Option(f"藕{' ' * 500_000}藕", True, ""))


def test_a_quiz_does_not_wait_for_a_trainer():
    quiz = ZH[ZH.index(":::check greet") :]
    content = files() | {"light/quiz.zh.md": f"---\ndraw: 1\npass: 1\n---\n{quiz}".encode()}
    assert [(one.path, one.line) for one in lint.check(content) if one.code == "voice_in_quiz"] == [
        ("light/quiz.zh.md", 5)
    ]


RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("clean", {"chosen": [0]}),
    ("steps", {"chosen": [0, 1, 2]}),
    ("say", {"chosen": [0, 1, 2]}),
    ("dark", {"chosen": [0]}),
    ("shake", {"chosen": [0]}),
    ("rules", {"chosen": [0, 1]}),
    ("rules", {"chosen": [0, 1, 3]}),
    ("length", {"number": "22", "unit": 0}),
    ("length", {"number": " ２５．５ ", "unit": 0}),
    ("length", {"number": "２４。０", "unit": 0}),
    ("first", {"words": "擦鏡頭！"}),
    ("first", {"words": "擦 一擦，镜头"}),
    ("first", {"words": "Wipe the LENS."}),
    ("first", {"words": "擦\u3000镜头"}),
    ("first", {"words": "擦\u00a0镜头\u200b"}),
]
WRONG: list[tuple[str, dict[str, Any], tuple[int, ...]]] = [
    ("clean", {"chosen": [1]}, (1,)),
    ("steps", {"chosen": [1, 0, 2]}, (0,)),
    ("steps", {"chosen": [0, 2, 1]}, (answers.OTHERWISE,)),
    ("say", {"chosen": [1, 0, 2]}, (0, 1)),
    ("say", {"chosen": [0, 1, 1]}, (answers.OTHERWISE,)),
    ("dark", {"chosen": [2]}, (answers.OTHERWISE,)),
    ("dark", {"chosen": [1]}, (1,)),
    ("shake", {"chosen": [1]}, (1,)),
    ("rules", {"chosen": [0]}, (answers.OTHERWISE,)),
    ("rules", {"chosen": []}, (answers.OTHERWISE,)),
    ("rules", {"chosen": [0, 1, 2, 3]}, (2, answers.OTHERWISE)),
    ("length", {"number": "27", "unit": 0}, (answers.OTHERWISE,)),
    ("length", {"number": "24", "unit": 1}, (answers.OTHERWISE,)),
    ("length", {"number": "\u221224", "unit": 0}, (answers.OTHERWISE,)),
    ("length", {"number": "1", "unit": 1}, (1,)),
    ("first", {"words": "开滤镜"}, (1,)),
    ("first", {"words": "？"}, (answers.OTHERWISE,)),
    ("first", {"words": "䶮𬭚👨\u200d👩"}, (answers.OTHERWISE,)),
]


@pytest.mark.parametrize(("name", "body"), RIGHT, ids=str)
def test_a_right_answer_is_right(name: str, body: dict[str, Any]):
    assert answers.fits(asked(name), body) and answers.is_right(asked(name), body)


@pytest.mark.parametrize(("name", "body", "speaking"), WRONG, ids=str)
def test_a_wrong_answer_is_wrong_and_its_fault_is_spoken_of(name: str, body: dict[str, Any], speaking: tuple[int, ...]):
    assert answers.fits(asked(name), body) and not answers.is_right(asked(name), body)
    assert answers.speaking(asked(name), body, right=False) == speaking


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("clean", {"chosen": [2]}),
        ("clean", {"chosen": [0], "unit": 0}),
        ("steps", {"chosen": [0, 1]}),
        ("steps", {"chosen": [0, 0, 1]}),
        ("say", {"chosen": [0, 1, 3]}),
        ("say", {"chosen": [0, 1, -1]}),
        ("dark", {"chosen": [3]}),
        ("dark", {"chosen": [[60, 20]]}),
        ("shake", {"chosen": [True]}),
        ("rules", {"chosen": [0, 0]}),
        ("rules", {"chosen": [3] * 61}),
        ("length", {"number": "24"}),
        ("length", {"number": "24 cm", "unit": 0}),
        ("length", {"number": "nan", "unit": 0}),
        ("length", {"number": 24, "unit": 0}),
        ("length", {"number": "24", "unit": 2}),
        ("length", {"number": "24", "unit": True}),
        ("first", {"words": "x" * 101}),
        ("first", {"words": "擦\0镜头"}),
        ("first", {"words": "擦\ud800镜头"}),
        ("first", {"words": ["擦镜头"]}),
        ("greet", {"chosen": []}),
    ],
    ids=str,
)
def test_what_no_page_of_ours_sends_does_not_fit(name: str, body: dict[str, Any]):
    assert not answers.fits(asked(name), body)


@pytest.mark.parametrize("name", ["clean", "steps", "say", "dark", "shake", "rules", "length", "first"])
def test_each_kind_knows_a_right_and_a_wrong_answer_and_says_both_in_words(name: str):
    question = asked(name)
    right, wrong = answers.right_answer(question), answers.wrong_answer(question)
    assert answers.fits(question, right) and answers.is_right(question, right)
    assert answers.fits(question, wrong) and not answers.is_right(question, wrong)
    assert all(answers.in_words(question, right)) and answers.in_words(question, wrong)
