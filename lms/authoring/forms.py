"""What trainers type about courses, lessons and classes."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    FloatField,
    IntegerField,
    MultipleFileField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
    widgets,
)

from lms.accounts.forms import PhoneField, line, name_field
from lms.authoring import naming
from lms.authoring.desk import Draft, texts
from lms.authoring.outline import Settings
from lms.catalogue.parsed import LANGUAGES
from lms.catalogue.publishing import JUDGED
from lms.i18n import lazy as _l
from lms.web.forms import Form, at_most, in_words, required

KINDS = {
    "read": _l("Read to the end"),
    "check": _l("Questions in the text"),
    "try": _l("Exercises on the phone"),
    "quiz": _l("Quizzes"),
}
LONGEST_TITLE = 120
LONGEST_NOTE = 500


def title_field(label: Any, *first: Any) -> StringField:
    """A title in one language."""
    return StringField(label, [*first, at_most(LONGEST_TITLE)], filters=[line])


class TitlesForm(Form):
    """A title in Chinese, and in English once there is one."""

    title_zh = title_field(_l("Title in Chinese"), required())
    title_en = title_field(_l("Title in English"))

    @property
    def titles(self) -> dict[str, str]:
        """The titles that there are, by language."""
        typed = {lang: self[f"title_{lang}"].data for lang in LANGUAGES if f"title_{lang}" in self}
        return {lang: title for lang, title in typed.items() if title}


class RenameForm(TitlesForm):
    """The titles of a lesson: one for each page that it has."""

    title_en = title_field(_l("Title in English"), required())

    @classmethod
    def of(cls, titles: Mapping[str, str]) -> RenameForm:
        """The form as this request sent it, or filled with the titles by language."""
        form = cls.posted(**{f"title_{lang}": title for lang, title in titles.items()})
        for lang in set(LANGUAGES) - set(titles):
            del form[f"title_{lang}"]
        return form  # type: ignore[return-value]


class NameForm(TitlesForm):
    """Titles, and the name in addresses, which lasts."""

    name = StringField(_l("Name in the address"), [at_most(48)], filters=[line])

    def address(self, otherwise: str, taken: Container[str]) -> str:
        """The name that was typed, or one made from the titles, or `otherwise` with a number. Raises Refused, saying
        what will do."""
        made = naming.free(otherwise, taken)
        return naming.chosen(self.name.data or "", self.title_en.data or "", self.title_zh.data, made)


class LoadForm(Form):
    """A folder or an archive."""

    archive = FileField(_l("A .zip file"))
    files = MultipleFileField(_l("Or a folder"))
    name = StringField(_l("Name in the address"), [at_most(48)], filters=[line])


class PlaceForm(Form):
    """The address of files that become a course of their own."""

    name = StringField(_l("Name in the address"), [at_most(48)], filters=[line])


class SettingsForm(TitlesForm):
    """What stands in course.toml besides the lessons."""

    summary_zh = StringField(_l("One line about it in Chinese"), [at_most(200)], filters=[line])
    summary_en = StringField(_l("One line about it in English"), [at_most(200)], filters=[line])
    hours = FloatField(
        _l("Class hours of 45 minutes"),
        [
            validators.InputRequired(_l("Write the hours as a number.")),
            validators.NumberRange(0, 500, _l("Between 0 and 500 hours.")),
        ],
    )
    requires = SelectMultipleField(
        _l("Needed to complete the course"),
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    complete = BooleanField(_l("All lessons are there: the course gives certificates"))
    valid_months = IntegerField(
        _l("The certificate holds for so many months"),
        [
            validators.Optional(),
            validators.NumberRange(1, 240, _l("Between 1 and 240 months; leave it empty if it holds for good.")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requires.choices = in_words((kind, words) for kind, words in KINDS.items() if kind in JUDGED)

    @classmethod
    def of(cls, draft: Draft) -> SettingsForm:
        """The form as this request sent it, or filled with what the draft says."""
        said = draft.contents
        words = {
            f"{name}_{lang}": texts(said, name).get(lang, "") for name in ("title", "summary") for lang in LANGUAGES
        }
        return cls.posted(  # type: ignore[return-value]
            **words,
            hours=said.get("hours", 0),
            requires=list(said.get("requires", ("read", "check", "quiz"))),
            complete=said.get("complete", False),
            valid_months=said.get("valid_months"),
        )

    def settings(self, before: list[str]) -> Settings:
        """What was said. Kinds that this form does not offer (`task`) stay as the author wrote them."""
        kept = [kind for kind in before if kind in self.requires.data or kind not in JUDGED]
        return Settings(
            titles=self.titles,
            summaries={"zh": self.summary_zh.data, "en": self.summary_en.data},
            hours=self.hours.data,
            requires=kept + [kind for kind in self.requires.data if kind not in kept],
            complete=self.complete.data,
            valid_months=self.valid_months.data,
        )


class PublishForm(Form):
    """What a publish is about, in the author's words."""

    note = TextAreaField(_l("What is new, for your colleagues and for you later"), [at_most(LONGEST_NOTE)])


class MemberForm(Form):
    """Somebody to take into a class."""

    name = name_field()
    phone = PhoneField()
