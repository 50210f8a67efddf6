"""Promise 3: a change to a course never silently takes away progress."""

from __future__ import annotations

import pytest

from lms.catalogue import course as courses
from lms.catalogue import folder
from lms.catalogue.models import Course, Step
from lms.certificates.models import Certificate
from lms.errors import Refused
from lms.learning import completion, enrolling, recount, repinning
from lms.learning.models import Enrolment, StepDone
from lms.learning.repinning import CATCH_UP, KEEP
from lms.programmes import memberships
from tests.cast import SMALL_COURSE, SPRING, VILLAGE, Cast, person
from tests.learning.deeds import CHINA, all_but_last, check, complete, contents, publish, read, send

ONE_MORE = {
    "zh": "\n:::check wind\n风大怎么拍？\n\n- [x] 背风站\n  > 对。\n- [ ] 迎风站\n  > 声音听不清。\n\n:::\n",
    "en": "\n:::check wind\nWhere in wind?\n\n- [x] Back to it\n  > Yes.\n- [ ] Facing it\n  > No.\n\n:::\n",
}


def with_one_more() -> dict[str, str]:
    """The first lesson with one more question."""
    return {f"sun/{lang}.md": source(f"sun/{lang}.md") + more for lang, more in ONE_MORE.items()}


def without_the_question() -> dict[str, str]:
    """The second lesson without its question."""
    return {f"voice/{lang}.md": source(f"voice/{lang}.md").split(":::check")[0] for lang in ("zh", "en")}


def source(path: str) -> str:
    return (SMALL_COURSE / path).read_text(encoding="utf-8")


def keys(enrolment: Enrolment) -> set[str]:
    """The steps done."""
    return {row.step_key for row in StepDone.select().where(StepDone.enrolment == enrolment)}


def test_who_has_not_started_moves_in_any_case(cast: Cast):
    new = publish(cast.enrolment, with_one_more(), KEEP)

    assert cast.enrolment.version == new


def test_who_is_under_way_keeps_their_version_if_so_chosen(cast: Cast):
    send(cast.enrolment, read())

    new = publish(cast.enrolment, with_one_more(), KEEP)

    assert cast.enrolment.version == cast.version != new
    send(cast.enrolment, check("answered-after", 0))
    assert list(recount.differences(CHINA)) == []


def test_catching_up_keeps_every_step_done(cast: Cast):
    send(cast.enrolment, read())
    send(cast.enrolment, check("answered-before", 0))
    before = keys(cast.enrolment)

    new = publish(cast.enrolment, with_one_more(), CATCH_UP)

    assert cast.enrolment.version == new and keys(cast.enrolment) == before
    assert "sun/check:wind" in {step.key for step in completion.missing(cast.enrolment)}


def test_who_has_completed_stays_where_they_completed(cast: Cast):
    complete(cast.enrolment)

    publish(cast.enrolment, with_one_more(), CATCH_UP)

    assert cast.enrolment.version == cast.version and cast.enrolment.completed_at
    assert Certificate.get().facts.version == 1
    assert list(recount.differences(CHINA)) == []


def test_who_lacks_only_what_went_completes_by_catching_up(cast: Cast):
    all_but_last(cast.enrolment)

    publish(cast.enrolment, without_the_question(), CATCH_UP)

    assert cast.enrolment.completed_at and Certificate.get().facts.version == 2
    assert list(recount.differences(CHINA)) == []


def test_keeping_means_nobody_completes_by_a_publish(cast: Cast):
    all_but_last(cast.enrolment)

    publish(cast.enrolment, without_the_question(), KEEP)

    assert not cast.enrolment.completed_at and not Certificate.select().exists()


def test_what_was_done_in_a_step_that_went_and_came_back_is_still_done(cast: Cast):
    send(cast.enrolment, read())
    send(cast.enrolment, check("answered-before", 0))
    publish(cast.enrolment, {f"sun/{lang}.md": source(f"sun/{lang}.md").split(":::check")[0] for lang in ("zh", "en")})

    back = publish(cast.enrolment, with_one_more())

    assert cast.enrolment.version == back
    assert "sun/check:sun-side" not in {step.key for step in completion.missing(cast.enrolment)}


def test_an_answer_to_a_step_that_went_is_refused_and_says_to_open_again(cast: Cast):
    all_but_last(cast.enrolment)
    publish(cast.enrolment, {**without_the_question(), **with_one_more()})

    with pytest.raises(Refused):
        send(
            cast.enrolment,
            check("too-late-for-it", 0).__class__(
                "too-late-for-it", "voice", "voice/check:fan", "check", {"chosen": [1]}
            ),
        )


def test_publishing_the_same_twice_moves_nobody(cast: Cast):
    send(cast.enrolment, read())
    first = publish(cast.enrolment, with_one_more())

    second = publish(cast.enrolment, with_one_more())

    assert first == second and cast.enrolment.version == first


def draft(files: dict[str, str]):
    """What would be published."""
    content = dict(folder.read(SMALL_COURSE, "light")) | {path: text.encode() for path, text in files.items()}
    parsed, _problems = courses.parse(content)
    return parsed


def classmate(cast: Cast, name: str, phone: str) -> Enrolment:
    """Somebody more in the spring class."""
    membership = memberships.join(cast.cohort, person(name, phone, area_code=VILLAGE), now=SPRING, how="code")
    return enrolling.enrol(membership, now=SPRING)[0]


def test_the_impact_that_is_told_is_what_happens(cast: Cast):
    all_but_last(cast.enrolment)
    complete(classmate(cast, "孙桂花", "13812340008"))
    send(classmate(cast, "钱小满", "13812340009"), read("read-of-xiaoman"))
    light = Course.get(Course.slug == "light")

    told = repinning.impact(light, draft(without_the_question()))[0]
    new = publish(None, without_the_question())
    moved = repinning.repin(new, {cast.cohort.id: CATCH_UP}, by=None, now=SPRING)[cast.cohort.id]

    assert (told.not_started, told.under_way, told.completed, told.would_complete) == (1, 2, 1, 1)
    assert (moved.not_started, moved.caught_up, moved.completed) == (1, 2, 1)
    assert list(recount.differences(CHINA)) == []


def test_the_changes_of_steps_are_told_by_kind(cast: Cast):
    light = Course.get(Course.slug == "light")

    changes = repinning.step_changes(light, draft({**with_one_more(), **without_the_question()}))

    assert changes.new == ["sun/check:wind"] and changes.removed == ["voice/check:fan"]
    assert changes.required


def test_only_the_class_that_chose_to_catches_up(cast: Cast):
    send(cast.enrolment, read())
    new = publish(None, with_one_more())

    repinning.repin(new, {}, by=None, now=SPRING)

    assert cast.cohort.update_policy == KEEP and cast.enrolment.version == cast.version


def test_steps_are_rows_of_the_version_that_never_changes(cast: Cast):
    before = [step.key for step in Step.select().where(Step.version == cast.version)]

    publish(cast.enrolment, with_one_more())

    assert [step.key for step in Step.select().where(Step.version == cast.version)] == before


def test_a_change_of_words_alone_makes_no_work(cast: Cast):
    send(cast.enrolment, read())

    publish(cast.enrolment, contents(("拍得清楚，买的人才放心。", "拍清楚了，买的人放心。")))

    assert keys(cast.enrolment) == {"sun/read"} and cast.enrolment.version.number == 2
