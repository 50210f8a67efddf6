"""The deeds of the audit trail in words. One that is not here is shown by its own name."""

from __future__ import annotations

from lms.i18n import lazy as _l

DEEDS = {
    "areas.loaded": _l("loaded areas"),
    "certificate.corrected": _l("corrected a certificate"),
    "certificate.issued": _l("certificate issued"),
    "certificate.replaced": _l("replaced a certificate"),
    "certificate.revoked": _l("revoked a certificate"),
    "cohort.changed": _l("changed a class"),
    "cohort.closed": _l("closed a class"),
    "cohort.course_added": _l("added a course to a class"),
    "cohort.course_removed": _l("took a course out of a class"),
    "cohort.created": _l("made a class"),
    "cohort.due_date": _l("set a due date"),
    "cohort.new_code": _l("drew a new class code"),
    "cohort.opened_again": _l("opened a class again"),
    "cohort.repinned": _l("moved a class to a new version"),
    "cohort.trainer_added": _l("gave a class to a trainer"),
    "cohort.trainer_removed": _l("took a class from a trainer"),
    "consent.given": _l("agreed"),
    "consent.withdrawn": _l("took an agreement back"),
    "course.archived": _l("archived a course"),
    "course.brought_back": _l("brought a course back"),
    "course.created": _l("made a course"),
    "course.loaded": _l("loaded a course"),
    "course.published": _l("published a course"),
    "course.restored": _l("restored a version of a course"),
    "demonstration.opened": _l("opened the demonstration"),
    "fault.closed": _l("fixed a fault in a lesson"),
    "lesson.removed": _l("removed a lesson"),
    "live.reported": _l("reported a live"),
    "membership.joined": _l("joined a class"),
    "membership.left": _l("left a class"),
    "membership.transferred": _l("moved to another class"),
    "people.exported": _l("took a list of people along"),
    "person.card_made": _l("made a card"),
    "person.codes_removed": _l("took one-time codes off"),
    "person.codes_turned_on": _l("turned one-time codes on"),
    "person.created": _l("entered somebody"),
    "person.deactivated": _l("closed an account"),
    "person.erased": _l("deleted an account"),
    "person.merged": _l("made one account of two"),
    "person.moved": _l("changed where somebody lives"),
    "person.password_reset": _l("made a new password"),
    "person.password_set": _l("set a password"),
    "person.phone_changed": _l("changed a phone number"),
    "person.pin_reset": _l("made a new PIN"),
    "person.pin_set": _l("set a PIN"),
    "person.reactivated": _l("opened an account again"),
    "person.renamed": _l("changed a name"),
    "person.signed_out": _l("signed out of phones"),
    "role.granted": _l("gave a role"),
    "role.revoked": _l("took a role away"),
    "roster.imported": _l("imported a list"),
    "settings.changed": _l("changed the settings"),
    "threshold.changed": _l("changed a bound of the shot coach"),
}


def in_words(action: str) -> str:
    """The deed in the reader's language."""
    return str(DEEDS.get(action, action))
