"""What an author says of a task: how it is handed in, how it is judged, and which rows of its rubric must hold."""

from __future__ import annotations

import pytest

from lms.catalogue import lint
from lms.catalogue.course import parse
from lms.catalogue.parsed import Block, TaskRules
from tests.catalogue.courses import CONTENTS, EN, ZH

RUBRIC = "| 看什么 | 0 | 1 | 2 | 3 |\n|---|---|---|---|---|\n| 光 | a | b | c | d |\n| {name} | a | b | c | d |\n"


def files(settings: str = "", other: str | None = None, name: str = "稳", english: str = "steady") -> dict[str, bytes]:
    """The small course with one task."""
    zh = f"{ZH}\n:::task film{settings}\n拍。\n\n{RUBRIC.format(name=name)}\n:::\n"
    en = f"{EN}\n:::task film{settings if other is None else other}\nFilm.\n\n{RUBRIC.format(name=english)}\n:::\n"
    return {"course.toml": CONTENTS.encode(), "light/zh.md": zh.encode(), "light/en.md": en.encode()}


def task(content: dict[str, bytes]) -> Block:
    """The task of the small course."""
    course, _problems = parse(content)
    assert course
    return course.lessons[0].blocks["zh"][-1]


def told(content: dict[str, bytes]) -> list[tuple[int, str]]:
    """Line and code of what is told of tasks and rubrics."""
    return [(one.line, one.code) for one in lint.check(content) if "task" in one.code or "rubric" in one.code]


def test_a_task_without_settings_has_the_usual_rules_and_passes_with_two_thirds_of_all_points():
    assert task(files()).task == TaskRules(pass_mark=4)
    assert task(files()).id == "film"


def test_a_task_says_how_it_is_handed_in_and_judged():
    found = task(files(" kinds=video,photo most=50 judges=2 counts=last peers=yes pass=5 live=yes"))
    assert found.task == TaskRules(("photo", "video"), 50, 2, "last", True, 5, True)


@pytest.mark.parametrize(
    "setting",
    ["kinds=film", "most=0", "most=1001", "judges=4", "counts=mean", "peers=1", "pass=7", "pass=²", "size=3", "live=1"],
)
def test_a_setting_that_makes_no_sense_is_told_with_its_line(setting: str):
    assert [one for one in told(files(f" {setting}")) if one[1] == "task_setting"] == [(20, "task_setting")] * 2
    assert task(files(f" {setting}")).task == TaskRules(pass_mark=4)


def test_a_live_task_is_not_asked_of_everybody_who_is_to_complete_the_course():
    content = files(" live=yes")
    asking = content | {"course.toml": content["course.toml"].replace(b'["read", "check"]', b'["read", "task"]')}
    assert "live_required" in [one.code for one in lint.check(asking)]
    assert "live_required" not in [one.code for one in lint.check(content)]


@pytest.mark.parametrize("name", ["**稳**", "收音", "声音清楚", "合规"])
def test_a_bold_row_and_rows_of_sound_and_law_must_hold(name: str):
    light, other = task(files(name=name)).criteria
    assert other.must and not light.must
    assert "*" not in other.name


def test_a_word_that_only_holds_the_letters_of_law_is_no_row_of_law():
    assert not task(files(name="Flawless")).criteria[1].must


def test_both_languages_say_the_same_of_a_task():
    assert not told(files(" most=20", english="steady"))
    assert [code for _line, code in told(files(" most=20", other=" most=30"))] == ["pair_task"]
    assert [code for _line, code in told(files(name="**稳**"))] == ["pair_rubric"]
