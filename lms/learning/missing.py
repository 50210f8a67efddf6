"""What is still missing for completion, in words, for the course page."""

from __future__ import annotations

from lms.catalogue.models import Lesson, Step
from lms.i18n import _, ngettext
from lms.learning.looking import Standing


def in_words(standing: Standing, lang: str) -> list[str]:
    """One sentence for each lesson with open steps; empty when nothing is missing, or for those not enrolled."""
    if not standing.enrolment or standing.completed:
        return []
    open_steps = [step for step in standing.required if step.key not in standing.done]
    sentences = [
        sentence(lesson, [step for step in open_steps if step.lesson_key == lesson.key], lang)
        for lesson in standing.lessons
    ]
    if any(step.kind == "exam" for step in open_steps):
        sentences.append(_("The exam is still to pass."))
    if not standing.version.complete:
        sentences.append(_("The teacher is still adding lessons. The certificate comes when the course is whole."))
    return [text for text in sentences if text]


def sentence(lesson: Lesson, steps: list[Step], lang: str) -> str:
    """What is open in a lesson."""
    if not steps:
        return ""
    return _(
        "Lesson %(number)d, %(title)s: %(doing)s.",
        number=lesson.position,
        title=lesson.title(lang),
        doing=doing([step.kind for step in steps]),
    )


def open_in(standing: Standing, lesson_key: str) -> list[Step]:
    """What is open in a lesson, in its order."""
    return [step for step in standing.required if step.lesson_key == lesson_key and step.key not in standing.done]


def doing(kinds: list[str]) -> str:
    """What is to do for steps of these kinds."""
    parts = [
        _("read to the end") if "read" in kinds else "",
        counted_checks(kinds.count("check")),
        counted_tries(kinds.count("try")),
        _("pass the quiz") if "quiz" in kinds else "",
        _("hand in the task") if "task" in kinds else "",
    ]
    return _(", ").join(part for part in parts if part)


def counted_checks(count: int) -> str:
    """Questions in the text that wait for a right answer."""
    return ngettext("answer %(num)d question", "answer %(num)d questions", count) if count else ""


def counted_tries(count: int) -> str:
    """Exercises on the phone that wait for a tick."""
    return ngettext("do %(num)d exercise", "do %(num)d exercises", count) if count else ""
