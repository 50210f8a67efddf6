"""Every table of the product, for migrations, backups and tests."""

from __future__ import annotations

from lms import audit, installation
from lms.accounts import models as accounts
from lms.catalogue import models as catalogue
from lms.certificates import models as certificates
from lms.learning import models as learning
from lms.outcomes import models as outcomes
from lms.programmes import models as programmes

TABLES = [
    installation.Setting,
    audit.AuditEntry,
    *accounts.MODELS,
    *catalogue.MODELS,
    *programmes.MODELS,
    *learning.MODELS,
    *certificates.MODELS,
    *outcomes.MODELS,
]
