"""A key that was wrong is put right: the effect is shown before, nobody loses, and everything that follows follows."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from lms.accounts import people
from lms.assessment import regrading
from lms.assessment.regrading import Changed, Effect
from lms.audit import AuditEntry
from lms.catalogue import folder, publishing
from lms.catalogue.models import CourseVersion
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.errors import Refused
from lms.learning import progress, recount
from lms.learning.models import Enrolment, Event, Regrade, StepDone
from tests.assessment import asked
from tests.browser import Browser
from tests.cast import OTHER_COUNTY, SMALL_COURSE, SPRING, Cast, do, staff
from tests.catalogue.kinds import pages
from tests.entering import signed_in
from tests.learning.deeds import CHINA, at_once, connected

STEP, KEY = "sun/check:sun-side", "/teach/courses/lake/questions/sun/check/sun-side/key"
EAST = [1]  # the key says west, 0


@pytest.fixture
def lake(cast: Cast) -> CourseVersion:
    """Ms He's course, in which the key of where one stands is wrong."""
    return asked.lake(cast)


@pytest.fixture
def xiulan_lake(cast: Cast, lake: CourseVersion) -> Enrolment:
    """Xiulan in it."""
    return Enrolment.get((Enrolment.person == cast.trainee) & (Enrolment.course == lake.course_id))


def target(cast: Cast, step: str = STEP, name: str = "sun-side") -> regrading.Target:
    """The question."""
    return regrading.target(cast.trainer, "lake", step, name)


def put_right(cast: Cast, right: list[Any], of: regrading.Target | None = None) -> Effect:
    """See the effect, and apply it."""
    of = of or target(cast)
    effect = regrading.effect(of, right)
    seen = regrading.fingerprint(of, effect)
    regrading.regrade(of, right, "东边才对", seen=seen, by=cast.trainer.id, now=utc_now())
    return effect


def all_but_the_check(enrolment: Enrolment) -> None:
    """Everything but the question with the wrong key, to which the answer is east."""
    asked.read_all(enrolment)
    asked.quizzed(enrolment, well=True)
    asked.checked(enrolment, 1, step="voice/check:fan")
    asked.checked(enrolment, *EAST)


def test_the_effect_is_shown_before_and_nothing_is_changed_by_looking(cast: Cast, xiulan_lake: Enrolment):
    all_but_the_check(xiulan_lake)
    before = StepDone.select().count()

    effect = regrading.effect(target(cast), EAST)

    shown = {"answers": 1, "people": 1, "steps": 1, "passes": 0, "completed": 1, "lost": 0}
    assert effect.numbers == shown
    assert StepDone.select().count() == before and not Regrade.select().exists()


def test_who_gains_completes_and_is_certified_and_a_recount_finds_nothing(cast: Cast, xiulan_lake: Enrolment):
    all_but_the_check(xiulan_lake)
    assert not Certificate.select().where(Certificate.enrolment == xiulan_lake).exists()

    put_right(cast, EAST)

    now = Enrolment.get_by_id(xiulan_lake.id)
    assert now.completed_at and now.certified_at
    assert Certificate.select().where(Certificate.enrolment == xiulan_lake).count() == 1
    assert list(recount.differences(CHINA)) == []


def test_who_was_right_by_the_old_key_keeps_the_step_and_the_certificate(cast: Cast, xiulan_lake: Enrolment):
    asked.read_all(xiulan_lake)
    asked.quizzed(xiulan_lake, well=True)
    asked.checked(xiulan_lake, 1, step="voice/check:fan")
    asked.checked(xiulan_lake, 0)

    put_right(cast, EAST)

    assert progress.is_done(xiulan_lake, STEP)
    assert Enrolment.get_by_id(xiulan_lake.id).certified_at
    assert list(recount.differences(CHINA)) == []


def test_after_a_second_correction_the_first_still_holds_for_whom_it_helped(cast: Cast, xiulan_lake: Enrolment):
    asked.checked(xiulan_lake, *EAST)
    put_right(cast, EAST)

    put_right(cast, [0])

    assert progress.is_done(xiulan_lake, STEP)
    assert list(recount.differences(CHINA)) == []


def test_a_quiz_that_is_passed_by_the_new_key_is_passed(cast: Cast, lake: CourseVersion, xiulan_lake: Enrolment):
    asked.quiz_wrong_only(xiulan_lake, "behind", [1])
    assert not progress.is_done(xiulan_lake, "sun/quiz")

    effect = put_right(cast, [1], target(cast, "sun/quiz", "behind"))

    assert (effect.steps, effect.passes) == (0, 1)
    assert progress.is_done(xiulan_lake, "sun/quiz")
    assert list(recount.differences(CHINA)) == []


def test_where_one_is_chosen_two_keys_are_right_alone(cast: Cast, lake: CourseVersion):
    put_right(cast, [0, 1])

    for chosen in (0, 1):
        learner = asked.learner(lake, cast.cohort)
        asked.checked(learner, chosen)
        assert progress.is_done(learner, STEP)


def test_what_changed_since_it_was_shown_is_refused_and_shown_anew(cast: Cast, lake: CourseVersion, he: Browser):
    asked.checked(asked.learner(lake, cast.cohort), *EAST)
    shown = he.post(f"{KEY}/effect", chosen="1", reason="东边才对")
    asked.checked(asked.learner(lake, cast.cohort), *EAST)

    page = he.post(KEY, 409, **hidden(shown))

    assert "和你看到的不一样" in page.text and not Regrade.select().exists()
    he.post(KEY, **hidden(page))
    assert Regrade.get().effect["answers"] == 2


def hidden(page: Any) -> dict[str, list[str]]:
    """What the page of the effect sends on, with all values of each name."""
    fields: dict[str, list[str]] = {}
    for field in page.all("input", type="hidden"):
        if field["name"] != "csrf_token":
            fields.setdefault(field["name"], []).append(field["value"])
    return fields


def test_twice_is_harmless(cast: Cast, lake: CourseVersion, he: Browser):
    asked.checked(asked.learner(lake, cast.cohort), *EAST)
    fields = hidden(he.post(f"{KEY}/effect", chosen="1", reason="东边才对"))

    for _time in range(2):
        he.post(KEY, **fields)

    assert Regrade.select().count() == 1


def test_of_two_at_once_one_wins(app: Flask, cast: Cast, lake: CourseVersion):
    asked.checked(asked.learner(lake, cast.cohort), *EAST)
    of = target(cast)
    seen = {tuple(right): regrading.fingerprint(of, regrading.effect(of, right)) for right in (EAST, [0, 1])}

    def deed(right: list[int]) -> Any:
        return lambda: regrading.regrade(of, right, "错了", seen=seen[tuple(right)], by=cast.trainer.id, now=utc_now())

    made = at_once([connected(deed(right)) for right in (EAST, [0, 1])])

    assert sorted(type(one).__name__ for one in made) == ["Changed", "Regrade"]
    assert Regrade.select().count() == 1 and list(recount.differences(CHINA)) == []


def test_a_key_that_changes_nothing_is_refused(cast: Cast, lake: CourseVersion):
    with pytest.raises(Refused):
        put_right(cast, [0])


def test_an_effect_that_nobody_saw_is_not_applied(cast: Cast, lake: CourseVersion):
    asked.checked(asked.learner(lake, cast.cohort), *EAST)

    with pytest.raises(Changed):
        regrading.regrade(target(cast), EAST, "错了", seen="", by=cast.trainer.id, now=utc_now())


def test_an_older_version_that_asks_the_same_is_counted_and_another_wording_is_not(
    cast: Cast, lake: CourseVersion, xiulan_lake: Enrolment
):
    asked.checked(xiulan_lake, *EAST)
    files = dict(folder.read(SMALL_COURSE, "lake"))
    publish(files, "太阳在西边，你站哪边拍？", "太阳落山，你站哪边拍？")
    assert regrading.effect(target(cast), EAST).answers == 1

    publish(files, "站东边，脸朝西", "站到东边去")

    assert regrading.effect(target(cast), EAST).answers == 0


def publish(files: dict[str, bytes], old: str, new: str) -> None:
    """Another version, with some words of the first lesson replaced."""
    assert old.encode() in files["sun/zh.md"]
    changed = files | {"sun/zh.md": files["sun/zh.md"].replace(old.encode(), new.encode())}
    publishing.load("lake", changed, by=None, now=SPRING)


def test_an_answer_judged_by_the_old_key_meanwhile_is_made_good(
    cast: Cast, lake: CourseVersion, xiulan_lake: Enrolment
):
    put_right(cast, EAST)
    do(xiulan_lake, (STEP, "check", {"chosen": [1]}))
    StepDone.delete().where(StepDone.enrolment == xiulan_lake).execute()
    Event.update(right=False).where(Event.enrolment == xiulan_lake).execute()

    for _time in range(2):
        regrading.settle(Regrade.get().id)

    assert progress.is_done(xiulan_lake, STEP)


def test_the_trail_says_who_put_which_key_right_and_who_gained(
    app: Flask, cast: Cast, lake: CourseVersion, xiulan_lake: Enrolment
):
    asked.checked(xiulan_lake, *EAST)

    put_right(cast, EAST)

    made = AuditEntry.get(AuditEntry.action == "regrade.made")
    assert (made.actor_id, made.detail["reason"], made.detail["answers"]) == (cast.trainer.id, "东边才对", 1)
    assert AuditEntry.get(AuditEntry.action == "regrade.gained").person_id == cast.trainee.id
    assert "改正了一道题的答案" in signed_in(app, cast.admin).get("/admin/audit").text


KINDS = [
    ("steps", {"at-0": "2", "at-1": "1", "at-2": "3"}, {"chosen": [1, 0, 2]}),
    ("say", {"at-0": "1", "at-1": "0", "at-2": "2"}, {"chosen": [1, 0, 2]}),
    ("length", {"answer": "0.3 ± 0.1 米"}, {"number": "0.24", "unit": 1}),
    ("first", {"answer": "站稳 / 站好"}, {"words": "站好"}),
    ("clean", {"chosen": "1"}, {"chosen": [1]}),
    ("dark", {"chosen": "1"}, {"chosen": [1]}),
    ("rules", {"chosen": ["0", "2"]}, {"chosen": [0, 2]}),
]


@pytest.mark.parametrize(("name", "fields", "body"), KINDS)
def test_a_question_of_every_kind_can_be_put_right(
    cast: Cast, lake: CourseVersion, xiulan_lake: Enrolment, he: Browser, name: str, fields: dict, body: dict
):
    files = dict(folder.read(SMALL_COURSE, "lake")) | pages()
    version = publishing.load("lake", files, by=cast.trainer.id, now=SPRING).version
    Enrolment.update(version=version).where(Enrolment.id == xiulan_lake.id).execute()
    xiulan = Enrolment.get_by_id(xiulan_lake.id)
    do(xiulan, (f"sun/check:{name}", "check", body))
    assert not progress.is_done(xiulan, f"sun/check:{name}")
    address = f"/teach/courses/lake/questions/sun/check/{name}"
    he.get(address)
    he.get(f"{address}/key")

    he.post(f"{address}/key", **hidden(he.post(f"{address}/key/effect", reason="错了", **fields)))

    assert progress.is_done(xiulan, f"sun/check:{name}")
    assert list(recount.differences(CHINA)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"chosen": "1"},
        {"reason": "错了"},
        {"chosen": "7", "reason": "错了"},
        {},
        {"chosen": "9" * 5000, "reason": "错了"},
    ],
)
def test_without_a_key_or_a_reason_it_asks_for_it(cast: Cast, lake: CourseVersion, he: Browser, fields: dict):
    he.post(f"{KEY}/effect", 422, **fields)


def test_a_course_without_an_exam_has_no_question_of_one(cast: Cast, lake: CourseVersion, he: Browser):
    he.get("/teach/courses/lake/questions/exam/exam/behind", status=404)
    he.get("/teach/courses/lake/questions/exam/exam/behind/key", status=404)


def test_what_another_process_put_right_a_moment_ago_stays_right_beside(cast: Cast, lake: CourseVersion, he: Browser):
    files = dict(folder.read(SMALL_COURSE, "lake")) | pages()
    version = publishing.load("lake", files, by=cast.trainer.id, now=SPRING).version
    address = "/teach/courses/lake/questions/sun/check/steps/key"
    he.get(address)  # from now on this process knows of no other key
    Regrade.create(course=version.course, version_number=version.number, step_key="sun/check:steps",
                   question_id="steps", right=[[1, 0, 2]], reason="也对", effect={}, made_by=cast.trainer.id,
                   made_at=utc_now())  # fmt: skip

    effect = he.post(f"{address}/effect", reason="错了", **{"at-0": "3", "at-1": "2", "at-2": "1"})
    he.post(address, **hidden(effect))

    assert Regrade.select().order_by(Regrade.id.desc()).get().right == [[1, 0, 2], [2, 1, 0]]


def test_another_trainer_finds_neither_the_figures_nor_the_key(app: Flask, cast: Cast, lake: CourseVersion):
    stranger = signed_in(app, staff("赵雷", "13812340007", "trainer", OTHER_COUNTY))
    for address in ("/teach/courses/lake/questions", "/teach/courses/lake/questions/sun/check/sun-side", KEY):
        stranger.get(address, status=404)
    signed_in(app, cast.manager).get(KEY, status=403)


def test_an_account_that_was_deleted_gains_the_step_and_no_nameless_certificate(cast: Cast, xiulan_lake: Enrolment):
    all_but_the_check(xiulan_lake)
    people.erase(cast.trainee, by=cast.admin.id, now=utc_now())

    put_right(cast, EAST)

    assert progress.is_done(xiulan_lake, STEP)
    assert not Certificate.select().where(Certificate.enrolment == xiulan_lake).exists()
    assert list(recount.differences(CHINA)) == []


def test_a_question_of_the_exam_is_put_right_with_the_one_of_its_quiz(
    cast: Cast, lake: CourseVersion, xiulan_lake: Enrolment, he: Browser
):
    files = dict(folder.read(SMALL_COURSE, "lake"))
    files["course.toml"] += b"\n[exam]\ndraw = 2\npass = 2\n"
    version = publishing.load("lake", files, by=cast.trainer.id, now=SPRING).version
    Enrolment.update(version=version).where(Enrolment.id == xiulan_lake.id).execute()
    xiulan = Enrolment.get_by_id(xiulan_lake.id)
    asked.quiz_wrong_only(xiulan, "behind", [1], step="exam")

    he.get("/teach/courses/lake/questions/exam/exam/behind")
    effect = put_right(cast, [1], target(cast, "exam", "behind"))

    assert (effect.answers, effect.passes) == (1, 1)
    assert progress.is_done(xiulan, "exam")
    assert list(recount.differences(CHINA)) == []
