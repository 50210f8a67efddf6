"""Every address with something to fill in: what stands there, and whom it opens for with what is Hetian's own.

For addresses without a part to fill in the mark of their view says all there is to say. `who`: those of
`neighbours.EVERYBODY` to whom it opens; a colleague without the role meets 403, everybody else 404.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.neighbours import EVERYBODY


@dataclass(frozen=True)
class Entrance:
    """`parts`: the address's argument → what of a `County` fills it."""

    parts: dict[str, str]
    who: tuple[str, ...]


ADMIN = ("admin",)
MANAGERS = ("manager", "admin")
TEACHER = ("trainer",)
AUTHORS = ("trainer", "admin")
SUPERVISORS = ("trainer", "manager", "admin")
LEARNER = ("trainee",)
SIGNED_IN = tuple(one for one in EVERYBODY if one != "visitor")
COURSE = {"slug": "slug"}
LESSON = {"slug": "slug", "lesson_key": "lesson"}
DRAFT = {"slug": "slug", "key": "lesson"}
PAGE = {**DRAFT, "name": "page"}
VERSION = {"slug": "slug", "number": "version"}
CLASS = {"cohort_id": "cohort"}
MEMBER = {"cohort_id": "cohort", "member_id": "membership"}
PERSON = {"person_id": "person"}
PLACE_IN_CLASS = {"person_id": "person", "membership_id": "membership"}
CERTIFICATE = {"number": "certificate"}
TASK = {**LESSON, "task_id": "task"}
WORK = {"number": "work"}
QUESTION = {**LESSON, "part": "part", "question_id": "question"}
REVIEW = {**WORK, "review_id": "review"}
UPLOAD = {"token": "upload"}

ENTRANCES = {
    "accounts.card": Entrance({"token": "token"}, ()),
    "catalogue.file": Entrance({"digest": "digest", "suffix": "suffix"}, EVERYBODY),
    "catalogue.phone_picture": Entrance({"digest": "digest"}, ()),  # a drawing has no smaller twin
    "catalogue.card": Entrance({"name": "leaflet"}, EVERYBODY),
    "learning.path": Entrance(COURSE, EVERYBODY),
    "learning.way": Entrance({"name": "way"}, EVERYBODY),
    "learning.take_way": Entrance({"name": "way"}, EVERYBODY),
    "learning.lesson": Entrance(LESSON, EVERYBODY),
    "learning.sheet": Entrance(LESSON, EVERYBODY),
    "learning.answer": Entrance(LESSON, LEARNER),
    "learning.events": Entrance(COURSE, LEARNER),
    "learning.place": Entrance(COURSE, LEARNER),
    "learning.quiz": Entrance(LESSON, LEARNER),
    "learning.answer_quiz": Entrance(LESSON, LEARNER),
    "learning.report_fault": Entrance(LESSON, SIGNED_IN),
    "assessment.work": Entrance(WORK, SUPERVISORS),
    "assessment.give": Entrance(WORK, TEACHER),
    "assessment.judgement": Entrance(WORK, TEACHER),
    "assessment.take_back": Entrance(WORK, TEACHER),
    "assessment.ask_to_show": Entrance(WORK, TEACHER),
    "assessment.hide_stickers": Entrance(REVIEW, TEACHER),
    "assessment.show_stickers": Entrance(REVIEW, TEACHER),
    "assessment.report_stickers": Entrance(REVIEW, LEARNER),
    "assessment.feedback": Entrance(WORK, LEARNER),
    "assessment.task_feedback": Entrance(TASK, LEARNER),
    "assessment.classmates": Entrance(TASK, LEARNER),
    "assessment.give_stickers": Entrance(WORK, ()),  # one's own is no classmate's
    "assessment.voice": Entrance({"number": "judgement"}, (*LEARNER, *SUPERVISORS)),
    "assessment.waiting_voice": Entrance(UPLOAD, ()),  # a trainee's film on its way is no trainer's voice
    "assessment.peer_voice": Entrance({"number": "review"}, (*LEARNER, *SUPERVISORS)),
    "assessment.change_phrase": Entrance(WORK, ()),  # a work is no phrase
    "assessment.remove_phrase": Entrance(WORK, EVERYBODY),  # deleting what is not there is harmless
    "assessment.questions": Entrance(COURSE, AUTHORS),
    "assessment.question": Entrance(QUESTION, AUTHORS),
    "assessment.key": Entrance(QUESTION, AUTHORS),
    "assessment.key_effect": Entrance(QUESTION, AUTHORS),
    "assessment.put_right": Entrance(QUESTION, AUTHORS),
    "certificates.pdf": Entrance(CERTIFICATE, (*LEARNER, *SUPERVISORS)),
    "certificates.picture": Entrance(CERTIFICATE, (*LEARNER, *SUPERVISORS)),
    "certificates.show": Entrance(CERTIFICATE, LEARNER),
    "certificates.verified": Entrance(CERTIFICATE, EVERYBODY),
    "certificates.short": Entrance(CERTIFICATE, EVERYBODY),
    "certificates.entry": Entrance(CERTIFICATE, SUPERVISORS),
    "certificates.correct": Entrance(CERTIFICATE, MANAGERS),
    "certificates.replace": Entrance(CERTIFICATE, MANAGERS),
    "certificates.revoke": Entrance(CERTIFICATE, MANAGERS),
    "rehearsal.report": Entrance({"number": "rehearsal"}, LEARNER),
    "rehearsal.delete": Entrance({"number": "rehearsal"}, LEARNER),
    "rehearsal.remove": Entrance({"line_id": "audience_line"}, AUTHORS),
    "submissions.task": Entrance(TASK, LEARNER),
    "submissions.hand_in_task": Entrance(TASK, LEARNER),
    "submissions.hand_in_voice": Entrance({**LESSON, "check_id": "question"}, LEARNER),
    "submissions.work": Entrance(WORK, LEARNER),
    "submissions.withdrawal": Entrance(WORK, LEARNER),
    "submissions.withdraw": Entrance(WORK, LEARNER),
    "submissions.show_work": Entrance(WORK, LEARNER),
    "submissions.hide_work": Entrance(WORK, LEARNER),
    "submissions.work_file": Entrance({"piece_id": "piece", "what": "what"}, (*LEARNER, *SUPERVISORS)),
    "submissions.drop_upload": Entrance(UPLOAD, LEARNER),
    "submissions.upload_options": Entrance(UPLOAD, EVERYBODY),
    "submissions.upload_state": Entrance(UPLOAD, LEARNER),
    "submissions.continue_upload": Entrance(UPLOAD, LEARNER),
    "submissions.end_upload": Entrance(UPLOAD, LEARNER),
    "submissions.override_upload": Entrance(UPLOAD, LEARNER),
    "reports.area": Entrance({"code": "area"}, MANAGERS),
    "reports.person": Entrance({"number": "membership"}, MANAGERS),
}


def desk(parts: dict[str, str], *deeds: str) -> None:
    """The same page of the administration's desk and of the managers'."""
    for deed in deeds:
        ENTRANCES[f"administration.{deed}"] = Entrance(parts, ADMIN)
        ENTRANCES[f"management.{deed}"] = Entrance(parts, MANAGERS)


def teaching(parts: dict[str, str], who: tuple[str, ...], *pages: str) -> None:
    """Pages of the trainers' desk."""
    ENTRANCES.update({f"authoring.{page}": Entrance(parts, who) for page in pages})


desk(CLASS, "cohort", "edit_cohort", "close_cohort", "open_cohort", "new_code", "add_course", "add_trainer")
desk({**CLASS, "course_id": "course"}, "remove_course", "require_course")
desk({**CLASS, "person_id": "trainer"}, "remove_trainer")
desk(PERSON, "person", "edit_person", "change_phone", "reset", "deactivate", "reactivate", "erase", "merge")
desk(PERSON, "grant", "join")
desk({"person_id": "trainer", "role_id": "role"}, "revoke")
desk(PLACE_IN_CLASS, "leave", "come_back", "transfer")

teaching(CLASS, TEACHER, "cohort", "print_cards", "close_cohort", "open_cohort", "code", "dates", "add_member")
teaching(MEMBER, TEACHER, "member", "reset_pin", "remove_member", "guardian", "withdraw_guardian")
teaching(COURSE, AUTHORS, "course", "archive", "bring_back", "export", "new_lesson", "order", "publish", "publish_now")
teaching(COURSE, AUTHORS, "give", "settings", "versions")
teaching(VERSION, AUTHORS, "changes", "restore")
teaching({**COURSE, "kept_id": "kept"}, AUTHORS, "bring_draft_back")
teaching(DRAFT, AUTHORS, "rename_lesson", "add_picture", "add_recording", "move_lesson", "remove_lesson")
teaching(DRAFT, AUTHORS, "guide")
teaching(PAGE, AUTHORS, "edit", "save_page", "autosave", "insert_block", "take_out", "preview", "preview_unsaved")
teaching({**DRAFT, "name": "file"}, AUTHORS, "remove_file")
teaching({**DRAFT, "name": "recording"}, AUTHORS, "turn_again")
teaching({**DRAFT, "lang": "lang"}, AUTHORS, "reading", "say", "forget_takes")
teaching({**COURSE, "number": "take"}, AUTHORS, "take")
teaching({"fault_id": "fault"}, AUTHORS, "close_fault")


def own(parts: dict[str, str], *pages: str) -> None:
    """Pages of the practice tools, for whose script it is."""
    ENTRANCES.update({f"scripts.{page}": Entrance(parts, LEARNER) for page in pages})


SCRIPT = {"script_id": "script"}
own(SCRIPT, "coach", "save", "versions", "delete", "give_proof", "sheet", "review_sheet", "sign_sheet")
own({**SCRIPT, "number": "script_version"}, "version", "restore")
own({**SCRIPT, "proof_id": "proof"}, "proof_photo", "take_proof_back")
own({"script_id": "deleted_script"}, "bring_back")
own({"sheet_id": "sheet"}, "signed", "sheet_pdf")
