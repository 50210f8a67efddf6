"""批作业: what waits, what was sent back, what is done; and the way to the next one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms.accounts.models import Person
from lms.assessment import became, rubrics, wording
from lms.assessment import queue as queues
from lms.assessment.models import Judgement, PeerReview
from lms.assessment.queue import TABS, Asked, Queue
from lms.assessment.views import blueprint
from lms.catalogue import reading
from lms.catalogue.models import CourseVersion
from lms.db import utc_now
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.programmes.models import Area
from lms.submissions.models import Submission
from lms.submissions.views.works import titles_of
from lms.web import exports
from lms.web.access import allow
from lms.web.addresses import row_number
from lms.web.paging import Page, page
from lms.web.people import asking

PER_PAGE = 25
LONGEST_BEGINNING = 20
HEADER = (_l("Trainee"), _l("Class"), _l("Place"), _l("Course"), _l("Lesson"), _l("Try"), _l("What came"),
          _l("Handed in"), _l("Late"), _l("State"), _l("Points"), _l("Most points"))  # fmt: skip


@dataclass
class QueuePage:
    """Everything that the page draws."""

    queue: Queue
    page: Page
    now: datetime

    @cached_property
    def titles(self) -> dict[int, str]:
        """Submission → course and lesson."""
        return titles(self.page.rows)

    @cached_property
    def places(self) -> dict[str, str]:
        """Area code → the township's name."""
        return places(self.page.rows)

    def waited(self, work: Submission) -> str:
        """For how long."""
        return wording.waited(self.now - work.handed_in_at)

    def is_long(self, work: Submission) -> bool:
        """Whether that is more than two days."""
        return self.now - work.handed_in_at > queues.LONG

    def came(self, work: Submission) -> str:
        """What was handed in."""
        return wording.came(work)

    @property
    def may_judge(self) -> bool:
        """Whether this colleague judges here, or only reads."""
        return self.queue.person.has_role("trainer")

    @cached_property
    def undoable(self) -> Judgement | None:
        """The newest judgement that can be taken back."""
        return queues.can_be_undone(self.queue.person, now=self.now)

    @property
    def became(self) -> str:
        """What became of it."""
        return became.of(self.undoable) if self.undoable else ""

    @cached_property
    def reported(self) -> int:
        """What trainees reported of classmates' words, and nobody has decided on."""
        return PeerReview.reported_to(self.queue.person).count()

    @cached_property
    def task_names(self) -> list[tuple[str, str]]:
        """The tasks for the filter: value and name."""
        named = [(value, version, lesson_title(version, key)) for value, version, key in self.queue.tasks]
        often = Counter(name for _value, _version, name in named)
        return [
            (value, name if often[name] == 1 else told_apart(value, version, name)) for value, version, name in named
        ]


def told_apart(value: str, version_id: int, name: str) -> str:
    """A task of a lesson that has several, or whose name another course has too: with its course and how it begins."""
    asked = rubrics.at(version_id, value.partition("/")[2], language()).text.strip().partition("\n")[0]
    course = CourseVersion.get_by_id(version_id).title(language())
    begins = asked if len(asked) <= LONGEST_BEGINNING else f"{asked[:LONGEST_BEGINNING]}…"
    return _("%(course)s: %(lesson)s", course=course, lesson=f"{name} · {begins}")


def lesson_title(version_id: int, lesson_key: str) -> str:
    """The name of a lesson of a version."""
    return next(
        (one.title(language()) for one in reading.kept_lessons(version_id) if one.key == lesson_key), lesson_key
    )


def titles(rows: list[Submission]) -> dict[int, str]:
    """Submission → course and lesson, in the reader's language."""
    named = titles_of(rows)
    return {
        key: _("%(course)s: %(lesson)s", course=lesson.version.title(language()), lesson=lesson.title(language()))
        for key, lesson in named.items()
    }


def places(rows: list[Submission]) -> dict[str, str]:
    """Area code → the name of the township, or of the place itself above it."""
    codes = {row.enrolment.area_code: township(row.enrolment.area_code) for row in rows}
    names = {area.code: area.name(language()) for area in Area.select().where(Area.code.in_(list(codes.values())))}
    return {code: names.get(of, "") for code, of in codes.items()}


def township(code: str) -> str:
    """The township of a village; codes without one stay."""
    return code if code[6:9] == "000" else code[:9] + "000"


def asked_for() -> Asked:
    """The filters of this request."""
    tab = request.args.get("tab", "waiting")
    return Asked(
        tab if tab in TABS else "waiting",
        request.args.get("cohort", 0, type=row_number),
        request.args.get("task", ""),
        request.args.get("q", "").strip(),
        request.args.get("long") == "1",
    )


@blueprint.get("/teach/work")
@allow("trainer", "manager", "admin")
def queue() -> Any:
    """The list, or the same as a file."""
    now = utc_now()
    listed = Queue(asking(), asked_for())
    if exports.asked():
        rows = queues.with_pieces(list(listed.rows))
        return exports.table_response(_("Work to judge"), HEADER, lines(rows))
    shown = page(listed.rows, PER_PAGE)
    queues.with_pieces(shown.rows)
    return render_template("assessment/queue.html", page=QueuePage(listed, shown, now))


def lines(rows: list[Submission]) -> list[tuple[Any, ...]]:
    """The works as lines of a file. Points stand there once they count."""
    named, where = titles_of(rows), places(rows)
    return [
        (
            row.enrolment.person.name,
            row.enrolment.cohort.name,
            where[row.enrolment.area_code],
            named[row.id].version.title(language()),
            named[row.id].title(language()),
            row.number,
            wording.came(row),
            row.handed_in_at,
            _("yes") if row.late else "",
            wording.state_of(row),
            row.points,
            row.most_points,
        )
        for row in rows
    ]


@blueprint.get("/teach/work/next")
@allow("trainer")
def next_work() -> Any:
    """On to the next work that waits for me; `?after=` is the one that I leave."""
    person: Person = asking()
    before = Submission.judged_by(person).where(Submission.id == request.args.get("after", 0, type=row_number)).first()
    if before:
        queues.stand_up(before, person)
    work = queues.next_for(person, before)
    if work is None:
        flash(_("Nothing else waits for you. Well done."), "ok")
        return redirect(url_for("assessment.queue"), 303)
    return redirect(url_for("assessment.work", number=work.id), 303)
