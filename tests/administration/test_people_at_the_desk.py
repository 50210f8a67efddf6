"""People at the desk: found, entered, changed and helped, each within reach and each deed in the trail."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.accounts import credentials, roles
from lms.accounts.models import Person, Role
from lms.audit import AuditEntry
from lms.db import utc_now
from lms.learning.models import Enrolment
from lms.programmes.models import Membership
from tests.administration.deeds import assert_counts_hold, at_desk, read_and_answer
from tests.assessment.judged import WELL, judge, settled, work
from tests.browser import Browser
from tests.cast import COUNTY, TOWNSHIP, VILLAGE, Cast, person, staff
from tests.submissions import tasked


@pytest.fixture
def admin(app: Flask, cast: Cast) -> Browser:
    return at_desk(app, cast.admin)


@pytest.fixture
def manager(app: Flask, cast: Cast) -> Browser:
    return at_desk(app, cast.manager)


def deeds() -> list[str]:
    return [entry.action for entry in AuditEntry.select().order_by(AuditEntry.id)]


def test_people_are_found_by_name_number_role_class_and_state(admin: Browser, cast: Cast):
    assert "张秀兰" in admin.get("/admin/people?q=秀").text
    assert "张秀兰" in admin.get("/admin/people?q=138 1234 0001").text
    assert "张秀兰" not in admin.get("/admin/people?kind=trainer").text
    assert "何敏" in admin.get("/admin/people?kind=trainer").text
    assert "周强" not in admin.get(f"/admin/people?cohort={cast.cohort.id}").text
    assert "周强" in admin.get(f"/admin/people?cohort={cast.cohort.id}&state=left").text


def test_a_list_shows_no_whole_number_and_a_file_of_them_is_in_the_trail(admin: Browser, cast: Cast):
    assert cast.trainee.phone not in admin.get("/admin/people").html
    answer = admin.client.get("/admin/people?format=csv")
    assert answer.data.startswith(b"\xef\xbb\xbf") and cast.trainee.phone.encode() in answer.data
    assert deeds()[-1] == "people.exported"
    assert admin.client.get("/admin/people?format=xlsx").data.startswith(b"PK")
    assert admin.client.get("/admin/people?format=exe").status_code == 404


def test_the_trail_tells_what_the_file_was_narrowed_by(admin: Browser, cast: Cast):
    admin.client.get(f"/admin/people?format=csv&kind=trainees&state=left&cohort={cast.cohort.id}&area={COUNTY}&q=周")
    detail = AuditEntry.select().order_by(AuditEntry.id.desc()).first().detail
    narrowed = {"areas": [COUNTY], "people": "trainees", "state": "left", "cohort": cast.cohort.id, "searched": True}
    assert detail == {"rows": 1, **narrowed}
    text = admin.get("/admin/audit").text
    assert "荷田县" in text and "2026 春季班" in text and "按姓名或号码查找" in text


def test_what_somebody_handed_in_and_what_it_brought_stands_on_their_page(manager: Browser, cast: Cast):
    tasked.with_task(cast)
    submission = work(cast)
    judge(submission, cast.trainer, *WELL)
    assert settled(submission).points == 5
    page = manager.get(f"/manage/people/{cast.trainee.id}")
    assert "交过的作品" in page.text and "5 分" in page.text and f"/teach/work/{submission.id}" in page.links()


def test_a_manager_sees_the_people_of_the_area_and_nobody_else(manager: Browser, app: Flask, cast: Cast):
    assert "张秀兰" in manager.get("/manage/people").text
    elsewhere = at_desk(app, cast.outsider)
    assert "张秀兰" not in elsewhere.get("/manage/people").text
    elsewhere.get(f"/manage/people/{cast.trainee.id}", status=404)
    elsewhere.post(f"/manage/people/{cast.trainee.id}/secret", status=404)


def test_the_administrator_s_desk_is_not_a_manager_s(manager: Browser, app: Flask, cast: Cast):
    manager.get("/admin/people", status=403)
    manager.get("/admin/audit", status=403)
    at_desk(app, cast.trainer).get("/manage/people", status=403)
    assert "/sign-in/staff" in Browser(app).get("/admin/people", status=302, follow=False).response.location


def test_somebody_is_entered_into_a_class_and_only_invited(manager: Browser, cast: Cast):
    manager.post("/manage/people/new", name="孙秀英", phone="138 1234 5001", place="莲子村", cohort=cast.cohort.id)
    made = Person.get(Person.phone == "13812345001")
    assert made.is_invited and made.area_code == VILLAGE
    assert Membership.get(Membership.person == made).cohort == cast.cohort
    assert not Enrolment.select().where(Enrolment.person == made).exists()


def test_what_was_typed_wrong_is_said_and_kept(manager: Browser):
    page = manager.post("/manage/people/new", status=422, name="孙秀英", phone="1381234", place="火星", cohort=0)
    assert page.all("input", id="name")[0]["value"] == "孙秀英"
    assert len(page.all("input", aria_invalid="true")) == 2


def test_a_number_that_is_somebody_s_is_not_taken(admin: Browser, cast: Cast):
    admin.post("/admin/people/new", status=422, name="别人", phone=cast.trainee.phone, place="", cohort=0)
    admin.post(f"/admin/people/{cast.left.id}/phone", status=422, phone=cast.trainee.phone)
    admin.post(f"/admin/people/{cast.left.id}/phone", phone="13812349999")
    assert Person.get_by_id(cast.left.id).phone == "13812349999"


def test_name_and_place_are_corrected(admin: Browser, cast: Cast):
    admin.post(f"/admin/people/{cast.trainee.id}/edit", name="张秀岚", place=TOWNSHIP)
    changed = Person.get_by_id(cast.trainee.id)
    assert (changed.name, changed.area_code) == ("张秀岚", TOWNSHIP)
    assert cast.enrolment.area_code == VILLAGE
    assert_counts_hold()


def test_a_trainee_gets_a_new_pin_shown_once(manager: Browser, cast: Cast):
    page = manager.post(f"/manage/people/{cast.trainee.id}/secret")
    pin = next(word for word in page.text.split() if len(word) == 6 and word.isdigit())
    assert credentials.check(cast.trainee, credentials.PIN, pin, now=utc_now())
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_colleague_gets_a_new_password(admin: Browser, cast: Cast):
    page = admin.post(f"/admin/people/{cast.trainer.id}/secret")
    password = next(word for word in page.text.split() if word.count("-") == 3)
    assert credentials.check(cast.trainer, credentials.PASSWORD, password, now=utc_now())


def test_a_manager_changes_no_colleague_of_equal_rank(manager: Browser, cast: Cast):
    for other in (cast.admin, cast.manager):
        Person.update(area_code=COUNTY).where(Person.id == other.id).execute()
        for deed in ("secret", "deactivation", "roles", "deletion"):
            manager.post(f"/manage/people/{other.id}/{deed}", status=403, kind="trainer", place="", sure="yes")
    assert Person.get_by_id(cast.admin.id).is_active


def test_roles_are_given_within_an_area_and_taken_away(admin: Browser, cast: Cast):
    admin.post(f"/admin/people/{cast.trainee.id}/roles", kind="manager", place="藕塘镇")
    role = Role.get(Role.person == cast.trainee)
    assert (role.kind, role.area_code) == ("manager", TOWNSHIP)
    admin.post(f"/admin/people/{cast.trainer.id}/roles/{role.id}/revocation", status=404)
    admin.post(f"/admin/people/{cast.trainee.id}/roles/{role.id}/revocation")
    assert not Role.select().where(Role.person == cast.trainee).exists()


def test_a_manager_makes_trainers_and_nothing_more(manager: Browser, cast: Cast):
    manager.post(f"/manage/people/{cast.trainee.id}/roles", status=403, kind="admin", place="")
    manager.post(f"/manage/people/{cast.trainee.id}/roles", status=403, kind="trainer", place="")
    manager.post(f"/manage/people/{cast.trainee.id}/roles", kind="trainer", place="荷田县")
    assert [role.kind for role in Role.select().where(Role.person == cast.trainee)] == ["trainer"]


def test_an_account_is_closed_and_opened_but_not_one_s_own(admin: Browser, cast: Cast):
    admin.post(f"/admin/people/{cast.trainee.id}/deactivation")
    assert not Person.get_by_id(cast.trainee.id).is_active
    admin.post(f"/admin/people/{cast.trainee.id}/reactivation")
    assert Person.get_by_id(cast.trainee.id).is_active
    admin.post(f"/admin/people/{cast.admin.id}/deactivation", status=422)


def test_the_last_administrator_stays(admin: Browser, cast: Cast):
    (role,) = cast.admin.roles
    admin.post(f"/admin/people/{cast.admin.id}/roles/{role.id}/revocation", status=422)
    assert roles.holders("admin").count() == 1


def test_a_role_with_an_unknown_place_stays_on_the_form(admin: Browser, cast: Cast):
    page = admin.post(f"/admin/people/{cast.trainee.id}/roles", 422, kind="manager", place="火星镇")
    assert page.all("input", id="role-place", value="火星镇", aria_invalid="true")
    assert "张秀兰" in page.text and not Role.select().where(Role.person == cast.trainee).exists()


def test_nobody_is_made_one_with_themselves(admin: Browser, cast: Cast):
    page = admin.post(f"/admin/people/{cast.trainee.id}/merge", 422, phone=cast.trainee.phone)
    assert "自己的号码" in page.text and not page.all("input", name="sure")


def test_two_accounts_of_different_names_are_warned_of(admin: Browser, cast: Cast):
    page = admin.post(f"/admin/people/{cast.trainee.id}/merge", phone=cast.left.phone)
    assert "两个名字不一样：张秀兰、周强" in page.text


def test_people_stand_in_the_order_of_their_sound(admin: Browser, cast: Cast):
    lines = admin.client.get("/admin/people?format=csv").text.splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == ["管理员", "何敏", "李建国", "王芳", "张秀兰", "周强"]


def test_an_administrator_s_role_is_everywhere_whatever_its_row_names(admin: Browser, cast: Cast):
    Role.update(area_code=COUNTY).where(Role.person == cast.admin).execute()
    other = staff("另一位", "13812340055", "admin", COUNTY)
    assert "系统管理员 全部地区" in admin.get(f"/admin/people/{other.id}").text
    admin.get(f"/admin/people/{cast.outsider.id}")


def test_deleting_needs_the_tick(admin: Browser, cast: Cast):
    admin.post(f"/admin/people/{cast.left.id}/deletion", status=422)
    admin.post(f"/admin/people/{cast.left.id}/deletion", sure="yes")
    assert Person.get_by_id(cast.left.id).deleted_at
    admin.get(f"/admin/people/{cast.left.id}", status=404)


def test_two_accounts_become_one_after_a_look(admin: Browser, cast: Cast):
    twin = person("张秀兰", "13812340077", area_code=VILLAGE)
    address = f"/admin/people/{cast.trainee.id}/merge"
    admin.post(address, status=422, phone="13812340099")
    assert "13812340077" in admin.post(address, phone="138 1234 0077").html
    assert Person.get_by_id(twin.id).merged_into is None
    admin.post(address, phone="13812340077", sure=str(twin.id))
    assert Person.get_by_id(twin.id).merged_into == cast.trainee


def test_a_member_leaves_and_comes_back(manager: Browser, cast: Cast):
    read_and_answer(cast.enrolment)
    address = f"/manage/people/{cast.trainee.id}/classes/{cast.membership.id}"
    manager.post(f"{address}/leave")
    assert cast.membership.left_at and cast.enrolment.left_at
    manager.post(f"{address}/return")
    assert cast.membership.left_at is None and cast.enrolment.started_at
    assert_counts_hold()


def test_nested_ids_are_checked_for_their_true_parent(manager: Browser, cast: Cast):
    theirs = Membership.get(Membership.person == cast.left)
    manager.post(f"/manage/people/{cast.trainee.id}/classes/{theirs.id}/leave", status=404)
    manager.get(f"/manage/people/{cast.trainee.id}/classes/{theirs.id}/transfer", status=404)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_hold_in_both_languages(app: Flask, cast: Cast, language: str):
    browser = at_desk(app, cast.admin, language)
    for page in ("", "/new", f"/{cast.trainee.id}", f"/{cast.trainer.id}", f"/{cast.trainee.id}/edit"):
        browser.get(f"/admin/people{page}")
    for page in ("phone", "merge", "classes", f"classes/{cast.membership.id}/transfer"):
        browser.get(f"/admin/people/{cast.trainee.id}/{page}")
