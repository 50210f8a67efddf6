"""Where course files lie: the media store, filled in by the factory."""

from __future__ import annotations

from lms.media import MediaStore

media: MediaStore
