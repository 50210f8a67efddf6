"""Forms about certificates."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, StringField, ValidationError

from lms.accounts.forms import is_name
from lms.certificates import document
from lms.certificates.issuing import REASONS
from lms.i18n import _
from lms.i18n import lazy as _l
from lms.web.forms import Form, at_most, in_words, required, tidy


class CorrectionForm(Form):
    """A name that was printed wrongly. Set `printed`, the name as it stands, before validating."""

    printed: str = ""

    name = StringField(_l("Name as it should be printed"), [required(), is_name], filters=[tidy])
    reason = StringField(
        _l("Why"),
        [required(_l("Say why: it stays in the history.")), at_most(200)],
        filters=[tidy],
        id="correction-reason",
    )
    account = BooleanField(_l("Correct the name of the account too"), default=True)

    def validate_name(self, field: StringField) -> None:
        """It is another name than the printed one, and every character has a glyph: no certificate goes out with an
        empty box."""
        if field.data == self.printed:
            raise ValidationError(_("This is the name that is printed already. Write the right one."))
        if without := document.unprintable(field.data):
            raise ValidationError(str(document.CannotPrint(without[0])))


class ReplacementForm(Form):
    """Why a new one is issued, if anybody wants to say."""

    reason = StringField(_l("Why (you may leave it empty)"), [at_most(200)], filters=[tidy], id="replacement-reason")


class RevocationForm(Form):
    """A reason from the closed list."""

    reason = RadioField(_l("Reason"), [required(_l("Choose a reason from the list."))])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = in_words(list(REASONS.items()))
