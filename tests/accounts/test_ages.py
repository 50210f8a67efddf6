"""Promise 10: 14 and 15 learn but do nothing live; 16 and 17 once a guardian agrees; grown-ups may."""

from __future__ import annotations

import pytest
from flask import Flask

from lms import audit
from lms.accounts import ages, notice, people
from lms.accounts.models import Consent, Person
from lms.db import utc_now
from lms.errors import Refused
from lms.outcomes.models import LiveReport
from lms.programmes.models import Membership
from tests.browser import Browser
from tests.cast import SPRING, Cast
from tests.entering import signed_in

MOTHER = {"name": "张桂花", "relation": "mother", "agree": "y"}


def aged(person: Person, band: str) -> Person:
    Person.update(age_band=band).where(Person.id == person.id).execute()
    return Person.get_by_id(person.id)


def test_the_rule_by_age(cast: Cast):
    bands = ("14-15", "16-17", "18+")

    assert [ages.may_go_live(aged(cast.trainee, band)) for band in bands] == [ages.NO, ages.WITH_GUARDIAN, ages.YES]


def test_a_colleague_who_was_not_asked_is_grown_up_and_one_invited_is_not_known(cast: Cast):
    colleague = aged(cast.trainer, "")
    invited = Person.create(name="新来的", phone="13812340077", created_at=SPRING)

    assert ages.may_go_live(colleague) == ages.YES
    assert ages.may_go_live(invited) == ages.NO


def test_a_guardian_s_consent_says_who_when_and_who_noted_it(cast: Cast):
    teenager, now = aged(cast.trainee, "16-17"), utc_now()

    ages.guardian_agrees(teenager, "张桂花", "mother", by=cast.trainer.id, now=now)

    kept = ages.guardian_of(teenager)
    assert (kept.given_by, kept.relation, kept.noted_by, kept.given_at) == ("张桂花", "mother", cast.trainer.id, now)
    assert ages.may_go_live(teenager) == ages.YES
    assert audit.AuditEntry.get(audit.AuditEntry.action == "consent.given").actor_id == cast.trainer.id


def test_a_consent_taken_back_opens_nothing_any_more(cast: Cast):
    teenager = aged(cast.trainee, "16-17")
    ages.guardian_agrees(teenager, "张桂花", "mother", by=teenager.id, now=utc_now())

    ages.guardian_withdraws(teenager, by=teenager.id, now=utc_now())

    assert ages.may_go_live(teenager) == ages.WITH_GUARDIAN


@pytest.mark.parametrize("band", ["14-15", "18+", ""])
def test_at_no_other_age_a_guardian_is_noted(cast: Cast, band: str):
    with pytest.raises(Refused):
        ages.guardian_agrees(aged(cast.trainee, band), "张桂花", "mother", by=cast.trainee.id, now=utc_now())


def test_who_is_forgotten_takes_the_guardian_along(cast: Cast):
    teenager = aged(cast.trainee, "16-17")
    ages.guardian_agrees(teenager, "张桂花", "mother", by=teenager.id, now=utc_now())

    people.erase(teenager, by=teenager.id, now=utc_now())

    row = Consent.get(Consent.kind == notice.GUARDIAN)
    assert (row.given_by, row.relation) == ("", "")


def test_at_fourteen_going_live_is_kindly_put_off_and_nothing_is_kept(app: Flask, cast: Cast):
    aged(cast.trainee, "14-15")
    child = signed_in(app, cast.trainee)
    fields = {"event": "a-live-of-a-child", "went_on": utc_now().date(), "platform": "douyin", "minutes": "30"}

    assert "/lives" not in child.get("/today").links()
    assert "16" in child.get("/lives").text and not child.get("/lives").all("input", name="went_on")
    child.post("/lives", 422, **fields)

    assert not LiveReport.select().exists()


def test_at_sixteen_the_guardian_beside_her_opens_the_form(app: Flask, cast: Cast):
    aged(cast.trainee, "16-17")
    teenager = signed_in(app, cast.trainee)
    assert "/me/guardian?next=/lives" in teenager.get("/lives").links()
    teenager.post("/me/guardian?next=/lives", 422, **{**MOTHER, "agree": ""})
    assert not teenager.get("/lives").all("input", name="went_on")

    teenager.post("/me/guardian?next=/lives", 303, follow=False, **MOTHER)

    assert teenager.get("/lives").all("input", name="went_on")
    assert "张桂花" in teenager.get("/me/guardian").text


def test_the_guardian_takes_it_back_on_the_same_page(app: Flask, cast: Cast):
    aged(cast.trainee, "16-17")
    teenager = signed_in(app, cast.trainee)
    teenager.post("/me/guardian", 303, follow=False, **MOTHER)

    teenager.post("/me/guardian/withdrawal", 303, follow=False)

    assert not teenager.get("/lives").all("input", name="went_on")


def test_a_grown_up_is_asked_for_no_guardian(app: Flask, cast: Cast):
    grown_up = signed_in(app, cast.trainee)

    assert "/me/guardian" not in grown_up.get("/me").links()
    assert grown_up.get("/me/guardian", status=302, follow=False).response.headers["Location"] == "/me"


def paper(cast: Cast) -> str:
    return f"/teach/cohorts/{cast.cohort.id}/people/{cast.membership.id}/guardian"


def test_a_trainer_notes_the_signed_paper(app: Flask, cast: Cast):
    aged(cast.trainee, "16-17")
    teacher: Browser = signed_in(app, cast.trainer)
    assert paper(cast) in teacher.get(paper(cast).removesuffix("/guardian")).links()

    teacher.post(paper(cast), 303, follow=False, **MOTHER)

    assert ages.guardian_of(cast.trainee).noted_by == cast.trainer.id
    assert "张桂花" in teacher.get(paper(cast)).text


def test_no_paper_for_a_grown_up_nor_by_who_does_not_teach_the_class(app: Flask, cast: Cast):
    assert not signed_in(app, cast.trainer).get(paper(cast)).all("input", name="name")
    signed_in(app, cast.trainer).post(paper(cast), 422, **MOTHER)
    aged(cast.trainee, "16-17")

    signed_in(app, cast.admin).get(paper(cast), status=404)
    signed_in(app, cast.manager).post(paper(cast), 403, **MOTHER)

    assert ages.guardian_of(cast.trainee) is None


def test_no_paper_for_who_left_the_class(app: Flask, cast: Cast):
    aged(cast.trainee, "16-17")
    Membership.update(left_at=utc_now()).where(Membership.id == cast.membership.id).execute()

    signed_in(app, cast.trainer).get(paper(cast), status=404)
    signed_in(app, cast.trainer).post(paper(cast), 404, **MOTHER)

    assert ages.guardian_of(cast.trainee) is None
