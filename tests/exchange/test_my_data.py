"""What is kept of a person can be seen, taken along and deleted; what was counted stays counted."""

from __future__ import annotations

import json

from lms.accounts import credentials, notice, people
from lms.accounts.models import Person
from lms.certificates.models import Certificate
from lms.db import utc_now
from lms.exchange import mydata, readme
from lms.learning.models import Enrolment, Tally
from lms.outcomes import lives
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


def keys(value: object) -> set[str]:
    """Every key in a tree of dicts and lists, but not within what others wrote (`details`)."""
    if isinstance(value, dict):
        return set(value) | set().union(*(keys(inner) for key, inner in value.items() if key != "details"))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_the_readme_explains_every_word_of_the_files_in_both_languages(app, cast: Cast):
    complete(cast.enrolment)
    notice.say_group(cast.trainee, "migrant", now=utc_now())
    lives.report(cast.trainee, lives.Told("a-live-0001", utc_now().date(), "douyin", 45), now=utc_now())

    text = signed_in(app, cast).client.get("/me/data/README.txt").data.decode("utf-8-sig")

    used = keys(mydata.everything(Person.get_by_id(cast.trainee.id))) | set(mydata.ANSWER_COLUMNS)
    assert used - {"by"} <= set(readme.WORDS)
    assert "手机号" in text and "phone number" in text


def test_the_table_has_headings_in_the_reader_s_language(app, cast: Cast):
    answers = signed_in(app, cast).client.get("/me/data/answers.csv").data.decode("utf-8-sig")

    assert answers.startswith("什么时候答的")


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
