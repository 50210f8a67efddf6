"""What is typed at a desk: people, cohorts, roles, settings."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
    validators,
)

from lms.accounts.forms import PhoneField, line, name_field
from lms.accounts.models import ROLES
from lms.i18n import _, lazy
from lms.lib import phones
from lms.programmes.cohorts import POLICIES
from lms.programmes.models import Cohort
from lms.programmes.places import Places
from lms.web.forms import Form, at_most, in_words, required

POLICY_WORDS = {
    "keep": lazy("Those under way keep the version they began with"),
    "catch_up": lazy("Those under way move on to the new version"),
}


class PlaceField(StringField):
    """A place by name or code. `code` is its 12 digits once it holds; "" for none. Set `places` before validating."""

    places: Places
    code: str = ""

    def __init__(self, label: Any, needed: bool = False, **options: Any) -> None:
        checks = [required(lazy("Say which place."))] if needed else [validators.Optional()]
        super().__init__(label, [*checks, at_most(80)], filters=[line], **options)

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        """Raise ValidationError for a place that is unknown here, or could be several."""
        if validation_stopped or not self.data:
            return
        code = self.places.find(self.data)
        if code is None:
            raise ValidationError(
                _("This place is not known here, or there are several. Put the county in front of it.")
            )
        self.code = code


class PersonForm(Form):
    """A person's name and where they live."""

    name = name_field()
    place = PlaceField(lazy("Lives in (township or village)"))


class NewPersonForm(PersonForm):
    """Somebody who is entered by a colleague."""

    phone = PhoneField()
    cohort = SelectField(lazy("Class"), choices=[], coerce=int)


class PhoneForm(Form):
    """Another number."""

    phone = PhoneField()


class RoleForm(Form):
    """A role, and where it holds."""

    kind = SelectField(lazy("Role"), choices=in_words(ROLES.items()))
    place = PlaceField(lazy("Where (leave empty for everywhere)"))


class ClassForm(Form):
    """One of the classes within reach."""

    cohort = SelectField(lazy("Class"), choices=[], coerce=int)


class MergeForm(Form):
    """The number of the second account."""

    phone = PhoneField()


class CohortForm(Form):
    """A class."""

    name = StringField(
        lazy("Name of the class"), [required(lazy("Give the class a name.")), at_most(60)], filters=[line]
    )
    class_number = StringField(lazy("Class number, as on the papers"), [at_most(40)], filters=[line])
    place = PlaceField(lazy("Area"), needed=True)
    starts_on = DateField(lazy("First day"), [required(lazy("Give the first day."))])
    ends_on = DateField(lazy("Last day (leave empty for an open end)"), [validators.Optional()])
    self_study = BooleanField(lazy("Open for self-study: people of this area may join without a code"))
    update_policy = RadioField(
        lazy("When a course changes"),
        choices=in_words((policy, POLICY_WORDS[policy]) for policy in POLICIES),
        default="keep",
    )

    def validate_ends_on(self, field: DateField) -> None:
        """The last day comes after the first."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day lies before the first. Put the later one second."))


class CourseForm(Form):
    """A course for a class."""

    course = SelectField(lazy("Course"), choices=[], coerce=int)
    required = BooleanField(lazy("Needed for the whole training"), default=True)


class TrainerForm(Form):
    """A trainer for a class."""

    trainer = SelectField(lazy("Trainer"), choices=[], coerce=int)


class SettingsForm(Form):
    """What the installation says of itself."""

    issuer_zh = StringField(lazy("Issuer of the certificates, in Chinese"), [required(), at_most(60)], filters=[line])
    issuer_en = StringField(lazy("Issuer of the certificates, in English"), [required(), at_most(120)], filters=[line])
    help_name = StringField(lazy("Who helps by phone"), [at_most(40)], filters=[line])
    help_phone = StringField(lazy("Help phone number"), [at_most(40)], filters=[line])

    def validate_help_name(self, field: StringField) -> None:
        """Who calls a number wants to know whom."""
        if self.help_phone.data and not field.data:
            raise ValidationError(_("Say who answers this number."))

    def validate_help_phone(self, field: StringField) -> None:
        """A number that can be rung: a mobile, a fixed line, a service number such as 12345."""
        if field.data and not phones.can_be_rung(field.data):
            raise ValidationError(_("This is no number that can be rung. Write 5 digits or more."))
        if self.help_name.data and not field.data:
            raise ValidationError(_("Write the number of whoever helps."))


def classes(query: Any) -> list[tuple[int, str]]:
    """The choices of a list of open classes, taught ones before those for self-study, the newest first."""
    rows = query.where(Cohort.closed_at.is_null()).order_by(
        Cohort.self_study, Cohort.starts_on.desc(), Cohort.id.desc()
    )
    return [(row.id, row.name) for row in rows]
