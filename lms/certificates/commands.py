"""Commands about certificates."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from rich.progress import track

from lms.certificates import checking, document, issuing
from lms.certificates.models import Certificate
from lms.db import database, found, opened, utc_now
from lms.errors import FieldcastError
from lms.learning.models import Enrolment
from lms.programmes.models import Cohort


@click.group()
def certificates() -> None:
    """Check, issue and revoke certificates."""


@certificates.command()
@click.argument("number")
def verify(number: str) -> None:
    """Say what is known of NUMBER; exit 0 only for a valid one."""
    with opened():
        today = utc_now().astimezone(current_app.config["SETTINGS"].zone).date()
        checked = checking.check(number, today=today)
    click.echo(f"{checked.number}: {checked.status}")
    if checked.is_good and checked.facts:
        facts = checked.facts
        click.echo(f"{facts.name}, {facts.course_title_zh} ({facts.course_title_en}), {facts.issued_on}")
    if not checked.is_good:
        raise SystemExit(1)


@certificates.command()
@click.option("--cohort", "join_code", help="Only the cohort with this code.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), help="Also write every PDF of the cohort to this folder."
)
def issue(join_code: str | None, folder: Path | None) -> None:
    """Issue what completion could not, take the state from expired ones, and write PDFs if asked."""
    with opened():
        cohort = found(Cohort.select().where(Cohort.join_code == join_code.upper())) if join_code else None
        waiting = list(issuing.outstanding(cohort))
        for enrolment in track(waiting, "issuing", transient=True):
            with database.atomic():
                issuing.issue(enrolment, now=utc_now())
        expired = issuing.expire(now=utc_now())
        click.echo(f"issued {len(waiting)}, expired {expired}")
        if folder:
            write_all(cohort, folder)


def write_all(cohort: Cohort | None, folder: Path) -> None:
    """The PDFs of all certificates that still count, one file each."""
    folder.mkdir(parents=True, exist_ok=True)
    query = (
        Certificate.select().join(Enrolment).where(Certificate.revoked_at.is_null() & Certificate.replaced_by.is_null())
    )
    rows = list(query.where(Enrolment.cohort == cohort) if cohort else query)
    facts = [row.facts for row in rows]
    for row, content in track(zip(rows, document.pdfs(facts), strict=True), "writing", total=len(rows), transient=True):
        (folder / f"{row.number}.pdf").write_bytes(content)
    click.echo(f"wrote {len(rows)} files to {folder}")


@certificates.command()
@click.argument("number")
@click.option("--reason", type=click.Choice(list(issuing.REASONS)), required=True)
def revoke(number: str, reason: str) -> None:
    """Revoke NUMBER for a reason of the closed list."""
    with opened():
        certificate = Certificate.get_or_none(Certificate.number == number)
        if certificate is None:
            raise click.ClickException(f"{number}: unknown")
        try:
            issuing.revoke(certificate, reason, by=None, now=utc_now())
        except FieldcastError as problem:
            raise click.ClickException(str(problem)) from None
    click.echo(f"{number}: revoked")


commands = [certificates]
