"""My classes: who is in them, how far they are, due dates, the code to join by, cards, and closing."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.accounts import cards
from lms.accounts.models import Person
from lms.authoring import classes, guides
from lms.authoring.views.room import blueprint, local_day, own_cohorts, trainers
from lms.catalogue import reading
from lms.catalogue.models import Course, Lesson
from lms.db import utc_now
from lms.i18n import _, language
from lms.i18n import lazy as _l
from lms.learning import headcounts
from lms.learning.headcounts import Headcount
from lms.lib import phones
from lms.programmes import cohorts as programme
from lms.programmes.models import Cohort
from lms.web import exports
from lms.web.paging import page
from lms.web.people import asking, settings

HEADER = (
    _l("Name"),
    _l("Phone"),
    _l("Joined"),
    _l("Left the class on"),
    _l("Last seen"),
    _l("Lessons done"),
    _l("Lessons in all"),
    _l("Completed the programme"),
)


CLASSES = (
    _l("Class"),
    _l("First day"),
    _l("Last day"),
    _l("Enrolled"),
    _l("of them left"),
    _l("Started"),
    _l("Completed the programme"),
    _l("Invited"),
)


def class_line(row: Cohort, counts: dict[int, Headcount]) -> tuple[Any, ...]:
    """A class as a line of the file."""
    count = counts[row.id]
    told = count.enrolled, count.left, count.started, count.completed, count.invited
    return row.name, row.starts_on, row.ends_on, *told


@blueprint.get("/cohorts")
@trainers
def cohorts() -> Any:
    """My classes."""
    words = request.args.get("q", "").strip().lower()
    found = [row for row in own_cohorts() if words in f"{row.name} {row.class_number}".lower()]
    if exports.asked():
        counts = headcounts.of_classes(row.id for row in found)
        return exports.table_response(_("My classes"), CLASSES, (class_line(row, counts) for row in found))
    listed = page(found)
    counts = headcounts.of_classes(row.id for row in listed.rows)
    return render_template("authoring/cohorts.html", page=listed, counts=counts, words=words)


@blueprint.get("/cohorts/<int:cohort_id>")
@trainers
def cohort(cohort_id: int) -> Any:
    """The people of a class, with how far each has come; as CSV and XLSX too."""
    mine = classes.cohort(asking(), cohort_id)
    words = request.args.get("q", "").strip()
    query = classes.members(mine, words)
    if exports.asked():
        rows = map(row, classes.progress(query))
        return exports.table_response(f"{_('People')} {mine.name}", HEADER, rows)
    listed = page(query)
    titles = course_titles(mine)
    return render_template(
        "authoring/cohort.html",
        cohort=mine,
        page=listed,
        progress=classes.progress(listed.rows),
        titles=titles,
        guides=guides.listed(titles),
        words=words,
        today=utc_now().astimezone(settings().zone).date(),
    )


def row(member: classes.MemberProgress) -> tuple[Any, ...]:
    """A member as a line of the file."""
    membership = member.membership
    return (
        membership.person.name,
        phones.display(membership.person.phone or ""),
        local_day(membership.joined_at),
        local_day(membership.left_at),
        local_day(membership.seen_at),
        member.done,
        member.total,
        local_day(membership.completed_at),
    )


@blueprint.get("/cohorts/<int:cohort_id>/code")
@trainers
def code(cohort_id: int) -> Any:
    """The code to join by, large, with its QR code, to show on a wall."""
    import segno  # with what it needs 1 MB, for printing

    mine = classes.cohort(asking(), cohort_id)
    address = f"{home_address()}{url_for('joining.join', code=mine.join_code)}"
    qr = segno.make(address, error="m", micro=False).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return render_template("authoring/code.html", cohort=mine, qr=Markup(qr), address=address)


def home_address() -> str:
    """The address of this site, as it stands on paper."""
    return settings().public_url or request.url_root.rstrip("/")


@blueprint.route("/cohorts/<int:cohort_id>/dates", methods=["GET", "POST"])
@trainers
def dates(cohort_id: int) -> Any:
    """The days by which lessons are to be finished; Today shows them."""
    mine = classes.cohort(asking(), cohort_id)
    lessons = lessons_of(mine)
    if request.method == "POST":
        try:
            wanted = {key: typed_day(request.form.get(field_of(*key), "")) for key in lessons}
        except ValueError:
            flash(_("One of the dates could not be read. Write it as year-month-day."), "err")
            return render_template("authoring/dates.html", **dates_shown(mine, lessons)), 422
        classes.set_due_dates(mine, wanted, by=asking().id, now=utc_now())
        flash(_("The dates are saved. Trainees see them in Today."), "ok")
        return redirect(url_for("authoring.cohort", cohort_id=mine.id), 303)
    return render_template("authoring/dates.html", **dates_shown(mine, lessons))


def lessons_of(mine: Cohort) -> dict[tuple[int, str], Lesson]:
    """(course id, lesson key) → lesson, of the newest version of each course of a class, in order."""
    published = [reading.newest(course) for course in course_titles(mine)]
    return {(version.course_id, lesson.key): lesson for version in published for lesson in reading.lessons(version)}


def course_titles(mine: Cohort) -> dict[Course, str]:
    """The published courses of a class in order, with their titles."""
    courses = [row.course for row in programme.courses(mine)]
    return {course: reading.newest(course).title(language()) for course in courses if course.versions.exists()}


def field_of(course_id: int, lesson_key: str) -> str:
    """The name of a lesson's field."""
    return f"due-{course_id}-{lesson_key}"


def typed_day(text: str) -> date | None:
    """A day as the form sends it; ValueError for anything else."""
    return date.fromisoformat(text.strip()) if text.strip() else None


def dates_shown(mine: Cohort, lessons: dict[tuple[int, str], Lesson]) -> dict[str, Any]:
    """What the page of due dates draws."""
    due = programme.due_dates(mine)
    titles = {course.id: title for course, title in course_titles(mine).items()}
    shown: dict[int, list[tuple[str, Lesson, str]]] = {course_id: [] for course_id in titles}
    for (course_id, key), lesson in lessons.items():
        day = due.get((course_id, key))
        typed = request.form.get(field_of(course_id, key), day.isoformat() if day else "")
        shown[course_id].append((field_of(course_id, key), lesson, typed))
    return {"cohort": mine, "titles": titles, "lessons": shown}


@blueprint.route("/cohorts/<int:cohort_id>/cards", methods=["GET", "POST"])
@trainers
def print_cards(cohort_id: int) -> Any:
    """Choose whose cards to print; then eight to an A4. Who has not used their PIN gets a new one with the card."""
    mine = classes.cohort(asking(), cohort_id)
    rows = [
        row for row in classes.members(mine) if not row.left_at and row.person.is_active and not row.person.is_staff
    ]
    own = {row.person_id for row in rows if cards.uses_own_pin(row.person)}
    chosen = set(request.form.getlist("member", type=int))
    if request.method == "GET" or not chosen:
        return render_template("authoring/choose_cards.html", cohort=mine, rows=rows, own=own)
    people: list[Person] = [row.person for row in rows if row.id in chosen]
    made = cards.cards(people, by=asking().id, now=utc_now(), home=home_address())
    response = render_template("accounts/cards.html", cards=made, back=url_for("authoring.cohort", cohort_id=mine.id))
    return response, 200, {"Cache-Control": "no-store"}


@blueprint.route("/cohorts/<int:cohort_id>/closing", methods=["GET", "POST"])
@trainers
def close_cohort(cohort_id: int) -> Any:
    """Ask, then close the class: nobody joins any more, members go on learning."""
    mine = classes.cohort(asking(), cohort_id)
    if request.method == "GET":
        counts = headcounts.of_classes([mine.id])[mine.id]
        return render_template("authoring/close_cohort.html", cohort=mine, counts=counts)
    programme.close(mine, by=asking().id, now=utc_now())
    flash(_("The class is closed. Its members can go on learning."), "ok")
    return redirect(url_for("authoring.cohorts"), 303)


@blueprint.post("/cohorts/<int:cohort_id>/opening")
@trainers
def open_cohort(cohort_id: int) -> Any:
    """Let people join again."""
    mine = classes.cohort(asking(), cohort_id)
    programme.open_again(mine, by=asking().id, now=utc_now())
    flash(_("People can join the class again."), "ok")
    return redirect(url_for("authoring.cohort", cohort_id=mine.id), 303)
