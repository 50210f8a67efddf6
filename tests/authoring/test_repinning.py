"""Promise 3: a change to a course never silently takes away progress. What is told before is what is done after."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from lms.audit import AuditEntry
from lms.authoring import releasing
from lms.authoring.desk import Draft
from lms.catalogue import drafts
from lms.catalogue.models import Course
from lms.db import utc_now
from lms.learning import enrolling, quizzes, recount, repinning
from lms.learning.models import Enrolment, StepDone
from lms.programmes import memberships
from lms.programmes.models import Cohort, CohortCourse
from tests.cast import SPRING, TOWNSHIP, Cast, do, person

READ = {"by": "end"}
LATER = SPRING + timedelta(days=3)
NEW_CHECK = "\n:::check shade\n{}\n\n- [x] A\n  > B\n- [ ] C\n  > D\n\n:::\n"


@pytest.fixture
def course(cast: Cast) -> Course:
    """Ms He's small course."""
    return cast.version.course


def write(course: Course, path: str, change) -> None:
    """Change a page of the draft."""
    row = drafts.file(course, path)
    drafts.save(course, path, change(drafts.text(row)).encode(), base=row.revision, by=1, now=LATER)


def add_check(course: Course) -> None:
    """One more question in the first lesson."""
    for lang, words in (("zh", "阴凉里拍好吗？"), ("en", "Is shade good?")):
        write(course, f"sun/{lang}.md", lambda text, words=words: text + NEW_CHECK.format(words))


def take_out_lesson(course: Course) -> None:
    """The second lesson goes."""
    write(course, "course.toml", lambda text: text.replace('["sun", "voice"]', '["sun"]'))
    for path in ("voice/zh.md", "voice/en.md"):
        drafts.remove(course, path)


def publish(course: Course, choices: dict[int, str], by: int):
    """Publish the draft as it stands."""
    draft = Draft(course)
    return releasing.publish(draft, choices, note="", seen=draft.state, by=by, now=utc_now())


def enrolled(cast: Cast, name: str, phone: str) -> Enrolment:
    """One more trainee of the spring class."""
    membership = memberships.join(cast.cohort, person(name, phone), now=SPRING, how="code")
    return enrolling.enrol(membership, now=SPRING)[0]


def complete(enrolment: Enrolment) -> None:
    """Everything that the small course asks for."""
    complete_but_the_last_lesson(enrolment)
    do(enrolment, ("voice/read", "read", READ), ("voice/check:fan", "check", {"chosen": [1]}))


def pinned(enrolment: Enrolment) -> int:
    """The number of the version that an enrolment stands on now."""
    return Enrolment.get_by_id(enrolment.id).version.number


def test_whoever_has_not_started_always_moves(cast: Cast, course: Course):
    add_check(course)
    publish(course, {cast.cohort.id: "keep"}, by=cast.trainer.id)
    assert pinned(cast.enrolment) == 2


def test_whoever_is_under_way_keeps_the_version_unless_the_class_catches_up(cast: Cast, course: Course):
    do(cast.enrolment, ("sun/read", "read", READ))
    add_check(course)
    publish(course, {cast.cohort.id: "keep"}, by=cast.trainer.id)
    assert pinned(cast.enrolment) == 1


def test_catching_up_keeps_every_step_done(cast: Cast, course: Course):
    do(cast.enrolment, ("sun/read", "read", READ), ("voice/read", "read", READ))
    take_out_lesson(course)
    publish(course, {cast.cohort.id: "catch_up"}, by=cast.trainer.id)
    assert pinned(cast.enrolment) == 2
    done = {row.step_key for row in StepDone.select().where(StepDone.enrolment == cast.enrolment)}
    assert done == {"sun/read", "voice/read"}


def test_the_class_decides_where_nothing_is_chosen(cast: Cast, course: Course):
    Cohort.update(update_policy="catch_up").where(Cohort.id == cast.cohort.id).execute()
    do(cast.enrolment, ("sun/read", "read", READ))
    add_check(course)
    publish(course, {}, by=cast.trainer.id)
    assert pinned(cast.enrolment) == 2


def test_whoever_has_completed_never_moves(cast: Cast, course: Course):
    complete(cast.enrolment)
    add_check(course)
    publish(course, {cast.cohort.id: "catch_up"}, by=cast.trainer.id)
    assert (pinned(cast.enrolment), bool(cast.enrolment.completed_at)) == (1, True)


def test_whoever_has_all_that_the_new_version_needs_is_completed_and_certified(cast: Cast, course: Course):
    complete_but_the_last_lesson(cast.enrolment)
    take_out_lesson(course)
    publish(course, {cast.cohort.id: "catch_up"}, by=cast.trainer.id)
    assert cast.enrolment.completed_at and cast.enrolment.certified_at
    assert list(recount.differences(ZoneInfo("Asia/Shanghai"))) == []


def complete_but_the_last_lesson(enrolment: Enrolment) -> None:
    """The first lesson, whole."""
    do(enrolment, ("sun/read", "read", READ), ("sun/check:sun-side", "check", {"chosen": [0]}))
    answer_quiz(enrolment, 2)


def test_the_numbers_told_before_are_the_numbers_done_after(cast: Cast, course: Course):
    under_way, nearly = enrolled(cast, "刘建军", "13812340011"), enrolled(cast, "陈晓雨", "13812340012")
    whole = enrolled(cast, "周红梅", "13812340013")
    do(under_way, ("sun/read", "read", READ))
    complete_but_the_last_lesson(nearly)
    complete(whole)
    take_out_lesson(course)
    (told,) = repinning.impact(course, Draft(course).parsed)
    _done, moved = publish(course, {cast.cohort.id: "catch_up"}, by=cast.trainer.id)
    assert (told.not_started, told.under_way, told.completed, told.would_complete, told.more_to_do) == (2, 2, 1, 1, 0)
    assert moved == {cast.cohort.id: repinning.Moved(told.not_started, told.under_way, told.would_complete)}


def test_a_new_required_step_is_told_as_more_to_do(cast: Cast, course: Course):
    do(cast.enrolment, ("sun/read", "read", READ))
    add_check(course)
    (told,) = repinning.impact(course, Draft(course).parsed)
    assert (told.under_way, told.more_to_do, told.would_complete) == (1, 1, 0)


def test_steps_are_told_as_new_gone_or_of_another_kind(cast: Cast, course: Course):
    add_check(course)
    for lang in ("zh", "en"):
        write(course, f"sun/{lang}.md", lambda text: text.replace(":::try turn-around", ":::task turn-around"))
    take_out_lesson(course)
    changes = repinning.step_changes(course, Draft(course).parsed)
    assert changes.new == ["sun/check:shade"]
    assert changes.removed == ["voice/read", "voice/check:fan"]
    assert changes.changed == [("sun/try:turn-around", "sun/task:turn-around")]
    assert changes.required


def test_each_class_goes_its_own_way(cast: Cast, course: Course):
    other = Cohort.create(name="夏季班", join_code="SUMMER", area=TOWNSHIP, starts_on=SPRING.date(), created_at=SPRING)
    CohortCourse.create(cohort=other, course=course)
    there = memberships.join(other, person("孙志强", "13812340014"), now=SPRING, how="code")
    summer = enrolling.enrol(there, now=SPRING)[0]
    do(cast.enrolment, ("sun/read", "read", READ))
    do(summer, ("sun/read", "read", READ))
    add_check(course)
    publish(course, {cast.cohort.id: "keep", other.id: "catch_up"}, by=cast.trainer.id)
    assert (pinned(cast.enrolment), pinned(summer)) == (1, 2)


def test_the_trail_says_who_moved_whom(cast: Cast, course: Course):
    add_check(course)
    publish(course, {cast.cohort.id: "keep"}, by=cast.trainer.id)
    entry = AuditEntry.get(AuditEntry.action == "cohort.repinned")
    assert (entry.actor_id, entry.detail["policy"], entry.detail["not_started"]) == (cast.trainer.id, "keep", 2)


def test_publishing_the_same_again_moves_nobody(cast: Cast, course: Course):
    add_check(course)
    publish(course, {}, by=cast.trainer.id)
    done, moved = publish(course, {}, by=cast.trainer.id)
    assert (done.new, done.version.number, moved) == (False, 2, {})


def answer_quiz(enrolment: Enrolment, times: int, rightly: bool = True) -> None:
    """Answer what the first go at the quiz asks now, at most so many times."""
    for _time in range(times):
        attempt = quizzes.state(enrolment, "sun/quiz").current
        if attempt.number == 1 and attempt.next_question:
            question = attempt.next_question
            chosen = [n for n, option in enumerate(question.options) if option.right is rightly]
            do(enrolment, ("sun/quiz", "quiz", {"attempt": 1, "question": question.id, "chosen": chosen}))


def test_a_quiz_begun_before_and_finished_after_counts_the_same_everywhere(cast: Cast, course: Course):
    people = [enrolled(cast, f"学员{n}", f"138123400{n}") for n in range(20, 24)]
    for one in people:
        answer_quiz(one, 1)
    for lang in ("zh", "en"):
        write(course, f"sun/quiz.{lang}.md", lambda text: text.replace("check behind", "check ahead"))
    publish(course, {}, by=cast.trainer.id)
    for one in people:
        answer_quiz(Enrolment.get_by_id(one.id), 1)
        answer_quiz(Enrolment.get_by_id(one.id), 2, rightly=False)
    assert {pinned(one) for one in people} == {2}
    assert list(recount.differences(ZoneInfo("Asia/Shanghai"))) == []
