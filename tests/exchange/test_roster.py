"""Importing a roster: a preview that tells all, one transaction, and nothing the second time."""

from __future__ import annotations

import pytest

from lms.accounts import notice
from lms.accounts.models import Credential, Person
from lms.audit import AuditEntry
from lms.db import utc_now
from lms.errors import Refused
from lms.exchange import faults, roster
from lms.learning.models import Enrolment
from lms.programmes import cohorts
from lms.programmes.models import Area, Membership
from tests.administration.deeds import assert_counts_hold
from tests.cast import COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE, Cast, person

LIST = """姓名,手机号,村,备注
孙秀英,138 1234 5001,藕塘镇莲子村,
周䶮,+86 13812345002,,党员
王𬭚,13812345003,{township},
"""


def read(text: str, encoding: str = "utf-8"):
    return faults.read(text.format(township=TOWNSHIP).encode(encoding), "名单.csv")


def bring_in(cast: Cast, text: str = LIST):
    return roster.import_roster(read(text), cast.cohort, by=cast.admin.id, now=utc_now())


def numbers(planned: roster.Plan) -> tuple[int, ...]:
    return tuple(planned.counts[kind] for kind in roster.KINDS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_list_is_read_in_every_encoding(cast: Cast, encoding: str):
    planned = roster.plan(read(LIST, encoding), cast.cohort)
    assert (numbers(planned), planned.bad, planned.ignored) == ((3, 0, 0, 0), [], ["备注"])
    assert [entry.area_code for entry in planned.entries] == [VILLAGE, "", TOWNSHIP]


def test_a_preview_changes_nothing(cast: Cast):
    before = Person.select().count()
    roster.plan(read(LIST), cast.cohort)
    assert Person.select().count() == before


def test_imported_people_are_invited_without_a_pin(cast: Cast):
    bring_in(cast)
    invited = Person.get(Person.name == "周䶮")
    assert invited.is_invited and invited.phone == "13812345002"
    assert Membership.get(Membership.person == invited).area_code == TOWNSHIP
    assert not Credential.select().where(Credential.person == invited).exists()
    assert not Enrolment.select().where(Enrolment.person == invited).exists()
    assert_counts_hold()


def test_who_accepts_the_notice_is_enrolled(cast: Cast):
    bring_in(cast)
    person = Person.get(Person.name == "周䶮")
    notice.accept(person, "18+", now=utc_now())
    assert Enrolment.get(Enrolment.person == person).course == cast.version.course
    assert_counts_hold()


def test_the_same_list_twice_changes_nothing(cast: Cast):
    bring_in(cast)
    before = (Person.select().count(), Membership.select().count(), AuditEntry.select().count())
    again = bring_in(cast)
    assert numbers(again) == (0, 0, 0, 3)
    assert (Person.select().count(), Membership.select().count(), AuditEntry.select().count()) == before


def test_an_invited_person_s_name_and_place_are_corrected(cast: Cast):
    bring_in(cast)
    planned = bring_in(cast, LIST.replace("孙秀英", "孙秀瑛").replace("藕塘镇莲子村", "藕塘镇"))
    assert numbers(planned) == (0, 0, 1, 2)
    corrected = Person.get(Person.phone == "13812345001")
    assert (corrected.name, corrected.area_code) == ("孙秀瑛", TOWNSHIP)


def test_somebody_known_joins_and_is_enrolled_at_once(cast: Cast):
    autumn = cohorts.create(
        cohorts.CohortDetails("秋季班", cast.cohort.area, cast.cohort.starts_on), by=None, now=utc_now()
    )
    cohorts.add_course(autumn, cast.version.course, by=None, now=utc_now())
    done = roster.import_roster(read("姓名,手机号\n张秀兰,13812340001\n"), autumn, by=cast.admin.id, now=utc_now())
    assert numbers(done) == (0, 1, 0, 0)
    assert Enrolment.get((Enrolment.person == cast.trainee) & (Enrolment.cohort == autumn))
    assert_counts_hold()


def test_somebody_who_had_left_comes_back(cast: Cast):
    done = bring_in(cast, "姓名,手机号\n周强,13812340005\n")
    assert numbers(done) == (0, 1, 0, 0)
    assert Membership.get(Membership.person == cast.left).left_at is None
    assert_counts_hold()


def test_every_bad_row_is_named_and_nothing_is_imported(cast: Cast):
    text = LIST + (
        "李大妈,1381234500,,\n"
        "赵二,13812345001,,\n"
        "钱三,13812345009,火星镇,\n"
        "别人,13812340001,,\n"
        ",13812345010,,\n"
        "吴老师,0558-6712345,,\n"
    )
    planned = roster.plan(read(text), cast.cohort)
    assert [bad.line for bad in planned.bad] == [5, 6, 7, 8, 9, 10]
    assert all(bad.reason and bad.fix for bad in planned.bad)
    assert "张秀兰" not in planned.bad[3].reason + planned.bad[3].fix
    before = Person.select().count()
    with pytest.raises(Refused):
        bring_in(cast, text)
    assert Person.select().count() == before


def test_a_village_alone_is_enough_where_it_is_the_only_one_of_the_class_s_area(cast: Cast):
    Area.create(code="349921102000", name_zh="菱湖镇", level=4)
    Area.create(code="349921102201", name_zh="莲子村", level=5)
    planned = roster.plan(read("姓名,手机号,村\n孙秀英,13812345001,莲子村\n"), cast.cohort)
    assert [entry.area_code for entry in planned.entries] == [VILLAGE]


def test_a_village_of_two_meanings_is_told_with_both_townships(cast: Cast):
    Area.create(code="349921102000", name_zh="菱湖镇", level=4)
    Area.create(code="349921102201", name_zh="莲子村", level=5)
    cast.cohort.area = COUNTY
    (bad,) = roster.plan(read("姓名,手机号,村\n孙秀英,13812345001,莲子村\n"), cast.cohort).bad
    assert "不止一个" in bad.reason and "藕塘镇莲子村" in bad.fix and "菱湖镇莲子村" in bad.fix


def test_a_closed_class_takes_no_list(cast: Cast):
    cohorts.close(cast.cohort, by=cast.admin.id, now=utc_now())
    with pytest.raises(Refused):
        bring_in(cast)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\xff\xfe\x00", "姓名\n张三\n".encode()])
def test_a_file_that_is_no_list_is_refused_in_words(cast: Cast, content: bytes):
    with pytest.raises(Refused) as refusal:
        faults.read(content, "x.csv")
    assert str(refusal.value)


def test_ten_thousand_people_come_in_at_once(cast: Cast):
    text = "姓名,手机号,村\n" + "".join(f"学员{chr(0x4E00 + n)},{13700000000 + n},莲子村\n" for n in range(10_000))
    done = bring_in(cast, text)
    assert numbers(done) == (10_000, 0, 0, 0)


def test_the_trail_has_a_line_for_the_list_and_one_for_each_person(cast: Cast):
    bring_in(cast)
    entry = AuditEntry.get(AuditEntry.action == "roster.imported")
    assert (entry.actor_id, entry.detail) == (cast.admin.id, {"new": 3})
    assert AuditEntry.select().where(AuditEntry.action == "person.created").count() == 3


def test_nobody_from_another_county_is_taken_over_by_a_list(cast: Cast):
    stranger = person("孙秀英", "13812345001", area_code=OTHER_COUNTY)
    planned = roster.plan(read(LIST), cast.cohort)
    assert [(bad.line, numbers(planned)) for bad in planned.bad] == [(2, (2, 0, 0, 0))]
    assert "在别的县" in planned.bad[0].reason and cast.cohort.join_code in planned.bad[0].fix
    with pytest.raises(Refused):
        bring_in(cast)
    assert not Membership.select().where(Membership.person == stranger).exists()
