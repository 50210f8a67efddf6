"""Forms about questions."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from lms.assessment.proposing import LONGEST
from lms.i18n import lazy as _l
from lms.web.forms import Form, at_most, required, tidy


class KeyForm(Form):
    """Another key: why, and for a question that is answered by typing what is right too. Options and places stand in
    the form by themselves."""

    answer = StringField(_l("What is right too"), [at_most(LONGEST)], filters=[tidy])
    reason = TextAreaField(
        _l("Why the key was wrong"),
        [required(_l("Say why: it stays in the history.")), at_most(300)],
        filters=[tidy],
    )
