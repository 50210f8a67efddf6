"""Who may open a view. Every view carries a mark; one that carries none is refused to everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user

from lms.errors import Forbidden, NotFound
from lms.web import log
from lms.web.came_from import page_of_form

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """`who`: public, signed_in, or the names of the roles that may enter (any of them)."""

    who: str
    roles: tuple[str, ...] = ()


def public(view: V) -> V:
    """Anybody may open this view."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: V) -> V:
    """Anybody who has signed in may open this view."""
    view.access = Access("signed_in")  # type: ignore[attr-defined]
    return view


def allow(*roles: str) -> Callable[[V], V]:
    """People with one of these roles may open this view: trainer, manager, admin."""

    def mark(view: V) -> V:
        view.access = Access("roles", roles)  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Refuse, before every request, who may not enter."""
    app.before_request(guard)


def guard() -> Any:
    """Let in, send to sign-in, or refuse."""
    if request.endpoint is None:
        return None  # no such address: Flask answers 404
    access = getattr(current_app.view_functions[request.endpoint], "access", None)
    if access is None:
        log.security("unmarked_view", endpoint=request.endpoint)
        raise Forbidden
    if access.who == "public":
        return None
    if not current_user.is_authenticated:
        return to_sign_in(access)
    if access.who == "roles" and not any(current_user.has_role(role) for role in access.roles):
        log.security("refused", endpoint=request.endpoint, person=current_user.id)
        raise Forbidden if current_user.is_staff else NotFound  # who is no colleague need not know that it is there
    return None


def to_sign_in(access: Access) -> Any:
    """The sign-in page that fits, which comes back here afterwards (to a page, never to a form's target)."""
    endpoint = "accounts.staff_sign_in" if access.who == "roles" else "accounts.sign_in"
    back = request.full_path.rstrip("?") if request.method == "GET" else page_of_form()
    return redirect(url_for(endpoint, next=back or None))


def is_signed_out() -> bool:
    """Whether what was asked for wants a person, and nobody is signed in (any more)."""
    access = getattr(current_app.view_functions.get(request.endpoint or ""), "access", None)
    return access is not None and access.who != "public" and not current_user.is_authenticated
