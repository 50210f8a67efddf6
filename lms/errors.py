"""What can go wrong, as a tree, and the one place that turns it into an answer.

    FieldcastError            500   our fault
    ├── NotFound              404   not there, or not yours: a stranger cannot tell which
    ├── Forbidden             403   you are known here, but this is not your work
    ├── Refused               422   what you asked cannot be done; the message says what to do next
    │   └── Conflict          409   somebody was faster, or the same id came with other content
    ├── Wait                  429   too many tries; `seconds` says how long
    └── Busy                  503   too many at this moment; a few seconds later there is room

Raise with a sentence for the reader (`Refused(_("..."))`); it is shown as it is, in their language.
"""

from __future__ import annotations


class FieldcastError(Exception):
    """The root. `message` is a whole sentence that says what to do next, or empty for the standard one."""

    status = 500

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotFound(FieldcastError):
    """Nothing here that this person may see."""

    status = 404


class Forbidden(FieldcastError):
    """A colleague without the right."""

    status = 403


class Refused(FieldcastError):
    """The domain says no, and why."""

    status = 422


class Conflict(Refused):
    """The row changed meanwhile, or an id was used with other content."""

    status = 409


class Wait(FieldcastError):
    """Too many tries. `seconds` until the next one counts."""

    status = 429

    def __init__(self, seconds: int, message: object = "") -> None:
        super().__init__(message)
        self.seconds = seconds


class Busy(FieldcastError):
    """As many do this now as this process can serve. `seconds` until it is worth asking again."""

    status = 503
    seconds = 3
