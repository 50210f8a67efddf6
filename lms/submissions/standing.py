"""How the tasks of an enrolment stand, for pages below that show steps (a hook of `learning.looking`)."""

from __future__ import annotations

from lms.db import Prepared
from lms.learning.looking import HandedIn
from lms.submissions import states, wording
from lms.submissions.models import Submission

NEWEST = Prepared(
    lambda enrolment_id, withdrawn: (
        Submission.select(Submission.id, Submission.step_key, Submission.state)
        .where((Submission.enrolment == enrolment_id) & (Submission.state != withdrawn))
        .order_by(Submission.number)
    ),
    -1,
    states.WITHDRAWN,
)


def of_enrolment(enrolment_id: int) -> dict[str, HandedIn]:
    """Step key → how its newest try stands; passed, once any of them has."""
    stand: dict[str, Submission] = {}
    for row in NEWEST.rows(enrolment_id, states.WITHDRAWN):
        if row.step_key not in stand or stand[row.step_key].state != states.PASSED:
            stand[row.step_key] = row
    return {key: HandedIn(row.id, row.state, *wording.state_of(row)) for key, row in stand.items()}
