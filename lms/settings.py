"""Settings: one frozen value, read from the environment once, in the factory."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class BadSettings(RuntimeError):
    """A setting is missing or makes no sense; the message says which and what to put there."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to the next. README.md lists each variable."""

    database_url: str
    secret_key: str
    var: Path
    media_url: str
    public_url: str = ""
    port: int = 8000
    time_zone: str = "Asia/Shanghai"
    trusted_proxies: int = 0
    development: bool = False
    demo_allowed: bool = True

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment; raise BadSettings for what is missing or senseless."""
        var = Path(environ.get("FIELDCAST_VAR", str(ROOT / "var"))).absolute()
        return cls(
            database_url=environ.get("DATABASE_URL", f"sqlite:///{var / 'fieldcast.db'}"),
            secret_key=environ.get("SECRET_KEY") or kept_secret(var),
            var=var,
            media_url=environ.get("MEDIA_URL", str(var / "media")),
            public_url=environ.get("PUBLIC_URL", "").rstrip("/"),
            port=whole_number(environ, "PORT", 8000),
            time_zone=environ.get("TIME_ZONE", "Asia/Shanghai"),
            trusted_proxies=whole_number(environ, "TRUSTED_PROXIES", 0),
            development=environ.get("FIELDCAST_DEVELOPMENT") == "1",
        )

    def __post_init__(self) -> None:
        if len(self.secret_key) < SHORTEST_SECRET:
            raise BadSettings(f"SECRET_KEY needs at least {SHORTEST_SECRET} characters of chance.")
        ZoneInfo(self.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days, weeks and the dates on certificates are counted."""
        return ZoneInfo(self.time_zone)

    @property
    def https(self) -> bool:
        """Whether people reach the site by HTTPS, so that cookies may be marked Secure."""
        return self.public_url.startswith("https://")


def kept_secret(var: Path) -> str:
    """The secret that `init` or the demonstration made and keeps in var/secret_key, made now if there is none.

    Chance only, never a default that could be guessed. The file is created by whoever comes first, so
    that two workers starting at once share one key.
    """
    path = var / "secret_key"
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    """The setting as a whole number, or BadSettings."""
    text = environ.get(name, "") or str(default)
    if not text.isdigit():
        raise BadSettings(f"{name} must be a whole number, not {text!r}.")
    return int(text)
