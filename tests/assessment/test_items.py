"""What first answers say of a question, counted in the classes that one looks after."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.assessment import items, regrading
from lms.assessment.items import Item
from lms.audit import AuditEntry
from lms.catalogue import folder, publishing
from lms.catalogue.models import CourseVersion
from lms.db import utc_now
from tests.assessment import asked
from tests.browser import Browser
from tests.cast import OTHER_COUNTY, SMALL_COURSE, SPRING, Cast, staff
from tests.catalogue.kinds import pages
from tests.entering import signed_in

PAGE = "/teach/courses/lake/questions"
SUN = f"{PAGE}/sun/check/sun-side"


@pytest.fixture
def lake(cast: Cast) -> CourseVersion:
    """Ms He's course."""
    return asked.lake(cast)


def item(cast: Cast, lake: CourseVersion, name: str) -> Item:
    """What Ms He sees of one question."""
    return next(one for one in items.of_course(cast.trainer, lake.course) if one.question.id == name)


def answered(cast: Cast, lake: CourseVersion, *chosen: int, well: bool | None = None) -> None:
    """Somebody new for each answer to where one stands, who then does the quiz well or not."""
    for one in chosen:
        learner = asked.learner(lake, cast.cohort)
        asked.checked(learner, one)
        if well is not None:
            asked.quizzed(learner, well=well)


def test_only_the_first_answer_counts_for_how_hard_it_is(cast: Cast, lake: CourseVersion):
    answered(cast, lake, *[0] * 3)
    for _number in range(3):
        learner = asked.learner(lake, cast.cohort)
        asked.checked(learner, 1)
        asked.checked(learner, 0)

    assert item(cast, lake, "sun-side").difficulty == 0.5


def test_the_first_go_at_a_quiz_counts_and_not_the_second(cast: Cast, lake: CourseVersion):
    for _number in range(5):
        learner = asked.learner(lake, cast.cohort)
        asked.quizzed(learner, well=False)
        asked.quizzed(learner, well=True)

    found = item(cast, lake, "behind")

    assert (found.people, found.right) == (5, 0)


def test_of_fewer_than_five_only_their_number_is_told(cast: Cast, lake: CourseVersion, he: Browser):
    answered(cast, lake, 0, 1, 1, 0)

    found = item(cast, lake, "sun-side")
    assert (found.people, found.difficulty, found.verdict) == (4, None, "few")
    assert "4 个人答过" in he.get(SUN).text and "最好" not in he.get(SUN).text


def test_an_answer_that_only_the_weak_get_right_makes_one_doubt_the_key(cast: Cast, lake: CourseVersion, he: Browser):
    answered(cast, lake, *[1] * 12, well=True)
    answered(cast, lake, *[0] * 12, well=False)

    found = item(cast, lake, "sun-side")

    assert found.discrimination == -1
    assert (found.verdict, found.rival.place, found.rival.upper) == ("key", 1, 12)
    assert "可能答案有错" in he.get(PAGE).text


def test_a_question_that_tells_the_best_from_the_weakest_is_good(cast: Cast, lake: CourseVersion):
    answered(cast, lake, *[0] * 12, well=True)
    answered(cast, lake, *[1] * 12, well=False)

    found = item(cast, lake, "behind")

    assert (found.difficulty, found.discrimination, found.verdict) == (0.5, 1, "good")


def test_with_too_few_in_a_group_no_index_is_said(cast: Cast, lake: CourseVersion):
    answered(cast, lake, *[0] * 9, well=True)
    answered(cast, lake, *[1] * 9, well=False)

    found = item(cast, lake, "sun-side")

    assert (found.upper, found.lower, found.discrimination) == (9, 9, None)


@pytest.mark.parametrize(("right", "wrong", "verdict"), [(2, 0, "few"), (20, 0, "easy"), (8, 6, "good")])
def test_each_question_has_a_verdict_in_a_word(cast: Cast, lake: CourseVersion, right: int, wrong: int, verdict: str):
    answered(cast, lake, *[0] * right, *[1] * wrong)

    assert item(cast, lake, "sun-side").verdict == verdict


def test_what_most_got_wrong_in_the_same_way_makes_one_doubt_the_key(cast: Cast, lake: CourseVersion):
    answered(cast, lake, *[0] * 4, *[1] * 8)

    assert item(cast, lake, "sun-side").verdict == "key"


def test_a_trainer_counts_only_the_answers_of_her_own_classes(cast: Cast, lake: CourseVersion):
    stranger = staff("赵雷", "13812340007", "trainer", OTHER_COUNTY)
    answered(cast, lake, *[0] * 6)

    assert item(cast, lake, "sun-side").people == 6
    assert all(one.people == 0 for one in items.of_course(stranger, lake.course))
    assert next(one.people for one in items.of_course(cast.admin, lake.course)) == 6


def test_the_list_is_saved_as_a_file_and_the_trail_says_so(cast: Cast, lake: CourseVersion, he: Browser):
    answered(cast, lake, *[0] * 4, *[1] * 8)

    csv = he.client.get(f"{PAGE}?format=csv&lesson=sun").get_data(as_text=True)

    assert "站东边，脸朝西,8" in csv and len(csv.strip().splitlines()) == 4
    assert AuditEntry.get(AuditEntry.action == "questions.exported").detail == {"course": "lake", "rows": 3}


def test_a_question_page_shows_which_answer_drew_whom(cast: Cast, lake: CourseVersion, he: Browser):
    answered(cast, lake, *[1] * 12, well=True)
    answered(cast, lake, *[0] * 12, well=False)

    page = he.get(SUN)

    assert "站东边，脸朝西" in page.text and "24 人里 12 人" in page.text
    assert f"{SUN}/key" in page.links()


def test_an_order_that_a_few_gave_stands_without_a_number_and_in_the_readers_language(
    app: Flask, cast: Cast, lake: CourseVersion
):
    files = dict(folder.read(SMALL_COURSE, "lake")) | pages()
    publishing.load("lake", files, by=cast.trainer.id, now=SPRING)
    for chosen in [(1, 0, 2)] * 6 + [(0, 1, 2)] * 6 + [(2, 1, 0)]:
        asked.checked(asked.learner(lake, cast.cohort), *chosen, step="sun/check:steps")

    page = signed_in(app, cast.trainer, "en").get(f"{PAGE}/sun/check/steps")

    assert "1. Stand still · 2. Wipe the lens · 3. Film" in page.text and "6 of 13" in page.text
    assert "A few also answered: 1. Film · 2. Stand still · 3. Wipe the lens" in page.text


def test_answers_to_an_older_wording_are_left_out_and_their_number_is_told(cast: Cast, lake: CourseVersion):
    answered(cast, lake, *[1] * 6)
    files = dict(folder.read(SMALL_COURSE, "lake"))
    files["sun/zh.md"] = files["sun/zh.md"].replace("站东边，脸朝西".encode(), "站到东边去".encode())
    publishing.load("lake", files, by=cast.trainer.id, now=SPRING)

    found = item(cast, lake, "sun-side")

    assert (found.people, found.others) == (0, 6)


def test_what_a_key_put_right_since_is_counted_as_right(cast: Cast, lake: CourseVersion):
    answered(cast, lake, *[1] * 6)
    of = regrading.of_course(lake.course, "sun/check:sun-side", "sun-side")
    seen = regrading.fingerprint(of, regrading.effect(of, [1]))

    regrading.regrade(of, [1], "东边才对", seen=seen, by=cast.trainer.id, now=utc_now())

    assert item(cast, lake, "sun-side").difficulty == 1
