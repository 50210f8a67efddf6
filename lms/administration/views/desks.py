"""The addresses of both desks."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for

from lms.administration.views import areas, classes, cohorts, deeds, people, settings, trail
from lms.web.desks import CHANGE, FORM, Route, desk

PERSON = "/people/<int:person_id>"
MEMBER = f"{PERSON}/classes/<int:membership_id>"
COHORT = "/cohorts/<int:cohort_id>"

SHARED = [
    Route("/people", "people", people.listing),
    Route("/people/new", "new_person", people.new, FORM),
    Route(PERSON, "person", people.person),
    Route(f"{PERSON}/edit", "edit_person", people.edit, FORM),
    Route(f"{PERSON}/phone", "change_phone", deeds.change_phone, FORM),
    Route(f"{PERSON}/secret", "reset", deeds.reset, CHANGE),
    Route(f"{PERSON}/deactivation", "deactivate", deeds.deactivate, CHANGE),
    Route(f"{PERSON}/reactivation", "reactivate", deeds.reactivate, CHANGE),
    Route(f"{PERSON}/deletion", "erase", deeds.erase, CHANGE),
    Route(f"{PERSON}/roles", "grant", deeds.grant, CHANGE),
    Route(f"{PERSON}/roles/<int:role_id>/revocation", "revoke", deeds.revoke, CHANGE),
    Route(f"{PERSON}/merge", "merge", deeds.merge, FORM),
    Route(f"{PERSON}/classes", "join", classes.join, FORM),
    Route(f"{MEMBER}/leave", "leave", classes.leave, CHANGE),
    Route(f"{MEMBER}/return", "come_back", classes.come_back, CHANGE),
    Route(f"{MEMBER}/transfer", "transfer", classes.transfer, FORM),
    Route("/cohorts", "cohorts", cohorts.listing),
    Route("/cohorts/new", "new_cohort", cohorts.new, FORM),
    Route(COHORT, "cohort", cohorts.cohort),
    Route(f"{COHORT}/edit", "edit_cohort", cohorts.edit, FORM),
    Route(f"{COHORT}/closure", "close_cohort", cohorts.close, CHANGE),
    Route(f"{COHORT}/opening", "open_cohort", cohorts.open_again, CHANGE),
    Route(f"{COHORT}/code", "new_code", cohorts.new_code, CHANGE),
    Route(f"{COHORT}/courses", "add_course", cohorts.add_course, CHANGE),
    Route(f"{COHORT}/courses/<int:course_id>/removal", "remove_course", cohorts.remove_course, CHANGE),
    Route(f"{COHORT}/courses/<int:course_id>/requirement", "require_course", cohorts.require_course, CHANGE),
    Route(f"{COHORT}/trainers", "add_trainer", cohorts.add_trainer, CHANGE),
    Route(f"{COHORT}/trainers/<int:person_id>/removal", "remove_trainer", cohorts.remove_trainer, CHANGE),
]


def home() -> Any:
    """The desk begins with its people."""
    return redirect(url_for(".people"))


ADMIN_ONLY = [
    Route("", "home", home),
    Route("/areas", "areas", areas.listing),
    Route("/areas/table", "load_areas", areas.load, CHANGE),
    Route("/audit", "audit", trail.listing),
    Route("/settings", "settings", settings.settings, FORM),
]

administration = desk("administration", "/admin", ("admin",), [*SHARED, *ADMIN_ONLY])
management = desk("management", "/manage", ("manager", "admin"), SHARED)
blueprints = [administration, management]
