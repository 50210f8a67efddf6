"""What is wrong with a row of a roster, and its fix, in words."""

from __future__ import annotations

from lms.i18n import lazy as _l
from lms.lib import rosters, spreadsheets
from lms.web import uploads

WORDS = {
    "name_missing": (_l("The name is missing."), _l("Write the name.")),
    "name_too_long": (
        _l("“%(value)s” is longer than 40 characters."),
        _l("Write the name as it is to stand on the certificate."),
    ),
    "name_odd": (
        _l("“%(value)s” has a sign that no name has."),
        _l("Write letters or characters only, and · - ' . between them."),
    ),
    "name_damaged": (
        _l("“%(value)s” has lost a character."),
        _l("Write the name again, and save the list as XLSX."),
    ),
    "phone_missing": (_l("The phone number is missing."), _l("Write the mobile number.")),
    "phone_scientific": (
        _l("“%(value)s” has lost its last digits."),
        _l("Make the column text and write the number again."),
    ),
    "phone_landline": (_l("“%(value)s” is a landline."), _l("Write a mobile number: people sign in with it.")),
    "phone_invalid": (
        _l("“%(value)s” is no mobile number."),
        _l("It has 11 digits and begins with 1. Look for one missing or one too many."),
    ),
    "group_unknown": (
        _l("“%(value)s” is no group that is counted here."),
        _l("Clear the cell: people say their group themselves."),
    ),
    "duplicate": (
        _l("The same number stands in line %(value)s."),
        _l("Each person needs a number of their own. Keep one of the two rows."),
    ),
}


def in_words(fault: rosters.Fault) -> rosters.BadRow:
    """The fault with its reason and its fix."""
    reason, fix = WORDS[fault.code]
    return rosters.BadRow(fault.line, str(reason) % {"value": fault.value}, str(fix))


def read(content: bytes, filename: str) -> rosters.Roster:
    """The roster in a file. Raises Refused, in words, for a file that is no roster."""
    try:
        return rosters.read(content, filename)
    except spreadsheets.Unreadable as problem:
        raise uploads.unreadable(problem) from problem
