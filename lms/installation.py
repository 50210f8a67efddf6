"""What an installation says of itself: issuer, help phone, whether it is the demonstration. One row a setting."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

import peewee

from lms.db import Model
from lms.lib.kept import Kept

KEPT_FOR = 10.0  # seconds in which another worker may still show the old words

kept: Kept[Installation] = Kept(KEPT_FOR)


class Setting(Model):
    """One named text, changed by an admin."""

    name = peewee.CharField(64, primary_key=True)
    value = peewee.TextField()


@dataclass(frozen=True)
class Installation:
    """The settings that an admin changes in the browser. Texts; `demo` is "1" in a demonstration."""

    issuer_zh: str = ""
    issuer_en: str = ""
    help_name: str = ""
    help_phone: str = ""
    demo: str = ""

    @property
    def is_demo(self) -> bool:
        """Whether people and phone numbers here are invented."""
        return self.demo == "1"


def read() -> Installation:
    """The settings as they stood at most KEPT_FOR ago: every page asks for them, and they change once in a month."""
    return kept.get("settings", read_now)


def read_now() -> Installation:
    """The settings as they stand."""
    known = {field.name for field in fields(Installation)}
    rows = {row.name: row.value for row in Setting.select() if row.name in known}
    return replace(Installation(), **rows)


def write(installation: Installation) -> None:
    """Keep these settings."""
    for name, value in asdict(installation).items():
        Setting.insert(name=name, value=value).on_conflict(
            conflict_target=[Setting.name], update={Setting.value: value}
        ).execute()
    kept.forget()
