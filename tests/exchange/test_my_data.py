"""What is kept of a person can be seen, taken along and deleted; what was counted stays counted."""

from __future__ import annotations

import json

from lms.accounts import credentials, notice, people
from lms.accounts.models import Person
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.exchange import mydata
from lms.learning.models import Enrolment, Tally
from lms.programmes.models import Membership
from tests.administration.deeds import assert_counts_hold, complete, read_and_answer
from tests.browser import Browser
from tests.cast import PIN, Cast


def signed_in(app, cast: Cast) -> Browser:
    browser = Browser(app)
    browser.post("/sign-in", phone=cast.trainee.phone, pin=PIN)
    return browser


def test_the_export_holds_everything_and_is_json(cast: Cast):
    complete(cast.enrolment)
    notice.say_group(cast.trainee, "migrant", now=utc_now())

    kept = json.loads(json.dumps(mydata.everything(Person.get_by_id(cast.trainee.id))))

    assert kept["account"]["phone"] == "13812340001" and kept["account"]["group"] == "migrant"
    assert len(kept["classes"][0]["courses"][0]["steps done"]) == 5
    assert {answer["step"] for answer in kept["answers"]} >= {"sun/read", "sun/quiz", "voice/check:fan"}
    assert kept["certificates"][0]["name"] == "张秀兰" and kept["changes noted"]
    assert "argon2" not in json.dumps(kept)


def test_the_page_shows_and_gives_both_files(app, cast: Cast):
    read_and_answer(cast.enrolment)
    browser = signed_in(app, cast)
    browser.get("/me/data")
    everything = browser.client.get("/me/data/everything.json")
    answers = browser.client.get("/me/data/answers.csv")
    assert everything.json["account"]["name"] == "张秀兰"
    assert answers.data.startswith(b"\xef\xbb\xbf") and answers.data.count(b"\r\n") == 3


def test_deleting_needs_the_pin_and_the_tick(app, cast: Cast):
    browser = signed_in(app, cast)
    browser.post("/me/data/deletion", status=422, secret="111112", sure="y")
    browser.post("/me/data/deletion", status=422, secret=PIN)
    assert Person.get_by_id(cast.trainee.id).name == "张秀兰"


def test_deleting_forgets_the_person_and_no_count_moves(app, cast: Cast):
    complete(cast.enrolment)
    before = sorted(Tally.select().tuples())
    browser = signed_in(app, cast)

    browser.post("/me/data/deletion", secret=PIN, sure="y")

    gone = Person.get_by_id(cast.trainee.id)
    assert (gone.name, gone.phone, gone.group) == ("", None, "")
    assert sorted(Tally.select().tuples()) == before
    assert Certificate.get().facts.name == "张秀兰"
    assert Membership.get(Membership.person == gone).left_at
    assert_counts_hold()
    assert browser.get("/today", follow=False, status=302)


def test_an_administrator_can_delete_for_somebody_too(cast: Cast):
    Membership.update(group="veteran").where(Membership.person == cast.trainee).execute()
    people.erase(cast.trainee, by=cast.admin.id, now=utc_now())
    assert Membership.get(Membership.person == cast.trainee).group == ""
    assert not Enrolment.select().where((Enrolment.person == cast.trainee) & (Enrolment.left_at.is_null())).exists()
    assert not credentials.of(cast.trainee, credentials.PIN)
    assert_counts_hold()
