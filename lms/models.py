"""Every table of the product, for migrations, backups and tests."""

from __future__ import annotations

from lms import audit, installation
from lms.accounts import models as accounts
from lms.assessment import models as assessment
from lms.authoring import models as authoring
from lms.catalogue import models as catalogue
from lms.certificates import models as certificates
from lms.learning import models as learning
from lms.outcomes import models as outcomes
from lms.practice.rehearsal import models as rehearsal
from lms.practice.scripts import models as scripts
from lms.practice.shots import models as shots
from lms.programmes import models as programmes
from lms.submissions import models as submissions

TABLES = [
    installation.Setting,
    audit.AuditEntry,
    *accounts.MODELS,
    *catalogue.MODELS,
    *programmes.MODELS,
    *learning.MODELS,
    *certificates.MODELS,
    *outcomes.MODELS,
    *submissions.MODELS,
    *assessment.MODELS,
    *shots.MODELS,
    *scripts.MODELS,
    *rehearsal.MODELS,
    *authoring.MODELS,
]

# Every column that names bytes in the media store: what none of them names may be deleted.
NAMING_MEDIA = [
    catalogue.VersionFile.digest,
    catalogue.DraftFile.digest,
    catalogue.KeptFile.digest,
    submissions.Upload.digest,
    submissions.Piece.original,
    submissions.Piece.digest,
    submissions.Piece.sound,
    submissions.Piece.poster,
    assessment.Judgement.voice,
    assessment.PeerReview.voice,
    scripts.Proof.digest,
    authoring.Take.digest,
]
