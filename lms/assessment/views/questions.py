"""The questions of a course: what their answers say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import render_template, request, url_for

from lms import audit
from lms.accounts.models import Person
from lms.assessment import items, regrading, verdicts
from lms.assessment.items import Answer, Item
from lms.assessment.views import blueprint
from lms.catalogue import pages, reading
from lms.catalogue.asking import RenderedQuestion
from lms.catalogue.models import Course, CourseVersion
from lms.db import utc_now
from lms.errors import NotFound
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.learning.models import Regrade
from lms.web import exports
from lms.web.access import allow
from lms.web.paging import page
from lms.web.people import asking

PER_PAGE = 25
STEPS = {"check": "{lesson}/check:{question}", "quiz": "{lesson}/quiz", "exam": "exam"}
HEADER = (_l("Lesson"), _l("Part of the lesson"), _l("Question"), _l("What it means"), _l("People who answered"),
          _l("Right at the first go, in %"), _l("Discrimination (D)"), _l("Most frequent wrong answer"),
          _l("Chosen by"))  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question with its figures, as the reader's language has it."""

    version: CourseVersion
    item: Item

    @cached_property
    def drawn(self) -> RenderedQuestion:
        """It as it is asked."""
        return drawn(self.version, self.item.step_key, self.item.question)

    @property
    def text(self) -> str:
        """It in plain words."""
        return self.drawn.html.striptags()

    @property
    def lesson(self) -> str:
        """The lesson's name, or the exam."""
        lessons = {one.key: one.title(language()) for one in reading.lessons(self.version)}
        return lessons.get(self.item.lesson_key) or _("Exam")

    @property
    def where(self) -> str:
        """Lesson and part."""
        part = "" if self.item.part == "exam" else str(verdicts.PARTS[self.item.part])
        return " · ".join(words for words in (self.lesson, part) if words)

    def words(self, answer: Answer) -> str:
        """An answer in words."""
        if answer.place < 0:
            return items.in_words(self.drawn.source, answer.facts)
        options = self.drawn.options
        return options[answer.place].words if answer.place < len(options) else _("Somewhere else")

    @property
    def verdict(self) -> tuple[Any, ...]:
        """Its words, and the kind and icon of its tag."""
        return verdicts.VERDICTS[self.item.verdict]

    @property
    def sentence(self) -> str:
        """What it means."""
        return verdicts.sentence(self.item, self.words(self.item.rival) if self.item.rival else "")

    @property
    def parts(self) -> dict[str, str]:
        """What its address says beside the course."""
        return {"lesson_key": self.item.lesson_key, "part": self.item.part, "question_id": self.item.question.id}


def drawn(version: CourseVersion, step_key: str, question: Any) -> RenderedQuestion:
    """A question of a version in the reader's language."""
    if "/check:" not in step_key:
        return pages.question(version, question, language(), step_key)
    lesson = reading.lesson(version.id, step_key.partition("/")[0])
    return pages.of_version(version.id, step_key, pages.check_in(lesson, step_key, language()))


@blueprint.get("/teach/courses/<slug>/questions")
@allow("trainer", "admin")
def questions(slug: str) -> Any:
    """What wants looking at first; `?lesson=` of one lesson alone."""
    person = asking()
    course = items.seen_by(person, slug)
    version, lesson = reading.newest(course), request.args.get("lesson", "")
    listed = [Asked(version, item) for item in ranked(items.of_course(person, course), lesson)]
    if exports.asked():
        detail = {"course": course.slug, "rows": len(listed)}
        audit.record("questions.exported", course, by=person.id, detail=detail, now=utc_now())
        return exports.table_response(_("Questions"), HEADER, map(line, listed))
    return render_template(
        "assessment/questions.html",
        course=course,
        version=version,
        page=page(listed, PER_PAGE),
        lesson=lesson,
        lessons=list(lessons(version)),
        crumbs=crumbs(person, course, version),
        address=exports.address,
    )


def ranked(found: list[Item], lesson: str) -> list[Item]:
    """Those of a lesson, or all, what wants looking at first."""
    wanted = (item for item in found if not lesson or item.lesson_key == lesson)
    return sorted(wanted, key=lambda item: items.RANK[item.verdict])


def lessons(version: CourseVersion) -> Iterator[tuple[str, str]]:
    """The lessons to choose from, and the exam."""
    for lesson in reading.lessons(version):
        yield lesson.key, lesson.title(language())
    if reading.parsed(version.id).exam:
        yield "exam", _("Exam")


def line(asked: Asked) -> tuple[Any, ...]:
    """A question as a line of the file."""
    item, rival = asked.item, asked.item.rival
    told = rival is not None and not item.too_few and (rival.place >= 0 or rival.people >= items.smallcells.FEWEST)
    said = (asked.words(rival), rival.people) if rival and told else ("", None)
    part = verdicts.PARTS[item.part]
    return (asked.lesson, part, asked.text, asked.verdict[0], *verdicts.figures(item), *said)


def crumbs(person: Person, course: Course, version: CourseVersion) -> list[tuple[str, str]]:
    """The way here: by the desk of whoever writes the course, else by the course as trainees see it."""
    own = regrading.own_courses(person).where(Course.id == course.id).exists()
    above = url_for("authoring.course" if own else "learning.path", slug=course.slug)
    return [(version.title(language()), above), (_("Questions"), url_for("assessment.questions", slug=course.slug))]


def step_of(lesson_key: str, part: str, question_id: str) -> str:
    """The step that an address names, or NotFound."""
    if part not in STEPS:
        raise NotFound
    return STEPS[part].format(lesson=lesson_key, question=question_id)


@blueprint.get("/teach/courses/<slug>/questions/<lesson_key>/<part>/<question_id>")
@allow("trainer", "admin")
def question(slug: str, lesson_key: str, part: str, question_id: str) -> Any:
    """One question: as it is asked, and which answer drew whom."""
    person = asking()
    course = items.seen_by(person, slug)
    of = regrading.of_course(course, step_of(lesson_key, part, question_id), question_id)
    found = items.of_course(person, course)
    wanted = (step_of(lesson_key, part, question_id), of.question.id)
    item = next(one for one in found if (one.step_key, one.question.id) == wanted)
    made = Regrade.select().where(Regrade.course == course, Regrade.question_id == of.question.id)
    return render_template(
        "assessment/question.html",
        course=course,
        asked=Asked(of.version, item),
        of=of,
        made=list(made.where(Regrade.step_key == of.step_key).order_by(Regrade.id.desc())),
        may_regrade=regrading.own_courses(person).where(Course.id == course.id).exists(),
        crumbs=crumbs(person, course, of.version),
        enough=items.FEWEST_TO_COMPARE,
    )
