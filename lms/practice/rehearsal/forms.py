"""The form by which a trainer adds a line to the bank."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField, ValidationError

from lms.i18n import language
from lms.i18n import lazy as _l
from lms.practice.rehearsal.bank import ANY, GROUPS, KINDS, LONGEST, bank, fault_of
from lms.web.forms import Form, at_most, in_words, tidy

FAULTS = {
    "insult": _l("Take this word out: it hurts a group of people."),
    "away": _l("Leave out numbers to ring, addresses and names to add."),
}
EVERY_COURSE = 0
LONGEST_ANSWER = 240


def words(label: Any, most: int) -> StringField:
    """A line of words, which may be left empty in one language."""
    return StringField(label, filters=[tidy], validators=[at_most(most)])


class LineForm(Form):
    """What a viewer says, in at least one language, and how it is well answered."""

    kind = SelectField(_l("What kind"), choices=in_words(KINDS.items()), default="price")
    goods = SelectField(_l("About which goods"), default=ANY)
    course = SelectField(_l("For which course"), coerce=int, default=EVERY_COURSE)
    zh = words(_l("What the viewer says, in Chinese"), LONGEST["zh"])
    answer_zh = words(_l("A good answer, in Chinese"), 160)
    en = words(_l("The same in English (if you like)"), LONGEST["en"])
    answer_en = words(_l("The answer in English (if you like)"), LONGEST_ANSWER)

    def about(self, courses: list[tuple[int, str]]) -> LineForm:
        """With the choices of this installation."""
        goods = [(name, one.said("name", language())) for name, one in bank().goods.items()]
        self.goods.choices = in_words([*GROUPS.items(), *goods])
        self.course.choices = in_words([(EVERY_COURSE, _l("Every course of mine")), *courses])
        return self

    def validate_zh(self, field: Any) -> None:
        """One language at least."""
        if not field.data and not self.en.data:
            raise ValidationError(str(_l("Write what the viewer says.")))
        refuse_faults(field.data)

    def validate_en(self, field: Any) -> None:
        refuse_faults(field.data)

    def validate_answer_zh(self, field: Any) -> None:
        refuse_faults(field.data)
        self.refuse_bare_trap(self.zh, field)

    def validate_answer_en(self, field: Any) -> None:
        refuse_faults(field.data)
        self.refuse_bare_trap(self.en, field)

    def refuse_bare_trap(self, said: Any, answer: Any) -> None:
        """A trap without its lawful answer in the same language would teach the wrong thing."""
        if self.kind.data == "trap" and said.data and not answer.data:
            raise ValidationError(str(_l("A trap needs its lawful answer.")))

    def told(self) -> dict[str, Any]:
        """The facts of a line."""
        names = ("kind", "zh", "en", "answer_zh", "answer_en")
        facts = {name: getattr(self, name).data or "" for name in names}
        goods = "" if self.goods.data == ANY else self.goods.data
        return {**facts, "goods": goods, "course": self.course.data or None}


def refuse_faults(text: str | None) -> None:
    """Refuse what hurts or leads away; how long it may be, the field says itself."""
    fault = fault_of(text or "", LONGEST_ANSWER)
    if fault in FAULTS:
        raise ValidationError(str(FAULTS[fault]))
