"""What became of a judgement that can still be changed, in words for its judge."""

from __future__ import annotations

from lms.assessment import rubrics, settling
from lms.assessment.models import Judgement
from lms.i18n import _
from lms.submissions import states
from lms.web.pages import moment


def of(given: Judgement) -> str:
    """Where it went, or why it goes nowhere yet, and until when it can be changed."""
    work = given.submission
    facts = {"name": work.person.name, "points": given.total, "most": rubrics.of(work).most}
    if work.state == states.WAITING:
        return _(
            "Kept for %(name)s: %(points)d of %(most)d. It goes out once the second trainer has judged, too.", **facts
        )
    facts["time"] = moment(given.settles_at)
    if settling.is_divided(list(Judgement.standing().where(Judgement.submission == work))):
        return _(
            "Kept for %(name)s: %(points)d of %(most)d. The two of you disagree on passing, so nothing goes out before "
            "%(time)s. Until then either can change their word.",
            **facts,
        )
    if given.passed:
        return _("Sent to %(name)s: %(points)d of %(most)d. Can be changed until %(time)s.", **facts)
    return _("Back to %(name)s to do again: %(points)d of %(most)d. Can be changed until %(time)s.", **facts)
