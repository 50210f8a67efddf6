"""Scripts as the stories need them."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from io import BytesIO

from PIL import Image

from lms.accounts.models import Person
from lms.db import utc_now
from lms.practice.scripts import proofs, sheets, writing
from lms.practice.scripts.models import ComplianceSheet, Script, ScriptVersion
from lms.practice.scripts.writing import Text
from tests.cast import SPRING

UNLAWFUL = "家人们，这是全国最好的莲藕，王家坝深水里挖的。吃了能降血压！今天五斤只要29块9。"
CLAIMING = "我家的藕是有机的，王家坝深水里挖的，五斤29块9。"
LAWFUL = "我是王家坝的秀兰，今早五点挖的莲藕，五斤29块9，坏一根赔一根。"


def write(
    person: Person,
    text: str = LAWFUL,
    *,
    client_id: str = "",
    base: str = "",
    kept: bool = True,
    now: datetime = SPRING,
) -> ScriptVersion:
    """Save a text as the person's phone would."""
    given = Text(text, goods="深水藕 5 斤装")
    return writing.written(person, client_id or secrets.token_urlsafe(12), given, base=base, kept=kept, now=now)


def answers() -> dict[str, str]:
    """What a sheet asks, answered."""
    return {
        "live_on": date(2026, 3, 8).isoformat(),
        "account": "快手 王家坝秀兰",
        "seller": "张秀兰",
        "seller_code": "",
        "seller_address": "荷田县藕塘镇莲子村 3 号",
        "seller_contact": "13812340001",
        "whose": "own",
        "supplier": "",
        "supplier_code": "",
        "supplier_contact": "",
        "goods_papers": "承诺达标合格证 202603-01",
        "host": "张秀兰",
        "goods": "莲子村深水藕",
        "unit": "净重 5 斤，6 根左右",
        "price": "29.9 元",
        "compared": "",
        "correction_by": "儿子小满",
        "correction": "刚才说错了，正确的是……",
    }


def ticks() -> dict[str, str]:
    """Every box ticked."""
    names = ("account", "shown", "identity", "papers", "wording", "room", "price", "slips")
    return {f"checked_{name}": "y" for name in names}


def sign(
    person: Person,
    version: ScriptVersion,
    *,
    mark: str | None = None,
    client_id: str = "",
    name: str = "张秀兰",
    now: datetime = SPRING,
) -> ComplianceSheet:
    """Sign a sheet for a script."""
    given = {"client_id": client_id or secrets.token_urlsafe(12), "name": name, "now": now}
    return sheets.sign(version.script, person, answers(), mark=version.mark if mark is None else mark, **given)


def photo() -> bytes:
    """A small photo, as a phone sends it."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    return out.getvalue()


def prove(script: Script, claim: str = "有机", **facts: object) -> None:
    """Give a proof for a claim."""
    given = {"rule": "CRT-1", "claim": claim, "kind": "number", "words": "有机 0123", "photo": None, "now": SPRING}
    proofs.give(script, **{**given, **facts})


def scripts_of(person: Person) -> dict[str, int]:
    """A script of two versions with a photographed proof, a signed one, and a deleted one: what addresses name."""
    first = write(person, UNLAWFUL, client_id="a-first-script")
    second = write(person, CLAIMING, client_id="a-first-script", base=first.mark)
    prove(second.script, photo=photo())
    signed = sign(person, write(person, now=utc_now()))
    deleted = write(person).script
    writing.delete(deleted, now=utc_now())
    return {
        "script": second.script_id,
        "script_version": first.number,
        "proof": second.script.proofs.get().id,
        "sheet": signed.id,
        "deleted_script": deleted.id,
    }
