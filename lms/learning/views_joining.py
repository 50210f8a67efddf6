"""`/join`: a visitor becomes a trainee; who has an account joins one more class."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_login import current_user
from wtforms import RadioField, StringField

from lms import i18n
from lms.accounts.forms import PhoneField, age_field, line, name_field, pin_field
from lms.accounts.notice import TooYoung
from lms.accounts.views.doors import again, enter, shown
from lms.db import utc_now
from lms.errors import Refused, Wait
from lms.i18n import lazy
from lms.learning import joining
from lms.learning.joining import Newcomer, NoSuchClass, NumberKnown, UnknownPlace
from lms.programmes.models import Cohort
from lms.web.access import public
from lms.web.forms import Form, at_most, in_words
from lms.web.people import asking

blueprint = Blueprint("joining", __name__)


class ClassForm(Form):
    """Which class: by its code, or one of those open to everybody."""

    code = StringField(lazy("Class code"), [at_most(20)], filters=[line])
    place = RadioField(lazy("Where do you live?"), choices=[], validate_choice=False)


class JoinForm(ClassForm):
    """The same, and who is coming in."""

    name = name_field()
    phone = PhoneField()
    pin = pin_field(lazy("Choose a PIN, 6 digits"))
    age_band = age_field()
    village = StringField(lazy("Your township and village (you may leave it empty)"), [at_most(60)], filters=[line])


@blueprint.route("/join", methods=["GET", "POST"])
@public
def join() -> Any:
    """The short way in."""
    form = (ClassForm if current_user.is_authenticated else JoinForm).posted(code=line(request.args.get("code"))[:20])
    places = list(joining.self_study())
    form.place.choices = in_words((str(cohort.id), cohort.area.name(i18n.language())) for cohort in places)
    if not form.ok():
        return shown("accounts/join.html", form, **values(form, places, known_class(form)))
    try:
        return join_signed_in(form, places) if current_user.is_authenticated else come_in(form, places)
    except (Refused, Wait) as problem:
        told = values(form, places, class_still(form, problem))
        return again("accounts/join.html", form, blamed(form, problem), problem, **told)


def values(form: ClassForm, places: list[Cohort], cohort: Cohort | None) -> dict[str, Any]:
    """What the page needs beside its form: of a class that is known, the villages from which its people come."""
    villages = joining.villages(cohort) if cohort and isinstance(form, JoinForm) else []
    return {"places": places, "cohort": cohort, "villages": villages}


def come_in(form: JoinForm, places: list[Cohort]) -> Response:
    """Make the person, sign them in, and on to the welcome and the first lesson."""
    cohort, now = chosen_class(form, places), utc_now()
    newcomer = Newcomer(
        form.name.data, form.phone.data, form.pin.data, form.age_band.data, i18n.language(), form.village.data
    )
    membership = joining.come_in(newcomer, cohort, address=request.remote_addr or "", now=now)
    return enter(membership.person, url_for("accounts.welcome", next=joining.first_lesson(membership)))


def join_signed_in(form: ClassForm, places: list[Cohort]) -> Response:
    """One more class for somebody who is here already."""
    membership = joining.join(chosen_class(form, places), asking(), now=utc_now())
    return redirect(joining.first_lesson(membership) or url_for("today.home"), 303)


def chosen_class(form: ClassForm, places: list[Cohort]) -> Cohort:
    """The class with the code, else the open one of the place chosen (or the only one). Raises NoSuchClass, Wait."""
    if form.code.data:
        return joining.class_of(form.code.data, address=request.remote_addr or "", now=utc_now())
    by_place = {str(cohort.id): cohort for cohort in places}
    only = places[0] if len(places) == 1 else None
    cohort = by_place.get(form.place.data or "", only)
    if cohort is None:
        raise NoSuchClass
    return cohort


def known_class(form: ClassForm) -> Cohort | None:
    """The class that the link's code names, so that the page can say which one it is."""
    if not form.code.data:
        return None
    try:
        return joining.class_of(form.code.data, address=request.remote_addr or "", now=utc_now())
    except (NoSuchClass, Wait):
        return None


def class_still(form: ClassForm, problem: Exception) -> Cohort | None:
    """The class named on the page before, unless it is what the problem is about."""
    return None if isinstance(problem, (NoSuchClass, Wait)) else known_class(form)


def blamed(form: ClassForm, problem: Exception) -> Any:
    """The field that the problem is about."""
    if isinstance(problem, (NoSuchClass, Wait)) or not isinstance(form, JoinForm):
        return form.code
    if isinstance(problem, NumberKnown):
        return form.phone
    if isinstance(problem, UnknownPlace):
        return form.village
    return form.age_band if isinstance(problem, TooYoung) else form.pin
