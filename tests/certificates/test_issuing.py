"""Promise 4: completed means certified, once; a correction keeps the number, a replacement draws a new one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from structlog.testing import capture_logs

from lms import installation, jobs
from lms.accounts import people
from lms.accounts.models import Person
from lms.audit import AuditEntry
from lms.certificates import issuing
from lms.certificates.models import Certificate, CertificateChange
from lms.db import utc_now
from lms.errors import Refused
from lms.learning import completion, recount
from lms.lib import certificate_numbers
from lms.programmes.models import CohortCourse
from tests.cast import SPRING, Cast, load_course
from tests.learning.deeds import CHINA, all_but_last, complete, contents, publish

TODAY = utc_now().astimezone(CHINA).date


@pytest.fixture
def certificate(cast: Cast) -> Certificate:
    """Xiulan's, as it was issued."""
    complete(cast.enrolment)
    return Certificate.get()


def now_is(certificate: Certificate) -> Certificate:
    return Certificate.get_by_id(certificate.id)


def test_completing_issues_a_certificate_of_what_really_was(certificate: Certificate):
    facts = certificate.facts

    assert (facts.name, facts.course_title_zh, facts.version, facts.lessons) == ("张秀兰", "拍摄入门", 1, 2)
    assert facts.kinds == ("check", "quiz", "read")  # the exercise was not required, so it is not claimed
    assert (facts.planned_class_hours, facts.verified_class_hours) == (1.5, None)
    assert (facts.class_number, facts.trainer) == ("荷田-2026-01", "何敏")
    assert facts.completed_on == facts.issued_on == TODAY()
    assert certificate_numbers.is_wellformed(certificate.number)


def test_nothing_is_issued_before_the_last_step(cast: Cast):
    all_but_last(cast.enrolment)

    assert not Certificate.select().exists()
    with pytest.raises(Refused):
        issuing.issue(cast.enrolment, now=utc_now())


def test_issuing_again_gives_the_same_certificate(cast: Cast, certificate: Certificate):
    again = issuing.issue(cast.enrolment, now=utc_now())

    assert again == certificate and Certificate.select().count() == 1
    assert AuditEntry.select().where(AuditEntry.action == "certificate.issued").count() == 1


def test_a_course_that_its_author_has_not_finished_issues_none(cast: Cast):
    publish(cast.enrolment, contents(("complete = true", "complete = false")))

    complete(cast.enrolment)

    assert cast.enrolment.completed_at is None
    assert not Certificate.select().exists()


def test_when_the_author_finishes_the_course_those_who_did_everything_are_certified(cast: Cast):
    publish(cast.enrolment, contents(("complete = true", "complete = false")))
    complete(cast.enrolment)

    publish(cast.enrolment, contents(("hours = 1.5", "hours = 2")))

    assert Certificate.get().facts.planned_class_hours == 2
    assert list(recount.differences(CHINA)) == []


def test_a_hook_that_fails_is_logged_and_undoes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(issuing, "facts", lambda *_args, **_kwargs: 1 / 0)

    with capture_logs() as lines:
        complete(cast.enrolment)

    assert cast.enrolment.completed_at and not cast.enrolment.certified_at
    assert [line["enrolment"] for line in lines if line["event"] == "certificate_not_issued"] == [cast.enrolment.id]


def test_the_command_issues_what_a_failed_hook_left(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(completion, "when_completed", [])
    complete(cast.enrolment)

    first = app.test_cli_runner().invoke(args=["certificates", "issue"])
    second = app.test_cli_runner().invoke(args=["certificates", "issue"])

    assert "issued 1" in first.output and "issued 0" in second.output
    assert Certificate.get().enrolment == cast.enrolment and cast.enrolment.certified_at
    assert list(recount.differences(CHINA)) == []


def test_no_certificate_without_a_name_is_issued_later(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(completion, "when_completed", [])
    complete(cast.enrolment)
    people.erase(Person.get_by_id(cast.trainee.id), by=None, now=utc_now())

    app.test_cli_runner().invoke(args=["certificates", "issue"])

    assert not Certificate.select().exists()


def test_the_number_is_drawn_anew_when_it_is_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    complete(cast.enrolment)
    taken = Certificate.get().number
    drawn = iter([taken, taken, "TB-7K3M-92QF-C"])
    monkeypatch.setattr(certificate_numbers, "draw", lambda _chance: next(drawn))

    new = issuing.replace(Certificate.get(), by=cast.manager.id, now=utc_now(), reason="")

    assert new.number == "TB-7K3M-92QF-C"


def test_a_correction_keeps_the_number_and_the_history(cast: Cast, certificate: Certificate):
    issuing.correct_name(certificate, "张秀兰兰", by=cast.manager.id, now=utc_now(), reason="少了一个字")

    now = now_is(certificate)
    assert (now.number, now.facts.name, issuing.status(now, TODAY())) == (certificate.number, "张秀兰兰", "corrected")
    change = CertificateChange.get()
    assert (change.kind, change.before, change.after) == ("corrected", {"name": "张秀兰"}, {"name": "张秀兰兰"})
    assert (change.by_id, change.reason) == (cast.manager.id, "少了一个字")
    assert AuditEntry.select().where(AuditEntry.action == "certificate.corrected").count() == 1


def test_two_corrections_keep_both_names_in_the_history(cast: Cast, certificate: Certificate):
    issuing.correct_name(certificate, "张秀蓝", by=cast.manager.id, now=utc_now(), reason="")
    issuing.correct_name(certificate, "张秀兰", by=cast.manager.id, now=utc_now(), reason="")

    assert [change.before["name"] for change in CertificateChange.select().order_by(CertificateChange.id)] == [
        "张秀兰",
        "张秀蓝",
    ]


def test_a_replacement_draws_a_new_number_with_the_facts_of_the_day(cast: Cast, certificate: Certificate):
    people.rename(Person.get_by_id(cast.trainee.id), "张秀岚", by=cast.manager.id, now=utc_now())

    new = issuing.replace(certificate, by=cast.manager.id, now=utc_now(), reason="改名")

    assert new.number != certificate.number and new.facts.name == "张秀岚" and new.sequence == 2
    assert issuing.status(now_is(certificate), TODAY()) == "replaced"
    assert cast.enrolment.certified_at and list(recount.differences(CHINA)) == []


@pytest.mark.parametrize(("minutes", "wanted"), [(5, "张秀蓉"), (-5, "张秀岚")], ids=["renamed since", "before"])
def test_a_replacement_takes_the_newer_of_correction_and_rename(
    cast: Cast, certificate: Certificate, minutes: int, wanted: str
):
    corrected = utc_now()
    issuing.correct_name(certificate, "张秀岚", by=cast.manager.id, now=corrected, reason="录错")
    renamed = corrected + timedelta(minutes=minutes)
    people.rename(Person.get_by_id(cast.trainee.id), "张秀蓉", by=cast.manager.id, now=renamed)

    new = issuing.replace(now_is(certificate), by=cast.manager.id, now=corrected + timedelta(hours=1), reason="")

    assert new.facts.name == wanted


def test_a_certificate_is_replaced_once(cast: Cast, certificate: Certificate):
    issuing.replace(certificate, by=cast.manager.id, now=utc_now(), reason="")

    with pytest.raises(Refused):
        issuing.replace(certificate, by=cast.manager.id, now=utc_now(), reason="")
    assert Certificate.select().count() == 2


def test_renaming_a_person_changes_nothing_that_was_printed(cast: Cast, certificate: Certificate):
    people.rename(Person.get_by_id(cast.trainee.id), "张三", by=cast.manager.id, now=utc_now())
    installation.write(installation.Installation(issuer_zh="别的单位", issuer_en="Another issuer"))

    facts = now_is(certificate).facts
    assert (facts.name, facts.issuer_zh) == ("张秀兰", "荷田县农民直播培训项目")


@pytest.mark.parametrize("reason", ["", "because", "mistake ", None])
def test_revoking_takes_a_reason_from_the_list(cast: Cast, certificate: Certificate, reason: str):
    with pytest.raises(Refused):
        issuing.revoke(certificate, reason, by=cast.manager.id, now=utc_now())

    assert issuing.status(now_is(certificate), TODAY()) == "valid"


def test_revoking_takes_the_state_back_and_stays_in_the_books(cast: Cast, certificate: Certificate):
    issuing.revoke(certificate, "mistake", by=cast.manager.id, now=utc_now())

    assert cast.enrolment.completed_at and not cast.enrolment.certified_at
    assert not cast.membership.certified_at
    assert AuditEntry.select().where(AuditEntry.action == "certificate.revoked").count() == 1
    assert list(recount.differences(CHINA)) == []


@pytest.mark.parametrize(
    "deed",
    [
        lambda one: issuing.correct_name(one, "张三", by=1, now=utc_now(), reason=""),
        lambda one: issuing.replace(one, by=1, now=utc_now(), reason=""),
        lambda one: issuing.revoke(one, "withdrawn", by=1, now=utc_now()),
    ],
    ids=["corrected", "replaced", "revoked again"],
)
def test_what_is_revoked_is_never_changed_again(cast: Cast, certificate: Certificate, deed):
    issuing.revoke(certificate, "mistake", by=cast.manager.id, now=utc_now())

    with pytest.raises(Refused):
        deed(certificate)
    assert issuing.issue(cast.enrolment, now=utc_now()) == certificate


def test_revoking_one_beside_the_programme_leaves_the_programme_certified(cast: Cast, certificate: Certificate):
    from lms.learning import enrolling
    from tests.cast import SMALL_COURSE, do
    from tests.learning.deeds import READ

    second = load_course(SMALL_COURSE, slug="beside")
    CohortCourse.create(cohort=cast.cohort, course=second.course, required=False, position=1)
    beside = enrolling.enrol(cast.membership, now=SPRING)[1]
    do(beside, ("sun/read", "read", READ))
    beside.completed_at = utc_now()
    beside.save()
    optional = issuing.issue(beside, now=utc_now())

    issuing.revoke(optional, "mistake", by=cast.manager.id, now=utc_now())

    assert cast.membership.certified_at


def valid_for_a_year(cast: Cast) -> Certificate:
    """A certificate of a course that must be renewed."""
    publish(cast.enrolment, contents(("complete = true", "complete = true\nvalid_months = 12")))
    complete(cast.enrolment)
    return Certificate.get()


def test_a_certificate_that_must_be_renewed_expires(cast: Cast):
    certificate = valid_for_a_year(cast)
    last = certificate.expires_on

    assert issuing.status(certificate, last) == "valid"
    assert issuing.status(certificate, last + timedelta(days=1)) == "expired"
    assert issuing.expire(now=utc_now()) == 0


def test_the_expired_are_no_longer_counted_as_certified(cast: Cast):
    certificate = valid_for_a_year(cast)
    day_after = datetime.combine(certificate.expires_on + timedelta(days=1), datetime.min.time(), UTC)

    assert issuing.expire(now=day_after) == 1
    assert issuing.expire(now=day_after) == 0
    assert cast.enrolment.completed_at and not cast.enrolment.certified_at
    assert list(recount.differences(CHINA, now=day_after)) == []


def test_expiry_is_done_each_day_by_itself(cast: Cast, tmp_path, monkeypatch: pytest.MonkeyPatch):
    valid_for_a_year(cast)
    yesterday = (utc_now().astimezone(CHINA) - timedelta(days=1)).date()
    Certificate.update(expires_on=yesterday).execute()
    monkeypatch.setattr(jobs.Line, "folder", tmp_path)

    jobs.begin_day(yesterday + timedelta(days=1))
    while task := jobs.Line.queue.dequeue():
        jobs.Line.queue.execute(task)

    assert not cast.enrolment.certified_at and not cast.membership.certified_at
    assert list(recount.differences(CHINA)) == []


def test_an_expired_certificate_is_not_made_new_by_replacing_it(cast: Cast):
    certificate = valid_for_a_year(cast)
    day_after = datetime.combine(certificate.expires_on + timedelta(days=1), datetime.min.time(), UTC)

    with pytest.raises(Refused):
        issuing.replace(certificate, by=cast.manager.id, now=day_after, reason="")


@pytest.mark.parametrize(
    ("day", "months", "expires"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 24, date(2028, 12, 15)),
        (date(2026, 5, 1), None, None),
    ],
)
def test_months_are_counted_as_people_count_them(day: date, months: int | None, expires: date | None):
    assert issuing.months_later(day, months) == expires


def test_an_account_that_was_deleted_keeps_its_certificate_as_printed(cast: Cast, certificate: Certificate):
    people.erase(Person.get_by_id(cast.trainee.id), by=None, now=utc_now())

    with pytest.raises(Refused):
        issuing.replace(certificate, by=cast.manager.id, now=utc_now(), reason="")
    assert now_is(certificate).facts.name == "张秀兰"
    assert list(recount.differences(CHINA)) == []


def test_a_whole_class_is_written_to_a_folder(app: Flask, cast: Cast, certificate: Certificate, tmp_path):
    runner = app.test_cli_runner()

    done = runner.invoke(args=["certificates", "issue", "--cohort", "lotus7", "--to", str(tmp_path / "papers")])

    assert done.exit_code == 0, done.output
    assert [path.name for path in (tmp_path / "papers").iterdir()] == [f"{certificate.number}.pdf"]
    assert (tmp_path / "papers" / f"{certificate.number}.pdf").read_bytes().startswith(b"%PDF-")


def test_the_command_line_verifies_and_revokes(app: Flask, certificate: Certificate):
    runner = app.test_cli_runner()

    assert runner.invoke(args=["certificates", "verify", certificate.number]).exit_code == 0
    assert runner.invoke(args=["certificates", "revoke", certificate.number, "--reason", "mistake"]).exit_code == 0
    assert runner.invoke(args=["certificates", "verify", certificate.number]).exit_code == 1
    assert runner.invoke(args=["certificates", "verify", "TB-2222-2222-2"]).exit_code == 1
    assert runner.invoke(args=["certificates", "revoke", certificate.number, "--reason", "mistake"]).exit_code == 1
