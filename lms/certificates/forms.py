"""Forms about certificates."""

from __future__ import annotations

from wtforms import RadioField, StringField, ValidationError

from lms.certificates import document
from lms.certificates.issuing import REASONS
from lms.i18n import lazy as _l
from lms.web.forms import Form, at_most, in_words, required, tidy


class CorrectionForm(Form):
    """A name that was printed wrongly."""

    name = StringField(_l("Name as it should be printed"), [required(), at_most(40)], filters=[tidy])
    reason = StringField(_l("Why"), [at_most(200)], filters=[tidy], id="correction-reason")

    def validate_name(self, field: StringField) -> None:
        """Every character has a glyph: no certificate goes out with an empty box."""
        if without := document.unprintable(field.data):
            raise ValidationError(str(document.CannotPrint(without[0])))


class RevocationForm(Form):
    """A reason from the closed list."""

    reason = RadioField(_l("Reason"), [required(_l("Choose a reason from the list."))])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = in_words(list(REASONS.items()))
