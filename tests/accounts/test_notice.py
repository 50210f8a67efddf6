"""What people agree to: told plainly, each purpose by itself, and taken back as easily as given."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from lms.accounts import notice, people, sessions
from lms.accounts.models import Consent, Person
from lms.i18n import in_language

NOW = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
# When this test fails because the text changed, give it a new VERSION too: everybody is asked again.
KNOWN_TEXTS = {"2026-11": "d902e3a2d017"}


@pytest.fixture
def xiulan(app) -> Person:
    return people.create("张秀兰", "13800000001", by=None, now=NOW)


def consents(kind: str) -> list[Consent]:
    return list(Consent.select().where(Consent.kind == kind).order_by(Consent.id))


def test_a_changed_text_has_a_new_version(app):
    with app.test_request_context(), in_language("en"):
        parts = notice.text("", "", "")
    words = "\n".join(sentence for part in parts for sentence in [part.title, *part.sentences])

    assert KNOWN_TEXTS[notice.VERSION] == hashlib.sha256(words.encode()).hexdigest()[:12]


def test_the_notice_names_who_answers_and_whom_to_ask(app):
    parts = notice.text("谯城区人社局", "何老师", "0558-670 0000")

    assert "谯城区人社局" in parts[0].sentences[0]
    assert "何老师" in parts[-1].sentences[-1]


def test_agreeing_is_kept_with_the_version_and_the_moment(xiulan):
    notice.accept(xiulan, "18+", now=NOW)

    row = Person.get_by_id(xiulan.id)
    assert (row.age_band, row.notice_accepted_at, row.is_invited) == ("18+", NOW, False)
    assert [(c.version, c.given_at) for c in consents("notice")] == [(notice.VERSION, NOW)]


def test_a_child_is_refused_and_nothing_is_kept(xiulan):
    with pytest.raises(notice.TooYoung) as told:
        notice.accept(xiulan, "under-14", now=NOW)

    assert str(told.value)
    assert Person.get_by_id(xiulan.id).is_invited and not consents("notice")


def test_the_group_has_a_consent_of_its_own(xiulan):
    notice.accept(xiulan, "18+", now=NOW)
    assert xiulan.group == ""

    notice.say_group(xiulan, "veteran", now=NOW)

    assert Person.get_by_id(xiulan.id).group == "veteran"
    assert len(consents("group")) == 1


def test_taking_the_group_back_leaves_nothing_of_it(xiulan, monkeypatch):
    heard = []
    monkeypatch.setattr(notice, "when_group_changed", [lambda person, now: heard.append(person.group)])
    notice.say_group(xiulan, "veteran", now=NOW)

    notice.withdraw_group(xiulan, now=NOW)

    assert Person.get_by_id(xiulan.id).group == ""
    assert consents("group")[0].withdrawn_at == NOW
    assert heard == ["veteran", ""]


def test_taking_the_consent_back_signs_out_and_asks_again(xiulan):
    notice.accept(xiulan, "18+", now=NOW)
    session = sessions.begin(xiulan, "phone", now=NOW)

    notice.withdraw(xiulan, now=NOW)

    assert Person.get_by_id(xiulan.id).is_invited
    assert sessions.load(session, now=NOW) is None


def test_agreeing_again_leaves_one_consent_standing(xiulan):
    for _time in range(2):
        notice.accept(xiulan, "18+", now=NOW)

    assert notice.standing(xiulan, "notice").count() == 1
    assert len(consents("notice")) == 2
