"""Going on where one stopped: on another phone, after leaving a class, in a second class."""

from __future__ import annotations

from flask import Flask

from lms.db import utc_now
from lms.learning import enrolling, looking, recount
from lms.learning.models import Enrolment, Place, Tally
from lms.programmes import memberships
from lms.programmes.models import Cohort, CohortCourse
from tests.browser import Browser
from tests.cast import COUNTY, SPRING, Cast
from tests.entering import signed_in
from tests.learning.deeds import CHINA, check, complete, read, send

PLACE = "/courses/light/place"


def test_another_phone_opens_at_the_same_part(app: Flask, cast: Cast, xiulan: Browser):
    xiulan.post_json(PLACE, {"lesson": "sun", "anchor": "check-sun-side"})

    other = signed_in(app, cast.trainee)

    assert other.get("/courses/light/sun").all("article")[0]["data-resume"] == "check-sun-side"
    assert other.get("/courses/light/voice").all("article")[0]["data-resume"] == ""


def test_today_leads_to_the_course_touched_last(cast: Cast, xiulan: Browser):
    send(cast.enrolment, read())
    xiulan.post_json(PLACE, {"lesson": "sun", "anchor": "part-3"})

    assert "/courses/light/sun" in xiulan.get("/today").links()


def test_the_newest_place_stands(cast: Cast, xiulan: Browser):
    xiulan.post_json(PLACE, {"lesson": "sun", "anchor": "one"})
    xiulan.post_json(PLACE, {"lesson": "voice", "anchor": "two"})

    assert [(place.lesson_key, place.anchor) for place in Place.select()] == [("voice", "two")]


def test_a_place_in_no_lesson_of_the_course_is_not_kept(cast: Cast, xiulan: Browser):
    answers = [xiulan.post_json(PLACE, body).status_code for body in ({"lesson": "reeds"}, {}, [], "sun", 3)]

    assert answers == [404, 422, 422, 422, 422]
    assert not Place.select().exists()


def test_a_place_is_nobodys_who_is_not_enrolled(app: Flask, cast: Cast):
    answer = signed_in(app, cast.outsider).post_json(PLACE, {"lesson": "sun", "anchor": "part-1"})

    assert answer.status_code == 404


def test_leaving_takes_nobody_out_of_the_count(cast: Cast):
    send(cast.enrolment, read())
    enrolled = tally("enrolled")

    memberships.leave(cast.membership, now=utc_now(), by=cast.trainee.id)
    enrolling.leave(cast.membership, now=utc_now())

    assert cast.enrolment.left_at and tally("enrolled") == enrolled and tally("started") == 1
    assert list(recount.differences(CHINA)) == []


def tally(measure: str) -> int:
    """The stored count of the whole installation's programme."""
    return Tally.get((Tally.scope == "all") & (Tally.course_id == 0) & (Tally.measure == measure)).count


def test_who_comes_back_goes_on_where_they_left(cast: Cast):
    send(cast.enrolment, read())
    memberships.leave(cast.membership, now=utc_now(), by=cast.trainee.id)
    enrolling.leave(cast.membership, now=utc_now())

    back = memberships.join(cast.cohort, cast.trainee, now=utc_now(), how="code")
    enrolments = enrolling.enrol(back, now=utc_now())

    assert [one.left_at for one in enrolments] == [None]
    assert looking.standing("light", cast.trainee).done == {"sun/read"}
    assert tally("enrolled") == 2 and list(recount.differences(CHINA)) == []


def evening_class() -> Cohort:
    """A second class with the same course."""
    cohort = Cohort.create(name="夜校班", join_code="NIGHT9", area=COUNTY, starts_on=SPRING.date(), created_at=SPRING)
    CohortCourse.create(cohort=cohort, course=Enrolment.get().course_id)
    return cohort


def test_the_newer_of_two_classes_is_the_one_that_counts_from_now_on(cast: Cast):
    send(cast.enrolment, read())
    second = memberships.join(evening_class(), cast.trainee, now=utc_now(), how="code")
    enrolling.enrol(second, now=utc_now())

    standing = looking.standing("light", cast.trainee)

    assert standing.enrolment.membership == second and standing.done == set()
    assert list(recount.differences(CHINA)) == []


def test_an_answer_stored_for_the_first_class_is_not_stored_again_for_the_second(cast: Cast):
    first = cast.enrolment
    send(first, check("kept-on-the-phone", 0))
    second = enrolling.enrol(memberships.join(evening_class(), cast.trainee, now=utc_now(), how="code"), now=utc_now())

    again = send(second[0], check("kept-on-the-phone", 0))

    assert not again.new and again.event.enrolment == first
    assert list(recount.differences(CHINA)) == []


def test_who_has_completed_may_go_on_reading(cast: Cast, xiulan: Browser):
    complete(cast.enrolment)

    assert "/certificates" in xiulan.get("/today").links()
    assert xiulan.get("/courses/light/sun").status == 200
    assert "还差" not in xiulan.get("/courses/light").text
