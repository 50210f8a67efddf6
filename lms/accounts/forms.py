"""What people type to get in, and about themselves: parsed once, kindly."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from wtforms import BooleanField, Field, PasswordField, RadioField, StringField, ValidationError, validators

from lms.accounts import credentials
from lms.accounts.models import GROUPS, RELATIONS, Person
from lms.accounts.notice import AGE_CHOICES
from lms.i18n import _, lazy, ngettext
from lms.lib import names, phones
from lms.web.forms import Form, at_most, in_words, required, tidy

PIN_LENGTH = 6
LONGEST_PATH = 500


def digits(text: str | None) -> str:
    """What was typed, without blanks and dashes, full-width figures made plain: １２３ 456 is 123456."""
    return re.sub(r"[\s\-–—·.]", "", plain(text))


def plain(text: str | None) -> str:
    """A typed line in its compatible form (NFKC), without control and invisible characters."""
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn") else " " for c in text or "")
    return tidy(unicodedata.normalize("NFKC", kept))


def line(text: str | None) -> str:
    """A typed line as it was meant, without control characters (a null byte breaks off a row on PostgreSQL)."""
    return tidy("".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text or ""))


def local_path(address: str | None) -> str | None:
    """The address if it is a page of this site, to go on to after signing in; None for everything else."""
    if not address or len(address) > LONGEST_PATH or not re.match(r"/(?![/\\])", address):
        return None
    if "\\" in address or any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def is_pin(_form: Form, field: Field) -> None:
    """Six digits; else say how many are missing."""
    if not field.data.isdecimal():
        raise ValidationError(_("The PIN is 6 digits, nothing else."))
    lacking = PIN_LENGTH - len(field.data)
    if lacking > 0:
        raise ValidationError(
            ngettext("The PIN is 6 digits: %(num)d is missing.", "The PIN is 6 digits: %(num)d are missing.", lacking)
        )
    if lacking < 0:
        raise ValidationError(_("The PIN is 6 digits, no more."))


class PhoneField(StringField):
    """A mobile number in any spelling. `data` is its national digits once it holds, and what was typed before."""

    def __init__(self, **options: Any) -> None:
        super().__init__(lazy("Phone number"), filters=[plain], **options)

    def _value(self) -> str:
        return phones.display(self.data or "")

    def pre_validate(self, form: Form) -> None:
        """Raise ValidationError with what to look at again."""
        if not self.data:
            raise validators.StopValidation(_("Type your phone number."))
        number = phones.parse(self.data)
        if number is None:
            raise validators.StopValidation(missing_digits(self.data))
        self.data = number


def missing_digits(typed: str) -> str:
    """What is wrong with a number that is none."""
    lacking = 11 - len(digits(typed))
    if digits(typed).isdecimal() and 0 < lacking < 11:
        return ngettext("%(num)d digit is missing.", "%(num)d digits are missing.", lacking)
    return _("That is not a mobile number. It has 11 digits and begins with 1.")


def pin_field(label: Any) -> PasswordField:
    """A PIN in six cells."""
    return PasswordField(label, [required(lazy("Type the 6 digits.")), is_pin], filters=[digits])


def is_name(_form: Form, field: Field) -> None:
    """A name as people have them; else say what is wrong with it."""
    wrong = names.problem(field.data)
    if wrong == "too_long":
        raise ValidationError(
            _(
                "A name has at most %(max)d characters here; this one has %(num)d.",
                max=names.LONGEST,
                num=len(field.data),
            )
        )
    if wrong:
        raise ValidationError(_("A name has letters or characters only, and · - ' . between them."))


def name_field(label: Any = None) -> StringField:
    """A person's name, which will stand on the certificate."""
    wanted = validators.DataRequired(lazy("Type the name.") if label else lazy("Type your name."))
    return StringField(label or lazy("Name"), [wanted, is_name], filters=[line])


def age_field() -> RadioField:
    """The age as a band; asked once."""
    return RadioField(
        lazy("How old are you?"), [required(lazy("Choose your age."))], choices=in_words(AGE_CHOICES.items())
    )


class SignInForm(Form):
    """A trainee's way in."""

    phone = PhoneField()
    pin = pin_field(lazy("6-digit PIN"))


class CardForm(Form):
    """The PIN that goes with a printed card."""

    pin = pin_field(lazy("6-digit PIN"))


class StaffForm(Form):
    """A colleague's way in."""

    phone = PhoneField()
    password = PasswordField(lazy("Password"), [required(lazy("Type your password.")), at_most(credentials.LONGEST)])
    code = StringField(lazy("6-digit code, if you have set it up"), [at_most(10)], filters=[digits])


class WelcomeForm(Form):
    """Agreeing to the notice. `for_person` leaves out what need not be asked: a colleague's age, and anything twice."""

    age_band = age_field()
    agree = BooleanField(lazy("I have read or heard this, and I agree"), [required(lazy("Tick this if you agree."))])

    @classmethod
    def for_person(cls, person: Person) -> WelcomeForm:
        """The form as this person gets it."""
        form = cls.posted()
        if person.is_staff or person.age_band:
            del form.age_band
        return form

    @property
    def band(self) -> str:
        """The age band, if it was asked."""
        return self.age_band.data if "age_band" in self else ""


class FirstPinForm(Form):
    """A PIN of one's own in place of the printed one."""

    new = pin_field(lazy("Your new PIN, 6 digits"))


class PinForm(FirstPinForm):
    """Another PIN: the one from before says that it is really them."""

    current = pin_field(lazy("Your PIN now"))


def password_now() -> PasswordField:
    """The password of this moment, which says that it is really them."""
    return PasswordField(
        lazy("Your password now"), [required(lazy("Type your password.")), at_most(credentials.LONGEST)]
    )


class PasswordForm(Form):
    """Another password."""

    current = password_now()
    new = PasswordField(
        lazy("Your new password"), [required(lazy("Type a new password.")), at_most(credentials.LONGEST)]
    )


class CodeForm(Form):
    """The first code made by the phone that was just set up."""

    current = password_now()
    code = StringField(lazy("The 6 digits that the app shows"), [required(), at_most(10)], filters=[digits])


class GroupForm(Form):
    """One's group, said freely."""

    group = RadioField(lazy("Which fits you?"), [required(lazy("Choose one."))], choices=in_words(GROUPS.items()))
    agree = BooleanField(
        lazy("I agree that my group is kept, to count how each group gets on"),
        [required(lazy("Tick this if you agree."))],
    )


class GuardianForm(Form):
    """A guardian's consent, given beside the trainee."""

    name = name_field(lazy("The guardian's name"))
    relation = RadioField(
        lazy("Who is that to the trainee?"), [required(lazy("Choose one."))], choices=in_words(RELATIONS.items())
    )
    agree = BooleanField(
        lazy("I am the guardian. I have read or heard this, and I agree"), [required(lazy("Tick this if you agree."))]
    )


class PaperConsentForm(GuardianForm):
    """The same on paper, as a trainer notes it."""

    agree = BooleanField(
        lazy("I have the paper with the guardian's signature"), [required(lazy("Tick this if you have the paper."))]
    )
