"""Landing, Today, search, and a first real live reported by its host."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from lms.accounts import ages
from lms.accounts.models import Person
from lms.catalogue import search
from lms.catalogue.models import CourseVersion, Lesson
from lms.db import Prepared, utc_now
from lms.i18n import _, language
from lms.learning import ways
from lms.learning.looking import Standing, standing
from lms.learning.models import Enrolment
from lms.outcomes import lives
from lms.outcomes.forms import LiveForm
from lms.outcomes.models import LiveReport
from lms.programmes.models import Cohort, Membership
from lms.today import dues, weighing
from lms.today import help as helping
from lms.today import works as my_works
from lms.web import preferences
from lms.web.access import public, signed_in
from lms.web.people import asking, asking_or_none, settings

blueprint = Blueprint("today", __name__)

LATER = date(9999, 1, 1)
WITHIN = 7  # days ahead that Today looks
MOST_DUE = 3  # what somebody can do in a week; the rest is told as a number


@blueprint.get("/")
@public
def landing() -> Any:
    """What Fieldcast is, for visitors. It promises no effect of training (advertising law, article 24)."""
    courses = ways.shown()
    first = courses[0].lessons.order_by(Lesson.position).first() if courses else None
    page = render_template(
        "today/landing.html",
        courses=courses,
        lessons=lesson_counts(courses),
        first_lesson=first and first.key,
        weight=weighing.MARK,
    )
    return weighing.weighed(page)


def lesson_counts(versions: list[CourseVersion]) -> dict[int, tuple[int, int]]:
    """Version id → (number of lessons, mean minutes)."""
    counts = {}
    for version in versions:
        minutes = [lesson.minutes for lesson in version.lessons]
        counts[version.id] = (len(minutes), round(sum(minutes) / len(minutes)) if minutes else 0)
    return counts


@blueprint.get("/today")
@signed_in
def home() -> Any:
    """Today: the next lesson, what is due, my fields. Staff without a class go to their own desk."""
    person = asking()
    standings = ways.of_person(person)
    if not standings and person.is_staff:
        return redirect(desk_of(person))
    zone = settings().zone
    today = utc_now().astimezone(zone).date()
    due = [one for one in dues.open_ones(standings, today, zone) if one.days <= WITHIN]
    return render_template(
        "today/home.html",
        weekday=weekday(today),
        week=week_of_class(person, today),
        going_on=going_on(standings),
        ways=ways.ways(standings),
        begins_late=dues.begins_late(standings, zone),
        dues=due[:MOST_DUE],
        more_due=len(due[MOST_DUE:]),
        standings=standings,
        works=my_works.of(person),
        has_live=lives.any_of(person),
        may_live=ages.may_go_live(person),
    )


def weekday(day: date) -> str:
    """The day with its weekday: 4 月 2 日 星期四, Thursday 2 April."""
    if language() == "zh":
        return f"{day.month} 月 {day.day} 日 星期{'一二三四五六日'[day.weekday()]}"
    return f"{day:%A} {day.day} {day:%B}"


def desk_of(person: Person) -> str:
    """Where staff work."""
    if person.has_role("trainer"):
        return url_for("authoring.home")
    return url_for("reports.home") if person.has_role("manager") else url_for("administration.people")


def going_on(standings: list[Standing]) -> tuple[Standing, Lesson] | None:
    """The lesson to go on with: on the fast way for whoever took it, till its end; else in the course touched last, or
    in the first that is not done."""
    if preferences.choice("way") == "fast" and (onward := ways.way("fast", standings).onward):
        return onward
    waiting = [one for one in standings if one.next_lesson and not one.enrolment.left_at]
    if not waiting:
        return None
    latest = max(waiting, key=lambda one: (one.place.seen_at.timestamp() if one.place else 0, -one.version.position))
    return latest, latest.next_lesson


def week_of_class(person: Person, today: date) -> int | None:
    """Which week of the newest class this is, from 1; None before it begins, after it ends, or without one."""
    membership = NEWEST.first(person.id)
    if membership is None or membership.cohort.self_study:
        return None
    starts, ends = membership.cohort.starts_on, membership.cohort.ends_on or LATER
    return (today - starts).days // 7 + 1 if starts <= today <= ends else None


NEWEST = Prepared(
    lambda person_id: (
        Membership.select(Membership, Cohort)
        .join(Cohort)
        .where((Membership.person == person_id) & Membership.left_at.is_null())
        .order_by(Membership.id.desc())
        .limit(1)
    ),
    -1,
)


@blueprint.get("/help")
@public
def help() -> Any:
    """How it works, for whoever asks."""
    return helping.of(asking_or_none())


@blueprint.get("/search")
@public
def find() -> Any:
    """Lessons that hold the words, among those that this person may open; of others the title alone, which course pages
    show to everybody."""
    words = request.args.get("q", "").strip()[:80]
    person = asking_or_none()
    found = [(hit, opens(hit.lesson, person)) for hit in search.find(words, language(), visible_versions(person))]
    hits = [(hit, is_open) for hit, is_open in found if is_open or search.in_title(words, hit)]
    return render_template("today/search.html", words=words, hits=hits)


def visible_versions(person: Person | None) -> dict[int, str]:
    """Version id → course slug: those a person learns by, and the newest of the others."""
    newest = {version.course_id: version for version in ways.shown()}
    if person:
        mine = Enrolment.select(Enrolment, CourseVersion).join(CourseVersion).where(Enrolment.person == person)
        newest |= {enrolment.course_id: enrolment.version for enrolment in mine}
    return {version.id: version.course.slug for version in newest.values()}


def opens(lesson: Lesson, person: Person | None) -> bool:
    """Whether this person may open the lesson that was found."""
    return standing(lesson.version.course.slug, person).opens(lesson)


@blueprint.route("/lives", methods=["GET", "POST"])
@signed_in
def live() -> Any:
    """我开播了: when, where, how long. Self-reported, and marked as such wherever it is counted."""
    person = asking()
    may = ages.may_go_live(person)
    if may != ages.YES:
        page = render_template("today/live_not_yet.html", with_guardian=may == ages.WITH_GUARDIAN)
        return (page, 422) if request.method == "POST" else page
    form = LiveForm.posted(event=lives.new_id())
    if form.ok():
        flash(*noted(lives.report(person, form.told(), now=utc_now())))
        return redirect(url_for("today.live"))
    page = render_template("today/live.html", form=form, reports=lives.of(person), platforms=lives.PLATFORMS)
    return (page, 422) if request.method == "POST" else page


def noted(report: LiveReport) -> tuple[str, str]:
    """What to say of a report, and how: one of before joining is kept, but no class's figure has it."""
    if lives.counts(report):
        return _("Noted. It counts as told by yourself."), "ok"
    if not report.person.memberships.exists():
        return _("Noted. You are in no class yet, so the training's figures do not count it."), "warn"
    return _("Noted. This day lies before you joined your class, so the training's figures do not count it."), "warn"
