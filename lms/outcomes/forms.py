"""The form of a live report."""

from __future__ import annotations

from datetime import timedelta

from wtforms import DateField, HiddenField, IntegerField, RadioField, ValidationError, validators

from lms.db import utc_now
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.outcomes.lives import PLATFORMS, Told
from lms.web.forms import Form, in_words, required, tidy
from lms.web.people import settings

LONGEST = 24 * 60
OLDEST = timedelta(days=366)


class LiveForm(Form):
    """When, where, how long."""

    event = HiddenField(filters=[tidy])
    went_on = DateField(_l("Which day"), [required(_l("Choose the day."))])
    platform = RadioField(_l("Where"), [required(_l("Choose where you went live."))])
    minutes = IntegerField(
        _l("How many minutes"),
        [
            required(_l("Write the minutes as a number.")),
            validators.NumberRange(1, LONGEST, _l("A live lasts from 1 to 1,440 minutes.")),
        ],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.platform.choices = in_words(PLATFORMS.items())

    def validate_went_on(self, field: DateField) -> None:
        """Not in the future, not long ago."""
        today = utc_now().astimezone(settings().zone).date()
        if field.data and not today - OLDEST <= field.data <= today:
            raise ValidationError(_("This day is not within the last year. Look again."))

    def told(self) -> Told:
        """What was told."""
        return Told(self.event.data[:64], self.went_on.data, self.platform.data, self.minutes.data)
