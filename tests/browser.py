"""A visitor of the site who looks closely: on every page it checks what must hold everywhere."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Inspector(HTMLParser):
    """Collects what the checks need from one page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.forms: list[dict[str, list[str]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, text: str) -> None:
        if "style" not in self.open and "script" not in self.open:
            self.text.append(text)


class Page:
    """An answer, with its inspected content."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        inspector = Inspector()
        inspector.feed(self.html)
        self.tags = inspector.tags
        self.text = " ".join(" ".join(inspector.text).split())

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of every such element."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]

    def links(self) -> list[str]:
        """Where the page leads."""
        return [found["href"] or "" for found in self.all("a") if "href" in found]


class Visits(FlaskClient):
    """Each request in an application context of its own, as in production: the one of the test would hand on who asked
    before, and in which language."""

    def run_wsgi_app(self, *arguments, **options):
        with self.application.app_context():
            return super().run_wsgi_app(*arguments, **options)


class Browser:
    """Opens pages as one person would, and follows redirects."""

    def __init__(self, app: Flask, language: str = "zh") -> None:
        self.client = Visits(app, app.response_class, use_cookies=True)
        self.headers = {"Accept-Language": language}

    def get(self, address: str, *, status: int = 200, follow: bool = True, **arguments) -> Page:
        """Open a page; it must answer `status` and hold what every page must hold."""
        response = self.client.get(address, headers=self.headers, follow_redirects=follow, **arguments)
        return self.looked_at(response, status)

    def post(self, address: str, status: int = 200, follow: bool = True, **fields) -> Page:
        """Send a form, with the session's token."""
        data = {"csrf_token": self.token(), **fields}
        response = self.client.post(address, data=data, headers=self.headers, follow_redirects=follow)
        return self.looked_at(response, status)

    def post_json(self, address: str, body: object) -> TestResponse:
        """Send what a script of ours sends."""
        headers = {**self.headers, "X-CSRF-Token": self.token(), "Accept": "application/json"}
        return self.client.post(address, json=body, headers=headers)

    def token(self) -> str:
        """The session's token against forged posts, as any page with a form shows it."""
        with self.client.session_transaction() as session:
            return session.setdefault("csrf", "a token of this test")

    def looked_at(self, response: TestResponse, status: int) -> Page:
        page = Page(response)
        assert page.status == status, f"{response.request.path}: {page.status}, not {status}. {page.text[:400]}"
        if page.html:
            check(page, response.request.path)
        return page


def check(page: Page, address: str) -> None:
    """What must hold on every page of the product."""
    assert len(page.all("h1")) == 1, f"{address}: {len(page.all('h1'))} h1"
    assert page.all("html")[0].get("lang") in ("zh-CN", "en"), f"{address}: no lang"
    twice = [name for name, n in Counter(a["id"] for _, a in page.tags if a.get("id")).items() if n > 1]
    assert not twice, f"{address}: ids twice: {twice}"
    for tag, attributes in page.tags:
        handlers = [name for name in attributes if name.startswith("on") or name == "style"]
        assert not handlers, f"{address}: <{tag}> with {handlers}, which the security policy blocks"
        assert tag != "img" or "alt" in attributes, f"{address}: a picture without alt: {attributes}"
    check_labels(page, address)
    check_forms(page, address)
    assert not re.search(r"%\((\w+)\)s|\{\{|\}\}", page.text), f"{address}: a placeholder was not filled"


def check_labels(page: Page, address: str) -> None:
    """Every field has a label."""
    labelled = {a.get("for") for a in page.all("label")}
    for tag, attributes in page.tags:
        kind = attributes.get("type")
        if tag not in ("input", "select", "textarea") or kind in ("hidden", "submit", "radio", "checkbox", "image"):
            continue
        named = attributes.get("id") in labelled or "aria-label" in attributes or "aria-labelledby" in attributes
        assert named, f"{address}: a field without a label: {attributes}"


def check_forms(page: Page, address: str) -> None:
    """Every form that changes something carries the token."""
    posts = len([a for a in page.all("form") if (a.get("method") or "").lower() == "post"])
    tokens = len(page.all("input", name="csrf_token"))
    assert posts <= tokens, f"{address}: {posts} forms post, {tokens} carry the token"
