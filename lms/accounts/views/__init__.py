"""The accounts pages: getting in and out, the first welcome, and everything about oneself."""

from lms.accounts.views import doors, me, own_secrets, welcome
from lms.accounts.views.room import blueprint

__all__ = ["blueprint", "doors", "me", "own_secrets", "welcome"]
