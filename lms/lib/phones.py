"""Chinese mobile numbers: what people write made into eleven digits, or what is wrong with it.

Which ranges exist is Google's libphonenumber metadata (`phonenumberslite`), after the ministry's numbering plan.

The demonstration's people are invented, and nobody's telephone may ring for them. Their numbers begin with 154, which
that metadata gives to no network: 150 to 153 and 155 to 159 are in use, 154 is not, and a test looks again with each
update. A number outside the metadata is accepted for this one range only, and not where `demo=False`.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

REGION = "CN"
LENGTH = 11
DEMO_PREFIX = "154"
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}

# Blanks, every dash, brackets, points, the apostrophes of spreadsheets, and what a copied number drags along unseen.
NOISE = re.compile(
    "[\\s()\\[\\].\u00b7\u2022,'\u2019\u2018`\u00b4\"\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\u2010-\u2015\u2212-]+"
)
COUNTRY = re.compile(r"^(?:\+|00)?86(?=\d{11}$)")


class PhoneError(ValueError):
    """The text is no mobile number. `code`:

    - empty: nothing was written;
    - too_short, too_long: digits, but `missing` too few (negative: too many);
    - landline: a valid number of a fixed line;
    - invalid: anything else (letters, a range that does not exist, another country).
    """

    def __init__(self, code: str, missing: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.missing = missing


def normalise(text: str, *, demo: bool = True) -> str:
    """The national digits of a mobile number: ` +86 138-0013-8000` → `13800138000`. Raises PhoneError.

    Full-width digits, blanks, dashes, a leading apostrophe, +86, 0086 and 86 are all taken.
    """
    plain = COUNTRY.sub("", NOISE.sub("", unicodedata.normalize("NFKC", text)))
    if not plain:
        raise PhoneError("empty")
    if demo and is_demo(plain):
        return plain
    if not re.fullmatch(r"\+?[0-9]{1,20}", plain):
        raise PhoneError("invalid")
    number = parsed(plain)
    kind = phonenumbers.number_type(number) if number else None
    if number and kind in MOBILE:
        return str(number.national_number)
    raise PhoneError("landline") if kind == PhoneNumberType.FIXED_LINE else wrong_length(plain)


def parsed(plain: str) -> PhoneNumber | None:
    """The number if there is such a range in China."""
    try:
        number = phonenumbers.parse(plain, REGION)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number_for_region(number, REGION) else None


def wrong_length(plain: str) -> PhoneError:
    """The error for digits that are no number: how many are missing where a mobile number was begun."""
    missing = LENGTH - len(plain)
    if missing == 0 or not plain.startswith("1"):
        return PhoneError("invalid")
    return PhoneError("too_short" if missing > 0 else "too_long", missing)


def parse(text: str, *, demo: bool = True) -> str | None:
    """As `normalise`, with None for what is no mobile number."""
    try:
        return normalise(text, demo=demo)
    except PhoneError:
        return None


def can_be_rung(text: str) -> bool:
    """Whether a text can be dialled as it stands: 5 to 15 digits (ITU-T E.164; service numbers have five), with the
    blanks, dashes and brackets that people write between them, and an extension behind."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number, _turn, extension = re.sub(r"转|ext\.?|#", "x", plain, count=1, flags=re.IGNORECASE).partition("x")
    return bool(re.fullmatch(r"\+?[0-9]{5,15}", NOISE.sub("", number)) and re.fullmatch(r"[0-9 ]{0,6}", extension))


def is_demo(digits: str) -> bool:
    """Whether the number belongs to the demonstration."""
    return bool(re.fullmatch(rf"{DEMO_PREFIX}[0-9]{{{LENGTH - len(DEMO_PREFIX)}}}", digits))


def demo_phone(number: int) -> str:
    """The number of the n-th person of a demonstration. Raises ValueError beyond a hundred million people."""
    digits = f"{DEMO_PREFIX}{number:0{LENGTH - len(DEMO_PREFIX)}d}"
    if not is_demo(digits):
        raise ValueError(f"there is no demonstration number {number}")
    return digits


def display(digits: str) -> str:
    """A number as people read it: 138 0013 8000. Anything that has not eleven digits comes back as it is."""
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if len(digits) == LENGTH else digits


def mask(digits: str) -> str:
    """A number that its owner recognises and nobody else can ring: 138 **** 8000."""
    return f"{digits[:3]} **** {digits[-4:]}" if len(digits) == LENGTH else "****"
