"""Invented input takes as long as the machine lets it: the tests say themselves where time counts."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("fieldcast", deadline=None)
settings.load_profile("fieldcast")
