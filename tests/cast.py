"""The people of our stories. Builders are the product's own verbs.

张秀兰 Xiulan learns in 何敏 Ms He's spring class in 荷田县 Hetian county, township 藕塘镇.
李建国 manages the county.
王芳 Fang manages another county and must see nothing of it.
周强 Qiang has left the class. 管理员 Guan runs the installation.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from lms import installation
from lms.accounts import credentials
from lms.accounts.models import Credential, Person, Role
from lms.catalogue import folder, publishing
from lms.catalogue.models import CourseVersion
from lms.db import utc_now
from lms.learning import enrolling, progress
from lms.learning.models import Enrolment
from lms.programmes import memberships
from lms.programmes.models import Area, Cohort, CohortCourse, CohortTrainer, Membership

CHINA = ZoneInfo("Asia/Shanghai")
SPRING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PIN = "480317"
PASSWORD = "lotus roots in the pond"

COUNTY = "349921000000"
TOWNSHIP = "349921101000"
VILLAGE = "349921101201"
OTHER_COUNTY = "349922000000"
AREAS = [
    ("340000000000", "安徽省", "Anhui", 1),
    ("349900000000", "云泽市", "Yunze", 2),
    (COUNTY, "荷田县", "Hetian", 3),
    (TOWNSHIP, "藕塘镇", "Outang", 4),
    (VILLAGE, "莲子村", "Lianzi", 5),
    (OTHER_COUNTY, "竹溪县", "Zhuxi", 3),
]
SMALL_COURSE = Path(__file__).parent / "courses" / "light"


@dataclass
class Cast:
    """Everybody, their class and its course."""

    trainee: Person
    trainer: Person
    manager: Person
    outsider: Person
    left: Person
    admin: Person
    cohort: Cohort
    version: CourseVersion

    @property
    def enrolment(self) -> Enrolment:
        """Xiulan's enrolment as it stands now."""
        return Enrolment.get((Enrolment.person == self.trainee) & (Enrolment.course == self.version.course_id))

    @property
    def membership(self) -> Membership:
        """Xiulan in the spring class."""
        return Membership.get((Membership.person == self.trainee) & (Membership.cohort == self.cohort))


def raise_curtain() -> Cast:
    """A county with its people, one class, one small course; Xiulan is enrolled and has done nothing yet."""
    Area.insert_many(AREAS, fields=[Area.code, Area.name_zh, Area.name_en, Area.level]).execute()
    installation.write(
        installation.Installation(
            issuer_zh="荷田县农民直播培训项目", issuer_en="Hetian County Livestream Training", help_name="何老师"
        )
    )
    people = {
        "trainee": person("张秀兰", "13812340001", area_code=VILLAGE),
        "trainer": staff("何敏", "13812340002", "trainer", COUNTY),
        "manager": staff("李建国", "13812340003", "manager", COUNTY),
        "outsider": staff("王芳", "13812340004", "manager", OTHER_COUNTY),
        "left": person("周强", "13812340005", area_code=VILLAGE),
        "admin": staff("管理员", "13812340006", "admin", ""),
    }
    version = load_course(SMALL_COURSE, by=people["trainer"].id)
    cohort = spring_class(people["trainer"], [version])
    for member in (people["trainee"], people["left"]):
        joined = memberships.join(cohort, member, now=SPRING, how="code")
        enrolling.enrol(joined, now=SPRING)
    memberships.leave(joined, now=SPRING, by=people["trainer"].id)
    enrolling.leave(joined, now=SPRING)
    return Cast(**people, cohort=cohort, version=version)


def person(name: str, phone: str, **facts: str) -> Person:
    """Somebody who has accepted the notice and signs in with PIN."""
    made = Person.create(name=name, phone=phone, age_band="18+", created_at=SPRING, notice_accepted_at=SPRING, **facts)
    return with_secret(made, "pin", PIN)


def staff(name: str, phone: str, role: str, area_code: str) -> Person:
    """Somebody with a role, who signs in with PASSWORD."""
    made = Person.create(name=name, phone=phone, age_band="18+", created_at=SPRING, notice_accepted_at=SPRING)
    Role.create(person=made, kind=role, area_code=area_code, given_at=SPRING)
    return with_secret(made, "password", PASSWORD)


def with_secret(made: Person, kind: str, secret: str) -> Person:
    """The person with a PIN or password that they chose themselves."""
    Credential.create(person=made, kind=kind, secret=hashed(secret), made_at=SPRING, used_at=SPRING)
    return made


@cache
def hashed(secret: str) -> str:
    """The hash of a secret, made once for all tests: hashing is slow on purpose."""
    return credentials.hashed(secret)


def load_course(path: Path, *, by: int | None = None, slug: str | None = None) -> CourseVersion:
    """A course folder, published."""
    return publishing.load(slug or path.name, folder.read(path, path.name), by=by, now=SPRING).version


def spring_class(trainer: Person, versions: list[CourseVersion]) -> Cohort:
    """The spring class of Outang, which takes these courses."""
    cohort = Cohort.create(
        name="2026 春季班",
        class_number="荷田-2026-01",
        join_code="LOTUS7",
        area=TOWNSHIP,
        starts_on=date(2026, 3, 1),
        created_at=SPRING,
    )
    CohortTrainer.create(cohort=cohort, person=trainer)
    for position, version in enumerate(versions):
        CohortCourse.create(cohort=cohort, course=version.course_id, position=position)
    return cohort


def do(enrolment: Enrolment, *steps: tuple[str, str, dict], now: datetime | None = None) -> None:
    """Do steps as a phone would: (step key, kind, body)."""
    for step_key, kind, body in steps:
        deed = progress.Deed(secrets.token_urlsafe(12), step_key.partition("/")[0], step_key, kind, body)
        progress.record(enrolment, deed, now=now or utc_now(), zone=CHINA)
