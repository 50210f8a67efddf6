"""What is typed when a list comes in, or somebody goes."""

from __future__ import annotations

from wtforms import BooleanField, PasswordField, SelectField

from lms.i18n import lazy
from lms.web.forms import Form, at_most, required


class RosterForm(Form):
    """Which class a list is for; the file itself comes beside it."""

    cohort = SelectField(lazy("Class"), choices=[], coerce=int)


class DeletionForm(Form):
    """Deleting one's account: the PIN or password, and that it is meant."""

    secret = PasswordField(lazy("Your PIN"), [required(lazy("So that nobody else can do this.")), at_most(200)])
    sure = BooleanField(lazy("Yes, delete my account for good"), [required(lazy("Tick this if you mean it."))])
