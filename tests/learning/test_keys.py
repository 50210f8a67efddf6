"""Keys that were put right: who was right by any of them stays right, and positions go on meaning what they meant."""

from __future__ import annotations

from typing import Any

from lms.catalogue import reading
from lms.db import utc_now
from lms.learning import keys, progress, recount
from lms.learning.keys import Key
from lms.learning.models import Event, Regrade
from tests.browser import Browser
from tests.cast import Cast, do
from tests.learning.asking import publish_kinds
from tests.learning.deeds import CHINA, publish
from tests.learning.test_moving_versions import source

STEP = "sun/check:sun-side"


def put_right(cast: Cast, right: list[Any], step: str = STEP) -> None:
    """A row as `assessment.regrading` writes it, for the newest version that there is."""
    number = reading.newest(cast.version.course).number
    name = step.partition(":")[2]
    Regrade.create(course=cast.version.course, version_number=number, step_key=step, question_id=name, right=right,
                   reason="错了", effect={}, made_by=cast.trainer, made_at=utc_now())  # fmt: skip
    keys.forget()


def answered(cast: Cast, step: str = STEP, **body: Any) -> Event:
    """Xiulan's answer."""
    do(cast.enrolment, (step, "check", body))
    return Event.select().order_by(Event.id.desc()).get()


def test_an_answer_that_any_key_made_good_stays_good_under_the_next(cast: Cast):
    event = answered(cast, chosen=[1])
    put_right(cast, [1])
    assert keys.counts_right(event)

    put_right(cast, [0])

    assert keys.counts_right(event)
    assert answered(cast, chosen=[1]).right is False


def test_what_is_only_supposed_holds_within_its_block(cast: Cast):
    event = answered(cast, chosen=[1])

    with keys.supposing(frozenset({cast.version.id}), Key(STEP, "sun-side", [1])):
        assert keys.counts_right(event)
    assert not keys.counts_right(event)


def test_an_answer_of_a_version_that_asks_something_else_stays_as_it_was(cast: Cast):
    event = answered(cast, chosen=[1])
    text = reading.files(cast.version.id)["sun/zh.md"].decode()
    publish(None, {"sun/zh.md": text.replace("站东边，脸朝西", "站到东边去")})

    put_right(cast, [1])

    assert not keys.counts_right(event)


def test_a_further_amount_in_another_unit_leaves_the_units_in_their_order(cast: Cast):
    publish_kinds(cast.enrolment)
    wrong = answered(cast, "sun/check:length", number="30", unit=0)
    metres = answered(cast, "sun/check:length", number="0.3", unit=1)

    put_right(cast, ["0.3 米"], "sun/check:length")

    assert keys.counts_right(metres) and not keys.counts_right(wrong)
    assert answered(cast, "sun/check:length", number="24", unit=0).right


def test_where_one_can_be_chosen_several_right_ones_are_right_each_alone(cast: Cast):
    put_right(cast, [0, 1])

    assert answered(cast, chosen=[0]).right and answered(cast, chosen=[1]).right


def test_a_recount_gives_the_step_that_a_regrade_did_not(cast: Cast):
    answered(cast, chosen=[1])
    put_right(cast, [1])
    assert [one.what for one in recount.differences(CHINA)] == ["steps done", "started"]

    recount.repair_all(CHINA, now=utc_now())

    assert progress.is_done(cast.enrolment, STEP)
    assert list(recount.differences(CHINA)) == []


def test_the_lesson_page_is_drawn_anew_when_a_key_was_put_right(cast: Cast, xiulan: Browser):
    answered(cast, chosen=[1])
    tag = xiulan.get("/courses/light/sun").response.headers["ETag"]
    again = {"headers": {**xiulan.headers, "If-None-Match": tag}}
    assert xiulan.client.get("/courses/light/sun", **again).status_code == 304

    put_right(cast, [1])

    assert xiulan.client.get("/courses/light/sun", **again).status_code == 200


def test_the_exam_takes_no_key_of_a_question_in_the_text_that_has_the_same_name(cast: Cast):
    files = {f"sun/{lang}.md": source(f"sun/{lang}.md").replace("sun-side", "behind") for lang in ("zh", "en")}
    toml = source("course.toml") + "\n[exam]\ndraw = 2\npass = 2\n"
    publish(cast.enrolment, files | {"course.toml": toml})
    version = reading.newest(cast.version.course).id

    put_right(cast, [1], "sun/check:behind")

    assert keys.right_for(version, "sun/check:behind", "behind") == [1]
    assert keys.right_for(version, "exam", "behind") is None
