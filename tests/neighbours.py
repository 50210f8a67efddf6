"""Two counties side by side that must see nothing of each other, each with a class, a course and a certificate.

Hetian is the county of the cast. Zhuxi is 王芳's, with 赵雷's autumn class and his own course.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.accounts import people
from lms.accounts.models import Person, Role
from lms.assessment.models import Judgement, PeerReview
from lms.authoring.desk import WAITING, Draft
from lms.authoring.models import Take
from lms.catalogue import drafts, folder, publishing
from lms.catalogue.models import Course, CourseVersion, VersionFile
from lms.certificates.models import Certificate
from lms.learning import enrolling
from lms.learning.models import Enrolment, LessonFault
from lms.programmes import memberships
from lms.programmes.models import Cohort, CohortCourse, CohortTrainer, Membership
from lms.submissions import uploads
from lms.submissions.models import Piece, Submission
from tests.cast import COUNTY, OTHER_COUNTY, SMALL_COURSE, SPRING, Cast, do, person, staff
from tests.learning.deeds import READ, complete
from tests.practice.rehearsal import rehearsing
from tests.practice.scripts.written import scripts_of
from tests.submissions import tasked

EVERYBODY = ("visitor", "trainee", "trainer", "manager", "admin", "stranger", "strange_trainer", "strange_manager")


@dataclass
class County:
    """What has a number or a name in one county, by which addresses are made."""

    trainee: Person
    trainer: Person
    cohort: Cohort
    version: CourseVersion
    membership: Membership
    lesson: str
    certificate: str
    fault: int
    trainer_role: int
    drawing: str
    kept: int
    piece: Piece
    rehearsal: int
    audience_line: int
    judgement: int
    review: int
    upload: str
    take: int
    scripts: dict[str, int]

    def address(self, wanted: str) -> object:
        """The value of one part of an address."""
        return {
            "person": self.trainee.id,
            "trainer": self.trainer.id,
            "cohort": self.cohort.id,
            "course": self.version.course_id,
            "slug": self.version.course.slug,
            "lesson": self.lesson,
            "version": self.version.number,
            "kept": self.kept,
            "membership": self.membership.id,
            "certificate": self.certificate,
            "fault": self.fault,
            "role": self.trainer_role,
            "area": self.cohort.area_id,
            "task": "film-lotus",
            "question": "sun-side",
            "leaflet": "slip",
            "part": "check",
            "work": self.piece.submission_id,
            "piece": self.piece.id,
            "rehearsal": self.rehearsal,
            "audience_line": self.audience_line,
            "judgement": self.judgement,
            "review": self.review,
            "what": "show",
            "upload": self.upload,
            "take": self.take,
            "lang": "zh",
            "way": "fast",
            "page": "zh",
            "file": "sun.svg",
            "recording": f"talk{WAITING}",
            "token": "no-such-card",
            "digest": self.drawing,
            "suffix": "svg",
            **self.scripts,
        }[wanted]


def hetian(cast: Cast) -> County:
    """The county of the cast. Xiulan has completed the course; a fault is reported, a recording waits."""
    complete(cast.enrolment)
    tasked.with_task(cast, " peers=yes")
    people.move(cast.trainer, COUNTY, by=cast.admin.id, now=SPRING)
    return county_of(cast.enrolment, cast.trainer, "sun")


def zhuxi(cast: Cast) -> County:
    """Its neighbour: 吴芬 in 赵雷's class, with a course whose lessons have other names."""
    trainer = staff("赵雷", "13812340007", "trainer", OTHER_COUNTY)
    people.move(trainer, OTHER_COUNTY, by=cast.admin.id, now=SPRING)
    for files in (folder.read(SMALL_COURSE, "pond"), tasked.files(" peers=yes")):  # two versions, as Hetian's has
        version = publishing.load("pond", renamed(files), by=trainer.id, now=SPRING).version
    cohort = Cohort.create(
        name="竹溪秋季班", join_code="BAMB77", area=OTHER_COUNTY, starts_on=date(2026, 3, 1), created_at=SPRING
    )
    CohortTrainer.create(cohort=cohort, person=trainer)
    CohortCourse.create(cohort=cohort, course=version.course)
    stranger = person("吴芬", "13812340009", area_code=OTHER_COUNTY)
    enrolment = enrolling.enrol(memberships.join(cohort, stranger, now=SPRING, how="code"), now=SPRING)[0]
    do(enrolment, ("moon/read", "read", READ), ("voice/read", "read", READ))
    return county_of(enrolment, trainer, "moon")


def renamed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The small course with its first lesson under another name, completed by reading alone."""
    contents = files["course.toml"].replace(b'"sun"', b'"moon"').replace(b'"read", "check", "quiz"', b'"read"')
    return {path.replace("sun/", "moon/"): content for path, content in files.items()} | {"course.toml": contents}


def county_of(enrolment: Enrolment, trainer: Person, lesson: str) -> County:
    """What the addresses of a county name."""
    fault = LessonFault.create(
        course=enrolment.course,
        version=enrolment.version,
        lesson_key=lesson,
        person=enrolment.person,
        kind="wrong",
        reported_at=SPRING,
    )
    drafts.save(enrolment.course, f"{lesson}/talk{WAITING}", b"a voice", base=0, by=trainer.id, now=SPRING)
    kept = drafts.keep(enrolment.course, Draft(enrolment.course).rows.values(), by=trainer.id, now=SPRING)
    work = tasked.hand_in(enrolment, tasked.written(), step_key=f"{lesson}/task:film-lotus")
    drawing = VersionFile.get(VersionFile.version == enrolment.version, VersionFile.path.endswith(".svg")).digest
    Piece.update(digest=drawing, mime="image/webp").where(Piece.submission == work).execute()
    return County(
        piece=work.pieces.get(),
        rehearsal=rehearsing.rehearsed(enrolment.person).id,
        audience_line=rehearsing.asked_by(trainer).id,
        judgement=spoken(work, trainer, drawing).id,
        review=PeerReview.create(submission=work, person=trainer, stickers=[0], voice=drawing, given_at=SPRING).id,
        upload=uploads.begin(enrolment.person, 9, name="he.mp4", kind="", most_mb=9, now=SPRING).token,
        take=said(enrolment.course, lesson, drawing).id,
        kept=kept.id if kept else 0,
        trainee=enrolment.person,
        trainer=trainer,
        cohort=enrolment.cohort,
        version=enrolment.version,
        membership=enrolment.membership,
        lesson=lesson,
        certificate=Certificate.get(Certificate.enrolment == enrolment).number,
        fault=fault.id,
        trainer_role=Role.get(Role.person == trainer).id,
        drawing=drawing,
        scripts=scripts_of(enrolment.person),
    )


def said(course: Course, lesson: str, voice: str) -> Take:
    """A sentence of the lesson as its trainer read it aloud."""
    facts = {"sentence": "0123abcd", "text": "一句。", "digest": voice, "seconds": 1.5, "spoken_at": SPRING}
    return Take.create(course=course, lesson_key=lesson, lang="zh", **facts)


def spoken(work: Submission, trainer: Person, voice: str) -> Judgement:
    """A judgement with a voice that counts."""
    Submission.update(state="passed", points=6, most_points=6, settled_at=SPRING).where(
        Submission.id == work.id
    ).execute()
    return Judgement.create(
        submission=work,
        judge=trainer,
        points=[3, 3],
        total=6,
        passed=True,
        voice=voice,
        given_at=SPRING,
        settles_at=SPRING,
        settled_at=SPRING,
    )
