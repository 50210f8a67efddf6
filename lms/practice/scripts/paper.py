"""The signed sheet as PDF (A4, for ever the same bytes): in Chinese, for those who may ask to see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lms.i18n import _, in_language
from lms.i18n import lazy as _l
from lms.lib.typesetting import set_type, unprintable
from lms.practice.scripts.forms import SheetForm
from lms.practice.scripts.models import ComplianceSheet

STANDARDS = ["a-2a", "ua-1"]
TEMPLATE = Path(__file__).with_name("sheet.typ")
REMINDERS = (_l("This tool only reminds; it is no legal advice."), _l("Keep this sheet for three years at least."))
BOX = "■"  # for an emoji or another sign that no font of ours has


def pdf(sheet: ComplianceSheet, zone: ZoneInfo) -> bytes:
    """The sheet for printing and keeping."""
    with in_language("zh"):
        shown = facts(sheet, zone)
    at = sheet.signed_at.replace(microsecond=0)
    made = set_type(TEMPLATE, "sheet", printable(shown), format="pdf", pdf_standards=STANDARDS, timestamp=at)
    assert isinstance(made, bytes)  # only pictures come page by page
    return made


def facts(sheet: ComplianceSheet, zone: ZoneInfo) -> dict[str, Any]:
    """Everything that the template prints, as plain strings, in the language of now."""
    kept = sheet.facts
    form, answers = SheetForm(), kept["answers"]
    return {
        "title": f"{_('Review sheet before the live')} {answers['live_on']}",
        "heading": _("Review sheet before the live"),
        "under": _(
            "Number %(number)d · rules of %(version)s · Order 117, articles 25 to 32",
            number=sheet.id, version=kept["rules"],
        ),
        "number": str(sheet.id),
        "name": sheet.signed_name,
        "time": f"{sheet.signed_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "rows": [list(row) for row in form.rows(answers)],
        "checks": [
            check["words"]["zh"] + " " + _("(article %(number)d)", number=check["article"]) for check in kept["checks"]
        ],
        "proofs": [[f"“{one['claim']}”", one["words"] or _("Photo")] for one in kept["proofs"]],
        "hints": [[f"“{one['words']}”", one["article"]] for one in kept["hints"]],
        "script": [line for line in kept["script"]["text"].split("\n") if line.strip()],
        "reminder": " ".join(map(str, REMINDERS)),
        "words": {
            "checks": _("Looked at, one by one"),
            "proofs": _("Proofs"),
            "no_proofs": _("The script claims nothing that needs one."),
            "hints": _("Thought over"),
            "script": _("The script, version %(number)d", number=kept["script"]["version"]),
            "signed": _("Signed by"),
        },
    }  # fmt: skip


def printable(value: Any) -> Any:
    """The same with a box for each sign that cannot be printed: a script may hold emoji, and is not refused for it."""
    if isinstance(value, str):
        return value.translate({ord(sign): BOX for sign in unprintable(value)})
    if isinstance(value, list):
        return [printable(one) for one in value]
    return {name: printable(one) for name, one in value.items()}
