"""Two accounts of one person become one, and nothing that was learnt is lost."""

from __future__ import annotations

from datetime import date

import pytest

from lms.accounts import people
from lms.accounts.models import Person
from lms.administration.merging import merge, overlap
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.errors import Refused
from lms.learning import enrolling
from lms.learning.models import Enrolment, Event, StepDone
from lms.outcomes import lives
from lms.programmes import cohorts, memberships
from lms.programmes.models import Area, Membership
from tests.administration.deeds import CHINA, assert_counts_hold, complete, pass_quiz, read_and_answer
from tests.cast import TOWNSHIP, VILLAGE, Cast, person
from tests.learning.deeds import publish


@pytest.fixture
def twin(cast: Cast) -> Person:
    """Xiulan once more, under her other number, in the same class."""
    twin = person("张秀兰", "13812340077", area_code=VILLAGE)
    enrolling.enrol(memberships.join(cast.cohort, twin, now=utc_now(), how="code"), now=utc_now())
    return twin


def enrolment_of(somebody: Person) -> Enrolment:
    return Enrolment.get(Enrolment.person == somebody)


def unite(cast: Cast, twin: Person) -> None:
    merge(cast.trainee, twin, by=cast.admin.id, now=utc_now(), zone=CHINA)


def test_what_each_did_is_united(cast: Cast, twin: Person):
    read_and_answer(cast.enrolment)
    pass_quiz(enrolment_of(twin))

    unite(cast, twin)

    steps = {row.step_key for row in StepDone.select().where(StepDone.enrolment == cast.enrolment)}
    assert steps == {"sun/read", "sun/check:sun-side", "sun/quiz"}
    assert Event.select().where(Event.person == twin).count() == 0
    assert_counts_hold()


def test_a_certificate_moves_to_the_kept_person(cast: Cast, twin: Person):
    read_and_answer(cast.enrolment)
    complete(enrolment_of(twin))

    unite(cast, twin)

    assert Certificate.get().enrolment.person == cast.trainee
    assert cast.membership.certified_at and cast.enrolment.completed_at
    assert_counts_hold()


def test_together_they_complete_what_neither_did(cast: Cast, twin: Person):
    pass_quiz(enrolment_of(twin))
    read_and_answer(enrolment_of(twin))
    complete_rest = enrolment_of(cast.trainee)
    from tests.cast import do

    do(complete_rest, ("voice/read", "read", {"by": "end"}), ("voice/check:fan", "check", {"chosen": [1]}))

    unite(cast, twin)

    assert cast.enrolment.completed_at and Certificate.select().count() == 1
    assert_counts_hold()


def test_two_certificates_for_one_course_are_not_made_one(cast: Cast, twin: Person):
    complete(cast.enrolment)
    complete(enrolment_of(twin))

    with pytest.raises(Refused):
        unite(cast, twin)

    assert enrolment_of(twin).certified_at and Person.get_by_id(twin.id).phone
    assert_counts_hold()


def test_another_class_and_its_lives_come_along(cast: Cast):
    details = cohorts.CohortDetails("秋季班", Area.get_by_id(TOWNSHIP), date(2026, 9, 1))
    autumn = cohorts.create(details, by=cast.admin.id, now=utc_now())
    cohorts.add_course(autumn, cast.version.course, by=cast.admin.id, now=utc_now())
    twin = person("张秀兰", "13812340077", area_code=VILLAGE)
    enrolling.enrol(memberships.join(autumn, twin, now=utc_now(), how="code"), now=utc_now())
    read_and_answer(enrolment_of(twin))
    today = utc_now().astimezone(CHINA).date()
    lives.report(twin, lives.Told("a-live-of-the-twin", today, "douyin", 40), now=utc_now())
    assert [row.cohort for row in overlap(cast.trainee, twin).moving] == [autumn]

    unite(cast, twin)

    both = Membership.select().where(Membership.person == cast.trainee).order_by(Membership.id)
    assert [(row.cohort, row.first_live_on) for row in both] == [(cast.cohort, today), (autumn, today)]
    assert_counts_hold()


def test_the_second_number_becomes_free(cast: Cast, twin: Person):
    unite(cast, twin)

    assert Person.get_by_id(twin.id).merged_into == cast.trainee
    assert people.create("新人", "13812340077", by=None, now=utc_now())


def test_a_quiz_passed_stays_passed_though_each_draws_other_questions(cast: Cast):
    asked = [f":::check q{n}\n题{n}？\n\n- [x] 是\n  > 对。\n- [ ] 否\n  > 再想想。\n\n:::\n" for n in range(9)]
    files = {f"sun/quiz.{lang}.md": "---\ndraw: 2\npass: 2\n---\n" + "\n".join(asked) for lang in ("zh", "en")}
    publish(cast.enrolment, files)
    read_and_answer(cast.enrolment)
    other = person("张秀兰", "13812340081", area_code=VILLAGE)
    enrolling.enrol(memberships.join(cast.cohort, other, now=utc_now(), how="code"), now=utc_now())
    pass_quiz(enrolment_of(other))

    unite(cast, other)

    assert "sun/quiz" in {row.step_key for row in StepDone.select().where(StepDone.enrolment == cast.enrolment)}
    assert_counts_hold()
