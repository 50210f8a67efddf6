"""What the copy coach said of a script that is handed in, for whoever judges it."""

from __future__ import annotations

from typing import Any

from lms.i18n import _
from lms.practice.scripts.looking import LONGEST_CLAIM


def told(verdicts: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each finding as the coach says it, the gravest first: words, green, amber or red, icon. Empty for verdicts of
    another tool. They came by way of a phone: read as such, believed nothing."""
    found = verdicts.get("findings")
    if not isinstance(found, list) or "rules" not in verdicts:
        return []
    said = [one for one in map(in_words, found) if one]
    if not any(grade == "red" for _words, grade, _icon in said):
        said.append((_("The copy coach found nothing that must not be said."), "green", "check"))
    return sorted(said, key=lambda one: ("red", "amber", "green").index(one[1]))


def in_words(finding: Any) -> tuple[str, str, str] | None:
    """One finding; None for what is none."""
    words = finding.get("words") if isinstance(finding, dict) else None
    if not words or not isinstance(words, str):
        return None
    words = words[:LONGEST_CLAIM]
    if finding.get("severity") == "proof" and finding.get("proved") is True:
        return _("“%(words)s” has proof", words=words), "green", "check"
    return {
        "must": (_("Do not say “%(words)s”", words=words), "red", "shield"),
        "proof": (_("“%(words)s” needs proof", words=words), "amber", "search"),
        "depends": (_("“%(words)s”: only if it is so", words=words), "amber", "info"),
    }.get(str(finding.get("severity")))
