"""The certificate as PDF (A4, PDF/A-2a and PDF/UA-1, for ever the same bytes) and as a picture for the phone.

Typst sets template.typ (`lms.lib.typesetting`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from PIL import Image

from lms.certificates import wording
from lms.certificates.snapshot import Snapshot
from lms.errors import Refused
from lms.i18n import _
from lms.lib.dates import plain_chinese_date
from lms.lib.typesetting import set_type, unprintable

if TYPE_CHECKING:
    import segno

Status = Literal["valid", "corrected", "replaced", "revoked", "expired"]

TEMPLATE = Path(__file__).with_name("template.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
QUIET_MODULES = 4  # ISO/IEC 18004: the free margin that a scanner needs
A4_INCHES = 297 / 25.4
PICTURE_QUALITY = 80

# What stands across a paper that does not count: Chinese, English, and whether it must be seen first.
ACROSS = {
    "replaced": {"zh": "已换发", "en": "REPLACED", "strong": True},
    "revoked": {"zh": "已作废", "en": "REVOKED", "strong": True},
    "expired": {"zh": "已过期", "en": "EXPIRED", "strong": True},
    "demo": {"zh": "演示", "en": "DEMONSTRATION", "strong": False},
}


class CannotPrint(Refused):
    """A character that none of our fonts has; `character` says which. Better no certificate than one with a box."""

    def __init__(self, character: str) -> None:
        code = f"U+{ord(character):04X}"
        super().__init__(_("We cannot print the character %(character)s (%(code)s). Please write it another way.",
                           character=character, code=code))  # fmt: skip
        self.character = character


def pdf(snapshot: Snapshot, *, status: Status = "valid") -> bytes:
    """The certificate as PDF; the same snapshot and status give the same bytes (with one typst). Raises CannotPrint."""
    at = datetime.combine(snapshot.issued_on, time(), tzinfo=UTC)
    return compiled(facts(snapshot, status), format="pdf", pdf_standards=STANDARDS, timestamp=at)


@lru_cache(maxsize=2048)
def pdf_bytes(snapshot: Snapshot, status: Status) -> int:
    """What the PDF weighs, from making it (35 ms, once a process); 0 for one that cannot be printed."""
    try:
        return len(pdf(snapshot, status=status))
    except CannotPrint:
        return 0


def pdfs(snapshots: Iterable[Snapshot]) -> Iterator[bytes]:
    """The papers of a whole class in order, one at a time. Raises CannotPrint at the one that has the character."""
    return (pdf(snapshot) for snapshot in snapshots)


def picture(snapshot: Snapshot, width: int, *, status: Status = "valid") -> bytes:
    """The certificate on its rice paper as WebP, `width` pixels wide. Raises CannotPrint."""
    shown = facts(snapshot, status) | {"ground": True}
    # Set at twice the size and shrunk: thin strokes of small Han characters survive better than when set small.
    page = Image.open(io.BytesIO(compiled(shown, format="png", ppi=2 * width / A4_INCHES)))
    small = page.convert("RGB").resize((width, round(width * 210 / 297)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=PICTURE_QUALITY, method=6)
    return out.getvalue()


def qr_svg(snapshot: Snapshot) -> str:
    """The QR code to the check page as SVG: error level M, on white with its quiet zone, its width left to CSS."""
    return qr_code(snapshot).svg_inline(border=QUIET_MODULES, dark="#1D2721", light="#FFFFFF", omitsize=True)


def facts(snapshot: Snapshot, status: Status) -> dict[str, Any]:
    """Everything that the template prints, as plain strings."""
    if status not in get_args(Status):
        raise ValueError(f"No such status of a certificate: {status!r}.")
    chinese = (wording.class_zh(snapshot), wording.hours_zh(snapshot), wording.expiry_zh(snapshot))
    english = (wording.class_en(snapshot), wording.hours_en(snapshot), wording.expiry_en(snapshot))
    shown = {
        "title": f"结业证书 {snapshot.name}《{snapshot.course_title_zh}》",
        "number": snapshot.number,
        "name": snapshot.name,
        "sentence_zh": vars(wording.sentence_zh(snapshot)),
        "sentence_en": vars(wording.sentence_en(snapshot)),
        "facts_zh": " · ".join(filter(None, chinese)),
        "facts_en": " · ".join(filter(None, english)),
        "issuer_zh": snapshot.issuer_zh,
        "issuer_en": snapshot.issuer_en,
        "issued_zh": plain_chinese_date(snapshot.issued_on),
        "trainer": snapshot.trainer,
        "address": snapshot.verify_url.rpartition("://")[2].rpartition("/")[0],
        "not_a_qualification_zh": wording.NOT_A_QUALIFICATION_ZH,
        "not_a_qualification_en": wording.NOT_A_QUALIFICATION_EN,
        "across": [ACROSS[word] for word in (status, *["demo"] * snapshot.demo) if word in ACROSS],
        "corrected": status == "corrected",
        "ground": False,
    }
    refuse_unprintable(shown)
    return shown | qr_facts(snapshot)


def refuse_unprintable(shown: dict[str, Any]) -> None:
    sentences = chain(shown["sentence_zh"].values(), shown["sentence_en"].values())
    plain = (value for value in shown.values() if isinstance(value, str))
    missing = unprintable("".join(chain(plain, sentences)))
    if missing:
        raise CannotPrint(missing[0])


def qr_facts(snapshot: Snapshot) -> dict[str, Any]:
    """The code, and how wide its quiet zone is beside its dark part."""
    modules = qr_code(snapshot).symbol_size(border=0)[0]
    return {
        "qr": qr_svg(snapshot),
        "quiet_share": QUIET_MODULES / modules,
        "qr_alt": f"查真假的二维码：{snapshot.verify_url}",
    }


def qr_code(snapshot: Snapshot) -> segno.QRCode:
    import segno  # with what it needs 1 MB, for printing

    return segno.make_qr(snapshot.verify_url, error="m", boost_error=False)


def compiled(shown: dict[str, Any], **options: Any) -> bytes:
    made = set_type(TEMPLATE, "certificate", shown, **options)
    if not isinstance(made, bytes):  # typst gives a list of pages when there are several
        raise ValueError("The certificate does not fit one page.")
    return made
