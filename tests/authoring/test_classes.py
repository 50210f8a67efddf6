"""My classes: people, progress, PINs, cards, dates, coming and going."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import load_workbook

from lms.accounts import credentials
from lms.accounts.models import Person
from lms.audit import AuditEntry
from lms.db import database
from lms.learning import enrolling
from lms.learning.models import Enrolment, LessonFault
from lms.programmes import cohorts, memberships
from lms.programmes.models import Cohort, Membership
from tests.browser import Browser
from tests.cast import OTHER_COUNTY, SPRING, Cast, do, person

READ = {"by": "end"}


def desk(cast: Cast) -> str:
    """The page of the spring class."""
    return f"/teach/cohorts/{cast.cohort.id}"


def member(cast: Cast) -> str:
    """The page of Xiulan in the spring class."""
    return f"{desk(cast)}/people/{cast.membership.id}"


def test_the_list_counts_the_people_of_each_class(trainer: Browser, cast: Cast):
    assert "2026 春季班" in trainer.get("/teach/cohorts").text
    assert desk(cast) in trainer.get("/teach/cohorts").links()


def test_other_trainers_and_managers_open_none_of_it(stranger: Browser, cast: Cast):
    assert "春季班" not in stranger.get("/teach/cohorts").text
    for address in ("", "/code", "/dates", "/cards", "/closing", "/people/new", f"/people/{cast.membership.id}"):
        stranger.get(desk(cast) + address, status=404)


def test_people_stand_with_their_progress_and_when_they_were_seen(trainer: Browser, cast: Cast):
    do(cast.enrolment, ("voice/read", "read", READ), ("voice/check:fan", "check", {"chosen": [1]}))
    page = trainer.get(desk(cast))
    assert "张秀兰" in page.text and "学完 1 / 2 课" in page.text


def test_people_are_found_by_name_and_number(trainer: Browser, cast: Cast):
    assert "周强" not in trainer.get(f"{desk(cast)}?q=秀兰").text
    assert "张秀兰" in trainer.get(f"{desk(cast)}?q=13812340001").text


def test_the_page_the_csv_and_the_xlsx_agree(trainer: Browser, cast: Cast):
    do(cast.enrolment, ("voice/read", "read", READ), ("voice/check:fan", "check", {"chosen": [1]}))
    text = trainer.client.get(f"{desk(cast)}?format=csv&lang=zh").data.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(trainer.client.get(f"{desk(cast)}?format=xlsx").data)).active
    row = next(line for line in text.splitlines() if line.startswith("张秀兰")).split(",")
    cells = next(cells for cells in sheet.iter_rows(values_only=True) if cells[0] == "张秀兰")
    assert row[5:7] == ["1", "2"] and list(cells[5:7]) == [1, 2]


def test_a_list_costs_the_same_for_one_person_as_for_many(trainer: Browser, cast: Cast):
    counted = []
    execute = database.obj.execute_sql
    database.obj.execute_sql = lambda *arguments, **named: counted.append(1) or execute(*arguments, **named)
    try:
        trainer.get(desk(cast))
        few = len(counted)
        for n in range(8):
            join(cast, f"学员{n}", f"1381235{n:04}")
        counted.clear()
        trainer.get(desk(cast))
    finally:
        del database.obj.execute_sql
    assert len(counted) <= few + 1


def join(cast: Cast, name: str, phone: str) -> None:
    """One more in the spring class."""
    enrolling.enrol(memberships.join(cast.cohort, person(name, phone), now=SPRING, how="code"), now=SPRING)


def test_one_person_with_every_step_and_answer(trainer: Browser, cast: Cast):
    do(cast.enrolment, ("sun/check:sun-side", "check", {"chosen": [1]}))
    do(cast.enrolment, ("sun/check:sun-side", "check", {"chosen": [0]}))
    page = trainer.get(member(cast))
    assert "太阳在西边，你站哪边拍？" in page.text
    assert "站东边，脸朝西" in page.text and "站西边，脸朝东" in page.text
    assert "举着藕转一圈，拍两张。" in page.text and "sun/try" not in page.text and "check:" not in page.text


def test_a_new_pin_is_shown_once_and_lets_in(trainer: Browser, cast: Cast):
    page = trainer.post(f"{member(cast)}/pin")
    pin = "".join(character for character in page.text.split("请")[0] if character.isdigit())[-6:]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert credentials.check(cast.trainee, credentials.PIN, pin, now=SPRING)
    assert AuditEntry.get(AuditEntry.action == "person.pin_reset").person_id == cast.trainee.id
    trainer.get(f"{member(cast)}/pin", status=405)


def test_nobody_resets_the_pin_of_who_has_left(trainer: Browser, cast: Cast):
    gone = Membership.get(Membership.person == cast.left)
    trainer.post(f"{desk(cast)}/people/{gone.id}/pin", status=422)


def test_a_member_of_another_class_is_not_found_here(trainer: Browser, cast: Cast):
    other = cohorts.create(
        cohorts.CohortDetails("夏季班", cast.cohort.area, date(2026, 6, 1)), by=cast.admin.id, now=SPRING
    )
    cohorts.add_trainer(other, cast.trainer, by=cast.admin.id, now=SPRING)
    trainer.get(f"/teach/cohorts/{other.id}/people/{cast.membership.id}", status=404)


def test_cards_are_printed_for_those_chosen(trainer: Browser, cast: Cast):
    page = trainer.post(f"{desk(cast)}/cards", member=[cast.membership.id])
    assert "张秀兰" in page.text and "周强" not in page.text
    assert page.html.count("<svg") >= 1


def test_due_dates_are_set_and_taken_away(trainer: Browser, cast: Cast):
    field = f"due-{cast.version.course_id}-sun"
    trainer.post(f"{desk(cast)}/dates", **{field: "2026-04-01"})
    assert cohorts.due_dates(cast.cohort) == {(cast.version.course_id, "sun"): date(2026, 4, 1)}
    assert trainer.get(f"{desk(cast)}/dates").all("input", name=field)[0]["value"] == "2026-04-01"
    trainer.post(f"{desk(cast)}/dates", **{field: ""})
    assert cohorts.due_dates(cast.cohort) == {}


def test_a_day_that_is_none_keeps_what_was_typed(trainer: Browser, cast: Cast):
    field = f"due-{cast.version.course_id}-sun"
    page = trainer.post(f"{desk(cast)}/dates", status=422, **{field: "1. April"})
    assert page.all("input", name=field)[0]["value"] == "1. April"


def test_somebody_new_is_taken_in_as_invited(trainer: Browser, cast: Cast):
    trainer.post(f"{desk(cast)}/people/new", name="马德胜", phone="13812340031")
    invited = Person.get(Person.phone == "13812340031")
    assert Membership.select().where(Membership.person == invited).exists()
    assert not Enrolment.select().where(Enrolment.person == invited).exists()


def test_somebody_known_is_taken_in_by_number(trainer: Browser, cast: Cast):
    trainer.post(f"{desk(cast)}/people/new", name="周强", phone="138 1234 0005")
    back = Membership.get(Membership.person == cast.left)
    assert back.left_at is None


def test_a_number_with_a_slip_keeps_what_was_typed(trainer: Browser, cast: Cast):
    page = trainer.post(f"{desk(cast)}/people/new", name="马德胜", phone="1381234003", status=422)
    assert page.all("input", name="name")[0]["value"] == "马德胜"


def test_taking_somebody_out_asks_first_and_keeps_what_was_learnt(trainer: Browser, cast: Cast):
    do(cast.enrolment, ("sun/read", "read", READ))
    assert "学过的都留着" in trainer.get(f"{member(cast)}/removal").text
    trainer.post(f"{member(cast)}/removal")
    assert cast.membership.left_at and cast.enrolment.left_at and cast.enrolment.started_at


def test_the_code_is_shown_with_its_qr(trainer: Browser, cast: Cast):
    page = trainer.get(f"{desk(cast)}/code")
    assert "LOTUS7" in page.text and "/join?code=LOTUS7" in page.text


def test_a_class_is_closed_and_opened_again(trainer: Browser, cast: Cast):
    trainer.post(f"{desk(cast)}/closing")
    assert Cohort.get_by_id(cast.cohort.id).closed_at
    trainer.post(f"{desk(cast)}/opening")
    assert Cohort.get_by_id(cast.cohort.id).closed_at is None


def test_a_reported_fault_is_found_and_closed(trainer: Browser, stranger: Browser, cast: Cast):
    fault = LessonFault.create(
        course=cast.version.course,
        version=cast.version,
        lesson_key="sun",
        person=cast.trainee,
        kind="picture",
        words="图看不见",
        reported_at=SPRING,
    )
    page = trainer.get("/teach/faults")
    assert "图看不见" in page.text and "张秀兰" not in page.text
    assert "拍摄入门：顺着光拍" in page.text
    assert "学员反映的问题 1" in page.text
    stranger.post(f"/teach/faults/{fault.id}/closing", status=404)
    trainer.post(f"/teach/faults/{fault.id}/closing")
    assert LessonFault.get_by_id(fault.id).closed_by == cast.trainer.id
    assert "图看不见" in trainer.get("/teach/faults?closed=1").text


def test_somebody_of_another_county_comes_by_the_code(trainer: Browser, cast: Cast):
    stranger = person("孙秀英", "13812340032", area_code=OTHER_COUNTY)
    page = trainer.post(f"{desk(cast)}/people/new", status=422, name="孙秀英", phone=stranger.phone)
    assert "在别的县已经有账号" in page.text and cast.cohort.join_code in page.text
    assert not Membership.select().where(Membership.person == stranger).exists()
