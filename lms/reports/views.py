"""The manager's pages. Each starts from the areas of whoever asks: what lies above or beside them is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from lms import audit
from lms.accounts.models import Person
from lms.assessment import queue as judges_queue
from lms.assessment import results
from lms.assessment import wording as judges_words
from lms.audit import deed_words
from lms.catalogue.models import CourseVersion
from lms.db import utc_now
from lms.i18n import _, language
from lms.learning.measures import MEASURES, RATE_MEANS
from lms.programmes.models import Area
from lms.reports import choices, counting, cuts, dashboard, people, places, privacy, sound, wording
from lms.reports import help as helping
from lms.reports import person as one_person
from lms.reports.cuts import Cut
from lms.reports.figures import Figures, figures, last_weeks
from lms.web import exports, paging
from lms.web.access import allow
from lms.web.pages import site
from lms.web.people import asking, settings

blueprint = Blueprint("reports", __name__, url_prefix="/manage")

ON_A_TOWNSHIP_PAGE = 20


@blueprint.get("")
@allow("manager", "admin")
def home() -> Any:
    """The overview of one's own areas."""
    if request.args.get("area"):
        return to_chosen_area()
    own = cuts.areas_of(asking())
    cut = cuts.asked(asking(), request.args, settings().zone)
    return area_page(replace(cut, areas=places.where_people_are(own)), own)


def to_chosen_area() -> Any:
    """An area chosen in the filters has a page of its own."""
    kept = {name: word for name, word in request.args.items() if word}
    return redirect(url_for("reports.area", code=kept.pop("area"), **kept))


@blueprint.get("/areas/<code>")
@allow("manager", "admin")
def area(code: str) -> Any:
    """An area: an overview, or from the township down whom to help."""
    if request.args.get("area"):
        return to_chosen_area()
    cut = cuts.asked(asking(), request.args, settings().zone, code=code)
    return area_page(cut, cuts.areas_of(asking()))


def area_page(cut: Cut, own: tuple[str, ...]) -> Any:
    """The page that fits the size of the area."""
    path = places.path(cut.areas[0], own) if len(cut.areas) == 1 else []
    if path and path[-1].level >= places.TOWNSHIP:
        return township(cut, own, path)
    return overview(cut, own, path)


def overview(cut: Cut, own: tuple[str, ...], path: list[Area]) -> Any:
    """Figures, charts, and the areas below one beside the other."""
    now = utc_now()
    counted, versions = figures(cut, now=now), choices.courses()
    courses = dashboard.taken(counted, versions, language())
    rows = dashboard.places(counted, cut, courses, language())
    head = about(cut, own, path, counted, versions, now)
    if exports.asked():
        return exports.table_response(_("Areas"), *areas_table(counted, cut, courses, rows, head))
    return render_template(
        "reports/dashboard.html",
        **head,
        courses=courses,
        rows=rows,
        result=dashboard.result(counted, cut, unsaid=head["unsaid"]),
        five=dashboard.five_numbers(counted, cut),
        all_places=url_for("reports.area", code=cut.areas[0], **cut.filters(), all="1") if path else "?all=1",
        works_late=judges_queue.count_long(asking()),
        to_help=0 if head["secret"] else counting.roughly_now(cut, counted.of("enrolled"), now=now),
        **dashboard.drawings(counted, cut, courses, rows, everything="all" in request.args),
    )


def areas_table(
    counted: Figures, cut: Cut, courses: list[dashboard.Taken], rows: list[dashboard.Place], head: dict[str, Any]
) -> tuple[list[str], list[list[Any]]]:
    """The overview as a file: what the page says, and nothing that it does not."""
    if head["secret"]:
        return dashboard.table([], courses)
    if head["unsaid"]:
        return dashboard.unsaid_table(counted, cut, courses, head["title"])
    return dashboard.table(rows, courses)


def about(
    cut: Cut, own: tuple[str, ...], path: list[Area], counted: Figures, versions: list[CourseVersion], now: datetime
) -> dict[str, Any]:
    """What every page with figures says of them: whose they are, what the words mean, what can be filtered by."""
    unsaid = privacy.unsaid(cut, own, counted.of("enrolled", dashboard.counted(cut)))
    return {
        "cut": cut,
        "path": path,
        "crumbs": [(one.name(language()), url_for("reports.area", code=one.code)) for one in path[:-1]],
        "told": choices.told(cut, versions, language()),
        "secret": unsaid and bool(cut.group),
        "title": title_of(path),
        "now": now,
        "figures": counted,
        "main": dashboard.counted(cut),
        "completed": dashboard.whole(counted, cut),
        "of_started": dashboard.whole(counted, cut, of="started"),
        "listed": dashboard.listed,
        "unsaid": unsaid,
        "choices": choices.choices(cut, counted.places, versions, language()),
        **words(),
    }


def title_of(path: list[Area]) -> str:
    """The name of the area at the end of a path."""
    return path[-1].name(language()) if path else _("All areas")


def place_of(cut: Cut) -> str:
    """The name of the one area of a cut, or of all."""
    return title_of(places.named(cut.areas) if len(cut.areas) == 1 else [])


def words() -> dict[str, Any]:
    """What the words on a report mean."""
    return {"measures": MEASURES, "rate_means": RATE_MEANS, "address": exports.address}


def township(cut: Cut, own: tuple[str, ...], path: list[Area]) -> Any:
    """Whom to help in a township or village, with the reason; then the rest."""
    now = utc_now()
    head = about(cut, own, path, figures(cut, now=now), choices.courses(), now)
    found = [] if head["secret"] else helping.needs(cut, now=now)
    rest = people.everybody_else(cut, [need.member_id for need in found], ON_A_TOWNSHIP_PAGE)
    return render_template("reports/township.html", **head, **told(paging.page(found), now), rest=rest)


def told(page: paging.Page, now: datetime) -> dict[str, Any]:
    """A page of needs, in words."""
    return {
        "page": page,
        "helped": wording.told(page.rows, now=now, zone=settings().zone, lang=language()),
        "text": wording.to_copy(asking().name, site()),
    }


@blueprint.get("/needs")
@allow("manager", "admin")
def needs() -> Any:
    """Whom to help in all one's areas, or in the one asked for."""
    now = utc_now()
    cut = cuts.asked(asking(), request.args, settings().zone)
    secret = is_secret(cut)
    found = [] if secret else helping.needs(cut, now=now)
    if exports.asked():
        note_export(len(found), cut, "needs")
        rows = wording.table(found, now=now, zone=cut.zone, lang=language())
        return exports.table_response(_("Whom to help"), wording.heading(), rows)
    return render_template(
        "reports/needs.html",
        secret=secret,
        place=place_of(cut),
        address=exports.address,
        **told(paging.page(found), now),
    )


@blueprint.get("/progress", endpoint="people")
@allow("manager", "admin")
def list_people() -> Any:
    """The people behind a figure."""
    asked = list_asked_for(asking())
    hidden = is_secret(asked.cut)
    if exports.asked():
        note_export(
            0 if hidden else people.people_query(asked).count(), asked.cut, asked.measure.key, **asked.narrowed()
        )
        rows = [] if hidden else people.exported(asked, language())
        return exports.table_response(str(asked.measure.title), people.header(asked.by_course), rows)
    page, versions = paging.page([] if hidden else people.people_query(asked)), choices.courses()
    return render_template(
        "reports/people.html",
        asked=asked,
        cut=asked.cut,
        page=page,
        lines=people.lines(page.rows, asked.cut.zone, language()),
        columns=people.columns(asked.by_course),
        course=people.title_of(asked.cut.course, language()),
        place=place_of(asked.cut),
        told=choices.told(asked.cut, versions, language()),
        hidden=hidden,
        choices=choices.choices(asked.cut, places.around(asked.cut, cuts.areas_of(asking())), versions, language()),
        **words(),
    )


def note_export(rows: int, cut: Cut, measure: str, **more: Any) -> None:
    """Remember in the trail who took which list along: it holds phone numbers in full."""
    by = asking()
    detail = {"rows": rows, "measure": measure, "areas": list(cut.areas), **cut.filters(), **more}
    audit.record("people.exported", by, by=by.id, detail=detail, now=utc_now())


def is_secret(cut: Cut) -> bool:
    """Whether a list would tell who belongs to a group of too few people."""
    return bool(cut.group) and privacy.unsaid(cut, cuts.areas_of(asking()))


def list_asked_for(person: Person) -> people.Asked:
    """The list that this address asks for."""
    cut = cuts.asked(person, request.args, settings().zone)
    week = cuts.day_of(request.args.get("week", "")) or last_weeks(utc_now(), cut)[-1]
    return people.asked(cut, request.args.get("measure", "enrolled"), week, request.args.get("q", ""))


@blueprint.get("/progress/<int:number>")
@allow("manager", "admin")
def person(number: int) -> Any:
    """One member's way through the courses."""
    member = one_person.member(asking(), number)
    courses = one_person.courses(member)
    return render_template(
        "reports/person.html",
        member=member,
        courses=courses,
        open_works=results.open_to(asking(), [one.path.standing.enrolment for one in courses]),
        state_of=judges_words.state_of,
        area=places.names([member.area_code], language()).get(member.area_code, ""),
        seen=wording.last_seen(member.seen_at, utc_now(), settings().zone),
        kinds=one_person.KINDS,
        **trail(member.person),
    )


def trail(of: Person) -> dict[str, Any]:
    """What was done to somebody and by whom, for an admin; nothing for others."""
    entries = one_person.entries(of) if asking().has_role("admin") else []
    actors = one_person.names(entry.actor_id for entry in entries)
    return {"entries": entries, "actors": actors, "deed": deed_words.in_words}


@blueprint.get("/sound")
@allow("manager", "admin")
def silent() -> Any:
    """Lessons that nobody has recorded yet."""
    words_sought = request.args.get("q", "").strip()
    lessons = sound.silent_lessons(words_sought, language())
    if exports.asked():
        return exports.table_response(_("Lessons without sound"), *sound.table(lessons, language()))
    return render_template("reports/sound.html", page=paging.page(lessons), words=words_sought, address=exports.address)


@blueprint.get("/help")
@allow("manager", "admin")
def help() -> Any:
    """How the overview is read."""
    return render_template("help/manager.html", **words())
