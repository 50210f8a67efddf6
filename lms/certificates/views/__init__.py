"""The pages about certificates: for their holders and for anybody who checks one, and the register with its deeds."""

from lms.certificates.views import pages, register
from lms.certificates.views.room import blueprint

__all__ = ["blueprint", "pages", "register"]
