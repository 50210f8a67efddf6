"""Keys for single purposes, derived from the installation's secret, so that one never serves for another."""

from __future__ import annotations

import base64
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# The installation's secret, as `Settings.secret_key` has it. Set in the factory.
secret: str = ""


def seal(purpose: str, text: str) -> str:
    """The text encrypted and authenticated (Fernet), readable only with this installation's secret."""
    return Fernet(fernet_key(secret, purpose)).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str, *, seconds: int | None = None) -> str | None:
    """What was sealed for this purpose, or None: another key, another purpose, altered, or older than `seconds`."""
    try:
        return Fernet(fernet_key(secret, purpose)).decrypt(sealed.encode(), ttl=seconds).decode()
    except InvalidToken:
        return None


def mark(purpose: str, text: str) -> bytes:
    """32 bytes that only this installation can make from the text (HMAC-SHA256)."""
    return hmac.digest(derived(secret, purpose), text.encode(), "sha256")


def fernet_key(secret: str, purpose: str) -> bytes:
    """A key in the spelling that Fernet takes."""
    return base64.urlsafe_b64encode(derived(secret, purpose))


@cache
def derived(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose (HKDF, RFC 5869). The secret is an argument, so that each has keys of its own."""
    if not secret:
        raise RuntimeError("lms.accounts.keys.secret is not set; the factory sets it.")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"fieldcast {purpose}".encode()).derive(secret.encode())
