"""Opening the demonstration: the county, its courses, its staff and classes, the story, and a crowd if it is wished."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from lms import audit, installation
from lms.accounts import credentials, notice, roles
from lms.accounts import people as accounts
from lms.accounts.models import Person
from lms.catalogue import folder, publishing
from lms.catalogue.models import CourseVersion, Lesson
from lms.certificates.models import Certificate
from lms.db import database
from lms.exchange.demonstration import people, places, rehearsals, story, works
from lms.exchange.demonstration.crowd import Crowd
from lms.learning.models import Enrolment
from lms.lib import phones, pins
from lms.programmes import areas, cohorts
from lms.programmes.models import Area, Cohort

SPRING_CODE, OPEN_CODE = "HETIAN", "MYSELF"
FIRST_TRAINEE = 100  # numbers below are the staff's
OFFICES = {"admin": ("", 1), "manager": (places.COUNTY, 2), "trainer": (places.COUNTY, 3)}


@dataclass(frozen=True)
class Account:
    """An account to sign in with, as the command prints it. `certificate` is a number, or empty."""

    role: str
    name: str
    phone: str
    secret: str
    certificate: str = ""

    def as_json(self) -> dict[str, str]:
        """The keys that product.md section 4 names: a trainee has a pin, the others a password."""
        kind = "pin" if self.role == "trainee" else "password"
        return {
            "role": self.role,
            "name": self.name,
            "phone": self.phone,
            kind: self.secret,
            "certificate": self.certificate,
        }


@dataclass(frozen=True)
class Wish:
    """What is asked for: how many trainees, by which seed, with which courses (folders), until which moment.

    `story`: how many of the trainees have one.
    """

    trainees: int
    seed: int
    courses: list[Path]
    now: datetime
    zone: ZoneInfo
    story: int = 40


def open_county(wish: Wish, *, progress: Callable[[int], object]) -> list[Account]:
    """Make the demonstration in an empty database. `progress` is told of each trainee, or of many at once.

    The story is one transaction: it is all there, or nothing is. A crowd follows in pieces that are each consistent.
    """
    rng = random.Random(wish.seed)
    with database.atomic():
        prepare(wish, rng)
        staff = [hire(kind, wish.now) for kind in people.STAFF]
        admin, trainer = staff[0][0], staff[2][0]
        versions = publish(wish, trainer)
        spring = open_classes(versions, wish, admin, trainer)
        trainees = tell_story(wish, rng, spring, progress)
        works.hand_in(spring, trainer, random.Random(wish.seed), now=wish.now, zone=wish.zone)
        rehearsals.rehearse(spring, now=wish.now)
        accounts_made = [account for _person, account in staff] + give_pins(trainees, wish.now)
    if wish.trainees > len(trainees):
        crowd = Crowd(versions, rng, wish.zone, wish.now, phones.demo_phone, FIRST_TRAINEE + len(trainees))
        crowd.gather(wish.trainees - len(trainees), by=admin.id, progress=progress)
    return accounts_made


def prepare(wish: Wish, rng: random.Random) -> None:
    """The provinces, the county, and what the installation says of itself."""
    areas.load_provinces()
    for row in places.area_rows(wish.trainees, rng):
        Area.create(**row)
    installation.write(
        installation.Installation(
            issuer_zh="荷田县乡村人才培训中心（演示）",
            issuer_en="Hetian County Rural Training Centre (demonstration)",
            help_name="何老师",
            help_phone=phones.demo_phone(OFFICES["trainer"][1]),
            demo="1",
        )
    )


def hire(kind: str, now: datetime) -> tuple[Person, Account]:
    """One of the staff, with a password of chance."""
    area_code, number = OFFICES[kind]
    began = now - timedelta(weeks=story.WEEKS + 2)
    phone, password = phones.demo_phone(number), pins.random_password()
    person = accounts.create(people.STAFF[kind], phone, by=None, now=began, area_code=places.COUNTY)
    roles.grant(person, kind, area_code, by=None, now=began)
    credentials.set_password(person, password, by=None, now=now)
    notice.accept(person, "", now=began)
    return person, Account(kind, person.name, phone, password)


def publish(wish: Wish, trainer: Person) -> list[CourseVersion]:
    """The shipped courses, published a week before the class began, in their own order."""
    now = wish.now - timedelta(weeks=story.WEEKS + 1)
    versions = [
        publishing.load(path.name, folder.read(path, path.name), by=trainer.id, now=now).version
        for path in wish.courses
    ]
    return sorted(versions, key=lambda version: version.position)


def open_classes(versions: list[CourseVersion], wish: Wish, admin: Person, trainer: Person) -> Cohort:
    """The spring class with its due dates, which is given back; and a class that anybody may join by themselves."""
    begin = wish.now - timedelta(weeks=story.WEEKS)
    first_day = begin.astimezone(wish.zone).date()
    county = Area.get_by_id(places.COUNTY)
    spring = cohorts.CohortDetails(
        name=f"{first_day.year} 荷田直播班（演示）",
        area=county,
        starts_on=first_day,
        ends_on=first_day + timedelta(weeks=16),
        class_number=f"HT-{first_day.year}-01",
    )
    alone = cohorts.CohortDetails(name="自己学（演示）", area=county, starts_on=first_day, self_study=True)
    made = [
        cohorts.create(details, by=admin.id, now=begin, join_code=code)
        for details, code in ((spring, SPRING_CODE), (alone, OPEN_CODE))
    ]
    for cohort in made:
        cohorts.add_trainer(cohort, trainer, by=admin.id, now=begin)
        for version in versions:
            cohorts.add_course(cohort, version.course, by=admin.id, now=begin)
    set_due_dates(made[0], versions, trainer, begin)
    return made[0]


def set_due_dates(cohort: Cohort, versions: list[CourseVersion], trainer: Person, begin: datetime) -> None:
    """A lesson a week, and the last ones in the weeks to come."""
    lessons = [
        (version.course, lesson.key)
        for version in versions
        for lesson in Lesson.select().where(Lesson.version == version).order_by(Lesson.position)
    ]
    for number, (course, key) in enumerate(lessons, start=1):
        due_on = cohort.starts_on + timedelta(days=round(98 * number / len(lessons)))
        cohorts.set_due(cohort, course, key, due_on, by=trainer.id, now=begin)


def tell_story(wish: Wish, rng: random.Random, cohort: Cohort, progress: Callable[[int], object]) -> list[Person]:
    """The trainees one gets to know, from the first to the last."""
    teller = story.Teller(cohort, rng, wish.zone, wish.now)
    villages = places.villages()
    told = []
    for number, character in enumerate(people.characters(min(wish.trainees, wish.story))):
        home = villages[(number * 7) % len(villages)]
        told.append(story.tell(teller, character, phones.demo_phone(FIRST_TRAINEE + number), home))
        progress(1)
    audit.record("demonstration.opened", cohort, by=None, detail={"seed": wish.seed}, now=wish.now)
    return told


def give_pins(trainees: list[Person], now: datetime) -> list[Account]:
    """PINs for five trainees: with a certificate, half-way, new, stuck, and one who has not come yet."""
    fates = {character.name: character.fate for character in people.characters(len(trainees))}
    chosen: dict[str, Person] = {}
    for person in trainees:
        chosen.setdefault(fates[person.name], person)
    return [account_of(chosen[fate], now) for fate in ("all", "half", "new", "stuck", "invited") if fate in chosen]


def account_of(person: Person, now: datetime) -> Account:
    """A trainee's account with a PIN of chance."""
    pin = pins.random_pin(person.phone)
    credentials.set_pin(person, pin, by=None, now=now, first=False)
    held = Certificate.select().join(Enrolment).where(Enrolment.person == person)
    newest = held.order_by(Certificate.id.desc()).first()
    return Account("trainee", person.name, person.phone, pin, newest.number if newest else "")
