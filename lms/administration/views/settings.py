"""What the installation says of itself."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from lms import audit, installation
from lms.administration import forms
from lms.db import database, utc_now
from lms.i18n import _
from lms.web.people import asking

NAMES = ("issuer_zh", "issuer_en", "help_name", "help_phone")


def settings() -> Any:
    """Issuer and help phone. Certificates that are out keep the issuer that they were issued with."""
    before = installation.read()
    form = forms.SettingsForm.posted(**{name: getattr(before, name) for name in NAMES})
    if form.ok():
        keep(before, replace(before, **{name: form[name].data or "" for name in NAMES}))
        flash(_("Kept."), "ok")
        return redirect(url_for(".settings"), 303)
    page = render_template("administration/settings.html", form=form)
    return (page, 422) if request.method == "POST" else page


def keep(before: installation.Installation, after: installation.Installation) -> None:
    """Write what changed, and say in the trail what it was."""
    old, new = asdict(before), asdict(after)
    changed = {name: [old[name], new[name]] for name in NAMES if old[name] != new[name]}
    if not changed:
        return
    with database.atomic():
        installation.write(after)
        subject = installation.Setting(name=next(iter(changed)))
        audit.record("settings.changed", subject, by=asking().id, detail=changed, now=utc_now())
